# Pictures

# Front matter: keys and values

# Building and writing

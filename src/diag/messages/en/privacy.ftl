# Personal data

# Registers

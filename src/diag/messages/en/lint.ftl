# Lint rules

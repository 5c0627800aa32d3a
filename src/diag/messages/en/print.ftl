# Handouts

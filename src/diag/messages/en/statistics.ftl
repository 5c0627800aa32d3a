# Statistics

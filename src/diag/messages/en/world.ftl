# Files, folders and encodings

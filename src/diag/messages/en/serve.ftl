# Local preview

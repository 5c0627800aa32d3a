# Preview
serve-at = Preview: { $address } (save a file and the page follows; Ctrl+C ends it)
serve-built = Updated ({ $made } files)
serve-no-port = None of the fifty ports from { $port } on can be used: { $reason }
serve-no-watch = Changes of files cannot be seen here; run yuanba serve again after changing something

# Preview
serve-at = Preview: { $address } (save a file and the page follows; Ctrl+C ends it)
serve-built = Updated ({ $made } files)
serve-no-port = None of the fifty ports from { $port } on can be used: { $reason }
serve-no-watch = Changes of files cannot be seen here; run yuanba serve again after changing something
serve-polling-missed = The system did not tell of a change (as on most network drives); files are looked at every two seconds from now on
serve-polling-folders = There are more folders than the system watches; files are looked at every two seconds from now on
serve-polling-refused = The system does not tell of changes ({ $reason }); files are looked at every two seconds from now on
serve-unreadable = The site's folder cannot be read at the moment ({ $reason }); pages stay as they are, and it is tried again soon

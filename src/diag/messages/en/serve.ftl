# Preview
serve-at = Preview: { $address } (save a file and the page follows; Ctrl+C ends it)
serve-built = Updated ({ $made } files)
serve-no-port = None of the fifty ports from { $port } on can be used: { $reason }
serve-no-watch = Changes of files cannot be seen here; run yuanba serve again after changing something
serve-polling-missed = The system did not tell of a change (as on most network drives); files are looked at every two seconds from now on
serve-polling-folders = There are more folders than the system watches; files are looked at every two seconds from now on
serve-polling-refused = The system does not tell of changes ({ $reason }); files are looked at every two seconds from now on
serve-unreadable = The site's folder cannot be read at the moment ({ $reason }); pages stay as they are, and it is tried again soon
serve-writer = Writer's view
serve-writer-about = { $count ->
    [0] In the preview only, never published. Nothing to mend.
    [one] In the preview only, never published. One place to mend; save, and it is looked at again.
   *[other] In the preview only, never published. { $count } places to mend; save, and they are looked at again.
}
serve-writer-line = Line
serve-writer-rhyme = Rhyme
serve-writer-tones = Tones
serve-writer-count = Syllables
serve-writer-words = Instead:

# Files themselves: unreadable, encodings, links, names
file-not-found = There is no file "{ $path }"
file-not-found-hint = Check its name, or put the file back
unreadable-file = The file "{ $path }" cannot be opened: { $reason }
unreadable-file-hint = See whether another program holds it, or whether you may read it
link-outside = "{ $path }" is a link that leads out of the site's folder
link-outside-hint = Copy the file itself into the folder instead of linking to it
link-to-nothing = "{ $path }" is a link whose file is gone
link-to-nothing-hint = Remove the link, or copy the file itself into the folder
link-loop = The link "{ $path }" leads back to itself
link-loop-hint = Remove the link
bad-name = The file name "{ $path }" has signs that cannot be used
bad-name-hint = Rename it with letters, digits, Chinese characters and "-" only
file-too-large = The file "{ $path }" is too large ({ $size } MB); the most is { $limit } MB
file-too-large-hint = Divide it into several, or make the picture or video smaller first

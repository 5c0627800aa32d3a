# Building and writing

locked = Another build is at work: { $path }
locked-by = Another build is at work (process { $pid }): { $path }
locked-hint = Wait until it ends; if “yuanba serve” or “yuanba build” runs in another window, close it first

foreign-output = The folder “{ $path }” holds files that Yuanba did not make
foreign-output-hint = It was left alone. Choose another folder (--output), or move its files elsewhere first

output-leads = “{ $path }” is a link to “{ $folder }”, where this site does not stand yet; nothing was written
output-leads-hint = If the link is yours, name the folder once: yuanba build --output "{ $folder }"; not again after that. If somebody else gave you the site, remove the link
output-other-site = “{ $path }” holds another site ({ $site })
output-other-site-hint = It was left alone. Choose another folder (--output), or empty that one first. If it is this site and only content/addresses.yaml was lost, put the line “site: { $site }” back into it

output-overtaken = “{ $path }” was built anew by somebody else while this build was running
output-overtaken-hint = Nothing was changed. Build again

output-stray-work = “{ $path }” looks like an unfinished build, but this user did not begin it on this computer in this folder
output-stray-work-hint = It was neither finished nor removed: it may have come with a copied or cloned site. Move it away or delete it (this site needs nothing of it), and build again

output-bad-list = The list “{ $path }” in the site's folder is damaged, so that nothing tells which files Yuanba made
output-bad-list-hint = Rename the whole folder and build again; files of your own can be copied back from the old one

output-bad-place = The site cannot be built into “{ $path }”
output-bad-place-hint = That is the site's sources, a home folder or a whole disk. Name a folder of its own with --output, such as public

results-bad-place = Nothing is written to “{ $path }”
results-bad-place-hint = It lies among the sources or the pages of a site, or is a home folder or a whole disk. Name a place of its own

results-no-folder = There is no folder “{ $path }”
results-no-folder-hint = Make the folder first, or name another place

results-bad-name = No file can be called “{ $path }” on every computer
results-bad-name-hint = Choose another name: not one that Windows keeps for itself (con, prn, aux, nul, com1 …), and without signs such as ? * : "

output-no-folder = “{ $path }” is no folder, so no site can lie in it
output-no-folder-hint = Rename or move that file, or name another folder with --output

output-in-the-way = “{ $path }” has to be written, but something that Yuanba did not make stands there
output-in-the-way-hint = It was left alone. Rename or move it, and build again

write-full = The disk is full: no room for “{ $path }”
write-full-hint = Make room on the disk and build again. The site is as it was

write-read-only = The disk of “{ $path }” can be read, not written
write-read-only-hint = If it is a USB stick, look for its write protection; or name another folder with --output. The site is as it was

write-denied = No permission to write “{ $path }”
write-denied-hint = See whether the file is marked read-only, or ask the administrator for the right to write there. The site is as it was

write-busy = Another program holds “{ $path }” open
write-busy-hint = Close the program or window that has it open, and build again

write-too-long = “{ $path }” is too long a name for this disk
write-too-long-hint = Move the site's folder nearer to the top (such as D:\site), or shorten the address

write-vanished = “{ $path }” was moved or changed during the build
write-vanished-hint = Build again, and leave the site's folder alone meanwhile

write-other = “{ $path }” cannot be written: { $reason }
write-other-hint = Check the disk and the network drive, and build again. The site is as it was

output-recovered-finished = The last build was interrupted at its last step; it is finished now
output-recovered-dropped = The last build was interrupted; its half-made files are gone, the site is as it was before

output-unfinished = “{ $path }” holds an unfinished build: one may be running elsewhere, or the last one was interrupted. It was left alone; the next build first finishes or drops it

store-unusable = The results kept in .yuanba/ were not used: { $reason }. The site is built as ever, more slowly
store-no-key = This computer has no place for this user's key (YUANBA_STATE_DIR, or the user's state folder, takes no writes), so .yuanba/ keeps nothing: the site is built as ever, from the beginning each time
store-other-version = The results kept in .yuanba/ have another form; this time all is made anew
store-other-owner = The results kept in .yuanba/ come from another folder, another computer or another user and are not used; this time all is made anew
store-other-program = The program has changed, so the results kept in .yuanba/ are void; this time all is made anew
store-damaged = The results kept in .yuanba/ are damaged, or were not written to the end; the damaged ones are made anew

# Between bulletins: addresses, references, settings of the site
unknown-key = There is no field "{ $key }"
unknown-key-hint = Did you mean "{ $nearest }"? Change it, or remove the line
unknown-key-none-hint = Remove the line; run yuanba explain F401 for the fields that exist
same-key-twice = "{ $key }" is written twice
same-key-twice-hint = "{ $first }" and "{ $second }" are the same field; keep one line
first-here = first written here
wrong-value = What stands here does not fit
unknown-form = Unknown form “{ $form }”; the verse is checked as 顺口溜
unknown-form-hint = Write one of these, perhaps with a word before it (such as 对口快板): { $forms }
expected-mapping = Write "name: value" here, one a line
expected-text = Write a text here
expected-texts = Write a text here, or several lines that begin with "- "
expected-flag = Write true or false
expected-number = Write a whole number such as 2
expected-list = Write one item a line, each beginning with "- "
expected-hotline = A hotline needs a number, e.g. {"{"}number: "96110", label: anti-fraud{"}"}
expected-menu-link = A menu entry needs a label and a link
expected-area = A village needs a code and a name
expected-area-code = The code of a village has small letters, digits and "-" only, and each code occurs once
expected-officer = An officer needs a name and an area
expected-level = Write allow, warn, deny or forbid
base-url-with-password = Take user name and password out of it: the address stands on every page
expected-base-url = Write the whole address, e.g. https://www.example.gov.cn/
expected-merger = Write in-ing, en-eng, f-hu or n-l: sounds that local speech does not tell apart
expected-time-zone = Write the name of a time zone, e.g. Asia/Shanghai
expected-allow = An exception needs a code and a reason
expected-law = A law needs its full name
expected-report = Each needs a table and a period such as 2026-09
expected-material = A paper to bring needs a name
expected-booklet = each booklet needs a title, and a section, tag, areas or bulletins
expected-scam = A type of scam needs a name
expected-reading = Give one syllable for each character, with spaces between, e.g. 行长: hang zhang
expected-end-after-start = It ends before it begins; check both
impossible-date = The date "{ $date }" does not exist or cannot be read
date-form-hint = Write 2026-11-23, 2026年11月23日 or 2026/11/23 14:30
date-month-hint = Months are 01–12; this says { $month }
date-day-hint = This month has { $last } days; this says { $day }
date-time-hint = The time "{ $time }" is not right; write it like 14:30
wrong-choice = "{ $value }" cannot stand here
wrong-choice-hint = You may write: { $choices }
missing-title = This bulletin has no title
missing-title-hint = Add a line "title: …" between the two lines of "---" at the beginning
missing-setting = site.yaml has no "{ $key }"
missing-setting-hint = Add "{ $key }: …" to content/site.yaml; if there is none, write "{ $key }: none"
setting-not-yet = This version does not use the setting "{ $key }" yet
setting-not-yet-hint = Keep it or remove it; the site is made all the same
unknown-area = There is no village "{ $area }"
unknown-area-hint = Did you mean "{ $nearest }"? Villages are listed under areas in content/site.yaml
unknown-area-none-hint = Add it under areas in content/site.yaml, or use one that is there
unfit-address = A Windows disk cannot hold the address "{ $address }"
unfit-address-hint = Give a short address with slug:, without < > : " | ? * / and names such as con or nul
taken-address = Another bulletin has the address "{ $address }" (letter case makes no difference)
taken-address-hint = Give one of them another address with slug:, or rename its file
first-on-address = { $path } has it already
taken-path = Two things would be written to "{ $path }": { $first } and { $second }
taken-path-hint = Give one of them another address with slug:, or rename its folder
missing-picture = There is no picture "{ $target }"
missing-picture-hint = Put the picture into the bulletin's folder and check its name, letter case and ending included
address-given-away = The address "{ $address }" was published before for { $owner }, and cannot be given to anything else
address-given-away-hint = If this is the same bulletin under another name or in another section, say so at its head: aliases: [{ $address }]. If not, give it another address with slug:
addresses-first = it is noted here
addresses-conflict = addresses.yaml holds the marks of an unfinished merge ({ $what })
addresses-conflict-hint = Remove the lines <<<<<<<, ======= and >>>>>>>, and keep the addresses of both sides
addresses-line = This line of addresses.yaml cannot be read: { $what }
addresses-line-hint = A line is "  /address/: file", two spaces before it. Put it back as it was in your backup or history
addresses-site = site in addresses.yaml cannot be right: { $what }
addresses-site-hint = It is the identity of this site, and there is one. Put it back as it was in your backup or history
addresses-twice = The address "{ $what }" has two lines in addresses.yaml
addresses-twice-hint = Keep the line of what was published first, and remove the other
addresses-owner-twice = "{ $what }" has two addresses in addresses.yaml
addresses-owner-twice-hint = Write the word former and a space before the file in one of the lines: that address then leads readers to the other
dates-crossed = “{ $first ->
        [date] date
        [updated] updated
        [publish] publish
        [effective] effective
       *[expires] expires
    }” { $at } is before “{ $second ->
        [date] date
        [updated] updated
        [publish] publish
        [effective] effective
       *[expires] expires
    }” { $other }
dates-crossed-hint = One of the two dates is wrong; please compare
future-date = “{ $key ->
        [date] date
        [updated] updated
        [publish] publish
        [effective] effective
       *[expires] expires
    }” { $date } has not come, and the bulletin is published now
future-date-hint = To publish it on that day, add a line “publish: { $date }”; or mend the date
odd-year = The year of “{ $key ->
        [date] date
        [updated] updated
        [publish] publish
        [effective] effective
       *[expires] expires
    }” { $date } seems wrong
odd-year-hint = Please check the year
unread-capital = “{ $name }” is not read: its ending must be in small letters
unread-second-ending = “{ $name }” is not read: it has one ending too many
unread-text = “{ $name }” looks like a bulletin, but does not end in .md and is not read
unread-rename-hint = Rename it to { $mend } (when Notepad saves, choose “All files”; to see endings, tick “File name extensions” in the folder's view)
unread-word = “{ $name }” is a file of Word or the like; the program does not read it, and no bulletin links to it
unread-word-hint = To publish it, make a bulletin with yuanba new bulletin and paste the text; keep drafts out of the site's folder
no-section = The folder “{ $folder }” is no section; its { $count } bulletins are in none
no-section-hint = It seems to mean “{ $nearest }”: move them there; for a new section write _index.md in content/{ $folder }/
no-section-none-hint = Move them to a section; for a new section write _index.md in content/{ $folder }/
copied-bulletin = “{ $name }” looks like a copy: its title is that of { $original }
copied-bulletin-hint = Both are published. Delete the one you do not want, or change its title and name
expected-colour = Write a colour as "#" and six digits, in quotes, e.g. "#12335f"
expected-two-colours = There are two colours at most: the main one and a second
low-contrast = In { $colour } something cannot be read: { $place ->
    [head] white text on the head and on buttons
    [paper] links on the page
    [sheet] links in a text
    [box] links in red boxes
    [alert] links in yellow bars
    [wash] text in pale boxes
   *[leaf] white text on leaves of the calendar
 } has a contrast of { $ratio }, and { $least } is the least
low-contrast-hint = The nearest colour that can be read is "{ $colour }"; please take that
no-date = This bulletin has no date, so it stands last in lists and readers cannot tell when it was written
no-date-hint = Add a line at the top, e.g. date: 2026-11-23

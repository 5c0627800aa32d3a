# Levels and exceptions of checks
unknown-lint = There is no check "{ $code }"
unknown-lint-hint = Write a code (L301) or a name (broken-link); yuanba explain lists them all
level-forbidden = { $code } cannot be lowered
level-forbidden-hint = It guards personal data; change the text, not the setting
allow-forbidden = { $code } cannot be let pass by allow
allow-forbidden-hint = It guards personal data; change the text and remove the exception
allow-unused = This exception ({ $code }) lets nothing pass
allow-unused-hint = There is no such finding here any more; remove the exception
# Links (L301, L303)
broken-link = The link "{ $target }" leads nowhere
broken-link-hint = Check the names of file and folder; remove the link if there is nothing yet
broken-link-file-hint = The nearest file is { $nearest }
broken-link-address-hint = The nearest address is { $nearest }
broken-fragment = That page has no place "#{ $fragment }"
broken-fragment-hint = Remove "#" and what follows, or name a heading of that page
broken-fragment-near-hint = The nearest is "#{ $nearest }"
link-to-draft = "{ $title }", which this links to, is a draft and not published
link-to-draft-hint = Publish it first, or leave the link out for now
link-to-future = "{ $title }", which this links to, is published on { $date } only
link-to-future-hint = Add the link when it is published, or publish both on one day
link-in-html = The link "{ $target }" in HTML will not open on the site
link-in-html-hint = Write [text](file), which becomes the right address, or a whole address that begins with "/"
replaces-no-notice = "{ $target }" under replaces is not another notice
replaces-no-notice-hint = Name the file of the notice that this one replaces
unsafe-link = The link "{ $target }" is unsafe and cannot be published
unsafe-link-local-hint = This is a place on your own computer, which nobody else can open. Copy the file into the folder of the bulletin and link to its name
unsafe-link-hint = Link to an address with https://, a file of the site, or a telephone number with tel:
# Pictures (L302, F428)
missing-alt = The picture "{ $target }" has no words
missing-alt-hint = Say in the brackets what it shows, e.g. ![The sign at the village gate: do not trust, do not pay]({ $target })
foreign-picture = The picture "{ $target }" is on another site
foreign-picture-hint = Save it into the bulletin's folder; pages ask nothing of other sites
# Expiry (R503)
expired = “{ $title }” expired on { $date }: it has left lists, feeds and handouts; its page stays and says so
expired-hint = Put the file away if it has served; if it is still in force, set a later expires
# Settings (F419)
missing-unit-settings = unit in site.yaml lacks ({ $count }): { $keys }
missing-unit-settings-hint = The foot of each page must say this. Add it under unit, e.g. "{ $first }: …"; if there is none, write "{ $first }: none"
# What this version cannot do (F430)
# Types of scams (F429)
unknown-scam = There is no type of scam "{ $scam }"
unknown-scam-hint = Did you mean "{ $nearest }"? Types of scams are listed in content/words/scams.yaml
unknown-scam-none-hint = Use one of content/words/scams.yaml, or add it there
figure-disagrees = The text says “{ $number }”, but the table “{ $table }” has { $printed } for “{ $of }”
figure-disagrees-hint = Write { $printed }; or, where the number is not that of the table, say which time and which matter it is of
hidden-figure = The table “{ $table }” does not publish “{ $of }”, but the text says “{ $number }”
hidden-figure-hint = Remove the number, or give a total that the table publishes
report-period = The table “{ $table }” has no period “{ $period }”
report-period-hint = There are: { $periods }
report-period-none-hint = Neither rows nor columns of this table are months or years. Name a table by month
placeholder = “{ $found }” was written by the program to be replaced, and will be published
placeholder-hint = Put the real words in its place; where there is none, as of registration numbers, write 无
sample-words = “{ $found }” of the sample site is still here
sample-words-hint = Write your own in its place; delete a file that is all sample
empty-body = This bulletin has no text: its page is a title alone
empty-body-hint = Write the text below the second "---"; while it is not finished, add a line "draft: true"
joined-tags = "{ $tag }" looks like several tags written as one
joined-tags-hint = Write: tags: [{ $mend }]
# Wording
hard-word = Officialese in { $count } places: { $shown }
hard-word-hint = Use the words in brackets, which everybody follows. A word that is none here goes under hard: in content/words/ with nothing behind it
long-sentence = { $count } sentences of more than { $most } characters ({ $shown })
long-sentence-hint = One thing a sentence: put a full stop where a thought ends
long-paragraph = { $count } paragraphs of more than { $most } characters ({ $shown })
long-paragraph-hint = One thought a paragraph: part it, or make a list of it
rare-character = Characters that some cannot read, in { $count } places: { $shown }
rare-character-hint = Use a common one, or give its reading. Those of local names go into site.yaml or under readings: in content/words/
absolute-claim = Claims that nobody can keep, in { $count } places: { $shown }
absolute-claim-hint = Say what is in brackets, or give the figure and where it is from
half-width-mark = Half-width marks in Chinese, in { $count } places: { $shown }
half-width-mark-hint = Use the marks in brackets
miswritten-name = “{ $wrong }” is miswritten; it is “{ $right }”
miswritten-name-hint = Write “{ $right }”. Names of the party, the state, offices, places and laws that are miswritten count as grave faults

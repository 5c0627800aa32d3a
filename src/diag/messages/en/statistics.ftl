# Statistics
released-figure = “{ $place }” was { $then } in release “{ $release }” and is { $now } now
released-figure-hint = a published figure cannot be changed quietly: the change itself tells how few were added. Check it; write what { $release } has, or put the correction into a month of the next release
released-figures-more = { $more } more figures differ from what was published
released-figures-more-hint = they probably follow from the same change; mend those above first
seed-not-made = { $path } cannot be written: { $error }
seed-not-made-hint = it picks which cells are withheld, and no statistics are published without it. See whether content/data/ can be written
released-together = earlier releases ({ $releases }) together tell what they withheld: { $places }; it follows from what they printed: { $figures }
released-between = earlier releases ({ $releases }) together tell what must not be published; it follows from what they printed: { $figures }
released-together-hint = readers have these releases, and nobody can call them back. Check that all of them were published and that the figures are right; if so, write already_public: REASON into the policy: these figures are then taken as known, and the rest is protected
release-here = the release
release-code-gone = “{ $name }” of release “{ $release }” is not in the figures any more
release-code-gone-hint = keep the code “{ $name }” (its label may change); to merge it, write a group
release-data-gone = the figures “{ $name }” that this release published are gone
release-data-gone-hint = put { $name }.csv and its yaml back into content/data/, by their old name; if nothing of them is to be published any more, keep them and take the tables and charts out of the yaml
release-form = this release cannot be read
release-form-hint = yuanba audit --release writes it; do not edit it, take it from a backup
shared-differs = it shares its figures with “{ $other }”, but dimensions, measures or policy differ
shared-differs-hint = definitions of one file agree in codes, measures and policy; use groups to divide it in another way
study-too-large = the tables of “{ $dataset }” are too many or too fine to be checked
study-too-large-hint = leave a dimension out, or list groups in place of codes
study-number = “{ $dataset }” has a number too large to be checked
study-number-hint = look for stray digits in the figures
study-unproven = what would be hidden in “{ $dataset }” did not pass the check, so nothing is published
study-sparse = “{ $dataset }” is too sparse: of { $figures } figures { $hidden } would have to be hidden at least
study-not-found = no safe way was found to publish “{ $dataset }”; the trouble is in: { $places }
study-not-found-between = no safe way was found to publish “{ $dataset }”: differences of its tables would tell single figures
study-coarser-hint = merge small categories, turn months into quarters, or list a table less
study-merge-hint = merge { $merges }: then { $hidden } of { $figures } figures would be hidden. Write groups and list only them, or merge them into one code
unknown-table = there is no table “{ $name }”
unknown-chart = there is no chart “{ $name }”
unknown-table-hint = did you mean “{ $nearest }”?
unknown-table-none-hint = there are: { $names }
no-table-hint = { $chart ->
    [yes] write charts into a yaml of content/data/ first
   *[no] write tables into a yaml of content/data/ first
}
table-of-several-hint = several datasets have it; write the dataset too, such as { $first }
dataset-of-several-hint = the dataset has several; say which: { $names }
release-not-read = “{ $path }” lies among the releases and is not read
release-not-read-hint = Only the .json files that yuanba audit --release wrote are read here, no folders, other names or backups. Put a release back in content/data/releases/ under its own name; move anything else away
release-lost = The record of release “{ $name }” is gone
release-lost-hint = What was published is checked with every later release. Bring back content/data/releases/{ $name }.json from a backup or from Git; if it was never published, take its line out of digests.txt
release-edited = The record of release “{ $name }” was changed
release-edited-hint = Bring back content/data/releases/{ $name }.json from a backup or from Git. If it is right and digests.txt is not, the line should be: { $digest }  { $name }
release-unlisted = Release “{ $name }” is not in digests.txt
release-unlisted-hint = A merge by Git may have lost a line. If the record is right, add this line to digests.txt: { $digest }  { $name }
release-digests-line = This line is no digest
release-digests-line-hint = Each line of digests.txt is a digest, two blanks and the name of a release. Of a merge by Git, keep the lines of both sides and drop those with <<<<<<<, ======= and >>>>>>>
release-digest-here = its digest stands here
copied-figures = These figures and those of “{ $name }”, counted by “{ $dimension }”, are the same, in two files
copied-figures-hint = Each file is protected by itself: what one hides the other prints. Keep one file: write file: { $file } here

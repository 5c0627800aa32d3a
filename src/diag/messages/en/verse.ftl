# Verse: rhyme, tone, metre (W201, W211 to W214)
verse-rhyme = This line does not rhyme: { $char } is { $pinyin }, of the group { $ends }; the stanza rhymes on { $group } ({ $fellows })
verse-rhyme-hint = Take a word in a level tone that ends on { $group }, for example { $words }; more: yuanba rhyme --group { $group } --tone level
verse-doubt-hint = { $char } has several readings. If it is { $reading } here, write { $char }{"{"}{ $reading }{"}"}; else take a word in a level tone that ends on { $group }, for example { $words }
verse-neutral = This line ends on { $char } ({ $pinyin }) in the neutral tone, which carries no rhyme
verse-local = { $char } is { $pinyin }, of the group { $ends }; the stanza rhymes on { $group } ({ $fellows }): a rhyme in local speech only
verse-oblique = This line ends in an oblique tone: { $char } is { $pinyin }; its fellows ({ $fellows }) are level
verse-level = A line between rhymes ends in a level tone: { $char } is { $pinyin }, and does not rhyme on { $group }
verse-level-hint = End it on a third or fourth tone, for example { $words }, so that the rhyme after it stands out; or take a word that rhymes
verse-repeated = The rhyme { $char } was used in this stanza before
verse-oblique-alone = This line ends in an oblique tone: { $char } is { $pinyin }; rhymes are level
verse-level-doubt-hint = { $char } has several readings. If it is { $reading } here, write { $char }{"{"}{ $reading }{"}"}; else end the line on a third or fourth tone, for example { $words }
verse-lines = A stanza of 三句半 has four lines, and this one has { $lines }
verse-lines-hint = Write three full lines and a half one of one to five characters; leave a line empty between stanzas
verse-length = This line has { $syllables } syllables
verse-length-usual = This line has { $syllables } syllables where most of its stanza have { $usual }
verse-length-hint = Here { $least } to { $most } can be spoken to the beat; cut a long line in two, add to a short one
# yuanba rhyme
rhyme-heading = { $word } is { $pinyin }, of the group { $group } ({ $tone })
rhyme-level = level
rhyme-oblique = oblique
rhyme-neutral = neutral
rhyme-none = No word fits; try again without --tone or --syllables
rhyme-nothing-asked = Write a word, or a group by --group
rhyme-unknown-group = There is no group { $group }; there are { $groups }
rhyme-not-chinese = { $word } does not end on a Chinese character, so nothing rhymes with it
# The one-line version, 口号 (W216)
slogan-long = This slogan has { $count } characters, marks counted: more than a banner, a lift sticker or an LED line holds
slogan-long-hint = Say it in { $most } characters; no picture is made of a longer one
# Loudspeaker scripts (W215)
script-long = The loudspeaker script takes { $minutes } min { $seconds } s; listeners do not stay so long
script-long-hint = Keep it within three minutes (200 characters a minute, what matters said twice). The longest passages: { $cut }

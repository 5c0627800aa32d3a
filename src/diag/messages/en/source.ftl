# Bodies: Markdown and fenced blocks

body-too-large = The body is larger than { $limit } MB and was not read
body-too-large-hint = Split it; keep pictures in files of their own
nested-too-deep = Quotes, lists or emphasis are nested more than { $limit } deep
nested-too-deep-hint = Take out what is too many of >, - or *; two or three levels are enough

html-element-removed = <{ $name }> will not appear on the page
html-element-removed-hint = Delete it, or use Markdown instead; the words inside stay
html-picture-removed-hint = Write pictures as ![description](file); publishing strips the location from photos
html-heading-removed-hint = Write headings as # Heading
html-layout-removed-hint = Delete it: the theme sets type, colours and places; the words stay
html-attribute-removed = { $attribute } of <{ $name }> will not appear on the page
html-attribute-removed-hint = Delete it: the theme sets the style, and scripts cannot be published

stray-emphasis = The asterisks of “{ $found }” will show as they are
stray-emphasis-hint = Asterisks touch the words: { $mend }
heading-without-space = “{ $found }” lacks a space and will be no heading
heading-without-space-hint = Put a space behind the #: { $mend }
chinese-list-marker = “{ $found }” will begin no list
chinese-list-marker-hint = Use an ASCII number, a full stop and a space: { $mend }
indented-text = Four leading spaces make this paragraph code: “{ $found }”
indented-text-hint = Take out the leading spaces; the theme indents paragraphs: { $mend }
full-width-link = “{ $found }” has full-width brackets and will be no link
full-width-link-hint = Use ASCII brackets: { $mend }

block-dataset-name = ```{ $word } needs the name of one dataset
block-dataset-name-hint = Write ```{ $word } name; the name is that of the file in content/data/, without its ending
block-dataset-body = ```{ $word } has no content of its own; figures come from the dataset
block-dataset-body-hint = Delete the content; figures belong in content/data/{ $name }.csv
block-qr-empty = The QR code has no address
block-qr-empty-hint = Write the address on the first line and a caption on the second
block-qr-address = “{ $address }” is no address for a QR code
block-qr-address-hint = Begin with a whole address, https://…; a number is tel:110
block-qr-long = The address is too long: phones cannot read so dense a code from paper
block-qr-long-hint = Use an address of at most 500 characters
block-verse-empty = The verse has no lines
block-verse-empty-hint = Write a line a line, with a blank line between stanzas
block-verse-reading = This is no reading
block-verse-reading-hint = Write pinyin in braces right behind one character: 行{"{"}háng{"}"}
block-contact-colon = “{ $found }” has a full-width colon
block-contact-colon-hint = Use an ASCII colon and a space: { $mend }
block-contact-key = A contact card has no “{ $found }”
block-contact-key-hint = The nearest is { $mend }; there are name, duty, phone, hours and areas
block-contact-twice = “{ $found }” is there twice
block-contact-twice-hint = Keep one line; several numbers stand on one line
block-contact-name = The contact card has no name
block-contact-name-hint = Add a line name: whom to call
block-contact-line = This line cannot be read: “{ $found }”
block-contact-line-hint = Write every line as key: value, such as phone: 110

# Datasets: CSV tables in content/data/

table-empty = There is nothing in this table
table-empty-hint = Write the names of the columns on the first line, with commas between them, and the data below
table-tab = The cells are separated by tabs
table-tab-hint = Use commas; when you save from a spreadsheet, choose “CSV (comma delimited)”
table-full-width-comma = The cells are separated by full-width commas
table-full-width-comma-hint = Use ASCII commas; if this one belongs to the text, put the cell in ASCII double quotes
table-ragged = The number of cells in this row is { $found }; it should be { $expected }, as in the first row
table-row-short-hint = Add what is missing; a cell without content keeps its comma
table-row-long-hint = Delete what is too many; put cells with commas inside in double quotes, and no commas in numbers
table-unclosed = This double quote is never closed
table-unclosed-hint = Put a double quote at the end of the cell; double quotes inside it are written twice
table-stray-quote = A double quote is in the wrong place
table-stray-quote-hint = Put double quotes around the whole cell and write those inside it twice: "He said ""yes"""
table-unnamed = This column has no name
table-unnamed-hint = Write its name on the first line; if the column is empty, delete it together with its commas
table-name-twice = Two columns are called “{ $name }”
table-name-twice-hint = Give one of them another name
table-name-first = First here
table-too-wide = This table has more than { $limit } columns
table-too-wide-hint = Keep the columns that are to be published, or divide the table
table-too-long = This table has more than { $limit } rows
table-too-long-hint = Reading stopped at this row; add the figures up first, or divide the table

# Registers
register-bad-by = “{ $text }” in --by cannot be understood
register-bad-by-hint =   Suggestion: separate by commas, such as village,type,month, or 所属村,纠纷类型,登记日期:month; bands of a number as 年龄:18/60
register-bad-period = the time “{ $text }” cannot be understood
register-bad-period-hint =   Suggestion: write 2026, or 2026-05, or 2026-01..2026-10
register-bad-name = a dataset cannot be called “{ $name }”: letters, digits, “-” and “_” alone
register-bad-definition = there are mistakes in { $path }; run yuanba check first
register-cannot-open = cannot open { $path }: { $reason }
register-is-folder = { $path } is a folder; name the register's file
register-inside = the register { $path } lies inside the site's folder; it was not read
register-inside-hint =   Why: a row of a register is about one person; inside the site's folder it may be published or copied along. Move it out of the folder, then run again
register-locked = { $path } is locked by a password; take it off in Excel or WPS, and save a copy in a safe place
register-web-page = { $path } is a web page with the name of a workbook; open it in Excel or WPS and save it as xlsx
register-binary = { $path } is of the xlsb format; save it as xlsx
register-other-file = { $path } is no xlsx, xls, ods or csv table
register-nothing = { $path } is empty
register-damaged = { $path } is damaged; open it in Excel or WPS and save it as xlsx
register-no-text = { $path }: the characters near line { $line } are damaged; open it in Excel or WPS and save it as xlsx
register-open-quote = { $path }: a quotation mark in line { $line } is never closed, and the lines behind it run together
register-swallowed = { $path }: a quotation mark in line { $line } is closed { $lines } lines further on, and the rows between ran together in one cell. Close or delete it in a text editor, or save the register as xlsx
register-shifted = { $path }: line { $line } has { $cells } cells where others have { $usual }, so nobody knows which is which. There may be a comma in a text: quote that cell, or save the register as xlsx
register-no-sheet = there is no sheet “{ $name }”. There are: { $sheets }
register-no-shown-sheet = every sheet is hidden; to read one of them, name it by --sheet
register-other-sheets = reading the sheet “{ $name }”. There are also: { $sheets } (not read; name one by --sheet)
register-hidden-sheets = Note: hidden sheets: { $sheets } (not read)
register-hidden-unknown = Note: this format does not tell of hidden rows and columns, nor of comments; hidden rows are counted. If in doubt, save it as xlsx
register-comments = Note: { $count ->
    [one] there is one comment
   *[other] there are { $count } comments
  } (not read)
register-hidden-columns = Note: hidden columns ({ $count }): { $columns }
register-hidden-used = Note: column { $column } “{ $name }”, which is counted by, is hidden; make sure that it is the right one
register-hidden-rows = Note: hidden rows ({ $count }), perhaps by a filter: row { $rows } and so on
register-hidden-rows-hint =   Say what to do: --hidden-rows count to count them, --hidden-rows skip to leave them out. Nothing was written
register-empty = “{ $sheet }” is empty
register-no-header = no header in the first forty rows of “{ $sheet }”
register-no-header-hint =   Suggestion: names of columns stand in a row of their own (or two), one for each column; titles may stand above
register-no-cases = there are no cases below the header of “{ $sheet }”
register-all-outside = all { $count } cases of “{ $sheet }” lie outside --period
register-no-by = name the columns to count by with --by. The register has: { $headers }
register-too-many-by = { $most } columns at most: any finer, and a cell is a person
register-no-column = the register has no column “{ $word }”. It has: { $headers }
register-nearest =   Did you mean “{ $name }”?
register-which-column = “{ $word }” may be any of { $columns }; name the column
register-same-name = several columns are called “{ $word }”: { $columns }. Give them different names in the register
register-no-date = there is no column of dates. The register has: { $headers }
register-which-date = several columns hold dates: { $columns }
register-which-date-hint =   Suggestion: say which, such as { $name }:month
register-date-unit = { $column } holds dates; say what to count by, such as { $word }:month or { $word }:year
register-not-defined = the dataset's yaml has no “{ $word }”. It has: { $keys }
register-not-defined-hint =   Suggestion: write --by and --sum as the yaml has them, or leave them out; to count otherwise, change the yaml first, or take another name for --into
register-left-out = the dataset's yaml has “{ $key }”, which --by lacks
register-identifies = { $column } holds { $sort ->
    [name] names of persons
    [paper] numbers of papers
    [contact] telephone numbers or accounts of messengers
    [address] addresses
    [birth] dates of birth
    [plate] number plates
    [account] numbers of cards or accounts
    [number] numbers of cases
   *[story] descriptions
  }, which tell who somebody is; it cannot be counted by
register-identifies-by-values = what is in { $column } looks like { $sort ->
    [name] names of persons
    [paper] numbers of papers
    [contact] telephone numbers or accounts of messengers
    [address] addresses
    [birth] dates of birth
    [plate] number plates
    [account] numbers of cards or accounts
    [number] numbers of cases
   *[story] descriptions
  }, which tell who somebody is; it cannot be counted by
register-personal = “{ $sheet }” { $cell }: there is { $sort ->
    [contact] a telephone number
    [account] the number of a bank card
   *[paper] the number of a paper
  } in it ({ $value }); this column cannot be counted by
register-identifies-hint =   Suggestion: use a category, such as a band of ages for dates of birth, or the village for addresses
register-no-category = { $column } has { $different } different values in { $count } cases; it is no category, since a cell would be a person
register-no-category-hint =   Suggestion: add a column of categories, or take another; numbers can be put into bands, such as 年龄:18/60
register-blank = “{ $sheet }” { $column } has { $count ->
    [one] one empty cell
   *[other] { $count } empty cells
  }, such as { $cells }
register-blank-hint =   Suggestion: fill them in; split merged cells and fill each. Where there is truly nothing, add --blank: 未填 as a category, 0 as a sum
register-garbled = “{ $sheet }” { $cell }: lost characters or control characters
register-garbled-hint =   Suggestion: type this cell again
register-ditto = “{ $sheet }” { $cell }: a sign for “the same as above”, and which category that is nobody guesses
register-ditto-hint =   Suggestion: fill in what stands above (in Excel: select, then Ctrl+D)
register-tells-case = “{ $sheet }” { $cell }: this tells of one case or names people; it is no category, and would stand on a page
register-tells-case-hint =   Suggestion: write a category, such as 邻里, and the rest into another column. Where it is a category, list it under codes in the yaml
register-counted = { $column } looks like numbers of cases: this table may have been counted already, so that a row is not one case
register-counted-hint =   Suggestion: add --count { $name } if so, or --count rows where each row is a case
register-counted-sum = { $column } has numbers of cases, and such a table cannot be added up by --sum: nobody knows how many people's money a row is
register-no-count = “{ $sheet }” { $cell }: “{ $value }” is no number of cases
register-no-count-hint =   Suggestion: write a whole number such as 0 or 12
register-unknown-code = “{ $sheet }” { $cell }: the dataset's yaml has no “{ $value }” ({ $count } cases)
register-unknown-code-hint =   Suggestion: add a line to its codes in the yaml; if it is “{ $code }”, write { $code }: ["{ $value }"] below merge
register-future = “{ $sheet }” { $cell }: { $day } has not come (today is { $today })
register-no-day = “{ $sheet }” { $cell }: “{ $value }” is no date
register-date-no-year = “{ $sheet }” { $cell }: “{ $value }” has no year
register-date-no-year-hint =   Suggestion: write the year; where all are of one year, add --year 2026
register-date-short-year = “{ $sheet }” { $cell }: the year of “{ $value }” is not whole
register-date-impossible = “{ $sheet }” { $cell }: there is no day “{ $value }”
register-date-vague = “{ $sheet }” { $cell }: “{ $value }” is no certain date
register-date-hint =   Suggestion: write it like 2026-05-03 or 2026年5月3日
register-date-in-category = “{ $sheet }” { $cell }: here is a date ({ $value }), other rows have a category
register-cell-error = “{ $sheet }” { $cell }: the cell shows a formula's error
register-unkept = “{ $sheet }” { $cell }: the formula's result was not saved
register-unkept-hint =   Suggestion: open it in Excel or WPS, save it once, then run again
register-amount-vague = “{ $sheet }” { $cell }: “{ $value }” is no certain number
register-amount-negative = “{ $sheet }” { $cell }: “{ $value }” is below 0
register-amount-commas = “{ $sheet }” { $cell }: the commas of “{ $value }” do not part thousands
register-amount-too-large = “{ $sheet }” { $cell }: “{ $value }” is too large; it looks like the number of a card, not like a sum
register-no-amount = “{ $sheet }” { $cell }: “{ $value }” is no number
register-amount-hint =   Suggestion: write it like 1234, 1,234 or 1.2万; write 0 where there is none
register-more = { $count } more are not listed
register-more-codes = and { $count } more
register-nothing-written = Nothing was written. Mend the register, then run again.
register-understood-sheet = read “{ $sheet }”, header in row { $first }{ $rows ->
    [1] {""}
   *[other] {" "}and { $rows } rows high
  }
register-understood-rows = counted rows { $first } to { $last }: { $count ->
    [one] one case
   *[other] { $count } cases
  }
register-understood-lines = of { $lines } rows with anything in them below the header, { $cases } were counted
register-understood-counts = added up column { $column } “{ $name }”: { $count } cases
register-understood-days = dates from { $from } to { $to }
register-skipped-sums = not counted: rows of sums ({ $count }): { $rows }
register-skipped-headers = not counted: rows that repeat the header ({ $count }): { $rows }
register-skipped-notes = not counted: rows of remarks or without a case ({ $count }): { $rows }
register-skipped-outside = not counted: { $count } cases outside --period
register-skipped-hidden = not counted: { $count } hidden rows
register-counted-blanks = empty cells ({ $count }) were counted as 未填, or as 0
register-understood-dimension = column { $column } “{ $name }” → { $key }: { $codes }
register-areas =   these are villages and communities of the site's settings, and have the codes from there
register-folded =   full-width signs and outer blanks made no difference in { $count } cells
register-merged =   as the yaml says, “{ $from }” was counted as “{ $to }”: { $count }
register-alike =   Please look: { $pairs } seem to be one category. They were not merged; if they are one, put these lines below “{ $key }” in the yaml's dimensions (and take the merged line out of its codes), then run again:
register-yaml-line = { $line }
register-understood-sum = column { $column } “{ $name }”: { $total } yuan in all (each cell rounded to yuan)
register-unread-persons = columns that were not read (they tell who somebody is): { $columns }
register-unread = columns that were not read: { $columns }
register-written = written: { $path } ({ $count } cases, numbers alone)
register-same = unchanged: { $path } ({ $count } cases)
register-replaced = replaced: { $path } ({ $count } cases)
register-replaced-total = replaced: { $path } ({ $before } cases before, { $count } now)
register-definition = made { $path }: open it and write the title, the source and the tables to publish
register-period-extended = the period in { $path } now goes from { $from } to { $to }
register-period-by-hand = open { $path } and let its period reach { $month }; else check finds no such month

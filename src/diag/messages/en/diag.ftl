# The form of findings

diag-error = error
diag-warning = warning
diag-hint = help
diag-related = note
diag-verbatim = { $text }

diag-summary =
    { $errors ->
        [one] { $errors } error
       *[other] { $errors } errors
    }, { $warnings ->
        [one] { $warnings } warning
       *[other] { $warnings } warnings
    }
diag-summary-errors =
    { $errors ->
        [one] { $errors } error
       *[other] { $errors } errors
    }
diag-summary-warnings =
    { $warnings ->
        [one] { $warnings } warning
       *[other] { $warnings } warnings
    }
diag-explain = To learn what they mean and how to mend them, run:

diag-page-title = The site is not updated yet
diag-page-about = Mend what is listed here and save; this page then turns into the new site by itself.
diag-page-warned = The site is updated; please look at these
diag-page-line = line { $line }, column { $column }

explain-level = Level
explain-allow = not reported unless site.yaml asks for it
explain-warn = warning; it is reported, and the site can be published
explain-deny = error; nothing is published until it is mended
explain-forbid = error; nothing is published until it is mended, and no exception is possible
explain-bad = This is reported
explain-good = This is right

# Theme and pages
no-theme = There is no theme "{ $theme }"
no-theme-hint = Check theme in site.yaml; the built-in one is theme: default
template-not-utf8 = The template is not UTF-8
template-not-utf8-hint = Save it as UTF-8
template-error = The theme's template has an error: { $words }
template-error-hint = Mend the template; without this file in themes the built-in one is used
template-costly = The template “{ $template }” was not done with a page after { $seconds } s, or took { $megabytes } MB more memory; the program has stopped
template-costly-hint = Nothing was published; the last site stays. Most likely the template has a loop without end: mend it, or delete that file in themes to have the built-in one again
theme-texts = The theme's interface texts cannot be read: { $words }
theme-texts-hint = A line is "name: words"; words with a colon or quotes go into double quotes

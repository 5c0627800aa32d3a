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
badge-place = The badge "{ $path }" has to lie below content, and not in data, reviews or words
badge-place-hint = Put it into content/brand/ and write badge: brand/NAME
badge-missing = The badge "{ $path }" is not there
badge-missing-hint = The path begins below content, e.g. badge: brand/badge.svg; check the name
badge-drawing = The badge "{ $path }" cannot be used: { $why ->
    [large] it is too large or too complex
    [broken] it is no SVG, or not whole
    [entities] it defines entities
    [size] it does not say how large it is, or is too long
   *[empty] it has no shape that can be used
 }
badge-drawing-hint = { $why ->
    [empty] Turn text into paths before saving, or export a PNG
   *[other] Save it as plain SVG (256 KB at most), or export a PNG
 }
badge-reduced = { $parts } in the badge "{ $path }" were left out, so it may look different on pages
badge-reduced-hint = Look at the badge on a page. Turn text into paths and resolve references, or export a PNG
unknown-text = There is no interface text "{ $name }"
unknown-text-hint = Is "{ $nearest }" meant?
unknown-text-none-hint = Remove the line; yuanba theme eject text.en.yaml --stdout shows all of them
text-missing-hole = "{ $name }" lacks { $holes }, so that pages lack the number
text-foreign-hole = "{ $name }" has { $holes }, which nothing fills in
text-hole-hint = The built-in text is "{ $ours }"; keep what stands in braces
old-copy = { $path } was copied from version { $version }, and version { $now } has another original
old-copy-hint = Your copy works as before. yuanba theme eject { $path } --stdout prints the new original: carry your changes over, and take its first line

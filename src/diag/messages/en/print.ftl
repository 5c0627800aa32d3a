# Handouts
unknown-layout = there is no handout “{ $layout }”
unknown-layout-hint = did you mean “{ $nearest }”? There are: { $all }
unknown-layout-none-hint = there are: { $all }
handout-not-of-site = “{ $layout }” is made of a bulletin and cannot stand here
handout-not-of-site-hint = only strip (contact cards) can stand under site: one for each village. Other handouts stand beside a kind, for example tip: [flyer]
booklet-section = there is no section “{ $name }”
booklet-section-hint = a section is named by its folder; there are: { $known }
booklet-tag = no bulletin has the tag “{ $name }”
booklet-tag-hint = write it as the bulletins do
booklet-bulletin = there is no bulletin “{ $name }”
booklet-bulletin-hint = name the bulletin's file, beginning with the section's folder, for example tips/ke-fu.md

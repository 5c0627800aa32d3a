# Reviews (R501 to R508; approve, reject, review)
unapproved = Nobody has reviewed “{ $title }”; it is not published
unapproved-pending = “{ $title }” is not reviewed to the end and not published: { $levels } missing
unapproved-rejected = { $name } sent “{ $title }” back, it is not published: { $reason }
unapproved-overdue = “{ $title }” was urgent and not signed by all until { $when }; it is off the site: { $levels } missing
unapproved-moved = “{ $title }” was approved as { $from }; the file has moved, and needs a new review
unapproved-hint = Record each level, { $levels } missing: yuanba approve { $path } --as NAME --level { $level }
unapproved-rejected-hint = Mend what was named, and have each level sign anew
unapproved-inside = “{ $title }” is not approved and was about to be published; it was stopped
unapproved-inside-hint = Run it once more; if it stays, please tell us this sentence
stale-approval = “{ $title }” was edited after it was approved (last signed { $at } by { $by }). Changed:{ $text ->
    [none] {""}
    [unkept] {" "}the text
    [unreadable] {" "}the file cannot be read now
   *[other] {" "}the text in { $text } places (lines { $lines }; was “{ $was }”, is “{ $is }”)
}{ $files ->
    [none] {""}
   *[other] ; pictures, attachments: { $files }
}{ $figures ->
    [none] {""}
   *[other] ; figures: { $figures }
}{ $kind ->
    [none] {""}
   *[other] ; the kind of bulletin
}
stale-approval-hint = The approved version stays on the site. If the change is right, have each level sign it: yuanba approve { $path } --as NAME --level { $level }; if not, undo it
review-not-kept = The approved version was not kept, so the bulletin is off the site for now. Have each level sign it as it is, or bring the text back as it was
review-not-kept-file = { $path } as it was approved was not kept, so the bulletin is off the site for now. Put the former file back, or have each level sign anew
review-not-kept-shared = { $path } was exchanged, and another bulletin is approved with the new one, so the approved version cannot be published as it was. Have each level sign it as it is
review-not-kept-figures = Figures that it shows have changed, so the approved version cannot be published as it was; it is off the site for now. Have each level sign it as it is
review-not-kept-other = The approved version cannot be published as it was; it is off the site for now. Have each level sign it as it is
review-why-unsigned = not reviewed, { $levels } missing
review-why-pending = not reviewed to the end, { $levels } missing
review-why-rejected = sent back by { $name }: { $reason }
review-why-overdue = urgent, not signed until { $when }, { $levels } missing
review-why-moved = moved; approved as { $path }, to be reviewed anew
link-to-unreviewed = The link leads to “{ $title }”, which is not reviewed and not published
link-to-unreviewed-hint = Have that bulletin reviewed first, or take the link out
secret-bulletin = “{ $title }” says that it is secret; it is neither published nor shown
secret-bulletin-hint = Take the file out of the site's folder; if the line is a mistake, remove it
urgent-unsigned = “{ $title }” is urgent ({ $name }: { $note }) and not signed by { $levels }. At { $until } it goes off the site
urgent-unsigned-hint = Have it signed: yuanba approve { $path } --as NAME --level { $level }
repost-without-address = Taken from “{ $source }”, without the address of the original
repost-nameless = The source says “{ $source }” and not whose it is
repost-hint = Name the source and add source_url: https://…; if it is your own text, leave source: out
named-editor = “{ $name }” is named as editor and has not signed it; signed by { $signed }
named-reviewer = “{ $name }” is named as reviewer and has not signed it; signed by { $signed }
named-reviewer-hint = Have that person sign with yuanba approve, or name who did
review-log-unreadable = The log of reviews { $file } cannot be opened
review-log-no-text = The log of reviews { $file } is no text any more
review-log-merge = The log of reviews { $file }, line { $at }: marks of a merge that was left undone
review-log-line = The log of reviews { $file }, line { $at }: not written by this program
review-log-changed = The log of reviews { $file }, line { $at }: was edited
review-log-cut = The log of reviews { $file }, line { $at }: its end is missing
review-log-twice = The log of reviews { $file }, line { $at }: the same record as { $path }, line { $line }
review-log-gap = The log of reviews { $file }, line { $at }: a record before it ({ $seal }…) is missing, or the order was changed
review-log-no-heads = The log of reviews lacks the file { $file }; whether its end is missing cannot be told
review-log-lost = The log of reviews lacks its last record ({ $seal }…, named in { $file }, line { $at })
review-log-gone = This site has been reviewing, and the records in content/reviews/ are gone
review-log-hint = Bring content/reviews/ back from Git or a backup, and do not edit it. Nothing was published; the last site stays
expected-review = Levels and who signs them belong here, e.g. review: {"{"}levels: [初审, 复审, 终审]{"}"}; or none
expected-review-level = The name of a level belongs here, each one different, e.g. {"{"}name: 初审, who: [NAME]{"}"}
review-off = This site does not review. To begin, add review: to content/site.yaml
review-nothing-at = There is no bulletin at “{ $path }”
review-nobody = --as needs a name
review-level-unknown = There is no level “{ $level }”; the levels are { $levels }
review-level-heavy = “{ $title }” does not say weight: major, so “{ $level }” is not needed
review-not-allowed = { $name } may not sign “{ $level }”. The settings name { $names }
review-not-allowed-reject = { $name } may not review. The settings name { $names }
review-own-text = “{ $title }” was written by { $author }; nobody signs what they wrote
review-same-person = { $name } has signed “{ $level }” of “{ $title }”; nobody signs two levels
review-level-signed = “{ $level }” of “{ $title }” was signed by { $name }
review-already = “{ $title }” is approved already
review-is-draft = “{ $title }” is a draft (draft: true). Remove that line first: removing it later would end the signatures
review-is-secret = “{ $title }” says that it is secret and cannot be signed
review-urgent-note = “{ $title }” is urgent and will go out before all have signed. Say with --note why it cannot wait
review-reason-needed = Sending back needs a reason: --reason WHAT TO MEND
review-broken-log = The log of reviews is not whole; bring it back first
review-write-failed = { $path } cannot be written: { $reason }
review-signed = Signed “{ $level }”: “{ $title }”, { $name }; { $levels } missing
review-signed-last = Signed “{ $level }”: “{ $title }”, { $name }; all have signed, the next build publishes it
review-signed-urgent = Signed “{ $level }”: “{ $title }”, { $name }; urgent, the next build publishes it; { $levels } have 24 hours
review-returned = Sent back: “{ $title }”, { $name }: { $reason }
review-signed-none = Nothing here waits for a signature.
review-baseline = { $count } bulletins that were published before reviews began stay published (baseline); yuanba review lists them
review-head-blocked = Not to be published yet, { $count }:
review-head-changed = Edited after they were approved, { $count }:
review-head-urgent = Urgent, signatures to follow, { $count }:
review-head-baseline = Published before reviews began and never reviewed, { $count }:
review-head-owed = Who owes what:
review-owes = { $level } ({ $names }): { $count }
review-anybody = anybody
review-line-signed = signed: { $signed }
review-line-missing = missing: { $levels }
review-all-done = Everything is reviewed.
review-log-sound = The log of reviews is whole: { $count } records.
review-state-approved = approved
review-state-baseline = baseline
review-state-urgent = urgent
review-state-pending = pending
review-state-rejected = sent back
review-state-unsigned = not reviewed
review-state-changed = edited
cli-list-unapproved = unapproved
review-form-name = Review of a publication
review-form-title = Title
review-form-level = Level
review-form-opinion = Opinion
review-form-signature = Signature
review-form-date = Date
review-form-hash = Hash of the content
review-form-text = The whole text
review-form-section = Section
review-form-author = Written by
review-form-sent = Submitted
review-form-source = Source
review-form-own = our own
review-form-repost = taken from { $source }
review-form-secret = Secret
review-form-no = no
review-form-weight = Weight
review-form-heavy = major
review-form-normal = normal
review-form-editor = Edited by
review-form-proof = Proof-read by
review-form-agreed = agreed
review-form-made = The sheet is made: { $path } (A4, both sides: signatures in front, the text behind)
review-form-failed = The sheet of “{ $title }” could not be typeset. See whether yuanba check tells of fonts or of the theme
stale-home = The newest bulletin is of { $date }: nothing new for { $days } days
stale-home-hint = Publish something; where an old one was brought up to date, say updated:
stale-section = The newest bulletin of section “{ $title }” is of { $date }: nothing new for { $months } months
stale-section-hint = Publish something, or let the section go into another one
empty-section = There is nothing in section “{ $title }”
empty-section-hint = Write something, or take this _index.md away for now
incomplete-guide = “{ $title }” does not say:{ $conditions ->
    [yes] {" "}who may apply
   *[other] {""}
}{ $materials ->
    [yes] {" "}what to bring
   *[other] {""}
}{ $time ->
    [yes] {" "}how long it takes
   *[other] {""}
}{ $fee ->
    [yes] {" "}what it costs
   *[other] {""}
}
incomplete-guide-hint = Materials, time and cost belong into materials, time_limit and fee; say in the text who may apply
cli-print-held = No handouts of “{ $title }”: { $reason }

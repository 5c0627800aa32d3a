# Personal data
personal-data = This looks like { $kind ->
        [id_card] the number of an identity card
        [phone] a telephone number
        [bank_card] the number of a bank card
        [plate] a number plate
        [vin] a vehicle's number
        [passport] the number of a passport or permit
        [wechat] a WeChat account
        [qq] a QQ account
        [email] a private mailbox
        [address] a home address
        [name] a person's name
       *[minor_identity] what tells who a minor or a victim is
    }: { $masked }
personal-data-in-name = The name of the file or its address holds what looks like { $kind ->
        [id_card] the number of an identity card
        [phone] a telephone number
        [bank_card] the number of a bank card
        [plate] a number plate
        [vin] a vehicle's number
        [passport] the number of a passport or permit
        [wechat] a WeChat account
        [qq] a QQ account
        [email] a private mailbox
        [address] a home address
        [name] a person's name
       *[minor_identity] what tells who a minor or a victim is
    }: { $masked }
personal-data-hint = { $kind ->
        [phone] Remove it or write it like 138****5678; publish an office's telephone instead. A number that must be public goes under privacy: allow: in site.yaml
        [name] Write “{ $masked }”, and 某甲, 某乙 for several of one surname. Officers and honoured persons stand under officers: in site.yaml or names: in content/words/
        [address] Name the village or street alone, without the door
        [minor_identity] Write “a pupil” or “a villager's child”, without school, class, group or kinship
        [plate] Remove it, or write “a car”
        [email] Remove it; a public mailbox is the office's, under unit: email: in site.yaml
       *[other] Remove it and name the kind alone
    }
privacy-allow-reason = Each item of privacy: allow: has to say why it may be published
privacy-allow-reason-hint = Write {"{"}text: what is public, reason: why{"}"}
privacy-let-pass = Let pass by privacy: allow: { $masked } (reason: { $reason })
privacy-let-pass-without-reason = Let pass by privacy: allow: { $masked } (no reason given)
photo-metadata = In { $folder }, besides its picture "{ $name }"{ $count ->
        [1] {""}
       *[other] {" "}and others ({ $count })
    } holds: { $gps ->
        [yes] { "· where it was taken " }
       *[no] {""}
    }{ $exif ->
        [yes] { "· when and with what it was taken " }
       *[no] {""}
    }{ $xmp ->
        [yes] { "· an editing history " }
       *[no] {""}
    }{ $iptc ->
        [yes] { "· author and caption " }
       *[no] {""}
    }{ $thumbnail ->
        [yes] { "· a preview (perhaps from before it was cropped) " }
       *[no] {""}
    }{ $second-picture ->
        [yes] { "· another photograph " }
       *[no] {""}
    }{ $video ->
        [yes] { "· a film " }
       *[no] {""}
    }{ $trailer ->
        [yes] { "· appended data " }
       *[no] {""}
    }{ $comment ->
        [yes] { "· a comment " }
       *[no] {""}
    }{ $text ->
        [yes] { "· texts " }
       *[no] {""}
    }{ $time ->
        [yes] { "· the time of its last change " }
       *[no] {""}
    }{ $application ->
        [yes] { "· data left by a program " }
       *[no] {""}
    }(left out on the site; do not hand on the originals)
unpublishable-file = “{ $target }” leads to { $path }, which is for the program and the editors alone and must not be published
unpublishable-file-hint = Lay what readers are to have beside the bulletin, and link to that
unpublishable-figures = “{ $target }” leads to the raw figures { $path }; small numbers in them give people away, so they must not be published
unpublishable-figures-hint = Link to the protected data instead: { $address }
unpublishable-figures-none-hint = Remove the link; put the protected table into the text with ```table
unpublishable-kind = “{ $target }” leads to { $path }, which is no document that readers can open, and must not be published
unpublishable-kind-hint = Save it as PDF, Word, a sheet or an archive, and link to that
unpublishable-copy = { $path } says the same as { $original } and must not be published
unpublishable-copy-hint = Remove this copy; for figures link to the protected data below /data/
unpublishable-link = { $path } is a link to { $original }, which must not be published
unpublishable-link-hint = Remove the link; write down anew what is to be published
personal-data-in-document = In { $inside ->
        [0] {""}
       *[other] file { $inside } of 
    }the linked “{ $name }”, { $place ->
        [line] line { $number },
        [paragraph] paragraph { $number },
        [deleted] text that tracked changes deleted (paragraph { $number }),
        [row] sheet { $number }, row { $row },
        [hidden-row] hidden sheet { $number }, row { $row },
        [page] page { $number },
        [annotation] a note or link on page { $number },
        [slide] slide { $number },
        [notes] the notes of slide { $number },
        [comment] a comment,
        [margin] the head or foot of pages,
        [footnote] a footnote,
        [drawing] a drawing or chart,
        [property] the file's properties,
        [name] a name (of a file, a sheet or a drawing),
       *[other] a place that is not seen,
    } stands what looks like { $kind ->
        [id_card] the number of an identity card
        [phone] a telephone number
        [bank_card] the number of a bank card
        [plate] a number plate
        [vin] a vehicle's number
        [passport] the number of a passport or permit
        [wechat] a WeChat account
        [qq] a QQ account
        [email] a private mailbox
        [address] a home address
        [name] a person's name
       *[minor_identity] what tells who a minor or a victim is
    }: { $masked }
personal-data-in-document-hint = Open the file and remove it, or write 罗某 and 138****5678; accept tracked changes, delete hidden sheets, and let the program's document inspector remove authors. Do not link what is not public
personal-data-in-document-more = The linked “{ $name }” holds { $count } more such places, which are not listed
personal-data-in-document-more-hint = That many look like a list of persons or a register: do not link it, publish counts
personal-data-in-output = The finished { $path } holds what looks like { $kind ->
        [id_card] the number of an identity card
        [phone] a telephone number
        [bank_card] the number of a bank card
        [plate] a number plate
        [vin] a vehicle's number
        [passport] the number of a passport or permit
        [wechat] a WeChat account
        [qq] a QQ account
        [email] a private mailbox
        [address] a home address
        [name] a person's name
       *[minor_identity] what tells who a minor or a victim is
    }: { $masked }
personal-data-in-output-hint = No bulletin holds it by itself: a template or the theme wrote it, or several texts came side by side. Find it and change it; what must be public goes under privacy: allow: in site.yaml with a reason
officer-whole-name = “{ $name }” looks like an officer's whole name, which is printed on contact cards
officer-whole-name-hint = Write { $surname }警官. Where the officer agrees to be named, put “{ $name }” under privacy: allow: in site.yaml
unread-document = The linked “{ $name }” { $kind ->
        [archive] holds pictures, sound or film
        [sound] is a sound recording
        [film] is a film
       *[other] holds no text
    }; it is published as it is, and the program cannot tell what is in it
unread-document-hint = { $kind ->
        [archive] Look at every file in it. If all is well,
        [sound] Listen to all of it for names and numbers. If all is well,
        [film] Watch all of it for faces, number plates, doors and names. If all is well,
       *[other] Open it and look for names, numbers and addresses. If all is well,
    } write in the front matter: allow: and below it - {"{"}code: P105, reason: who looked, and when{"}"}
unreadable-document = The text of the linked “{ $name }” cannot be read: { $why ->
        [locked] it has a password
        [damaged] it is damaged, or not what its name says
        [too-large] it is too large when unpacked
        [scanned] some pages are scanned pictures
        [signs] its fonts do not tell which characters they show
        [hidden] it has layers that are not shown
        [embedded] it holds an object of another program, or a macro
       *[format] the program does not read this format
    }. Nobody has looked at what is in it, so it must not be published
unreadable-document-hint = { $why ->
        [locked] Remove the password
        [damaged] Save it anew
        [too-large] Part it into smaller files
        [scanned] Use a file with text in it, such as a PDF that Word saved, or put the content into the bulletin
        [signs] Save it as PDF anew with Word or WPS
        [hidden] Save a PDF without layers
        [embedded] Delete embedded objects and macros, and save it anew
       *[format] Save it as docx, xlsx, pptx or PDF
    }. If it has to be this file, look at all of it and write in site.yaml: privacy: attachments: allow: and below it - {"{"}file: { $file }, reason: who looked, and when{"}"}
attachments-allow = Every item of privacy: attachments: allow: needs the file and who looked at it
attachments-allow-hint = Write {"{"}file: guides/form.doc, reason: looked through on 20 November by …{"}"}
attachment-let-pass = Let pass unread by privacy: attachments: allow: { $name } (reason: { $reason })
attachment-allow-unused = Nothing links to “{ $name }”, or the program can read it; this item does nothing
attachment-allow-unused-hint = Remove it; where the file has another name or place now, write that
register-in-site = { $path } looks like a register: it has columns such as “{ $columns }”
register-in-site-hint = Move it out of the site's folder now, then count it with yuanba tabulate; the site holds counts, no names. Remove copies that were synchronised or uploaded as well

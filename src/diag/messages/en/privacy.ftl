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
photo-metadata = Besides its picture "{ $name }" holds: { $gps ->
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
    }
photo-metadata-hint = Pictures on the site keep nothing but the picture; the file still holds it, so do not hand it on as it is. Save a copy with a viewer to be rid of this
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
personal-data-in-document = Line { $line } of the linked “{ $name }” holds what looks like { $kind ->
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
personal-data-in-document-hint = Open the file and remove the number or keep a few digits; do not link what is not public
officer-whole-name = “{ $name }” looks like an officer's whole name, which is printed on contact cards
officer-whole-name-hint = Write { $surname }警官. Where the officer agrees to be named, put “{ $name }” under privacy: allow: in site.yaml
unread-document = The linked “{ $name }” is { $kind ->
        [table] a table
        [text] a Word file
        [slides] a set of slides
        [pages] a PDF or the like
        [archive] an archive
        [sound] a sound recording
        [film] a film
        [card] a contact card
       *[other] a file of another kind
    }; it is published as it is, and the program has not looked into it
unread-document-hint = { $kind ->
        [table] No lists of persons; look at hidden rows, columns and sheets too. If all is well,
        [archive] Look at every file in it. If all is well,
        [sound] Listen to all of it for names and numbers. If all is well,
        [film] Watch all of it for faces, number plates, doors and names. If all is well,
       *[other] Open it and look for names, numbers and addresses. If all is well,
    } write in the front matter: allow: and below it - {"{"}code: P105, reason: who looked, and when{"}"}
register-in-site = { $path } looks like a register: it has columns such as “{ $columns }”
register-in-site-hint = Move it out of the site's folder now, then count it with yuanba tabulate; the site holds counts, no names. Remove copies that were synchronised or uploaded as well

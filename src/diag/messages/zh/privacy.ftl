# 个人信息
personal-data = 这里有像{ $kind ->
        [id_card] 身份证号
        [phone] 电话号码
        [bank_card] 银行卡号
        [plate] 车牌号
        [vin] 车架号
        [passport] 护照或通行证号
        [wechat] 微信号
        [qq] QQ 号
        [email] 个人邮箱
        [address] 住址
        [name] 人的姓名
       *[minor_identity] 能认出未成年人或受害人的话
    }的内容：{ $masked }
personal-data-in-name = 文件名或网址里有像{ $kind ->
        [id_card] 身份证号
        [phone] 电话号码
        [bank_card] 银行卡号
        [plate] 车牌号
        [vin] 车架号
        [passport] 护照或通行证号
        [wechat] 微信号
        [qq] QQ 号
        [email] 个人邮箱
        [address] 住址
        [name] 人的姓名
       *[minor_identity] 能认出未成年人或受害人的话
    }的内容：{ $masked }
personal-data-hint = { $kind ->
        [phone] 请删掉，或写成 138****5678 这样；要公布电话，用单位的座机。确要公布的号码，写进 site.yaml 的 privacy: allow:
        [name] 请写成“{ $masked }”，同姓的写“某甲”“某乙”。民警、先进人物要用真名的，写进 site.yaml 的 officers: 或 content/words/ 里的 names:
        [address] 请只写到村、社区或街道，不写门牌
        [minor_identity] 请只写“一名学生”“一名村民的孩子”，不写学校班级、村组和亲属关系
        [plate] 请删掉，或只写“一辆小轿车”
        [email] 请删掉；要公布邮箱，用单位的邮箱，并写进 site.yaml 的 unit: email:
       *[other] 请删掉，只说“身份证号”“银行卡号”，不写数字和字母
    }
privacy-allow-reason = privacy: allow: 里的每一项都要写清为什么能公开
privacy-allow-reason-hint = 写成 {"{"}text: 要公开的内容, reason: 为什么能公开{"}"}
privacy-let-pass = 按 privacy: allow: 放过：{ $masked }（理由：{ $reason }）
privacy-let-pass-without-reason = 按 privacy: allow: 放过：{ $masked }（没有写理由）
photo-metadata = 照片“{ $name }”里除了画面还记着：{ $gps ->
        [yes] { "·拍摄地点 " }
       *[no] {""}
    }{ $exif ->
        [yes] { "·拍摄时间和设备 " }
       *[no] {""}
    }{ $xmp ->
        [yes] { "·编辑记录 " }
       *[no] {""}
    }{ $iptc ->
        [yes] { "·作者和说明 " }
       *[no] {""}
    }{ $thumbnail ->
        [yes] { "·缩略图（可能是裁剪前的画面） " }
       *[no] {""}
    }{ $second-picture ->
        [yes] { "·另一张照片 " }
       *[no] {""}
    }{ $video ->
        [yes] { "·一段视频 " }
       *[no] {""}
    }{ $trailer ->
        [yes] { "·附加数据 " }
       *[no] {""}
    }{ $comment ->
        [yes] { "·注释 " }
       *[no] {""}
    }{ $text ->
        [yes] { "·文字 " }
       *[no] {""}
    }{ $time ->
        [yes] { "·修改时间 " }
       *[no] {""}
    }{ $application ->
        [yes] { "·软件留下的数据 " }
       *[no] {""}
    }
photo-metadata-hint = 网站上的图片会去掉这些，只留画面；但文件本身还带着，请不要把原图直接发给别人。想不再提示，用看图软件另存一张
unpublishable-file = “{ $target }”指向 { $path }，它只给程序和编辑用，不能放到网上
unpublishable-file-hint = 要给群众看的文件，请放在这篇文章旁边，再链接过去
unpublishable-figures = “{ $target }”指向原始数字 { $path }，里面的小数目会暴露当事人，不能放到网上
unpublishable-figures-hint = 请改为链接保护过的数据：{ $address }
unpublishable-figures-none-hint = 请删掉这个链接；要给出数字，用 ```table 把保护过的表放进正文
unpublishable-kind = “{ $target }”指向 { $path }，这种文件不是群众能打开的文档，不能放到网上
unpublishable-kind-hint = 请另存为 PDF、Word、表格或压缩包，再链接过去
unpublishable-copy = { $path } 的内容和 { $original } 一样，不能放到网上
unpublishable-copy-hint = 请删掉这份副本；数字请链接 /data/ 下保护过的数据
unpublishable-link = { $path } 是一个链接，指向不能公开的 { $original }
unpublishable-link-hint = 请删掉这个链接；要公开的内容请另写一份
personal-data-in-document = 链接的“{ $name }”第 { $line } 行有像{ $kind ->
        [id_card] 身份证号
        [phone] 电话号码
        [bank_card] 银行卡号
        [plate] 车牌号
        [vin] 车架号
        [passport] 护照或通行证号
        [wechat] 微信号
        [qq] QQ 号
        [email] 个人邮箱
        [address] 住址
        [name] 人的姓名
       *[minor_identity] 能认出未成年人或受害人的话
    }的内容：{ $masked }
personal-data-in-document-hint = 打开这个文件删掉号码，或只留几位；不该公开的文件就不要链接
officer-whole-name = “{ $name }”像民警的全名，会印在联系卡上
officer-whole-name-hint = 写成 { $surname }警官。本人同意公开全名的，把“{ $name }”写进 site.yaml 的 privacy: allow:
unread-document = 链接的“{ $name }”是{ $kind ->
        [table] 表格
        [text] Word 文件
        [slides] 幻灯片
        [pages] PDF 一类的文件
        [archive] 压缩包
        [sound] 录音
        [film] 视频
        [card] 名片
       *[other] 别的文件
    }，会原样放到网上，程序没有看里面写了什么
unread-document-hint = { $kind ->
        [table] 名单、登记表不要放；隐藏的行、列、工作表也要看。看过没有问题，
        [archive] 解开看过每个文件。没有问题，
        [sound] 从头听一遍有没有姓名、电话。没有问题，
        [film] 从头看一遍有没有人脸、车牌、门牌、姓名。没有问题，
       *[other] 打开从头看一遍有没有姓名、电话、住址。没有问题，
    }在文章开头写：allow: 下面一行 - {"{"}code: P105, reason: 谁在哪天看过{"}"}
register-in-site = { $path } 像登记表：有“{ $columns }”这样的列
register-in-site-hint = 请马上把它移到网站文件夹外面，再用 yuanba tabulate 数出数来；网站里只放数，不放名单。同步、上传过的副本也要删

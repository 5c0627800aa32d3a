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
photo-metadata = { $folder } 里的照片“{ $name }”{ $count ->
        [1] {""}
       *[other] 等 { $count } 张
    }除了画面还记着：{ $gps ->
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
    }（网站上的图已去掉这些；原图请不要直接发给别人）
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
personal-data-in-document = 链接的“{ $name }”{ $inside ->
        [0] {""}
       *[other] 里第 { $inside } 个文件的
    }{ $place ->
        [line] 第 { $number } 行
        [paragraph] 第 { $number } 段
        [deleted] 修订里删掉的文字（第 { $number } 段）
        [row] 第 { $number } 张工作表第 { $row } 行
        [hidden-row] 隐藏的第 { $number } 张工作表第 { $row } 行
        [page] 第 { $number } 页
        [annotation] 第 { $number } 页的批注或链接
        [slide] 第 { $number } 张幻灯片
        [notes] 第 { $number } 张幻灯片的备注
        [comment] 批注
        [margin] 页眉页脚
        [footnote] 脚注
        [drawing] 图形或图表
        [property] 文件属性
        [name] 名称（文件、工作表或图形的名字）
       *[other] 看不见的地方
    }有像{ $kind ->
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
personal-data-in-document-hint = 打开这个文件删掉它，或照“罗某”“138****5678”那样改；修订要“接受”，隐藏的工作表要删掉，作者等属性用“检查文档”去掉。不该公开的文件就不要链接
personal-data-in-document-more = 链接的“{ $name }”里像个人信息的内容还有 { $count } 处，没有一一列出
personal-data-in-document-more-hint = 这样多，像是名单或登记表：不要链接它，只公布数字
personal-data-in-output = 生成的 { $path } 里有像{ $kind ->
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
personal-data-in-output-hint = 文章里没有单独出现，多半是模板、主题里写的，或者几处的字排到了一起。找到它改掉；确要公开的，写进 site.yaml 的 privacy: allow:，写明理由
officer-whole-name = “{ $name }”像民警的全名，会印在联系卡上
officer-whole-name-hint = 写成 { $surname }警官。本人同意公开全名的，把“{ $name }”写进 site.yaml 的 privacy: allow:
unread-document = 链接的“{ $name }”{ $kind ->
        [archive] 里有图片、录音或视频
        [sound] 是录音
        [film] 是视频
       *[other] 里没有文字
    }，会原样放到网上，程序看不出里面有什么
unread-document-hint = { $kind ->
        [archive] 解开看过每个文件。没有问题，
        [sound] 从头听一遍有没有姓名、电话。没有问题，
        [film] 从头看一遍有没有人脸、车牌、门牌、姓名。没有问题，
       *[other] 打开从头看一遍有没有姓名、电话、住址。没有问题，
    }在文章开头写：allow: 下面一行 - {"{"}code: P105, reason: 谁在哪天看过{"}"}
unreadable-document = 链接的“{ $name }”读不出文字：{ $why ->
        [locked] 它有密码
        [damaged] 它坏了，或者不是文件名说的那种文件
        [too-large] 它解开以后太大
        [scanned] 有的页是扫描的图片
        [signs] 里面的字认不出来（字体没有对照表）
        [hidden] 里面有看不见的图层
        [embedded] 里面嵌着程序读不了的东西（别的程序的对象、宏）
       *[format] 程序读不了这种格式
    }。没有人看过里面写了什么，不能放到网上
unreadable-document-hint = { $why ->
        [locked] 去掉密码再放
        [damaged] 重新另存一份再放
        [too-large] 拆成几个小文件
        [scanned] 换成有文字的文件（Word 另存为 PDF），或者把内容写进正文
        [signs] 用 Word 或 WPS 重新另存为 PDF
        [hidden] 另存一份不带图层的 PDF
        [embedded] 删掉嵌着的对象和宏，再另存
       *[format] 另存为 docx、xlsx、pptx 或 PDF 再放
    }。非放不可的，从头看一遍，在 site.yaml 写：privacy: attachments: allow: 下面一行 - {"{"}file: { $file }, reason: 谁在哪天看过{"}"}
attachments-allow = privacy: attachments: allow: 里的每一项都要写清是哪个文件、谁看过
attachments-allow-hint = 写成 {"{"}file: guides/申请表.doc, reason: 周警官11月20日逐页看过{"}"}
attachment-let-pass = 按 privacy: attachments: allow: 放过没有读过的文件：{ $name }（理由：{ $reason }）
attachment-allow-unused = 没有链接“{ $name }”，或者程序读得了它，这一项没有用
attachment-allow-unused-hint = 删掉这一项；文件改了名、换了地方的，把新的路径写上
register-in-site = { $path } 像登记表：有“{ $columns }”这样的列
register-in-site-hint = 请马上把它移到网站文件夹外面，再用 yuanba tabulate 数出数来；网站里只放数，不放名单。同步、上传过的副本也要删

# 审核（R501 到 R508，approve、reject、review）
unapproved = 《{ $title }》还没有审核，不发布
unapproved-pending = 《{ $title }》还没有审完，不发布：还差{ $levels }
unapproved-rejected = 《{ $title }》被{ $name }退回，不发布：{ $reason }
unapproved-overdue = 《{ $title }》是急发的，到 { $when } 还没有补签，已从网站撤下：还差{ $levels }
unapproved-moved = 《{ $title }》是按 { $from } 审的，文件挪了地方或改了名，要再审一次
unapproved-hint = 审一级记一级，还差{ $levels }：yuanba approve { $path } --as 姓名 --level { $level }
unapproved-rejected-hint = 照意见改好，再请各级重新签
unapproved-inside = 《{ $title }》没有审过，却混进了要发布的网站，已拦下
unapproved-inside-hint = 再运行一次；还是这样，请把这一句告诉我们
stale-approval = 《{ $title }》审定以后又改过（{ $at } 由{ $by }签完）。改了：{ $text ->
    [none] {""}
    [unkept] 文字
    [unreadable] 现在的文件读不出来
   *[other] 文字 { $text } 处（第 { $lines } 行；原来“{ $was }”，现在“{ $is }”）
}{ $files ->
    [none] {""}
   *[other] 　图片、附件：{ $files }
}{ $figures ->
    [none] {""}
   *[other] 　表里的数：{ $figures }
}{ $kind ->
    [none] {""}
   *[other] 　文章的类型
}
stale-approval-hint = 网站上仍是审定的那一版。改得对，请各级对新的一版重新签：yuanba approve { $path } --as 姓名 --level { $level }；改错了，改回去就行
review-not-kept = 审定的那一版没有留底，所以网站上暂时没有这一篇。请各级对现在的一版重新签，或者把文字改回审定时的样子
review-not-kept-file = 审定时用的 { $path } 没有留底，所以网站上暂时没有这一篇。请把原来的文件放回去，或者请各级重新签
review-not-kept-shared = { $path } 换了，另一篇已经按新的审过，所以审定的这一版不能照原样发布。请各级对现在的一版重新签
review-not-kept-figures = 它显示的数变了，审定的那一版不能照原样发布，所以网站上暂时没有这一篇。请各级对现在的一版重新签
review-not-kept-other = 审定的那一版不能照原样发布，所以网站上暂时没有这一篇。请各级对现在的一版重新签
review-why-unsigned = 没有审核，还差{ $levels }
review-why-pending = 没有审完，还差{ $levels }
review-why-rejected = 被{ $name }退回：{ $reason }
review-why-overdue = 急发，到 { $when } 没有补签，还差{ $levels }
review-why-moved = 挪了地方，按 { $path } 审的不算，要再审
link-to-unreviewed = 链接指向的《{ $title }》没有审完，没有发布
link-to-unreviewed-hint = 请先把那一篇审完，或者先去掉这个链接
secret-bulletin = 《{ $title }》写着涉密，不能上网，预览也不做
secret-bulletin-hint = 请把这个文件移出网站文件夹；写错了的，删掉这一行
urgent-unsigned = 《{ $title }》是急发的（{ $name }：{ $note }），还差{ $levels }。到 { $until } 不补签，就从网站撤下
urgent-unsigned-hint = 请补签：yuanba approve { $path } --as 姓名 --level { $level }
repost-without-address = 转自“{ $source }”，没有写原文的网址
repost-nameless = 来源只写了“{ $source }”，没有写是哪家的
repost-hint = 来源写明单位，再加一行 source_url: https://…（原文网址）；自己写的，来源写“本站”或删掉这一行
named-editor = 编辑写的是“{ $name }”，审核记录里没有他签这一篇；签过的是{ $signed }
named-reviewer = 编审写的是“{ $name }”，审核记录里没有他签这一篇；签过的是{ $signed }
named-reviewer-hint = 请他用 yuanba approve 签，或者改成签过的人
review-log-unreadable = 审核记录 { $file } 打不开
review-log-no-text = 审核记录 { $file } 不是文字了，多半是存坏了
review-log-merge = 审核记录 { $file } 第 { $at } 行：两份合并没有做完，还留着合并的记号
review-log-line = 审核记录 { $file } 第 { $at } 行不是程序写的
review-log-changed = 审核记录 { $file } 第 { $at } 行被改过
review-log-cut = 审核记录 { $file } 第 { $at } 行缺了后半截
review-log-twice = 审核记录 { $file } 第 { $at } 行和 { $path } 第 { $line } 行是同一条
review-log-gap = 审核记录 { $file } 第 { $at } 行前面少了一条（{ $seal }…），或者顺序乱了
review-log-no-heads = 审核记录少了文件 { $file }，末尾有没有缺，看不出来
review-log-lost = 审核记录的末尾少了一条（{ $seal }…，记在 { $file } 第 { $at } 行）
review-log-gone = 这个网站一直在审核，content/reviews/ 里的记录却不见了
review-log-hint = 请从 Git 或备份里恢复 content/reviews/，不要手改。什么也没有发布，上一次的网站原样保留
expected-review = 应写各级和谁来签，例如 review: {"{"}levels: [初审, 复审, 终审]{"}"}；不审核，写“无”
expected-review-level = 应写级别的名称，各不相同，例如 {"{"}name: 初审, who: [王某]{"}"}
review-off = 这个网站没有打开审核。要用，在 content/site.yaml 里加 review:
review-nothing-at = 没有找到“{ $path }”这一篇
review-nobody = --as 后面要写姓名
review-level-unknown = 没有“{ $level }”这一级，可以写：{ $levels }
review-level-heavy = 《{ $title }》没有写 weight: 重大，不用签“{ $level }”
review-not-allowed = “{ $level }”不由{ $name }签。设置里写的是：{ $names }
review-not-allowed-reject = 设置里没有写{ $name }可以审核。写着的有：{ $names }
review-own-text = 《{ $title }》是{ $author }写的，自己写的不能自己审
review-same-person = { $name }已经签了《{ $title }》的“{ $level }”，一个人不能签两级
review-level-signed = 《{ $title }》的“{ $level }”已经由{ $name }签过了
review-already = 《{ $title }》已经审定，不用再签
review-is-draft = 《{ $title }》还是草稿（draft: true）。写完了，先删掉这一行再签；签完再删，签名就作废了
review-is-secret = 《{ $title }》写着涉密，不能签
review-urgent-note = 《{ $title }》是急发的，没有签齐就会发出去。请用 --note 写明为什么等不得
review-reason-needed = 退回要写明理由：--reason 哪里要改
review-broken-log = 审核记录不完整，先恢复它，才能再签
review-write-failed = 写不了 { $path }：{ $reason }
review-signed = 已签“{ $level }”：《{ $title }》　{ $name }　还差{ $levels }
review-signed-last = 已签“{ $level }”：《{ $title }》　{ $name }　各级签齐，下次生成就发布
review-signed-urgent = 已签“{ $level }”：《{ $title }》　{ $name }　急发，下次生成就发布；24小时内还要补签{ $levels }
review-returned = 已退回：《{ $title }》　{ $name }：{ $reason }
review-signed-none = 这里面没有要签的。
review-baseline = 打开审核以前已经发布的 { $count } 篇照旧发布，记为“原有”（baseline），名单见 yuanba review
review-head-blocked = 还不能发布的，{ $count } 篇：
review-head-changed = 审定以后又改过的，{ $count } 篇：
review-head-urgent = 急发、还要补签的，{ $count } 篇：
review-head-baseline = 打开审核以前就有、没有审过的，{ $count } 篇：
review-head-owed = 谁欠什么：
review-owes = { $level }（{ $names }）：{ $count } 篇
review-anybody = 谁都可以签
review-line-signed = 已签：{ $signed }
review-line-missing = 还差：{ $levels }
review-all-done = 各篇都审完了。
review-log-sound = 审核记录完整，共 { $count } 条。
review-state-approved = 已审定
review-state-baseline = 原有
review-state-urgent = 急发
review-state-pending = 待审
review-state-rejected = 已退回
review-state-unsigned = 未审
review-state-changed = 有改动
cli-list-unapproved = 未审完
review-form-name = 信息发布审核表
review-form-title = 标题
review-form-level = 审核级别
review-form-opinion = 意见
review-form-signature = 签名
review-form-date = 日期
review-form-hash = 内容校验值
review-form-text = 全文
review-form-section = 栏目
review-form-author = 供稿人
review-form-sent = 报送时间
review-form-source = 来源
review-form-own = 自制
review-form-repost = 转载：{ $source }
review-form-secret = 是否涉密
review-form-no = 否
review-form-weight = 重要程度
review-form-heavy = 重大
review-form-normal = 一般
review-form-editor = 编辑
review-form-proof = 校对
review-form-agreed = 同意
review-form-made = 审核表已做好：{ $path }（A4，双面打印：正面签字，背面是全文）
review-form-failed = 《{ $title }》的审核表没有做成：排印出了错。先看 yuanba check 有没有提示字体、主题的问题
stale-home = 网站上最新的一篇是 { $date } 的，已经 { $days } 天没有新内容
stale-home-hint = 发一篇新的；旧的改过了，在那一篇写上 updated（更新）
stale-section = 栏目“{ $title }”最新的一篇是 { $date } 的，已经 { $months } 个月没有新内容
stale-section-hint = 发一篇新的；不再办的栏目，并到别的栏目里
empty-section = 栏目“{ $title }”里一篇也没有
empty-section-hint = 写一篇；暂时不办的，先删掉这个 _index.md
incomplete-guide = 《{ $title }》没有写全，缺：{ $conditions ->
    [yes] 谁能办（条件）；
   *[other] {""}
}{ $materials ->
    [yes] 带什么（材料）；
   *[other] {""}
}{ $time ->
    [yes] 多久办好（时限）；
   *[other] {""}
}{ $fee ->
    [yes] 收多少钱（费用）；
   *[other] {""}
}
incomplete-guide-hint = 材料、时限、费用写在 materials、time_limit、fee 里；谁能办，在正文里写一句
cli-print-held = 《{ $title }》不能做印品：{ $reason }

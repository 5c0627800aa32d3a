# 文章之间：网址、引用、站点设置
unknown-key = 不认识“{ $key }”这一项
unknown-key-hint = 是不是想写“{ $nearest }”？改成它，或删掉这一行
unknown-key-none-hint = 请删掉这一行；可用的项见使用说明，或运行 yuanba explain F401
same-key-twice = “{ $key }”写了两遍
same-key-twice-hint = “{ $first }”和“{ $second }”是同一项，只留一行
first-here = 第一次写在这里
wrong-value = 这里的内容不合要求
unknown-form = 不认识“{ $form }”这种形式，按顺口溜检查
unknown-form-hint = 请写其中一种，前面可以加几个字（如“对口快板”）：{ $forms }
expected-mapping = 这里应当是“名称: 内容”，一行一项
expected-text = 这里应当是一段文字
expected-texts = 这里应当是文字，或用“- ”列出的几项
expected-flag = 请写“是”或“否”
expected-number = 请写一个整数，例如 2
expected-list = 请用“- ”一行一项地列出
expected-hotline = 每个热线要有 number（号码），例如 {"{"}number: "96110", label: 反诈预警劝阻{"}"}
expected-menu-link = 每个菜单项要有 label（名称）和 link（链接）
expected-area = 每个村社区要有 code（代码）和 name（名称）
expected-area-code = 村社区的代码只能用小写字母、数字和“-”，并且不能重复
expected-officer = 每位民警要有 name（称呼）和 area（村社区）
expected-level = 请写 allow、warn、deny 或 forbid 中的一个
base-url-with-password = 请去掉网址里的用户名和密码：网址印在每一页上
expected-base-url = 请写完整网址，例如 https://www.example.gov.cn/
expected-merger = 可以写 in-ing、en-eng、f-hu、n-l：本地话分不清的音
expected-time-zone = 请写时区的名称，例如 Asia/Shanghai
expected-allow = 每个例外要有 code（编号）和 reason（理由）
expected-law = 每个法条要有 name（法律全称）
expected-report = 每一项要有 table（表名）和 period（期间，如 2026-09）
expected-material = 每样材料要有 name（名称）
expected-booklet = 每本小册子要有 title（标题），再写 section（栏目）、tag（标签）、areas（村社区）或 bulletins（文章）中的一样
expected-scam = 每种骗术要有 name（名称）
expected-reading = 请给每个字一个拼音，用空格隔开，例如 行长: hang zhang
expected-end-after-start = 结束时间早于开始时间，请核对
impossible-date = 日期“{ $date }”不存在或看不懂
date-form-hint = 请写成 2026-11-23、2026年11月23日 或 2026/11/23 14:30
date-month-hint = 月份应为 01–12，这里写的是 { $month }
date-day-hint = 这个月只有 { $last } 天，这里写的是 { $day }
date-time-hint = 时间“{ $time }”不对，请写成 14:30 这样
wrong-choice = 这里不能写“{ $value }”
wrong-choice-hint = 可以写的是：{ $choices }
missing-title = 这篇没有标题
missing-title-hint = 请在文件开头两行“---”之间加一行“title: 标题”
missing-setting = site.yaml 里没有“{ $key }”
missing-setting-hint = 请在 content/site.yaml 里加上“{ $key }: …”；确实没有的，写“{ $key }: 无”
setting-not-yet = 这个版本还用不上“{ $key }”这项设置
setting-not-yet-hint = 可以先留着或删掉，不影响生成网站
unknown-area = 没有“{ $area }”这个村社区
unknown-area-hint = 是不是想写“{ $nearest }”？村社区在 content/site.yaml 的 areas 里列出
unknown-area-none-hint = 请在 content/site.yaml 的 areas 里加上它，或改成已有的
unfit-address = 网址“{ $address }”存不到 Windows 的磁盘上
unfit-address-hint = 请用 slug: 另写一个短的网址，不用 < > : " | ? * / 等符号，也不用 con、nul 这类系统名称
taken-address = 网址“{ $address }”已经有另一篇在用（大小写不同也算同一个）
taken-address-hint = 请给其中一篇加上 slug: 另写一个网址，或改文件名
first-on-address = 先用这个网址的是 { $path }
taken-path = 两处都要生成“{ $path }”：{ $first } 和 { $second }
taken-path-hint = 请给其中一篇加上 slug: 另写一个网址，或给文件夹改名
missing-picture = 找不到图片“{ $target }”
missing-picture-hint = 请把图片和文章放在同一个文件夹里，并核对文件名（包括大小写和后缀）
address-given-away = 网址“{ $address }”以前发布过，属于 { $owner }，不能给别的内容用
address-given-away-hint = 如果这就是原来那篇（改了文件名或换了栏目），请在开头写上 aliases: [{ $address }]；不是同一篇，请用 slug: 另取一个网址
addresses-first = 以前的记录在这里
addresses-conflict = addresses.yaml 里有合并没做完的标记（{ $what }）
addresses-conflict-hint = 请删掉 <<<<<<<、=======、>>>>>>> 这几行，两边的网址都留下
addresses-line = addresses.yaml 里的这一行看不懂：{ $what }
addresses-line-hint = 每行是“  /网址/: 文件”，前面空两格。请照备份或版本记录改回来
addresses-site = addresses.yaml 里的 site 不对：{ $what }
addresses-site-hint = 它是这个网站的编号，只能有一个。请照备份或版本记录改回来
addresses-twice = addresses.yaml 里网址“{ $what }”有两行
addresses-twice-hint = 请留下先发布的那一行，删掉另一行
addresses-owner-twice = addresses.yaml 里“{ $what }”有两个网址
addresses-owner-twice-hint = 请给其中一行的文件名前面加上 former 和一个空格：这个旧网址会带读者到新网址
dates-crossed = “{ $first ->
        [date] 日期
        [updated] 更新
        [publish] 发布
        [effective] 生效
       *[expires] 到期
    }”{ $at } 早于“{ $second ->
        [date] 日期
        [updated] 更新
        [publish] 发布
        [effective] 生效
       *[expires] 到期
    }”{ $other }
dates-crossed-hint = 两个日期总有一个写错了，请核对
future-date = “{ $key ->
        [date] 日期
        [updated] 更新
        [publish] 发布
        [effective] 生效
       *[expires] 到期
    }”{ $date } 还没有到，现在就会发布出去
future-date-hint = 要到那天才发布，加一行“发布: { $date }”；日期写错了就改过来
odd-year = “{ $key ->
        [date] 日期
        [updated] 更新
        [publish] 发布
        [effective] 生效
       *[expires] 到期
    }”{ $date } 的年份像是写错了
odd-year-hint = 请核对年份
unread-capital = “{ $name }”没有被读：结尾要用小写字母
unread-second-ending = “{ $name }”没有被读：名字后面多了一个结尾
unread-text = “{ $name }”像一篇文章，但结尾不是 .md，没有被读
unread-rename-hint = 把它改名为 { $mend }（记事本“另存为”时，“保存类型”要选“所有文件”；看不到结尾，就在文件夹的“查看”里勾上“文件扩展名”）
unread-word = “{ $name }”是 Word 一类的文件，程序不读，也没有文章链接它
unread-word-hint = 要发布，先用 yuanba new bulletin 新建一篇，把文字粘进去；不发布的底稿请放到网站文件夹外面
no-section = 文件夹“{ $folder }”不是栏目，里面的 { $count } 篇文章哪个栏目也不在
no-section-hint = 像是要放进“{ $nearest }”：把文章移过去；要新开栏目，在 content/{ $folder }/ 里写一个 _index.md
no-section-none-hint = 把文章移到已有的栏目里；要新开栏目，在 content/{ $folder }/ 里写一个 _index.md
copied-bulletin = “{ $name }”像是复制出来的，标题和 { $original } 一样
copied-bulletin-hint = 两篇都会发布。不要的就删掉；要另写一篇，改标题和文件名
expected-colour = 颜色写成 "#" 加六个数字或字母，放在引号里，例如 "#12335f"
expected-two-colours = 颜色最多写两个：主色和辅色
low-contrast = 颜色 { $colour } 看不清：{ $place ->
    [head] 页眉和按钮上的白字
    [paper] 网页底色上的链接
    [sheet] 文章底色上的链接
    [box] 红框里的链接
    [alert] 黄条里的链接
    [wash] 浅色框里的字
   *[leaf] 日历页上的白字
 }，对比度只有 { $ratio }，至少要 { $least }
low-contrast-hint = 最接近、又看得清的颜色是 "{ $colour }"，请换成它
no-date = 这一篇没有写日期，会排在列表最后，读者也不知道是什么时候的
no-date-hint = 在文件开头加一行，例如 日期: 2026-11-23

# 正文：Markdown 与各种围栏块

body-too-large = 正文超过 { $limit } MB，没有读下去
body-too-large-hint = 把它拆成几篇；图片请存成文件，不要贴进正文
nested-too-deep = 引用、列表或强调套得太深，超过 { $limit } 层
nested-too-deep-hint = 去掉多余的 >、- 或 *，一般两三层就够了

html-element-removed = <{ $name }> 不会出现在网页上
html-element-removed-hint = 删掉它，或改用 Markdown 的写法；里面的文字会保留
html-picture-removed-hint = 图片请写成 ![说明](文件名)，发布时会去掉照片里的定位信息
html-heading-removed-hint = 标题请写成 # 标题
html-layout-removed-hint = 删掉它：字体、颜色和位置由网站的主题决定，文字会保留
html-attribute-removed = <{ $name }> 的 { $attribute } 不会出现在网页上
html-attribute-removed-hint = 删掉这个属性：样式由网站的主题决定，脚本不能发布

stray-emphasis = “{ $found }”里的星号会照原样显示
stray-emphasis-hint = 星号要紧挨着文字，写成：{ $mend }
heading-without-space = “{ $found }”少了空格，不会成为标题
heading-without-space-hint = # 后面加一个空格：{ $mend }
chinese-list-marker = “{ $found }”不会成为列表
chinese-list-marker-hint = 用半角的数字、点和空格：{ $mend }
indented-text = 行首有四个空格，这一段会显示成代码：“{ $found }”
indented-text-hint = 去掉行首的空格，缩进由网站的主题决定：{ $mend }
full-width-link = “{ $found }”用了全角括号，不会成为链接
full-width-link-hint = 改成半角括号：{ $mend }

block-dataset-name = ```{ $word } 后面要写一个数据集的名字
block-dataset-name-hint = 写成 ```{ $word } 名字，名字是 content/data/ 里的文件名，不带后缀
block-dataset-body = ```{ $word } 里面不写内容，数字来自数据集
block-dataset-body-hint = 删掉里面的内容；数字请放进 content/data/{ $name }.csv
block-qr-empty = 二维码里没有网址
block-qr-empty-hint = 第一行写网址，第二行写一句说明
block-qr-address = “{ $address }”不是二维码能用的网址
block-qr-address-hint = 第一行写完整的网址，以 https:// 开头；电话写成 tel:110
block-qr-long = 网址太长，印出来的二维码手机扫不清
block-qr-long-hint = 换一个 500 个字符以内的网址
block-verse-empty = 快板里没有词
block-verse-empty-hint = 一行写一句，段与段之间空一行
block-verse-reading = 注音写得不对
block-verse-reading-hint = 紧跟在一个字后面，花括号里写拼音，例如 行{"{"}háng{"}"}
block-contact-colon = “{ $found }”用了全角冒号
block-contact-colon-hint = 改成半角冒号加一个空格：{ $mend }
block-contact-key = 联系卡没有“{ $found }”这一项
block-contact-key-hint = 最接近的是 { $mend }；可以写 name、duty、phone、hours、areas
block-contact-twice = “{ $found }”写了两次
block-contact-twice-hint = 留下一行；几个电话写在同一行，用顿号隔开
block-contact-name = 联系卡没有写名字
block-contact-name-hint = 加一行 name: 单位或人的称呼
block-contact-line = 看不懂这一行：“{ $found }”
block-contact-line-hint = 每行写成 名称: 内容，例如 phone: 110

# 数据集：content/data/ 里的 CSV 表格

table-empty = 这张表里什么也没有
table-empty-hint = 第一行写各列的名称，用英文逗号隔开；下面一行写一条数据
table-tab = 各格之间用的是制表符（Tab）
table-tab-hint = 改成英文逗号；从电子表格存出来时，请选“CSV（逗号分隔）”
table-full-width-comma = 各格之间用的是中文逗号“，”
table-full-width-comma-hint = 改成英文逗号；如果它是文字的一部分，请把这一格用英文双引号括起来
table-ragged = 这一行的格数是 { $found }，应该是 { $expected }，与第一行相同
table-row-short-hint = 补上缺少的格；没有内容的格也要留着逗号
table-row-long-hint = 删掉多出的格；内容里有逗号的，请用英文双引号括起来，数字里不要写逗号
table-unclosed = 这个双引号没有结束
table-unclosed-hint = 在这一格的末尾加一个英文双引号；内容里的双引号要写两遍
table-stray-quote = 双引号的位置不对
table-stray-quote-hint = 用英文双引号把整格括起来，内容里的双引号写两遍，例如 "他说""好"""
table-unnamed = 这一列没有名称
table-unnamed-hint = 在第一行写上这一列的名称；如果这一列是空的，请把整列连同逗号删掉
table-name-twice = 有两列都叫“{ $name }”
table-name-twice-hint = 给其中一列换个名称
table-name-first = 第一次在这里
table-too-wide = 这张表超过 { $limit } 列
table-too-wide-hint = 只留下要公布的列，或拆成几张表
table-too-long = 这张表超过 { $limit } 行
table-too-long-hint = 从这一行起没有读下去；请先汇总，或拆成几张表

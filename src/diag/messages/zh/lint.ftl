# 检查的等级和例外
unknown-lint = 没有编号或名称是“{ $code }”的检查
unknown-lint-hint = 请写编号（如 L301）或名称（如 broken-link）；运行 yuanba explain 可以看到全部
level-forbidden = { $code } 不能放宽
level-forbidden-hint = 这一项关系到个人信息，请改内容，不要改设置
allow-forbidden = { $code } 不能用 allow 放过
allow-forbidden-hint = 这一项关系到个人信息，请改内容，并删掉这个例外
allow-unused = 这个例外（{ $code }）没有用上
allow-unused-hint = 这里已经没有这样的问题，请删掉这个例外
# 链接（L301、L303）
broken-link = 链接“{ $target }”没有去处
broken-link-hint = 请核对文件名和文件夹；暂时没有的，先去掉链接
broken-link-file-hint = 最接近的文件是 { $nearest }
broken-link-address-hint = 最接近的网址是 { $nearest }
broken-fragment = 那一页没有“#{ $fragment }”这个位置
broken-fragment-hint = 请删去“#”和后面的字，或改成那一页有的小标题
broken-fragment-near-hint = 最接近的是“#{ $nearest }”
link-to-draft = 链接指向的《{ $title }》还是草稿，没有发布
link-to-draft-hint = 请先发布那一篇，或暂时去掉链接
link-to-future = 链接指向的《{ $title }》要到 { $date } 才发布
link-to-future-hint = 请等那一篇发布后再加链接，或把两篇定在同一天发布
link-in-html = HTML 里的链接“{ $target }”发布后打不开
link-in-html-hint = 请写成 [文字](文件)，程序会换成正确的网址；或写“/”开头的完整网址
replaces-no-notice = replaces（替代）指向的“{ $target }”不是另一篇通告
replaces-no-notice-hint = 请写被替代的那篇通告的文件，例如 ting-shui.md
unsafe-link = 链接“{ $target }”不安全，不能发布
unsafe-link-local-hint = 这是自己电脑上的位置，别人打不开。请把文件复制到文章的文件夹里，链接只写文件名
unsafe-link-hint = 请改成 https:// 开头的网址、网站里的文件，或 tel: 电话
# 图片（L302、F428）
missing-alt = 图片“{ $target }”没有文字说明
missing-alt-hint = 请在方括号里说清图上是什么，例如 ![村口的防诈提示牌：不轻信，不转账]({ $target })
foreign-picture = 图片“{ $target }”在别的网站上
foreign-picture-hint = 请存下这张图片，和文章放在同一个文件夹里；网页不向别的网站取东西
# 到期（R503）
expired = 《{ $title }》已在 { $date } 到期：列表、订阅和印品里不再有它，网页留着，注明“已过期”
expired-hint = 不用了就把文件移走；还有效的，把 expires（到期）改到以后
# 站点设置（F419）
missing-unit-settings = site.yaml 的 unit（单位）里缺 { $count } 项：{ $keys }
missing-unit-settings-hint = 页脚要写明这些。请在 unit 下面补上，例如“{ $first }: …”；确实没有的，写“{ $first }: 无”
# 这个版本还做不了的（F430）
# 骗术类型（F429）
unknown-scam = 骗术类型里没有“{ $scam }”
unknown-scam-hint = 是不是“{ $nearest }”？骗术类型在 content/words/scams.yaml 里列出
unknown-scam-none-hint = 请改成 content/words/scams.yaml 里有的，或在那里加上它
figure-disagrees = 正文写“{ $number }”，表“{ $table }”里“{ $of }”是{ $printed }
figure-disagrees-hint = 请改成{ $printed }；说的若不是这张表里的数，请写明是哪一段时间、哪一件事
hidden-figure = 表“{ $table }”里“{ $of }”不公布，正文却写了“{ $number }”
hidden-figure-hint = 请删掉这个数，或者只写表里公布了的合计
report-period = 表“{ $table }”里没有“{ $period }”这一期
report-period-hint = 可以写：{ $periods }
report-period-none-hint = 这张表的行和列都不是月份或年份。请换一张按月份列的表
placeholder = “{ $found }”是程序写的提示，会原样发布
placeholder-hint = 换成真的内容；没有的，备案号这类写“无”
sample-words = 这里还有示例里的“{ $found }”
sample-words-hint = 改成你们自己的；整篇都是示例的，删掉这个文件
empty-body = 这篇没有正文，网页上只有标题
empty-body-hint = 在第二个“---”的下面写正文；还没写完，加一行“草稿: 是”
joined-tags = “{ $tag }”像是几个标签写成了一个
joined-tags-hint = 写成：标签: [{ $mend }]
# 用语
hard-word = 公文腔的词有 { $count } 处：{ $shown }
hard-word-hint = 换成括号里的说法，老人一听就懂。本站不算难词的，在 content/words/ 里写 hard:，词后面留空
long-sentence = 超过 { $most } 字的句子有 { $count } 句（{ $shown } 字）
long-sentence-hint = 一句只说一件事，在说完一层意思的地方用句号断开
long-paragraph = 超过 { $most } 字的段落有 { $count } 段（{ $shown } 字）
long-paragraph-hint = 一段只说一层意思，分成几段，或者列成一条一条
rare-character = 有些人不认得的字有 { $count } 处：{ $shown }
rare-character-hint = 换一个常用的字，或者在后面写明读音。本地的地名、人名，写进 site.yaml 或 content/words/ 的 readings:，就不再提示
absolute-claim = 说得太满的话有 { $count } 处：{ $shown }
absolute-claim-hint = 谁也保证不了的不要说，换成括号里的说法，或者写清数字和根据
half-width-mark = 中文里用了英文标点，有 { $count } 处：{ $shown }
half-width-mark-hint = 换成括号里的中文标点
miswritten-name = “{ $wrong }”写错了，应该是“{ $right }”
miswritten-name-hint = 改成“{ $right }”。党和国家、机构、地名、法律的名称写错，检查时算严重表述错误

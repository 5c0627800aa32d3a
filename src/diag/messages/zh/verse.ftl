# 韵文：押韵、平仄、长短（W201、W211—W214）
verse-rhyme = 这一句跑辙：“{ $char }”读 { $pinyin }，是{ $ends }；这一段押{ $group }（{ $fellows }）
verse-rhyme-hint = 请换一个押“{ $group }”的平声字，例如{ $words }；更多的词：yuanba rhyme --group { $group } --tone level
verse-doubt-hint = “{ $char }”是多音字。若这里读 { $reading }，请写成“{ $char }{"{"}{ $reading }{"}"}”；不是，就换一个押“{ $group }”的平声字，例如{ $words }
verse-neutral = 这一句收在轻声“{ $char }”上（{ $pinyin }），押不住韵
verse-local = “{ $char }”读 { $pinyin }，是{ $ends }；这一段押{ $group }（{ $fellows }），只有本地话里才押
verse-oblique = 这一句收在仄声：“{ $char }”读 { $pinyin }；下句的韵脚（{ $fellows }）是平声
verse-level = 上句收在平声：“{ $char }”读 { $pinyin }，又不押这一段的韵（{ $group }）
verse-level-hint = 上句请收在第三、四声的字上，例如{ $words }，下句才压得住；或换成押韵的字
verse-repeated = 韵脚“{ $char }”在这一段里用过了
verse-oblique-alone = 这一句收在仄声：“{ $char }”读 { $pinyin }；下句的韵脚要用平声
verse-level-doubt-hint = “{ $char }”是多音字。若这里读 { $reading }，请写成“{ $char }{"{"}{ $reading }{"}"}”；不是，上句请收在第三、四声的字上，例如{ $words }
verse-lines = “三句半”一段是四句，这一段有 { $lines } 句
verse-lines-hint = 一段写三句整句，再写一句一到五个字的半句；段与段之间空一行
verse-length = 这一句有 { $syllables } 个字音
verse-length-usual = 这一句有 { $syllables } 个字音，这一段多是 { $usual } 个
verse-length-hint = 这里 { $least } 到 { $most } 个字音都念得顺；长的拆成两句，短的添几个字
# yuanba rhyme
rhyme-heading = “{ $word }”读 { $pinyin }，押{ $group }（{ $tone }）
rhyme-level = 平声
rhyme-oblique = 仄声
rhyme-neutral = 轻声
rhyme-none = 没有找到合适的词；可以去掉 --tone 或 --syllables 再找
rhyme-nothing-asked = 请写一个词，或用 --group 写一个韵部
rhyme-unknown-group = 没有“{ $group }”这个韵部；可以写：{ $groups }
rhyme-not-chinese = “{ $word }”末尾不是汉字，说不出韵
# 口号（W216）
slogan-long = 口号有 { $count } 个字（标点也算），横幅、电梯贴和滚动屏放不下
slogan-long-hint = 请压到 { $most } 个字以内，一句话说完；太长的不做口号图
# 广播稿（W215）
script-long = 广播稿念完要 { $minutes } 分 { $seconds } 秒，听的人站不了这么久
script-long-hint = 请压到三分钟以内（每分钟 200 字，要紧的话念两遍）。最费时间的几段：{ $cut }

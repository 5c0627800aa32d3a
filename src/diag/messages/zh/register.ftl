# 登记表
register-bad-by = 看不懂 --by 里的“{ $text }”
register-bad-by-hint =   建议：用逗号隔开，例如 village,type,month，或 所属村,纠纷类型,登记日期:month；按数字分段写 年龄:18/60
register-bad-period = 看不懂时间“{ $text }”
register-bad-period-hint =   建议：写 2026，或 2026-05，或 2026-01..2026-10
register-bad-name = 数据的名称“{ $name }”不能用：只能有汉字、字母、数字和“-”“_”
register-bad-definition = { $path } 有写错的地方，先运行 yuanba check 看看
register-cannot-open = 打不开 { $path }：{ $reason }
register-is-folder = { $path } 是文件夹，请写登记表的文件名
register-inside = 登记表 { $path } 放在网站文件夹里，没有读它
register-inside-hint =   原因：登记表里一行就是一个人的事，放进网站文件夹就可能被发布或一起拷走。请把它移到网站文件夹外面再运行
register-locked = { $path } 设了打开密码，请先在 Excel 或 WPS 里去掉密码，另存一份到安全的地方
register-web-page = { $path } 其实是一个网页，只是取了表格的名字。请用 Excel 或 WPS 打开，另存为 xlsx
register-binary = { $path } 是 xlsb 格式，请用 Excel 或 WPS 另存为 xlsx
register-other-file = { $path } 不是 xlsx、xls、ods 或 csv 表格
register-nothing = { $path } 是空文件
register-damaged = { $path } 损坏了，读不出来。请用 Excel 或 WPS 打开，另存为 xlsx
register-no-text = { $path } 第{ $line }行附近的文字编码乱了。请用 Excel 或 WPS 打开，另存为 xlsx
register-open-quote = { $path } 第{ $line }行有一个引号没有成对，后面的行都连在了一起
register-swallowed = { $path } 第 { $line } 行有一个引号没有成对，后面 { $lines } 行都被它吞进了一格。请在记事本里打开，补上或删去那个引号；或用 Excel 打开，另存为 xlsx 再数
register-shifted = { $path } 第 { $line } 行有 { $cells } 格，别的行是 { $usual } 格，分不清哪一格是哪一列。多半是文字里有逗号：请给这一格加上英文引号，或用 Excel 打开，另存为 xlsx 再数
register-no-sheet = 没有叫“{ $name }”的工作表。有：{ $sheets }
register-no-shown-sheet = 所有工作表都隐藏了。要读隐藏的工作表，请用 --sheet 写明名称
register-other-sheets = 读的是工作表“{ $name }”。还有：{ $sheets }（没有读；要读哪个，用 --sheet 写明）
register-hidden-sheets = 注意：有隐藏的工作表：{ $sheets }（没有读）
register-hidden-unknown = 注意：这种格式看不出有没有隐藏的行和列、批注；隐藏的行也会一起数。拿不准就另存为 xlsx 再运行
register-comments = 注意：表里有 { $count } 条批注（没有读）
register-hidden-columns = 注意：有 { $count } 列隐藏了：{ $columns }
register-hidden-used = 注意：统计用到的 { $column } 列“{ $name }”是隐藏的，请确认就是这一列
register-hidden-rows = 注意：有 { $count } 行隐藏了（可能是筛选后没有取消）：第 { $rows } 行等
register-hidden-rows-hint =   请说明怎么办：加 --hidden-rows count 一起数，加 --hidden-rows skip 不数。什么都没有写
register-empty = “{ $sheet }”里没有内容
register-no-header = “{ $sheet }”的前四十行里找不到列名
register-no-header-hint =   建议：列名要单独占一行（或两行），每列一个，如 登记日期、所属村、纠纷类型；上面可以有大标题
register-no-cases = “{ $sheet }”的列名下面没有登记的内容
register-all-outside = “{ $sheet }”里的 { $count } 件都不在 --period 写的时间里
register-no-by = 请用 --by 写明按哪几列分。登记表有这些列：{ $headers }
register-too-many-by = 最多按 { $most } 列分：分得再细，一格就是一个人了
register-no-column = 登记表里没有“{ $word }”这一列。有：{ $headers }
register-nearest =   是不是“{ $name }”？
register-which-column = “{ $word }”可以是这几列：{ $columns }。请写列名
register-same-name = 有几列都叫“{ $word }”：{ $columns }。请在登记表里改成不同的列名
register-no-date = 找不到日期列。登记表有这些列：{ $headers }
register-which-date = 有几列都是日期：{ $columns }
register-which-date-hint =   建议：写明用哪一列，例如 { $name }:month
register-date-unit = { $column } 是日期，要写明按什么分，例如 { $word }:month（月）、{ $word }:year（年）
register-not-defined = 数据说明（yaml）里没有“{ $word }”。它有：{ $keys }
register-not-defined-hint =   建议：照数据说明来写 --by 和 --sum，或者不写；要换一种分法，先改数据说明，或另取一个 --into 的名称
register-left-out = 数据说明（yaml）里有“{ $key }”，--by 里没有写
register-identifies = { $column } 记的是{ $sort ->
    [name] 人名
    [paper] 证件号码
    [contact] 电话或联系方式
    [address] 住址
    [birth] 出生日期
    [plate] 车牌
    [account] 银行卡或账号
    [number] 编号
   *[story] 案情描述
  }，能认出是谁，不能拿来统计
register-identifies-by-values = { $column } 里面的内容像是{ $sort ->
    [name] 人名
    [paper] 证件号码
    [contact] 电话或联系方式
    [address] 住址
    [birth] 出生日期
    [plate] 车牌
    [account] 银行卡或账号
    [number] 编号
   *[story] 整段的描述
  }，能认出是谁，不能拿来统计
register-personal = “{ $sheet }”{ $cell }：里面有{ $sort ->
    [contact] 电话号码
    [account] 银行卡号
   *[paper] 证件号码
  }（{ $value }），这一列不能拿来统计
register-identifies-hint =   建议：换成类别，例如用“年龄段”代替出生日期，用“所属村”代替住址
register-no-category = { $column } 有 { $different } 种不同的内容（共 { $count } 件），不像是类别，分下去一格就是一个人
register-no-category-hint =   建议：在登记表里加一列类别，或换一列；数字可以分段，例如 年龄:18/60
register-blank = “{ $sheet }”{ $column } 有 { $count } 个空格子，如 { $cells }
register-blank-hint =   建议：补上；合并的单元格请取消合并并填满。确实没有的：加 --blank，类别记作“未填”，金额记作0
register-garbled = “{ $sheet }”{ $cell }：有乱码或看不见的控制符
register-garbled-hint =   建议：把这一格重新打一遍
register-ditto = “{ $sheet }”{ $cell }：写的是“同上”一类的记号，程序不替人猜是哪一类
register-ditto-hint =   建议：把上面那一格的内容填进来（Excel 里可以选中后按 Ctrl+D）
register-tells-case = “{ $sheet }”{ $cell }：像是一件事的经过或当事人的名字，不像类别；写进表里就会登在网页上
register-tells-case-hint =   建议：改成类别，例如“邻里”；经过和姓名写在别的列里。确实是类别的，写进数据说明（yaml）的 codes
register-counted = { $column } 像是件数：这张表可能已经汇总过，一行不是一件
register-counted-hint =   建议：是件数就加上 --count { $name }；一行就是一件的，加上 --count 行
register-counted-sum = { $column } 是件数，这样的表不能再用 --sum 加金额：看不出一行是几家的钱，会不会露出一家的数也就无从判断
register-no-count = “{ $sheet }”{ $cell }：“{ $value }”不是件数
register-no-count-hint =   建议：写成 0、12 这样的整数
register-unknown-code = “{ $sheet }”{ $cell }：数据说明（yaml）里没有“{ $value }”（共 { $count } 件）
register-unknown-code-hint =   建议：在 yaml 这一项的 codes 里加一行；如果就是“{ $code }”，在 merge 里写 { $code }: ["{ $value }"]
register-future = “{ $sheet }”{ $cell }：{ $day } 还没有到（今天是 { $today }）
register-no-day = “{ $sheet }”{ $cell }：“{ $value }”不是日期
register-date-no-year = “{ $sheet }”{ $cell }：“{ $value }”没有写年份
register-date-no-year-hint =   建议：补上年份；全表都是同一年的，加 --year 2026
register-date-short-year = “{ $sheet }”{ $cell }：“{ $value }”的年份没有写全
register-date-impossible = “{ $sheet }”{ $cell }：没有“{ $value }”这一天
register-date-vague = “{ $sheet }”{ $cell }：“{ $value }”不是确切的日期
register-date-hint =   建议：写成 2026-05-03、2026年5月3日 这样
register-date-in-category = “{ $sheet }”{ $cell }：这里是日期（{ $value }），别的行是类别
register-cell-error = “{ $sheet }”{ $cell }：格子里是公式的错误值
register-unkept = “{ $sheet }”{ $cell }：公式没有存下算好的结果
register-unkept-hint =   建议：用 Excel 或 WPS 打开，保存一次再运行
register-amount-vague = “{ $sheet }”{ $cell }：“{ $value }”不是确切的数
register-amount-negative = “{ $sheet }”{ $cell }：“{ $value }”小于0
register-amount-commas = “{ $sheet }”{ $cell }：“{ $value }”的逗号不在千位上
register-amount-too-large = “{ $sheet }”{ $cell }：“{ $value }”太大了，像是号码，不是金额
register-no-amount = “{ $sheet }”{ $cell }：“{ $value }”不是数
register-amount-hint =   建议：写成 1234、1,234、1.2万 这样；没有就写 0
register-more = 还有 { $count } 处没有列出
register-more-codes = 还有 { $count } 种
register-nothing-written = 什么都没有写。请改好登记表再来一次。
register-understood-sheet = 读了“{ $sheet }”，列名在第 { $first } 行{ $rows ->
    [1] {""}
   *[other] 起的 { $rows } 行
  }
register-understood-rows = 数了第 { $first } 行到第 { $last } 行，共 { $count } 件
register-understood-lines = 列名下面有内容的 { $lines } 行，数进去 { $cases } 行
register-understood-counts = 按 { $column } 列“{ $name }”写的件数加，共 { $count } 件
register-understood-days = 日期从 { $from } 到 { $to }
register-skipped-sums = 没有数：{ $count } 行合计、小计（第 { $rows } 行）
register-skipped-headers = 没有数：{ $count } 行重复的列名（第 { $rows } 行）
register-skipped-notes = 没有数：{ $count } 行说明或空表格（第 { $rows } 行）
register-skipped-outside = 没有数：{ $count } 件不在 --period 写的时间里
register-skipped-hidden = 没有数：{ $count } 行隐藏的
register-counted-blanks = 有 { $count } 个空格子，类别记作“未填”，金额记作0
register-understood-dimension = { $column } 列“{ $name }”→ { $key }：{ $codes }
register-areas =   这些是网站设置里的村社区，用了那里的代码
register-folded =   有 { $count } 格的全角字或前后空格，按半角、去掉空格来数
register-merged =   照数据说明，“{ $from }”并入“{ $to }”：{ $count } 件
register-alike =   请看一看：{ $pairs }像是同一类。没有合并；是同一类的话，把下面几行写进 yaml 的 dimensions 里“{ $key }”下面（并删去 codes 里被并的那一行），再运行一次：
register-yaml-line = { $line }
register-understood-sum = { $column } 列“{ $name }”合计 { $total } 元（每格四舍五入到元）
register-unread-persons = 没有读的列（能认出是谁）：{ $columns }
register-unread = 没有读的列：{ $columns }
register-written = 已写好：{ $path }（共 { $count } 件，只有数字）
register-same = 没有变化：{ $path }（共 { $count } 件）
register-replaced = 已换成新的：{ $path }（共 { $count } 件）
register-replaced-total = 已换成新的：{ $path }（原来 { $before } 件，现在 { $count } 件）
register-definition = 已新建数据说明：{ $path }。请打开它，写上标题、来源和要发布的表
register-period-extended = { $path } 里的期间已改成 { $from } 到 { $to }
register-period-by-hand = 请打开 { $path }，把“期间”（period）改到 { $month }，不然 check 会说没有这个月

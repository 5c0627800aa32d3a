# 外观和页面
no-theme = 没有名叫“{ $theme }”的外观
no-theme-hint = 请核对 site.yaml 里的 theme；用自带的外观就写 theme: default
template-not-utf8 = 模板不是 UTF-8 编码
template-not-utf8-hint = 请用记事本打开，另存为 UTF-8
template-error = 外观的模板有错：{ $words }
template-error-hint = 请改这个模板；删掉 themes 里的这个文件，就恢复自带的样子
template-costly = 外观的模板“{ $template }”排一页，超过 { $seconds } 秒还没排完，或者多占了 { $megabytes } MB 内存，程序已停下
template-costly-hint = 没有发布，旧网站原样保留。多半是模板里的循环没完没了：请改这个模板；删掉 themes 里的这个文件，就恢复自带的样子
theme-texts = 主题的界面文字读不了：{ $words }
theme-texts-hint = 每行是“名称: 文字”；文字里有冒号、引号的，用双引号括起来
badge-place = 徽标“{ $path }”要放在 content 文件夹里，不能放在 data、reviews、words 里
badge-place-hint = 放到 content/brand/ 里，写 badge: brand/文件名
badge-missing = 找不到徽标“{ $path }”
badge-missing-hint = 路径从 content 文件夹算起，例如 badge: brand/badge.svg；请核对文件名
badge-drawing = 徽标“{ $path }”不能用：{ $why ->
    [large] 太大或太复杂
    [broken] 不是 SVG 图，或者不完整
    [entities] 里面有“实体”定义
    [size] 没有写图的大小，或者太长太窄
   *[empty] 里面没有能用的图形
 }
badge-drawing-hint = { $why ->
    [empty] 文字请先转成路径（转曲）再存；也可以导出成 PNG
   *[other] 请在画图的软件里另存为“普通 SVG”（不超过 256 KB），或导出成 PNG
 }
badge-reduced = 徽标“{ $path }”里的 { $parts } 没有用，网页上的徽标可能跟原图不一样
badge-reduced-hint = 请看一眼网页上的徽标。文字先转成路径、引用先打散再存；也可以导出成 PNG
unknown-text = 界面文字里没有“{ $name }”这一项
unknown-text-hint = 是不是想写“{ $nearest }”？
unknown-text-none-hint = 请删掉这一行；有哪些项，运行 yuanba theme eject text.zh-CN.yaml --stdout 看
text-missing-hole = “{ $name }”里少了要填数的 { $holes }，网页上就没有这个数
text-foreign-hole = “{ $name }”里多了 { $holes }，会照原样印出来
text-hole-hint = 自带的写法是“{ $ours }”，大括号里的照原样留着
old-copy = { $path } 是从 { $version } 版拿出来改的，现在的 { $now } 版里，自带的这个文件已经换了新的
old-copy-hint = 您的这份照旧能用。要用上新的：yuanba theme eject { $path } --stdout 看新原件，把您改的地方移过去，再把第一行换成新的

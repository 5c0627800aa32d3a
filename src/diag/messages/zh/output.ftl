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

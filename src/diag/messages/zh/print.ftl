# 印品
unknown-layout = 没有“{ $layout }”这种印品
unknown-layout-hint = 是不是想写“{ $nearest }”？可以写的有：{ $all }
unknown-layout-none-hint = 可以写的有：{ $all }
handout-not-of-site = “{ $layout }”要用一篇文章来排，不能写在这里
handout-not-of-site-hint = site 下面只能写 strip（联系卡）：每个村社区一张。别的印品请写在文章类型后面，例如 tip: [单页]
booklet-section = 没有“{ $name }”这个栏目
booklet-section-hint = 栏目写文件夹的名字，现有的是：{ $known }
booklet-tag = 没有哪一篇有“{ $name }”这个标签
booklet-tag-hint = 请核对标签的写法，要和文章里的一样
booklet-bulletin = 没有“{ $name }”这一篇
booklet-bulletin-hint = 请写文章的文件名，从栏目的文件夹写起，例如 tips/ke-fu.md

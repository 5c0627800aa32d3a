# 文件本身：读不了、编码、链接、名称
file-not-found = 找不到文件“{ $path }”
file-not-found-hint = 请核对文件名，或把文件放回去
unreadable-file = 打不开文件“{ $path }”：{ $reason }
unreadable-file-hint = 请看看文件是不是正被别的程序占用，或没有读取权限
link-outside = “{ $path }”是一个指到网站文件夹外面的链接
link-outside-hint = 请把文件本身复制进来，不要用快捷链接
link-to-nothing = “{ $path }”是一个链接，它指的文件已经没有了
link-to-nothing-hint = 请删掉这个链接，或把文件本身复制进来
link-loop = “{ $path }”的链接绕回了自己
link-loop-hint = 请删掉这个链接
bad-name = 文件名“{ $path }”有不能用的字符
bad-name-hint = 请改名，只用汉字、字母、数字和“-”
file-too-large = 文件“{ $path }”太大（{ $size } MB），最多 { $limit } MB
file-too-large-hint = 请拆成几篇，或把图片、视频缩小后再放进来

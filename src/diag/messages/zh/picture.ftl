# 图片

picture-empty = 图片“{ $name }”是空文件
picture-empty-hint = 请重新复制或重新保存这张图片

picture-not-a-picture = “{ $name }”不是图片
picture-not-a-picture-hint = 改文件名不会变成图片；请用看图软件打开原图，另存为 JPG 或 PNG

picture-unsupported = 图片“{ $name }”是 { $format } 格式，很多手机打不开
picture-unsupported-hint = 请用看图软件或手机相册打开它，另存为 JPG（照片）或 PNG（截图、图画）
picture-unsupported-drawing-hint = 请用绘图软件打开它，导出为 PNG，宽度 1600 像素即可
picture-unsupported-document-hint = 请把需要的那一页截图，存为 PNG；或者在正文里给出文件的链接

picture-truncated = 图片“{ $name }”不完整，后面缺了一截
picture-truncated-hint = 多半是没有传完；请从手机或相机重新复制一次

picture-broken = 图片“{ $name }”已损坏，无法打开
picture-broken-hint = 请重新复制原图；如果看图软件还能打开，另存为 JPG 再用

picture-oversized = 图片“{ $name }”太大：{ $width } × { $height } 像素
picture-oversized-hint = 请缩小到 { $megapixels } 百万像素以内、每边不超过 { $side } 像素；长图可以截成几张

picture-long-animation = 动图“{ $name }”太长：{ $frames } 帧
picture-long-animation-hint = 网站只用动图的第一帧；请截一张图，存为 PNG


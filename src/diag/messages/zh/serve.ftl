# 本机预览
serve-at = 预览地址：{ $address }（改好文件保存，网页会自己更新；按 Ctrl+C 结束）
serve-built = 已更新（{ $made } 个文件）
serve-no-port = 从 { $port } 起的五十个端口都用不了：{ $reason }
serve-no-watch = 看不到文件的改动，请改好以后重新运行 yuanba serve
serve-polling-missed = 系统没有通知文件的改动（网络盘多半这样），改为每两秒看一遍
serve-polling-folders = 文件夹太多，系统盯不过来，改为每两秒看一遍
serve-polling-refused = 系统不通知文件的改动（{ $reason }），改为每两秒看一遍
serve-unreadable = 暂时读不了网站文件夹（{ $reason }），网页先停在上一次的样子，过一会儿再试
serve-writer = 写作视图
serve-writer-about = { $count ->
    [0] 只在预览里有，发布的网页上没有。没有要改的。
   *[other] 只在预览里有，发布的网页上没有。有 { $count } 处要改，保存就重新查。
}
serve-writer-line = 句
serve-writer-rhyme = 韵
serve-writer-tones = 平仄
serve-writer-count = 字音
serve-writer-words = 可以换成：

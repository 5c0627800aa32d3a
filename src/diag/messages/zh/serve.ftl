# 本机预览
serve-at = 预览地址：{ $address }（改好文件保存，网页会自己更新；按 Ctrl+C 结束）
serve-built = 已更新（{ $made } 个文件）
serve-no-port = 从 { $port } 起的五十个端口都用不了：{ $reason }
serve-no-watch = 看不到文件的改动，请改好以后重新运行 yuanba serve

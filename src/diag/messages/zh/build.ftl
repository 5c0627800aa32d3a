# 生成与写入

locked = 另一个生成正在进行：{ $path }
locked-by = 另一个生成正在进行（进程号 { $pid }）：{ $path }
locked-hint = 等它结束再试；如果另一个窗口开着“yuanba serve”或“yuanba build”，先关掉它

foreign-output = 文件夹“{ $path }”里已有别的文件，不是院坝生成的
foreign-output-hint = 没有动它。请换一个文件夹（--output），或者先把里面的文件移到别处

output-leads = “{ $path }”是一个链接，通到“{ $folder }”，那里还没有这个网站，没有写
output-leads-hint = 是您自己做的链接，就写明一次：yuanba build --output "{ $folder }"，以后不用再写。网站是别人给的，就把这个链接删掉
output-other-site = “{ $path }”里是另一个网站（{ $site }）
output-other-site-hint = 没有动它。请换一个文件夹（--output），或者先把它清空。如果就是这个网站，只是 content/addresses.yaml 丢了，请在里面补回一行“site: { $site }”

output-overtaken = 生成的时候，“{ $path }”被别人重新生成了
output-overtaken-hint = 什么也没有改动。请再生成一次

output-stray-work = “{ $path }”像是没做完的生成，但不是当前用户在这台电脑的这个文件夹里开始的
output-stray-work-hint = 没有接着做，也没有删除：它可能是随拷贝或克隆的网站一起来的。请把它移走或删掉（这个网站不需要里面的东西），再生成一次

output-bad-list = 网站文件夹里的清单“{ $path }”已损坏，分不清哪些文件是院坝生成的
output-bad-list-hint = 请把整个网站文件夹改个名字，再生成一次；自己放进去的文件可以从旧文件夹里拷回来

output-bad-place = 网站不能生成到“{ $path }”
output-bad-place-hint = 这里是网站的来源、个人主目录或整个磁盘。请用 --output 指定一个单独的文件夹，例如 public

results-bad-place = 不能写到“{ $path }”
results-bad-place-hint = 这里是网站的来源或网页、个人主目录或整个磁盘。请另外指定一个地方

results-no-folder = 没有“{ $path }”这个文件夹
results-no-folder-hint = 请先建好这个文件夹，或者换一个地方

results-bad-name = “{ $path }”这个文件名，有的电脑存不了
results-bad-name-hint = 请换一个名称：不要用 Windows 自己占用的（con、prn、aux、nul、com1 等），也不要用 ? * : " 这些符号

output-no-folder = “{ $path }”不是文件夹，网站没法放在里面
output-no-folder-hint = 请给这个文件改名或移走，或者用 --output 指定另一个文件夹

output-in-the-way = 要写“{ $path }”，可是那里已有别人放的文件或文件夹
output-in-the-way-hint = 没有动它。请把它改名或移走，再生成一次

write-full = 磁盘满了，写不下“{ $path }”
write-full-hint = 请清理磁盘，再生成一次。原来的网站没有变

write-read-only = “{ $path }”所在的磁盘只能读、不能写
write-read-only-hint = 如果是U盘，看看有没有写保护开关；或者用 --output 指定另一个文件夹。原来的网站没有变

write-denied = 没有权限写“{ $path }”
write-denied-hint = 请看看文件是否设为“只读”，或者请管理员开放这个文件夹的写入权限。原来的网站没有变

write-busy = “{ $path }”正被别的程序打开
write-busy-hint = 请关掉打开它的程序或窗口，再生成一次

write-too-long = “{ $path }”太长，磁盘存不下这个名字
write-too-long-hint = 请把网站文件夹移到更浅的位置（例如 D:\网站），或者把网址改短

write-vanished = 生成的时候，“{ $path }”被移走或改动了
write-vanished-hint = 请再生成一次。生成的时候不要改动网站文件夹

write-other = 写不了“{ $path }”：{ $reason }
write-other-hint = 请检查磁盘和网络盘，再生成一次。原来的网站没有变

output-recovered-finished = 上次生成在最后一步被打断，已经补完
output-recovered-dropped = 上次生成被打断，没写完的文件已清除；网站还是打断之前的样子

output-unfinished = “{ $path }”里有一次没做完的生成：也许另一个窗口正在生成，也许上次被打断了。这里没有动它；下一次生成会先把它做完或撤掉

store-unusable = 没有用 .yuanba/ 里留下的结果：{ $reason }。网站照常生成，只是慢一些
store-no-key = 这台电脑上没有地方存放本用户的密钥（YUANBA_STATE_DIR 或用户的状态文件夹不能写），所以 .yuanba/ 里什么也不留：网站照常生成，只是每次都从头做
store-other-version = .yuanba/ 里留下的结果是另一种格式，这次从头做
store-other-owner = .yuanba/ 里留下的结果来自别的文件夹、别的电脑或别的用户，不能用，这次从头做
store-other-program = 程序换过了，.yuanba/ 里留下的结果作废，这次从头做
store-damaged = .yuanba/ 里留下的结果坏了，或没有写完；坏的不用，这次重做

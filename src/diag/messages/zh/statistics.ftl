# 统计
released-figure = “{ $place }”在发布“{ $release }”里是 { $then }，现在是 { $now }
released-figure-hint = 已公布的数不能悄悄改，改动本身会露出增减了几个人。请核对；改回 { $release } 里的数，或把更正放进下一期新增的月份
released-figures-more = 还有 { $more } 个数也和已公布的不一样
released-figures-more-hint = 多半是同一处改动带来的，先改上面几处再看
seed-not-made = 写不出 { $path }：{ $error }
seed-not-made-hint = 公布统计数据要用它来选哪些格子不公布，没有它就不公布。请检查 content/data/ 能不能写
released-together = 以前几期（{ $releases }）合在一起，能推算出当时未公布的数：{ $places }；靠的是其中公布的 { $figures }
released-between = 以前几期（{ $releases }）合在一起，能推算出不该公布的数；靠的是其中公布的 { $figures }
released-together-hint = 读者手里已经有这几期，收不回来。先核对各期确实都公布过、数据没有改错；确实如此的，在 policy 里写 already_public: 理由，这些数就按已知对待，其余照样保护
release-here = 当时的发布
release-code-gone = 发布“{ $release }”里的“{ $name }”，现在的数据里没有了
release-code-gone-hint = 留着“{ $name }”这个代码，名称可以改 label；要合并的，另写一个分组
release-data-gone = 以前发布过的数据“{ $name }”，现在没有了
release-data-gone-hint = 把 { $name }.csv 和它的 yaml 放回 content/data/（改了名的改回来）；以后不再公布的，留着它们，只从 yaml 里去掉表和图
release-form = 这份发布记录看不懂
release-form-hint = 它应当由 yuanba audit --release 写成，不要手改；可从备份恢复
shared-differs = 和“{ $other }”用同一份数据，但维度、指标或规则写得不一样
shared-differs-hint = 同一份数据的几个 yaml，代码、指标和规则要一致；只想换一种分法的，用 groups（分组）
study-too-large = “{ $dataset }”的表分得太细、太多，核查不了
study-too-large-hint = 少写一个维度，或把代码合成分组后只列分组
study-number = “{ $dataset }”里有太大的数，核查不了
study-number-hint = 请核对数据里有没有多写的位数
study-unproven = “{ $dataset }”隐去哪些数没能通过核查，所以不公布
study-sparse = “{ $dataset }”太零散：{ $figures } 个数里至少要隐去 { $hidden } 个，公布了也没有用
study-not-found = “{ $dataset }”没有稳妥的公布办法，问题在：{ $places }
study-not-found-between = “{ $dataset }”没有稳妥的公布办法：几张表相减会露出个别数
study-coarser-hint = 把小的类别并成一类，月份并成季度，或少列一张表
study-merge-hint = 可以合并 { $merges }；合并后 { $figures } 个数里只要隐去 { $hidden } 个。在 groups（分组）里写上并只列分组，或在 merge（合并）里并成一个代码
unknown-table = 没有叫“{ $name }”的表
unknown-chart = 没有叫“{ $name }”的图
unknown-table-hint = 是不是“{ $nearest }”？改成它
unknown-table-none-hint = 现有：{ $names }
no-table-hint = { $chart ->
    [yes] 先在 content/data/ 的 yaml 里写上 charts（图）
   *[no] 先在 content/data/ 的 yaml 里写上 tables（表）
}
table-of-several-hint = 几个数据集里都有，请连数据集一起写，例如 { $first }
dataset-of-several-hint = 这个数据集里有几个，请写明是哪一个：{ $names }
release-not-read = 发布记录的文件夹里有不会被读的“{ $path }”
release-not-read-hint = 这里只读 yuanba audit --release 写的 .json，不读下一层文件夹、别的名称和备份。是发布记录的，放回 content/data/releases/ 并改回原名；不是的，移到别处
release-lost = 发布“{ $name }”的记录不见了
release-lost-hint = 公布过的数，以后各期都要和它一起核查。请从备份或 Git 里找回 content/data/releases/{ $name }.json；这一期确实没有公布过的，从 digests.txt 里删去它这一行
release-edited = 发布“{ $name }”的记录被改过了
release-edited-hint = 请从备份或 Git 里恢复 content/data/releases/{ $name }.json。它是对的、改的是 digests.txt 的话，那一行应当是：{ $digest }  { $name }
release-unlisted = 发布“{ $name }”不在 digests.txt 里
release-unlisted-hint = 多半是 Git 合并时丢了一行。这份记录没有错的话，在 digests.txt 里加上：{ $digest }  { $name }
release-digests-line = 这一行看不懂
release-digests-line-hint = digests.txt 每行是一个校验值、两个空格和发布的名称。Git 合并留下的“<<<<<<<”“=======”“>>>>>>>”几行删去，两边的行都留下
release-digest-here = 这里记着它原来的校验值
copied-figures = 这里的数和“{ $name }”的数，按“{ $dimension }”数起来一模一样，却各有一个文件
copied-figures-hint = 两个文件分开保护，这边打“*”的那边照登，一对就推出来了。请只留一个文件：在这个 yaml 里写 file: { $file }

//! A small site with something of everything, and what may change about it.

/// Its files; a picture is named by its colour.
pub const FILES: &[(&str, &str)] = &[
    (
        "content/site.yaml",
        "title: 清水院坝\nbase_url: https://qingshui.example.cn\nlints: {broken-link: warn}\nareas:\n  - {code: longtan, name: 龙潭村}\n\
         unit: {name: 清水镇派出所, organiser: 清水县公安局, operator: 清水镇派出所, address: 正街1号, phone: 0000-7110110, \
         email: 无, icp: 无, police_record: 无, site_id: 无, error_report: 无}\n\
         handouts:\n  verse: [单页]\n  booklets:\n    - {title: 一本, tags: [防火]}\n",
    ),
    ("content/words/scams.yaml", "scams:\n  - {name: 刷单返利, also: [刷单], about: 先垫资的都是骗局。}\n"),
    ("content/words/readings.yaml", "readings:\n  行长: hang zhang\n"),
    ("content/tips/_index.md", "---\ntitle: 反诈\nkind: tip\ntags: [反诈]\n---\n\n先看[这篇](a.md)。\n"),
    (
        "content/tips/a.md",
        "---\ntitle: 甲\nkind: tip\ndate: 2026-10-01\ntags: [防火, 法治]\nareas: [longtan]\nscam: 刷单返利\ncover: p.png\n---\n\n## 小题\n\n\
         见[乙](b.md#小题)与[表](d.txt)。\n\n```table x/t\n```\n",
    ),
    (
        "content/tips/b.md",
        "---\ntitle: 乙\ndate: 2026-10-02 09:00\ntags: [防火]\n---\n\n## 小题\n\n正文。\n\n![一片颜色](p.png)\n",
    ),
    ("content/tips/p.png", "colour 9"),
    ("content/tips/d.txt", "第 1 版"),
    ("content/notices/_index.md", "---\ntitle: 通告\nkind: notice\n---\n"),
    ("content/notices/n1.md", "---\ntitle: 停水\ndate: 2026-11-20\nlevel: yellow\n---\n\n正文。\n"),
    (
        "content/notices/n2.md",
        "---\ntitle: 封路\ndate: 2026-11-21\nlevel: yellow\nexpires: 2026-11-30\n---\n\n正文。\n",
    ),
    ("content/meetings/_index.md", "---\ntitle: 院坝会\nkind: meeting\n---\n"),
    (
        "content/meetings/m.md",
        "---\ntitle: 会\ndate: 2026-11-01\nstart: 2026-12-01 14:00\nplace: 村口\n---\n\n来。\n",
    ),
    ("content/verse/_index.md", "---\ntitle: 快板\nkind: verse\n---\n"),
    ("content/verse/deep/_index.md", "---\ntitle: 深处\nkind: verse\n---\n"),
    ("content/verse/deep/v.md", "---\ntitle: 快板一段\ndate: 2026-09-01\ntags: [防火]\n---\n\n正文。\n"),
    ("content/pages/about.md", "---\ntitle: 关于\n---\n\n正文。\n"),
    ("content/data/x.csv", "village,cases\n甲村,30\n乙村,31\n丙村,45\n丁村,38\n"),
    (
        "content/data/x.yaml",
        "title: 各村纠纷\nsource: 所\ndimensions:\n  village: {label: 村, codes: [甲村, 乙村, 丙村, 丁村]}\n\
         tables:\n  t: {title: 各村, rows: village}\ncharts:\n  c: {title: 图, form: bar, rows: village}\n",
    ),
];

/// Changes: a file, what stands there, and what comes in its place. Nothing in the place of nothing is a file that comes or goes.
pub const CHANGES: &[(&str, &str, &str)] = &[
    ("content/site.yaml", "title: 清水院坝", "title: 清水镇院坝"),
    ("content/site.yaml", "qingshui.example.cn", "qingshui.example.cn/part"),
    ("content/site.yaml", "unit:", "time_zone: Asia/Urumqi\nunit:"),
    ("content/site.yaml", "name: 龙潭村", "name: 龙潭社区"),
    ("content/site.yaml", "verse: [单页]", "verse: [单页, 大字版]"),
    ("content/site.yaml", "handouts:\n", "handouts:\n  options: {names: 中文}\n"),
    ("content/site.yaml", "tags: [防火]", "tags: [法治]"),
    ("content/words/scams.yaml", "先垫资", "要垫资"),
    ("content/words/scams.yaml", "also: [刷单], ", ""),
    ("content/words/readings.yaml", "hang", "xing"),
    ("content/tips/_index.md", "title: 反诈", "title: 防骗"),
    ("content/tips/_index.md", "tags: [反诈]", "tags: [防骗]"),
    ("content/tips/_index.md", "kind: tip", "kind: tip\norder: 9"),
    ("content/tips/_index.md", "先看", "再看"),
    ("content/tips/_index.md", "", ""),
    ("content/tips/a.md", "title: 甲", "title: 丙"),
    ("content/tips/a.md", "date: 2026-10-01", "date: 2026-10-05"),
    ("content/tips/a.md", "date:", "slug: jia-2\ndate:"),
    ("content/tips/a.md", "date:", "summary: 一句。\ndate:"),
    ("content/tips/a.md", "date:", "pinned: true\ndate:"),
    ("content/tips/a.md", "date:", "author: 龘\ndate:"),
    ("content/tips/a.md", "date:", "draft: true\ndate:"),
    ("content/tips/a.md", "[防火, 法治]", "[法治]"),
    ("content/tips/a.md", "areas: [longtan]\n", ""),
    ("content/tips/a.md", "scam: 刷单返利\n", ""),
    ("content/tips/a.md", "cover: p.png\n", ""),
    ("content/tips/a.md", "## 小题", "## 大题"),
    ("content/tips/a.md", "见[乙](b.md#小题)", "龘"),
    ("content/tips/b.md", "正文。", "正文龘。"),
    ("content/tips/b.md", "title: 乙", "title: 乙乙\nslug: yi-2"),
    ("content/tips/b.md", "![一片颜色](p.png)", ""),
    ("content/tips/p.png", "colour 9", "colour 10"),
    ("content/tips/d.txt", "1", "2"),
    ("content/tips/c.md", "", "---\ntitle: 丁\ndate: 2026-10-03\ntags: [防火, 新的]\n---\n\n正文。\n"),
    ("content/notices/n1.md", "yellow", "red"),
    ("content/notices/n1.md", "date: 2026-11-20", "date: 2026-11-22"),
    ("content/notices/n2.md", "expires: 2026-11-30", "replaces: n1.md"),
    ("content/notices/n2.md", "expires: 2026-11-30", "expires: 2026-11-23"),
    ("content/meetings/m.md", "14:00", "15:00"),
    ("content/meetings/m.md", "start: 2026-12-01 14:00\n", ""),
    ("content/verse/_index.md", "title: 快板", "title: 顺口溜"),
    ("content/verse/deep/v.md", "date:", "handouts: []\ndate:"),
    ("content/verse/deep/v.md", "title: 快板一段", "title: 快板两段"),
    ("content/pages/about.md", "title: 关于", "title: 关于我们"),
    ("content/data/x.csv", "甲村,30", "甲村,33"),
    ("content/data/x.yaml", "title: 各村,", "title: 各村情况,"),
    ("content/data/x.yaml", "title: 图", "title: 一张图"),
    ("themes/default/assets/style.css", "", "p{margin:0}"),
    ("themes/default/print/flyer.typ", "", "= 新"),
    ("themes/default/text.zh-CN.yaml", "", "home: 家\n"),
    ("now", "", "2026-12-02T08:00:00+08:00"),
];

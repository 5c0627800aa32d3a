//! The forms that new bulletins begin as: every field of the kind, with a word on what belongs there.
//!
//! Refuses: claiming to be finished; a form is a draft until its author says otherwise.
//! Invariant: a form passes `yuanba check`.

use crate::model::config::Config;
use crate::model::kind::Kind;
use crate::source::written::pair;
use jiff::Zoned;

/// The text of a new bulletin, with the keys of the site's language.
pub fn form(kind: Kind, title: &str, now: &Zoned, config: &Config) -> String {
    let chinese = config.language != "en";
    let key = |zh: &'static str, en: &'static str| if chinese { zh } else { en };
    let date = now.strftime("%Y-%m-%d %H:%M");
    let unit = config.unit.name.as_deref().unwrap_or("");
    let own = if chinese { own_in_chinese(kind, now) } else { own(kind, now) };
    let body = body(kind);
    format!(
        "---\n{}{}: {date}\n# 一句话说清这篇讲什么，30 到 70 个字\n{}: \n# 标签，几个词\n{}: []\n{own}{}{}: \n{}: \n\
         # 写好以后，把下面这一行删掉，就会发布\n{}\n---\n\n{body}",
        pair(key("标题", "title"), &title),
        key("日期", "date"),
        key("摘要", "summary"),
        key("标签", "tags"),
        pair(key("撰稿", "author"), &unit),
        key("编辑", "editor"),
        key("编审", "reviewer"),
        key("草稿: 是", "draft: true"),
    )
}

fn own_in_chinese(kind: Kind, now: &Zoned) -> String {
    let day = now.strftime("%Y-%m-%d");
    match kind {
        Kind::Tip => "# 骗术的名称，见 content/words/scams.yaml\n诈骗类型: \n# 两到四条要记住的，每条不超过十八个字\n记住:\n  - 先垫钱的，都是诈骗\n".to_owned(),
        Kind::Law => "# 依据的法条，照这个样子写（name 法律全称、article 第几条、since 施行日期、text 原文），删掉行首的“#”：\n#   - name: 中华人民共和国反电信网络诈骗法\n#     article: 第三十一条\n#     since: 2022-12-01\n#     text: 原文一字不改\n法条: []\n".to_owned(),
        Kind::Verse => "# 快板、顺口溜、三句半或山歌\n形式: 快板\n表演者: []\n".to_owned(),
        Kind::Notice => format!("# 本单位自己的通告、提示写“一般”。蓝色、黄色、橙色、红色是预警的颜色，由气象台站等有权发布的单位定：\n# 只转发，不自己定；照原来的颜色写，再在下面的“来源”写清是谁、几时发布的\n级别: 一般\n来源: \n# 从哪天起算数\n生效: {day}\n# 到期以后自动撤下\n到期: \n# 哪些村社区；都适用就不填\n村社区: []\n文号: \n# 正式、更新（改以前的一份）或取消（撤回以前的一份）；改和撤都要写“替代”：那一份的网址\n状态: 正式\n"),
        Kind::Guide => "# 要带的材料，一样一条\n材料:\n  - 名称: 居民身份证\n    # 要不要原件：是、否\n    原件: 是\n    # 复印几份\n    复印件: 1\n步骤:\n  - 到窗口交材料\n地点: \n# 几点到几点办\n时间: \n电话: \n# 收多少钱；不收写“不收费”\n收费: \n# 几天办好\n时限: \n# 不方便来的怎么办：代办、上门\n代办: []\n".to_owned(),
        Kind::Meeting => format!("开始: {day} 14:00\n结束: {day} 16:00\n地点: \n村社区: []\n议程:\n  - 讲一件身边的事\n"),
        Kind::Story | Kind::Report | Kind::Page => String::new(),
    }
}

fn own(kind: Kind, now: &Zoned) -> String {
    let day = now.strftime("%Y-%m-%d");
    match kind {
        Kind::Tip => "# 骗术的名称，见 content/words/scams.yaml\nscam: \n# 两到四条要记住的，每条不超过十八个字\nremember:\n  - 先垫钱的，都是诈骗\n".to_owned(),
        Kind::Law => "# 依据的法条：name 法律全称、article 第几条、since 施行日期、amended 最近修正的日期、text 原文\nlaws: []\n".to_owned(),
        Kind::Verse => "# 快板、顺口溜、三句半、山歌、数来宝或莲花落\nform: 快板\nperformers: []\n# 一句话的口号，做横幅、电梯贴和滚动屏用，不超过二十四个字\nslogan: \n".to_owned(),
        Kind::Notice => format!("# 本单位自己的通告、提示写 info。blue 蓝、yellow 黄、orange 橙、red 红是预警的颜色，由气象台站等有权发布的单位定：\n# 只转发，不自己定；照原来的颜色写，再在下面的 source 写清是谁、几时发布的\nlevel: info\nsource: \neffective: {day}\n# 到期以后自动撤下\nexpires: \nareas: []\nnumber: \nstatus: actual\n"),
        Kind::Guide => "materials:\n  - name: 居民身份证\n    original: true\n    copies: 1\nsteps:\n  - 到窗口交材料\nwhere: \nhours: \nphone: \nfee: \ntime_limit: \nproxy: []\n".to_owned(),
        Kind::Meeting => format!("start: {day} 14:00\nend: {day} 16:00\nplace: \nareas: []\nagenda:\n  - 讲一件身边的事\n"),
        Kind::Story | Kind::Report | Kind::Page => String::new(),
    }
}

fn body(kind: Kind) -> &'static str {
    match kind {
        Kind::Tip => {
            "## 骗子怎么说\n\n\n## 为什么是骗\n\n\n## 已经转了钱怎么办\n\n马上拨打110，说清对方账号、转账时间和金额。聊天记录和转账凭证都留好。\n"
        }
        Kind::Law => "## 事情是这样的\n\n\n## 法律怎么说\n\n",
        Kind::Verse => "```verse\n【开场】\n竹板一打响连声，\n街坊邻居仔细听。\n```\n",
        Kind::Notice => "## 通告事项\n\n\n## 联系方式\n\n",
        Kind::Guide => "## 先分清是哪一种\n\n\n## 常有人问\n\n",
        Kind::Meeting => "## 讲些什么\n\n\n## 怎么来\n\n",
        Kind::Report => {
            "<!-- 先用 yuanba tabulate 从登记表数出数来，再把表放在这里：去掉这两行说明，把“名字”换成数据和表的名字，例如 mediation/by-village\n```table 名字\n```\n-->\n\n## 说明什么\n\n"
        }
        Kind::Story | Kind::Page => "## 经过\n\n",
    }
}

//! The forms that new bulletins begin as: every field of the kind, with a word on what belongs there.
//!
//! Refuses: claiming to be finished; a form is a draft until its author says otherwise.
//! Invariant: a form passes `yuanba check`.

use crate::model::config::Config;
use crate::model::kind::Kind;
use crate::source::written::pair;
use jiff::Zoned;

/// The text of a new bulletin.
pub fn form(kind: Kind, title: &str, now: &Zoned, config: &Config) -> String {
    let date = now.strftime("%Y-%m-%d %H:%M");
    let unit = config.unit.name.as_deref().unwrap_or("");
    let own = own(kind, now);
    let body = body(kind);
    format!(
        "---\n{}date: {date}\n# 一句话说清这篇讲什么，30 到 70 个字\nsummary: \n# 标签，几个词\ntags: []\n{own}{}editor: \nreviewer: \n# 写好以后，把下面这一行删掉，就会发布\ndraft: true\n---\n\n{body}",
        pair("title", &title),
        pair("author", &unit),
    )
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
        Kind::Story | Kind::Report | Kind::Page => "## 经过\n\n",
    }
}

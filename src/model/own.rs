//! The fields that belong to one kind of bulletin only.
//!
//! Refuses: values that cannot be; see `fields`.
//! Invariant: the variant of [`Own`] fits the kind of the [`super::meta::Meta`] that holds it.

mod report;
pub mod slogan;

pub use report::Reported;

use super::fields::{Fields, Key, key};
use super::kind::Kind;
use super::when::When;
use crate::diag::{Diagnostic, Message, Spanned, codes};
use crate::source::node::NodeKind;
use crate::text::verse::Form;
use jiff::tz::TimeZone;

/// A kind's own fields.
#[derive(Clone, Debug)]
pub enum Own {
    /// An anti-scam tip.
    Tip {
        /// Type of the scam.
        scam: Option<Spanned<String>>,
        /// Short rules to remember.
        remember: Vec<String>,
    },
    /// Legal education.
    Law {
        /// The articles it rests on.
        laws: Vec<LawArticle>,
    },
    /// Folk verse.
    Verse {
        /// 快板, 顺口溜, 三句半, 山歌, 数来宝 or 莲花落.
        form: Option<String>,
        /// Who performs it.
        performers: Vec<String>,
        /// The same in one line, for banners, lift stickers and LED screens.
        slogan: Option<Spanned<String>>,
    },
    /// A public notice.
    Notice(Notice),
    /// How to get a thing done.
    Guide(Guide),
    /// A courtyard meeting.
    Meeting {
        /// When it begins.
        start: Option<Spanned<When>>,
        /// When it ends.
        end: Option<Spanned<When>>,
        /// Where.
        place: Option<String>,
        /// What is on.
        agenda: Vec<String>,
    },
    /// Statistics.
    Report {
        /// The periods whose key figures it shows.
        reported: Vec<Reported>,
    },
    /// Story and page have none.
    None,
}

/// An article of a law.
#[derive(Clone, Debug)]
pub struct LawArticle {
    /// Full name of the law.
    pub name: String,
    /// Number of the article.
    pub article: Option<String>,
    /// In force since.
    pub since: Option<When>,
    /// When its wording was last changed (修正, 修订); a law in force since 2004 may read as it was made in 2021.
    pub amended: Option<When>,
    /// Its wording.
    pub text: Option<String>,
}

/// How grave a notice is, after the colours of Chinese weather and emergency alerts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeLevel {
    /// For information.
    Info,
    /// 蓝色
    Blue,
    /// 黄色
    Yellow,
    /// 橙色
    Orange,
    /// 红色
    Red,
}

impl NoticeLevel {
    /// Its name in front matter, templates and styles.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Blue => "blue",
            Self::Yellow => "yellow",
            Self::Orange => "orange",
            Self::Red => "red",
        }
    }
}

/// Whether a notice stands, changes an earlier one or takes it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeStatus {
    /// A notice of its own.
    Actual,
    /// Changes an earlier one.
    Update,
    /// Takes an earlier one back.
    Cancel,
}

impl NoticeStatus {
    /// Its name in front matter and templates.
    pub fn name(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Update => "update",
            Self::Cancel => "cancel",
        }
    }
}

/// A notice's own fields; `expires` is a field of all kinds.
#[derive(Clone, Debug)]
pub struct Notice {
    /// How grave.
    pub level: NoticeLevel,
    /// In force from.
    pub effective: Option<Spanned<When>>,
    /// Number of the document, 文号.
    pub number: Option<String>,
    /// The earlier notice that this one changes or takes back.
    pub replaces: Option<Spanned<String>>,
    /// Standing.
    pub status: NoticeStatus,
}

/// A guide's own fields.
#[derive(Clone, Debug, Default)]
pub struct Guide {
    /// What to bring.
    pub materials: Vec<Material>,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// When it is open.
    pub hours: Option<String>,
    /// Whom to ring.
    pub phone: Option<String>,
    /// What it costs.
    pub fee: Option<String>,
    /// How long it takes.
    pub time_limit: Option<String>,
    /// 代办, 上门 …
    pub proxy: Vec<String>,
}

/// A paper to bring.
#[derive(Clone, Debug)]
pub struct Material {
    /// Its name.
    pub name: String,
    /// Whether the original is needed.
    pub original: Option<bool>,
    /// How many copies.
    pub copies: Option<u32>,
    /// What to mind.
    pub note: Option<String>,
}

const TIP: &[Key] = &[key("scam", &["诈骗类型", "骗术"]), key("remember", &["记住", "要点"])];
const LAW: &[Key] = &[key("laws", &["法条", "法律"])];
const VERSE: &[Key] = &[
    key("form", &["形式", "体裁"]),
    key("performers", &["表演者", "表演"]),
    key("slogan", &["口号", "标语"]),
];
const NOTICE: &[Key] = &[
    key("level", &["级别", "等级"]),
    key("effective", &["生效"]),
    key("number", &["文号"]),
    key("replaces", &["替代"]),
    key("status", &["状态"]),
];
const GUIDE: &[Key] = &[
    key("materials", &["材料"]),
    key("steps", &["步骤", "流程"]),
    key("where", &["地点"]),
    key("hours", &["时间"]),
    key("phone", &["电话"]),
    key("fee", &["收费", "费用"]),
    key("time_limit", &["时限"]),
    key("proxy", &["代办"]),
];
const MEETING: &[Key] =
    &[key("start", &["开始"]), key("end", &["结束"]), key("place", &["地点"]), key("agenda", &["议程"])];

const REPORT: &[Key] = &[key("report", &["数据", "关键数字"])];

/// The keys that only this kind has.
pub fn keys(kind: Kind) -> &'static [Key] {
    match kind {
        Kind::Tip => TIP,
        Kind::Law => LAW,
        Kind::Verse => VERSE,
        Kind::Notice => NOTICE,
        Kind::Guide => GUIDE,
        Kind::Meeting => MEETING,
        Kind::Report => REPORT,
        Kind::Story | Kind::Page => &[],
    }
}

/// Reads a kind's own fields.
pub fn read(kind: Kind, fields: &mut Fields, zone: &TimeZone) -> Own {
    match kind {
        Kind::Tip => Own::Tip { scam: fields.text("scam"), remember: fields.lines("remember") },
        Kind::Law => Own::Law { laws: read_laws(fields, zone) },
        Kind::Verse => Own::Verse {
            form: read_form(fields),
            performers: fields.texts("performers").into_iter().map(|text| text.value).collect(),
            slogan: slogan::read(fields),
        },
        Kind::Notice => Own::Notice(read_notice(fields, zone)),
        Kind::Guide => Own::Guide(read_guide(fields)),
        Kind::Meeting => read_meeting(fields, zone),
        Kind::Report => Own::Report { reported: report::read(fields) },
        Kind::Story | Kind::Page => Own::None,
    }
}

/// The form of a verse; one that nobody knows is shown as it is written, and the verse judged as 顺口溜.
fn read_form(fields: &mut Fields) -> Option<String> {
    let form = fields.text("form")?;
    if Form::named(&form.value).is_none() {
        let names: Vec<&str> = Form::NAMES.iter().map(|(name, _)| *name).collect();
        let unknown = Message::new("unknown-form").with("form", &form.value);
        let hint = Message::new("unknown-form-hint").with("forms", names.join("、"));
        fields.sink().report(Diagnostic::new(codes::WRONG_VALUE, unknown).warn().at(form.span).hint(hint));
    }
    Some(form.value)
}

fn read_laws(fields: &mut Fields, zone: &TimeZone) -> Vec<LawArticle> {
    const KEYS: &[Key] = &[
        key("name", &["名称"]),
        key("article", &["条", "条款"]),
        key("since", &["施行", "in_force_since"]),
        key("amended", &["修正", "修订"]),
        key("text", &["原文"]),
    ];
    let mut laws = Vec::new();
    for item in fields.items("laws") {
        let mut one = Fields::open(item, &[KEYS], fields.sink());
        match one.plain("name") {
            Some(name) => laws.push(LawArticle {
                name,
                article: one.plain("article"),
                since: one.when("since", zone).map(|when| when.value),
                amended: one.when("amended", zone).map(|when| when.value),
                text: one.plain("text"),
            }),
            None => one.wrong(item.span, "expected-law"),
        }
    }
    laws
}

fn read_notice(fields: &mut Fields, zone: &TimeZone) -> Notice {
    let level = fields.choice(
        "level",
        &[
            ("info", NoticeLevel::Info),
            ("blue", NoticeLevel::Blue),
            ("yellow", NoticeLevel::Yellow),
            ("orange", NoticeLevel::Orange),
            ("red", NoticeLevel::Red),
            ("一般", NoticeLevel::Info),
            ("蓝色", NoticeLevel::Blue),
            ("黄色", NoticeLevel::Yellow),
            ("橙色", NoticeLevel::Orange),
            ("红色", NoticeLevel::Red),
        ],
    );
    let status = fields.choice(
        "status",
        &[
            ("actual", NoticeStatus::Actual),
            ("update", NoticeStatus::Update),
            ("cancel", NoticeStatus::Cancel),
            ("有效", NoticeStatus::Actual),
            ("正式", NoticeStatus::Actual),
            ("更新", NoticeStatus::Update),
            ("取消", NoticeStatus::Cancel),
        ],
    );
    Notice {
        level: level.unwrap_or(NoticeLevel::Info),
        effective: fields.when("effective", zone),
        number: fields.plain("number"),
        replaces: fields.text("replaces"),
        status: status.unwrap_or(NoticeStatus::Actual),
    }
}

fn read_guide(fields: &mut Fields) -> Guide {
    const KEYS: &[Key] = &[
        key("name", &["名称"]),
        key("original", &["原件"]),
        key("copies", &["复印件", "份数"]),
        key("note", &["说明", "备注"]),
    ];
    let mut materials = Vec::new();
    for item in fields.items("materials") {
        if let NodeKind::Scalar(name) = &item.kind {
            materials.push(Material {
                name: name.trim().to_owned(),
                original: None,
                copies: None,
                note: None,
            });
            continue;
        }
        let mut one = Fields::open(item, &[KEYS], fields.sink());
        match one.plain("name") {
            Some(name) => materials.push(Material {
                name,
                original: one.flag("original"),
                copies: one.number("copies"),
                note: one.plain("note"),
            }),
            None => one.wrong(item.span, "expected-material"),
        }
    }
    Guide {
        materials,
        steps: fields.lines("steps"),
        place: fields.plain("where"),
        hours: fields.plain("hours"),
        phone: fields.plain("phone"),
        fee: fields.plain("fee"),
        time_limit: fields.plain("time_limit"),
        proxy: fields.texts("proxy").into_iter().map(|text| text.value).collect(),
    }
}

fn read_meeting(fields: &mut Fields, zone: &TimeZone) -> Own {
    let (start, end) = (fields.when("start", zone), fields.when("end", zone));
    if let (Some(start), Some(end)) = (&start, &end)
        && end.value < start.value
    {
        fields.wrong(end.span, "expected-end-after-start");
    }
    Own::Meeting { start, end, place: fields.plain("place"), agenda: fields.lines("agenda") }
}

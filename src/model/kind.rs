//! Kinds of bulletin.

/// What a bulletin is for; decides its own fields and its look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 反诈提示
    Tip,
    /// 普法
    Law,
    /// 快板
    Verse,
    /// 通告
    Notice,
    /// 办事指南
    Guide,
    /// 院坝会
    Meeting,
    /// 工作动态
    Story,
    /// 数据通报
    Report,
    /// A page of the site itself (about, privacy …): in no list, no feed.
    Page,
}

impl Kind {
    /// All kinds of bulletin, in the order in which the home page shows them. [`Kind::Page`] is not one.
    pub const BULLETINS: [Self; 8] = [
        Self::Tip,
        Self::Law,
        Self::Verse,
        Self::Notice,
        Self::Guide,
        Self::Meeting,
        Self::Story,
        Self::Report,
    ];

    /// Its name in front matter, templates and styles.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tip => "tip",
            Self::Law => "law",
            Self::Verse => "verse",
            Self::Notice => "notice",
            Self::Guide => "guide",
            Self::Meeting => "meeting",
            Self::Story => "story",
            Self::Report => "report",
            Self::Page => "page",
        }
    }

    /// Its Chinese name.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Tip => "反诈提示",
            Self::Law => "普法",
            Self::Verse => "快板",
            Self::Notice => "通告",
            Self::Guide => "办事指南",
            Self::Meeting => "院坝会",
            Self::Story => "工作动态",
            Self::Report => "数据通报",
            Self::Page => "页面",
        }
    }

    /// The kind that staff mean by `text`, English or Chinese.
    pub fn parse(text: &str) -> Option<Self> {
        Self::BULLETINS
            .into_iter()
            .chain([Self::Page])
            .find(|kind| text == kind.name() || text == kind.chinese())
    }
}

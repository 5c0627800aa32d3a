//! The layouts: what sheets there are, on what paper, and for which kinds of bulletin.
//!
//! Refuses: nothing by itself.
//! Invariant: names are unique, and each layout has a template `print/NAME.typ` in the theme.

use crate::model::kind::Kind;

/// A layout.
#[derive(Debug, PartialEq, Eq)]
pub struct Layout {
    /// Its name in settings, front matter, file names and the theme.
    pub name: &'static str,
    /// Its Chinese name, also accepted in settings and front matter.
    pub chinese: &'static str,
    /// What comes out.
    pub format: Format,
    /// The kinds that it is made for where nobody chose; see `Layout::fits` for those that it can be filled with.
    pub natural: &'static [Kind],
}

/// What a layout comes out as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// PDF/UA-1 with PDF/A-2a.
    Pdf,
    /// A picture for chat groups.
    Png,
}

const ALL: &[Kind] = &Kind::BULLETINS;

const fn pdf(name: &'static str, chinese: &'static str, natural: &'static [Kind]) -> Layout {
    Layout { name, chinese, format: Format::Pdf, natural }
}

const fn png(name: &'static str, chinese: &'static str, natural: &'static [Kind]) -> Layout {
    Layout { name, chinese, format: Format::Png, natural }
}

/// All layouts.
pub static LAYOUTS: &[Layout] = &[
    pdf("flyer", "单页", &[Kind::Tip, Kind::Law, Kind::Meeting, Kind::Story]),
    pdf("trifold", "三折页", &[]),
    pdf("zfold", "风琴折", &[]),
    pdf("booklet", "小册子", &[]),
    pdf("poster", "海报", &[]),
    pdf("strip", "联系卡", &[]),
    pdf("letter", "一封信", &[]),
    pdf("checklist", "清单", &[Kind::Guide]),
    pdf("verse", "演出稿", &[Kind::Verse]),
    pdf("notice", "张贴通告", &[Kind::Notice]),
    pdf("report", "通报", &[Kind::Report]),
    pdf("large", "大字版", ALL),
    png("card", "分享卡片", &[Kind::Tip, Kind::Notice, Kind::Verse]),
    png("long", "长图", &[]),
];

impl Layout {
    /// The layout of a name, English or Chinese.
    pub fn named(name: &str) -> Option<&'static Self> {
        LAYOUTS.iter().find(|layout| layout.name == name || layout.chinese == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        let mut names: Vec<&str> = LAYOUTS.iter().flat_map(|layout| [layout.name, layout.chinese]).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}

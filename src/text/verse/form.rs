//! Forms of folk verse and what each asks of its lines.
//!
//! Refuses: to know a form that is not in the list; such a verse is judged as 顺口溜.
//! Invariant: one row of the table for each form, and `yuanba explain verse-length` tells the same.

use std::ops::RangeInclusive;

/// A form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// 快板: couplets to the beat of the boards.
    Kuaiban,
    /// 顺口溜: couplets that are spoken.
    #[default]
    Shunkouliu,
    /// 三句半: three lines and a half one.
    Sanjuban,
    /// 山歌: four lines that are sung.
    Shange,
    /// 数来宝: couplets, each with a rhyme of its own.
    Shulaibao,
    /// 莲花落: couplets with a refrain between them.
    Lianhualuo,
}

/// Which lines of a stanza rhyme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhyming {
    /// Every second line; the first one may.
    Even,
    /// 1, 2 and 4 of four; 3 is free.
    ThreeOfFour,
    /// Both lines of each couplet, and the next couplet may have another rhyme.
    Couplets,
}

impl Form {
    /// All forms with their names; a name may be part of a longer one, such as 对口快板.
    pub const NAMES: &[(&str, Self)] = &[
        ("数来宝", Self::Shulaibao),
        ("莲花落", Self::Lianhualuo),
        ("三句半", Self::Sanjuban),
        ("山歌", Self::Shange),
        ("顺口溜", Self::Shunkouliu),
        ("快板", Self::Kuaiban),
    ];

    /// The form of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| name.contains(known)).map(|(_, form)| *form)
    }

    /// Which lines rhyme.
    pub fn rhyming(self) -> Rhyming {
        match self {
            Self::Sanjuban => Rhyming::ThreeOfFour,
            Self::Shulaibao => Rhyming::Couplets,
            _ => Rhyming::Even,
        }
    }

    /// Whether rhymes are level and the lines between them oblique. What is sung follows its tune; the half line of a 三句半 and the couplets
    /// of a 数来宝 live from the surprise.
    pub fn minds_tones(self) -> bool {
        matches!(self, Self::Kuaiban | Self::Shunkouliu | Self::Lianhualuo)
    }

    /// Whether it is sung: a line may end on a call (哟, 嘿) that is no part of the verse.
    pub fn is_sung(self) -> bool {
        matches!(self, Self::Shange | Self::Lianhualuo)
    }

    /// Who says the lines of a stanza in turn, where nobody is named.
    pub fn roles(self) -> &'static [&'static str] {
        match self {
            Self::Sanjuban => &["甲", "乙", "丙", "丁"],
            _ => &[],
        }
    }

    /// Whether the boards open it (开场板).
    pub fn has_boards(self) -> bool {
        matches!(self, Self::Kuaiban | Self::Shulaibao)
    }

    /// How many syllables a line has: seven, fewer by a clipped opening, more by words thrown in (衬字).
    pub fn lengths(self) -> RangeInclusive<usize> {
        match self {
            Self::Shulaibao => 5..=12,
            _ => 5..=11,
        }
    }

    /// The same of the half line of a 三句半.
    pub const HALF: RangeInclusive<usize> = 1..=5;
}

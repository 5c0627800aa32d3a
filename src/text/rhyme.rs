//! Rhyme groups: the thirteen 辙 of northern folk performance with their two small ones, 中华新韵 and 中华通韵.
//!
//! 十三辙 are those of 罗常培《北京俗曲百种摘韵》; 中华新韵（十四韵） is that of the Chinese poetry society of 2005, 中华通韵（十六韵） the standard of the
//! state language commission of 2019.
//!
//! Refuses: to group what is no syllable of standard Chinese (`m`, `ng`).
//! Invariant: syllables that differ in tone or initial alone are in one group, except that -i after zh, z … is another vowel than i.

use super::pinyin::plain;
use unicode_normalization::UnicodeNormalization;

/// Which division into groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// 十三辙
    #[default]
    Thirteen,
    /// 中华新韵
    Fourteen,
    /// 中华通韵
    Sixteen,
}

impl Scheme {
    /// All of them, with the names that settings and commands know.
    pub const NAMES: &[(&str, Self)] =
        &[("十三辙", Self::Thirteen), ("中华新韵", Self::Fourteen), ("中华通韵", Self::Sixteen)];

    /// The scheme of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(one, _)| *one == name).map(|(_, scheme)| *scheme)
    }

    /// The two small groups of 儿化, which 十三辙 alone has.
    pub const SMALL: [&str; 2] = ["小言前儿", "小人辰儿"];

    /// The group of a name as people write it: 言前, 言前辙, 小言前儿.
    pub fn group_named(self, name: &str) -> Option<&'static str> {
        let name = name.trim().trim_end_matches(['辙', '韵']);
        let small = Self::SMALL.iter().filter(|_| self == Self::Thirteen);
        self.groups().iter().chain(small).find(|known| **known == name).copied()
    }

    /// The names of its groups.
    pub fn groups(self) -> &'static [&'static str] {
        match self {
            Self::Thirteen => &[
                "发花", "梭坡", "乜斜", "姑苏", "一七", "怀来", "灰堆", "遥条", "油求", "言前", "人辰",
                "江阳", "中东",
            ],
            Self::Fourteen => {
                &["麻", "波", "皆", "开", "微", "豪", "尤", "寒", "文", "唐", "庚", "齐", "支", "姑"]
            }
            Self::Sixteen => &[
                "啊", "喔", "鹅", "衣", "乌", "迂", "哀", "欸", "熬", "欧", "安", "恩", "昂", "英", "雍",
                "儿",
            ],
        }
    }
}

/// What is level (平) and what is oblique (仄) of the four tones; the neutral one is neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pitch {
    /// First and second tone.
    Level,
    /// Third and fourth tone.
    Oblique,
    /// 轻声
    Neutral,
}

/// A syllable, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    /// Its consonant; empty for y, w and none.
    pub initial: String,
    /// What rhymes, as the scheme of 1958 writes it behind a consonant, with `v` for ü and `-i` for the vowel of zi and zhi.
    pub rime: String,
    /// 1 to 4, 5 for the neutral tone, 0 where none is written.
    pub tone: u8,
}

impl Sound {
    /// Takes a syllable apart: `hang2`, `háng`, `lu:4`, `lǜ`.
    pub fn of(syllable: &str) -> Option<Self> {
        let mut tone = 0;
        for c in syllable.nfd() {
            match c {
                '\u{304}' | '1' => tone = 1,
                '\u{301}' | '2' => tone = 2,
                '\u{30C}' | '3' => tone = 3,
                '\u{300}' | '4' => tone = 4,
                '0' | '5' => tone = 5,
                _ => {}
            }
        }
        let letters = plain(syllable);
        let (initial, rime) = split(&letters)?;
        Some(Self { initial: initial.to_owned(), rime, tone })
    }

    /// Level, oblique or neutral; a tone that is not written counts as neutral.
    pub fn pitch(&self) -> Pitch {
        match self.tone {
            1 | 2 => Pitch::Level,
            3 | 4 => Pitch::Oblique,
            _ => Pitch::Neutral,
        }
    }

    /// The name of its group.
    pub fn group(&self, scheme: Scheme) -> Option<&'static str> {
        let number = match scheme {
            Scheme::Thirteen => match &*self.rime {
                "a" | "ia" | "ua" => 0,
                "o" | "e" | "uo" | "io" => 1,
                "ie" | "ve" => 2,
                "u" => 3,
                "i" | "-i" | "v" | "er" => 4,
                "ai" | "uai" => 5,
                "ei" | "ui" => 6,
                "ao" | "iao" => 7,
                "ou" | "iu" => 8,
                "an" | "ian" | "uan" | "van" => 9,
                "en" | "in" | "un" | "vn" => 10,
                "ang" | "iang" | "uang" => 11,
                "eng" | "ing" | "ueng" | "ong" | "iong" => 12,
                _ => return None,
            },
            Scheme::Fourteen => match &*self.rime {
                "a" | "ia" | "ua" => 0,
                "o" | "e" | "uo" | "io" => 1,
                "ie" | "ve" => 2,
                "ai" | "uai" => 3,
                "ei" | "ui" => 4,
                "ao" | "iao" => 5,
                "ou" | "iu" => 6,
                "an" | "ian" | "uan" | "van" => 7,
                "en" | "in" | "un" | "vn" => 8,
                "ang" | "iang" | "uang" => 9,
                "eng" | "ing" | "ueng" | "ong" | "iong" => 10,
                "i" | "er" | "v" => 11,
                "-i" => 12,
                "u" => 13,
                _ => return None,
            },
            Scheme::Sixteen => match &*self.rime {
                "a" | "ia" | "ua" => 0,
                "o" | "uo" | "io" => 1,
                "e" | "ie" | "ve" => 2,
                "i" | "-i" => 3,
                "u" => 4,
                "v" => 5,
                "ai" | "uai" => 6,
                "ei" | "ui" => 7,
                "ao" | "iao" => 8,
                "ou" | "iu" => 9,
                "an" | "ian" | "uan" | "van" => 10,
                "en" | "in" | "un" | "vn" => 11,
                "ang" | "iang" | "uang" => 12,
                "eng" | "ing" | "ueng" => 13,
                "ong" | "iong" => 14,
                "er" => 15,
                _ => return None,
            },
        };
        scheme.groups().get(number).copied()
    }

    /// The small 辙 that a rolled ending (儿化) of this syllable falls into; none where 儿 changes no more than the colour.
    pub fn small(&self) -> Option<&'static str> {
        match self.group(Scheme::Thirteen)? {
            "发花" | "怀来" | "言前" => Some("小言前儿"),
            "灰堆" | "人辰" | "一七" => Some("小人辰儿"),
            _ => None,
        }
    }
}

/// Consonant and rime of a syllable without tone.
fn split(letters: &str) -> Option<(&str, String)> {
    const INITIALS: &[&str] = &[
        "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z",
        "c", "s",
    ];
    let initial =
        INITIALS.iter().find(|one| letters.starts_with(**one)).map_or("", |one| &letters[..one.len()]);
    let rest = &letters[initial.len()..];
    if !rest.contains(['a', 'e', 'i', 'o', 'u', 'v']) {
        return None;
    }
    let rime = match initial {
        "" => match rest {
            "yi" => "i".to_owned(),
            "yin" | "ying" => rest[1..].to_owned(),
            "you" => "iu".to_owned(),
            "wu" => "u".to_owned(),
            "wei" => "ui".to_owned(),
            "wen" => "un".to_owned(),
            _ if rest.starts_with("yu") || rest.starts_with("yv") => format!("v{}", &rest[2..]),
            _ if rest.starts_with('y') => format!("i{}", &rest[1..]),
            _ if rest.starts_with('w') => format!("u{}", &rest[1..]),
            _ => rest.to_owned(),
        },
        "zh" | "ch" | "sh" | "r" | "z" | "c" | "s" if rest == "i" => "-i".to_owned(),
        "j" | "q" | "x" if rest.starts_with('u') => format!("v{}", &rest[1..]),
        "n" | "l" if rest == "ue" => "ve".to_owned(),
        _ => rest.to_owned(),
    };
    // `yong` is ong with i before it; `er` has no consonant.
    Some((initial, rime))
}

/// Sounds that the speech of a region does not tell apart. A broken rhyme that is none there is a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merger {
    /// in and ing
    InIng,
    /// en and eng
    EnEng,
    /// f and hu: no rhyme depends on it
    FHu,
    /// n and l: no rhyme depends on it
    NL,
}

impl Merger {
    /// All of them, with the names that settings know.
    pub const NAMES: &[(&str, Self)] =
        &[("in-ing", Self::InIng), ("en-eng", Self::EnEng), ("f-hu", Self::FHu), ("n-l", Self::NL)];

    /// The rime that a region may speak for this one.
    pub fn twin(self, rime: &str) -> Option<&'static str> {
        match (self, rime) {
            (Self::InIng, "in") => Some("ing"),
            (Self::InIng, "ing") => Some("in"),
            (Self::EnEng, "en") => Some("eng"),
            (Self::EnEng, "eng") => Some("en"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rime_has_its_group() {
        for (syllables, thirteen, fourteen) in [
            ("jia1 la1 hua2 ya2 wa3 zha4", "发花", "麻"),
            ("huo3 shuo1 he1 ge1 bo2 wo3 e4 yo5", "梭坡", "波"),
            ("tie1 xue2 que1 ye4 lu:e4 nüè yue4", "乜斜", "皆"),
            ("wu1 tu2 shu1 bu4", "姑苏", "姑"),
            ("xi1 yi2 ji2 nü3 lu:4 yu2 qu4 er2", "一七", "齐"),
            ("zhi1 shi4 ri4 zi3 si1", "一七", "支"),
            ("huai2 kai1 lai2 wai4", "怀来", "开"),
            ("dui1 wei1 hui2 fei4", "灰堆", "微"),
            ("gao1 zhao1 yao2 qiao2", "遥条", "豪"),
            ("you2 gou1 qiu2 liu2", "油求", "尤"),
            ("tian1 fan1 yuan2 quan1 wan4 yan2", "言前", "寒"),
            ("xin1 ren2 yun2 wen2 jun1 hun4", "人辰", "文"),
            ("guang1 chang2 yang2 wang2", "江阳", "唐"),
            ("gong1 feng1 ying2 zhong1 xiong1 yong4 weng1 ding1", "中东", "庚"),
        ] {
            for syllable in syllables.split(' ') {
                let sound = Sound::of(syllable).unwrap();
                assert_eq!(sound.group(Scheme::Thirteen), Some(thirteen), "{syllable} {sound:?}");
                assert_eq!(sound.group(Scheme::Fourteen), Some(fourteen), "{syllable} {sound:?}");
                assert!(sound.group(Scheme::Sixteen).is_some(), "{syllable}");
            }
        }
        let sixteen = |syllable: &str| Sound::of(syllable).unwrap().group(Scheme::Sixteen).unwrap();
        assert_eq!(
            ["tie1", "ge1", "duo1", "yu2", "yi1", "er2", "gong1", "ying2"].map(sixteen),
            ["鹅", "鹅", "喔", "迂", "衣", "儿", "雍", "英"]
        );
    }

    #[test]
    fn tones_are_read_in_both_writings() {
        for (syllable, tone) in
            [("hang2", 2), ("háng", 2), ("lǜ", 4), ("le5", 5), ("le0", 5), ("le", 0), ("mā", 1), ("nǐ", 3)]
        {
            assert_eq!(Sound::of(syllable).unwrap().tone, tone, "{syllable}");
        }
        assert_eq!(Sound::of("ng2"), None);
        assert_eq!(Sound::of("m2"), None);
        assert_eq!(Sound::of(""), None);
    }

    #[test]
    fn every_syllable_of_the_language_has_a_group() {
        for c in ('一'..='龥').step_by(3) {
            for reading in super::super::pinyin::possible(c) {
                // `m`, `ng` and the like have no vowel; 崖 was read yai2 once.
                let Some(sound) = Sound::of(reading) else {
                    assert!(!reading.contains(['a', 'e', 'i', 'o', 'u', 'v']), "{c} {reading}");
                    continue;
                };
                assert!(sound.rime == "iai" || sound.group(Scheme::Thirteen).is_some(), "{c} {reading}");
            }
        }
    }

    #[test]
    fn regions_merge_what_they_merge() {
        assert_eq!((Merger::InIng.twin("ing"), Merger::InIng.twin("eng")), (Some("in"), None));
        assert_eq!(
            (Merger::EnEng.twin("en"), Merger::NL.twin("in"), Merger::FHu.twin("u")),
            (Some("eng"), None, None)
        );
    }
}

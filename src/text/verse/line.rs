//! A line of verse as it is spoken: its syllables with their places, and how it ends.
//!
//! Refuses: asides `（白）`, names of roles before a colon (甲：), signs that nobody speaks.
//! Invariant: places are offsets in the line as it is written, in order.

use crate::text::pinyin::{self, Basis};
use crate::text::rhyme::{Pitch, Scheme, Sound};
use std::collections::BTreeMap;

/// A syllable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Syllable {
    /// Where its character stands in the line, in bytes.
    pub at: usize,
    /// The character: Chinese, a digit or a Latin letter.
    pub c: char,
    /// Its reading, with the tone as a digit or a mark; none for a letter.
    pub reading: Option<String>,
    /// What the reading rests on; none where the author gave it, and for digits.
    pub basis: Option<Basis>,
}

impl Syllable {
    /// The reading, taken apart.
    pub fn sound(&self) -> Option<Sound> {
        Sound::of(self.reading.as_deref()?)
    }
}

/// How a line ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The syllable that rhymes: the last one, or the one that 儿 rolls.
    pub syllable: Syllable,
    /// Its reading taken apart.
    pub sound: Sound,
    /// Whether 儿 rolls it.
    pub rolled: bool,
}

impl Ending {
    /// The name of its group.
    pub fn group(&self, scheme: Scheme) -> &'static str {
        let small = (self.rolled && scheme == Scheme::Thirteen).then(|| self.sound.small()).flatten();
        small.or_else(|| self.sound.group(scheme)).unwrap_or("")
    }

    /// Whether it rhymes with another: of one group, or both rolled into one small 辙.
    pub fn rhymes_with(&self, other: &Self, scheme: Scheme) -> bool {
        let plain =
            self.sound.group(scheme).is_some() && self.sound.group(scheme) == other.sound.group(scheme);
        plain || (self.rolled && other.rolled && self.group(scheme) == other.group(scheme))
    }
}

/// A line as it is spoken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spoken {
    /// All syllables, with those of a rolling 儿.
    pub syllables: Vec<Syllable>,
    /// Which of them are a 儿 that only rolls the one before.
    rolling: Vec<bool>,
    /// How many at the end are calls (罗喂, 哟嗬), which are sung and no part of the verse.
    calls: usize,
}

impl Spoken {
    /// Reads a line as it stands in the source; `own` are the site's words with their readings. One that is spoken between the verses, as
    /// （白） before it says, has no syllables to judge.
    pub fn of(line: &str, own: &BTreeMap<String, String>) -> Self {
        let role = role_name(&line[..role(line)]);
        if role.ends_with('白')
            || ["（白）", "（夹白）", "（道白）"].iter().any(|mark| line.starts_with(mark))
        {
            return Self::default();
        }
        let Written { text, places, given } = Written::of(line);
        let mut read = pinyin::readings(&text, own).into_iter().peekable();
        let mut syllables = Vec::new();
        for ((at, c), place) in text.char_indices().zip(places) {
            let found = read.next_if(|reading| reading.at == at);
            let reading = match (given.get(&at), found) {
                (Some(given), _) => Some(((*given).clone(), None)),
                (None, Some(found)) => Some((found.syllable.into_owned(), Some(found.basis))),
                (None, None) => digit(c).map(|reading| (reading.to_owned(), None)),
            };
            match reading {
                Some((reading, basis)) => {
                    syllables.push(Syllable { at: place, c, reading: Some(reading), basis });
                }
                None if c.is_alphanumeric() => {
                    syllables.push(Syllable { at: place, c, reading: None, basis: None });
                }
                None => {}
            }
        }
        let rolling = (0..syllables.len()).map(|at| rolls(&syllables, at)).collect();
        Self { syllables, rolling, calls: 0 }
    }

    /// The line without the calls at its end: two or more, and in what is sung a single one as well.
    #[must_use]
    pub fn without_calls(mut self, sung: bool) -> Self {
        let behind = self.syllables.iter().rev().take_while(|one| CALLS.contains(one.c)).count();
        // 罗 is a name or a net where no other call follows it.
        let is_call =
            behind >= 2 || (behind == 1 && sung && self.syllables.last().is_some_and(|one| one.c != '罗'));
        self.calls = if is_call && behind < self.syllables.len() { behind } else { 0 };
        self
    }

    /// Where a 儿 stands that only rolls the syllable before.
    pub fn rolling_places(&self) -> impl Iterator<Item = usize> + use<> {
        let places = self.syllables.iter().zip(&self.rolling).filter(|(_, rolls)| **rolls);
        places.map(|(one, _)| one.at).collect::<Vec<_>>().into_iter()
    }

    /// How many syllables are heard, calls at the end left out.
    pub fn count(&self) -> usize {
        let verse = self.syllables.len() - self.calls;
        self.rolling[..verse].iter().filter(|rolling| !**rolling).count()
    }

    /// The readings of its syllables with marks; a rolling 儿 joins the one before: 花园儿 huā yuánr.
    pub fn pinyin(&self) -> String {
        let mut out: Vec<String> = Vec::new();
        for (syllable, rolls) in self.syllables.iter().zip(&self.rolling) {
            let Some(reading) = &syllable.reading else { continue };
            match out.last_mut() {
                Some(last) if *rolls => last.push('r'),
                _ => out.push(pinyin::marked(reading)),
            }
        }
        out.join(" ")
    }

    /// How it ends where a verse does not lend a light syllable its full tone: 提防 ends on fang, in the neutral tone.
    pub fn ending_as_said(&self) -> Option<Ending> {
        let ending = self.ending()?;
        let sound = ending.syllable.sound()?;
        Some(Ending { sound, ..ending })
    }

    /// How it ends; none where its last character has no reading.
    pub fn ending(&self) -> Option<Ending> {
        let last = (self.syllables.len() - self.calls).checked_sub(1)?;
        let rolled = self.rolling[last];
        let syllable = self.syllables[last - usize::from(rolled)].clone();
        let mut sound = syllable.sound()?;
        // 里头, 豆腐: a verse speaks these in full. A particle stays light.
        if sound.tone == 5 && !is_particle(syllable.c) && syllable.basis.is_some() {
            let full = pinyin::possible(syllable.c);
            let full = full.iter().filter_map(|one| Sound::of(one));
            let full = full.filter(|one| one.tone < 5 && one.rime == sound.rime);
            // 商量 has a 量 that may be either: the one that would rhyme is what the author means.
            sound = full.min_by_key(|one| one.pitch() != Pitch::Level).unwrap_or(sound);
        }
        Some(Ending { syllable, sound, rolled })
    }

    /// Where the voice rests: before the last three syllables (4 + 3, 2 + 3, 3 + 3, and with words thrown in 5 + 3 …); none in a line of
    /// another length, and none where that would cut a word or a number in two. `line` is the line as it is written.
    pub fn caesura(&self, line: &str) -> Option<usize> {
        let heard: Vec<&Syllable> = self
            .syllables
            .iter()
            .zip(&self.rolling)
            .filter(|(_, rolling)| !**rolling)
            .map(|(one, _)| one)
            .collect();
        let at = match heard.len() {
            5..=11 => heard.len() - 3,
            _ => return None,
        };
        let (last, next) = (heard[at - 1], heard[at]);
        // A number is one word, and so is it with what it counts: 一百一十块, 五把.
        let number =
            |c: char| c.is_ascii_alphanumeric() || "零一二两三四五六七八九十百千万亿半几幺".contains(c);
        let joined = last.at + last.c.len_utf8() == next.at
            && (pinyin::words(line).binary_search(&next.at).is_err() || number(last.c));
        (!joined).then_some(next.at)
    }

    /// Whether it only calls out (哎嗨哟) or is the refrain of a 莲花落.
    pub fn is_refrain(&self) -> bool {
        let text: String = self.syllables.iter().map(|one| one.c).collect();
        let calls = text.chars().all(|c| CALLS.contains(c) || "呵咳咚锵嘟当呔嗒哒啷扯哐咣嚓呛咙".contains(c));
        let bare: String = text.chars().filter(|c| !CALLS.contains(*c) && *c != '么').collect();
        calls
            || matches!(
                &*bare,
                "莲花落"
                    | "落莲花"
                    | "莲花落落莲花"
                    | "莲花莲花落"
                    | "莲花落莲花落"
                    | "莲花莲花"
                    | "一朵莲花"
                    | "一朵梅花"
                    | "一朵一朵莲花"
                    | "一朵莲花落"
                    | "一朵梅花落"
                    | "莲花"
                    | "梅花落"
            )
    }
}

/// What is called out between and behind lines.
const CALLS: &str = "哎嗨哟呀啊嘿嗬哦咿噢嗳喂哩啰罗呦喽咧嘞唉哪";

/// Words that are light whatever stands around them.
fn is_particle(c: char) -> bool {
    "了着的得地么吗呢吧啊呀嘛啦哟哇子们".contains(c)
}

/// Whether 儿 at a place only rolls the syllable before.
fn rolls(syllables: &[Syllable], at: usize) -> bool {
    /// Children: 儿 is a word there.
    const BEFORE: &str = "女孤婴幼胎少育健弃患生男妻养宠产孩孙血娇";
    const BEHIND: &str = "子女童孙媳科歌戏郎";
    let (Some(before), c) = (at.checked_sub(1).map(|at| syllables[at].c), syllables[at].c) else {
        return false;
    };
    let behind = syllables.get(at + 1).map(|one| one.c);
    let is_given = syllables[at].basis.is_none() && syllables[at].reading.is_some();
    c == '儿'
        && !is_given
        && syllables[at - 1].reading.is_some()
        && !BEFORE.contains(before)
        && !behind.is_some_and(|c| BEHIND.contains(c))
}

/// How a digit is spoken, one by one.
fn digit(c: char) -> Option<&'static str> {
    const SPOKEN: [&str; 10] = ["ling2", "yao1", "er4", "san1", "si4", "wu3", "liu4", "qi1", "ba1", "jiu3"];
    let value = match c {
        '０'..='９' => u32::from(c) - u32::from('０'),
        c => c.to_digit(10)?,
    };
    SPOKEN.get(value as usize).copied()
}

/// A line without what is not spoken.
struct Written {
    text: String,
    /// For each character of the text, where it stands in the line.
    places: Vec<usize>,
    /// By offset in the text: the reading that the author gave.
    given: BTreeMap<usize, String>,
}

impl Written {
    fn of(line: &str) -> Self {
        let mut written = Self { text: String::new(), places: Vec::new(), given: BTreeMap::new() };
        let mut at = role(line);
        while let Some(c) = line[at..].chars().next() {
            let after = at + c.len_utf8();
            let skipped = match c {
                '（' => line[after..].find('）').map(|end| after + end + '）'.len_utf8()),
                '{' => line[after..].find('}').map(|end| {
                    if let Some(last) = written.text.chars().next_back() {
                        let reading = line[after..after + end].trim().to_owned();
                        written.given.insert(written.text.len() - last.len_utf8(), reading);
                    }
                    after + end + 1
                }),
                _ => None,
            };
            at = skipped.unwrap_or_else(|| {
                written.text.push(c);
                written.places.push(at);
                after
            });
        }
        written
    }
}

/// The name of a role as it is written, without its colon.
pub fn role_name(written: &str) -> &str {
    written.trim_end_matches(['：', ':']).trim()
}

/// The signs that may stand in the name of a role.
const ROLES: &str = "甲乙丙丁戊男女合众齐问答领白独";
/// The longest name, 甲乙丙丁; marks between are not counted.
const LONGEST_ROLE: usize = 4;

/// How long the name of a role before the line is, with its colon or blank: 甲：, 合:, 甲、乙：, 丁　, 丁（敲锣）：.
pub fn role(line: &str) -> usize {
    let name = line.find(|c| c != '、' && !ROLES.contains(c)).unwrap_or(line.len());
    let count = line[..name].chars().filter(|c| *c != '、').count();
    if !(1..=LONGEST_ROLE).contains(&count) {
        return 0;
    }
    let mut end = name;
    // What the role does meanwhile belongs to its name.
    if let Some(aside) = line[name..].strip_prefix('（')
        && let Some(close) = aside.find('）')
        && aside[close + '）'.len_utf8()..].starts_with(['：', ':'])
    {
        end = line.len() - aside.len() + close + '）'.len_utf8();
    }
    match line[end..].chars().next() {
        Some(c @ ('：' | ':')) => end + c.len_utf8(),
        Some(c) if c.is_whitespace() && count == 1 => end + c.len_utf8(),
        _ => 0,
    }
}

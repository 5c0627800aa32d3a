//! Readings that the characters around a polyphone decide: 还 before 钱 is huan2, 长 behind 校 is zhang3.
//!
//! `data/contexts.txt` tells the patterns and how they are written. The heaviest that fits counts: letters weigh more than sets, sets
//! more than marks, so a longer pattern beats a shorter one.
//!
//! Refuses: to be parsed before a polyphone asks, and then more than that one's patterns.
//! Invariant: of equals the one that is written first.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

static CONTEXTS: &str = include_str!("../data/contexts.txt");

/// How far a gap reaches.
const GAP: usize = 6;

/// A part of a pattern.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    One(char),
    Among(Vec<char>),
    /// A character that is none of these.
    Not(Vec<char>),
    Any,
    /// The character before it, again.
    Same,
    /// The text or the clause begins or ends.
    Edge,
    Gap,
}

impl Part {
    /// Literal characters count most: they say what the writer had in mind.
    fn weight(&self) -> usize {
        match self {
            Self::One(_) => 3,
            Self::Among(_) | Self::Not(_) => 2,
            Self::Any | Self::Same | Self::Edge => 1,
            Self::Gap => 0,
        }
    }
}

/// A pattern around a character.
#[derive(Debug)]
struct Pattern {
    weight: usize,
    length: usize,
    reading: Option<&'static str>,
    /// From the character to the left.
    left: Vec<Part>,
    right: Vec<Part>,
}

/// What the characters around one say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The reading; none where the network is to decide over the lists of phrases.
    pub reading: Option<&'static str>,
    /// How many characters the pattern tells.
    pub length: usize,
}

/// The patterns of one character, as they are written and once they are parsed.
#[derive(Default)]
struct Patterns {
    /// How it is read where nothing else says so.
    usual: Option<&'static str>,
    lines: Vec<(&'static str, &'static str)>,
    parsed: OnceLock<Vec<Pattern>>,
}

/// All patterns.
struct Contexts {
    sets: BTreeMap<&'static str, &'static str>,
    of: BTreeMap<char, Patterns>,
}

static ALL: LazyLock<Contexts> = LazyLock::new(|| {
    let mut all = Contexts { sets: BTreeMap::new(), of: BTreeMap::new() };
    for line in CONTEXTS.lines().filter(|line| !line.starts_with('#')) {
        let Some((head, rest)) = line.split_once(' ') else { continue };
        if let Some(name) = head.strip_prefix('@') {
            all.sets.insert(name, rest);
        } else if let Some(c) = head.chars().next() {
            let patterns = all.of.entry(c).or_default();
            match rest.split_once(' ') {
                Some(line) => patterns.lines.push(line),
                None => patterns.usual = Some(rest),
            }
        }
    }
    all
});

/// What stands around the character at `at` says of its reading.
pub(super) fn find(text: &[char], at: usize) -> Option<Found> {
    let patterns = ALL.of.get(&text[at])?;
    let parsed = patterns.parsed.get_or_init(|| {
        let each = patterns.lines.iter().flat_map(|(reading, line)| {
            line.split(' ').filter_map(|one| parse(one, text[at], reading, &ALL.sets))
        });
        let mut parsed: Vec<Pattern> = each.collect();
        parsed.sort_by_key(|one| std::cmp::Reverse(one.weight));
        parsed
    });
    let fits = |one: &&Pattern| fits_left(&one.left, &text[..at]) && fits_right(&one.right, text, at + 1);
    parsed.iter().find(fits).map(|one| Found { reading: one.reading, length: one.length })
}

/// How a common character is read where no word and no pattern says otherwise; the network need not be asked.
pub(super) fn usual(c: char) -> Option<&'static str> {
    ALL.of.get(&c)?.usual
}

/// A pattern as it is written; none where it does not hold the character.
fn parse(
    written: &str,
    c: char,
    reading: &'static str,
    sets: &BTreeMap<&'static str, &'static str>,
) -> Option<Pattern> {
    let mut parts = Vec::new();
    let mut place = None;
    let mut rest = written.chars();
    while let Some(sign) = rest.next() {
        match sign {
            '_' => {
                place = Some(parts.len());
                parts.push(Part::One(c));
            }
            '[' => {
                let inside: String = rest.by_ref().take_while(|&sign| sign != ']').collect();
                let (not, inside) =
                    inside.strip_prefix('^').map_or((false, &*inside), |inside| (true, inside));
                let members = members(inside, sets)?;
                parts.push(if not { Part::Not(members) } else { Part::Among(members) });
            }
            '{' => {
                let name: String = rest.by_ref().take_while(|&sign| sign != '}').collect();
                parts.push(Part::Among(sets.get(&*name)?.chars().collect()));
            }
            '.' => parts.push(Part::Any),
            '=' => parts.push(Part::Same),
            '|' => parts.push(Part::Edge),
            '~' => parts.push(Part::Gap),
            sign => parts.push(Part::One(sign)),
        }
    }
    let place = place.or_else(|| parts.iter().position(|part| *part == Part::One(c)))?;
    let weight = parts.iter().map(Part::weight).sum();
    let length = parts.iter().filter(|part| !matches!(part, Part::Edge | Part::Gap)).count();
    let right = parts.split_off(place + 1);
    parts.pop();
    parts.reverse();
    Some(Pattern { weight, length, reading: (reading != "?").then_some(reading), left: parts, right })
}

/// The characters of a set: as written, `{名}` for a named one, `0-9` for all digits.
fn members(inside: &str, sets: &BTreeMap<&'static str, &'static str>) -> Option<Vec<char>> {
    let inside = inside.replace("0-9", "0123456789").replace("０-９", "０１２３４５６７８９");
    let mut all = Vec::new();
    let mut rest = &*inside;
    while let Some((before, behind)) = rest.split_once('{') {
        let (name, behind) = behind.split_once('}')?;
        all.extend(before.chars().chain(sets.get(name)?.chars()));
        rest = behind;
    }
    all.extend(rest.chars());
    Some(all)
}

/// What ends a clause.
pub(super) fn is_edge(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '·' | '-' | '%' | '％' | '.' | '+' | '/')
}

fn one_fits(part: &Part, c: char, before: Option<char>) -> bool {
    match part {
        Part::One(one) => *one == c,
        Part::Among(all) => all.contains(&c),
        Part::Not(none) => !is_edge(c) && !none.contains(&c),
        Part::Any => !is_edge(c),
        Part::Same => before == Some(c),
        Part::Edge | Part::Gap => false,
    }
}

/// Whether the parts fit the end of the text, from there to the left.
fn fits_left(parts: &[Part], text: &[char]) -> bool {
    let Some((part, others)) = parts.split_first() else { return true };
    let last = text.last().copied();
    match part {
        Part::Edge => last.is_none_or(is_edge) && fits_left(others, text),
        Part::Gap => {
            let reach = text.iter().rev().take(GAP).take_while(|c| !is_edge(**c)).count();
            (0..=reach).any(|skip| fits_left(others, &text[..text.len() - skip]))
        }
        part => {
            let Some(c) = last else { return false };
            let before = &text[..text.len() - 1];
            one_fits(part, c, before.last().copied()) && fits_left(others, before)
        }
    }
}

/// Whether the parts fit the text from `at` on.
fn fits_right(parts: &[Part], text: &[char], at: usize) -> bool {
    let Some((part, others)) = parts.split_first() else { return true };
    let next = text.get(at).copied();
    match part {
        Part::Edge => next.is_none_or(is_edge) && fits_right(others, text, at),
        Part::Gap => {
            let reach = text[at.min(text.len())..].iter().take(GAP).take_while(|c| !is_edge(**c)).count();
            (0..=reach).any(|skip| fits_right(others, text, at + skip))
        }
        part => {
            next.is_some_and(|c| one_fits(part, c, text.get(at.wrapping_sub(1)).copied()))
                && fits_right(others, text, at + 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, at: usize) -> Option<&'static str> {
        find(&text.chars().collect::<Vec<_>>(), at)?.reading
    }

    #[test]
    fn every_pattern_can_be_read() {
        for (c, patterns) in &ALL.of {
            for (reading, line) in &patterns.lines {
                let well_formed = *reading == "?"
                    || reading.split_at_checked(reading.len() - 1).is_some_and(|(letters, tone)| {
                        letters.bytes().all(|b| b.is_ascii_lowercase() || b == b':') && "12345".contains(tone)
                    });
                assert!(well_formed, "{c} {reading}");
                for one in line.split(' ') {
                    let pattern = parse(one, *c, reading, &ALL.sets);
                    assert!(pattern.is_some(), "{c} {reading} {one}: it holds {c}, and its sets exist");
                    assert!(
                        *reading == "?" || pattern.is_some_and(|pattern| pattern.weight > 3),
                        "{c} {reading} {one} says too little"
                    );
                }
            }
        }
    }

    #[test]
    fn the_longest_pattern_decides() {
        assert_eq!(found("还给他", 0), Some("huan2"));
        assert_eq!(found("还给家里打电话", 0), Some("hai2"));
        assert_eq!(found("耐心地解释", 2), Some("de5"));
        assert_eq!(found("慢慢地走", 2), Some("de5"));
        assert_eq!(found("当地的人", 1), Some("di4"));
        assert_eq!(found("得先来登记", 0), Some("dei3"));
        assert_eq!(found("借了老张的钱不还", 7), Some("huan2"));
        assert_eq!(found("枇杷熟了", 1), None, "the network decides");
        assert_eq!(find(&['杷'], 0), None);
    }
}

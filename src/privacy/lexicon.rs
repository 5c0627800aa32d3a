//! Words that a text is searched for, from lists in `words/`.
//!
//! Refuses: regular expressions. A place costs one look at a table where no word begins, and nearly all places are such.
//! Invariant: of two words at one place the longer is found.

use std::sync::LazyLock;

/// Words by their first character.
pub struct Lexicon {
    /// For each character of the basic plane the number of its words' list, and 0 where no word begins.
    first: Vec<u16>,
    words: Vec<Vec<Vec<char>>>,
    /// Bits for the first two characters of each word; nearly all places are passed over by these alone.
    pairs: Vec<u64>,
}

fn pair(first: char, second: char) -> (usize, u64) {
    let hash = (first as usize).wrapping_mul(0x9e37).wrapping_add(second as usize) & 0xffff;
    (hash >> 6, 1 << (hash & 63))
}

impl Lexicon {
    /// The words of some texts, divided by white space; a line that begins with # is a comment.
    pub fn new<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut lexicon = Self { first: vec![0; 0x1_0000], words: vec![Vec::new()], pairs: vec![0; 1024] };
        let lines = texts.into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#'));
        for word in lines.flat_map(str::split_whitespace) {
            let word: Vec<char> = word.chars().collect();
            let Some(slot) = word.first().and_then(|sign| lexicon.first.get_mut(*sign as usize)) else {
                continue;
            };
            if *slot == 0 {
                *slot = u16::try_from(lexicon.words.len()).unwrap_or(0);
                lexicon.words.push(Vec::new());
            }
            let slot = usize::from(*slot);
            match word.get(1) {
                Some(second) => {
                    let (at, bit) = pair(word[0], *second);
                    lexicon.pairs[at] |= bit;
                }
                // A word of one character goes with every second.
                None => lexicon.pairs.fill(u64::MAX),
            }
            lexicon.words[slot].push(word);
        }
        for words in &mut lexicon.words {
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
            words.dedup();
        }
        lexicon
    }

    /// Whether a word begins with a character.
    pub fn begins(&self, sign: char) -> bool {
        self.first.get(sign as usize).is_some_and(|slot| *slot != 0)
    }

    /// How long the longest word is that begins at an index; 0 where none does.
    pub fn at(&self, text: &[char], at: usize) -> usize {
        let Some(first) = text.get(at) else { return 0 };
        let (group, bit) = pair(*first, text.get(at + 1).copied().unwrap_or('\0'));
        if self.pairs[group] & bit == 0 {
            return 0;
        }
        let slot = self.first.get(*first as usize).copied().unwrap_or(0);
        if slot == 0 {
            return 0;
        }
        let (rest, second) = (&text[at..], text.get(at + 1));
        let words = &self.words[usize::from(slot)];
        let fits = |word: &&Vec<char>| {
            word.get(1).is_none_or(|sign| second == Some(sign)) && (word.len() < 3 || rest.starts_with(word))
        };
        words.iter().find(fits).map_or(0, Vec::len)
    }

    /// Whether a word ends at an index.
    pub fn ends(&self, text: &[char], end: usize) -> bool {
        (end.saturating_sub(8)..end).any(|at| {
            let slot = self.first.get(text[at] as usize).copied().unwrap_or(0);
            slot != 0 && self.words[usize::from(slot)].iter().any(|word| text[at..end] == word[..])
        })
    }

    /// Whether a word stands anywhere in a part of a text.
    pub fn within(&self, text: &[char], from: usize, to: usize) -> bool {
        let to = to.min(text.len());
        (from.min(to)..to).any(|at| {
            let len = self.at(text, at);
            len > 0 && at + len <= to
        })
    }
}

/// Characters, as a set.
pub struct Signs(Vec<bool>);

impl Signs {
    /// The characters of a text but for white space and comments.
    pub fn new(text: &str) -> Self {
        let mut set = vec![false; 0x1_0000];
        for sign in text.lines().filter(|line| !line.starts_with('#')).flat_map(str::chars) {
            if let Some(slot) = set.get_mut(sign as usize).filter(|_| !sign.is_whitespace()) {
                *slot = true;
            }
        }
        Self(set)
    }

    /// Whether a character is one of them.
    pub fn has(&self, sign: char) -> bool {
        self.0.get(sign as usize).copied().unwrap_or(false)
    }
}

/// A list that is read when it is first asked for.
pub type Words = LazyLock<Lexicon>;

/// Whether a character is a Chinese one.
pub fn is_han(sign: char) -> bool {
    matches!(sign, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '〇' | '\u{2_0000}'..='\u{3_ffff}')
}

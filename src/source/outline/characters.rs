//! A set of characters in little room: about a byte for each Chinese one.
//!
//! Invariant: the same characters make the same bytes, in whatever order they came.

use super::bytes;
use serde::{Deserialize, Serialize};

/// A set of characters, in their order, each as its distance from the one before (LEB128).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Characters(#[serde(with = "bytes::slice")] Box<[u8]>);

/// Gathers characters, each once.
#[derive(Default)]
pub struct Gatherer {
    /// A bit for each code point that has been met, in pages of 64.
    seen: Vec<u64>,
    met: Vec<char>,
}

impl Gatherer {
    /// Takes the characters of a text that are beyond ASCII.
    pub fn add(&mut self, text: &str) {
        for character in text.chars().filter(|c| !c.is_ascii()) {
            let (page, bit) = (u32::from(character) as usize / 64, u32::from(character) % 64);
            if self.seen.len() <= page {
                self.seen.resize(page + 1, 0);
            }
            if self.seen[page] & (1 << bit) == 0 {
                self.seen[page] |= 1 << bit;
                self.met.push(character);
            }
        }
    }

    /// What was gathered; the gatherer is empty again.
    pub fn take(&mut self) -> Characters {
        for &character in &self.met {
            self.seen[u32::from(character) as usize / 64] = 0;
        }
        let set = Characters::new(&mut self.met);
        self.met.clear();
        set
    }
}

impl Characters {
    /// The set of these characters.
    fn new(characters: &mut [char]) -> Self {
        characters.sort_unstable();
        let mut bytes = Vec::with_capacity(characters.len() * 2);
        let mut last = 0;
        for &character in &*characters {
            let mut distance = u32::from(character) - last;
            last = u32::from(character);
            while distance >= 0x80 {
                bytes.push((distance.to_le_bytes()[0] & 0x7f) | 0x80);
                distance >>= 7;
            }
            bytes.push(distance.to_le_bytes()[0]);
        }
        Self(bytes.into())
    }

    /// The characters, in order.
    pub fn iter(&self) -> impl Iterator<Item = char> + '_ {
        let (mut last, mut distance, mut shift) = (0_u32, 0_u32, 0);
        self.0.iter().filter_map(move |&byte| {
            distance |= u32::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
            shift += 7;
            if byte & 0x80 != 0 {
                return None;
            }
            last = last.wrapping_add(distance);
            (distance, shift) = (0, 0);
            char::from_u32(last)
        })
    }

    /// How many bytes it takes.
    pub fn size(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_comes_back_in_order() {
        let mut gatherer = Gatherer::default();
        for text in [
            "清水镇派出所提醒：刷单返利是诈骗，别转账😀㎡",
            "",
            "abc\u{80}\u{3fff}\u{4000}\u{10ffff}",
            "所提",
        ] {
            gatherer.add(text);
            gatherer.add(&text.chars().rev().collect::<String>());
            let mut wanted: Vec<char> = text.chars().filter(|c| !c.is_ascii()).collect();
            wanted.sort_unstable();
            wanted.dedup();
            assert_eq!(gatherer.take().iter().collect::<Vec<_>>(), wanted);
        }
        assert_eq!(Characters::default().iter().count(), 0);
    }
}

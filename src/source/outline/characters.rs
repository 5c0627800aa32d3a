//! A set of characters in little room: about a byte for each Chinese one.
//!
//! Invariant: the same characters make the same bytes, in whatever order they came.

use super::bytes;
use serde::{Deserialize, Serialize};

/// A set of characters, in their order, each as its distance from the one before (LEB128).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Characters(#[serde(with = "bytes::slice")] Box<[u8]>);

impl Characters {
    /// The set of these characters.
    pub fn new(mut characters: Vec<char>) -> Self {
        characters.sort_unstable();
        characters.dedup();
        let mut bytes = Vec::with_capacity(characters.len() * 2);
        let mut last = 0;
        for character in characters {
            let mut distance = u32::from(character) - last;
            last = u32::from(character);
            while distance >= 0x80 {
                bytes.push((distance & 0x7f) as u8 | 0x80);
                distance >>= 7;
            }
            bytes.push(distance as u8);
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
        let text = "清水镇派出所提醒：刷单返利是诈骗，别转账😀㎡";
        let set = Characters::new(text.chars().chain(text.chars().rev()).collect());
        let mut wanted: Vec<char> = text.chars().collect();
        wanted.sort_unstable();
        wanted.dedup();
        assert_eq!(set.iter().collect::<Vec<_>>(), wanted);
        assert_eq!(Characters::default().iter().count(), 0);
        let hardest = ['\0', '\u{7f}', '\u{80}', '\u{3fff}', '\u{4000}', '\u{10ffff}'];
        assert_eq!(Characters::new(hardest.to_vec()).iter().collect::<Vec<_>>(), hardest);
    }
}

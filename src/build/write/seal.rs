//! Ends of texts that show that they are whole, and whose they are.
//!
//! The list of an output has a plain seal: it travels with the site, and shows no more than that nothing is missing.
//! What is acted upon, the mark and the journal of a work folder, is sealed with the key of this user on this machine
//! and of the output's place. A journal that came with a clone, from another computer or from another folder has none.
//!
//! Refuses: to take a text for its own with a part of it missing.
//! Invariant: who has not the key cannot make a seal that fits.

use super::place::OutputFolder;
use crate::build::machine;
use std::fmt::Write as _;
use std::sync::OnceLock;

/// With what a text is sealed.
#[derive(Clone, Copy)]
pub(super) enum Seal {
    /// Whoever knows the text.
    Plain,
    /// This user on this machine, for one output.
    Ours([u8; 32]),
}

impl Seal {
    /// That of work on an output.
    pub fn of_work(place: &OutputFolder) -> Self {
        static OWN: OnceLock<[u8; 32]> = OnceLock::new();
        // Where no key can be kept, one for this run has to do: work that is interrupted then is nobody's.
        let own = || {
            let mut bytes = [0; 32];
            let _ = getrandom::fill(&mut bytes);
            bytes
        };
        let key = machine::seal_key("work on an output", &place.output);
        Self::Ours(key.unwrap_or_else(|| *OWN.get_or_init(own)))
    }

    fn hash(self, text: &str) -> blake3::Hash {
        match self {
            Self::Plain => blake3::hash(text.as_bytes()),
            Self::Ours(key) => blake3::keyed_hash(&key, text.as_bytes()),
        }
    }

    /// Ends a text, so that a torn, edited or foreign one is seen to be one.
    pub fn close(self, mut text: String) -> Vec<u8> {
        let hash = self.hash(&text);
        writeln!(text, "end {}", hash.to_hex()).expect("a String takes every write");
        text.into_bytes()
    }

    /// The text that [`Seal::close`] ended; none if it is not whole, or not ours.
    pub fn open(self, bytes: &[u8]) -> Option<&str> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (body, end) = text.strip_suffix('\n')?.rsplit_once('\n')?;
        let body = &text[..=body.len()];
        let hash = blake3::Hash::from_hex(end.strip_prefix("end ")?).ok()?;
        (self.hash(body) == hash).then_some(body)
    }
}

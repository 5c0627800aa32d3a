//! How the files of a finished site are to be given to readers, whoever serves them: media types, and how long a copy is good.
//!
//! Invariant: a file that may be kept for good never has other bytes under its name.

mod media;

pub use media::media_type;

use super::write::Written;

/// Whose name has the hash of its bytes never changes.
pub const FOR_GOOD: &str = "public, max-age=31536000, immutable";
/// Pictures are made anew by a newer program under the same name, and look the same.
pub const FOR_A_DAY: &str = "public, max-age=86400";
/// May be kept, and is asked about each time: an answer of some bytes where nothing changed.
pub const ASK_AGAIN: &str = "no-cache";

/// How long a file may be kept, by what its name promises.
pub fn cache_rule(path: &str, written: &Written) -> &'static str {
    let hash = written.hash.to_hex();
    let is_hash = |part: &str| part.len() >= 8 && hash.starts_with(part);
    if path.split(['/', '.', '-']).any(is_hash) {
        FOR_GOOD
    } else if path.starts_with("pictures/") {
        FOR_A_DAY
    } else {
        ASK_AGAIN
    }
}

//! What a new site begins with: the sample, or sections and settings alone.
//!
//! Refuses: a bulletin of the sample in an empty site.
//! Invariant: both build as they are; the empty one with remarks on what is still to be written.

use crate::world::embedded_site;

/// The settings of an empty site.
const SETTINGS: &str = include_str!("empty_site.yaml");

/// The files of an empty site: settings to fill in, the sections, and the types of scams.
pub fn empty() -> Vec<(&'static str, &'static [u8])> {
    let kept = |path: &str| path.ends_with("/_index.md") || path == "content/words/scams.yaml";
    let files = embedded_site().iter().filter(|(path, _)| kept(path));
    std::iter::once(("content/site.yaml", SETTINGS.as_bytes()))
        .chain(files.map(|(path, bytes)| (&**path, front_matter(bytes))))
        .collect()
}

/// A file as far as its front matter goes: what follows was written for the sample. A file without one is whole.
fn front_matter(bytes: &[u8]) -> &[u8] {
    const END: &[u8] = b"\n---\n";
    match bytes.windows(END.len()).position(|window| window == END) {
        Some(at) if bytes.starts_with(b"---\n") => &bytes[..at + END.len()],
        _ => bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_site_has_sections_and_nothing_of_the_sample() {
        let files = empty();
        assert!(files.len() > 8 && files.iter().any(|(path, _)| *path == "content/tips/_index.md"));
        for (path, bytes) in files {
            let text = std::str::from_utf8(bytes).expect("texts");
            for word in ["清水", "0000-711", "龙潭", "示例备"] {
                assert!(!text.contains(word), "{path}: {word}");
            }
        }
    }
}

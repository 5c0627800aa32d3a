//! The list of what we published, kept at the far side as `.yuanba-published`.
//!
//! It is as public as the files that it names: paths, lengths and hashes, the site's identity, and nothing of the machine.
//!
//! Refuses: a list that is not whole, and paths that lead out of the place.
//! Invariant: printing what was read gives the same bytes.

use crate::build::write::Written;
use crate::world::{OutPath, SiteId};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Name of the list.
pub const PUBLISHED: &str = ".yuanba-published";
/// The most bytes of a list that are read: a million files.
pub const LARGEST: usize = 256 << 20;

const HEAD: &str = "yuanba-published 1";

/// A file at the far side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The file as the site has it.
    pub plain: Written,
    /// What stands there where it was packed on the way.
    pub packed: Option<Written>,
}

impl Sent {
    /// A file that stands there as the site has it.
    pub fn plain(plain: Written) -> Self {
        Self { plain, packed: None }
    }

    /// What stands there.
    pub fn there(&self) -> Written {
        self.packed.unwrap_or(self.plain)
    }

    fn print(&self) -> String {
        let one = |written: &Written| format!("{}:{}", written.hash.to_hex(), written.len);
        match &self.packed {
            None => one(&self.plain),
            Some(packed) => format!("{}:gzip:{}", one(&self.plain), one(packed)),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split(':').collect();
        let one = |hash: &str, len: &str| {
            Some(Written { hash: blake3::Hash::from_hex(hash).ok()?, len: len.parse().ok()? })
        };
        match parts[..] {
            [hash, len] => Some(Self::plain(one(hash, len)?)),
            [hash, len, "gzip", packed, size] => {
                Some(Self { plain: one(hash, len)?, packed: Some(one(packed, size)?) })
            }
            _ => None,
        }
    }
}

/// What stands at the far side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Which site it is of.
    pub site: Option<SiteId>,
    /// Which build: the hash of its list.
    pub build: blake3::Hash,
    /// Who put it there: the number of the attempt that is finished by this list.
    pub attempt: String,
    /// The site's files.
    pub files: BTreeMap<OutPath, Sent>,
    /// Files of the release before, which copies of old pages still name.
    pub kept: BTreeMap<OutPath, Sent>,
    /// Files that are to be removed.
    pub gone: BTreeSet<OutPath>,
}

impl Published {
    /// As it is kept.
    pub fn print(&self) -> Vec<u8> {
        let mut text = format!("{HEAD}\nbuild {}\nattempt {}\n", self.build.to_hex(), self.attempt);
        if let Some(site) = &self.site {
            let _ = writeln!(text, "site {site}");
        }
        for (sign, files) in [("=", &self.files), ("~", &self.kept)] {
            for (path, sent) in files {
                let _ = writeln!(text, "{sign} {} {path}", sent.print());
            }
        }
        for path in &self.gone {
            let _ = writeln!(text, "- {path}");
        }
        close(text)
    }

    /// Reads one.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let mut lines = open(bytes)?.lines();
        if lines.next()? != HEAD {
            return None;
        }
        let build = blake3::Hash::from_hex(lines.next()?.strip_prefix("build ")?).ok()?;
        let attempt = lines.next()?.strip_prefix("attempt ")?.to_owned();
        let mut published = Self {
            site: None,
            build,
            attempt,
            files: BTreeMap::new(),
            kept: BTreeMap::new(),
            gone: BTreeSet::new(),
        };
        for line in lines {
            let (sign, rest) = line.split_once(' ')?;
            match sign {
                "site" => published.site = Some(SiteId::parse(rest)?),
                "=" | "~" => {
                    let (path, sent) = parse_file(rest)?;
                    let files = if sign == "=" { &mut published.files } else { &mut published.kept };
                    files.insert(path, sent);
                }
                "-" => {
                    published.gone.insert(published_path(rest)?);
                }
                _ => return None,
            }
        }
        Some(published)
    }
}

/// A line of a file: what stands there, and where.
pub(super) fn parse_file(text: &str) -> Option<(OutPath, Sent)> {
    let (sent, path) = text.split_once(' ')?;
    Some((published_path(path)?, Sent::parse(sent)?))
}

/// The same, printed.
pub(super) fn print_file(path: &OutPath, sent: &Sent) -> String {
    format!("{} {path}", sent.print())
}

/// A path of ours: none that leads out, and none of our own lists.
pub(super) fn published_path(text: &str) -> Option<OutPath> {
    OutPath::new(text).ok().filter(|path| !path.starts_with(".yuanba"))
}

/// Closes a text with its hash, so that half of it is seen to be half.
pub(super) fn close(mut text: String) -> Vec<u8> {
    let hash = blake3::hash(text.as_bytes()).to_hex();
    let _ = writeln!(text, "end {hash}");
    text.into_bytes()
}

/// The text of [`close`].
pub(super) fn open(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?.strip_suffix('\n')?;
    let end = text.rfind('\n')? + 1;
    let hash = blake3::Hash::from_hex(text[end..].strip_prefix("end ")?).ok()?;
    (blake3::hash(&text.as_bytes()[..end]) == hash).then_some(&text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_prints_and_nothing_else() {
        let path = |text: &str| OutPath::new(text).unwrap();
        let (plain, packed) = (Written::of(b"1"), Written::of(b"23"));
        let published = Published {
            site: SiteId::parse("0123456789abcdef"),
            build: blake3::hash(b"b"),
            attempt: "00ff".to_owned(),
            files: [
                (path("index.html"), Sent { plain, packed: Some(packed) }),
                (path("a b/乙 丙.pdf"), Sent::plain(plain)),
            ]
            .into(),
            kept: [(path("old.css"), Sent::plain(packed))].into(),
            gone: [path("gone.html")].into(),
        };
        let printed = published.print();
        assert_eq!(Published::parse(&printed), Some(published));
        for cut in 0..printed.len() {
            assert_eq!(Published::parse(&printed[..cut]), None, "cut at {cut}");
        }
    }

    #[test]
    fn names_nothing_outside_and_no_list_of_ours() {
        let head = format!("{HEAD}\nbuild {}\nattempt 1\n", blake3::hash(b"b").to_hex());
        assert!(Published::parse(&close(head.clone())).is_some());
        for path in ["../outside", "/etc/passwd", ".yuanba-publishing", "a/../../b", ""] {
            assert_eq!(Published::parse(&close(format!("{head}- {path}\n"))), None, "{path}");
        }
    }
}

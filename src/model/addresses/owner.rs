//! Whose an address is, as `content/addresses.yaml` says it.
//!
//! Refuses: positions and titles, which change; an owner is a file, a folder, or the name of a list.
//! Invariant: an owner that is written and read again is equal.

use crate::model::files::below_content;
use crate::model::lists::ListKey;
use std::fmt;
use std::fmt::Write as _;
use std::hash::{Hash, Hasher};

/// Whose an address is.
#[derive(Clone, Debug)]
pub enum Owner {
    /// A bulletin or page, by its file below `content/`. `a.md` and `a/index.md` are the same: a bulletin that gets a
    /// picture gets a folder.
    Text(String),
    /// A section or another folder of bulletins, by its path below `content/`.
    Section(String),
    /// The list of a tag.
    Tag(String),
    /// The list of a type of scam.
    Scam(String),
    /// The list of a village, by its code.
    Area(String),
    /// The list of a month, `2026-10`.
    Month(String),
}

crate::diag::print_themselves!(Owner);

impl Owner {
    /// The owner of a text's address.
    pub fn text(path: &str) -> Self {
        Self::Text(below_content(path).to_owned())
    }

    /// The owner of a list's address; none for the list of all bulletins, whose address is fixed.
    pub fn of_list(key: &ListKey) -> Option<Self> {
        Some(match key {
            ListKey::All => return None,
            ListKey::Section(dir) => Self::Section(dir.clone()),
            ListKey::Tag(tag) => Self::Tag(tag.clone()),
            ListKey::Scam(scam) => Self::Scam(scam.clone()),
            ListKey::Area(code) => Self::Area(code.clone()),
            ListKey::Month(year, month) => Self::Month(format!("{year}-{month:02}")),
        })
    }

    /// An owner as it is written.
    pub fn parse(text: &str) -> Option<Self> {
        for (word, make) in LISTS {
            if let Some(name) = text.strip_prefix(word).and_then(|rest| rest.strip_prefix(' ')) {
                return (!name.is_empty()).then(|| make(unescaped(name)));
            }
        }
        let path = unescaped(text.strip_prefix("./").unwrap_or(text));
        let named = path.rsplit('/').next().is_some_and(|name| !name.is_empty());
        named.then_some(Self::Text(path))
    }

    /// What it is compared by: a kind and a name.
    fn key(&self) -> (u8, &str) {
        match self {
            Self::Text(path) => {
                let stem =
                    path.strip_suffix(".markdown").or_else(|| path.strip_suffix(".md")).unwrap_or(path);
                (0, stem.strip_suffix("/index").unwrap_or(stem))
            }
            Self::Section(name) => (1, name),
            Self::Tag(name) => (2, name),
            Self::Scam(name) => (3, name),
            Self::Area(name) => (4, name),
            Self::Month(name) => (5, name),
        }
    }
}

type Make = fn(String) -> Owner;

const LISTS: [(&str, Make); 5] = [
    ("section", Owner::Section),
    ("tag", Owner::Tag),
    ("scam", Owner::Scam),
    ("area", Owner::Area),
    ("month", Owner::Month),
];
/// Words that begin the other sorts of lines.
pub(super) const FORMER: &str = "former ";
/// The last page of a list.
pub(super) const LAST_PAGE: &str = "last-page ";

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(path) => {
                // A file called `tag a.md` must not read as the list of a tag.
                let words = LISTS.iter().map(|(word, _)| *word).chain(["former", "last-page"]);
                let mistaken = words
                    .into_iter()
                    .any(|word| path.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')));
                write!(f, "{}{}", if mistaken || path.starts_with("./") { "./" } else { "" }, escaped(path))
            }
            Self::Section(name) => write!(f, "section {}", escaped(name)),
            Self::Tag(name) => write!(f, "tag {}", escaped(name)),
            Self::Scam(name) => write!(f, "scam {}", escaped(name)),
            Self::Area(name) => write!(f, "area {}", escaped(name)),
            Self::Month(name) => write!(f, "month {}", escaped(name)),
        }
    }
}

impl PartialEq for Owner {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Owner {}

impl Hash for Owner {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

/// A name on one line: ends of lines and the sign of this very writing are written by their numbers.
fn escaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_control() || matches!(c, '%' | '\u{2028}' | '\u{2029}' | '\u{feff}') {
            let _ = write!(out, "%{:X};", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let sign = behind.split_once(';').and_then(|(number, after)| {
            Some((char::from_u32(u32::from_str_radix(number, 16).ok()?)?, after))
        });
        match sign {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('%');
                rest = behind;
            }
        }
    }
    out + rest
}

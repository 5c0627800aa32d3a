//! Paths inside the site and inside the output.
//!
//! Refuses: `..`, absolute paths, drives, backslashes, and for outputs every name that Windows cannot hold.
//! Invariant: two equal paths name one file; a path never leads out of its root.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A path inside the site: relative, `/`-separated, NFC, without `..`, `.` or empty parts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VPath(Arc<str>);

/// A path inside `public/` that every file system of our users can hold.
///
/// Windows limits a whole path to 260 UTF-16 units, of which the folder of the site takes its share, so ours ends
/// at 180; a part may have 120 bytes, well under the 255 bytes of Linux and 255 units of NTFS. Names are those that
/// "Naming Files, Paths, and Namespaces" of the Windows documentation lets pass.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutPath(Arc<str>);

/// Why a text is no path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathError {
    /// Empty, absolute, or with empty, `.` or `..` parts.
    Form,
    /// A sign that cannot be in a name.
    Sign(char),
    /// A name that Windows keeps for itself.
    Reserved,
    /// A name that ends with a dot or a space.
    End,
    /// Too long.
    Length,
}

/// Longest part of an output path, in bytes.
pub const PART_BYTES: usize = 120;
/// Longest output path, in UTF-16 units.
pub const PATH_UNITS: usize = 180;

impl VPath {
    /// A path from text.
    ///
    /// # Errors
    /// Where the text is no relative path without dots.
    pub fn new(text: &str) -> Result<Self, PathError> {
        if text.is_empty() || text.split('/').any(|part| part.is_empty() || part == "." || part == "..") {
            return Err(PathError::Form);
        }
        if let Some(sign) = text.chars().find(|c| matches!(c, '\\' | '\0')) {
            return Err(PathError::Sign(sign));
        }
        if text.as_bytes().get(1) == Some(&b':') && text.as_bytes()[0].is_ascii_alphabetic() {
            return Err(PathError::Form);
        }
        Ok(Self(if is_nfc(text) { text.into() } else { text.nfc().collect::<String>().into() }))
    }

    /// The folder that holds it; a top-level file's folder is the root, written as an empty [`Folder`].
    pub fn parent(&self) -> Folder<'_> {
        Folder(self.0.rsplit_once('/').map_or("", |(folder, _)| folder))
    }

    /// The last part.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The last part without its ending.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
    }

    /// What follows the last dot of the last part.
    pub fn extension(&self) -> Option<&str> {
        self.file_name().rsplit_once('.').and_then(|(stem, ending)| (!stem.is_empty()).then_some(ending))
    }
}

/// A folder of the site; the root is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folder<'p>(&'p str);

impl Folder<'_> {
    /// The file that a relative reference written in this folder means; none where it leads out of the site.
    pub fn resolve(&self, reference: &str) -> Option<VPath> {
        let mut parts: Vec<&str> = self.0.split('/').filter(|part| !part.is_empty()).collect();
        for part in reference.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                name => parts.push(name),
            }
        }
        VPath::new(&parts.join("/")).ok()
    }
}

impl Deref for Folder<'_> {
    type Target = str;
    fn deref(&self) -> &str {
        self.0
    }
}

impl OutPath {
    /// A path from text.
    ///
    /// # Errors
    /// Where some disk could not hold it.
    pub fn new(text: &str) -> Result<Self, PathError> {
        let path = VPath::new(text)?;
        if path.encode_utf16().count() > PATH_UNITS {
            return Err(PathError::Length);
        }
        for part in path.split('/') {
            if part.len() > PART_BYTES {
                return Err(PathError::Length);
            }
            if let Some(sign) = part.chars().find(|c| c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*')) {
                return Err(PathError::Sign(sign));
            }
            if part.ends_with(['.', ' ']) || part.starts_with(' ') {
                return Err(PathError::End);
            }
            let base = part.split('.').next().unwrap_or(part).trim_end().to_ascii_uppercase();
            if is_reserved(&base) {
                return Err(PathError::Reserved);
            }
        }
        Ok(Self(path.0))
    }

    /// The path as file systems without letter case see it.
    pub fn fold(&self) -> String {
        self.0.to_lowercase()
    }
}

fn is_reserved(base: &str) -> bool {
    let numbered = |name: &str| {
        base.strip_prefix(name).is_some_and(|rest| {
            let mut signs = rest.chars();
            matches!((signs.next(), signs.next()), (Some('1'..='9' | '¹' | '²' | '³'), None))
        })
    };
    matches!(base, "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") || numbered("COM") || numbered("LPT")
}

macro_rules! text_like {
    ($name:ident) => {
        impl Deref for $name {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::new(&text).map_err(|_| serde::de::Error::custom("not a path"))
            }
        }
    };
}
text_like!(VPath);
text_like!(OutPath);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        for bad in ["", "/a", "a//b", "../a", "a/../b", "./a", "a/", "C:/a", "a\\b", "a\0b"] {
            assert!(VPath::new(bad).is_err(), "{bad:?}");
        }
        let path = VPath::new("content/tips/a.md").expect("plain");
        assert_eq!((&*path.parent(), path.stem(), path.extension()), ("content/tips", "a", Some("md")));
        assert_eq!(path.parent().resolve("../law/b.md").as_deref(), Some("content/law/b.md"));
        assert_eq!(path.parent().resolve("../../../b.md"), None);
    }

    #[test]
    fn outputs_fit_every_disk() {
        for good in ["tips/shua-dan/index.html", "防骗/刷单.html", "a/com10/b", "console/a"] {
            assert!(OutPath::new(good).is_ok(), "{good}");
        }
        for bad in ["con/index.html", "a/NUL.txt", "com1", "LPT¹", "a/b./c", "a /b", "a?b", "a:b", "x\u{7}y"] {
            assert!(OutPath::new(bad).is_err(), "{bad}");
        }
        assert!(OutPath::new(&"长".repeat(41)).is_err(), "123 bytes");
        assert!(OutPath::new(&"a/".repeat(100).trim_end_matches('/')).is_err(), "199 units");
        assert_eq!(OutPath::new("Tips/A").expect("plain").fold(), "tips/a");
    }

    #[test]
    fn one_name_for_one_file() {
        assert_eq!(VPath::new("e\u{301}"), VPath::new("\u{e9}"));
    }
}

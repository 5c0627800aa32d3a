//! Paths inside the site and inside the output.
//!
//! Refuses: `..`, absolute paths, drives, backslashes, control characters, and for outputs every name that Windows
//! cannot hold.
//! Invariant: two equal paths name one file; a path never leads out of its root.

use std::borrow::Borrow;
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

crate::diag::print_themselves!(VPath, OutPath);

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

/// Longest part of a path on Linux, in bytes.
const DISK_BYTES: usize = 255;
/// Longest part of an output path, in bytes.
pub const PART_BYTES: usize = 120;
/// Longest name of a device, in bytes.
const LONGEST_DEVICE: usize = 7;
/// Longest output path, in UTF-16 units.
pub const PATH_UNITS: usize = 180;

impl VPath {
    /// A path from text; what is not NFC yet becomes so.
    ///
    /// # Errors
    /// Where the text is no relative path without dots.
    pub fn new(text: &str) -> Result<Self, PathError> {
        if is_simple(text) {
            return Ok(Self(text.into()));
        }
        if text.is_empty() || text.split('/').any(|part| part.is_empty() || part == "." || part == "..") {
            return Err(PathError::Form);
        }
        let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\' || byte == b' ');
        if !is_plain && let Some(sign) = text.chars().find(|&c| c == '\\' || misleads(c)) {
            return Err(PathError::Sign(sign));
        }
        // `C:a` is absolute to Windows, wherever the site lies.
        if text.as_bytes().get(1) == Some(&b':') && text.as_bytes()[0].is_ascii_alphabetic() {
            return Err(PathError::Form);
        }
        Ok(Self(if is_plain || is_nfc(text) { text.into() } else { text.nfc().collect::<String>().into() }))
    }

    /// The file that a relative reference means when this path is a folder; none where it leads out of the site.
    pub fn resolve(&self, reference: &str) -> Option<Self> {
        Folder(&self.0).resolve(reference)
    }

    /// Whether it lies in `folder`, at any depth. `tips2/a` does not lie in `tips`.
    pub fn is_inside(&self, folder: &str) -> bool {
        self.0.strip_prefix(folder).is_some_and(|rest| folder.is_empty() || rest.starts_with('/'))
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

    /// Whether it can be unpacked on every computer of our users. It may be longer than an [`OutPath`]: the folder it goes to is theirs to choose.
    pub fn is_portable(&self) -> bool {
        self.0.split('/').all(|part| part.len() <= DISK_BYTES && unfit(part).is_none())
    }

    /// What follows the last dot of the last part.
    pub fn extension(&self) -> Option<&str> {
        self.file_name().rsplit_once('.').and_then(|(stem, ending)| (!stem.is_empty()).then_some(ending))
    }
}

/// A folder of the site; the root is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folder<'p>(&'p str);

/// Control characters, and those that change the order or the end of what is shown around them: a name with them
/// would look like another name in every message.
pub fn misleads(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

impl Folder<'_> {
    /// The file that a relative reference written in this folder means; none where it leads out of the site.
    /// A reference that begins with `/` counts from here too: what an address's root is, only the model knows.
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
        if is_simple(text) && text.len() <= PART_BYTES {
            let reserved = text.split('/').any(is_device);
            return if reserved { Err(PathError::Reserved) } else { Ok(Self(text.into())) };
        }
        let path = VPath::new(text)?;
        // A sign has at least one byte a unit.
        if path.len() > PATH_UNITS && path.encode_utf16().count() > PATH_UNITS {
            return Err(PathError::Length);
        }
        for part in path.split('/') {
            if part.len() > PART_BYTES {
                return Err(PathError::Length);
            }
            if let Some(error) = unfit(part) {
                return Err(error);
            }
        }
        Ok(Self(path.0))
    }

    /// See [`fold`].
    pub fn fold(&self) -> String {
        fold(&self.0)
    }
}

/// A path as file systems without letter case see it; two paths that agree here are one file on some of them.
///
/// NTFS compares by upper case, APFS by full case folding of NFD. Going up and down again is at least as coarse as
/// both (`ſ`, `ς`, `ß`, `K`), and refusing a pair too many is harmless.
pub fn fold(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfc().collect()
}

/// Why some disk cannot hold a part of a path, its length aside.
fn unfit(part: &str) -> Option<PathError> {
    if let Some(sign) = part.chars().find(|c| matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*')) {
        return Some(PathError::Sign(sign));
    }
    if part.ends_with(['.', ' ']) || part.starts_with(' ') {
        return Some(PathError::End);
    }
    is_device(part).then_some(PathError::Reserved)
}

/// Whether every computer of our users can hold a file of this name. Whatever the program names a file for somebody, it asks here.
pub fn fits_every_disk(name: &str) -> bool {
    !name.contains('/') && OutPath::new(name).is_ok()
}

/// Whether a text is a path for any disk, names of devices aside: parts of plain letters, digits, `-`, `_` and dots, none of which ends with a dot. Nearly all
/// paths are, and a run looks at a hundred thousand.
fn is_simple(text: &str) -> bool {
    let mut last = b'/';
    for &byte in text.as_bytes() {
        let fits = match byte {
            b'/' => last != b'/' && last != b'.',
            b'.' | b'-' | b'_' => true,
            _ => byte.is_ascii_alphanumeric(),
        };
        if !fits {
            return false;
        }
        last = byte;
    }
    last != b'/' && last != b'.'
}

/// Whether a part of a path is the name of a device.
fn is_device(part: &str) -> bool {
    // No device has a name that begins with another letter.
    if !part.starts_with(|c: char| matches!(c.to_ascii_lowercase(), 'a' | 'c' | 'l' | 'n' | 'p')) {
        return false;
    }
    let base = part.split('.').next().unwrap_or(part).trim_end();
    base.len() <= LONGEST_DEVICE && is_reserved(&base.to_ascii_uppercase())
}

/// Names of devices, with any ending: "Naming Files, Paths, and Namespaces", Windows documentation.
fn is_reserved(base: &str) -> bool {
    let numbered = |name: &str| {
        base.strip_prefix(name).is_some_and(|rest| {
            let mut signs = rest.chars();
            matches!((signs.next(), signs.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
        })
    };
    matches!(base, "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" | "CLOCK$")
        || numbered("COM")
        || numbered("LPT")
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
/// So that a map of paths can be asked for the stretch below a folder.
impl Borrow<str> for VPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

text_like!(VPath);
text_like!(OutPath);

/// A path of the disk as people write it: without Windows' verbatim prefix, which canonical paths carry and nobody types.
pub fn shown(path: &std::path::Path) -> String {
    let text = path.display().to_string();
    match text.strip_prefix(r"\\?\UNC\") {
        Some(rest) => format!(r"\\{rest}"),
        None => text.strip_prefix(r"\\?\").map_or_else(|| text.clone(), str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::path::{Component, Path};

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
        for bad in ["con/index.html", "a/NUL.txt", "com1", "LPT¹", "a/b./c", "a /b", "a?b", "a:b", "x\u{7}y"]
        {
            assert!(OutPath::new(bad).is_err(), "{bad}");
        }
        assert!(OutPath::new(&"长".repeat(41)).is_err(), "123 bytes");
        assert!(OutPath::new("a/".repeat(100).trim_end_matches('/')).is_err(), "199 units");
        assert_eq!(OutPath::new("Tips/A").expect("plain").fold(), "tips/a");
        assert!(fits_every_disk("con-2.md") && fits_every_disk("表 1.pdf"));
        for bad in ["con.md", "Nul", "a/b.md", "a?.md", "a.", ""] {
            assert!(!fits_every_disk(bad), "{bad}");
        }
    }

    #[test]
    fn one_name_for_one_file() {
        assert_eq!(VPath::new("e\u{301}"), VPath::new("\u{e9}"));
        let fold = |text: &str| OutPath::new(text).expect("plain").fold();
        assert_eq!(fold("Straße/Ａ"), fold("STRASSE/ａ"));
        assert_eq!(fold("\u{212a}"), fold("k"), "the Kelvin sign");
        assert_ne!(fold("反诈"), fold("反炸"));
    }

    #[test]
    fn names_that_would_deceive_are_no_paths() {
        assert_eq!(VPath::new("a\nb"), Err(PathError::Sign('\n')));
        assert_eq!(VPath::new("a\u{202e}fdp.md"), Err(PathError::Sign('\u{202e}')));
    }

    #[test]
    fn inside_means_the_folder() {
        let path = VPath::new("content/tips2/a.md").expect("plain");
        assert!(path.is_inside("content/tips2") && path.is_inside("content") && path.is_inside(""));
        assert!(!path.is_inside("content/tips") && !path.is_inside("content/tips2/a.md"));
        assert_eq!(path.resolve("index.md").as_deref(), Some("content/tips2/a.md/index.md"));
    }

    proptest! {
        #[test]
        fn a_path_is_made_of_plain_parts_only(text in SIGNS) {
            if let Ok(path) = VPath::new(&text) {
                prop_assert_eq!(VPath::new(&path), Ok(path.clone()));
                for part in Path::new(&*path).components() {
                    prop_assert!(matches!(part, Component::Normal(_)), "{:?}", part);
                }
            }
        }

        #[test]
        fn references_stay_inside(folder in "[a-z]{1,3}(/[a-z]{1,3}){0,3}/x", reference in SIGNS) {
            let folder = VPath::new(&folder).expect("plain");
            if let Some(path) = folder.parent().resolve(&reference) {
                prop_assert!(path.split('/').all(|part| !matches!(part, "" | "." | "..")));
                prop_assert!(!Path::new(&*path).has_root());
            }
        }

        #[test]
        fn an_output_path_fits(text in SIGNS) {
            if let Ok(path) = OutPath::new(&text) {
                prop_assert!(path.encode_utf16().count() <= PATH_UNITS);
                for part in path.split('/') {
                    prop_assert!(part.len() <= PART_BYTES && !part.ends_with(['.', ' ']));
                }
                prop_assert!(!path.contains(['<', '>', ':', '"', '|', '?', '*', '\\']));
                prop_assert_eq!(path.fold(), OutPath::new(&path.fold().nfc().collect::<String>()).map_or(path.fold(), |p| p.fold()));
            }
        }
    }

    /// Texts in which the signs that matter are common.
    const SIGNS: &str = "([a-cA-C中é. /\\\\:*~]|\\.\\./|e\u{301}|CON|\\PC|\u{0}){0,12}";

    #[test]
    fn paths_are_shown_as_people_write_them() {
        for (path, right) in [
            (r"\\?\C:\站点\public", r"C:\站点\public"),
            (r"\\?\UNC\nas\share\站点", r"\\nas\share\站点"),
            (r"\\nas\share", r"\\nas\share"),
            ("/srv/site", "/srv/site"),
        ] {
            assert_eq!(shown(Path::new(path)), right);
        }
    }
}

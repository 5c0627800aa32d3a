//! What of the built-in theme a site may replace, and copies of it that know where they came from.
//!
//! A copy begins with a line, in a remark of its language, that names the program's version and a hash of the original. Where the
//! program has another original by now, the copy is told (W252): it works as before, without what was mended since.
//!
//! Refuses: marks in fonts and other files that are no text.
//! Invariant: without its first line a fresh copy is the original, byte for byte.

use super::builtin;
use crate::diag::{Diagnostic, Message, Span, codes};
use blake3::Hash;

/// What every mark has in it.
const MARK: &str = "yuanba-original";

/// A file of the theme that may be replaced.
#[derive(Clone, Debug)]
pub struct Replaceable {
    /// Its path below the theme.
    pub path: &'static str,
    /// What it says of itself in its first lines; empty where it says nothing.
    pub about: String,
}

/// Every file that may be replaced, by path.
pub fn files() -> Vec<Replaceable> {
    let text = |bytes: &'static [u8]| std::str::from_utf8(bytes).ok();
    builtin::files()
        .iter()
        .filter(|(path, _)| !path.ends_with(".md") && !path.ends_with(".txt"))
        .map(|(path, file)| Replaceable { path, about: text(file.bytes).map(about).unwrap_or_default() })
        .collect()
}

/// The first sentence of a file's own remark.
fn about(text: &str) -> String {
    let first = text.lines().next().unwrap_or_default().trim();
    let remark = ["{#-", "//", "#", "/*"].iter().find_map(|sign| first.strip_prefix(sign));
    let words = remark
        .unwrap_or_default()
        .trim_end_matches("-#}")
        .trim_end_matches("#}")
        .trim_end_matches("*/")
        .trim();
    words.split_inclusive(['.', '。']).next().unwrap_or_default().trim_end_matches('.').trim().to_owned()
}

/// The paths that a word means: the whole path, or the name of a file.
pub fn named(word: &str) -> Vec<&'static str> {
    let word = word.trim().replace('\\', "/");
    let word = word.trim_start_matches("./");
    let word =
        word.split_once("themes/").and_then(|(_, rest)| rest.split_once('/')).map_or(word, |(_, rest)| rest);
    let all = || files().into_iter().map(|file| file.path);
    match all().find(|path| *path == word) {
        Some(path) => vec![path],
        None => all().filter(|path| path.rsplit('/').next() == Some(word)).collect(),
    }
}

/// A copy of an original, with its mark.
pub fn copy(path: &str) -> Option<Vec<u8>> {
    let file = builtin::files().get(path)?;
    let mut bytes = mark(path, &file.hash()).map(|line| format!("{line}\n")).unwrap_or_default().into_bytes();
    bytes.extend_from_slice(file.bytes);
    Some(bytes)
}

/// The first line of a copy.
fn mark(path: &str, hash: &Hash) -> Option<String> {
    let said = format!("{MARK} {} {}", env!("CARGO_PKG_VERSION"), &hash.to_hex()[..16]);
    let (_, ending) = path.rsplit_once('.')?;
    Some(match ending {
        "html" | "xml" => format!("{{#- {said} -#}}"),
        "typ" | "js" => format!("// {said}"),
        "yaml" => format!("# {said}"),
        "css" => format!("/* {said} */"),
        "svg" => format!("<!-- {said} -->"),
        _ => return None,
    })
}

/// The version and the hash that a copy's first line names.
fn origin(text: &str) -> Option<(&str, &str)> {
    let (_, said) = text.lines().next()?.split_once(MARK)?;
    let mut words = said.split_whitespace();
    Some((words.next()?, words.next()?))
}

/// Whether a site's file is the original but for the mark: a copy that nobody has changed.
pub fn is_unchanged(path: &str, bytes: &[u8]) -> bool {
    let Some(file) = builtin::files().get(path) else { return false };
    let rest = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes, |end| &bytes[end + 1..]);
    let marked = std::str::from_utf8(bytes).is_ok_and(|text| origin(text).is_some());
    *file.bytes == *bytes || (marked && *file.bytes == *rest)
}

/// How a copy stands to the original of this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has no mark.
    Unknown,
    /// Its original is the program's.
    Current,
    /// The original has moved on since this version.
    Old(String),
}

/// How a site's file stands to its original.
pub fn standing(path: &str, bytes: &[u8]) -> Standing {
    let known = builtin::files().get(path).zip(std::str::from_utf8(bytes).ok());
    match known.and_then(|(file, text)| Some((file.hash().to_hex(), origin(text)?))) {
        Some((now, (_, hash))) if hash.len() >= 8 && now.starts_with(hash) => Standing::Current,
        Some((_, (version, _))) => {
            Standing::Old(version.chars().filter(char::is_ascii_graphic).take(20).collect())
        }
        None => Standing::Unknown,
    }
}

/// The finding for a copy whose original has moved on.
pub fn moved_on(path: &str, bytes: &[u8], at: Span) -> Option<Diagnostic> {
    let Standing::Old(version) = standing(path, bytes) else { return None };
    let message = Message::new("old-copy")
        .with("path", path)
        .with("version", version)
        .with("now", env!("CARGO_PKG_VERSION"));
    Some(
        Diagnostic::new(codes::OLD_COPY, message)
            .at(at)
            .hint(Message::new("old-copy-hint").with("path", path)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_knows_where_it_came_from() {
        for file in files() {
            let bytes = copy(file.path).expect("it is built in");
            assert!(is_unchanged(file.path, &bytes), "{}", file.path);
            let marked = std::str::from_utf8(&bytes).is_ok_and(|text| origin(text).is_some());
            let is_text = [".html", ".typ", ".js", ".yaml", ".css", ".svg"]
                .iter()
                .any(|ending| file.path.ends_with(ending));
            assert_eq!(marked, is_text, "{}", file.path);
            if !marked {
                continue;
            }
            assert_eq!(standing(file.path, &bytes), Standing::Current);
            assert!(!file.about.is_empty() || file.path.ends_with(".svg"), "{} says what it is", file.path);
            let mut changed = bytes.clone();
            changed.extend_from_slice(b"\n");
            assert!(!is_unchanged(file.path, &changed) && standing(file.path, &changed) == Standing::Current);
        }
    }

    #[test]
    fn a_copy_of_an_older_original_is_told() {
        let file = crate::diag::FileId(0);
        let old = b"{#- yuanba-original 0.0.9 0123456789abcdef -#}\n<p>\n";
        let finding = moved_on("templates/page.html", old, Span::new(file, 0..46)).expect("it is old");
        assert_eq!((finding.code, finding.message.id), (codes::OLD_COPY, "old-copy"));
        assert_eq!(standing("templates/page.html", b"<p>\n"), Standing::Unknown);
        assert_eq!(standing("templates/mine.html", old), Standing::Unknown, "a file of the site's own");
        let fresh = copy("templates/page.html").expect("built in");
        assert!(moved_on("templates/page.html", &fresh, Span::new(file, 0..46)).is_none());
    }

    #[test]
    fn files_are_named_by_path_or_by_name() {
        assert_eq!(named("templates/page.html"), ["templates/page.html"]);
        assert_eq!(named("page.html"), ["templates/page.html"]);
        assert_eq!(named("themes\\default\\print\\lib.typ"), ["print/lib.typ"]);
        assert!(named("pages.html").is_empty());
    }
}

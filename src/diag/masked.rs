//! Texts of files as findings may show them: what belongs to a person (P101) is covered, for logs of builds are read by many.
//!
//! Refuses: to show a whole number, name or address, in the excerpt of its own finding or in that of another one on the same line.
//! Invariant: a covered text has the bytes, characters and columns that it had, so every place in it stays right.

use super::{Diagnostic, FileId, Files, codes};
use std::borrow::Cow;
use std::collections::BTreeMap;
use unicode_width::UnicodeWidthChar;

/// The files of a report.
pub(super) struct Masked<'f> {
    files: &'f dyn Files,
    texts: BTreeMap<FileId, Cow<'f, str>>,
}

impl<'f> Masked<'f> {
    /// Covers what some findings found.
    pub(super) fn new<'d>(findings: impl IntoIterator<Item = &'d Diagnostic>, files: &'f dyn Files) -> Self {
        let mut texts: BTreeMap<FileId, Cow<'f, str>> = BTreeMap::new();
        // What stands in a linked document does not stand at the link.
        let covers = |finding: &&Diagnostic| {
            finding.code == codes::SECRET_IN_SETTINGS
                || (finding.code == codes::PERSONAL_DATA && finding.message.id != "personal-data-in-document")
        };
        for finding in findings.into_iter().filter(covers) {
            let Some(span) = finding.primary else { continue };
            let text = texts.entry(span.file).or_insert_with(|| Cow::Borrowed(files.text(span.file)));
            if let Some(found) = text.get(span.range()).filter(|found| !found.is_empty()) {
                let is_secret = finding.code == codes::SECRET_IN_SETTINGS;
                let covered =
                    cover(found, if is_secret { "secret" } else { finding.kind.unwrap_or_default() });
                text.to_mut().replace_range(span.range(), &covered);
            }
        }
        Self { files, texts }
    }
}

/// The text of a file with what some findings found covered.
pub fn covered(findings: &[Diagnostic], files: &dyn Files, file: FileId) -> String {
    Masked::new(findings, files).text(file).to_owned()
}

impl Files for Masked<'_> {
    fn path(&self, file: FileId) -> &str {
        self.files.path(file)
    }

    fn text(&self, file: FileId) -> &str {
        match self.texts.get(&file) {
            Some(text) => text,
            None => self.files.text(file),
        }
    }
}

/// A text with as many signs shown at its ends as tell nobody who it is.
fn cover(text: &str, kind: &str) -> String {
    let signs = text.chars().filter(|sign| sign.is_alphanumeric()).count();
    let (head, tail) = match kind {
        "phone" if signs >= 11 => (3, 4),
        "phone" | "address" | "minor_identity" | "plate" => (2, 0),
        "id_card" | "bank_card" | "vin" if signs > 8 => (3, 0),
        "secret" => {
            return text.chars().map(|sign| if sign == '\n' { sign } else { stand_in(sign) }).collect();
        }
        _ => (1, 0),
    };
    let mut seen = 0;
    text.chars()
        .map(|sign| {
            if !sign.is_alphanumeric() {
                return sign;
            }
            seen += 1;
            if signs > head + tail && (seen <= head || seen > signs - tail) { sign } else { stand_in(sign) }
        })
        .collect()
}

/// A star that takes as many bytes and columns.
fn stand_in(sign: char) -> char {
    match (sign.len_utf8(), sign.width()) {
        (1, _) => '*',
        (2, _) => '·',
        (3, Some(2)) => '＊',
        (3, _) => '∗',
        (_, Some(2)) => '\u{20000}',
        _ => '\u{1d7ce}',
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Shelf, finding};
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn what_was_found_is_covered_and_every_place_stays() {
        let text = "村民罗正贵电话幺三八 ００13 8000，见[表](没有.md)。";
        let files = Shelf::new(&[("a.md", text)]);
        let at = |part: &str| {
            let start = text.find(part).expect("it stands there");
            start..start + part.len()
        };
        let found = [
            finding(codes::PERSONAL_DATA, 0, at("罗正贵")).kind("name"),
            finding(codes::PERSONAL_DATA, 0, at("幺三八 ００13 8000")).kind("phone"),
            finding(codes::BROKEN_LINK, 0, at("没有.md")),
        ];
        let masked = Masked::new(&found, &files);
        let shown = masked.text(FileId(0));
        assert_eq!(shown, "村民罗＊＊电话幺三八 ＊＊** 8000，见[表](没有.md)。");
        assert_eq!((shown.len(), shown.width()), (text.len(), text.width()));
        assert_eq!(Masked::new(&found[2..], &files).text(FileId(0)), text);
    }

    #[test]
    fn a_stand_in_takes_the_same_room() {
        for sign in ['a', '9', 'é', '罗', '９', 'ﾊ', '𝟏', '𠮷'] {
            let star = stand_in(sign);
            assert_eq!((star.len_utf8(), star.width()), (sign.len_utf8(), sign.width()), "{sign}");
        }
    }
}

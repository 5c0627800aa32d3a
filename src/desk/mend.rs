//! Mends that are sure: names and numbers of persons hidden by the courts' rule, and slips that have one reading.
//!
//! A person is called by the surname and 某; several of one surname are 某甲, 某乙 and so on, each the same one through the whole bulletin
//! (after the rules of the Supreme People's Court for judgments on the internet). A number keeps what its kind's mask keeps. A home address ends
//! at the village or the street.
//! Refuses: files that are not UTF-8 as they stand on the disk, files that changed since they were read, and a datum in a file's name.
//! Invariant: bytes outside of the mended places stay as they are.

use crate::diag::{Diagnostic, FileId, Files, Span, codes};
use crate::privacy;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// One mend: what stands in the place of some bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// The place.
    pub span: Span,
    /// What it becomes.
    pub text: String,
}

/// The mends of one file, in order, none on another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Which file.
    pub file: FileId,
    /// Its path.
    pub path: String,
    /// Its mends.
    pub mends: Vec<Mend>,
}

/// What can be mended of some findings.
pub fn mends<'d>(findings: impl IntoIterator<Item = &'d Diagnostic>, files: &dyn Files) -> Vec<File> {
    let mut by_file: BTreeMap<&str, (FileId, Vec<&Diagnostic>)> = BTreeMap::new();
    for finding in findings {
        if let Some(span) = finding.primary.filter(|span| span.start < span.end) {
            by_file.entry(files.path(span.file)).or_insert((span.file, Vec::new())).1.push(finding);
        }
    }
    let mended = by_file.into_iter().map(|(path, (file, mut findings))| {
        findings.sort_by_key(|finding| finding.primary.map(|span| (span.start, std::cmp::Reverse(span.end))));
        let text = files.text(file);
        let named = findings.iter().filter(|finding| finding.kind == Some("name"));
        let mut names = Names::of(text, named.filter_map(|finding| text.get(finding.primary?.range())));
        let mut mends: Vec<Mend> = Vec::new();
        for finding in findings {
            let Some(mend) = mend(finding, text, &mut names) else { continue };
            if mends.last().is_none_or(|last| last.span.end <= mend.span.start) {
                mends.push(mend);
            }
        }
        File { file, path: path.to_owned(), mends }
    });
    mended.filter(|file| !file.mends.is_empty()).collect()
}

fn mend(finding: &Diagnostic, text: &str, names: &mut Names) -> Option<Mend> {
    let span = finding.primary?;
    let written = text.get(span.range())?;
    if finding.code == codes::PERSONAL_DATA && finding.message.id == "personal-data" {
        let hidden = hidden(written, finding.kind?, names);
        return (hidden != written).then_some(Mend { span, text: hidden });
    }
    let (range, text) = slip(finding, text, span.range())?;
    Some(Mend { span: Span::new(span.file, range), text })
}

/// What stands in the place of a datum.
fn hidden(written: &str, kind: &'static str, names: &mut Names) -> String {
    match kind {
        "name" => names.hidden(written),
        "address" => address(written),
        "minor_identity" if written.contains('班') => "某校".to_owned(),
        "minor_identity" => "某村民的亲属".to_owned(),
        _ => privacy::mask_written(written, kind),
    }
}

/// An address up to its village or street.
fn address(written: &str) -> String {
    let digit = |sign: char| sign.is_numeric() || "一二三四五六七八九十百两".contains(sign);
    let first = written.find(digit).unwrap_or(written.len());
    let named = &written[..first];
    let ends: &[&str] = &["社区", "村", "路", "街", "道", "巷", "街道", "镇", "乡"];
    let end = ends.iter().filter_map(|end| named.rfind(end).map(|at| at + end.len())).max();
    match end {
        // 锦绣新村, 阳光社区 may be estates, whose name is a home's as well; a village is known to be one by its group.
        Some(end) if end > 0 => named[..end].to_owned(),
        _ => "某小区".to_owned(),
    }
}

/// Names of one bulletin and what they become.
struct Names {
    given: BTreeMap<String, String>,
    /// How many of a surname have been hidden.
    taken: BTreeMap<String, usize>,
    /// Surnames with 某 that several have, or that stand in the text already and may be somebody else's.
    shared: BTreeSet<String>,
}

/// What tells persons of one surname apart.
const STEMS: [&str; 10] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];

impl Names {
    /// For a text, in which hidden names may stand already, and the names that will be hidden.
    fn of<'t>(text: &'t str, named: impl Iterator<Item = &'t str>) -> Self {
        let mut persons: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for written in named {
            let name = bare(written);
            persons.entry(format!("{}某", privacy::surname(&name))).or_default().insert(name);
        }
        let several =
            persons.iter().filter(|(hidden, names)| names.len() > 1 || text.contains(hidden.as_str()));
        let shared = several.map(|(hidden, _)| hidden.clone()).collect();
        Self { given: BTreeMap::new(), taken: BTreeMap::new(), shared }
    }

    fn hidden(&mut self, written: &str) -> String {
        let name = bare(written);
        if let Some(hidden) = self.given.get(&name) {
            return hidden.clone();
        }
        let plain = format!("{}某", privacy::surname(&name));
        let hidden = if self.shared.contains(&plain) {
            let taken = self.taken.entry(plain.clone()).or_insert(0);
            *taken += 1;
            match STEMS.get(*taken - 1) {
                Some(stem) => format!("{plain}{stem}"),
                None => format!("{plain}{taken}"),
            }
        } else {
            plain
        };
        self.given.insert(name, hidden.clone());
        hidden
    }
}

/// A name without marks and blanks.
fn bare(written: &str) -> String {
    written.chars().filter(|sign| sign.is_alphanumeric() || matches!(sign, '·' | '•')).collect()
}

/// The mend of a slip that has one reading, and the bytes that it stands for.
fn slip(finding: &Diagnostic, text: &str, place: Range<usize>) -> Option<(Range<usize>, String)> {
    let written = &text[place.clone()];
    match finding.code.id {
        code if code == codes::HEADING_WITHOUT_SPACE.id => {
            let rest = written.trim_start_matches(['#', '＃']);
            let signs = written.chars().count() - rest.chars().count();
            Some((place, format!("{} {}", "#".repeat(signs), rest.trim_start())))
        }
        code if code == codes::CHINESE_LIST_MARKER.id => {
            let digits = written.chars().map_while(|sign| match sign {
                '0'..='9' => Some(sign),
                '０'..='９' => char::from_u32(u32::from(sign) - 0xfee0),
                _ => None,
            });
            let number: String = digits.collect();
            // Blanks behind the mark, which is followed by one in the mend.
            let blanks =
                text[place.end..].len() - text[place.end..].trim_start_matches([' ', '\u{3000}']).len();
            (!number.is_empty()).then(|| (place.start..place.end + blanks, format!("{number}. ")))
        }
        code if code == codes::FULL_WIDTH_COLON.id && written == "：" => {
            let spaced = text[place.end..].starts_with([' ', '\n', '\r']) || place.end == text.len();
            Some((place, if spaced { ":" } else { ": " }.to_owned()))
        }
        code if code == codes::FULL_WIDTH_LINK.id => {
            let plain = |sign: char| match sign {
                '【' => '[',
                '】' => ']',
                '（' => '(',
                '）' => ')',
                other => other,
            };
            // The brackets around the words and the address alone; others inside belong to the words.
            let close = written.find([']', '】'])?;
            let open = close + written[close..].find(['(', '（'])?;
            let width = |at: usize| written[at..].chars().next().map_or(0, char::len_utf8);
            let last = written.chars().next_back()?;
            let words = &written[width(0)..close];
            let address = written[open + width(open)..written.len() - last.len_utf8()].trim();
            (plain(last) == ')').then(|| (place, format!("[{words}]({address})")))
        }
        _ => None,
    }
}

/// A text with its mends made.
pub fn mended(text: &str, mends: &[Mend]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for mend in mends {
        let place = mend.span.range();
        out.push_str(&text[at..place.start]);
        out.push_str(&mend.text);
        at = place.end;
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests;

//! `content/addresses.yaml` as text: one address a line, sorted, so that two branches of a site merge line by line.
//!
//! ```yaml
//! site: 0f1e2d3c4b5a69788796a5b4c3d2e1f0
//! addresses:
//!   /tags/fa-zhi/: tag 法治
//!   /tips/old-name/: former tips/刷单.md
//!   /tips/page/7/: last-page section tips
//!   /tips/shua-dan/: tips/刷单.md
//! ```
//!
//! Each line is YAML by itself, and so is the whole. Most are read at sight; one with quotes in it goes to `serde_yaml`.
//! Refuses: guessing. What a merge left behind, an address with two owners and an owner with two addresses are told with
//! their lines, and the build stops until somebody has decided.
//! Invariant: what is written is read back equal, and is read by any reader of YAML.

use super::owner::{FORMER, LAST_PAGE};
use super::{AddressBook, Bond, Line, Owner, page_number};
use crate::diag::{Diagnostic, FileId, Message, Sink, Span, codes};
use crate::world::{OutPath, SiteId};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Where it stands in the site.
pub const PATH: &str = "content/addresses.yaml";

const HEAD: &str = "# 本站用过的网址，一行一个，由 yuanba build 写。请和内容一起保存、提交，不要删：印在纸上的网址和二维码靠它一直有效。\n\
    # Every address that this site has published, written by yuanba build. Keep it with the content: printed codes rely on it.\n";

/// Reads the text of the file.
pub fn read(file: FileId, text: &str, sink: &mut Sink) -> AddressBook {
    let mut reader = Reader { file, book: AddressBook::default(), conflict: false, sink };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let words = line.trim_end();
        reader.line(words, Span::new(file, start..start + words.len()));
    }
    reader.book
}

struct Reader<'s> {
    file: FileId,
    book: AddressBook,
    conflict: bool,
    sink: &'s mut Sink,
}

impl Reader<'_> {
    fn line(&mut self, line: &str, span: Span) {
        if ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark)) {
            if !self.conflict {
                self.say("addresses-conflict", "addresses-conflict-hint", line, span);
            }
            self.conflict = true;
            return;
        }
        let inner = line.trim_start().trim_start_matches('\u{feff}');
        if inner.is_empty()
            || inner.starts_with('#')
            || matches!(inner, "addresses:" | "addresses: {}" | "---")
        {
            return;
        }
        let indented = line.starts_with(' ');
        let Some((key, value)) = pair(inner) else {
            return self.say("addresses-line", "addresses-line-hint", inner, span);
        };
        if !indented && key == "site" {
            return self.site(&value, span);
        }
        let Some((owner, bond)) = owner(&value).filter(|_| indented && is_address(&key)) else {
            return self.say("addresses-line", "addresses-line-hint", inner, span);
        };
        self.address(&key, owner, bond, span);
    }

    fn site(&mut self, value: &str, span: Span) {
        match SiteId::parse(value) {
            Some(id) if self.book.site.as_ref().is_none_or(|known| *known == id) => self.book.site = Some(id),
            _ => self.say("addresses-site", "addresses-site-hint", value, span),
        }
    }

    fn address(&mut self, address: &str, owner: Owner, bond: Bond, span: Span) {
        if let Some(first) = self.book.owner(address) {
            // The same line from both sides of a merge says nothing new, but it is two lines for one address.
            let first = first.span;
            return self.twice("addresses-twice", "addresses-twice-hint", address, span, first);
        }
        if bond == Bond::Current
            && let Some(first) = self.book.current(&owner)
        {
            let first = self.book.lines.get(first).and_then(|line| line.span);
            return self.twice(
                "addresses-owner-twice",
                "addresses-owner-twice-hint",
                &owner.to_string(),
                span,
                first,
            );
        }
        match bond {
            Bond::Current => {
                self.book.current.insert(owner.clone(), address.to_owned());
            }
            Bond::LastPage => {
                let number = page_number(address).unwrap_or(1);
                let known = self.book.last_pages.entry(owner.clone()).or_insert(number);
                *known = number.max(*known);
            }
            Bond::Former => {}
        }
        self.book.insert(address, Line { owner, bond, span: Some(span) });
    }

    fn twice(&mut self, id: &'static str, hint: &'static str, what: &str, span: Span, first: Option<Span>) {
        let mut finding = Diagnostic::new(codes::ADDRESS_LIST, Message::new(id).with("what", what))
            .at(span)
            .hint(Message::new(hint));
        if let Some(first) = first {
            finding = finding.related(first, Message::new("addresses-first"));
        }
        self.sink.report(finding);
    }

    fn say(&mut self, id: &'static str, hint: &'static str, what: &str, span: Span) {
        let span = if span.file == self.file { span } else { Span::whole(self.file) };
        self.sink.report(
            Diagnostic::new(codes::ADDRESS_LIST, Message::new(id).with("what", what))
                .at(span)
                .hint(Message::new(hint)),
        );
    }
}

/// Key and value of one line.
fn pair(line: &str) -> Option<(String, String)> {
    if let Some((key, value)) = line.split_once(": ")
        && is_plain(key)
        && is_plain(value.trim())
    {
        return Some((key.to_owned(), value.trim().to_owned()));
    }
    let read: BTreeMap<String, String> = serde_yaml::from_str(line).ok()?;
    if read.len() == 1 { read.into_iter().next() } else { None }
}

/// Whether a text is itself in YAML, without quotes, and cannot be taken for a number or anything else.
fn is_plain(text: &str) -> bool {
    let sign = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '/' | '.' | '-' | '_' | '+' | ' ' | '，' | '。' | '、' | '（' | '）')
    };
    let first = text.chars().next().is_some_and(|c| c == '/' || c.is_alphanumeric());
    // A path, or words: a number has neither.
    let worded = text.contains(['/', ' ']) || text.ends_with(".md") || text == "site";
    first && worded && !text.ends_with(' ') && text.chars().all(sign)
}

fn is_address(address: &str) -> bool {
    let inner = address.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
    inner.is_some_and(|inner| OutPath::new(&format!("{inner}/index.html")).is_ok())
}

fn owner(text: &str) -> Option<(Owner, Bond)> {
    if let Some(rest) = text.strip_prefix(FORMER) {
        return Some((Owner::parse(rest)?, Bond::Former));
    }
    if let Some(rest) = text.strip_prefix(LAST_PAGE) {
        return Some((Owner::parse(rest)?, Bond::LastPage));
    }
    Some((Owner::parse(text)?, Bond::Current))
}

impl AddressBook {
    /// The file as the build writes it.
    pub fn to_text(&self) -> String {
        let mut out = HEAD.to_owned();
        if let Some(site) = &self.site {
            // An identity of digits alone would be a number.
            let _ = writeln!(out, "site: {}", quoted(&site.to_string()));
        }
        out.push_str(if self.lines.is_empty() { "addresses: {}\n" } else { "addresses:\n" });
        for (address, line) in &self.lines {
            let bond = match line.bond {
                Bond::Current => "",
                Bond::Former => FORMER,
                Bond::LastPage => LAST_PAGE,
            };
            let owner = format!("{bond}{}", line.owner);
            if is_plain(address) && is_plain(&owner) {
                let _ = writeln!(out, "  {address}: {owner}");
            } else {
                let pair = BTreeMap::from([(address.as_str(), owner.as_str())]);
                let text = serde_yaml::to_string(&pair).unwrap_or_default();
                let _ = writeln!(out, "  {}", text.trim_end());
            }
        }
        out
    }
}

/// A scalar as `serde_yaml` writes it.
fn quoted(text: &str) -> String {
    serde_yaml::to_string(text).map_or_else(|_| text.to_owned(), |text| text.trim_end().to_owned())
}

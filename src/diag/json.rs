//! Findings for other programs: JSON, one object a line.
//!
//! Refuses: changing a key or its meaning. Programs of others read this form.
//! Invariant: every line has the same keys in the same order; what a finding does not have is `null`.
//!
//! | Key | Meaning |
//! |---|---|
//! | `code` | e.g. `P101` |
//! | `kind` | a finer kind inside the code, e.g. `phone`, or `null` |
//! | `level` | `warn`, `deny` or `forbid` |
//! | `message`, `hint` | what is wrong and what to do next, in the chosen language; `hint` may be `null` |
//! | `path` | relative to the site, `/`-separated; `null` if no file is concerned |
//! | `line`, `column`, `end_line`, `end_column` | from 1, columns in characters; the end is one past the last character |
//! | `byte_start`, `byte_end` | the same place in the decoded text, UTF-8 without byte order mark, from 0 |
//!
//! The six of the place are `null` together, for a file that has no text, such as a picture or a folder.
//! A finding about a text file as a whole is at line 1, column 1, and has no length.

use super::line_index::Indexes;
use super::{Catalogue, Files, Language, Level, Report};
use serde::Serialize;

#[derive(Serialize)]
struct Row<'r> {
    code: &'static str,
    kind: Option<&'static str>,
    level: &'static str,
    message: String,
    hint: Option<String>,
    path: Option<&'r str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    byte_start: Option<u32>,
    byte_end: Option<u32>,
}

impl Row<'_> {
    fn line(&self) -> String {
        serde_json::to_string(self).expect("a row of strings and numbers is JSON") + "\n"
    }
}

/// The whole report, a line each.
pub fn render(report: &Report, files: &dyn Files, language: Language) -> String {
    let catalogue = Catalogue::of(language);
    let mut indexes = Indexes::new(files);
    let mut out = String::new();
    for finding in report.findings() {
        let place = finding.primary.and_then(|span| {
            let index = indexes.get(span.file)?;
            Some((index.position(span.start as usize), index.position(span.end as usize), span))
        });
        let row = Row {
            code: finding.code.id,
            kind: finding.kind,
            level: name(finding.level),
            message: catalogue.format(&finding.message),
            hint: finding.hint.as_ref().map(|hint| catalogue.format(hint)),
            path: finding.primary.map(|span| files.path(span.file)),
            line: place.map(|(start, ..)| start.line),
            column: place.map(|(start, ..)| start.column),
            end_line: place.map(|(_, end, _)| end.line),
            end_column: place.map(|(_, end, _)| end.column),
            byte_start: place.map(|(.., span)| span.start),
            byte_end: place.map(|(.., span)| span.end),
        };
        out += &row.line();
    }
    out
}

fn name(level: Level) -> &'static str {
    match level {
        Level::Allow => "allow",
        Level::Warn => "warn",
        Level::Deny => "deny",
        Level::Forbid => "forbid",
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Shelf, finding, said};
    use super::*;
    use crate::diag::{Diagnostic, codes};

    #[test]
    fn keys_order_and_counting() {
        let files = Shelf::new(&[("content/tips/a.md", "首行\r\n电话13900000000。\n")]);
        let mut found = finding(codes::PERSONAL_DATA, 0, 14..25).kind("phone");
        found.message = said("是“手机号”");
        found.hint = Some(said("请删去"));
        let report = Report::new(vec![found], &files);
        assert_eq!(
            render(&report, &files, Language::Zh),
            concat!(
                r#"{"code":"P101","kind":"phone","level":"forbid","message":"是“手机号”","hint":"请删去","#,
                r#""path":"content/tips/a.md","line":2,"column":3,"end_line":2,"end_column":14,"byte_start":14,"byte_end":25}"#,
                "\n"
            )
        );
    }

    #[test]
    fn what_is_missing_is_null() {
        let files = Shelf::new(&[("a.jpg", "")]);
        let everywhere = Diagnostic::new(codes::LOCKED, said("x"));
        let report = Report::new(vec![finding(codes::BROKEN_PICTURE, 0, 0..0), everywhere], &files);
        let text = render(&report, &files, Language::En);
        let rows: Vec<serde_json::Value> =
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().all(|row| row.as_object().unwrap().len() == 12));
        assert!(rows[0]["path"].is_null());
        assert_eq!(rows[1]["path"], "a.jpg");
        assert!(["kind", "hint", "line", "end_column", "byte_end"].iter().all(|key| rows[1][key].is_null()));
    }

    #[test]
    fn one_line_whatever_the_text() {
        let files = Shelf::new(&[("a\nb.md", "x")]);
        let mut found = finding(codes::BROKEN_LINK, 0, 0..1);
        found.message = said("两\n行\u{2028}\"");
        let text = render(&Report::new(vec![found], &files), &files, Language::Zh);
        assert_eq!(text.lines().count(), 1);
        let row: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(row["message"], "两\n行\u{2028}\"");
    }
}

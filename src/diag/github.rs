//! Findings as annotations of a continuous-integration run: `::error file=…,line=…::message`.
//!
//! Refuses: text that would end the command or start another; it is escaped.
//! Invariant: one finding is one line. Columns stand only where the finding is on one line, as the runners ask.

use super::excerpt::sentence;
use super::line_index::Indexes;
use super::{Catalogue, Files, Language, Level, Report};
use std::fmt::Write;

/// The whole report, a line each. `base` is the site's folder as seen from the repository, `""` if they are one.
pub fn render(report: &Report, files: &dyn Files, language: Language, base: &str) -> String {
    let catalogue = Catalogue::of(language);
    let base = base.replace('\\', "/");
    let base = base.trim_start_matches("./").trim_end_matches('/');
    let mut indexes = Indexes::new(files);
    let mut out = String::new();
    for finding in report.findings() {
        out += if finding.level >= Level::Deny { "::error " } else { "::warning " };
        if let Some(span) = finding.primary {
            let path = files.path(span.file);
            let path =
                if base.is_empty() || base == "." { path.to_owned() } else { format!("{base}/{path}") };
            let _ = write!(out, "file={},", property(&path));
            if let Some(index) = indexes.get(span.file) {
                let (start, end) = (index.position(span.start as usize), index.position(span.end as usize));
                let _ = write!(out, "line={},endLine={},", start.line, end.line);
                if start.line == end.line {
                    let _ = write!(out, "col={},endColumn={},", start.column, end.column);
                }
            }
        }
        let mut message = sentence(&catalogue.format(&finding.message));
        if let Some(hint) = &finding.hint {
            let hint = sentence(&catalogue.format(hint));
            let _ = write!(message, "\n{}{}{hint}", catalogue.word("diag-hint"), language.colon());
        }
        let title = format!("{} {}", finding.code.id, finding.code.name);
        let _ = writeln!(out, "title={}::{}", property(&title), data(&message));
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Shelf, finding, said};
    use super::*;
    use crate::diag::{Diagnostic, codes};

    #[test]
    fn places_titles_and_hints() {
        let files = Shelf::new(&[("content/a.md", "首\n见**注意：**吧\n二\n")]);
        let warned = finding(codes::STRAY_EMPHASIS, 0, 7..9).hint(said("加空格"));
        let long = finding(codes::BROKEN_LINK, 0, 4..27);
        let report = Report::new(vec![warned, long], &files);
        assert_eq!(
            render(&report, &files, Language::Zh, ""),
            "::error file=content/a.md,line=2,endLine=3,title=L301 broken-link::链接指向的文件不存在\n\
             ::warning file=content/a.md,line=2,endLine=2,col=2,endColumn=4,title=W204 stray-emphasis::\
             链接指向的文件不存在%0A建议：加空格\n"
        );
        assert!(
            render(&report, &files, Language::En, r".\my\site").contains("file=my/site/content/a.md,line=2")
        );
    }

    #[test]
    fn nothing_starts_a_second_command() {
        let files = Shelf::new(&[("a,b:c%\n.md", "")]);
        let mut found = finding(codes::BAD_NAME, 0, 0..0);
        found.message = said("100%\r\n::set-output name=x::y");
        let everywhere = Diagnostic::new(codes::LOCKED, said("x"));
        let text = render(&Report::new(vec![found, everywhere], &files), &files, Language::Zh, ".");
        assert_eq!(
            text,
            "::error title=F424 locked::x\n\
             ::error file=a%2Cb%3Ac%25%0A.md,title=F416 bad-name::100%25  ::set-output name=x::y\n"
        );
    }
}

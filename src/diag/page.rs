//! Findings as a page of its own, which the preview shows in place of a site that cannot be made.
//!
//! Refuses: markup from anyone else; every text is escaped, and there is no script, no picture, no request.
//! Invariant: the page is whole by itself, readable on a phone, at night, and by a screen reader.

use super::excerpt::{Line, excerpt, sentence, spell};
use super::line_index::Indexes;
use super::masked::Masked;
use super::{Catalogue, Diagnostic, Files, Language, Level, Message, Report, Span, render};
use std::fmt::Write;

/// Columns of a source line that are shown; nobody reads a page of one line.
const WIDTH: usize = 400;

/// The style of findings.
pub const STYLE: &str = include_str!("page.css");

/// The page, from `<!doctype html>` on.
pub fn render(report: &Report, files: &dyn Files, language: Language) -> String {
    let catalogue = Catalogue::of(language);
    let refused = report.worst() >= Level::Deny;
    let title = catalogue.word(if refused { "diag-page-title" } else { "diag-page-warned" });
    let mut out = String::new();
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n\
         </head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{}</p>\n",
        language.tag(),
        escape(&render::summary(report, language)),
    );
    if refused {
        let _ = writeln!(out, "<p>{}</p>", escape(&catalogue.word("diag-page-about")));
    }
    out += &articles(report, files, language);
    out += "</main>\n</body>\n</html>\n";
    out
}

/// The findings alone, each an article, for another page.
pub fn articles(report: &Report, files: &dyn Files, language: Language) -> String {
    let files = &Masked::new(report.findings(), files);
    let catalogue = Catalogue::of(language);
    let mut page = Page { out: String::new(), indexes: Indexes::new(files), files, catalogue };
    report.findings().iter().for_each(|finding| page.finding(finding));
    page.out
}

struct Page<'f> {
    out: String,
    indexes: Indexes<'f>,
    files: &'f dyn Files,
    catalogue: &'static Catalogue,
}

impl Page<'_> {
    fn finding(&mut self, finding: &Diagnostic) {
        let class = if finding.level >= Level::Deny { "error" } else { "warning" };
        let _ = write!(
            self.out,
            "<article class=\"{class}\">\n<h2><span class=\"level\">{} {}</span> {}</h2>\n",
            escape(&render::word(finding.level, self.catalogue)),
            escape(finding.code.id),
            self.say(&finding.message),
        );
        if let Some(span) = finding.primary {
            self.place(span, finding.label.as_ref());
        }
        for label in &finding.related {
            let _ = writeln!(
                self.out,
                "<p class=\"related\">{}</p>",
                escape(&self.catalogue.word("diag-related"))
            );
            self.place(label.span, Some(&label.message));
        }
        if let Some(hint) = &finding.hint {
            let word = escape(&self.catalogue.word("diag-hint"));
            let colon = self.catalogue.language().colon();
            let _ = writeln!(self.out, "<p class=\"hint\"><b>{word}{colon}</b>{}</p>", self.say(hint));
        }
        self.out += "</article>\n";
    }

    fn place(&mut self, span: Span, label: Option<&Message>) {
        let path = escape(&sentence(self.files.path(span.file)));
        let mut lines = Vec::new();
        let mut position = String::new();
        if let Some(index) = self.indexes.get(span.file)
            && span != Span::whole(span.file)
        {
            let start = index.position(span.start as usize);
            let message =
                Message::new("diag-page-line").with("line", start.line).with("column", start.column);
            position =
                format!(" <span class=\"position\">{}</span>", escape(&self.catalogue.format(&message)));
            lines = excerpt(index, span.range(), WIDTH);
        }
        let _ = writeln!(self.out, "<p class=\"place\"><code>{path}</code>{position}</p>");
        if !lines.is_empty() {
            self.out += "<pre>";
            for (at, line) in lines.iter().enumerate() {
                if at > 0 {
                    let gap = lines[at - 1].number + 1 < line.number;
                    self.out += if gap { "\n⋮\n" } else { "\n" };
                }
                self.line(line);
            }
            self.out += "</pre>\n";
        }
        if let Some(label) = label {
            let _ = writeln!(self.out, "<p class=\"label\">{}</p>", self.say(label));
        }
    }

    fn line(&mut self, line: &Line) {
        let dots = |cut: bool| if cut { "…" } else { "" };
        let marked = if line.marked.is_empty() { "\u{a0}".to_owned() } else { spell(line.marked, 0) };
        let _ = write!(
            self.out,
            "<span class=\"number\">{}</span> {}{}<mark>{}</mark>{}{}",
            line.number,
            dots(line.cut_before),
            escape(&spell(line.before, 0)),
            escape(&marked),
            escape(&spell(line.after, 0)),
            dots(line.cut_after),
        );
    }

    fn say(&self, message: &Message) -> String {
        escape(&sentence(&self.catalogue.format(message)))
    }
}

/// A text as HTML.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Shelf, finding, said};
    use super::*;
    use crate::diag::{FileId, codes};

    #[test]
    fn file_line_marked_place_and_mend() {
        let files = Shelf::new(&[("content/a.md", "首\n看[表](b.md)吧\n")]);
        let found = finding(codes::BROKEN_LINK, 0, 7..18)
            .label(said("没有 b.md"))
            .hint(said("改成 c.md"))
            .related(Span::new(FileId(0), 0..3), said("另见"));
        let page = render(&Report::new(vec![found], &files), &files, Language::Zh);
        assert!(page.starts_with("<!doctype html>\n<html lang=\"zh-CN\">"));
        for part in [
            "<h2><span class=\"level\">错误 L301</span> 链接指向的文件不存在</h2>",
            "<code>content/a.md</code> <span class=\"position\">第 2 行第 2 个字</span>",
            "<span class=\"number\">2</span> 看<mark>[表](b.md)</mark>吧",
            "<p class=\"label\">没有 b.md</p>",
            "<mark>首</mark>",
            "<b>建议：</b>改成 c.md",
            "共 1 处错误",
            "prefers-color-scheme: dark",
        ] {
            assert!(page.contains(part), "{part} is not in\n{page}");
        }
    }

    #[test]
    fn nothing_from_a_file_is_markup() {
        let evil = "</pre><script>alert(1)</script>\u{1b}\"'&";
        let files = Shelf::new(&[("<img src=x onerror=1>.md", evil)]);
        let mut found = finding(codes::BROKEN_LINK, 0, 0..14).hint(said(evil)).label(said(evil));
        found.message = said(evil);
        let page = render(&Report::new(vec![found], &files), &files, Language::En);
        assert!(!page.contains("<script") && !page.contains("<img") && !page.contains('\u{1b}'), "{page}");
        assert_eq!(page.matches("</pre>").count(), 1);
    }

    #[test]
    fn a_picture_has_its_path_only() {
        let files = Shelf::new(&[("content/a.jpg", "")]);
        let page =
            render(&Report::new(vec![finding(codes::BROKEN_PICTURE, 0, 0..0)], &files), &files, Language::En);
        assert!(page.contains("<code>content/a.jpg</code></p>"));
        assert!(!page.contains("<pre"));
    }
}

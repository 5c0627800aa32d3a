//! Findings for a terminal: the place, the line, carets under it, and the mend.
//!
//! Refuses: text that would move the cursor; it is made visible.
//! Invariant: a caret stands in the column of what it marks, where a Chinese character takes two columns.
//!
//! The shape, in either language:
//!
//! ```text
//! 错误[L301]：链接指向的文件不存在
//!   ┌ content/tips/heat/index.md:5:5
//! 5 │ 正文，见[电话表](phones.md)与表。
//!   │         ^^^^^^^^^^^^^^^^^^^ 没有 phones.md
//!   = 建议：最接近的文件是 content/pages/phone.md
//! ```

use super::excerpt::{Line, excerpt, sentence, spell};
use super::line_index::Indexes;
use super::masked::Masked;
use super::{Catalogue, Code, Diagnostic, Files, Language, Level, Message, Report, Span};
use std::collections::BTreeSet;
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// How findings are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// In which language.
    pub language: Language,
    /// Whether the terminal takes colours.
    pub color: bool,
    /// Columns of the terminal; longer source lines are cut around what is marked.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self { language: Language::Zh, color: false, width: 100 }
    }
}

/// The whole report: each finding, how many there were, and where to read more. Empty where nothing was found.
pub fn render(report: &Report, files: &dyn Files, style: Style) -> String {
    let mut out = String::new();
    if report.is_empty() {
        return out;
    }
    let files = &Masked::new(report.findings(), files);
    let mut printer = Printer { out: &mut out, indexes: Indexes::new(files), files, style };
    for finding in report.findings() {
        printer.finding(finding);
        printer.out.push('\n');
    }
    let _ = writeln!(out, "{}", summary(report, style.language));
    explain(&mut out, &report.codes(), style.language);
    out
}

/// One finding, without what closes a report.
pub fn render_one(finding: &Diagnostic, files: &dyn Files, style: Style) -> String {
    let mut out = String::new();
    let files = &Masked::new([finding], files);
    Printer { out: &mut out, indexes: Indexes::new(files), files, style }.finding(finding);
    out
}

/// How many findings there are, as a sentence: `共 3 处错误、1 处警告`. Empty where there are none.
pub fn summary(report: &Report, language: Language) -> String {
    let (errors, warnings) = (report.errors(), report.warnings());
    let message = match (errors, warnings) {
        (0, 0) => return String::new(),
        (_, 0) => Message::new("diag-summary-errors"),
        (0, _) => Message::new("diag-summary-warnings"),
        _ => Message::new("diag-summary"),
    };
    Catalogue::of(language).format(&message.with("errors", errors).with("warnings", warnings))
}

fn explain(out: &mut String, codes: &BTreeSet<Code>, language: Language) {
    let _ = writeln!(out, "{}", Catalogue::of(language).word("diag-explain"));
    for code in codes {
        let _ = writeln!(out, "  yuanba explain {code}");
    }
}

/// The word for a level: 错误 or 警告.
pub(super) fn word(level: Level, catalogue: &Catalogue) -> String {
    catalogue.word(if level >= Level::Deny { "diag-error" } else { "diag-warning" })
}

/// What a piece of the output is, for its colour.
#[derive(Clone, Copy)]
enum Tone {
    Plain,
    Strong,
    Frame,
    Error,
    Warning,
    Hint,
}

impl Tone {
    fn of(level: Level) -> Self {
        if level >= Level::Deny { Self::Error } else { Self::Warning }
    }

    /// Parameters of the terminal's colour sequence.
    fn sgr(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "1",
            Self::Frame => "34",
            Self::Error => "1;31",
            Self::Warning => "1;33",
            Self::Hint => "1;36",
        }
    }
}

struct Printer<'o, 'f> {
    out: &'o mut String,
    indexes: Indexes<'f>,
    files: &'f dyn Files,
    style: Style,
}

/// A place ready for printing.
struct Location<'f> {
    name: String,
    lines: Vec<Line<'f>>,
}

impl<'f> Printer<'_, 'f> {
    fn finding(&mut self, finding: &Diagnostic) {
        let catalogue = Catalogue::of(self.style.language);
        let colon = self.style.language.colon();
        let tone = Tone::of(finding.level);
        self.put(tone, &format!("{}[{}]", word(finding.level, catalogue), finding.code));
        self.put(Tone::Strong, &format!("{colon}{}", sentence(&catalogue.format(&finding.message))));
        self.out.push('\n');

        let primary = finding.primary.map(|span| self.place(span));
        let related: Vec<_> =
            finding.related.iter().map(|label| (self.place(label.span), &label.message)).collect();
        let gutter = primary
            .iter()
            .chain(related.iter().map(|(place, _)| place))
            .flat_map(|place| &place.lines)
            .map(|line| line.number.to_string().len())
            .max()
            .unwrap_or(1);
        if let Some(place) = &primary {
            let label = finding.label.as_ref().map(|label| catalogue.format(label));
            self.snippet(place, gutter, "", ('^', tone), label.as_deref());
        }
        let intro = format!("{}{colon}", catalogue.word("diag-related"));
        for (place, message) in &related {
            let label = catalogue.format(message);
            self.snippet(place, gutter, &intro, ('-', Tone::Frame), Some(&label));
        }
        if let Some(hint) = &finding.hint {
            self.note(gutter, Tone::Hint, &catalogue.word("diag-hint"), &catalogue.format(hint));
        }
    }

    /// The path with line and column, and the lines; the path alone for a file without text or as a whole.
    fn place(&mut self, span: Span) -> Location<'f> {
        let name = sentence(self.files.path(span.file));
        let width = self.style.width.saturating_sub(8); // for the frame
        match self.indexes.get(span.file) {
            Some(index) if span != Span::whole(span.file) => {
                let start = index.position(span.start as usize);
                let name = format!("{name}:{}:{}", start.line, start.column);
                Location { name, lines: excerpt(index, span.range(), width) }
            }
            _ => Location { name, lines: Vec::new() },
        }
    }

    fn snippet(
        &mut self,
        place: &Location,
        gutter: usize,
        intro: &str,
        mark: (char, Tone),
        label: Option<&str>,
    ) {
        self.frame(gutter, "", "┌");
        self.put(Tone::Plain, &format!(" {intro}{}\n", place.name));
        let mut last = None;
        for (at, line) in place.lines.iter().enumerate() {
            if last.is_some_and(|last| last + 1 < line.number) {
                self.frame(gutter, "", "⋮");
                self.out.push('\n');
            }
            last = Some(line.number);
            let closes = at + 1 == place.lines.len();
            self.line(line, gutter, mark, label.filter(|_| closes));
        }
        if let (Some(label), true) = (label, place.lines.is_empty()) {
            self.frame(gutter, "", "│");
            self.put(mark.1, &format!(" {}", sentence(label)));
            self.out.push('\n');
        }
    }

    fn line(&mut self, line: &Line, gutter: usize, (mark, tone): (char, Tone), label: Option<&str>) {
        let dots = |cut: bool| if cut { "…" } else { "" };
        let before = dots(line.cut_before).to_owned() + &spell(line.before, usize::from(line.cut_before));
        let marked = spell(line.marked, before.width());
        let after = spell(line.after, before.width() + marked.width());
        let text = format!("{before}{marked}{after}{}", dots(line.cut_after));
        self.frame(gutter, &line.number.to_string(), "│");
        if !text.trim_end().is_empty() {
            self.put(Tone::Plain, &format!(" {}", text.trim_end()));
        }
        self.out.push('\n');
        self.frame(gutter, "", "│");
        let carets: String = std::iter::repeat_n(mark, marked.width().max(1)).collect();
        let label = label.map_or_else(String::new, |label| format!(" {}", sentence(label)));
        self.out.extend(std::iter::repeat_n(' ', before.width() + 1));
        self.put(tone, &format!("{carets}{label}"));
        self.out.push('\n');
    }

    fn note(&mut self, gutter: usize, tone: Tone, word: &str, text: &str) {
        self.frame(gutter, "", "=");
        self.out.push(' ');
        self.put(tone, word);
        self.put(Tone::Plain, &format!("{}{}\n", self.style.language.colon(), sentence(text)));
    }

    /// The left edge: a line's number or its room, and a stroke.
    fn frame(&mut self, gutter: usize, number: &str, stroke: &str) {
        self.put(Tone::Frame, &format!("{number:>gutter$} {stroke}"));
    }

    fn put(&mut self, tone: Tone, text: &str) {
        let sgr = tone.sgr();
        if self.style.color && !sgr.is_empty() {
            let _ = write!(self.out, "\u{1b}[{sgr}m{text}\u{1b}[0m");
        } else {
            self.out.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests;

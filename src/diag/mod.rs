//! What is wrong, where, and what to do next: every finding that a user can cause is a [`Diagnostic`].
//!
//! Refuses: text in place of a message id (both languages come from the catalogues), positions that are not bytes.
//! Invariant: an error that a stage reports leaves a [`Reported`] behind, and only [`Sink::error`] can make one,
//! so no error is dropped and none is printed twice.

mod argument;
mod code;
mod excerpt;
pub mod github;
pub mod json;
mod line_index;
mod masked;
mod message;
pub mod page;
pub mod render;
mod report;
mod sink;
pub mod stored;
#[cfg(test)]
mod testing;

pub(crate) use argument::print_themselves;
pub use argument::{Argument, no_reason, reason};
pub use code::{Code, Level, codes};
pub use line_index::{LineIndex, Position};
pub use masked::covered;
pub use message::{Catalogue, Language};
pub use report::Report;
pub use sink::{Reported, Sink};

/// A file of the site, interned for the length of a session; see `source::Sources`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A half-open range of bytes in the decoded text of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span over `range`.
    ///
    /// # Panics
    /// If the range does not fit 32 bits; sources are limited to far less.
    pub fn new(file: FileId, range: std::ops::Range<usize>) -> Self {
        let fit = |n: usize| u32::try_from(n).expect("sources are smaller than 4 GiB");
        Self { file, start: fit(range.start), end: fit(range.end) }
    }

    /// The start of a file, for a finding about the file as a whole.
    pub fn whole(file: FileId) -> Self {
        Self { file, start: 0, end: 0 }
    }

    /// The range of bytes, to slice the text with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value with the place it was written at.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value at a place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A sentence for staff: an id in the Fluent catalogues (`messages/{zh,en}/*.ftl`) with its arguments.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// Id of the message in the catalogues.
    pub id: &'static str,
    /// Arguments by name.
    pub args: Vec<(&'static str, String)>,
}

impl Message {
    /// The message `id` without arguments.
    pub fn new(id: &'static str) -> Self {
        Self { id, args: Vec::new() }
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Argument) -> Self {
        self.args.push((name, value.text()));
        self
    }
}

/// A second place that explains the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there.
    pub message: Message,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule it comes from; `yuanba explain CODE` tells more.
    pub code: Code,
    /// How severe it is; starts as the code's default, settled by the gate.
    pub level: Level,
    /// A finer kind inside the code, e.g. `phone` for P101; a promise of the JSON form.
    pub kind: Option<&'static str>,
    /// What is wrong.
    pub message: Message,
    /// What to do next.
    pub hint: Option<Message>,
    /// Where; none only if it concerns no file of the site.
    pub primary: Option<Span>,
    /// A few words under the caret.
    pub label: Option<Message>,
    /// Other places that belong to it.
    pub related: Vec<Label>,
}

impl Diagnostic {
    /// A finding of `code` at its default level. The message id is by habit the code's name.
    pub fn new(code: Code, message: Message) -> Self {
        Self {
            code,
            level: code.level,
            kind: None,
            message,
            hint: None,
            primary: None,
            label: None,
            related: Vec::new(),
        }
    }

    /// Sets the place.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.primary = Some(span);
        self
    }

    /// Sets what to do next.
    #[must_use]
    pub fn hint(mut self, hint: Message) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Sets the words under the caret.
    #[must_use]
    pub fn label(mut self, label: Message) -> Self {
        self.label = Some(label);
        self
    }

    /// Makes it a warning: the code's default is graver than this case.
    #[must_use]
    pub fn warn(mut self) -> Self {
        self.level = Level::Warn;
        self
    }

    /// Sets the finer kind.
    #[must_use]
    pub fn kind(mut self, kind: &'static str) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn related(mut self, span: Span, message: Message) -> Self {
        self.related.push(Label { span, message });
        self
    }
}

/// Paths and texts by [`FileId`], for printing; `source::Sources` implements it.
pub trait Files {
    /// Path of the file, relative to the site.
    fn path(&self, file: FileId) -> &str;
    /// Its decoded text; empty for files that are not text.
    fn text(&self, file: FileId) -> &str;
}

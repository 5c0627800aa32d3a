//! Where a passage stands in a file, for people.
//!
//! Invariant: a place holds numbers alone, since names of sheets and files may be personal data themselves.

use serde::{Deserialize, Serialize};

/// What sort of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PlaceKind {
    /// A line of plain text; the number is that of the passage's first line.
    Line,
    /// A paragraph of a text.
    Paragraph,
    /// A paragraph as it was before tracked changes took something out.
    Deleted,
    /// A row of a sheet.
    Row,
    /// A row of a hidden sheet.
    HiddenRow,
    /// A page.
    Page,
    /// A note, a field or a link on a page.
    Annotation,
    /// A slide.
    Slide,
    /// A speaker's notes to a slide.
    Notes,
    /// A comment, or who made one.
    Comment,
    /// A page's head or foot.
    Margin,
    /// A footnote or an endnote.
    Footnote,
    /// A drawing, a chart or a text box.
    Drawing,
    /// Title, author and the like.
    Property,
    /// A name: of a file in an archive, of a sheet, a range, a drawing.
    Name,
    /// Anything else.
    Other,
}

impl PlaceKind {
    /// Its name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Paragraph => "paragraph",
            Self::Deleted => "deleted",
            Self::Row => "row",
            Self::HiddenRow => "hidden-row",
            Self::Page => "page",
            Self::Annotation => "annotation",
            Self::Slide => "slide",
            Self::Notes => "notes",
            Self::Comment => "comment",
            Self::Margin => "margin",
            Self::Footnote => "footnote",
            Self::Drawing => "drawing",
            Self::Property => "property",
            Self::Name => "name",
            Self::Other => "other",
        }
    }
}

/// Where a passage stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// What sort of place.
    pub kind: PlaceKind,
    /// The number of the line, paragraph, page, slide or sheet, from 1; 0 where it has none.
    pub number: u32,
    /// The row of a sheet.
    pub row: u32,
    /// The number of the file in an archive, from 1; 0 where the passage stands in the file itself.
    pub file: u32,
}

impl Place {
    /// A place with a number.
    pub fn new(kind: PlaceKind, number: usize) -> Self {
        Self { kind, number: small(number), row: 0, file: 0 }
    }

    /// A row of a sheet.
    pub fn row(hidden: bool, sheet: usize, row: usize) -> Self {
        let kind = if hidden { PlaceKind::HiddenRow } else { PlaceKind::Row };
        Self { kind, number: small(sheet), row: small(row), file: 0 }
    }

    /// The same place in the file with this number of an archive.
    #[must_use]
    pub fn inside(self, file: usize) -> Self {
        Self { file: small(file), ..self }
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

//! The tree's own types, as they are written into `/data.json`.
//!
//! Refuses: fields that no template is told of.
//! Invariant: field for field what `themes/default/print/README.md` says.

use super::figures::DataTable;
use crate::print::qr::Qr;
use serde::Serialize;

/// A body.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Body {
    /// Its blocks.
    pub body: Vec<Block>,
    /// Its footnotes, by number.
    pub footnotes: Vec<Vec<Block>>,
}

/// A block with its number.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Block {
    /// The index of its place in [`super::Content::spans`].
    pub at: usize,
    /// What it is.
    #[serde(flatten)]
    pub kind: BlockKind,
}

/// Kinds of blocks.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "t", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the theme's page tells what they are")]
pub enum BlockKind {
    P {
        c: Vec<Inline>,
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        signs: bool,
    },
    H {
        level: u8,
        c: Vec<Inline>,
    },
    Quote {
        blocks: Vec<Block>,
    },
    Callout {
        tone: &'static str,
        label: String,
        blocks: Vec<Block>,
    },
    List {
        start: Option<u64>,
        tight: bool,
        items: Vec<Item>,
    },
    Defs {
        items: Vec<Definition>,
    },
    Code {
        s: String,
    },
    Table {
        align: Vec<&'static str>,
        head: Vec<Vec<Inline>>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
    Rule,
    Figure {
        src: String,
        alt: String,
        title: String,
        width: u32,
        height: u32,
    },
    Figures {
        pictures: Vec<Picture>,
        c: Vec<Inline>,
    },
    Verse {
        stanzas: Vec<Stanza>,
    },
    Contact {
        name: String,
        duty: Option<String>,
        phone: Option<String>,
        hours: Option<String>,
        areas: Vec<String>,
    },
    Qr {
        url: String,
        caption: String,
        qr: Option<Qr>,
    },
    DataTable(DataTable),
    Chart {
        src: String,
        alt: String,
        title: String,
        note: Option<String>,
        width: u32,
        height: u32,
    },
}

/// A picture of a row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Picture {
    /// Its file.
    pub src: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Item {
    /// For task lists: ticked or not.
    pub checked: Option<bool>,
    /// Its content.
    pub blocks: Vec<Block>,
}

/// A term and its definitions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Definition {
    /// The term.
    pub term: Vec<Inline>,
    /// Its definitions.
    pub definitions: Vec<Vec<Block>>,
}

/// Inlines.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "t", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the theme's page tells what they are")]
pub enum Inline {
    Text { s: String },
    Code { s: String },
    Em { c: Vec<Inline> },
    Strong { c: Vec<Inline> },
    Strike { c: Vec<Inline> },
    Link { url: Option<String>, c: Vec<Inline> },
    Br,
    Fn { n: usize },
    Image { src: String, alt: String, width: u32, height: u32 },
}

/// A stanza.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stanza {
    /// Its title.
    pub title: Option<String>,
    /// Its lines.
    pub lines: Vec<Vec<Part>>,
}

/// A part of a line of verse.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "t", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the theme's page tells what they are")]
pub enum Part {
    Role { s: String },
    Chars { c: Vec<Syllable> },
    Aside { s: String },
}

/// A character, or a run of others, with its reading.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Syllable {
    /// The character; letters and digits of one word stay together.
    pub s: String,
    /// Its reading with a tone mark.
    pub p: Option<String>,
    /// What is spoken in its place where the tone changes (一, 不, third tones).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub v: Option<String>,
    /// Whether the voice rests before it, where no mark says so.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub r: bool,
}

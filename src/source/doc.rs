//! The body of a bulletin as our own tree. Pages, print, plain text, search and every lint walk this one tree.
//!
//! Refuses: unknown nesting (`markdown::MAX_DEPTH`), so recursion over it is safe.
//! Invariant: every span lies in its file, inside its parent's span, and slices to the Markdown that made the node.

use crate::diag::{Span, Spanned};

/// A bulletin's body.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doc {
    /// Top-level blocks in order.
    pub blocks: Vec<Block>,
    /// Footnotes in the order of first reference; unreferenced ones last.
    pub footnotes: Vec<Footnote>,
    /// Whether any raw HTML occurs, block or inline: then the assembled page body is sanitised.
    pub has_html: bool,
}

/// A footnote's definition.
#[derive(Clone, Debug, PartialEq)]
pub struct Footnote {
    /// Its label as written.
    pub label: String,
    /// How often it is referred to.
    pub references: u32,
    /// Its text.
    pub blocks: Vec<Block>,
    /// Where it is defined.
    pub span: Span,
}

/// A block with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// Kinds of blocks.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "a variant's own words name its fields")]
pub enum BlockKind {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading; `id` is unique in the document, from the author or from the text.
    Heading { level: u8, id: String, content: Vec<Inline> },
    /// A quotation.
    Quote(Vec<Block>),
    /// A quote that begins `[!记住]` and the like.
    Callout { tone: CalloutTone, blocks: Vec<Block> },
    /// A list; `start` for ordered ones. In a tight list paragraphs have no `<p>`.
    List { start: Option<u64>, tight: bool, items: Vec<ListItem> },
    /// A definition list.
    Definitions(Vec<Definition>),
    /// Code, fenced (`info` is its info string) or indented (`info` is none).
    Code { info: Option<String>, text: String },
    /// A table; rows have as many cells as `align`.
    Table { align: Vec<Align>, head: Vec<Cell>, rows: Vec<Vec<Cell>> },
    /// Raw HTML, not yet sanitised.
    Html(String),
    /// 落款: who signs, and the date; its lines are divided by hard breaks.
    Signature(Vec<Inline>),
    /// A thematic break.
    Rule,
    /// `verse`, 快板.
    Verse(Verse),
    /// `contact`, 联系.
    Contact(Contact),
    /// `qr`.
    Qr { address: Spanned<String>, caption: String },
    /// `table NAME`, 表: a protected table of a dataset.
    DataTable(Spanned<String>),
    /// `chart NAME`, 图.
    DataChart(Spanned<String>),
}

/// What a callout is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CalloutTone {
    /// 记住 (GitHub: IMPORTANT).
    Remember,
    /// 警惕 (GitHub: WARNING, CAUTION).
    Beware,
    /// 法条.
    Law,
    /// 热线.
    Hotline,
    /// 提示 (GitHub: NOTE, TIP).
    Hint,
}

/// One item of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListItem {
    /// Where it stands.
    pub span: Span,
    /// For task lists: ticked or not.
    pub checked: Option<bool>,
    /// Its content.
    pub blocks: Vec<Block>,
}

/// A term and its definitions.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// The term.
    pub term: Vec<Inline>,
    /// Its definitions.
    pub definitions: Vec<Vec<Block>>,
}

/// Alignment of a table's column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Not stated.
    None,
    /// `:--`
    Left,
    /// `:-:`
    Center,
    /// `--:`
    Right,
}

/// A table's cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Where it stands.
    pub span: Span,
    /// Its content.
    pub content: Vec<Inline>,
}

/// An inline with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Inline {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: InlineKind,
}

/// Kinds of inlines.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "a variant's own words name its fields")]
pub enum InlineKind {
    /// Text, escapes and entities resolved. A line break between two Chinese characters is already gone.
    Text(String),
    /// `code`
    Code(String),
    /// *emphasis*
    Emphasis(Vec<Inline>),
    /// **strong**
    Strong(Vec<Inline>),
    /// ~~struck~~
    Strikethrough(Vec<Inline>),
    /// A link. `target` spans the address as written (the whole link where it has no place of its own).
    Link { target: Spanned<String>, title: String, content: Vec<Inline>, origin: LinkOrigin },
    /// A picture; `alt` is plain text.
    Image { target: Spanned<String>, title: String, alt: String },
    /// Raw HTML, not yet sanitised.
    Html(String),
    /// A line break in the source that remains as a space.
    SoftBreak,
    /// A line break that is meant.
    HardBreak,
    /// A reference to `Doc::footnotes[index]`, the `nth` to it (from 1).
    FootnoteRef { index: usize, nth: u32 },
}

/// How a link was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkOrigin {
    /// `[text](address)` or by reference.
    Written,
    /// `<address>`
    Autolink,
    /// A bare address in the text.
    Bare,
}

/// A verse: stanzas of lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verse {
    /// The stanzas.
    pub stanzas: Vec<Stanza>,
}

impl Verse {
    /// How many lines it has.
    pub fn length(&self) -> usize {
        self.stanzas.iter().map(|stanza| stanza.lines.len()).sum()
    }
}

/// A stanza, with its title where it has one (`【小标题】`).
#[derive(Clone, Debug, PartialEq)]
pub struct Stanza {
    /// Its title.
    pub title: Option<Spanned<String>>,
    /// Its lines.
    pub lines: Vec<VerseLine>,
}

/// A line of verse.
#[derive(Clone, Debug, PartialEq)]
pub struct VerseLine {
    /// Where it stands.
    pub span: Span,
    /// Its parts in order.
    pub parts: Vec<VersePart>,
}

/// A part of a line of verse.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "a variant's own words name its fields")]
pub enum VersePart {
    /// Sung or spoken text.
    Text(String),
    /// A character with the reading its author gave: `行{háng}`.
    Reading { character: char, reading: String },
    /// A spoken aside or stage direction: `（白）`.
    Aside(String),
}

/// A contact card.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contact {
    /// Who.
    pub name: String,
    /// What for.
    pub duty: Option<String>,
    /// Telephone numbers.
    pub phone: Option<String>,
    /// When.
    pub hours: Option<String>,
    /// Where.
    pub areas: Vec<String>,
}

/// The pictures of a paragraph that holds nothing else, and the words behind them that are their caption (`图1 …`); none where words
/// stand before or between them. A picture alone without a caption is no row.
pub fn picture_row(content: &[Inline]) -> Option<(Vec<&Inline>, &[Inline])> {
    let picture = |one: &Inline| matches!(one.kind, InlineKind::Image { .. });
    let gap = |one: &Inline| match &one.kind {
        InlineKind::SoftBreak | InlineKind::HardBreak => true,
        InlineKind::Text(text) => text.trim().is_empty(),
        _ => false,
    };
    let end = content.iter().rposition(picture)? + 1;
    let (shown, behind) = content.split_at(end);
    if !shown.iter().all(|one| picture(one) || gap(one)) {
        return None;
    }
    let caption = &behind[behind.iter().position(|one| !gap(one)).unwrap_or(behind.len())..];
    let mut text = String::new();
    push_plain(caption, &mut text);
    let names = ["图", "（图", "(图", "▲", "△", "上图", "左图", "右图"]
        .iter()
        .any(|word| text.trim_start().starts_with(word));
    let short = text.chars().count() <= 60;
    if !caption.is_empty() && (!names || !short) {
        return None;
    }
    let pictures: Vec<&Inline> = shown.iter().filter(|one| picture(one)).collect();
    (pictures.len() > 1 || !caption.is_empty()).then_some((pictures, caption))
}

/// Adds what a reader of `inlines` reads, without markup, to `out`.
pub fn push_plain(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) | InlineKind::Image { alt: text, .. } => {
                out.push_str(text);
            }
            InlineKind::Emphasis(c)
            | InlineKind::Strong(c)
            | InlineKind::Strikethrough(c)
            | InlineKind::Link { content: c, .. } => push_plain(c, out),
            InlineKind::SoftBreak | InlineKind::HardBreak => out.push(' '),
            InlineKind::Html(_) | InlineKind::FootnoteRef { .. } => {}
        }
    }
}

//! What is known of a file without its text: all that collecting, links, pictures, layouts and most rules need.
//!
//! An [`Outline`] is small and can be kept; the tree of a body is parsed when somebody asks for it ([`super::Sources::tree`]).
//!
//! Invariant: an outline is a pure function of the file's bytes, and all its places lie in that file.

mod bytes;
mod characters;
#[cfg(test)]
mod tests;

pub use characters::Characters;
use characters::Gatherer;

use super::doc::{BlockKind, Doc, InlineKind};
use super::node::Node;
use super::walk::{Visit, texts, walk};
use super::{plain, raw_html};
use crate::diag::{Diagnostic, Span, Spanned};
use blake3::Hash;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

/// Longest summary made from a body, in characters.
const SUMMARY: usize = 80;

/// What is known of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    /// Front matter, or the whole of a YAML file.
    pub meta: Node,
    /// Hash of the front matter's text.
    #[serde(with = "bytes::hash")]
    pub meta_hash: Hash,
    /// The body; that of a YAML file is empty.
    pub body: Arc<BodyOutline>,
    /// Where the body begins, in bytes of the decoded text.
    pub body_start: u32,
    /// Whether plain lines of the body are verse.
    pub verse: bool,
    /// What was found while the file was read.
    pub findings: Vec<Diagnostic>,
}

/// What is known of a body, and of the words around it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BodyOutline {
    /// Hash of its text.
    #[serde(with = "bytes::hash")]
    pub hash: Hash,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// What it refers to, in the order of reading; footnotes last.
    pub references: Vec<Reference>,
    /// The tables and charts of datasets that it names, in order.
    pub figures: Vec<Figure>,
    /// Which sorts of blocks it holds.
    pub blocks: Blocks,
    /// Its first sentences.
    pub summary: String,
    /// How many signs its texts have, blanks not counted.
    pub length: u32,
    /// The characters beyond ASCII that a sheet of paper with it shows: its own, and those of the front matter.
    pub characters: Characters,
    /// Whether it holds raw HTML.
    pub has_html: bool,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The id that a fragment may name.
    pub id: String,
    /// Where it stands.
    pub span: Span,
}

/// Something that a body refers to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// How.
    pub kind: ReferenceKind,
    /// The address as written, at its place.
    pub target: Spanned<String>,
}

/// How a body refers to something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "a variant's own words name its fields")]
pub enum ReferenceKind {
    /// A link.
    Link,
    /// A picture: where the whole of it stands, and whether it says something to those who cannot see it.
    Image { whole: Span, described: bool },
    /// A code to be scanned.
    Qr,
    /// `<a href>` in raw HTML. Its place is that of the HTML.
    Html,
    /// `src`, `srcset` and the like in raw HTML, which no page shows; one address each.
    HtmlSource,
}

/// A table or chart of a dataset that a body names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Its name as written.
    pub name: Spanned<String>,
    /// Whether it is drawn as a chart.
    pub chart: bool,
}

/// Sorts of blocks that somebody asks for without reading the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockSort {
    /// A table written in the body.
    Table = 1,
    /// A verse.
    Verse = 2,
    /// A contact card.
    Contact = 4,
    /// A code to be scanned.
    Qr = 8,
    /// A table of a dataset.
    DataTable = 16,
    /// A chart of a dataset.
    DataChart = 32,
}

/// Which sorts of blocks a body holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocks(u8);

impl Blocks {
    /// Whether it holds one of this sort.
    pub fn hold(self, sort: BlockSort) -> bool {
        self.0 & sort as u8 != 0
    }

    fn add(&mut self, sort: BlockSort) {
        self.0 |= sort as u8;
    }
}

impl Default for BodyOutline {
    /// That of an empty body.
    fn default() -> Self {
        Self::new(&Doc::default(), "", 0..0, "")
    }
}

impl BodyOutline {
    /// The outline of a body. `front_matter` is the text before it, of which `meta` has been read.
    pub(super) fn new(doc: &Doc, front_matter: &str, meta: Range<usize>, text: &str) -> Self {
        let mut outline = Self {
            hash: blake3::hash(text.as_bytes()),
            headings: Vec::new(),
            references: Vec::new(),
            figures: Vec::new(),
            blocks: Blocks::default(),
            summary: plain::summary(doc, SUMMARY),
            length: length(doc),
            characters: characters(doc, front_matter.get(meta).unwrap_or_default()),
            has_html: doc.has_html,
        };
        walk(doc, &mut |visit| outline.visit(visit));
        outline
    }

    /// Ids that a fragment may point to.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        self.headings.iter().map(|heading| heading.id.as_str())
    }

    /// Whether a fragment may point to `id`.
    pub fn has_anchor(&self, id: &str) -> bool {
        self.headings.iter().any(|heading| heading.id == id)
    }

    /// Its pictures.
    pub fn images(&self) -> impl Iterator<Item = &Spanned<String>> {
        let image = |reference: &&Reference| matches!(reference.kind, ReferenceKind::Image { .. });
        self.references.iter().filter(image).map(|reference| &reference.target)
    }

    /// Its links and pictures, in the order of reading.
    pub fn links_and_images(&self) -> impl Iterator<Item = &Spanned<String>> {
        let wanted = |reference: &&Reference| {
            matches!(reference.kind, ReferenceKind::Link | ReferenceKind::Image { .. })
        };
        self.references.iter().filter(wanted).map(|reference| &reference.target)
    }

    fn visit(&mut self, visit: Visit) {
        match visit {
            Visit::Block(block) => match &block.kind {
                BlockKind::Heading { level, id, .. } => {
                    self.headings.push(Heading { level: *level, id: id.clone(), span: block.span });
                }
                BlockKind::Html(html) => self.raw_html(html, block.span),
                BlockKind::Table { .. } => self.blocks.add(BlockSort::Table),
                BlockKind::Verse(_) => self.blocks.add(BlockSort::Verse),
                BlockKind::Contact(_) => self.blocks.add(BlockSort::Contact),
                BlockKind::Qr { address, .. } => {
                    self.blocks.add(BlockSort::Qr);
                    self.refer(ReferenceKind::Qr, address);
                }
                BlockKind::DataTable(name) => {
                    self.blocks.add(BlockSort::DataTable);
                    self.figures.push(Figure { name: name.clone(), chart: false });
                }
                BlockKind::DataChart(name) => {
                    self.blocks.add(BlockSort::DataChart);
                    self.figures.push(Figure { name: name.clone(), chart: true });
                }
                _ => {}
            },
            Visit::Inline(inline) => match &inline.kind {
                InlineKind::Link { target, .. } => self.refer(ReferenceKind::Link, target),
                InlineKind::Image { target, alt, .. } => {
                    let kind = ReferenceKind::Image { whole: inline.span, described: says_something(alt) };
                    self.refer(kind, target);
                }
                InlineKind::Html(html) => self.raw_html(html, inline.span),
                _ => {}
            },
        }
    }

    fn refer(&mut self, kind: ReferenceKind, target: &Spanned<String>) {
        self.references.push(Reference { kind, target: target.clone() });
    }

    fn raw_html(&mut self, html: &str, span: Span) {
        let tags = raw_html::tags(html);
        let links = tags.iter().filter(|tag| !tag.closes && tag.name.eq_ignore_ascii_case("a"));
        let addresses =
            links.flat_map(|tag| &tag.attributes).filter(|(name, _)| name.eq_ignore_ascii_case("href"));
        for (_, address) in addresses {
            self.refer(ReferenceKind::Html, &Spanned::new(address.to_string(), span));
        }
        for (name, value) in tags.iter().flat_map(|tag| &tag.attributes) {
            let mut source = |address: &str| {
                self.refer(ReferenceKind::HtmlSource, &Spanned::new(address.to_owned(), span));
            };
            match name.to_ascii_lowercase().as_str() {
                "src" | "poster" | "data" | "action" | "xlink:href" => source(value),
                "srcset" => value.split(',').filter_map(|one| one.split_whitespace().next()).for_each(source),
                _ => {}
            }
        }
    }
}

/// Whether an alternative text holds a sign that is seen or spoken.
fn says_something(alt: &str) -> bool {
    !alt.chars()
        .all(|c| c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}'))
}

fn length(doc: &Doc) -> u32 {
    let mut signs = 0;
    texts(doc, &mut |text, _| signs += text.chars().filter(|c| !c.is_whitespace()).count());
    u32::try_from(signs).unwrap_or(u32::MAX)
}

fn characters(doc: &Doc, meta: &str) -> Characters {
    thread_local! {
        // Its table of code points is large; each thread makes one.
        static GATHERER: RefCell<Gatherer> = RefCell::default();
    }
    GATHERER.with_borrow_mut(|gatherer| {
        // Front matter as it is written, but for remarks: nearly all of it is printed.
        meta.lines().filter(|line| !line.trim_start().starts_with('#')).for_each(|line| gatherer.add(line));
        texts(doc, &mut |text, _| gatherer.add(text));
        gatherer.take()
    })
}

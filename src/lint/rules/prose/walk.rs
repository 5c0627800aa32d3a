//! A bulletin as numbers in it are read: each passage with the headings, the list's lead or the table's heads around it.
//!
//! Refuses: blocks of tables and charts themselves, which are made from the tables.
//! Invariant: everything that is published of a bulletin is read, and a claim's place is that of the number as written.

use crate::diag::Span;
use crate::figures::prose::{Claim, Reading, Settled};
use crate::privacy::published::{self, Passage};
use crate::source::doc::{Block, BlockKind, Cell, Doc, Inline, push_plain};
use crate::source::node::{Node, NodeKind};

/// A claim, where it stands, and the number as it was written.
pub type Found = (Span, Claim, String);

/// What is not published of front matter and definitions.
const UNPUBLISHED: [&str; 8] = ["allow", "例外", "policy", "reason", "理由", "handouts", "kind", "slug"];

/// Reads texts of one file for the figures of one dataset.
pub struct Walk<'w> {
    reading: &'w Reading<'w>,
    /// The text of the file.
    source: &'w str,
    /// Headings above, the title first, with what they settle.
    heads: Vec<(u8, Settled)>,
    found: Vec<Found>,
}

impl<'w> Walk<'w> {
    /// Below a title.
    pub fn new(reading: &'w Reading<'w>, source: &'w str, title: &str) -> Self {
        Self { reading, source, heads: vec![(0, reading.around([title]))], found: Vec::new() }
    }

    /// What was found.
    pub fn finish(self) -> Vec<Found> {
        self.found
    }

    /// Reads a body.
    pub fn doc(&mut self, doc: &Doc) {
        self.blocks(&doc.blocks, None);
        self.heads.truncate(1);
        for note in &doc.footnotes {
            self.blocks(&note.blocks, None);
        }
    }

    /// Reads front matter, or a definition.
    pub fn values(&mut self, node: &Node) {
        match &node.kind {
            NodeKind::Null => {}
            NodeKind::Scalar(text) => {
                let around = self.above();
                published::one(text, node.span, &mut |passage| self.look(passage, &around));
            }
            NodeKind::List(items) => items.iter().for_each(|item| self.values(item)),
            NodeKind::Map(entries) => {
                for (key, value) in entries {
                    if !UNPUBLISHED.contains(&key.value.as_str()) {
                        self.values(value);
                    }
                }
            }
        }
    }

    fn above(&self) -> Settled {
        self.heads.last().map(|(_, settled)| settled.clone()).unwrap_or_default()
    }

    fn look(&mut self, passage: &Passage, around: &Settled) {
        let claims = self.reading.claims(passage.text(), around);
        self.keep(passage, claims);
    }

    fn keep(&mut self, passage: &Passage, claims: Vec<Claim>) {
        for claim in claims {
            let said = passage.text()[claim.range.clone()].to_owned();
            if let Some(span) = passage.locate(&claim.range, self.source) {
                self.found.push((span, claim, said));
            }
        }
    }

    /// `lead` is what stands before a list, of which these are an item.
    fn blocks(&mut self, blocks: &[Block], lead: Option<&str>) {
        let mut before = lead.map(str::to_owned);
        for block in blocks {
            match &block.kind {
                BlockKind::Heading { level, content, .. } => {
                    self.heads.retain(|(above, _)| above < level);
                    let around = self.above();
                    published::block(block, &mut |passage| self.look(passage, &around));
                    let mut own = around;
                    self.reading.remember(&plain(content), &mut own);
                    self.heads.push((*level, own));
                    before = None;
                }
                BlockKind::Paragraph(content) => {
                    let text = plain(content);
                    // What a paragraph says goes on in the next where it ends so: 各村情况如下：
                    let goes_on =
                        lead.is_some() || before.as_ref().is_some_and(|text| text.ends_with(['：', ':']));
                    let around = self.with(before.as_deref().filter(|_| goes_on));
                    self.line(content, &around);
                    before = Some(match before.filter(|_| goes_on) {
                        Some(lead) => format!("{lead}\n{text}"),
                        None => text,
                    });
                }
                BlockKind::List { items, .. } => {
                    items.iter().for_each(|item| self.blocks(&item.blocks, before.as_deref().or(Some(""))));
                }
                BlockKind::Definitions(entries) => {
                    for entry in entries {
                        let around = self.above();
                        self.line(&entry.term, &around);
                        let term = plain(&entry.term);
                        entry.definitions.iter().for_each(|definition| self.blocks(definition, Some(&term)));
                    }
                }
                BlockKind::Quote(inner) | BlockKind::Callout { blocks: inner, .. } => {
                    self.blocks(inner, before.as_deref().filter(|text| text.ends_with(['：', ':'])));
                }
                BlockKind::Table { head, rows, .. } => {
                    let around = self.with(before.as_deref());
                    self.table(head, rows, &around);
                }
                BlockKind::DataTable(_) | BlockKind::DataChart(_) | BlockKind::Rule => {}
                BlockKind::Code { .. }
                | BlockKind::Html(_)
                | BlockKind::Signature(_)
                | BlockKind::Verse(_)
                | BlockKind::Contact(_)
                | BlockKind::Qr { .. } => {
                    let around = self.above();
                    published::block(block, &mut |passage| self.look(passage, &around));
                }
            }
        }
    }

    fn with(&self, before: Option<&str>) -> Settled {
        let mut around = self.above();
        if let Some(text) = before {
            self.reading.remember(text, &mut around);
        }
        around
    }

    fn line(&mut self, content: &[Inline], around: &Settled) {
        published::line(content, &mut |passage| self.look(passage, around));
    }

    /// A table that somebody wrote: what stands at the head of its rows and columns names its cells.
    fn table(&mut self, head: &[Cell], rows: &[Vec<Cell>], around: &Settled) {
        let heads: Vec<String> = head.iter().map(|cell| plain(&cell.content)).collect();
        head.iter().for_each(|cell| self.line(&cell.content, around));
        for row in rows {
            let texts: Vec<String> = row.iter().map(|cell| plain(&cell.content)).collect();
            let named = |text: &&String| !text.trim_start().starts_with(|c: char| c.is_ascii_digit());
            for (at, cell) in row.iter().enumerate() {
                let column = heads.get(at).map_or("", String::as_str);
                let mut names: Vec<&str> = texts.iter().take(at).filter(named).map(String::as_str).collect();
                names.push(column);
                published::line(&cell.content, &mut |passage| {
                    let claims = self.reading.cell(passage.text(), &names, around);
                    self.keep(passage, claims);
                });
            }
        }
    }
}

fn plain(content: &[Inline]) -> String {
    let mut text = String::new();
    push_plain(content, &mut text);
    text
}

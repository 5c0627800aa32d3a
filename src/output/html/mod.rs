//! A body as HTML.
//!
//! Pages use [`render`]; [`conformance`] writes what `CommonMark` asks for, to the letter, and serves tests alone.
//! Refuses: unsafe addresses, whatever the context says, and active content of any kind.
//! Invariant: all text is escaped here and nowhere else; raw HTML leaves only through [`sanitise`].

mod blocks;
pub mod conformance;
mod escape;
mod fenced;
mod inlines;
mod ruby;
mod sanitise;

pub use escape::{push_attribute, push_text};
pub use sanitise::sanitise;

use crate::source::doc::{Block, BlockKind, Doc};
use std::collections::{BTreeMap, BTreeSet};

/// What a body's HTML needs from the site.
pub trait HtmlContext {
    /// Where a link's target leads; none where it leads nowhere and only its text is shown.
    fn link(&self, target: &str) -> Option<LinkHtml>;
    /// The picture at a target; none where only its alternative text is shown.
    fn picture(&self, target: &str) -> Option<PictureHtml>;
    /// The name of a village or community that is written by its code; every other word as it is.
    fn village<'w>(&'w self, word: &'w str) -> &'w str {
        word
    }
    /// The HTML of a protected table of a dataset. It is trusted.
    fn data_table(&self, _name: &str) -> Option<String> {
        None
    }
    /// The HTML of a chart of a dataset. It is trusted.
    fn data_chart(&self, _name: &str) -> Option<String> {
        None
    }
    /// The site's words with their readings, where verse is shown with pinyin as well.
    fn readings(&self) -> Option<&BTreeMap<String, String>> {
        None
    }
    /// The words that the markup itself needs.
    fn labels(&self) -> &Labels {
        &Labels::CHINESE
    }
    /// How wide pictures are shown, as `sizes` has it.
    fn sizes(&self) -> &'static str {
        "(min-width: 48em) 44em, 100vw"
    }
}

/// A link as a page has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkHtml {
    /// The address to write.
    pub address: String,
    /// What a link to a document opens: its kind (`PDF`) and its length in bytes.
    pub opens: Option<(String, u64)>,
}

/// A picture as a page shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PictureHtml {
    /// Address of the size for browsers that know no `srcset`.
    pub src: String,
    /// Addresses with their widths in pixels.
    pub srcset: Vec<(String, u32)>,
    /// Width of `src` in pixels.
    pub width: u32,
    /// Height of `src` in pixels.
    pub height: u32,
}

/// Words of the markup in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is named for what it says")]
pub struct Labels {
    pub remember: &'static str,
    pub beware: &'static str,
    pub law: &'static str,
    pub hotline: &'static str,
    pub hint: &'static str,
    pub table: &'static str,
    pub footnote: &'static str,
    pub footnotes: &'static str,
    pub back: &'static str,
    pub done: &'static str,
    pub to_do: &'static str,
    pub qr: &'static str,
    pub duty: &'static str,
    pub phone: &'static str,
    pub hours: &'static str,
    pub areas: &'static str,
    pub colon: &'static str,
    pub pinyin: &'static str,
    /// Brackets around an aside, with the comma between its parts.
    pub aside: [&'static str; 3],
}

impl Labels {
    /// In Chinese.
    pub const CHINESE: Self = Self {
        remember: "记住",
        beware: "警惕",
        law: "法条",
        hotline: "热线",
        hint: "提示",
        table: "表格",
        footnote: "注释",
        footnotes: "注释",
        back: "回到正文，注释",
        done: "已办",
        to_do: "未办",
        qr: "二维码",
        duty: "职责",
        phone: "电话",
        hours: "时间",
        areas: "村社区",
        colon: "：",
        pinyin: "看拼音",
        aside: ["（", "，", "）"],
    };
    /// In English.
    pub const ENGLISH: Self = Self {
        remember: "Remember",
        beware: "Beware",
        law: "Law",
        hotline: "Hotline",
        hint: "Hint",
        table: "Table",
        footnote: "Note",
        footnotes: "Notes",
        back: "Back to the text, note",
        done: "Done",
        to_do: "To do",
        qr: "QR code",
        duty: "Duty",
        phone: "Telephone",
        hours: "Hours",
        areas: "Areas",
        colon: ": ",
        pinyin: "With pinyin",
        aside: [" (", ", ", ")"],
    };
}

/// A size as people read it: `182 KB`, `1.3 MB`. Rounded up, so that no file is larger than was said.
pub fn size(bytes: u64) -> String {
    const KB: u64 = 1024;
    const MB: u64 = 1024 * KB;
    if bytes < MB {
        format!("{} KB", bytes.div_ceil(KB))
    } else {
        let tenths = (bytes * 10).div_ceil(MB);
        format!("{}.{} MB", tenths / 10, tenths % 10)
    }
}

/// A body as the HTML of a page. Where the body holds raw HTML, all of it has been through [`sanitise`].
pub fn render(doc: &Doc, context: &dyn HtmlContext) -> String {
    let mut writer = Writer::new(doc, context);
    writer.document();
    if !doc.has_html {
        return writer.out;
    }
    sanitise::with_holes(&writer.out, &writer.holes, &ids(doc))
}

/// The ids that a body's HTML gives: those of headings and footnotes. Links to places on the page lead to these.
pub fn ids(doc: &Doc) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    collect_ids(&doc.blocks, &mut ids);
    for (index, footnote) in doc.footnotes.iter().enumerate() {
        collect_ids(&footnote.blocks, &mut ids);
        ids.insert(footnote_id(index));
        ids.extend((1..=footnote.references).map(|nth| reference_id(index, nth)));
    }
    ids
}

fn collect_ids(blocks: &[Block], ids: &mut BTreeSet<String>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { id, .. } => {
                ids.insert(id.clone());
            }
            BlockKind::Quote(b) | BlockKind::Callout { blocks: b, .. } => collect_ids(b, ids),
            BlockKind::List { items, .. } => items.iter().for_each(|i| collect_ids(&i.blocks, ids)),
            BlockKind::Definitions(all) => {
                all.iter().flat_map(|d| &d.definitions).for_each(|d| collect_ids(d, ids));
            }
            _ => {}
        }
    }
}

fn footnote_id(index: usize) -> String {
    format!("fn-{}", index + 1)
}

fn reference_id(index: usize, nth: u32) -> String {
    match nth {
        0 | 1 => format!("fnref-{}", index + 1),
        _ => format!("fnref-{}-{nth}", index + 1),
    }
}

/// Writes one body.
struct Writer<'a> {
    doc: &'a Doc,
    context: &'a dyn HtmlContext,
    labels: &'a Labels,
    out: String,
    /// Our own markup that the sanitiser must not see, by its place in `out`; used only where there is raw HTML.
    holes: Vec<(usize, String)>,
    /// Raw elements that are open.
    raw: Vec<&'static str>,
    /// How much deeper than written headings are: the page's own title is the only `h1`.
    shift: u8,
    tables: usize,
    many_tables: bool,
}

impl<'a> Writer<'a> {
    fn new(doc: &'a Doc, context: &'a dyn HtmlContext) -> Self {
        let top = doc.blocks.iter().any(|b| matches!(b.kind, BlockKind::Heading { level: 1, .. }));
        let tables = doc.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Table { .. })).count();
        let bytes = doc.blocks.last().map_or(0, |b| b.span.end - doc.blocks[0].span.start.min(b.span.end));
        Self {
            doc,
            context,
            labels: context.labels(),
            out: String::with_capacity(bytes as usize * 3 / 2 + 64),
            holes: Vec::new(),
            raw: Vec::new(),
            shift: u8::from(top),
            tables: 0,
            many_tables: tables > 1,
        }
    }

    /// Writes markup that is ours as a whole and that raw HTML may not use: pictures, boxes to tick, drawings.
    fn own(&mut self, markup: String) {
        if self.doc.has_html {
            self.holes.push((self.out.len(), markup));
        } else {
            self.out.push_str(&markup);
        }
    }

    fn text(&mut self, text: &str) {
        push_text(text, &mut self.out);
    }

    fn attribute(&mut self, name: &str, value: &str) {
        push_attribute(name, value, &mut self.out);
    }
}

#[cfg(test)]
mod hostile;
#[cfg(test)]
pub(crate) mod tests;

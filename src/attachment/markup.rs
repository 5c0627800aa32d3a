//! Texts of XML: the parts of Word files, slides, drawings and `OpenDocument`, pages of books.
//!
//! All character data is text, whatever element it stands in; elements that are known as paragraphs, cells and rows part it.
//! Refuses: entities of a document's own. Invariant: time and memory grow with the input alone.

use super::{Budget, Contents, Place, PlaceKind, Unreadable, table};
use crate::world::decode::decode;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::collections::BTreeSet;

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// What a reader sees.
    Text,
    /// A paragraph as it was before tracked changes.
    Deleted,
    /// A value beside the text: an author, a title, a name, an address that a link leads to.
    Value,
}

/// A text with its number among the texts of the part.
pub struct Block {
    /// What it is.
    pub sort: Sort,
    /// The number of the paragraph, from 1.
    pub number: usize,
    /// What it says.
    pub text: String,
}

/// Attributes that say something to people.
const VALUES: [&str; 17] = [
    "author",
    "initials",
    "descr",
    "title",
    "name",
    "alt",
    "tooltip",
    "Target",
    "href",
    "instr",
    "displayName",
    "userId",
    "prompt",
    "promptTitle",
    "error",
    "content",
    "string",
];
/// Elements whose attribute `val` is a text that somebody wrote.
const WITH_VALUE: [&str; 5] = ["alias", "tag", "docPart", "lid-text", "default"];
/// Elements that stand inside a line of text; others end one.
const INLINE: [&str; 14] =
    ["r", "t", "span", "a", "b", "i", "em", "strong", "u", "font", "rPr", "delText", "instrText", "TextCode"];

#[derive(Default)]
struct Paragraph {
    text: String,
    /// What it said before tracked changes, where they took something out.
    before: Option<String>,
}

#[derive(Default)]
struct Table {
    rows: Vec<(usize, Vec<String>)>,
    cells: Vec<String>,
    cell: String,
    first: usize,
}

/// Goes through a part.
struct Walk<'b> {
    blocks: Vec<Block>,
    paragraphs: Vec<Paragraph>,
    loose: String,
    tables: Vec<Table>,
    values: BTreeSet<String>,
    number: usize,
    deleted: usize,
    inserted: usize,
    budget: &'b mut Budget,
}

/// The texts of a part, and why not all of them.
pub fn blocks(bytes: &[u8], budget: &mut Budget) -> (Vec<Block>, Option<Unreadable>) {
    let Ok(decoded) = decode(bytes) else { return (Vec::new(), Some(Unreadable::Damaged)) };
    let mut reader = Reader::from_str(&decoded.text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut walk = Walk {
        blocks: Vec::new(),
        paragraphs: Vec::new(),
        loose: String::new(),
        tables: Vec::new(),
        values: BTreeSet::new(),
        number: 0,
        deleted: 0,
        inserted: 0,
        budget,
    };
    let mut why = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => walk.start(&tag),
            Ok(Event::Empty(tag)) => walk.empty(&tag),
            Ok(Event::End(tag)) => walk.end(&String::from_utf8_lossy(tag.local_name().as_ref())),
            Ok(Event::Text(text)) => walk.text(&String::from_utf8_lossy(&text)),
            Ok(Event::CData(text)) => walk.text(&String::from_utf8_lossy(&text)),
            Ok(Event::Comment(text)) => {
                let said = String::from_utf8_lossy(&text).into_owned();
                walk.value(said);
            }
            Ok(Event::GeneralRef(name)) => walk.text(&sign(&name)),
            Ok(Event::Eof) => break,
            Ok(Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Err(_) => {
                why = Some(Unreadable::Damaged);
                break;
            }
        }
        if walk.budget.left == 0 {
            why = Some(Unreadable::TooLarge);
            break;
        }
    }
    walk.close();
    (walk.blocks, why)
}

/// A part that is a file of its own.
pub fn read(bytes: &[u8], budget: &mut Budget) -> Contents {
    let (blocks, why) = blocks(bytes, budget);
    let mut contents = Contents { unreadable: why, ..Contents::default() };
    for block in blocks {
        contents.add(Place::new(PlaceKind::Paragraph, block.number), block.text);
    }
    contents
}

/// The sign that a reference stands for.
pub fn sign(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(sign)) = reference.resolve_char_ref() {
        return sign.to_string();
    }
    let name = String::from_utf8_lossy(reference);
    match &*name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        "middot" => "·",
        "shy" | "zwj" | "zwnj" => "\u{ad}",
        _ => " ",
    }
    .to_owned()
}

impl Walk<'_> {
    fn start(&mut self, tag: &BytesStart<'_>) {
        self.values_of(tag);
        match tag.local_name().as_ref() {
            b"p" | b"h" | b"h1" | b"h2" | b"h3" | b"h4" | b"li" | b"si" => {
                self.flush_loose();
                self.paragraphs.push(Paragraph::default());
            }
            b"tbl" | b"table" => {
                self.flush_loose();
                self.tables.push(Table { first: self.number + 1, ..Table::default() });
            }
            b"del" | b"moveFrom" => {
                self.deleted += 1;
                self.remember();
            }
            b"ins" | b"moveTo" => {
                self.inserted += 1;
                self.remember();
            }
            name => self.sign_of(name, tag),
        }
    }

    fn empty(&mut self, tag: &BytesStart<'_>) {
        self.values_of(tag);
        self.sign_of(tag.local_name().as_ref(), tag);
        if tag.local_name().as_ref() == b"tc" || tag.local_name().as_ref() == b"table-cell" {
            self.end_cell();
        }
    }

    /// Elements that stand for a sign.
    fn sign_of(&mut self, name: &[u8], tag: &BytesStart<'_>) {
        match name {
            b"br" | b"cr" | b"line-break" => self.put("\n"),
            b"tab" => self.put("\t"),
            b"noBreakHyphen" => self.put("-"),
            b"s" if !tag.name().as_ref().starts_with(b"s") => self.put(" "),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h" | "h1" | "h2" | "h3" | "h4" | "li" | "si" => {
                if let Some(paragraph) = self.paragraphs.pop() {
                    self.end_paragraph(paragraph);
                }
            }
            "tc" | "table-cell" | "td" | "th" => self.end_cell(),
            "tr" | "table-row" => {
                if let Some(table) = self.tables.last_mut() {
                    let cells = std::mem::take(&mut table.cells);
                    self.number += 1;
                    let number = self.number;
                    table.rows.push((number, cells));
                }
            }
            "tbl" | "table" => {
                self.flush_loose();
                self.end_table();
            }
            "del" | "moveFrom" => self.deleted = self.deleted.saturating_sub(1),
            "ins" | "moveTo" => self.inserted = self.inserted.saturating_sub(1),
            name if INLINE.contains(&name) => {}
            _ if self.paragraphs.is_empty() => self.flush_loose(),
            _ => {}
        }
    }

    /// Where tracked changes begin: what was before parts from what is now.
    fn remember(&mut self) {
        if let Some(paragraph) = self.paragraphs.last_mut()
            && paragraph.before.is_none()
        {
            paragraph.before = Some(paragraph.text.clone());
            let length = paragraph.text.len();
            self.budget.take(length);
        }
    }

    fn text(&mut self, text: &str) {
        // Programs that lay their XML out for people put line breaks between elements.
        if !(text.contains('\n') && text.trim().is_empty()) {
            self.put(text);
        }
    }

    fn put(&mut self, text: &str) {
        if !self.budget.take(text.len()) {
            return;
        }
        match self.paragraphs.last_mut() {
            Some(paragraph) => {
                if self.deleted == 0 {
                    paragraph.text.push_str(text);
                }
                if self.inserted == 0
                    && let Some(before) = &mut paragraph.before
                {
                    before.push_str(text);
                }
            }
            None => self.loose.push_str(text),
        }
    }

    fn end_paragraph(&mut self, paragraph: Paragraph) {
        if let Some(before) = paragraph.before.filter(|before| *before != paragraph.text) {
            self.push(Sort::Deleted, before);
        }
        match self.tables.last_mut() {
            Some(table) => {
                if !table.cell.is_empty() {
                    table.cell.push('\n');
                }
                table.cell.push_str(&paragraph.text);
            }
            None => {
                self.number += 1;
                self.push(Sort::Text, paragraph.text);
            }
        }
    }

    fn end_cell(&mut self) {
        let loose = std::mem::take(&mut self.loose);
        if let Some(table) = self.tables.last_mut() {
            table.cell.push_str(&loose);
            let cell = std::mem::take(&mut table.cell);
            table.cells.push(cell);
        }
    }

    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        let mut rows = table.rows;
        if !table.cells.is_empty() || !table.cell.is_empty() {
            rows.push((table.first, table.cells.into_iter().chain([table.cell]).collect()));
        }
        for (number, text) in table::passages(rows) {
            self.blocks.push(Block { sort: Sort::Text, number, text });
        }
    }

    fn flush_loose(&mut self) {
        let loose = std::mem::take(&mut self.loose);
        if loose.trim().is_empty() {
            return;
        }
        self.number += 1;
        self.push(Sort::Text, loose);
    }

    fn push(&mut self, sort: Sort, text: String) {
        if !text.trim().is_empty() {
            self.blocks.push(Block { sort, number: self.number.max(1), text });
        }
    }

    fn values_of(&mut self, tag: &BytesStart<'_>) {
        let name = String::from_utf8_lossy(tag.local_name().as_ref()).into_owned();
        for attribute in tag.attributes().with_checks(false).flatten() {
            let key = attribute.key.local_name();
            let key = String::from_utf8_lossy(key.as_ref());
            if VALUES.contains(&&*key) || key == "val" && WITH_VALUE.contains(&&*name) {
                let value = attribute.unescape_value().map_or_else(
                    |_| String::from_utf8_lossy(&attribute.value).into_owned(),
                    std::borrow::Cow::into_owned,
                );
                self.value(value);
            }
        }
    }

    fn value(&mut self, value: String) {
        if value.chars().count() > 1 && self.budget.take(value.len()) && self.values.insert(value.clone()) {
            self.push(Sort::Value, value);
        }
    }

    fn close(&mut self) {
        while let Some(paragraph) = self.paragraphs.pop() {
            self.end_paragraph(paragraph);
        }
        while !self.tables.is_empty() {
            self.end_table();
        }
        self.flush_loose();
    }
}

//! W202, W203 and W230 to W234: words and sentences that villagers stumble over, and names that must not be miswritten.
//!
//! Each rule tells a bulletin once, with how often and the first places, so that an old habit is one line and not thirty; a miswritten
//! name is told wherever it stands.
//! Refuses: to judge what is quoted, verse (but for names), and texts older than `wording: since:`, without which a year is meant.
//! Invariant: what is found in a file is a pure function of its text, of `wording:`, of the site's words, and of whether it is old.

mod lists;
mod text;

use crate::diag::{Code, Diagnostic, Message, Sink, Span, codes};
use crate::lint::{Lint, Site};
use crate::model::Model;
use crate::model::entry::Entry;
use crate::model::kind::Kind;
use crate::privacy::published::{self, Passage};
use crate::source::Derived;
use crate::source::doc::{Block, BlockKind, CalloutTone, Inline};
use jiff::ToSpan;
use lists::Lists;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// The lint.
pub struct Wording;

impl Lint for Wording {
    fn code(&self) -> Code {
        codes::HARD_WORD
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        let model = site.model;
        if model.config.language == "en" {
            return;
        }
        let lists = Lists::of(&model.words);
        let known = known_characters(model);
        let wording = &model.config.wording;
        let words = &model.words;
        let inputs = format!("{wording:?}{:?}{:?}{:?}{known:?}", words.hard, words.strict, words.absolute);
        let derived = Derived::new(&model.sources, "wording", blake3::hash(inputs.as_bytes()));
        let since = wording.since.unwrap_or_else(|| model.now.date().saturating_sub(1.year()));
        let found = model.entries.par_iter().map(|entry| {
            let is_old = entry.meta.date.is_some_and(|when| when.date < since);
            derived.of(entry.file, &[u8::from(is_old), u8::from(entry.meta.kind == Kind::Verse)], || {
                let mut seen = Seen {
                    model,
                    lists: &lists,
                    known: &known,
                    is_old,
                    is_verse: entry.meta.kind == Kind::Verse,
                    source: Arc::from(""),
                    miswritten: Vec::new(),
                    hard: Told::default(),
                    absolute: Told::default(),
                    rare: Told::default(),
                    marks: Told::default(),
                    sentences: Told::default(),
                    paragraphs: Told::default(),
                };
                seen.entry(entry);
                seen.findings()
            })
        });
        let found: Vec<Vec<Diagnostic>> = found.collect();
        found.into_iter().flatten().for_each(|finding| sink.report(finding));
    }
}

/// Characters that this site's readers know from the names around them.
fn known_characters(model: &Model) -> BTreeSet<char> {
    let config = &model.config;
    let areas = config.areas.iter().map(|area| &area.name);
    let unit = [&config.unit.name, &config.unit.organiser, &config.unit.operator, &config.unit.address];
    let texts = areas.chain(unit.into_iter().flatten()).chain([&config.title]);
    let texts = texts.chain(config.officers.iter().map(|officer| &officer.name));
    let texts = texts.chain(model.words.readings.keys()).chain(&model.words.names);
    texts
        .flat_map(|text| text.chars())
        .filter(|sign| text::is_han(*sign) && !lists::is_common(*sign))
        .collect()
}

/// What is in a place of the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Running text.
    Paragraph,
    /// A title, a cell, a caption.
    Line,
    /// A quotation or verse.
    Foreign,
}

/// What has been seen of one bulletin.
struct Seen<'m> {
    model: &'m Model,
    lists: &'m Lists,
    known: &'m BTreeSet<char>,
    is_old: bool,
    is_verse: bool,
    source: Arc<str>,
    miswritten: Vec<Diagnostic>,
    hard: Told,
    absolute: Told,
    rare: Told,
    marks: Told,
    sentences: Told,
    paragraphs: Told,
}

/// Places of one rule.
#[derive(Default)]
struct Told {
    count: usize,
    first: Option<Span>,
    shown: Vec<String>,
}

impl Told {
    /// Notes a place; of each sort a few are shown.
    fn note(&mut self, span: Option<Span>, shown: String) {
        const SHOWN: usize = 5;
        self.count += 1;
        if self.first.is_none() {
            self.first = span;
        }
        if self.shown.len() < SHOWN && !self.shown.contains(&shown) {
            self.shown.push(shown);
        }
    }

    fn finding(&self, code: Code, id: &'static str, hint: &'static str) -> Option<Diagnostic> {
        let span = self.first?;
        let said = |id| Message::new(id).with("count", self.count).with("shown", self.shown.join("、"));
        Some(Diagnostic::new(code, said(id)).at(span).hint(said(hint)))
    }
}

impl Seen<'_> {
    fn entry(&mut self, entry: &Entry) {
        let tree = self.model.sources.tree(entry.file);
        self.source = tree.text.clone();
        let title = &entry.meta.title;
        published::one(&title.value, title.span, &mut |passage| self.passage(passage, Sort::Line));
        self.blocks(&tree.body.blocks, Sort::Paragraph);
        for note in &tree.body.footnotes {
            self.blocks(&note.blocks, Sort::Line);
        }
    }

    fn blocks(&mut self, blocks: &[Block], sort: Sort) {
        for block in blocks {
            self.block(block, sort);
        }
    }

    fn block(&mut self, block: &Block, sort: Sort) {
        let line = if sort == Sort::Foreign { sort } else { Sort::Line };
        match &block.kind {
            BlockKind::Paragraph(content) => self.line(content, sort),
            BlockKind::Heading { content, .. } => self.line(content, line),
            // An office's name is its own.
            BlockKind::Signature(content) => self.line(content, Sort::Foreign),
            BlockKind::Quote(inner) | BlockKind::Callout { tone: CalloutTone::Law, blocks: inner } => {
                self.blocks(inner, Sort::Foreign);
            }
            BlockKind::Callout { blocks, .. } => self.blocks(blocks, sort),
            BlockKind::List { items, .. } => items.iter().for_each(|item| self.blocks(&item.blocks, sort)),
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    self.line(&definition.term, line);
                    definition.definitions.iter().for_each(|blocks| self.blocks(blocks, sort));
                }
            }
            BlockKind::Table { head, rows, .. } => {
                head.iter().chain(rows.iter().flatten()).for_each(|cell| self.line(&cell.content, line));
            }
            BlockKind::Verse(_) => {
                published::block(block, &mut |passage| self.passage(passage, Sort::Foreign));
            }
            _ => {}
        }
    }

    /// A line; addresses in it are passages of their own, and it comes last.
    fn line(&mut self, content: &[Inline], sort: Sort) {
        published::line(content, &mut |passage| {
            let is_address = passage.text().contains("://") || passage.text().starts_with('/');
            if !is_address {
                self.passage(passage, sort);
            }
        });
    }

    fn passage(&mut self, passage: &Passage, sort: Sort) {
        let text = passage.text();
        let place = |range: &Range<usize>| passage.locate(range, &self.source);
        for (range, right) in self.lists.strict.find(text) {
            let Some(span) = place(&range) else { continue };
            let told = |id| Message::new(id).with("wrong", &text[range.clone()]).with("right", right);
            self.miswritten.push(
                Diagnostic::new(codes::MISWRITTEN_NAME, told("miswritten-name"))
                    .at(span)
                    .hint(told("miswritten-name-hint")),
            );
        }
        if self.is_old || sort == Sort::Foreign {
            return;
        }
        for part in text::unquoted(text) {
            let within = |range: Range<usize>| part.start + range.start..part.start + range.end;
            for (list, told) in
                [(&self.lists.hard, &mut self.hard), (&self.lists.absolute, &mut self.absolute)]
            {
                for (range, mend) in list.find(&text[part.clone()]) {
                    let range = within(range);
                    told.note(place(&range), format!("{}（{mend}）", &text[range.clone()]));
                }
            }
        }
        for (range, full) in text::half_width(text) {
            self.marks.note(place(&range), format!("{}（{full}）", &text[range.clone()]));
        }
        for (at, sign) in text.char_indices() {
            // Instruments and sounds have names of their own, on a sheet to perform from.
            if text::is_han(sign) && !lists::is_common(sign) && !self.is_verse && !self.known.contains(&sign)
            {
                self.rare.note(place(&(at..at + sign.len_utf8())), sign.to_string());
            }
        }
        if sort == Sort::Paragraph {
            let wording = &self.model.config.wording;
            let mut whole = 0;
            for (range, length) in text::sentences(text) {
                whole += length;
                if length > wording.max_sentence {
                    self.sentences.note(place(&range), format!("{length}"));
                }
            }
            if whole > wording.max_paragraph {
                self.paragraphs.note(place(&(0..text.len())), format!("{whole}"));
            }
        }
    }

    fn findings(self) -> Vec<Diagnostic> {
        let wording = &self.model.config.wording;
        let most = |finding: Option<Diagnostic>, most: usize| {
            finding.map(|mut finding| {
                finding.message = finding.message.with("most", most);
                finding
            })
        };
        let told = [
            self.hard.finding(codes::HARD_WORD, "hard-word", "hard-word-hint"),
            most(
                self.sentences.finding(codes::LONG_SENTENCE, "long-sentence", "long-sentence-hint"),
                wording.max_sentence,
            ),
            most(
                self.paragraphs.finding(codes::LONG_PARAGRAPH, "long-paragraph", "long-paragraph-hint"),
                wording.max_paragraph,
            ),
            self.rare.finding(codes::RARE_CHARACTER, "rare-character", "rare-character-hint"),
            self.absolute.finding(codes::ABSOLUTE_CLAIM, "absolute-claim", "absolute-claim-hint"),
            self.marks.finding(codes::HALF_WIDTH_MARK, "half-width-mark", "half-width-mark-hint"),
        ];
        self.miswritten.into_iter().chain(told.into_iter().flatten()).collect()
    }
}

#[cfg(test)]
mod tests;

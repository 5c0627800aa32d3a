//! W201 and its kin W211 to W214: verse that does not rhyme when it is spoken, or falls out of its metre.
//!
//! Refuses: bulletins without verse, without a look at them.
//! Invariant: what is found in a file is a pure function of its text, of the site's readings and of `verse:` in `site.yaml`.

use crate::diag::{Code, Diagnostic, FileId, Message, Sink, Span, codes};
use crate::lint::{Lint, Site};
use crate::model::Model;
use crate::model::entry::Entry;
use crate::model::own::Own;
use crate::source::Derived;
use crate::source::doc::{BlockKind, Verse};
use crate::source::outline::BlockSort;
use crate::source::walk::{Visit, walk};
use crate::text::pinyin::marked;
use crate::text::rhyme::Pitch;
use crate::text::rhymes;
use crate::text::verse::{Custom, Defect, Finding, Form, MOST_LINES, Report, examine};
use rayon::prelude::*;

/// The lint.
pub struct BrokenRhyme;

impl Lint for BrokenRhyme {
    fn code(&self) -> Code {
        codes::BROKEN_RHYME
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        let model = site.model;
        let custom = custom(model);
        let derived = Derived::new(&model.sources, "verse", blake3::hash(format!("{custom:?}").as_bytes()));
        let found = model.entries.par_iter().map(|entry| {
            if !entry.outline.blocks.hold(BlockSort::Verse) {
                return Vec::new();
            }
            let form = form(entry);
            derived.of(entry.file, format!("{form:?}").as_bytes(), || of(model, entry.file, form, &custom))
        });
        let found: Vec<Vec<Diagnostic>> = found.collect();
        found.into_iter().flatten().for_each(|finding| sink.report(finding));
    }
}

/// How this site judges verse.
pub fn custom(model: &Model) -> Custom {
    let verse = &model.config.verse;
    Custom { scheme: verse.scheme, mergers: verse.mergers.clone(), own: model.words.readings.clone() }
}

/// The form that front matter names.
pub fn form(entry: &Entry) -> Option<Form> {
    match &entry.meta.own {
        Own::Verse { form, .. } => form.as_deref().and_then(Form::named),
        _ => None,
    }
}

/// What is wrong in the verses of a file.
fn of(model: &Model, file: FileId, form: Option<Form>, custom: &Custom) -> Vec<Diagnostic> {
    let tree = model.sources.tree(file);
    let mut found = Vec::new();
    walk(&tree, &mut |visit| {
        if let Visit::Block(block) = visit
            && let BlockKind::Verse(verse) = &block.kind
        {
            found.extend(of_verse(&tree.text, verse, form, custom));
        }
    });
    found
}

fn of_verse(text: &str, verse: &Verse, form: Option<Form>, custom: &Custom) -> Vec<Diagnostic> {
    if verse.length() > MOST_LINES {
        return Vec::new();
    }
    let stanzas: Vec<Vec<Span>> =
        verse.stanzas.iter().map(|stanza| stanza.lines.iter().map(|line| line.span).collect()).collect();
    judged(text, &stanzas, form, custom).1
}

/// A verse judged, and each of its findings as it is told; `stanzas` are the places of its lines in `text`.
pub fn judged(
    text: &str,
    stanzas: &[Vec<Span>],
    form: Option<Form>,
    custom: &Custom,
) -> (Report, Vec<Diagnostic>) {
    let lines: Vec<Span> = stanzas.iter().flatten().copied().collect();
    let said: Vec<Vec<&str>> =
        stanzas.iter().map(|lines| lines.iter().map(|line| &text[line.range()]).collect()).collect();
    let report = examine(&said, form, custom);
    let told = report.findings.iter().map(|finding| diagnostic(finding, &lines, text, custom)).collect();
    (report, told)
}

/// Three words for a line that has a finding about how it ends.
pub fn suggestions(finding: &Finding, line: &str, custom: &Custom) -> Vec<&'static str> {
    match finding.defect {
        Defect::Length { .. } | Defect::Lines { .. } => Vec::new(),
        // A line between the rhymes needs no rhyme, and asks for an oblique tone.
        Defect::Level => rhymes::suggestions(custom.scheme, None, Pitch::Oblique, line),
        _ => rhymes::suggestions(custom.scheme, finding.group, Pitch::Level, line),
    }
}

fn diagnostic(finding: &Finding, lines: &[Span], text: &str, custom: &Custom) -> Diagnostic {
    let line = lines[finding.line];
    let start = line.range().start;
    let place = Span::new(line.file, start + finding.place.start..start + finding.place.end);
    let (c, pinyin, ends) = finding.ends.as_ref().map_or_else(Default::default, |(syllable, group)| {
        (syllable.c.to_string(), marked(syllable.reading.as_deref().unwrap_or_default()), *group)
    });
    let group = finding.group.unwrap_or_default();
    let fellows: Vec<String> = finding.fellows.iter().take(3).map(char::to_string).collect();
    let with = |id: &'static str| {
        Message::new(id)
            .with("char", &c)
            .with("pinyin", &pinyin)
            .with("ends", ends)
            .with("group", group)
            .with("fellows", fellows.join("、"))
    };
    let words = || suggestions(finding, &text[line.range()], custom).join("、");
    let hint = |doubtful: &'static str, plain: &'static str| {
        let hint = match finding.doubt {
            Some(doubt) => with(doubtful).with("reading", marked(doubt)),
            None => with(plain),
        };
        hint.with("words", words())
    };
    let told = |code, message, hint: Message| Diagnostic::new(code, message).at(place).hint(hint);
    match &finding.defect {
        Defect::Rhyme => {
            told(codes::BROKEN_RHYME, with("verse-rhyme"), hint("verse-doubt-hint", "verse-rhyme-hint"))
        }
        Defect::Neutral => {
            told(codes::BROKEN_RHYME, with("verse-neutral"), with("verse-rhyme-hint").with("words", words()))
        }
        Defect::Local => {
            told(codes::LOCAL_RHYME, with("verse-local"), with("verse-rhyme-hint").with("words", words()))
        }
        Defect::Oblique => {
            let id = if fellows.is_empty() { "verse-oblique-alone" } else { "verse-oblique" };
            told(codes::RHYME_TONE, with(id), hint("verse-doubt-hint", "verse-rhyme-hint"))
        }
        Defect::Level => {
            let hint = hint("verse-level-doubt-hint", "verse-level-hint");
            told(codes::RHYME_TONE, with("verse-level"), hint)
        }
        Defect::Lines { lines } => told(
            codes::VERSE_LENGTH,
            Message::new("verse-lines").with("lines", lines),
            Message::new("verse-lines-hint"),
        ),
        Defect::Repeated { .. } => told(
            codes::REPEATED_RHYME,
            with("verse-repeated"),
            with("verse-rhyme-hint").with("words", words()),
        ),
        Defect::Length { syllables, range, usual } => told(
            codes::VERSE_LENGTH,
            match usual {
                Some(usual) => {
                    Message::new("verse-length-usual").with("syllables", syllables).with("usual", usual)
                }
                None => Message::new("verse-length").with("syllables", syllables),
            },
            Message::new("verse-length-hint").with("least", range.start()).with("most", range.end()),
        ),
    }
}

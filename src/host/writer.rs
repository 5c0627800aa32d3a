//! The writer's view: beside a page with verse, what its lines rhyme on, their tones and lengths, the lines that fail, and words for them.
//!
//! It is worked out when a page is asked for, since a site may have a thousand verses and a writer looks at one. Colours only repeat what
//! letters say.
//!
//! Refuses: to be published; the preview puts it into its answers alone.
//! Invariant: it says of a line what `yuanba check` says, for both ask the same function.

use crate::diag::{Catalogue, FileId, Language, Message, Span};
use crate::lint::rules::broken_rhyme::{custom, form, judged, suggestions};
use crate::model::Model;
use crate::output::html::push_text;
use crate::source::doc::{BlockKind, Verse};
use crate::source::outline::BlockSort;
use crate::source::walk::{Visit, walk};
use crate::text::rhyme::{Pitch, Sound};
use crate::text::verse::{Custom, Form, MOST_LINES, Report, Spoken};
use crate::world::OutPath;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

/// Letters of rhyme groups; a verse with more of them begins again.
const LETTERS: &[u8] = b"ABCDEF";

/// What writers see beside the pages of a site.
#[derive(Clone, Default)]
pub struct Writer {
    verses: Arc<BTreeMap<OutPath, Vec<Lines>>>,
    custom: Arc<Custom>,
    language: Language,
}

/// A verse as it is written.
#[derive(Clone)]
struct Lines {
    text: String,
    stanzas: Vec<(Option<String>, Vec<Span>)>,
    form: Option<Form>,
}

impl Writer {
    /// Its style.
    pub const STYLE: &str = include_str!("writer.css");

    /// Takes in a build: of the pages that it made anew, what verse they show now.
    pub fn follow(&mut self, model: &Model, made: &[OutPath], language: Language) {
        self.language = language;
        self.custom = Arc::new(custom(model));
        let made: BTreeSet<&OutPath> = made.iter().collect();
        let mut verses = BTreeMap::new();
        for entry in model.entries.iter().filter(|entry| entry.outline.blocks.hold(BlockSort::Verse)) {
            let Ok(page) = OutPath::new(&format!("{}index.html", entry.address.trim_start_matches('/')))
            else {
                continue;
            };
            let kept = self.verses.get(&page).filter(|_| !made.contains(&page));
            let lines = kept.cloned().unwrap_or_else(|| {
                let tree = model.sources.tree(entry.file);
                let mut found = Vec::new();
                walk(&tree, &mut |visit| {
                    if let Visit::Block(block) = visit
                        && let BlockKind::Verse(verse) = &block.kind
                    {
                        found.push(Lines::of(verse, &tree.text, form(entry)));
                    }
                });
                found
            });
            verses.insert(page, lines);
        }
        self.verses = Arc::new(verses);
    }

    /// What stands beside a page; none where it has no verse.
    pub fn view(&self, page: &OutPath) -> Option<String> {
        let verses = self.verses.get(page).filter(|verses| !verses.is_empty())?;
        let mut view = View { words: Catalogue::of(self.language), custom: &self.custom, out: String::new() };
        let judged: Vec<_> = verses.iter().map(|lines| (lines, lines.judged(&self.custom))).collect();
        let count: usize = judged.iter().map(|(_, (_, told))| told.len()).sum();
        view.out.push_str("<section id=\"yuanba-writer\" aria-labelledby=\"yuanba-writer-title\"><h2 id=\"yuanba-writer-title\">");
        view.say(&Message::new("serve-writer"));
        view.out.push_str("</h2><p>");
        view.say(&Message::new("serve-writer-about").with("count", count));
        view.out.push_str("</p>");
        for (lines, (report, told)) in &judged {
            view.verse(lines, report, told);
        }
        view.out.push_str("</section>");
        Some(view.out)
    }
}

/// A judged verse: what was found, and each finding's sentence and hint.
type Judged = (Report, Vec<(Message, Option<Message>)>);

impl Lines {
    fn of(verse: &Verse, source: &str, form: Option<Form>) -> Self {
        let mut text = String::new();
        let stanzas = verse.stanzas.iter().map(|stanza| {
            let lines = stanza.lines.iter().map(|line| {
                let start = text.len();
                text.push_str(&source[line.span.range()]);
                text.push('\n');
                Span::new(FileId(0), start..text.len() - 1)
            });
            let lines = lines.collect();
            (stanza.title.as_ref().map(|title| title.value.clone()), lines)
        });
        let stanzas = stanzas.take(MOST_LINES).collect();
        Self { text, stanzas, form }
    }

    fn judged(&self, custom: &Custom) -> Judged {
        let lines: Vec<Vec<Span>> = self.stanzas.iter().map(|(_, lines)| lines.clone()).collect();
        if lines.iter().map(Vec::len).sum::<usize>() > MOST_LINES {
            return Judged::default();
        }
        let (report, told) = judged(&self.text, &lines, self.form, custom);
        (report, told.into_iter().map(|finding| (finding.message, finding.hint)).collect())
    }
}

struct View<'v> {
    words: &'static Catalogue,
    custom: &'v Custom,
    out: String,
}

impl View<'_> {
    fn say(&mut self, message: &Message) {
        push_text(&self.words.format(message), &mut self.out);
    }

    fn verse(&mut self, lines: &Lines, report: &Report, told: &[(Message, Option<Message>)]) {
        let groups: Vec<&str> = report.stanzas.iter().flat_map(|stanza| stanza.groups.clone()).collect();
        let mut letters: BTreeMap<&str, usize> = BTreeMap::new();
        for group in groups {
            let next = letters.len();
            letters.entry(group).or_insert(next);
        }
        for ((title, spans), stanza) in lines.stanzas.iter().zip(&report.stanzas) {
            self.out.push_str("<table><caption>");
            push_text(title.as_deref().unwrap_or_default(), &mut self.out);
            self.out.push(' ');
            let rhymes: BTreeSet<&str> = stanza.groups.iter().copied().collect();
            for group in rhymes {
                self.group(group, &letters);
            }
            self.out.push_str("</caption><tr>");
            for head in
                ["serve-writer-line", "serve-writer-rhyme", "serve-writer-tones", "serve-writer-count"]
            {
                self.out.push_str("<th scope=\"col\">");
                self.say(&Message::new(head));
                self.out.push_str("</th>");
            }
            self.out.push_str("</tr>");
            for (number, span) in stanza.lines.clone().zip(spans) {
                self.line(number, &lines.text[span.range()], report, told, &letters);
            }
            self.out.push_str("</table>");
        }
    }

    /// A group by its letter and its name; one that the verse does not rhyme on has no letter.
    fn group(&mut self, group: &str, letters: &BTreeMap<&str, usize>) {
        match letters.get(group) {
            Some(number) => {
                let number = number % LETTERS.len();
                let letter = char::from(LETTERS[number]);
                let _ = write!(self.out, "<b class=\"g{number}\">{letter} ");
                push_text(group, &mut self.out);
                self.out.push_str("</b>");
            }
            None => push_text(group, &mut self.out),
        }
    }

    fn line(
        &mut self,
        number: usize,
        line: &str,
        report: &Report,
        told: &[(Message, Option<Message>)],
        letters: &BTreeMap<&str, usize>,
    ) {
        let spoken = &report.lines[number];
        let found = || report.findings.iter().zip(told).filter(|(finding, _)| finding.line == number);
        let place: Option<Range<usize>> = found().next().map(|(finding, _)| finding.place.clone());
        let _ = write!(self.out, "<tr{}><td>", if place.is_some() { " class=\"bad\"" } else { "" });
        match place {
            Some(place) => {
                push_text(&line[..place.start], &mut self.out);
                self.out.push_str("<mark>");
                push_text(&line[place.clone()], &mut self.out);
                self.out.push_str("</mark>");
                push_text(&line[place.end..], &mut self.out);
            }
            None => push_text(line, &mut self.out),
        }
        self.out.push_str("</td><td>");
        if let Some(ending) = spoken.ending().filter(|_| spoken.count() > 0 && !spoken.is_refrain()) {
            self.group(ending.group(self.custom.scheme), letters);
        }
        self.out.push_str("</td><td>");
        self.tones(spoken, line);
        let _ = write!(self.out, "</td><td>{}</td></tr>", spoken.count());
        for (finding, (message, hint)) in found() {
            self.out.push_str("<tr class=\"told\"><td colspan=\"4\"><p><b>✗</b> ");
            self.say(message);
            self.out.push_str("</p>");
            let words = suggestions(finding, line, self.custom);
            if words.is_empty() {
                if let Some(hint) = hint {
                    self.out.push_str("<p>");
                    self.say(hint);
                    self.out.push_str("</p>");
                }
            } else {
                self.out.push_str("<p>");
                self.say(&Message::new("serve-writer-words"));
                for word in words {
                    self.out.push_str(" <em>");
                    push_text(word, &mut self.out);
                    self.out.push_str("</em>");
                }
                self.out.push_str("</p>");
            }
            self.out.push_str("</td></tr>");
        }
    }

    /// 平 and 仄 of a line, with a stroke where the voice rests.
    fn tones(&mut self, spoken: &Spoken, line: &str) {
        let rest = spoken.caesura(line);
        for syllable in &spoken.syllables {
            if rest == Some(syllable.at) {
                self.out.push('｜');
            }
            let Some(sound) = syllable.reading.as_deref().and_then(Sound::of) else {
                self.out.push('·');
                continue;
            };
            self.out.push_str(match sound.pitch() {
                Pitch::Level => "<i class=\"level\">平</i>",
                Pitch::Oblique => "<i class=\"oblique\">仄</i>",
                Pitch::Neutral => "<i>轻</i>",
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(text: &str) -> String {
        let stanza = text.lines().scan(0, |at, line| {
            let span = Span::new(FileId(0), *at..*at + line.len());
            *at += line.len() + 1;
            Some(span)
        });
        let lines = Lines {
            text: text.to_owned(),
            stanzas: vec![(Some("<开场>".to_owned()), stanza.collect())],
            form: None,
        };
        let page = OutPath::new("verse/a/index.html").expect("a path");
        let writer = Writer { verses: Arc::new([(page.clone(), vec![lines])].into()), ..Writer::default() };
        writer.view(&page).expect("it has a verse")
    }

    #[test]
    fn letters_stand_beside_colours_and_the_line_that_fails_has_three_words() {
        let html = view("竹板打，响连天，\n宣传法治到田间。\n陌生链接不要点，\n家里老人来帮<忙。");
        assert!(html.contains("&lt;开场&gt; <b class=\"g0\">A 言前</b>"), "{html}");
        assert!(html.contains("<td><b class=\"g0\">A 言前</b></td>"), "{html}");
        assert!(html.contains("帮&lt;<mark>忙</mark>"), "{html}");
        assert!(html.contains("<td>江阳</td>"), "a group that the verse does not rhyme on: {html}");
        assert_eq!(html.matches("<em>").count(), 3, "{html}");
        assert!(
            html.contains(
                "｜<i class=\"oblique\">仄</i><i class=\"oblique\">仄</i><i class=\"oblique\">仄</i>"
            ),
            "{html}"
        );
    }

    #[test]
    fn a_sound_verse_has_nothing_to_mend() {
        let html = view("竹板打，响连天，\n宣传法治到田间。");
        assert!(!html.contains("<mark>") && !html.contains("✗") && html.contains("没有要改的"), "{html}");
        let none = OutPath::new("index.html").expect("a path");
        assert!(Writer::default().view(&none).is_none());
    }
}

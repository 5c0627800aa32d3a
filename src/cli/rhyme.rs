//! `yuanba rhyme`.
//!
//! Refuses: groups that do not exist, naming those that do.
//! Invariant: results are ordered by fitness alone; the JSON form is one object a line.

use super::terminal::Terminal;
use super::{Common, Ending};
use crate::diag::Message;
use crate::text::rhyme::{Pitch, Scheme};
use crate::text::rhymes::{Question, Rhyme, rhymes};
use crate::text::verse::Spoken;
use clap::ValueEnum;
use std::collections::BTreeMap;

/// Options of `rhyme`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 词：找和它押韵的；写了 --group，就找那个韵部里和它有关的 / words to rhyme with, or the topic where --group is given
    words: Vec<String>,
    /// 韵部，如 言前 / a rhyme group
    #[arg(long, short, value_name = "GROUP")]
    group: Option<String>,
    /// 平声还是仄声 / the tone of the last character
    #[arg(long, short, value_enum)]
    tone: Option<Tone>,
    /// 几个字 / how many syllables
    #[arg(long, short = 'n', value_name = "N")]
    syllables: Option<usize>,
    /// 用哪一种韵：十三辙、中华新韵、中华通韵 / the division into groups
    #[arg(long, default_value = "十三辙", value_name = "SCHEME", value_parser = parse_scheme)]
    scheme: Scheme,
    /// 最多列几个 / how many are listed
    #[arg(long, default_value_t = 40, value_name = "N")]
    limit: usize,
    /// 输出格式 / form of the results
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Tones of a verse.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Tone {
    /// 平声
    #[value(alias = "平", alias = "平声")]
    Level,
    /// 仄声
    #[value(alias = "仄", alias = "仄声")]
    Oblique,
}

/// Forms of the results.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// 一行一个词
    Text,
    /// 一行一个 JSON
    Json,
}

fn parse_scheme(name: &str) -> Result<Scheme, String> {
    let names: Vec<&str> = Scheme::NAMES.iter().map(|(name, _)| *name).collect();
    Scheme::named(name).ok_or_else(|| names.join("、"))
}

/// Runs it.
pub fn run(common: &Common, args: &Args) -> Ending {
    let terminal = Terminal::new(common);
    let scheme = args.scheme;
    if args.words.is_empty() && args.group.is_none() {
        terminal.complain(&Message::new("rhyme-nothing-asked"));
        return Ending::Usage;
    }
    let wanted = match args.group.as_deref().map(|name| (name, scheme.group_named(name))) {
        Some((name, None)) => {
            let known = Message::new("rhyme-unknown-group").with("group", name);
            let small = Scheme::SMALL.iter().filter(|_| scheme == Scheme::Thirteen);
            let names: Vec<&str> = scheme.groups().iter().chain(small).copied().collect();
            terminal.complain(&known.with("groups", names.join("、")));
            return Ending::Usage;
        }
        other => other.and_then(|(_, group)| group),
    };
    let asked: Vec<Option<&str>> = if args.words.is_empty() {
        vec![None]
    } else {
        args.words.iter().map(|word| Some(word.as_str())).collect()
    };
    let mut any = false;
    for about in asked {
        let group = match (wanted, about) {
            (Some(group), _) => group,
            (None, Some(word)) => match heading(&terminal, word, scheme, matches!(args.format, Format::Text))
            {
                Some(group) => group,
                None => return Ending::Usage,
            },
            (None, None) => continue,
        };
        let pitch = args.tone.map(|tone| match tone {
            Tone::Level => Pitch::Level,
            Tone::Oblique => Pitch::Oblique,
        });
        let found = rhymes(&Question { scheme, group: Some(group), pitch, syllables: args.syllables, about });
        any |= !found.is_empty();
        found.iter().take(args.limit).for_each(|rhyme| show(&terminal, rhyme, args.format));
    }
    if !any {
        terminal.say(&Message::new("rhyme-none"));
    }
    Ending::Done
}

/// Says how a word ends; gives its group.
fn heading(terminal: &Terminal, word: &str, scheme: Scheme, aloud: bool) -> Option<&'static str> {
    let spoken = Spoken::of(word, &BTreeMap::new());
    let ends = word
        .chars()
        .next_back()
        .is_some_and(|c| c == '}' || spoken.syllables.last().is_some_and(|last| last.c == c));
    let Some(ending) = spoken.ending_as_said().filter(|one| ends && one.sound.group(scheme).is_some()) else {
        terminal.complain(&Message::new("rhyme-not-chinese").with("word", word));
        return None;
    };
    let (sound, group) = (&ending.sound, ending.group(scheme));
    let tone = terminal.words(&Message::new(match sound.pitch() {
        Pitch::Level => "rhyme-level",
        Pitch::Oblique => "rhyme-oblique",
        Pitch::Neutral => "rhyme-neutral",
    }));
    let heading = Message::new("rhyme-heading").with("word", word).with("pinyin", spoken.pinyin());
    if aloud {
        terminal.say(&heading.with("group", group).with("tone", tone));
    }
    Some(group)
}

fn show(terminal: &Terminal, rhyme: &Rhyme, format: Format) {
    match format {
        Format::Text => terminal.print(&format!("{}\t{}\t{}", rhyme.word, rhyme.pinyin, rhyme.topic)),
        Format::Json => {
            terminal.print(&serde_json::to_string(rhyme).expect("names and numbers are JSON"));
        }
    }
}

//! What `tabulate` tells staff: what it understood, or what stands in the way.
//!
//! Refuses: anything of a row, but for the cell that a problem names.
//! Invariant: what was not counted is told with its number, never left out in silence.

use super::Terminal;
use crate::diag::Message;
use crate::register::amount::in_yuan;
use crate::register::book::Unreadable;
use crate::register::identity::Sort;
use crate::register::letters;
use crate::register::tabulate::result::{Counted, CountedDimension};
use crate::register::tabulate::{Problems, write};
use crate::world::shown;
use std::path::Path;

/// Categories that are listed with their counts; longer lists are cut.
const LISTED: usize = 40;

/// Says what was understood of a register: sheet, rows, columns, categories.
pub fn understood(terminal: &Terminal, counted: &Counted, sheet: &str) {
    let seen = &counted.seen;
    let say = |message: Message| terminal.say(&message);
    let (first, last) = seen.header;
    say(Message::new("register-understood-sheet")
        .with("sheet", sheet)
        .with("first", first)
        .with("rows", last - first + 1));
    say(Message::new("register-understood-rows")
        .with("first", seen.rows.0)
        .with("last", seen.rows.1)
        .with("count", counted.total()));
    say(Message::new("register-understood-lines").with("lines", seen.lines).with("cases", seen.cases));
    if let Some((column, name)) = &seen.counts {
        say(Message::new("register-understood-counts")
            .with("column", letters(*column))
            .with("name", name)
            .with("count", counted.total()));
    }
    if let Some((from, to)) = seen.days {
        say(Message::new("register-understood-days").with("from", from).with("to", to));
    }
    let skipped = [
        ("register-skipped-sums", &seen.sums),
        ("register-skipped-headers", &seen.headers),
        ("register-skipped-notes", &seen.notes),
    ];
    for (id, rows) in skipped.into_iter().filter(|(_, rows)| !rows.is_empty()) {
        say(Message::new(id).with("count", rows.len()).with("rows", listed(rows)));
    }
    for (id, count) in [
        ("register-skipped-outside", seen.outside),
        ("register-skipped-hidden", seen.hidden),
        ("register-counted-blanks", seen.blanks),
    ] {
        if count > 0 {
            say(Message::new(id).with("count", count));
        }
    }
    for one in &counted.dimensions {
        dimension(terminal, one);
    }
    for (at, sum) in counted.sums.iter().enumerate() {
        say(Message::new("register-understood-sum")
            .with("column", letters(sum.column))
            .with("name", &sum.header)
            .with("total", in_yuan(counted.sum(at))));
    }
    let tells = |sort: &Sort| !matches!(sort, Sort::Number | Sort::Story);
    let (persons, others): (Vec<_>, Vec<_>) =
        seen.unread.iter().partition(|(_, sort)| sort.as_ref().is_some_and(tells));
    for (id, columns) in [("register-unread-persons", persons), ("register-unread", others)] {
        if !columns.is_empty() {
            let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
            say(Message::new(id).with("columns", names.join("、")));
        }
    }
}

/// Numbers of rows, those that follow one another as a range; no row is left out.
fn listed(rows: &[u32]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for row in rows {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == *row => *last = *row,
            _ => ranges.push((*row, *row)),
        }
    }
    let range = |(first, last): (u32, u32)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}、{last}"),
        _ => format!("{first}—{last}"),
    };
    ranges.into_iter().map(range).collect::<Vec<_>>().join("、")
}

fn dimension(terminal: &Terminal, one: &CountedDimension) {
    let say = |message: Message| terminal.say(&message);
    let codes = one.codes.iter().filter(|code| one.time.is_none() || code.count > 0);
    let mut listed: Vec<String> =
        codes.clone().take(LISTED).map(|code| format!("{} {}", code.label, code.count)).collect();
    let more = codes.count().saturating_sub(LISTED);
    if more > 0 {
        listed.push(terminal.words(&Message::new("register-more-codes").with("count", more)));
    }
    say(Message::new("register-understood-dimension")
        .with("column", letters(one.column))
        .with("name", &one.header)
        .with("key", &one.key)
        .with("codes", listed.join("，")));
    if one.areas {
        say(Message::new("register-areas"));
    }
    if one.folded > 0 {
        say(Message::new("register-folded").with("count", one.folded));
    }
    for (from, to, count) in &one.merged {
        say(Message::new("register-merged").with("from", from).with("to", to).with("count", count));
    }
    if !one.alike.is_empty() {
        let pairs: Vec<String> = one.alike.iter().map(|(a, b)| format!("“{a}”和“{b}”")).collect();
        terminal
            .complain(&Message::new("register-alike").with("pairs", pairs.join("、")).with("key", &one.key));
        for line in write::merge_lines(one).lines() {
            terminal.complain(&Message::new("register-yaml-line").with("line", format!("    {line}")));
        }
    }
}

/// Says which cells and columns stand in the way, each reason once.
pub fn problems(terminal: &Terminal, problems: &Problems) {
    let mut last = None;
    for problem in &problems.told {
        terminal.complain(&problem.message);
        if problem.hint != last {
            problem.hint.iter().for_each(|hint| terminal.complain(hint));
            last.clone_from(&problem.hint);
        }
    }
    let more = problems.count - problems.told.len() as u64;
    if more > 0 {
        terminal.complain(&Message::new("register-more").with("count", more));
    }
    terminal.complain(&Message::new("register-nothing-written"));
}

/// Says why a register cannot be read at all.
pub fn unreadable(terminal: &Terminal, path: &Path, error: &Unreadable) {
    let message = match error {
        Unreadable::Locked => Message::new("register-locked"),
        Unreadable::WebPage => Message::new("register-web-page"),
        Unreadable::Binary => Message::new("register-binary"),
        Unreadable::Other => Message::new("register-other-file"),
        Unreadable::Nothing => Message::new("register-nothing"),
        Unreadable::Damaged => Message::new("register-damaged"),
        Unreadable::NoText(line) => Message::new("register-no-text").with("line", line),
        Unreadable::OpenQuote(line) => Message::new("register-open-quote").with("line", line),
        Unreadable::Swallowed(line, lines) => {
            Message::new("register-swallowed").with("line", line).with("lines", lines)
        }
        Unreadable::Shifted(line, cells, usual) => {
            Message::new("register-shifted").with("line", line).with("cells", cells).with("usual", usual)
        }
        Unreadable::Disk(reason) => Message::new("register-cannot-open").with("reason", reason),
    };
    terminal.complain(&message.with("path", shown(path)));
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_row_that_was_not_counted_is_named() {
        assert_eq!(super::listed(&[3]), "3");
        assert_eq!(super::listed(&[3, 4, 9]), "3、4、9");
        let many: Vec<u32> = (1..=11).map(|at| at * 10).collect();
        assert_eq!(super::listed(&many).split('、').count(), 11);
        assert_eq!(super::listed(&[5, 6, 7, 8, 20]), "5—8、20");
    }
}

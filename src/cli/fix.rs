//! `yuanba check --fix`: mends that are sure, shown, then made.
//!
//! Refuses: to change a file that nobody has said yes to, one that is not UTF-8, and one that changed since it was read.
//! Invariant: a file is replaced as a whole or not at all; bytes outside of the mends stay. No datum is shown whole, in the old line either.

use super::Ending;
use super::terminal::Terminal;
use crate::desk::mend::{self, File};
use crate::diag::{Diagnostic, Files, LineIndex, Message, covered};
use crate::source::Sources;
use crate::world::{DiskWorld, VPath, World, replace};
use std::io::{BufRead, IsTerminal};

/// What was asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// To be shown and asked.
    Each,
    /// To make all of them.
    Yes,
    /// To show them and change nothing.
    Dry,
}

/// What came of it.
pub enum Came {
    /// Mends were made.
    Mended,
    /// Nothing was changed.
    Nothing,
    /// A file could not be written.
    Failed(Ending),
}

/// Shows the mends of some findings, and makes those that are wanted.
pub fn run(
    terminal: &Terminal,
    world: &DiskWorld,
    sources: &Sources,
    found: &[Diagnostic],
    asked: Asked,
) -> Came {
    let files = mend::mends(found, sources);
    if files.is_empty() {
        terminal.say(&Message::new("cli-fix-nothing"));
        return Came::Nothing;
    }
    let mut made = 0;
    for file in &files {
        show(terminal, sources, found, file);
        let wanted = match asked {
            Asked::Yes => true,
            Asked::Dry => false,
            Asked::Each => ask(terminal, file),
        };
        if !wanted {
            continue;
        }
        match write(world, sources, file) {
            Ok(true) => made += file.mends.len(),
            Ok(false) => terminal.complain(&Message::new("cli-fix-not-now").with("path", &file.path)),
            Err(error) => {
                let message = Message::new("cli-fix-failed").with("path", &file.path);
                terminal.complain(&message.with("reason", error));
                return Came::Failed(Ending::Failed);
            }
        }
    }
    if asked == Asked::Dry {
        terminal.say(&Message::new("cli-fix-dry").with("files", files.len()));
        return Came::Nothing;
    }
    terminal.say(&Message::new("cli-fix-done").with("count", made));
    if made == 0 { Came::Nothing } else { Came::Mended }
}

/// The lines that change, before and after, as a difference.
fn show(terminal: &Terminal, sources: &Sources, found: &[Diagnostic], file: &File) {
    let text = sources.text(file.file);
    let hidden = covered(found, sources, file.file);
    let index = LineIndex::new(text);
    terminal.print(&format!("--- {}", file.path));
    let mut at = 0;
    while at < file.mends.len() {
        let start = file.mends[at].span.range().start;
        let first = index.position(start).line;
        let mut end = at;
        let mut last = first;
        // All mends that touch a line are shown on it.
        while let Some(mend) = file.mends.get(end) {
            if index.position(mend.span.range().start).line > last {
                break;
            }
            last = last.max(index.position(mend.span.range().end).line);
            end += 1;
        }
        let from = index.line(first).map_or(start, |line| line.start);
        let to = index.line(last).map_or(text.len(), |line| line.end);
        let mut new = String::new();
        let mut copied = from;
        for mend in &file.mends[at..end] {
            let place = mend.span.range();
            new.push_str(&hidden[copied..place.start]);
            new.push_str(&mend.text);
            copied = place.end;
        }
        new.push_str(&hidden[copied..to.max(copied)]);
        terminal.print(&format!("@@ {first} @@"));
        hidden[from..to].lines().for_each(|line| terminal.print(&format!("- {line}")));
        new.lines().for_each(|line| terminal.print(&format!("+ {line}")));
        at = end;
    }
}

/// Whether a file is to be changed; nobody to ask means no.
fn ask(terminal: &Terminal, file: &File) -> bool {
    if !std::io::stdin().is_terminal() {
        terminal.complain(&Message::new("cli-fix-nobody"));
        return false;
    }
    terminal.complain(&Message::new("cli-fix-ask").with("path", &file.path).with("count", file.mends.len()));
    says_yes()
}

/// Whether somebody at the terminal agrees to what a message asks; nobody to ask means no.
pub(super) fn agreed(terminal: &Terminal, question: &Message) -> bool {
    if !std::io::stdin().is_terminal() {
        return false;
    }
    terminal.complain(question);
    says_yes()
}

fn says_yes() -> bool {
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes" | "是" | "好" | "改")
}

/// Writes a file with its mends; false where it is not what was read, or not UTF-8.
fn write(world: &DiskWorld, sources: &Sources, file: &File) -> std::io::Result<bool> {
    let text = sources.text(file.file);
    let Ok(path) = VPath::new(&file.path) else { return Ok(false) };
    let Ok(bytes) = world.read(&path) else { return Ok(false) };
    let mark: &[u8] = if bytes.starts_with(b"\xef\xbb\xbf") { b"\xef\xbb\xbf" } else { b"" };
    if bytes[mark.len()..] != *text.as_bytes() {
        return Ok(false);
    }
    let mut new = mark.to_vec();
    new.extend_from_slice(mend::mended(text, &file.mends).as_bytes());
    replace::replace(&world.root().join(&file.path), &new)?;
    Ok(true)
}

//! What a build has to say of statistics: figures that no release holds, what is hidden that was printed, policies that
//! are softer than usual. And how a release is kept.
//!
//! Refuses: to write over a release. Invariant: a release is in the ledger with its digest, or not at all in the digests.

use super::Ending;
use super::terminal::Terminal;
use crate::diag::Message;
use crate::model::dataset::{DIGESTS, RELEASES};
use crate::statistics::safe::SafeData;
use crate::statistics::standing::Kept;
use crate::statistics::{digests, published};
use crate::world::path::fits_every_disk;
use crate::world::{OpenFolder, shown};
use jiff::civil::Date;
use std::io::{BufRead, ErrorKind, IsTerminal};
use std::path::Path;

/// Says what there is to say after a build, and offers to keep the release where somebody is there to answer.
pub fn after_build(terminal: &Terminal, safe: &SafeData, today: Date, root: &Path) {
    if safe.datasets().next().is_none() {
        return;
    }
    let kept = safe.kept();
    begin_digests(terminal, kept, root);
    kept.told().iter().for_each(|message| terminal.complain(message));
    if kept.standing.unreleased.is_empty() {
        return;
    }
    let asked = !terminal.quiet && std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if asked {
        terminal.complain(&Message::new("build-release-now"));
        let mut answer = String::new();
        let read = std::io::stdin().lock().read_line(&mut answer);
        if read.is_ok() && ["y", "yes", "是", "好", "要"].contains(&answer.trim().to_lowercase().as_str())
        {
            let _ = keep(terminal, kept, safe, root, ("", today));
        }
    }
}

/// Gives a site of before there were digests its own.
pub fn begin_digests(terminal: &Terminal, kept: &Kept, root: &Path) {
    if kept.lacking {
        let text = digests::text(&kept.digests);
        let written =
            OpenFolder::open(root).and_then(|root| root.within(RELEASES)?.create(DIGESTS, text.as_bytes()));
        match written {
            Ok(()) => {
                terminal.say(&Message::new("digests-begun").with("path", format!("{RELEASES}/{DIGESTS}")));
            }
            Err(error) => {
                let _ = failed(&root.join(RELEASES).join(DIGESTS), &error, terminal);
            }
        }
    }
}

/// Writes the release into the ledger; an empty name is today.
pub fn keep(
    terminal: &Terminal,
    kept: &Kept,
    safe: &SafeData,
    root: &Path,
    (name, today): (&str, Date),
) -> Ending {
    let name = if name.is_empty() { today.to_string() } else { name.to_owned() };
    let fit = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    if name.starts_with('.') || !name.chars().all(fit) || !fits_every_disk(&format!("{name}.json")) {
        terminal.complain(&Message::new("audit-release-name").with("name", name));
        return Ending::Usage;
    }
    let mut known = kept.digests.clone();
    let mut document = published::release(safe, &name);
    document[digests::AFTER] = digests::after(&known);
    let written = text(&document);
    known.insert(name.clone(), digests::digest(&written));
    let file = format!("{name}.json");
    // Never over an earlier one: what was published is what later releases are checked against. A release without its line
    // among the digests, after a power cut, is told at the next run with the line that it lacks.
    let written_down = OpenFolder::open(root).and_then(|root| root.within(RELEASES)).and_then(|folder| {
        folder.create(&file, written.as_bytes())?;
        folder.replace(DIGESTS, digests::text(&known).as_bytes())
    });
    match written_down {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            terminal.complain(&Message::new("audit-release-there").with("name", name));
            return Ending::Usage;
        }
        Err(error) => return failed(&root.join(RELEASES).join(file), &error, terminal),
    }
    terminal.say(&Message::new("audit-released").with("path", format!("{RELEASES}/{name}.json")));
    Ending::Done
}

/// A document on one line.
pub fn text(document: &serde_json::Value) -> String {
    let mut text = serde_json::to_string(document).expect("a document has keys that are text");
    text.push('\n');
    text
}

/// The disk refused.
pub fn failed(path: &Path, error: &std::io::Error, terminal: &Terminal) -> Ending {
    terminal.complain(&Message::new("audit-write-failed").with("path", shown(path)).with("error", error));
    Ending::Failed
}

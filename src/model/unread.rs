//! F434 and F435: files that look like bulletins and are not read, and bulletins where nobody will look for them.
//!
//! Refuses: to name what is used: a document that a bulletin links to is where it belongs.
//! Invariant: each such file is named once, with the mend.

use super::Model;
use super::files::{FileList, below_content};
use super::public_file::is_kept;
use crate::diag::{Diagnostic, FileId, Message, Sink, Span, codes};
use crate::source::front_matter;
use crate::world::{VPath, World, decode};
use std::collections::{BTreeMap, BTreeSet};

/// Endings of files that a word processor writes.
const WRITTEN: [&str; 8] = ["doc", "docx", "docm", "dotx", "wps", "wpt", "rtf", "odt"];

/// Reports them.
pub(super) fn check(model: &mut Model, files: &FileList, world: &dyn World, sink: &mut Sink) {
    unread(model, files, world, sink);
    without_section(model, sink);
    copies(model, sink);
}

fn unread(model: &mut Model, files: &FileList, world: &dyn World, sink: &mut Sink) {
    let waiting: BTreeSet<String> = model.held.iter().map(|held| held.path.parent().to_string()).collect();
    for path in files.assets.iter().filter(|path| !is_kept(path)) {
        let name = path.file_name();
        let Some((stem, ending)) = name.rsplit_once('.') else { continue };
        let lower = ending.to_ascii_lowercase();
        let finding = if matches!(lower.as_str(), "md" | "markdown" | "yaml" | "yml") {
            let stem = if matches!(stem.to_ascii_lowercase().as_str(), "index" | "_index") {
                stem.to_ascii_lowercase()
            } else {
                stem.to_owned()
            };
            Some(("unread-capital", format!("{stem}.{lower}")))
        } else if stem.to_ascii_lowercase().ends_with(".md") {
            Some(("unread-second-ending", stem.to_owned()))
        } else if lower == "txt" && is_bulletin(path, world) {
            Some(("unread-text", format!("{stem}.md")))
        } else if WRITTEN.contains(&lower.as_str())
            && !model.documents.contains_key(path)
            // A bulletin that waits may link to it.
            && !waiting.contains(&*path.parent().to_string())
        {
            Some(("unread-word", stem.to_owned()))
        } else {
            None
        };
        if let Some((id, mend)) = finding {
            let hint = match id {
                "unread-word" => Message::new("unread-word-hint"),
                _ => Message::new("unread-rename-hint"),
            };
            let span = Span::whole(model.sources_mut().intern(path));
            let message = Message::new(id).with("name", name);
            sink.report(Diagnostic::new(codes::UNREAD_FILE, message).at(span).hint(hint.with("mend", mend)));
        }
    }
}

/// Whether a text begins as bulletins do.
fn is_bulletin(path: &VPath, world: &dyn World) -> bool {
    let Ok(bytes) = world.read(path) else { return false };
    let Ok(text) = decode::decode(&bytes) else { return false };
    let (meta, _) = front_matter::split_and_parse(FileId(0), &text.text, &mut Sink::new());
    meta.is_some()
}

/// Bulletins in a folder of `content/` that says of itself nothing: no section, no menu leads to them.
fn without_section(model: &Model, sink: &mut Sink) {
    let mut folders: BTreeMap<&str, (FileId, usize)> = BTreeMap::new();
    for entry in &model.entries {
        let Some((top, _)) = below_content(&entry.path).split_once('/') else { continue };
        let section = &model.sections[entry.section.0 as usize];
        if top != "pages" && section.dir.is_empty() {
            folders.entry(top).or_insert((entry.file, 0)).1 += 1;
        }
    }
    for (folder, (file, count)) in folders {
        let names =
            || model.sections.iter().map(|section| section.dir.as_str()).filter(|dir| !dir.is_empty());
        let hint = match super::fields::nearest(folder, names()) {
            Some(near) => Message::new("no-section-hint").with("nearest", near),
            None => Message::new("no-section-none-hint"),
        };
        let message = Message::new("no-section").with("folder", folder).with("count", count);
        let hint = hint.with("folder", folder);
        sink.report(Diagnostic::new(codes::STRAY_BULLETIN, message).at(Span::whole(file)).hint(hint));
    }
}

/// Copies that a file manager made, with the title of the original.
fn copies(model: &Model, sink: &mut Sink) {
    let titled: BTreeMap<(&str, &str), &VPath> = model
        .entries
        .iter()
        .filter(|entry| !is_copy(own_name(&entry.path)))
        .map(|entry| ((entry.title(), model.sections[entry.section.0 as usize].dir.as_str()), &entry.path))
        .collect();
    for entry in model.entries.iter().filter(|entry| is_copy(own_name(&entry.path))) {
        let key = (entry.title(), model.sections[entry.section.0 as usize].dir.as_str());
        if let Some(original) = titled.get(&key) {
            let message = Message::new("copied-bulletin")
                .with("name", own_name(&entry.path))
                .with("original", *original);
            sink.report(
                Diagnostic::new(codes::STRAY_BULLETIN, message)
                    .at(entry.meta.title.span)
                    .hint(Message::new("copied-bulletin-hint")),
            );
        }
    }
}

/// The name that its author gave a bulletin: that of its folder, where it is the folder's `index.md`.
fn own_name(path: &VPath) -> &str {
    if path.stem() != "index" {
        return path.stem();
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    folder.rsplit_once('/').map_or(folder, |(_, name)| name)
}

/// Whether a file manager names copies so: `a - 副本`, `a (2)`, `a（1）`, `Copy of a`, `复制 a`.
fn is_copy(name: &str) -> bool {
    let lower = name.to_lowercase();
    let numbered = lower.trim_end_matches([')', '）']);
    let number = numbered.len() < lower.len()
        && numbered.rsplit_once(['(', '（']).is_some_and(|(before, n)| {
            !before.is_empty() && n.len() < 3 && !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit())
        });
    number
        || lower.contains("副本")
        || lower.ends_with(" copy")
        || lower.ends_with("- copy")
        || lower.starts_with("copy of ")
        || lower.starts_with("复制")
        || lower.ends_with("复制")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_copies() {
        for copy in ["a - 副本", "a - 副本 (2)", "a (2)", "甲（1）", "a - Copy", "Copy of a", "复制 甲"]
        {
            assert!(is_copy(copy), "{copy}");
        }
        for own in ["a", "a-2", "(1)", "第（十二）期", "2026（11月）", "a(100)"] {
            assert!(!is_copy(own), "{own}");
        }
        assert_eq!(own_name(&VPath::new("content/tips/a - 副本/index.md").unwrap()), "a - 副本");
    }
}

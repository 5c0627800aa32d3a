//! Whether the ledger is whole: `content/data/releases/digests.txt` has a line for each release, and each release names
//! those before it.
//!
//! Refuses: a release that was lost, edited, or cut; figures that were published stay published, whatever the file says.
//! Invariant: a site of before there were digests gets them once; after that a file without its line is told.

use crate::diag::{Diagnostic, Files, Message, Sink, Span, codes};
use crate::model::Collected;
use crate::world::VPath;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The key of a release under which those before it stand.
pub const AFTER: &str = "after";

/// Name and digest of releases, by name.
pub type Digests = BTreeMap<String, String>;

/// The digest of a release, the same on systems that end lines in another way.
pub fn digest(text: &str) -> String {
    blake3::hash(text.replace("\r\n", "\n").trim_end().as_bytes()).to_hex().to_string()
}

/// Those of the releases that are there.
pub fn present(model: &Collected) -> Digests {
    let releases = model.data.releases.iter();
    releases.map(|(path, file)| (name_of(path), digest(model.sources.text(*file)))).collect()
}

/// Whether the site has releases and no digests of them yet.
pub fn lacking(model: &Collected) -> bool {
    model.data.digests.is_none() && !model.data.releases.is_empty()
}

/// The file of digests.
pub fn text(digests: &Digests) -> String {
    let mut text = String::from(
        "# 各期发布的校验值，由 yuanba 写，请不要手改；Git 合并时两边的行都留下\n\
         # Digests of the releases, written by yuanba; where Git merges, keep the lines of both sides\n",
    );
    for (name, digest) in digests {
        let _ = writeln!(text, "{digest}  {name}");
    }
    text
}

/// What a new release says of those before it.
pub fn after(digests: &Digests) -> Value {
    json!(digests)
}

fn name_of(path: &VPath) -> String {
    let name = path.file_name();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

/// Looks for releases that were lost, edited or slipped in.
pub fn check(model: &Collected, sink: &mut Sink) {
    let present = present(model);
    let files: BTreeMap<String, _> =
        model.data.releases.iter().map(|(path, file)| (name_of(path), *file)).collect();
    // What the file of digests says, and what the releases say of each other.
    let mut known: BTreeMap<String, (String, Span)> = BTreeMap::new();
    for file in files.values() {
        let Ok(json) = serde_json::from_str::<Value>(model.sources.text(*file)) else { continue };
        for (name, digest) in json[AFTER].as_object().into_iter().flatten() {
            let digest = digest.as_str().unwrap_or_default().to_owned();
            known.entry(name.clone()).or_insert((digest, Span::new(*file, 0..0)));
        }
    }
    if let Some(file) = model.data.digests {
        let mut start = 0;
        for line in model.sources.text(file).split_inclusive('\n') {
            let span = Span::new(file, start..start + line.trim_end().len());
            start += line.len();
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match line.split_once("  ").filter(|(digest, _)| digest.len() == 64) {
                Some((digest, name)) => {
                    known.insert(name.trim().to_owned(), (digest.to_owned(), span));
                }
                None => sink.report(found(
                    span,
                    Message::new("release-digests-line"),
                    Message::new("release-digests-line-hint"),
                )),
            }
        }
    }
    for (name, (digest, span)) in &known {
        let told = |message| Message::new(message).with("name", name);
        match (present.get(name), files.get(name)) {
            (None, _) | (_, None) => {
                sink.report(found(*span, told("release-lost"), told("release-lost-hint")));
            }
            (Some(own), Some(file)) if own != digest => {
                let hint = told("release-edited-hint").with("digest", own);
                sink.report(
                    found(Span::new(*file, 0..0), told("release-edited"), hint)
                        .related(*span, Message::new("release-digest-here")),
                );
            }
            _ => {}
        }
    }
    // Without the file there is nothing that the releases could lack; it is written anew.
    if model.data.digests.is_some() {
        for (name, file) in files.iter().filter(|(name, _)| !known.contains_key(*name)) {
            let line = present.get(name).map_or("", String::as_str);
            let hint = Message::new("release-unlisted-hint").with("name", name).with("digest", line);
            sink.report(found(
                Span::new(*file, 0..0),
                Message::new("release-unlisted").with("name", name),
                hint,
            ));
        }
    }
}

fn found(span: Span, message: Message, hint: Message) -> Diagnostic {
    Diagnostic::new(codes::RELEASED_FIGURE, message).at(span).hint(hint)
}

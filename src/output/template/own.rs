//! The files that a site lays over the built-in theme, and what follows from them: its own interface texts, and the hashes by which
//! pages and sheets know that their theme changed.
//!
//! Refuses: files that are links into a kept place; an asset would be published as it is.
//! Invariant: a copy of an original that nobody has changed counts as the original.

use super::face::Face;
use super::texts::Texts;
use super::{builtin, original, texts};
use crate::diag::{Diagnostic, Message, Sink, Span, codes};
use crate::model::public_file::{self, is_kept};
use crate::model::reach;
use crate::source::Sources;
use crate::world::{Listed, VPath, World};
use blake3::Hash;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a site lays over the built-in theme, by path below the theme.
pub(super) type OwnFiles = BTreeMap<String, (VPath, Arc<[u8]>)>;

/// Whether a file of a theme belongs to handouts alone: a change of a sheet's template is no change of any page.
pub(super) fn is_print(below: &str) -> bool {
    below.starts_with("print/") || below.starts_with("fonts/")
}

/// The files that the site lays over the built-in theme.
pub(super) fn read_own(world: &dyn World, name: &str, sources: &mut Sources, sink: &mut Sink) -> OwnFiles {
    let mut files = OwnFiles::new();
    // A theme is a folder of `themes/`, named by its own name alone.
    let root = VPath::new(&format!("themes/{name}")).ok().filter(|_| !name.contains(['/', '\\']));
    let own = root.as_ref().map_or_else(Vec::new, |root| world.list(root));
    if own.is_empty() && name != "default" {
        sink.report(
            Diagnostic::new(codes::TEMPLATE_ERROR, Message::new("no-theme").with("theme", name))
                .hint(Message::new("no-theme-hint")),
        );
    }
    let Some(root) = root else { return files };
    for found in own {
        if let Ok(Listed { path, .. }) = &found {
            let origin = world.origin(path);
            if is_kept(&origin) {
                // An asset would be published as it is, and a template can include any other.
                sink.report(public_file::link_finding(sources.intern(path), path, &origin));
                continue;
            }
        }
        match found.and_then(|file| world.read(&file.path).map(|bytes| (file.path, bytes))) {
            Ok((path, bytes)) => {
                let below = path[root.len()..].trim_start_matches('/').to_owned();
                // The built-in theme's own folder, in the repository of this program, and copies that nobody has changed.
                if !original::is_unchanged(&below, &bytes) {
                    let id = sources.intern(&path);
                    if let Some(finding) = original::moved_on(&below, &bytes, Span::whole(id)) {
                        sink.report(finding);
                    }
                    files.insert(below, (path, bytes));
                }
            }
            Err(error) => sink.report(crate::source::file_finding(&error, sources)),
        }
    }
    files
}

/// Every asset, the site's own over the built-in ones.
pub(super) fn assets(own: &OwnFiles) -> BTreeMap<String, Cow<'static, [u8]>> {
    let name = |below: &str| below.strip_prefix("assets/").map(str::to_owned);
    let built_in =
        builtin::files().iter().filter_map(|(below, file)| Some((name(below)?, Cow::Borrowed(file.bytes))));
    let site = own.iter().filter_map(|(below, (_, bytes))| Some((name(below)?, Cow::Owned(bytes.to_vec()))));
    built_in.chain(site).collect()
}

/// A site's own interface texts, looked through.
pub(super) fn read_texts(
    path: &VPath,
    text: &str,
    own: &OwnFiles,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Option<Texts> {
    let id = sources.intern(path);
    sources.set_text(id, text.into());
    match texts::read(text.as_bytes()) {
        Ok(read) => {
            let asked = |name: &str| {
                own.iter().any(|(below, (_, bytes))| {
                    !below.starts_with("text.") && memchr::memmem::find(bytes, name.as_bytes()).is_some()
                })
            };
            let ours = builtin::interface("zh-CN").expect("it is part of the program");
            texts::odd(ours, &read, id, text, asked).into_iter().for_each(|finding| {
                sink.report(finding);
            });
            Some(read)
        }
        Err((words, at)) => {
            let at = at.min(text.len());
            sink.report(texts::finding(&words, Span::new(id, at..at)));
            None
        }
    }
}

/// Hash of everything that pages are made of.
pub(super) fn page_hash(own: &OwnFiles, face: &Face, office: reach::Office) -> Hash {
    let mut hashes: BTreeMap<&str, Hash> = builtin::files()
        .iter()
        .filter(|(below, _)| !is_print(below) && !own.contains_key(*below))
        .map(|(below, file)| (below.as_str(), file.hash()))
        .collect();
    let site = own.iter().filter(|(below, _)| !is_print(below));
    hashes.extend(site.map(|(below, (_, bytes))| (below.as_str(), blake3::hash(bytes))));
    hashes.insert(" face", face.hash());
    hashes.insert(" office", blake3::hash(format!("{office:?}").as_bytes()));
    hash_of(hashes.into_iter())
}

/// Hash of what handouts are made of, as far as it is the site's.
pub(super) fn print_hash(own: &OwnFiles) -> Hash {
    hash_of(
        own.iter()
            .filter(|(below, _)| is_print(below))
            .map(|(below, (_, bytes))| (below.as_str(), blake3::hash(bytes))),
    )
}

fn hash_of<'f>(files: impl Iterator<Item = (&'f str, Hash)>) -> Hash {
    let mut hasher = blake3::Hasher::new();
    for (below, hash) in files {
        hasher.update(below.as_bytes()).update(&[0]).update(hash.as_bytes());
    }
    hasher.finalize()
}

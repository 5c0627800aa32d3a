//! `content/addresses.yaml` on the disk: the one file of the content that the build writes.
//!
//! Refuses: writing where nothing changed, so that a build of an unchanged site leaves no difference in a repository.
//! Invariant: it is written whole or not at all, and before the output changes: what readers may find is noted.

use crate::diag::{FileId, Sink};
use crate::model::Model;
use crate::model::addresses::PATH;
use crate::world::{FileReason, SiteId, VPath, World, replace::replace};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// Which site it is: as its list of addresses says, else a new identity, which [`note`] writes there.
///
/// # Errors
/// Where the system has no random numbers to give.
pub fn identity(model: &Model) -> io::Result<SiteId> {
    model.book.site().map_or_else(SiteId::random, |known| Ok(known.clone()))
}

/// Notes the addresses of a model that is about to be published, in the file `list`, and gives the hash of the bytes that stand there then. None where the file is
/// not the one that the model was read from: somebody is editing it, and nothing is written over.
///
/// # Errors
/// Where the disk does not take the file.
pub fn note(world: &dyn World, list: &Path, model: &Model, site: SiteId) -> io::Result<Option<[u8; 32]>> {
    let present = bytes_hash(world);
    let read = model.book.read_from();
    if model.book.site() == Some(&site) && model.is_recorded() {
        return Ok((present == Some(read)).then_some(read));
    }
    let mut book = model.recorded();
    book.set_site(site);
    let text = book.to_text();
    let noted = *blake3::hash(text.as_bytes()).as_bytes();
    if present == Some(noted) {
        return Ok(Some(noted));
    }
    if present != Some(read) {
        return Ok(None);
    }
    replace(list, text.as_bytes()).map(|()| Some(noted))
}

/// Hash of the bytes of the list, nothing but noughts where there is none; none where it cannot be read.
///
/// A build writes the list itself. So whether it changed is told by its bytes: its time would say so after each build that added an address.
pub fn bytes_hash(world: &dyn World) -> Option<[u8; 32]> {
    match world.read(&VPath::new(PATH).ok()?) {
        Ok(bytes) => Some(*blake3::hash(&bytes).as_bytes()),
        Err(error) if error.reason == FileReason::NotFound => Some([0; 32]),
        Err(_) => None,
    }
}

/// Whether a site has a list of addresses.
pub fn is_noted(world: &dyn World) -> bool {
    VPath::new(PATH).is_ok_and(|path| world.read(&path).is_ok())
}

/// The highest pages of lists in an output that an earlier program wrote: `/tips/` has 7 where `/tips/page/7/` is.
#[expect(clippy::disallowed_methods, reason = "build/ touches the disk (DESIGN §3, rule 9)")]
pub fn published_pages(output: &Path) -> BTreeMap<String, usize> {
    let mut pages = BTreeMap::new();
    let folders = walkdir::WalkDir::new(output)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.file_type().is_dir());
    for entry in folders.flatten().filter(|entry| entry.file_name() == "page") {
        let Some(below) = entry.path().parent().and_then(|list| list.strip_prefix(output).ok()) else {
            continue;
        };
        let mut list = String::new();
        for part in below.components() {
            list.push_str(&part.as_os_str().to_string_lossy());
            list.push('/');
        }
        let numbers = std::fs::read_dir(entry.path()).into_iter().flatten().flatten();
        let last = numbers.filter_map(|one| one.file_name().to_str()?.parse::<usize>().ok()).max();
        if let Some(last) = last {
            pages.insert(format!("/{list}"), last);
        }
    }
    pages
}

/// The list of addresses of a site that begins as another: its addresses, and an identity of its own.
///
/// # Errors
/// Where the system has no random numbers to give.
pub fn for_new_site(bytes: &[u8]) -> io::Result<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut book = crate::model::addresses::read(FileId(0), &text, &mut Sink::new());
    book.set_site(SiteId::random()?);
    Ok(book.to_text())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "build/ touches the disk (DESIGN §3, rule 9)")]
mod tests {
    use super::*;
    use crate::build::prepare;
    use crate::model::collect::Options;
    use crate::source::Memo;
    use crate::world::{MemoryWorld, NoCache};

    fn world() -> MemoryWorld {
        let mut world = MemoryWorld::new("2026-11-24T08:00:00+08:00".parse().expect("a moment"));
        world.put("content/site.yaml", "title: 院坝\nbase_url: https://a.example.cn\n");
        world.put("content/tips/_index.md", "---\ntitle: 反诈\nkind: tip\n---\n");
        world.put("content/tips/a.md", "---\ntitle: 甲\ndate: 2026-10-01\n---\n\n正文。\n");
        world
    }

    /// Somebody saves the list, or a merge brings another, while a build is at work: what they wrote stays, and the build is told (F432).
    #[test]
    fn a_list_that_changed_meanwhile_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("addresses.yaml");
        let site = SiteId::random().unwrap();
        let read = world();
        let prepared = prepare(&read, &Memo::off(), &Options::default(), &NoCache, &mut Sink::new());

        let mut changed = world();
        changed.put(PATH, "/tips/b/: tips/b.md\n");
        assert_eq!(note(&changed, &list, &prepared.model, site.clone()).unwrap(), None);
        assert!(!list.exists(), "nothing was written");

        let noted = note(&read, &list, &prepared.model, site.clone()).unwrap().expect("it is as it was read");
        let written = std::fs::read(&list).unwrap();
        assert_eq!(*blake3::hash(&written).as_bytes(), noted);

        let mut same = world();
        same.put(PATH, String::from_utf8(written).unwrap());
        assert_eq!(
            note(&same, &list, &prepared.model, site).unwrap(),
            Some(noted),
            "another run wrote the same"
        );
    }
}

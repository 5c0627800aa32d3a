//! Addresses of folders and texts: the one that was published, else one made from the name.
//!
//! Refuses: making a new address where the owner has one, whatever readings say by now.
//! Invariant: addresses of folders depend on the set of folders, not on the order in which they are asked for.

use super::{AddressBook, Owner};
use crate::model::files::below_content;
use crate::text::pinyin;
use crate::world::VPath;
use std::collections::{BTreeMap, BTreeSet};

/// Gives addresses.
pub struct Namer<'a> {
    book: &'a AddressBook,
    /// Slugs of a site that has no list of addresses yet, by path: the memory of its earlier builds.
    kept: &'a BTreeMap<String, String>,
    readings: &'a BTreeMap<String, String>,
    folders: BTreeMap<String, String>,
    /// Addresses of folders in small letters.
    taken: BTreeSet<String>,
}

/// Where a text lies: its folder, and the name that its address is made from.
struct Named<'p> {
    dir: &'p str,
    stem: &'p str,
    /// The path that names it: its own, or its folder's where it is that folder's `index.md`.
    path: String,
}

impl<'a> Namer<'a> {
    /// With the folders that hold the given texts.
    pub fn new<'p>(
        book: &'a AddressBook,
        kept: &'a BTreeMap<String, String>,
        readings: &'a BTreeMap<String, String>,
        texts: impl Iterator<Item = &'p VPath>,
    ) -> Self {
        let folders = BTreeMap::from([(String::new(), "/".to_owned())]);
        let mut namer = Self { book, kept, readings, folders, taken: BTreeSet::new() };
        let mut dirs = BTreeSet::new();
        let mut last = "";
        for path in texts {
            let below = below_content(path);
            let dir = match below.rsplit_once('/') {
                Some((dir, name)) if name.starts_with("_index.") => dir,
                _ => named(path).dir,
            };
            // Neighbours in the order of paths share their folder.
            if dir != last {
                dirs.insert(dir);
                last = dir;
            }
        }
        // Folders that have an address come first: what is new makes way for them.
        let (known, new): (Vec<&str>, Vec<&str>) =
            dirs.into_iter().partition(|dir| book.current(&Owner::Section((*dir).to_owned())).is_some());
        known.into_iter().chain(new).for_each(|dir| namer.name_folder(dir));
        namer
    }

    fn name_folder(&mut self, dir: &str) {
        if self.folders.contains_key(dir) {
            return;
        }
        let owner = Owner::Section(dir.to_owned());
        let address = match self.book.current(&owner) {
            Some(known) => known.to_owned(),
            None => {
                let (above, name) = dir.rsplit_once('/').unwrap_or(("", dir));
                self.name_folder(above);
                let above = &self.folders[above];
                let slug = self.slug(&format!("content/{dir}"), name);
                let plain = format!("{above}{slug}/");
                let taken = self.book.owner(&plain).is_some_and(|line| line.owner != owner)
                    || self.taken.contains(&plain.to_lowercase());
                if taken { format!("{above}{slug}-{}/", short_hash(name)) } else { plain }
            }
        };
        self.taken.insert(address.to_lowercase());
        self.folders.insert(dir.to_owned(), address);
    }

    /// The address of a folder that holds texts.
    pub fn folder(&self, dir: &str) -> &str {
        self.folders.get(dir).map_or("/", String::as_str)
    }

    /// The address of a text, and the last part of it where that is new. `slug` is what its front matter says.
    pub fn text(&self, path: &VPath, slug: Option<&str>) -> String {
        let named = named(path);
        match (slug, self.book.current(&Owner::text(path))) {
            (Some(slug), _) => format!("{}{slug}/", self.folder(named.dir)),
            (None, Some(known)) => known.to_owned(),
            (None, None) => format!("{}{}/", self.folder(named.dir), self.slug(&named.path, named.stem)),
        }
    }

    /// A part of an address for a name: plain names stay, others get the slug they had, else one in pinyin.
    fn slug(&self, path: &str, name: &str) -> String {
        if name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.')) {
            return name.to_owned();
        }
        let slug = match self.kept.get(path) {
            Some(kept) => kept.clone(),
            None => pinyin::slug(name, self.readings),
        };
        if slug.is_empty() { name.to_owned() } else { slug }
    }
}

fn named(path: &VPath) -> Named<'_> {
    let below = below_content(path);
    let (dir, name) = below.rsplit_once('/').unwrap_or(("", below));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem == "index" && !dir.is_empty() {
        let (above, name) = dir.rsplit_once('/').unwrap_or(("", dir));
        return Named { dir: above, stem: name, path: format!("content/{dir}") };
    }
    Named { dir, stem, path: path.to_string() }
}

/// Six digits of a name's hash, which tell it from others that sound alike.
pub fn short_hash(name: &str) -> String {
    blake3::hash(name.as_bytes()).to_hex()[..6].to_owned()
}

//! The addresses that a site has published, each with whom it belongs to: `content/addresses.yaml`.
//!
//! People print addresses on sheets, as codes and in words. So an address that was published once is never given to
//! something else and never taken away: not when another tag sounds like this one, not when a reading changes, not when a
//! bulletin is removed, and not in a fresh clone of the site. The build writes the file; every command reads it.
//!
//! Refuses: giving an address of one owner to another, unless a bulletin takes it over by `aliases:`, which says so.
//! Invariant: the model that reads what a model has recorded is the same model.

mod file;
mod namer;
mod owner;
#[cfg(test)]
mod tests;

pub use file::{PATH, read};
pub use namer::{Namer, short_hash};
pub use owner::Owner;

use super::Model;
use super::entry::Entry;
use super::lists::ListKey;
use crate::diag::Span;
use crate::world::SiteId;
use std::collections::{BTreeMap, HashMap};

/// What an address is to its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bond {
    /// The owner stands there.
    Current,
    /// The owner stood there, or was given it by `aliases:`; the address leads to where the owner is now.
    Former,
    /// It is the last page of the owner, which is a list, so far.
    LastPage,
}

/// A line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whose address it is.
    pub owner: Owner,
    /// What it is to the owner.
    pub bond: Bond,
    /// Where it stands; none for a line that is not written yet.
    pub span: Option<Span>,
}

/// All addresses that were published.
#[derive(Clone, Debug, Default)]
pub struct AddressBook {
    site: Option<SiteId>,
    lines: BTreeMap<String, Line>,
    current: HashMap<Owner, String>,
    /// Addresses by how they compare, those that are written in another way: disks of Windows and macOS know no letter case.
    folded: HashMap<String, String>,
    last_pages: HashMap<Owner, usize>,
    read_from: [u8; 32],
}

impl AddressBook {
    /// The identity of the site, if it has one yet.
    pub fn site(&self) -> Option<&SiteId> {
        self.site.as_ref()
    }

    /// Gives the site an identity.
    pub fn set_site(&mut self, site: SiteId) {
        self.site = Some(site);
    }

    /// Hash of the bytes that it was read from; noughts where there was no file.
    pub fn read_from(&self) -> [u8; 32] {
        self.read_from
    }

    /// Says which bytes it was read from.
    pub(super) fn set_read_from(&mut self, bytes: &[u8]) {
        self.read_from = *blake3::hash(bytes).as_bytes();
    }

    /// Where an owner stands.
    pub fn current(&self, owner: &Owner) -> Option<&str> {
        self.current.get(owner).map(String::as_str)
    }

    /// Whose address it is, letter case aside.
    pub fn owner(&self, address: &str) -> Option<&Line> {
        if let Some(known) = self.lines.get(address) {
            return Some(known);
        }
        let lower = address.to_lowercase();
        if lower != address
            && let Some(known) = self.lines.get(&lower)
        {
            return Some(known);
        }
        self.lines.get(self.folded.get(&lower)?)
    }

    /// Puts a line into the book.
    fn insert(&mut self, address: &str, line: Line) {
        let lower = address.to_lowercase();
        if lower != address {
            self.folded.insert(lower, address.to_owned());
        }
        self.lines.insert(address.to_owned(), line);
    }

    /// Every address, sorted.
    pub fn lines(&self) -> impl Iterator<Item = (&str, &Line)> {
        self.lines.iter().map(|(address, line)| (address.as_str(), line))
    }

    /// The highest number of a page that a list ever had; 0 where it had one page only.
    pub fn last_page(&self, list: &Owner) -> usize {
        self.last_pages.get(list).copied().unwrap_or(0)
    }

    /// Notes an address. An owner's earlier one becomes a former one.
    fn set(&mut self, address: &str, owner: Owner, bond: Bond) {
        match bond {
            Bond::Current => {
                if let Some(before) = self.current.insert(owner.clone(), address.to_owned())
                    && before != address
                    && let Some(line) = self.lines.get_mut(&before)
                    && line.owner == owner
                {
                    line.bond = Bond::Former;
                }
            }
            Bond::LastPage => {
                let number = page_number(address).unwrap_or(1);
                let before = self.last_pages.insert(owner.clone(), number);
                if before.is_some() {
                    self.lines.retain(|_, line| line.bond != Bond::LastPage || line.owner != owner);
                }
            }
            Bond::Former => {}
        }
        let before = self.lines.get(address);
        let span = before.and_then(|line| line.span);
        if let Some(before) = before.filter(|before| before.bond == Bond::Current && before.owner != owner) {
            // Taken over: whoever had it stands nowhere.
            self.current.remove(&before.owner);
        }
        self.insert(address, Line { owner, bond, span });
    }

    /// Whether an address is noted as just this.
    fn has(&self, address: &str, owner: &Owner, bond: Bond) -> bool {
        match bond {
            Bond::Current => self.current(owner) == Some(address),
            _ => self.lines.get(address).is_some_and(|line| line.owner == *owner && line.bond == bond),
        }
    }

    /// Whether every address of a model is noted: publishing it leaves the book as it is.
    pub(super) fn covers(&self, model: &Model) -> bool {
        let mut covered = true;
        self.each(model, &mut |address, owner, bond| covered = covered && self.has(address, &owner, bond));
        covered
    }

    /// The book after this model was published.
    pub(super) fn record(&self, model: &Model) -> Self {
        let mut book = self.clone();
        self.each(model, &mut |address, owner, bond| {
            if !book.has(address, &owner, bond) {
                book.set(address, owner, bond);
            }
        });
        book
    }

    /// Shows every address of a model that is to be noted.
    fn each(&self, model: &Model, note: &mut dyn FnMut(&str, Owner, Bond)) {
        for section in model.sections.iter().filter(|section| !section.dir.is_empty()) {
            note(&section.address, Owner::Section(section.dir.clone()), Bond::Current);
        }
        for (key, list) in &model.lists {
            let Some(owner) = Owner::of_list(key) else { continue };
            if !matches!(key, ListKey::Section(_)) {
                note(&list.address, owner.clone(), Bond::Current);
            }
            if list.last_page() > self.last_page(&owner) {
                note(&list.page_address(list.last_page()), owner, Bond::LastPage);
            }
        }
        let published = |entry: &&Entry| !entry.draft;
        for entry in model.entries.iter().filter(published) {
            note(&entry.address, Owner::text(&entry.path), Bond::Current);
        }
        for (address, &ix) in &model.aliases {
            let entry = model.entry(ix);
            if published(&entry) {
                note(address, Owner::text(&entry.path), Bond::Former);
            }
        }
    }
}

/// The number of a page of a list: 3 of `/tips/page/3/`.
fn page_number(address: &str) -> Option<usize> {
    let (list, number) = address.trim_end_matches('/').rsplit_once('/')?;
    list.ends_with("/page").then(|| number.parse().ok())?
}

//! What follows from the entries as a whole: who has which address, which notices every page shows, what is coming.
//!
//! Refuses: two entries on one address, also by letter case; an address that was published for something else.
//! Invariant: everything here is in an order that the entries alone decide.

use super::addresses::{Bond, Line, Owner};
use super::entry::{Entry, EntryIx};
use super::stages::{Addressed, Entries, Grouped};
use super::{lists, neighbours};
use crate::diag::{Diagnostic, Message, Sink, Span, codes};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Gives every entry its address, once. The second bulletin on an address, also by letter case, is refused, and so is one
/// on an address that was published for something else, unless it takes it over by `aliases:`.
pub(super) fn addressed(read: Entries, sink: &mut Sink) -> Addressed {
    let mut settled = Settled::new(&read);
    let owners: Vec<Owner> = read.entries.iter().map(|entry| Owner::text(&entry.path)).collect();
    let all: Vec<EntryIx> = read.entries().map(|(ix, _)| ix).collect();
    // Whoever stood there before comes first: what is new is told that the address is taken.
    let stood = |ix: &EntryIx| {
        let entry = read.entry(*ix);
        read.book.current(&owners[ix.0 as usize]) == Some(entry.address.as_str())
    };
    let (known, new): (Vec<EntryIx>, Vec<EntryIx>) = all.iter().copied().partition(stood);
    for ix in known.into_iter().chain(new) {
        settled.own(ix, &owners[ix.0 as usize]);
    }
    for &ix in &all {
        settled.aliases(ix, &owners[ix.0 as usize]);
    }
    settled.former(&owners);
    let Settled { addresses, aliases, findings, .. } = settled;
    findings.into_iter().for_each(|finding| sink.report(finding));
    let held_addresses =
        read.held.iter().enumerate().rev().map(|(at, held)| (held.address.clone(), at)).collect();
    Addressed { addresses: addresses.into_iter().collect(), aliases, held_addresses, read }
}

/// Addresses as they are given out.
struct Settled<'m> {
    read: &'m Entries,
    addresses: Vec<(String, EntryIx)>,
    aliases: BTreeMap<String, EntryIx>,
    /// Who stands where, letter case aside; none for a section.
    holders: HashMap<Cow<'m, str>, Option<EntryIx>>,
    /// Bulletins that exist, published or held back; gathered when somebody asks, which is seldom.
    alive: OnceCell<HashSet<Owner>>,
    findings: Vec<Diagnostic>,
}

impl<'m> Settled<'m> {
    fn new(read: &'m Entries) -> Self {
        let sections = read.sections.iter().map(|section| (lower(&section.address), None));
        Self {
            read,
            addresses: Vec::with_capacity(read.entries.len()),
            aliases: BTreeMap::new(),
            holders: sections.collect(),
            alive: OnceCell::new(),
            findings: Vec::new(),
        }
    }

    /// Where an entry stands.
    fn own(&mut self, ix: EntryIx, owner: &Owner) {
        let read = self.read;
        let entry = read.entry(ix);
        let span = place(entry);
        let lowered = lower(&entry.address);
        if let Some(&first) = self.holders.get(&*lowered) {
            return self.taken(&entry.address, span, first);
        }
        if let Some(line) = self.reserved(&entry.address, owner)
            && !(Self::claims(entry) && self.may_take(line))
        {
            let line = line.clone();
            return self.was_given_away(entry, span, &line);
        }
        self.holders.insert(lowered, Some(ix));
        self.addresses.push((entry.address.clone(), ix));
    }

    /// The old addresses that an entry names.
    fn aliases(&mut self, ix: EntryIx, owner: &Owner) {
        let read = self.read;
        for alias in &read.entry(ix).meta.aliases {
            let address = alias_address(&alias.value);
            match self.holders.get(&*lower(&address)) {
                // Its own address among the old ones only says that it takes it over.
                Some(Some(first)) if *first == ix => continue,
                Some(&first) => {
                    self.taken(&address, alias.span, first);
                    continue;
                }
                None => {}
            }
            if let Some(line) = self.reserved(&address, owner).filter(|line| !self.may_take(line)) {
                let line = line.clone();
                self.was_given_away(read.entry(ix), alias.span, &line);
                continue;
            }
            self.holders.insert(Cow::Owned(address.to_lowercase()), Some(ix));
            self.aliases.insert(address, ix);
        }
    }

    /// Addresses where an entry stood before, as nobody else stands there now: they lead to it.
    fn former(&mut self, owners: &[Owner]) {
        let by_owner: OnceCell<HashMap<&Owner, EntryIx>> = OnceCell::new();
        let read = self.read;
        for (address, line) in read.book.lines() {
            // Nearly every address has somebody who stands there.
            let lowered = lower(address);
            if line.bond == Bond::LastPage || self.holders.contains_key(&*lowered) {
                continue;
            }
            let by_owner = by_owner.get_or_init(|| {
                owners.iter().zip(read.entries()).map(|(owner, (ix, _))| (owner, ix)).collect()
            });
            if let Some(&ix) = by_owner.get(&line.owner) {
                self.holders.insert(lowered, Some(ix));
                self.aliases.insert(address.to_owned(), ix);
            }
        }
    }

    /// The line of an address that was published for somebody else.
    fn reserved(&self, address: &str, owner: &Owner) -> Option<&'m Line> {
        self.read.book.owner(address).filter(|line| line.owner != *owner)
    }

    /// Whether an entry says that it takes over its own address.
    fn claims(entry: &Entry) -> bool {
        entry.meta.aliases.iter().any(|alias| alias_address(&alias.value) == entry.address)
    }

    /// Whether an address may be taken over by who names it: its owner is gone, or stands elsewhere by now.
    fn may_take(&self, line: &Line) -> bool {
        line.bond != Bond::Current || !self.alive().contains(&line.owner)
    }

    fn alive(&self) -> &HashSet<Owner> {
        let read = self.read;
        self.alive.get_or_init(|| {
            let texts =
                read.entries.iter().map(|entry| &entry.path).chain(read.held.iter().map(|held| &held.path));
            let folders = read.sections.iter().map(|section| Owner::Section(section.dir.clone()));
            texts.map(|path| Owner::text(path)).chain(folders).collect()
        })
    }

    fn taken(&mut self, address: &str, span: Span, first: Option<EntryIx>) {
        let mut finding =
            Diagnostic::new(codes::TAKEN_ADDRESS, Message::new("taken-address").with("address", address))
                .at(span)
                .hint(Message::new("taken-address-hint"));
        if let Some(first) = first.map(|first| self.read.entry(first)) {
            finding =
                finding.related(place(first), Message::new("first-on-address").with("path", &first.path));
        }
        self.findings.push(finding);
    }

    fn was_given_away(&mut self, entry: &Entry, span: Span, line: &Line) {
        let message =
            Message::new("address-given-away").with("address", &entry.address).with("owner", &line.owner);
        let mut finding = Diagnostic::new(codes::TAKEN_ADDRESS, message)
            .at(span)
            .hint(Message::new("address-given-away-hint").with("address", &entry.address));
        if let Some(place) = line.span {
            finding = finding.related(place, Message::new("addresses-first"));
        }
        self.findings.push(finding);
    }
}

/// An address in small letters.
fn lower(address: &str) -> Cow<'_, str> {
    let is_lower = address.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(address) } else { Cow::Owned(address.to_lowercase()) }
}

/// What names the address of an entry.
fn place(entry: &Entry) -> Span {
    entry.meta.slug.as_ref().map_or(entry.meta.title.span, |slug| slug.span)
}

/// An old address as an address of the site.
pub fn alias_address(alias: &str) -> String {
    let inner = alias.trim().trim_matches('/');
    if inner.is_empty() { "/".to_owned() } else { format!("/{inner}/") }
}

/// The notices that every page shows: in force, not taken back or changed by another, and graver than information or of limited time. What
/// informs without an end would stand there for ever.
pub(super) fn banner(model: &Grouped) -> Vec<EntryIx> {
    let replaced: BTreeSet<EntryIx> = model
        .entries()
        .filter(|(_, entry)| entry.notice().is_some())
        .filter_map(|(ix, _)| neighbours::replaces(model, ix))
        .collect();
    let mut banner: Vec<EntryIx> = model
        .entries()
        .filter(|(ix, entry)| entry.in_force(&model.now) && !replaced.contains(ix))
        .filter(|(_, entry)| {
            let grave = |notice: &super::own::Notice| notice.level > super::own::NoticeLevel::Info;
            entry.notice().is_some_and(|notice| grave(notice) || entry.meta.expires.is_some())
        })
        .map(|(ix, _)| ix)
        .collect();
    banner.sort_by_key(|&ix| {
        let entry = model.entry(ix);
        (
            std::cmp::Reverse(entry.notice().map(|notice| notice.level)),
            std::cmp::Reverse(entry.sort_key()),
            ix,
        )
    });
    banner
}

pub(super) fn pinned(model: &Grouped) -> Vec<EntryIx> {
    let all = &model.list(&lists::ListKey::All).entries;
    all.iter().copied().filter(|&ix| model.entry(ix).meta.pinned).collect()
}

pub(super) fn coming_meetings(model: &Grouped) -> Vec<EntryIx> {
    let mut coming: Vec<EntryIx> = model
        .entries()
        .filter(|(_, entry)| !entry.expired)
        .filter(|(_, entry)| entry.meeting_end().is_some_and(|end| !model.now.is_after(end)))
        .map(|(ix, _)| ix)
        .collect();
    coming.sort_by_key(|&ix| (model.entry(ix).meeting_start(), ix));
    coming
}

//! What follows from the entries as a whole: who has which address, which notices every page shows, what is coming.
//!
//! Refuses: two entries on one address, also by letter case; an address that was published for something else.
//! Invariant: everything here is in an order that the entries alone decide.

use super::addresses::{Bond, Line, Owner};
use super::entry::{Entry, EntryIx};
use super::{Model, lists, neighbours};
use crate::diag::{Diagnostic, Message, Sink, Span, codes};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Gives every entry its address, once. The second bulletin on an address, also by letter case, is refused, and so is one
/// on an address that was published for something else, unless it takes it over by `aliases:`.
pub(super) fn settle_addresses(model: &mut Model, sink: &mut Sink) {
    let mut settled = Settled::new(model);
    let owners: Vec<Owner> = model.entries.iter().map(|entry| Owner::text(&entry.path)).collect();
    let all: Vec<EntryIx> = model.entries().map(|(ix, _)| ix).collect();
    // Whoever stood there before comes first: what is new is told that the address is taken.
    let stood = |ix: &EntryIx| {
        let entry = model.entry(*ix);
        model.book.current(&owners[ix.0 as usize]) == Some(entry.address.as_str())
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
    (model.addresses, model.aliases) = (addresses, aliases);
    findings.into_iter().for_each(|finding| sink.report(finding));
}

/// Addresses as they are given out.
struct Settled<'m> {
    model: &'m Model,
    addresses: BTreeMap<String, EntryIx>,
    aliases: BTreeMap<String, EntryIx>,
    /// Who stands where, letter case aside; none for a section.
    holders: HashMap<String, Option<EntryIx>>,
    /// Bulletins that exist, published or held back.
    alive: HashSet<Owner>,
    findings: Vec<Diagnostic>,
}

impl<'m> Settled<'m> {
    fn new(model: &'m Model) -> Self {
        let sections = model.sections.iter().map(|section| (section.address.to_lowercase(), None));
        let texts =
            model.entries.iter().map(|entry| &entry.path).chain(model.held.iter().map(|held| &held.path));
        let folders = model.sections.iter().map(|section| Owner::Section(section.dir.clone()));
        Self {
            model,
            addresses: BTreeMap::new(),
            aliases: BTreeMap::new(),
            holders: sections.collect(),
            alive: texts.map(|path| Owner::text(path)).chain(folders).collect(),
            findings: Vec::new(),
        }
    }

    /// Where an entry stands.
    fn own(&mut self, ix: EntryIx, owner: &Owner) {
        let entry = self.model.entry(ix);
        let span = place(entry);
        if let Some(&first) = self.holders.get(&entry.address.to_lowercase()) {
            return self.taken(&entry.address, span, first);
        }
        if let Some(line) = self.reserved(&entry.address, owner)
            && !(Self::claims(entry) && self.may_take(line))
        {
            let line = line.clone();
            return self.was_given_away(entry, span, &line);
        }
        self.holders.insert(entry.address.to_lowercase(), Some(ix));
        self.addresses.insert(entry.address.clone(), ix);
    }

    /// The old addresses that an entry names.
    fn aliases(&mut self, ix: EntryIx, owner: &Owner) {
        let model = self.model;
        for alias in &model.entry(ix).meta.aliases {
            let address = alias_address(&alias.value);
            match self.holders.get(&address.to_lowercase()) {
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
                self.was_given_away(model.entry(ix), alias.span, &line);
                continue;
            }
            self.holders.insert(address.to_lowercase(), Some(ix));
            self.aliases.insert(address, ix);
        }
    }

    /// Addresses where an entry stood before, as nobody else stands there now: they lead to it.
    fn former(&mut self, owners: &[Owner]) {
        let by_owner: HashMap<&Owner, EntryIx> =
            owners.iter().zip(self.model.entries()).map(|(owner, (ix, _))| (owner, ix)).collect();
        for (address, line) in self.model.book.lines() {
            if line.bond == Bond::LastPage {
                continue;
            }
            if let Some(&ix) = by_owner.get(&line.owner)
                && !self.holders.contains_key(&address.to_lowercase())
            {
                self.holders.insert(address.to_lowercase(), Some(ix));
                self.aliases.insert(address.to_owned(), ix);
            }
        }
    }

    /// The line of an address that was published for somebody else.
    fn reserved(&self, address: &str, owner: &Owner) -> Option<&'m Line> {
        self.model.book.owner(address).filter(|line| line.owner != *owner)
    }

    /// Whether an entry says that it takes over its own address.
    fn claims(entry: &Entry) -> bool {
        entry.meta.aliases.iter().any(|alias| alias_address(&alias.value) == entry.address)
    }

    /// Whether an address may be taken over by who names it: its owner is gone, or stands elsewhere by now.
    fn may_take(&self, line: &Line) -> bool {
        line.bond != Bond::Current || !self.alive.contains(&line.owner)
    }

    fn taken(&mut self, address: &str, span: Span, first: Option<EntryIx>) {
        let mut finding =
            Diagnostic::new(codes::TAKEN_ADDRESS, Message::new("taken-address").with("address", address))
                .at(span)
                .hint(Message::new("taken-address-hint"));
        if let Some(first) = first.map(|first| self.model.entry(first)) {
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
pub(super) fn banner(model: &Model) -> Vec<EntryIx> {
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

pub(super) fn pinned(model: &Model) -> Vec<EntryIx> {
    let all = &model.list(&lists::ListKey::All).entries;
    all.iter().copied().filter(|&ix| model.entry(ix).meta.pinned).collect()
}

pub(super) fn coming_meetings(model: &Model) -> Vec<EntryIx> {
    let mut coming: Vec<EntryIx> = model
        .entries()
        .filter(|(_, entry)| entry.meeting_end().is_some_and(|end| !model.now.is_after(end)))
        .map(|(ix, _)| ix)
        .collect();
    coming.sort_by_key(|&ix| (model.entry(ix).meeting_start(), ix));
    coming
}

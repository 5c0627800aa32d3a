//! What follows from the entries as a whole: who has which address, which notices every page shows, what is coming.
//!
//! Refuses: two entries on one address, also by letter case.
//! Invariant: everything here is in an order that the entries alone decide.

use super::entry::EntryIx;
use super::{Model, lists, neighbours};
use crate::diag::{Diagnostic, Message, Sink, codes};
use std::collections::{BTreeMap, BTreeSet};

/// Gives every entry its address, once. The second bulletin on an address, also by letter case, is refused.
pub(super) fn settle_addresses(model: &mut Model, sink: &mut Sink) {
    let mut folded: BTreeMap<String, EntryIx> = BTreeMap::new();
    for section in &model.sections {
        folded.insert(section.address.to_lowercase(), EntryIx(u32::MAX));
    }
    let mut taken = Vec::new();
    for (ix, entry) in (0u32..).map(EntryIx).zip(&model.entries) {
        let aliases = entry.meta.aliases.iter().map(|alias| (alias_address(&alias.value), alias.span, true));
        let own = (
            entry.address.clone(),
            entry.meta.slug.as_ref().map_or(entry.meta.title.span, |slug| slug.span),
            false,
        );
        for (address, span, is_alias) in std::iter::once(own).chain(aliases) {
            match folded.get(&address.to_lowercase()) {
                None => {
                    folded.insert(address.to_lowercase(), ix);
                    let map = if is_alias { &mut model.aliases } else { &mut model.addresses };
                    map.insert(address, ix);
                }
                Some(first) => taken.push((address, span, *first)),
            }
        }
    }
    for (address, span, first) in taken {
        let mut finding =
            Diagnostic::new(codes::TAKEN_ADDRESS, Message::new("taken-address").with("address", &address))
                .at(span)
                .hint(Message::new("taken-address-hint"));
        if let Some(first) = model.entries.get(first.0 as usize) {
            let place = first.meta.slug.as_ref().map_or(first.meta.title.span, |slug| slug.span);
            finding = finding.related(place, Message::new("first-on-address").with("path", &first.path));
        }
        sink.report(finding);
    }
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

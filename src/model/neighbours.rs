//! What stands around an entry: the one before, the one after, and those on the same matter.
//!
//! Refuses: comparing every entry with every other. Each looks at a few places of the lists that it stands in.
//! Invariant: the same model gives the same neighbours; an entry is never its own.

use super::entry::EntryIx;
use super::kind::Kind;
use super::lists::ListKey;
use super::own::Own;
use super::stages::{Addressed, Grouped};
use blake3::Hash;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// An entry's neighbours.
#[derive(Clone, Debug)]
pub struct Neighbours {
    /// The next newer one in the section.
    pub newer: Option<EntryIx>,
    /// The next older one in the section.
    pub older: Option<EntryIx>,
    /// Those on the same matter, nearest first.
    pub related: Vec<EntryIx>,
    /// For a notice: the earlier one that it changes or takes back.
    pub replaces: Option<EntryIx>,
    /// For a notice: the newest one that changes it or takes it back.
    pub replaced_by: Option<EntryIx>,
    /// Hash of the cards of all of these.
    pub hash: Hash,
}

/// How many related bulletins are shown.
const RELATED: usize = 4;
/// How many places of a list are looked at on either side.
const REACH: usize = 4;

pub(super) fn make(model: &Grouped) -> Vec<Neighbours> {
    let positions = positions(model);
    let later = later(model);
    let all: Vec<EntryIx> = model.entries().map(|(ix, _)| ix).collect();
    all.into_par_iter().map(|ix| around(model, ix, &positions, &later)).collect()
}

/// Which notice replaces which: earlier → the newest later one.
fn later(model: &Grouped) -> BTreeMap<EntryIx, EntryIx> {
    let mut later: BTreeMap<EntryIx, EntryIx> = BTreeMap::new();
    for (ix, entry) in model.entries() {
        if let Some(earlier) = replaces(model, ix) {
            let newest = later.entry(earlier).or_insert(ix);
            if model.entry(*newest).sort_key() < entry.sort_key() {
                *newest = ix;
            }
        }
    }
    later
}

/// Where each entry stands in its lists.
fn positions(model: &Grouped) -> Vec<Vec<(&ListKey, usize)>> {
    let mut positions = vec![Vec::new(); model.entries.len()];
    for (key, list) in &model.lists {
        if matches!(key, ListKey::Section(_) | ListKey::Tag(_) | ListKey::Scam(_)) {
            for (place, ix) in list.entries.iter().enumerate() {
                positions[ix.0 as usize].push((key, place));
            }
        }
    }
    positions
}

fn around(
    model: &Grouped,
    ix: EntryIx,
    positions: &[Vec<(&ListKey, usize)>],
    later: &BTreeMap<EntryIx, EntryIx>,
) -> Neighbours {
    let entry = model.entry(ix);
    let own_section = model.section(entry.section).dir.as_str();
    let (mut newer, mut older) = (None, None);
    let mut scores: BTreeMap<EntryIx, u64> = BTreeMap::new();
    for &(key, place) in &positions[ix.0 as usize] {
        let list = &model.lists[key].entries;
        match key {
            ListKey::Section(dir) => {
                if dir == own_section {
                    newer = place.checked_sub(1).map(|above| list[above]);
                    older = list.get(place + 1).copied();
                }
            }
            _ => {
                // A rare tag says more than a common one.
                let weight = 1_000_000 / (list.len() as u64 + 1);
                for (other, &near) in
                    list.iter().enumerate().take(place + REACH + 1).skip(place.saturating_sub(REACH))
                {
                    if near != ix {
                        *scores.entry(near).or_insert(0) += weight * 16 - place.abs_diff(other) as u64;
                    }
                }
            }
        }
    }
    let related = if entry.meta.kind == Kind::Page { Vec::new() } else { best(model, ix, &scores) };
    let (replaces, replaced_by) = (replaces(model, ix), later.get(&ix).copied());
    let hash = hash(model, &[newer, older, replaces, replaced_by], &related);
    Neighbours { newer, older, related, replaces, replaced_by, hash }
}

fn best(model: &Grouped, ix: EntryIx, scores: &BTreeMap<EntryIx, u64>) -> Vec<EntryIx> {
    let mut ranked: Vec<(u64, EntryIx)> = scores.iter().map(|(&ix, &score)| (score, ix)).collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let replaced = replaces(model, ix);
    replaced
        .into_iter()
        .chain(ranked.into_iter().map(|(_, ix)| ix).filter(|&near| Some(near) != replaced))
        .take(RELATED)
        .collect()
}

/// The earlier notice that this one changes or takes back.
pub fn replaces(model: &Addressed, ix: EntryIx) -> Option<EntryIx> {
    let entry = model.entry(ix);
    let Own::Notice(notice) = &entry.meta.own else { return None };
    match model.resolve(&entry.path, &notice.replaces.as_ref()?.value) {
        super::route::LinkTarget::Entry(earlier, _) if earlier != ix => Some(earlier),
        _ => None,
    }
}

fn hash(model: &Grouped, single: &[Option<EntryIx>], related: &[EntryIx]) -> Hash {
    let mut hasher = blake3::Hasher::new();
    for near in single.iter().copied().chain(related.iter().copied().map(Some)) {
        match near {
            Some(near) => hasher.update(model.entry(near).meta_hash.as_bytes()),
            None => hasher.update(&[0]),
        };
    }
    hasher.finalize()
}

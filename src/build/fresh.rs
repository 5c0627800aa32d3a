//! Which files are as they have to be, and what is remembered of a build for the next one.
//!
//! A file is fresh when its output, its subject, the hash of each of its dependencies and the hash of its bytes are what they were when it was made.
//! Nothing else decides, so whatever parts the memory from the site is mended by the next build.
//!
//! On most runs nearly all files are. So first each part of the memory is looked at as a whole, by its [`Summary`]; only where that differs is the part read and
//! each of its files looked at.
//!
//! Invariant: a part whose summary agrees has no file that looking at each would find stale.

use super::make::{Makings, Present};
use super::state::{
    EntryDep, EntryDepKind, Kept, Key, LAST, Last, NOTHING, Part, State, SubjectName, SubjectText, Summary,
    TargetsHash,
};
use super::{Prepared, hash_of};
use crate::model::entry::EntryIx;
use crate::output::Target;
use crate::output::trace::{Dep, Trace};
use crate::world::OutPath;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::sync::{PoisonError, RwLock};

/// The planned files compared with what the last build left.
pub struct Comparison<'p> {
    now: Now<'p>,
    parts: Vec<Compared<'p>>,
}

/// The files of one part.
struct Compared<'p> {
    targets: Vec<(Key, &'p Target)>,
    /// Those to be made, each with the first dependency that differs; none where it is new, shows something else by now, or has other
    /// bytes than were made.
    stale: Vec<(&'p OutPath, Option<Dep>)>,
    /// Whether the part's summary agrees.
    whole: bool,
}

impl<'p> Comparison<'p> {
    /// Compares all files but those that are made from the bytes of others. `present` gives the hashes of the bytes that stand at paths now.
    pub fn new(prepared: &'p Prepared, last: &State, present: &Present) -> Self {
        let now = Now::new(prepared);
        let parts = by_part(prepared).into_par_iter().zip(last.parts()).enumerate();
        let parts = parts.map(|(number, (targets, kept))| {
            if number == LAST {
                return Compared { targets, stale: Vec::new(), whole: false };
            }
            Compared::new(&now, targets, kept, present)
        });
        let parts = parts.collect();
        Self { now, parts }
    }

    /// Compares the files that are made from the bytes of others, which are there by now ([`Workshop::set_made`](crate::output::workshop::Workshop::set_made)),
    /// and gives those to be made.
    pub fn compare_last(&mut self, last: &State, present: &Present) -> Stale<'p> {
        let targets = std::mem::take(&mut self.parts[LAST].targets);
        let compared = Compared::new(&self.now, targets, &last.parts()[LAST], present);
        self.parts[LAST] = compared;
        listed(&self.parts[LAST..])
    }

    /// Whether there are files that are made from the bytes of others.
    pub fn has_last(&self) -> bool {
        !self.parts[LAST].targets.is_empty()
    }

    /// The files to be made, by path, each with the first dependency that differs.
    pub fn stale(&self) -> Stale<'p> {
        listed(&self.parts)
    }

    /// The memory after the stale files were made: what was made now, and what stayed from the last build. `present` speaks of the site after it.
    pub fn remember(&self, last: &State, makings: &Makings, present: &Present) -> State {
        let parts = self.parts.par_iter().zip(last.parts()).map(|(part, before)| {
            if part.whole {
                return before.clone();
            }
            let before = before.part();
            let mut maker =
                PartMaker { now: &self.now, before, numbers: HashMap::new(), part: Part::default() };
            let mut kept = TargetsHash::default();
            for (key, target) in &part.targets {
                if makings.is_forgotten(&target.path) {
                    continue;
                }
                if let Some(last) = maker.last(*key, target, makings.traces.get(&target.path), present) {
                    let subject = SubjectText(&self.now.prepared.model, &target.subject);
                    kept.add(&target.path, target.output, subject, &last.bytes);
                    maker.part.targets.insert(*key, last);
                }
            }
            let summary = summary(kept.end(), &maker.part);
            Kept::new(summary, maker.part)
        });
        State::of(parts.collect())
    }
}

/// Files to be made, each with the first dependency that differs.
pub type Stale<'p> = BTreeMap<&'p OutPath, Option<Dep>>;

fn listed<'p>(parts: &[Compared<'p>]) -> Stale<'p> {
    parts.iter().flat_map(|part| &part.stale).map(|(path, dep)| (*path, dep.clone())).collect()
}

impl<'p> Compared<'p> {
    fn new(now: &Now, targets: Vec<(Key, &'p Target)>, kept: &Kept, present: &Present) -> Self {
        if agrees(now, &targets, &kept.summary, present) {
            return Self { targets, stale: Vec::new(), whole: true };
        }
        let stale = stale(now, &targets, kept.part(), present);
        Self { targets, stale, whole: false }
    }
}

/// Whether all of a part is as it was.
fn agrees(now: &Now, targets: &[(Key, &Target)], summary: &Summary, present: &Present) -> bool {
    let mut hasher = TargetsHash::default();
    for (_, target) in targets {
        let Some(bytes) = present(&target.path) else { return false };
        hasher.add(
            &target.path,
            target.output,
            SubjectText(&now.prepared.model, &target.subject),
            bytes.as_bytes(),
        );
    }
    if hasher.end() != summary.targets {
        return false;
    }
    let mut hasher = blake3::Hasher::new();
    for entry in &summary.entries {
        hasher.update(&now.of_entry(entry));
    }
    for dep in &summary.others {
        hasher.update(&now.of(dep));
    }
    *hasher.finalize().as_bytes() == summary.hashes
}

/// The files of a part that are not as they were.
fn stale<'p>(
    now: &Now,
    targets: &[(Key, &'p Target)],
    last: &Part,
    present: &Present,
) -> Vec<(&'p OutPath, Option<Dep>)> {
    let changed: Vec<bool> = last.deps.iter().map(|(dep, hash)| now.of(dep) != *hash).collect();
    let mut stale = Vec::new();
    for (key, target) in targets {
        let known = last.targets.get(key).filter(|last| {
            last.output == target.output
                && last.subject == SubjectName::of(&now.prepared.model, &target.subject)
                && present(&target.path).is_some_and(|hash| *hash.as_bytes() == last.bytes)
        });
        match known.map(|last| last.deps.iter().find(|&&ix| changed[ix as usize])) {
            Some(None) => {}
            Some(Some(&ix)) => stale.push((&target.path, Some(last.deps[ix as usize].0.clone()))),
            None => stale.push((&target.path, None)),
        }
    }
    stale
}

/// The summary of a part whose targets have this hash.
fn summary(targets: [u8; 32], part: &Part) -> Summary {
    let (mut entries, mut others) = (Vec::new(), Vec::new());
    for (dep, hash) in &part.deps {
        match EntryDep::of(dep) {
            Some(entry) => entries.push((entry, hash)),
            None => others.push((dep, hash)),
        }
    }
    entries.sort_unstable();
    others.sort_unstable();
    let mut hasher = blake3::Hasher::new();
    let hashes = entries.iter().map(|(_, hash)| hash).chain(others.iter().map(|(_, hash)| hash));
    for hash in hashes {
        hasher.update(*hash);
    }
    Summary {
        targets,
        hashes: *hasher.finalize().as_bytes(),
        entries: entries.into_iter().map(|(entry, _)| entry).collect(),
        others: others.into_iter().map(|(dep, _)| dep.clone()).collect(),
    }
}

/// The hashes of dependencies as they are in this build, each worked out once.
struct Now<'p> {
    prepared: &'p Prepared,
    entries: HashMap<[u8; 15], EntryIx>,
    bodies: Vec<[u8; 32]>,
    /// What [`Dep::Above`] has, by section.
    sections: Vec<[u8; 32]>,
    others: RwLock<HashMap<Dep, [u8; 32]>>,
}

impl<'p> Now<'p> {
    fn new(prepared: &'p Prepared) -> Self {
        let model = &prepared.model;
        let names: Vec<[u8; 15]> =
            model.entries.par_iter().map(|entry| EntryDep::entry(&entry.path)).collect();
        let body =
            |entry: &crate::model::entry::Entry| known(hash_of(prepared, &Dep::Body(entry.path.clone())));
        let section = |section: &crate::model::entry::Section| {
            known(hash_of(prepared, &Dep::Section(section.dir.clone())))
        };
        Self {
            prepared,
            entries: names.into_iter().zip(model.entries().map(|(ix, _)| ix)).collect(),
            bodies: model.entries.par_iter().map(body).collect(),
            sections: model.sections.iter().map(section).collect(),
            others: RwLock::default(),
        }
    }

    fn of(&self, dep: &Dep) -> [u8; 32] {
        let entry = |path| self.prepared.model.entry_at(path);
        match dep {
            Dep::Body(path) => entry(path).map_or(NOTHING, |ix| self.on_entry(ix, EntryDepKind::Body)),
            Dep::Meta(_) | Dep::Neighbours(_) | Dep::Above(_) => known(hash_of(self.prepared, dep)),
            _ => {
                let others = self.others.read().unwrap_or_else(PoisonError::into_inner);
                if let Some(hash) = others.get(dep) {
                    return *hash;
                }
                drop(others);
                let hash = known(hash_of(self.prepared, dep));
                self.others.write().unwrap_or_else(PoisonError::into_inner).insert(dep.clone(), hash);
                hash
            }
        }
    }

    fn of_entry(&self, dep: &EntryDep) -> [u8; 32] {
        let (name, kind) = dep.parts();
        match (self.entries.get(&name), kind) {
            (Some(&ix), Some(kind)) => self.on_entry(ix, kind),
            _ => NOTHING,
        }
    }

    fn on_entry(&self, ix: EntryIx, kind: EntryDepKind) -> [u8; 32] {
        let model = &self.prepared.model;
        let entry = model.entry(ix);
        match kind {
            EntryDepKind::Meta => *entry.meta_hash.as_bytes(),
            EntryDepKind::Body => self.bodies[ix.0 as usize],
            EntryDepKind::Neighbours => *model.neighbours[ix.0 as usize].hash.as_bytes(),
            EntryDepKind::Above => self.sections[entry.section.0 as usize],
        }
    }
}

fn known(hash: Option<blake3::Hash>) -> [u8; 32] {
    hash.map_or(NOTHING, |hash| *hash.as_bytes())
}

struct PartMaker<'p> {
    now: &'p Now<'p>,
    before: &'p Part,
    numbers: HashMap<Dep, u32>,
    part: Part,
}

impl PartMaker<'_> {
    /// What is remembered of a target: of how it was made now, else what was known of it; nothing of one that is not there.
    fn last(&mut self, key: Key, target: &Target, trace: Option<&Trace>, present: &Present) -> Option<Last> {
        let Some(trace) = trace else {
            let kept = self.before.targets.get(&key)?;
            let deps = kept.deps.iter().map(|&ix| {
                let (dep, hash) = &self.before.deps[ix as usize];
                self.number(dep, || *hash)
            });
            return Some(Last { deps: deps.collect(), ..kept.clone() });
        };
        let bytes = *present(&target.path)?.as_bytes();
        let now = self.now;
        let deps = trace.iter().map(|dep| self.number(dep, || now.of(dep)));
        Some(Last {
            deps: deps.collect(),
            output: target.output.to_owned(),
            subject: SubjectName::of(&now.prepared.model, &target.subject),
            bytes,
        })
    }

    fn number(&mut self, dep: &Dep, hash: impl FnOnce() -> [u8; 32]) -> u32 {
        if let Some(number) = self.numbers.get(dep) {
            return *number;
        }
        let number = u32::try_from(self.part.deps.len()).expect("fewer than 2^32 dependencies");
        self.numbers.insert(dep.clone(), number);
        self.part.deps.push((dep.clone(), hash()));
        number
    }
}

/// The planned files by the parts of the memory that they fall to, each part in the order of keys.
fn by_part(prepared: &Prepared) -> Vec<Vec<(Key, &Target)>> {
    let keyed: Vec<(Key, &Target)> =
        prepared.targets.par_iter().map(|(path, target)| (Key::of(path), target)).collect();
    let mut parts = vec![Vec::new(); LAST + 1];
    for (key, target) in keyed {
        let number = if prepared.is_last(target) { LAST } else { key.part() };
        parts[number].push((key, target));
    }
    parts.par_iter_mut().for_each(|part| part.sort_unstable_by_key(|(key, _)| *key));
    parts
}

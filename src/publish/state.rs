//! What stands at the far side, as far as is known.
//!
//! Refuses: taking for known what a run that was cut may have changed.
//! Invariant: a path that we ever wrote and that may still be there is in a [`State`].

use super::lease::Lease;
use super::manifest::{Published, Sent};
use crate::world::OutPath;
use std::collections::BTreeMap;

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum There {
    /// These bytes, of the release that stands there.
    Is(Sent),
    /// These bytes, of a release before.
    Kept(Sent),
    /// Something of ours, or nothing; whether the list names it, so that something stands there for sure.
    Unsure(bool),
}

/// What stands at the far side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// By path.
    pub there: BTreeMap<OutPath, There>,
    /// Whether a run before was cut.
    pub cut: bool,
}

impl State {
    /// As list and lease say.
    pub fn of(published: Option<&Published>, lease: Option<&Lease>) -> Self {
        let mut there = BTreeMap::new();
        if let Some(published) = published {
            there.extend(published.gone.iter().map(|path| (path.clone(), There::Unsure(false))));
            there.extend(published.kept.iter().map(|(path, sent)| (path.clone(), There::Kept(*sent))));
            there.extend(published.files.iter().map(|(path, sent)| (path.clone(), There::Is(*sent))));
        }
        let unfinished =
            lease.filter(|lease| published.is_none_or(|published| published.attempt != lease.attempt));
        if let Some(lease) = unfinished {
            for (path, sent) in &lease.journal {
                let listed = published.is_some_and(|published| published.files.contains_key(path));
                there.insert(path.clone(), sent.map_or(There::Unsure(listed), There::Is));
            }
        }
        Self { there, cut: unfinished.is_some() }
    }

    /// Where it differs from what the list says, so that the next journal says so, too.
    pub fn beside(&self, published: Option<&Published>) -> BTreeMap<OutPath, Option<Sent>> {
        let listed = |path: &OutPath| published.and_then(|published| published.files.get(path));
        let mut beside = BTreeMap::new();
        for (path, there) in &self.there {
            match there {
                There::Is(sent) if listed(path) == Some(sent) => {}
                There::Is(sent) => {
                    beside.insert(path.clone(), Some(*sent));
                }
                There::Unsure(_) => {
                    beside.insert(path.clone(), None);
                }
                // The list names it, and nobody touches it before the next list.
                There::Kept(_) => {}
            }
        }
        beside
    }
}

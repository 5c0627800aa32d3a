//! Reading back what stands at the far side. What a list says is a claim; this is the proof.
//!
//! Invariant: a file that is not named wrong was read whole, and had the length and hash that it was sent with.

use super::manifest::Sent;
use super::state::{State, There};
use super::target::{Target, Trouble};
use crate::build::write::Written;
use crate::world::OutPath;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// The files of the release that are not as they were sent.
///
/// # Errors
/// Where one cannot be read, with its path.
pub fn wrong(
    target: &dyn Target,
    state: &State,
    connections: usize,
) -> Result<BTreeSet<OutPath>, (Trouble, OutPath)> {
    let files: Vec<(&OutPath, &Sent)> = state
        .there
        .iter()
        .filter_map(|(path, there)| match there {
            There::Is(sent) => Some((path, sent)),
            _ => None,
        })
        .collect();
    let (next, found, failed) = (AtomicUsize::new(0), Mutex::new(BTreeSet::new()), Mutex::new(None));
    let work = || {
        while let Some((path, sent)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            match target.read(path) {
                Ok(bytes) => {
                    if bytes.is_none_or(|bytes| Written::of(&bytes) != sent.there()) {
                        found.lock().unwrap_or_else(PoisonError::into_inner).insert((*path).clone());
                    }
                }
                Err(trouble) => {
                    failed
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .get_or_insert((trouble, (*path).clone()));
                    return;
                }
            }
        }
    };
    if connections <= 1 {
        work();
    } else {
        std::thread::scope(|scope| {
            (0..connections.min(files.len())).for_each(|_| drop(scope.spawn(work)));
        });
    }
    match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(failed) => Err(failed),
        None => Ok(found.into_inner().unwrap_or_else(PoisonError::into_inner)),
    }
}

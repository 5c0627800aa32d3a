//! Puts a build in place, the way that what really changes asks for.
//!
//! Refuses: touching anything where nothing changes.
//! Invariant: an error leaves the old site.

use super::apply::Apply;
use super::disk;
use super::error::{At, Reason, WriteError, WriteResult};
use super::foreign;
use super::journal::Journal;
use super::manifest::{MANIFEST, Manifest};
use super::place::inside;
use super::plan::Change;
use super::stage::{Folders, Work};
use super::steps::Step;
use super::survey::{self, Stamps};
use super::{Batch, Made, Summary, Writer, swap, sync};
use crate::world::OutPath;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::PoisonError;

/// So many changes are always put in place one by one: a few renames are done before anybody looks.
const FEW: usize = 32;
/// Above this, changes are few if they are no more than one file in so many: then making every folder anew would
/// cost more than the change.
const SHARE: usize = 4;

impl Batch<'_> {
    /// Puts the build in place. Files of ours that were neither put nor kept are removed.
    ///
    /// # Errors
    /// Where something that is not ours is in the way, or the disk fails; the old site stays.
    pub fn commit(self) -> WriteResult<Summary> {
        let Self { writer, work, folders, made } = self;
        let made: BTreeMap<OutPath, Made> =
            made.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().collect();
        let files = made.iter().map(|(path, made)| (path.clone(), made.written)).collect();
        let build = Build { manifest: Manifest { files }, writer, work, folders, made };
        build.commit()
    }
}

struct Build<'w> {
    writer: &'w mut Writer,
    work: Work,
    folders: Folders,
    made: BTreeMap<OutPath, Made>,
    manifest: Manifest,
}

impl Build<'_> {
    fn commit(self) -> WriteResult<Summary> {
        let fresh = self.made.values().filter(|made| made.fresh).count();
        let gone = self.gone().len();
        let mut summary = Summary {
            written: fresh,
            unchanged: self.made.len() - fresh,
            removed: gone,
            carried: Vec::new(),
        };
        if fresh + gone == 0 && self.writer.listed {
            return Ok(summary);
        }
        let list = self.work.tree().join(MANIFEST);
        disk::write_new(&list, &self.manifest.print()).at(&list)?;
        self.writer.steps.pass(Step::Staged);
        let few = fresh + gone <= FEW.max(self.made.len() / SHARE);
        let exists = disk::stands(&self.writer.place.output);
        let swapped = self.work.swappable && !(few && exists) && self.swap(&mut summary)?;
        if !swapped {
            self.put_in_place()?;
        }
        self.writer.steps.pass(Step::Done);
        self.settle();
        Ok(summary)
    }

    /// Makes the staged tree whole and swaps it in; false where that cannot be and the files have to go one by one.
    fn swap(&self, summary: &mut Summary) -> WriteResult<bool> {
        let Writer { place, manifest, steps, .. } = &*self.writer;
        let foreign = foreign::find(&place.output, manifest).at(&place.output)?;
        if foreign.iter().any(|one| !one.movable) {
            return Ok(false);
        }
        self.made.par_iter().filter(|(_, made)| !made.fresh).try_for_each(|(path, _)| {
            let to = self.folders.ready(path)?;
            let from = inside(&place.output, path);
            disk::link_or_copy(&from, &to).at(&from)
        })?;
        foreign::carry(&foreign, &place.output, &self.work.folder)?;
        steps.pass(Step::Linked);
        self.sync()?;
        match swap::swap(place, &self.work.folder, steps) {
            Ok(()) => {}
            // Somebody sits in the old folder, or it is no folder that can be moved. Its files still can.
            Err(WriteError { reason: Reason::Busy | Reason::Denied | Reason::Other(_), .. })
                if !Journal::is_open(&self.work.folder) && disk::stands(&place.output) =>
            {
                return Ok(false);
            }
            Err(error) => return Err(error),
        }
        summary.carried = foreign.iter().map(|one| one.path.display().to_string()).collect();
        Ok(true)
    }

    fn put_in_place(&self) -> WriteResult<()> {
        let Writer { place, manifest, steps, .. } = &*self.writer;
        let work = &self.work.folder;
        let fresh =
            self.made.iter().filter(|(_, made)| made.fresh).map(|(path, made)| (made.rank, path)).collect();
        let ops = Change { output: &place.output, work, old: manifest, fresh, gone: self.gone() }.plan()?;
        self.sync()?;
        Journal::Place(ops.clone()).save(work)?;
        steps.pass(Step::Journalled);
        Apply { work, output: &place.output, steps }.run(&ops)
    }

    fn sync(&self) -> WriteResult<()> {
        let tree = self.work.tree();
        let fresh = self.made.iter().filter(|(_, made)| made.fresh);
        let files: Vec<PathBuf> =
            fresh.map(|(path, _)| inside(&tree, path)).chain([tree.join(MANIFEST)]).collect();
        sync::files(&self.work.folder, &files)?;
        self.writer.steps.pass(Step::Synced);
        Ok(())
    }

    /// Files of ours that the new site has no more.
    fn gone(&self) -> Vec<&OutPath> {
        self.writer.manifest.files.keys().filter(|path| !self.made.contains_key(*path)).collect()
    }

    /// The writer knows the new site.
    fn settle(self) {
        let Self { writer, made, manifest, .. } = self;
        writer.manifest = manifest;
        writer.listed = true;
        writer.stamps =
            made.into_iter().filter_map(|(path, made)| Some((path, made.stamp?))).collect::<Stamps>();
        survey::remember(&writer.store, &writer.place.output, &writer.stamps);
    }
}

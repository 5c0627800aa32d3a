//! Puts a build in place, the way that what really changes asks for.
//!
//! Refuses: touching anything where nothing changes.
//! Invariant: an error leaves the old site.

use super::apply::Apply;
use super::error::{At, Reason, WriteError, WriteResult};
use super::foreign::{self, Carried, Ours};
use super::journal::{Journal, Op};
use super::manifest::{MANIFEST, Manifest, Written};
use super::place::Spot;
use super::plan::{Change, present};
use super::seal::Seal;
use super::steps::Step;
use super::survey::{self, Stamps};
use super::swap::Swap;
use super::tree::Tree;
use super::{Batch, Made, Staging, Summary, Writer, sync};
use crate::world::OutPath;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
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
    pub fn commit(mut self) -> WriteResult<Summary> {
        let made = std::mem::take(self.made.get_mut().unwrap_or_else(PoisonError::into_inner));
        let made: BTreeMap<OutPath, Made> = made.into_iter().collect();
        let fresh = made.values().filter(|made| made.fresh).count();
        let gone: Vec<OutPath> =
            self.writer.manifest.files.keys().filter(|path| !made.contains_key(*path)).cloned().collect();
        if fresh + gone.len() == 0 && !self.writer.list_is_old() {
            self.writer.require_list_as_it_was()?;
            return Ok(Summary { unchanged: made.len(), ..Summary::default() });
        }
        self.staging()?;
        let Self { writer, staging, .. } = self;
        let Some(Ok(staging)) = staging.into_inner() else { return Err(writer.vanished()) };
        let files = made.iter().map(|(path, made)| (path.clone(), made.written)).collect();
        let site = writer.site.clone().or_else(|| writer.manifest.site.clone());
        Build { manifest: Manifest { site, files }, writer, staging, made, fresh, gone }.commit()
    }
}

struct Build<'w> {
    writer: &'w mut Writer,
    staging: Staging,
    made: BTreeMap<OutPath, Made>,
    manifest: Manifest,
    /// How many files are staged.
    fresh: usize,
    /// Files of the old list that the new site has not.
    gone: Vec<OutPath>,
}

impl Build<'_> {
    fn commit(mut self) -> WriteResult<Summary> {
        let list = self.manifest.print();
        let list = self.staging.folders.tree().write_new(MANIFEST, &list).map(|_| Written::of(&list));
        let list = list.at(&self.staging.folders.tree().shown(MANIFEST))?;
        self.writer.steps.pass(Step::Staged);
        let changes = self.fresh + self.gone.len();
        let few = changes <= FEW.max(self.made.len() / SHARE);
        let output = self.writer.place.tree()?;
        let mut summary = Summary {
            written: self.fresh,
            unchanged: self.made.len() - self.fresh,
            removed: self.gone.len(),
            ..Summary::default()
        };
        if let Some(output) = &output {
            self.look_at_gone(output, &mut summary);
        }
        let whole = self.staging.work.spot == Spot::Beside && !(few && output.is_some());
        if !(whole && self.swap(output, &mut summary)?) {
            self.put_in_place(list, &mut summary)?;
        }
        self.writer.steps.pass(Step::Done);
        self.know_the_new_site(list);
        Ok(summary)
    }

    /// Files that go but were changed by somebody, or lie behind a link, stay: they are not ours any more.
    fn look_at_gone(&self, output: &Tree, summary: &mut Summary) {
        let left = self.gone.par_iter().filter(|path| !self.is_ours(output, path));
        let left = left.filter(|path| output.stands(&***path) || lies_behind_a_link(output, path));
        summary.left = left.map(ToString::to_string).collect();
        summary.removed -= summary.left.len();
    }

    fn is_ours(&self, output: &Tree, path: &OutPath) -> bool {
        let Writer { manifest, stamps, .. } = &*self.writer;
        present(output, path, &manifest.files[path], stamps).is_some()
    }

    /// Makes the staged tree whole and swaps it in; false where that cannot be and the files have to go one by one.
    fn swap(&mut self, output: Option<Tree>, summary: &mut Summary) -> WriteResult<bool> {
        let Writer { place, manifest, stamps, steps, .. } = &*self.writer;
        let mut carried = Vec::new();
        let new = self.staging.work.tree()?;
        if let Some(output) = &output {
            let foreign = foreign::find(output, Ours { list: manifest, stamps }).at(&place.output)?;
            if foreign.iter().any(|one| !one.movable) {
                return Ok(false);
            }
            self.made.par_iter().filter(|(_, made)| !made.fresh).try_for_each(|(path, _)| {
                self.staging.folders.ready(path)?;
                output.link_or_copy(&**path, &new, &**path).at(&output.shown(&**path))
            })?;
            carried = foreign::carry(&foreign, output, &new)?;
        }
        // Windows renames no folder that is held open.
        drop((output, new));
        steps.pass(Step::Linked);
        self.sync()?;
        self.staging.folders.close();
        let above = place.make_above()?;
        let work = self.staging.work.folder();
        match (Swap { place, above: &above, work, stamps, steps }).swap() {
            Ok(()) => {}
            // Somebody sits in the old folder, or it is no folder that can be moved. Its files still can.
            Err(WriteError { reason: Reason::Busy | Reason::Denied | Reason::Other(_), .. })
                if !Journal::is_open(work) && place.tree_in(&above)?.is_some() =>
            {
                return Ok(false);
            }
            Err(error) => return Err(error),
        }
        for one in carried {
            match one {
                Carried::Same(path) => summary.carried.push(path.display().to_string()),
                Carried::Aside(path, to) => summary.aside.push((path.to_string(), to.to_string())),
            }
        }
        summary.carried.retain(|path| !summary.left.contains(path));
        Ok(true)
    }

    fn put_in_place(&self, new_list: Written, summary: &mut Summary) -> WriteResult<()> {
        let Writer { place, manifest, stamps, steps, list, .. } = &*self.writer;
        let work = self.staging.work.folder();
        let output = place.tree()?.map_or_else(|| place.make(), Ok)?;
        let new = self.staging.work.tree()?;
        let fresh = self.made.iter().filter(|(_, made)| made.fresh);
        let change = Change {
            output: &output,
            new: &new,
            old: manifest,
            stamps,
            list: *list,
            new_list,
            fresh: fresh.map(|(path, made)| (made.rank, path, made.written)).collect(),
            gone: self.gone.iter().filter(|path| self.is_ours(&output, path)).collect(),
        };
        let ops = change.plan()?;
        for op in &ops {
            if let Op::Aside(path, to) = op {
                summary.aside.push((path.to_string(), to.to_string()));
            }
        }
        self.sync()?;
        Journal::Place(ops.clone()).save(work, Seal::of_work(place))?;
        steps.pass(Step::Journalled);
        Apply::new(work, &output, stamps, steps)?.run(&ops)
    }

    fn sync(&self) -> WriteResult<()> {
        let list = OutPath::new(MANIFEST).expect("a plain name");
        let fresh = self.made.iter().filter(|(_, made)| made.fresh);
        let files: Vec<&OutPath> = fresh.map(|(path, _)| path).chain([&list]).collect();
        sync::files(&self.staging.work.tree()?, &files)?;
        self.writer.steps.pass(Step::Synced);
        Ok(())
    }

    /// The writer knows the new site.
    fn know_the_new_site(self, list: Written) {
        let Self { writer, made, manifest, .. } = self;
        writer.manifest = manifest;
        writer.list = Some(list);
        writer.stamps =
            made.into_iter().filter_map(|(path, made)| Some((path, made.stamp?))).collect::<Stamps>();
        survey::remember(&writer.store, &writer.place.output, &writer.manifest, &list, &writer.stamps);
    }
}

/// Whether a folder on the way to a file is a link: what it leads to is not ours to touch.
fn lies_behind_a_link(output: &Tree, path: &OutPath) -> bool {
    let above = Path::new(&**path).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
    above.into_iter().any(|folder| output.stat(folder).is_ok_and(|meta| meta.is_symlink()))
}

//! Handouts alone, into a folder: `yuanba print` and `yuanba build --only handouts`.
//!
//! Refuses: handouts of a site that the gate refused.
//! Invariant: a file is written whole or not at all, and nothing else in the folder is touched.

use super::make::Progress;
use super::net::Net;
use super::results::ResultFolder;
use super::run::kept_slugs;
use super::store::Store;
use super::write::{WriteError, WriteResult};
use super::{Prepared, check, prepare};
use crate::diag::{Diagnostic, Message, Sink};
use crate::lint::gate::{self, Checked};
use crate::model::Model;
use crate::model::collect::Options;
use crate::model::entry::EntryIx;
use crate::model::handouts::SheetOptions;
use crate::output::Reader;
use crate::output::handout::{Form, Handout, Owner, SheetFiles, copies, order, place, press, script};
use crate::print::check::unfillable;
use crate::print::choice;
use crate::print::layout::Layout;
use crate::source::Memo;
use crate::world::{OutPath, World};
use std::path::{Path, PathBuf};

/// Which handouts are to be made, and where they go.
pub struct Request<'r> {
    /// The folder that holds `content/`.
    pub site: &'r Path,
    /// The folder for PDF and PNG files; it is made where there is none.
    pub output: &'r ResultFolder,
    /// How the site is read: with drafts, with another address.
    pub options: Options,
    /// Bulletins and folders of the site; all handouts of the settings where none is named.
    pub paths: Vec<String>,
    /// Layouts; where none is named those that the site chose, else those natural for the kind.
    pub layouts: Vec<&'static Layout>,
    /// Copies on one sheet of A4: 1, 2 or 4.
    pub copies: usize,
    /// Whether to show where to cut.
    pub marks: bool,
    /// Whether colour runs over the edge.
    pub bleed: bool,
}

/// What came of a request.
pub struct Outcome {
    /// Findings of reading, checking and typesetting.
    pub found: Vec<Diagnostic>,
    /// The site.
    pub prepared: Prepared,
    /// What was written; none where the gate refused.
    pub written: Option<Vec<PathBuf>>,
    /// What there is to say of the store: that it begins anew, or keeps nothing.
    pub notes: Vec<Message>,
    /// A path that names no bulletin.
    pub stray: Option<String>,
    /// Where a file could not be written, and why.
    pub disk: Option<WriteError>,
}

/// Makes the handouts that a request names. `covers(wanted, path)` tells whether a path of the request means a bulletin's.
pub fn run(
    world: &dyn World,
    request: &Request,
    covers: &dyn Fn(&str, &str) -> bool,
    progress: &dyn Progress,
) -> Outcome {
    let mut sink = Sink::new();
    let options = Options { kept_slugs: kept_slugs(request.site), ..request.options.clone() };
    if let Err(finding) = super::seed::ensure(request.site) {
        sink.report(*finding);
    }
    // A command that only writes sheets does its work without a store as well.
    let store = Store::open(request.site).unwrap_or_else(|_| Store::existing(request.site));
    let prepared = prepare(world, &Memo::new(store.shared()), &options, &store, &mut sink);
    let known = |path: &&String| prepared.model.entries.iter().any(|entry| covers(path, &entry.path));
    let stray = request.paths.iter().find(|path| !known(path)).cloned();
    let checked = check(&prepared, &mut sink);
    let (mut written, mut disk) = (None, None);
    if let (Ok(checked), None) = (checked, &stray) {
        let handouts = chosen(&prepared.model, request, covers);
        let mut notes = Sink::new();
        left_out(&prepared.model, request, covers, &mut notes);
        let maker = Maker { prepared: &prepared, checked, world, cache: &store, request };
        match maker.make(&handouts, progress, &mut notes) {
            Ok(files) => written = Some(files),
            Err(error) => disk = Some(error),
        }
        gate::judge_late(&prepared.model, &mut notes);
        sink.append(notes);
    }
    store.save();
    let notes = store.notes().to_vec();
    Outcome { found: sink.take(), prepared, written, notes, stray, disk }
}

/// The handouts that a request means.
fn chosen(model: &Model, request: &Request, covers: &dyn Fn(&str, &str) -> bool) -> Vec<Handout> {
    let named = |ix: EntryIx| request.paths.iter().any(|path| covers(path, &model.entry(ix).path));
    if request.paths.is_empty() {
        let mut all = place::all(model);
        if !request.layouts.is_empty() {
            all.retain(|handout| request.layouts.contains(&handout.layout()));
        }
        if !all.is_empty() {
            return all;
        }
    }
    let bulletins = model.entries().filter(|(ix, _)| request.paths.is_empty() || named(*ix));
    bulletins
        .flat_map(|(ix, entry)| {
            let own = choice::layouts(&model.config, entry);
            let natural = choice::natural(entry.meta.kind);
            let layouts = match (request.layouts.is_empty(), request.paths.is_empty()) {
                (true, _) if !own.is_empty() => own,
                (true, _) => natural,
                // A layout without a bulletin means those that it is made for.
                (false, true) => {
                    natural.into_iter().filter(|layout| request.layouts.contains(layout)).collect()
                }
                (false, false) => request.layouts.clone(),
            };
            let layouts = choice::fitting(layouts, &model.config, entry);
            layouts.into_iter().map(move |layout| Handout::new(Owner::Bulletin(ix), layout))
        })
        .collect()
}

/// Says which of the layouts that were asked for by name a bulletin cannot fill.
fn left_out(model: &Model, request: &Request, covers: &dyn Fn(&str, &str) -> bool, notes: &mut Sink) {
    let named = |path: &str| request.paths.iter().any(|wanted| covers(wanted, path));
    for (_, entry) in model.entries().filter(|(_, entry)| named(&entry.path)) {
        // What its own front matter asks for was said before.
        let own = choice::unfillable(&model.config, entry);
        for layout in request.layouts.iter().filter(|layout| own.iter().all(|(said, _)| said != *layout)) {
            if let Err(lack) = layout.fits(entry, &model.config) {
                notes.report(unfillable(layout, lack, entry.meta.title.span));
            }
        }
    }
}

struct Maker<'p> {
    prepared: &'p Prepared,
    checked: Checked<'p>,
    world: &'p dyn World,
    cache: &'p Store,
    request: &'p Request<'p>,
}

impl Maker<'_> {
    fn make(
        &self,
        handouts: &[Handout],
        progress: &dyn Progress,
        notes: &mut Sink,
    ) -> WriteResult<Vec<PathBuf>> {
        progress.begin(handouts.len());
        let net = Net::new(self.prepared);
        let mut written = Vec::new();
        for handout in handouts {
            let files = SheetFiles::of(&self.prepared.model, handout);
            if let Ok(path) = OutPath::new(files.address(Form::Sheets).trim_start_matches('/')) {
                progress.start(&path);
                match self.one(handout, notes) {
                    Ok(files) => {
                        let look =
                            |(name, bytes): &(String, Vec<u8>)| net.look_at(name, handout.bulletin(), bytes);
                        match files.iter().find_map(look) {
                            Some(finding) => notes.report(*finding),
                            None => {
                                for (name, bytes) in files {
                                    written.push(self.request.output.put(&name, &bytes)?);
                                }
                            }
                        }
                    }
                    Err(finding) => notes.report(*finding),
                }
                progress.step(&path);
            }
        }
        progress.end();
        Ok(written)
    }

    /// The files of a handout by name.
    fn one(&self, handout: &Handout, notes: &mut Sink) -> Result<Vec<(String, Vec<u8>)>, Box<Diagnostic>> {
        let site = Reader::new(
            self.checked,
            &self.prepared.theme,
            &self.prepared.workshop,
            self.prepared.world(self.world),
            self.cache,
        );
        let settings = self.prepared.model.config.handouts.options;
        let options = SheetOptions {
            marks: settings.marks || self.request.marks,
            bleed: settings.bleed || self.request.bleed,
            ..settings
        };
        let names = SheetFiles::of(&self.prepared.model, handout);
        let made = order(&site, handout, &options).map(|order| {
            let mut files = Vec::new();
            for &form in handout.forms().iter().filter(|form| **form != Form::Thumbnail) {
                let bytes = press::bytes(&site, &order, form)?;
                files.push((names.file_name(form), bytes));
            }
            files.extend(script::plain_text(&order).map(|text| {
                let name = names.file_name(Form::Sheets);
                let stem = name.trim_end_matches(".pdf").trim_end_matches(".png");
                (format!("{stem}.txt"), text.into_bytes())
            }));
            script::too_long(&order).into_iter().for_each(|finding| site.remark(finding));
            if self.request.copies > 1 {
                let sheets = copies(&site, &order, self.request.copies, self.request.marks)?;
                files.extend(sheets.map(|bytes| (names.copies_name(self.request.copies), bytes)));
            }
            Ok(files)
        });
        site.end().1.into_iter().for_each(|remark| notes.report(remark));
        made.unwrap_or_else(|| Ok(Vec::new()))
    }
}

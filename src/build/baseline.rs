//! A site that turns reviews on keeps what it has published: each such bulletin is recorded as `baseline`.
//!
//! Refuses: to do so twice. A site that reviewed before and whose log is gone is no site that begins.
//! Invariant: only what the output holds, as its list says, is taken over.

use super::signing::{self, Entry};
use super::store::Store;
use super::write::Writer;
use super::{Prepared, prepare};
use crate::diag::{Diagnostic, FileId, Files as _, Message, Sink, codes};
use crate::model::collect::Options;
use crate::model::config::Config;
use crate::review::bound::Binder;
use crate::review::log::{Act, Log, Record};
use crate::review::{figures, kept};
use crate::source::Memo;
use crate::source::yaml::parse_yaml;
use crate::world::decode::decode;
use crate::world::{DiskWorld, Memory as _, OutPath, VPath, World};
use std::path::Path;

/// Kind of the value that says that reviews were on.
const KIND: &str = "reviewing";

/// What came of looking.
pub(super) enum Begun {
    /// Nothing was to be done.
    Nothing,
    /// So many bulletins were taken over.
    Taken(usize),
}

/// Takes over what is published where reviews have just been turned on.
///
/// # Errors
/// A finding: the log is gone, or cannot be written.
pub(super) fn begin(
    world: &dyn World,
    site: &Path,
    options: &Options,
    store: &Store,
    writer: &Writer,
) -> Result<Begun, Box<Diagnostic>> {
    if !reviews(world) || Log::read(world).exists {
        return Ok(Begun::Nothing);
    }
    if store.recall(KIND, b"").is_some() {
        let message = Message::new("review-log-gone");
        return Err(Box::new(
            Diagnostic::new(codes::REVIEW_LOG, message).hint(Message::new("review-log-hint")),
        ));
    }
    let options = Options { unreviewed: true, ..options.clone() };
    let prepared = prepare(world, &Memo::new(store.shared()), &options, store, &mut Sink::new());
    let entries = entries(world, &prepared, writer);
    if entries.is_empty() {
        return Ok(Begun::Nothing);
    }
    let count = entries.len();
    let (month, _) = signing::moment(world, &prepared.model.config.zone);
    let written = DiskWorld::open(site).and_then(|disk| signing::append(&disk, &month, entries));
    written.map_err(|error| {
        let path = crate::world::shown(&signing::place(site));
        let message = Message::new("review-write-failed").with("path", path).with("reason", error);
        Box::new(Diagnostic::new(codes::WRITE_FAILED, message))
    })?;
    Ok(Begun::Taken(count))
}

/// Notes that this site reviews what it publishes.
pub(super) fn note(prepared: &Prepared, store: &Store) {
    if prepared.model.reviews.on {
        store.keep(KIND, b"", vec![1]);
    }
}

/// Whether the settings turn reviews on.
fn reviews(world: &dyn World) -> bool {
    let setting = || {
        let bytes = world.read(&VPath::new("content/site.yaml").ok()?).ok()?;
        let settings = parse_yaml(FileId(0), &decode(&bytes).ok()?.text, &mut Sink::new());
        Some(Config::read(&settings, &mut Sink::new()).review.on())
    };
    setting().unwrap_or(false)
}

fn entries(world: &dyn World, prepared: &Prepared, writer: &Writer) -> Vec<Entry> {
    let model = &prepared.model;
    let binder = Binder::new(model, &prepared.statistics);
    let (_, at) = signing::moment(world, &model.config.zone);
    let published = |address: &str| {
        let page = OutPath::new(&format!("{}index.html", address.trim_start_matches('/')));
        page.is_ok_and(|page| writer.intact(&page).is_some())
    };
    let entries = model.entries.iter().filter(|entry| !entry.draft && published(&entry.address));
    entries
        .map(|entry| {
            let parts = binder.parts(entry);
            let data = figures::files(world, &prepared.statistics, &parts);
            let keep = kept::to_keep(world, model.sources.text(entry.file), &parts, &data);
            let record = Record {
                at: at.clone(),
                act: Act::Baseline,
                path: entry.path.to_string(),
                title: entry.title().to_owned(),
                level: None,
                name: "baseline".to_owned(),
                note: None,
                of: Vec::new(),
                author: None,
                urgent: false,
                bound: parts.hash(),
                parts,
                data,
                after: Vec::new(),
            };
            Entry { record, keep }
        })
        .collect()
}

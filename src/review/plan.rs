//! What is published of each bulletin that is not approved as it stands: its last approved version, or nothing, and why.
//!
//! Refuses: to take what an approved bulletin shows away from it. Where two cannot both be published, the one that is approved as it stands is.
//! Invariant: a plan that [holds](Plan::holds) is one in which everything is approved.

use super::log::Record;
use super::{Book, figures, judge, kept, look, why};
use crate::diag::Message;
use crate::model::Model;
use crate::model::dataset::FOLDER;
use crate::model::review::{Before, Changed, ChangedText, Reviews, Standing, Stands};
use crate::review::bound::Parts;
use crate::statistics::safe::SafeData;
use crate::world::{VPath, World};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is published of each bulletin that is not approved as it stands.
#[derive(Default)]
pub struct Plan {
    /// Files as they were approved, in place of those in the folder.
    pub files: BTreeMap<VPath, Arc<[u8]>>,
    /// Bulletins that are held back, and why.
    pub withheld: BTreeMap<VPath, Message>,
    /// Those whose last approved version is published, with how they stand in the folder.
    pub substituted: BTreeMap<VPath, Standing>,
    /// All bulletins as they stand in the folder.
    pub standing: BTreeMap<VPath, Standing>,
    /// Those that are published, as they are.
    pub published: BTreeMap<VPath, Standing>,
    /// What the published ones show of figures: dataset, and `table NAME` or `chart NAME` in it.
    pub shown: BTreeSet<(String, String)>,
    /// Figures as they were when bulletins were approved, by file; with the place of the record that names them.
    figures: BTreeMap<VPath, (usize, Arc<[u8]>)>,
    /// The bulletins that those are for.
    former: BTreeSet<VPath>,
    /// Those that are approved as they stand, by the hash of what was signed.
    stood: BTreeMap<VPath, String>,
}

impl Plan {
    /// Decides for a site as it stands in its folder.
    pub fn new(book: &Book, world: &dyn World, model: &Model, statistics: &SafeData) -> Self {
        let looked = look(book, world, model, statistics);
        let mut plan = Self::default();
        // What an approved bulletin shows stays as it is, also where an edited one was approved with another picture of that name.
        let mut fixed: BTreeMap<String, String> = BTreeMap::new();
        for (path, (parts, standing)) in &looked {
            if standing.is_approved() {
                plan.stood.insert(path.clone(), parts.hash());
                fixed.extend(parts.files.clone());
            }
        }
        for (path, (parts, mut standing)) in looked {
            let secret = model.entry_at(&path).is_some_and(|ix| model.entry(ix).meta.secret.is_some());
            // What says that it is secret is refused as it stands; no earlier version of it is published either.
            if !standing.is_approved() && !secret {
                plan.decide(book, world, model, &path, Some(&parts), &mut standing, &mut fixed);
            }
            plan.standing.insert(path, standing);
        }
        // A bulletin that cannot be read as it stands: its last approved version, if it has one.
        for path in book.by_path.keys() {
            let Ok(path) = VPath::new(path) else { continue };
            let unread = model.sources.id(&path).is_some()
                && model.entry_at(&path).is_none()
                && model.held_at(&path).is_none();
            if unread && let Some(at) = book.approved(model, &path, None) {
                let record = &book.log.records[at].1;
                let mut standing = Standing {
                    stands: Stands::Unsigned,
                    signed: Vec::new(),
                    missing: record.of.clone(),
                    before: Some(Before {
                        at: judge::written(&record.at),
                        by: record.name.clone(),
                        changed: Changed { text: ChangedText::Unreadable, ..Changed::default() },
                        place: None,
                        published: Ok(()),
                    }),
                    title: record.title.clone(),
                    moved_from: None,
                };
                plan.decide(book, world, model, &path, None, &mut standing, &mut fixed);
                plan.standing.insert(path, standing);
            }
        }
        plan
    }

    #[expect(clippy::too_many_arguments, reason = "all that a decision is made from")]
    fn decide(
        &mut self,
        book: &Book,
        world: &dyn World,
        model: &Model,
        path: &VPath,
        now: Option<&Parts>,
        standing: &mut Standing,
        fixed: &mut BTreeMap<String, String>,
    ) {
        let Some(at) = standing.before.as_ref().and_then(|_| book.approved(model, path, None)) else {
            self.withheld.insert(path.clone(), why(standing));
            return;
        };
        let record = &book.log.records[at].1;
        let parts = &record.parts;
        let clash =
            parts.files.iter().find(|(name, hash)| fixed.get(*name).is_some_and(|other| other != *hash));
        let version = match clash {
            Some((name, _)) => Err(Message::new("review-not-kept-shared").with("path", name)),
            None => kept::version(world, path, parts),
        };
        match version {
            Ok(files) => {
                fixed.extend(parts.files.clone());
                self.files.extend(files);
                self.substituted.insert(path.clone(), standing.clone());
                if now.is_none_or(|now| now.figures != parts.figures) {
                    self.bring_back_figures(world, path, at, record);
                }
            }
            Err(message) => self.withhold(path, standing, message),
        }
    }

    /// Lets the figures that an approved version was signed with stand in for those of today. Of two versions the later one has its way; whether the
    /// other shows what was signed all the same is judged with the rest.
    fn bring_back_figures(&mut self, world: &dyn World, path: &VPath, at: usize, record: &Record) {
        let Some(files) = figures::former(world, &record.data) else { return };
        if files.is_empty() {
            return;
        }
        self.former.insert(path.clone());
        for (file, bytes) in files {
            let known = self.figures.entry(file).or_insert_with(|| (at, bytes.clone()));
            if known.0 < at {
                *known = (at, bytes);
            }
        }
    }

    /// Whether former figures stand in for those of today.
    pub fn has_former_figures(&self) -> bool {
        !self.figures.is_empty()
    }

    /// Gives up former figures, and holds back what was to be published with them.
    pub fn give_up_figures(&mut self) {
        let files = std::mem::take(&mut self.figures);
        let file = files.keys().find(|file| file.ends_with(".csv")).or(files.keys().next());
        let file = file.map_or_else(|| FOLDER.to_owned(), ToString::to_string);
        for path in std::mem::take(&mut self.former) {
            if let Some(mut own) = self.standing.get(&path).cloned() {
                self.withhold(&path, &mut own, Message::new("review-not-kept-shared").with("path", &file));
                self.standing.insert(path, own);
            }
        }
    }

    /// The files that stand in for those in the folder.
    pub fn stand_ins(&self) -> BTreeMap<VPath, Arc<[u8]>> {
        let figures = self.figures.iter().map(|(path, (_, bytes))| (path.clone(), bytes.clone()));
        self.files.clone().into_iter().chain(figures).collect()
    }

    /// Holds a bulletin back whose approved version cannot be published.
    fn withhold(&mut self, path: &VPath, standing: &mut Standing, reason: Message) {
        if let Some(before) = &mut standing.before {
            before.published = Err(reason);
        }
        self.substituted.remove(path);
        self.files.remove(path);
        self.withheld.insert(path.clone(), why(standing));
    }

    /// Whether everything is published as it stands.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.withheld.is_empty() && self.figures.is_empty()
    }

    /// Judges the site as this plan has it; whatever is not approved in it is held back from now on. Whether that was nothing.
    pub fn holds(&mut self, book: &Book, world: &dyn World, model: &Model, statistics: &SafeData) -> bool {
        let mut holds = true;
        self.published.clear();
        self.shown.clear();
        let looked = look(book, world, model, statistics);
        // What is approved with the figures of today is not published with former ones, though those were signed as well.
        let other =
            |path: &VPath, parts: &Parts| self.stood.get(path).is_some_and(|own| *own != parts.hash());
        let taken = looked.iter().any(|(path, (parts, _))| other(path, parts));
        if taken && self.has_former_figures() {
            self.give_up_figures();
            return false;
        }
        for (path, (parts, standing)) in looked {
            if standing.is_approved() {
                self.shown.extend(figures::named(statistics, &parts));
                self.published.insert(path, standing);
                continue;
            }
            if model.entry_at(&path).is_some_and(|ix| model.entry(ix).meta.secret.is_some()) {
                // Refused as it stands.
                continue;
            }
            holds = false;
            let reason = match &standing.before {
                Some(before) if self.substituted.contains_key(&path) => {
                    let figures = !before.changed.figures.is_empty();
                    Message::new(if figures { "review-not-kept-figures" } else { "review-not-kept-other" })
                }
                _ => Message::new("review-not-kept-other"),
            };
            let mut own = self.standing.get(&path).cloned().unwrap_or(standing);
            self.withhold(&path, &mut own, reason);
            self.standing.insert(path, own);
        }
        self.former.retain(|path| self.substituted.contains_key(path));
        if self.former.is_empty() {
            self.figures.clear();
        }
        holds
    }

    /// What the model is told.
    pub fn reviews(self) -> Reviews {
        let pick = |path: &VPath| self.standing.get(path).map(|standing| (path.clone(), standing.clone()));
        Reviews {
            on: true,
            shows_all: false,
            withheld: self.withheld.keys().filter_map(pick).collect(),
            substituted: self.substituted.keys().filter_map(pick).collect(),
            standing: self.standing,
            published: self.published,
            log: Vec::new(),
        }
    }
}

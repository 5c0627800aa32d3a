//! Signing bulletins off, sending them back, and who owes what.
//!
//! Messages are returned, so that an editor can ask as the command line does.
//!
//! Refuses: a signature that the settings do not allow; part of a request. Either all that was asked for is recorded or nothing.
//! Invariant: what is recorded is what readers would get of the bulletin as it stands in its folder at that moment.

mod form;

use super::site::Site;
use crate::build::signing::{self, Entry as Written};
use crate::build::{Prepared, seed};
use crate::diag::{Files as _, Message, Sink};
use crate::model::Model;
use crate::model::entry::Entry;
use crate::model::review::{ReviewLevel, Standing, Stands};
use crate::review::bound::{Binder, Parts};
use crate::review::judge::{Judged, same_name, wrote};
use crate::review::log::{Act, Record};
use crate::review::{Book, figures, judged, kept, needed};
use crate::world::{DiskWorld, shown};

/// A site opened for reviews: all of it as it stands in its folder, drafts included.
pub struct Desk {
    /// The site.
    pub site: Site,
    /// As it was read.
    pub prepared: Prepared,
    book: Book,
}

/// What somebody asks to be recorded.
pub struct Asked<'a> {
    /// Bulletins and folders.
    pub paths: &'a [String],
    /// Who.
    pub name: &'a str,
    /// The level; none to send back.
    pub level: Option<&'a str>,
    /// What they say.
    pub note: Option<&'a str>,
}

/// Why nothing was recorded.
pub enum Refusal {
    /// What was asked for cannot be; what is wrong.
    Asked(Vec<Message>),
    /// The disk did not take it.
    Disk(Message),
}

/// Whether a path of a request means a bulletin's.
pub type Covers<'c> = dyn Fn(&str, &str) -> bool + 'c;

impl Desk {
    /// Opens it.
    pub fn open(world: DiskWorld) -> Self {
        let mut site = Site::open(world);
        // Which figures are withheld depends on the seed, and a signature is for what is published.
        let _ = seed::ensure(site.world.root());
        site.options.unreviewed = true;
        site.options.drafts = true;
        let prepared = site.prepare(&mut Sink::new());
        let book = Book::read(&site.world);
        Self { site, prepared, book }
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.prepared.model
    }

    /// The log.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// A path as the site has it, also where `content/` was left out.
    pub fn below(&self, path: &str) -> String {
        let known = |wanted: &str| {
            let covers = |entry: &Entry| *entry.path == *wanted || entry.path.is_inside(wanted);
            self.model().entries.iter().any(covers)
        };
        let longer = format!("content/{path}");
        if !known(path) && known(&longer) { longer } else { path.to_owned() }
    }

    /// The parts of a bulletin, and how it stands.
    pub fn parts(&self, entry: &Entry) -> Parts {
        Binder::new(self.model(), &self.prepared.statistics).parts(entry)
    }

    fn standing(&self, entry: &Entry) -> Option<&Standing> {
        self.model().reviews.standing.get(&entry.path)
    }

    /// Records a signature, or that something was sent back. What to say of each bulletin.
    ///
    /// # Errors
    /// Why nothing was recorded.
    pub fn record(&self, asked: &Asked, covers: &Covers) -> Result<Vec<Message>, Refusal> {
        let refuse = |message: Message| Refusal::Asked(vec![message]);
        let settings = &self.model().config.review;
        if !settings.on() {
            return Err(refuse(Message::new("review-off")));
        }
        if !self.book.log.faults.is_empty() {
            let mut all: Vec<Message> = vec![Message::new("review-broken-log")];
            all.extend(self.book.log.faults.iter().map(|fault| fault.what.clone()));
            return Err(Refusal::Asked(all));
        }
        let name = asked.name.trim();
        if name.is_empty() {
            return Err(refuse(Message::new("review-nobody")));
        }
        let (mut chosen, mut wrong) = (Vec::new(), Vec::new());
        for path in asked.paths {
            let found: Vec<&Entry> =
                self.model().entries.iter().filter(|entry| covers(path, &entry.path)).collect();
            if found.is_empty() {
                wrong.push(Message::new("review-nothing-at").with("path", path));
            }
            for entry in found {
                let exact = **path == *entry.path || entry.path.parent().to_string() == **path;
                match self.may(entry, name, asked) {
                    Ok(()) => chosen.push(entry),
                    // Of a folder, what waits for this signature is signed.
                    Err(Passed::Done(_) | Passed::Draft(_)) if !exact => {}
                    Err(Passed::Done(message) | Passed::Draft(message) | Passed::No(message)) => {
                        wrong.push(message);
                    }
                }
            }
        }
        if !wrong.is_empty() {
            return Err(Refusal::Asked(wrong));
        }
        chosen.sort_by(|a, b| a.path.cmp(&b.path));
        chosen.dedup_by(|a, b| a.path == b.path);
        self.write(&chosen, name, asked)
    }

    fn write(&self, chosen: &[&Entry], name: &str, asked: &Asked) -> Result<Vec<Message>, Refusal> {
        let model = self.model();
        let (month, at) = signing::moment(&self.site.world, &model.config.zone);
        let mut entries = Vec::new();
        let mut told = Vec::new();
        for entry in chosen {
            let parts = self.parts(entry);
            let missing = self.left(entry, asked.level);
            let (act, of) = match asked.level {
                Some(_) => (Act::Approve, needed(model, entry)),
                None => (Act::Reject, Vec::new()),
            };
            told.push(said(entry, name, asked, &missing));
            let mut data = figures::files(&self.site.world, &self.prepared.statistics, &parts);
            let mut keep = kept::to_keep(&self.site.world, model.sources.text(entry.file), &parts, &data);
            if act == Act::Reject {
                keep.clear();
                data.clear();
            } else if !missing.is_empty() {
                // Pictures and figures are kept once all have signed.
                keep.retain(|(name, _)| name.ends_with(".txt"));
            }
            entries.push(Written {
                record: Record {
                    at: at.clone(),
                    act,
                    path: entry.path.to_string(),
                    title: entry.title().to_owned(),
                    level: asked.level.map(str::to_owned),
                    name: name.to_owned(),
                    note: asked.note.map(str::trim).filter(|note| !note.is_empty()).map(str::to_owned),
                    of,
                    author: entry.meta.author.clone(),
                    urgent: entry.meta.urgent,
                    bound: parts.hash(),
                    parts,
                    data,
                    after: Vec::new(),
                },
                keep,
            });
        }
        if entries.is_empty() {
            return Ok(vec![Message::new("review-signed-none")]);
        }
        signing::append(&self.site.world, &month, entries).map_err(|error| {
            let path = shown(&signing::place(self.site.world.root()));
            Refusal::Disk(Message::new("review-write-failed").with("path", path).with("reason", error))
        })?;
        Ok(told)
    }

    /// The levels that are still missing once this one has signed.
    fn left(&self, entry: &Entry, level: Option<&str>) -> Vec<String> {
        let missing =
            self.standing(entry).map_or_else(|| needed(self.model(), entry), |one| one.missing.clone());
        missing.into_iter().filter(|one| Some(one.as_str()) != level).collect()
    }

    fn may(&self, entry: &Entry, name: &str, asked: &Asked) -> Result<(), Passed> {
        let settings = &self.model().config.review;
        let of_it = |id| Message::new(id).with("title", entry.title());
        if entry.meta.secret.is_some() {
            return Err(Passed::No(of_it("review-is-secret")));
        }
        let Some(level) = asked.level else {
            if asked.note.is_none_or(|note| note.trim().is_empty()) {
                return Err(Passed::No(Message::new("review-reason-needed")));
            }
            let people: Vec<&str> = settings.people().collect();
            let open = settings.levels.iter().any(|level| level.who.is_empty());
            if !open && !people.iter().any(|known| same_name(known, name)) {
                let message = Message::new("review-not-allowed-reject").with("name", name);
                return Err(Passed::No(message.with("names", people.join("、"))));
            }
            return Ok(());
        };
        let needed = settings.needed(entry.meta.heavy);
        let known = needed.iter().find(|one| one.name == level);
        let Some(ReviewLevel { who, .. }) = known else {
            let heavy = settings.heavy.as_ref().is_some_and(|one| one.name == level);
            if heavy {
                return Err(Passed::No(of_it("review-level-heavy").with("level", level)));
            }
            let levels: Vec<&str> = needed.iter().map(|one| one.name.as_str()).collect();
            let message = Message::new("review-level-unknown").with("level", level);
            return Err(Passed::No(message.with("levels", levels.join("、"))));
        };
        if !who.is_empty() && !who.iter().any(|known| same_name(known, name)) {
            let message = Message::new("review-not-allowed").with("level", level).with("name", name);
            return Err(Passed::No(message.with("names", who.join("、"))));
        }
        let Judged { stands, signed, missing } = judged(&self.book, self.model(), entry, &self.parts(entry));
        if stands == Stands::Approved {
            return Err(Passed::Done(of_it("review-already")));
        }
        if let Some(by) = signed.iter().find(|one| one.level == level) {
            return Err(Passed::Done(
                of_it("review-level-signed").with("level", level).with("name", &by.name),
            ));
        }
        if entry.meta.draft {
            return Err(Passed::Draft(of_it("review-is-draft")));
        }
        if let Some(author) = entry.meta.author.as_deref().filter(|author| wrote(author, name))
            && !settings.own_text
        {
            return Err(Passed::No(of_it("review-own-text").with("author", author)));
        }
        if let Some(own) =
            signed.iter().find(|one| same_name(&one.name, name)).filter(|_| !settings.same_person)
        {
            let message = of_it("review-same-person").with("name", name).with("level", &own.level);
            return Err(Passed::No(message));
        }
        let first = !signed.iter().any(|one| one.note.is_some());
        let blank = asked.note.is_none_or(|note| note.trim().is_empty());
        if entry.meta.urgent && blank && first && missing.len() > 1 {
            return Err(Passed::No(of_it("review-urgent-note")));
        }
        Ok(())
    }
}

/// Why a bulletin is not signed.
enum Passed {
    /// It needs no such signature any more.
    Done(Message),
    /// It is not finished.
    Draft(Message),
    /// It must not be.
    No(Message),
}

fn said(entry: &Entry, name: &str, asked: &Asked, missing: &[String]) -> Message {
    let Some(level) = asked.level else {
        let message = Message::new("review-returned").with("title", entry.title()).with("name", name);
        return message.with("reason", asked.note.unwrap_or_default());
    };
    let id = match (missing.is_empty(), entry.meta.urgent) {
        (true, _) => "review-signed-last",
        (false, true) => "review-signed-urgent",
        (false, false) => "review-signed",
    };
    let message = Message::new(id).with("title", entry.title()).with("name", name).with("level", level);
    if missing.is_empty() { message } else { message.with("levels", missing.join("、")) }
}

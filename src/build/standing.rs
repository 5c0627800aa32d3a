//! Whether anything has changed since the last build at all, told by stamps alone.
//!
//! On most runs nothing has: a build is started to be sure. The stamps of all files below `content/` and `themes/`, the options, the program, the list of the
//! output with the stamps of its files, and the moment at which the site next changes by itself are what a build depends on. Where all of them are as the
//! last build left them, the site stands, and what that build had to say is said again.
//!
//! Refuses: a guess. A file that is too young to have a stamp, a finding that cannot be kept, unfinished work beside the output: the build is done.
//! Invariant: where a site stands, a build would write nothing and find the same.

use super::write::{self, Writer};
use super::{Prepared, addresses};
use crate::diag::{Diagnostic, Files, Message, Sink, Span};
use crate::lint::rules::let_pass;
use crate::model::collect::Options;
use crate::model::entry::HeldReason;
use crate::source::{self, Sources};
use crate::world::{FileResult, Listed, Memory, VPath, World};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// Kind of the value in the store.
const KIND: &str = "standing";
/// The folders that a build reads.
const READ: [&str; 2] = ["content", "themes"];

/// A site that stands, and what there is to say of it.
pub struct Standing {
    /// Every finding of the build that made it.
    pub found: Vec<Diagnostic>,
    /// Texts and paths for them.
    pub sources: Sources,
    /// Language of the site.
    pub language: String,
    /// What is held back.
    pub held: Vec<Withheld>,
    /// What there is to say of its statistics: figures that no release holds, what is hidden that was printed, soft policies.
    pub figures: Vec<Message>,
    /// How many files the output has.
    pub files: usize,
    /// When the site next changes by itself; none where it never does.
    pub until: Option<Timestamp>,
}

/// A bulletin that is held back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    /// Its file.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Why.
    pub reason: Message,
}

impl Withheld {
    /// Everything that a site holds back.
    pub fn all(prepared: &Prepared) -> Vec<Self> {
        let one = |held: &crate::model::entry::Held| Self {
            path: held.path.to_string(),
            title: held.title.clone(),
            reason: reason(&held.reason),
        };
        prepared.model.held.iter().map(one).collect()
    }
}

/// Why a bulletin is held back, in words.
pub fn reason(reason: &HeldReason) -> Message {
    match reason {
        HeldReason::Draft => Message::new("cli-held-draft"),
        HeldReason::Future(when) => Message::new("cli-held-future").with("when", when),
        HeldReason::Unreviewed(why) => why.clone(),
    }
}

/// What a build leaves for the next one.
#[derive(Serialize, Deserialize)]
struct Kept {
    inputs: [u8; 32],
    output: [u8; 32],
    /// From when until when, in nanoseconds since 1970, nothing changes by itself.
    from: i128,
    until: i128,
    language: String,
    held: Vec<Withheld>,
    figures: Vec<Message>,
    found: Vec<KeptFinding>,
    files: usize,
}

/// A finding with its places by path: numbers of files mean nothing in the next run.
#[derive(Serialize, Deserialize)]
struct KeptFinding {
    finding: Diagnostic,
    primary: Option<KeptPlace>,
    related: Vec<(KeptPlace, Message)>,
}

#[derive(Serialize, Deserialize)]
struct KeptPlace {
    path: String,
    /// Whether the file has a text to be shown.
    has_text: bool,
    start: u32,
    end: u32,
}

/// What a build is asked to do, apart from what it reads.
pub struct Asked<'r> {
    /// How.
    pub options: &'r Options,
    /// Which program.
    pub program: &'r str,
    /// Whether warnings refuse.
    pub deny_warnings: bool,
}

impl Asked<'_> {
    fn key(&self, output: &str) -> Vec<u8> {
        // A build that trusted no stamp leaves the same site as one that did.
        let options = Options { full: false, ..self.options.clone() };
        format!("{}\n{}\n{options:?}\n{output}", self.program, self.deny_warnings).into_bytes()
    }
}

/// The site as the last build left it, where nothing has changed since.
pub fn recall(
    world: &dyn World,
    memory: &dyn Memory,
    site: &Path,
    output: &Path,
    asked: &Asked,
) -> Option<Standing> {
    let place = write::place_of(site, output)?;
    let bytes = memory.recall(KIND, &asked.key(&place.to_string_lossy()))?;
    let kept: Kept = postcard::from_bytes(&bytes).ok()?;
    let now = world.now().as_nanosecond();
    if !(kept.from..kept.until).contains(&now) || inputs(world, addresses::bytes_hash(world)?)? != kept.inputs
    {
        return None;
    }
    if write::look(site, output)? != kept.output {
        return None;
    }
    let mut sources = Sources::new();
    let found = kept.found.into_iter().map(|one| told(world, &mut sources, one)).collect::<Option<_>>()?;
    let Kept { language, held, figures, files, until, .. } = kept;
    let until = Timestamp::from_nanosecond(until).ok().filter(|until| *until < Timestamp::MAX);
    Some(Standing { found, sources, language, held, figures, files, until })
}

/// Keeps what a build left, if the next one can rely on it. `noted` is the hash of the list of addresses as the build left it.
pub fn keep(
    world: &dyn World,
    memory: &dyn Memory,
    writer: &Writer,
    prepared: &Prepared,
    found: &[Diagnostic],
    asked: &Asked,
    noted: [u8; 32],
) {
    let Some(kept) = kept(world, writer, prepared, found, noted) else { return };
    if let Ok(bytes) = postcard::to_allocvec(&kept) {
        memory.keep(KIND, &asked.key(&writer.output().to_string_lossy()), bytes);
    }
}

fn kept(
    world: &dyn World,
    writer: &Writer,
    prepared: &Prepared,
    found: &[Diagnostic],
    noted: [u8; 32],
) -> Option<Kept> {
    let model = &prepared.model;
    let moment = |moment: jiff::civil::DateTime| moment.to_zoned(model.config.zone.clone()).ok();
    let until = match model.now.next_change() {
        Some(next) => moment(next)?.timestamp(),
        None => Timestamp::MAX,
    };
    Some(Kept {
        inputs: inputs(world, noted)?,
        output: writer.look()?,
        from: world.now().as_nanosecond(),
        until: until.as_nanosecond(),
        language: model.config.language.clone(),
        held: Withheld::all(prepared),
        figures: prepared.statistics.kept().told().into_iter().chain(let_pass(&prepared.model)).collect(),
        found: found.iter().map(|finding| kept_finding(finding, &model.sources)).collect(),
        files: writer.manifest().len(),
    })
}

/// Hash of the stamps of all files that a build may read; none where one has no stamp that can be relied on. The list of addresses, which the build
/// itself may have written a moment ago, is there with the hash of its bytes instead.
fn inputs(world: &dyn World, addresses: [u8; 32]) -> Option<[u8; 32]> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&addresses);
    for folder in READ {
        hasher.update(folder.as_bytes());
        for file in world.list(&VPath::new(folder).ok()?) {
            let Listed { path, stamp, .. } = match file {
                Ok(listed) => listed,
                Err(error) => {
                    hasher.update(format!("\0{error:?}").as_bytes());
                    continue;
                }
            };
            if &*path == crate::model::addresses::PATH {
                continue;
            }
            let stamp = stamp?;
            hasher.update(&[0]).update(path.as_bytes()).update(&[0]).update(&stamp.len.to_le_bytes());
            hasher.update(&stamp.modified.to_le_bytes());
            for part in stamp.identity {
                hasher.update(&part.to_le_bytes());
            }
        }
    }
    Some(*hasher.finalize().as_bytes())
}

fn kept_finding(finding: &Diagnostic, sources: &Sources) -> KeptFinding {
    let place = |span: Span| KeptPlace {
        path: sources.path(span.file).to_owned(),
        has_text: !sources.text(span.file).is_empty(),
        start: span.start,
        end: span.end,
    };
    let related = finding.related.iter().map(|label| (place(label.span), label.message.clone())).collect();
    let plain = Diagnostic { primary: None, related: Vec::new(), ..finding.clone() };
    KeptFinding { finding: plain, primary: finding.primary.map(place), related }
}

fn told(world: &dyn World, sources: &mut Sources, kept: KeptFinding) -> Option<Diagnostic> {
    let mut span = |place: KeptPlace| {
        let is_known = sources.id(&place.path).is_some();
        let file = sources.intern_text(&place.path);
        if place.has_text && !is_known {
            let bytes = world.read(&VPath::new(&place.path).ok()?).ok()?;
            let text = source::decoded(file, &bytes, &mut Sink::new()).ok()?;
            sources.set_text(file, text);
        }
        Some(Span { file, start: place.start, end: place.end })
    };
    let mut finding = kept.finding;
    if let Some(place) = kept.primary {
        finding.primary = Some(span(place)?);
    }
    for (place, message) in kept.related {
        finding.related.push(crate::diag::Label { span: span(place)?, message });
    }
    Some(finding)
}

/// A world whose folders are listed once: what a build sees is one state of them, whoever asks first.
pub struct Once<'w> {
    world: &'w dyn World,
    lists: Mutex<BTreeMap<VPath, Arc<Vec<FileResult<Listed>>>>>,
}

impl<'w> Once<'w> {
    /// Of a world.
    pub fn new(world: &'w dyn World) -> Self {
        Self { world, lists: Mutex::default() }
    }

    /// Lists anew from now on: a file has changed since.
    pub fn forget(&self) {
        self.lists.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl World for Once<'_> {
    fn read(&self, path: &VPath) -> FileResult<Arc<[u8]>> {
        self.world.read(path)
    }

    fn list(&self, dir: &VPath) -> Vec<FileResult<Listed>> {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        lists.entry(dir.clone()).or_insert_with(|| Arc::new(self.world.list(dir))).to_vec()
    }

    fn origin(&self, path: &VPath) -> VPath {
        self.world.origin(path)
    }

    fn now(&self) -> Timestamp {
        self.world.now()
    }

    fn share(&self) -> Arc<dyn World> {
        self.world.share()
    }
}

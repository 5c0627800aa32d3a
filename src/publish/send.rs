//! Publishing: look, plan, take the lease, send phase by phase, write the list, remove what is left over.
//!
//! Refuses: another site's place, files of somebody else, more removals than were allowed, publishing beside somebody else.
//! Invariant: whatever interrupts it, the next run ends with what is wanted, and no page that stands there links to a file that does not.

use super::finished::Source;
use super::lease::{LEASE, Lease, Pace, random};
use super::manifest::{LARGEST, PUBLISHED, Published, Sent};
use super::plan::{PHASES, Plan, Wanted};
use super::state::{State, There};
use super::target::{Answer, How, Target, Trouble};
use super::verify;
use crate::build::delivery::ASK_AGAIN;
use crate::build::write::MANIFEST;
use crate::world::{OutPath, SiteId};
use bytes::Bytes;
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

mod upload;

/// Added files are looked for one by one up to this number, else all are listed.
const FEW: usize = 40;
/// How often one begins anew because the far side changed between looking and writing.
const ATTEMPTS: usize = 3;
/// How old the last proof that the lease is ours may be when the list is written.
const PROOF: Duration = Duration::from_secs(10);

/// What is to be published.
pub struct Release<'r> {
    /// Which site.
    pub site: Option<SiteId>,
    /// Which build.
    pub build: blake3::Hash,
    /// The build's own list, for whoever serves the files as they are.
    pub list: Vec<u8>,
    /// The files.
    pub wanted: BTreeMap<OutPath, Wanted>,
    /// Their bytes.
    pub source: &'r dyn Source,
}

/// What is said while it goes on.
pub trait Watch: Sync {
    /// Sending begins.
    fn begin(&self, files: usize, bytes: u64);
    /// A file was sent.
    fn sent(&self, path: &OutPath, bytes: u64);
    /// Somebody else's lease is looked at for so long.
    fn waiting(&self, label: &str, at_most: Duration);
}

/// How it is to be done.
pub struct Manner<'m> {
    /// Waits.
    pub pace: Pace,
    /// How many files are on their way at once.
    pub connections: usize,
    /// Which copy of the site this is.
    pub owner: &'m str,
    /// What it is called.
    pub label: &'m str,
    /// What time it is, for the eyes of others.
    pub begun: &'m str,
    /// Whether files that stand at paths of ours are ours.
    pub adopt: bool,
    /// Whether everything at the far side is read back.
    pub verify: bool,
    /// Whether so much may be removed.
    pub allow: &'m (dyn Fn(&Plan) -> bool + Sync),
    /// Who is told.
    pub watch: &'m dyn Watch,
}

/// How far side and plan stand.
pub struct Looked {
    /// The list there.
    pub published: Option<Published>,
    /// The lease there.
    pub lease: Option<Lease>,
    /// What stands there.
    pub state: State,
    /// What there is to do.
    pub plan: Plan,
    /// Files that were not as the list says.
    pub damaged: BTreeSet<OutPath>,
    /// Lists of which half stands in its place, with all of their bytes.
    halves: [(&'static str, Option<Vec<u8>>); 2],
    /// When it was looked.
    at: Instant,
}

/// What was done.
pub struct Done {
    /// The plan that was carried out.
    pub plan: Plan,
    /// Whether anything was.
    pub changed: bool,
    /// Files that were not as the list said, and are now.
    pub mended: BTreeSet<OutPath>,
}

/// Why it was not done, or not all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stopped {
    /// Somebody else is publishing.
    Busy(String),
    /// The place is another site's.
    OtherSite,
    /// Files of somebody else stand where ours have to go.
    Foreign(Vec<String>),
    /// So many would be removed, of so many.
    TooMany(usize, usize),
    /// The list there cannot be read.
    BadList,
    /// A file of the site changed while it was being published.
    Changed(OutPath),
    /// Files are not at the far side as they were sent.
    Damaged(Vec<OutPath>),
    /// The far side failed; at which path, and what is left to be done.
    Failed(Trouble, String, Vec<OutPath>),
}

impl Stopped {
    fn at(path: &str) -> impl Fn(Trouble) -> Self {
        move |trouble| Self::Failed(trouble, path.to_owned(), Vec::new())
    }
}

/// How lists are kept: asked about each time.
const LIST: How = How { media: "text/plain; charset=utf-8", cache: ASK_AGAIN, packed: false };

/// A list of ours that is written in the place of the old one. Where a cut may leave half of it, it is written beside first.
fn write_list(target: &dyn Target, name: &str, bytes: Vec<u8>) -> Answer<()> {
    let bytes = Bytes::from(bytes);
    if !target.replaces_whole() {
        target.write(&format!("{name}-next"), &bytes, LIST)?;
    }
    target.write(name, &bytes, LIST)
}

/// A list of ours as it was found.
struct Found<T> {
    /// What it says; `Err` where it is there and cannot be read.
    list: Result<Option<T>, ()>,
    /// Its bytes, where half of it stands in its place and all of it beside.
    half: Option<Vec<u8>>,
}

/// Reads a list of ours.
fn read_list<T>(target: &dyn Target, name: &str, parse: fn(&[u8]) -> Option<T>) -> Answer<Found<T>> {
    let found = |list| Found { list, half: None };
    let Some(bytes) = target.read(name)?.filter(|bytes| bytes.len() <= LARGEST) else {
        return Ok(found(Ok(None)));
    };
    if let Some(list) = parse(&bytes) {
        return Ok(found(Ok(Some(list))));
    }
    if !target.replaces_whole()
        && let Some(beside) = target.read(&format!("{name}-next"))?
        && let Some(list) = parse(&beside)
    {
        return Ok(Found { list: Ok(Some(list)), half: Some(beside) });
    }
    Ok(found(Err(())))
}

/// The lease there, if it can be read.
fn read_lease(target: &dyn Target) -> Answer<Option<Lease>> {
    Ok(read_list(target, LEASE, Lease::parse)?.list.ok().flatten())
}

/// Looks at the far side and says what there is to do.
///
/// # Errors
/// Where it cannot be told, or the place is another site's.
pub fn look(target: &dyn Target, release: &Release, manner: &Manner) -> Result<Looked, Stopped> {
    let at = Instant::now();
    let list = read_list(target, PUBLISHED, Published::parse).map_err(Stopped::at(PUBLISHED))?;
    let published = match list.list {
        Ok(published) => published,
        // Who adopts what is there needs no list.
        Err(()) if manner.adopt => None,
        Err(()) => return Err(Stopped::BadList),
    };
    let lease = read_list(target, LEASE, Lease::parse).map_err(Stopped::at(LEASE))?;
    let halves = [(PUBLISHED, list.half), (LEASE, lease.half)];
    let lease = lease.list.ok().flatten();
    if let (Some(there), Some(own)) = (published.as_ref().and_then(|list| list.site.as_ref()), &release.site)
        && there != own
        && !manner.adopt
    {
        return Err(Stopped::OtherSite);
    }
    let mut state = State::of(published.as_ref(), lease.as_ref());
    let mut damaged = BTreeSet::new();
    if manner.verify {
        damaged = verify::wrong(target, &state, manner.connections)
            .map_err(|(trouble, path)| Stopped::Failed(trouble, path.to_string(), Vec::new()))?;
        for path in &damaged {
            state.there.insert(path.clone(), There::Unsure(true));
        }
    }
    let plan = Plan::new(&release.wanted, &state, target.has_folders());
    Ok(Looked { published, lease, state, plan, damaged, halves, at })
}

/// Publishes.
///
/// # Errors
/// Where it was not done, or not all of it; whoever calls again goes on where this run ended.
pub fn publish(target: &dyn Target, release: &Release, manner: &Manner) -> Result<Done, Stopped> {
    for _ in 0..ATTEMPTS {
        let looked = look(target, release, manner)?;
        if let Some(lease) = unfinished(&looked).filter(|lease| lease.owner != manner.owner)
            && !outlast(target, lease, manner)?
        {
            continue;
        }
        for (name, bytes) in &looked.halves {
            // Before anything is written beside it again: one of two is whole at every moment.
            if let Some(bytes) = bytes {
                let bytes = Bytes::copy_from_slice(bytes);
                target.write(name, &bytes, LIST).map_err(Stopped::at(name))?;
            }
        }
        if looked.plan.is_empty()
            && looked.plan.room.is_empty()
            && !looked.state.cut
            && looked.published.is_some()
        {
            return Ok(Done { plan: looked.plan, changed: false, mended: BTreeSet::new() });
        }
        let plan = &looked.plan;
        if !(manner.allow)(plan) {
            return Err(Stopped::TooMany(plan.gone.len() + plan.room.len(), plan.before));
        }
        if !manner.adopt {
            let foreign = foreign(target, &looked)?;
            if !foreign.is_empty() {
                return Err(Stopped::Foreign(foreign));
            }
        }
        if let Some(lease) = take(target, &looked, manner)? {
            return upload::Work::new(target, release, manner, lease).run(looked);
        }
    }
    Err(Stopped::Busy(String::new()))
}

/// The lease there, if the list does not say that it is finished.
fn unfinished(looked: &Looked) -> Option<&Lease> {
    looked.lease.as_ref().filter(|_| looked.state.cut)
}

/// Looks at somebody else's lease until it is plain that nobody renews it. False where it is finished or gone, so that one has to look again.
fn outlast(target: &dyn Target, lease: &Lease, manner: &Manner) -> Result<bool, Stopped> {
    manner.watch.waiting(&lease.label, manner.pace.stale);
    let since = Instant::now();
    loop {
        std::thread::sleep(manner.pace.look.min(manner.pace.stale));
        let Some(there) = read_lease(target).map_err(Stopped::at(LEASE))? else { return Ok(false) };
        if there.attempt != lease.attempt || there.beats != lease.beats {
            return Err(Stopped::Busy(there.label));
        }
        let published = read_list(target, PUBLISHED, Published::parse).map_err(Stopped::at(PUBLISHED))?;
        if published.list.is_ok_and(|list| list.is_some_and(|list| list.attempt == lease.attempt)) {
            return Ok(false);
        }
        if since.elapsed() >= manner.pace.stale {
            return Ok(true);
        }
    }
}

/// Files at paths where ours have to go, and that we did not put there.
fn foreign(target: &dyn Target, looked: &Looked) -> Result<Vec<String>, Stopped> {
    let added = &looked.plan.added;
    if added.is_empty() {
        return Ok(Vec::new());
    }
    if looked.published.is_none() || added.len() > FEW {
        let there = target.list().map_err(Stopped::at("/"))?;
        let ours = |path: &String| OutPath::new(path).is_ok_and(|path| added.contains(&path));
        return Ok(there.into_iter().filter(ours).collect());
    }
    let mut found = Vec::new();
    for path in added {
        if target.stands(path).map_err(Stopped::at(path))? {
            found.push(path.to_string());
        }
    }
    Ok(found)
}

/// Takes the lease; none where somebody else came in between.
fn take(target: &dyn Target, looked: &Looked, manner: &Manner) -> Result<Option<Lease>, Stopped> {
    let mut journal = looked.state.beside(looked.published.as_ref());
    let plan = &looked.plan;
    for path in plan.uploads().chain(&plan.room) {
        journal.insert(path.clone(), None);
    }
    let attempt =
        random().map_err(|error| Stopped::Failed(Trouble::of_disk(&error), String::new(), Vec::new()))?;
    let lease = Lease {
        attempt,
        owner: manner.owner.to_owned(),
        label: manner.label.to_owned(),
        begun: manner.begun.to_owned(),
        beats: 0,
        journal,
    };
    // Asking somebody whether so much may be removed takes its time, and a whole publication of somebody else fits into it.
    if looked.at.elapsed() > manner.pace.settle && !manner.pace.settle.is_zero() {
        let there = read_lease(target).map_err(Stopped::at(LEASE))?;
        let known = looked.lease.as_ref().map(|lease| (&lease.attempt, lease.beats));
        if there.as_ref().map(|lease| (&lease.attempt, lease.beats)) != known {
            return Ok(None);
        }
    }
    write_list(target, LEASE, lease.print()).map_err(Stopped::at(LEASE))?;
    std::thread::sleep(manner.pace.settle);
    let there = read_lease(target).map_err(Stopped::at(LEASE))?;
    match there {
        Some(there) if there.attempt == lease.attempt => Ok(Some(lease)),
        Some(other) => Err(Stopped::Busy(other.label)),
        None => Ok(None),
    }
}

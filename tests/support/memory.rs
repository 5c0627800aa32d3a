//! Sites in memory, and builds of them that remember the last one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use yuanba::build::make::{Maker, Silent, remember};
use yuanba::build::state::State;
use yuanba::build::{check, prepare, stale};
use yuanba::diag::{Diagnostic, Files, Level, Sink};
use yuanba::model::collect::Options;
use yuanba::output::Target;
use yuanba::source::Memo;
use yuanba::world::{MemoryWorld, OutPath, SiteId, Volatile};

/// The settings of every site here.
pub const SETTINGS: &str = "title: 清水院坝\nbase_url: https://qingshui.example.cn\nareas:\n  - {code: longtan, name: 龙潭村}\n  \
    - {code: hebian, name: 河边社区}\nofficers:\n  - {name: 李警官, area: longtan, phone: 0000-7110123}\n\
    unit: {name: 清水镇派出所, organiser: 清水县公安局, operator: 清水镇派出所, address: 正街1号, phone: 0000-7110110, \
    email: 无, icp: 无, police_record: 无, site_id: 无, error_report: 无}\n";

/// An empty site on 2026-11-24, at 08:00 in Shanghai.
pub fn world() -> MemoryWorld {
    let now = jiff::Timestamp::from_second(1_795_478_400).expect("in range");
    MemoryWorld::new(now).with("content/site.yaml", SETTINGS)
}

/// Builds, and what the last one left.
pub struct Builder {
    memo: Memo,
    state: State,
    shelf: Arc<Volatile>,
    /// The site as it stands.
    pub files: BTreeMap<OutPath, Vec<u8>>,
    /// What the last build found, in a stable order: level, code, path and line.
    pub found: Vec<String>,
    /// How many handouts the last build typeset.
    pub typeset: usize,
    /// `content/addresses.yaml` as the last build would leave it.
    pub addresses: String,
}

impl Builder {
    /// Nothing built yet.
    pub fn new() -> Self {
        Self {
            memo: Memo::on(),
            state: State::default(),
            shelf: Arc::default(),
            files: BTreeMap::new(),
            found: Vec::new(),
            typeset: 0,
            addresses: String::new(),
        }
    }

    /// Nothing built yet, beside a builder whose sheets, pictures and proofs it may use.
    #[allow(dead_code, reason = "not every test of memory uses it")]
    pub fn beside(other: &Self) -> Self {
        Self { shelf: other.shelf.clone(), ..Self::new() }
    }

    /// Forgets what was made from what; what was typeset and resized stays.
    #[allow(dead_code, reason = "not every test of memory uses it")]
    pub fn forget(&mut self) {
        self.state = State::default();
        self.files.clear();
    }

    /// Builds what is stale. Paths of what was made; what was found, where the site is refused.
    pub fn build(&mut self, world: &MemoryWorld) -> Result<BTreeSet<String>, Vec<String>> {
        let mut sink = Sink::new();
        let prepared = prepare(world, &self.memo, &Options::default(), &*self.shelf, &mut sink);
        let Ok(checked) = check(&prepared, &mut sink) else { return Err(said(&mut sink)) };
        let wanted = stale(&prepared, &self.state, &|path| hash_in(&self.files, path));
        let targets: Vec<&Target> = wanted.keys().map(|path| &prepared.targets[*path]).collect();
        let fresh = Mutex::new(BTreeMap::new());
        let put = |target: &Target, bytes: Vec<u8>| {
            fresh.lock().unwrap_or_else(PoisonError::into_inner).insert(target.path.clone(), bytes);
            Ok(())
        };
        let maker = Maker { prepared: &prepared, checked, world, cache: &*self.shelf, progress: &Silent };
        let mut notes = Sink::new();
        let makings = maker.make(&targets, &put, &mut notes);
        self.typeset = prepared.workshop.press.typeset();
        let findings = sink.found().iter().chain(notes.found());
        let line = |finding: &Diagnostic| {
            let place = finding.primary.map(|span| {
                let text = prepared.model.sources.text(span.file);
                let line = text[..span.range().start.min(text.len())].matches('\n').count() + 1;
                format!("{}:{line}", prepared.model.sources.path(span.file))
            });
            format!("{:?} {} {}", finding.level, finding.code, place.unwrap_or_default())
        };
        self.found = findings.map(line).collect::<BTreeSet<_>>().into_iter().collect();
        if notes.verdict().is_err() {
            return Err(said(&mut notes));
        }
        self.files.retain(|path, _| prepared.targets.contains_key(path) && !makings.left_out.contains(path));
        self.files.append(&mut fresh.into_inner().unwrap_or_else(PoisonError::into_inner));
        self.state = remember(&prepared, &self.state, &makings, &|path| hash_in(&self.files, path));
        let mut book = prepared.model.recorded();
        book.set_site(SiteId::parse("0123456789abcdef").expect("an identity"));
        self.addresses = book.to_text();
        Ok(wanted.keys().map(ToString::to_string).collect())
    }
}

fn hash_in(files: &BTreeMap<OutPath, Vec<u8>>, path: &OutPath) -> Option<blake3::Hash> {
    files.get(path).map(|bytes| blake3::hash(bytes))
}

/// What refused a site, in a stable order.
fn said(sink: &mut Sink) -> Vec<String> {
    let errors = sink.take().into_iter().filter(|finding| finding.level >= Level::Deny);
    let mut said: Vec<String> = errors
        .map(|finding| format!("{} {:?} {:?}", finding.code, finding.message, finding.primary))
        .collect();
    said.sort();
    said
}

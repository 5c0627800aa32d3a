//! Sites in memory, and builds of them that remember the last one.

use std::collections::BTreeSet;
use yuanba::build::preview::{Files, Preview};
use yuanba::diag::{Diagnostic, Files as _, Level};
use yuanba::model::collect::Options;
use yuanba::statistics::published;
use yuanba::world::{MemoryWorld, SiteId};

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

/// A preview, and what its last build left.
pub struct Builder {
    preview: Preview,
    /// The site as it stands.
    pub files: Files,
    /// What the last build found, in a stable order: level, code, path and line.
    pub found: Vec<String>,
    /// How many handouts the last build typeset.
    pub typeset: usize,
    /// `content/addresses.yaml` as the last build would leave it.
    pub addresses: String,
    /// What the last build publishes of statistics, as a release; nothing where it publishes none.
    pub published: String,
}

impl Builder {
    /// Nothing built yet.
    pub fn new() -> Self {
        Self::of(Preview::new())
    }

    /// Nothing built yet, beside a builder whose sheets, pictures and proofs it may use.
    #[allow(dead_code, reason = "not every test of memory uses it")]
    pub fn beside(other: &Self) -> Self {
        Self::of(other.preview.beside())
    }

    fn of(preview: Preview) -> Self {
        Self {
            preview,
            files: Files::new(),
            found: Vec::new(),
            typeset: 0,
            addresses: String::new(),
            published: String::new(),
        }
    }

    /// Forgets what was made from what; what was typeset and resized stays.
    #[allow(dead_code, reason = "not every test of memory uses it")]
    pub fn forget(&mut self) {
        self.preview.forget();
        self.files.clear();
    }

    /// Builds what is stale. Paths of what was made; what was found, where the site is refused.
    pub fn build(&mut self, world: &MemoryWorld) -> Result<BTreeSet<String>, Vec<String>> {
        let shown = self.preview.build(world, &Options::default());
        let model = &shown.prepared.model;
        self.typeset = shown.prepared.workshop.press.typeset();
        let line = |finding: &Diagnostic| {
            let place = finding.primary.map(|span| {
                let text = model.sources.text(span.file);
                let line = text[..span.range().start.min(text.len())].matches('\n').count() + 1;
                format!("{}:{line}", model.sources.path(span.file))
            });
            format!("{:?} {} {}", finding.level, finding.code, place.unwrap_or_default())
        };
        self.found = shown.found.iter().map(line).collect::<BTreeSet<_>>().into_iter().collect();
        let Some(files) = shown.files else { return Err(said(&shown.found)) };
        self.files = files;
        let mut book = model.recorded();
        book.set_site(SiteId::parse("0123456789abcdef").expect("an identity"));
        self.addresses = book.to_text();
        let safe = &shown.prepared.statistics;
        let is_some = safe.datasets().next().is_some();
        self.published = if is_some { published::release(safe, "").to_string() } else { String::new() };
        Ok(shown.made.iter().map(ToString::to_string).collect())
    }
}

/// What refused a site, in a stable order.
fn said(found: &[Diagnostic]) -> Vec<String> {
    let errors = found.iter().filter(|finding| finding.level >= Level::Deny);
    let mut said: Vec<String> = errors
        .map(|finding| format!("{} {:?} {:?}", finding.code, finding.message, finding.primary))
        .collect();
    said.sort();
    said
}

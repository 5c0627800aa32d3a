//! How much memory a thousand different handouts leave behind, and how long one takes.
//!
//!     cargo bench --bench handouts [-- LAYOUT [COUNT]]
//!
//! The default theme's template is filled with the default site's bulletins, each made different in its title and its first
//! words, so that nothing that Typst remembers of one serves the next. What is asserted is the growth of resident memory
//! from the tenth handout to the last: the fonts and what Typst needs once are there by then. Times are told, not asserted.

#![expect(clippy::disallowed_methods, reason = "a measurement asks the clock and the system")]

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;
use yuanba::diag::Sink;
use yuanba::model::Model;
use yuanba::model::collect::{Options, collect};
use yuanba::model::config::Hotline;
use yuanba::model::entry::Entry;
use yuanba::print::content::{Around, Content, Photo};
use yuanba::print::layout::Layout;
use yuanba::print::qr::Qr;
use yuanba::print::{Job, PrintFiles, typeset};
use yuanba::source::Memo;
use yuanba::source::doc::CalloutTone;
use yuanba::world::{MemoryWorld, embedded_site, embedded_theme};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What the issue of handouts allows.
const ALLOWED: u64 = 120 << 20;

struct Site(BTreeMap<String, String>);

impl Around for Site {
    fn link(&self, target: &str) -> Option<String> {
        Some(format!("https://www.example.gov.cn/{target}"))
    }

    fn picture(&self, _: &str) -> Option<Photo> {
        None
    }

    fn readings(&self) -> &BTreeMap<String, String> {
        &self.0
    }

    fn callout(&self, _: CalloutTone) -> &'static str {
        "记住"
    }
}

/// Resident memory, in bytes; none where the system does not tell it as Linux does.
fn resident() -> Option<u64> {
    let pages: u64 = std::fs::read_to_string("/proc/self/statm").ok()?.split(' ').nth(1)?.parse().ok()?;
    Some(pages * 4096)
}

/// The default site as handouts need it.
struct DefaultSite {
    model: Model,
    site: Site,
    /// Words of the templates.
    texts: BTreeMap<String, String>,
}

impl DefaultSite {
    fn new(theme: &BTreeMap<String, Arc<[u8]>>) -> Self {
        let texts = String::from_utf8_lossy(&theme["text.zh-CN.yaml"])
            .lines()
            .filter_map(|line| line.split_once(": "))
            .filter_map(|(key, words)| Some((key.strip_prefix("print_")?, words.trim_matches('"'))))
            .map(|(key, words)| (key.to_owned(), words.to_owned()))
            .collect();
        let mut world = MemoryWorld::new("2026-11-23T04:00:00Z".parse().expect("a time"));
        for (path, bytes) in embedded_site() {
            world = world.with(path, *bytes);
        }
        let model = collect(&world, &Memo::off(), &Options::default(), &mut Sink::new()).model;
        let site = Site(model.words.readings.clone());
        Self { model, site, texts }
    }

    /// The data of the handout of a number, which no other has.
    fn data(&self, layout: &Layout, entry: &Entry, number: usize, content: &mut Content) -> Value {
        let config = &self.model.config;
        let body = content.body(&self.model.body(entry), &self.site);
        let mut body = serde_json::to_value(body).expect("the tree is data");
        if let Some(words) = body.pointer_mut("/body/0/c/0/s") {
            *words = format!("第{number}份。{}", words.as_str().unwrap_or_default()).into();
        }
        let title = format!("{}（{number}）", entry.title());
        let url = format!("{}{}?{number}", config.base_url, entry.address);
        let mut bulletin = json!({
            "title": title, "kind": entry.meta.kind.name(), "kind_label": entry.meta.kind.chinese(),
            "summary": entry.summary, "lede": entry.meta.summary, "date": "2026年11月23日", "updated": null,
            "iso_date": "2026-11-23", "author": null, "editor": null, "reviewer": null, "source": null, "areas": [],
            "officers": [], "tags": [], "draft": false, "url": url, "qr": Qr::new(&url), "own": {},
        });
        bulletin.as_object_mut().expect("an object").append(body.as_object_mut().expect("an object"));
        let unit = &config.unit;
        let hotline = |one: &Hotline| json!({ "number": one.number, "label": one.label });
        json!({
            "layout": layout.name, "language": "zh-CN",
            "options": { "bleed": 0, "marks": false, "copies": 1, "scale": 1.0 },
            "site": {
                "title": config.title, "short_title": config.title, "url": config.base_url,
                "unit": { "name": unit.name, "organiser": unit.organiser, "operator": unit.operator,
                    "address": unit.address, "phone": unit.phone, "email": unit.email },
                "hotlines": config.hotlines.iter().map(hotline).collect::<Vec<_>>(), "officers": [],
            },
            "text": self.texts, "title": title, "date": "2026年11月23日", "version": "2026-11-23·3f9a1c",
            "bulletins": [bulletin], "parts": [],
        })
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let name = arguments.next().unwrap_or_else(|| "flyer".to_owned());
    let count = arguments.next().map_or(1_000, |count| count.parse().expect("a number of handouts"));
    let layout = Layout::named(&name).expect("the name of a layout");

    let below = |path: &str| path.strip_prefix("themes/default/").map(str::to_owned);
    let theme: BTreeMap<String, Arc<[u8]>> =
        embedded_theme().iter().filter_map(|(path, bytes)| Some((below(path)?, Arc::from(*bytes)))).collect();
    let files = PrintFiles::new(&theme);
    let site = DefaultSite::new(&theme);
    let fits = |entry: &&Entry| layout.fits(entry, &site.model.config).is_ok();
    let entries: Vec<_> = site.model.entries.iter().filter(fits).collect();

    let (mut base, mut times, mut bytes, mut pages, mut refused) = (None, Vec::new(), 0, 0, 0);
    for number in 0..count {
        let entry = entries[number % entries.len()];
        let mut content = Content::new();
        let data = site.data(layout, entry, number, &mut content);
        let job = Job { layout, data, files: &content.files, date: None, thumbnail: None };
        let begun = Instant::now();
        match typeset(&files, &job) {
            Ok(sheets) => {
                bytes += sheets.bytes.len();
                pages += sheets.pages;
            }
            Err(problems) => {
                refused += 1;
                if refused == 1 {
                    eprintln!("{}: {problems:?}", entry.path);
                }
            }
        }
        times.push(begun.elapsed());
        if number == 9 {
            base = resident();
        }
    }
    times.sort();
    println!(
        "{count} × {name}: median {:?}, longest {:?}; {pages} pages, {bytes} bytes; {refused} refused",
        times[times.len() / 2],
        times[times.len() - 1]
    );
    assert!(refused * 2 < count, "more than half were refused: nothing was measured");
    let (Some(before), Some(after)) = (base, resident()) else { return };
    let growth = after.saturating_sub(before);
    println!(
        "resident: {} MB after ten, {} MB at the end: {} MB more",
        before >> 20,
        after >> 20,
        growth >> 20
    );
    assert!(growth < ALLOWED, "{count} handouts left {growth} bytes behind");
}

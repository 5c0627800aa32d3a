//! What a handout is typeset from: its data, its pictures, and the places that its findings name.
//!
//! Refuses: the day of the build. A sheet bears the day on which its bulletin last changed.
//! Invariant: everything in an order came through the [`Reader`], and the order says all that the sheet depends on.

use super::bulletin::{BulletinView, officer};
use super::place::{Handout, Owner};
use crate::diag::Span;
use crate::model::config::Config;
use crate::model::entry::EntryIx;
use crate::model::handouts::SheetOptions;
use crate::model::kind::Kind;
use crate::output::Reader;
use crate::output::interface::Interface;
use crate::print::choice::Part;
use crate::print::content::Content;
use crate::print::layout::Layout;
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// An order to typeset a handout.
pub struct Order {
    /// How it is laid out.
    pub layout: &'static Layout,
    /// Its title.
    pub title: String,
    /// `/data.json`.
    pub data: Value,
    /// The pictures that the data names.
    pub files: BTreeMap<String, Arc<[u8]>>,
    /// The places of its blocks, by the numbers in the data.
    pub spans: Vec<Span>,
    /// The place that stands for the whole.
    pub whole: Span,
    /// The day of the last change.
    pub date: Option<Date>,
    /// Whether it is a notice, whose words nobody may shorten.
    pub notice: bool,
    /// Whether its pages are wanted two by two as well.
    pub folds: bool,
    /// The name of its file.
    pub file_name: String,
}

/// The order of a handout; none for a booklet without bulletins.
pub fn order(site: &Reader, handout: &Handout, options: &SheetOptions) -> Option<Order> {
    let (config, layout) = (site.config(), handout.layout());
    let interface = Interface::of(site);
    let mut content = Content::new();
    let parts = parts(site, handout);
    let entries: Vec<EntryIx> = parts.iter().flat_map(|part| part.entries.iter().copied()).collect();
    let mut printed = blake3::Hasher::new();
    let mut bulletins: Vec<BulletinView> = entries
        .iter()
        .map(|&ix| {
            printed.update(site.body_facts(ix).hash().as_bytes());
            BulletinView::new(site, ix, layout, &mut content, &interface)
        })
        .collect();
    if let Owner::Village(code) = &handout.owner {
        bulletins.push(BulletinView::village(site, code, &mut content, &interface));
    }
    let (title, whole) = match &handout.owner {
        Owner::Bulletin(ix) => (site.entry(*ix).title().to_owned(), site.entry(*ix).span()),
        Owner::Booklet(number) => {
            let booklet = &config.handouts.booklets[*number];
            (booklet.title.value.clone(), booklet.title.span)
        }
        Owner::Village(_) => (bulletins.first()?.title(), config.handouts.site.first()?.span),
    };
    if bulletins.is_empty() {
        return None;
    }
    let site_view = site_view(config);
    let last = entries.iter().filter_map(|&ix| {
        let meta = site.entry(ix).meta();
        meta.updated.or(meta.date)
    });
    let last = last.max();
    let mut hash = |value: &Value| {
        printed.update(value.to_string().as_bytes());
    };
    hash(&site_view);
    bulletins.iter().for_each(|bulletin| hash(&bulletin.printed()));
    for (path, bytes) in &content.files {
        printed.update(path.as_bytes()).update(blake3::hash(bytes).as_bytes());
    }
    let version = version(last.map(|when| when.date), &printed.finalize());
    let mut first = 0;
    let contents: Vec<Value> = parts
        .iter()
        .filter_map(|part| {
            let from = first;
            first += part.entries.len();
            Some(json!({ "title": part.title.as_ref()?, "from": from }))
        })
        .collect();
    let mut files = content.files;
    let mut site_view = site_view;
    site_view["brand"] = brand(site, &mut files);
    site_view["url"] = json!(site.url("/"));
    let data = json!({
        "layout": layout.name,
        "language": config.language,
        "options": { "bleed": if options.bleed { 3 } else { 0 }, "marks": options.marks, "copies": 1, "scale": 1.0 },
        "site": site_view,
        "text": texts(&interface),
        "title": title,
        "date": last.map(|when| interface.day(when).text),
        "version": version,
        "bulletins": bulletins,
        "parts": contents,
    });
    Some(Order {
        layout,
        title,
        data,
        files,
        spans: content.spans,
        whole,
        date: last.map(|when| when.date),
        notice: handout.bulletin().is_some_and(|ix| site.entry(ix).meta().kind == Kind::Notice),
        folds: handout.folds(),
        file_name: site.sheet_files(handout).file_name(super::Form::Sheets),
    })
}

/// The bulletins of a handout.
fn parts(site: &Reader, handout: &Handout) -> Vec<Part> {
    match &handout.owner {
        Owner::Bulletin(ix) => vec![Part { title: None, entries: vec![*ix] }],
        Owner::Booklet(number) => site.booklet(*number),
        Owner::Village(_) => Vec::new(),
    }
}

fn site_view(config: &Config) -> Value {
    let unit = &config.unit;
    let hotlines: Vec<Value> =
        config.hotlines.iter().map(|line| json!({ "number": line.number, "label": line.label })).collect();
    let officers: Vec<Value> = config.officers.iter().map(|one| officer(one, config)).collect();
    json!({
        "title": config.title,
        "short_title": config.short_title,
        "unit": {
            "name": unit.name, "organiser": unit.organiser, "operator": unit.operator,
            "address": unit.address, "phone": unit.phone, "email": unit.email,
        },
        "hotlines": hotlines,
        "officers": officers,
    })
}

/// The station's own face: its motto, its badge among the files, and its shades.
fn brand(site: &Reader, files: &mut BTreeMap<String, Arc<[u8]>>) -> Value {
    let face = &site.theme().face;
    let badge = face.badge.as_ref().map(|badge| {
        let path = format!("/{}", badge.name);
        files.insert(path.clone(), badge.bytes.clone());
        path
    });
    let shades = face.shades.as_ref().map(|shades| {
        json!({
            "main": shades.main.to_string(), "dark": shades.deep.to_string(), "wash": shades.wash.to_string(),
            "accent": shades.accent.map(|accent| accent.to_string()),
        })
    });
    json!({ "motto": site.config().brand.motto, "badge": badge, "colours": shades })
}

/// The interface texts that templates of handouts use, without the `print_` before them.
fn texts(interface: &Interface) -> Map<String, Value> {
    let texts = interface.texts().iter();
    texts.filter_map(|(key, text)| Some((key.strip_prefix("print_")?.to_owned(), json!(text)))).collect()
}

/// The day of the last change, and six digits of what is printed.
fn version(date: Option<Date>, printed: &blake3::Hash) -> String {
    let digits = &printed.to_hex()[..6];
    date.map_or_else(|| digits.to_owned(), |date| format!("{date}·{digits}"))
}

//! The codes on the default site's sheets, read off the drawn page by a reader that did not write them.

use std::collections::BTreeMap;
use yuanba::build::{check, prepare};
use yuanba::diag::Sink;
use yuanba::model::collect::Options;
use yuanba::output::handout::{Form, order};
use yuanba::output::{Reader, Subject};
use yuanba::print::layout::LAYOUTS;
use yuanba::print::{Job, typeset};
use yuanba::source::Memo;
use yuanba::world::{MemoryWorld, NoCache, embedded_site};

/// Width in pixels at which the first page is drawn: coarser than any printer, as fine as a telephone's camera.
const DRAWN: u32 = 1_600;

/// The texts of all codes on a page.
fn codes(png: &[u8]) -> Vec<String> {
    let page = image::load_from_memory(png).expect("a page is a picture").into_luma8();
    let mut reader = quircs::Quirc::default();
    let found = reader.identify(page.width() as usize, page.height() as usize, &page);
    let texts = found.filter_map(|code| code.ok()?.decode().ok());
    texts.map(|data| String::from_utf8_lossy(&data.payload).into_owned()).collect()
}

/// One handout of each layout that has its code on its first page; the others have it on their last.
const ON_THE_FIRST_PAGE: &[(&str, &str)] = &[
    ("flyer", "tips/ke-fu/ke-fu-flyer.pdf"),
    ("card", "tips/ke-fu/ke-fu-card.png"),
    ("long", "tips/sha-zhu-pan/sha-zhu-pan-long.png"),
    ("poster", "tips/shua-dan/shua-dan-poster.pdf"),
    ("trifold", "tips/yang-lao/yang-lao-trifold.pdf"),
    ("strip", "handouts/longtan-strip.pdf"),
];

#[test]
fn each_layout_of_the_default_site_leads_to_its_page() {
    // 2026-11-24, when the default site's meetings are to come.
    let mut world = MemoryWorld::new(jiff::Timestamp::from_second(1_795_478_400).expect("in range"));
    for (path, bytes) in embedded_site() {
        world.put(path, *bytes);
    }
    let mut sink = Sink::new();
    let prepared = prepare(&world, &Memo::off(), &Options::default(), &NoCache, &mut sink);
    let checked = check(&prepared, &mut sink).unwrap_or_else(|_| panic!("{:#?}", sink.found()));
    let handouts: BTreeMap<&str, _> = prepared
        .targets
        .iter()
        .filter_map(|(path, target)| match &target.subject {
            Subject::Handout(handout, Form::Sheets) => Some((&**path, handout)),
            _ => None,
        })
        .collect();
    let shown = |name: &str| handouts.values().any(|handout| handout.layout().name == name);
    let missing: Vec<&str> = LAYOUTS.iter().map(|layout| layout.name).filter(|name| !shown(name)).collect();
    assert!(missing.is_empty(), "the default site shows every layout, but not {missing:?}");
    for (name, path) in ON_THE_FIRST_PAGE {
        let site = Reader::new(checked, &prepared.theme, &prepared.workshop, &world, &NoCache);
        let options = prepared.model.config.handouts.options;
        let order = order(&site, handouts[path], &options).expect("it holds something");
        let job = Job {
            layout: order.layout,
            data: order.data.clone(),
            files: &order.files,
            date: order.date.or(Some(jiff::civil::date(2000, 1, 1))),
            thumbnail: Some(DRAWN),
        };
        let sheets =
            typeset(prepared.theme.print(), &job).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
        assert!(sheets.overflows.is_empty(), "{name}: {:?}", sheets.overflows);
        let page = order.data["bulletins"][0]["url"].as_str().expect("an address").to_owned();
        assert!(page.starts_with("https://qingshui.example.cn/"), "{page}");
        let codes = codes(&sheets.thumbnail.expect("one was asked for"));
        assert!(codes.contains(&page), "{name}: {codes:?} has no {page}");
    }
}

//! What the files of a site tell about hidden figures: nothing.
//!
//! Two sites whose figures differ only where they are hidden are published, and every byte must be the same. And figures
//! that occur nowhere else are planted where they are hidden, and looked for in everything that is published.

use std::collections::BTreeMap;
use yuanba::build;
use yuanba::diag::Sink;
use yuanba::model::collect::{Options, collect};
use yuanba::source::Memo;
use yuanba::statistics::protect::protect;
use yuanba::statistics::published;
use yuanba::statistics::safe::{SafeCell, SafeData};
use yuanba::world::{MemoryWorld, NoCache};

const DEFINITION: &str = "title: 纠纷\nsource: 登记\nlicence: CC BY 4.0\nperiod: 2026-01 至 2026-03\n\
    dimensions:\n  village: {label: 村, codes: {v1: 石桥村, v2: 河湾村}}\n  type: {label: 类型, codes: {t1: 邻里, t2: 婚姻}}\n  \
    month: {label: 月份, time: month}\n\
    rates:\n  share: {label: 邻里占比, numerator: {type: t1}}\n\
    tables:\n  both: {title: 各村各类, rows: village, columns: type, rates: [share]}\n  \
    months: {title: 每月, rows: month}\n\
    charts:\n  bars: {title: 各村各类图, form: grouped, rows: village, columns: type}\n  \
    stack: {title: 各村各类叠图, form: stacked, rows: village, columns: type}\n  \
    tiles: {title: 各村, form: tiles, rows: village}\n  dots: {title: 邻里, form: dot, rows: village, where: {type: t1}}\n  \
    line: {title: 每月图, form: line, rows: month}\n";

const REPORT: &str = "---\ntitle: 一季度通报\nkind: report\ndate: 2026-04-01\n---\n\n```表 both\n```\n\n```表 months\n```\n\n\
    ```图 bars\n```\n\n```图 stack\n```\n\n```图 tiles\n```\n\n```图 dots\n```\n\n```图 line\n```\n";

/// Figures of the four cells in January; the other months are the same everywhere.
fn figures(january: [u32; 4]) -> String {
    let places = ["v1,t1", "v1,t2", "v2,t1", "v2,t2"];
    let rows = places.iter().zip(january).map(|(place, cases)| format!("{place},2026-01,{cases}\n"));
    let rest = "v1,t1,2026-02,0\nv1,t1,2026-03,0\n";
    format!("village,type,month,cases\n{}{rest}", rows.collect::<String>())
}

fn world(january: [u32; 4]) -> MemoryWorld {
    MemoryWorld::new("2026-11-24T12:00:00+08:00".parse().expect("a moment"))
        .with("content/site.yaml", "title: 站\nbase_url: https://example.cn/\n")
        .with("content/reports/_index.md", "---\ntitle: 通报\nkind: report\n---\n")
        .with("content/reports/first.md", REPORT)
        .with("content/data/mediation.yaml", DEFINITION)
        .with("content/data/mediation.csv", figures(january))
}

fn published(world: &MemoryWorld) -> (SafeData, String) {
    let mut sink = Sink::new();
    let model = collect(world, &Memo::off(), &Options::default(), &mut sink);
    let safe = protect(&model, &NoCache, &mut sink);
    assert!(sink.found().is_empty(), "{:?}", sink.found());
    let document = published::document(&safe, &[]).to_string();
    (safe, document)
}

fn site(world: &MemoryWorld) -> BTreeMap<String, Vec<u8>> {
    let mut sink = Sink::new();
    let prepared = build::prepare(world, &Memo::off(), &Options::default(), &NoCache, &mut sink);
    let Ok(checked) = build::check(&prepared, &mut sink) else { panic!("refused: {:?}", sink.found()) };
    let made = prepared.targets.iter().map(|(path, target)| {
        let made = build::render(&prepared, checked, world, &NoCache, target);
        (path.to_string(), made.bytes.unwrap_or_else(|finding| panic!("{path}: {finding:?}")))
    });
    made.collect()
}

#[test]
fn figures_that_differ_where_they_are_hidden_publish_the_same_bytes() {
    // One small cell, so that all four are hidden; totals of rows and columns are the same.
    let (one, other) = (world([2, 4011, 3022, 2533]), world([4, 4009, 3020, 2535]));
    let (safe, document) = published(&one);
    let (_, table) = safe.table("both").expect("the table");
    let hidden = (0..2).flat_map(|row| (0..2).map(move |column| table.cell(row, column * 2)));
    assert!(hidden.clone().all(|cell| cell == SafeCell::Hidden), "{:?}", hidden.collect::<Vec<_>>());
    assert_eq!(document, published(&other).1);
    let (first, second) = (site(&one), site(&other));
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    let differ: Vec<&String> =
        first.iter().filter(|(path, bytes)| second[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(differ.is_empty(), "these tell hidden figures apart: {differ:?}");
}

#[test]
fn no_file_holds_a_hidden_figure_in_any_writing() {
    let planted = [3, 40_117, 30_223, 25_339];
    let files = site(&world(planted));
    assert!(files.len() > 10);
    for figure in planted.into_iter().skip(1) {
        let digits = figure.to_string();
        let grouped = format!("{},{}", figure / 1000, figure % 1000);
        let myriads = format!("{}.{}", figure / 10_000, figure % 10_000);
        for (path, bytes) in &files {
            let text = String::from_utf8_lossy(bytes);
            for writing in [&digits, &grouped, &myriads] {
                assert!(!text.contains(writing.as_str()), "{path} holds {writing}");
            }
        }
    }
    // The search finds what is there: a total that is printed.
    let total = (40_117 + 3).to_string();
    let printed = published(&world(planted)).1;
    assert!(printed.contains(&total) && !printed.contains("40117"), "{printed}");
}

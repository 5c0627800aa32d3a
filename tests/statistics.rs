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

#[test]
fn a_preview_without_a_seed_says_so() {
    let seedless = |world: &MemoryWorld| {
        build::preview::Preview::new().build(world, &Options::default()).prepared.statistics.kept().seedless
    };
    let site = world([2, 4011, 3022, 2533]);
    assert!(seedless(&site));
    assert!(!seedless(&site.with("content/data/.seed", format!("{:064x}\n", 1))));
    let plain = MemoryWorld::new("2026-11-24T12:00:00+08:00".parse().expect("a moment"))
        .with("content/site.yaml", "title: 站\nbase_url: https://example.cn/\n");
    assert!(!seedless(&plain), "without figures there is nothing to choose");
}

/// One dataset, with the releases of before; what is published of it now, or the findings.
fn at_once(yaml: &str, csv: &str, before: &[(&str, &str)]) -> Result<(SafeData, serde_json::Value), String> {
    let mut world = MemoryWorld::new("2026-11-24T12:00:00+08:00".parse().expect("a moment"))
        .with("content/site.yaml", "title: 站\nbase_url: https://example.cn/\n")
        .with("content/data/x.yaml", yaml)
        .with("content/data/x.csv", csv);
    for (name, release) in before {
        world = world.with(&format!("content/data/releases/{name}.json"), *release);
    }
    let mut sink = Sink::new();
    let model = collect(&world, &Memo::off(), &Options::default(), &mut sink);
    let releases = yuanba::statistics::ledger::read_all(&model, &mut sink);
    let safe = protect(&model, &NoCache, &mut sink);
    if sink.found().is_empty() {
        let document = published::document(&safe, &releases);
        Ok((safe, document))
    } else {
        Err(format!("{:?}", sink.found()))
    }
}

/// What is printed now of a dataset, by the codes of the place and the measure; nothing for what is hidden.
fn shown(document: &serde_json::Value) -> BTreeMap<String, Option<i64>> {
    let mut found = BTreeMap::new();
    for table in document["tables"].as_array().expect("tables") {
        if table.get("release").is_some() {
            continue;
        }
        for cell in table["cells"].as_array().expect("cells") {
            let at = cell["at"].as_object().expect("codes");
            let codes: Vec<&str> = at.values().filter_map(serde_json::Value::as_str).collect();
            let measure = table["measure"].as_str().expect("a measure");
            found.insert(format!("{measure} {}", codes.join(" ")), cell["value"].as_i64());
        }
    }
    found
}

const VILLAGES: &str = "title: 各村\nsource: 所\ndimensions:\n  village: {label: 村, codes: [甲, 乙, 丙, 丁, 戊]}\ntables:\n  t: {title: 各村, rows: village}\n";

#[test]
fn a_mark_that_is_not_zero_gives_nothing_away() {
    // Five villages with one case each: with the total, and none of them 0, each would be known.
    let figures = "village,cases\n甲,1\n乙,1\n丙,1\n丁,1\n戊,1\n";
    let (safe, document) = at_once(VILLAGES, figures, &[]).expect("it can be protected");
    assert!(shown(&document).values().all(Option::is_none), "{document}");
    assert_eq!(document["marks"]["*"]["range"][0], 1);
    let note = safe.dataset("x").and_then(|dataset| dataset.footnote()).expect("a footnote");
    assert!(note.contains("不代表0"), "{note}");
    // Where 0 is sensitive, the mark may stand for it, and nobody says that it does not.
    let zeros = format!("{VILLAGES}policy: {{zeros: sensitive}}\n");
    let (safe, document) =
        at_once(&zeros, "village,cases\n甲,0\n乙,9\n丙,8\n丁,7\n戊,6\n", &[]).expect("safe");
    let note = safe.dataset("x").and_then(|dataset| dataset.footnote()).expect("a footnote");
    assert!(!note.contains("不代表0"), "{note}");
    assert_eq!(document["marks"]["*0"]["range"][0], 0);
}

#[test]
fn what_a_table_leaves_out_is_protected() {
    let yaml = VILLAGES.replace("rows: village", "rows: {village: [甲, 乙, 丙, ALL]}").replace(", 戊", "");
    let (_, document) = at_once(&yaml, "village,cases\n甲,20\n乙,30\n丙,10\n丁,1\n", &[]).expect("safe");
    assert!(shown(&document).values().any(Option::is_none), "丁 follows from all four: {document}");
}

/// The usual calendar: two months of a quarter, then the quarter. And a month by villages, then two months of a group.
#[test]
fn what_follows_from_several_releases_is_protected() {
    let at = |months: &str, table: &str| {
        format!(
            "title: 数\nsource: 所\ndimensions:\n  village: {{label: 村, codes: [甲, 乙, 丙], groups: {{n: {{label: 北片, members: \
             [甲, 乙]}}}}}}\n  month: {{label: 月份, time: month, cumulative: true, codes: [{months}]}}\ntables:\n  t: {{title: \
             各村, {table}}}\n"
        )
    };
    let rows = |months: usize| {
        let all = [("甲", [20, 12, 1]), ("乙", [9, 7, 12]), ("丙", [30, 40, 50])];
        let row =
            |village: &str, month: usize, cases: u32| format!("{village},2026-0{},{cases}\n", month + 1);
        let rows = all.iter().flat_map(|(village, cases)| {
            cases.iter().take(months).enumerate().map(move |(month, cases)| row(village, month, *cases))
        });
        format!("village,month,cases\n{}", rows.collect::<String>())
    };
    let (mut before, mut last) = (Vec::new(), None);
    for (nth, months) in ["2026-01", "2026-01, 2026-02", "2026-01, 2026-02, 2026-03"].iter().enumerate() {
        let table = match nth {
            0 => "rows: village, where: {month: 2026-01}",
            1 => "rows: village, where: {month: 2026-02}",
            _ => "rows: village",
        };
        let known: Vec<(&str, &str)> =
            before.iter().map(|(name, text): &(String, String)| (&**name, &**text)).collect();
        let (safe, document) = at_once(&at(months, table), &rows(nth + 1), &known).expect("safe");
        before.push((format!("r{nth}"), published::release(&safe, &format!("r{nth}")).to_string()));
        last = Some(shown(&document));
    }
    assert_eq!(last.expect("three releases")["cases 甲"], None, "33 - 20 - 12 is one case in March");
    let jan = at("2026-01", "rows: {village: [甲, 乙, 丙]}, where: {month: 2026-01}, totals: none");
    let (safe, document) =
        at_once(&jan, "village,month,cases\n甲,2026-01,9\n乙,2026-01,8\n丙,2026-01,20\n", &[]).expect("safe");
    assert!(shown(&document).values().all(Option::is_some), "{document}");
    let first = published::release(&safe, "r").to_string();
    let feb = at("2026-01, 2026-02", "rows: {village: [n, 丙]}, totals: none");
    let more =
        "village,month,cases\n甲,2026-01,9\n乙,2026-01,8\n丙,2026-01,20\n甲,2026-02,2\n丙,2026-02,30\n";
    let (_, document) = at_once(&feb, more, &[("r", &first)]).expect("safe");
    assert_eq!(shown(&document)["cases n"], None, "19 - 9 - 8 is two cases in February");
}

#[test]
fn what_is_left_of_a_whole_is_protected() {
    let yaml = |separate: &str, rates: &str| {
        format!(
            "title: 调解\nsource: 所\ndimensions:\n  village: {{label: 村, codes: [甲, 乙]}}\nmeasures:\n  cases: {{label: 件数, type: \
             count}}\n  ok: {{label: 办结, type: count}}\nrates: {{r: {{label: 率, measure: ok, per: cases{separate}}}}}\ntables:\n  t: \
             {{title: 各村, rows: village, measures: [cases, ok]{rates}}}\n"
        )
    };
    let figures = "village,cases,ok\n甲,57,55\n乙,30,29\n";
    for rates in ["", ", rates: [r]"] {
        let (_, document) = at_once(&yaml("", rates), figures, &[]).expect("safe");
        let shown = shown(&document);
        for village in ["甲", "乙"] {
            let both = ["cases", "ok"].iter().all(|measure| shown[&format!("{measure} {village}")].is_some());
            assert!(!both, "{village}: {document}");
        }
    }
    let (_, document) = at_once(&yaml(", separate: 两回事", ""), figures, &[]).expect("safe");
    assert!(shown(&document).values().all(Option::is_some), "{document}");
}

/// Six people lost something in 乙, and their sum is printed: so it has five cases at least. Where it is the only other one that is
/// hidden, 甲 has no more than four of the nine.
#[test]
fn an_amount_beside_a_hidden_count_does_not_narrow_it() {
    let yaml = "title: 诈骗\nsource: 所\ndimensions:\n  village: {label: 村, codes: [甲, 乙]}\nmeasures:\n  cases: {label: 件数, type: \
                count}\n  loss: {label: 损失, type: amount, unit: 元}\ntables:\n  t: {title: 各村, rows: village, measures: [cases, loss]}\n";
    let figures = |people: u32| {
        format!("village,cases,loss,loss.n,loss.1,loss.2\n甲,3,0,0,,\n乙,6,{people}000,{people},1000,1000\n")
    };
    let published = |people: u32| {
        let (_, document) = at_once(yaml, &figures(people), &[]).expect("safe");
        let asked = &document["tables"].as_array().expect("tables")[1]["contributors"];
        assert_eq!(*asked, 5, "{document}");
        shown(&document)
    };
    let told = published(6);
    assert_eq!((told["loss 乙"], told["cases 甲"]), (Some(6000), None));
    assert!(told["cases "].is_none(), "with 乙 at 5 or more, 甲 is 1 to 4: {told:?}");
    // Without the sum, 乙 may be anything.
    let silent = published(4);
    assert_eq!((silent["loss 乙"], silent["cases "]), (None, Some(9)));
}

/// A sum tells how many cases there were at least, not how many of them were settled.
#[test]
fn an_amount_tells_nothing_of_a_part() {
    let yaml = |measures: &str| {
        format!(
            "title: 诈骗\nsource: 所\ndimensions:\n  village: {{label: 村, codes: [甲, 乙]}}\nmeasures:\n  cases: {{label: 件数, type: \
             count}}\n  ok: {{label: 办结, type: count}}\n  loss: {{label: 损失, type: amount, unit: 元}}\nrates: {{r: {{label: 率, \
             measure: ok, per: cases}}}}\ntables:\n  t: {{title: 各村, rows: village, measures: [{measures}]}}\n"
        )
    };
    let figures =
        "village,cases,ok,loss,loss.n,loss.1,loss.2\n甲,20,12,9000,9,1000,1000\n乙,8,7,7000,7,1000,1000\n";
    let (safe, document) = at_once(&yaml("cases, loss"), figures, &[]).expect("safe");
    assert_eq!((shown(&document)["cases 乙"], shown(&document)["loss 乙"]), (Some(8), Some(7000)));
    let first = published::release(&safe, "r1").to_string();
    let (_, document) = at_once(&yaml("cases, ok, loss"), figures, &[("r1", &first)])
        .expect("the one that is not settled was not given away");
    assert_eq!(shown(&document)["ok 乙"], None);
}

#[test]
fn a_release_keeps_its_threshold() {
    let yaml = |policy: &str, rows: &str| {
        format!(
            "title: 各村\nsource: 所\ndimensions:\n  village: {{label: 村, codes: [甲, 乙, 丙], groups: {{g: {{label: 南片, members: \
             [乙, 丙]}}}}}}\npolicy: {{threshold: {policy}}}\ntables:\n  t: {{title: 各村, rows: {rows}}}\n"
        )
    };
    let figures = "village,cases\n甲,7\n乙,12\n丙,30\n";
    let (safe, document) = at_once(&yaml("10", "village"), figures, &[]).expect("safe");
    assert_eq!(shown(&document)["cases 甲"], None);
    let first = published::release(&safe, "r1").to_string();
    // A lower threshold does not open it: the total and the rest would.
    let later = at_once(&yaml("5", "{village: [g, ALL]}"), figures, &[("r1", &first)]).expect("safe");
    let (group, all) = (shown(&later.1)["cases g"], shown(&later.1)["cases "]);
    assert!(group.is_none() || all.is_none(), "{}", later.1);
}

const TYPES: &str = "title: 纠纷\nsource: 所\ndimensions:\n  village: {label: 村, codes: [甲, 乙, 丙, 丁]}\n  type: {label: 类型, codes: [a, b, \
                     c]}\npolicy: {threshold: 5}\ntables:\n  t: {title: 各村, rows: village, columns: type}\n";
const TYPED: &str = "village,type,cases\n甲,a,12\n甲,b,3\n甲,c,8\n乙,a,20\n乙,b,7\n乙,c,5\n丙,a,9\n丙,b,11\n丙,c,2\n丁,a,6\n丁,b,15\n丁,c,17\n";

#[test]
fn a_threshold_may_rise_though_lower_figures_are_out() {
    let (safe, before) = at_once(TYPES, TYPED, &[]).expect("safe");
    let first = published::release(&safe, "r1").to_string();
    let (_, document) = at_once(&TYPES.replace("threshold: 5", "threshold: 10"), TYPED, &[("r1", &first)])
        .expect("what is out is known, and the rest is protected");
    // Nothing that was hidden is printed now.
    let (then, now) = (shown(&before), shown(&document));
    let opened: Vec<&String> = then.keys().filter(|at| then[*at].is_none() && now[*at].is_some()).collect();
    assert!(opened.is_empty(), "{opened:?}");
    assert!(now["cases b 乙"].is_none_or(|value| value == 7));
}

#[test]
fn branches_of_releases_that_give_away_together_are_told_by_name() {
    let rows = |rows: &str| VILLAGES.replace("rows: village", rows).replace(", 丁, 戊", "");
    let figures = "village,cases\n甲,3\n乙,20\n丙,30\n";
    // Apart, one prints the total without 乙, the other 乙 and 丙.
    let release = |yaml: &str, name: &str| {
        let (safe, _) = at_once(yaml, figures, &[]).expect("safe by itself");
        published::release(&safe, name).to_string()
    };
    let left = release(&rows("rows: {village: [甲, ALL]}, totals: none"), "左");
    let right = release(&rows("rows: {village: [乙, 丙]}, totals: none"), "右");
    let both = [("左", left.as_str()), ("右", right.as_str())];
    let now = rows("rows: {village: [乙]}, totals: none");
    let told = at_once(&now, figures, &both).expect_err("甲 is the total less the others");
    assert!(told.contains("S607") && told.contains('左') && told.contains('右'), "{told}");
    let known = format!("{now}policy: {{already_public: 两条分支都发了}}\n");
    at_once(&known, figures, &both).expect("what is out is known");
}

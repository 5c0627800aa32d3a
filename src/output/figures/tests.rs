//! Figures on the pages of a small site: as inspectors, spreadsheets and feeds find them.

use crate::build;
use crate::diag::Sink;
use crate::model::collect::Options;
use crate::source::Memo;
use crate::world::{MemoryWorld, NoCache};
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;
use std::collections::BTreeMap;

const SITE: &str = "title: 清水院坝\nbase_url: https://a.example.cn/part\n\
unit: {name: 派出所, organiser: 公安局, operator: 社区队, address: 正街, phone: 0000-7110110, email: a@example.cn, \
icp: 备0号, police_record: 公网安备0号, site_id: '0000000000', error_report: /}\n";
const DEFINITION: &str = "title: 矛盾纠纷调解
source: 派出所调解登记
licence: CC BY 4.0
period: 2026-01 至 2026-02
dimensions:
  village: {label: 村（社区）, codes: [石桥村, 河湾村, 青岗村, 白岩村]}
  type: {label: 纠纷类型, codes: [邻里纠纷, 婚姻家庭]}
  month: {label: 月份, time: month}
tables:
  by-village: {title: 各村纠纷, rows: village, columns: [type, month]}
  nested: {title: 各村各月, rows: [village, month], columns: type}
  by-month: {title: 每月调解, rows: month, columns: type, totals: columns}
charts:
  villages: {title: 各村件数, form: bar, rows: village}
";
/// Counts of 石桥村, 河湾村, 青岗村, 白岩村 by type and month; some are small.
const COUNTS: [[u32; 4]; 4] = [[31, 22, 17, 12], [14, 9, 3, 8], [21, 2, 11, 7], [6, 13, 9, 16]];

fn counts() -> String {
    let mut csv = String::from("village,type,month,cases\n");
    for (village, counts) in ["石桥村", "河湾村", "青岗村", "白岩村"].iter().zip(COUNTS) {
        let keys = ["邻里纠纷,2026-01", "邻里纠纷,2026-02", "婚姻家庭,2026-01", "婚姻家庭,2026-02"];
        for (key, count) in keys.iter().zip(counts) {
            csv += &[*village, ",", *key, ",", &count.to_string(), "\n"].concat();
        }
    }
    csv
}

/// Every file of a site with a report that holds these blocks.
fn site(body: &str) -> BTreeMap<String, String> {
    let noon = "2026-11-24T12:00:00+08:00".parse().expect("a moment");
    let report = format!(
        "---\ntitle: 通报\nkind: report\ndate: 2026-11-01\nreport: {{table: by-month, period: 2026年2月}}\n---\n\n{body}\n"
    );
    let world = MemoryWorld::new(noon)
        .with("content/site.yaml", SITE)
        .with("content/data/mediation.yaml", DEFINITION)
        .with("content/data/mediation.csv", counts())
        .with("content/reports/_index.md", "---\ntitle: 数据通报\nkind: report\n---\n")
        .with("content/reports/a.md", &report);
    let mut sink = Sink::new();
    let prepared = build::prepare(&world, &Memo::off(), &Options::default(), &NoCache, &mut sink);
    let checked = build::check(&prepared, &mut sink).unwrap_or_else(|_| panic!("{:#?}", sink.found()));
    let made = prepared.targets.iter().map(|(path, target)| {
        let made = build::render(&prepared, checked, &world, &NoCache, target);
        let bytes = made.bytes.unwrap_or_else(|finding| panic!("{path}: {finding:#?}"));
        (path.to_string(), String::from_utf8_lossy(&bytes).into_owned())
    });
    made.collect()
}

const BLOCKS: &str = "```表 by-village\n```\n\n```表 nested\n```\n\n```图 villages\n```\n";

/// A sink that keeps tags and text.
#[derive(Default)]
struct Kept(RefCell<Vec<Token>>);

impl TokenSink for Kept {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        self.0.borrow_mut().push(token);
        TokenSinkResult::Continue
    }
}

fn tokens(html: &str) -> Vec<Token> {
    let queue = BufferQueue::default();
    queue.push_back(html.into());
    let tokenizer = Tokenizer::new(Kept::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs
        .iter()
        .find(|attribute| &*attribute.name.local == name)
        .map(|attribute| attribute.value.to_string())
}

/// The tables of a page as grids of cells: spans filled in, each cell with its scope (empty for data).
fn grids(html: &str) -> Vec<Vec<Vec<String>>> {
    let mut grids: Vec<Vec<Vec<String>>> = Vec::new();
    // Cells that reach down into later rows: column, rows left, scope.
    let mut reaching: BTreeMap<usize, (usize, String)> = BTreeMap::new();
    for token in tokens(html) {
        let Token::TagToken(tag) = token else { continue };
        if tag.kind == TagKind::EndTag {
            continue;
        }
        match &*tag.name {
            "table" => {
                grids.push(Vec::new());
                reaching.clear();
            }
            "tr" => grids.last_mut().expect("rows stand in tables").push(Vec::new()),
            "th" | "td" => {
                let row = grids.last_mut().and_then(|grid| grid.last_mut()).expect("cells stand in rows");
                let span =
                    |name| attribute(&tag, name).map_or(1, |count| count.parse::<usize>().expect("a number"));
                let scope = attribute(&tag, "scope").unwrap_or_default();
                fill(row, &mut reaching);
                for _ in 0..span("colspan") {
                    if span("rowspan") > 1 {
                        reaching.insert(row.len(), (span("rowspan") - 1, scope.clone()));
                    }
                    row.push(scope.clone());
                }
                let _ = &reaching;
            }
            _ => {}
        }
    }
    grids
}

/// Puts what reaches down from above into the row's next places.
fn fill(row: &mut Vec<String>, reaching: &mut BTreeMap<usize, (usize, String)>) {
    while let Some((left, scope)) = reaching.get(&row.len()).cloned() {
        let at = row.len();
        if left == 1 {
            reaching.remove(&at)
        } else {
            reaching.insert(at, (left - 1, scope.clone()))
        };
        row.push(scope);
    }
}

#[test]
fn every_row_of_a_table_is_as_wide_as_the_others_and_every_cell_has_its_headings() {
    let files = site(BLOCKS);
    let page = &files["reports/a/index.html"];
    let grids = grids(page);
    assert_eq!(grids.len(), 3, "two tables and that of the chart");
    for grid in &grids {
        let width = grid[0].len();
        for row in grid {
            assert_eq!(row.len(), width, "{grid:?}");
            assert!(
                row.iter().all(String::is_empty) || row[0].starts_with("row") || row[0] == "col",
                "{row:?}"
            );
        }
        let head = grid.iter().take_while(|row| row.iter().any(|scope| scope.starts_with("col"))).count();
        for column in 0..width {
            assert!((0..head).any(|row| grid[row][column] == "col"), "column {column} of {grid:?}");
        }
        for row in &grid[head..] {
            assert!(row.contains(&"row".to_owned()), "{row:?}");
        }
    }
}

#[test]
fn ids_are_there_once_and_what_names_them_finds_them() {
    let files = site(&format!("{BLOCKS}\n{BLOCKS}"));
    let mut ids = Vec::new();
    let mut named = Vec::new();
    for token in tokens(&files["reports/a/index.html"]) {
        let Token::TagToken(tag) = token else { continue };
        ids.extend(attribute(&tag, "id"));
        for name in ["aria-labelledby", "aria-describedby"] {
            named.extend(attribute(&tag, name).iter().flat_map(|all| all.split(' ')).map(str::to_owned));
        }
        named.extend(
            attribute(&tag, "fill")
                .and_then(|fill| Some(fill.strip_prefix("url(#")?.strip_suffix(')')?.to_owned())),
        );
    }
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id is there twice");
    for name in named {
        assert!(ids.contains(&name), "nothing has the id {name}");
    }
}

#[test]
fn a_page_tells_its_figures_in_words_too() {
    let files = site(BLOCKS);
    let page = &files["reports/a/index.html"];
    for wanted in [
        "<caption id=\"yb-1-c\">各村纠纷",
        "单位：件",
        "scope=\"colgroup\"",
        "<span aria-hidden=\"true\">*</span><span class=\"hide\">未公布</span>",
        "role=\"img\" aria-labelledby=\"yb-3-t yb-3-f\"",
        "来源：派出所调解登记。",
        "许可：CC BY 4.0。",
        "/part/data/mediation/by-village.csv",
        "2026年2月",
        "比上月",
    ] {
        assert!(page.contains(wanted), "no {wanted} in\n{page}");
    }
    assert!(!page.contains("<title>各村"), "browsers show titles of drawings as tooltips");
}

#[test]
fn feeds_get_the_table_without_the_drawing() {
    let files = site(BLOCKS);
    let feed = &files["feed.json"];
    assert!(feed.contains("各村纠纷") && feed.contains("个村（社区）里") && !feed.contains("<svg"));
    assert!(feed.contains("https://a.example.cn/part/data/mediation/by-village.csv"));
    assert!(!feed.contains("*未公布"), "what style sheets hide is not in feeds");
}

#[test]
fn open_data_is_published_and_listed() {
    let files = site(BLOCKS);
    for path in ["data/mediation.json", "data/mediation/by-village.csv", "data/mediation/nested.json"] {
        assert!(files.contains_key(path), "{path}");
    }
    let page = &files["data/index.html"];
    assert!(page.contains("/part/data/mediation/by-village.csv") && page.contains("CC BY 4.0"));
    assert!(files["sitemap/index.html"].contains("/part/data/"));
}

/// Searches all files for a hidden figure of known size: no file may hold the count of a cell that is hidden, in any place
/// where a count could stand.
#[test]
fn no_file_holds_a_hidden_count() {
    let files = site(BLOCKS);
    let json: serde_json::Value =
        serde_json::from_str(&files["data/mediation/by-village.json"]).expect("JSON");
    let cells = json["cells"].as_array().expect("rows");
    assert!(cells.iter().flat_map(|row| row.as_array().expect("cells")).any(|cell| cell == "*"));
    // 青岗村, 婚姻家庭… the two small counts are 3 and 2; no data cell, attribute of a drawing or text of one is that number.
    for (path, text) in &files {
        for token in tokens(text) {
            let Token::TagToken(tag) = token else { continue };
            if !matches!(&*tag.name, "rect" | "td" | "th" | "svg") {
                continue;
            }
            for attribute in &tag.attrs {
                let counts = ["data-value", "data-count", "aria-valuenow", "title", "value"];
                assert!(!counts.contains(&&*attribute.name.local), "{path}: {attribute:?}");
            }
        }
    }
    for path in ["data/mediation.json", "data/mediation/nested.json", "data/mediation/by-village.json"] {
        let json: serde_json::Value = serde_json::from_str(&files[path]).expect("JSON");
        assert!(!numbers(&json).iter().any(|number| *number == 2 || *number == 3), "{path}");
    }
}

fn numbers(value: &serde_json::Value) -> Vec<i64> {
    match value {
        serde_json::Value::Number(number) => number.as_i64().into_iter().collect(),
        serde_json::Value::Array(all) => all.iter().flat_map(numbers).collect(),
        serde_json::Value::Object(all) => all.values().flat_map(numbers).collect(),
        _ => Vec::new(),
    }
}

//! Every published field, and tables by hand, are read for what a table hides.

use crate::diag::{Level, Sink};
use crate::lint::gate;
use crate::model::collect::{Options, collect};
use crate::source::Memo;
use crate::world::{MemoryWorld, NoCache};

const FIGURES: &str = "village,type,cases\n桥头村,邻里纠纷,12\n桥头村,婚姻家庭,3\n桥头村,债务纠纷,15\n竹溪村,邻里纠纷,25\n\
    竹溪村,婚姻家庭,8\n竹溪村,债务纠纷,16\n云岭村,邻里纠纷,19\n云岭村,婚姻家庭,11\n云岭村,债务纠纷,14\n长湾村,邻里纠纷,17\n\
    长湾村,婚姻家庭,16\n长湾村,债务纠纷,18\n";
const TITLE: &str = "矛盾纠纷调解";

fn definition(title: &str, source: &str, table: &str) -> String {
    format!(
        "title: {title}\nsource: {source}\ndimensions:\n  \
         village: {{label: 村, codes: [桥头村, 竹溪村, 云岭村, 长湾村]}}\n  \
         type: {{label: 类型, codes: [邻里纠纷, 婚姻家庭, 债务纠纷]}}\n\
         policy: {{must_print: [{{village: 竹溪村}}]}}\ntables:\n  \
         v: {{title: {table}, rows: village, columns: type}}\n"
    )
}

/// The codes of findings below S610 that are said of a site's prose, of `path` alone.
fn found(world: &MemoryWorld) -> Vec<&'static str> {
    let mut sink = Sink::new();
    let model = collect(world, &Memo::off(), &Options::default(), &mut sink);
    let statistics = crate::statistics::protect::protect(&model, &NoCache, &mut sink);
    assert!(statistics.datasets().count() == 1, "{:?}", sink.found());
    let passed = gate::check(&model, &[], &statistics, &mut sink).is_ok();
    let found: Vec<&str> =
        sink.take().into_iter().map(|one| one.code.id).filter(|id| ["S608", "S609"].contains(id)).collect();
    assert!(!found.contains(&"S609") || !passed);
    found
}

fn world(definition: &str, meta: &str, body: &str) -> MemoryWorld {
    MemoryWorld::new("2026-11-23T04:00:00Z".parse().unwrap())
        .with("content/site.yaml", "title: 站\nbase_url: https://www.example.cn/\n")
        .with("content/reports/_index.md", "---\ntitle: 通报\nkind: report\n---\n")
        .with("content/reports/a.md", format!("---\n{meta}\n---\n\n{body}\n"))
        .with("content/data/x.yaml", definition)
        .with("content/data/x.csv", FIGURES)
}

fn bulletin(meta: &str, body: &str) -> Vec<&'static str> {
    found(&world(&definition(TITLE, "所", "各村纠纷"), meta, &format!("```table x/v\n```\n\n{body}")))
}

#[test]
fn every_field_of_a_bulletin_is_read() {
    for meta in [
        "title: 桥头村婚姻家庭3件",
        "title: 通报\nsummary: 桥头村婚姻家庭3件，其余见表。",
        "title: 通报\ntags: [纠纷, 桥头村婚姻家庭3件]",
        "title: 通报\nsource: 桥头村婚姻家庭3件",
        "title: 通报\nauthor: 老李（桥头村婚姻家庭3件）",
        "title: 通报\neditor: 桥头村婚姻家庭3件",
        "title: 桥头村\nsummary: 婚姻家庭3件",
        "title: 办事\nkind: guide\nsteps: [先看数, 桥头村婚姻家庭3件]",
        "title: 提示\nkind: tip\nremember: [桥头村婚姻家庭3件]",
        "title: 会\nkind: meeting\nagenda: [通报桥头村婚姻家庭纠纷3件]",
    ] {
        assert_eq!(bulletin(meta, "正文。"), ["S609"], "{meta}");
    }
    assert_eq!(bulletin("title: 通报\nsummary: 桥头村的事见表。\ntags: [婚姻家庭]", "正文。"), [""; 0]);
}

#[test]
fn every_part_of_a_body_is_read() {
    for body in [
        "## 桥头村婚姻家庭3件",
        "## 桥头村\n\n婚姻家庭3件。",
        "# 桥头村\n\n## 婚姻家庭\n\n只有3件。",
        "桥头村：\n\n- 邻里12件\n- 婚姻家庭3件",
        "- 桥头村\n  - 邻里12\n  - 婚姻家庭3",
        "> 桥头村婚姻家庭3件。",
        "> [!记住]\n> 桥头村婚姻家庭3件。",
        "![桥头村婚姻家庭3件](a.png)",
        "[看](/ \"桥头村婚姻家庭3件\")",
        "桥**头**村婚姻家庭*3*件。",
        "<!-- 桥头村婚姻家庭3件 -->",
        "<p>桥头村婚姻家庭&#51;件</p>",
        "`桥头村婚姻家庭3件`",
        "```verse\n桥头村婚姻家庭三件，\n都劝好\n```",
        "字[^1]\n\n[^1]: 桥头村婚姻家庭3件。",
        "桥头村\n: 婚姻家庭3件",
        "| 村 | 婚姻家庭 | 债务纠纷 |\n|---|---|---|\n| 桥头村 | 3 | |",
        "| 村 | 婚姻家庭（件） |\n|---|---|\n| 桥头村 | 3件 |",
        "| 类型 | 桥头村 | 竹溪村 |\n|---|---|---|\n| 婚姻家庭 | 3 | 8 |",
        "| 村 | 类型 | 件数 |\n|---|---|---|\n| 桥头村 | 婚姻家庭 | 3 |",
        "桥头村\n\n| 类型 | 数 |\n|---|---|\n| 婚姻家庭 | 三 |",
        "| 序号 | 村 | 说明 |\n|---|---|---|\n| 1 | 桥头村 | 婚姻家庭3件 |",
    ] {
        assert_eq!(bulletin("title: 通报", body), ["S609"], "{body}");
    }
    for body in [
        "| 村 | 婚姻家庭 | 网格员 |\n|---|---|---|\n| 竹溪村 | 8 | 2 |",
        "| 村 | 电话 | 干部 |\n|---|---|---|\n| 桥头村 | 0000-7110110 | 3 |",
        "## 桥头村\n\n请带5件材料。\n\n## 竹溪村\n\n婚姻家庭8件。",
        "| 日子 | 村 | 讲什么 |\n|---|---|---|\n| 3日 | 桥头村 | 婚姻家庭 |",
    ] {
        assert_eq!(bulletin("title: 通报", body), [""; 0], "{body}");
    }
    let other = "| 村 | 婚姻家庭 |\n|---|---|\n| 竹溪村 | 9 |";
    assert_eq!(bulletin("title: 通报", other), ["S608"]);
}

#[test]
fn what_a_dataset_says_of_itself_is_read() {
    let meta = "title: 通报";
    for definition in [
        definition("桥头村婚姻家庭3件", "所", "各村纠纷"),
        definition(TITLE, "所里，桥头村婚姻家庭3件", "各村纠纷"),
        definition(TITLE, "所", "各村纠纷，桥头村婚姻家庭3件"),
    ] {
        assert_eq!(found(&world(&definition, meta, "正文。")), ["S609"], "{definition}");
    }
}

#[test]
fn other_bulletins_and_sections_are_read_where_they_speak_of_the_matter() {
    let base = || world(&definition(TITLE, "所", "各村纠纷"), "title: 通报", "```table x/v\n```");
    let table = "---\ntitle: 另一篇\n---\n\n纠纷的事。\n\n| 村 | 婚姻家庭 |\n|---|---|\n| 桥头村 | 3 |\n";
    assert_eq!(found(&base().with("content/reports/b.md", table)), ["S609"]);
    let other = "---\ntitle: 另一篇\n---\n\n桥头村婚姻家庭纠纷3件。\n";
    assert_eq!(found(&base().with("content/reports/b.md", other)), ["S609"]);
    let section = "---\ntitle: 动态\nkind: story\nsummary: 桥头村婚姻家庭纠纷3件。\n---\n";
    assert_eq!(found(&base().with("content/stories/_index.md", section)), ["S609"]);
    let nothing = "---\ntitle: 另一篇\n---\n\n桥头村买了3件乐器。\n";
    assert_eq!(found(&base().with("content/reports/b.md", nothing)), [""; 0]);
    assert_eq!(Level::Forbid, crate::diag::codes::HIDDEN_FIGURE.level);
}

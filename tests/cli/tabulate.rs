//! From a register to a table of counts.

use crate::site::{Ran, Site, tests};
use std::fs;
use std::path::PathBuf;

/// What every good register of `tests/data/registers` counts to, but for villages and sums.
const TABLE: &str = "village,type,month,cases,loss,loss.n,loss.1,loss.2\n\
    河湾村,婚姻家庭,2026-04,1,7,1,7,0\n\
    河湾村,邻里,2026-02,2,12300,2,12000,300\n\
    石桥村,婚姻家庭,2026-01,1,0,0,0,0\n\
    石桥村,邻里,2026-01,1,1200,1,1200,0\n\
    石桥村,邻里,2026-04,1,50,1,50,0\n";

fn register(name: &str) -> PathBuf {
    tests().join("data/registers").join(name)
}

fn tabulate(site: &Site, name: &str, more: &[&str]) -> Ran {
    let path = register(name);
    let mut args = vec!["tabulate", path.to_str().expect("a path"), "--into", "cases"];
    args.extend(more);
    if !more.contains(&"--by") {
        args.extend(["--by", "village,type,month"]);
    }
    site.run(&args)
}

fn written(site: &Site) -> Option<String> {
    fs::read_to_string(site.at("content/data/cases.csv")).ok()
}

/// The table without the rows of nought.
fn counted(site: &Site) -> String {
    let text = written(site).expect("it was written");
    text.split_inclusive('\n').filter(|line| !line.contains(",2026-03,0,")).collect()
}

#[test]
fn every_format_counts_alike() {
    for (name, sum) in [
        ("plain.xls", "损失"),
        ("plain.ods", "损失"),
        ("gb18030.csv", "损失"),
        ("year-1904.xlsx", "loss"),
        ("typed.xlsx", "损失"),
        ("station.xlsx", "涉案金额"),
    ] {
        let site = Site::new();
        let ran = tabulate(&site, name, &["--sum", sum, "--hidden-rows", "count"]);
        assert_eq!(ran.code, Some(0), "{name}: {}", ran.err);
        assert_eq!(counted(&site), TABLE, "{name}");
        assert!(written(&site).expect("written").contains(",2026-03,0,0,0,0,0\n"), "{name}");
        assert!(ran.err.contains("共 6 件"), "{name}: {}", ran.err);
        assert!(site.at("content/data/cases.yaml").is_file(), "{name}");
    }
}

#[test]
fn what_a_workbook_hides_is_mentioned_and_never_read_in_silence() {
    let site = Site::new();
    let ran = tabulate(&site, "station.xlsx", &[]);
    assert_eq!((ran.code, written(&site)), (Some(1), None), "{}", ran.err);
    for told in ["名单", "去年", "2 条批注", "1 列隐藏了：F", "2 行隐藏了", "--hidden-rows skip"]
    {
        assert!(ran.err.contains(told), "{told}: {}", ran.err);
    }
    let ran = tabulate(&site, "station.xlsx", &["--hidden-rows", "skip"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(
        ran.err.contains("共 4 件") && ran.err.contains("没有读的列（能认出是谁）：当事人/姓名、当事人/电话"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("1 行重复的列名") || ran.err.contains("2 行重复的列名"), "{}", ran.err);
    // A site of its own: the first register has left a yaml that names its columns.
    let site = Site::new();
    let ran = tabulate(&site, "plain.ods", &[]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let ran = tabulate(&site, "plain.xls", &[]);
    assert!(ran.code == Some(0) && ran.err.contains("看不出") && ran.err.contains("名单"), "{}", ran.err);
}

#[test]
fn nothing_of_a_row_is_printed_or_written() {
    let site = Site::new();
    let ran = tabulate(&site, "station.xlsx", &["--hidden-rows", "count", "--verbose"]);
    let all = format!(
        "{}{}{}{}",
        ran.out,
        ran.err,
        written(&site).expect("written"),
        fs::read_to_string(site.at("content/data/cases.yaml")).expect("written")
    );
    for secret in ["罗某", "13800000000", "家里", "待核", "制表"] {
        assert!(!all.contains(secret), "{secret}");
    }
    let names: Vec<_> = fs::read_dir(site.at("content/data"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn every_cell_that_cannot_be_read_is_named() {
    let site = Site::new();
    let ran = tabulate(&site, "slips.xlsx", &["--sum", "损失"]);
    assert_eq!((ran.code, written(&site)), (Some(1), None), "{}", ran.err);
    for cell in ["A3", "A4", "A5", "A6", "D7", "D8", "D9", "D10", "B11", "D12", "C13", "D14"] {
        assert!(ran.err.contains(cell), "{cell}: {}", ran.err);
    }
    assert!(!ran.err.contains("6222020200112233") && !ran.err.contains("13800138000"), "{}", ran.err);
    assert!(ran.err.contains("“登记”D7：“约30”不是确切的数"), "{}", ran.err);
}

#[test]
fn a_register_inside_the_site_is_refused() {
    let site = Site::new();
    for path in ["content/data/register.csv", "register.csv", "office/register.csv"] {
        site.put(path, "日期,村,类型\n2026-05-01,石桥村,邻里\n");
        let ran = site.run(&["tabulate", path, "--by", "村", "--into", "x"]);
        assert_eq!(ran.code, Some(2), "{}", ran.err);
        assert!(ran.err.contains("一行就是一个人") && !site.at("content/data/x.csv").exists(), "{}", ran.err);
    }
}

#[test]
fn similar_categories_are_asked_about_and_merged_as_the_yaml_says() {
    let site = Site::new();
    let ran = tabulate(&site, "variants.xlsx", &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("      婚姻家庭:\n      - 婚姻 家庭\n      - 婚姻家庭纠纷\n"), "{}", ran.err);
    let total = |text: &str| {
        text.lines()
            .filter(|line| line.contains(",婚姻家庭,"))
            .filter_map(|line| line.rsplit(',').next()?.parse::<u32>().ok())
            .sum::<u32>()
    };
    assert_eq!(total(&written(&site).expect("written")), 8);
    site.put(
        "content/data/cases.yaml",
        "title: 纠纷\nsource: 本所\ndimensions:\n  village: {column: 村}\n  type:\n    column: 类型\n    codes: {婚姻家庭: 婚姻家庭, 邻里: 邻里纠纷}\n    merge: {婚姻家庭: [婚姻家庭纠纷, \"婚姻 家庭\"]}\n  month: {time: month}\n",
    );
    let ran = tabulate(&site, "variants.xlsx", &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(total(&written(&site).expect("written")), 11);
    assert!(ran.err.contains("并入“婚姻家庭”"), "{}", ran.err);
}

#[test]
fn a_table_is_replaced_with_its_totals_told_and_the_yaml_is_left_alone() {
    let site = Site::new();
    assert_eq!(tabulate(&site, "gb18030.csv", &[]).code, Some(0));
    let mine = fs::read_to_string(site.at("content/data/cases.yaml"))
        .expect("written")
        .replace("请写标题", "我的标题");
    site.put("content/data/cases.yaml", &mine);
    assert!(tabulate(&site, "gb18030.csv", &[]).err.contains("没有变化"));
    let ran = tabulate(&site, "gb18030.csv", &["--period", "2026-01..2026-03"]);
    assert!(ran.code == Some(0) && ran.err.contains("原来 6 件，现在 4 件"), "{}", ran.err);
    assert_eq!(fs::read_to_string(site.at("content/data/cases.yaml")).expect("there"), mine);
}

#[test]
fn a_command_that_cannot_be_understood_says_so() {
    let site = Site::new();
    for (more, told) in [
        (&["--by", "年龄:x"][..], "看不懂"),
        (&["--period", "去年"], "看不懂"),
        (&["--by", "办结方式"], "有："),
        (&["--by", "姓名"], "没有"),
        (&["--sheet", "没有的"], "没有叫"),
    ] {
        let ran = tabulate(&site, "typed.xlsx", more);
        assert!(ran.code != Some(0) && ran.err.contains(told), "{more:?}: {}", ran.err);
    }
    let outside = site.run(&["tabulate", "../nowhere.xlsx", "--into", "../x"]);
    assert_eq!(outside.code, Some(2), "{}", outside.err);
}

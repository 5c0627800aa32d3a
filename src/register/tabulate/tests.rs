//! Registers as text, from rows to counts.

use super::definition::Definition;
use super::time::Period;
use super::{By, Count, Counted, Hidden, Problems, Request, Tabulation, write};
use crate::diag::{Catalogue, Language};
use crate::register::csv_file;
use jiff::civil::date;
use std::io::Cursor;

fn request(by: &str, sum: &[&str]) -> Request {
    Request {
        by: By::list(by).expect("it is understood"),
        sum: sum.iter().map(|word| (*word).to_owned()).collect(),
        count: Count::Ask,
        period: None,
        year: None,
        blank: false,
        hidden: Hidden::Count,
        today: date(2026, 11, 25),
        areas: Vec::new(),
        defined: None,
    }
}

fn count(request: &Request, text: &str) -> Result<Counted, Problems> {
    let mut tabulation = Tabulation::new(request, "登记", false);
    csv_file::read(Box::new(Cursor::new(text.as_bytes().to_owned())), &mut |number, cells| {
        tabulation.row(number, cells)
    })
    .expect("it is text");
    tabulation.finish()
}

fn table(request: &Request, text: &str) -> String {
    match count(request, text) {
        Ok(counted) => write::table(&counted, request.defined.as_ref()),
        Err(problems) => panic!("{:?}", said(&problems)),
    }
}

fn said(problems: &Problems) -> Vec<String> {
    problems.told.iter().map(|problem| Catalogue::of(Language::Zh).format(&problem.message)).collect()
}

fn refused(request: &Request, text: &str) -> Vec<String> {
    said(&count(request, text).expect_err("it is refused"))
}

const REGISTER: &str = "登记表,,,,\n序号,登记日期,所属村（社区）,纠纷类型,损失（元）\n\
    1,2026-1-5,石桥村,邻里,30\n2,2026年3月6日,石桥村,邻里,\"1,000\"\n3,2026.3.7,河湾村,婚姻家庭,0\n4,2026-03-08,石桥村,邻里,5\n合计,,,,1035\n";

#[test]
fn counts_and_sums_with_a_row_for_the_month_without_any() {
    let expected = "village,type,month,cases,loss,loss.n,loss.1,loss.2\n\
        河湾村,婚姻家庭,2026-03,1,0,0,0,0\n石桥村,邻里,2026-01,1,30,1,30,0\n石桥村,邻里,2026-03,2,1005,2,1000,5\n";
    let written = table(&request("village,type,month", &["loss"]), REGISTER);
    // February had none: a row of nought says so.
    assert!(written.contains(",2026-02,0,0,0,0,0\n"), "{written}");
    assert_eq!(
        written.lines().filter(|line| !line.contains(",2026-02,")).collect::<Vec<_>>().join("\n") + "\n",
        expected
    );
}

#[test]
fn columns_are_named_in_many_ways() {
    let plain = table(&request("village,type,month", &[]), REGISTER);
    for by in [
        "村,纠纷类型,月",
        "village=所属村,type=类型,month=登记日期",
        "所属村（社区）,纠纷类型,登记日期:month",
        "village，type、登记日期:月",
    ] {
        assert_eq!(table(&request(by, &[]), REGISTER), plain, "{by}");
    }
    assert!(table(&request("纠纷类型,quarter", &[]), REGISTER).contains("婚姻家庭,2026-Q1,1\n"));
    assert!(table(&request("type,登记日期:year", &[]), REGISTER).starts_with("type,year,cases\n"));
    let bands = table(&request("village,损失:10/1000", &[]), REGISTER);
    assert_eq!(bands, "village,loss,cases\n河湾村,0-9,1\n石桥村,0-9,1\n石桥村,10-999,1\n石桥村,1000+,1\n");
}

#[test]
fn a_column_that_is_not_there_is_refused_with_those_that_are() {
    let problems = refused(&request("结案方式,month", &[]), REGISTER);
    assert!(
        problems[0].contains("结案方式") && problems[0].contains("登记日期、所属村(社区)、纠纷类型"),
        "{problems:?}"
    );
    assert!(refused(&request("登记日期", &[]), REGISTER)[0].contains("登记日期:month"));
    assert!(!refused(&request("", &[]), REGISTER).is_empty());
}

#[test]
fn columns_that_tell_who_are_refused_by_header_and_by_content() {
    let mut text = "日期,村,类型,姓名,说法,编码\n".to_owned();
    let names = ["王建国", "李秀英", "张伟", "刘洋", "陈静", "杨丽", "赵军", "黄敏", "周杰", "吴娟"];
    for (number, name) in names.iter().cycle().take(40).enumerate() {
        let row = format!("2026-05-{:02},石桥村,邻里,{name},{name},{}\n", number % 28 + 1, 1000 + number);
        text += &row;
    }
    assert!(refused(&request("姓名", &[]), &text)[0].contains("人名"));
    assert!(refused(&request("说法", &[]), &text)[0].contains("人名"));
    assert!(refused(&request("编码", &[]), &text)[0].contains("40 种"));
    assert!(refused(&request("村", &["姓名"]), &text)[0].contains("人名"));
    let counted = count(&request("村,month", &[]), &text).expect("nobody is told");
    assert_eq!(counted.total(), 40);
    assert!(
        !write::table(&counted, None).contains("王建国")
            && !write::definition(&counted, "x").contains("王建国")
    );
    let hit = refused(&request("类型", &[]), "日期,村,类型\n2026-05-01,石桥村,联系13800138000\n");
    assert!(hit[0].contains("C2") && !hit[0].contains("13800138000"), "{hit:?}");
}

#[test]
fn all_problems_are_told_with_their_cells_and_nothing_is_counted() {
    let text = "日期,村,类型,损失\n2026-05-01,石桥村,邻里,约30\n5月3日,石桥村,邻里,1\n2027-05-01,,邻里,30多\n2026-13-01,石桥村,,不详\n";
    let problems = refused(&request("村,类型,month", &["损失"]), text);
    for place in ["D2", "A3", "A4", "D4", "A5", "D5", "B4", "C5"] {
        assert!(problems.iter().any(|problem| problem.contains(place)), "{place}: {problems:?}");
    }
    let many: String = (0..50).map(|_| "2026-05-01,石桥村,约30\n").collect();
    let found =
        count(&request("村", &["损失"]), &format!("日期,村,损失\n{many}")).expect_err("it is refused");
    assert_eq!((found.told.len(), found.count), (20, 50));
}

#[test]
fn days_without_a_year_and_empty_cells_are_counted_when_told_so() {
    let text = "日期,村,损失\n5月3日,石桥村,1\n5月4日,,\n";
    let mut asked = request("村,month", &["损失"]);
    (asked.year, asked.blank) = (Some(2026), true);
    assert_eq!(
        table(&asked, text),
        "village,month,cases,loss,loss.n,loss.1,loss.2\n石桥村,2026-05,1,1,1,1,0\n未填,2026-05,1,0,0,0,0\n"
    );
}

#[test]
fn a_period_leaves_out_the_rest_and_lists_its_months() {
    let mut asked = request("type,month", &[]);
    asked.period = Period::parse("2026-02..2026-04");
    let counted = count(&asked, REGISTER).expect("it counts");
    assert_eq!((counted.seen.outside, counted.total()), (1, 3));
    assert_eq!(
        counted.dimensions[1].codes.iter().map(|code| code.code.as_str()).collect::<Vec<_>>(),
        ["2026-02", "2026-03", "2026-04"]
    );
    let mut by_type = request("type", &[]);
    by_type.period = Period::parse("2026");
    let blank = REGISTER.replace("2026-03-08", "");
    assert!(refused(&by_type, &blank)[0].contains("B6"));
    asked.period = Period::parse("2025");
    assert!(refused(&asked, REGISTER)[0].contains('4'));
}

#[test]
fn variants_are_merged_as_the_definition_says_and_asked_about_otherwise() {
    let mut text = "村,类型\n".to_owned();
    for kind in ["婚姻家庭", "婚姻家庭", "婚姻家庭纠纷", "婚姻 家庭", "　婚姻家庭 "] {
        text += &["石桥村,", kind, "\n"].concat();
    }
    let counted = count(&request("村,类型", &[]), &text).expect("it counts");
    assert_eq!(
        (counted.dimensions[1].codes.len(), counted.dimensions[1].alike.len(), counted.dimensions[1].folded),
        (3, 3, 1)
    );
    let yaml = write::definition(&counted, "x");
    assert!(yaml.contains("    #   婚姻家庭:\n    #   - 婚姻 家庭\n    #   - 婚姻家庭纠纷\n"), "{yaml}");
    let mut asked = request("", &[]);
    asked.defined = Definition::read(
        "dimensions:\n  village: {column: 村}\n  type: {column: 类型, codes: {F: 婚姻家庭}, merge: {F: [婚姻家庭纠纷, \"婚姻 家庭\"]}}\nmeasures:\n  n: {type: count}\n",
    );
    assert_eq!(table(&asked, &text), "village,type,n\n石桥村,F,5\n");
    let problems = refused(&asked, &format!("{text}石桥村,相邻\n"));
    assert!(problems[0].contains("B7") && problems[0].contains("相邻"), "{problems:?}");
}

#[test]
fn villages_have_the_codes_of_the_site() {
    let mut asked = request("village", &[]);
    asked.areas =
        vec![("hewan".to_owned(), "河湾村".to_owned()), ("shiqiao".to_owned(), "石桥村".to_owned())];
    assert_eq!(table(&asked, REGISTER), "village,cases\nhewan,1\nshiqiao,3\n");
    assert!(
        write::definition(&count(&asked, REGISTER).expect("it counts"), "x")
            .contains("      hewan: 河湾村\n")
    );
}

#[test]
fn what_was_made_reads_back() {
    let counted = count(&request("village,type,month", &["loss"]), REGISTER).expect("it counts");
    let yaml = write::definition(&counted, "x");
    let mut again = request("", &[]);
    again.defined = Definition::read(&yaml);
    assert!(again.defined.is_some(), "{yaml}");
    let first = table(&request("village,type,month", &["loss"]), REGISTER);
    assert_eq!(table(&again, REGISTER), first, "{yaml}");
    assert_eq!(write::total_of(&first, write::CASES), Some(4));
}

#[test]
fn a_table_of_five_is_a_list_of_persons() {
    assert!(!refused(&request("a,b,c,d,e", &[]), REGISTER).is_empty());
    assert!(By::list("年龄:60/18").is_err() && By::list("年龄:x").is_err());
}

#[test]
fn signs_for_nothing_are_empty_cells_and_signs_for_the_cell_above_are_told() {
    let text = "日期,村,类型\n2026-05-01,石桥村,邻里\n2026-05-02,石桥村,—\n2026-05-03,石桥村,/\n2026-05-04,石桥村,无\n";
    let problems = refused(&request("村,类型,month", &[]), text);
    assert!(problems[0].contains("3 个空格子") && problems[0].contains("C3、C4、C5"), "{problems:?}");
    let mut asked = request("村,类型", &[]);
    asked.blank = true;
    assert_eq!(table(&asked, text), "village,type,cases\n石桥村,邻里,1\n石桥村,未填,3\n");
    let above = refused(&request("村,类型", &[]), "村,类型\n石桥村,邻里\n同上,〃\n石桥村,邻里\n");
    assert!(above.len() == 2 && above[0].contains("A3") && above[1].contains("B3"), "{above:?}");
    // Where the dataset's file has the sign for a code, it is one.
    asked = request("", &[]);
    asked.defined = Definition::read("dimensions:\n  hurt: {column: 伤情, codes: {w: 无, y: 轻伤}}\n");
    assert_eq!(table(&asked, "村,伤情\n石桥村,无\n石桥村,轻伤\n"), "hurt,cases\nw,1\ny,1\n");
}

#[test]
fn a_text_that_tells_of_a_case_is_no_category_and_is_not_repeated() {
    let text = "村,类型\n石桥村,邻里\n石桥村,赵一诉钱二\n石桥村,邻里（赵一与钱二因院坝排水口角，已由村干部当场劝和）\n";
    let problems = refused(&request("村,类型", &[]), text);
    assert!(problems.len() == 2 && problems[0].contains("B3") && problems[1].contains("B4"), "{problems:?}");
    assert!(!problems.concat().contains("赵一"), "{problems:?}");
}

#[test]
fn a_table_that_is_counted_already_is_asked_about() {
    let text = "月份,村,件数\n2026年1月,石桥村,12\n2026年1月,河湾村,0\n2026年2月,石桥村,\"1,030\"\n2026年2月,河湾村,7件\n合计,,1049\n";
    let told = refused(&request("村,month", &[]), text);
    assert!(told[0].contains("C“件数”"), "{told:?}");
    let mut asked = request("村,month", &[]);
    asked.count = Count::named("件数");
    let counted = count(&asked, text).expect("it counts");
    assert_eq!((counted.total(), counted.seen.cases, counted.seen.lines), (1049, 4, 5));
    assert_eq!(counted.dimensions[0].codes.iter().map(|code| code.count).collect::<Vec<_>>(), [7, 1042]);
    let first = write::table(&counted, None);
    assert_eq!(
        first,
        "village,month,cases\n河湾村,2026-01,0\n河湾村,2026-02,7\n石桥村,2026-01,12\n石桥村,2026-02,1030\n"
    );
    // The next time, the dataset's file knows.
    let mut again = request("", &[]);
    again.defined = Definition::read(&write::definition(&counted, "x"));
    assert_eq!(table(&again, text), first);
    asked.count = Count::named("行");
    assert_eq!(count(&asked, text).expect("it counts").total(), 4);
    asked.count = Count::named("件数");
    assert!(refused(&asked, &text.replace("7件", "约7件"))[0].contains("C5"));
    // Where a row names somebody, it is a case.
    let persons = "月份,村,姓名,件数\n2026年1月,石桥村,王某,2\n2026年1月,河湾村,李某,1\n";
    assert_eq!(count(&request("村,month", &[]), persons).expect("it counts").total(), 2);
}

#[test]
fn columns_of_one_name_are_in_nobodys_way_until_one_is_asked_for() {
    let text = "日期,村,类型,备注,备注\n2026-05-01,石桥村,邻里,一,二\n";
    assert_eq!(count(&request("村,类型,month", &[]), text).expect("it counts").total(), 1);
    let told = refused(&request("备注", &[]), text);
    assert!(told[0].contains("D“备注”、E“备注”"), "{told:?}");
}

#[test]
fn bands_are_kept_for_the_next_month() {
    let text = "日期,类型,年龄\n2026-05-01,邻里,17\n2026-05-02,邻里,34\n2026-05-03,邻里,71\n";
    let counted = count(&request("类型,年龄:18/60", &[]), text).expect("it counts");
    let mut again = request("", &[]);
    again.defined = Definition::read(&write::definition(&counted, "x"));
    assert_eq!(table(&again, text), write::table(&counted, None));
    // A register that has bands as texts is read as it is.
    let texts = "类型,年龄段\n邻里,0-17\n邻里,18+\n邻里,18+\n";
    let counted = count(&request("类型,年龄段", &[]), texts).expect("it counts");
    again.defined = Definition::read(&write::definition(&counted, "x"));
    assert_eq!(table(&again, texts), write::table(&counted, None));
}

use super::super::testing::{Shelf, finding, said};
use super::*;
use crate::diag::{FileId, codes};
use proptest::prelude::*;

fn plain() -> Style {
    Style::default()
}

/// Columns before and under the first run of `mark` in a line.
fn run(line: &str, mark: char) -> (usize, usize) {
    let start = line.find(mark).unwrap_or_else(|| panic!("no {mark} in {line}"));
    let rest = &line[start..];
    (line[..start].width(), rest.chars().take_while(|&char| char == mark).count())
}

/// Asserts that the carets stand under `marked`, which the line before them holds.
fn under(text: &str, marked: &str) {
    let lines: Vec<&str> = text.lines().collect();
    let at =
        lines.iter().position(|line| line.contains("│ ") && line.contains('^')).expect("a line of carets");
    let before = &lines[at - 1][..lines[at - 1].find(marked).expect("the marked text is shown")];
    assert_eq!(run(lines[at], '^'), (before.width(), marked.width()), "{text}");
}

#[test]
fn the_shape_in_chinese() {
    let text = "---\ntitle: 高温\n---\n\n正文，见[电话表](phones.md)与表。\n";
    let start = text.find('[').unwrap();
    let end = text.find("与表").unwrap();
    let files = Shelf::new(&[("content/tips/heat/index.md", text)]);
    let found = finding(codes::BROKEN_LINK, 0, start..end)
        .label(said("没有 phones.md"))
        .hint(said("最接近的文件是 content/pages/phone.md"));
    let report = Report::new(vec![found], &files);
    assert_eq!(
        render(&report, &files, plain()),
        "错误[L301]：链接指向的文件不存在
  ┌ content/tips/heat/index.md:5:5
5 │ 正文，见[电话表](phones.md)与表。
  │         ^^^^^^^^^^^^^^^^^^^ 没有 phones.md
  = 建议：最接近的文件是 content/pages/phone.md

共 1 处错误
想知道是什么意思、怎么改，请运行：
  yuanba explain L301
"
    );
}

#[test]
fn the_shape_in_english_with_a_related_place() {
    let text = "一\n".repeat(9) + "title: 甲\ntitle: 乙\n";
    let files = Shelf::new(&[("a.md", &text)]);
    let (first, second) = (36..41, 47..52);
    let found = finding(codes::DUPLICATE_KEY, 0, second)
        .related(Span::new(FileId(0), first), said("first here"))
        .hint(said("remove one"));
    let report = Report::new(vec![found, finding(codes::STRAY_EMPHASIS, 0, 0..3)], &files);
    assert_eq!(
        render(&report, &files, Style { language: Language::En, ..plain() }),
        "error[F406]: 链接指向的文件不存在
   ┌ a.md:11:1
11 │ title: 乙
   │ ^^^^^
   ┌ note: a.md:10:1
10 │ title: 甲
   │ ----- first here
   = help: remove one

warning[W204]: 链接指向的文件不存在
  ┌ a.md:1:1
1 │ 一
  │ ^^

1 error, 1 warning
To learn what they mean and how to mend them, run:
  yuanba explain F406
  yuanba explain W204
"
    );
}

#[test]
fn carets_align_under_anything() {
    for (text, marked) in [
        ("前面全是中文字再看这里", "这里"),
        ("半a全，Ｆ！？“引号”看这里吧", "这里"),
        ("一个\u{301}音标与零宽\u{200b}空格看这里", "这里"),
        ("表情😀👍看这里", "这里"),
        ("首行\r\n第二行看这里\r\n第三行", "这里"),
        ("首行\r第二行看这里\r第三行", "这里"),
        ("看这里\r\n", "这里"),
    ] {
        let start = text.find(marked).unwrap();
        let files = Shelf::new(&[("a.md", text)]);
        let out = render_one(&finding(codes::BROKEN_LINK, 0, start..start + marked.len()), &files, plain());
        under(&out, marked);
        assert!(!out.contains('\r'), "{out:?}");
    }
}

#[test]
fn tabs_are_shown_as_spaces_up_to_their_stop() {
    let files = Shelf::new(&[("a.yaml", "\t中\tkey: 1\n")]);
    let out = render_one(&finding(codes::YAML_SYNTAX, 0, 5..8), &files, plain());
    assert!(out.contains("1 │     中  key: 1\n"), "{out}");
    under(&out, "key");
    let tab = render_one(&finding(codes::YAML_SYNTAX, 0, 0..1), &files, plain());
    assert!(tab.contains("\n  │ ^^^^\n"), "{tab}");
}

#[test]
fn a_long_line_is_cut_and_still_aligned() {
    let text = "长".repeat(3000) + "看这里" + &"尾".repeat(3000);
    let start = text.find("这里").unwrap();
    let files = Shelf::new(&[("a.md", &text)]);
    let found = finding(codes::BROKEN_LINK, 0, start..start + "这里".len());
    for width in [30, 80, 120] {
        let out = render_one(&found, &files, Style { width, ..plain() });
        under(&out, "这里");
        let line = out.lines().find(|line| line.contains("看这里")).unwrap();
        assert!(line.width() <= width, "{line}");
        assert!(line.contains("│ …长") && line.ends_with("尾…"), "{line}");
        assert!(out.contains("a.md:1:3002"), "{out}");
    }
}

#[test]
fn several_lines_show_both_ends() {
    let text = "---\ntitle: 甲\ndate: 乙\nkind: tip\n  完\n";
    let files = Shelf::new(&[("a.md", text)]);
    let end = text.trim_end().len();
    let out =
        render_one(&finding(codes::UNCLOSED_FRONT_MATTER, 0, 0..end).label(said("到这里")), &files, plain());
    assert_eq!(
        out,
        "错误[F404]：链接指向的文件不存在
  ┌ a.md:1:1
1 │ ---
  │ ^^^
  ⋮
5 │   完
  │   ^^ 到这里
"
    );
}

#[test]
fn without_text_only_the_path() {
    let files = Shelf::new(&[("content/a.jpg", ""), ("content/b.md", "正文")]);
    let picture = finding(codes::BROKEN_PICTURE, 0, 0..0).hint(said("另存为 JPG"));
    assert_eq!(
        render_one(&picture, &files, plain()),
        "错误[F420]：链接指向的文件不存在\n  ┌ content/a.jpg\n  = 建议：另存为 JPG\n"
    );
    let whole = Diagnostic::new(codes::MISSING_TITLE, said("没有标题"))
        .at(Span::whole(FileId(1)))
        .label(said("这里"));
    assert_eq!(render_one(&whole, &files, plain()), "错误[F403]：没有标题\n  ┌ content/b.md\n  │ 这里\n");
    let nowhere = Diagnostic::new(codes::LOCKED, said("另一个构建正在进行"));
    assert_eq!(render_one(&nowhere, &files, plain()), "错误[F424]：另一个构建正在进行\n");
}

#[test]
fn nothing_found_nothing_said() {
    let files = Shelf::new(&[]);
    assert_eq!(render(&Report::default(), &files, plain()), "");
    assert_eq!(summary(&Report::default(), Language::Zh), "");
}

#[test]
fn summaries() {
    let files = Shelf::new(&[("a.md", "一二三四五六")]);
    let mut found = vec![finding(codes::STRAY_EMPHASIS, 0, 0..3)];
    let say = |found: &[Diagnostic], language| summary(&Report::new(found.to_vec(), &files), language);
    assert_eq!(say(&found, Language::Zh), "共 1 处警告");
    assert_eq!(say(&found, Language::En), "1 warning");
    found.extend((0..3).map(|at| finding(codes::BROKEN_LINK, 0, at * 3..at * 3 + 3)));
    assert_eq!(say(&found, Language::Zh), "共 3 处错误、1 处警告");
    assert_eq!(say(&found, Language::En), "3 errors, 1 warning");
}

#[test]
fn colours_change_nothing_else() {
    let files = Shelf::new(&[("a.md", "看[这里](x)吧")]);
    let found = finding(codes::BROKEN_LINK, 0, 3..14)
        .label(said("没有"))
        .hint(said("改"))
        .related(Span::new(FileId(0), 0..3), said("也看"));
    let report = Report::new(vec![found, finding(codes::STRAY_EMPHASIS, 0, 0..3)], &files);
    let coloured = render(&report, &files, Style { color: true, ..plain() });
    assert!(
        coloured.starts_with("\u{1b}[1;31m错误[L301]\u{1b}[0m") || coloured.starts_with("\u{1b}[1;33m警告")
    );
    let mut bare = String::new();
    for (at, piece) in coloured.split("\u{1b}[").enumerate() {
        bare += if at == 0 { piece } else { piece.split_once('m').expect("a whole sequence").1 };
    }
    assert_eq!(bare, render(&report, &files, plain()));
}

#[test]
fn hostile_text_stays_on_its_line() {
    let files = Shelf::new(&[("a\n\u{1b}[2J.md", "x\u{1b}[31m\u{202e}y\0z")]);
    let mut found = finding(codes::BROKEN_LINK, 0, 0..1).hint(said("改\n错误[P101]：假的"));
    found.message = said("一\r二\u{9b}31m");
    let out = render_one(&found, &files, plain());
    assert_eq!(out.lines().count(), 5, "{out}");
    assert!(out.chars().all(|char| char == '\n' || (!char.is_control() && char != '\u{202e}')), "{out:?}");
}

proptest! {
    #[test]
    fn any_place_in_any_text_can_be_shown(text in "[a甲，😀\t\u{200b}\u{301}\r\n ]{0,120}", start in 0_usize..400, len in 0_usize..400, width in 0_usize..120) {
        let files = Shelf::new(&[("a.md", &text)]);
        let found = finding(codes::BROKEN_LINK, 0, start..start + len).label(said("这里"));
        let out = render_one(&found, &files, Style { width, ..plain() });
        let lines: Vec<&str> = out.lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.contains('^')) {
            let (before, carets) = run(line, '^');
            // Carets end inside the line above them, or at most one column after it: trailing spaces are not shown.
            prop_assert!(carets >= 1);
            prop_assert!(before + carets <= width.max(18) + 8, "{}", out);
            prop_assert!(lines[at - 1].contains('│'));
        }
    }
}

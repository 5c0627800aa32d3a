//! Drawings: whole, true to what is printed, and silent about what is not.

use super::*;
use crate::statistics::testing::{CHINESE, chart, table};
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;

const FORMS: [ChartForm; 6] = [
    ChartForm::Bar,
    ChartForm::Grouped,
    ChartForm::Stacked,
    ChartForm::Line,
    ChartForm::Dot,
    ChartForm::Tiles,
];
const ROOMS: [Room; 3] = [Room::Narrow, Room::Wide, Room::Sheet];
const VILLAGES: &str =
    "village/村（社区）: V1=石桥村 V2=河湾村 V3=青岗村 V4=清水镇正街社区居民委员会第三网格";
const RESULTS: &str = "result/结果: a=调解成功 b=没有调成 c=自己撤回";
const ONE: &str = "measure/指标: cases=件数";

fn page() -> Medium {
    Medium::Page { id: "f1w".to_owned(), class: "wide", labelled: "f1-t f1-f".to_owned() }
}

fn several() -> SafeTable {
    table("t", "各村结果", "件", VILLAGES, RESULTS, &["57 * 3", "31 12 *", "* 0 -", "1204 9 5"])
}

fn single(cells: &[&str]) -> SafeTable {
    table("t", "各村件数", "件", VILLAGES, ONE, cells)
}

/// Elements with their attributes and the text in them.
fn elements(svg: &str) -> Vec<(String, BTreeMap<String, String>, String)> {
    let mut reader = quick_xml::Reader::from_str(svg);
    let mut all: Vec<(String, BTreeMap<String, String>, String)> = Vec::new();
    let open = |start: &BytesStart| {
        let name = String::from_utf8(start.name().as_ref().to_vec()).unwrap();
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.expect("whole attributes");
            let key = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
            (key, String::from_utf8(attribute.value.to_vec()).unwrap())
        });
        (name, attributes.collect(), String::new())
    };
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(start) | Event::Empty(start) => all.push(open(&start)),
            Event::Text(text) => {
                let text = text.decode().unwrap().into_owned();
                all.last_mut().expect("text stands in an element").2.push_str(&text);
            }
            Event::Eof => return all,
            _ => {}
        }
    }
}

fn rects(svg: &str, hidden: bool) -> Vec<[f64; 4]> {
    let wanted = |attributes: &BTreeMap<String, String>| {
        attributes.get("fill").is_some_and(|fill| fill.ends_with("-x)")) == hidden
    };
    elements(svg)
        .into_iter()
        .filter(|(name, attributes, _)| name == "rect" && wanted(attributes))
        .map(|(_, attributes, _)| ["x", "y", "width", "height"].map(|key| attributes[key].parse().unwrap()))
        .collect()
}

fn texts(svg: &str) -> Vec<String> {
    elements(svg).into_iter().filter(|(name, ..)| name == "text").map(|(.., text)| text).collect()
}

fn draw_bars(table: SafeTable) -> String {
    draw(&chart(ChartForm::Bar, table), &page(), Room::Wide, CHINESE).svg
}

#[test]
fn every_form_in_every_room_is_whole_and_within_its_bounds() {
    for form in FORMS {
        for room in ROOMS {
            for table in [several(), single(&["57", "*", "0", "12"]), single(&["*", "*", "-", "*"])] {
                for medium in [page(), Medium::Paper] {
                    let Drawing { svg, width, height } = draw_table(&table, form, &medium, room, CHINESE);
                    for (name, attributes, _) in elements(&svg) {
                        assert!(name != "title" && name != "script" && name != "a", "{svg}");
                        assert!(
                            !attributes.values().any(|value| value.contains("NaN") || value.contains("inf")),
                            "{svg}"
                        );
                        if name == "text" {
                            let (x, y): (f64, f64) =
                                (attributes["x"].parse().unwrap(), attributes["y"].parse().unwrap());
                            assert!(
                                (0.0..=width).contains(&x) && (0.0..=height).contains(&y),
                                "{form:?} {room:?} {x} {y}"
                            );
                            let size: f64 = attributes["font-size"].parse().unwrap();
                            assert!(size >= 13.0, "{form:?} {room:?}: {size}");
                        }
                    }
                    assert!(svg.contains("未公布"));
                }
            }
        }
    }
}

#[test]
fn page_and_paper_have_the_same_shapes() {
    for form in FORMS {
        let shapes = |medium: &Medium| -> Vec<(String, Vec<String>)> {
            let svg = draw_table(&several(), form, medium, Room::Wide, CHINESE).svg;
            let kept = ["x", "y", "width", "height", "d"];
            let of = |(name, attributes, text): (String, BTreeMap<String, String>, String)| {
                let mut shape: Vec<String> =
                    kept.iter().filter_map(|key| attributes.get(*key).cloned()).collect();
                shape.push(text);
                (name, shape)
            };
            elements(&svg).into_iter().skip(1).map(of).collect()
        };
        assert_eq!(shapes(&page()), shapes(&Medium::Paper), "{form:?}");
    }
}

#[test]
fn bars_are_as_long_as_what_is_printed() {
    let svg = draw_bars(single(&["60", "*", "15", "30"]));
    let widths: Vec<f64> = rects(&svg, false).iter().map(|rect| rect[2]).collect();
    assert_eq!(widths.len(), 3);
    assert!((widths[0] / widths[1] - 4.0).abs() < 0.01 && (widths[0] / widths[2] - 2.0).abs() < 0.01);
    assert_eq!(texts(&svg).iter().filter(|text| *text == "*").count(), 1);
}

#[test]
fn a_hidden_figure_moves_nothing() {
    // The same drawing whether a row is hidden or has nothing to say: only its own mark differs.
    for form in FORMS {
        let drawing = |cell: &str| {
            let table = single(&["60", cell, "15", "30"]);
            draw_table(&table, form, &page(), Room::Wide, CHINESE).svg
        };
        let markers = |svg: &str| -> Vec<String> {
            let of = |(name, attributes, _): (String, BTreeMap<String, String>, String)| {
                (name == "path" && attributes.contains_key("stroke-width")).then(|| attributes["d"].clone())
            };
            elements(svg).into_iter().filter_map(of).filter(|path| !path.starts_with("M0 0")).collect()
        };
        assert_eq!(markers(&drawing("*")), markers(&drawing("-")), "{form:?}");
        if form != ChartForm::Tiles && form != ChartForm::Stacked {
            assert_eq!(rects(&drawing("*"), false), rects(&drawing("-"), false), "{form:?}");
        }
    }
}

#[test]
fn marks_of_hidden_figures_are_of_one_size() {
    for form in FORMS {
        for room in ROOMS {
            let svg = draw_table(&several(), form, &Medium::Paper, room, CHINESE).svg;
            let mut sizes: Vec<String> =
                rects(&svg, true).iter().map(|rect| format!("{}x{}", rect[2], rect[3])).collect();
            // The last one stands in the key.
            sizes.pop();
            sizes.dedup();
            assert_eq!(sizes.len(), 1, "{form:?} {room:?} {sizes:?}");
        }
    }
}

#[test]
fn rows_and_parts_stand_in_their_own_order() {
    for form in FORMS {
        let svg = draw_table(&several(), form, &page(), Room::Wide, CHINESE).svg;
        let all = texts(&svg);
        let place = |wanted: &str| all.iter().position(|text| text == wanted).expect(wanted);
        assert!(place("石桥村") < place("河湾村") && place("河湾村") < place("青岗村"), "{form:?}");
    }
}

#[test]
fn a_stack_adds_printed_parts_only() {
    let svg = draw_table(&several(), ChartForm::Stacked, &page(), Room::Wide, CHINESE).svg;
    // The key's own samples come first, one a series.
    let bars: Vec<[f64; 4]> = rects(&svg, false).split_off(3);
    // 57 and 3 stand beside each other; what is hidden between them takes no length to scale.
    assert!((bars[0][0] + bars[0][2] - bars[1][0]).abs() < 0.11, "{bars:?}");
    let sums: Vec<String> =
        texts(&svg).into_iter().filter(|text| ["60", "43", "1218"].contains(&text.as_str())).collect();
    assert_eq!(sums, ["1218"], "a sum is told only where all of its parts are printed");
}

#[test]
fn marks_in_a_stack_stand_beyond_the_longest_bar() {
    for room in ROOMS {
        let svg = draw_table(&several(), ChartForm::Stacked, &Medium::Paper, room, CHINESE).svg;
        let longest = rects(&svg, false).iter().map(|rect| rect[0] + rect[2]).fold(0.0, f64::max);
        let mut marks = rects(&svg, true);
        // The last one stands in the key.
        marks.pop();
        assert!(
            !marks.is_empty() && marks.iter().all(|rect| rect[0] >= longest),
            "{room:?} {marks:?} {longest}"
        );
    }
}

#[test]
fn a_line_breaks_where_nothing_is_printed() {
    let months = "month/月份: 2026-01=1月 2026-02=2月 2026-03=3月 2026-04=4月 2026-05=5月";
    let table = table("t", "每月", "件", months, ONE, &["5", "7", "*", "9", "6"]);
    let svg = draw_table(&table, ChartForm::Line, &page(), Room::Wide, CHINESE).svg;
    let line = elements(&svg)
        .into_iter()
        .find(|(_, attributes, _)| attributes.get("stroke-width").is_some_and(|width| width == "2.5"));
    let path = line.expect("there is a line").1["d"].clone();
    assert_eq!((path.matches('M').count(), path.matches('L').count()), (2, 2));
    assert!(texts(&svg).contains(&"1月".to_owned()) && texts(&svg).contains(&"2026年".to_owned()));
}

#[test]
fn what_no_ground_can_hold_is_drawn_apart() {
    let many = "type/类型: a=甲类 b=乙类 c=丙类 d=丁类 e=戊类 f=己类 g=庚类";
    let table = table(
        "t",
        "多",
        "件",
        VILLAGES,
        many,
        &["1 2 3 4 5 6 7", "1 2 3 4 5 6 *", "0 0 0 0 0 0 0", "9 9 9 9 9 9 9"],
    );
    for form in FORMS {
        let svg = draw_table(&table, form, &page(), Room::Narrow, CHINESE).svg;
        let found = texts(&svg);
        assert!(["甲类", "庚类"].iter().all(|label| found.iter().any(|text| text == label)), "{form:?}");
    }
}

#[test]
fn columns_of_two_units_have_two_scales() {
    let columns = "measure/指标: cases=起数[起] loss=损失[元]";
    let table = table("t", "各村诈骗", "", VILLAGES, columns, &["12 350000", "6 120000", "* *", "9 5000"]);
    let svg = draw_table(&table, ChartForm::Bar, &page(), Room::Wide, CHINESE).svg;
    let found = texts(&svg);
    for text in ["单位：起", "单位：万元", "35", "0.5", "12"] {
        assert!(found.iter().any(|one| one == text), "{text} in {found:?}");
    }
}

#[test]
fn text_is_no_markup() {
    let table = table("t", "题", "件", "v/村: a=<script>&x b=b", ONE, &["1", "2"]);
    let svg = draw_table(&table, ChartForm::Bar, &page(), Room::Wide, CHINESE).svg;
    assert!(svg.contains("&lt;script&gt;&amp;x") && !svg.contains("<script"));
}

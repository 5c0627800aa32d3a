//! Documents from small templates: what they may see, what they tell, and that the same job gives the same bytes.

mod bulletins;
mod paper;
mod sheets;

use super::{compile, frames};
use crate::print::files::PrintFiles;
use crate::print::layout::Layout;
use crate::print::problem::Problem;
use crate::print::sheet::{Fit, Job, Overflow, Sheets};
use jiff::civil::date;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// The fonts of the default theme with other templates.
pub(in crate::print) fn files(templates: &[(&str, &str)]) -> PrintFiles {
    static FONTS: LazyLock<BTreeMap<String, Arc<[u8]>>> = LazyLock::new(|| {
        let theme = crate::world::embedded_theme().iter();
        theme
            .filter_map(|(path, bytes)| {
                let below = path.strip_prefix("themes/default/")?;
                below.starts_with("fonts/").then(|| (below.to_owned(), Arc::from(*bytes)))
            })
            .collect()
    });
    let mut all = FONTS.clone();
    for (name, text) in templates {
        all.insert(format!("print/{name}"), Arc::from(text.as_bytes()));
    }
    PrintFiles::new(&all)
}

const HEAD: &str = "#let d = json(\"/data.json\")\n#set document(title: d.title)\n\
    #set page(paper: \"a5\", margin: 15mm)\n#set text(font: \"Noto Sans SC\", lang: \"zh\", region: \"cn\", size: 10pt)\n";

fn layout(name: &str) -> &'static Layout {
    Layout::named(name).unwrap()
}

fn data() -> Value {
    json!({ "title": "高温天防诈", "options": { "scale": 1.0 }, "text": "接到电话先挂断。" })
}

fn make(name: &str, template: &str, data: Value) -> Result<Sheets, Vec<Problem>> {
    let files = files(&[(&format!("{name}.typ"), &format!("{HEAD}{template}"))]);
    let none = BTreeMap::new();
    let job =
        Job { layout: layout(name), data, files: &none, date: Some(date(2026, 11, 23)), thumbnail: None };
    super::typeset(&files, &job)
}

/// What the pages of a flyer say.
fn said(template: &str, data: &Value) -> Result<Vec<String>, Vec<Problem>> {
    let files = files(&[("flyer.typ", &format!("{HEAD}{template}"))]);
    let main = super::world::file_id("/print/flyer.typ").unwrap();
    let mut sheet = super::world::Sheet::of_theme(files.kit(), main, Some(date(2026, 11, 23)));
    sheet.put("/data.json", typst::foundations::Bytes::from_string(data.to_string()));
    compile::compile(&sheet).map(|document| frames::text(&document))
}

#[test]
fn a_template_shows_its_data() {
    let pages = said("#d.text", &data()).unwrap();
    assert_eq!(pages, ["接到电话先挂断。"]);
}

#[test]
fn a_template_sees_no_file_that_it_was_not_given() {
    for source in [
        "#read(\"/etc/passwd\")",
        "#read(\"../../etc/passwd\")",
        "#read(\"/../Cargo.toml\")",
        "#read(\"C:/Windows/win.ini\")",
        "#read(\"Cargo.toml\")",
        "#read(\"/themes/default/text.zh-CN.yaml\")",
        "#read(\"/fonts/NotoSansSC-Regular.ttf\")",
        "#image(\"/img-0.jpg\", alt: \"x\")",
        "#include \"/print/no.typ\"",
        "#import \"@preview/cetz:0.4.2\": *",
        "#import \"@local/own:0.1.0\"",
    ] {
        let problems = make("flyer", source, data()).unwrap_err();
        let [Problem::Template { place: Some((path, range)), words, .. }] = &problems[..] else {
            panic!("{source}: {problems:?}")
        };
        assert_eq!(path, "print/flyer.typ");
        assert_eq!(range.start / HEAD.len(), 1, "{source}: {words}");
    }
    // What it was given, it sees.
    assert!(said("#read(\"/data.json\").len()", &data()).is_ok());
    assert!(said("#read(\"flyer.typ\").len()", &data()).is_ok());
}

#[test]
fn today_is_the_day_of_the_bulletin() {
    assert_eq!(said("#datetime.today().display(\"[year]-[month]-[day]\")", &data()).unwrap(), ["2026-11-23"]);
}

#[test]
fn the_same_job_gives_the_same_bytes() {
    for name in ["flyer", "card"] {
        let template = "#d.text #box(width: 10mm, height: 10mm, fill: red)";
        let first = make(name, template, data()).unwrap();
        let again = make(name, template, data()).unwrap();
        assert_eq!(first.bytes, again.bytes, "{name}");
        let mut other = data();
        other["text"] = "先核实。".into();
        assert_ne!(first.bytes, make(name, template, other).unwrap().bytes, "{name}");
    }
}

#[test]
fn a_pdf_says_that_it_is_accessible_and_for_archives() {
    let made = make("flyer", "#d.text", data()).unwrap();
    assert!(made.bytes.starts_with(b"%PDF-1.7"));
    let text = String::from_utf8_lossy(&made.bytes);
    assert!(text.contains("<pdfuaid:part>1<"), "PDF/UA-1");
    assert!(text.contains("<pdfaid:part>2<") && text.contains("<pdfaid:conformance>A<"), "PDF/A-2a");
    assert!(text.contains("<xmp:CreateDate>2026-11-23T00:00:00"), "the bulletin's day");
    assert_eq!((made.pages, made.size.0.round(), made.size.1.round()), (1, 148.0, 210.0));
    // A picture that nobody describes is refused, not published.
    let square = "<svg xmlns=\\\"http://www.w3.org/2000/svg\\\" width=\\\"9\\\" height=\\\"9\\\"/>";
    let problems = make("flyer", &format!("#image(bytes(\"{square}\"))"), data()).unwrap_err();
    assert!(
        matches!(&problems[..], [Problem::Template { words, .. }] if words.contains("alt")),
        "{problems:?}"
    );
}

#[test]
fn a_picture_for_chats_has_a_pixel_for_each_point() {
    let template = "#set page(width: 1080pt, height: 1440pt, margin: 0pt)\n#d.text";
    let files = files(&[("card.typ", &format!("{HEAD}{template}"))]);
    let none = BTreeMap::new();
    let job = Job { layout: layout("card"), data: data(), files: &none, date: None, thumbnail: Some(270) };
    let made = super::typeset(&files, &job).unwrap();
    let sides = |bytes: &[u8]| image::load_from_memory(bytes).map(|p| (p.width(), p.height())).unwrap();
    assert_eq!(sides(&made.bytes), (1080, 1440));
    assert_eq!(made.size, (1080.0, 1440.0));
    assert_eq!(sides(&made.thumbnail.unwrap()), (270, 360));
    // Beyond what telephones open.
    let problems = make("long", "#set page(width: 1080pt, height: 20001pt)\n长", data()).unwrap_err();
    assert_eq!(problems, [Problem::TooLarge { size: (1080, 20_001) }]);
}

#[test]
fn sizes_and_overflows_come_back() {
    let made = make(
        "flyer",
        "#metadata((min: 9, used: 11.5)) <yuanba-fit>\n#metadata((min: 8pt, used: 8pt)) <yuanba-fit>\n\
         #metadata((at: 17, chars: 85)) <yuanba-overflow>\n#metadata((at: none, chars: 3.2)) <yuanba-overflow>\n#d.text",
        data(),
    )
    .unwrap();
    assert_eq!(made.fits, [Fit { min: 9.0, used: 11.5 }, Fit { min: 8.0, used: 8.0 }]);
    assert_eq!(made.overflows, [Overflow { at: Some(17), chars: 85 }, Overflow { at: None, chars: 4 }]);
    assert_eq!(make("flyer", "#d.text", data()).unwrap().overflows, []);
}

#[test]
fn text_beyond_the_paper_is_seen_even_if_the_template_is_silent() {
    let made = make("flyer", "#place(dx: 0mm, dy: 400mm)[掉下去了]\n#d.text", data()).unwrap();
    assert_eq!(made.overflows, [Overflow { at: None, chars: 4 }]);
    // Turned text is judged where it ends up.
    let turned = "#place(top + left, dx: 5mm, dy: 60mm, rotate(-90deg, origin: top + left)[站着的字])";
    assert_eq!(make("flyer", turned, data()).unwrap().overflows, []);
}

#[test]
fn an_error_has_its_place_in_the_theme() {
    let lib = "#let shout(x) = x + 1\n";
    let main = format!("{HEAD}#import \"lib.typ\": shout\n#shout(d.title)\n");
    let files = files(&[("flyer.typ", &main), ("lib.typ", lib)]);
    let none = BTreeMap::new();
    let job = Job { layout: layout("flyer"), data: data(), files: &none, date: None, thumbnail: None };
    let problems = super::typeset(&files, &job).unwrap_err();
    let [Problem::Template { place: Some((path, range)), words, .. }] = &problems[..] else {
        panic!("{problems:?}")
    };
    assert_eq!((path.as_str(), &lib[range.clone()]), ("print/lib.typ", "x + 1"));
    assert!(words.contains("cannot add"), "{words}");

    let problems = make("flyer", "#let x = (\n", data()).unwrap_err();
    assert!(
        matches!(&problems[0], Problem::Template { words, .. } if words.contains("unclosed")),
        "{problems:?}"
    );

    let job = Job { layout: layout("poster"), ..job };
    let missing = Problem::Missing { path: "print/poster.typ".to_owned() };
    assert_eq!(super::typeset(&files, &job).unwrap_err(), [missing]);
}

#[test]
fn a_character_without_a_glyph_is_never_a_box() {
    for name in ["flyer", "card"] {
        let mut with = data();
        with["text"] = "当心\u{1F631}和\u{E123}，\u{200B}先核实\u{FE0F}。".into();
        let problems = make(name, "#d.text", with).unwrap_err();
        // An emoji is left out with a remark of its own, and takes no handout along.
        assert_eq!(problems, [Problem::NoGlyph { characters: "\u{E123}".to_owned() }], "{name}");
    }
}

#[test]
fn a_last_page_with_two_lines_is_not_printed() {
    // On A5 with these lines, 40 fill a page.
    let template = "#set text(size: 10pt * d.options.scale)\n#set par(leading: 0.4em, spacing: 0.4em)\n\
        #set block(spacing: 0.4em)\n#for n in range(d.lines) [第 #n 行 \\ ]\n#metadata(none) <yuanba-end>";
    let with = |lines: usize| {
        let mut data = data();
        data["lines"] = lines.into();
        data
    };
    let pages = |lines| make("letter", template, with(lines)).unwrap();
    let full = (1..90).find(|lines| pages(*lines).pages == 2 || pages(*lines).scale < 1.0).unwrap();
    let made = pages(full);
    assert!(
        made.scale < 1.0 && made.pages == 1,
        "two lines go back to the page before: {made:?}",
        made = (made.scale, made.pages)
    );
    // So many more that no scale takes them back: then they are many enough, or as many as can be had.
    let made = pages(full + 25);
    assert_eq!((made.pages, made.scale), (2, 1.0));
    assert!(made.last_page >= 0.3, "{}", made.last_page);
    for more in 0..20 {
        let made = pages(full + more);
        assert!(made.pages == 1 || made.last_page > 0.15, "{more}: {} {}", made.scale, made.last_page);
    }
    // What follows a page that is just full does not stand on the next one alone: some of the text goes with it.
    let tail = format!("{template}\n#block(height: 30mm, breakable: false)[热线]");
    let made = make("letter", &tail, with(full - 1)).unwrap();
    assert!(made.pages == 2 && made.scale > 1.0 && made.last_page > 0.1, "{} {}", made.scale, made.last_page);
    // A layout of panels keeps its size.
    let flyer = make("flyer", template, with(full)).unwrap();
    assert_eq!((flyer.pages, flyer.scale), (2, 1.0));
}

use super::*;

const HEAD: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">"#;

fn cleaned(inside: &str) -> Drawing {
    clean(format!("{HEAD}{inside}</svg>").as_bytes()).expect("it is a drawing")
}

#[test]
fn shapes_stay_and_are_written_anew() {
    let found = cleaned(
        "<!-- made by hand --><title>徽</title><g fill='#12335F'><path d='M0 0h9v9z'/><circle r=\"4\"/></g>",
    );
    assert_eq!(
        found.svg,
        format!("{HEAD}<g fill=\"#12335F\"><path d=\"M0 0h9v9z\"/><circle r=\"4\"/></g></svg>")
    );
    assert!(found.left_out.is_empty());
}

#[test]
fn styles_of_programs_for_drawing_become_attributes() {
    let found = cleaned(
        "<style>/* a */.a,.b{fill:#c00;stroke:none}</style><rect class=\"a\" width=\"3\" style=\"fill:#00c;-inkscape-x:1\"/>",
    );
    assert_eq!(found.svg, format!("{HEAD}<rect fill=\"#00c\" stroke=\"none\" width=\"3\"/></svg>"));
    let gradient = cleaned(
        "<defs><linearGradient id=\"g\" xlink:href=\"#h\"/></defs><path fill=\"url('#g')\" d=\"M0 0\"/>",
    );
    assert!(
        gradient.svg.contains("href=\"#h\"") && gradient.svg.contains("fill=\"url(#g)\""),
        "{}",
        gradient.svg
    );
}

#[test]
fn nothing_that_runs_or_fetches_stays() {
    let bad = [
        "<script>alert(1)</script>",
        "<script href='https://x.example/a.js'/>",
        "<foreignObject><iframe src='javascript:alert(1)'/></foreignObject>",
        "<image href='https://x.example/a.png'/>",
        "<use href='https://x.example/a.svg#b'/>",
        "<a href='javascript:alert(1)'><rect width='1'/></a>",
        "<animate onbegin='alert(1)'/>",
        "<set attributeName='href' to='javascript:alert(1)'/>",
        "<rect onload='alert(1)' onclick=\"alert(1)\" width='1'/>",
        "<rect fill='url(https://x.example/a)' width='1'/>",
        "<rect fill='URL(//x.example/a)' width='1'/>",
        "<rect style='fill:url(javascript:alert(1))' width='1'/>",
        "<rect style='background:url(https://x.example/a)' width='1'/>",
        "<style>@import url(https://x.example/a.css); .a{fill:url(https://x.example/a)}</style><rect class='a' width='1'/>",
        "<linearGradient xlink:href='https://x.example/a#b'/>",
        "<rect xml:base='https://x.example/' width='1'/>",
        "<rect fill='&#106;avascript:alert(1)' width='1'/>",
        "<rect width='1' data-x='https://x.example'/>",
        "<html:script>alert(1)</html:script>",
        "<SCRIPT>alert(1)</SCRIPT>",
    ];
    for inside in bad {
        let svg = cleaned(&format!("{inside}<path d=\"M1 1\"/>")).svg;
        let rest = svg.strip_prefix(HEAD).expect(inside).to_ascii_lowercase();
        for trace in [
            "script", "example", "alert", "on", "http", "://", "import", "base", "data-", "iframe", "animate",
        ] {
            assert!(!rest.contains(trace), "{inside}: {rest}");
        }
        assert!(rest.contains("<path d=\"m1 1\"/>"), "{inside}");
    }
}

#[test]
fn what_drew_something_is_told() {
    let found =
        cleaned("<text x=\"1\">院坝</text><use href=\"#a\"/><metadata><rdf:x/></metadata><path d=\"M0 0\"/>");
    assert_eq!(found.left_out.into_iter().collect::<Vec<_>>(), ["text", "use"]);
    assert!(!found.svg.contains("院坝"));
}

#[test]
fn what_is_no_badge_is_refused() {
    let of = |text: &str| clean(text.as_bytes()).err();
    assert_eq!(of("not xml at all"), Some(DrawingProblem::Broken));
    assert_eq!(of("<html><svg/></html>"), Some(DrawingProblem::Broken));
    assert_eq!(of(&format!("{HEAD}<path d=\"M0 0\"/>")), Some(DrawingProblem::Broken), "cut off");
    assert_eq!(of(&format!("{HEAD}</svg>")), Some(DrawingProblem::Empty));
    assert_eq!(of("<svg><path d=\"M0 0\"/></svg>"), Some(DrawingProblem::NoSize));
    assert_eq!(of("<svg viewBox=\"0 0 900 1\"><path d=\"M0 0\"/></svg>"), Some(DrawingProblem::NoSize));
    assert_eq!(of("<svg viewBox=\"0 0 nan 1\"><path d=\"M0 0\"/></svg>"), Some(DrawingProblem::NoSize));
    let entities = "<!DOCTYPE svg [<!ENTITY a \"aaaa\">]><svg viewBox=\"0 0 9 9\"><path d=\"M0 0\"/></svg>";
    assert_eq!(of(entities), Some(DrawingProblem::Entities));
    assert_eq!(of(&format!("{HEAD}{}", "<g>".repeat(99))), Some(DrawingProblem::TooLarge));
    assert_eq!(
        of(&format!("{HEAD}<path d=\"{}\"/></svg>", "M0 0".repeat(99_999))),
        Some(DrawingProblem::TooLarge)
    );
    assert!(clean(b"<svg width=\"24px\" height=\"24\"><path d=\"M0 0\"/></svg>").is_ok());
}

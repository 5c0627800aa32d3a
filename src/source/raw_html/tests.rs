//! What passes of raw HTML, and what does not.

use super::*;

fn clean(html: &str) -> String {
    let mut out = String::new();
    filtered(html, &mut Vec::new(), &|a| (a != "held.md").then(|| a.to_owned()), &mut out);
    out
}

#[test]
fn keeps_the_list_and_drops_the_rest() {
    for (html, expected) in [
        ("<b>x</b>", "<b>x</b>"),
        ("<B CLASS=x onclick=alert(1)>x</B>", "<b>x</b>"),
        ("<script>alert(1)</script>y", "y"),
        ("<scr<script>ipt>", "ipt&gt;"),
        ("<img src=x onerror=alert(1)>", ""),
        ("<a href='javascript:alert(1)'>x</a>", "<a>x</a>"),
        ("<a href=java&#115;cript:alert(1)>x</a>", "<a>x</a>"),
        ("<a href=\"java&Tab;script:alert(1)\">x</a>", "<a>x</a>"),
        ("<a href=\"https://a.cn/?a=1&amp;b=2\">x</a>", "<a href=\"https://a.cn/?a=1&amp;b=2\">x</a>"),
        ("<a href=held.md>x</a>", "<a>x</a>"),
        ("a < b > c", "a &lt; b &gt; c"),
        ("<div title=\"", ""),
        ("<!-- <b> -->x", "x"),
        ("<!-- <b>", ""),
        ("</b>", ""),
        ("<td colspan=2>", "<td colspan=\"2\">"),
    ] {
        assert_eq!(clean(html), expected, "{html}");
    }
}

#[test]
fn nesting_is_bounded() {
    let out = clean(&"<div>".repeat(1000));
    assert_eq!(out.matches("<div>").count(), MAX_OPEN);
}

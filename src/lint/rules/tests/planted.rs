//! Each kind of personal datum, in each place of a site, in each way of writing: the gate refuses it.

use super::{Outcome, SETTINGS, check, site};
use crate::diag::Files;

/// A datum of each kind, with the words that it needs around it; the datum stands between `⟦` and `⟧`.
pub const DATA: &[(&str, &str)] = &[
    ("id_card", "身份证号⟦52059919850712123X⟧"),
    ("phone", "手机⟦15412340001⟧"),
    ("bank_card", "收款卡号⟦6228489999999999992⟧"),
    ("plate", "肇事车⟦贵F00Z07⟧逃逸"),
    ("vin", "车架号⟦LZZ0000A7C0000123⟧"),
    ("passport", "护照号⟦E12345678⟧"),
    ("wechat", "加微信⟦wxid_ab12cd34ef56⟧"),
    ("qq", "QQ号⟦2345678901⟧"),
    ("email", "邮箱⟦longdehai@example.com⟧"),
    ("address", "家住⟦阳光花园3栋2单元501室⟧"),
    ("name", "村民⟦罗正贵⟧来所报案"),
    ("minor_identity", "就读于⟦青山小学三年级2班⟧"),
];

/// How a datum is written: the name of the way, and what becomes of it.
type Way = (&'static str, fn(&str) -> String);

fn wide(text: &str) -> String {
    let wide = |sign: char| if sign.is_ascii_graphic() { u32::from(sign) + 0xfee0 } else { u32::from(sign) };
    text.chars().filter_map(|sign| char::from_u32(wide(sign))).collect()
}

fn broken(text: &str, by: &str) -> String {
    let at = text.chars().count() / 2;
    let (head, tail): (String, String) = (text.chars().take(at).collect(), text.chars().skip(at).collect());
    format!("{head}{by}{tail}")
}

const WAYS: &[Way] = &[
    ("plain", str::to_owned),
    ("full-width", wide),
    ("zero-width", |text| broken(text, "\u{200b}")),
    ("soft hyphen", |text| broken(text, "\u{ad}")),
];

/// Ways that only Markdown has.
const IN_MARKDOWN: &[Way] = &[
    ("emphasis", |text| format!("**{text}**")),
    ("tags", |text| broken(text, "<b></b>")),
    ("code", |text| format!("`{text}`")),
    ("entity", |text| {
        text.chars().fold(String::new(), |written, sign| written + &format!("&#{};", u32::from(sign)))
    }),
    ("escape", |text| {
        let written = text
            .chars()
            .map(|sign| if sign.is_ascii_punctuation() { format!("\\{sign}") } else { sign.to_string() });
        written.collect()
    }),
];

/// Places of a bulletin: front matter and body around what is planted.
const PLACES: &[(&str, &str)] = &[
    ("body", "---\ntitle: 高温\n---\n@。\n"),
    ("heading", "---\ntitle: 高温\n---\n## @\n"),
    ("list", "---\ntitle: 高温\n---\n- 一\n- @\n"),
    ("quote", "---\ntitle: 高温\n---\n> [!提示]\n> @\n"),
    ("table", "---\ntitle: 高温\n---\n| 甲 | 乙 |\n|---|---|\n| 一 | @ |\n"),
    ("footnote", "---\ntitle: 高温\n---\n字[^1]。\n\n[^1]: @\n"),
    ("link text", "---\ntitle: 高温\n---\n见[@](/tips/)。\n"),
];

/// Places where Markdown means nothing.
const PLAIN_PLACES: &[(&str, &str)] = &[
    ("title", "---\ntitle: \"@\"\n---\n正文。\n"),
    ("summary", "---\ntitle: 高温\nsummary: \"@\"\n---\n正文。\n"),
    ("tag", "---\ntitle: 高温\ntags: [\"@\"]\n---\n正文。\n"),
    ("alternative text", "---\ntitle: 高温\n---\n![@](a.png)\n"),
    ("link title", "---\ntitle: 高温\n---\n[字](/tips/ \"@\")\n"),
    ("link target", "---\ntitle: 高温\n---\n[字](</tips/?q=@>)\n"),
    ("comment", "---\ntitle: 高温\n---\n字\n\n<!-- @ -->\n"),
    ("attribute", "---\ntitle: 高温\n---\n<p title=\"@\">字</p>\n"),
    ("code block", "---\ntitle: 高温\n---\n```\n@\n```\n"),
    ("verse", "---\ntitle: 高温\n---\n```verse\n@\n```\n"),
    ("QR code", "---\ntitle: 高温\n---\n```qr\nhttps://a.cn/\n@\n```\n"),
];

fn planted(datum: &str, way: fn(&str) -> String) -> String {
    let (before, rest) = datum.split_once('⟦').expect("a datum is marked");
    let (inner, after) = rest.split_once('⟧').expect("a datum is marked");
    format!("{before}{}{after}", way(inner))
}

/// Whether the gate refuses a site for a datum of this kind in this file.
pub fn refuses(outcome: &Outcome, kind: &str, path: &str) -> bool {
    let at = |one: &crate::diag::Diagnostic| {
        one.primary.is_some_and(|span| outcome.model.sources.path(span.file) == path)
    };
    !outcome.passed
        && outcome.found.iter().any(|one| one.code.id == "P101" && one.kind == Some(kind) && at(one))
}

fn try_places(places: &[(&str, &str)], ways: &[Way]) {
    let mut missed = Vec::new();
    for (place, form) in places {
        for (name, way) in ways {
            let mut world = site();
            let path = |kind: &str| format!("content/tips/{}.md", kind.replace('_', "-"));
            for (kind, datum) in DATA {
                world.put(
                    &path(kind),
                    form.replace('@', &planted(datum, *way).replace('@', "\u{1}")).replace('\u{1}', "@"),
                );
            }
            let outcome = check(&world);
            missed.extend(
                DATA.iter()
                    .filter(|(kind, _)| !refuses(&outcome, kind, &path(kind)))
                    .map(|(kind, _)| format!("{kind} in {place}, {name}")),
            );
        }
    }
    assert!(missed.is_empty(), "missed: {missed:#?}");
}

#[test]
fn every_kind_is_refused_in_every_place_however_it_is_written() {
    try_places(PLACES, WAYS);
    try_places(PLAIN_PLACES, WAYS);
}

#[test]
fn markdown_hides_nothing() {
    try_places(&PLACES[..6], IN_MARKDOWN);
}

#[test]
fn every_kind_is_refused_in_settings_words_and_definitions() {
    let files = [
        ("content/site.yaml", format!("{SETTINGS}description: \"@\"\n")),
        ("content/words/local.yaml", "local: {\"@\": 字}\n".to_owned()),
        ("content/data/a.yaml", "title: \"@\"\n".to_owned()),
        ("content/tips/_index.md", "---\ntitle: 反诈提示\nkind: tip\nsummary: \"@\"\n---\n".to_owned()),
    ];
    let mut missed = Vec::new();
    for (path, form) in &files {
        for (name, way) in WAYS {
            for (kind, datum) in DATA {
                let text =
                    form.replace('@', &planted(datum, *way).replace('@', "\u{1}")).replace('\u{1}', "@");
                if !refuses(&check(&site().with(path, text)), kind, path) {
                    missed.push(format!("{kind} in {path}, {name}"));
                }
            }
        }
    }
    assert!(missed.is_empty(), "missed: {missed:#?}");
}

#[test]
fn every_kind_is_refused_in_names_of_files_and_folders() {
    let mut missed = Vec::new();
    for (kind, datum) in DATA {
        let name = planted(datum, str::to_owned);
        for path in [format!("content/tips/{name}.md"), format!("content/tips/{name}/index.md")] {
            if !refuses(&check(&site().with(&path, "---\ntitle: 高温\n---\n正文。\n")), kind, &path) {
                missed.push(format!("{kind} in {path}"));
            }
        }
    }
    assert!(missed.is_empty(), "missed: {missed:#?}");
}

//! The interface texts of a theme: `text.<language>.yaml`, a flat map from names to words.
//!
//! A site's own file is laid over ours name by name. A name may have variants for kinds of offices, `officers.urban`, of which the one
//! that fits the site's unit is taken, and its own name is all that templates see.
//!
//! Refuses: to guess at a file that is no such map. A name that nothing asks for is told, and so is a place for a number that is not filled.

use crate::diag::{Diagnostic, FileId, Message, Span, codes};
use crate::model::fields::nearest;
use crate::model::reach::Office;
use std::collections::{BTreeMap, BTreeSet};

/// Interface texts by name.
pub type Texts = BTreeMap<String, String>;

/// Variants by the ending of their names.
const VARIANTS: [&str; 3] = [".civil_urban", ".civil", ".urban"];

/// The name without the ending of a variant.
fn plain_name(name: &str) -> &str {
    VARIANTS.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

/// The texts of a site: its own before ours, and of each the variant that fits the office.
pub fn chosen(ours: &Texts, own: Option<&Texts>, office: Office) -> Texts {
    let fitting: &[&str] = match (office.civil, office.urban) {
        (true, true) => &VARIANTS,
        (true, false) => &VARIANTS[1..2],
        (false, true) => &VARIANTS[2..],
        (false, false) => &[],
    };
    let of = |texts: &Texts, name: &str| {
        let variant = fitting.iter().find_map(|ending| texts.get(&format!("{name}{ending}")));
        variant.or_else(|| texts.get(name)).cloned()
    };
    let names: BTreeSet<&str> =
        ours.keys().chain(own.into_iter().flat_map(Texts::keys)).map(|name| plain_name(name)).collect();
    let text = |name: &str| own.and_then(|own| of(own, name)).or_else(|| of(ours, name));
    names.into_iter().filter_map(|name| Some((name.to_owned(), text(name)?))).collect()
}

/// What is odd about a site's own texts: names that neither we nor `asked` (its own templates) know, and places for what is filled in
/// (`{n}`) that ours has and it has not, or the other way round.
pub fn odd(
    ours: &Texts,
    own: &Texts,
    file: FileId,
    source: &str,
    asked: impl Fn(&str) -> bool,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (name, text) in own {
        let at = place_of(source, name).map_or(Span::whole(file), |(from, to)| Span::new(file, from..to));
        let report = |message: Message, hint: Message| {
            Diagnostic::new(codes::UNKNOWN_TEXT, message.with("name", name)).at(at).hint(hint)
        };
        let base = plain_name(name);
        let Some(known) = ours.get(base) else {
            if !asked(base) {
                let hint = match nearest(base, ours.keys().map(String::as_str)) {
                    Some(near) => Message::new("unknown-text-hint").with("nearest", near),
                    None => Message::new("unknown-text-none-hint"),
                };
                findings.push(report(Message::new("unknown-text"), hint));
            }
            continue;
        };
        let (wanted, written) = (holes(known), holes(text));
        if wanted != written {
            let shown = |holes: &BTreeSet<&str>| {
                holes.iter().map(|hole| format!("{{{hole}}}")).collect::<Vec<_>>().join(" ")
            };
            let missing: BTreeSet<&str> = wanted.difference(&written).copied().collect();
            let message = if missing.is_empty() {
                let foreign: BTreeSet<&str> = written.difference(&wanted).copied().collect();
                Message::new("text-foreign-hole").with("holes", shown(&foreign))
            } else {
                Message::new("text-missing-hole").with("holes", shown(&missing))
            };
            findings.push(report(message, Message::new("text-hole-hint").with("ours", known)));
        }
    }
    findings
}

/// The places of a text that the program fills in, `{n}`.
fn holes(text: &str) -> BTreeSet<&str> {
    let name = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(hole, _)| hole)
        .filter(|hole| name(hole))
        .collect()
}

/// Where a name stands in a file, in bytes.
fn place_of(source: &str, name: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    for line in source.split_inclusive('\n') {
        let start = line.len() - line.trim_start_matches([' ', '"', '\'']).len();
        if let Some(rest) = line[start..].strip_prefix(name)
            && rest.trim_start_matches(['"', '\'', ' ']).starts_with(':')
        {
            return Some((from + start, from + start + name.len()));
        }
        from += line.len();
    }
    None
}

/// Reads them. What is no text is left out.
///
/// # Errors
/// The parser's words and the place in bytes, where the file is no map.
pub fn read(bytes: &[u8]) -> Result<Texts, (String, usize)> {
    let read: Result<BTreeMap<String, serde_yaml::Value>, _> = serde_yaml::from_slice(bytes);
    match read {
        Ok(values) => Ok(values.into_iter().filter_map(|(key, value)| Some((key, text(value)?))).collect()),
        // A file with nothing in it says nothing.
        Err(_) if bytes.iter().all(u8::is_ascii_whitespace) => Ok(Texts::new()),
        Err(error) => Err((error.to_string(), error.location().map_or(0, |place| place.index()))),
    }
}

fn text(value: serde_yaml::Value) -> Option<String> {
    match value {
        serde_yaml::Value::String(text) => Some(text),
        serde_yaml::Value::Number(number) => Some(number.to_string()),
        serde_yaml::Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// The finding for a file that cannot be read.
pub fn finding(words: &str, at: Span) -> Diagnostic {
    Diagnostic::new(codes::TEMPLATE_ERROR, Message::new("theme-texts").with("words", words))
        .at(at)
        .hint(Message::new("theme-texts-hint"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::template::builtin;

    fn texts(pairs: &[(&str, &str)]) -> Texts {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn own_texts_win_name_by_name_and_variants_follow_the_office() {
        let ours = texts(&[
            ("a", "村"),
            ("a.urban", "社区"),
            ("a.civil_urban", "本社区"),
            ("b", "乙"),
            ("b.civil", "丙"),
        ]);
        let of = |own: &[(&str, &str)], civil, urban| {
            let chosen = chosen(&ours, Some(&texts(own)), Office { civil, urban });
            assert!(chosen.keys().all(|name| !name.contains('.')), "templates see plain names");
            format!("{} {}", chosen["a"], chosen["b"])
        };
        assert_eq!(of(&[], false, false), "村 乙");
        assert_eq!(of(&[], false, true), "社区 乙");
        assert_eq!(of(&[], true, false), "村 丙");
        assert_eq!(of(&[], true, true), "本社区 丙");
        // What a site says itself holds whatever its office is; a variant of its own where it fits.
        assert_eq!(of(&[("a", "本片")], true, true), "本片 丙");
        assert_eq!(of(&[("a", "本片"), ("a.urban", "本街")], false, true), "本街 乙");
    }

    #[test]
    fn names_that_nobody_asks_for_and_lost_numbers_are_told() {
        let ours = texts(&[("count", "共{n}篇"), ("officers", "本村民警")]);
        let source =
            "officers: 网格员\n\"offcers\": 网格员\ncount: 好多篇\nown: 自己的\nofficers.civil: 员{x}\n";
        let own = read(source.as_bytes()).expect("a map");
        let file = FileId(7);
        let found = odd(&ours, &own, file, source, |name| name == "own");
        let told: Vec<(&str, &str)> = found
            .iter()
            .map(|one| (one.message.id, &source[one.primary.expect("a place").range()]))
            .collect();
        assert_eq!(
            told,
            [
                ("text-missing-hole", "count"),
                ("unknown-text", "offcers"),
                ("text-foreign-hole", "officers.civil")
            ]
        );
    }

    #[test]
    fn the_built_in_variants_are_of_texts_that_exist_and_keep_their_holes() {
        for language in ["zh-CN", "en"] {
            let ours = builtin::interface(language).expect("built in");
            assert!(ours.keys().any(|name| name.ends_with(".civil")));
            assert_eq!(odd(ours, ours, FileId(0), "", |_| false).len(), 0, "{language}");
        }
    }
}

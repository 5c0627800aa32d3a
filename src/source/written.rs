//! What the program itself writes: YAML by `serde_yaml`, CSV by the `csv` crate.
//!
//! Invariant: [`super::yaml`] reads back what [`yaml`] was given, and [`super::table`] what [`csv()`] was given, whatever
//! signs a text is made of. Texts come out of spreadsheets, in which a cell may hold line breaks, and anything else.

use serde::Serialize;
use serde_yaml::Value;

/// A value as YAML in block style, ending in a line break.
///
/// # Panics
/// If the value is no tree of mappings, lists and scalars, such as a map whose keys are no scalars.
pub fn yaml(value: &impl Serialize) -> String {
    let mut tree = serde_yaml::to_value(value).expect("a tree of mappings, lists and scalars");
    let written = |tree: &Value| serde_yaml::to_string(tree).expect("a tree can be written");
    let mut texts = Vec::new();
    collect(&tree, &mut texts);
    if !texts.iter().any(|text| needs_quotes(text)) {
        return written(&tree);
    }
    // Control characters have `serde_yaml` put a text between double quotes and escape them. So one that no text has, put
    // before a text, makes the quotes, and others stand for the separators until the escapes can be exchanged.
    let free: Vec<char> = ('\u{1}'..='\u{1f}')
        .filter(|sign| !sign.is_ascii_whitespace())
        .filter(|sign| !texts.iter().any(|text| text.contains(*sign) || text.contains(&escape(*sign))))
        .take(3)
        .collect();
    let &[mark, line, paragraph] = free.as_slice() else { return written(&tree) };
    exchange(&mut tree, &|text| {
        if needs_quotes(text) {
            *text = format!(
                "{mark}{}",
                text.replace(LINE, &line.to_string()).replace(PARAGRAPH, &paragraph.to_string())
            );
        }
    });
    // Both versions of YAML know these escapes.
    let exchanged = [(mark, ""), (line, "\\L"), (paragraph, "\\P")];
    exchanged.into_iter().fold(written(&tree), |text, (sign, known)| text.replace(&escape(sign), known))
}

/// The line separator.
const LINE: char = '\u{2028}';
/// The paragraph separator.
const PARAGRAPH: char = '\u{2029}';

/// Whether a text must stand between quotes, although `serde_yaml` may think otherwise. It follows YAML 1.1, in which the
/// two separators are line breaks, and indents what follows them; readers of YAML 1.2 take that for a part of the text.
/// And our own reader takes some signs, where they stand without quotes, for slips of somebody who writes YAML by hand.
fn needs_quotes(text: &str) -> bool {
    // What YAML 1.1 takes for true or false, as most other programs do.
    let flag = text.len() <= 3
        && ["yes", "no", "on", "off", "y", "n"].iter().any(|word| text.eq_ignore_ascii_case(word));
    flag || text.contains([LINE, PARAGRAPH, '：'])
        || text.starts_with(|sign: char| {
            sign.is_whitespace() && sign != ' '
                || matches!(sign, '［' | '｛' | '“' | '”' | '\u{200b}' | '\u{2060}' | '\u{feff}')
        })
}

/// How a text between double quotes holds a control character.
fn escape(sign: char) -> String {
    let quoted = serde_yaml::to_string(&sign.to_string()).unwrap_or_default();
    quoted.trim_end().trim_matches('"').to_owned()
}

fn collect<'v>(value: &'v Value, texts: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => texts.push(text),
        Value::Sequence(items) => items.iter().for_each(|item| collect(item, texts)),
        Value::Mapping(entries) => entries.iter().for_each(|(key, value)| {
            collect(key, texts);
            collect(value, texts);
        }),
        _ => {}
    }
}

fn exchange(value: &mut Value, change: &impl Fn(&mut String)) {
    match value {
        Value::String(text) => change(text),
        Value::Sequence(items) => items.iter_mut().for_each(|item| exchange(item, change)),
        Value::Mapping(entries) => {
            for (mut key, mut value) in std::mem::take(entries) {
                exchange(&mut key, change);
                exchange(&mut value, change);
                entries.insert(key, value);
            }
        }
        _ => {}
    }
}

/// One key with its value, as [`yaml`].
///
/// # Panics
/// If the value is no tree of mappings, lists and scalars.
pub fn pair(key: &str, value: &impl Serialize) -> String {
    let value = serde_yaml::to_value(value).expect("a tree of mappings, lists and scalars");
    yaml(&[(Value::from(key), value)].into_iter().collect::<serde_yaml::Mapping>())
}

/// YAML moved to the right, to stand below a key.
pub fn indented(yaml: &str, by: usize) -> String {
    led(yaml, &" ".repeat(by))
}

/// YAML behind `# `, for somebody to take the signs away.
pub fn remarked(yaml: &str) -> String {
    led(yaml, "# ")
}

fn led(text: &str, lead: &str) -> String {
    // Line breaks other than these are escaped or a part of the text.
    let lines = text.split_inclusive('\n');
    lines.map(|line| if line == "\n" { line.to_owned() } else { format!("{lead}{line}") }).collect()
}

/// How the lines of a CSV file end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnd {
    /// One line feed, as Git likes it.
    Lf,
    /// Carriage return and line feed, as RFC 4180 and spreadsheets have it.
    CrLf,
}

/// Rows as CSV, divided by commas. A cell is put between quotes where it has to be.
///
/// # Panics
/// Never: writing into memory does not fail.
pub fn csv<R, C>(rows: impl IntoIterator<Item = R>, end: LineEnd) -> Vec<u8>
where
    R: IntoIterator<Item = C>,
    C: AsRef<[u8]>,
{
    let end = match end {
        LineEnd::Lf => csv::Terminator::Any(b'\n'),
        LineEnd::CrLf => csv::Terminator::CRLF,
    };
    let mut writer = csv::WriterBuilder::new().flexible(true).terminator(end).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).expect("memory takes it");
    }
    writer.into_inner().expect("memory takes it")
}

#[cfg(test)]
#[path = "written_tests.rs"]
mod tests;

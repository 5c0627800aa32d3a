//! The loudspeaker script of a bulletin: its data, its plain text, and the finding where it takes too long.
//!
//! Refuses: words that the page does not show; the script is the title and the passages of the body, in order.
//! Invariant: sheet and plain text say the same, for both come from the order's data.

use super::Order;
use crate::diag::{Diagnostic, Message, codes};
use crate::print::layout::SLOGAN;
use crate::source::doc::Doc;
use crate::source::passage::passages;
use crate::text::announce::{LONGEST, script};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The layout that is a script.
pub const LAYOUT: &str = "script";

/// What is said of a bulletin; `names` are the places of the site, which are said in one breath.
pub(super) fn of(title: &str, doc: &Doc, own: &BTreeMap<String, String>, names: &[&str]) -> Value {
    let mut all = vec![format!("{}。", title.trim_end_matches(['。', '！', '？']))];
    passages(doc, &mut |passage| {
        let text = passage.text().trim();
        if passage.is_seen() && !text.is_empty() {
            all.push(text.to_owned());
        }
    });
    json!(script(&all, own, names))
}

fn data(order: &Order) -> &Value {
    &order.data["bulletins"][0]["script"]
}

/// What a layout says as plain text: a slogan as it is, a script a sentence a line with its rests; none for other layouts.
pub fn plain_text(order: &Order) -> Option<String> {
    if order.layout.name == SLOGAN {
        return Some(format!("{}\r\n", order.data["bulletins"][0]["own"]["slogan"].as_str()?));
    }
    if order.layout.name != LAYOUT {
        return None;
    }
    let texts = &order.data["text"];
    let word = |key: &str| texts[key].as_str().unwrap_or_default();
    let seconds = data(order)["seconds"].as_u64().unwrap_or_default();
    let mut out = time_in_words(word("script_time"), seconds);
    out.push_str("\r\n\r\n");
    for sentence in data(order)["sentences"].as_array().into_iter().flatten() {
        let breaths: Vec<&str> =
            sentence["breaths"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let said = breaths.join("／");
        out.push_str(&said);
        let readings = sentence["readings"].as_array().into_iter().flatten();
        let readings: Vec<String> = readings
            .filter_map(|pair| Some(format!("{} {}", pair[0].as_str()?, pair[1].as_str()?)))
            .collect();
        if !readings.is_empty() {
            let _ = write!(out, "（{}）", readings.join("，"));
        }
        out.push_str("\r\n");
        if sentence["twice"] == json!(true) {
            let _ = write!(out, "{}{said}\r\n", word("script_again"));
        }
    }
    Some(out)
}

/// How long it takes, in the theme's words.
fn time_in_words(words: &str, seconds: u64) -> String {
    words.replace("{minutes}", &(seconds / 60).to_string()).replace("{seconds}", &(seconds % 60).to_string())
}

/// The finding where it takes longer than listeners stay.
pub fn too_long(order: &Order) -> Option<Diagnostic> {
    let seconds = data(order)["seconds"].as_u64()?;
    if order.layout.name != LAYOUT || seconds <= LONGEST as u64 {
        return None;
    }
    let cut: Vec<String> = data(order)["cut"]
        .as_array()?
        .iter()
        .filter_map(|one| Some(format!("“{}…”（{}″）", one[0].as_str()?, one[1].as_u64()?)))
        .collect();
    let message = Message::new("script-long").with("minutes", seconds / 60).with("seconds", seconds % 60);
    Some(
        Diagnostic::new(codes::LONG_SCRIPT, message)
            .at(order.whole)
            .hint(Message::new("script-long-hint").with("cut", cut.join("、"))),
    )
}

//! Releases of statistics: what was published is kept in the ledger, and what comes later is checked against it.

use super::{Dice, Site};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use yuanba::statistics::digests;

const FOLDER: &str = "content/data/releases/";

impl Site {
    /// Keeps what is published now as a release, or takes a release back, as nobody should and a restored backup does.
    pub(super) fn release(&mut self, value: usize, dice: &mut Dice) {
        let name = ["2026-09", "2026-10", "2026-11"][value % 3];
        let mut known = self.ledger();
        if dice.often(2) {
            self.files.remove(&format!("{FOLDER}{name}.json"));
            known.remove(name);
        } else if !known.contains_key(name) && !self.published.is_empty() {
            let mut document: Value = serde_json::from_str(&self.published).expect("a document");
            document["release"] = json!(name);
            document[digests::AFTER] = digests::after(&known);
            let text = document.to_string();
            known.insert(name.to_owned(), digests::digest(&text));
            self.files.insert(format!("{FOLDER}{name}.json"), text);
        }
        self.files.insert(format!("{FOLDER}digests.txt"), digests::text(&known));
    }

    fn ledger(&self) -> BTreeMap<String, String> {
        let releases = self.files.iter().filter_map(|(path, text)| {
            let name = path.strip_prefix(FOLDER)?.strip_suffix(".json")?;
            Some((name.to_owned(), digests::digest(text)))
        });
        releases.collect()
    }
}

//! What may be published although it belongs to somebody: the office's own numbers, addresses and people, and what `site.yaml` lets pass.
//!
//! Invariant: what is compared is what is said, not how it is written: `138-1234-5678` allows `幺三八 1234 5678`.

use super::normalise::Folded;
use super::{Personal, find};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::ops::Range;

/// What may be published.
#[derive(Clone, Debug, Default)]
pub struct Allowed {
    keys: BTreeSet<String>,
    /// Whole texts, in which an address or a name that is a part of them may stand.
    texts: BTreeSet<String>,
}

impl Allowed {
    /// Lets everything that is found in a text pass, and the text as a whole.
    pub fn add(&mut self, text: &str, today: Date) {
        self.keys.extend(find(text, today).into_iter().map(|found| found.key));
        let whole = Folded::new(text);
        let all = 0..whole.plain().len();
        let digits = key(&whole, &all, "phone");
        if digits.chars().any(|sign| sign.is_ascii_digit()) {
            self.keys.insert(digits);
        }
        let said = key(&whole, &all, "address");
        if said.chars().count() > 1 {
            self.texts.insert(said);
        }
    }

    /// What may be published, in order, for a hash of it.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().chain(&self.texts).map(String::as_str)
    }

    /// Whether something found may be published.
    pub fn allows(&self, found: &Personal) -> bool {
        self.keys.contains(&found.key)
            || matches!(found.kind, "name" | "address" | "email" | "wechat" | "minor_identity" | "plate")
                && found.key.chars().count() > 1
                && self.texts.iter().any(|text| text.contains(&found.key))
    }
}

/// What some signs say: the digits and letters of a number without the code of the country, the characters of a text without blanks.
pub(super) fn key(text: &Folded, signs: &Range<usize>, kind: &str) -> String {
    match kind {
        "name" | "address" | "minor_identity" | "email" | "wechat" | "plate" => {
            let kept = |sign: &&char| sign.is_alphanumeric() || matches!(sign, '@' | '_' | '*');
            let email = kind == "email" || kind == "wechat";
            text.plain()[signs.clone()]
                .iter()
                .filter(|sign| kept(sign) || email && matches!(sign, '.' | '-'))
                .collect()
        }
        _ => {
            let plain: String =
                text.folded()[signs.clone()].iter().filter(|sign| sign.is_ascii_alphanumeric()).collect();
            let inner = plain.trim_start_matches("00").strip_prefix("86").filter(|rest| rest.len() == 11);
            inner.map_or_else(|| plain.clone(), str::to_owned)
        }
    }
}

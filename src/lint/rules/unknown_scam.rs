//! F429: a tip about a type of scam that `words/scams.yaml` does not have.
//!
//! The tip gets a list of its own, which is seldom what was meant. Without a list of types every type
//! is as good. Invariant: one finding a tip, at its `scam`.

use crate::diag::{Code, Diagnostic, Message, Sink, codes};
use crate::lint::{Lint, Site};
use crate::model::own::Own;

/// The lint.
pub struct UnknownScam;

impl Lint for UnknownScam {
    fn code(&self) -> Code {
        codes::UNKNOWN_AREA
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        let scams = &site.model.words.scams;
        if scams.is_empty() {
            return;
        }
        let names = || {
            scams.iter().flat_map(|scam| std::iter::once(&scam.name).chain(&scam.also)).map(String::as_str)
        };
        for entry in &site.model.entries {
            let Own::Tip { scam: Some(scam), .. } = &entry.meta.own else { continue };
            if names().any(|name| name == scam.value) {
                continue;
            }
            // A word that is in another, such as 刷单 in 刷单返利, is as near as one that differs in a letter.
            let within = names().find(|name| name.contains(scam.value.as_str()) || scam.value.contains(name));
            let hint = match within.or_else(|| crate::model::fields::nearest(&scam.value, names())) {
                Some(near) => Message::new("unknown-scam-hint").with("nearest", near),
                None => Message::new("unknown-scam-none-hint"),
            };
            sink.report(
                Diagnostic::new(codes::UNKNOWN_AREA, Message::new("unknown-scam").with("scam", &scam.value))
                    .at(scam.span)
                    .hint(hint)
                    .warn(),
            );
        }
    }
}

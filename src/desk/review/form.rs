//! What the 信息发布审核表 says of a bulletin.

use super::Desk;
use crate::diag::{Catalogue, Files as _, Language, Message};
use crate::model::entry::Entry;
use crate::print::Problem;
use crate::print::review_form::{Fact, Form, Row, typeset};
use crate::review::judge::written;
use crate::review::needed;
use std::collections::BTreeMap;

impl Desk {
    /// The sheet of a bulletin as a PDF.
    ///
    /// # Errors
    /// What kept it from being typeset.
    pub fn form(&self, entry: &Entry, language: Language) -> Result<Vec<u8>, Vec<Problem>> {
        typeset(self.prepared.theme.print(), &self.form_data(entry, language)).map(|sheets| sheets.bytes)
    }

    fn form_data(&self, entry: &Entry, language: Language) -> Form {
        let model = self.model();
        let say = |id| Catalogue::of(language).format(&Message::new(id));
        let parts = self.parts(entry);
        let standing = self.standing(entry);
        let words = [
            ("name", "review-form-name"),
            ("title", "review-form-title"),
            ("level", "review-form-level"),
            ("opinion", "review-form-opinion"),
            ("signature", "review-form-signature"),
            ("date", "review-form-date"),
            ("hash", "review-form-hash"),
            ("text", "review-form-text"),
        ];
        let fact = |id, value: String| Fact { label: say(id), value };
        let source = match &entry.meta.source {
            Some(source) => {
                let address = entry.meta.source_url.as_deref().unwrap_or("");
                format!(
                    "{} {address}",
                    Catalogue::of(language)
                        .format(&Message::new("review-form-repost").with("source", &source.value))
                )
            }
            None => say("review-form-own"),
        };
        let plain = |text: &Option<String>| text.clone().unwrap_or_default();
        let weight = if entry.meta.heavy { "review-form-heavy" } else { "review-form-normal" };
        let today = self.site_day();
        let facts = vec![
            fact("review-form-section", model.section(entry.section).title.clone()),
            fact("review-form-author", plain(&entry.meta.author)),
            fact("review-form-sent", today),
            fact("review-form-source", source),
            fact("review-form-secret", say("review-form-no")),
            fact("review-form-weight", say(weight)),
            fact("review-form-editor", plain(&entry.meta.editor)),
            fact("review-form-proof", String::new()),
        ];
        let levels = needed(model, entry)
            .into_iter()
            .map(|name| {
                let signed = standing.and_then(|one| one.signed.iter().find(|one| one.level == name));
                Row {
                    note: signed
                        .map(|one| one.note.clone().unwrap_or_else(|| say("review-form-agreed")))
                        .unwrap_or_default(),
                    signed: signed.map(|one| one.name.clone()).unwrap_or_default(),
                    date: signed.map(|one| written(&one.at)).unwrap_or_default(),
                    name,
                }
            })
            .collect();
        let short = |(name, hash): (&String, &String)| {
            let name = name.trim_start_matches("table ").trim_start_matches("chart ");
            format!("{name}　{}", hash.get(..16).unwrap_or_default())
        };
        Form {
            english: language == Language::En,
            words: words.into_iter().map(|(key, id)| (key, say(id))).collect::<BTreeMap<_, _>>(),
            unit: model.config.unit.name.clone(),
            title: entry.title().to_owned(),
            facts,
            levels,
            hash: parts.hash(),
            parts: parts.files.iter().chain(&parts.figures).map(short).collect(),
            text: model.sources.text(entry.file).lines().map(str::to_owned).collect(),
        }
    }

    fn site_day(&self) -> String {
        let now = crate::build::signing::moment(&self.site.world, &self.model().config.zone).1;
        now.get(..10).unwrap_or_default().to_owned()
    }
}

//! R507: something of others without where it came from.
//!
//! Refuses: to guess who wrote a text; what `source:` names is what counts. That of a report is where its figures come from.
//! Invariant: a source that names the office itself, or its own work, asks for no address.

use crate::diag::{Code, Diagnostic, Message, Sink, codes};
use crate::lint::{Lint, Site};
use crate::model::config::Config;
use crate::model::kind::Kind;

/// The lint.
pub struct Repost;

/// What says that a text is the office's own.
const OWN: [&str; 9] = ["本站", "本所", "本单位", "本网", "自制", "自采", "原创", "自撰", "本院坝"];
/// What says that it is of others, and not of whom.
const NAMELESS: [&str; 7] = ["转载", "网络", "互联网", "来源网络", "网上", "转", "综合"];

impl Lint for Repost {
    fn code(&self) -> Code {
        codes::REPOST
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        let model = site.model;
        for entry in &model.entries {
            let Some(source) =
                entry.meta.source.as_ref().filter(|source| !is_own(&source.value, &model.config))
            else {
                continue;
            };
            let nameless = NAMELESS.contains(&source.value.trim());
            // Where nothing is reviewed, a title that can be looked up will do.
            let titled = !model.reviews.on && source.value.contains('《');
            // The source of a report is where its figures come from; its words are the office's own.
            let figures = entry.meta.kind == Kind::Report;
            if !nameless
                && (figures || entry.meta.source_url.is_some() || has_address(&source.value) || titled)
            {
                continue;
            }
            let id = if nameless { "repost-nameless" } else { "repost-without-address" };
            let message = Message::new(id).with("source", &source.value);
            let hint = Message::new("repost-hint");
            let finding = Diagnostic::new(codes::REPOST, message).at(source.span).hint(hint);
            sink.report(if model.reviews.on { finding } else { finding.warn() });
        }
    }
}

fn has_address(source: &str) -> bool {
    source.contains("http://") || source.contains("https://")
}

fn is_own(source: &str, config: &Config) -> bool {
    let unit = &config.unit;
    let names = [&unit.name, &unit.organiser, &unit.operator];
    let mut names =
        names.into_iter().flatten().map(String::as_str).chain([&*config.title, &*config.short_title]);
    OWN.iter().any(|own| source.trim().starts_with(own))
        || names.any(|name| !name.is_empty() && (source.contains(name) || name.contains(source.trim())))
}

//! W227: several tags that were written as one: `标签: 反诈 微信`.
//!
//! Refuses: names with Latin letters or digits in them, which have blanks of their own.
//! Invariant: each part that is taken for a tag has two Chinese characters at least.

use crate::diag::{Code, Diagnostic, Message, Sink, codes};
use crate::lint::{Lint, Site};
use crate::source::cjk;

/// The lint.
pub struct JoinedTags;

impl Lint for JoinedTags {
    fn code(&self) -> Code {
        codes::JOINED_TAGS
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        for tag in site.model.entries.iter().flat_map(|entry| &entry.meta.tags) {
            if let Some(parts) = parts(&tag.value) {
                let message = Message::new("joined-tags").with("tag", &tag.value);
                let hint = Message::new("joined-tags-hint").with("mend", parts.join(", "));
                sink.report(Diagnostic::new(codes::JOINED_TAGS, message).at(tag.span).hint(hint));
            }
        }
    }
}

/// The tags that a text is made of, where they are more than one.
fn parts(tag: &str) -> Option<Vec<&str>> {
    let divides = |c: char| c.is_whitespace() || matches!(c, ';' | '；' | '/' | '|');
    let parts: Vec<&str> = tag.split(divides).filter(|part| !part.is_empty()).collect();
    let is_tag = |part: &&str| part.chars().count() > 1 && part.chars().all(cjk::is_cjk);
    (parts.len() > 1 && parts.iter().all(is_tag)).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn tags_and_names_with_blanks() {
        assert_eq!(parts("反诈 微信"), Some(vec!["反诈", "微信"]));
        assert_eq!(parts("反诈；老人　网购"), Some(vec!["反诈", "老人", "网购"]));
        for one in ["反诈", "国家反诈中心 App", "C1 驾照", "12 月", "反诈、老人", "#反诈 #老人", ""]
        {
            assert_eq!(parts(one), None, "{one}");
        }
    }
}

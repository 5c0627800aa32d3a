//! Local words in their common forms, as `content/words/local.yaml` pairs them.
//!
//! Refuses: to understand the text; where a word begins that is in the list, its common form is written.
//! Invariant: of words that begin at one place the longest is taken, and what was written is not looked at again.

use std::collections::BTreeMap;

/// The text with every local word in its common form.
pub fn in_common_words(text: &str, local: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let found = local.iter().filter(|(word, _)| !word.is_empty() && rest.starts_with(word.as_str()));
        let (taken, written) = match found.max_by_key(|(word, _)| word.len()) {
            Some((word, common)) => (word.len(), common.as_str()),
            None => (first.len_utf8(), &rest[..first.len_utf8()]),
        };
        out.push_str(written);
        rest = &rest[taken..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(word, common)| ((*word).to_owned(), (*common).to_owned())).collect()
    }

    #[test]
    fn the_longest_word_is_taken() {
        let local = words(&[("赶场", "赶集"), ("赶场天", "赶集的日子")]);
        assert_eq!(in_common_words("赶场天去赶场。", &local), "赶集的日子去赶集。");
    }

    #[test]
    fn what_was_written_is_not_looked_at_again() {
        let local = words(&[("甲", "乙"), ("乙", "丙")]);
        assert_eq!(in_common_words("甲乙", &local), "乙丙");
    }

    #[test]
    fn an_empty_list_changes_nothing() {
        assert_eq!(in_common_words("莫急。no", &BTreeMap::new()), "莫急。no");
    }
}

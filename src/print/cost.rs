//! What a handout would cost, before it is typeset: how many bulletins, how much text, how long a word.
//!
//! Refuses: what no paper holds in a form that anybody reads. Typst would work on it for minutes, or until the memory is full.

use super::problem::{Problem, TooMuch};
use serde_json::Value;

/// The most bulletins of a booklet; one of 60 sheets can hardly be stapled.
pub const MOST_BULLETINS: usize = 200;
/// The most characters of a bulletin: some seventy pages.
pub const MOST_CHARACTERS: usize = 100_000;
/// The most characters without a place where a line may end. The longest addresses of web pages have about as many.
pub const LONGEST_WORD: usize = 2_000;

/// What is too much of the data of a handout.
pub fn check(data: &Value) -> Option<Problem> {
    let too_much = |what, count, most| Some(Problem::TooMuch { what, count, most });
    let bulletins = data.get("bulletins").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if bulletins.len() > MOST_BULLETINS {
        return too_much(TooMuch::Bulletins, bulletins.len(), MOST_BULLETINS);
    }
    for bulletin in bulletins {
        let mut size = Size::default();
        size.add(bulletin);
        if size.word > LONGEST_WORD {
            return too_much(TooMuch::Word, size.word, LONGEST_WORD);
        }
        if size.characters > MOST_CHARACTERS {
            return too_much(TooMuch::Characters, size.characters, MOST_CHARACTERS);
        }
    }
    None
}

#[derive(Default)]
struct Size {
    characters: usize,
    word: usize,
}

impl Size {
    fn add(&mut self, value: &Value) {
        match value {
            Value::String(text) => {
                let mut word = 0;
                for sign in text.chars() {
                    self.characters += 1;
                    word = if is_inside(sign) { word + 1 } else { 0 };
                    self.word = self.word.max(word);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.add(item)),
            Value::Object(fields) => fields.values().for_each(|field| self.add(field)),
            _ => {}
        }
    }
}

/// Whether a line cannot end beside this sign, as in the middle of a word of letters. It can beside a blank and beside any
/// Chinese, Japanese or Korean sign.
fn is_inside(sign: char) -> bool {
    !sign.is_whitespace()
        && !matches!(sign, '\u{2E80}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FFEF}' | '\u{20000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn problem(text: &str, bulletins: usize) -> Option<(TooMuch, usize)> {
        let one = json!({ "title": "题", "body": [{ "t": "p", "c": [{ "t": "text", "s": text }] }] });
        let data = json!({ "layout": "booklet", "bulletins": vec![one; bulletins] });
        match check(&data) {
            Some(Problem::TooMuch { what, count, .. }) => Some((what, count)),
            _ => None,
        }
    }

    #[test]
    fn what_no_paper_holds_is_too_much() {
        assert_eq!(problem("平常的一段话。", MOST_BULLETINS), None);
        assert_eq!(problem("短", 1_000), Some((TooMuch::Bulletins, 1_000)));
        assert!(matches!(problem(&"竹板一打响连声，\n".repeat(250_000), 1), Some((TooMuch::Characters, _))));
        assert_eq!(problem(&"x".repeat(LONGEST_WORD), 1), None);
        assert_eq!(problem(&"x".repeat(LONGEST_WORD + 1), 1), Some((TooMuch::Word, LONGEST_WORD + 1)));
        assert_eq!(problem(&"x 字".repeat(20_000), 1), None);
    }
}

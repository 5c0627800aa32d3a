//! The texts of JSON: whatever stands in quotes, and numbers.
//!
//! Invariant: a text is one passage; what is escaped in it is read as it is meant.

/// The texts and long numbers of a file.
pub fn passages(text: &str) -> Vec<String> {
    let mut passages = Vec::new();
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'"', rest.as_bytes()) {
        numbers(&rest[..at], &mut passages);
        rest = &rest[at + 1..];
        let (said, end) = quoted(rest);
        if said.len() > 3 {
            passages.push(said);
        }
        rest = rest.get(end..).unwrap_or_default();
    }
    numbers(rest, &mut passages);
    passages
}

fn numbers(between: &str, passages: &mut Vec<String>) {
    let long = between.split(|sign: char| !sign.is_ascii_digit()).filter(|number| number.len() > 6);
    passages.extend(long.map(str::to_owned));
}

/// A text in quotes, and where what follows it begins.
fn quoted(text: &str) -> (String, usize) {
    let mut said = String::new();
    let mut signs = text.char_indices();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '"' => return (said, at + 1),
            '\\' => match signs.next().map(|(_, sign)| sign) {
                Some('n' | 'r' | 't') => said.push('\n'),
                Some('u') => {
                    let code: String = signs.by_ref().take(4).map(|(_, sign)| sign).collect();
                    said.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                }
                Some(sign) => said.push(sign),
                None => break,
            },
            _ => said.push(sign),
        }
    }
    (said, text.len())
}

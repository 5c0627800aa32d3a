//! What a request's head asks for: an encoding, a copy that is still good, a part of a file.
//!
//! By RFC 9110: §12.5.3 (Accept-Encoding), §13.1.2 (If-None-Match, compared weakly), §13.1.5 (If-Range, compared strongly), §14 (ranges).
//!
//! Refuses: several ranges at once, which cost more than they help; the whole file is the right answer to what is not understood.
//! Invariant: a range that is given out lies in the file and is not empty.

use hyper::header::{ACCEPT_ENCODING, HeaderMap, IF_NONE_MATCH, IF_RANGE, RANGE};

/// Encodings in which files are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accepts {
    /// Brotli.
    pub br: bool,
    /// Gzip.
    pub gzip: bool,
}

impl Accepts {
    /// What a head accepts.
    pub fn of(head: &HeaderMap) -> Self {
        let (mut br, mut gzip, mut any) = (None, None, None);
        for line in head.get_all(ACCEPT_ENCODING) {
            for item in line.to_str().unwrap_or_default().split(',') {
                let (name, parameters) = item.split_once(';').unwrap_or((item, ""));
                let wanted = is_wanted(parameters);
                match name.trim() {
                    name if name.eq_ignore_ascii_case("br") => br = Some(wanted),
                    name if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") => {
                        gzip = Some(wanted);
                    }
                    "*" => any = Some(wanted),
                    _ => {}
                }
            }
        }
        let any = any.unwrap_or(false);
        Self { br: br.unwrap_or(any), gzip: gzip.unwrap_or(any) }
    }
}

/// Whether the quality among an item's parameters is above nought.
fn is_wanted(parameters: &str) -> bool {
    let quality = parameters.split(';').find_map(|one| {
        let (name, value) = one.split_once('=')?;
        name.trim().eq_ignore_ascii_case("q").then(|| value.trim())
    });
    quality.is_none_or(|value| value.parse::<f32>().is_ok_and(|quality| quality > 0.0))
}

/// Whether the reader has this very file.
pub fn has_already(head: &HeaderMap, etag: &str) -> bool {
    head.get_all(IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok()).any(|line| {
        line.split(',').map(str::trim).any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
    })
}

/// A part of a file that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// From the first to the last byte, both of them in the file.
    Range(u64, u64),
    /// A part that it does not have.
    Outside,
}

/// Whether a head asks for a part at all.
pub fn asks_for_part(head: &HeaderMap) -> bool {
    head.contains_key(RANGE)
}

/// The part of a file of this length that a head asks for.
pub fn part(head: &HeaderMap, etag: &str, len: u64) -> Part {
    let Some(range) = single(head, RANGE.as_str()) else { return Part::Whole };
    // A part of another version is of no use to whoever has the rest of this one.
    if head.contains_key(IF_RANGE) && single(head, IF_RANGE.as_str()) != Some(etag) {
        return Part::Whole;
    }
    let Some(set) = range.trim().strip_prefix("bytes=").filter(|set| !set.contains(',')) else {
        return Part::Whole;
    };
    let Some((first, last)) = set.trim().split_once('-') else { return Part::Whole };
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // A number beyond all files is beyond this one.
        digits.then(|| text.parse().unwrap_or(u64::MAX))
    };
    match (first, last) {
        ("", last) => match number(last) {
            None => Part::Whole,
            Some(0) => Part::Outside,
            Some(_) if len == 0 => Part::Outside,
            Some(count) => Part::Range(len - count.min(len), len - 1),
        },
        (first, last) => match (number(first), if last.is_empty() { Some(u64::MAX) } else { number(last) }) {
            (Some(first), Some(last)) if first <= last => {
                if first < len {
                    Part::Range(first, last.min(len - 1))
                } else {
                    Part::Outside
                }
            }
            _ => Part::Whole,
        },
    }
}

/// A header that stands once.
fn single<'h>(head: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut all = head.get_all(name).iter();
    match (all.next(), all.next()) {
        (Some(one), None) => one.to_str().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut head = HeaderMap::new();
        for (name, value) in pairs {
            head.append(*name, value.parse().unwrap());
        }
        head
    }

    #[test]
    fn encodings() {
        for (text, br, gzip) in [
            ("gzip, deflate, br", true, true),
            ("gzip;q=0, br;q=0.5", true, false),
            ("br;q=0, *", false, true),
            ("*;q=0", false, false),
            ("identity", false, false),
            ("GZIP; Q=0.1", false, true),
            ("br;q=nonsense", false, false),
            ("", false, false),
        ] {
            assert_eq!(Accepts::of(&head(&[("accept-encoding", text)])), Accepts { br, gzip }, "{text}");
        }
        let twice = head(&[("accept-encoding", "gzip"), ("accept-encoding", "br")]);
        assert_eq!(Accepts::of(&twice), Accepts { br: true, gzip: true });
        assert_eq!(Accepts::of(&HeaderMap::new()), Accepts { br: false, gzip: false });
    }

    #[test]
    fn copies_that_are_still_good() {
        for (text, good) in [
            ("\"abc\"", true),
            ("W/\"abc\"", true),
            ("\"x\", \"abc\"", true),
            ("*", true),
            ("abc", false),
            ("\"abcd\"", false),
            ("", false),
        ] {
            assert_eq!(has_already(&head(&[("if-none-match", text)]), "\"abc\""), good, "{text}");
        }
    }

    #[test]
    fn parts() {
        for (text, expected) in [
            ("bytes=0-0", Part::Range(0, 0)),
            ("bytes=2-", Part::Range(2, 9)),
            ("bytes=-3", Part::Range(7, 9)),
            ("bytes=-99", Part::Range(0, 9)),
            ("bytes=5-99999999999999999999999", Part::Range(5, 9)),
            ("bytes=10-", Part::Outside),
            ("bytes=99999999999999999999999-", Part::Outside),
            ("bytes=-0", Part::Outside),
            ("bytes=3-2", Part::Whole),
            ("bytes=0-1,3-4", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("bytes=-", Part::Whole),
            ("lines=0-1", Part::Whole),
        ] {
            assert_eq!(part(&head(&[("range", text)]), "\"e\"", 10), expected, "{text}");
        }
        assert_eq!(part(&head(&[("range", "bytes=0-")]), "\"e\"", 0), Part::Outside);
        for (tag, expected) in
            [("\"e\"", Part::Range(0, 1)), ("\"old\"", Part::Whole), ("W/\"e\"", Part::Whole)]
        {
            assert_eq!(
                part(&head(&[("range", "bytes=0-1"), ("if-range", tag)]), "\"e\"", 10),
                expected,
                "{tag}"
            );
        }
        let twice = head(&[("range", "bytes=0-1"), ("range", "bytes=2-3")]);
        assert_eq!(part(&twice, "\"e\"", 10), Part::Whole);
    }
}

//! Where a text that was read stands in the text that was written.
//!
//! Refuses: half an answer. What cannot be followed sign by sign is all of what was written.
//! Invariant: the answer lies on borders of signs of the written text.

use std::ops::Range;

/// The bytes of `written` that became `range` of `read`: escapes, entities, quotes and indents may stand between.
pub fn align(written: &str, read: &str, range: &Range<usize>) -> Range<usize> {
    if let Some(at) = written.find(read) {
        return at + range.start..at + range.end;
    }
    // Line by line: code loses its indent, quotations their marks.
    let (mut from, mut at) = (0, 0);
    for line in read.split_inclusive('\n') {
        let text = line.trim_end_matches('\n');
        let begin = at;
        at += line.len();
        let Some(found) = written[from..].find(text) else { break };
        if range.start >= begin && range.end <= at {
            let start = from + found + (range.start - begin).min(text.len());
            return start..from + found + (range.end - begin).min(text.len());
        }
        from += found + text.len();
    }
    let part = &read[range.clone()];
    match written.find(part) {
        Some(at) if written.rfind(part) == Some(at) => at..at + part.len(),
        _ => sign_by_sign(written, read, range).unwrap_or(0..written.len()),
    }
}

fn sign_by_sign(written: &str, read: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let mut found: Option<Range<usize>> = None;
    let mut rest = written.char_indices().peekable();
    for (at, sign) in read.char_indices() {
        let mut place = None;
        while let Some((here, other)) = rest.next() {
            if other == sign {
                place = Some(here..here + other.len_utf8());
                break;
            }
            let entity = written[here..]
                .char_indices()
                .take(12)
                .find(|(_, c)| *c == ';')
                .map(|(end, _)| here + end + 1);
            if other == '&'
                && let Some(end) = entity
            {
                while rest.next_if(|(next, _)| *next < end).is_some() {}
                place = Some(here..end);
                break;
            }
        }
        let place = place?;
        if at >= range.end {
            break;
        }
        if at + sign.len_utf8() > range.start {
            found = Some(found.map_or(place.clone(), |found| found.start..place.end));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_entities_and_indents() {
        let part = |written: &'static str, read: &str, part: &str| {
            let at = read.find(part).expect("it is there");
            &written[align(written, read, &(at..at + part.len()))]
        };
        assert_eq!(part("字138", "字138", "138"), "138");
        assert_eq!(part("\\*1\\-38*", "*1-38*", "1-38"), "1\\-38");
        assert_eq!(part("a&#49;38b", "a138b", "138"), "&#49;38");
        assert_eq!(part("```\n  > a\n  > 138\n```", "a\n138\n", "138"), "138");
        assert_eq!(part("“138\n   1234”", "1381234", "1381234"), "138\n   1234");
        assert_eq!(part("[x][ref]", "138", "138"), "[x][ref]");
    }
}

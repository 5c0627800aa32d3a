//! How wide a text is, near enough to place it, and where it breaks.
//!
//! Refuses: reading a font. Widths are those of Chinese sans fonts, rounded up.
//! Invariant: a wrapped text loses nothing but blanks at its breaks, unless the last line says so with `…`.

/// How wide a text is at a size.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// In ems.
fn advance(c: char) -> f64 {
    match c {
        'i' | 'l' | 'j' | '.' | ',' | ':' | ';' | '|' | '\'' | ' ' => 0.3,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.93,
        c if c.is_ascii_uppercase() => 0.68,
        c if c.is_ascii() => 0.57,
        _ => 1.0,
    }
}

/// A text in lines no wider than `most`, at most `lines` of them.
pub(super) fn wrap(text: &str, size: f64, most: f64, lines: usize) -> Vec<String> {
    let mut wrapped = vec![String::new()];
    for piece in pieces(text) {
        let line = wrapped.last_mut().expect("there is always one");
        if line.is_empty() || width(line, size) + width(piece.trim_end(), size) <= most {
            line.push_str(piece);
        } else {
            let kept = line.trim_end().len();
            line.truncate(kept);
            wrapped.push(piece.to_owned());
        }
    }
    if wrapped.len() > lines.max(1) {
        wrapped.truncate(lines.max(1));
        let last = wrapped.last_mut().expect("one at least");
        while width(last, size) + size > most && last.chars().count() > 1 {
            last.pop();
        }
        last.push('…');
    }
    // Two lines of one length are read more easily than a long one with a rest of one character.
    match wrapped.as_slice() {
        [_, second] if !second.ends_with('…') => even(text, size, most).unwrap_or(wrapped),
        _ => wrapped,
    }
}

/// The most even break in two.
fn even(text: &str, size: f64, most: f64) -> Option<Vec<String>> {
    let pieces = pieces(text);
    let widths: Vec<f64> = pieces.iter().map(|piece| width(piece, size)).collect();
    let whole: f64 = widths.iter().sum();
    let mut best: Option<(f64, usize)> = None;
    let mut first = 0.0;
    for at in 1..pieces.len() {
        first += widths[at - 1];
        let longer = first.max(whole - first);
        // A break before what is in brackets is the one that a reader expects.
        let cost = if pieces[at].starts_with('（') { longer - size } else { longer };
        if longer <= most && best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, at));
        }
    }
    let (_, at) = best?;
    Some(vec![pieces[..at].concat().trim_end().to_owned(), pieces[at..].concat().trim_end().to_owned()])
}

/// The parts of a text between which it may break: before any Chinese character, but not before what closes and not
/// behind what opens; Latin words and numbers stay whole.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        if let Some(last) = before
            && at > start
            && breaks(last, c)
        {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    pieces.push(&text[start..]);
    pieces
}

fn breaks(last: char, next: char) -> bool {
    let word = |c: char| c.is_ascii_graphic();
    if "，。、；：！？）》”』」】%％".contains(next) || "（《“『「【".contains(last) || next == ' '
    {
        return false;
    }
    last == ' ' || !(word(last) && word(next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_where_a_reader_would() {
        assert_eq!(wrap("婚姻家庭纠纷", 10.0, 200.0, 2), ["婚姻家庭纠纷"]);
        assert_eq!(wrap("婚姻家庭纠纷", 10.0, 40.0, 2), ["婚姻家", "庭纠纷"]);
        assert_eq!(wrap("正街社区（含集市）", 10.0, 60.0, 2), ["正街社区", "（含集市）"]);
        assert_eq!(wrap("60岁以上", 10.0, 35.0, 2), ["60岁", "以上"]);
        assert_eq!(wrap("很长很长的名字写不下", 10.0, 40.0, 2), ["很长很长", "的名字…"]);
        assert_eq!(wrap("", 10.0, 40.0, 2), [""]);
    }
}

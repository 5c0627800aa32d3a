//! Addresses that stand bare in the text: `https://…`, `http://…`, `www.…`.
//!
//! Follows GFM's extended autolinks, except that CJK characters and punctuation delimit an address on both sides, as
//! in `请看https://example.cn/，谢谢`. Refuses: e-mail addresses, and hosts without a dot.
//! Invariant: an address covers whole pieces of text; nothing inside it is markup.

use super::Context;
use super::tree::Piece;
use crate::diag::Spanned;
use crate::source::cjk;
use crate::source::doc::{Inline, InlineKind, LinkOrigin};
use std::ops::Range;

/// Whether a body can hold a bare address at all.
pub(super) fn possible(body: &str) -> bool {
    body.contains("://") || body.contains("www.") || body.contains("WWW.")
}

/// Replaces the pieces of every bare address by a link.
pub(super) fn find(pieces: &mut Vec<Piece>, cx: &Context<'_>) {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut first = 0;
    while first < pieces.len() {
        let Some(mut stretch) = textual(&pieces[first], cx) else {
            first += 1;
            continue;
        };
        first += 1;
        while let Some(next) =
            pieces.get(first).and_then(|p| textual(p, cx)).filter(|n| n.start == stretch.end)
        {
            stretch.end = next.end;
            first += 1;
        }
        search(stretch, cx, &mut found);
    }
    if !found.is_empty() {
        replace(pieces, &found, cx);
    }
}

/// The source of a piece of text; entities are text too.
fn textual(piece: &Piece, cx: &Context<'_>) -> Option<Range<usize>> {
    match piece {
        Piece::Text(range) | Piece::Run(range) => Some(range.clone()),
        Piece::Node(Inline { span, kind: InlineKind::Text(_) }) => {
            let range = span.range();
            (cx.text.as_bytes().get(range.start) == Some(&b'&')).then_some(range)
        }
        Piece::Node(_) => None,
    }
}

fn search(stretch: Range<usize>, cx: &Context<'_>, found: &mut Vec<Range<usize>>) {
    let bytes = cx.text.as_bytes();
    let mut at = stretch.start;
    while at < stretch.end {
        let Some(offset) = bytes[at..stretch.end].iter().position(|b| matches!(b, b'h' | b'H' | b'w' | b'W'))
        else {
            return;
        };
        let start = at + offset;
        at = start + 1;
        let rest = &cx.text[start..stretch.end];
        let Some(scheme) = scheme_len(rest) else { continue };
        if !may_begin(cx.text[cx.body.start..start].chars().next_back(), scheme == 0) {
            continue;
        }
        if let Some(len) = address_len(rest, scheme) {
            found.push(start..start + len);
            at = start + len;
        }
    }
}

/// Length of the scheme; zero for `www.`.
fn scheme_len(rest: &str) -> Option<usize> {
    let has = |prefix: &str| rest.get(..prefix.len()).is_some_and(|r| r.eq_ignore_ascii_case(prefix));
    ["https://", "http://"].into_iter().find(|p| has(p)).map(str::len).or_else(|| has("www.").then_some(0))
}

fn may_begin(before: Option<char>, www: bool) -> bool {
    let Some(c) = before else { return true };
    if cjk::ends_address(c) || cjk::is_whitespace(c) || matches!(c, '*' | '_' | '~' | '(') {
        return true;
    }
    !www && !c.is_alphanumeric() && !matches!(c, '/' | '@' | '+' | '-' | '.')
}

fn address_len(rest: &str, scheme: usize) -> Option<usize> {
    let ends = |c: char| {
        c == '<'
            || c.is_whitespace()
            || c.is_control()
            || cjk::ends_address(c)
            || (!c.is_ascii() && !c.is_alphanumeric())
    };
    let whole = &rest[..rest.find(ends).unwrap_or(rest.len())];
    let host_len = whole[scheme..]
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')))
        .unwrap_or(whole.len() - scheme);
    let host = whole[scheme..scheme + host_len].trim_end_matches('.');
    let mut segments = host.rsplit('.');
    let valid = |s: &str| !s.is_empty() && !s.contains('_');
    if !segments.next().is_some_and(valid)
        || !segments.next().is_some_and(valid)
        || segments.any(str::is_empty)
    {
        return None;
    }
    let len = trimmed_len(whole);
    (len > scheme).then_some(len)
}

/// GFM's rule for what trails an address: punctuation, closing brackets without their opening ones, entities.
fn trimmed_len(address: &str) -> usize {
    let bytes = address.as_bytes();
    let count = |b: u8| address.matches(char::from(b)).count();
    let (mut round, mut square) = (None, None);
    let mut len = bytes.len();
    while len > 0 {
        let last = bytes[len - 1];
        match last {
            b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b'"' => len -= 1,
            b';' => {
                let name = bytes[..len - 1]
                    .iter()
                    .rev()
                    .take_while(|b| b.is_ascii_alphanumeric() || **b == b'#')
                    .count();
                let entity = name > 0 && len >= name + 2 && bytes[len - 2 - name] == b'&';
                len -= if entity { name + 2 } else { 1 };
            }
            b')' | b']' => {
                let (surplus, open) = if last == b')' { (&mut round, b'(') } else { (&mut square, b'[') };
                let surplus = surplus.get_or_insert_with(|| count(last).saturating_sub(count(open)));
                if *surplus == 0 {
                    break;
                }
                *surplus -= 1;
                len -= 1;
            }
            _ => break,
        }
    }
    len
}

fn replace(pieces: &mut Vec<Piece>, found: &[Range<usize>], cx: &Context<'_>) {
    let old = std::mem::take(pieces);
    pieces.reserve(old.len() + found.len() * 2);
    let mut next = 0;
    let mut target = String::new();
    for piece in old {
        let Some(range) = textual(&piece, cx) else {
            pieces.push(piece);
            continue;
        };
        let run = matches!(piece, Piece::Run(_));
        let slice = |range: Range<usize>| if run { Piece::Run(range) } else { Piece::Text(range) };
        let mut at = range.start;
        let mut used = false;
        while let Some(link) = found.get(next).filter(|l| l.start < range.end) {
            used = true;
            if at < link.start {
                pieces.push(slice(at..link.start));
            }
            let inside = at.max(link.start)..link.end.min(range.end);
            match &piece {
                Piece::Node(Inline { kind: InlineKind::Text(text), .. }) => target.push_str(text),
                _ => target.push_str(&cx.text[inside.clone()]),
            }
            at = inside.end;
            if link.end > range.end {
                break; // it goes on in the next piece
            }
            pieces.push(Piece::Node(link_node(link.clone(), std::mem::take(&mut target), cx)));
            next += 1;
        }
        if !used {
            pieces.push(piece);
        } else if at < range.end {
            pieces.push(slice(at..range.end));
        }
    }
}

fn link_node(range: Range<usize>, shown: String, cx: &Context<'_>) -> Inline {
    let span = cx.span(range);
    let www = shown.get(..4).is_some_and(|s| s.eq_ignore_ascii_case("www."));
    let target = if www { format!("http://{shown}") } else { shown.clone() };
    let content = vec![Inline { span, kind: InlineKind::Text(shown) }];
    let (target, title) = (Spanned::new(target, span), String::new());
    Inline { span, kind: InlineKind::Link { target, title, content, origin: LinkOrigin::Bare } }
}

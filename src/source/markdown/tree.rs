//! From pieces to the tree of inlines: bare addresses, emphasis by the rules for Chinese, line breaks that vanish.
//!
//! Refuses: emphasis deeper than [`MAX_INLINE_DEPTH`], whose markup is dropped with a finding; its text stays.
//! Invariant: every text's span slices to the text, entities excepted.

use super::{Context, MAX_INLINE_DEPTH, bare};
use crate::source::cjk::{self, emphasis};
use crate::source::doc::{Inline, InlineKind};
use crate::source::mask::{self, Pair};
use std::ops::Range;

/// A piece of a stretch of inlines whose emphasis is not resolved yet. Offsets are into the whole text.
#[derive(Debug)]
pub(super) enum Piece {
    /// Text that stands literally in the source.
    Text(Range<usize>),
    /// Delimiters, escaped ones left out.
    Run(Range<usize>),
    /// Anything finished.
    Node(Inline),
}

/// Resolves the emphasis of one stretch. `depth` is how many links and pictures surround it.
pub(super) fn finish(mut pieces: Vec<Piece>, block: bool, depth: usize, cx: &mut Context<'_>) -> Vec<Inline> {
    if block && cx.options.habits {
        unindent(&mut pieces, cx);
    }
    if block && cx.has_bare_links {
        bare::find(&mut pieces, cx);
    }
    let edges = resolve(&pieces, block, cx);
    if pieces.iter().any(|p| matches!(p, Piece::Node(Inline { kind: InlineKind::SoftBreak, .. }))) {
        join_lines(&mut pieces, &edges, cx);
    }
    build(pieces, &edges, depth, cx)
}

/// Takes the blanks away that lines begin with: `　　` indents a paragraph, and is no part of it.
fn unindent(pieces: &mut Vec<Piece>, cx: &Context<'_>) {
    let blank = |c: char| matches!(c, ' ' | '\t' | '\u{3000}' | '\u{a0}' | '\u{2002}' | '\u{2003}');
    let mut begins = true;
    pieces.retain_mut(|piece| match piece {
        Piece::Text(range) if begins => {
            let text = &cx.text[range.clone()];
            range.start += text.len() - text.trim_start_matches(blank).len();
            begins = range.start == range.end;
            !begins
        }
        Piece::Node(Inline { kind: InlineKind::Text(text), .. }) if begins => {
            begins = text.chars().all(blank);
            !begins
        }
        Piece::Node(Inline { kind: InlineKind::SoftBreak | InlineKind::HardBreak, .. }) => {
            begins = true;
            true
        }
        _ => {
            begins = false;
            true
        }
    });
}

fn resolve(pieces: &[Piece], block: bool, cx: &Context<'_>) -> Vec<emphasis::Edge> {
    let mut runs = Vec::new();
    let mut places = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        let Piece::Run(range) = piece else { continue };
        let delimiter = cx.text.as_bytes()[range.start];
        let line_start = match i.checked_sub(1).map(|i| &pieces[i]) {
            None => block,
            Some(Piece::Node(n)) => matches!(n.kind, InlineKind::SoftBreak | InlineKind::HardBreak),
            Some(_) => false,
        };
        let before = if line_start { "" } else { &cx.text[cx.body.start..range.start] };
        let after = if block && i + 1 == pieces.len() { None } else { cx.text[range.end..].chars().next() };
        let len = range.len();
        let intraword = delimiter == b'*' || (delimiter == b'~' && len > 1);
        let hides = cx.options.habits && delimiter == b'*' && len >= mask::TOO_MANY;
        let powers = if hides { cjk::Flanking::NONE } else { cjk::flanking(before, after, intraword) };
        runs.push(emphasis::Run { delimiter, len: u32::try_from(len).unwrap_or(u32::MAX), powers });
        places.push(range.clone());
    }
    let mut edges = emphasis::resolve(&runs);
    if cx.options.habits {
        // Each round takes stars that hide something out; what is left may pair anew.
        for _ in 0..MASK_ROUNDS {
            if !silence(&mut runs, &places, &edges, cx) {
                break;
            }
            edges = emphasis::resolve(&runs);
        }
    }
    edges
}

/// How often stars are paired anew: one round for each way in which the masks of a sentence can pair.
const MASK_ROUNDS: usize = 8;

/// Takes their powers from the runs of pairs that are masks; whether there were any.
fn silence(
    runs: &mut [emphasis::Run],
    places: &[Range<usize>],
    edges: &[emphasis::Edge],
    cx: &Context<'_>,
) -> bool {
    let mut open: Vec<(usize, u32)> = Vec::new();
    let mut any = false;
    for edge in edges {
        let run = edge.run as usize;
        if edge.open {
            open.push((run, edge.len));
            continue;
        }
        let Some((first, stars)) = open.pop() else { continue };
        if runs[run].delimiter != b'*' {
            continue;
        }
        let (left, right) = (&places[first], &places[run]);
        let text = cx.text;
        let before = &text[cx.body.start..left.start];
        let near = before.char_indices().rev().take(AROUND).take_while(|(_, c)| *c != '\n').last();
        let before = near.map_or("", |(at, _)| &before[at..]);
        let behind = text[right.end..].chars().next().map_or(0, char::len_utf8);
        let after = text[right.end..right.end + behind].trim_end_matches(['\n', '\r']);
        match mask::judge(before, &text[left.end..right.start], after, stars) {
            Pair::Emphasis => continue,
            Pair::First => runs[first].powers = cjk::Flanking::NONE,
            Pair::Second => runs[run].powers = cjk::Flanking::NONE,
            Pair::Both => {
                runs[first].powers = cjk::Flanking::NONE;
                runs[run].powers = cjk::Flanking::NONE;
            }
        }
        any = true;
    }
    any
}

/// How many signs before a star may belong to a surname, and tell whether one begins there.
const AROUND: usize = 4;

/// Drops the line breaks that stand between two Chinese characters.
fn join_lines(pieces: &mut Vec<Piece>, edges: &[emphasis::Edge], cx: &Context<'_>) {
    // Of every run, how many delimiters remain as text.
    let mut literal = Vec::with_capacity(pieces.len());
    let (mut run, mut edge) = (0u32, 0);
    for piece in pieces.iter() {
        let Piece::Run(range) = piece else {
            literal.push(0);
            continue;
        };
        let mut left = range.len();
        while edges.get(edge).is_some_and(|e| e.run == run) {
            left -= edges[edge].len as usize;
            edge += 1;
        }
        literal.push(left);
        run += 1;
    }
    let mut keep = vec![true; pieces.len()];
    let mut before = None;
    let mut waiting = None;
    for (i, piece) in pieces.iter().enumerate() {
        let (first, last) = match piece {
            Piece::Text(range) => {
                let text = &cx.text[range.clone()];
                (text.chars().next(), cjk::last_visible(text))
            }
            Piece::Run(range) if literal[i] > 0 => {
                let c = char::from(cx.text.as_bytes()[range.start]);
                (Some(c), Some(c))
            }
            Piece::Run(_) | Piece::Node(Inline { kind: InlineKind::FootnoteRef { .. }, .. }) => continue,
            Piece::Node(Inline { kind: InlineKind::SoftBreak, .. }) => {
                waiting = before.map(|c| (i, c));
                continue;
            }
            Piece::Node(node) => edge_characters(node),
        };
        if let (Some((at, c)), Some(next)) = (waiting.take(), first) {
            keep[at] = !cjk::joins_lines(c, next);
        }
        before = last;
    }
    let mut keep = keep.into_iter();
    pieces.retain(|_| keep.next().unwrap_or(true));
}

/// First and last character that a reader sees of a node.
fn edge_characters(node: &Inline) -> (Option<char>, Option<char>) {
    let ends = |text: &str| (text.chars().next(), cjk::last_visible(text));
    match &node.kind {
        InlineKind::Text(text) | InlineKind::Code(text) => ends(text),
        InlineKind::Emphasis(c)
        | InlineKind::Strong(c)
        | InlineKind::Strikethrough(c)
        | InlineKind::Link { content: c, .. } => {
            let first = c.first().and_then(|n| edge_characters(n).0);
            let last = c.last().and_then(|n| edge_characters(n).1);
            (first, last)
        }
        _ => (None, None),
    }
}

/// Emphasis that is still open while the tree is built.
struct Open {
    start: usize,
    delimiter: u8,
    len: u32,
    children: Vec<Inline>,
    /// Whether the last child is a text that stands literally in the source.
    literal: bool,
}

impl Open {
    fn text(&mut self, range: Range<usize>, cx: &Context<'_>) {
        if range.is_empty() {
            return;
        }
        let text = &cx.text[range.clone()];
        if let Some(Inline { span, kind: InlineKind::Text(last) }) = self.children.last_mut()
            && self.literal
            && span.end as usize == range.start
        {
            last.push_str(text);
            *span = cx.span(span.start as usize..range.end);
            return;
        }
        self.children.push(Inline { span: cx.span(range), kind: InlineKind::Text(text.to_owned()) });
        self.literal = true;
    }
}

fn build(pieces: Vec<Piece>, edges: &[emphasis::Edge], depth: usize, cx: &mut Context<'_>) -> Vec<Inline> {
    let mut edges = edges.iter().peekable();
    let mut run = 0;
    let children = Vec::with_capacity(pieces.len());
    let mut stack = vec![Open { start: 0, delimiter: 0, len: 0, children, literal: false }];
    // Emphasis open beyond the limit: its markup is dropped, its text stays.
    let mut beyond = 0usize;
    for piece in pieces {
        let top = stack.last_mut().expect("the first frame stays");
        match piece {
            Piece::Text(range) => top.text(range, cx),
            Piece::Node(node) => {
                top.children.push(node);
                top.literal = false;
            }
            Piece::Run(range) => {
                let mut at = range.start;
                while let Some(edge) = edges.next_if(|e| e.run == run && !e.open) {
                    at += edge.len as usize;
                    if beyond > 0 {
                        beyond -= 1;
                    } else {
                        close(&mut stack, at, cx);
                    }
                }
                let opens = edges.clone().take_while(|e| e.run == run).map(|e| e.len as usize).sum::<usize>();
                let middle = at..range.end - opens;
                at = middle.end;
                stack.last_mut().expect("the first frame stays").text(middle, cx);
                while let Some(edge) = edges.next_if(|e| e.run == run) {
                    if stack.len() + depth > MAX_INLINE_DEPTH {
                        cx.too_deep(range.clone());
                        beyond += 1;
                    } else {
                        let delimiter = cx.text.as_bytes()[range.start];
                        stack.push(Open {
                            start: at,
                            delimiter,
                            len: edge.len,
                            children: Vec::new(),
                            literal: false,
                        });
                    }
                    at += edge.len as usize;
                }
                run += 1;
            }
        }
    }
    stack.swap_remove(0).children
}

fn close(stack: &mut Vec<Open>, end: usize, cx: &Context<'_>) {
    let open = stack.pop().expect("edges nest");
    let kind = match (open.delimiter, open.len) {
        (b'~', _) => InlineKind::Strikethrough(open.children),
        (_, 1) => InlineKind::Emphasis(open.children),
        _ => InlineKind::Strong(open.children),
    };
    let parent = stack.last_mut().expect("edges nest");
    parent.children.push(Inline { span: cx.span(open.start..end), kind });
    parent.literal = false;
}

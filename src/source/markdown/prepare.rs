//! What Chinese offices write that `CommonMark` reads as something else, in a form that it reads as meant.
//!
//! Names of files with blanks and brackets in them (`![图](照片 (1).JPG)`, as Windows names a second copy) become addresses; four
//! spaces before Chinese text are a paragraph's indent and no code.
//! Refuses: to change what is code or a link already: the parser itself tells which texts are neither.
//! Invariant: the prepared text has as many bytes as the written one, so every place in it is a place in the file.

use crate::source::cjk;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Endings of files that bulletins name.
const ENDINGS: [&str; 34] = [
    "jpg", "jpeg", "png", "gif", "webp", "bmp", "svg", "heic", "heif", "tif", "tiff", "avif", "jfif", "pdf",
    "ofd", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "wps", "et", "csv", "txt", "zip", "rar", "mp3",
    "mp4", "mov", "md", "html", "htm", "rtf",
];
/// An address is no longer than this.
const LONGEST: usize = 400;
/// So many brackets that close are tried as its end.
const MOST_BRACKETS: usize = 8;
/// Stands for a blank or a bracket of an address, and for a space of an indent: text, whatever stands around it.
const FILLER: u8 = b'_';
pub(super) const INDENT: u8 = 0x1f;

/// A prepared text.
pub(super) struct Prepared {
    /// The text.
    pub text: String,
    /// The addresses in it that were written with blanks or brackets.
    pub addresses: Vec<Range<usize>>,
}

/// The prepared form of a text; none where it is the text itself.
pub(super) fn prepare(source: &str, options: Options) -> Option<Prepared> {
    let candidates = addresses(source);
    let indented = may_be_indented(source);
    if candidates.is_empty() && !indented {
        return None;
    }
    let mut text = source.as_bytes().to_vec();
    let (mut taken, mut changed) = (Vec::new(), false);
    let (texts, codes) = parts(source, options);
    for (whole, address) in candidates {
        if is_text(&texts, &whole, source) {
            for byte in &mut text[address.clone()] {
                if matches!(byte, b' ' | b'\t' | b'(' | b')') {
                    *byte = FILLER;
                }
            }
            taken.push(address);
            changed = true;
        }
    }
    for code in codes.into_iter().filter(|_| indented) {
        // The event begins behind the first line's indent.
        let start = source[..code.start].rfind('\n').map_or(0, |at| at + 1);
        let block = &source[start..code.end];
        if !block.lines().all(|line| line.trim().is_empty() || is_prose(line)) {
            continue;
        }
        let mut at = start;
        for line in block.split_inclusive('\n') {
            let blank = line.trim().is_empty();
            let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
            if !blank {
                text[at..at + indent].fill(INDENT);
                changed = true;
            }
            at += line.len();
        }
    }
    let text = changed.then(|| String::from_utf8(text).ok()).flatten()?;
    Some(Prepared { text, addresses: taken })
}

/// Links and pictures whose address has blanks or odd brackets: all behind the words, and the address.
fn addresses(source: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = source[at..].find("](").map(|open| at + open + 2) {
        at = open;
        let line = &source[open..];
        // The limit comes first: a line may be as long as the text.
        let line = &line[..line.char_indices().nth(LONGEST).map_or(line.len(), |(end, _)| end)];
        let line = &line[..line.find(['\n', '\r']).unwrap_or(line.len())];
        let lead = line.len() - line.trim_start().len();
        if line[lead..].starts_with('<') {
            continue;
        }
        let Some((address, close)) = address(line) else { continue };
        let odd = address.contains([' ', '\t']) || !is_balanced(address);
        if odd && !address.contains("](") {
            let start = open + lead;
            found.push((open - 1..open + close + 1, start..start + address.len()));
        }
    }
    found
}

/// The address that a line begins with, up to the bracket that closes it, and where that is.
fn address(line: &str) -> Option<(&str, usize)> {
    let path = line.trim_start().starts_with(['/', '.']);
    line.match_indices(')').take(MOST_BRACKETS).find_map(|(close, _)| {
        let mut inside = line[..close].trim();
        if let Some(words) = inside.strip_suffix('"')
            && let Some((before, _)) = words.split_once(" \"")
        {
            inside = before.trim_end();
        }
        let ending = inside.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        let file = ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()));
        let rooted = path && !inside.contains('(') && !inside.contains('"');
        (file || rooted).then_some((inside, close))
    })
}

fn is_balanced(address: &str) -> bool {
    let mut open = 0_i32;
    address.bytes().all(|byte| {
        open += i32::from(byte == b'(') - i32::from(byte == b')');
        open >= 0
    }) && open == 0
}

/// Whether some line may be an indented paragraph of Chinese.
fn may_be_indented(source: &str) -> bool {
    source.lines().any(|line| (line.starts_with("    ") || line.starts_with('\t')) && is_prose(line))
}

/// Whether an indented line is Chinese text and no code.
fn is_prose(line: &str) -> bool {
    let text = line.trim();
    let first = text.chars().next();
    text.chars().any(|c| cjk::is_cjk(c) && !cjk::is_whitespace(c))
        && first.is_some_and(|c| !c.is_ascii_alphabetic() && (!c.is_ascii_punctuation() || c == '*'))
        && !text.contains(['{', '}', ';', '=', '<', '>', '\t'])
        && !text.starts_with("* ")
}

/// The places of texts, and of indented code that stands in no list and no quotation.
fn parts(source: &str, options: Options) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (mut texts, mut codes) = (Vec::<Range<usize>>::new(), Vec::new());
    let (mut depth, mut code) = (0_usize, false);
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                code = true;
                if depth == 0 && matches!(kind, CodeBlockKind::Indented) {
                    codes.push(range);
                }
            }
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Start(
                Tag::List(_) | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) | Tag::DefinitionList,
            ) => {
                depth += 1;
            }
            Event::End(
                TagEnd::List(_) | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition | TagEnd::DefinitionList,
            ) => depth = depth.saturating_sub(1),
            Event::Text(_) if !code => match texts.last_mut() {
                Some(last) if last.end == range.start => last.end = range.end,
                _ => texts.push(range),
            },
            _ => {}
        }
    }
    (texts, codes)
}

/// Whether a stretch is text: signs of emphasis apart, which the name of a file may hold.
fn is_text(texts: &[Range<usize>], place: &Range<usize>, source: &str) -> bool {
    let mut at = place.start;
    while at < place.end {
        let next = texts.partition_point(|text| text.end <= at);
        match texts.get(next) {
            Some(text) if text.start <= at => at = text.end,
            _ if matches!(source.as_bytes()[at], b'*' | b'_' | b'~' | b'\\') => at += 1,
            _ => return false,
        }
    }
    true
}

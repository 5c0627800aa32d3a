//! A body as plain text: for summaries, feeds, search and speech.
//!
//! Refuses: markup, raw HTML, addresses. Invariant: blocks are separated by one line feed, and text that a reader sees
//! appears once, in reading order.

use super::doc::{Block, BlockKind, Doc, Inline, VersePart, push_plain};

/// The whole text of a body, a block a line.
pub fn plain(doc: &Doc) -> String {
    let mut out = String::new();
    push_blocks(&doc.blocks, &mut out);
    for footnote in &doc.footnotes {
        push_blocks(&footnote.blocks, &mut out);
    }
    out
}

/// The first sentences of a body, at most `max_chars` characters. Headings, code and tables do not count.
pub fn summary(doc: &Doc, max_chars: usize) -> String {
    let mut text = String::new();
    for block in &doc.blocks {
        if text.chars().count() > max_chars {
            break;
        }
        push_prose(block, &mut text);
    }
    shorten(&text, max_chars)
}

/// At most `max_chars` characters of `text`, ending with a sentence where one ends, else at a pause with `…`.
pub fn shorten(text: &str, max_chars: usize) -> String {
    let text = text.trim();
    let Some((limit, _)) = text.char_indices().nth(max_chars) else { return text.to_owned() };
    let head = &text[..limit];
    if let Some(end) = last_end(head, &text[limit..], is_sentence_end) {
        return head[..end].trim_end().to_owned();
    }
    let Some((limit, _)) = head.char_indices().nth(max_chars.saturating_sub(1)) else { return String::new() };
    let head = &head[..limit];
    let pause = last_end(head, "", |c| matches!(c, '，' | '；' | '、' | '：' | ',' | ';' | ' '))
        .filter(|&end| end * 2 > head.len());
    let cut = head[..pause.unwrap_or(head.len())].trim_end_matches(['，', '；', '、', '：', ',', ';', ' ']);
    format!("{cut}…")
}

fn is_sentence_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '…')
}

/// Where the last sentence that is whole within `head` ends; closing quotes and brackets go with it.
fn last_end(head: &str, rest: &str, ends: impl Fn(char) -> bool) -> Option<usize> {
    let closes = |c: char| matches!(c, '”' | '’' | '」' | '』' | '）' | '》' | '"' | '\'' | ')');
    let mut found = None;
    let mut chars = head.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !ends(c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((_, next)) = chars.next_if(|&(_, n)| closes(n) || ends(n)) {
            end += next.len_utf8();
        }
        // A quote that closes right behind the limit would be torn off.
        if end < head.len() || !rest.starts_with(closes) {
            found = Some(end);
        }
    }
    found
}

fn push_prose(block: &Block, out: &mut String) {
    match &block.kind {
        BlockKind::Paragraph(content) => push_line(content, out),
        BlockKind::Quote(blocks) | BlockKind::Callout { blocks, .. } => {
            blocks.iter().for_each(|b| push_prose(b, out));
        }
        BlockKind::List { items, .. } => {
            items.iter().flat_map(|i| &i.blocks).for_each(|b| push_prose(b, out));
        }
        BlockKind::Verse(_) => push_block(block, out),
        _ => {}
    }
}

fn push_blocks(blocks: &[Block], out: &mut String) {
    for block in blocks {
        push_block(block, out);
    }
}

fn push_block(block: &Block, out: &mut String) {
    match &block.kind {
        BlockKind::Paragraph(content)
        | BlockKind::Signature(content)
        | BlockKind::Heading { content, .. } => push_line(content, out),
        BlockKind::Quote(blocks) | BlockKind::Callout { blocks, .. } => push_blocks(blocks, out),
        BlockKind::List { items, .. } => items.iter().for_each(|i| push_blocks(&i.blocks, out)),
        BlockKind::Definitions(all) => {
            for one in all {
                push_line(&one.term, out);
                one.definitions.iter().for_each(|d| push_blocks(d, out));
            }
        }
        BlockKind::Code { text, .. } => push_str(text, out),
        BlockKind::Table { head, rows, .. } => {
            for row in std::iter::once(head).chain(rows) {
                let mut line = String::new();
                for cell in row {
                    if !line.is_empty() {
                        line.push(' ');
                    }
                    push_plain(&cell.content, &mut line);
                }
                push_str(&line, out);
            }
        }
        BlockKind::Verse(verse) => {
            for stanza in &verse.stanzas {
                if let Some(title) = &stanza.title {
                    push_str(&title.value, out);
                }
                for line in &stanza.lines {
                    let mut text = String::new();
                    for part in &line.parts {
                        match part {
                            VersePart::Text(part) => text.push_str(part),
                            VersePart::Reading { character, .. } => text.push(*character),
                            VersePart::Aside(aside) => {
                                text.push('（');
                                text.push_str(aside);
                                text.push('）');
                            }
                        }
                    }
                    push_str(&text, out);
                }
            }
        }
        BlockKind::Contact(c) => {
            let areas = c.areas.join("、");
            let fields = [Some(&c.name), c.duty.as_ref(), c.phone.as_ref(), c.hours.as_ref(), Some(&areas)];
            fields.into_iter().flatten().for_each(|field| push_str(field, out));
        }
        BlockKind::Qr { caption, .. } => push_str(caption, out),
        BlockKind::Html(_) | BlockKind::Rule | BlockKind::DataTable(_) | BlockKind::DataChart(_) => {}
    }
}

fn push_line(content: &[Inline], out: &mut String) {
    let start = out.len();
    if start > 0 {
        out.push('\n');
    }
    let text = out.len();
    push_plain(content, out);
    if out[text..].trim().is_empty() {
        out.truncate(start);
    }
}

fn push_str(text: &str, out: &mut String) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(text);
}

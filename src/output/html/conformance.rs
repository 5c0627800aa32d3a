//! The HTML that `CommonMark`'s own examples show, byte by byte: no ids, no wrappers, raw HTML as it is.
//!
//! Refuses: to be published; nothing here is sanitised. Serves the conformance tests.

use super::escape::{escape, push_href};
use crate::source::doc::{Block, BlockKind, Doc, Inline, InlineKind};
use std::fmt::Write as _;

/// The body as `CommonMark`'s reference implementation writes it.
pub fn render(doc: &Doc) -> String {
    let mut out = String::new();
    blocks(&doc.blocks, false, &mut out);
    out
}

/// Begins a new line unless one has begun.
fn line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

fn text(text: &str, out: &mut String) {
    escape(text, true, out);
}

fn blocks(all: &[Block], tight: bool, out: &mut String) {
    for one in all {
        block(one, tight, out);
    }
}

fn block(block: &Block, tight: bool, out: &mut String) {
    match &block.kind {
        BlockKind::Paragraph(content) if tight => inlines(content, out),
        BlockKind::Paragraph(content) | BlockKind::Signature(content) => {
            line(out);
            out.push_str("<p>");
            inlines(content, out);
            out.push_str("</p>\n");
        }
        BlockKind::Heading { level, content, .. } => {
            line(out);
            let _ = write!(out, "<h{level}>");
            inlines(content, out);
            let _ = writeln!(out, "</h{level}>");
        }
        BlockKind::Quote(inside) | BlockKind::Callout { blocks: inside, .. } => {
            line(out);
            out.push_str("<blockquote>\n");
            blocks(inside, false, out);
            line(out);
            out.push_str("</blockquote>\n");
        }
        BlockKind::List { start, tight, items } => {
            line(out);
            match start {
                None => out.push_str("<ul>\n"),
                Some(1) => out.push_str("<ol>\n"),
                Some(n) => {
                    let _ = writeln!(out, "<ol start=\"{n}\">");
                }
            }
            for item in items {
                line(out);
                out.push_str("<li>");
                if !tight && !item.blocks.is_empty() {
                    line(out);
                }
                blocks(&item.blocks, *tight, out);
                out.push_str("</li>\n");
            }
            out.push_str(if start.is_some() { "</ol>\n" } else { "</ul>\n" });
        }
        BlockKind::Code { info, text: code } => {
            line(out);
            let word = info.as_deref().and_then(|i| i.split_whitespace().next());
            match word {
                None => out.push_str("<pre><code>"),
                Some(word) => {
                    out.push_str("<pre><code class=\"language-");
                    text(word, out);
                    out.push_str("\">");
                }
            }
            text(code, out);
            out.push_str("</code></pre>\n");
        }
        BlockKind::Html(html) => {
            line(out);
            out.push_str(html);
            line(out);
        }
        BlockKind::Rule => {
            line(out);
            out.push_str("<hr />\n");
        }
        BlockKind::Definitions(_)
        | BlockKind::Table { .. }
        | BlockKind::Verse(_)
        | BlockKind::Contact(_)
        | BlockKind::Qr { .. }
        | BlockKind::DataTable(_)
        | BlockKind::DataChart(_) => {}
    }
}

fn inlines(all: &[Inline], out: &mut String) {
    for one in all {
        inline(one, out);
    }
}

fn inline(inline: &Inline, out: &mut String) {
    let mut wrap = |name: &str, content: &[Inline]| {
        let _ = write!(out, "<{name}>");
        inlines(content, out);
        let _ = write!(out, "</{name}>");
    };
    match &inline.kind {
        InlineKind::Emphasis(content) => wrap("em", content),
        InlineKind::Strong(content) => wrap("strong", content),
        InlineKind::Strikethrough(content) => wrap("del", content),
        InlineKind::Text(t) => text(t, out),
        InlineKind::Code(code) => {
            out.push_str("<code>");
            text(code, out);
            out.push_str("</code>");
        }
        InlineKind::Link { target, title, content, .. } => {
            out.push_str("<a href=\"");
            push_href(&target.value, out);
            push_title(title, out);
            out.push_str("\">");
            inlines(content, out);
            out.push_str("</a>");
        }
        InlineKind::Image { target, title, alt } => {
            out.push_str("<img src=\"");
            push_href(&target.value, out);
            out.push_str("\" alt=\"");
            text(alt, out);
            push_title(title, out);
            out.push_str("\" />");
        }
        InlineKind::Html(html) => out.push_str(html),
        InlineKind::SoftBreak => out.push('\n'),
        InlineKind::HardBreak => out.push_str("<br />\n"),
        InlineKind::FootnoteRef { .. } => {}
    }
}

fn push_title(title: &str, out: &mut String) {
    if !title.is_empty() {
        out.push_str("\" title=\"");
        text(title, out);
    }
}

//! Properties of any text whatever.

use super::*;
use crate::source::doc::{Block, BlockKind, Inline, InlineKind};
use proptest::prelude::*;

/// Checks that spans are in bounds, on boundaries and nested; returns how deep the tree is.
struct Walk<'a> {
    text: &'a str,
}

impl Walk<'_> {
    fn span(&self, span: Span, parent: &Range<usize>) -> Range<usize> {
        let range = span.range();
        assert!(range.start <= range.end, "{range:?} {:?}", self.text);
        assert!(self.text.get(range.clone()).is_some(), "{range:?} off a boundary in {:?}", self.text);
        assert!(
            parent.start <= range.start && range.end <= parent.end,
            "{range:?} not in {parent:?} in {:?}",
            self.text
        );
        range
    }

    fn blocks(&self, blocks: &[Block], parent: &Range<usize>) {
        let mut last = parent.start;
        for block in blocks {
            let range = self.span(block.span, parent);
            assert!(last <= range.start, "blocks overlap at {range:?} in {:?}", self.text);
            last = range.end;
            match &block.kind {
                BlockKind::Paragraph(c) | BlockKind::Heading { content: c, .. } => self.inlines(c, &range),
                BlockKind::Quote(b) | BlockKind::Callout { blocks: b, .. } => self.blocks(b, &range),
                BlockKind::List { items, .. } => {
                    for item in items {
                        let range = self.span(item.span, &range);
                        self.blocks(&item.blocks, &range);
                    }
                }
                BlockKind::Definitions(all) => {
                    for one in all {
                        self.inlines(&one.term, &range);
                        one.definitions.iter().for_each(|d| self.blocks(d, &range));
                    }
                }
                BlockKind::Table { align, head, rows } => {
                    for row in std::iter::once(head).chain(rows) {
                        assert_eq!(row.len(), align.len(), "{:?}", self.text);
                        for cell in row {
                            let range = self.span(cell.span, &range);
                            self.inlines(&cell.content, &range);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn inlines(&self, inlines: &[Inline], parent: &Range<usize>) {
        let mut last = parent.start;
        for inline in inlines {
            let range = self.span(inline.span, parent);
            assert!(last <= range.start, "inlines overlap at {range:?} in {:?}", self.text);
            last = range.end;
            match &inline.kind {
                InlineKind::Text(text) => {
                    let slice = &self.text[range];
                    assert!(
                        slice == text || slice.contains('&'),
                        "{slice:?} for {text:?} in {:?}",
                        self.text
                    );
                }
                InlineKind::Emphasis(c) | InlineKind::Strong(c) | InlineKind::Strikethrough(c) => {
                    self.inlines(c, &range);
                }
                InlineKind::Link { target, content, .. } => {
                    self.span(target.span, &range);
                    self.inlines(content, &range);
                }
                InlineKind::Image { target, .. } => {
                    self.span(target.span, &range);
                }
                _ => {}
            }
        }
    }
}

fn check(text: &str) {
    for options in [MarkdownOptions::default(), MarkdownOptions::plain()] {
        let mut sink = Sink::new();
        let doc = parse(FileId(0), text, 0..text.len(), &options, &mut sink);
        let walk = Walk { text };
        walk.blocks(&doc.blocks, &(0..text.len()));
        for footnote in &doc.footnotes {
            let range = walk.span(footnote.span, &(0..text.len()));
            walk.blocks(&footnote.blocks, &range);
        }
        let html = crate::output::html::render(&doc, &crate::output::html::tests::Plain);
        assert!(!html.contains("<script"), "{text:?}");
        crate::source::plain::summary(&doc, 20);
        for finding in sink.found() {
            walk.span(finding.primary.expect("findings of a body have a place"), &(0..text.len()));
        }
    }
}

/// Texts made of what Markdown is made of.
fn markdown() -> impl Strategy<Value = String> {
    const FIXED: &[&str] = &[
        "\n",
        "\n\n",
        "\r\n",
        "https://a.cn/x_y",
        "www.a.cn",
        "```verse\n",
        "```contact\n",
        "```qr\n",
        "```\n",
        "```table x\n",
        "- [ ] ",
        "- ",
        "1. ",
        "1、",
        "[^1]",
        "[^1]: ",
        "> [!记住]",
        "> ",
        ": ",
        "|-|-|\n",
        "| a | b |\n",
        "行{háng}",
        "（白）",
        "    ",
        "<b>",
        "</b>",
        "<script>",
        "<div title=\"",
        "<!--",
        "[a](b)",
        "![a](b \"c\")",
        "&amp;",
        "&nbsp;",
        "\\*",
        "[a]: b\n",
        "name: x\n",
        "{#id}",
        "\u{E0100}",
        "\u{FE00}",
        "𠮷",
        "\0",
        "#标题",
        "** 注意 **",
        "【字】(a.md)",
        "[字]（a.md）",
        "<style>",
        "<p style=x>",
        "===\n",
    ];
    let piece = prop_oneof![
        proptest::sample::select(FIXED).prop_map(str::to_owned),
        "[ \t]{1,5}",
        "[*_~]{1,4}",
        "[#>|`-]{1,4}",
        "[\\[\\]()!<>^:{}\\\\&;'\"=]",
        "[a-z0-9]{1,3}",
        "[中文字，。：“”（）【】！한あ]{1,3}",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn any_text_parses_with_exact_spans(text in "\\PC*") {
        check(&text);
    }

    #[test]
    fn any_markdown_parses_with_exact_spans(text in markdown()) {
        check(&text);
    }

    #[test]
    fn a_body_behind_front_matter_has_spans_in_the_whole_text(text in markdown()) {
        let whole = format!("---\ntitle: 标题\n---\n{text}");
        let start = whole.len() - text.len();
        let mut sink = Sink::new();
        let doc = parse(FileId(0), &whole, start..whole.len(), &MarkdownOptions::default(), &mut sink);
        Walk { text: &whole }.blocks(&doc.blocks, &(start..whole.len()));
    }
}

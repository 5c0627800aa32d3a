//! Blocks of a page.

use super::{Writer, footnote_id, reference_id};
use crate::source::doc::{
    Align, Block, BlockKind, CalloutTone, Cell, Definition, Inline, InlineKind, ListItem, picture_row,
    push_plain,
};
use std::fmt::Write as _;

impl Writer<'_> {
    pub(super) fn document(&mut self) {
        let doc = self.doc;
        self.blocks(&doc.blocks, false);
        if doc.footnotes.is_empty() {
            return;
        }
        let label = self.labels.footnotes;
        let _ = writeln!(
            self.out,
            "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{label}\">\n<ol>"
        );
        for (index, footnote) in doc.footnotes.iter().enumerate() {
            let _ = write!(self.out, "<li id=\"{}\">", footnote_id(index));
            // The way back stands at the end of the last paragraph.
            let (last, before) = match footnote.blocks.split_last() {
                Some((Block { kind: BlockKind::Paragraph(content), .. }, before)) => {
                    (content.as_slice(), before)
                }
                _ => ([].as_slice(), footnote.blocks.as_slice()),
            };
            self.blocks(before, false);
            self.out.push_str("<p>");
            self.inlines(last);
            for nth in 1..=footnote.references {
                let (target, back, number) = (reference_id(index, nth), self.labels.back, index + 1);
                let _ = write!(
                    self.out,
                    " <a href=\"#{target}\" class=\"footnote-back\" role=\"doc-backlink\" \
                     aria-label=\"{back} {number}\">↩</a>"
                );
            }
            self.out.push_str("</p></li>\n");
        }
        self.out.push_str("</ol>\n</section>\n");
    }

    pub(super) fn blocks(&mut self, all: &[Block], tight: bool) {
        for one in all {
            self.block(one, tight);
        }
    }

    fn block(&mut self, block: &Block, tight: bool) {
        match &block.kind {
            BlockKind::Paragraph(content) if tight => {
                self.inlines(content);
                self.out.push('\n');
            }
            BlockKind::Paragraph(content) => self.paragraph(content),
            BlockKind::Signature(content) => {
                self.out.push_str("<p class=\"signature\">");
                self.inlines(content);
                self.out.push_str("</p>\n");
            }
            BlockKind::Heading { level, id, content } => {
                let level = (level + self.shift).min(6);
                let _ = write!(self.out, "<h{level}");
                self.attribute("id", id);
                self.out.push('>');
                self.inlines(content);
                let _ = writeln!(self.out, "</h{level}>");
            }
            BlockKind::Quote(blocks) => {
                self.out.push_str("<blockquote>\n");
                self.blocks(blocks, false);
                self.out.push_str("</blockquote>\n");
            }
            BlockKind::Callout { tone, blocks } => self.callout(*tone, blocks),
            BlockKind::List { start, tight, items } => self.list(*start, *tight, items),
            BlockKind::Definitions(all) => self.definitions(all),
            BlockKind::Code { info, text } => {
                self.out.push_str("<pre tabindex=\"0\"><code");
                if let Some(word) = info.as_deref().and_then(|i| i.split_whitespace().next()) {
                    self.attribute("class", &format!("language-{word}"));
                }
                self.out.push('>');
                self.text(text);
                self.out.push_str("</code></pre>\n");
            }
            BlockKind::Table { align, head, rows } => self.table(align, head, rows),
            BlockKind::Html(html) => {
                self.raw(html);
                self.out.push('\n');
            }
            BlockKind::Rule => self.out.push_str("<hr>\n"),
            BlockKind::Verse(verse) => self.verse(verse),
            BlockKind::Contact(contact) => self.contact(contact),
            BlockKind::Qr { address, caption } => self.qr(&address.value, caption),
            BlockKind::DataTable(name) => {
                let markup = self.context.data_table(&name.value);
                self.own(markup.unwrap_or_default());
            }
            BlockKind::DataChart(name) => {
                let markup = self.context.data_chart(&name.value);
                self.own(markup.unwrap_or_default());
            }
        }
    }

    fn paragraph(&mut self, content: &[Inline]) {
        // A picture alone is a figure; its title is the caption that all can see.
        if let [Inline { kind: InlineKind::Image { target, title, alt }, .. }] = content
            && let Some(picture) = self.context.picture(&target.value)
        {
            self.out.push_str("<figure>");
            let markup = self.picture(&picture, "", alt);
            self.own(markup);
            if !title.is_empty() {
                self.out.push_str("<figcaption>");
                self.text(title);
                self.out.push_str("</figcaption>");
            }
            self.out.push_str("</figure>\n");
            return;
        }
        if let Some((pictures, caption)) = picture_row(content)
            && pictures.iter().all(|one| self.is_shown(one))
        {
            self.out.push_str("<figure class=\"row\">");
            for one in pictures {
                self.inlines(std::slice::from_ref(one));
            }
            if !caption.is_empty() {
                self.out.push_str("<figcaption>");
                self.inlines(caption);
                self.out.push_str("</figcaption>");
            }
            self.out.push_str("</figure>\n");
            return;
        }
        self.out.push_str("<p>");
        self.inlines(content);
        self.out.push_str("</p>\n");
    }

    fn is_shown(&self, one: &Inline) -> bool {
        matches!(&one.kind, InlineKind::Image { target, .. } if self.context.picture(&target.value).is_some())
    }

    fn callout(&mut self, tone: CalloutTone, blocks: &[Block]) {
        let (class, label) = match tone {
            CalloutTone::Remember => ("remember", self.labels.remember),
            CalloutTone::Beware => ("beware", self.labels.beware),
            CalloutTone::Law => ("law", self.labels.law),
            CalloutTone::Hotline => ("hotline", self.labels.hotline),
            CalloutTone::Hint => ("hint", self.labels.hint),
        };
        // `note` rather than the landmark that `aside` is: a page with ten callouts has no ten landmarks.
        let _ = writeln!(
            self.out,
            "<aside class=\"callout {class}\" role=\"note\">\n<p class=\"callout-label\">{label}</p>"
        );
        self.blocks(blocks, false);
        self.out.push_str("</aside>\n");
    }

    fn list(&mut self, start: Option<u64>, tight: bool, items: &[ListItem]) {
        let tasks = items.iter().any(|i| i.checked.is_some());
        self.out.push_str(if start.is_some() { "<ol" } else { "<ul" });
        if tasks {
            self.out.push_str(" class=\"tasks\"");
        }
        if let Some(start) = start.filter(|&n| n != 1) {
            let _ = write!(self.out, " start=\"{start}\"");
        }
        self.out.push_str(">\n");
        for item in items {
            self.out.push_str("<li>");
            if let Some(done) = item.checked {
                let markup = self.check_box(done, item);
                self.own(markup);
                self.out.push(' ');
            }
            self.blocks(&item.blocks, tight);
            if self.out.ends_with('\n') && tight {
                self.out.pop();
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str(if start.is_some() { "</ol>\n" } else { "</ul>\n" });
    }

    fn check_box(&self, done: bool, item: &ListItem) -> String {
        let mut label = String::from(if done { self.labels.done } else { self.labels.to_do });
        if let Some(Block { kind: BlockKind::Paragraph(content), .. }) = item.blocks.first() {
            label.push_str(self.labels.colon);
            push_plain(content, &mut label);
        }
        let mut out = String::from("<input type=\"checkbox\" disabled");
        if done {
            out.push_str(" checked");
        }
        super::push_attribute("aria-label", &label, &mut out);
        out.push('>');
        out
    }

    fn definitions(&mut self, all: &[Definition]) {
        self.out.push_str("<dl>\n");
        for one in all {
            self.out.push_str("<dt>");
            self.inlines(&one.term);
            self.out.push_str("</dt>\n");
            for definition in &one.definitions {
                self.out.push_str("<dd>");
                let tight = matches!(definition.as_slice(), [Block { kind: BlockKind::Paragraph(_), .. }]);
                self.blocks(definition, tight);
                self.out.push_str("</dd>\n");
            }
        }
        self.out.push_str("</dl>\n");
    }

    fn table(&mut self, align: &[Align], head: &[Cell], rows: &[Vec<Cell>]) {
        self.tables += 1;
        let mut label = self.labels.table.to_owned();
        if self.many_tables {
            let _ = write!(label, " {}", self.tables);
        }
        // Beyond three columns of four characters each a phone shows a part at a time.
        let wide = if head.len() > 3 { " wide" } else { "" };
        let _ = write!(self.out, "<div class=\"table{wide}\" tabindex=\"0\" role=\"region\"");
        self.attribute("aria-label", &label);
        self.out.push_str(">\n<table>\n<thead>\n<tr>");
        for (cell, align) in head.iter().zip(align) {
            // A heading that says nothing heads nothing.
            if cell.content.is_empty() {
                self.cell("td", "", *align, cell);
            } else {
                self.cell("th", " scope=\"col\"", *align, cell);
            }
        }
        self.out.push_str("</tr>\n</thead>\n");
        if !rows.is_empty() {
            self.out.push_str("<tbody>\n");
            for row in rows {
                self.out.push_str("<tr>");
                for (cell, align) in row.iter().zip(align) {
                    self.cell("td", "", *align, cell);
                }
                self.out.push_str("</tr>\n");
            }
            self.out.push_str("</tbody>\n");
        }
        self.out.push_str("</table>\n</div>\n");
    }

    fn cell(&mut self, name: &str, extra: &str, align: Align, cell: &Cell) {
        let class = match align {
            Align::None => "",
            Align::Left => " class=\"left\"",
            Align::Center => " class=\"center\"",
            Align::Right => " class=\"right\"",
        };
        let _ = write!(self.out, "<{name}{extra}{class}>");
        self.inlines(&cell.content);
        let _ = write!(self.out, "</{name}>");
    }
}

//! Inlines of a page.

use super::{LinkHtml, PictureHtml, Writer, escape, reference_id};
use crate::source::address::{self, Address};
use crate::source::doc::{Inline, InlineKind};
use crate::source::raw_html;
use std::fmt::Write as _;

impl Writer<'_> {
    pub(super) fn inlines(&mut self, all: &[Inline]) {
        for one in all {
            self.inline(one);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Text(text) => self.text(text),
            InlineKind::Code(code) => {
                self.out.push_str("<code>");
                self.text(code);
                self.out.push_str("</code>");
            }
            InlineKind::Emphasis(content) => self.wrapped("em", content),
            InlineKind::Strong(content) => self.wrapped("strong", content),
            InlineKind::Strikethrough(content) => self.wrapped("del", content),
            InlineKind::Link { target, title, content, .. } => self.link(&target.value, title, content),
            InlineKind::Image { target, title, alt } => match self.context.picture(&target.value) {
                Some(picture) => {
                    let markup = self.picture(&picture, title, alt);
                    self.own(markup);
                }
                None => self.text(alt),
            },
            InlineKind::Html(html) => self.raw(html),
            InlineKind::SoftBreak => self.out.push('\n'),
            InlineKind::HardBreak => self.out.push_str("<br>\n"),
            InlineKind::FootnoteRef { index, nth } => {
                let number = index + 1;
                let id = reference_id(*index, *nth);
                let label = self.labels.footnote;
                let _ = write!(
                    self.out,
                    "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"{id}\" role=\"doc-noteref\" \
                     aria-label=\"{label} {number}\">{number}</a></sup>"
                );
            }
        }
    }

    pub(super) fn raw(&mut self, html: &str) {
        let context = self.context;
        let address = |target: &str| context.link(target).map(|link| link.address);
        raw_html::filtered(html, &mut self.raw, &address, &mut self.out);
    }

    fn wrapped(&mut self, name: &str, content: &[Inline]) {
        let _ = write!(self.out, "<{name}>");
        self.inlines(content);
        let _ = write!(self.out, "</{name}>");
    }

    fn link(&mut self, target: &str, title: &str, content: &[Inline]) {
        // The context may know where a target leads, but not make an unsafe one safe.
        let link = Some(target)
            .filter(|t| address::kind(t) != Address::Unsafe)
            .and_then(|t| self.context.link(t))
            .filter(|link| address::kind(&link.address) != Address::Unsafe);
        let Some(LinkHtml { address, opens }) = link else { return self.inlines(content) };
        self.open_link(&address, title);
        self.inlines(content);
        self.out.push_str("</a>");
        // A reader on a phone wants to know what a tap fetches, and how much of it.
        if let Some((kind, length)) = opens {
            let [open, comma, close] = self.labels.aside;
            let size = super::size(length);
            self.text(&format!("{open}{kind}{comma}{size}{close}"));
        }
    }

    pub(super) fn open_link(&mut self, address: &str, title: &str) {
        self.out.push_str("<a href=\"");
        escape::push_href(address, &mut self.out);
        self.out.push('"');
        if !title.is_empty() {
            self.attribute("title", title);
        }
        if address::kind(address) == Address::Web {
            self.out.push_str(" rel=\"noopener\"");
        }
        self.out.push('>');
    }

    pub(super) fn picture(&self, picture: &PictureHtml, title: &str, alt: &str) -> String {
        let mut out = String::from("<img src=\"");
        escape::push_href(&picture.src, &mut out);
        out.push('"');
        if !picture.srcset.is_empty() {
            out.push_str(" srcset=\"");
            for (i, (address, width)) in picture.srcset.iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                // A comma would end the candidate.
                let mut href = String::new();
                escape::push_href(address, &mut href);
                out.push_str(&href.replace(',', "%2C"));
                let _ = write!(out, " {width}w");
            }
            out.push('"');
            escape::push_attribute("sizes", self.context.sizes(), &mut out);
        }
        let _ = write!(out, " width=\"{}\" height=\"{}\"", picture.width, picture.height);
        escape::push_attribute("alt", alt, &mut out);
        if !title.is_empty() {
            escape::push_attribute("title", title, &mut out);
        }
        out.push_str(" loading=\"lazy\" decoding=\"async\">");
        out
    }
}

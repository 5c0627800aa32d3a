//! Verse, contact cards and QR codes of a page.

use super::{Writer, push_attribute};
use crate::print::qr::Qr;
use crate::source::address::{self, Address};
use crate::source::doc::{Contact, Verse, VerseLine, VersePart};
use crate::text::verse::MOST_LINES;
use std::fmt::Write as _;

impl Writer<'_> {
    pub(super) fn verse(&mut self, verse: &Verse) {
        self.out.push_str("<div class=\"verse\">\n");
        for stanza in &verse.stanzas {
            if let Some(title) = &stanza.title {
                self.out.push_str("<p class=\"stanza-title\">");
                self.text(&title.value);
                self.out.push_str("</p>\n");
            }
            if stanza.lines.is_empty() {
                continue;
            }
            self.out.push_str("<p class=\"stanza\">");
            for (i, line) in stanza.lines.iter().enumerate() {
                if i > 0 {
                    self.out.push_str("<br>\n");
                }
                self.verse_line(line);
            }
            self.out.push_str("</p>\n");
        }
        self.out.push_str("</div>\n");
        let lines: usize = verse.stanzas.iter().map(|stanza| stanza.lines.len()).sum();
        if let Some(own) = self.context.readings().filter(|_| lines <= MOST_LINES) {
            self.own(super::ruby::spelled(verse, own, self.labels.pinyin));
        }
    }

    fn verse_line(&mut self, line: &VerseLine) {
        self.out.push_str("<span class=\"line\">");
        for part in &line.parts {
            match part {
                VersePart::Text(text) => self.text(text),
                VersePart::Reading { character, reading } => {
                    self.out.push_str("<ruby>");
                    self.text(character.encode_utf8(&mut [0; 4]));
                    self.out.push_str("<rp>（</rp><rt>");
                    self.text(reading);
                    self.out.push_str("</rt><rp>）</rp></ruby>");
                }
                VersePart::Aside(aside) => {
                    self.out.push_str("<span class=\"aside\">（");
                    self.text(aside);
                    self.out.push_str("）</span>");
                }
            }
        }
        self.out.push_str("</span>");
    }

    pub(super) fn contact(&mut self, contact: &Contact) {
        self.out.push_str("<div class=\"contact\">\n<p class=\"contact-name\">");
        self.text(&contact.name);
        self.out.push_str("</p>\n");
        let areas: Vec<String> = contact
            .areas
            .iter()
            .map(|word| self.context.village(word).unwrap_or_else(|| word.clone()))
            .collect();
        let areas = areas.join("、");
        let labels = self.labels;
        let fields = [
            (labels.duty, contact.duty.as_deref()),
            (labels.phone, contact.phone.as_deref()),
            (labels.hours, contact.hours.as_deref()),
            (labels.areas, Some(areas.as_str()).filter(|a| !a.is_empty())),
        ];
        if fields.iter().any(|(_, value)| value.is_some()) {
            self.out.push_str("<dl>\n");
            for (label, value) in fields {
                let Some(value) = value else { continue };
                let _ = write!(self.out, "<dt>{label}</dt><dd>");
                if label == labels.phone {
                    self.phones(value);
                } else {
                    self.text(value);
                }
                self.out.push_str("</dd>\n");
            }
            self.out.push_str("</dl>\n");
        }
        self.out.push_str("</div>\n");
    }

    /// Every number in the text as a link that dials it.
    fn phones(&mut self, text: &str) {
        let mut rest = text;
        while let Some(start) = rest.find(|c: char| c.is_ascii_digit() || c == '+') {
            self.text(&rest[..start]);
            let number = &rest[start..];
            let len = number
                .find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '+' | ' ' | '–')))
                .unwrap_or(number.len());
            let shown = number[..len].trim_end_matches(['-', '+', ' ', '–']);
            let dialled: String = shown.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            if dialled.len() >= 3 {
                let _ = write!(self.out, "<a href=\"tel:{dialled}\">");
                self.text(shown);
                self.out.push_str("</a>");
                rest = &number[shown.len()..];
            } else {
                self.text(&number[..len]);
                rest = &number[len..];
            }
        }
        self.text(rest);
    }

    pub(super) fn qr(&mut self, target: &str, caption: &str) {
        let shown = if caption.is_empty() { target } else { caption };
        let label = format!("{}{}{shown}", self.labels.qr, self.labels.colon);
        self.out.push_str("<figure class=\"qr\">");
        if let Some(drawing) = drawing(target, &label) {
            self.own(drawing);
        }
        self.out.push_str("<figcaption>");
        if !caption.is_empty() {
            self.text(caption);
            self.out.push_str("<br>\n");
        }
        let address = self.context.link(target).filter(|a| address::kind(a) != Address::Unsafe);
        if let Some(address) = &address {
            self.open_link(address, "");
        }
        self.text(target);
        if address.is_some() {
            self.out.push_str("</a>");
        }
        self.out.push_str("</figcaption></figure>\n");
    }
}

/// The code as SVG, with the four modules of quiet around it that ISO/IEC 18004 asks for.
fn drawing(target: &str, label: &str) -> Option<String> {
    const QUIET: usize = 4;
    let code = Qr::new(target)?;
    let side = code.size + 2 * QUIET;
    let mut out = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"");
    push_attribute("aria-label", label, &mut out);
    let _ = write!(
        out,
        " viewBox=\"0 0 {side} {side}\" width=\"{}\" height=\"{}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"",
        side * 5,
        side * 5
    );
    for y in 0..code.size {
        for (x, run) in code.runs(y) {
            let _ = write!(out, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
        }
    }
    out.push_str("\"/></svg>");
    Some(out)
}

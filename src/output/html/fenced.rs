//! Verse, contact cards and QR codes of a page.

use super::{Writer, push_attribute, push_text};
use crate::print::qr::Qr;
use crate::source::address::{self, Address};
use crate::source::doc::{Contact, Verse, VerseLine, VersePart};
use crate::text::verse::{MOST_LINES, role, role_name};
use std::fmt::Write as _;

impl Writer<'_> {
    pub(super) fn verse(&mut self, verse: &Verse) {
        stanzas(verse, &mut self.out, push_line);
        if let Some(own) = self.context.readings().filter(|_| verse.length() <= MOST_LINES) {
            self.own(super::ruby::spelled(verse, own, self.labels.pinyin));
        }
    }

    pub(super) fn contact(&mut self, contact: &Contact) {
        self.out.push_str("<div class=\"contact\">\n<p class=\"contact-name\">");
        self.text(&contact.name);
        self.out.push_str("</p>\n");
        let areas: Vec<&str> = contact.areas.iter().map(|word| self.context.village(word)).collect();
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
        let address = self.context.link(target).map(|link| link.address);
        let address = address.filter(|a| address::kind(a) != Address::Unsafe);
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

/// A verse stanza by stanza; `line` writes what a line says.
pub(super) fn stanzas(verse: &Verse, out: &mut String, line: impl Fn(&VerseLine, &mut String)) {
    out.push_str("<div class=\"verse\">\n");
    for stanza in &verse.stanzas {
        if let Some(title) = &stanza.title {
            out.push_str("<p class=\"stanza-title\">");
            push_text(&title.value, out);
            out.push_str("</p>\n");
        }
        if stanza.lines.is_empty() {
            continue;
        }
        out.push_str("<p class=\"stanza\">");
        for (i, one) in stanza.lines.iter().enumerate() {
            if i > 0 {
                out.push_str("<br>\n");
            }
            out.push_str("<span class=\"line\">");
            line(one, out);
            out.push_str("</span>");
        }
        out.push_str("</p>\n");
    }
    out.push_str("</div>\n");
}

/// The name of a role before a line, 甲：, as it is not spoken.
pub(super) fn push_role(role: &str, out: &mut String) {
    out.push_str("<span class=\"role\">");
    push_text(role, out);
    out.push_str("：</span>");
}

/// An aside, `（白）`.
pub(super) fn push_aside(aside: &str, out: &mut String) {
    out.push_str("<span class=\"aside\">（");
    push_text(aside, out);
    out.push_str("）</span>");
}

fn push_line(line: &VerseLine, out: &mut String) {
    for (at, part) in line.parts.iter().enumerate() {
        match part {
            VersePart::Text(text) => {
                let role = if at == 0 { role(text) } else { 0 };
                let (name, said) = text.split_at(role);
                if role > 0 {
                    push_role(role_name(name), out);
                }
                push_text(said, out);
            }
            VersePart::Reading { character, reading } => {
                out.push_str("<ruby>");
                push_text(character.encode_utf8(&mut [0; 4]), out);
                out.push_str("<rp>（</rp><rt>");
                push_text(reading, out);
                out.push_str("</rt><rp>）</rp></ruby>");
            }
            VersePart::Aside(aside) => push_aside(aside, out),
        }
    }
}

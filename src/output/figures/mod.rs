//! Tables and charts of datasets as the HTML of a page.
//!
//! Refuses: raw counts; a figure is made of what `Reader` gives of protected data.
//! Invariant: what a drawing shows stands beside it as a sentence and as a table, and the mark is explained once below.

mod table;

use super::Reader;
use super::addressing::Addressing;
use super::html::{push_attribute, push_text};
use super::interface::Interface;
use super::open_data;
use crate::figures::chart::{self, Medium, Room};
use crate::figures::report::{self, Report};
use crate::figures::sentence;
use crate::figures::shown::{self, Shown};
use crate::figures::words::{Language, Words};
use crate::model::own::Reported;
use crate::statistics::safe::{SafeDataset, SafeTable};
use std::fmt::Write as _;

/// Makes the figures of one page.
pub struct Figures<'s, 'm> {
    site: &'s Reader<'m>,
    interface: Interface<'m>,
    language: Language,
    addressing: Addressing,
}

impl<'s, 'm> Figures<'s, 'm> {
    /// For a page or a feed.
    pub fn new(site: &'s Reader<'m>, addressing: Addressing) -> Self {
        let language = Language::named(&site.config().language);
        Self { site, interface: Interface::of(site), language, addressing }
    }

    fn words<'d>(&self, dataset: &'d SafeDataset) -> Words<'d> {
        Words::of(dataset, self.language)
    }

    /// A table that a block names; `nth` sets it apart on its page.
    pub fn table(&self, name: &str, nth: usize) -> Option<String> {
        let (dataset, table) = self.site.safe_table(name)?;
        let id = format!("yb-{nth}");
        let mut out = format!("<div class=\"{}\">\n", classes(table));
        self.data(dataset, table, &id, true, &mut out);
        Self::meaning(dataset, table, &id, &mut out);
        self.note(dataset, Some(table), &mut out);
        out.push_str("</div>\n");
        Some(out)
    }

    /// A chart that a block names.
    pub fn chart(&self, name: &str, nth: usize) -> Option<String> {
        let (dataset, chart) = self.site.safe_chart(name)?;
        let id = format!("yb-{nth}");
        let table = chart.table();
        let mut out = String::from("<figure class=\"figure chart\">\n<figcaption");
        push_attribute("id", &format!("{id}-t"), &mut out);
        out.push('>');
        push_text(table.title(), &mut out);
        if let Some(period) = shown::period(dataset, table) {
            out.push_str("<span class=\"what\">");
            push_text(period, &mut out);
            out.push_str("</span>");
        }
        out.push_str("</figcaption>\n");
        // Feeds drop drawings; there the sentence and the table stand alone.
        if self.addressing == Addressing::OnSite {
            for (room, class) in [(Room::Wide, "wide"), (Room::Narrow, "narrow")] {
                let medium = Medium::Page {
                    id: format!("{id}{}", &class[..1]),
                    class,
                    labelled: format!("{id}-t {id}-f"),
                };
                out.push_str(&chart::draw(chart, &medium, room, self.words(dataset)).svg);
            }
        }
        let _ = write!(out, "\n<p class=\"finding\" id=\"{id}-f\">");
        push_text(sentence::of(table, self.words(dataset)).trim_end(), &mut out);
        out.push_str("</p>\n<details><summary>");
        push_text(self.interface.text("data_numbers"), &mut out);
        let _ = writeln!(out, "</summary>\n<div class=\"{}\">", classes(table));
        self.data(dataset, table, &id, false, &mut out);
        Self::meaning(dataset, table, &id, &mut out);
        out.push_str("</div></details>\n");
        self.note(dataset, None, &mut out);
        out.push_str("</figure>\n");
        Some(out)
    }

    /// The table itself in its box. A chart's has its caption above the drawing already.
    fn data(&self, dataset: &SafeDataset, table: &SafeTable, id: &str, caption: bool, out: &mut String) {
        out.push_str("<p class=\"swipe\" aria-hidden=\"true\">");
        push_text(self.interface.text("data_swipe"), out);
        let _ = write!(
            out,
            "</p>\n<div class=\"table\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{}\">\n<table{}>\n",
            if caption { format!("{id}-c") } else { format!("{id}-t") },
            if table.hides() { format!(" aria-describedby=\"{id}-n\"") } else { String::new() },
        );
        let shown = Shown::new(table, dataset.mark());
        let unit = shown.unit().map(|unit| self.language.unit(&unit));
        if caption {
            let _ = write!(out, "<caption id=\"{id}-c\">");
            push_text(table.title(), out);
            let what: Vec<&str> =
                [shown::period(dataset, table), unit.as_deref()].into_iter().flatten().collect();
            if !what.is_empty() {
                out.push_str("<span class=\"what\">");
                push_text(&what.join(self.language.pick("　", ", ")), out);
                out.push_str("</span>");
            }
            out.push_str("</caption>\n");
        } else if let Some(unit) = unit {
            out.push_str("<caption><span class=\"what\">");
            push_text(&unit, out);
            out.push_str("</span></caption>\n");
        }
        let words = table::Words {
            hidden: self.interface.text("data_hidden"),
            subtotal: self.interface.text("data_subtotal"),
            plain: self.addressing == Addressing::Away,
        };
        table::write(dataset, table, &shown, &words, out);
        out.push_str("</table>\n</div>\n");
    }

    /// What the mark means, where it stands in a table.
    fn meaning(dataset: &SafeDataset, table: &SafeTable, id: &str, out: &mut String) {
        if let Some(footnote) = dataset.footnote().filter(|_| table.hides()) {
            let _ = write!(out, "<p class=\"note\" id=\"{id}-n\">");
            push_text(footnote, out);
            out.push_str("</p>\n");
        }
    }

    /// Whose figures they are, and where they can be had.
    fn note(&self, dataset: &SafeDataset, table: Option<&SafeTable>, out: &mut String) {
        out.push_str("<p class=\"note\">");
        push_text(&self.interface.fill("data_source", "source", &dataset.source()), out);
        if let Some(licence) = dataset.licence().filter(|_| table.is_some()) {
            out.push(' ');
            push_text(&self.interface.fill("data_licence", "licence", &licence), out);
        }
        let csv = table.map(|table| ("data_csv", open_data::csv_address(dataset, table), None));
        let json = table.map(|table| ("data_json", open_data::json_address(dataset, table), None));
        let all = ("data_all", open_data::ADDRESS.to_owned(), Some(dataset.name()));
        for (key, address, fragment) in csv.into_iter().chain(json).chain([all]) {
            out.push_str(" <a");
            let address = self.addressing.of_place(self.site, &address, fragment);
            push_attribute("href", &address, out);
            out.push('>');
            push_text(self.interface.text(key), out);
            out.push_str("</a>");
        }
        out.push_str("</p>\n");
    }
}

/// The key figures that a report shows. What cannot be found was reported by its lint, and is left out.
pub fn reports(reported: &[Reported], site: &Reader) -> Vec<Report> {
    let language = Language::named(&site.config().language);
    let one = |one: &Reported| {
        let (_, table) = site.safe_table(&one.table.value)?;
        report::of(table, &one.period.value, language)
    };
    reported.iter().filter_map(one).collect()
}

/// Classes of a table's box: what fits a phone needs no hint, and what has several headings a row none that stay.
fn classes(table: &SafeTable) -> String {
    let mut classes = String::from("data");
    if table.columns().entries.len() < 4 {
        classes.push_str(" few");
    }
    if table.rows().entries.iter().any(|row| row.labels.len() > 1) {
        classes.push_str(" deep");
    }
    classes
}

#[cfg(test)]
mod tests;

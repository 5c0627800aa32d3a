//! The archive: every month that has bulletins, newest first. The months themselves are lists.
//!
//! Refuses: months without bulletins.
//! Invariant: reads how many bulletins a month has, never the bulletins.

use super::card::Link;
use super::frame::{self, Here};
use super::head::Head;
use super::interface::Interface;
use super::{Output, Plan, Rank, Reader, Subject, Target};
use crate::diag::Diagnostic;
use crate::model::Model;
use crate::model::lists::ListKey;
use serde::Serialize;

/// The archive.
pub struct Archive;

const ADDRESS: &str = "/archive/";

#[derive(Serialize)]
struct ArchiveView {
    title: String,
    crumbs: Vec<Link>,
    years: Vec<Year>,
}

#[derive(Serialize)]
struct Year {
    label: String,
    months: Vec<Month>,
}

#[derive(Serialize)]
struct Month {
    label: String,
    href: String,
    count: usize,
}

impl Output for Archive {
    fn name(&self) -> &'static str {
        "archive"
    }

    fn plan(&self, _model: &Model, plan: &mut Plan) {
        plan.add(ADDRESS, Rank::List, Subject::Site);
    }

    fn render(&self, _target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let interface = Interface::of(site);
        let mut months: Vec<(i16, Month)> = site
            .lists()
            .filter_map(|list| match list.key {
                ListKey::Month(year, month) => Some((
                    *year,
                    Month {
                        label: interface.month(*month),
                        href: site.href(list.address),
                        count: list.count,
                    },
                )),
                _ => None,
            })
            .collect();
        months.reverse();
        let mut years: Vec<Year> = Vec::new();
        let mut last = None;
        for (year, month) in months {
            if last != Some(year) {
                years.push(Year { label: interface.fill("year", "n", &year), months: Vec::new() });
                last = Some(year);
            }
            years.last_mut().expect("one was pushed").months.push(month);
        }
        let view = ArchiveView {
            title: interface.text("archive").to_owned(),
            crumbs: vec![Link::new(interface.text("home"), site.href("/"))],
            years,
        };
        let head = Head::new(site, &view.title, ADDRESS).describe(interface.text("archive_about"));
        frame::render(site, "archive.html", Here { address: ADDRESS, section: ADDRESS }, head, &view, "")
    }
}

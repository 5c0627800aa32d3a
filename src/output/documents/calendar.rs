//! Calendars of the courtyard meetings: all of them to subscribe to, and each to put into a telephone.
//!
//! Refuses: meetings without a beginning; a calendar without events, which RFC 5545 (3.4) does not know.
//! Invariant: a meeting has the same identifier in both, so that a calendar which has both shows it once.

use super::{MEETINGS, Times, categories, filled, meeting_address};
use crate::diag::Diagnostic;
use crate::model::Model;
use crate::model::own::Own;
use crate::model::when;
use crate::output::card::marked_title;
use crate::output::feed_documents::calendar::{self, Event, When};
use crate::output::interface::Interface;
use crate::output::trace::Bulletin;
use crate::output::{Output, Plan, Rank, Reader, Subject, Target};
use jiff::tz::TimeZone;

/// The calendars.
pub struct Calendar;

impl Output for Calendar {
    fn name(&self) -> &'static str {
        "calendar"
    }

    fn plan(&self, model: &Model, plan: &mut Plan) {
        let mut any = false;
        for (ix, entry) in model.entries() {
            if let Some(address) = meeting_address(Bulletin::planned(ix, entry)) {
                any = true;
                plan.add(&address, Rank::Page, Subject::Entry(ix));
            }
        }
        if any {
            plan.add(MEETINGS, Rank::List, Subject::Site);
        }
    }

    fn render(&self, target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let config = site.config();
        let document = if let Subject::Entry(ix) = target.subject {
            calendar::Calendar {
                name: site.entry(ix).title().to_owned(),
                description: None,
                events: event(site.entry(ix), site).into_iter().collect(),
            }
        } else {
            let mut meetings: Vec<Bulletin> = site.meetings().collect();
            meetings.sort_by_key(|entry| (entry.meeting_start(), entry.ix()));
            calendar::Calendar {
                name: config.title.clone(),
                description: filled(&config.description),
                events: meetings.into_iter().filter_map(|entry| event(entry, site)).collect(),
            }
        };
        Ok(calendar::document(&document))
    }
}

/// A meeting as an event, unless calendars leave it out.
fn event(entry: Bulletin, site: &Reader) -> Option<Event> {
    let zone = &site.config().zone;
    let Own::Meeting { start: Some(start), end, place, agenda } = &entry.meta().own else { return None };
    meeting_address(entry)?;
    let url = site.url(entry.address());
    let summary = filled(entry.summary()).into_iter();
    let lines: Vec<String> =
        summary.chain((1..).zip(agenda).map(|(n, item)| format!("{n}. {item}"))).collect();
    Some(Event {
        uid: url.clone(),
        url,
        title: marked_title(entry, site.config(), &Interface::of(site)),
        description: (!lines.is_empty()).then(|| lines.join("\n")),
        place: place.clone(),
        start: when(start.value, zone),
        end: end.as_ref().map(|end| when(end.value, zone)),
        updated: Times::of(entry, zone).map_or_else(|| start.value.zoned(zone), |times| times.updated),
        cancelled: false,
        categories: categories(entry, site),
    })
}

fn when(when: when::When, zone: &TimeZone) -> When {
    match when.time {
        Some(_) => When::Moment(when.zoned(zone)),
        None => When::Day(when.date),
    }
}

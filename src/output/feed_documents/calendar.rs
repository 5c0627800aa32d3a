//! iCalendar (RFC 5545): courtyard meetings for the calendar of a telephone.
//!
//! Times are written in UTC, which every calendar shows in its owner's zone; a day without a time stays a day.

use super::text::{address, legal, line};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};

/// A calendar of meetings.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Its name, as calendars list it.
    pub name: String,
    /// One line about it.
    pub description: Option<String>,
    /// Its meetings, in the order of their start.
    pub events: Vec<Event>,
}

/// A meeting.
#[derive(Clone, Debug)]
pub struct Event {
    /// What never changes about it; its permanent address, or another text that no other meeting has.
    pub uid: String,
    /// Its page.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Plain text: what is discussed.
    pub description: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// When it begins.
    pub start: When,
    /// When it ends; a day that ends it is its last day.
    pub end: Option<When>,
    /// When its bulletin last changed.
    pub updated: Zoned,
    /// Whether it was called off.
    pub cancelled: bool,
    /// Tags and villages.
    pub categories: Vec<String>,
}

/// A day, or a moment of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// The whole day.
    Day(Date),
    /// A moment.
    Moment(Zoned),
}

/// The iCalendar document.
pub fn document(calendar: &Calendar) -> Vec<u8> {
    let mut lines = Lines::default();
    lines.raw("BEGIN:VCALENDAR");
    lines.raw("VERSION:2.0");
    lines.raw("PRODID:-//Yuanba//Yuanba//ZH");
    lines.raw("CALSCALE:GREGORIAN");
    lines.text("NAME", &line(&calendar.name)); // RFC 7986
    lines.text("X-WR-CALNAME", &line(&calendar.name));
    if let Some(description) = &calendar.description {
        lines.text("DESCRIPTION", description);
    }
    lines.raw("REFRESH-INTERVAL;VALUE=DURATION:PT6H");
    for event in &calendar.events {
        write_event(&mut lines, event);
    }
    lines.raw("END:VCALENDAR");
    lines.0.into_bytes()
}

fn write_event(lines: &mut Lines, event: &Event) {
    lines.raw("BEGIN:VEVENT");
    lines.text("UID", &line(&event.uid));
    lines.raw(&format!("DTSTAMP:{}", utc(&event.updated)));
    lines.raw(&format!("LAST-MODIFIED:{}", utc(&event.updated)));
    lines.raw(&format!("DTSTART{}", value(&event.start)));
    if let Some(end) = end(event) {
        lines.raw(&format!("DTEND{}", value(&end)));
    }
    lines.text("SUMMARY", &line(&event.title));
    if let Some(place) = &event.place {
        lines.text("LOCATION", place);
    }
    if let Some(description) = &event.description {
        lines.text("DESCRIPTION", description);
    }
    if let Some(url) = address(&event.url) {
        lines.raw(&format!("URL:{url}"));
    }
    if !event.categories.is_empty() {
        let categories: Vec<_> = event.categories.iter().map(|category| escape(&line(category))).collect();
        lines.raw(&format!("CATEGORIES:{}", categories.join(",")));
    }
    lines.raw(if event.cancelled { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
    lines.raw("END:VEVENT");
}

/// The end as the format wants it: of the start's type, after the start, and for days the first day after.
fn end(event: &Event) -> Option<When> {
    match (&event.start, event.end.as_ref()?) {
        (When::Day(start), end) => {
            let last = match end {
                When::Day(day) => *day,
                When::Moment(moment) => moment.date(),
            };
            (last >= *start).then(|| When::Day(last.saturating_add(1.day())))
        }
        (When::Moment(start), When::Moment(end)) => (end > start).then(|| When::Moment(end.clone())),
        (When::Moment(_), When::Day(_)) => None,
    }
}

fn value(when: &When) -> String {
    match when {
        When::Day(day) => format!(";VALUE=DATE:{}", day.strftime("%Y%m%d")),
        When::Moment(moment) => format!(":{}", utc(moment)),
    }
}

fn utc(moment: &Zoned) -> String {
    moment.with_time_zone(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Content lines, each folded and ended as section 3.1 says.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn text(&mut self, name: &str, text: &str) {
        self.raw(&format!("{name}:{}", escape(text)));
    }

    /// Folds after at most 75 octets, the space that continues a line included, and never inside a character.
    fn raw(&mut self, content: &str) {
        const OCTETS: usize = 75;
        let mut room = OCTETS;
        for c in content.chars() {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = OCTETS - 1;
            }
            self.0.push(c);
            room -= c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in legal(text).trim().chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c => escaped.push(c),
        }
    }
    escaped
}

//! Calendars.

use super::super::calendar::{Calendar, Event, When, document};
use super::{HOSTILE, RUNS, at};

fn calendar(text: &str, url: &str) -> Calendar {
    Calendar {
        name: text.to_owned(),
        description: Some(text.to_owned()),
        events: vec![Event {
            uid: "https://example.gov.cn/meetings/a/".to_owned(),
            url: url.to_owned(),
            title: text.to_owned(),
            description: Some(text.to_owned()),
            place: Some(text.to_owned()),
            start: When::Moment(at("2026-06-01T19:30:00")),
            end: Some(When::Moment(at("2026-06-01T21:00:00"))),
            updated: at("2026-05-20T10:00:00"),
            cancelled: false,
            categories: vec![text.to_owned(), "清水村".to_owned()],
        }],
    }
}

/// Checks lines and gives the document unfolded.
fn unfolded(document: Vec<u8>) -> String {
    let text = String::from_utf8(document).expect("no character is split");
    assert!(text.ends_with("\r\n"));
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
    text.replace("\r\n ", "")
}

#[test]
fn a_meeting_comes_through() {
    let text =
        unfolded(document(&calendar("院坝会：防汛，防诈; 一起来", "https://example.gov.cn/meetings/a/")));
    for line in [
        "UID:https://example.gov.cn/meetings/a/",
        "DTSTAMP:20260520T020000Z",
        "DTSTART:20260601T113000Z",
        "DTEND:20260601T130000Z",
        "SUMMARY:院坝会：防汛，防诈\\; 一起来",
        "URL:https://example.gov.cn/meetings/a/",
        "CATEGORIES:院坝会：防汛，防诈\\; 一起来,清水村",
        "STATUS:CONFIRMED",
    ] {
        assert!(text.split("\r\n").any(|found| found == line), "{line} in {text}");
    }
    let parsed: icalendar::Calendar = text.parse().expect("iCalendar");
    assert_eq!(parsed.components.len(), 1);
}

#[test]
fn long_lines_fold_between_characters() {
    for shift in 0..4 {
        let title = format!("{}{}", "a".repeat(shift), "防汛值班𠮷".repeat(60));
        let text = unfolded(document(&calendar(&title, "https://example.gov.cn/")));
        assert!(text.contains(&format!("SUMMARY:{title}\r\n")));
    }
}

#[test]
fn days_end_on_the_day_after() {
    let mut calendar = calendar("赶场", "https://example.gov.cn/");
    let day = |day| When::Day(jiff::civil::date(2026, 6, day));
    let event = &mut calendar.events[0];
    (event.start, event.end) = (day(29), Some(day(30)));
    event.cancelled = true;
    let text = unfolded(document(&calendar));
    assert!(text.contains("DTSTART;VALUE=DATE:20260629\r\nDTEND;VALUE=DATE:20260701\r\n"), "{text}");
    assert!(text.contains("STATUS:CANCELLED"));
    // An end before the start, or of another kind, would make calendars refuse the whole file.
    calendar.events[0].end = Some(day(28));
    assert!(!unfolded(document(&calendar)).contains("DTEND"));
    calendar.events[0].start = When::Moment(at("2026-06-28T09:00:00"));
    assert!(!unfolded(document(&calendar)).contains("DTEND"));
}

#[test]
fn hostile_text_makes_no_lines() {
    for url in RUNS {
        let mut hostile = calendar(HOSTILE, url);
        hostile.events[0].uid = HOSTILE.to_owned();
        let text = unfolded(document(&hostile));
        assert_eq!(text.split("\r\n").filter(|line| line.starts_with("BEGIN:VEVENT")).count(), 1);
        assert!(!text.contains("\r\nURL"));
        assert!(text.chars().all(|c| c == '\r' || c == '\n' || !c.is_control()));
        let parsed: icalendar::Calendar = text.parse().expect("iCalendar");
        assert_eq!(parsed.components.len(), 1);
    }
}

//! Calendars.

use super::*;

const MEETING: &str = "---\ntitle: 河边社区夜话：烤火、用电和那条公用水沟，请家家户户都来一个人\ndate: 2026-11-22\nstart: 2026-12-26 19:00\n\
    end: 2026-12-26 20:30\nplace: 河边社区，文化长廊；北头\nareas: [龙潭村]\nagenda: [烤火, 用电]\n---\n来。\n";

#[test]
fn meetings_stand_in_calendars() {
    let world = with_sections("2026-11-24T00:00:00Z")
        .with("content/meetings/night.md", MEETING)
        .with("content/meetings/day.md", "---\ntitle: 全天\nstart: 2026-12-01\nend: 2026-12-02\n---\n来。\n")
        .with("content/meetings/none.md", "---\ntitle: 未定\n---\n等。\n");
    let all = documents(&world);
    assert!(!all.contains_key("meetings/none/meeting.ics"));
    let one = text(&all, "meetings/night/meeting.ics");
    let whole = text(&all, "meetings.ics");
    for calendar in [one, whole] {
        assert!(calendar.split("\r\n").all(|line| line.len() <= 75), "{calendar}");
        let unfolded = calendar.replace("\r\n ", "");
        icalendar::parser::read_calendar(&unfolded).expect("a calendar");
        for line in [
            "UID:https://example.cn/part/meetings/night/",
            "DTSTART:20261226T110000Z",
            "DTEND:20261226T123000Z",
            "SUMMARY:河边社区夜话：烤火、用电和那条公用水沟，请家家户户都来一个人",
            "LOCATION:河边社区，文化长廊；北头",
            "CATEGORIES:龙潭村",
            "DTSTAMP:20261121T160000Z",
        ] {
            assert!(unfolded.lines().any(|found| found == line), "{line} in {unfolded}");
        }
        assert!(unfolded.contains("1. 烤火\\n2. 用电"));
    }
    assert_eq!(whole.matches("BEGIN:VEVENT").count(), 2);
    assert!(
        whole.find("DTSTART;VALUE=DATE:20261201") < whole.find("DTSTART:20261226T110000Z"),
        "soonest first"
    );
    assert!(whole.contains("DTEND;VALUE=DATE:20261203"));
}

#[test]
fn a_calendar_without_events_is_not_published() {
    let all = publish(&with_sections("2026-11-24T00:00:00Z"), false);
    assert!(!all.contains_key("meetings.ics"));
    assert!(!all.values().any(|bytes| String::from_utf8_lossy(bytes).contains("meetings.ics")));
}

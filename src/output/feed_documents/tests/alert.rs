//! CAP documents, checked against the schema of OASIS and by a second implementation.
#![expect(clippy::disallowed_methods, reason = "the schema is checked by another program")]

use super::super::alert::{Alert, AlertLevel, Area, Category, Reference, Status, document, identifier};
use super::{HOSTILE, RUNS, at, well_formed};
use std::path::Path;
use std::process::Command;

fn alert(text: &str, url: &str) -> Alert {
    let sent = at("2026-05-01T09:30:00");
    Alert {
        message: Reference {
            sender: "example.gov.cn".to_owned(),
            identifier: identifier("/notices/hail/", &sent),
            sent,
        },
        status: Status::Actual,
        test: false,
        references: Vec::new(),
        level: AlertLevel::Orange,
        category: Category::Met,
        event: text.to_owned(),
        headline: text.to_owned(),
        description: text.to_owned(),
        instruction: Some(text.to_owned()),
        sender_name: text.to_owned(),
        web: url.to_owned(),
        contact: Some(text.to_owned()),
        language: "zh-CN".to_owned(),
        effective: Some(at("2026-05-01T10:00:00")),
        expires: Some(at("2026-05-01T22:00:00")),
        areas: vec![
            Area {
                name: "清水村".to_owned(),
                codes: vec![("行政区划代码".to_owned(), "990001001".to_owned())],
            },
            Area { name: text.to_owned(), codes: Vec::new() },
        ],
    }
}

fn followed(status: Status) -> Alert {
    let earlier = Reference {
        sender: "example.gov.cn".to_owned(),
        identifier: "notices.hail.20260501T080000".to_owned(),
        sent: at("2026-05-01T08:00:00"),
    };
    Alert {
        status,
        references: vec![earlier.clone(), earlier],
        ..alert("冰雹", "https://example.gov.cn/notices/hail/")
    }
}

fn all() -> Vec<Alert> {
    let mut all = vec![followed(Status::Update), followed(Status::Cancel)];
    for level in [AlertLevel::Info, AlertLevel::Blue, AlertLevel::Yellow, AlertLevel::Orange, AlertLevel::Red]
    {
        all.push(Alert {
            level, ..alert("冰雹和暴雨 & 大风", "https://example.gov.cn/通告/?a=1&b=[2]")
        });
    }
    for url in RUNS {
        let mut hostile = alert(HOSTILE, url);
        hostile.language = HOSTILE.to_owned();
        hostile.message.sender = HOSTILE.to_owned();
        hostile.message.identifier = HOSTILE.to_owned();
        hostile.areas[0].codes.push((HOSTILE.to_owned(), HOSTILE.to_owned()));
        all.push(hostile);
    }
    all.push(Alert {
        areas: Vec::new(),
        effective: None,
        expires: None,
        contact: None,
        instruction: None,
        ..alert("", "")
    });
    all
}

/// Debian's `libxml2-utils` has xmllint. `tests/run` installs it and sets `YUANBA_TEST_XMLLINT=1`, which makes this
/// compulsory; a plain `cargo test` without it says so and goes on.
#[test]
fn documents_fit_the_schema_of_oasis() {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cap/CAP-v1.2.xsd");
    let folder = tempfile::tempdir().expect("a folder for the documents");
    let mut files = Vec::new();
    for (number, alert) in all().iter().enumerate() {
        let path = folder.path().join(format!("{number}.xml"));
        std::fs::write(&path, document(alert)).expect("room for a document");
        files.push(path);
    }
    match Command::new("xmllint").args(["--noout", "--nonet", "--schema"]).arg(schema).args(files).output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
        Err(error) => {
            let compulsory = std::env::var_os("YUANBA_TEST_XMLLINT").is_some_and(|value| value == "1");
            assert!(!compulsory, "xmllint is needed (Debian: apt-get install libxml2-utils): {error}");
            eprintln!("left out: xmllint is not installed (Debian: apt-get install libxml2-utils)");
        }
    }
}

#[test]
fn a_second_implementation_reads_them() {
    for alert in all() {
        let text = well_formed(&document(&alert));
        assert!(!text.contains("script:") && !text.contains("<script"));
        let parsed: oasiscap::Alert = text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert!(matches!(parsed, oasiscap::Alert::V1dot2(_)));
    }
}

#[test]
fn levels_speak_cap() {
    let words = |level| {
        let text = well_formed(&document(&Alert { level, ..alert("冰雹", "https://example.gov.cn/") }));
        ["urgency", "severity", "certainty"].map(|name| {
            let (_, rest) = text.split_once(&format!("<{name}>")).expect("it is there");
            rest.split('<').next().unwrap_or_default().to_owned()
        })
    };
    assert_eq!(words(AlertLevel::Info), ["Unknown", "Minor", "Unknown"]);
    assert_eq!(words(AlertLevel::Blue), ["Future", "Minor", "Possible"]);
    assert_eq!(words(AlertLevel::Yellow), ["Expected", "Moderate", "Likely"]);
    assert_eq!(words(AlertLevel::Orange), ["Immediate", "Severe", "Likely"]);
    assert_eq!(words(AlertLevel::Red), ["Immediate", "Extreme", "Likely"]);
}

/// The colours are those of alerts that others issue: a notice of the office's own is no 预警 of any level.
#[test]
fn only_alerts_passed_on_have_a_level() {
    let text = |level| well_formed(&document(&Alert { level, ..alert("冰雹", "https://example.gov.cn/") }));
    assert!(!text(AlertLevel::Info).contains("预警"));
    assert!(text(AlertLevel::Orange).contains("<valueName>预警级别</valueName>"));
}

#[test]
fn a_message_says_what_it_follows() {
    let earlier = "example.gov.cn,notices.hail.20260501T080000,2026-05-01T08:00:00+08:00";
    let references = format!("<references>{earlier} {earlier}</references>");
    let update = well_formed(&document(&followed(Status::Update)));
    assert!(update.contains("<msgType>Update</msgType>") && update.contains(&references));
    let cancel = well_formed(&document(&followed(Status::Cancel)));
    assert!(cancel.contains("<msgType>Cancel</msgType>") && cancel.contains(&references));
    assert!(
        cancel.contains("<responseType>AllClear</responseType>")
            && cancel.contains("<urgency>Past</urgency>")
    );
    let new = well_formed(&document(&alert("冰雹", "https://example.gov.cn/")));
    assert!(new.contains("<msgType>Alert</msgType>") && !new.contains("<references>"));
    assert!(new.contains("<language>zh-CN</language>") && new.contains("<scope>Public</scope>"));
    assert!(new.contains("<sent>2026-05-01T09:30:00+08:00</sent>"));
    assert!(new.contains("<expires>2026-05-01T22:00:00+08:00</expires>"));
    assert!(new.contains("<identifier>notices.hail.20260501T093000</identifier>"));
    let orphan = Alert { status: Status::Update, ..alert("冰雹", "https://example.gov.cn/") };
    assert!(well_formed(&document(&orphan)).contains("<msgType>Alert</msgType>"));
}

#[test]
fn the_zone_of_greenwich_is_written_as_cap_wants_it() {
    let mut alert = alert("冰雹", "https://example.gov.cn/");
    alert.message.sent = "2026-05-01T09:30:00[UTC]".parse().expect("a time in the test");
    assert!(well_formed(&document(&alert)).contains("<sent>2026-05-01T09:30:00-00:00</sent>"));
}

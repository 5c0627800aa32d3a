//! CAP 1.2 (OASIS, `urn:oasis:names:tc:emergency:cap:1.2`): a notice as alerting systems exchange it.
//!
//! How Chinese levels are told in CAP's words is decided here, in [`AlertLevel`]. The four colours rank how grave and how
//! near the harm is (国家突发公共事件总体应急预案: Ⅰ级红, Ⅱ级橙, Ⅲ级黄, Ⅳ级蓝).

use super::text::{address, legal, line, time};
use super::xml::Xml;
use jiff::Zoned;

const NAMESPACE: &str = "urn:oasis:names:tc:emergency:cap:1.2";
/// The media type of the documents.
pub const MEDIA_TYPE: &str = "application/cap+xml";

/// A notice.
#[derive(Clone, Debug)]
pub struct Alert {
    /// Which message this is, and what it follows.
    pub message: Reference,
    /// Whether it is new, follows another, or takes another back.
    pub status: Status,
    /// A sample that nobody is to act on.
    pub test: bool,
    /// Earlier messages that it updates or cancels.
    pub references: Vec<Reference>,
    /// Its colour.
    pub level: AlertLevel,
    /// What field it is from.
    pub category: Category,
    /// The kind of event in a few words, e.g. 冰雹.
    pub event: String,
    /// The notice's title.
    pub headline: String,
    /// What happens; plain text.
    pub description: String,
    /// What to do; plain text.
    pub instruction: Option<String>,
    /// Who publishes it, in words.
    pub sender_name: String,
    /// Its page.
    pub web: String,
    /// Whom to call.
    pub contact: Option<String>,
    /// Its language, e.g. `zh-CN`.
    pub language: String,
    /// From when it holds.
    pub effective: Option<Zoned>,
    /// Until when.
    pub expires: Option<Zoned>,
    /// Where.
    pub areas: Vec<Area>,
}

/// What names one message among all: CAP's sender, identifier and sent.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Who sends, unmistakably: the site's domain.
    pub sender: String,
    /// Its name with this sender; a changed notice needs a new one. See [`identifier`].
    pub identifier: String,
    /// When it was sent.
    pub sent: Zoned,
}

/// A village or another area.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its name.
    pub name: String,
    /// Codes by the name of their system, e.g. 行政区划代码.
    pub codes: Vec<(String, String)>,
}

/// A notice's `status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// New.
    Actual,
    /// In the place of earlier ones.
    Update,
    /// Takes earlier ones back.
    Cancel,
}

/// A notice's `level`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertLevel {
    /// No warning: something to know.
    Info,
    /// Ⅳ, 一般.
    Blue,
    /// Ⅲ, 较重.
    Yellow,
    /// Ⅱ, 严重.
    Orange,
    /// Ⅰ, 特别严重.
    Red,
}

impl AlertLevel {
    /// Urgency, severity and certainty. Urgency follows the warning signals for rainstorms, which give red and orange
    /// within three hours of the harm, yellow within six, blue within twelve. Certainty is never above Likely: that
    /// something was observed, only the text can say.
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Info => ("Unknown", "Minor", "Unknown"),
            Self::Blue => ("Future", "Minor", "Possible"),
            Self::Yellow => ("Expected", "Moderate", "Likely"),
            Self::Orange => ("Immediate", "Severe", "Likely"),
            Self::Red => ("Immediate", "Extreme", "Likely"),
        }
    }

    /// The colour of the alert that the notice passes on. A notice of the office's own has none: by law only weather services and
    /// others entitled to it give alerts their levels.
    const fn colour(self) -> Option<&'static str> {
        match self {
            Self::Info => None,
            Self::Blue => Some("蓝色"),
            Self::Yellow => Some("黄色"),
            Self::Orange => Some("橙色"),
            Self::Red => Some("红色"),
        }
    }
}

/// CAP's categories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// Earth: landslides, earthquakes.
    Geo,
    /// Weather and floods.
    Met,
    /// Dangers of daily life.
    Safety,
    /// Crime and public order.
    Security,
    /// Rescue.
    Rescue,
    /// Fire.
    Fire,
    /// Health, epidemics.
    Health,
    /// Environment.
    Env,
    /// Roads and traffic.
    Transport,
    /// Water, power, telephone.
    Infra,
    /// Chemical, biological and nuclear dangers.
    Cbrne,
    /// Anything else.
    Other,
}

impl Category {
    const fn name(self) -> &'static str {
        match self {
            Self::Geo => "Geo",
            Self::Met => "Met",
            Self::Safety => "Safety",
            Self::Security => "Security",
            Self::Rescue => "Rescue",
            Self::Fire => "Fire",
            Self::Health => "Health",
            Self::Env => "Env",
            Self::Transport => "Transport",
            Self::Infra => "Infra",
            Self::Cbrne => "CBRNE",
            Self::Other => "Other",
        }
    }
}

/// An identifier for the notice with this path, as sent at this moment: `/notices/hail/` becomes
/// `notices.hail.20260501T093000`.
pub fn identifier(path: &str, sent: &Zoned) -> String {
    format!("{}.{}", token(&path.trim_matches('/').replace('/', ".")), sent.strftime("%Y%m%dT%H%M%S"))
}

/// The CAP document of a notice.
pub fn document(alert: &Alert) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("alert", &[("xmlns", NAMESPACE)], |xml| {
        xml.text("identifier", &[], &token(&alert.message.identifier));
        xml.text("sender", &[], &token(&alert.message.sender));
        xml.text("sent", &[], &moment(&alert.message.sent));
        xml.text("status", &[], if alert.test { "Test" } else { "Actual" });
        xml.text("msgType", &[], message_type(alert));
        xml.text("scope", &[], "Public");
        if alert.status != Status::Actual && !alert.references.is_empty() {
            let references: Vec<_> = alert.references.iter().map(reference).collect();
            xml.text("references", &[], &references.join(" "));
        }
        xml.element("info", &[], |xml| info(xml, alert));
    });
    xml.finish()
}

/// An update that names nothing it updates is, for those who receive it, the first message.
fn message_type(alert: &Alert) -> &'static str {
    match alert.status {
        Status::Update if alert.references.is_empty() => "Alert",
        Status::Actual => "Alert",
        Status::Update => "Update",
        Status::Cancel => "Cancel",
    }
}

fn info(xml: &mut Xml, alert: &Alert) {
    let (urgency, severity, certainty) = alert.level.words();
    xml.text("language", &[], &language(&alert.language));
    xml.text("category", &[], alert.category.name());
    xml.text("event", &[], &line(&alert.event));
    if alert.status == Status::Cancel {
        xml.text("responseType", &[], "AllClear");
    }
    xml.text("urgency", &[], if alert.status == Status::Cancel { "Past" } else { urgency });
    xml.text("severity", &[], severity);
    xml.text("certainty", &[], certainty);
    xml.maybe("effective", alert.effective.as_ref().map(moment).as_deref());
    xml.maybe("expires", alert.expires.as_ref().map(moment).as_deref());
    xml.text("senderName", &[], &line(&alert.sender_name));
    xml.text("headline", &[], &line(&alert.headline));
    xml.text("description", &[], &legal(&alert.description));
    xml.maybe("instruction", alert.instruction.as_deref());
    xml.maybe("web", address(&alert.web).as_deref());
    xml.maybe("contact", alert.contact.as_deref().map(line).as_deref());
    if let Some(colour) = alert.level.colour() {
        named_value(xml, "parameter", "预警级别", colour);
    }
    for area in &alert.areas {
        xml.element("area", &[], |xml| {
            xml.text("areaDesc", &[], &line(&area.name));
            for (system, code) in &area.codes {
                named_value(xml, "geocode", &line(system), &line(code));
            }
        });
    }
}

fn named_value(xml: &mut Xml, element: &str, name: &str, value: &str) {
    xml.element(element, &[], |xml| {
        xml.text("valueName", &[], name);
        xml.text("value", &[], value);
    });
}

fn reference(reference: &Reference) -> String {
    format!("{},{},{}", token(&reference.sender), token(&reference.identifier), moment(&reference.sent))
}

/// A time with its offset; CAP writes `-00:00` where others write `Z` (section 3.3.2).
fn moment(at: &Zoned) -> String {
    let time = time(at);
    time.strip_suffix("+00:00").map_or(time.clone(), |local| format!("{local}-00:00"))
}

/// Names of messages and senders hold no spaces, commas, `<` or `&` (section 3.2.1).
fn token(text: &str) -> String {
    line(text)
        .chars()
        .map(|c| if c.is_whitespace() || matches!(c, ',' | '<' | '>' | '&') { '-' } else { c })
        .collect()
}

/// A language tag as `xs:language` allows it: parts of one to eight letters or digits.
fn language(tag: &str) -> String {
    let part =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let primary = |tag: &str| {
        tag.split('-').next().is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_alphabetic()))
    };
    if tag.split('-').all(part) && primary(tag) { tag.to_owned() } else { "zh-CN".to_owned() }
}

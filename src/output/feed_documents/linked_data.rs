//! schema.org in JSON-LD: what a page is about, for search engines and assistants that read it to people.
//!
//! [`script`] gives the text for `<script type="application/ld+json">`; no text can end that element.

use super::text::{address, legal, line, time};
use jiff::Zoned;
use serde_json::{Map, Value, json};

/// One thing that a page tells of.
#[derive(Clone, Debug)]
pub enum Thing {
    /// A text: tips, law, verse (`Article`), news and reports (`NewsArticle`).
    Article(Article),
    /// A meeting.
    Event(Event),
    /// A guide how to get a thing done.
    Service(Service),
    /// A notice.
    Announcement(Announcement),
    /// Where the page stands in the site: names and addresses from the home page down.
    Breadcrumbs(Vec<(String, String)>),
    /// The publisher, with all that is known of it.
    Office(Office),
}

/// A text.
#[derive(Clone, Debug)]
pub struct Article {
    /// Whether it reports something that happened.
    pub news: bool,
    /// Its title.
    pub headline: String,
    /// Its page.
    pub url: String,
    /// Plain text.
    pub description: Option<String>,
    /// Address of its picture.
    pub image: Option<String>,
    /// When it was first published.
    pub published: Zoned,
    /// When it last changed.
    pub updated: Zoned,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who edited it.
    pub editor: Option<String>,
    /// Its section.
    pub section: Option<String>,
    /// Its tags.
    pub keywords: Vec<String>,
    /// Its language, e.g. `zh-CN`.
    pub language: String,
    /// The office that publishes it.
    pub publisher: String,
}

/// A meeting.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its title.
    pub name: String,
    /// Its page.
    pub url: String,
    /// Plain text.
    pub description: Option<String>,
    /// When it begins.
    pub start: Zoned,
    /// When it ends.
    pub end: Option<Zoned>,
    /// Where.
    pub place: Option<String>,
    /// The office that holds it.
    pub organizer: String,
    /// Whether it was called off.
    pub cancelled: bool,
}

/// A thing that an office does for people.
#[derive(Clone, Debug)]
pub struct Service {
    /// Its title.
    pub name: String,
    /// Its page.
    pub url: String,
    /// Plain text.
    pub description: Option<String>,
    /// The office that does it.
    pub provider: String,
    /// Where to go.
    pub place: Option<String>,
    /// When, in words.
    pub hours: Option<String>,
    /// Whom to call.
    pub phone: Option<String>,
    /// What it costs, in words.
    pub fee: Option<String>,
    /// Villages that it is for.
    pub areas: Vec<String>,
}

/// A notice.
#[derive(Clone, Debug)]
pub struct Announcement {
    /// Its title.
    pub name: String,
    /// Its page.
    pub url: String,
    /// Plain text.
    pub text: String,
    /// When it was published.
    pub published: Zoned,
    /// When it ends.
    pub expires: Option<Zoned>,
    /// Villages that it is for.
    pub areas: Vec<String>,
    /// The office that publishes it.
    pub publisher: String,
}

/// The publisher.
#[derive(Clone, Debug)]
pub struct Office {
    /// Its name.
    pub name: String,
    /// The site's address.
    pub url: String,
    /// The authority above it.
    pub parent: Option<String>,
    /// Where it is.
    pub address: Option<String>,
    /// Its telephone.
    pub phone: Option<String>,
    /// Its e-mail.
    pub email: Option<String>,
    /// Villages that it serves.
    pub areas: Vec<String>,
}

/// JSON-LD for a `<script>` element. `<`, `>`, `&` and the two line separators that scripts know are escaped, so the
/// text can neither end the element nor begin a comment in it.
pub fn script(things: &[Thing]) -> String {
    let graph: Vec<Value> = things.iter().map(value).collect();
    let text = json!({ "@context": "https://schema.org", "@graph": graph }).to_string();
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            c => safe.push(c),
        }
    }
    safe
}

fn value(thing: &Thing) -> Value {
    match thing {
        Thing::Article(article) => self::article(article),
        Thing::Event(event) => self::event(event),
        Thing::Service(service) => self::service(service),
        Thing::Announcement(notice) => announcement(notice),
        Thing::Breadcrumbs(steps) => breadcrumbs(steps),
        Thing::Office(office) => self::office(office),
    }
}

fn article(article: &Article) -> Value {
    Node::new(if article.news { "NewsArticle" } else { "Article" })
        .line("headline", Some(&article.headline))
        .address("url", Some(&article.url))
        .address("mainEntityOfPage", Some(&article.url))
        .text("description", article.description.as_deref())
        .address("image", article.image.as_deref())
        .time("datePublished", Some(&article.published))
        .time("dateModified", Some(&article.updated))
        .named("author", "Person", &article.authors)
        .named("editor", "Person", article.editor.as_slice())
        .line("articleSection", article.section.as_deref())
        .lines("keywords", &article.keywords)
        .line("inLanguage", Some(&article.language))
        .office("publisher", &article.publisher)
        .done()
}

fn event(event: &Event) -> Value {
    let status = if event.cancelled { "EventCancelled" } else { "EventScheduled" };
    Node::new("Event")
        .line("name", Some(&event.name))
        .address("url", Some(&event.url))
        .text("description", event.description.as_deref())
        .time("startDate", Some(&event.start))
        .time("endDate", event.end.as_ref())
        .named("location", "Place", event.place.as_slice())
        .office("organizer", &event.organizer)
        .line("eventAttendanceMode", Some("https://schema.org/OfflineEventAttendanceMode"))
        .line("eventStatus", Some(&format!("https://schema.org/{status}")))
        .set("isAccessibleForFree", Some(Value::Bool(true)))
        .done()
}

fn service(service: &Service) -> Value {
    let channel = Node::new("ServiceChannel")
        .address("serviceUrl", Some(&service.url))
        .named("serviceLocation", "Place", service.place.as_slice())
        .set(
            "servicePhone",
            service
                .phone
                .as_deref()
                .map(|phone| Node::new("ContactPoint").line("telephone", Some(phone)).done()),
        )
        .done();
    Node::new("GovernmentService")
        .line("name", Some(&service.name))
        .address("url", Some(&service.url))
        .text("description", service.description.as_deref())
        .office("provider", &service.provider)
        .set("availableChannel", Some(channel))
        .text("hoursAvailable", service.hours.as_deref())
        .set(
            "offers",
            service.fee.as_deref().map(|fee| Node::new("Offer").text("description", Some(fee)).done()),
        )
        .named("areaServed", "AdministrativeArea", &service.areas)
        .done()
}

fn announcement(notice: &Announcement) -> Value {
    Node::new("SpecialAnnouncement")
        .line("name", Some(&notice.name))
        .address("url", Some(&notice.url))
        .text("text", Some(&notice.text))
        .time("datePosted", Some(&notice.published))
        .time("expires", notice.expires.as_ref())
        .named("spatialCoverage", "AdministrativeArea", &notice.areas)
        .office("publisher", &notice.publisher)
        .done()
}

fn breadcrumbs(steps: &[(String, String)]) -> Value {
    let item = |(place, (name, url)): (usize, &(String, String))| {
        Node::new("ListItem")
            .set("position", Some(Value::from(place)))
            .line("name", Some(name))
            .address("item", Some(url))
            .done()
    };
    let items = (1..).zip(steps).map(item).collect();
    Node::new("BreadcrumbList").set("itemListElement", Some(Value::Array(items))).done()
}

fn office(office: &Office) -> Value {
    let place = office
        .address
        .as_deref()
        .map(|place| Node::new("PostalAddress").line("streetAddress", Some(place)).done());
    Node::new("GovernmentOffice")
        .line("name", Some(&office.name))
        .address("url", Some(&office.url))
        .named("parentOrganization", "GovernmentOrganization", office.parent.as_slice())
        .set("address", place)
        .line("telephone", office.phone.as_deref())
        .line("email", office.email.as_deref())
        .named("areaServed", "AdministrativeArea", &office.areas)
        .done()
}

/// A node of the graph; what is absent is left out.
struct Node(Map<String, Value>);

impl Node {
    fn new(kind: &str) -> Self {
        Self(Map::from_iter([("@type".to_owned(), Value::from(kind))]))
    }

    fn set(mut self, key: &str, value: Option<Value>) -> Self {
        if let Some(value) = value {
            self.0.insert(key.to_owned(), value);
        }
        self
    }

    fn line(self, key: &str, text: Option<&str>) -> Self {
        self.set(key, text.map(|text| Value::from(line(text))))
    }

    fn lines(self, key: &str, texts: &[String]) -> Self {
        let texts: Vec<_> = texts.iter().map(|text| line(text)).collect();
        self.set(key, (!texts.is_empty()).then(|| Value::from(texts)))
    }

    fn text(self, key: &str, text: Option<&str>) -> Self {
        self.set(key, text.map(|text| Value::from(legal(text))))
    }

    fn address(self, key: &str, url: Option<&str>) -> Self {
        self.set(key, url.and_then(address).map(Value::from))
    }

    fn time(self, key: &str, at: Option<&Zoned>) -> Self {
        self.set(key, at.map(|at| Value::from(time(at))))
    }

    fn named(self, key: &str, kind: &str, names: &[String]) -> Self {
        let nodes: Vec<_> =
            names.iter().map(|name| Self::new(kind).line("name", Some(name)).done()).collect();
        self.set(key, (!nodes.is_empty()).then(|| Value::from(nodes)))
    }

    fn office(self, key: &str, name: &str) -> Self {
        self.set(key, Some(Self::new("GovernmentOffice").line("name", Some(name)).done()))
    }

    fn done(self) -> Value {
        Value::Object(self.0)
    }
}

//! A bulletin as templates of handouts see it; `themes/default/print/README.md` tells the form.
//!
//! Refuses: markup. Every text is a string, whatever it looks like.
//! Invariant: `own` fits the kind, as in [`Own`]; dates are in words of the site's language.

use super::around::OnPaper;
use super::script;
use crate::model::config::{Config, Officer};
use crate::model::entry::EntryIx;
use crate::model::own::{Guide, LawArticle, Notice, NoticeStatus, Own};
use crate::model::when::When;
use crate::output::card::{invented, kind_label};
use crate::output::figures;
use crate::output::interface::Interface;
use crate::output::trace::{Bulletin, Reader};
use crate::print::content::{Body, Content};
use crate::print::layout::Layout;
use crate::print::qr::Qr;
use crate::text::verse::Form;
use serde::Serialize;
use serde_json::{Value, json};

/// A bulletin.
#[derive(Serialize)]
pub struct BulletinView {
    title: String,
    kind: &'static str,
    kind_label: String,
    sample: Option<String>,
    summary: Option<String>,
    lede: Option<String>,
    date: Option<String>,
    updated: Option<String>,
    iso_date: Option<String>,
    author: Option<String>,
    editor: Option<String>,
    reviewer: Option<String>,
    source: Option<String>,
    areas: Vec<String>,
    officers: Vec<Value>,
    tags: Vec<String>,
    draft: bool,
    /// Who signed which level, where the settings have that printed.
    signed: Vec<String>,
    url: String,
    qr: Option<Qr>,
    own: Value,
    /// What a loudspeaker says, for that layout alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    script: Option<Value>,
    #[serde(flatten)]
    body: Body,
}

impl BulletinView {
    /// The view of a bulletin, for a layout; its pictures and places go to `content`.
    pub fn new(
        site: &Reader,
        ix: EntryIx,
        layout: &'static Layout,
        content: &mut Content,
        interface: &Interface,
    ) -> Self {
        let (entry, config) = (site.entry(ix), site.config());
        let meta = entry.meta();
        let text = site.body(ix);
        let on_paper = OnPaper { site, text: Some(&text), layout };
        let url = site.url(entry.address());
        let sample = invented(entry, config, interface);
        let officers = config.officers.iter().filter(|officer| entry.areas().contains(&officer.area.value));
        Self {
            title: entry.title().to_owned(),
            kind: meta.kind.name(),
            kind_label: marked(kind_label(meta.kind, interface), sample.as_deref(), interface),
            sample,
            summary: Some(entry.summary().to_owned()).filter(|summary| !summary.is_empty()),
            lede: meta.summary.clone(),
            date: meta.date.map(|when| interface.day(when).text),
            updated: meta.updated.map(|when| interface.day(when).text),
            iso_date: meta.updated.or(meta.date).map(|when| when.date.to_string()),
            author: meta.author.clone(),
            editor: meta.editor.clone(),
            reviewer: meta.reviewer.clone(),
            source: meta.source.as_ref().map(|source| source.value.clone()),
            areas: entry.area_names(config).into_iter().map(str::to_owned).collect(),
            officers: officers.map(|one| officer(one, config)).collect(),
            tags: meta.tags.iter().map(|tag| tag.value.clone()).collect(),
            draft: entry.draft() || entry.review().0.is_some(),
            signed: entry.review().1.iter().map(|one| format!("{}：{}", one.level, one.name)).collect(),
            qr: Qr::new(&url),
            url,
            own: own(entry, site, interface),
            script: (layout.name == script::LAYOUT)
                .then(|| script::of(entry.title(), text.doc(), site.readings(), &places(config))),
            body: content.body(text.doc(), &on_paper),
        }
    }

    /// The view of a village's contact cards, which have no bulletin.
    pub fn village(site: &Reader, code: &str, content: &mut Content, interface: &Interface) -> Self {
        let config = site.config();
        let name = config.area(code).map_or_else(|| code.to_owned(), |area| area.name.clone());
        let url = site.url(&format!("/areas/{code}/"));
        let officers = config.officers.iter().filter(|officer| officer.area.value == code);
        let nothing = crate::source::doc::Doc::default();
        let layout = Layout::named("strip").expect("there is such a layout");
        let on_paper = OnPaper { site, text: None, layout };
        Self {
            title: interface.fill("handout_village", "name", &name),
            kind: "page",
            kind_label: interface.text("officers").to_owned(),
            sample: None,
            summary: None,
            lede: None,
            date: None,
            updated: None,
            iso_date: None,
            author: None,
            editor: None,
            reviewer: None,
            source: None,
            areas: vec![name],
            officers: officers.map(|one| officer(one, config)).collect(),
            tags: Vec::new(),
            draft: false,
            signed: Vec::new(),
            qr: Qr::new(&url),
            url,
            own: json!({}),
            script: None,
            body: content.body(&nothing, &on_paper),
        }
    }

    /// Its title.
    pub fn title(&self) -> String {
        self.title.clone()
    }

    /// What is printed of it, apart from its body and from where it stands in the web: whoever holds a sheet can tell by the
    /// version whether the page still says the same.
    pub fn printed(&self) -> Value {
        let mut all = serde_json::to_value(self).expect("texts and lists are JSON");
        if let Value::Object(fields) = &mut all {
            fields.retain(|key, _| !matches!(key.as_str(), "url" | "qr" | "body" | "footnotes"));
        }
        all
    }
}

/// A label with the mark of what is invented, which every layout thus shows.
fn marked(label: String, mark: Option<&str>, interface: &Interface) -> String {
    match mark {
        Some(mark) if interface.is_chinese() => format!("{label}（{mark}）"),
        Some(mark) => format!("{label} ({mark})"),
        None => label,
    }
}

/// A police contact.
pub fn officer(officer: &Officer, config: &Config) -> Value {
    let area = config.area(&officer.area.value).map(|area| &area.name);
    json!({ "name": officer.name, "area": area, "phone": officer.phone, "duty": officer.duty })
}

fn own(entry: Bulletin, site: &Reader, interface: &Interface) -> Value {
    let config = site.config();
    match &entry.meta().own {
        Own::Tip { scam, remember } => {
            json!({ "scam": scam.as_ref().map(|scam| &scam.value), "remember": remember })
        }
        Own::Law { laws } => {
            json!({ "laws": laws.iter().map(|one| law(one, interface)).collect::<Vec<_>>() })
        }
        Own::Verse { form, performers, slogan } => {
            let known = form.as_deref().and_then(Form::named);
            json!({
                "form": form,
                "performers": performers,
                "slogan": slogan.as_ref().map(|line| &line.value),
                "roles": known.map(Form::roles).unwrap_or_default(),
                "boards": known.is_some_and(Form::has_boards),
            })
        }
        Own::Notice(own) => notice(entry, own, config, interface),
        Own::Guide(own) => guide(own),
        Own::Meeting { start, end, place, agenda } => {
            let end = end.as_ref().map(|when| match start {
                Some(start) if start.value.date == when.value.date => interface.time(when.value).text,
                _ => interface.moment(when.value).text,
            });
            let start = start.as_ref().map(|when| interface.moment(when.value).text);
            json!({ "start": start, "end": end, "place": place, "agenda": agenda })
        }
        Own::Report { reported } => json!({ "reports": figures::reports(reported, site) }),
        Own::None => json!({}),
    }
}

fn law(law: &LawArticle, interface: &Interface) -> Value {
    let name = law.name.trim_start_matches('《').trim_end_matches('》');
    let day = |when: Option<When>| when.map(|when| interface.day(when).text);
    let (since, amended) = (day(law.since), day(law.amended));
    json!({ "name": name, "article": law.article, "since": since, "amended": amended, "text": law.text })
}

fn notice(entry: Bulletin, own: &Notice, config: &Config, interface: &Interface) -> Value {
    let areas = interface.areas_of(entry, config);
    let status = (own.status != NoticeStatus::Actual).then(|| interface.named("status_", own.status.name()));
    json!({
        "level": own.level.name(),
        "level_label": interface.named("level_", own.level.name()),
        "number": own.number,
        "status": status,
        "effective": own.effective.as_ref().map(|when| interface.moment(when.value).text),
        "expires": entry.meta().expires.as_ref().map(|when| interface.moment(when.value).text),
        "areas": areas,
    })
}

fn guide(own: &Guide) -> Value {
    let materials: Vec<Value> = own
        .materials
        .iter()
        .map(|one| {
            json!({ "name": one.name, "original": one.original, "copies": one.copies, "note": one.note })
        })
        .collect();
    json!({
        "materials": materials,
        "steps": own.steps,
        "where": own.place,
        "hours": own.hours,
        "phone": own.phone,
        "fee": own.fee,
        "time_limit": own.time_limit,
        "proxy": own.proxy,
    })
}

/// What places of the site are called: its villages, and the unit with where it stands.
fn places(config: &Config) -> Vec<&str> {
    config.areas.iter().map(|area| area.name.as_str()).collect()
}

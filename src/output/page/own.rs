//! What a page shows of the fields that belong to its kind.
//!
//! Refuses: claims about time that the page cannot keep; only notices and meetings that name a time ask for the day.
//! Invariant: the variant fits the kind, as in [`Own`].

use crate::figures::report::Report;
use crate::model::own::{Guide, LawArticle, Material, Notice, NoticeStatus, Own};
use crate::output::card::{LevelBadge, Link, Phone};
use crate::output::documents;
use crate::output::figures;
use crate::output::interface::{Interface, Leaf, Moment};
use crate::output::trace::{Around, Bulletin, Reader};
use serde::Serialize;

/// What templates call `page.own`.
#[derive(Serialize)]
#[serde(untagged)]
pub enum OwnView {
    Tip { remember: Vec<String> },
    Law { laws: Vec<LawView> },
    Verse { form: Option<String>, performers: Option<String>, slogan: Option<String> },
    Notice(Box<NoticeView>),
    Guide(Box<GuideView>),
    Meeting(Box<MeetingView>),
    Report { reports: Vec<Report> },
    None {},
}

#[derive(Serialize)]
pub struct LawView {
    name: String,
    article: Option<String>,
    text: Option<String>,
    since: Option<Moment>,
    amended: Option<Moment>,
}

/// How a notice or a meeting stands today, where that is not plain.
#[derive(Serialize)]
pub struct State {
    text: String,
    /// It tells, and warns of nothing.
    calm: bool,
}

#[derive(Serialize)]
pub struct NoticeView {
    level: LevelBadge,
    number: Option<String>,
    status: Option<String>,
    state: Option<State>,
    effective: Option<Moment>,
    expires: Option<Moment>,
    areas: String,
    replaces: Option<Link>,
    replaced_by: Option<Link>,
}

#[derive(Serialize)]
pub struct GuideView {
    place: Option<String>,
    hours: Option<String>,
    phone: Option<Phone>,
    fee: Option<String>,
    time_limit: Option<String>,
    proxy: Option<String>,
    materials: Vec<MaterialView>,
    steps: Vec<String>,
}

#[derive(Serialize)]
pub struct MaterialView {
    name: String,
    marks: Vec<String>,
    note: Option<String>,
}

#[derive(Serialize)]
pub struct MeetingView {
    state: Option<State>,
    leaf: Option<Leaf>,
    start: Option<Moment>,
    end: Option<Moment>,
    place: Option<String>,
    agenda: Vec<String>,
    calendar: Option<String>,
}

pub fn view(entry: Bulletin, near: Around, site: &Reader, interface: &Interface) -> OwnView {
    match &entry.meta().own {
        Own::Tip { remember, .. } => OwnView::Tip { remember: remember.clone() },
        Own::Law { laws } => OwnView::Law { laws: laws.iter().map(|law| law_view(law, interface)).collect() },
        Own::Verse { form, performers, slogan } => OwnView::Verse {
            form: form.clone(),
            performers: (!performers.is_empty()).then(|| interface.join(performers)),
            slogan: slogan.as_ref().map(|line| line.value.clone()),
        },
        Own::Notice(notice) => OwnView::Notice(Box::new(notice_view(entry, notice, near, site, interface))),
        Own::Guide(guide) => OwnView::Guide(Box::new(guide_view(guide, interface))),
        Own::Meeting { .. } => OwnView::Meeting(Box::new(meeting_view(entry, site, interface))),
        Own::Report { reported } => OwnView::Report { reports: figures::reports(reported, site) },
        Own::None => OwnView::None {},
    }
}

fn law_view(law: &LawArticle, interface: &Interface) -> LawView {
    LawView {
        name: law.name.trim_start_matches('《').trim_end_matches('》').to_owned(),
        article: law.article.clone(),
        text: law.text.clone(),
        since: law.since.map(|when| interface.day(when)),
        amended: law.amended.map(|when| interface.day(when)),
    }
}

fn notice_view(
    entry: Bulletin,
    notice: &Notice,
    near: Around,
    site: &Reader,
    interface: &Interface,
) -> NoticeView {
    let effective = notice.effective.as_ref().map(|when| when.value);
    let state = match (notice.status, effective) {
        (NoticeStatus::Cancel, _) => {
            Some(State { text: interface.text("cancelled").to_owned(), calm: false })
        }
        (_, Some(when)) if !site.has_passed(when.start()) => {
            let text = interface.fill("not_yet", "when", &interface.moment(when).text);
            Some(State { text, calm: true })
        }
        _ => None,
    };
    let link = |near| Link::to(near, site);
    NoticeView {
        level: LevelBadge::new(notice.level, interface),
        number: notice.number.clone(),
        status: (notice.status != NoticeStatus::Actual)
            .then(|| interface.named("status_", notice.status.name())),
        state,
        effective: effective.map(|when| interface.moment(when)),
        expires: entry.meta().expires.as_ref().map(|when| interface.moment(when.value)),
        areas: interface.areas_of(entry, site.config()),
        replaces: near.replaces().map(link),
        replaced_by: near.replaced_by().map(link),
    }
}

fn guide_view(guide: &Guide, interface: &Interface) -> GuideView {
    GuideView {
        place: guide.place.clone(),
        hours: guide.hours.clone(),
        phone: guide.phone.as_deref().map(Phone::new),
        fee: guide.fee.clone(),
        time_limit: guide.time_limit.clone(),
        proxy: (!guide.proxy.is_empty()).then(|| interface.join(&guide.proxy)),
        materials: guide.materials.iter().map(|material| material_view(material, interface)).collect(),
        steps: guide.steps.clone(),
    }
}

fn material_view(material: &Material, interface: &Interface) -> MaterialView {
    let original = match material.original {
        Some(true) => Some(interface.text("original").to_owned()),
        Some(false) => Some(interface.text("no_original").to_owned()),
        None => None,
    };
    let copies =
        material.copies.filter(|&copies| copies > 0).map(|copies| interface.fill("copies", "n", &copies));
    MaterialView {
        name: material.name.clone(),
        marks: original.into_iter().chain(copies).collect(),
        note: material.note.clone(),
    }
}

fn meeting_view(entry: Bulletin, site: &Reader, interface: &Interface) -> MeetingView {
    let Own::Meeting { start, end, place, agenda } = &entry.meta().own else {
        unreachable!("called for meetings")
    };
    let over = entry.meeting_end().is_some_and(|end| site.has_passed(end));
    let start = start.as_ref().map(|when| when.value);
    MeetingView {
        state: over.then(|| State { text: interface.text("meeting_over").to_owned(), calm: true }),
        leaf: start.map(|when| interface.leaf(when)),
        start: start.map(|when| interface.moment(when)),
        end: end.as_ref().map(|when| match start {
            Some(start) if start.date == when.value.date => interface.time(when.value),
            _ => interface.moment(when.value),
        }),
        place: place.clone(),
        agenda: agenda.clone(),
        calendar: documents::meeting_address(entry).filter(|_| !over).map(|address| site.href(&address)),
    }
}

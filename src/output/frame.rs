//! The frame around every page: head bar, menu, numbers to call, notices in force, footer.
//!
//! Refuses: anything that differs from page to page, except where the page stands; so it is made once a build.
//! Invariant: whoever uses the frame has noted everything that it is made of.

use super::Reader;
use super::addressing::Addressing;
use super::card::{LevelBadge, Link, Phone, invented};
use super::head::Head;
use super::interface::Interface;
use super::template::face::{DEFAULT_MAIN, DEFAULT_ROOF};
use super::workshop::Shared;
use crate::diag::Diagnostic;
use crate::model::config::Config;
use crate::model::own::NoticeLevel;
use serde::Serialize;

/// Where a page stands.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Here<'a> {
    /// Its own address.
    pub address: &'a str,
    /// The address of its section.
    pub section: &'a str,
}

/// What templates call `frame`.
#[derive(Serialize)]
struct Frame {
    language: String,
    title: String,
    organiser: Option<String>,
    root: String,
    menu: Vec<MenuItem>,
    footer_menu: Vec<Link>,
    calls: Vec<Line>,
    lines: Vec<Line>,
    officers: Option<String>,
    alerts: Vec<Alert>,
    more_alerts: String,
    imprint: Vec<Fact>,
    /// The file of the badge among the theme's; without one the built-in mark is drawn.
    badge: Option<&'static str>,
    /// The colour of the mark's roof.
    roof: String,
    icon: &'static str,
    icon_kind: &'static str,
    /// What telephones paint their own bars with.
    theme_color: String,
    motto: Option<String>,
}

#[derive(Serialize)]
struct MenuItem {
    label: String,
    href: String,
    address: String,
}

/// A number to call.
#[derive(Serialize)]
struct Line {
    number: String,
    href: Option<String>,
    label: String,
    short: String,
}

#[derive(Serialize)]
struct Alert {
    href: String,
    title: String,
    level: LevelBadge,
    sample: Option<String>,
}

/// A line of the footer.
#[derive(Serialize)]
struct Fact {
    label: String,
    text: String,
    href: Option<String>,
}

/// What a template sees besides the frame and the texts.
#[derive(Serialize)]
struct Whole<'a, P> {
    here: Here<'a>,
    head: Head,
    page: P,
}

/// How many numbers are always in sight.
const CALLS: usize = 2;

/// Renders a page inside the frame.
///
/// # Errors
/// A finding at the template's line.
pub fn render(
    site: &Reader,
    template: &str,
    here: Here,
    head: Head,
    page: &impl Serialize,
    body: &str,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let (config, theme) = (site.config(), site.theme());
    let shared = site.shared(|| {
        let interface = Interface::of(site);
        let alerts = site
            .banner()
            .map(|entry| Alert {
                href: site.href(entry.address()),
                title: entry.title().to_owned(),
                sample: invented(entry, config, &interface),
                level: LevelBadge::new(
                    entry.notice().map_or(NoticeLevel::Info, |notice| notice.level),
                    &interface,
                ),
            })
            .collect();
        Shared::new(&frame(config, alerts, site, &interface), interface.texts())
    });
    theme.render(template, &Whole { here, head, page }, shared, body)
}

fn frame(config: &Config, alerts: Vec<Alert>, site: &Reader, interface: &Interface) -> Frame {
    let lines = || {
        config.hotlines.iter().map(|line| Line {
            href: Phone::new(&line.number).href().map(str::to_owned),
            number: line.number.clone(),
            label: line.label.clone(),
            short: short(&line.label, interface.is_chinese()),
        })
    };
    let face = &site.theme().face;
    let (badge, shades) = (face.badge.as_ref(), face.shades.as_ref());
    Frame {
        language: config.language.clone(),
        title: config.title.clone(),
        organiser: config.unit.organiser.clone().filter(|organiser| *organiser != config.title),
        root: site.href("/"),
        menu: config
            .menu
            .iter()
            .map(|link| {
                let address = link.link.value.clone();
                MenuItem { label: link.label.clone(), href: link_href(site, &address), address }
            })
            .collect(),
        footer_menu: config
            .footer_menu
            .iter()
            .map(|link| Link::new(&link.label, link_href(site, &link.link.value)))
            .collect(),
        calls: lines().take(CALLS).collect(),
        lines: lines().collect(),
        officers: (!config.officers.is_empty()).then(|| format!("{}#officers", site.href("/"))),
        more_alerts: interface.fill("more_alerts", "n", &alerts.len().saturating_sub(1)),
        alerts,
        imprint: imprint(config, site, interface),
        badge: badge.map(|badge| badge.name),
        roof: shades.map_or_else(|| DEFAULT_ROOF.to_owned(), |shades| shades.roof.to_string()),
        icon: badge.map_or("icon.svg", |badge| badge.name),
        icon_kind: badge.map_or("image/svg+xml", |badge| badge.kind),
        theme_color: shades.map_or_else(|| DEFAULT_MAIN.to_owned(), |shades| shades.main.to_string()),
        motto: config.brand.motto.clone(),
    }
}

/// A link of `site.yaml`: an address of the site, or one elsewhere. The gate has refused every other scheme.
fn link_href(site: &Reader, link: &str) -> String {
    let inside = link.starts_with('/') && !link.starts_with("//");
    if !inside {
        return link.to_owned();
    }
    let (address, fragment) =
        link.split_once('#').map_or((link, None), |(address, fragment)| (address, Some(fragment)));
    Addressing::OnSite.of_place(site, address, fragment)
}

/// The first word of a label, for the narrow bar: 反诈 of 反诈预警劝阻.
fn short(label: &str, chinese: bool) -> String {
    if chinese && label.chars().take(2).all(|c| !c.is_ascii()) {
        label.chars().take(2).collect()
    } else {
        label.split_whitespace().next().unwrap_or(label).to_owned()
    }
}

/// The lines of the footer that the rules for government websites ask for (国办发〔2017〕47号, 网站页面 四、页脚).
fn imprint(config: &Config, site: &Reader, interface: &Interface) -> Vec<Fact> {
    let unit = &config.unit;
    let plain = |_: &str| None;
    let fact = |key: &'static str, value: &Option<String>, href: &dyn Fn(&str) -> Option<String>| {
        let text = value.as_ref()?;
        Some(Fact { label: interface.text(key).to_owned(), text: text.clone(), href: href(text) })
    };
    let error_report = unit.error_report.as_ref().map(|link| Fact {
        label: interface.text("error_report").to_owned(),
        text: interface.text("error_report_text").to_owned(),
        href: Some(link_href(site, link)),
    });
    [
        fact("organiser", &unit.organiser, &plain),
        fact("operator", &unit.operator, &plain),
        fact("address", &unit.address, &plain),
        fact("contact", &unit.phone, &|text| Phone::new(text).href().map(str::to_owned)),
        fact("email", &unit.email, &|text| mailbox(text)),
        fact("icp", &unit.icp, &|_| Some("https://beian.miit.gov.cn/".to_owned())),
        fact("police_record", &unit.police_record, &|_| Some("https://beian.mps.gov.cn/".to_owned())),
        fact("site_id", &unit.site_id, &plain),
        error_report,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A mailbox as a link, if it is one and nothing more.
fn mailbox(text: &str) -> Option<String> {
    let sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '@');
    (text.matches('@').count() == 1 && text.chars().all(sound)).then(|| format!("mailto:{text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_cut_to_their_first_word() {
        assert_eq!(short("反诈预警劝阻", true), "反诈");
        assert_eq!(short("急救", true), "急救");
        assert_eq!(short("Fraud warnings", false), "Fraud");
    }

    #[test]
    fn a_mailbox_carries_no_header() {
        assert_eq!(mailbox("a.b@example.cn").as_deref(), Some("mailto:a.b@example.cn"));
        assert_eq!(mailbox("a@b.cn?cc=c@d.cn"), None);
        assert_eq!(mailbox("javascript:alert(1)"), None);
    }
}

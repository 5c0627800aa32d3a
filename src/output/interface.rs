//! The words of the interface, and how dates and numbers read in the site's language.
//!
//! Refuses: sentences in code. Everything a reader sees comes from the theme's `text.<language>.yaml`.
//! Invariant: a missing text shows its own key, so that it is seen and never stops a build.

use super::Reader;
use super::trace::Bulletin;
use crate::model::config::Config;
use crate::model::reach;
use crate::model::when::When;
use jiff::tz::TimeZone;
use serde::Serialize;
use std::collections::BTreeMap;

/// The interface in one language.
pub struct Interface<'m> {
    texts: &'m BTreeMap<String, String>,
    chinese: bool,
    zone: &'m TimeZone,
}

/// A moment for machines and for people.
#[derive(Clone, Debug, Serialize)]
pub struct Moment {
    iso: String,
    /// In words.
    pub text: String,
}

/// A leaf of a calendar.
#[derive(Clone, Debug, Serialize)]
pub struct Leaf {
    month: String,
    day: i8,
    weekday: String,
}

impl<'m> Interface<'m> {
    /// The interface of a site.
    pub fn of(site: &Reader<'m>) -> Self {
        let config = site.config();
        Self { texts: &site.theme().texts, chinese: config.language.starts_with("zh"), zone: &config.zone }
    }

    /// Whether the language is Chinese.
    pub fn is_chinese(&self) -> bool {
        self.chinese
    }

    /// All texts, for templates.
    pub fn texts(&self) -> &'m BTreeMap<String, String> {
        self.texts
    }

    /// A text.
    pub fn text<'k: 'm>(&self, key: &'k str) -> &'m str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// The text of a key made of two parts, `kind_` and `tip`.
    pub fn named(&self, prefix: &str, name: &str) -> String {
        let key = format!("{prefix}{name}");
        self.texts.get(&key).cloned().unwrap_or(key)
    }

    /// A text with its `{name}` filled in.
    pub fn fill(&self, key: &str, name: &str, value: &dyn std::fmt::Display) -> String {
        self.texts.get(key).map_or(key, String::as_str).replace(&format!("{{{name}}}"), &value.to_string())
    }

    /// Several words in a row.
    pub fn join(&self, words: &[impl AsRef<str>]) -> String {
        let comma = self.texts.get("comma").map_or("、", String::as_str);
        words.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(comma)
    }

    /// The villages that a bulletin names, or the whole area of the office.
    pub fn areas_of(&self, bulletin: Bulletin, config: &Config) -> String {
        let names = bulletin.area_names(config);
        if names.is_empty() { self.everywhere(config) } else { self.join(&names) }
    }

    /// The whole area of the office, for what names no village: 全镇, 全街道, or 全辖区 where its name does not tell.
    pub fn everywhere(&self, config: &Config) -> String {
        match config.unit.name.as_deref().and_then(reach::of) {
            Some(place) => self.fill("everywhere_in", "place", &place),
            None => self.text("everywhere").to_owned(),
        }
    }

    /// A moment, with its time where one was given.
    pub fn moment(&self, when: When) -> Moment {
        let iso = match when.time {
            Some(_) => when.zoned(self.zone).strftime("%Y-%m-%dT%H:%M%:z").to_string(),
            None => when.date.to_string(),
        };
        let text = match (self.chinese, when.time) {
            (true, _) => when.chinese(),
            (false, None) => when.date.strftime("%-d %B %Y").to_string(),
            (false, Some(_)) => when.start().strftime("%-d %B %Y, %H:%M").to_string(),
        };
        Moment { iso, text }
    }

    /// Its day only.
    pub fn day(&self, when: When) -> Moment {
        self.moment(When { time: None, ..when })
    }

    /// A moment of a day that was named already: its time only, where one was given.
    pub fn time(&self, when: When) -> Moment {
        let Moment { iso, text } = self.moment(when);
        let text = when.time.map_or(text, |time| time.strftime("%H:%M").to_string());
        Moment { iso, text }
    }

    /// Its leaf of the calendar.
    ///
    /// # Panics
    /// Never: a week has seven days.
    pub fn leaf(&self, when: When) -> Leaf {
        let weekday = usize::try_from(when.date.weekday().to_monday_zero_offset()).expect("0 to 6");
        let weekdays = self.texts.get("weekdays").map_or("", String::as_str);
        Leaf {
            month: self.month(when.date.month()),
            day: when.date.day(),
            weekday: weekdays.split_whitespace().nth(weekday).unwrap_or_default().to_owned(),
        }
    }

    /// The name of a month.
    pub fn month(&self, month: i8) -> String {
        let name = self.texts.get("months").and_then(|months| {
            let place = usize::try_from(month - 1).ok()?;
            months.split_whitespace().nth(place)
        });
        name.map_or_else(|| month.to_string(), str::to_owned)
    }
}

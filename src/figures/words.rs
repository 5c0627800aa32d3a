//! The few words that figures need around them, in the site's language.
//!
//! Refuses: sentences; `figures::sentence` makes them.
//! Invariant: every word is the same on the page, on paper and in open data.

use crate::statistics::promise::MarkPromise;
use crate::statistics::safe::SafeDataset;

/// The words for the figures of one dataset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words<'w> {
    /// The site's language.
    pub language: Language,
    /// What stands for a hidden figure, `*` unless the site says otherwise.
    pub mark: &'w str,
    /// What it tells.
    pub promise: MarkPromise,
}

impl<'w> Words<'w> {
    /// Those of a dataset.
    pub fn of(dataset: &'w SafeDataset, language: Language) -> Self {
        Self { language, mark: dataset.mark(), promise: dataset.promise() }
    }

    /// What the mark means, in a few words beside a drawing.
    pub fn key(self) -> String {
        self.promise.key(self.mark, self.language == Language::English)
    }
}

/// A language of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// 中文
    Chinese,
    /// English
    English,
}

impl Language {
    /// The language that `site.yaml` names.
    pub fn named(name: &str) -> Self {
        if name == "en" || name.starts_with("en-") { Self::English } else { Self::Chinese }
    }

    /// One of two texts.
    pub fn pick<'t>(self, chinese: &'t str, english: &'t str) -> &'t str {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }

    /// What stands for a hidden figure where it is read aloud.
    pub fn hidden(self) -> &'static str {
        self.pick("未公布", "not published")
    }

    /// The unit of the figures, told once.
    pub fn unit(self, unit: &str) -> String {
        match self {
            Self::Chinese => format!("单位：{unit}"),
            Self::English => format!("Unit: {unit}"),
        }
    }
}

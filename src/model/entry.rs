//! Entries and sections: what is published, where.
//!
//! Refuses: positions as identities. An entry is known by its path; indices live no longer than one model.
//! Invariant: entries and sections are sorted by path.

use super::config::Config;
use super::kind::Kind;
use super::meta::{Allow, Meta};
use super::now::Now;
use super::own::{Notice, NoticeStatus, Own};
use super::review::{ReviewStamp, Signature};
use super::when::When;
use crate::diag::{FileId, Message};
use crate::source::outline::BodyOutline;
use crate::world::VPath;
use blake3::Hash;
use jiff::civil::DateTime;
use std::sync::Arc;

/// Index of an entry in `Model::entries`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryIx(pub u32);

/// Index of a section in `Model::sections`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionIx(pub u32);

/// A bulletin or page that is published.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its path, its identity.
    pub path: VPath,
    /// Its source.
    pub file: FileId,
    /// The nearest section above it.
    pub section: SectionIx,
    /// Its front matter.
    pub meta: Meta,
    /// What is known of its body without its text; `Model::body` gives the tree.
    pub outline: Arc<BodyOutline>,
    /// Its address from the root of the site, `/tips/shua-dan/`.
    pub address: String,
    /// A sentence or two: the author's, else the body's first.
    pub summary: String,
    /// Codes of its villages that `site.yaml` knows.
    pub areas: Vec<String>,
    /// Whether it is a draft shown only because drafts were asked for.
    pub draft: bool,
    /// Whether its time is over: its page stays, and says so; no list, feed or handout has it.
    pub expired: bool,
    /// What it is stamped with, where nobody has approved it and all is shown.
    pub stamp: Option<ReviewStamp>,
    /// Who has signed it, where pages print that.
    pub signed: Vec<Signature>,
    /// Hash of everything that a card or a list shows of it.
    pub meta_hash: Hash,
}

/// A section, 栏目.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its folder below `content/`, empty for the root.
    pub dir: String,
    /// Its `_index.md`, if it has one.
    pub file: Option<FileId>,
    /// Its title.
    pub title: String,
    /// The kind of bulletins without one of their own.
    pub kind: Kind,
    /// What it is about.
    pub summary: String,
    /// Key words.
    pub tags: Vec<String>,
    /// Its place among the sections: lower first.
    pub order: u32,
    /// Its address, `/tips/`.
    pub address: String,
    /// What is known of the words before its list.
    pub outline: Arc<BodyOutline>,
    /// Hash of all of this.
    pub hash: Hash,
}

/// A bulletin that is not published now.
#[derive(Clone, Debug)]
pub struct Held {
    /// Its path.
    pub path: VPath,
    /// Its source.
    pub file: FileId,
    /// Its title.
    pub title: String,
    /// The address that it would have.
    pub address: String,
    /// Why.
    pub reason: HeldReason,
    /// Its exceptions.
    pub allow: Vec<Allow>,
}

/// Why a bulletin is held back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeldReason {
    /// It is a draft.
    Draft,
    /// It is to be published later.
    Future(When),
    /// Nobody has approved it; what is missing.
    Unreviewed(Message),
}

impl Entry {
    /// The title.
    pub fn title(&self) -> &str {
        &self.meta.title.value
    }

    /// The moment it is sorted by; entries without a date come last.
    pub fn sort_key(&self) -> Option<When> {
        self.meta.date
    }

    /// The fields of a notice.
    pub fn notice(&self) -> Option<&Notice> {
        match &self.meta.own {
            Own::Notice(notice) => Some(notice),
            _ => None,
        }
    }

    /// Whether a notice is in force at a moment. One that takes another back never is.
    pub fn in_force(&self, now: &Now) -> bool {
        let Some(notice) = self.notice() else { return false };
        let begins = notice.effective.as_ref().map(|when| when.value).or(self.meta.date);
        notice.status != NoticeStatus::Cancel
            && begins.is_none_or(|when| now.has_come(when.start()))
            && self.meta.expires.as_ref().is_none_or(|when| !now.is_after(when.value.end()))
    }

    /// When a meeting begins.
    pub fn meeting_start(&self) -> Option<When> {
        match &self.meta.own {
            Own::Meeting { start, .. } => start.as_ref().map(|when| when.value),
            _ => None,
        }
    }

    /// When a meeting is over: its end, else the end of its first day.
    pub fn meeting_end(&self) -> Option<DateTime> {
        match &self.meta.own {
            Own::Meeting { start, end, .. } => match (start, end) {
                (_, Some(end)) => Some(end.value.end()),
                (Some(start), None) => Some(When { time: None, ..start.value }.end()),
                (None, None) => None,
            },
            _ => None,
        }
    }

    /// The names of its villages.
    pub fn area_names<'c>(&self, config: &'c Config) -> Vec<&'c str> {
        self.areas.iter().filter_map(|code| config.area(code)).map(|area| area.name.as_str()).collect()
    }
}

//! What the settings say of reviews (三审), and what is known of each bulletin once the log of reviews was read.
//!
//! The log itself, what an approval binds and how both are judged is the room `review`; here stand the words that it shares with the
//! model, so that lints and pages can tell what came of it.
//!
//! Invariant: without `review:` in `site.yaml` nobody has to sign anything, and [`Reviews::on`] is false.

mod settings;

use super::Model;
use crate::diag::Message;
use crate::world::VPath;
pub use settings::{HEAVY_LEVEL, LEVELS, ReviewLevel, ReviewSettings};
use std::collections::BTreeMap;

/// Where approved versions are kept.
pub const KEPT: &str = "content/reviews/kept";

/// A signature that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The level.
    pub level: String,
    /// Who.
    pub name: String,
    /// When, as recorded.
    pub at: String,
    /// What they said.
    pub note: Option<String>,
}

/// How far a bulletin is, as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stands {
    /// Every level has signed it.
    Approved,
    /// It was published before reviews began.
    Baseline,
    /// It is urgent and goes out before every level has signed; until when.
    Urgent(String),
    /// It is urgent, and its time without the other signatures is over; since when.
    Overdue(String),
    /// Somebody has signed it, and somebody has still to.
    Pending,
    /// It was sent back: by whom, and why.
    Rejected(String, String),
    /// Nobody has signed it.
    Unsigned,
}

/// What is known of one bulletin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How far it is.
    pub stands: Stands,
    /// Who has signed it as it is now.
    pub signed: Vec<Signature>,
    /// The levels that have still to sign.
    pub missing: Vec<String>,
    /// Another version of it that was approved.
    pub before: Option<Before>,
    /// Its title.
    pub title: String,
    /// The path at which the same content was approved, where it stands at another one now.
    pub moved_from: Option<String>,
}

/// An approved version of a bulletin that was edited since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// When the last signature was given.
    pub at: String,
    /// By whom.
    pub by: String,
    /// What differs now.
    pub changed: Changed,
    /// Bytes of the text now where the first difference stands; none where the text is the same.
    pub place: Option<(u32, u32)>,
    /// Whether that version is what is published, or why it cannot be.
    pub published: Result<(), Message>,
}

/// What differs between two versions of a bulletin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// What can be told of the text.
    pub text: ChangedText,
    /// Whether it is read as another kind.
    pub kind: bool,
    /// Pictures and attachments that were exchanged, came or went.
    pub files: Vec<String>,
    /// Tables and charts that say something else, came or went.
    pub figures: Vec<String>,
}

/// Lines that differ, as messages may show them: short, and what belongs to a person masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedLines {
    /// The line of the text as it is now, counted from 1.
    pub line: usize,
    /// What stood there; empty where nothing did.
    pub was: String,
    /// What stands there.
    pub is: String,
}

/// What can be told of how a text differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ChangedText {
    /// It is the same.
    #[default]
    Same,
    /// In so many places; the first of them.
    Places(usize, Vec<ChangedLines>),
    /// It differs; the earlier one is not kept.
    Unkept,
    /// The text as it is now cannot be read.
    Unreadable,
}

impl Before {
    /// What to say of a bulletin that was edited since: when it was approved, by whom, and what differs.
    pub fn message(&self, title: &str) -> Message {
        let changed = &self.changed;
        let list = |names: &[String]| if names.is_empty() { "none".to_owned() } else { names.join("、") };
        let none: &[ChangedLines] = &[];
        let (text, places) = match &changed.text {
            ChangedText::Same => ("none".to_owned(), none),
            ChangedText::Places(count, places) => (count.to_string(), places.as_slice()),
            ChangedText::Unkept => ("unkept".to_owned(), none),
            ChangedText::Unreadable => ("unreadable".to_owned(), none),
        };
        let lines: Vec<String> = places.iter().map(|one| one.line.to_string()).collect();
        let first = |text: fn(&ChangedLines) -> &str| places.first().map_or("", text).to_owned();
        Message::new("stale-approval")
            .with("title", title)
            .with("at", &self.at)
            .with("by", &self.by)
            .with("text", text)
            .with("lines", lines.join("、"))
            .with("was", first(|one| &one.was))
            .with("is", first(|one| &one.is))
            .with("files", list(&changed.files))
            .with("figures", list(&changed.figures))
            .with("kind", if changed.kind { "yes" } else { "none" })
    }
}

impl Standing {
    /// Whether it may be published as it stands.
    pub fn is_approved(&self) -> bool {
        matches!(self.stands, Stands::Approved | Stands::Baseline | Stands::Urgent(_))
    }
}

/// What came of reading the log of reviews.
#[derive(Clone, Debug, Default)]
pub struct Reviews {
    /// Whether the site reviews what it publishes.
    pub on: bool,
    /// Whether what nobody approved is shown all the same, stamped: the preview, and checks.
    pub shows_all: bool,
    /// Every bulletin as it stands in its folder now.
    pub standing: BTreeMap<VPath, Standing>,
    /// What is published, as it is.
    pub published: BTreeMap<VPath, Standing>,
    /// Those whose last approved version is published in place of what stands in the folder.
    pub substituted: BTreeMap<VPath, Standing>,
    /// Those that are published in no version.
    pub withheld: BTreeMap<VPath, Standing>,
    /// What is wrong with the log.
    pub log: Vec<Message>,
}

/// What an unapproved bulletin is stamped with where all is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewStamp {
    /// Nobody has signed it.
    Draft,
    /// It waits for signatures.
    Pending,
    /// An earlier version of it was approved.
    Changed,
}

impl ReviewStamp {
    /// Its name, in templates and texts of themes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Pending => "pending",
            Self::Changed => "changed",
        }
    }

    /// The stamp of a bulletin; none where it is approved.
    pub fn of(standing: &Standing) -> Option<Self> {
        match (&standing.stands, &standing.before) {
            _ if standing.is_approved() => None,
            (_, Some(_)) => Some(Self::Changed),
            (Stands::Unsigned | Stands::Rejected(..), None) => Some(Self::Draft),
            _ => Some(Self::Pending),
        }
    }
}

impl Model {
    /// Takes in what the log of reviews says of its bulletins.
    pub fn review(&mut self, reviews: Reviews) {
        let show = self.config.review.show;
        for entry in &mut self.grouped.addressed.read.entries {
            let standing = if reviews.shows_all { &reviews.standing } else { &reviews.published };
            let standing = standing.get(&entry.path);
            let Some(standing) = standing else { continue };
            entry.stamp = ReviewStamp::of(standing).filter(|_| reviews.shows_all);
            if show {
                entry.signed.clone_from(&standing.signed);
            }
            if entry.stamp.is_none() && entry.signed.is_empty() {
                continue;
            }
            let mut hasher = blake3::Hasher::new();
            hasher.update(entry.meta_hash.as_bytes());
            hasher.update(entry.stamp.map_or("", ReviewStamp::name).as_bytes());
            for one in &entry.signed {
                hasher.update(&[0]).update(one.level.as_bytes()).update(&[0]).update(one.name.as_bytes());
            }
            entry.meta_hash = hasher.finalize();
        }
        self.reviews = reviews;
    }
}

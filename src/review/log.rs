//! The log of reviews: `content/reviews/YYYY-MM.log`, one record a line.
//!
//! A line is its seal (a hash of what follows it), a blank, and a record as JSON. A record names the seals of the lines before it that nothing
//! else came after (`after`), so the lines form a graph that grows at its ends. Two copies of a site that were signed apart may be joined by Git:
//! the lines of both stand, each after what it was written after, and the next record comes after both. `content/reviews/heads` holds the seals
//! of the ends.
//!
//! What is promised: a line that was changed, cut, doubled, moved before what it follows, or lost (at the end as well, for `heads` names it) is
//! found. What is not: whoever may write the folder and knows the program can write a log of their own; against that stand the history in
//! Git and the sheets that were signed on paper.
//!
//! Refuses: to guess. A log with a fault counts for nothing until it is mended.
//! Invariant: records are in an order in which each comes after those that it names.

use super::bound::Parts;
use crate::diag::Message;
use crate::world::{FileReason, VPath, World};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The folder.
pub const FOLDER: &str = "content/reviews";
/// The file of the ends.
pub const HEADS: &str = "content/reviews/heads";

/// What somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Act {
    /// Signed a level.
    Approve,
    /// Sent it back.
    Reject,
    /// Took over what was published before reviews began.
    Baseline,
}

/// A record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// When, with the distance from UTC.
    pub at: String,
    /// What.
    pub act: Act,
    /// The bulletin's file.
    pub path: String,
    /// Its title then.
    pub title: String,
    /// The level that was signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// Who did it.
    pub name: String,
    /// What they said; of a rejection the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The levels that it needed then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<String>,
    /// Who wrote it, as it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Whether it was urgent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub urgent: bool,
    /// Hash of all that readers get of it.
    pub bound: String,
    /// The parts of that.
    pub parts: Parts,
    /// The files that its figures came from, by their hashes. They are not bound: what readers see of them is.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub data: BTreeMap<String, String>,
    /// Seals of the ends of the log when this was written.
    pub after: Vec<String>,
}

impl Record {
    /// The line that holds it, without an end.
    ///
    /// # Panics
    /// Never: a record is plain JSON.
    pub fn line(&self) -> String {
        let json = serde_json::to_string(self).expect("a record is plain JSON");
        format!("{} {json}", seal(&json))
    }
}

/// Signs of a seal: 160 bits, and short enough to be read out.
const SEAL: usize = 40;

fn seal(json: &str) -> String {
    let mut hasher = blake3::Hasher::new_derive_key("yuanba 2026 line of the log of reviews");
    hasher.update(json.as_bytes());
    hasher.finalize().to_hex()[..SEAL].to_owned()
}

/// A fault of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub path: String,
    /// Its line, counted from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong.
    pub what: Message,
}

/// The log as it was read.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// Records with their seals, each after those that it names.
    pub records: Vec<(String, Record)>,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// Whether there is a log at all.
    pub exists: bool,
    /// The name of its last file.
    pub last_file: Option<String>,
}

impl Log {
    /// Reads and proves it.
    ///
    /// # Panics
    /// Never: the names of its files are plain.
    pub fn read(world: &dyn World) -> Self {
        let folder = VPath::new(FOLDER).expect("a plain name");
        let mut log = Self::default();
        let mut places: HashMap<String, (String, usize)> = HashMap::new();
        for listed in world.list(&folder) {
            let Ok(file) = listed else { continue };
            if file.path.parent().to_string() != FOLDER || file.path.extension() != Some("log") {
                continue;
            }
            log.exists = true;
            log.last_file = Some(file.path.file_name().to_owned());
            match world.read(&file.path) {
                Ok(bytes) => log.file(&file.path, &bytes, &mut places),
                Err(_) => log.fault(&file.path, 0, Message::new("review-log-unreadable")),
            }
        }
        log.heads(world, &places);
        log
    }

    fn fault(&mut self, path: &str, line: usize, what: Message) {
        let what = what.with("file", path).with("at", line);
        self.faults.push(Fault { path: path.to_owned(), line, what });
    }

    fn file(&mut self, path: &VPath, bytes: &[u8], places: &mut HashMap<String, (String, usize)>) {
        let Ok(text) = std::str::from_utf8(bytes) else {
            return self.fault(path, 0, Message::new("review-log-no-text"));
        };
        let text = text.trim_start_matches('\u{feff}');
        for (at, line) in text.lines().enumerate().map(|(at, line)| (at + 1, line.trim_end())) {
            if line.is_empty() {
                continue;
            }
            if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark)) {
                self.fault(path, at, Message::new("review-log-merge"));
                continue;
            }
            let Some((sealed, json)) = line.split_once(' ').filter(|(sealed, _)| sealed.len() == SEAL) else {
                self.fault(path, at, Message::new("review-log-line"));
                continue;
            };
            if seal(json) != sealed {
                // Of a line that was cut its end is missing; one that was changed is still a record.
                let id = if json.ends_with('}') { "review-log-changed" } else { "review-log-cut" };
                self.fault(path, at, Message::new(id));
                continue;
            }
            let Ok(record) = serde_json::from_str::<Record>(json) else {
                self.fault(path, at, Message::new("review-log-line"));
                continue;
            };
            if record.parts.hash() != record.bound {
                self.fault(path, at, Message::new("review-log-changed"));
            }
            if let Some((other, line)) = places.get(sealed) {
                let what = Message::new("review-log-twice").with("path", other).with("line", line);
                self.fault(path, at, what);
                continue;
            }
            for before in &record.after {
                if !places.contains_key(before) {
                    self.fault(
                        path,
                        at,
                        Message::new("review-log-gap").with("seal", &before[..before.len().min(8)]),
                    );
                }
            }
            places.insert(sealed.to_owned(), (path.to_string(), at));
            self.records.push((sealed.to_owned(), record));
        }
    }

    /// Compares the ends with those that are written down: what was cut off at an end is missed by no line.
    fn heads(&mut self, world: &dyn World, places: &HashMap<String, (String, usize)>) {
        let path = VPath::new(HEADS).expect("a plain name");
        let text = match world.read(&path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.reason == FileReason::NotFound => {
                if self.exists {
                    self.fault(HEADS, 0, Message::new("review-log-no-heads"));
                }
                return;
            }
            Err(_) => return self.fault(HEADS, 0, Message::new("review-log-unreadable")),
        };
        self.exists = true;
        for (at, line) in text.lines().enumerate().map(|(at, line)| (at + 1, line.trim())) {
            if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark)) {
                self.fault(HEADS, at, Message::new("review-log-merge"));
            } else if !line.is_empty() && !places.contains_key(line) {
                self.fault(
                    HEADS,
                    at,
                    Message::new("review-log-lost").with("seal", &line[..line.len().min(8)]),
                );
            }
        }
    }

    /// The seals that no record comes after.
    pub fn ends(&self) -> Vec<String> {
        let followed: HashSet<&str> =
            self.records.iter().flat_map(|(_, record)| record.after.iter().map(String::as_str)).collect();
        let ends: BTreeSet<&String> = self
            .records
            .iter()
            .map(|(seal, _)| seal)
            .filter(|seal| !followed.contains(seal.as_str()))
            .collect();
        ends.into_iter().cloned().collect()
    }

    /// The records of each bulletin, in their order, by their places in [`Self::records`].
    pub fn by_path(&self) -> BTreeMap<&str, Vec<usize>> {
        let mut found: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, (_, record)) in self.records.iter().enumerate() {
            found.entry(record.path.as_str()).or_default().push(at);
        }
        found
    }

    /// Whether the record at `later` knew of the one at `earlier` when it was written.
    pub fn follows(&self, later: usize, earlier: usize) -> bool {
        let mut known: HashSet<&str> = HashSet::from([self.records[earlier].0.as_str()]);
        for (seal, record) in &self.records[earlier + 1..=later.max(earlier)] {
            if record.after.iter().any(|before| known.contains(before.as_str())) {
                known.insert(seal);
            }
        }
        later > earlier && known.contains(self.records[later].0.as_str())
    }
}

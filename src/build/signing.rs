//! Writing the log of reviews, and what is kept of approved versions.
//!
//! What is kept is written first, then the line, then the ends of the log: whatever is interrupted, no line speaks of what is not there, and an end that
//! nobody has written down yet is no fault.
//!
//! Refuses: changing a line that is there.
//! Invariant: each write lasts before the next one begins.

use crate::review::log::{Log, Record};
use crate::world::{DiskWorld, OpenFolder, World};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;

/// How Git is to join the log: the lines of both sides, and no ends of lines exchanged.
const ATTRIBUTES: &str = "# 本文件由程序写：各人的审核记录合并时两边都留。\n*.log -text merge=union\nheads -text merge=union\nkept/* -text\n";

/// A record to be written, and the files to be kept with it: names below `kept/`, and bytes.
pub struct Entry {
    /// The record; what it comes after is filled in.
    pub record: Record,
    /// Files.
    pub keep: Vec<(String, Arc<[u8]>)>,
}

/// Writes records, one after the other. `month` is today's, `2026-11`.
///
/// # Errors
/// Where the disk does not take them.
pub fn append(world: &DiskWorld, month: &str, entries: Vec<Entry>) -> io::Result<()> {
    let folder = OpenFolder::open(world.root())?.make_all("content/reviews")?;
    if folder.dir().symlink_metadata(".gitattributes").is_err() {
        match folder.create(".gitattributes", ATTRIBUTES.as_bytes()) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
    }
    let log = Log::read(world);
    let mut after = log.ends();
    // The months stand one behind the other, whatever a clock says: a line is never before one that it comes after.
    let name = format!("{month}.log");
    let name = log.last_file.filter(|last| *last > name).unwrap_or(name);
    let kept = folder.make("kept")?;
    let mut begins = ends_in_the_middle(&folder, &name)?;
    for Entry { mut record, keep } in entries {
        for (name, bytes) in keep {
            if kept.dir().symlink_metadata(&name).is_err() {
                kept.replace(&name, &bytes)?;
            }
        }
        record.after = after;
        let line = record.line();
        folder.append(&name, format!("{}{line}\n", if begins { "\n" } else { "" }).as_bytes())?;
        begins = false;
        after = line.split(' ').next().map(str::to_owned).into_iter().collect();
    }
    // Whoever wrote at the same time has an end of their own; the log as it is now knows both.
    let mut ends = Log::read(world).ends();
    ends.push(String::new());
    folder.replace("heads", ends.join("\n").as_bytes())
}

/// Whether a file ends in the middle of a line, as one does that was cut.
fn ends_in_the_middle(folder: &OpenFolder, name: &str) -> io::Result<bool> {
    match folder.read(name, 1 << 30) {
        Ok(bytes) => Ok(bytes.last().is_some_and(|last| *last != b'\n')),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// The place of the log of a site, for messages.
pub fn place(site: &Path) -> std::path::PathBuf {
    site.join("content").join("reviews")
}

/// The month of a moment in the site's time zone, and the moment as records have it.
pub fn moment(world: &dyn World, zone: &jiff::tz::TimeZone) -> (String, String) {
    let now = world.now().to_zoned(zone.clone());
    (now.strftime("%Y-%m").to_string(), now.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

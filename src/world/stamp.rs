//! What a disk tells of a file without the file being read: enough to know that it is still the one that was read before.
//!
//! A stamp is compared for being the same, never for being younger: clocks go backwards, and unpacked archives bring old times.
//!
//! Refuses: to give a stamp to a file that changed so short a time ago that a second change could leave the same stamp ("racy Git":
//! a file system counts time in steps, and two changes in one step look like one). Such a file is read again at the next run.

use super::VPath;
use serde::{Deserialize, Serialize};
use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A file that was listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its path.
    pub path: VPath,
    /// Its stamp; none where it could not be relied on.
    pub stamp: Option<Stamp>,
}

/// What tells a file from itself after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// Its length in bytes.
    pub len: u64,
    /// When its bytes changed last, in nanoseconds since 1970.
    pub modified: i64,
    /// Unix: the device, the inode, and when anything about it changed last, which no program can set. Windows: when it was made,
    /// and its attributes.
    pub identity: [u64; 3],
}

/// The longest step in which a file system of our users counts time: FAT, two seconds.
const COARSE: Duration = Duration::from_millis(2_100);
/// The longest step of a file system that counts parts of a second.
const FINE: Duration = Duration::from_millis(100);

impl Stamp {
    /// The stamp of a file; none where it is as young as `clock`, or the system does not tell enough.
    pub(super) fn of(about: &Metadata, clock: SystemTime) -> Option<Self> {
        let modified = nanoseconds(about.modified().ok()?)?;
        let (identity, changed) = identity(about)?;
        let stamp = Self { len: about.len(), modified, identity };
        stamp.is_settled(changed, nanoseconds(clock)?).then_some(stamp)
    }

    /// Whether a change after `clock` would give another stamp.
    fn is_settled(&self, changed: i64, clock: i64) -> bool {
        let step = if self.modified % 1_000_000_000 == 0 { COARSE } else { FINE };
        let step = i64::try_from(step.as_nanos()).unwrap_or(i64::MAX);
        self.modified.max(changed).checked_add(step).is_some_and(|settled| settled < clock)
    }
}

fn nanoseconds(moment: SystemTime) -> Option<i64> {
    match moment.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).ok(),
        Err(before) => i64::try_from(before.duration().as_nanos()).ok().map(|nanoseconds| -nanoseconds),
    }
}

/// Which file it is, and when anything about it changed.
#[cfg(unix)]
fn identity(about: &Metadata) -> Option<([u64; 3], i64)> {
    use std::os::unix::fs::MetadataExt;
    let changed = about.ctime().checked_mul(1_000_000_000)?.checked_add(about.ctime_nsec())?;
    Some(([about.dev(), about.ino(), changed.cast_unsigned()], changed))
}

#[cfg(windows)]
fn identity(about: &Metadata) -> Option<([u64; 3], i64)> {
    use std::os::windows::fs::MetadataExt;
    Some(([about.creation_time(), u64::from(about.file_attributes()), 0], i64::MIN))
}

#[cfg(not(any(unix, windows)))]
fn identity(_: &Metadata) -> Option<([u64; 3], i64)> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_as_young_as_the_listing_has_no_stamp() {
        const SECOND: i64 = 1_000_000_000;
        let stamp = |modified| Stamp { len: 3, modified, identity: [0; 3] };
        // Whole seconds: the file system may count in steps of two.
        assert!(!stamp(100 * SECOND).is_settled(0, 102 * SECOND));
        assert!(stamp(100 * SECOND).is_settled(0, 103 * SECOND));
        let fine = stamp(100 * SECOND + 123_456_789);
        assert!(!fine.is_settled(0, 100 * SECOND + 200_000_000));
        assert!(fine.is_settled(0, 100 * SECOND + 300_000_000));
        assert!(!fine.is_settled(200 * SECOND, 150 * SECOND), "written with an old time of its own");
        assert!(!stamp(300 * SECOND).is_settled(0, 200 * SECOND), "from the future");
        assert!(!stamp(i64::MAX).is_settled(0, i64::MAX));
    }
}

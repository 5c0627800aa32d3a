//! Building again when the site changes by itself: a notice's hour comes, a bulletin's day is over.
//!
//! The build is a process of its own, the same program with the same gates. A server that runs for months keeps none of a build's memory, and a theme that
//! ends a build does not end it. The build says when the site changes next (`build --until`).
//!
//! The clock is looked at often rather than slept through: laptops sleep, and clocks are set.
//!
//! Refuses: to try a refused build again and again; it waits for the next moment, or for ten minutes.
//! Invariant: what is on show is what the last build that passed its gates published.

use jiff::{SignedDuration, Timestamp};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

/// The longest sleep between two looks at the clock.
const NAP: Duration = Duration::from_secs(20);
/// When a build that failed is tried again.
const AGAIN: SignedDuration = SignedDuration::from_mins(10);
/// When a site that never changes by itself is built again: somebody may have given a bulletin a day.
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// How the site is built.
pub struct Builder {
    /// The program.
    pub program: PathBuf,
    /// What it is told.
    pub arguments: Vec<OsString>,
}

/// What came of a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Built {
    /// Whether the site was published.
    pub published: bool,
    /// When it changes next by itself; none where it never does, or that is not known.
    pub next: Option<Timestamp>,
}

impl Builder {
    /// Builds once. What the build has to say goes where this program's words go.
    pub fn build(&self) -> Built {
        #[expect(
            clippy::disallowed_methods,
            reason = "the program starts itself, with nothing but its own options"
        )]
        let run = Command::new(&self.program)
            .args(&self.arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .output();
        match run {
            Ok(ran) => Built {
                published: ran.status.success(),
                next: String::from_utf8_lossy(&ran.stdout)
                    .lines()
                    .last()
                    .and_then(|line| line.trim().parse().ok()),
            },
            Err(_) => Built { published: false, next: None },
        }
    }

    /// Builds now and whenever the site changes by itself, until `stop` says so. `tell` hears of each build and of when the next one is.
    pub fn keep_building(&self, stop: impl Fn() -> bool, mut tell: impl FnMut(Built, Timestamp)) {
        while !stop() {
            let built = self.build();
            let due = due(built, now());
            tell(built, due);
            while let Some(nap) = nap(now(), due) {
                if stop() {
                    return;
                }
                std::thread::sleep(nap.min(Duration::from_secs(1)));
            }
        }
    }
}

/// When to build again.
fn due(built: Built, now: Timestamp) -> Timestamp {
    let later = |wait: SignedDuration| now.checked_add(wait).unwrap_or(Timestamp::MAX);
    match built.next.filter(|next| *next > now) {
        Some(next) if built.published => next,
        // A moment that is past already, and the site still speaks of it: the clock was set, or the build was refused.
        Some(next) => next.min(later(AGAIN)),
        None => later(if built.published { HOUR } else { AGAIN }),
    }
}

/// How long to sleep before the clock is looked at again; none where the moment has come.
fn nap(now: Timestamp, due: Timestamp) -> Option<Duration> {
    let left = due.duration_since(now);
    if left.is_positive() { Some(left.unsigned_abs().min(NAP)) } else { None }
}

#[expect(clippy::disallowed_methods, reason = "whoever waits for a moment looks at the clock")]
fn now() -> Timestamp {
    Timestamp::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_478_400 + second).unwrap()
    }

    #[test]
    fn a_build_is_due_when_the_site_changes() {
        let built = |published, next: Option<i64>| Built { published, next: next.map(at) };
        for (built, expected) in [
            (built(true, Some(60)), 60),
            (built(true, Some(90_000)), 90_000),
            (built(true, None), 3600),
            (built(false, None), 600),
            (built(false, Some(60)), 60),
            (built(false, Some(90_000)), 600),
            (built(true, Some(-5)), 3600),
        ] {
            assert_eq!(due(built, at(0)), at(expected), "{built:?}");
        }
    }

    #[test]
    fn a_clock_that_jumps_is_seen_soon() {
        assert_eq!(nap(at(0), at(5)), Some(Duration::from_secs(5)));
        assert_eq!(nap(at(0), at(90_000)), Some(NAP), "a laptop that wakes up has slept no longer than that");
        assert_eq!(nap(at(5), at(5)), None);
        assert_eq!(nap(at(90_000), at(5)), None);
    }
}

//! The moment that a build calls now.
//!
//! A site changes by itself: a notice begins, a meeting is over, a bulletin's day comes. Whoever asks [`Now`] whether a moment has come also says
//! that the answer changes then, so that a later run knows until when nothing does ([`Now::next_change`]).
//!
//! Refuses: giving the moment out. A comparison made elsewhere would be one that nobody knows of.
//! Invariant: as long as now has not reached [`Now::next_change`], every question has the answer that it had.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use std::sync::{Mutex, PoisonError};

/// Now, in the site's time zone.
#[derive(Debug)]
pub struct Now {
    at: DateTime,
    next: Mutex<Option<DateTime>>,
}

impl Now {
    /// That moment.
    pub fn new(at: DateTime) -> Self {
        Self { at, next: Mutex::new(None) }
    }

    /// Whether a moment is over: now is later.
    pub fn is_after(&self, moment: DateTime) -> bool {
        self.note(moment);
        self.at > moment
    }

    /// Whether a moment has come: now is then or later.
    pub fn has_come(&self, moment: DateTime) -> bool {
        self.note(moment);
        self.at >= moment
    }

    /// The day.
    pub fn date(&self) -> Date {
        let tomorrow = self.at.date().saturating_add(1.day());
        self.note(tomorrow.to_datetime(jiff::civil::Time::midnight()));
        self.at.date()
    }

    /// The first of the moments that somebody asked about and that are not over yet: until then every answer stays.
    pub fn next_change(&self) -> Option<DateTime> {
        *self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, moment: DateTime) {
        if moment < self.at {
            return;
        }
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        *next = Some(next.map_or(moment, |next| next.min(moment)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_next_change_is_the_first_moment_asked_about_that_is_to_come() {
        let noon = date(2026, 11, 24).at(12, 0, 0, 0);
        let now = Now::new(noon);
        assert_eq!(now.next_change(), None);
        assert!(now.is_after(noon - 1.minute()) && now.has_come(noon - 1.minute()));
        assert_eq!(now.next_change(), None, "what is over changes nothing any more");
        assert!(!now.has_come(noon + 2.days()));
        assert_eq!(now.next_change(), Some(noon + 2.days()));
        assert_eq!(now.date(), date(2026, 11, 24));
        assert_eq!(now.next_change(), Some(date(2026, 11, 25).at(0, 0, 0, 0)));
        // At the very moment it has come and is not over; an instant later it is.
        assert!(now.has_come(noon) && !now.is_after(noon));
        assert_eq!(now.next_change(), Some(noon));
    }
}

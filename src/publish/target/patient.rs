//! Trying again: what fails for a moment is tried after a while, each time a longer one.
//!
//! Waits grow twofold and are spread at random, so that many who were turned away together do not come back together.
//!
//! Refuses: trying again what would fail again, such as a wrong password.
//! Invariant: every call of [`Target`] may be repeated without harm.

use super::{Answer, Cause, How, Target};
use bytes::Bytes;
use std::time::Duration;

/// How patient one is.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// How often something is tried at most.
    pub attempts: u32,
    /// About how long one waits before the second time.
    pub first: Duration,
    /// The longest wait.
    pub longest: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { attempts: 6, first: Duration::from_millis(300), longest: Duration::from_secs(10) }
    }
}

impl Patience {
    /// How long to wait before attempt `number`, counted from the second one as 1; `chance` lies between 0 and 255.
    pub fn wait(&self, number: u32, chance: u8) -> Duration {
        let full = self.first.saturating_mul(1 << number.saturating_sub(1).min(16)).min(self.longest);
        // Half of it for sure, the rest at random.
        full / 2 + full / 2 * u32::from(chance) / 255
    }
}

/// A target that is asked again.
pub struct Patient<'t> {
    target: &'t dyn Target,
    patience: Patience,
    sleep: fn(Duration),
}

impl<'t> Patient<'t> {
    /// Of a target.
    pub fn new(target: &'t dyn Target, patience: Patience) -> Self {
        Self { target, patience, sleep: std::thread::sleep }
    }

    fn ask<T>(&self, call: impl Fn() -> Answer<T>) -> Answer<T> {
        let mut number = 1;
        loop {
            match call() {
                Err(trouble) if trouble.passing && number < self.patience.attempts => {
                    let mut chance = [128];
                    let _ = getrandom::fill(&mut chance);
                    // Who was told to come less often waits twice as long.
                    let more = u32::from(trouble.cause == Cause::Crowded);
                    (self.sleep)(self.patience.wait(number + more, chance[0]));
                    number += 1;
                }
                answer => return answer,
            }
        }
    }
}

impl Target for Patient<'_> {
    fn read(&self, path: &str) -> Answer<Option<Vec<u8>>> {
        self.ask(|| self.target.read(path))
    }

    fn write(&self, path: &str, bytes: &Bytes, how: How) -> Answer<()> {
        self.ask(|| self.target.write(path, bytes, how))
    }

    fn stands(&self, path: &str) -> Answer<bool> {
        self.ask(|| self.target.stands(path))
    }

    fn list(&self) -> Answer<Vec<String>> {
        self.ask(|| self.target.list())
    }

    fn remove(&self, path: &str) -> Answer<()> {
        self.ask(|| self.target.remove(path))
    }

    fn removes_at_once(&self) -> usize {
        self.target.removes_at_once()
    }

    fn remove_many(&self, paths: &[&str]) -> Answer<()> {
        match self.target.remove_many(paths) {
            // Some servers know no bulk removal, or answer it wrongly: one by one, then.
            Err(_) => paths.iter().try_for_each(|path| self.remove(path)),
            Ok(()) => Ok(()),
        }
    }

    fn keeps_encoding(&self) -> bool {
        self.target.keeps_encoding()
    }

    fn replaces_whole(&self) -> bool {
        self.target.replaces_whole()
    }

    fn has_folders(&self) -> bool {
        self.target.has_folders()
    }
}

#[cfg(test)]
mod tests {
    use super::super::fake::Fake;
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let patience = Patience::default();
        let waits: Vec<_> = (1..12).map(|number| patience.wait(number, 255)).collect();
        assert!(waits.windows(2).all(|two| two[0] <= two[1]), "{waits:?}");
        assert!(waits[10] <= patience.longest && patience.wait(1, 0) >= patience.first / 3);
        assert!(patience.wait(3, 0) < patience.wait(3, 200));
    }

    #[test]
    fn what_passes_is_tried_again_and_what_stays_is_not() {
        let quick = Patience { attempts: 4, first: Duration::ZERO, longest: Duration::ZERO };
        let fake = Fake::default();
        fake.fail_next(3, Cause::Crowded, true);
        assert_eq!(Patient::new(&fake, quick).stands("a"), Ok(false));
        assert_eq!(fake.calls(), 4);
        fake.fail_next(9, Cause::TimedOut, true);
        assert_eq!(Patient::new(&fake, quick).stands("a").unwrap_err().cause, Cause::TimedOut);
        assert_eq!(fake.calls(), 8);
        fake.fail_next(9, Cause::Denied, false);
        assert_eq!(Patient::new(&fake, quick).stands("a").unwrap_err().cause, Cause::Denied);
        assert_eq!(fake.calls(), 9);
    }

    #[test]
    fn where_many_cannot_be_removed_at_once_they_go_one_by_one() {
        let quick = Patience { attempts: 2, first: Duration::ZERO, longest: Duration::ZERO };
        let fake = Fake { bulk: 10, ..Fake::default() };
        for path in ["a", "b"] {
            fake.put(path, b"1");
        }
        fake.fail_next(1, Cause::Failed, false);
        assert_eq!(Patient::new(&fake, quick).remove_many(&["a", "b"]), Ok(()));
        assert!(fake.files().is_empty());
    }
}

//! The moments at which a build may be interrupted, named so that tests can interrupt it there.
//!
//! Refuses: doing anything in the program itself.
//! Invariant: between two steps at most one rename happens.

/// A moment of a commit or of a recovery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// All files are staged, none is synced.
    Staged,
    /// What stays is linked into the new tree.
    Linked,
    /// The new files are on the disk.
    Synced,
    /// The journal is on the disk.
    Journalled,
    /// One more entry of the journal is done.
    Applied,
    /// One more entry of the journal is undone.
    Undone,
    /// The old tree is away, the new one is not there yet; only where the system cannot exchange two folders.
    Between,
    /// The new tree is in place.
    Swapped,
    /// The work is done; only the work folder is left.
    Done,
}

/// Whom to tell about steps.
#[derive(Default)]
pub(super) struct Steps {
    #[cfg(test)]
    pub hook: Option<Box<dyn Fn(Step) + Send + Sync>>,
    /// Do as on systems that cannot exchange two folders.
    #[cfg(test)]
    pub portable: bool,
}

impl Steps {
    /// Says that a step is reached.
    pub fn pass(&self, step: Step) {
        #[cfg(test)]
        if let Some(hook) = &self.hook {
            hook(step);
        }
        let _ = (self, step);
    }

    /// Whether to exchange folders where the system can.
    #[cfg(test)]
    pub fn may_exchange(&self) -> bool {
        !self.portable
    }

    /// Whether to exchange folders where the system can.
    #[cfg(not(test))]
    #[expect(clippy::unused_self, reason = "tests ask the steps; the program always may")]
    pub fn may_exchange(&self) -> bool {
        true
    }
}

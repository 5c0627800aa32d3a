//! Where stages put their findings.

use super::{Diagnostic, Level};

/// Proof that an error was put into a [`Sink`]; nothing else can make one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reported(());

/// Collects findings. Parallel work fills one sink each; `append` joins them, and printing sorts.
#[derive(Debug, Default, Clone)]
pub struct Sink {
    found: Vec<Diagnostic>,
}

impl Sink {
    /// An empty sink.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a finding that does not stop its stage.
    pub fn report(&mut self, finding: Diagnostic) {
        self.found.push(finding);
    }

    /// Takes an error: the stage cannot yield its result.
    pub fn error(&mut self, finding: Diagnostic) -> Reported {
        debug_assert!(finding.level >= Level::Deny, "{} is no error by default", finding.code);
        self.found.push(finding);
        Reported(())
    }

    /// Whether the way is free: an error where any finding is at `Deny` or above.
    ///
    /// # Errors
    /// [`Reported`], for what was found is here.
    pub fn verdict(&self) -> Result<(), Reported> {
        if self.found.iter().any(|finding| finding.level >= Level::Deny) { Err(Reported(())) } else { Ok(()) }
    }

    /// Takes everything that another sink holds.
    pub fn append(&mut self, mut other: Sink) {
        self.found.append(&mut other.found);
    }

    /// What was found so far, in the order of reporting.
    pub fn found(&self) -> &[Diagnostic] {
        &self.found
    }

    /// Gives up everything found.
    pub fn take(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.found)
    }
}

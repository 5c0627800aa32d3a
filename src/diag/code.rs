//! Codes of findings and their levels.

use std::fmt;

/// How severe a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Level {
    /// Not reported.
    Allow,
    /// Reported; the site is still published.
    Warn,
    /// Reported; the gate refuses.
    Deny,
    /// Like `Deny`, and no setting can lower it.
    Forbid,
}

/// The identity of a rule. Codes are never reused.
#[derive(Clone, Copy)]
pub struct Code {
    /// Letter and number, e.g. `L301`.
    pub id: &'static str,
    /// Name that reads well after "allow", e.g. `broken-link`.
    pub name: &'static str,
    /// Level without any setting.
    pub level: Level,
}

impl Code {
    /// A code. Private, so that [`codes`] is the only list of them.
    const fn new(id: &'static str, name: &'static str, level: Level) -> Self {
        Self { id, name, level }
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}
impl Eq for Code {}
impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Code {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.id.cmp(other.id)
    }
}

pub mod codes;

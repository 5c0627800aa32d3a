//! What is told of a dataset beside its tables: what it counts, how its rates are made, how it is protected.
//!
//! Refuses: figures. Invariant: names and settings only.

/// How a rate is made: two measures, and the codes that each is restricted to beyond its place.
#[derive(Clone, Debug)]
pub struct SafeRate {
    /// Its key.
    pub key: String,
    /// Its name.
    pub label: String,
    /// Measure above the line.
    pub measure: String,
    /// Measure below it.
    pub per: String,
    /// Dimension and code.
    pub numerator: Vec<(String, String)>,
    /// Dimension and code.
    pub denominator: Vec<(String, String)>,
}

/// A measure of a dataset.
#[derive(Clone, Debug)]
pub struct SafeMeasure {
    /// Its key.
    pub key: String,
    /// Its name.
    pub label: String,
    /// Its unit.
    pub unit: Option<String>,
    /// A sum of money or the like; otherwise a count.
    pub amount: bool,
}

/// What readers may know of how a dataset is protected.
#[derive(Clone, Debug)]
pub struct SafePolicy {
    /// Counts under it are hidden.
    pub threshold: u32,
    /// So wide is the range that stays open.
    pub width: u32,
    /// Zeros are hidden too.
    pub zeros_sensitive: bool,
    /// The one person behind a count of 1 learns no other.
    pub insiders: bool,
    /// The p of the p% rule.
    pub p: u32,
    /// Amounts of fewer are hidden.
    pub contributors: u32,
    /// The (n, k) rule.
    pub dominance: Option<(u32, u32)>,
    /// What is known to be empty: dimension and code.
    pub structural_zeros: Vec<Vec<(String, String)>>,
}

//! What is sensitive under a policy, and how much of it must stay open: primary suppression.
//!
//! Counts under the threshold; amounts with few contributors, or with contributors so great that one could estimate another:
//! the p % rule and the (n, k) rule of dominance (Hundepool et al. 2012, 4.2).
//!
//! Refuses: knowing where a figure stands.
//! Invariant: an interval that is asked for lies at or above the least that readers take for possible.

use super::super::problem::Need;
use super::MeasureKind;

/// What is sensitive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Counts from 1 to one under it are sensitive.
    pub threshold: i64,
    /// How wide a range must stay open about a sensitive count.
    pub width: i64,
    /// Counts of 0 are sensitive too.
    pub zeros_sensitive: bool,
    /// An amount is sensitive where the second-largest contributor could estimate the largest within so many per cent.
    pub p: i64,
    /// An amount is sensitive where so many contributors hold more than so many per cent of it.
    pub dominance: Option<(u32, i64)>,
    /// An amount with fewer contributors is sensitive.
    pub contributors: u32,
    /// Guard against the one person behind a count of 1.
    pub insiders: bool,
}

/// What a figure is made of, as far as rules look at it.
pub(super) struct Parts {
    pub(super) kind: MeasureKind,
    pub(super) value: i64,
    pub(super) contributors: u64,
    pub(super) largest: Vec<i64>,
    /// Readers know that it is at least so much.
    pub(super) least: i64,
}

/// Greatest number that may occur, so that sums of a million stay far from overflow and exact in floating point.
pub(super) const GREATEST: i64 = 1 << 48;

impl Policy {
    /// The default for a threshold.
    pub fn new(threshold: i64) -> Self {
        Self {
            threshold,
            width: threshold,
            zeros_sensitive: false,
            p: 10,
            dominance: None,
            contributors: u32::try_from(threshold).unwrap_or(u32::MAX),
            insiders: false,
        }
    }

    /// Whether a count is sensitive.
    pub(super) fn count(&self, value: i64) -> bool {
        (0 < value && value < self.threshold) || (self.zeros_sensitive && value == 0)
    }

    /// What must stay open about a figure, if it is sensitive.
    pub(super) fn need(&self, parts: &Parts) -> Option<Need> {
        match parts.kind {
            MeasureKind::Count => self.count(parts.value).then_some(Need::Width(self.width)),
            MeasureKind::Amount => self.amount(parts),
        }
    }

    fn amount(&self, parts: &Parts) -> Option<Need> {
        // Of nothing, nobody learns anything.
        let &first = parts.largest.first().filter(|first| **first > 0)?;
        let second = parts.largest.get(1).copied().unwrap_or(0);
        let (total, first, second) = (i128::from(parts.value), i128::from(first), i128::from(second));
        let (p, rest) = (i128::from(self.p), (total - first - second).max(0));
        let (mut up, mut sensitive) = (p * first - 100 * rest, p * first > 100 * rest);
        if parts.contributors < u64::from(self.contributors) {
            (up, sensitive) = (up.max(p * first), true);
        }
        let mut up = rounded_up(up, 100);
        if let Some((most, percent)) = self.dominance {
            let (top, percent) = (parts.largest.iter().take(most as usize), i128::from(percent.max(1)));
            let top = top.map(|amount| i128::from(*amount)).sum::<i128>() * 100;
            if top > percent * total {
                (up, sensitive) = (up.max(rounded_up(top - percent * total, percent)), true);
            }
        }
        // Even a rule that asks for next to nothing asks for more than the last digits.
        let up = up.max(total / 100_000 + 1);
        let up = i64::try_from(up).unwrap_or(GREATEST);
        sensitive.then_some(Need::Interval { down: up.min((parts.value - parts.least).max(0)), up })
    }

    /// Of how many of the largest contributions the rules look at the sum.
    pub(super) fn looks_at(&self) -> usize {
        self.dominance.map_or(2, |(most, _)| most as usize).max(2)
    }
}

/// The stronger of two demands; they are of one kind.
pub(super) fn stronger(one: Option<Need>, other: Option<Need>) -> Option<Need> {
    match (one, other) {
        (Some(Need::Width(one)), Some(Need::Width(other))) => Some(Need::Width(one.max(other))),
        (Some(Need::Interval { down, up }), Some(Need::Interval { down: lower, up: upper })) => {
            Some(Need::Interval { down: down.max(lower), up: up.max(upper) })
        }
        (one, other) => one.or(other),
    }
}

/// The weaker of two demands, where no demand is weakest.
pub(super) fn weaker(one: Option<Need>, other: Option<Need>) -> Option<Need> {
    match (one?, other?) {
        (Need::Interval { down, up }, Need::Interval { down: lower, up: upper }) => {
            Some(Need::Interval { down: down.min(lower), up: up.min(upper) })
        }
        (Need::Width(one), Need::Width(other)) => Some(Need::Width(one.min(other))),
        (one, _) => Some(one),
    }
}

/// `of / by`, rounded up; nothing below 0.
fn rounded_up(of: i128, by: i128) -> i128 {
    if of <= 0 { 0 } else { (of + by - 1) / by }
}

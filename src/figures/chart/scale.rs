//! The scale of a drawing: from 0 to a round number at or above the largest printed figure.
//!
//! Refuses: hidden figures; a cell that prints nothing has no size.
//! Invariant: what is printed fits, and the steps are 1, 2 or 5 times a power of ten.

use crate::figures::number;
use crate::statistics::safe::SafeCell;

/// A scale.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scale {
    /// Where it ends; never 0.
    pub end: f64,
    /// From one tick to the next; none where nothing is printed.
    pub step: Option<f64>,
}

impl Scale {
    /// The scale for some cells, with about `ticks` steps.
    pub(super) fn of(cells: impl Iterator<Item = SafeCell>, ticks: f64) -> Self {
        let mut largest: Option<f64> = None;
        let (mut whole, mut rates) = (true, false);
        for cell in cells {
            let Some(size) = number::size(cell) else { continue };
            largest = Some(largest.map_or(size, |largest| largest.max(size)));
            whole &= matches!(cell, SafeCell::Number(_));
            rates |= matches!(cell, SafeCell::Rate { .. });
        }
        let Some(largest) = largest else { return Self { end: 1.0, step: None } };
        if largest <= 0.0 {
            return Self { end: 1.0, step: None };
        }
        let rough = largest / ticks;
        let power = 10_f64.powf(rough.log10().floor());
        let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * power >= rough * 0.999);
        let mut step = factor.unwrap_or(10.0) * power;
        if whole {
            step = step.max(1.0);
        }
        let mut end = (largest / step - 0.001).ceil() * step;
        // No rate is above 100 % but one of unlike measures.
        if rates && largest <= 100.0 {
            end = end.min(100.0);
        }
        Self { end, step: Some(step) }
    }

    /// The scale of bars that have their figures behind them: it ends where the longest does.
    pub(super) fn exact(cells: impl Iterator<Item = SafeCell>) -> Self {
        let largest = cells.filter_map(number::size).fold(0.0, f64::max);
        Self { end: if largest > 0.0 { largest } else { 1.0 }, step: None }
    }

    /// Which part of the whole length a cell takes; none where nothing is printed.
    pub(super) fn part(&self, cell: SafeCell) -> Option<f64> {
        number::size(cell).map(|size| (size / self.end).clamp(0.0, 1.0))
    }

    /// The ticks above 0.
    pub(super) fn ticks(&self) -> Vec<f64> {
        let Some(step) = self.step else { return Vec::new() };
        let mut ticks = Vec::new();
        let mut at = step;
        while at <= self.end * 1.001 {
            ticks.push(at);
            at += step;
        }
        ticks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cells: &[SafeCell]) -> Scale {
        Scale::of(cells.iter().copied(), 4.0)
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "round numbers are exact")]
    fn ends_at_a_round_number() {
        let end = |value| of(&[SafeCell::Number(value)]).end;
        assert_eq!([1, 3, 7, 57, 656, 1_234_567].map(end), [1.0, 3.0, 8.0, 60.0, 800.0, 1_500_000.0]);
        assert_eq!(of(&[SafeCell::Rate { value: 912, decimals: 1 }]).end, 100.0);
        assert_eq!(of(&[SafeCell::Number(57)]).ticks(), [20.0, 40.0, 60.0]);
    }

    #[test]
    fn hidden_figures_have_no_part_in_it() {
        let with = of(&[SafeCell::Number(7), SafeCell::Hidden, SafeCell::Empty]);
        assert_eq!(with, of(&[SafeCell::Number(7)]));
        assert_eq!(with.part(SafeCell::Hidden), None);
        assert_eq!(of(&[SafeCell::Hidden]).ticks(), Vec::<f64>::new());
    }
}

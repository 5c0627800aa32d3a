//! Figures that show the work and give nobody away: from raw counts to what may be published.
//!
//! Refuses: publishing a count that could be worked out within fewer than k values from all that is printed.
//! Invariant: a [`safe::SafeTable`] is made here alone, and only with a certificate that [`audit`] accepted.

mod assemble;
pub mod audit;
pub mod chart;
pub mod draft;
pub mod joint;
pub mod ledger;
#[cfg(test)]
pub mod neutral;
pub mod number;
pub mod open_data;
mod past;
pub mod problem;
pub mod propose;
pub mod prose;
pub mod protect;
pub mod published;
mod refused;
pub mod register;
pub mod report;
pub mod safe;
pub mod sentence;
pub mod shown;
mod solver;
pub mod suppress;
pub mod tabulate;
#[cfg(test)]
pub(crate) mod testing;
pub mod words;

//! Figures that show the work and give nobody away: from raw counts to what may be published.
//!
//! Refuses: publishing a count that could be worked out within fewer than k values from all that is printed.
//! Invariant: a [`safe::SafeTable`] is made here alone, and only with a certificate that [`audit`] accepted.

mod assemble;
pub mod audit;
pub mod digests;
pub mod draft;
mod family;
pub mod joint;
pub mod ledger;
pub mod names;
#[cfg(test)]
pub mod neutral;
mod past;
pub mod problem;
pub mod promise;
pub mod propose;
pub mod protect;
pub mod published;
mod refused;
pub mod safe;
mod solver;
mod space;
pub mod standing;
pub mod suppress;
#[cfg(test)]
pub(crate) mod testing;

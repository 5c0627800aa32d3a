//! Handouts: bulletins as PDF to print and PNG to share, typeset by Typst inside the program.
//!
//! Refuses: a bulletin's text as markup (it is data), files that a sheet was not given, fonts of the system.
//! Invariant: the same data, files and program give the same bytes.

pub mod check;
pub mod choice;
pub mod content;
pub mod cost;
pub mod engine;
mod files;
pub mod impose;
pub mod layout;
mod photo;
mod problem;
pub mod qr;
pub mod review_form;
mod sheet;
mod stand_in;

pub use engine::{Limits, isolate, serve, typeset};
pub use files::{Coverage, PrintFiles};
pub use problem::{Problem, overflow_finding};
pub use sheet::{Fit, Job, Overflow, Sheets};

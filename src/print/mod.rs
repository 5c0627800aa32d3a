//! Handouts: bulletins as PDF to print and PNG to share, typeset by Typst inside the program.
//!
//! Refuses: a bulletin's text as markup (it is data), files that a sheet was not given, fonts of the system.
//! Invariant: the same data, files and program give the same bytes.

pub mod choice;
pub mod layout;

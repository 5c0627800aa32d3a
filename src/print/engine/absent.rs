//! The engine of a program that was built without Typst.
//!
//! Refuses: every job. Invariant: it looks the same from outside.

use crate::print::files::PrintFiles;
use crate::print::problem::Problem;
use crate::print::sheet::{Job, Sheets};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Fonts and templates that nothing is typeset from.
pub struct Kit;

impl Kit {
    /// Parses nothing.
    pub fn new(_: &PrintFiles) -> Self {
        Self
    }

    /// Nothing will be printed, so nothing is missed.
    #[expect(clippy::unused_self, reason = "as the other engine has it")]
    pub fn has(&self, _: char) -> bool {
        true
    }
}

/// Typesets nothing.
///
/// # Errors
/// Always.
pub fn typeset(_: &PrintFiles, _: &Job) -> Result<Sheets, Vec<Problem>> {
    Err(vec![Problem::NotBuilt])
}

/// A document of the program's own.
pub struct Plain {
    /// Typst markup.
    pub main: String,
    /// Its files.
    pub files: BTreeMap<String, Arc<[u8]>>,
    /// Its time stamp.
    pub date: Option<Date>,
}

/// Typesets nothing.
///
/// # Errors
/// Always.
pub fn typeset_plain(_: &PrintFiles, _: &Plain) -> Result<Sheets, Vec<Problem>> {
    Err(vec![Problem::NotBuilt])
}

/// What a document may cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Seconds.
    pub seconds: u64,
    /// Megabytes.
    pub megabytes: u64,
}

/// There is nothing to isolate.
pub fn isolate(_: std::path::PathBuf, _: Limits) {}

/// Answers nothing.
///
/// # Errors
/// Always.
pub fn serve(_: impl std::io::Read, _: impl std::io::Write, _: u64) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

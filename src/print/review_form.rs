//! 信息发布审核表: an A4 sheet to sign by hand, with the whole text of a bulletin on its back.
//!
//! Invariant: its text is data and never markup; what it prints is what its hash binds.

use super::engine::{Plain, typeset_plain};
use super::{PrintFiles, Problem, Sheets};
use serde::Serialize;
use std::collections::BTreeMap;

/// The template; it sees nothing but its data.
const TEMPLATE: &str = include_str!("review_form.typ");
/// What tells such a file of ours from those of others.
pub const MARK: &[u8] = b"yuanba-review-form";

/// What the sheet says.
#[derive(Serialize)]
pub struct Form {
    /// Whether it is in English.
    pub english: bool,
    /// Its own words.
    pub words: BTreeMap<&'static str, String>,
    /// The office.
    pub unit: Option<String>,
    /// The bulletin's title.
    pub title: String,
    /// Section, author, day and so on.
    pub facts: Vec<Fact>,
    /// A row for each level.
    pub levels: Vec<Row>,
    /// Hash of all that readers get.
    pub hash: String,
    /// Pictures, attachments, tables and charts, a line each.
    pub parts: Vec<String>,
    /// The text, line by line.
    pub text: Vec<String>,
}

/// A fact.
#[derive(Serialize)]
pub struct Fact {
    /// What.
    pub label: String,
    /// Its value; empty for a blank to be filled in.
    pub value: String,
}

/// A level's row: filled where it is signed, blank where not.
#[derive(Serialize, Default)]
pub struct Row {
    /// The level.
    pub name: String,
    /// The opinion.
    pub note: String,
    /// Who signed.
    pub signed: String,
    /// When.
    pub date: String,
}

/// Typesets it as a PDF.
///
/// # Errors
/// What Typst says of the data.
pub fn typeset(files: &PrintFiles, form: &Form) -> Result<Sheets, Vec<Problem>> {
    let data = serde_json::to_vec(form).unwrap_or_default();
    let plain = Plain {
        main: TEMPLATE.to_owned(),
        files: BTreeMap::from([("/data.json".to_owned(), data.into())]),
        date: None,
    };
    typeset_plain(files, &plain)
}

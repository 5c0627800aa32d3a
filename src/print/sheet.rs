//! What goes into typesetting and what comes out of it.
//!
//! Refuses: to name Typst; what is said here holds for a program that was built without it.
//! Invariant: a [`Sheets`] is whole: a document of which something could not be shown is a [`super::Problem`].

use super::layout::Layout;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A handout to be typeset.
pub struct Job<'a> {
    /// How it is laid out.
    pub layout: &'static Layout,
    /// `/data.json`, as `themes/default/print/README.md` tells; the engine sets `options.scale`.
    pub data: Value,
    /// The pictures that the data names, by their path: `/img-0.jpg`.
    pub files: &'a BTreeMap<String, Arc<[u8]>>,
    /// When its bulletin was last changed: the time stamp of a PDF, and what a template takes for today. The day of the
    /// build would make other bytes of the same handout tomorrow.
    pub date: Option<Date>,
    /// How wide a picture of the first page shall be, in pixels, if there shall be one.
    pub thumbnail: Option<u32>,
}

/// A finished handout.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sheets {
    /// The PDF or PNG.
    #[serde(skip)]
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Width and height of its first page: millimetres of a PDF, pixels of a PNG.
    pub size: (f64, f64),
    /// The first page as PNG, where one was asked for.
    #[serde(skip)]
    pub thumbnail: Option<Vec<u8>>,
    /// The sizes that the template chose.
    pub fits: Vec<Fit>,
    /// What does not fit at the smallest size. Then the handout must not be handed out.
    pub overflows: Vec<Overflow>,
    /// By how much the text was made smaller or larger, so that the last page is worth its paper.
    pub scale: f64,
    /// How far down the last page the text reaches, from 0 to 1; 1 where the template does not tell.
    pub last_page: f64,
}

/// A size that a template chose between its limits, in points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fit {
    /// The smallest size that it may choose.
    pub min: f64,
    /// The size chosen.
    pub used: f64,
}

/// Text that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Overflow {
    /// The number of the first block that does not fit, see [`super::content::Content::spans`]; none: the title.
    pub at: Option<usize>,
    /// About how many characters are too many.
    pub chars: u32,
}

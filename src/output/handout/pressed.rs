//! What is known of handouts that were typeset in this build.
//!
//! Refuses: typesetting; it keeps what [`super::press`] found out.
//! Invariant: an order is typeset by one thread, and the others wait for it.

use crate::diag::Diagnostic;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What is known of a handout that was typeset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pressed {
    /// How many pages it has.
    pub pages: usize,
    /// Width and height of its first page: millimetres of a PDF, pixels of a PNG.
    pub size: (f64, f64),
    /// How many bytes it has.
    pub bytes: usize,
    /// How many bytes it has with its pages two by two.
    pub imposed: Option<usize>,
    /// Width and height of its thumbnail.
    pub thumbnail: Option<(u32, u32)>,
    /// Why nobody may have it.
    pub(super) refused: Vec<Refusal>,
}

/// Why a bulletin cannot be on this sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Refusal {
    Overflow { at: Option<usize>, chars: u32 },
    NoGlyph(String),
    TooLarge(u32, u32),
}

impl Pressed {
    /// Whether it may be handed out.
    pub fn is_fit(&self) -> bool {
        self.refused.is_empty()
    }
}

/// What came of an order: facts, or an error of its template.
pub type Outcome = Result<Arc<Pressed>, Box<Diagnostic>>;

/// What was typeset in this build, by the keys of the orders.
#[derive(Default)]
pub struct Press {
    outcomes: Mutex<BTreeMap<[u8; 32], Arc<OnceLock<Outcome>>>>,
    typeset: AtomicUsize,
}

impl Press {
    /// How many handouts were typeset, not counting what was kept.
    pub fn typeset(&self) -> usize {
        self.typeset.load(Ordering::Relaxed)
    }

    /// Counts one more.
    pub(super) fn count(&self) {
        self.typeset.fetch_add(1, Ordering::Relaxed);
    }

    /// Where the outcome of an order is put.
    pub(super) fn outcome(&self, key: [u8; 32]) -> Arc<OnceLock<Outcome>> {
        self.outcomes.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default().clone()
    }
}

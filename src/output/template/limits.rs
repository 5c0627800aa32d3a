//! What a page may cost: a site's own templates come from anybody and have loops, and nothing ends a loop of the template engine from
//! outside. So each page that is rendered from such templates is noted while it lasts, and whoever runs the program looks at the notes
//! ([`beyond`]) and ends it with a finding. Pages are rendered before anything is put in place, so what was published stays.
//!
//! Refuses: to look at the built-in templates, which are known.
//! Invariant: a page is noted from its beginning to its end, whatever comes of it.
#![expect(clippy::disallowed_methods, reason = "a stopwatch; no page depends on it")]

use crate::diag::{Diagnostic, Message, codes};
use crate::print::Limits;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

struct Page {
    template: String,
    begun: Instant,
    memory: u64,
}

#[derive(Default)]
struct Pages {
    next: u64,
    rendered: BTreeMap<u64, Page>,
}

fn pages() -> MutexGuard<'static, Pages> {
    static PAGES: Mutex<Pages> = Mutex::new(Pages { next: 0, rendered: BTreeMap::new() });
    PAGES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A page that is being rendered, for as long as this lives.
pub(super) struct Rendered(u64);

impl Rendered {
    /// Notes a page.
    pub fn from(template: &str) -> Self {
        let page = Page { template: template.to_owned(), begun: Instant::now(), memory: memory() };
        let mut pages = pages();
        pages.next += 1;
        let number = pages.next;
        pages.rendered.insert(number, page);
        Self(number)
    }
}

impl Drop for Rendered {
    fn drop(&mut self) {
        pages().rendered.remove(&self.0);
    }
}

/// The finding about a page that goes beyond the limits now, if one does; the memory is what the program holds beyond what it held when the
/// page was begun. A page takes a thousandth of a second and its own length, on the slowest computers a tenth.
pub fn beyond(limits: Limits) -> Option<Diagnostic> {
    let pages = pages();
    let (now, memory) = (Instant::now(), if pages.rendered.is_empty() { 0 } else { memory() });
    let costly = pages.rendered.values().find(|page| {
        now.saturating_duration_since(page.begun) > Duration::from_secs(limits.seconds)
            || memory.saturating_sub(page.memory) > limits.megabytes << 20
    })?;
    let message = Message::new("template-costly")
        .with("template", &costly.template)
        .with("seconds", limits.seconds)
        .with("megabytes", limits.megabytes);
    Some(Diagnostic::new(codes::TEMPLATE_ERROR, message).hint(Message::new("template-costly-hint")))
}

/// The memory of this process, in bytes; nought where the system does not tell.
fn memory() -> u64 {
    memory_stats::memory_stats().map_or(0, |stats| stats.physical_mem as u64)
}

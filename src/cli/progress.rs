//! A bar for long work.
//!
//! Refuses: showing itself where standard error is no terminal, or the work is short.
//! Invariant: it leaves nothing on the screen.
#![expect(clippy::disallowed_methods, reason = "a bar shows itself after a while; no page depends on it")]

use crate::build::make::Progress;
use crate::diag::{Catalogue, Language, Message};
use crate::world::OutPath;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// A progress bar on standard error that shows itself once the work has taken half a second.
pub struct Bar {
    hidden: bool,
    language: Language,
    shown: OnceLock<(ProgressBar, Instant)>,
}

/// Work that is over sooner is over before anyone could read a bar.
const PATIENCE: Duration = Duration::from_millis(500);

impl Bar {
    /// A bar; hidden where one is to be quiet.
    pub fn new(quiet: bool, language: Language) -> Self {
        Self { hidden: quiet || !std::io::stderr().is_terminal(), language, shown: OnceLock::new() }
    }

    /// Shows the bar once the work has taken a while.
    fn show(&self) {
        if let Some((bar, since)) = self.shown.get()
            && bar.is_hidden()
            && since.elapsed() > PATIENCE
        {
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8));
        }
    }
}

impl Progress for Bar {
    fn begin(&self, total: usize) {
        if self.hidden {
            return;
        }
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len}  {wide_msg}") {
            bar.set_style(style);
        }
        let _ = self.shown.set((bar, Instant::now()));
    }

    fn start(&self, path: &OutPath) {
        if let Some((bar, _)) = self.shown.get() {
            let name = path.rsplit('/').next().unwrap_or(path);
            let words = Message::new("cli-typesetting").with("name", name);
            bar.set_message(Catalogue::of(self.language).format(&words));
            self.show();
        }
    }

    fn step(&self, path: &OutPath) {
        if let Some((bar, _)) = self.shown.get() {
            bar.inc(1);
            // Handouts are made beside the pages and take the longest; their names are worth reading.
            if bar.message().is_empty() {
                bar.set_message(path.to_string());
            }
            self.show();
        }
    }

    fn end(&self) {
        if let Some((bar, _)) = self.shown.get() {
            bar.finish_and_clear();
        }
    }
}

//! A bar for long work.
//!
//! Refuses: showing itself where standard error is no terminal, or the work is short.
//! Invariant: it leaves nothing on the screen.

use crate::build::make::Progress;
use crate::world::OutPath;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::OnceLock;

/// A bar that shows itself after half a second.
#[derive(Default)]
pub struct Bar {
    quiet: bool,
    bar: OnceLock<ProgressBar>,
}

impl Bar {
    /// A bar; hidden where one is to be quiet.
    pub fn new(quiet: bool) -> Self {
        Self { quiet, bar: OnceLock::new() }
    }
}

impl Progress for Bar {
    fn begin(&self, total: usize) {
        // Work on few files is over before anyone could read a bar; only long work is drawn.
        if self.quiet || total < 200 || !std::io::stderr().is_terminal() {
            return;
        }
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr_with_hz(8));
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len}  {wide_msg}") {
            bar.set_style(style);
        }
        let _ = self.bar.set(bar);
    }

    fn step(&self, path: &OutPath) {
        if let Some(bar) = self.bar.get() {
            bar.inc(1);
            if bar.position() % 16 == 0 {
                bar.set_message(path.to_string());
            }
        }
    }

    fn end(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

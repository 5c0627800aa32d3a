//! How far sending has come: bytes, and the time that is left.
#![expect(clippy::disallowed_methods, reason = "a bar looks at a stopwatch; nothing depends on it")]

use super::told::labelled;
use crate::cli::terminal::Terminal;
use crate::diag::Message;
use crate::output::html::size;
use crate::publish::send::Watch;
use crate::world::OutPath;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// A bar on standard error, where that is a terminal.
pub(super) struct Bar {
    terminal: Terminal,
    shown: OnceLock<(ProgressBar, Instant)>,
}

impl Bar {
    pub(super) fn new(terminal: Terminal) -> Self {
        Self { terminal, shown: OnceLock::new() }
    }

    /// Takes it away.
    pub(super) fn end(&self) {
        if let Some((bar, _)) = self.shown.get() {
            bar.finish_and_clear();
        }
    }
}

impl Watch for Bar {
    fn begin(&self, _: usize, bytes: u64) {
        if self.terminal.quiet || !std::io::stderr().is_terminal() {
            return;
        }
        let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr_with_hz(8));
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {msg}") {
            bar.set_style(style);
        }
        let _ = self.shown.set((bar, Instant::now()));
    }

    fn sent(&self, _: &OutPath, bytes: u64) {
        let Some((bar, since)) = self.shown.get() else { return };
        bar.inc(bytes);
        let (done, all) = (bar.position(), bar.length().unwrap_or_default());
        let rest = since.elapsed().as_secs() * all.saturating_sub(done) / done.max(1);
        let left = format!("{}:{:02}", rest / 60, rest % 60);
        let message = Message::new("publish-progress").with("done", size(done)).with("size", size(all));
        bar.set_message(self.terminal.words(&message.with("left", left)));
    }

    fn waiting(&self, label: &str, at_most: Duration) {
        let label = labelled(&self.terminal, label);
        let message = Message::new("publish-waiting").with("label", label);
        self.terminal.complain(&message.with("seconds", at_most.as_secs()));
    }
}

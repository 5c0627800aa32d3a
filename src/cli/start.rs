//! `yuanba start`, and `yuanba.exe` by double-click: the start page in the browser.
//!
//! Refuses: to stay when the page cannot be shown; its address is printed for that.
//! Invariant: ends when somebody ends it on the page, or in the terminal.
#![expect(clippy::disallowed_methods, reason = "the person asked for a folder to be shown")]

use super::terminal::Terminal;
use super::{Common, Ending};
use crate::diag::Message;
use crate::host::start::Start;
use crate::world::shown;
use std::path::Path;
use std::process::{Command, Stdio};

/// Options of `start`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 不打开浏览器，只说网址 / say the address only
    #[arg(long)]
    no_open: bool,
}

/// Runs it until it is ended.
pub fn run(common: &Common, args: &Args) -> Ending {
    let terminal = Terminal::new(common);
    let start = match Start::new(terminal.language, super::locate::program(), show) {
        Ok(start) => start,
        Err(error) => {
            terminal.complain(&Message::new("start-no-port").with("reason", error));
            return Ending::Failed;
        }
    };
    terminal.complain(&Message::new("start-at"));
    terminal.print(start.address());
    if !args.no_open {
        super::browser::open(start.address());
    }
    start.wait();
    Ending::Done
}

/// Shows a folder in the system's own window of files. Failing to is no error: its path is on the page.
fn show(folder: &Path) {
    let program = if cfg!(windows) {
        "explorer"
    } else if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let mut command = Command::new(program);
    command.arg(shown(folder));
    let _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
}

//! Opening the browser of the person at the machine.
//!
//! Refuses: anything but an address of our own.
//! Invariant: failing to is no error; the address was printed.
#![expect(clippy::disallowed_methods, reason = "the person asked for it with --open")]

use std::process::{Command, Stdio};

/// Opens an address in the browser that the system is set to.
pub fn open(address: &str) {
    let mut command = if cfg!(windows) {
        let mut command = Command::new("rundll32");
        command.args(["url.dll,FileProtocolHandler", address]);
        command
    } else if cfg!(target_os = "macos") {
        let mut command = Command::new("open");
        command.arg(address);
        command
    } else {
        let mut command = Command::new("xdg-open");
        command.arg(address);
        command
    };
    let _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
}

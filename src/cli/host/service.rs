//! How to start the server with its machine.
//!
//! Invariant: every option that was given is there again, with whole paths: it will be started elsewhere.
#![expect(clippy::disallowed_methods, reason = "cli/ asks for the surroundings (DESIGN §3, rule 9)")]

use super::{Args, Ending, LogForm, Served, Terminal};
use crate::diag::Message;
use crate::host::service::{self, Refused};
use crate::host::unit;
use std::path::{Path, PathBuf};

/// The same options again, by whole paths.
fn arguments(args: &Args, place: &Served) -> Vec<String> {
    let whole = |path: &Path| {
        std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).to_string_lossy().into_owned()
    };
    let mut all = vec!["host".to_owned(), "--listen".to_owned(), args.listen.to_string()];
    if let Some(site) = &place.site {
        all.extend(["--site".to_owned(), whole(site)]);
    }
    if args.folder.is_some() {
        all.extend(["--folder".to_owned(), whole(&place.folder)]);
    }
    let mut option = |name: &str, path: &Option<PathBuf>| {
        if let Some(path) = path {
            all.extend([name.to_owned(), whole(path)]);
        }
    };
    option("--certificate", &args.certificate);
    option("--key", &args.key);
    option("--log", &args.log);
    option("--count", &args.count);
    if let Some(port) = args.metrics {
        all.extend(["--metrics".to_owned(), port.to_string()]);
    }
    let numbers = [
        ("--strict", args.strict.map(|days| days.to_string())),
        ("--connections", args.connections.map(|most| most.to_string())),
        ("--threads", args.threads.map(|threads| threads.to_string())),
        ("--log-form", (args.log_form == LogForm::Json).then(|| "json".to_owned())),
    ];
    for (name, value) in numbers {
        if let Some(value) = value {
            all.extend([name.to_owned(), value]);
        }
    }
    for (name, given) in [
        ("--watch-schedule", args.watch_schedule),
        ("--behind-proxy", args.behind_proxy),
        ("--log-whole-addresses", args.log_whole_addresses),
    ] {
        if given {
            all.push(name.to_owned());
        }
    }
    all
}

/// Installs it as a service of Windows, and says what came of it.
pub(super) fn install(args: &Args, place: &Served, terminal: &Terminal) -> Ending {
    let mut all = arguments(args, place);
    all.push("--as-service".to_owned());
    let program = std::env::current_exe().unwrap_or_else(|_| "yuanba".into());
    match service::install(&program, &all) {
        Ok(()) => {
            terminal.complain(&Message::new("host-service-installed").with("name", service::NAME));
            Ending::Done
        }
        Err(refused) => complain(refused, terminal),
    }
}

/// Says why there is no service.
pub(super) fn complain(refused: Refused, terminal: &Terminal) -> Ending {
    let (id, ending) = match refused {
        Refused::Elsewhere => ("host-service-elsewhere", Ending::Usage),
        Refused::Denied => ("host-service-denied", Ending::Failed),
        Refused::Exists => ("host-service-exists", Ending::Failed),
        Refused::NotAService => ("host-service-not-started", Ending::Usage),
        Refused::Failed => ("host-service-failed", Ending::Failed),
    };
    terminal.complain(&Message::new(id).with("name", service::NAME));
    ending
}

/// How to start it with the machine: the same options, by whole paths.
pub(super) fn print(args: &Args, place: &Served) -> String {
    let whole = |path: &Path| {
        std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).to_string_lossy().into_owned()
    };
    let all = arguments(args, place);
    let program = std::env::current_exe().unwrap_or_else(|_| "yuanba".into());
    if cfg!(windows) {
        unit::windows(&program, &all)
    } else {
        let mut writes: Vec<String> = Vec::new();
        writes.extend(place.site.as_deref().filter(|_| args.watch_schedule).map(whole));
        writes.extend(args.count.as_deref().map(whole));
        writes.extend(args.log.as_deref().and_then(Path::parent).map(whole));
        let user = place.site.as_deref().and_then(owner);
        unit::systemd(&program, &all, &writes, user)
    }
}

/// Whose a folder is.
#[cfg(unix)]
fn owner(folder: &Path) -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    folder.metadata().ok().map(|about| about.uid())
}

#[cfg(not(unix))]
fn owner(_folder: &Path) -> Option<u32> {
    None
}

//! How a server is started with its machine: a unit for systemd, a task for Windows.
//!
//! On Windows it is a task of the Task Scheduler at start-up: it needs no second program that speaks the protocol of services, and staff find it in a window that
//! they know. The unit gives the server what it needs and takes all else away (`systemd.exec(5)`).
//!
//! Refuses: paths and options that would be read as something else; they are quoted.
//! Invariant: what is printed starts this program with these options.

use std::fmt::Write as _;
use std::path::Path;

/// A unit for systemd. `writes` are the folders that the server writes into, `user` the number of the user whose they are. Without any it needs no user.
pub fn systemd(program: &Path, arguments: &[String], writes: &[String], user: Option<u32>) -> String {
    let mut line = quoted(&program.to_string_lossy(), &['%', '$']);
    for argument in arguments {
        let _ = write!(line, " {}", quoted(argument, &['%', '$']));
    }
    let who = match user.filter(|_| !writes.is_empty()) {
        Some(user) => format!("User={user}"),
        None => "DynamicUser=yes".to_owned(),
    };
    let mut paths = String::new();
    for folder in writes {
        let _ = writeln!(paths, "ReadWritePaths={}", quoted(folder, &['%']));
    }
    format!(
        "[Unit]\nDescription=Yuanba (院坝)\nAfter=network-online.target\nWants=network-online.target\n\n[Service]\nExecStart={line}\n\
         Restart=on-failure\nRestartSec=5\nKillSignal=SIGTERM\nTimeoutStopSec=30\nLimitNOFILE=65536\n{who}\n\
         AmbientCapabilities=CAP_NET_BIND_SERVICE\nCapabilityBoundingSet=CAP_NET_BIND_SERVICE\nNoNewPrivileges=yes\nPrivateTmp=yes\n\
         PrivateDevices=yes\nProtectSystem=strict\nProtectHome=read-only\nProtectKernelTunables=yes\nProtectControlGroups=yes\n\
         RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX\nRestrictSUIDSGID=yes\nLockPersonality=yes\nStateDirectory=yuanba\nEnvironment=YUANBA_STATE_DIR=/var/lib/yuanba\n{paths}\n[Install]\n\
         WantedBy=multi-user.target\n",
    )
}

/// A command for Windows that starts the server when the machine starts.
pub fn windows(program: &Path, arguments: &[String]) -> String {
    let mut line = windows_quoted(&program.to_string_lossy());
    for argument in arguments {
        let _ = write!(line, " {}", windows_quoted(argument));
    }
    // Within the quotation marks of /TR those of the line are written with a backslash.
    format!(
        "schtasks /Create /TN Yuanba /SC ONSTART /RU \"LOCAL SERVICE\" /TR \"{}\" /F\n",
        line.replace('"', "\\\"")
    )
}

/// A word of a unit; `special` signs mean something there, unless they stand twice.
fn quoted(word: &str, special: &[char]) -> String {
    let mut quoted = String::with_capacity(word.len() + 2);
    quoted.push('"');
    for c in word.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if special.contains(&c) => quoted.extend([c, c]),
            '\n' => quoted.push_str("\\n"),
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A word of a command line of Windows. Names of files hold no quotation marks there.
fn windows_quoted(word: &str) -> String {
    if word.is_empty() || word.contains([' ', '\t', '&', '(', ')']) {
        format!("\"{}\"", word.trim_end_matches('\\'))
    } else {
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        let arguments = ["host".to_owned(), "--site".to_owned(), "/srv/清水 100%/\"a\"$b".to_owned()];
        let unit = systemd(Path::new("/usr/bin/yuanba"), &arguments, &[], Some(1000));
        assert!(
            unit.contains(
                "ExecStart=\"/usr/bin/yuanba\" \"host\" \"--site\" \"/srv/清水 100%%/\\\"a\\\"$$b\"\n"
            ),
            "{unit}"
        );
        assert!(unit.contains("DynamicUser=yes") && !unit.contains("ReadWritePaths"));
        let writing = systemd(Path::new("/usr/bin/yuanba"), &[], &["/srv/$ite".to_owned()], Some(1000));
        assert!(
            writing.contains("ReadWritePaths=\"/srv/$ite\"\n") && writing.contains("\nUser=1000\n"),
            "{writing}"
        );
        let task = windows(Path::new(r"C:\Program Files\yuanba.exe"), &["host".to_owned()]);
        assert!(task.contains(r#"/TR "\"C:\Program Files\yuanba.exe\" host""#), "{task}");
    }
}

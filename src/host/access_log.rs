//! The access log: a line for each answer, in the common form or as JSON.
//!
//! Addresses of readers are shortened before anything is kept of them: the last part of an IPv4 address, all but the first three groups of an IPv6 address (as the
//! data protection authorities of Germany and France recommend for statistics). What stands behind `?` is left out; readers' searches are theirs.
//! A thread of its own writes, so no answer waits for a disk; where it cannot keep up, lines are lost and counted. The file is opened anew for every
//! batch, so that a program that moves logs away need not tell us.
//!
//! Refuses: line breaks and control characters of a request in a line.
//! Invariant: a line is one line.

use crate::world::OpenFolder;
use jiff::Timestamp;
use std::fmt::Write as _;
use std::io::{self, Seek, SeekFrom, Write as _};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Lines that may wait.
const WAITING: usize = 8192;
/// The most lines that are written at once.
const BATCH: usize = 1024;

/// The form of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The common log format of NCSA and Apache.
    Common,
    /// An object a line.
    Json,
}

/// What is said of an answer.
#[derive(Clone, Debug)]
pub struct Entry {
    /// When.
    pub when: Timestamp,
    /// Whose, as it came.
    pub reader: IpAddr,
    /// What was asked.
    pub method: String,
    /// For which address.
    pub path: String,
    /// By which version.
    pub version: &'static str,
    /// How it was answered.
    pub status: u16,
    /// With how many bytes.
    pub bytes: u64,
}

/// A log that is written.
#[derive(Clone)]
pub struct AccessLog {
    lines: SyncSender<Entry>,
    lost: Arc<AtomicU64>,
}

impl AccessLog {
    /// Begins to write; `whole` keeps addresses as they are.
    ///
    /// # Errors
    /// Where the file cannot be opened.
    pub fn begin(file: &Path, form: Form, whole: bool) -> io::Result<Self> {
        let place = LogFile::of(file)?;
        place.append(b"")?;
        let (lines, waiting) = sync_channel(WAITING);
        let lost = Arc::new(AtomicU64::new(0));
        let missed = lost.clone();
        std::thread::Builder::new()
            .name("access-log".to_owned())
            .spawn(move || write_all(&waiting, &place, form, whole, &missed))?;
        Ok(Self { lines, lost })
    }

    /// Takes a line, if there is room for it.
    pub fn note(&self, entry: Entry) {
        if self.lines.try_send(entry).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// How many lines were lost.
    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }
}

/// Where the log is.
struct LogFile {
    folder: PathBuf,
    name: String,
}

impl LogFile {
    fn of(file: &Path) -> io::Result<Self> {
        let file = std::path::absolute(file)?;
        let name = file.file_name().and_then(|name| name.to_str()).ok_or(io::ErrorKind::InvalidFilename)?;
        let folder = file.parent().ok_or(io::ErrorKind::InvalidFilename)?;
        Ok(Self { folder: folder.to_owned(), name: name.to_owned() })
    }

    fn append(&self, text: &[u8]) -> io::Result<()> {
        let mut file = OpenFolder::open(&self.folder)?.file_to_change(&self.name)?;
        file.seek(SeekFrom::End(0))?;
        file.write_all(text)
    }
}

fn write_all(waiting: &Receiver<Entry>, place: &LogFile, form: Form, whole: bool, lost: &AtomicU64) {
    while let Ok(first) = waiting.recv() {
        let mut text = String::new();
        let mut count = 0;
        for entry in std::iter::once(first).chain(waiting.try_iter().take(BATCH)) {
            line(&mut text, &entry, form, whole);
            count += 1;
        }
        if place.append(text.as_bytes()).is_err() {
            lost.fetch_add(count, Ordering::Relaxed);
        }
    }
}

/// Writes a line.
fn line(text: &mut String, entry: &Entry, form: Form, whole: bool) {
    let reader = if whole { entry.reader } else { shortened(entry.reader) };
    match form {
        Form::Common => {
            let when = entry.when.strftime("%d/%b/%Y:%H:%M:%S +0000");
            let _ = write!(text, "{reader} - - [{when}] \"{} ", plain(&entry.method));
            let _ =
                write!(text, "{} {}\" {} {}", plain(&entry.path), entry.version, entry.status, entry.bytes);
        }
        Form::Json => {
            let object = serde_json::json!({
                "time": entry.when.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
                "reader": reader.to_string(), "method": entry.method, "path": entry.path,
                "version": entry.version, "status": entry.status, "bytes": entry.bytes,
            });
            let _ = write!(text, "{object}");
        }
    }
    text.push('\n');
}

/// A part of a request as it can stand between quotation marks: as Apache writes it.
fn plain(part: &str) -> String {
    let mut plain = String::with_capacity(part.len());
    for c in part.chars() {
        match c {
            '"' | '\\' => plain.extend(['\\', c]),
            ' '..='~' => plain.push(c),
            _ => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    let _ = write!(plain, "\\x{byte:02x}");
                }
            }
        }
    }
    plain
}

/// An address that is no longer one person's.
pub fn shortened(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(four) => {
            let [a, b, c, _] = four.octets();
            IpAddr::from([a, b, c, 0])
        }
        IpAddr::V6(six) => {
            let [a, b, c, ..] = six.segments();
            IpAddr::from([a, b, c, 0, 0, 0, 0, 0])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str) -> Entry {
        Entry {
            when: Timestamp::from_second(1_795_478_400).unwrap(),
            reader: "203.0.113.77".parse().unwrap(),
            method: "GET".to_owned(),
            path: path.to_owned(),
            version: "HTTP/1.1",
            status: 200,
            bytes: 5,
        }
    }

    #[test]
    fn a_line_is_one_line_and_tells_of_nobody() {
        let mut text = String::new();
        line(&mut text, &entry("/tips/a/"), Form::Common, false);
        assert_eq!(text, "203.0.113.0 - - [24/Nov/2026:00:00:00 +0000] \"GET /tips/a/ HTTP/1.1\" 200 5\n");
        for form in [Form::Common, Form::Json] {
            for path in ["/a\nb", "/a\r\n127.0.0.1 - -", "/\"b\"", "/\u{2028}\u{1b}[31m", "/院坝"] {
                text.clear();
                line(&mut text, &entry(path), form, false);
                assert!(text.ends_with('\n') && text.lines().count() == 1, "{path:?}: {text:?}");
                assert!(!text.contains(['\r', '\u{1b}']) && !text.contains(".77"), "{text:?}");
            }
        }
        let object: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!((&object["path"], &object["status"]), (&"/院坝".into(), &200.into()));
        text.clear();
        line(&mut text, &entry("/"), Form::Common, true);
        assert!(text.starts_with("203.0.113.77 "));
    }

    #[test]
    fn addresses_lose_what_tells_of_a_person() {
        for (whole, short) in [
            ("192.0.2.200", "192.0.2.0"),
            ("::ffff:192.0.2.200", "192.0.2.0"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1::"),
            ("::1", "::"),
        ] {
            assert_eq!(shortened(whole.parse().unwrap()).to_string(), short);
        }
    }

    #[test]
    fn a_log_that_was_moved_away_begins_anew() {
        let held = tempfile::tempdir().unwrap();
        let place = LogFile::of(&held.path().join("access.log")).unwrap();
        place.append(b"1\n").unwrap();
        place.append(b"2\n").unwrap();
        let folder = OpenFolder::open(held.path()).unwrap();
        assert_eq!(folder.read("access.log", 99).unwrap(), b"1\n2\n");
        folder.dir().remove_file("access.log").unwrap();
        place.append(b"3\n").unwrap();
        assert_eq!(folder.read("access.log", 99).unwrap(), b"3\n");
    }
}

//! What a sentence can be told: texts, numbers, names; and what the system says of an error, in the reader's language.
//!
//! An `io::Error` speaks the language of the system or of a library, so that it is no text like others: it becomes the id of a sentence of the
//! catalogues, which is resolved when the whole sentence is printed ([`Catalogue::format`](super::Catalogue::format)).

use std::borrow::Cow;
use std::io::{self, ErrorKind};
use std::sync::Arc;

/// Stands before the id of a sentence in the place of a text; no text that staff write holds it (F436).
const MARK: char = '\u{1}';
/// An error of which only a number is known.
const NUMBER: &str = "system-number";
/// An error of which nothing is known.
const UNKNOWN: &str = "system-unknown";

/// A value that a [`Message`](super::Message) can hold.
///
/// There is no general form for everything that prints itself, since errors of the system and of libraries do so, too, in English.
pub trait Argument {
    /// Its text.
    fn text(&self) -> String;
}

impl<T: Argument + ?Sized> Argument for &T {
    fn text(&self) -> String {
        (**self).text()
    }
}

/// Types of the program that stand in sentences as they print themselves.
macro_rules! print_themselves {
    ($($kind:ty),* $(,)?) => {
        $(impl $crate::diag::Argument for $kind {
            fn text(&self) -> String {
                self.to_string()
            }
        })*
    };
}
pub(crate) use print_themselves;

print_themselves![
    str,
    String,
    char,
    u8,
    u16,
    u32,
    u64,
    usize,
    i8,
    i16,
    i32,
    i64,
    i128,
    isize,
    f64,
    Arc<str>,
    Cow<'_, str>,
    Box<str>,
    std::path::Display<'_>,
    std::net::SocketAddr,
    jiff::civil::Date,
    jiff::civil::DateTime,
    jiff::Timestamp,
    jiff::Zoned,
    blake3::Hash,
    jiff::Span,
];

impl Argument for io::Error {
    fn text(&self) -> String {
        reason(self)
    }
}

/// What the system says of an error, as an argument of a sentence.
pub fn reason(error: &io::Error) -> String {
    match (id_of(error), error.raw_os_error()) {
        (Some(id), _) => format!("{MARK}{id}"),
        (None, Some(number)) => format!("{MARK}{NUMBER} {number}"),
        (None, None) => no_reason(),
    }
}

/// That a library gives no reason that staff could read, as an argument of a sentence.
pub fn no_reason() -> String {
    format!("{MARK}{UNKNOWN}")
}

/// The id and the number of a sentence that an argument stands for.
pub(super) fn marked(text: &str) -> Option<(&str, Option<&str>)> {
    let text = text.strip_prefix(MARK)?;
    Some(text.split_once(' ').map_or((text, None), |(id, number)| (id, Some(number))))
}

fn id_of(error: &io::Error) -> Option<&'static str> {
    let by_number = match error.raw_os_error() {
        // Sharing and lock violations, and a name too long, have no kind of their own.
        Some(32 | 33) if cfg!(windows) => Some("system-busy"),
        Some(206) if cfg!(windows) => Some("system-name"),
        Some(1921) if cfg!(windows) => Some("system-link"),
        #[cfg(unix)]
        Some(number) if number == rustix::io::Errno::LOOP.raw_os_error() => Some("system-link"),
        #[cfg(unix)]
        Some(number) if number == rustix::io::Errno::IO.raw_os_error() => Some("system-disk"),
        #[cfg(unix)]
        Some(number)
            if number == rustix::io::Errno::MFILE.raw_os_error()
                || number == rustix::io::Errno::NFILE.raw_os_error() =>
        {
            Some("system-handles")
        }
        _ => None,
    };
    by_number.or(match error.kind() {
        ErrorKind::NotFound => Some("system-missing"),
        ErrorKind::PermissionDenied => Some("system-denied"),
        ErrorKind::AlreadyExists => Some("system-exists"),
        ErrorKind::IsADirectory => Some("system-folder"),
        ErrorKind::NotADirectory => Some("system-no-folder"),
        ErrorKind::DirectoryNotEmpty => Some("system-not-empty"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Some("system-full"),
        ErrorKind::FileTooLarge => Some("system-too-large"),
        ErrorKind::ReadOnlyFilesystem => Some("system-read-only"),
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => Some("system-busy"),
        ErrorKind::InvalidFilename => Some("system-name"),
        ErrorKind::OutOfMemory => Some("system-memory"),
        ErrorKind::UnexpectedEof | ErrorKind::InvalidData => Some("system-damaged"),
        ErrorKind::AddrInUse => Some("system-port"),
        ErrorKind::AddrNotAvailable => Some("system-address"),
        ErrorKind::TimedOut | ErrorKind::WouldBlock => Some("system-late"),
        ErrorKind::ConnectionRefused | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => {
            Some("system-unreachable")
        }
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe => {
            Some("system-cut")
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::Message;
    use super::super::message::{Catalogue, Language};
    use super::*;

    #[test]
    fn every_error_of_the_system_speaks_the_readers_language() {
        let kinds = [
            ErrorKind::NotFound,
            ErrorKind::PermissionDenied,
            ErrorKind::AlreadyExists,
            ErrorKind::IsADirectory,
            ErrorKind::NotADirectory,
            ErrorKind::DirectoryNotEmpty,
            ErrorKind::StorageFull,
            ErrorKind::FileTooLarge,
            ErrorKind::ReadOnlyFilesystem,
            ErrorKind::ResourceBusy,
            ErrorKind::InvalidFilename,
            ErrorKind::OutOfMemory,
            ErrorKind::InvalidData,
            ErrorKind::AddrInUse,
            ErrorKind::AddrNotAvailable,
            ErrorKind::TimedOut,
            ErrorKind::ConnectionRefused,
            ErrorKind::BrokenPipe,
            ErrorKind::Other,
        ];
        let by_kind = kinds.map(|kind| io::Error::new(kind, "words of a library"));
        let by_number = (1..135).map(io::Error::from_raw_os_error);
        for error in by_kind.into_iter().chain(by_number) {
            let message = Message::new("cli-cannot-write").with("path", "x").with("reason", &error);
            let chinese = Catalogue::of(Language::Zh).format(&message);
            let said = chinese.strip_prefix("写不了 x：").expect("begins like this");
            assert!(
                !said.is_empty() && !said.contains(|c: char| c.is_ascii_alphabetic() || c == MARK),
                "{error:?}: {said}"
            );
            let english = Catalogue::of(Language::En).format(&message);
            assert!(
                !english.contains(MARK) && !english.contains("words of a library"),
                "{error:?}: {english}"
            );
        }
    }

    #[test]
    fn a_text_is_never_taken_for_a_sentence() {
        let message = Message::new("cli-cannot-write").with("path", "\u{1}cli-no-site").with("reason", "x");
        assert!(!Catalogue::of(Language::Zh).format(&message).contains("网站"));
    }
}

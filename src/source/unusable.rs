//! Findings about files that cannot be used at all.
//!
//! Invariant: each names its file, and says what the person who put it there can do.

use super::Sources;
use crate::diag::{Diagnostic, FileId, Message, Span, codes};
use crate::world::decode::{DecodeError, DecodeErrorKind};
use crate::world::{FileError, FileReason};

/// The finding for a file that cannot be used.
pub fn file_finding(error: &FileError, sources: &mut Sources) -> Diagnostic {
    let span = Span::whole(sources.intern_text(&error.path));
    let (code, id, hint) = match &error.reason {
        FileReason::NotFound => (codes::UNREADABLE_FILE, "file-not-found", "file-not-found-hint"),
        FileReason::Unreadable(_) => (codes::UNREADABLE_FILE, "unreadable-file", "unreadable-file-hint"),
        FileReason::NotAFile => (codes::UNREADABLE_FILE, "not-a-file", "not-a-file-hint"),
        FileReason::LinkOutside => (codes::LINK_OUTSIDE, "link-outside", "link-outside-hint"),
        FileReason::LinkLoop => (codes::LINK_LOOP, "link-loop", "link-loop-hint"),
        FileReason::LinkBroken => (codes::LINK_OUTSIDE, "link-to-nothing", "link-to-nothing-hint"),
        FileReason::BadName => (codes::BAD_NAME, "bad-name", "bad-name-hint"),
        FileReason::Twin => (codes::BAD_NAME, "twin-name", "twin-name-hint"),
        FileReason::TooLarge { .. } => (codes::TOO_LARGE, "file-too-large", "file-too-large-hint"),
        FileReason::TooMany { .. } => (codes::TOO_LARGE, "too-many-files", "too-many-files-hint"),
    };
    let mut message = Message::new(id).with("path", shown(&error.path));
    match &error.reason {
        FileReason::Unreadable(reason) => message = message.with("reason", reason),
        FileReason::TooLarge { size, limit } => {
            message = message.with("size", size.div_ceil(1 << 20)).with("limit", limit >> 20);
        }
        FileReason::TooMany { limit } => message = message.with("limit", limit),
        _ => {}
    }
    Diagnostic::new(code, message).at(span).hint(Message::new(hint))
}

/// A name as it can stand in a message: a line break in it would break the message.
fn shown(path: &str) -> String {
    path.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// The finding for a file that is no text; its place is in what could be read of it.
pub(super) fn undecodable(id: FileId, error: &DecodeError) -> Diagnostic {
    let (code, message) = match error.kind {
        DecodeErrorKind::Nul => (codes::NUL_BYTES, Message::new("nul-bytes")),
        DecodeErrorKind::Damaged(encoding) => {
            (codes::UNKNOWN_ENCODING, Message::new("damaged-text").with("encoding", encoding.name()))
        }
        DecodeErrorKind::Unknown => (codes::UNKNOWN_ENCODING, Message::new("unknown-encoding")),
    };
    let hint = match error.kind {
        DecodeErrorKind::Nul => "nul-bytes-hint",
        DecodeErrorKind::Damaged(_) => "damaged-text-hint",
        DecodeErrorKind::Unknown => "unknown-encoding-hint",
    };
    let end = error.readable.len();
    Diagnostic::new(code, message.with("line", error.line).with("byte", error.offset + 1))
        .at(Span::new(id, end - '\u{fffd}'.len_utf8()..end))
        .hint(Message::new(hint))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Files;
    use crate::world::decode::decode;

    #[test]
    fn the_place_of_a_damage_is_shown() {
        let error = decode("一\n二\0三".as_bytes()).expect_err("NUL");
        let finding = undecodable(FileId(0), &error);
        let span = finding.primary.expect("a place");
        assert_eq!((finding.code, &error.readable[span.range()]), (codes::NUL_BYTES, "\u{fffd}"));
        assert_eq!(error.readable[..span.start as usize].matches('\n').count(), 1, "in the second line");
    }

    #[test]
    fn a_broken_name_does_not_break_the_message() {
        let mut sources = Sources::new();
        let error = FileError { path: "content/a\nb.md".to_owned(), reason: FileReason::BadName };
        let finding = file_finding(&error, &mut sources);
        assert_eq!(finding.message.args, [("path", "content/a\u{fffd}b.md".to_owned())]);
        let file = finding.primary.expect("a file").file;
        assert_eq!(sources.path(file), "content/a\nb.md");
    }

    #[test]
    fn sizes_round_up() {
        let reason = FileReason::TooLarge { size: (4 << 20) + 1, limit: 4 << 20 };
        let finding = file_finding(&FileError { path: "a.md".to_owned(), reason }, &mut Sources::new());
        assert_eq!(finding.code, codes::TOO_LARGE);
        assert!(finding.message.args.contains(&("size", "5".to_owned())));
    }
}

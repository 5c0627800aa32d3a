//! Bytes to text, once, here: UTF-8 with or without a byte order mark, UTF-16, GB18030.
//!
//! Refuses: NUL bytes, and bytes that are no text in any of these encodings.
//! Invariant: the text has no byte order mark and no NUL; valid UTF-8 is never taken for anything else.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// A decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'b> {
    /// The text.
    pub text: Cow<'b, str>,
    /// The encoding, where it was not UTF-8.
    pub foreign: Option<Encoding>,
}

/// Encodings besides UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// GB 18030, which contains GBK and GB 2312: what older Windows programs save.
    Gb18030,
    /// UTF-16, "Unicode" in Notepad's list.
    Utf16,
}

impl Encoding {
    /// Its name for messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gb18030 => "GB18030",
            Self::Utf16 => "UTF-16",
        }
    }
}

/// Why bytes are no text; positions are byte offsets in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// A NUL byte at a place: the file is damaged or not a text.
    Nul {
        /// The line, from 1.
        line: usize,
    },
    /// No encoding fits.
    Unknown {
        /// The line, from 1, of the first byte that is not UTF-8.
        line: usize,
    },
}

/// Decodes a file.
///
/// The order: a byte order mark decides; else valid UTF-8 is UTF-8; else NULs on every second place are UTF-16
/// without a mark; else what decodes as GB18030 without an error and reads like Chinese is that.
///
/// # Errors
/// A [`DecodeError`] with the line.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, DecodeError> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return utf8(rest).unwrap_or(Err(DecodeError::Unknown { line: bad_line(rest) }));
    }
    if bytes.starts_with(b"\xFF\xFE") {
        return utf16(&bytes[2..], UTF_16LE);
    }
    if bytes.starts_with(b"\xFE\xFF") {
        return utf16(&bytes[2..], UTF_16BE);
    }
    if let Some(order) = looks_like_utf16(bytes) {
        return utf16(bytes, order);
    }
    if let Some(done) = utf8(bytes) {
        return done;
    }
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return Err(DecodeError::Nul { line: line_of(bytes, at) });
    }
    match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) if reads_like_chinese(&text) => {
            Ok(Decoded { text: Cow::Owned(text.into_owned()), foreign: Some(Encoding::Gb18030) })
        }
        _ => Err(DecodeError::Unknown { line: bad_line(bytes) }),
    }
}

fn utf8(bytes: &[u8]) -> Option<Result<Decoded<'_>, DecodeError>> {
    let text = std::str::from_utf8(bytes).ok()?;
    Some(match bytes.iter().position(|&byte| byte == 0) {
        Some(at) => Err(DecodeError::Nul { line: line_of(bytes, at) }),
        None => Ok(Decoded { text: Cow::Borrowed(text), foreign: None }),
    })
}

fn utf16(bytes: &[u8], order: &'static encoding_rs::Encoding) -> Result<Decoded<'static>, DecodeError> {
    let (text, broken) = order.decode_without_bom_handling(bytes);
    if broken {
        let line = text.split('\u{fffd}').next().map_or(1, |before| before.matches('\n').count() + 1);
        return Err(DecodeError::Unknown { line });
    }
    match text.find('\0') {
        Some(at) => Err(DecodeError::Nul { line: text[..at].matches('\n').count() + 1 }),
        None => Ok(Decoded { text: Cow::Owned(text.into_owned()), foreign: Some(Encoding::Utf16) }),
    }
}

/// ASCII signs of front matter (`---`, line ends, spaces) have a NUL beside them in UTF-16, always on the same side.
fn looks_like_utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    if bytes.len() < 4 || bytes.len() % 2 == 1 {
        return None;
    }
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let (high_first, low_first) = (zeros(0), zeros(1));
    let enough = head.len() / 2 / 20 + 1;
    if low_first >= enough && high_first == 0 {
        Some(UTF_16LE)
    } else if high_first >= enough && low_first == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Random bytes often decode as GB18030 too, but into rare characters. Of the characters beyond ASCII in real text
/// nearly all are common Han or Chinese punctuation.
fn reads_like_chinese(text: &str) -> bool {
    let (mut common, mut other) = (0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        match c {
            '\u{4e00}'..='\u{9fa5}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '\u{2000}'..='\u{206f}' | '·' | '①'..='⑩' => {
                common += 1;
            }
            _ => other += 1,
        }
    }
    let control = text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')).count();
    control == 0 && other * 20 <= common
}

fn bad_line(bytes: &[u8]) -> usize {
    match std::str::from_utf8(bytes) {
        Ok(_) => 1,
        Err(error) => line_of(bytes, error.valid_up_to()),
    }
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    bytes[..at].iter().filter(|&&byte| byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "---\ntitle: 谨防刷单返利\n---\n\n先给甜头，再掏空口袋。拨打96110。\n";

    fn text_of(bytes: &[u8]) -> (String, Option<Encoding>) {
        let decoded = decode(bytes).expect("text");
        (decoded.text.into_owned(), decoded.foreign)
    }

    #[test]
    fn encodings_of_staff() {
        let (gb, _, _) = GB18030.encode(TEXT);
        let le: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        for (bytes, foreign) in [
            (TEXT.as_bytes().to_vec(), None),
            (marked(b"\xEF\xBB\xBF", TEXT.as_bytes()), None),
            (gb.to_vec(), Some(Encoding::Gb18030)),
            (le.clone(), Some(Encoding::Utf16)),
            (be.clone(), Some(Encoding::Utf16)),
            (marked(b"\xFF\xFE", &le), Some(Encoding::Utf16)),
            (marked(b"\xFE\xFF", &be), Some(Encoding::Utf16)),
        ] {
            assert_eq!(text_of(&bytes), (TEXT.to_owned(), foreign));
        }
    }

    #[test]
    fn rubbish_is_refused_with_its_line() {
        assert_eq!(decode("一\n二\0三".as_bytes()), Err(DecodeError::Nul { line: 2 }));
        assert_eq!(decode(b"a\n\xff\xfe\xfd\x80"), Err(DecodeError::Unknown { line: 2 }));
        let truncated = &TEXT.as_bytes()[..TEXT.len() - 2];
        assert!(matches!(decode(truncated), Err(DecodeError::Unknown { .. })), "a cut UTF-8 file is not GB18030");
    }

    #[test]
    fn plain_ascii_is_utf8() {
        assert_eq!(text_of(b"hello\n"), ("hello\n".to_owned(), None));
        assert_eq!(text_of(b""), (String::new(), None));
    }
}

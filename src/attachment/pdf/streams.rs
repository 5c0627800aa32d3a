//! How much the streams of a PDF unpack to, before anybody unpacks them.
//!
//! Refuses: files that unpack to more than [`ALL`], or hold a stream of more than [`ONE`].
//! Invariant: nothing that is unpacked here is kept but the beginning of what may be packed twice.

use flate2::read::ZlibDecoder;
use std::io::Read;

/// The most that one stream may come to.
const ONE: u64 = 128 << 20;
/// The most that all may come to.
const ALL: u64 = 512 << 20;
/// The most that a file may have whose streams are packed in ways that multiply by thousands and are not counted here.
const OLD: usize = 1 << 20;

/// Whether a file unpacks to what a computer of an office can hold.
pub fn are_bounded(bytes: &[u8]) -> bool {
    let has_old = |name: &[u8]| memchr::memmem::find(bytes, name).is_some();
    if bytes.len() > OLD && (has_old(b"LZW") || has_old(b"RunLength")) {
        return false;
    }
    let mut all = 0;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        if bytes[..at].ends_with(b"end") {
            continue;
        }
        let data = &bytes[at + b"stream".len()..];
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        match unpacked(data, 0) {
            Some(length) => all += length,
            None => return false,
        }
        if all > ALL {
            return false;
        }
    }
    true
}

/// To how many bytes packed data come, with what is packed in them again; none where it is too much.
fn unpacked(data: &[u8], depth: usize) -> Option<u64> {
    if !is_packed(data) {
        return Some(0);
    }
    if depth > 2 {
        return None;
    }
    let mut decoder = ZlibDecoder::new(data).take(ONE + 1);
    let mut head = [0; 2];
    // Data that only look packed end with an error, and what came before counts.
    let begun = decoder.read_exact(&mut head).is_ok();
    if begun && is_packed(&head) {
        let mut inner = head.to_vec();
        drop(decoder.read_to_end(&mut inner));
        let length = inner.len() as u64;
        return if length > ONE { None } else { Some(length + unpacked(&inner, depth + 1)?) };
    }
    let (mut length, mut buffer) = (2, vec![0; 1 << 16]);
    loop {
        match decoder.read(&mut buffer) {
            Ok(0) | Err(_) => break,
            Ok(read) => length += read as u64,
        }
    }
    (length <= ONE).then_some(length)
}

/// Whether data begin as zlib's do.
fn is_packed(data: &[u8]) -> bool {
    matches!(data, [first, second, ..] if first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0)
}

#[cfg(test)]
mod tests {
    use super::are_bounded;
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn file(stream: &[u8]) -> Vec<u8> {
        [b"%PDF-1.7\n1 0 obj\n<<>>\nstream\r\n", stream, b"\nendstream endobj\n"].concat()
    }

    #[test]
    fn bombs_are_seen_before_they_go_off() {
        assert!(are_bounded(&file(&packed(&vec![0; 1 << 20]))));
        let bomb = packed(&vec![0; 129 << 20]);
        assert!(bomb.len() < 200_000 && !are_bounded(&file(&bomb)), "one stream");
        assert!(!are_bounded(&file(&packed(&bomb))), "packed twice");
    }
}

//! A walk through the segments of a JPEG file (ITU-T T.81, annex B), to its end marker and beyond.

use super::exif;
use super::inspect::Walked;
use super::metadata::{Kinds, MetadataKind};
use super::number::{be16, be32, holds, part};
use super::{Encoding, PictureProblem};

/// A photograph has at most a dozen scans; thousands of them are an attack on the decoder's time.
const MAX_SCANS: u32 = 100;

pub(super) fn walk(bytes: &[u8]) -> Result<Walked, PictureProblem> {
    let mut kinds = Kinds::default();
    let (mut size, mut sequential) = (None, false);
    let mut orientation = None;
    let mut scans = 0;
    let mut at = 2; // After the start marker.
    loop {
        let (marker, after) = next_marker(bytes, at).ok_or(PictureProblem::Truncated)?;
        match marker {
            0xd9 => {
                kinds.add_trailer(&bytes[after..]);
                break;
            }
            0x01 | 0xd0..=0xd8 => {
                at = after;
                continue;
            }
            _ => {}
        }
        let content = segment(bytes, after)?;
        at = after + 2 + content.len();
        match marker {
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let height = be16(content, 1).ok_or(PictureProblem::Broken)?;
                let width = be16(content, 3).ok_or(PictureProblem::Broken)?;
                sequential = matches!(marker, 0xc0 | 0xc1);
                if size.replace((width, height)).is_some() {
                    return Err(PictureProblem::Broken); // Two frame headers: decoders disagree which counts.
                }
            }
            0xda => {
                scans += 1;
                if scans > MAX_SCANS {
                    return Err(PictureProblem::Broken);
                }
            }
            0xe0..=0xef => note_application(marker - 0xe0, content, &mut kinds, &mut orientation),
            0xfe => kinds.add(MetadataKind::Comment),
            _ => {}
        }
    }
    let (width, height) = size.filter(|_| scans > 0).ok_or(PictureProblem::Broken)?;
    Ok(Walked {
        encoding: Encoding::Jpeg,
        width: width.into(),
        height: height.into(),
        orientation,
        frames: 1,
        // A progressive one comes in layers, each of the whole picture.
        scales: sequential && scans == 1,
        kinds,
    })
}

/// The picture without what it carries besides pixels, for the decoder: so it neither stumbles over damage in what is
/// dropped anyway, nor can be attacked through it. The second part is the colour profile, put together.
/// To be called after [`walk`] found the file whole.
pub(super) fn bare(bytes: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut kept = bytes.get(..2)?.to_vec();
    let mut profile = Vec::new();
    let mut at = 2;
    loop {
        let (marker, after) = next_marker(bytes, at)?;
        // Compressed data, if any, and the marker.
        let begin = after - 2;
        if marker == 0xd9 {
            kept.extend(&bytes[at..after]);
            return Some((kept, profile));
        }
        if matches!(marker, 0x01 | 0xd0..=0xd8) {
            kept.extend(&bytes[at..after]);
            at = after;
            continue;
        }
        kept.extend(bytes.get(at..begin)?);
        let content = segment(bytes, after).ok()?;
        at = after + 2 + content.len();
        match marker {
            0xe2 => {
                // Parts are numbered, and in practice in order; the two bytes skipped say which of how many.
                let part = content.strip_prefix(b"ICC_PROFILE\0").and_then(|part| part.get(2..));
                profile.extend(part.unwrap_or(&[]));
            }
            0xe0 if content.starts_with(b"JFIF\0") => kept.extend(&bytes[begin..at]),
            0xee if content.starts_with(b"Adobe") => kept.extend(&bytes[begin..at]),
            0xe0..=0xef | 0xfe => {}
            _ => kept.extend(&bytes[begin..at]),
        }
    }
}

/// The next marker at or after `at`, and the place behind it. Skips compressed data, where 0xFF is followed by 0.
fn next_marker(bytes: &[u8], mut at: usize) -> Option<(u8, usize)> {
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| byte == 0xff)? + 1;
        match *bytes.get(at)? {
            0 => at += 1,
            0xff => {} // Fill bytes; the last of them begins the marker.
            marker => return Some((marker, at + 1)),
        }
    }
}

fn segment(bytes: &[u8], at: usize) -> Result<&[u8], PictureProblem> {
    let len = usize::from(be16(bytes, at).ok_or(PictureProblem::Truncated)?);
    let len = len.checked_sub(2).ok_or(PictureProblem::Broken)?;
    part(bytes, at + 2, len).ok_or(PictureProblem::Truncated)
}

fn note_application(number: u8, content: &[u8], kinds: &mut Kinds, orientation: &mut Option<u16>) {
    let starts = |tag: &[u8]| content.starts_with(tag);
    match number {
        // JFIF ends with the sides of a preview; JFXX is nothing but one.
        0 if starts(b"JFIF\0") => {
            if content.get(12..14).is_some_and(|sides| sides != [0, 0]) {
                kinds.add(MetadataKind::Thumbnail);
            }
        }
        0 if starts(b"JFXX\0") => kinds.add(MetadataKind::Thumbnail),
        1 if starts(b"Exif\0\0") => {
            let found = exif::read(content, kinds);
            *orientation = orientation.or(found);
        }
        1 if starts(b"http://ns.adobe.com/") => kinds.add_xmp(content),
        2 if starts(b"ICC_PROFILE\0") => kinds.add(MetadataKind::ColourProfile),
        2 if starts(b"MPF\0") => kinds.add(MetadataKind::SecondPicture),
        13 => note_photoshop(content, kinds),
        14 if starts(b"Adobe") => {} // How colours are coded: part of the picture.
        _ => kinds.add(MetadataKind::Application),
    }
}

/// Photoshop's resources: `8BIM`, a number, a padded name, a length. 0x0404 is IPTC, 0x0409 and 0x040C are previews.
fn note_photoshop(content: &[u8], kinds: &mut Kinds) {
    let known = kinds_of_resources(content, kinds).is_some();
    if !known || holds(content, b"\x1c\x02") {
        kinds.add(MetadataKind::Iptc);
    }
}

fn kinds_of_resources(content: &[u8], kinds: &mut Kinds) -> Option<()> {
    kinds.add(MetadataKind::Application);
    let mut at = b"Photoshop 3.0\0".len();
    while content.get(at..at + 4)? == b"8BIM" {
        match be16(content, at + 4)? {
            0x0404 => kinds.add(MetadataKind::Iptc),
            0x0409 | 0x040c => kinds.add(MetadataKind::Thumbnail),
            0x0422 => kinds.add(MetadataKind::Exif),
            0x0424 => kinds.add(MetadataKind::Xmp),
            _ => {}
        }
        let name = usize::from(*content.get(at + 6)?);
        let data = at + 6 + (1 + name).next_multiple_of(2);
        let len = be32(content, data)? as usize;
        at = data.checked_add(4)?.checked_add(len.checked_next_multiple_of(2)?)?;
        if at >= content.len() {
            return Some(());
        }
    }
    None
}

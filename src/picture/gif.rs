//! A walk through the blocks of a GIF file (version 89a).

use super::inspect::Walked;
use super::metadata::{Kinds, MetadataKind};
use super::number::{le16, part};
use super::{Encoding, PictureProblem};

pub(super) fn walk(bytes: &[u8]) -> Result<Walked, PictureProblem> {
    walk_blocks(bytes).unwrap_or(Err(PictureProblem::Truncated))
}

/// `None` where the bytes end too early.
fn walk_blocks(bytes: &[u8]) -> Option<Result<Walked, PictureProblem>> {
    let mut kinds = Kinds::default();
    let mut frames = 0;
    let (width, height) = (le16(bytes, 6)?, le16(bytes, 8)?);
    let mut at = 13 + colour_table(*bytes.get(10)?);
    loop {
        match *bytes.get(at)? {
            0x21 => {
                note(*bytes.get(at + 1)?, bytes.get(at + 2..)?, &mut kinds);
                at = after_sub_blocks(bytes, at + 2)?;
            }
            0x2c => {
                frames += 1;
                // Descriptor, its colour table, the width of codes.
                at = after_sub_blocks(bytes, at + 11 + colour_table(*bytes.get(at + 9)?))?;
            }
            0x3b => break,
            _ => return Some(Err(PictureProblem::Broken)),
        }
    }
    kinds.add_trailer(bytes.get(at + 1..)?);
    if frames == 0 {
        return Some(Err(PictureProblem::Broken));
    }
    let (width, height) = (width.into(), height.into());
    Some(Ok(Walked {
        encoding: Encoding::Png,
        width,
        height,
        orientation: None,
        frames,
        scales: false,
        kinds,
    }))
}

/// Bytes of the colour table that `flags` announce.
fn colour_table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

fn after_sub_blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let len = usize::from(*bytes.get(at)?);
        at += 1 + len;
        if len == 0 {
            return Some(at);
        }
    }
}

fn note(label: u8, block: &[u8], kinds: &mut Kinds) {
    match label {
        0xf9 => {} // How long a frame stays: part of the animation.
        0xfe => kinds.add(MetadataKind::Comment),
        0xff => match part(block, 1, 11) {
            Some(b"NETSCAPE2.0" | b"ANIMEXTS1.0") => {} // How often it repeats.
            Some(b"XMP DataXMP") => kinds.add_xmp(block),
            Some(b"ICCRGBG1012") => kinds.add(MetadataKind::ColourProfile),
            _ => kinds.add(MetadataKind::Application),
        },
        _ => kinds.add(MetadataKind::Text),
    }
}

//! A walk through the chunks of a WebP file (RFC 9649).

use super::exif;
use super::inspect::Walked;
use super::metadata::{Kinds, MetadataKind};
use super::number::{le16, le24, le32, part};
use super::png::is_photograph;
use super::{Encoding, PictureProblem};

const FIRST_CHUNK: usize = 12;

pub(super) fn walk(bytes: &[u8]) -> Result<Walked, PictureProblem> {
    let size = le32(bytes, 4).ok_or(PictureProblem::Truncated)? as usize;
    let end = size.checked_add(8).filter(|&end| end <= bytes.len()).ok_or(PictureProblem::Truncated)?;
    let (inside, trailer) = bytes.split_at(end);
    let mut found = Found::default();
    let mut at = FIRST_CHUNK;
    // A lone padding byte at the end is tolerated; writers disagree about it.
    while at + 8 <= inside.len() {
        let name = &inside[at..at + 4];
        let len = le32(inside, at + 4).ok_or(PictureProblem::Truncated)? as usize;
        let content = part(inside, at + 8, len).ok_or(PictureProblem::Truncated)?;
        found.note(name, content)?;
        at += 8 + len + len % 2;
    }
    found.kinds.add_trailer(trailer);
    let size = found.size.ok_or(PictureProblem::Broken)?;
    let (width, height) = found.canvas.unwrap_or(size);
    Ok(Walked {
        scales: false,
        encoding: found.encoding(width, height),
        width,
        height,
        orientation: found.orientation,
        frames: found.frames.max(1),
        kinds: found.kinds,
    })
}

#[derive(Default)]
struct Found {
    canvas: Option<(u32, u32)>,
    size: Option<(u32, u32)>,
    transparent: bool,
    lossless: Option<u64>,
    frames: u32,
    orientation: Option<u16>,
    kinds: Kinds,
}

impl Found {
    fn note(&mut self, name: &[u8], content: &[u8]) -> Result<(), PictureProblem> {
        let read = |value: Option<u32>| value.ok_or(PictureProblem::Broken);
        match name {
            b"VP8X" => {
                let flags = *content.first().ok_or(PictureProblem::Broken)?;
                self.transparent |= flags & 0x10 != 0;
                self.canvas = Some((read(le24(content, 4))? + 1, read(le24(content, 7))? + 1));
            }
            b"VP8 " => {
                let side = |at| read(le16(content, at).map(|side| u32::from(side & 0x3fff)));
                self.size = Some((side(6)?, side(8)?));
            }
            b"VP8L" => {
                // One byte of signature, then 14 bits a side and one of transparency.
                let bits = read(le32(content, 1))?;
                self.size = Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1));
                self.transparent |= bits >> 28 & 1 != 0;
                self.lossless = Some(content.len() as u64);
            }
            b"ANMF" => {
                self.frames += 1;
                self.size = Some((read(le24(content, 6))? + 1, read(le24(content, 9))? + 1));
            }
            b"ALPH" => self.transparent = true,
            b"EXIF" => {
                let found = exif::read(content, &mut self.kinds);
                self.orientation = self.orientation.or(found);
            }
            b"XMP " => self.kinds.add_xmp(content),
            b"ICCP" => self.kinds.add(MetadataKind::ColourProfile),
            b"ANIM" => {}
            _ => self.kinds.add(MetadataKind::Application),
        }
        Ok(())
    }

    fn encoding(&self, width: u32, height: u32) -> Encoding {
        let photograph = match self.lossless {
            Some(data) => is_photograph(width, height, data, self.transparent),
            None => !self.transparent,
        };
        if photograph { Encoding::Jpeg } else { Encoding::Png }
    }
}

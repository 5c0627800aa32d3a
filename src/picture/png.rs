//! A walk through the chunks of a PNG file (ISO/IEC 15948).

use super::exif;
use super::inspect::Walked;
use super::metadata::{Kinds, MetadataKind};
use super::number::{be32, part};
use super::{Encoding, PictureProblem};

const SIGNATURE: usize = 8;

pub(super) fn walk(bytes: &[u8]) -> Result<Walked, PictureProblem> {
    let mut kinds = Kinds::default();
    let mut header = None;
    let mut orientation = None;
    let mut frames = 1;
    let mut data: u64 = 0;
    let mut at = SIGNATURE;
    loop {
        let len = be32(bytes, at).ok_or(PictureProblem::Truncated)?;
        let name = part(bytes, at + 4, 4).ok_or(PictureProblem::Truncated)?;
        let content = part(bytes, at + 8, len as usize).ok_or(PictureProblem::Truncated)?;
        at += 12 + content.len();
        if at > bytes.len() {
            return Err(PictureProblem::Truncated);
        }
        match name {
            b"IHDR" if header.is_none() => {
                header = Some(Header::read(content).ok_or(PictureProblem::Broken)?);
            }
            _ if header.is_none() => return Err(PictureProblem::Broken),
            b"IHDR" => return Err(PictureProblem::Broken),
            b"IDAT" => data += u64::from(len),
            b"acTL" => frames = be32(content, 0).unwrap_or(1).max(1),
            b"eXIf" => orientation = orientation.or(exif::read(content, &mut kinds)),
            b"IEND" => break,
            _ => note(name, content, &mut kinds),
        }
    }
    kinds.add_trailer(&bytes[at..]);
    let header = header.filter(|_| data > 0).ok_or(PictureProblem::Broken)?;
    Ok(Walked {
        scales: false,
        encoding: header.encoding(data),
        width: header.width,
        height: header.height,
        orientation,
        frames,
        kinds,
    })
}

struct Header {
    width: u32,
    height: u32,
    colour_type: u8,
}

impl Header {
    fn read(content: &[u8]) -> Option<Self> {
        Some(Self { width: be32(content, 0)?, height: be32(content, 4)?, colour_type: *content.get(9)? })
    }

    fn encoding(&self, data: u64) -> Encoding {
        const PALETTE: u8 = 3;
        const ALPHA: u8 = 4;
        let transparent = self.colour_type & ALPHA != 0;
        let drawn = self.colour_type == PALETTE;
        if !drawn && is_photograph(self.width, self.height, data, transparent) {
            Encoding::Jpeg
        } else {
            Encoding::Png
        }
    }
}

/// Whether losslessly packed data is a photograph's. Drawings and screens take under two bits a pixel, photographs ten
/// and more. A channel of transparency, which telephones' screenshots have without using it, raises the bar: it would
/// be laid on white. Small pictures are left alone, since their headers weigh more than their pixels.
pub(super) fn is_photograph(width: u32, height: u32, data: u64, transparent: bool) -> bool {
    const SMALL: u64 = 200_000;
    let bits_a_pixel = data.saturating_mul(8) / (u64::from(width) * u64::from(height)).max(1);
    data > SMALL && bits_a_pixel >= if transparent { 10 } else { 6 }
}

fn note(name: &[u8], content: &[u8], kinds: &mut Kinds) {
    match name {
        b"iTXt" if content.starts_with(b"XML:com.adobe.xmp\0") => kinds.add_xmp(content),
        b"tEXt" | b"zTXt" | b"iTXt" => {
            kinds.add(MetadataKind::Text);
            // ImageMagick keeps the blocks of other formats as texts of hexadecimal digits.
            match content.strip_prefix(b"Raw profile type ") {
                Some(rest) if rest.starts_with(b"exif") || rest.starts_with(b"APP1") => {
                    kinds.add(MetadataKind::Exif);
                }
                Some(rest) if rest.starts_with(b"xmp") => kinds.add(MetadataKind::Xmp),
                Some(rest) if rest.starts_with(b"iptc") || rest.starts_with(b"8bim") => {
                    kinds.add(MetadataKind::Iptc);
                }
                _ => {}
            }
        }
        b"tIME" => kinds.add(MetadataKind::Time),
        b"iCCP" => kinds.add(MetadataKind::ColourProfile),
        // What describes pixels and nothing else.
        b"PLTE" | b"tRNS" | b"gAMA" | b"cHRM" | b"sRGB" | b"sBIT" | b"bKGD" | b"pHYs" | b"hIST" | b"cICP"
        | b"mDCV" | b"cLLI" | b"fcTL" | b"fdAT" => {}
        _ => kinds.add(MetadataKind::Application),
    }
}

//! Exif, as far as it decides something: the orientation, and whether a position or a preview is inside.
//! Exif is a TIFF file: a directory of twelve-byte entries (CIPA DC-008, 4.6.2).

use super::metadata::{Kinds, MetadataKind};
use super::number::{be16, be32, le16, le32};

const ORIENTATION: u16 = 0x0112;
const GPS: u16 = 0x8825;
const THUMBNAIL: u16 = 0x0201;

/// Notes what a block of Exif tells and returns the orientation it asks for, if it does.
/// A damaged block is noted too: what we cannot read, someone else may.
pub fn read(block: &[u8], kinds: &mut Kinds) -> Option<u16> {
    kinds.add(MetadataKind::Exif);
    let tiff = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
    let order = match tiff.get(..4)? {
        b"II*\0" => Order::Little,
        b"MM\0*" => Order::Big,
        _ => return None,
    };
    let first = order.long(tiff, 4)? as usize;
    let orientation = directory(tiff, order, first, kinds);
    // The second directory, where there is one, describes the preview.
    let count = usize::from(order.short(tiff, first)?);
    let second = order.long(tiff, first.checked_add(2 + 12 * count)?).unwrap_or(0) as usize;
    if second != 0 {
        directory(tiff, order, second, kinds);
    }
    orientation
}

fn directory(tiff: &[u8], order: Order, at: usize, kinds: &mut Kinds) -> Option<u16> {
    let mut orientation = None;
    let count = usize::from(order.short(tiff, at)?);
    for index in 0..count {
        let entry = at.checked_add(2 + 12 * index)?;
        match order.short(tiff, entry) {
            Some(ORIENTATION) => orientation = order.short(tiff, entry + 8),
            Some(GPS) => kinds.add(MetadataKind::Gps),
            Some(THUMBNAIL) => kinds.add(MetadataKind::Thumbnail),
            Some(_) => {}
            None => break,
        }
    }
    orientation
}

#[derive(Clone, Copy)]
enum Order {
    Little,
    Big,
}

impl Order {
    fn short(self, bytes: &[u8], at: usize) -> Option<u16> {
        match self {
            Self::Little => le16(bytes, at),
            Self::Big => be16(bytes, at),
        }
    }

    fn long(self, bytes: &[u8], at: usize) -> Option<u32> {
        match self {
            Self::Little => le32(bytes, at),
            Self::Big => be32(bytes, at),
        }
    }
}

//! Which files a picture becomes; decided from its header, so that pages know every size before one is made.

use super::name::public_stem;
use super::{Encoding, PictureInfo};

/// Widths that pages offer: a cheap telephone, a good one, a large screen.
pub const WIDTHS: [u32; 3] = [480, 960, 1600];

/// Goes up whenever the same picture would be encoded to other bytes, so that cached ones are dropped.
pub const ENCODER_VERSION: u32 = 1;

/// One published file of a picture.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Variant {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Its format.
    pub encoding: Encoding,
    /// Its name, e.g. `yuanba-3f9a2c-960.jpg`.
    pub file_name: String,
}

/// The files of a picture, narrowest first: each of [`WIDTHS`] that it is wider than, and last its own width if no
/// larger than the widest of them. No picture is enlarged.
pub fn plan(info: &PictureInfo, content_hash: &blake3::Hash, stem: &str) -> Vec<Variant> {
    let own = info.width.min(WIDTHS[WIDTHS.len() - 1]);
    let narrower = WIDTHS.into_iter().filter(|&width| width < own);
    let stem = public_stem(stem);
    narrower.chain([own]).map(|width| variant(info, content_hash, &stem, width)).collect()
}

fn variant(info: &PictureInfo, content_hash: &blake3::Hash, stem: &str, width: u32) -> Variant {
    let scaled = u64::from(info.height) * u64::from(width) + u64::from(info.width) / 2;
    let height =
        u32::try_from(scaled / u64::from(info.width)).expect("no variant is larger than its picture").max(1);
    let hash = &content_hash.to_hex()[..6];
    let extension = info.encoding.extension();
    let file_name = if stem.is_empty() {
        format!("{hash}-{width}.{extension}")
    } else {
        format!("{stem}-{hash}-{width}.{extension}")
    };
    Variant { width, height, encoding: info.encoding, file_name }
}

/// Under this key a rendered file may be kept: same key, same bytes. It is fit for a file name.
pub fn cache_key(content_hash: &blake3::Hash, variant: &Variant) -> String {
    let Variant { width, height, encoding, .. } = variant;
    format!("{}-{width}x{height}-v{ENCODER_VERSION}.{}", content_hash.to_hex(), encoding.extension())
}

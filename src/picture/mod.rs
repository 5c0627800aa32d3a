//! Pictures: a photograph as staff have it becomes a few small files that carry nothing but pixels.
//!
//! Refuses: what no browser shows (HEIC, TIFF, BMP, SVG as a picture), what is broken or cut off, and pictures so large
//! that decoding them would be an attack; the header tells, nothing is decoded to find out.
//! Invariant: every published picture is encoded anew from decoded pixels. No byte of the original file is ever copied,
//! so position, time, camera, preview, and film of a photograph cannot pass, whatever segment they hide in.
//!
//! Decisions:
//! - Colours with a simple profile (primaries and curves, such as the Display P3 of telephones) are converted to sRGB.
//!   Other profiles (printing, scanners) are dropped, as browsers without colour management do.
//! - Of an animation the first frame is kept. What moves for longer than five seconds needs a way to stop it
//!   (WCAG 2.2.2), and moving pictures weigh more than villagers' networks carry.
//! - JPEG and opaque WebP become JPEG. PNG and GIF stay sharp as PNG, unless their data is as dense as a photograph's.

mod colour;
pub mod drawing;
mod encode;
mod exif;
mod gif;
mod inspect;
mod jpeg;
mod metadata;
mod name;
mod number;
mod plan;
mod png;
mod problem;
mod render;
#[cfg(test)]
mod tests;
mod webp;

pub use encode::{encode_jpeg, encode_png};
pub use inspect::inspect;
pub use metadata::MetadataKind;
pub use plan::{ENCODER_VERSION, Variant, WIDTHS, cache_key, plan};
pub use problem::PictureProblem;
pub use render::{render, render_all};
use serde::{Deserialize, Serialize};

/// Pictures with more pixels than this are refused before they are decoded, unless they can be decoded at a smaller scale. Telephones
/// take 50 megapixels (8192 × 6144).
pub const MAX_PIXELS: u64 = 60_000_000;
/// Pictures wider or higher than this are refused before they are decoded, with the same exception.
pub const MAX_SIDE: u32 = 12_000;
/// The most pixels of a photograph that is decoded at a smaller scale: a JPEG of one scan. Telephones take 108 megapixels (12032 × 9024).
pub const MAX_SCALED_PIXELS: u64 = 120_000_000;
/// The longest side of such a photograph.
pub const MAX_SCALED_SIDE: u32 = 16_384;
/// Animations whose frames together have more pixels than this are refused.
pub const MAX_ANIMATION_PIXELS: u64 = 1_000_000_000;

/// A format that we read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG, animated or not.
    Png,
    /// WebP, animated or not.
    WebP,
    /// GIF, animated or not.
    Gif,
}

/// A format that we write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Encoding {
    /// For photographs.
    Jpeg,
    /// For drawings, screens, and what is transparent.
    Png,
}

impl Encoding {
    /// The extension of its files.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

/// What the header of a picture tells. Only [`inspect`] makes one, so its size is within the limits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureInfo {
    format: Format,
    encoding: Encoding,
    width: u32,
    height: u32,
    orientation: Orientation,
    frames: u32,
    metadata: Vec<MetadataKind>,
}

impl PictureInfo {
    /// The format, by content; the name of a file does not count.
    pub fn format(&self) -> Format {
        self.format
    }

    /// How it will be published.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Width in pixels as people see it, after the camera's note how it was held.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels as people see it.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Whether it moves; only its first frame is published.
    pub fn animated(&self) -> bool {
        self.frames > 1
    }

    /// What it carries besides pixels, sorted, each kind once.
    pub fn metadata(&self) -> &[MetadataKind] {
        &self.metadata
    }
}

/// How the camera was held: Exif's orientation, 1 to 8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
struct Orientation(u8);

impl Orientation {
    const UPRIGHT: Self = Self(1);

    /// A value as a camera wrote it; values that do not exist mean upright, as browsers read them.
    fn from_exif(value: u16) -> Self {
        match u8::try_from(value) {
            Ok(value @ 1..=8) => Self(value),
            _ => Self::UPRIGHT,
        }
    }

    /// Whether width and height change places.
    const fn swaps_sides(self) -> bool {
        self.0 >= 5
    }

    fn for_image(self) -> image::metadata::Orientation {
        image::metadata::Orientation::from_exif(self.0).unwrap_or(image::metadata::Orientation::NoTransforms)
    }
}

//! Colours of other devices to sRGB, which every screen understands without a profile.

use image::DynamicImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformExecutor, TransformOptions};
use std::sync::Arc;

/// A colour profile of three primaries and their curves, such as Display P3 or Adobe RGB.
pub struct Profile {
    colour: Arc<dyn TransformExecutor<u8> + Send + Sync>,
    transparent: Arc<dyn TransformExecutor<u8> + Send + Sync>,
}

impl Profile {
    /// `None` for profiles that cannot be read or are not that simple (tables for printing): those are dropped.
    pub fn read(icc: &[u8]) -> Option<Self> {
        let profile = ColorProfile::new_from_slice(icc).ok()?;
        if profile.color_space != DataColorSpace::Rgb || !profile.is_matrix_shaper() {
            return None;
        }
        let srgb = ColorProfile::new_srgb();
        let to_srgb =
            |layout| profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default()).ok();
        Some(Self { colour: to_srgb(Layout::Rgb)?, transparent: to_srgb(Layout::Rgba)? })
    }

    /// Converts in place. Grey pictures have no use for such a profile and stay.
    pub fn to_srgb(&self, pixels: &mut DynamicImage) {
        let (transform, samples): (_, &mut [u8]) = match pixels {
            DynamicImage::ImageRgb8(pixels) => (&self.colour, pixels),
            DynamicImage::ImageRgba8(pixels) => (&self.transparent, pixels),
            _ => return,
        };
        let source = samples.to_vec();
        // The lengths agree, so the transform has nothing to refuse; if it does, the colours stay as they were.
        if transform.transform(&source, samples).is_err() {
            samples.copy_from_slice(&source);
        }
    }
}

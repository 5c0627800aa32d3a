//! From the bytes of a picture to the bytes of its published files.

use super::colour::Profile;
use super::encode;
use super::{Format, MAX_PIXELS, MAX_SIDE, PictureInfo, PictureProblem, Variant, jpeg};
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::error::ImageError;
use image::{DynamicImage, GrayImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage, RgbaImage};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Enough for the largest picture that [`super::inspect`] lets pass, at eight bytes a pixel, and its copy.
const MAX_MEMORY: u64 = 1 << 30;

/// Makes one file of a picture.
///
/// # Errors
/// If the picture turns out broken.
pub fn render(bytes: &[u8], info: &PictureInfo, variant: &Variant) -> Result<Vec<u8>, PictureProblem> {
    let picture = Decoded::guarded(bytes, info)?;
    picture.encode(variant)
}

/// Makes several files of a picture, in their order; it is decoded once.
///
/// # Errors
/// If the picture turns out broken.
pub fn render_all(
    bytes: &[u8],
    info: &PictureInfo,
    variants: &[Variant],
) -> Result<Vec<Vec<u8>>, PictureProblem> {
    let picture = Decoded::guarded(bytes, info)?;
    variants.iter().map(|variant| picture.encode(variant)).collect()
}

/// The side that a photograph decoded at a smaller scale has at least, in one direction.
const SCALED_SIDE: u16 = 2400;
/// Enough for such a photograph, which is less than twice as wide and as high.
const MAX_SCALED_BYTES: usize = 256 << 20;

struct Decoded<'a> {
    info: &'a PictureInfo,
    pixels: DynamicImage,
    profile: Option<Profile>,
}

impl<'a> Decoded<'a> {
    /// Decoders are other people's and files may be hostile: where one panics, it is that picture's finding, and not
    /// the end of the whole build.
    fn guarded(bytes: &[u8], info: &'a PictureInfo) -> Result<Self, PictureProblem> {
        catch_unwind(AssertUnwindSafe(|| Self::new(bytes, info))).unwrap_or(Err(PictureProblem::Broken))
    }

    fn new(bytes: &[u8], info: &'a PictureInfo) -> Result<Self, PictureProblem> {
        let format = match info.format {
            Format::Jpeg => ImageFormat::Jpeg,
            Format::Png => ImageFormat::Png,
            Format::WebP => ImageFormat::WebP,
            Format::Gif => ImageFormat::Gif,
        };
        let mut limits = Limits::default();
        limits.max_image_width = Some(MAX_SIDE);
        limits.max_image_height = Some(MAX_SIDE);
        limits.max_alloc = Some(MAX_MEMORY);
        let bare = if info.format == Format::Jpeg {
            Some(jpeg::bare(bytes).ok_or(PictureProblem::Broken)?)
        } else {
            None
        };
        let (bytes, icc) = bare.as_ref().map_or((bytes, None), |(bytes, icc)| (bytes.as_slice(), Some(icc)));
        if needs_scaling(info) {
            let pixels = scaled(bytes, info)?;
            return Ok(Self { info, pixels, profile: icc.and_then(|icc| Profile::read(icc)) });
        }
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        reader.limits(limits);
        let refused = |error: ImageError| refused(&error, info);
        let mut decoder = reader.into_decoder().map_err(refused)?;
        let (width, height) = decoder.dimensions();
        let upright = if info.orientation.swaps_sides() { (height, width) } else { (width, height) };
        if upright != (info.width, info.height) {
            // Header and decoder disagree: the file was made to deceive one of them.
            return Err(PictureProblem::Broken);
        }
        let icc = icc.cloned().or_else(|| decoder.icc_profile().ok().flatten());
        let profile = icc.and_then(|icc| Profile::read(&icc));
        let pixels = DynamicImage::from_decoder(decoder).map_err(refused)?;
        Ok(Self { info, pixels: eight_bits(pixels), profile })
    }

    fn encode(&self, variant: &Variant) -> Result<Vec<u8>, PictureProblem> {
        let mut pixels = self.resize(variant)?;
        pixels.apply_orientation(self.info.orientation.for_image());
        if let Some(profile) = &self.profile {
            profile.to_srgb(&mut pixels);
        }
        encode::encode(pixels, variant.encoding).ok_or(PictureProblem::Broken)
    }

    /// Resizes as stored; turning the small result upright is cheaper than turning the original.
    fn resize(&self, variant: &Variant) -> Result<DynamicImage, PictureProblem> {
        let (width, height) = if self.info.orientation.swaps_sides() {
            (variant.height, variant.width)
        } else {
            (variant.width, variant.height)
        };
        if (width, height) == (self.pixels.width(), self.pixels.height()) {
            return Ok(self.pixels.clone());
        }
        let kind = match &self.pixels {
            DynamicImage::ImageLuma8(_) => PixelType::U8,
            DynamicImage::ImageRgba8(_) => PixelType::U8x4,
            _ => PixelType::U8x3,
        };
        let source = ImageRef::new(self.pixels.width(), self.pixels.height(), self.pixels.as_bytes(), kind)
            .map_err(|_| PictureProblem::Broken)?;
        let mut target = Image::new(width, height, kind);
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
        Resizer::new().resize(&source, &mut target, &options).map_err(|_| PictureProblem::Broken)?;
        let bytes = target.into_vec();
        let resized = match kind {
            PixelType::U8 => GrayImage::from_raw(width, height, bytes).map(DynamicImage::from),
            PixelType::U8x4 => RgbaImage::from_raw(width, height, bytes).map(DynamicImage::from),
            _ => RgbImage::from_raw(width, height, bytes).map(DynamicImage::from),
        };
        Ok(resized.expect("the target has as many bytes as its sides say"))
    }
}

/// Whether a picture is decoded at a smaller scale: it would take more memory whole than any other.
fn needs_scaling(info: &PictureInfo) -> bool {
    let side = info.width.max(info.height);
    side > MAX_SIDE || u64::from(info.width) * u64::from(info.height) > MAX_PIXELS
}

/// A photograph decoded at a half, a quarter or an eighth, still half as wide again as the widest file that is made of it.
/// The decoder transforms each block of 8 × 8 to fewer pixels, row by row, so the whole is never there.
fn scaled(bytes: &[u8], info: &PictureInfo) -> Result<DynamicImage, PictureProblem> {
    let oversized = || PictureProblem::Oversized { width: info.width, height: info.height };
    let mut decoder = jpeg_decoder::Decoder::new(bytes);
    decoder.set_max_decoding_buffer_size(MAX_SCALED_BYTES);
    decoder.read_info().map_err(|_| PictureProblem::Broken)?;
    let told = decoder.info().ok_or(PictureProblem::Broken)?;
    let (width, height) = (u32::from(told.width), u32::from(told.height));
    let upright = if info.orientation.swaps_sides() { (height, width) } else { (width, height) };
    if upright != (info.width, info.height) {
        return Err(PictureProblem::Broken);
    }
    let (width, height) = decoder.scale(SCALED_SIDE, SCALED_SIDE).map_err(|_| PictureProblem::Broken)?;
    let pixels = decoder.decode().map_err(|_| PictureProblem::Broken)?;
    let (width, height) = (u32::from(width), u32::from(height));
    match told.pixel_format {
        jpeg_decoder::PixelFormat::RGB24 => RgbImage::from_raw(width, height, pixels).map(DynamicImage::from),
        jpeg_decoder::PixelFormat::L8 => GrayImage::from_raw(width, height, pixels).map(DynamicImage::from),
        // Four colours of a print shop, and sixteen bits of a scanner: no telephone's.
        _ => return Err(oversized()),
    }
    .ok_or(PictureProblem::Broken)
}

/// Grey, colour, or colour with transparency, at eight bits: all that is resized and encoded.
fn eight_bits(pixels: DynamicImage) -> DynamicImage {
    let colour = pixels.color();
    if colour.has_alpha() {
        let pixels = pixels.into_rgba8();
        if pixels.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
            return DynamicImage::from(pixels).into_rgb8().into();
        }
        pixels.into()
    } else if colour.has_color() {
        pixels.into_rgb8().into()
    } else {
        pixels.into_luma8().into()
    }
}

fn refused(error: &ImageError, info: &PictureInfo) -> PictureProblem {
    match error {
        ImageError::Limits(_) => PictureProblem::Oversized { width: info.width, height: info.height },
        _ => PictureProblem::Broken,
    }
}

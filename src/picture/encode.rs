//! Pixels to files. The encoders are told nothing but pixels, so there is nothing else that they could write.

use super::Encoding;
use image::{DynamicImage, Rgb, RgbImage};
use jpeg_encoder::{ColorType as JpegColour, Encoder as JpegEncoder, SamplingFactor};
use png::{BitDepth, ColorType, Compression, Filter};
use std::collections::BTreeMap;

/// Below this, blocks show in faces and skies; above, files grow faster than anyone sees.
const JPEG_QUALITY: u8 = 80;

/// `None` only where an encoder refuses the sides, which [`super::inspect`] has limited.
pub fn encode(pixels: DynamicImage, encoding: Encoding) -> Option<Vec<u8>> {
    match encoding {
        Encoding::Jpeg => jpeg(pixels),
        Encoding::Png => png(pixels),
    }
}

/// Drawn pixels as JPEG.
pub fn encode_jpeg(pixels: DynamicImage) -> Option<Vec<u8>> {
    jpeg(pixels)
}

/// Drawn pixels as PNG, with a palette where that is smaller.
pub fn encode_png(pixels: DynamicImage) -> Option<Vec<u8>> {
    png(pixels)
}

fn jpeg(pixels: DynamicImage) -> Option<Vec<u8>> {
    let pixels = match pixels {
        DynamicImage::ImageRgba8(_) => on_white(pixels).into(),
        pixels => pixels,
    };
    let (width, height) = (u16::try_from(pixels.width()).ok()?, u16::try_from(pixels.height()).ok()?);
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new(&mut bytes, JPEG_QUALITY);
    // Telephones on slow networks: a whole coarse picture first, in the smallest form.
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    let colour =
        if matches!(pixels, DynamicImage::ImageLuma8(_)) { JpegColour::Luma } else { JpegColour::Rgb };
    encoder.encode(pixels.as_bytes(), width, height, colour).ok()?;
    Some(bytes)
}

fn on_white(pixels: DynamicImage) -> RgbImage {
    let pixels = pixels.into_rgba8();
    RgbImage::from_fn(pixels.width(), pixels.height(), |x, y| {
        let [red, green, blue, alpha] = pixels.get_pixel(x, y).0;
        let blend = |channel: u8| {
            let sum = u32::from(channel) * u32::from(alpha) + 255 * (255 - u32::from(alpha));
            u8::try_from((sum + 127) / 255).expect("a mean of bytes is a byte")
        };
        Rgb([blend(red), blend(green), blend(blue)])
    })
}

/// The smaller of the picture as it is and, where its colours are few, with a palette.
fn png(pixels: DynamicImage) -> Option<Vec<u8>> {
    let colour = match &pixels {
        DynamicImage::ImageLuma8(_) => ColorType::Grayscale,
        DynamicImage::ImageRgba8(_) => ColorType::Rgba,
        _ => ColorType::Rgb,
    };
    let sides = (pixels.width(), pixels.height());
    let plain = write(sides, colour, BitDepth::Eight, Filter::Adaptive, None, pixels.as_bytes())?;
    let Some(indexed) = Indexed::new(pixels) else { return Some(plain) };
    let depth = indexed.depth();
    let packed =
        write(sides, ColorType::Indexed, depth, Filter::NoFilter, Some(&indexed), &indexed.rows(depth))?;
    Some(if packed.len() < plain.len() { packed } else { plain })
}

fn write(
    (width, height): (u32, u32),
    colour: ColorType,
    depth: BitDepth,
    filter: Filter,
    palette: Option<&Indexed>,
    rows: &[u8],
) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    encoder.set_compression(Compression::Balanced);
    encoder.set_filter(filter);
    if let Some(palette) = palette {
        encoder
            .set_palette(palette.colours.iter().flat_map(|colour| &colour[..3]).copied().collect::<Vec<_>>());
        if palette.colours.iter().any(|colour| colour[3] != u8::MAX) {
            encoder.set_trns(palette.colours.iter().map(|colour| colour[3]).collect::<Vec<_>>());
        }
    }
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(rows).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

/// A picture of at most 256 colours.
struct Indexed {
    width: usize,
    colours: Vec<[u8; 4]>,
    pixels: Vec<u8>,
}

impl Indexed {
    fn new(pixels: DynamicImage) -> Option<Self> {
        let pixels = pixels.into_rgba8();
        let mut places = BTreeMap::new();
        for pixel in pixels.pixels() {
            places.insert(pixel.0, 0);
            if places.len() > 256 {
                return None;
            }
        }
        let colours: Vec<[u8; 4]> = places.keys().copied().collect();
        for (place, (_, slot)) in (0..=u8::MAX).zip(&mut places) {
            *slot = place;
        }
        let indices = pixels.pixels().map(|pixel| places[&pixel.0]).collect();
        Some(Self { width: pixels.width() as usize, colours, pixels: indices })
    }

    fn depth(&self) -> BitDepth {
        match self.colours.len() {
            ..=2 => BitDepth::One,
            3..=4 => BitDepth::Two,
            5..=16 => BitDepth::Four,
            _ => BitDepth::Eight,
        }
    }

    /// Rows of indices, the leftmost pixel in the highest bits of a byte.
    fn rows(&self, depth: BitDepth) -> Vec<u8> {
        let bits = depth as usize;
        let pack = |group: &[u8]| {
            group.iter().enumerate().fold(0, |byte, (place, index)| byte | index << (8 - bits * (place + 1)))
        };
        self.pixels.chunks(self.width).flat_map(|row| row.chunks(8 / bits).map(pack)).collect()
    }
}

//! Small pictures of first pages, light enough for a page that shows two dozen of them.
//!
//! Refuses: the whole length of a long picture; its head tells what it is.
//! Invariant: a thumbnail is [`WIDTH`] wide and at most half as high again and a bit.

use image::{DynamicImage, ImageFormat};

/// Width in pixels: sharp on a good telephone, where it is shown half as wide.
pub const WIDTH: u32 = 220;
/// Height of A4 at that width, and a little more.
const HIGHEST: u32 = 320;

/// A small picture of a page: its bytes, its width and its height.
pub struct Thumbnail {
    pub bytes: Vec<u8>,
    pub size: (u32, u32),
}

/// The thumbnail of a drawn page.
pub fn thumbnail(png: &[u8]) -> Option<Thumbnail> {
    let page = image::load_from_memory_with_format(png, ImageFormat::Png).ok()?;
    let height = page.height().min(HIGHEST);
    let page = DynamicImage::ImageRgb8(page.crop_imm(0, 0, page.width(), height).into_rgb8());
    let size = (page.width(), page.height());
    Some(Thumbnail { bytes: crate::picture::encode_jpeg(page)?, size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_head_of_a_long_picture_is_shown() {
        let page = |height| {
            let mut png = std::io::Cursor::new(Vec::new());
            DynamicImage::new_rgb8(WIDTH, height).write_to(&mut png, ImageFormat::Png).expect("it encodes");
            thumbnail(&png.into_inner()).expect("it is a picture")
        };
        assert_eq!(page(311).size, (WIDTH, 311));
        let long = page(4_000);
        assert_eq!(long.size, (WIDTH, HIGHEST));
        let again = image::load_from_memory_with_format(&long.bytes, ImageFormat::Jpeg).expect("a JPEG");
        assert_eq!((again.width(), again.height()), long.size);
        assert!(thumbnail(b"none").is_none());
    }
}

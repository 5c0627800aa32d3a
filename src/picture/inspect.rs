//! What kind of picture it is, how large, and what it carries: told by its header, without decoding.

use super::metadata::Kinds;
use super::number::holds;
use super::{
    Encoding, Format, MAX_ANIMATION_PIXELS, MAX_PIXELS, MAX_SCALED_PIXELS, MAX_SCALED_SIDE, MAX_SIDE,
    Orientation, PictureInfo, PictureProblem, gif, jpeg, png, webp,
};

/// What the walk through one file found; sides as stored, before the orientation.
pub(super) struct Walked {
    pub encoding: Encoding,
    pub width: u32,
    pub height: u32,
    pub orientation: Option<u16>,
    pub frames: u32,
    /// Whether it can be decoded row by row at a smaller scale, without standing in memory whole.
    pub scales: bool,
    pub kinds: Kinds,
}

/// Reads the headers of a picture.
///
/// # Errors
/// If it is no picture that can be published, or if decoding it would take too much.
pub fn inspect(bytes: &[u8]) -> Result<PictureInfo, PictureProblem> {
    let format = sniff(bytes)?;
    let walked = match format {
        Format::Jpeg => jpeg::walk(bytes)?,
        Format::Png => png::walk(bytes)?,
        Format::WebP => webp::walk(bytes)?,
        Format::Gif => gif::walk(bytes)?,
    };
    refuse_bombs(&walked)?;
    let orientation = walked.orientation.map_or(Orientation::UPRIGHT, Orientation::from_exif);
    let (width, height) =
        if orientation.swaps_sides() { (walked.height, walked.width) } else { (walked.width, walked.height) };
    Ok(PictureInfo {
        format,
        encoding: walked.encoding,
        width,
        height,
        orientation,
        frames: walked.frames,
        metadata: walked.kinds.into_sorted(),
    })
}

fn refuse_bombs(walked: &Walked) -> Result<(), PictureProblem> {
    let &Walked { width, height, frames, .. } = walked;
    if width == 0 || height == 0 {
        return Err(PictureProblem::Broken);
    }
    let area = u64::from(width) * u64::from(height);
    let (side, pixels) =
        if walked.scales { (MAX_SCALED_SIDE, MAX_SCALED_PIXELS) } else { (MAX_SIDE, MAX_PIXELS) };
    if width > side || height > side || area > pixels {
        return Err(PictureProblem::Oversized { width, height });
    }
    if area * u64::from(frames) > MAX_ANIMATION_PIXELS {
        return Err(PictureProblem::LongAnimation { frames });
    }
    Ok(())
}

/// The format by content. Staff rename files, so the name does not count.
fn sniff(bytes: &[u8]) -> Result<Format, PictureProblem> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if bytes.is_empty() {
        Err(PictureProblem::Empty)
    } else if starts(b"\xff\xd8\xff") {
        Ok(Format::Jpeg)
    } else if starts(b"\x89PNG\r\n\x1a\n") {
        Ok(Format::Png)
    } else if starts(b"GIF87a") || starts(b"GIF89a") {
        Ok(Format::Gif)
    } else if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Ok(Format::WebP)
    } else {
        Err(foreign(bytes).map_or(PictureProblem::NotAPicture, PictureProblem::Unsupported))
    }
}

/// The common name of a format that staff may take for a picture.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(match bytes.get(8..12)? {
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => "HEIC",
            b"avif" | b"avis" => "AVIF",
            _ => "MP4",
        });
    }
    // A BMP's header has zeros where its size field is followed by two reserved numbers.
    if starts(b"BM") && bytes.get(6..10) == Some(&[0; 4]) {
        Some("BMP")
    } else if starts(b"II*\0") || starts(b"MM\0*") {
        Some("TIFF")
    } else if starts(b"%PDF") {
        Some("PDF")
    } else if starts(b"8BPS") {
        Some("PSD")
    } else if starts(b"\0\0\x01\0") {
        Some("ICO")
    } else if starts(b"\xff\x0a") || starts(b"\0\0\0\x0cJXL ") {
        Some("JPEG XL")
    } else if starts(b"\0\0\0\x0cjP  ") {
        Some("JPEG 2000")
    } else {
        is_svg(bytes).then_some("SVG")
    }
}

fn is_svg(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let head = bytes.get(..4096).unwrap_or(bytes);
    head.starts_with(b"<") && holds(head, b"<svg") && !holds(head, b"<html")
}

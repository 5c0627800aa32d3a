//! Pictures as telephones and editors make them, built in code, with a `SECRET` in every place that can hold one.

use super::super::{Encoding, encode};
use image::codecs::gif::GifEncoder;
use image::{Delay, DynamicImage, ExtendedColorType, Frame, ImageEncoder, Rgb, RgbImage, Rgba, RgbaImage};

/// A word that no published byte may hold.
pub const SECRET: &[u8] = b"SECRET";

/// A smooth picture whose left half is red and right half blue.
pub fn red_and_blue(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let shade = u8::try_from(y * 40 / height).unwrap_or(0);
        if x < width / 2 { Rgb([220, shade, 20]) } else { Rgb([20, shade, 220]) }
    })
}

/// Grain like a photograph's, the same each time.
pub fn grain(width: u32, height: u32) -> RgbImage {
    let mut state = 0x2545_f491_u32;
    RgbImage::from_fn(width, height, |x, y| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let [a, b, ..] = state.to_le_bytes();
        Rgb([a, b, u8::try_from((x ^ y) & 0xff).unwrap_or(0)])
    })
}

pub fn jpeg(pixels: RgbImage) -> Vec<u8> {
    encode::encode(pixels.into(), Encoding::Jpeg).expect("small sides")
}

pub fn png(pixels: impl Into<DynamicImage>) -> Vec<u8> {
    encode::encode(pixels.into(), Encoding::Png).expect("small sides")
}

pub fn webp(pixels: &RgbaImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    image::codecs::webp::WebPEncoder::new_lossless(&mut bytes)
        .write_image(pixels, pixels.width(), pixels.height(), ExtendedColorType::Rgba8)
        .expect("small sides");
    bytes
}

pub fn gif(frames: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    for frame in 0..frames {
        let pixels = RgbaImage::from_pixel(40, 30, Rgba([frame, 200, 30, 255]));
        encoder
            .encode_frame(Frame::from_parts(pixels, 0, 0, Delay::from_numer_denom_ms(100, 1)))
            .expect("small sides");
    }
    drop(encoder);
    bytes
}

/// Exif with a camera, an orientation, a position, and a preview in a second directory.
pub fn exif(orientation: u16) -> Vec<u8> {
    let preview = [b"\xff\xd8\xff\xe0SECRET-PREVIEW".as_slice(), b"\xff\xd9"].concat();
    let mut tiff = b"MM\0*\0\0\0\x08".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [tag.to_be_bytes().as_slice(), &kind.to_be_bytes(), &count.to_be_bytes(), &value.to_be_bytes()]
            .concat()
    };
    // First directory: 8 + 2 + 3 * 12 + 4 = 50; position: 50 + 2 + 12 + 4 = 68; second directory: 68 + 2 + 24 + 4 = 98.
    tiff.extend(3_u16.to_be_bytes());
    tiff.extend(entry(0x010f, 2, 12, 98));
    tiff.extend(entry(0x0112, 3, 1, u32::from(orientation) << 16));
    tiff.extend(entry(0x8825, 4, 1, 50));
    tiff.extend(68_u32.to_be_bytes());
    tiff.extend(1_u16.to_be_bytes());
    tiff.extend(entry(0x0002, 5, 3, 110));
    tiff.extend(0_u32.to_be_bytes());
    tiff.extend(2_u16.to_be_bytes());
    tiff.extend(entry(0x0201, 4, 1, 134));
    tiff.extend(entry(0x0202, 4, 1, u32::try_from(preview.len()).expect("short")));
    tiff.extend(0_u32.to_be_bytes());
    tiff.extend(b"SECRET-CAM\0\0");
    tiff.extend([27_u32, 1, 1, 1, 30, 1].map(u32::to_be_bytes).concat());
    tiff.extend(preview);
    tiff
}

pub const XMP: &[u8] = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><exif:GPSLatitude>SECRET</exif:GPSLatitude>\
    <xmp:Thumbnails>SECRET</xmp:Thumbnails><GCamera:MotionPhoto>1</GCamera:MotionPhoto></x:xmpmeta>";

/// A JPEG with one of everything.
pub fn loaded_jpeg(pixels: RgbImage, orientation: u16) -> Vec<u8> {
    let plain = jpeg(pixels);
    let iptc = b"\x1c\x02\x69\0\x06SECRET\0";
    let mut photoshop = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0c".to_vec();
    photoshop.extend(iptc);
    photoshop.extend(b"8BIM\x04\x0c\0\0\0\0\0\x06SECRET");
    let mut bytes = plain[..2].to_vec();
    for (marker, content) in [
        (0xe0, b"JFXX\0\x10SECRET".to_vec()),
        (0xe1, [b"Exif\0\0".as_slice(), &exif(orientation)].concat()),
        (0xe1, [b"http://ns.adobe.com/xap/1.0/\0".as_slice(), XMP].concat()),
        (0xe1, [b"http://ns.adobe.com/xmp/extension/\0".as_slice(), SECRET].concat()),
        (0xe2, [b"ICC_PROFILE\0\x01\x01".as_slice(), SECRET].concat()),
        (0xe2, [b"MPF\0II*\0".as_slice(), SECRET].concat()),
        (0xeb, [b"JP\0\0".as_slice(), SECRET].concat()),
        (0xed, photoshop),
        (0xfe, SECRET.to_vec()),
    ] {
        bytes.extend([0xff, marker]);
        bytes.extend(u16::try_from(content.len() + 2).expect("short").to_be_bytes());
        bytes.extend(content);
    }
    bytes.extend(&plain[2..]);
    bytes.extend(jpeg(red_and_blue(16, 16)));
    bytes.extend(b"\0\0\0\x18ftypmp42SECRET-FILM");
    bytes.extend(b"SEFHSECRETSEFT");
    bytes
}

/// A PNG with one of everything.
pub fn loaded_png(pixels: impl Into<DynamicImage>, orientation: u16) -> Vec<u8> {
    let plain = png(pixels);
    let after_header = 8 + 25;
    let mut bytes = plain[..after_header].to_vec();
    for (name, content) in [
        (b"eXIf", exif(orientation)),
        (b"tEXt", b"Author\0SECRET".to_vec()),
        (b"tEXt", b"Raw profile type iptc\0SECRET".to_vec()),
        (b"zTXt", b"Comment\0\0SECRET".to_vec()),
        (b"iTXt", [b"XML:com.adobe.xmp\0\0\0\0\0".as_slice(), XMP].concat()),
        (b"tIME", b"\x07\xea\x05\x01\x09\x1e\x0f".to_vec()),
        (b"caBX", SECRET.to_vec()),
    ] {
        bytes.extend(u32::try_from(content.len()).expect("short").to_be_bytes());
        let body = [name.as_slice(), &content].concat();
        bytes.extend(&body);
        bytes.extend(crc32(&body).to_be_bytes());
    }
    bytes.extend(&plain[after_header..]);
    bytes.extend(SECRET);
    bytes
}

/// A WebP with one of everything, in the extended form.
pub fn loaded_webp(pixels: &RgbaImage, orientation: u16) -> Vec<u8> {
    let plain = webp(pixels);
    let mut body = b"WEBP".to_vec();
    let mut chunk = |name: &[u8], content: &[u8]| {
        body.extend(name);
        body.extend(u32::try_from(content.len()).expect("short").to_le_bytes());
        body.extend(content);
        body.extend(vec![0; content.len() % 2]);
    };
    let side = |side: u32| (side - 1).to_le_bytes();
    let (width, height) = (side(pixels.width()), side(pixels.height()));
    // Flags: transparency, Exif, XMP.
    chunk(b"VP8X", &[&[0x1c, 0, 0, 0], &width[..3], &height[..3]].concat());
    let picture = plain.windows(4).position(|name| name == b"VP8L").expect("it is lossless");
    let len = u32::from_le_bytes(plain[picture + 4..picture + 8].try_into().expect("four bytes")) as usize;
    chunk(b"VP8L", &plain[picture + 8..picture + 8 + len]);
    chunk(b"EXIF", &exif(orientation));
    chunk(b"XMP ", XMP);
    chunk(b"ZZZZ", SECRET);
    let mut bytes = b"RIFF".to_vec();
    bytes.extend(u32::try_from(body.len()).expect("short").to_le_bytes());
    bytes.extend(body);
    bytes.extend(SECRET);
    bytes
}

/// A GIF of two frames with one of everything.
pub fn loaded_gif() -> Vec<u8> {
    let plain = gif(2);
    let at = 13 + 3 * (2 << (plain[10] & 7)) * usize::from(plain[10] >> 7);
    let mut bytes = plain[..at].to_vec();
    bytes.extend(b"\x21\xfe\x06SECRET\0");
    bytes.extend(b"\x21\xff\x0bSECRETAPP01\x06SECRET\0");
    bytes.extend(b"\x21\xff\x0bXMP DataXMP");
    bytes.extend(XMP);
    bytes.push(1);
    bytes.extend((0..=255).rev());
    bytes.push(0);
    bytes.extend(&plain[at..]);
    bytes.extend(SECRET);
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(
            crc ^ u32::from(byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
        )
    })
}

//! What is published: pixels, upright, in true colours, and not a byte else.

use super::*;
use image::RgbImage;

/// What would betray a block of metadata, in any of the formats.
const TRACES: [&[u8]; 20] = [
    SECRET,
    b"Exif",
    b"EXIF",
    b"eXIf",
    b"GPS",
    b"http",
    b"xmp",
    b"XMP",
    b"8BIM",
    b"Photoshop",
    b"ICC_PROFILE",
    b"iCCP",
    b"MPF\0",
    b"JFXX",
    b"ftyp",
    b"SEFT",
    b"tEXt",
    b"zTXt",
    b"iTXt",
    b"tIME",
];

fn all_loaded() -> Vec<Vec<u8>> {
    let pixels = red_and_blue(1000, 700);
    let rgba = DynamicImage::from(pixels.clone()).into_rgba8();
    vec![
        loaded_jpeg(pixels.clone(), 6),
        loaded_jpeg(red_and_blue(90, 60), 1),
        loaded_png(pixels, 6),
        loaded_png(grain(400, 300), 3),
        loaded_webp(&rgba, 6),
        loaded_gif(),
    ]
}

fn decode(bytes: &[u8]) -> RgbImage {
    image::load_from_memory(bytes).expect("what we encode decodes").into_rgb8()
}

#[test]
fn no_byte_of_metadata_passes() {
    for bytes in all_loaded() {
        let (info, variants) = planned(&bytes);
        assert!(
            TRACES.iter().any(|trace| number::holds(&bytes, trace)),
            "the fixture must hold what is searched"
        );
        for (variant, made) in variants.iter().zip(render_all(&bytes, &info, &variants).expect("whole")) {
            for trace in TRACES {
                assert!(!number::holds(&made, trace), "{} in {}", trace.escape_ascii(), variant.file_name);
            }
            let again = inspect(&made).expect("what we publish is a picture");
            assert_eq!(again.metadata(), []);
            assert_eq!((again.width(), again.height()), (variant.width, variant.height));
            assert_eq!(again.encoding(), variant.encoding);
            only_necessary_parts(&made);
        }
    }
}

/// By a list of what may be there, not of what may not.
fn only_necessary_parts(bytes: &[u8]) {
    if bytes.starts_with(b"\x89PNG") {
        let mut at = 8;
        while at < bytes.len() {
            let len = number::be32(bytes, at).expect("a length") as usize;
            let name = &bytes[at + 4..at + 8];
            assert!([b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"].iter().any(|known| *known == name));
            at += 12 + len;
        }
        assert_eq!(at, bytes.len());
        return;
    }
    assert!(bytes.ends_with(b"\xff\xd9"));
    let mut at = 2;
    while bytes[at + 1] != 0xda {
        let (marker, len) = (bytes[at + 1], usize::from(number::be16(bytes, at + 2).expect("a length")));
        assert!([0xe0, 0xdb, 0xc0, 0xc2, 0xc4, 0xdd].contains(&marker), "segment {marker:x}");
        if marker == 0xe0 {
            assert_eq!((len, &bytes[at + 4..at + 9]), (16, b"JFIF\0".as_slice()));
        }
        at += 2 + len;
    }
}

#[test]
fn pictures_stand_upright() {
    // Stored with red on the left. Exif 6 says: turn clockwise, so red comes up; 3 turns it around; 8 sends it down.
    let place = |orientation: u16| {
        let bytes = loaded_jpeg(red_and_blue(800, 600), orientation);
        let (info, variants) = planned(&bytes);
        let made = decode(&render(&bytes, &info, &variants[0]).expect("whole"));
        assert_eq!((made.width(), made.height()), (variants[0].width, variants[0].height));
        let red = |x, y| {
            let pixel = made.get_pixel(made.width() * x / 10, made.height() * y / 10).0;
            pixel[0] > 150 && pixel[2] < 90
        };
        (red(1, 5), red(9, 5), red(5, 1), red(5, 9))
    };
    let (left, right, top, bottom) = ((true, false), (false, true), (true, false), (false, true));
    for (orientation, sides, ends) in [(1, Some(left), None), (2, Some(right), None), (3, Some(right), None)]
    {
        let (l, r, ..) = place(orientation);
        assert_eq!((Some((l, r)), None::<(bool, bool)>), (sides, ends), "orientation {orientation}");
    }
    for (orientation, ends) in [(5, top), (6, top), (7, bottom), (8, bottom)] {
        let (.., t, b) = place(orientation);
        assert_eq!((t, b), ends, "orientation {orientation}");
    }
    assert_eq!(place(9).0, place(1).0, "an orientation that does not exist means upright");
}

#[test]
fn the_same_picture_gives_the_same_bytes_alone_or_with_others() {
    for bytes in all_loaded() {
        let (info, variants) = planned(&bytes);
        let together = render_all(&bytes, &info, &variants).expect("whole");
        let alone: Vec<_> =
            variants.iter().map(|variant| render(&bytes, &info, variant).expect("whole")).collect();
        assert_eq!(together, alone);
    }
}

#[test]
fn colours_of_a_wide_screen_become_srgb() {
    let icc = moxcms::ColorProfile::new_display_p3().encode().expect("a known profile");
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 100);
    encoder.add_icc_profile(&icc).expect("it is short");
    encoder.encode(&[200, 100, 80].repeat(64), 8, 8, jpeg_encoder::ColorType::Rgb).expect("small sides");
    let (info, variants) = planned(&bytes);
    assert_eq!(info.metadata(), [MetadataKind::ColourProfile]);
    let [red, green, blue] = decode(&render(&bytes, &info, &variants[0]).expect("whole")).get_pixel(4, 4).0;
    // By the definition of Display P3 (its primaries, the curve of sRGB): 215, 93, 73.
    assert!(red.abs_diff(215) < 4 && green.abs_diff(93) < 4 && blue.abs_diff(73) < 4, "{red} {green} {blue}");
}

#[test]
fn a_broken_profile_is_dropped_and_colours_stay() {
    let bytes = loaded_jpeg(RgbImage::from_pixel(8, 8, image::Rgb([200, 100, 80])), 1);
    let (info, variants) = planned(&bytes);
    let [red, ..] = decode(&render(&bytes, &info, &variants[0]).expect("whole")).get_pixel(4, 4).0;
    assert!(red.abs_diff(200) < 4, "{red}");
}

#[test]
fn drawings_stay_exact_and_small_and_keep_transparency() {
    let ink = RgbaImage::from_fn(300, 200, |x, y| {
        Rgba(if (x + y) % 20 < 10 { [200, 16, 46, 255] } else { [0; 4] })
    });
    let bytes = png(ink.clone());
    let (info, variants) = planned(&bytes);
    let made = render(&bytes, &info, &variants[0]).expect("whole");
    assert_eq!(image::load_from_memory(&made).expect("decodes").into_rgba8(), ink);
    assert_eq!(made[25], 3, "two colours are written with a palette");
    let grain =
        RgbaImage::from_fn(600, 400, |x, _| Rgba([10, 60, 120, u8::try_from(x % 256).expect("a byte")]));
    let bytes = png(grain);
    let (info, variants) = planned(&bytes);
    let made = render(&bytes, &info, &variants[0]).expect("whole");
    assert!(image::load_from_memory(&made).expect("decodes").color().has_alpha());
}

#[test]
fn an_animation_keeps_its_first_frame() {
    let bytes = gif(3);
    let (info, variants) = planned(&bytes);
    let made = render(&bytes, &info, &variants[0]).expect("whole");
    assert_eq!(decode(&made).get_pixel(5, 5).0, [0, 200, 30]);
    assert!(!inspect(&made).expect("a picture").animated());
}

#[test]
fn a_photograph_kept_as_a_transparent_drawing_is_laid_on_white() {
    let mut pixels = DynamicImage::from(grain(400, 400)).into_rgba8();
    for pixel in pixels.pixels_mut().take(400 * 60) {
        pixel.0[3] = 0;
    }
    let bytes = png(pixels);
    let (info, variants) = planned(&bytes);
    assert_eq!(info.encoding(), Encoding::Jpeg);
    let made = decode(&render(&bytes, &info, &variants[0]).expect("whole"));
    assert!(made.get_pixel(200, 20).0.iter().all(|&channel| channel > 250));
}
/// Small files of an encoder that we do not have: lossy, lossy with transparency, three frames.
const WEBPS: [&[u8]; 3] = [
    include_bytes!("../../../tests/data/picture/lossy.webp"),
    include_bytes!("../../../tests/data/picture/lossy_alpha.webp"),
    include_bytes!("../../../tests/data/picture/anim.webp"),
];

#[test]
fn lossy_webp_is_read() {
    let expected = [
        (Encoding::Jpeg, false, [220, 30, 10, 255]),
        (Encoding::Png, false, [220, 30, 10, 120]),
        (Encoding::Jpeg, true, [200, 30, 40, 255]),
    ];
    for (bytes, (encoding, animated, colour)) in WEBPS.into_iter().zip(expected) {
        let (info, variants) = planned(bytes);
        assert_eq!(
            (info.width(), info.height(), info.encoding(), info.animated()),
            (64, 48, encoding, animated)
        );
        let made = render(bytes, &info, &variants[0]).expect("whole");
        let found = image::load_from_memory(&made).expect("decodes").into_rgba8().get_pixel(6, 24).0;
        assert!(found.iter().zip(colour).all(|(a, b)| a.abs_diff(b) < 6), "{found:?}");
    }
    let [.., animation] = WEBPS;
    let first_frame = animation.windows(4).position(|name| name == b"ANMF").expect("it moves");
    let mut empty = animation[..first_frame].to_vec();
    let size = u32::try_from(empty.len() - 8).expect("short");
    empty[4..8].copy_from_slice(&size.to_le_bytes());
    assert_eq!(inspect(&empty), Err(PictureProblem::Broken));
}

#[test]
fn a_photograph_of_a_hundred_and_twenty_megapixels_is_decoded_smaller() {
    use crate::picture::{PictureProblem, inspect, render};
    // Dark above, light below; grey, so that the test itself stays small.
    let (width, height) = (12_648_u16, 9_480_u16);
    let mut grey = vec![40_u8; usize::from(width) * usize::from(height)];
    let half = grey.len() / 2;
    grey[half..].fill(210);
    let encode = |progressive: bool| {
        let mut bytes = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 60);
        encoder.set_progressive(progressive);
        encoder.encode(&grey, width, height, jpeg_encoder::ColorType::Luma).expect("it is encoded");
        bytes
    };
    let bytes = encode(false);
    let info = inspect(&bytes).expect("a photograph of one scan is taken");
    let variant = Variant { width: 1600, height: 1199, encoding: Encoding::Png, file_name: String::new() };
    let made = image::load_from_memory(&render(&bytes, &info, &variant).expect("it is made"))
        .expect("a PNG")
        .into_luma8();
    assert_eq!((made.width(), made.height()), (1600, 1199));
    let (above, below) = (made.get_pixel(800, 100).0[0], made.get_pixel(800, 1100).0[0]);
    assert!(above.abs_diff(40) < 4 && below.abs_diff(210) < 4, "{above} {below}");
    let layered = inspect(&encode(true));
    assert!(
        matches!(layered, Err(PictureProblem::Oversized { .. })),
        "layers would have to stand in memory whole"
    );
}

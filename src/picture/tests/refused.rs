//! What is refused, and that nothing panics.

use super::*;

fn problem(bytes: &[u8]) -> PictureProblem {
    inspect(bytes).expect_err("it must be refused")
}

#[test]
fn bombs_are_refused_by_their_header() {
    let oversized = |bytes: &[u8], sides| {
        let found = problem(bytes);
        assert_eq!(found, PictureProblem::Oversized { width: sides, height: sides });
        assert_eq!(found.code().id, "F421");
    };
    let mut bytes = png(red_and_blue(10, 10));
    bytes[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    oversized(&bytes, 60_000);
    // What telephones take, 8192 × 6144, is none.
    bytes[16..24].copy_from_slice(&[0, 0, 0x20, 0, 0, 0, 0x18, 0]);
    assert!(!matches!(inspect(&bytes), Err(PictureProblem::Oversized { .. })));
    let mut bytes = jpeg(red_and_blue(10, 10));
    let frame = bytes.windows(2).position(|marker| marker == [0xff, 0xc2]).expect("it is progressive");
    bytes[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xdc, 0xff, 0xdc]);
    oversized(&bytes, 65_500);
    let mut bytes = gif(1);
    bytes[6..10].copy_from_slice(&[0xff; 4]);
    oversized(&bytes, 65_535);
    let mut bytes = loaded_webp(&RgbaImage::new(10, 10), 1);
    bytes[24..30].copy_from_slice(&[0xff, 0x3f, 0, 0xff, 0x3f, 0]);
    oversized(&bytes, 16_384);
    let mut bytes = png(red_and_blue(10, 10));
    bytes[16..24].copy_from_slice(&[0, 0, 0x1f, 0x40, 0, 0, 0x1f, 0x40]);
    oversized(&bytes, 8_000);
}

#[test]
fn a_bomb_of_frames_is_refused() {
    let mut bytes = gif(30);
    bytes[6..10].copy_from_slice(&[0x70, 0x17, 0x70, 0x17]);
    assert_eq!(problem(&bytes), PictureProblem::LongAnimation { frames: 30 });
}

#[test]
fn a_header_that_lies_small_is_found_out() {
    // The canvas of the extended header is small, the picture behind it is not.
    let mut bytes = loaded_webp(&RgbaImage::new(100, 100), 1);
    bytes[24..30].copy_from_slice(&[9, 0, 0, 9, 0, 0]);
    if let Ok(info) = inspect(&bytes) {
        let variants = plan(&info, &blake3::hash(&bytes), "a");
        assert_eq!(render(&bytes, &info, &variants[0]), Err(PictureProblem::Broken));
    }
}

#[test]
fn foreign_formats_are_named() {
    for (bytes, name) in [
        (b"\0\0\0\x18ftypheic\0\0\0\0".as_slice(), "HEIC"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", "AVIF"),
        (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0", "BMP"),
        (b"II*\0\x08\0\0\0", "TIFF"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"%PDF-1.7", "PDF"),
    ] {
        assert_eq!(problem(bytes), PictureProblem::Unsupported(name));
    }
    assert_eq!(problem(b""), PictureProblem::Empty);
    assert_eq!(problem("不是图片".as_bytes()), PictureProblem::NotAPicture);
    assert_eq!(problem(b"<html><svg></svg></html>"), PictureProblem::NotAPicture);
}

#[test]
fn every_cut_is_noticed() {
    let pixels = red_and_blue(40, 30);
    let rgba = DynamicImage::from(pixels.clone()).into_rgba8();
    for bytes in [jpeg(pixels.clone()), png(pixels), webp(&rgba), gif(2)] {
        for end in 0..bytes.len() {
            let found = problem(&bytes[..end]);
            assert_eq!(found.code().id, "F420", "cut at {end}");
        }
        inspect(&bytes).expect("whole");
    }
}

#[test]
fn damaged_bytes_never_panic() {
    let pixels = red_and_blue(40, 30);
    let rgba = DynamicImage::from(pixels.clone()).into_rgba8();
    let mut state = 7_u32;
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    for whole in [loaded_jpeg(pixels.clone(), 6), loaded_png(pixels, 6), loaded_webp(&rgba, 6), loaded_gif()]
    {
        for _ in 0..400 {
            let mut bytes = whole.clone();
            for _ in 0..=next(4) {
                let at = next(bytes.len());
                bytes[at] = u8::try_from(next(256)).expect("a byte");
            }
            if let Ok(info) = inspect(&bytes) {
                let variants = plan(&info, &blake3::hash(&bytes), "a");
                if let Ok(made) = render_all(&bytes, &info, &variants[..1]) {
                    assert!(!number::holds(&made[0], SECRET));
                }
            }
        }
    }
}

#[test]
fn every_problem_has_its_words() {
    let problems = [
        PictureProblem::Empty,
        PictureProblem::NotAPicture,
        PictureProblem::Unsupported("HEIC"),
        PictureProblem::Unsupported("SVG"),
        PictureProblem::Unsupported("PDF"),
        PictureProblem::Truncated,
        PictureProblem::Broken,
        PictureProblem::Oversized { width: 1, height: 2 },
        PictureProblem::LongAnimation { frames: 3 },
    ];
    for catalogue in [
        include_str!("../../diag/messages/zh/picture.ftl"),
        include_str!("../../diag/messages/en/picture.ftl"),
    ] {
        let has = |id: &str| catalogue.lines().any(|line| line.starts_with(&format!("{id} =")));
        for problem in &problems {
            assert!(has(problem.message("a").id) && has(problem.hint().id), "{problem:?}");
        }
    }
    for catalogue in [
        include_str!("../../diag/messages/zh/privacy.ftl"),
        include_str!("../../diag/messages/en/privacy.ftl"),
    ] {
        for kind in MetadataKind::ALL.into_iter().filter(|kind| kind.private()) {
            assert!(catalogue.contains(&format!("${} ->", kind.name())), "{kind:?}");
        }
    }
}

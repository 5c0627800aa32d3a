//! Tests of pictures: what passes, what never passes, and what is refused.

mod fixtures;
mod published;
mod refused;

use super::*;
use fixtures::*;
use image::{DynamicImage, Rgba, RgbaImage};

fn info(bytes: &[u8]) -> PictureInfo {
    inspect(bytes).expect("a fixture that is whole")
}

fn planned(bytes: &[u8]) -> (PictureInfo, Vec<Variant>) {
    let info = info(bytes);
    let variants = plan(&info, &blake3::hash(bytes), "照片");
    (info, variants)
}

#[test]
fn the_header_tells_size_and_everything_hidden() {
    use MetadataKind::{
        Application, ColourProfile, Comment, Exif, Gps, Iptc, SecondPicture, Text, Thumbnail, Time, Trailer,
        Video, Xmp,
    };
    let found = info(&loaded_jpeg(red_and_blue(64, 48), 6));
    assert_eq!((found.format(), found.width(), found.height()), (Format::Jpeg, 48, 64));
    assert_eq!(
        found.metadata(),
        [Gps, Exif, Xmp, Iptc, Thumbnail, SecondPicture, Video, Trailer, Comment, Application, ColourProfile]
    );
    let found = info(&loaded_png(red_and_blue(64, 48), 8));
    assert_eq!((found.format(), found.width(), found.height()), (Format::Png, 48, 64));
    assert_eq!(found.metadata(), [Gps, Exif, Xmp, Iptc, Thumbnail, Video, Trailer, Text, Time, Application]);
    let found = info(&loaded_webp(&DynamicImage::from(red_and_blue(64, 48)).into_rgba8(), 3));
    assert_eq!((found.format(), found.width(), found.height()), (Format::WebP, 64, 48));
    assert_eq!(found.metadata(), [Gps, Exif, Xmp, Thumbnail, Video, Trailer, Application]);
    let found = info(&loaded_gif());
    assert_eq!(
        (found.format(), found.width(), found.height(), found.animated()),
        (Format::Gif, 40, 30, true)
    );
    assert_eq!(found.metadata(), [Gps, Xmp, Thumbnail, Video, Trailer, Comment, Application]);
    assert!(!info(&gif(1)).animated());
}

#[test]
fn a_plain_picture_carries_nothing() {
    let pixels = red_and_blue(20, 20);
    let webp = webp(&DynamicImage::from(pixels.clone()).into_rgba8());
    for bytes in [jpeg(pixels.clone()), png(pixels), webp, gif(1)] {
        assert_eq!(info(&bytes).metadata(), []);
    }
}

#[test]
fn widths_follow_the_original() {
    let widths = |width| {
        let (_, variants) = planned(&png(red_and_blue(width, 10)));
        variants.iter().map(|variant| variant.width).collect::<Vec<_>>()
    };
    assert_eq!(widths(300), [300]);
    assert_eq!(widths(480), [480]);
    assert_eq!(widths(1200), [480, 960, 1200]);
    assert_eq!(widths(1600), [480, 960, 1600]);
    assert_eq!(widths(4000), [480, 960, 1600]);
}

#[test]
fn names_are_short_plain_and_keep_no_numbers_that_tell() {
    let bytes = png(red_and_blue(500, 10));
    let hash = blake3::hash(&bytes);
    let name = |stem| plan(&info(&bytes), &hash, stem)[0].file_name.clone();
    let short = &hash.to_hex()[..6];
    assert_eq!(name("yuanba"), format!("yuanba-{short}-480.png"));
    assert_eq!(name("院坝会 2"), format!("yuan-ba-hui-2-{short}-480.png"));
    assert_eq!(name("IMG_20260501_093015"), format!("img-{short}-480.png"));
    assert_eq!(name("微信图片_20260501093015"), format!("wei-xin-tu-pian-{short}-480.png"));
    assert_eq!(name("张 138-0013-8000"), format!("zhang-{short}-480.png"));
    assert_eq!(name("🎉../..\\"), format!("{short}-480.png"));
    assert_eq!(name("绿女"), format!("lyu-nyu-{short}-480.png"));
    assert!(name(&"很长".repeat(200)).len() <= 40 + 15);
}

#[test]
fn a_cache_key_changes_with_content_and_size() {
    let (_, variants) = planned(&png(red_and_blue(1000, 10)));
    let keys: std::collections::BTreeSet<_> = [b"a", b"b"]
        .iter()
        .flat_map(|bytes| variants.iter().map(|v| cache_key(&blake3::hash(*bytes), v)))
        .collect();
    assert_eq!(keys.len(), 6);
}

#[test]
fn dense_data_is_a_photograph_and_flat_data_is_not() {
    assert_eq!(info(&png(grain(400, 400))).encoding(), Encoding::Jpeg);
    assert_eq!(info(&png(red_and_blue(400, 400))).encoding(), Encoding::Png);
    assert_eq!(info(&png(grain(40, 40))).encoding(), Encoding::Png);
}

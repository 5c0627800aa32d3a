//! Sheets made of finished pages: each page is where it belongs, as a picture of the sheet shows.

use super::{HEAD, files, make};
use crate::print::engine::{Plain, compile, export};
use crate::print::impose::{Inner, beside, copies, saddle_order, saddle_stitch, stitched};
use crate::print::problem::Problem;
use crate::print::sheet::Sheets;
use image::{DynamicImage, GenericImageView};
use serde_json::json;
use std::sync::Arc;

/// Pages of grey, each darker than the one before: page `n` is of `250 - 10 n`.
const GREYS: &str = "#for n in range(d.pages) {\n  page(margin: 0mm, background: rect(width: 100%, height: 100%, fill: luma(240 - 10 * n)))[]\n}\n";

fn greys(pages: usize) -> Sheets {
    make("booklet", GREYS, json!({ "title": "册子", "options": {}, "pages": pages })).unwrap()
}

fn inner(made: &Sheets) -> Inner<'static> {
    let pdf = Arc::from(made.bytes.as_slice());
    Inner { pdf, pages: made.pages, size: made.size, title: "册子 #panic() \"", date: None }
}

/// The sheets as pictures, a pixel a point.
fn pictures(plain: &Plain) -> Vec<DynamicImage> {
    let files = files(&[]);
    let (_, document) = compile::compile_plain(files.kit(), plain).unwrap();
    let page = |page| image::load_from_memory(&export::png(page, 1.0).unwrap().0).unwrap();
    document.pages().iter().map(page).collect()
}

/// The number of the page that stands at a place, in parts of the sheet; none where the paper is white.
fn page_at(sheet: &DynamicImage, x: f64, y: f64) -> Option<usize> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a picture")]
    let at = |part: f64, side: u32| (part * f64::from(side)) as u32;
    let grey = sheet.get_pixel(at(x, sheet.width()), at(y, sheet.height())).0[0];
    (grey != 255).then(|| usize::from((250 - grey) / 10))
}

#[test]
fn the_pages_of_a_booklet_stand_as_they_are_folded() {
    for pages in [1, 4, 6, 9] {
        let made = greys(pages);
        let sheets = pictures(&stitched(&inner(&made)));
        let found: Vec<_> = sheets.iter().map(|s| [page_at(s, 0.25, 0.5), page_at(s, 0.75, 0.5)]).collect();
        assert_eq!(found, saddle_order(pages));
        assert!(sheets.iter().all(|sheet| (sheet.width(), sheet.height()) == (842, 595)));
    }
}

#[test]
fn an_imposed_booklet_is_a_pdf_of_half_as_many_pages() {
    let made = greys(6);
    let imposed = saddle_stitch(&files(&[]), &inner(&made)).unwrap();
    assert!(imposed.bytes.starts_with(b"%PDF-"));
    assert_eq!((imposed.pages, imposed.size.0.round(), imposed.size.1.round()), (4, 297.0, 210.0));
    let again = saddle_stitch(&files(&[]), &inner(&made)).unwrap();
    assert_eq!(imposed.bytes, again.bytes);
}

#[test]
fn copies_stand_beside_each_other_on_a4() {
    let made = greys(2);
    for (count, places, sides) in [
        (1, vec![(0.5, 0.5)], (595, 842)),
        (2, vec![(0.25, 0.5), (0.75, 0.5)], (842, 595)),
        (4, vec![(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)], (595, 842)),
    ] {
        let sheets = pictures(&beside(&inner(&made), count, true));
        assert_eq!(sheets.len(), 2, "as many sheets as pages");
        for (number, sheet) in sheets.iter().enumerate() {
            assert_eq!((sheet.width(), sheet.height()), sides);
            for &(x, y) in &places {
                assert_eq!(page_at(sheet, x, y), Some(number + 1), "{count} at {x}, {y}");
            }
        }
    }
    // A page is never made larger: A5 on A4 leaves white around it.
    let one = pictures(&beside(&inner(&made), 1, false));
    assert_eq!(page_at(&one[0], 0.05, 0.5), None);
    assert_eq!(copies(&files(&[]), &inner(&made), 2, true).unwrap().pages, 2);
}

#[test]
fn what_is_no_pdf_is_a_problem() {
    let broken =
        Inner { pdf: Arc::from(HEAD.as_bytes()), pages: 1, size: (148.0, 210.0), title: "", date: None };
    let problems = saddle_stitch(&files(&[]), &broken).unwrap_err();
    assert!(matches!(&problems[..], [Problem::Template { place: None, .. }]), "{problems:?}");
}

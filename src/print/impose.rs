//! Sheets made of finished pages: a booklet to be stapled in the middle, several copies of a leaflet on one A4.
//!
//! Refuses: PDF/UA and PDF/A; a page of another PDF is a picture here. The pages themselves are published as they are.
//! Invariant: each page stands whole in its place, at the size that it was made for or smaller, never larger.

use super::engine::{Plain, typeset_plain};
use super::files::PrintFiles;
use super::problem::Problem;
use super::sheet::Sheets;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// Width and height of A4, in millimetres.
const A4: (f64, f64) = (210.0, 297.0);

/// A finished PDF whose pages are to be set on sheets.
pub struct Inner<'a> {
    /// Its bytes.
    pub pdf: Arc<[u8]>,
    /// How many pages it has.
    pub pages: usize,
    /// Width and height of its pages, in millimetres.
    pub size: (f64, f64),
    /// Its title.
    pub title: &'a str,
    /// Its time stamp.
    pub date: Option<Date>,
}

/// The sides of the sheets of a booklet, two pages each, left and right: printed on both sides, laid on one another,
/// stapled and folded, the pages follow each other, and the last one is the outer back. None: a page that was added before
/// it, to make their number divisible by four.
pub fn saddle_order(pages: usize) -> Vec<[Option<usize>; 2]> {
    let padded = pages.next_multiple_of(4);
    let page = |number: usize| {
        if number == padded && pages > 1 { Some(pages) } else { (number < pages.max(2)).then_some(number) }
    };
    (0..padded / 2)
        .map(|side| {
            let (low, high) = (side + 1, padded - side);
            // On the back the lower page stands left.
            if side % 2 == 0 { [page(high), page(low)] } else { [page(low), page(high)] }
        })
        .collect()
}

/// A booklet of A5 pages on A4, for stapling in the middle: print on both sides, turned over the short edge.
///
/// # Errors
/// Where the PDF cannot be read.
pub fn saddle_stitch(files: &PrintFiles, inner: &Inner) -> Result<Sheets, Vec<Problem>> {
    typeset_plain(files, &stitched(inner))
}

pub(super) fn stitched(inner: &Inner) -> Plain {
    let (height, width) = A4;
    let half = width / 2.0;
    let mut main = head((width, height));
    for (number, side) in saddle_order(inner.pages).into_iter().enumerate() {
        if number > 0 {
            main.push_str("#pagebreak(weak: false)\n");
        }
        for (x, page) in [0.0, half].into_iter().zip(side) {
            if let Some(page) = page {
                place(&mut main, page, (x, 0.0), (half, height));
            }
        }
    }
    plain(inner, main)
}

/// Several copies of each page on one A4, to be cut apart: as many as `copies` asks for and the paper holds beside each
/// other, which is one, two or four. A page that is too large for that is made smaller. `marks` draws where to cut.
///
/// # Errors
/// Where the PDF cannot be read.
pub fn copies(files: &PrintFiles, inner: &Inner, copies: usize, marks: bool) -> Result<Sheets, Vec<Problem>> {
    typeset_plain(files, &beside(inner, copies, marks))
}

pub(super) fn beside(inner: &Inner, copies: usize, marks: bool) -> Plain {
    let upright = inner.size.1 >= inner.size.0;
    let turned = |(a, b): (f64, f64)| (b, a);
    // Two upright pages stand side by side on an A4 that lies; four stand as the one does.
    let (sheet, columns, rows) = match (copies, upright) {
        (0 | 1, true) => (A4, 1, 1),
        (0 | 1, false) => (turned(A4), 1, 1),
        (2 | 3, true) => (turned(A4), 2, 1),
        (2 | 3, false) => (A4, 1, 2),
        (_, true) => (A4, 2, 2),
        (_, false) => (turned(A4), 2, 2),
    };
    let cell = (sheet.0 / f64::from(columns), sheet.1 / f64::from(rows));
    let scale = (cell.0 / inner.size.0).min(cell.1 / inner.size.1).min(1.0);
    let size = (inner.size.0 * scale, inner.size.1 * scale);
    let mut main = head(sheet);
    for page in 1..=inner.pages {
        if page > 1 {
            main.push_str("#pagebreak(weak: false)\n");
        }
        for row in 0..rows {
            for column in 0..columns {
                let at = |index: i32, cell: f64, size: f64| f64::from(index) * cell + (cell - size) / 2.0;
                place(&mut main, page, (at(column, cell.0, size.0), at(row, cell.1, size.1)), size);
            }
        }
        if marks {
            for column in 1..columns {
                cut(&mut main, f64::from(column) * cell.0, sheet, false);
            }
            for row in 1..rows {
                cut(&mut main, f64::from(row) * cell.1, sheet, true);
            }
        }
    }
    plain(inner, main)
}

/// The title comes as data, as every text does.
fn plain(inner: &Inner, main: String) -> Plain {
    let data = serde_json::json!({ "title": inner.title }).to_string();
    let files = BTreeMap::from([
        ("/data.json".to_owned(), data.into_bytes().into()),
        ("/inner.pdf".to_owned(), inner.pdf.clone()),
    ]);
    Plain { main, files, date: inner.date }
}

fn head((width, height): (f64, f64)) -> String {
    format!(
        "#set document(title: json(\"/data.json\").title)\n\
         #set page(width: {width}mm, height: {height}mm, margin: 0mm)\n"
    )
}

fn place(main: &mut String, page: usize, (x, y): (f64, f64), (width, height): (f64, f64)) {
    let _ = writeln!(
        main,
        "#place(top + left, dx: {x}mm, dy: {y}mm, image(\"/inner.pdf\", page: {page}, width: {width}mm, \
         height: {height}mm, fit: \"contain\"))"
    );
}

/// A line for the scissors from edge to edge.
fn cut(main: &mut String, at: f64, (width, height): (f64, f64), across: bool) {
    let (x, y, length, angle) = if across { (0.0, at, width, 0) } else { (at, 0.0, height, 90) };
    let _ = writeln!(
        main,
        "#place(top + left, dx: {x}mm, dy: {y}mm, line(length: {length}mm, angle: {angle}deg, stroke: (paint: luma(140), \
         thickness: 0.3pt, dash: \"dashed\")))"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_each_other_when_the_sheets_are_folded() {
        assert_eq!(saddle_order(4), [[Some(4), Some(1)], [Some(2), Some(3)]]);
        assert_eq!(
            saddle_order(7),
            [[Some(7), Some(1)], [Some(2), None], [Some(6), Some(3)], [Some(4), Some(5)]]
        );
        assert_eq!(saddle_order(1), [[None, Some(1)], [None, None]]);
        assert_eq!(saddle_order(0), [] as [[Option<usize>; 2]; 0]);
        // Lay the sheets on one another, fold, and leaf through.
        for pages in 1..40_usize {
            let sides = saddle_order(pages);
            let sheets: Vec<_> = sides.chunks(2).collect();
            let padded = pages.next_multiple_of(4);
            let mut read: Vec<Option<usize>> = Vec::new();
            // Front half: right of each front, left of each back, from the outside in; then back out again.
            for sheet in &sheets {
                read.extend([sheet[0][1], sheet[1][0]]);
            }
            for sheet in sheets.iter().rev() {
                read.extend([sheet[1][1], sheet[0][0]]);
            }
            // The cover is outside in front, the numbers to ring are outside at the back; what is blank stands before them.
            let blank = std::iter::repeat_n(None, padded - pages);
            let wanted: Vec<_> = match pages {
                1 => std::iter::once(Some(1)).chain(blank).collect(),
                _ => (1..pages).map(Some).chain(blank).chain([Some(pages)]).collect(),
            };
            assert_eq!(read, wanted, "{pages}");
        }
    }
}

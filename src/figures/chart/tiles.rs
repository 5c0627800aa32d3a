//! One tile a row of the table, without a map: places in the order of their list, each with its figure. The shade and
//! the row of squares say the same, roughly, at a glance.

use super::canvas::{Anchor, Canvas, Face, Fill};
use super::scale::Scale;
use super::{Layout, Panel, Series, measure, texture};
use crate::statistics::safe::SafeCell;

const GAP: f64 = 6.0;

pub(super) fn draw(canvas: &mut Canvas, panel: &Panel, layout: &Layout, y: f64) -> f64 {
    let mut at = y;
    for series in &panel.series {
        if panel.series.len() > 1 {
            let lines = measure::wrap(&series.label, layout.font, layout.width, 2);
            canvas.lines(0.0, at + layout.font, &lines, layout.leading(), layout.face().bold());
            #[expect(clippy::cast_precision_loss, reason = "two lines at most")]
            let height = lines.len() as f64 * layout.leading();
            at += height + GAP;
        }
        at = grid(canvas, panel, series, layout, at) + layout.font;
    }
    at - layout.font + GAP
}

#[expect(clippy::cast_precision_loss, reason = "there are no thousands of villages")]
fn grid(canvas: &mut Canvas, panel: &Panel, series: &Series, layout: &Layout, y: f64) -> f64 {
    let scale = Scale::of(series.cells.iter().copied(), 4.0);
    let across = layout.tiles.min(panel.rows.len().max(1));
    let side = (layout.width - GAP * (layout.tiles as f64 - 1.0) - 1.2) / layout.tiles as f64;
    let size = (side, layout.leading() * 2.0 + layout.font * 2.5);
    let mut bottom = y;
    for (index, row) in panel.rows.iter().enumerate() {
        let x = 0.6 + (index % across) as f64 * (side + GAP);
        let top = y + (index / across) as f64 * (size.1 + GAP);
        bottom = top + size.1;
        let cell = series.cells[index];
        let step = scale.part(cell).map(steps);
        match step {
            _ if cell == SafeCell::Hidden => canvas.hidden((x, top), size),
            Some(step) => canvas.area((x, top), size, Fill::Shade(step.saturating_sub(1))),
            None => canvas.area((x, top), size, Fill::Shade(0)),
        }
        let hidden = cell == SafeCell::Hidden;
        let face = |face: Face| if hidden { face.rimmed() } else { face };
        let lines = measure::wrap(&row.label, layout.font, side - 12.0, 2);
        canvas.lines(x + 7.0, top + layout.font * 1.25, &lines, layout.leading(), face(layout.face()));
        let base = top + size.1 - layout.font * 0.6;
        let large = Face::new(layout.font * 1.3).bold().at(Anchor::End);
        canvas.text(x + side - 8.0, base, &panel.told(cell), face(large));
        if let Some(step) = step {
            squares(canvas, (x + 7.0, base), layout, step);
        }
    }
    bottom
}

/// How many of the squares are full: none for 0, one to four for the rest.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 4")]
fn steps(part: f64) -> usize {
    (part * 4.0).ceil() as usize
}

#[expect(clippy::cast_precision_loss, reason = "four squares")]
fn squares(canvas: &mut Canvas, (x, base): (f64, f64), layout: &Layout, full: usize) {
    let side = layout.font * 0.38;
    for nth in 0..texture::SHADES {
        let place = (x + nth as f64 * (side + 2.5), base - side);
        canvas.square(place, side, nth < full);
    }
}

//! Dots on a common scale, a line of the table each. Figures stand behind the dots, or, where there are several series,
//! in a column of their own in the order of the series.

use super::canvas::{Anchor, Canvas, Rule};
use super::scale::Scale;
use super::{Labels, Layout, Panel, legend, measure, texture};
use crate::statistics::safe::SafeCell;

pub(super) fn draw(canvas: &mut Canvas, panel: &Panel, layout: &Layout, y: f64) -> f64 {
    if panel.series.len() > texture::SERIES {
        return super::bars::draw(canvas, panel, layout, y);
    }
    let several = panel.series.len() > 1;
    let mut top = y;
    if several {
        top = legend(canvas, panel, layout, y, &|canvas, x, y, index| {
            canvas.marker(x + layout.small * 0.75, y + layout.small / 2.0, index);
        });
    }
    let labels = Labels::of(panel.rows.iter().map(|row| row.label.as_str()), layout);
    let left = labels.left();
    // A column of figures for each series; the only one of a single series is as wide, and follows the dots.
    let columns: Vec<f64> = panel
        .series
        .iter()
        .map(|series| {
            let widths = series.cells.iter().map(|&cell| measure::width(&panel.told(cell), layout.font));
            widths.fold(layout.font, f64::max) + 10.0
        })
        .collect();
    let room = columns.iter().sum::<f64>() + 4.0;
    let length = layout.width - left - room - 6.0;
    let scale = Scale::exact(panel.cells());
    let mut at = top;
    let step = layout.bar * 1.45;
    for (index, row) in panel.rows.iter().enumerate() {
        let face = if row.sums { layout.face().bold() } else { layout.face() };
        let (bar, end) = labels.draw(canvas, &row.label, face, layout, at, layout.bar);
        let middle = bar + layout.bar / 2.0;
        canvas.rule(Rule::Grid, (left, middle), (left + length + 6.0, middle));
        let mut last = left;
        if panel.series.iter().any(|series| series.cells[index] == SafeCell::Hidden) {
            let mark = (layout.font * 1.4, layout.bar * 0.8);
            canvas.hidden((left, middle - mark.1 / 2.0), mark);
            last = left + mark.0;
        }
        for (nth, series) in panel.series.iter().enumerate() {
            if let Some(part) = scale.part(series.cells[index]) {
                let x = left + 6.0 + part * (length - 6.0);
                canvas.marker(x, middle, nth);
                last = x + 5.0;
            }
        }
        let base = middle + layout.font * 0.36;
        let mut edge = left + length + 8.0;
        for (series, width) in panel.series.iter().zip(&columns) {
            let cell = series.cells[index];
            edge += width;
            match (cell, several) {
                (SafeCell::Hidden, false) => canvas.star(last + 6.0, base, layout.font, panel.words.mark),
                (_, false) => canvas.text(last + 6.0, base, &panel.told(cell), layout.face().rimmed()),
                (_, true) => canvas.text(edge, base, &panel.told(cell), layout.face().at(Anchor::End)),
            }
        }
        at = (at + step).max(end + layout.bar * 0.45);
    }
    canvas.rule(Rule::Base, (left, top - 2.0), (left, at - layout.bar * 0.4));
    at
}

//! Bars of parts. Printed parts stand in the order of their columns and to scale; hidden ones stand as marks of one size in
//! a column of their own, beyond the longest bar: they make no bar longer.

use super::canvas::{Anchor, Canvas, Face, Fill, Rule};
use super::scale::Scale;
use super::{Labels, Layout, Panel, legend, measure};
use crate::statistics::safe::SafeCell;

pub(super) fn draw(canvas: &mut Canvas, panel: &Panel, layout: &Layout, y: f64) -> f64 {
    let top = legend(canvas, panel, layout, y, &|canvas, x, y, index| {
        canvas.area((x, y), (layout.small * 1.5, layout.small), Fill::Series(index));
    });
    let labels = Labels::of(panel.rows.iter().map(|row| row.label.as_str()), layout);
    let left = labels.left();
    let sums: Vec<String> = (0..panel.rows.len()).map(|row| sum(panel, row)).collect();
    let hidden =
        |row: usize| panel.series.iter().filter(|series| series.cells[row] == SafeCell::Hidden).count();
    let mark = layout.font * 1.1;
    #[expect(clippy::cast_precision_loss, reason = "a handful of parts")]
    let marks = (0..panel.rows.len()).map(|row| hidden(row) as f64).fold(0.0, f64::max) * (mark + 3.0);
    let widest = sums.iter().map(|sum| measure::width(sum, layout.font)).fold(0.0, f64::max);
    let length = layout.width - left - marks - widest - 16.0;
    // The longest bar is the largest sum of what is printed.
    let printed = (0..panel.rows.len()).map(|row| SafeCell::Number(printed_sum(panel, row)));
    let scale = Scale::exact(printed);
    let mut at = top;
    for (index, row) in panel.rows.iter().enumerate() {
        let face = if row.sums { layout.face().bold() } else { layout.face() };
        let (bar, end) = labels.draw(canvas, &row.label, face, layout, at, layout.bar);
        let mut x = left;
        for (nth, series) in panel.series.iter().enumerate() {
            let Some(part) = scale.part(series.cells[index]).filter(|part| *part > 0.0) else { continue };
            let width = part * length;
            canvas.area((x, bar), (width, layout.bar), Fill::Series(nth));
            let text = panel.told(series.cells[index]);
            if measure::width(&text, layout.small) + 6.0 <= width {
                let face = Face::new(layout.small).bold().at(Anchor::Middle);
                let face = if nth == 0 { face.inverse() } else { face.rimmed() };
                canvas.text(x + width / 2.0, bar + layout.bar / 2.0 + layout.small * 0.36, &text, face);
            }
            x += width;
        }
        let mut apart = left + length + 6.0;
        for _ in 0..hidden(index) {
            canvas.hidden((apart, bar), (mark, layout.bar));
            let face = Face::new(layout.small).bold().at(Anchor::Middle).rimmed();
            canvas.text(
                apart + mark / 2.0,
                bar + layout.bar / 2.0 + layout.small * 0.45,
                panel.words.mark,
                face,
            );
            apart += mark + 3.0;
        }
        // Where no mark stands between, the sum stands at its bar.
        let end_of_bar = if hidden(index) > 0 { apart } else { x };
        canvas.text(
            end_of_bar + 6.0,
            bar + layout.bar / 2.0 + layout.font * 0.36,
            &sums[index],
            layout.face().bold(),
        );
        at = end + layout.bar * 0.5;
    }
    if matches!(labels, Labels::Beside(_)) {
        canvas.rule(Rule::Base, (left, top - 3.0), (left, at - layout.bar * 0.5 + 3.0));
    }
    at
}

fn printed_sum(panel: &Panel, row: usize) -> i64 {
    panel.series.iter().fold(0, |sum, series| match series.cells[row] {
        SafeCell::Number(value) => sum.saturating_add(value),
        _ => sum,
    })
}

/// What a row sums to: as the table prints it, else from its parts where all are printed.
fn sum(panel: &Panel, row: usize) -> String {
    if let Some(cell) = panel.totals.as_ref().map(|totals| totals[row]) {
        return panel.told(cell);
    }
    let all = panel.series.iter().all(|series| matches!(series.cells[row], SafeCell::Number(_)));
    if all { panel.told(SafeCell::Number(printed_sum(panel, row))) } else { String::new() }
}

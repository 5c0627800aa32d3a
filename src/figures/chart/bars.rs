//! Horizontal bars: one a row, or one for each series under the row's name. Every bar has its figure behind it, so
//! there is no axis to read.

use super::canvas::{Canvas, Fill, Rule};
use super::scale::Scale;
use super::{Labels, Layout, Panel, measure};
use crate::statistics::safe::SafeCell;

pub(super) fn draw(canvas: &mut Canvas, panel: &Panel, layout: &Layout, y: f64) -> f64 {
    let scale = Scale::exact(panel.cells());
    let room =
        panel.cells().map(|cell| measure::width(&panel.told(cell), layout.font)).fold(layout.font, f64::max)
            + 8.0;
    let grouped = panel.series.len() > 1;
    let labels = if grouped {
        Labels::of(panel.series.iter().map(|series| series.label.as_str()), layout)
    } else {
        Labels::of(panel.rows.iter().map(|row| row.label.as_str()), layout)
    };
    let left = labels.left();
    let ruler = Ruler { left, length: layout.width - left - room, scale };
    let mut at = y;
    for (index, row) in panel.rows.iter().enumerate() {
        if grouped {
            let lines = measure::wrap(&row.label, layout.font, layout.width, 2);
            canvas.lines(0.0, at + layout.font, &lines, layout.leading(), layout.face().bold());
            #[expect(clippy::cast_precision_loss, reason = "two lines at most")]
            let height = lines.len() as f64 * layout.leading();
            at += height + layout.font * 0.25;
        }
        let top = at;
        for (nth, series) in panel.series.iter().enumerate() {
            let (label, face) = if grouped {
                (series.label.as_str(), layout.face())
            } else if row.sums {
                (row.label.as_str(), layout.face().bold())
            } else {
                (row.label.as_str(), layout.face())
            };
            let (bar_top, end) = labels.draw(canvas, label, face, layout, at, layout.bar);
            bar(canvas, &ruler, layout, bar_top, series.cells[index], nth, &panel.told(series.cells[index]));
            if matches!(labels, Labels::Above) {
                canvas.rule(Rule::Base, (left, bar_top - 1.0), (left, bar_top + layout.bar + 1.0));
            }
            at = end + layout.bar * if grouped { 0.3 } else { 0.5 };
        }
        if grouped {
            if matches!(labels, Labels::Beside(_)) {
                canvas.rule(Rule::Base, (left, top - 2.0), (left, at - layout.bar * 0.3 + 2.0));
            }
            at += layout.font * 0.6;
        }
    }
    if !grouped && matches!(labels, Labels::Beside(_)) {
        canvas.rule(Rule::Base, (left, y - 3.0), (left, at - layout.bar * 0.5 + 3.0));
    }
    at
}

struct Ruler {
    left: f64,
    length: f64,
    scale: Scale,
}

fn bar(
    canvas: &mut Canvas,
    ruler: &Ruler,
    layout: &Layout,
    y: f64,
    cell: SafeCell,
    series: usize,
    told: &str,
) {
    let base = y + layout.bar / 2.0 + layout.font * 0.36;
    let end = match cell {
        SafeCell::Hidden => {
            let mark = (layout.font * 2.0, layout.bar);
            canvas.hidden((ruler.left, y), mark);
            ruler.left + mark.0
        }
        cell => match ruler.scale.part(cell) {
            Some(part) if part > 0.0 => {
                // What is there is seen, be it ever so little.
                let length = (part * ruler.length).max(1.5);
                canvas.area((ruler.left, y), (length, layout.bar), Fill::Series(series));
                ruler.left + length
            }
            _ => ruler.left,
        },
    };
    if cell == SafeCell::Hidden {
        canvas.star(end + 6.0, base, layout.font, told);
    } else {
        canvas.text(end + 6.0, base, told, layout.face());
    }
}

//! Lines by month, or along any other row. A line breaks where nothing is printed; a hatched mark on the ground says so.
//! More than four lines in one ground cannot be told apart: then each has a ground of its own, on one scale.

use super::canvas::{Anchor, Canvas, Face, Rule, n};
use super::measure;
use super::scale::Scale;
use super::{Layout, Panel};
use crate::statistics::safe::SafeCell;

/// The most lines in one ground.
const MOST: usize = 4;

pub(super) fn draw(canvas: &mut Canvas, panel: &Panel, layout: &Layout, y: f64) -> f64 {
    let scale = Scale::of(panel.cells(), 3.0);
    if panel.series.len() <= MOST {
        let all: Vec<usize> = (0..panel.series.len()).collect();
        return ground(canvas, panel, layout, y, &scale, &all);
    }
    let low = Layout { plot: layout.plot * 0.5, ..*layout };
    let mut at = y;
    for index in 0..panel.series.len() {
        let label = measure::wrap(&panel.series[index].label, layout.font, layout.width, 1).remove(0);
        canvas.text(0.0, at + layout.font, &label, layout.face().bold());
        at = ground(canvas, panel, &low, at + layout.font * 1.3, &scale, &[index]) + layout.font * 0.8;
    }
    at - layout.font * 0.8
}

/// Where things stand in one ground.
struct Ground<'a> {
    layout: &'a Layout,
    scale: &'a Scale,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    rows: usize,
}

impl Ground<'_> {
    #[expect(clippy::cast_precision_loss, reason = "there are no thousands of months")]
    fn slot(&self) -> f64 {
        (self.right - self.left) / self.rows.max(1) as f64
    }

    #[expect(clippy::cast_precision_loss, reason = "there are no thousands of months")]
    fn x(&self, row: usize) -> f64 {
        self.left + self.slot() * (row as f64 + 0.5)
    }

    fn y(&self, cell: SafeCell) -> Option<f64> {
        self.scale.part(cell).map(|part| self.bottom - part * (self.bottom - self.top))
    }
}

/// One ground with some of the series; gives where it ends.
fn ground(
    canvas: &mut Canvas,
    panel: &Panel,
    layout: &Layout,
    y: f64,
    scale: &Scale,
    series: &[usize],
) -> f64 {
    let rates = panel.rates();
    let tick = |at: f64| if rates { format!("{}%", n(at)) } else { tick_text(panel, at) };
    let ticks = scale.ticks();
    let widest = ticks.iter().map(|&at| measure::width(&tick(at), layout.small)).fold(layout.small, f64::max);
    let names: Vec<Name> = if series.len() > 1 { names(panel, series, layout) } else { Vec::new() };
    let beside = names.iter().map(|name| name.width).fold(0.0, f64::max);
    let top = y + layout.font * 1.2;
    let ground = Ground {
        layout,
        scale,
        left: widest + 6.0,
        right: layout.width - if beside > 0.0 { beside + 8.0 } else { 4.0 },
        top,
        bottom: top + layout.plot,
        rows: panel.rows.len(),
    };
    for &at in &ticks {
        let y = ground.bottom - at / scale.end * layout.plot;
        canvas.rule(Rule::Grid, (ground.left, y), (ground.right, y));
        let face = layout.soft().at(Anchor::End);
        canvas.text(widest, y + layout.small * 0.36, &tick(at), face);
    }
    canvas.rule(Rule::Base, (ground.left, ground.bottom), (ground.right, ground.bottom));
    hidden(canvas, panel, &ground, series);
    for &index in series {
        line(canvas, &panel.series[index].cells, &ground, index);
    }
    if let [only] = series {
        figures(canvas, panel, &panel.series[*only].cells, &ground);
    } else {
        write_names(canvas, panel, &ground, series, names);
    }
    months(canvas, panel, &ground)
}

#[expect(clippy::cast_possible_truncation, reason = "ticks are round and within what is counted")]
fn tick_text(panel: &Panel, at: f64) -> String {
    if at.fract().abs() > 0.001 { n(at) } else { panel.told(SafeCell::Number(at.round() as i64)) }
}

fn line(canvas: &mut Canvas, cells: &[SafeCell], ground: &Ground, series: usize) {
    let mut path = String::new();
    let mut down = false;
    for (row, &cell) in cells.iter().enumerate() {
        let Some(y) = ground.y(cell) else {
            down = false;
            continue;
        };
        path.push(if down { 'L' } else { 'M' });
        path.push_str(&n(ground.x(row)));
        path.push(' ');
        path.push_str(&n(y));
        down = true;
    }
    if path.contains('L') {
        canvas.stroke(&path, series);
    }
    for (row, &cell) in cells.iter().enumerate() {
        if let Some(y) = ground.y(cell) {
            canvas.marker(ground.x(row), y, series);
        }
    }
}

/// A mark on the ground for each row in which anything is hidden.
fn hidden(canvas: &mut Canvas, panel: &Panel, ground: &Ground, series: &[usize]) {
    let width = (ground.slot() * 0.7).min(18.0);
    let height = ground.layout.font * 1.1;
    for row in 0..panel.rows.len() {
        if series.iter().any(|&index| panel.series[index].cells[row] == SafeCell::Hidden) {
            let x = ground.x(row);
            canvas.hidden((x - width / 2.0, ground.bottom - height), (width, height));
            let face = ground.layout.face().bold().at(Anchor::Middle);
            canvas.text(x, ground.bottom - height - 1.0, panel.words.mark, face);
        }
    }
}

/// Figures at the points of a single line: the largest, the smallest, the ends, then as many as there is room for.
fn figures(canvas: &mut Canvas, panel: &Panel, cells: &[SafeCell], ground: &Ground) {
    let font = ground.layout.small;
    let mut printed: Vec<(usize, f64)> =
        cells.iter().enumerate().filter_map(|(row, &cell)| Some((row, ground.y(cell)?))).collect();
    let (Some(&first), Some(&last)) = (printed.first(), printed.last()) else { return };
    let highest = printed.iter().copied().reduce(|a, b| if b.1 < a.1 { b } else { a }).unwrap_or(first);
    let lowest = printed.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a }).unwrap_or(first);
    let heights: Vec<Option<f64>> = cells.iter().map(|&cell| ground.y(cell)).collect();
    printed.splice(0..0, [highest, lowest, last, first]);
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    let mut done: Vec<usize> = Vec::new();
    for (row, y) in printed {
        if done.contains(&row) {
            continue;
        }
        let text = panel.told(cells[row]);
        let half = measure::width(&text, font) / 2.0;
        let x = ground.x(row).clamp(half, ground.layout.width - half);
        // Below the point in a valley, where there is room; else above it.
        let beside = [row.checked_sub(1), Some(row + 1)].into_iter().flatten();
        let near: Vec<f64> = beside.filter_map(|row| heights.get(row).copied().flatten()).collect();
        let valley = !near.is_empty() && near.iter().all(|&other| other < y);
        let below = y + font + 7.0;
        let base = if valley && below < ground.bottom - 2.0 { below } else { y - 8.0 };
        let clear = taken.iter().all(|&(other, other_base, other_half)| {
            (other - x).abs() > half + other_half + 3.0 || (other_base - base).abs() > font * 1.1
        });
        if clear {
            canvas.text(x, base, &text, Face::new(font).bold().at(Anchor::Middle).rimmed());
            taken.push((x, base, half));
            done.push(row);
        }
    }
}

/// The name of a line, beside its end.
struct Name {
    lines: Vec<String>,
    width: f64,
}

fn names(panel: &Panel, series: &[usize], layout: &Layout) -> Vec<Name> {
    let most = layout.width * 0.27;
    let name = |&index: &usize| {
        let series = &panel.series[index];
        let last = series.cells.last().map(|&cell| panel.told(cell)).unwrap_or_default();
        let mut lines = measure::wrap(&series.label, layout.small, most, 2);
        lines.push(last);
        let width = lines.iter().map(|line| measure::width(line, layout.small)).fold(0.0, f64::max);
        Name { lines, width }
    };
    series.iter().map(name).collect()
}

/// Names beside the ends of their lines, moved apart where they would meet.
fn write_names(canvas: &mut Canvas, panel: &Panel, ground: &Ground, series: &[usize], names: Vec<Name>) {
    let leading = ground.layout.small * 1.2;
    let end = |index: usize| {
        panel.series[index].cells.iter().rev().find_map(|&cell| ground.y(cell)).unwrap_or(ground.bottom)
    };
    let mut placed: Vec<(f64, usize, Name)> =
        series.iter().zip(names).map(|(&index, name)| (end(index), index, name)).collect();
    placed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    #[expect(clippy::cast_precision_loss, reason = "three lines at most")]
    let height = |name: &Name| name.lines.len() as f64 * leading + 4.0;
    let whole: f64 = placed.iter().map(|(.., name)| height(name)).sum();
    let lowest = ground.bottom + ground.layout.small;
    let mut free = ground.top - ground.layout.font;
    let mut rest = whole;
    for (y, index, name) in placed {
        let tall = height(&name);
        let top = (y - tall / 2.0).min(lowest - rest).max(free);
        let x = ground.right + 14.0;
        canvas.marker(x - 8.0, top + leading * 0.5, index);
        for (nth, line) in name.lines.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "three lines at most")]
            let base = top + leading * (nth as f64 + 0.8);
            let face = Face::new(ground.layout.small);
            let last = nth + 1 == name.lines.len();
            canvas.text(x, base, line, if last { face.bold() } else { face });
        }
        free = top + tall;
        rest -= tall;
    }
}

/// What stands below the ground: months in short with their year below, or any other label in lines.
fn months(canvas: &mut Canvas, panel: &Panel, ground: &Ground) -> f64 {
    let (layout, slot) = (ground.layout, ground.slot());
    let middle = layout.soft().at(Anchor::Middle);
    let base = ground.bottom + layout.small * 1.35;
    if panel.rows.iter().any(|row| row.month.is_none()) {
        return labels(canvas, panel, ground, base);
    }
    let chinese = panel.words.language.pick("月", "");
    let with = measure::width(&format!("12{chinese}"), layout.small) + 2.0 <= slot;
    let every = [1, 2, 3, 4, 6, 12].into_iter().find(|&every| {
        #[expect(clippy::cast_precision_loss, reason = "twelve at most")]
        let room = slot * every as f64;
        measure::width("12", layout.small) + 5.0 <= room
    });
    let every = every.unwrap_or(12);
    let mut year = None;
    for (row, label) in panel.rows.iter().enumerate() {
        let Some((of_year, month)) = label.month else { continue };
        let x = ground.x(row);
        if (usize::from(month) - 1) % every == 0 {
            let text = if with { format!("{month}{chinese}") } else { month.to_string() };
            canvas.text(x, base, &text, middle);
        }
        if year != Some(of_year) {
            year = Some(of_year);
            let year = panel.words.language.pick("年", "");
            let tail = if with { "" } else { panel.words.language.pick("（月）", "") };
            let text = format!("{of_year}{year}{tail}");
            let half = measure::width(&month.to_string(), layout.small) / 2.0;
            canvas.text(x - half, base + layout.small * 1.35, &text, layout.soft());
        }
    }
    base + layout.small * 2.0
}

fn labels(canvas: &mut Canvas, panel: &Panel, ground: &Ground, base: f64) -> f64 {
    let (layout, slot) = (ground.layout, ground.slot());
    let middle = layout.soft().at(Anchor::Middle);
    let mut end = base;
    for (row, label) in panel.rows.iter().enumerate() {
        let lines = measure::wrap(&label.label, layout.small, (slot - 3.0).max(layout.small * 1.1), 4);
        canvas.lines(ground.x(row), base, &lines, layout.small * 1.25, middle);
        #[expect(clippy::cast_precision_loss, reason = "four lines at most")]
        let last = base + layout.small * 1.25 * (lines.len() as f64 - 1.0);
        end = end.max(last);
    }
    end + layout.small * 0.6
}

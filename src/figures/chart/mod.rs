//! Protected tables as drawings, in SVG: on the page in the colours of the theme, on paper in fixed ones.
//!
//! Refuses: a scale, an order, a length or a stacking that a hidden figure had a part in; titles that browsers show as
//! tooltips; telling anything by colour alone.
//! Invariant: a hidden figure is a hatched mark of one size with `*`, and rows and columns stand in their own order.

mod bars;
mod canvas;
mod dots;
mod line;
mod measure;
mod scale;
mod stacked;
mod texture;
mod tiles;

use super::number;
use super::shown;
use super::words::Words;
use crate::statistics::safe::{AxisEntry, ChartForm, Role, SafeCell, SafeChart, SafeTable};
use canvas::{Anchor, Canvas, Face};

/// Where a drawing is shown.
#[derive(Clone, Debug)]
pub enum Medium {
    /// In a page, styled by its sheet.
    Page {
        /// What its inner ids begin with; unique on the page, letters and digits.
        id: String,
        /// Class of the drawing.
        class: &'static str,
        /// Ids of what names and tells it.
        labelled: String,
    },
    /// On paper: standing alone, in fixed colours.
    Paper,
}

/// How much room a drawing has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// A phone.
    Narrow,
    /// A screen.
    Wide,
    /// A column on paper.
    Sheet,
}

/// A finished drawing; its size is that of its `viewBox`.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// The SVG.
    pub svg: String,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// Sizes in a room.
#[derive(Clone, Copy, Debug)]
struct Layout {
    width: f64,
    /// Size of text.
    font: f64,
    /// Size of what stands beside.
    small: f64,
    /// Height of a bar.
    bar: f64,
    /// Height of the ground of a line.
    plot: f64,
    /// Tiles in a row.
    tiles: usize,
}

impl Layout {
    fn of(room: Room) -> Self {
        match room {
            // A phone of 360 px leaves 294 px: no text is under 14 px.
            Room::Narrow => Self { width: 288.0, font: 14.5, small: 14.0, bar: 19.0, plot: 150.0, tiles: 3 },
            Room::Wide => Self { width: 620.0, font: 16.0, small: 15.0, bar: 21.0, plot: 220.0, tiles: 4 },
            Room::Sheet => Self { width: 480.0, font: 15.0, small: 13.0, bar: 18.0, plot: 180.0, tiles: 4 },
        }
    }

    fn leading(&self) -> f64 {
        self.font * 1.3
    }

    fn face(&self) -> Face {
        Face::new(self.font)
    }

    fn soft(&self) -> Face {
        Face::new(self.small).soft()
    }
}

/// Columns of one unit, and the rows.
struct Panel<'t> {
    unit: Option<String>,
    rows: Vec<Row>,
    series: Vec<Series>,
    /// What each row sums to, where a column says so: [`Role::Total`].
    totals: Option<Vec<SafeCell>>,
    words: Words<'t>,
    /// Whether amounts are told in 万元, all of them, so that they can be compared.
    in_wan: bool,
}

struct Row {
    label: String,
    /// Its month, where rows are months.
    month: Option<(i16, u8)>,
    sums: bool,
}

struct Series {
    label: String,
    cells: Vec<SafeCell>,
}

impl Panel<'_> {
    /// What is written of a cell.
    fn told(&self, cell: SafeCell) -> String {
        match cell {
            SafeCell::Hidden => self.words.mark.to_owned(),
            SafeCell::Empty => shown::NOTHING.to_owned(),
            SafeCell::Number(value) if self.in_wan => number::in_wan(value),
            printed => number::cell(printed, None).unwrap_or_default(),
        }
    }

    fn cells(&self) -> impl Iterator<Item = SafeCell> + '_ {
        self.series.iter().flat_map(|series| series.cells.iter().copied())
    }

    /// Whether its figures are rates, which do not add up.
    fn rates(&self) -> bool {
        self.cells().any(|cell| matches!(cell, SafeCell::Rate { .. }))
    }

    fn hides(&self) -> bool {
        self.cells().any(|cell| cell == SafeCell::Hidden)
    }
}

/// Draws a chart.
pub fn draw(chart: &SafeChart, medium: &Medium, room: Room, words: Words) -> Drawing {
    draw_table(chart.table(), chart.form(), medium, room, words)
}

/// Draws a table in a form.
pub fn draw_table(table: &SafeTable, form: ChartForm, medium: &Medium, room: Room, words: Words) -> Drawing {
    let layout = Layout::of(room);
    let mut canvas = Canvas::new(medium);
    let panels = panels(table, words);
    let mut y = 0.0;
    for (index, panel) in panels.iter().enumerate() {
        if index > 0 {
            y += layout.font;
        }
        y = heading(&mut canvas, panel, &layout, y);
        y = match form {
            ChartForm::Bar | ChartForm::Grouped => bars::draw(&mut canvas, panel, &layout, y),
            // More parts than textures: nobody tells them apart on top of each other.
            ChartForm::Stacked if panel.series.len() > texture::SERIES || panel.rates() => {
                bars::draw(&mut canvas, panel, &layout, y)
            }
            ChartForm::Stacked => stacked::draw(&mut canvas, panel, &layout, y),
            ChartForm::Line => line::draw(&mut canvas, panel, &layout, y),
            ChartForm::Dot => dots::draw(&mut canvas, panel, &layout, y),
            ChartForm::Tiles => tiles::draw(&mut canvas, panel, &layout, y),
        };
    }
    if panels.iter().any(Panel::hides) {
        y = key(&mut canvas, &layout, words, y);
    }
    canvas.finish(layout.width, y.ceil() + 2.0)
}

/// The columns by unit; sums are told beside bars or left out, for they would dwarf what they sum.
fn panels<'t>(table: &'t SafeTable, words: Words<'t>) -> Vec<Panel<'t>> {
    let (all_rows, all_columns) = (&table.rows().entries, &table.columns().entries);
    let rows = parts(all_rows);
    let columns = parts(all_columns);
    let in_wan = shown::Shown::new(table, words.mark).in_wan();
    let mut panels: Vec<(Option<&str>, Panel<'t>)> = Vec::new();
    for &column in &columns {
        let unit = rows.first().and_then(|&row| shown::unit(table, row, column));
        if panels.last().is_none_or(|(last, _)| *last != unit) {
            let rate = all_columns[column].role == Role::Rate;
            let in_wan = in_wan && unit.is_some_and(number::is_money);
            let told =
                unit.filter(|_| !rate).map(|unit| if in_wan { format!("万{unit}") } else { unit.to_owned() });
            panels.push((
                unit,
                Panel {
                    unit: told,
                    in_wan,
                    rows: rows.iter().map(|&row| Row::of(&all_rows[row])).collect(),
                    series: Vec::new(),
                    totals: None,
                    words,
                },
            ));
        }
        let (_, panel) = panels.last_mut().expect("one was pushed");
        let cells = rows.iter().map(|&row| table.cell(row, column)).collect();
        panel.series.push(Series { label: shown::label(&all_columns[column]), cells });
    }
    let total = all_columns.iter().position(|entry| entry.role == Role::Total);
    if let Some(total) = total.filter(|total| !columns.contains(total)) {
        for (unit, panel) in &mut panels {
            if rows.first().is_some_and(|&row| shown::unit(table, row, total) == *unit) {
                panel.totals = Some(rows.iter().map(|&row| table.cell(row, total)).collect());
            }
        }
    }
    panels.into_iter().map(|(_, panel)| panel).collect()
}

/// The entries that are no sums of all; all of them where there is nothing else.
fn parts(entries: &[AxisEntry]) -> Vec<usize> {
    let parts: Vec<usize> = (0..entries.len()).filter(|&index| entries[index].role != Role::Total).collect();
    if parts.is_empty() { (0..entries.len()).collect() } else { parts }
}

impl Row {
    fn of(entry: &AxisEntry) -> Self {
        let month = entry.codes.iter().find_map(|(_, code)| month(code));
        Self { label: shown::label(entry), month, sums: entry.role == Role::Group }
    }
}

/// The month that a code is, `2026-05`.
pub(super) fn month(code: &str) -> Option<(i16, u8)> {
    let (year, month) = code.split_once('-')?;
    if year.len() != 4 || month.len() != 2 {
        return None;
    }
    let (year, month) = (year.parse().ok()?, month.parse().ok()?);
    (1..=12).contains(&month).then_some((year, month))
}

/// The unit, once.
fn heading(canvas: &mut Canvas, panel: &Panel, layout: &Layout, y: f64) -> f64 {
    let Some(unit) = &panel.unit else { return y };
    let text = panel.words.language.unit(unit);
    canvas.text(0.0, y + layout.small, &text, layout.soft());
    y + layout.small * 1.75
}

/// What the mark means.
fn key(canvas: &mut Canvas, layout: &Layout, words: Words, y: f64) -> f64 {
    let text = words.key();
    let (side, y) = (layout.small, y + layout.small * 0.5);
    canvas.hidden((0.6, y), (side * 1.5, side));
    let left = side * 1.5 + 6.0;
    let lines = measure::wrap(&text, layout.small, layout.width - left, 3);
    canvas.lines(left, y + side * 0.88, &lines, side * 1.35, layout.soft());
    #[expect(clippy::cast_precision_loss, reason = "three lines at most")]
    let extra = (lines.len() - 1) as f64 * side * 1.35;
    y + side + extra
}

/// Markers or textures with the names of their series, in as many lines as they need.
fn legend(
    canvas: &mut Canvas,
    panel: &Panel,
    layout: &Layout,
    y: f64,
    mark: &dyn Fn(&mut Canvas, f64, f64, usize),
) -> f64 {
    let side = layout.small * 1.5;
    let (mut x, mut y) = (0.0, y);
    for (index, series) in panel.series.iter().enumerate() {
        let label = measure::wrap(&series.label, layout.small, layout.width - side - 6.0, 1).remove(0);
        let width = side + 6.0 + measure::width(&label, layout.small);
        if x > 0.0 && x + width > layout.width {
            x = 0.0;
            y += layout.small * 1.6;
        }
        mark(canvas, x + 0.6, y, index);
        canvas.text(x + side + 6.0, y + layout.small * 0.88, &label, Face::new(layout.small));
        x += width + layout.small;
    }
    y + layout.small * 2.0
}

/// Where labels of rows stand.
enum Labels {
    /// Beside the bars, in a column of this width.
    Beside(f64),
    /// Above them.
    Above,
}

impl Labels {
    fn of<'t>(labels: impl Iterator<Item = &'t str> + Clone, layout: &Layout) -> Self {
        let most = layout.width * 0.34;
        let fits = |label: &str| {
            let lines = measure::wrap(label, layout.font, most, 2);
            !lines.iter().any(|line| line.ends_with('…') || measure::width(line, layout.font) > most)
        };
        if !labels.clone().all(fits) {
            return Self::Above;
        }
        let widest = labels
            .flat_map(|label| measure::wrap(label, layout.font, most, 2))
            .map(|line| measure::width(&line, layout.font))
            .fold(0.0, f64::max);
        Self::Beside(widest)
    }

    /// Where bars begin.
    fn left(&self) -> f64 {
        match self {
            Self::Beside(width) => width + 8.0,
            Self::Above => 1.0,
        }
    }

    /// Draws one label for a bar of a height; gives where the bar begins and where the next row can.
    fn draw(
        &self,
        canvas: &mut Canvas,
        label: &str,
        face: Face,
        layout: &Layout,
        y: f64,
        bar: f64,
    ) -> (f64, f64) {
        match self {
            Self::Beside(width) => {
                let lines = measure::wrap(label, layout.font, *width + 0.1, 2);
                #[expect(clippy::cast_precision_loss, reason = "two lines at most")]
                let height = bar.max(lines.len() as f64 * layout.leading());
                let block = height - (height - bar) / 2.0;
                #[expect(clippy::cast_precision_loss, reason = "two lines at most")]
                let first = y + height / 2.0 - (lines.len() as f64 - 1.0) / 2.0 * layout.leading();
                let face = face.at(Anchor::End);
                canvas.lines(*width, first + layout.font * 0.36, &lines, layout.leading(), face);
                (y + (height - bar) / 2.0, y + block.max(height))
            }
            Self::Above => {
                let lines = measure::wrap(label, layout.font, layout.width, 2);
                canvas.lines(0.0, y + layout.font * 0.95, &lines, layout.leading(), face);
                #[expect(clippy::cast_precision_loss, reason = "two lines at most")]
                let top = y + lines.len() as f64 * layout.leading();
                (top, top + bar)
            }
        }
    }
}

#[cfg(test)]
mod tests;

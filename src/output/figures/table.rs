//! A protected table as rows and cells of HTML.
//!
//! Refuses: headings that span what they do not head.
//! Invariant: every cell has a heading of its row and one of its column, each with its scope.

use crate::figures::shown::{self, Shown};
use crate::output::html::push_text;
use crate::statistics::safe::{AxisEntry, Role, SafeCell, SafeDataset, SafeTable};
use std::fmt::Write as _;

/// The words inside a table.
pub struct Words<'w> {
    /// Read aloud for the mark.
    pub hidden: &'w str,
    /// Read aloud behind the name of a group.
    pub subtotal: &'w str,
    /// Without what style sheets hide.
    pub plain: bool,
}

/// Writes the head and the bodies of a table.
pub fn write(dataset: &SafeDataset, table: &SafeTable, shown: &Shown, words: &Words, out: &mut String) {
    let (rows, columns) = (&table.rows().entries, &table.columns().entries);
    let roles = |entries: &[AxisEntry]| -> Vec<Role> {
        (0..entries.len()).map(|index| role(dataset, entries, index)).collect()
    };
    let (row_roles, column_roles) = (roles(rows), roles(columns));
    let deep = depth(rows);
    head(table, deep, &column_roles, shown, words, out);
    let mut open = false;
    for (index, row) in rows.iter().enumerate() {
        let begins = index == 0 || (deep > 1 && row.labels.first() != rows[index - 1].labels.first());
        if begins {
            out.push_str(if open { "</tbody>\n<tbody>\n" } else { "<tbody>\n" });
            open = true;
        }
        let _ = write!(out, "<tr{}>", class(row_roles[index]));
        row_headings(rows, index, deep, row_roles[index], words, out);
        for (column, role) in column_roles.iter().enumerate() {
            cell(table, shown, (index, column), *role, words, out);
        }
        out.push_str("</tr>\n");
    }
    if open {
        out.push_str("</tbody>\n");
    }
}

/// What an entry is to those beside it: a group without its members is one category more.
fn role(dataset: &SafeDataset, entries: &[AxisEntry], index: usize) -> Role {
    match entries[index].role {
        Role::Group if !shown::sums(dataset, entries, index) => Role::Category,
        role => role,
    }
}

/// How many headings entries have, one for each dimension.
fn depth(entries: &[AxisEntry]) -> usize {
    entries.iter().map(|entry| entry.labels.len()).max().unwrap_or(1).max(1)
}

fn class(role: Role) -> &'static str {
    match role {
        Role::Group => " class=\"group\"",
        Role::Total => " class=\"sum\"",
        Role::Category | Role::Rate => "",
    }
}

/// How many entries from `index` on share the headings down to `level`.
fn run(entries: &[AxisEntry], index: usize, level: usize) -> usize {
    let same = |other: &&AxisEntry| {
        other.labels.len() > level + 1
            && entries[index].labels.len() > level + 1
            && other.labels[..=level] == entries[index].labels[..=level]
    };
    entries[index..].iter().take_while(same).count().max(1)
}

/// Whether an entry's heading at a level was written with the entry before it.
fn continues(entries: &[AxisEntry], index: usize, level: usize) -> bool {
    index > 0 && (0..index).rev().any(|before| before + run(entries, before, level) > index)
}

fn head(table: &SafeTable, deep: usize, roles: &[Role], shown: &Shown, words: &Words, out: &mut String) {
    let columns = &table.columns().entries;
    let levels = depth(columns);
    out.push_str("<thead>\n");
    for level in 0..levels {
        out.push_str("<tr>");
        if level == 0 {
            let spans = spans(levels, deep);
            let label = &table.rows().label;
            if label.is_empty() {
                let _ = write!(out, "<td{spans}></td>");
            } else {
                let _ = write!(out, "<th scope=\"col\"{spans}>");
                push_text(label, out);
                out.push_str("</th>");
            }
        }
        for (index, column) in columns.iter().enumerate() {
            let Some(label) = column.labels.get(level) else { continue };
            let last = level + 1 == column.labels.len();
            if !last && continues(columns, index, level) {
                continue;
            }
            let wide = if last { 1 } else { run(columns, index, level) };
            let tall = if last { levels - level } else { 1 };
            let scope = if last { "col" } else { "colgroup" };
            let class = match (last, roles[index]) {
                (false, _) => " class=\"over\"",
                (true, role) => class(role),
            };
            let _ = write!(out, "<th scope=\"{scope}\"{}{class}>", spans(tall, wide));
            push_text(label, out);
            if last {
                role_word(roles[index], words, out);
                if let Some(unit) = shown.own_unit(column) {
                    out.push_str("<span class=\"unit\">（");
                    push_text(&unit, out);
                    out.push_str("）</span>");
                }
            }
            out.push_str("</th>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</thead>\n");
}

fn row_headings(rows: &[AxisEntry], index: usize, deep: usize, role: Role, words: &Words, out: &mut String) {
    let row = &rows[index];
    for (level, label) in row.labels.iter().enumerate() {
        let last = level + 1 == row.labels.len();
        if !last && continues(rows, index, level) {
            continue;
        }
        let tall = if last { 1 } else { run(rows, index, level) };
        let wide = if last { deep - level } else { 1 };
        let scope = if last { "row" } else { "rowgroup" };
        let _ = write!(out, "<th scope=\"{scope}\"{}>", spans(tall, wide));
        push_text(label, out);
        if last {
            role_word(role, words, out);
        }
        out.push_str("</th>");
    }
}

/// A group is told from its members by a word as well as by its ground.
fn role_word(role: Role, words: &Words, out: &mut String) {
    if role == Role::Group && !words.plain {
        out.push_str("<span class=\"hide\">");
        push_text(words.subtotal, out);
        out.push_str("</span>");
    }
}

fn spans(tall: usize, wide: usize) -> String {
    let mut spans = String::new();
    for (name, count) in [("rowspan", tall), ("colspan", wide)] {
        if count > 1 {
            let _ = write!(spans, " {name}=\"{count}\"");
        }
    }
    spans
}

fn cell(
    table: &SafeTable,
    shown: &Shown,
    (row, column): (usize, usize),
    role: Role,
    words: &Words,
    out: &mut String,
) {
    let _ = write!(out, "<td{}>", class(role));
    let text = shown.cell(row, column);
    if table.cell(row, column) == SafeCell::Hidden && !words.plain {
        out.push_str("<span aria-hidden=\"true\">");
        push_text(&text, out);
        out.push_str("</span><span class=\"hide\">");
        push_text(words.hidden, out);
        out.push_str("</span>");
    } else {
        push_text(&text, out);
    }
    out.push_str("</td>");
}

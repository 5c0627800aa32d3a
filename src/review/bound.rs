//! What an approval binds: everything that readers would get of one bulletin.
//!
//! That is its text with the front matter, the contents of its pictures and attachments, and the tables and charts that it shows, in the
//! form in which they are published. The theme, the settings and other bulletins are no part of it, nor are the raw counts: what they
//! change for readers shows in the published form.
//!
//! Refuses: positions and times; the same content has the same hash on every machine.
//! Invariant: two versions of a bulletin with the same hash look the same to readers, apart from theme and settings.

use crate::diag::Files as _;
use crate::figures::open_data::form_name;
use crate::model::Model;
use crate::model::entry::Entry;
use crate::model::own::Own;
use crate::model::route::LinkTarget;
use crate::source::Derived;
use crate::statistics::safe::{AxisEntry, Role, SafeCell, SafeData, SafeDataset, SafeTable};
use crate::world::VPath;
use blake3::{Hash, Hasher};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The parts of a bulletin, each by the hash of its content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// Its text with the front matter.
    pub text: String,
    /// The kind under which it is read; its section may give it.
    pub kind: String,
    /// Pictures and attachments, by path.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, String>,
    /// Tables and charts as published, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub figures: BTreeMap<String, String>,
}

impl Parts {
    /// The hash of all of them, in hexadecimal signs.
    pub fn hash(&self) -> String {
        let mut hasher = Hasher::new();
        // A number for the form, so that a later one cannot be taken for this.
        hasher.update(b"yuanba review 1\n");
        part(&mut hasher, &self.text);
        part(&mut hasher, &self.kind);
        for map in [&self.files, &self.figures] {
            part(&mut hasher, &map.len().to_string());
            for (name, hash) in map {
                part(&mut hasher, name);
                part(&mut hasher, hash);
            }
        }
        hasher.finalize().to_hex().to_string()
    }
}

/// Adds a text with its length before it, so that no two rows of texts give the same bytes.
fn part(hasher: &mut Hasher, text: &str) {
    hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
}

/// Works out parts for any number of bulletins of one site.
pub struct Binder<'m> {
    model: &'m Model,
    statistics: &'m SafeData,
    texts: Derived<'m>,
}

impl<'m> Binder<'m> {
    /// For a site as it was read.
    pub fn new(model: &'m Model, statistics: &'m SafeData) -> Self {
        Self { model, statistics, texts: Derived::new(&model.sources, "signed text", blake3::hash(b"1")) }
    }

    /// The parts of a bulletin.
    pub fn parts(&self, entry: &Entry) -> Parts {
        let text = self.texts.of(entry.file, b"", || text_hash(self.model.sources.text(entry.file)));
        Parts {
            text,
            kind: entry.meta.kind.name().to_owned(),
            files: files(self.model, entry)
                .into_iter()
                .map(|(path, hash)| (path.to_string(), hash.to_hex().to_string()))
                .collect(),
            figures: self.figures(entry),
        }
    }

    fn figures(&self, entry: &Entry) -> BTreeMap<String, String> {
        let mut figures = BTreeMap::new();
        let table = |name: &str| {
            self.statistics.table(name).map(|(dataset, table)| figure_hash(dataset, table, "table"))
        };
        for figure in &entry.outline.figures {
            let name = &figure.name.value;
            let hash = if figure.chart {
                self.statistics
                    .chart(name)
                    .map(|(dataset, chart)| figure_hash(dataset, chart.table(), form_name(chart.form())))
            } else {
                table(name)
            };
            let key = format!("{} {name}", if figure.chart { "chart" } else { "table" });
            figures.insert(key, hash.unwrap_or_default());
        }
        if let Own::Report { reported, .. } = &entry.meta.own {
            for one in reported {
                figures.insert(
                    format!("table {}", one.table.value),
                    table(&one.table.value).unwrap_or_default(),
                );
            }
        }
        figures
    }
}

/// The pictures and attachments of a bulletin with their contents' hashes, by path.
pub fn files(model: &Model, entry: &Entry) -> BTreeMap<VPath, Hash> {
    let cover = entry.meta.cover.iter();
    let targets = cover.chain(entry.outline.references.iter().map(|reference| &reference.target));
    let mut found = BTreeMap::new();
    for target in targets {
        let LinkTarget::Asset(file) = model.resolve(&entry.path, &target.value) else { continue };
        let picture = model.pictures.get(&file).map(|picture| picture.hash);
        let hash = picture.or_else(|| model.documents.get(&file).map(|document| document.hash));
        if let Some(hash) = hash {
            found.insert(file.path().clone(), hash);
        }
    }
    found
}

/// The hash of a text, whatever ends its lines: Git may exchange those on Windows.
pub fn text_hash(text: &str) -> String {
    blake3::hash(plain(text).as_bytes()).to_hex().to_string()
}

/// A text with plain ends of lines, and without the mark that some editors put before it.
pub fn plain(text: &str) -> String {
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n")
}

/// The hash of a table as readers see it.
fn figure_hash(dataset: &SafeDataset, table: &SafeTable, form: &str) -> String {
    let mut hasher = Hasher::new();
    for text in [form, dataset.title(), dataset.source(), dataset.mark(), table.title()] {
        part(&mut hasher, text);
    }
    for text in [dataset.licence(), dataset.footnote(), dataset.period(), table.unit(), table.release()] {
        part(&mut hasher, text.unwrap_or("\0"));
    }
    for axis in [table.rows(), table.columns()] {
        part(&mut hasher, &axis.label);
        part(&mut hasher, &axis.entries.len().to_string());
        axis.entries.iter().for_each(|entry| axis_entry(&mut hasher, entry));
    }
    for row in 0..table.rows().entries.len() {
        for column in 0..table.columns().entries.len() {
            let cell = match table.cell(row, column) {
                SafeCell::Number(number) => number.to_string(),
                SafeCell::Rate { value, decimals } => format!("{value}e-{decimals}"),
                SafeCell::Hidden => "hidden".to_owned(),
                SafeCell::Empty => "empty".to_owned(),
            };
            part(&mut hasher, &cell);
        }
    }
    hasher.finalize().to_hex().to_string()
}

fn axis_entry(hasher: &mut Hasher, entry: &AxisEntry) {
    let role = match entry.role {
        Role::Category => "category",
        Role::Group => "group",
        Role::Total => "total",
        Role::Rate => "rate",
    };
    part(hasher, role);
    part(hasher, entry.unit.as_deref().unwrap_or("\0"));
    part(hasher, &entry.labels.len().to_string());
    entry.labels.iter().for_each(|label| part(hasher, label));
}

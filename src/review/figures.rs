//! The figures of approved versions: the files in `content/data/` that they come from, kept so that they can stand in for those that changed.
//!
//! What is published of counts is worked out from all counts of a file together (`statistics::protect`), so former figures never stand beside new
//! ones of the same file: the difference might tell what both hide. The former file stands in as a whole, everything that is published of it is
//! proved anew, and whether a bulletin then shows what was signed is judged as ever, by what it binds.
//!
//! Refuses: bytes that do not have the hash that the record names.
//! Invariant: what stands in is what was there when the last one signed, byte for byte.

use super::bound::Parts;
use super::kept;
use crate::model::dataset::FOLDER;
use crate::statistics::safe::{SafeData, SafeDataset};
use crate::world::{VPath, World};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a bulletin shows of figures: the dataset, and `table NAME` or `chart NAME` in it, whatever name the bulletin calls it by.
pub fn named(statistics: &SafeData, parts: &Parts) -> Vec<(String, String)> {
    let of = |key: &String| match key.split_once(' ')? {
        ("chart", name) => statistics
            .chart(name)
            .map(|(dataset, chart)| (dataset.name().to_owned(), format!("chart {}", chart.name()))),
        (_, name) => statistics
            .table(name)
            .map(|(dataset, table)| (dataset.name().to_owned(), format!("table {}", table.name()))),
    };
    parts.figures.keys().filter_map(of).collect()
}

/// The files that the figures of a bulletin come from, with their contents' hashes, by path: the counts, and all that is defined of them.
pub fn files(world: &dyn World, statistics: &SafeData, parts: &Parts) -> BTreeMap<String, String> {
    let shown = named(statistics, parts);
    let counts: BTreeSet<&str> =
        shown.iter().filter_map(|(name, _)| statistics.dataset(name)).map(SafeDataset::figures).collect();
    let Some(folder) = VPath::new(FOLDER).ok().filter(|_| !counts.is_empty()) else { return BTreeMap::new() };
    let about = statistics.datasets().filter(|dataset| counts.contains(dataset.figures()));
    let names: BTreeSet<&str> = about.map(SafeDataset::name).collect();
    let listed = world.list(&folder).into_iter().flatten().map(|listed| listed.path);
    let direct = listed.filter(|path| *path.parent() == *folder);
    let wanted = direct.filter(|path| {
        let (stem, ending) = path.file_name().rsplit_once('.').unwrap_or((path.file_name(), ""));
        match ending.to_ascii_lowercase().as_str() {
            "csv" => counts.contains(stem),
            "yaml" | "yml" => names.contains(stem),
            _ => false,
        }
    });
    let hash = |path: VPath| {
        let bytes = world.read(&path).ok()?;
        Some((path.to_string(), blake3::hash(&bytes).to_hex().to_string()))
    };
    wanted.filter_map(hash).collect()
}

/// Those files as they were, where they differ from what is there now; none where one of them is not kept.
pub fn former(world: &dyn World, files: &BTreeMap<String, String>) -> Option<BTreeMap<VPath, Arc<[u8]>>> {
    let mut found = BTreeMap::new();
    for (name, hash) in files {
        let path = VPath::new(name).ok().filter(|path| path.is_inside(FOLDER))?;
        let same = |bytes: &Arc<[u8]>| blake3::hash(bytes).to_hex().as_str() == hash;
        if world.read(&path).is_ok_and(|bytes| same(&bytes)) {
            continue;
        }
        let kept = VPath::new(&kept::file_place(hash)).ok()?;
        found.insert(path, world.read(&kept).ok().filter(same)?);
    }
    Some(found)
}

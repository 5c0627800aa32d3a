//! The datasets of the site: `content/data/*.csv`.
//!
//! Refuses: tables that `source::table` cannot read, and files that are no text; each is a finding.
//! Invariant: whatever is wrong with a dataset is told, whether or not a page shows it.

use crate::diag::{FileId, Sink};
use crate::source::{Sources, decoded, file_finding, table};
use crate::world::{VPath, World};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Reads every dataset among the files beside the bulletins. Findings go to `sink`.
pub(super) fn read_all(world: &dyn World, assets: &BTreeSet<VPath>, sources: &mut Sources, sink: &mut Sink) {
    for path in assets.iter().filter(|path| is_dataset(path)) {
        match world.read(path) {
            Ok(bytes) => {
                let id = sources.intern(path);
                let text = read(id, &bytes, sink);
                sources.set_text(id, text);
            }
            Err(error) => sink.report(file_finding(&error, sources)),
        }
    }
}

/// What could be read of a dataset's text.
fn read(id: FileId, bytes: &[u8], sink: &mut Sink) -> Arc<str> {
    match decoded(id, bytes, sink) {
        Ok(text) => {
            table::parse(id, &text, sink);
            text
        }
        Err(readable) => readable,
    }
}

fn is_dataset(path: &VPath) -> bool {
    let ending = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    ending && &*path.parent() == "content/data"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dataset_is_a_csv_file_right_in_its_folder() {
        let is = |path: &str| is_dataset(&VPath::new(path).expect("a path"));
        assert!(is("content/data/a.csv") && is("content/data/警情.CSV"));
        assert!(!is("content/data/a.xlsx") && !is("content/tips/a.csv") && !is("content/data/old/a.csv"));
    }

    #[test]
    fn no_text_is_a_finding_and_no_table() {
        let mut sink = Sink::new();
        let text = read(FileId(0), b"a,b\n1\0", &mut sink);
        assert_eq!((&*text, sink.found().len()), ("a,b\n1\u{fffd}", 1));
    }
}

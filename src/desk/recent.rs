//! Which sites were opened last on this machine: a list in the user's state folder, one path a line.
//!
//! Refuses: more than a dozen. A list that cannot be read or written is an empty one; nothing depends on it.
//! Invariant: the newest stands first, each once.
#![expect(clippy::disallowed_methods, reason = "desk/ touches the disk (DESIGN §3, rule 9)")]

use crate::build::machine::state_folder;
use crate::world::replace;
use std::path::{Path, PathBuf};

const FILE: &str = "recent";
const MOST: usize = 12;

/// The sites that were opened last, newest first; those that are gone are left out.
pub fn sites() -> Vec<PathBuf> {
    state_folder()
        .map(|folder| read(&folder))
        .unwrap_or_default()
        .into_iter()
        .filter(|site| is_site(site))
        .collect()
}

/// Notes that a site was opened.
pub fn note(site: &Path) {
    if let Some(folder) = state_folder() {
        note_in(&folder, site);
    }
}

/// Whether a folder is a site's.
pub fn is_site(folder: &Path) -> bool {
    folder.join("content").join("site.yaml").is_file()
}

fn read(folder: &Path) -> Vec<PathBuf> {
    let text = std::fs::read_to_string(folder.join(FILE)).unwrap_or_default();
    text.lines().filter(|line| !line.is_empty()).take(MOST).map(PathBuf::from).collect()
}

fn note_in(folder: &Path, site: &Path) {
    // A path that is no text, or has a line break in it, would come back as another one.
    let Some(name) = site.to_str().filter(|name| !name.contains(['\n', '\r'])) else { return };
    let mut sites = read(folder);
    if sites.first().is_some_and(|first| first == site) {
        return;
    }
    sites.retain(|known| known != site);
    let mut text = format!("{name}\n");
    for known in sites.iter().take(MOST - 1) {
        text.push_str(&known.to_string_lossy());
        text.push('\n');
    }
    if std::fs::create_dir_all(folder).is_ok() {
        let _ = replace::replace(&folder.join(FILE), text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_stands_first_and_each_once() {
        let held = tempfile::tempdir().expect("a folder");
        let folder = held.path().join("state");
        for number in 0..20 {
            note_in(&folder, &PathBuf::from(format!("/站点/{number}")));
        }
        note_in(&folder, Path::new("/站点/15"));
        note_in(&folder, Path::new("/坏\n的"));
        let sites = read(&folder);
        assert_eq!(sites.len(), MOST);
        assert_eq!(sites[..3], ["/站点/15", "/站点/19", "/站点/18"].map(PathBuf::from));
        assert_eq!(sites.iter().filter(|site| site.ends_with("15")).count(), 1);
    }
}

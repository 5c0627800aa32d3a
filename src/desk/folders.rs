//! Looking for a folder without a terminal: what folders there are in one, and which of them are sites.
//!
//! Refuses: hidden folders and those of systems; nobody keeps a site there.
//! Invariant: nothing is opened or written, and no name of a file is told, only of folders.
#![expect(clippy::disallowed_methods, reason = "desk/ touches the disk (DESIGN §3, rule 9)")]

use super::recent::is_site;
use std::path::{Path, PathBuf};

/// The most folders that are listed.
const MOST: usize = 400;

/// A folder in another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
    /// Its name.
    pub name: String,
    /// Whether it is a site.
    pub is_site: bool,
}

/// The folders in a folder, sites first, then by name.
///
/// # Errors
/// Where it cannot be read.
pub fn within(folder: &Path) -> std::io::Result<Vec<Folder>> {
    let mut found: Vec<Folder> = std::fs::read_dir(folder)?
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| {
            let name = entry.file_name().to_str()?.to_owned();
            let hidden = name.starts_with(['.', '$', '~']) || name == "System Volume Information";
            let path = entry.path();
            (!hidden).then(|| Folder { is_site: is_site(&path), path, name })
        })
        .take(MOST)
        .collect();
    found.sort_by(|one, other| (!one.is_site, &one.name).cmp(&(!other.is_site, &other.name)));
    Ok(found)
}

/// Where to begin looking: the desktop, the documents, the user's own folder, the disks.
pub fn beginnings() -> Vec<PathBuf> {
    let own = [dirs::desktop_dir(), dirs::document_dir(), dirs::home_dir()];
    let disks = if cfg!(windows) {
        (b'C'..=b'Z').map(|letter| PathBuf::from(format!("{}:\\", char::from(letter)))).collect()
    } else {
        vec![PathBuf::from("/")]
    };
    let mut all: Vec<PathBuf> = Vec::new();
    for folder in own.into_iter().flatten().chain(disks) {
        if folder.is_dir() && !all.contains(&folder) {
            all.push(folder);
        }
    }
    all
}

/// Whether there is such a folder.
pub fn exists(folder: &Path) -> bool {
    folder.is_dir()
}

/// Whether there is a finished site in it.
pub fn holds_finished(folder: &Path) -> bool {
    folder.join("index.html").is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites_come_first_and_hidden_folders_not_at_all() {
        let held = tempfile::tempdir().expect("a folder");
        for name in ["b", "a", ".git", "$RECYCLE.BIN", "z/content"] {
            std::fs::create_dir_all(held.path().join(name)).expect("a folder");
        }
        std::fs::write(held.path().join("z/content/site.yaml"), "title: a\n").expect("a file");
        std::fs::write(held.path().join("秘密.xlsx"), "").expect("a file");
        let names: Vec<(String, bool)> =
            within(held.path()).expect("readable").into_iter().map(|one| (one.name, one.is_site)).collect();
        assert_eq!(names, [("z".to_owned(), true), ("a".to_owned(), false), ("b".to_owned(), false)]);
        assert!(within(&held.path().join("none")).is_err());
    }
}

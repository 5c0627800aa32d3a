//! A folder from a stranger: whatever stands as list, journal, mark or value of the store, sealed or not, the writer ends, and nothing
//! outside of the output and the store changes.
//!
//! The first byte says where the others are laid and with which seal.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use yuanba::build::machine::seal_key;
use yuanba::build::write::{MANIFEST, Rank, WriteResult, Writer};
use yuanba::world::OutPath;

/// Where bytes can be laid: the list, the journal, the same to be undone, the mark, and the first files of the store.
const PLACES: u8 = 8;

/// Feeds it.
pub fn run(bytes: &[u8]) {
    let Some((&how, text)) = bytes.split_first() else { return };
    let held = base();
    let _ = fs::remove_dir_all(&held);
    let (site, victim) = (held.join("site"), held.join("victim"));
    fs::create_dir_all(&site).expect("a folder for the site");
    fs::create_dir_all(victim.join("docs")).expect("a folder of somebody else");
    for name in ["diary.txt", "index.html", "docs/index.html"] {
        fs::write(victim.join(name), "mine").expect("a file of somebody else");
    }
    build(&site, &[("index.html", "1"), ("x.html", "1"), ("gone.html", "1")]).expect("the first build");
    let (output, work) = (site.join("public"), site.join(".public.yuanba-work"));
    link(&victim, &output.join("x"));
    let place = how % PLACES;
    if (1..4).contains(&place) {
        fs::create_dir_all(work.join("old")).expect("a work folder");
        link(&victim, &work.join("new"));
        if place != 3 {
            fs::write(work.join("mark"), sealed("yuanba-work 1\n".as_bytes(), Some(&output)))
                .expect("a mark");
        }
    }
    let file = match place {
        0 => Some(output.join(MANIFEST)),
        1 => Some(work.join("journal")),
        2 => Some(work.join("journal-undo")),
        3 => Some(work.join("mark")),
        number => kept(&site.join(".yuanba")).into_iter().nth(usize::from(number - 4)),
    };
    let laid = match how / PLACES % 4 {
        0 => text.to_vec(),
        1 => sealed(text, None),
        2 => sealed(text, Some(&output)),
        _ => sealed(text, Some(&site.join("other"))),
    };
    if let Some(file) = file {
        fs::write(file, laid).expect("the hostile file");
    }
    let before = tree(&victim);
    for version in ["2", "3"] {
        // It may be refused; what it may not is in the assertion.
        let _ = build(&site, &[("index.html", version), ("a/index.html", version)]);
        assert_eq!(before, tree(&victim), "a build changed what is somebody else's");
    }
    let _ = fs::remove_dir_all(&held);
}

fn base() -> PathBuf {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    folder.join(format!("yuanba-fuzz-{}", std::process::id()))
}

#[cfg(unix)]
fn link(to: &Path, at: &Path) {
    std::os::unix::fs::symlink(to, at).expect("a link");
}

#[cfg(not(unix))]
fn link(_to: &Path, _at: &Path) {}

/// A text that ends as ours do.
fn sealed(text: &[u8], place: Option<&Path>) -> Vec<u8> {
    let key = place.and_then(|place| seal_key("work on an output", place));
    let hash = key.map_or_else(|| blake3::hash(text), |key| blake3::keyed_hash(&key, text));
    [text, b"end ", hash.to_hex().as_bytes(), b"\n"].concat()
}

fn build(site: &Path, files: &[(&str, &str)]) -> WriteResult<()> {
    let mut writer = Writer::open(site, &site.join("public"))?;
    let batch = writer.begin()?;
    for (name, text) in files {
        batch.put(&OutPath::new(name).expect("a plain path"), Rank::Page, text.as_bytes())?;
    }
    batch.commit().map(drop)
}

/// The files of the store.
fn kept(folder: &Path) -> Vec<PathBuf> {
    tree(folder).into_keys().map(|name| folder.join(name)).collect()
}

/// The files below a folder.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(above) = waiting.pop() {
        for entry in fs::read_dir(above).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("walked from there").to_owned();
                found.insert(name, fs::read(&path).unwrap_or_default());
            }
        }
    }
    found
}

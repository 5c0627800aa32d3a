//! Taking the samples out of a site that began with them: bulletins, pictures and figures that nobody has touched, and the lines of the
//! settings that belong to them.
//!
//! Refuses: a file of which a single byte is not the sample's, and figures whose ledger has gone on; those stay and are named.
//! Invariant: what is removed is in the program, byte for byte, so nothing is lost that `yuanba new` could not bring back.
#![expect(clippy::disallowed_methods, reason = "desk/ touches the disk (DESIGN §3, rule 9)")]

use super::new_site::local_words;
use crate::text::dialect;
use crate::world::{DiskWorld, VPath, World, embedded_site, replace};
use std::collections::{BTreeMap, BTreeSet};
use std::io;

const SETTINGS: &str = "content/site.yaml";
const ADDRESSES: &str = "content/addresses.yaml";
const DATA: &str = "content/data";

/// What would be taken out.
#[derive(Debug, Default)]
pub struct Removal {
    /// Untouched files of the sample.
    pub files: Vec<VPath>,
    /// Files of the sample that somebody has changed; they stay.
    pub changed: Vec<VPath>,
    /// Lines of the settings that go.
    pub lines: Vec<String>,
    /// The texts that change, by path: as they are, and as they will be.
    texts: BTreeMap<VPath, (String, String)>,
}

/// What of the sample is still in a site.
pub fn look(world: &DiskWorld) -> Removal {
    let common = local_words();
    let mut removal = Removal::default();
    let mut figures_changed = false;
    for (path, bytes) in embedded_site() {
        let Ok(now) = world.read(path) else { continue };
        if is_kept(path) {
            continue;
        }
        if is_samples(&now, bytes, &common) {
            removal.files.push(path.clone());
        } else {
            figures_changed |= path.is_inside(DATA);
            removal.changed.push(path.clone());
        }
    }
    if figures_changed {
        // A release says what was published of figures: both stay, or both go.
        removal.files.retain(|path| !path.is_inside(DATA));
    }
    keep_what_is_linked(world, &mut removal);
    if !removal.files.is_empty() {
        settings(world, &mut removal);
        addresses(world, &mut removal);
    }
    removal
}

/// What a site without samples keeps: its sections, its settings, the types of scams and the words of the region.
fn is_kept(path: &VPath) -> bool {
    path.file_name() == "_index.md"
        || path.is_inside("content/words")
        || matches!(&**path, SETTINGS | ADDRESSES)
}

fn is_samples(now: &[u8], bytes: &[u8], common: &BTreeMap<String, String>) -> bool {
    now == bytes
        || std::str::from_utf8(bytes)
            .is_ok_and(|text| dialect::in_common_words(text, common).as_bytes() == now)
}

/// All that is left of the site, as one text in which names can be looked for.
fn own_texts(world: &DiskWorld, removal: &Removal) -> Vec<(VPath, String)> {
    let Ok(root) = VPath::new("content") else { return Vec::new() };
    let listed = world.list(&root).into_iter().flatten().map(|file| file.path);
    let left = listed.filter(|path| {
        path.ends_with(".md") && path.file_name() != "_index.md" && !removal.files.contains(path)
    });
    left.filter_map(|path| {
        Some((path.clone(), String::from_utf8_lossy(&world.read(&path).ok()?).into_owned()))
    })
    .collect()
}

/// What texts that stay link to stays as well, and what that links to.
fn keep_what_is_linked(world: &DiskWorld, removal: &mut Removal) {
    loop {
        let own = own_texts(world, removal);
        // A bulletin in a folder of its own is known by the folder, and stays or goes with its pictures.
        let unit = |path: &VPath| -> String {
            let parts: Vec<&str> = path.split('/').collect();
            parts.get(..3).map_or_else(|| path.to_string(), |unit| unit.join("/"))
        };
        let linked: BTreeSet<String> = (removal.files.iter())
            .filter(|path| path.ends_with(".md"))
            .filter(|path| {
                let unit = unit(path);
                let name = unit.rsplit('/').next().unwrap_or_default();
                let address = format!("/{}/", name.trim_end_matches(".md"));
                own.iter().any(|(_, text)| {
                    text.contains(&format!("{name})"))
                        || text.contains(&format!("{name}#"))
                        || text.contains(&format!("{name}/"))
                        || text.contains(&address)
                })
            })
            .map(&unit)
            .collect();
        let before = removal.files.len();
        removal.files.retain(|path| !linked.contains(&unit(path)));
        if removal.files.len() == before {
            return;
        }
    }
}

/// The lines of the settings that name what goes: villages, officers, links and booklets, as far as they are the sample's own.
fn settings(world: &DiskWorld, removal: &mut Removal) {
    let Ok(path) = VPath::new(SETTINGS) else { return };
    let Some(text) = world.read(&path).ok().and_then(|bytes| String::from_utf8(bytes.to_vec()).ok()) else {
        return;
    };
    let sample = embedded_site()
        .get(&path)
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .unwrap_or_default();
    let ours: BTreeSet<&str> = sample.lines().filter(|line| line.trim_start().starts_with("- {")).collect();
    let own = own_texts(world, removal);
    let mentioned = |word: &str| own.iter().any(|(_, text)| text.contains(word));
    let value = |line: &str, key: &str| -> Option<String> {
        let rest = line.split_once(&format!("{key}: "))?.1;
        Some(rest.split([',', '}']).next()?.trim().trim_matches('"').to_owned())
    };
    let areas_left = text.lines().any(|line| {
        let code = value(line, "code");
        code.is_some_and(|code| {
            !ours.contains(line)
                || mentioned(&code)
                || value(line, "name").is_some_and(|name| mentioned(&name))
        })
    });
    let has_own = !own.is_empty();
    let has = |keys: [&str; 2]| keys.iter().any(|key| mentioned(key));
    let removed = |link: &str| {
        let page = format!("content{}.md", link.trim_end_matches('/'));
        removal.files.iter().any(|path| **path == *page)
    };
    let goes = |line: &str| {
        if line.trim() == "site: [联系卡]" {
            return !areas_left;
        }
        if !ours.contains(line) {
            return false;
        }
        if let Some(code) = value(line, "code") {
            return !mentioned(&code) && !value(line, "name").is_some_and(|name| mentioned(&name));
        }
        if value(line, "area").is_some() {
            return true;
        }
        match value(line, "link").as_deref() {
            Some("/areas/") => !areas_left,
            Some("/tags/") => !has(["tags:", "标签:"]),
            Some("/scams/") => !has(["scam:", "骗术:"]),
            Some("/handouts/") => !has_own,
            Some(link) => removed(link),
            None => value(line, "slug").is_some() && !has_own,
        }
    };
    let mut new = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        let asks = bare.trim() == "error_report: /pages/error-report/" && removed("/pages/error-report/");
        if goes(bare) {
            removal.lines.push(bare.trim().to_owned());
        } else if asks {
            removal.lines.push(bare.trim().to_owned());
            new.push_str(&line.replace(" /pages/error-report/", ""));
        } else {
            new.push_str(line);
        }
    }
    if new != text {
        removal.texts.insert(path, (text, new));
    }
}

/// The addresses of what goes: nobody has printed them. Addresses that the site gave itself stay.
fn addresses(world: &DiskWorld, removal: &mut Removal) {
    let Ok(path) = VPath::new(ADDRESSES) else { return };
    let Some(text) = world.read(&path).ok().and_then(|bytes| String::from_utf8(bytes.to_vec()).ok()) else {
        return;
    };
    let gone: BTreeSet<&str> = removal.files.iter().map(|file| file.trim_start_matches("content/")).collect();
    let sample = embedded_site()
        .get(&path)
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .unwrap_or_default();
    let ours: BTreeSet<&str> = sample.lines().filter(|line| line.starts_with("  /")).collect();
    let of_gone = |line: &str| {
        let owner = line.split_once(": ").map(|(_, owner)| owner.trim());
        let lists = ["tag ", "month ", "scam ", "area "];
        ours.contains(line)
            && owner
                .is_some_and(|owner| gone.contains(owner) || lists.iter().any(|list| owner.starts_with(list)))
    };
    let new: String = text.split_inclusive('\n').filter(|line| !of_gone(line.trim_end())).collect();
    if new != text {
        removal.texts.insert(path, (text, new));
    }
}

/// Takes it out. A file that changed since it was looked at stays.
///
/// # Errors
/// Where the disk refuses; what was taken out by then is out.
pub fn remove(world: &DiskWorld, removal: &Removal) -> io::Result<usize> {
    let common = local_words();
    let root = world.root();
    for (path, (was, new)) in &removal.texts {
        if world.read(path).is_ok_and(|now| *now == *was.as_bytes()) {
            replace::replace(&root.join(&**path), new.as_bytes())?;
        }
    }
    let mut removed = 0;
    let mut folders = BTreeSet::new();
    for path in &removal.files {
        let unchanged = world
            .read(path)
            .is_ok_and(|now| embedded_site().get(path).is_some_and(|bytes| is_samples(&now, bytes, &common)));
        if unchanged {
            replace::patiently(|| std::fs::remove_file(root.join(&**path)))?;
            removed += 1;
            folders.extend(path.match_indices('/').map(|(at, _)| path[..at].to_owned()));
        }
    }
    // The deepest first; a folder that holds anything stays.
    for folder in folders.iter().rev().filter(|folder| **folder != "content") {
        let _ = std::fs::remove_dir(root.join(folder));
    }
    Ok(removed)
}

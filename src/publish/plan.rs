//! What has to be done at the far side, and in which order. A pure function of what is wanted and what stands there.
//!
//! | Phase | What | Why then |
//! |---|---|---|
//! | room | files in whose place a folder is needed, and the other way round | only where there are real folders |
//! | 0 | what pages need: styles, pictures, documents | nothing links to new ones yet |
//! | 1 | pages and lists that are new | nothing links to them yet, but they may link to each other |
//! | 2 | pages that changed | all that they may link to is there |
//! | 3 | lists and feeds that changed, and the first page | the same |
//! | | the list of what is published | |
//! | removals | what nothing links to any more | |
//!
//! Each phase begins when all of the one before is done. A new page is reached from a page or list that changed, so it stands before anybody can come to it.
//!
//! What pages need stays for one release when a newer one needs it no more: browsers and caches have pages that name it. Where a page is withdrawn only files whose
//! name has the hash of their bytes stay, the theme's: what belonged to the withdrawn page must go with it.
//!
//! Where there are real folders and a file has to give its name to a folder, or a folder to a file, whoever reads an old page may miss the one of them; the two
//! cannot stand there together. No output of ours changes so.
//!
//! Refuses: nothing; how much may be removed is for the caller to say.
//! Invariant: after a plan is carried out the far side has what is wanted, what is kept, and nothing else of ours.

use super::manifest::Sent;
use super::state::{State, There};
use crate::build::delivery::{FOR_GOOD, cache_rule};
use crate::build::write::Written;
use crate::world::OutPath;
use std::collections::{BTreeMap, BTreeSet};

/// A file that is wanted at the far side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// As the site has it.
    pub written: Written,
    /// Whether it is packed on the way.
    pub packed: bool,
}

/// How many phases of files there are.
pub const PHASES: usize = 4;

/// What has to be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files that have to make room first.
    pub room: Vec<OutPath>,
    /// Files to be sent, by phase.
    pub phases: [Vec<OutPath>; PHASES],
    /// Paths among them at which we had nothing.
    pub added: BTreeSet<OutPath>,
    /// Files that stay as they are.
    pub unchanged: usize,
    /// Files of the release before that stay for now.
    pub kept: BTreeMap<OutPath, Sent>,
    /// Files to be removed at the end.
    pub gone: BTreeSet<OutPath>,
    /// How many bytes have to be sent, packed ones counted as they are.
    pub bytes: u64,
    /// How many files of the last release there were.
    pub before: usize,
}

impl Plan {
    /// What leads from a state to what is wanted.
    pub fn new(wanted: &BTreeMap<OutPath, Wanted>, state: &State, folders: bool) -> Self {
        let mut plan = Self::default();
        let lists = Lists::of(wanted);
        for (path, want) in wanted {
            match state.there.get(path) {
                Some(There::Is(sent) | There::Kept(sent))
                    if sent.plain == want.written && sent.packed.is_some() == want.packed =>
                {
                    plan.unchanged += 1;
                    continue;
                }
                Some(_) => {}
                None => {
                    plan.added.insert(path.clone());
                }
            }
            let may_lack =
                !matches!(state.there.get(path), Some(There::Is(_) | There::Kept(_) | There::Unsure(true)));
            let phase = match (lists.rank(path), may_lack) {
                // The door is opened last, when it is new as well.
                _ if &**path == "index.html" => 3,
                (Rank::Support, _) => 0,
                (_, true) => 1,
                (Rank::Page, false) => 2,
                (Rank::List, false) => 3,
            };
            plan.phases[phase].push(path.clone());
            plan.bytes += want.written.len;
        }
        plan.before = state.there.values().filter(|there| matches!(there, There::Is(_))).count();
        let leaving: Vec<_> = state.there.iter().filter(|(path, _)| !wanted.contains_key(*path)).collect();
        let withdraws = leaving
            .iter()
            .any(|(path, there)| is_page(path) && matches!(there, There::Is(_) | There::Unsure(_)));
        for (path, there) in leaving {
            match there {
                There::Is(sent) if stays(path, sent, withdraws) => {
                    plan.kept.insert(path.clone(), *sent);
                }
                _ => {
                    plan.gone.insert(path.clone());
                }
            }
        }
        if plan.sent() == 0
            && plan.gone.iter().all(|path| matches!(state.there.get(path), Some(There::Kept(_))))
        {
            // No new release: what stays for one release stays.
            for path in std::mem::take(&mut plan.gone) {
                if let Some(There::Kept(sent)) = state.there.get(&path) {
                    plan.kept.insert(path, *sent);
                }
            }
        }
        if folders {
            plan.make_room(wanted);
        }
        plan
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.sent() == 0 && self.gone.is_empty()
    }

    /// How many files have to be sent.
    pub fn sent(&self) -> usize {
        self.phases.iter().map(Vec::len).sum()
    }

    /// All files that have to be sent.
    pub fn uploads(&self) -> impl Iterator<Item = &OutPath> {
        self.phases.iter().flatten()
    }

    /// Moves what stands where a folder or a file is needed from the end to the beginning.
    fn make_room(&mut self, wanted: &BTreeMap<OutPath, Wanted>) {
        let mut above: BTreeSet<&str> = BTreeSet::new();
        for path in wanted.keys() {
            above.extend(path.match_indices('/').map(|(end, _)| &path[..end]));
        }
        let in_the_way = |path: &OutPath| {
            above.contains(&**path)
                || path.match_indices('/').any(|(end, _)| {
                    OutPath::new(&path[..end]).is_ok_and(|folder| wanted.contains_key(&folder))
                })
        };
        let room: Vec<OutPath> =
            self.gone.iter().chain(self.kept.keys()).filter(|path| in_the_way(path)).cloned().collect();
        for path in &room {
            self.gone.remove(path);
            self.kept.remove(path);
        }
        self.room = room;
    }
}

/// Whether a file of the release before stays for one more.
fn stays(path: &OutPath, sent: &Sent, withdraws: bool) -> bool {
    let named_by_hash = cache_rule(path, &sent.plain) == FOR_GOOD;
    named_by_hash || (!withdraws && !is_page(path) && !is_document_of_lists(path))
}

/// In which order files follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rank {
    Support,
    Page,
    List,
}

fn is_page(path: &OutPath) -> bool {
    path.ends_with(".html")
}

/// Feeds, maps, calendars, what the site says of itself.
fn is_document_of_lists(path: &OutPath) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ends = [".xml", ".ics", ".webmanifest", ".br", ".gz"];
    matches!(name, "robots.txt" | "sw.js" | "feed.json") || ends.iter().any(|end| name.ends_with(end))
}

/// Which pages are lists: the first page, and those of folders that have pages below.
struct Lists<'w>(BTreeSet<&'w str>);

impl<'w> Lists<'w> {
    fn of(wanted: &'w BTreeMap<OutPath, Wanted>) -> Self {
        let mut with_pages = BTreeSet::new();
        for path in wanted.keys().filter(|path| is_page(path)) {
            // `tips/heat/index.html` is below `tips/`, and `tips/index.html` below the site.
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let mut above = folder;
            while let Some((rest, _)) = above.rsplit_once('/') {
                with_pages.insert(rest);
                above = rest;
            }
        }
        Self(with_pages)
    }

    fn rank(&self, path: &OutPath) -> Rank {
        // A packed form goes with the file that it is of.
        let plain = path.strip_suffix(".br").or_else(|| path.strip_suffix(".gz")).unwrap_or(path);
        if let Some(page) = plain.strip_suffix(".html") {
            let folder = page.strip_suffix("/index");
            return if folder.is_some_and(|folder| self.0.contains(folder)) {
                Rank::List
            } else {
                Rank::Page
            };
        }
        let listed = OutPath::new(plain).is_ok_and(|path| is_document_of_lists(&path));
        if listed { Rank::List } else { Rank::Support }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::write::Written;

    #[test]
    fn what_lists_pages_follows_the_pages() {
        let path = |text: &str| OutPath::new(text).expect("a path");
        let all = [
            "assets/a.css",
            "tips/heat/index.html",
            "tips/index.html",
            "tips/feed.json",
            "tips/feed.json.gz",
            "feed.json",
            "atom.xml",
            "sitemap.xml",
            "data/fraud.json",
            "index.html",
        ];
        let file =
            |text: &&str| (path(text), Wanted { written: Written::of(text.as_bytes()), packed: false });
        let wanted: BTreeMap<OutPath, Wanted> = all.iter().map(file).collect();
        let lists = Lists::of(&wanted);
        for text in all {
            let rank = match text {
                "assets/a.css" | "data/fraud.json" => Rank::Support,
                // The first page is the last of all, whatever its rank.
                "tips/heat/index.html" | "index.html" => Rank::Page,
                _ => Rank::List,
            };
            assert_eq!(lists.rank(&path(text)), rank, "{text}");
        }
    }
}

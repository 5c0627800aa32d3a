//! Every page that search engines may list, with when it last changed.
//!
//! Refuses: drafts, and the later pages of lists, which only lead to what is listed here itself.
//! Invariant: each address is that of a planned page; the order depends on the content alone.

use super::Model;
use super::entry::Entry;
use super::lists::ListKey;
use super::when::When;

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageAddress {
    /// Its address from the root of the site.
    pub address: String,
    /// When it, or the newest in it, last changed.
    pub changed: Option<When>,
}

/// All pages: the first page, overviews, lists, then entries by path.
pub fn all(model: &Model) -> Vec<PageAddress> {
    let newest = |key: &ListKey| {
        let entries = model.lists.get(key).map_or(&[][..], |list| &list.entries);
        entries.iter().map(|&ix| model.entry(ix)).filter(|entry| !entry.draft).filter_map(changed).max()
    };
    let latest = newest(&ListKey::All);
    let has = |wanted: fn(&ListKey) -> bool| model.lists.keys().any(wanted);
    let overviews = [
        ("/", true),
        ("/archive/", true),
        ("/tags/", has(|key| matches!(key, ListKey::Tag(_)))),
        ("/areas/", has(|key| matches!(key, ListKey::Area(_)))),
        ("/scams/", has(|key| matches!(key, ListKey::Scam(_)))),
        ("/sitemap/", true),
    ];
    let overviews = overviews.into_iter().filter(|(_, there)| *there);
    let lists = model.lists.iter().filter(|(key, list)| {
        // A section's page has words of its own, a village's names its officer; other empty lists say nothing.
        **key != ListKey::All
            && (matches!(key, ListKey::Section(_) | ListKey::Area(_))
                || list.entries.iter().any(|&ix| !model.entry(ix).draft))
    });
    overviews
        .map(|(address, _)| PageAddress { address: address.to_owned(), changed: latest })
        .chain(lists.map(|(key, list)| PageAddress { address: list.address.clone(), changed: newest(key) }))
        .chain(
            model
                .entries
                .iter()
                .filter(|entry| !entry.draft && !entry.expired)
                .map(|entry| PageAddress { address: entry.address.clone(), changed: changed(entry) }),
        )
        .collect()
}

/// When an entry last changed, as far as it says.
fn changed(entry: &Entry) -> Option<When> {
    entry.meta.updated.max(entry.meta.date)
}

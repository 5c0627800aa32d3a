//! What a target was made from, noted while it was made.
//!
//! Refuses: giving out the model itself to outputs that are traced.
//! Invariant: everything that [`Reader`] hands out is covered by a dependency that it noted.

mod dep;

use dep::of_kind;
pub use dep::{Dep, Trace, hash_of};

use super::handout::{Handout, Press, gallery, place};
use super::template::Theme;
use crate::diag::{Diagnostic, FileId};
use crate::lint::gate::Checked;
use crate::model::Model;
use crate::model::addresses::{self, PageAddress};
use crate::model::config::Config;
use crate::model::entry::{Entry, EntryIx, Section};
use crate::model::kind::Kind;
use crate::model::lists::{List, ListKey};
use crate::model::neighbours::Neighbours;
use crate::model::picture::Picture;
use crate::print::PrintFiles;
use crate::print::choice::{self, Part};
use crate::source::Tree;
use crate::source::outline::BodyOutline;
use crate::statistics::safe::{SafeChart, SafeData, SafeDataset, SafeTable};
use crate::world::{Cache, VPath, World};
use blake3::Hash;
use jiff::civil::DateTime;
use std::cell::RefCell;
use std::sync::Arc;

/// The model as an output sees it.
pub struct Reader<'m> {
    site: Checked<'m>,
    theme: &'m Theme,
    world: &'m dyn World,
    cache: &'m dyn Cache,
    trace: RefCell<Trace>,
    remarks: RefCell<Vec<Diagnostic>>,
}

impl<'m> Reader<'m> {
    /// A reader for one target.
    pub fn new(site: Checked<'m>, theme: &'m Theme, world: &'m dyn World, cache: &'m dyn Cache) -> Self {
        Self { site, theme, world, cache, trace: RefCell::new(Trace::new()), remarks: RefCell::default() }
    }

    /// Ends reading and gives what was read and remarked.
    pub fn end(self) -> (Trace, Vec<Diagnostic>) {
        (self.trace.into_inner(), self.remarks.into_inner())
    }

    /// Says something of a target beside its bytes. Such a target is made again at every build, so that it is said again;
    /// what is costly about it belongs into the cache.
    pub fn remark(&self, finding: Diagnostic) {
        self.remarks.borrow_mut().push(finding);
    }

    fn note(&self, dep: Dep) {
        self.trace.borrow_mut().insert(dep);
    }

    fn model(&self) -> &'m Model {
        self.site.model()
    }

    /// The settings.
    pub fn config(&self) -> &'m Config {
        self.note(Dep::Config);
        &self.model().config
    }

    /// The theme.
    pub fn theme(&self) -> &'m Theme {
        self.note(Dep::Theme);
        self.theme
    }

    /// The theme's templates and fonts for handouts.
    pub fn print(&self) -> &'m PrintFiles {
        self.note(Dep::PrintTheme);
        self.theme.print()
    }

    /// What was typeset in this build; it follows from what is noted for each order.
    pub fn press(&self) -> &'m Press {
        &self.theme.press
    }

    /// A template of handouts, by its path below the theme, as findings name it.
    pub fn theme_file(&self, path: &str) -> Option<(FileId, &'m str)> {
        self.note(Dep::PrintTheme);
        self.theme.source(path)
    }

    /// Every handout that is planned.
    pub fn handouts(&self) -> Vec<Handout> {
        self.note(Dep::Handouts);
        place::all(self.model())
    }

    /// The addresses of the gallery of handouts, the first page of each filter.
    pub fn gallery(&self) -> Vec<String> {
        self.note(Dep::Handouts);
        gallery::planned(self.model())
    }

    /// The bulletins of a booklet of the settings, in parts.
    pub fn booklet(&self, number: usize) -> Vec<Part> {
        self.note(Dep::Booklet(number));
        choice::parts(self.model(), &self.model().config.handouts.booklets[number])
    }

    /// The site's own readings of words.
    pub fn readings(&self) -> &'m std::collections::BTreeMap<String, String> {
        self.note(Dep::Config);
        &self.model().words.readings
    }

    /// The sections in the order of menus.
    pub fn sections(&self) -> Vec<&'m Section> {
        self.note(Dep::Sections);
        self.model().sections_in_order()
    }

    /// A section with its own words.
    pub fn section(&self, dir: &str) -> Option<&'m Section> {
        self.note(Dep::Section(dir.to_owned()));
        self.model().sections.iter().find(|section| section.dir == dir)
    }

    /// The section that an entry belongs to.
    pub fn section_of(&self, ix: EntryIx) -> &'m Section {
        self.note(Dep::Sections);
        self.model().section(self.model().entry(ix).section)
    }

    /// What may be shown of an entry besides its body.
    pub fn entry(&self, ix: EntryIx) -> &'m Entry {
        let entry = self.model().entry(ix);
        self.note(Dep::Meta(entry.path.clone()));
        entry
    }

    /// An entry's body: its text and its tree, parsed for this call unless it is at hand.
    pub fn body(&self, ix: EntryIx) -> Arc<Tree> {
        let entry = self.model().entry(ix);
        self.note(Dep::Body(entry.path.clone()));
        self.model().body(entry)
    }

    /// What is known of an entry's body without its text.
    pub fn outline(&self, ix: EntryIx) -> &'m BodyOutline {
        let entry = self.model().entry(ix);
        self.note(Dep::Body(entry.path.clone()));
        &entry.outline
    }

    /// The words before a section's list.
    pub fn section_body(&self, section: &Section) -> Option<Arc<Tree>> {
        self.note(Dep::Section(section.dir.clone()));
        section.file.map(|file| self.model().sources.tree(file))
    }

    /// A list.
    pub fn list(&self, key: &ListKey) -> Option<&'m List> {
        self.note(Dep::Roster(key.clone()));
        self.model().lists.get(key)
    }

    /// All lists, for overviews: titles, addresses, numbers of entries.
    pub fn lists(&self) -> impl Iterator<Item = (&'m ListKey, &'m List)> {
        self.note(Dep::Lists);
        self.model().lists.iter()
    }

    /// The address of a list, which does not change with what it holds.
    pub fn list_address(&self, key: &ListKey) -> Option<&'m str> {
        self.note(Dep::Name(key.clone()));
        self.model().lists.get(key).map(|list| list.address.as_str())
    }

    /// What stands around an entry, ready for cards.
    pub fn neighbours(&self, ix: EntryIx) -> &'m Neighbours {
        self.note(Dep::Neighbours(self.model().entry(ix).path.clone()));
        &self.model().neighbours[ix.0 as usize]
    }

    /// An entry among the neighbours of another; the hash of the neighbours covers it.
    pub fn neighbour(&self, ix: EntryIx) -> &'m Entry {
        self.model().entry(ix)
    }

    /// The notices that every page shows.
    pub fn banner(&self) -> Vec<&'m Entry> {
        self.note(Dep::Banner);
        self.model().banner.iter().map(|&ix| self.model().entry(ix)).collect()
    }

    /// The meetings that are not over.
    pub fn coming_meetings(&self) -> Vec<EntryIx> {
        self.note(Dep::ComingMeetings);
        self.model().coming_meetings.clone()
    }

    /// The pinned bulletins.
    pub fn pinned(&self) -> Vec<EntryIx> {
        self.note(Dep::Pinned);
        self.model().pinned.clone()
    }

    /// The pages of the site itself.
    pub fn pages(&self) -> Vec<EntryIx> {
        self.note(Dep::Pages);
        self.model().pages.clone()
    }

    /// All notices, newest first.
    pub fn notices(&self) -> Vec<EntryIx> {
        self.note(Dep::Notices);
        of_kind(self.model(), Kind::Notice)
    }

    /// All meetings, newest first by the date of their bulletin.
    pub fn meetings(&self) -> Vec<EntryIx> {
        self.note(Dep::Meetings);
        of_kind(self.model(), Kind::Meeting)
    }

    /// An entry of [`Self::notices`], [`Self::meetings`] or [`Self::handouts`]; their hashes cover it.
    pub fn listed(&self, ix: EntryIx) -> &'m Entry {
        self.model().entry(ix)
    }

    /// The addresses of all pages.
    pub fn addresses(&self) -> Vec<PageAddress> {
        self.note(Dep::Addresses);
        addresses::all(self.model())
    }

    /// The name of a type of scam, for any of its names.
    pub fn scam(&self, word: &'m str) -> &'m str {
        self.note(Dep::Config);
        self.model().words.scam(word)
    }

    /// What a type of scam is, in a sentence.
    pub fn scam_about(&self, name: &str) -> Option<String> {
        self.note(Dep::Config);
        self.model().words.scams.iter().find(|scam| scam.name == name)?.about.clone()
    }

    /// Whether a moment has passed; a target that asks is made anew once it has.
    pub fn has_passed(&self, moment: DateTime) -> bool {
        self.note(Dep::Passed(moment));
        self.model().now.is_after(moment)
    }

    /// All that may be published of the datasets.
    pub fn statistics(&self) -> &'m SafeData {
        self.note(Dep::Statistics);
        self.site.statistics()
    }

    /// What may be published of a dataset.
    pub fn safe_dataset(&self, name: &str) -> Option<&'m SafeDataset> {
        self.note(Dep::Dataset(name.to_owned()));
        self.site.statistics().dataset(name)
    }

    /// The table that a block names, and its dataset.
    pub fn safe_table(&self, name: &str) -> Option<(&'m SafeDataset, &'m SafeTable)> {
        self.note(Dep::Table(name.to_owned()));
        self.site.statistics().table(name)
    }

    /// The chart that a block names, and its dataset.
    pub fn safe_chart(&self, name: &str) -> Option<(&'m SafeDataset, &'m SafeChart)> {
        self.note(Dep::Chart(name.to_owned()));
        self.site.statistics().chart(name)
    }

    /// A picture in use.
    pub fn picture(&self, path: &VPath) -> Option<&'m Picture> {
        self.note(Dep::Asset(path.clone()));
        self.model().pictures.get(path)
    }

    /// The bytes of a picture or document in use.
    ///
    /// They are those that its address names. Of a file that changed since the build began nothing is given out, and the build
    /// says so.
    pub fn asset(&self, path: &VPath) -> Option<Arc<[u8]>> {
        self.note(Dep::Asset(path.clone()));
        let model = self.model();
        let known = model.pictures.get(path).map(|picture| picture.hash);
        let known = known.or_else(|| model.documents.get(path).copied())?;
        let same = self.world.read(path).ok().filter(|bytes| blake3::hash(bytes) == known);
        if same.is_none() {
            model.sources.note_changed(path);
        }
        same
    }

    /// The document in use, with its hash.
    pub fn document(&self, path: &VPath) -> Option<Hash> {
        self.note(Dep::Asset(path.clone()));
        self.model().documents.get(path).copied()
    }

    /// A body's form for feeds, made once for all feeds that hold it: it follows from the body's HTML and its page.
    pub fn portable(&self, html: &str, page: &str, make: impl FnOnce(&str, &str) -> String) -> String {
        self.theme.portable(html, page, make).to_string()
    }

    /// A costly result of an earlier run, by a key that says everything that it depends on.
    pub fn cached(&self, key: &str) -> Option<Vec<u8>> {
        self.cache.get(key)
    }

    /// Keeps a costly result.
    pub fn cache(&self, key: &str, bytes: &[u8]) {
        self.cache.put(key, bytes);
    }

    /// What a link written in a file means. Its target's address is covered by the body's dependency.
    pub fn resolve(&self, from: &VPath, target: &str) -> crate::model::route::LinkTarget {
        self.model().resolve(from, target)
    }

    /// The address of the entry that a link leads to.
    pub fn address_of(&self, ix: EntryIx) -> &'m str {
        &self.model().entry(ix).address
    }

    /// The path of a section's file.
    pub fn section_path(&self, section: &Section) -> Option<&'m VPath> {
        section.file.map(|file| self.model().sources.vpath(file))
    }

    /// The address of a section that a link leads to.
    pub fn section_address(&self, ix: crate::model::entry::SectionIx) -> &'m str {
        self.note(Dep::Sections);
        &self.model().section(ix).address
    }

    /// An address with the site's path before it, for `href`.
    pub fn href(&self, address: &str) -> String {
        self.note(Dep::Config);
        self.model().href(address)
    }

    /// The full address.
    pub fn url(&self, address: &str) -> String {
        self.note(Dep::Config);
        self.model().url(address)
    }

    /// The place to name when a bulletin made its own page impossible.
    pub fn span_of(&self, ix: EntryIx) -> crate::diag::Span {
        self.model().entry(ix).meta.title.span
    }
}

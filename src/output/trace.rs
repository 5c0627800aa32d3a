//! What a target was made from, noted while it was made.
//!
//! Refuses: giving out the model itself to outputs that are traced.
//! Invariant: everything that [`Reader`] hands out is covered by a dependency that it noted.

mod dep;
mod handles;

pub use dep::{Dep, Trace, hash_of};
pub use handles::{
    Around, Body, BodyFacts, Bulletin, Destination, ListName, ListPage, PageOrder, Roster, SectionHead,
};

use super::handout::place::{self, Handout, SheetFiles};
use super::handout::pressed::Press;
use super::handout::shelves::Shelves;
use super::template::Theme;
use super::workshop::{Planned, Shared, Workshop};
use crate::diag::{Diagnostic, FileId};
use crate::lint::gate::Checked;
use crate::model::Model;
use crate::model::config::Config;
use crate::model::entry::EntryIx;
use crate::model::kind::Kind;
use crate::model::listed_pages::{self, PageAddress};
use crate::model::lists::ListKey;
use crate::model::picture::Picture;
use crate::model::public_file::{Document, PublicFile};
use crate::print::PrintFiles;
use crate::print::choice::{self, Part};
use crate::statistics::safe::{SafeChart, SafeData, SafeDataset, SafeTable};
use crate::world::{Cache, OutPath, World};
use jiff::civil::DateTime;
use std::cell::RefCell;
use std::sync::Arc;

/// The model as an output sees it.
pub struct Reader<'m> {
    site: Checked<'m>,
    theme: &'m Theme,
    workshop: &'m Workshop,
    world: &'m dyn World,
    cache: &'m dyn Cache,
    trace: RefCell<Trace>,
    remarks: RefCell<Vec<Diagnostic>>,
}

impl<'m> Reader<'m> {
    /// A reader for one target.
    pub fn new(
        site: Checked<'m>,
        theme: &'m Theme,
        workshop: &'m Workshop,
        world: &'m dyn World,
        cache: &'m dyn Cache,
    ) -> Self {
        Self { site, theme, workshop, world, cache, trace: RefCell::default(), remarks: RefCell::default() }
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
        &self.workshop.press
    }

    /// A template of handouts, by its path below the theme, as findings name it.
    pub fn theme_file(&self, path: &str) -> Option<(FileId, &'m str)> {
        self.note(Dep::PrintTheme);
        self.theme.source(path)
    }

    /// All handouts, by shelf.
    pub fn shelves(&self) -> &'m Shelves {
        self.note(Dep::Handouts);
        self.workshop.shelves(self.model())
    }

    /// The files that outputs of the first phase plan; for those of the last.
    pub fn planned(&self) -> &'m Planned {
        self.note(Dep::Planned);
        self.workshop.planned()
    }

    /// The bytes of a file that another output made; for those of [`Phase::Files`](super::Phase), which are made last.
    pub fn file(&self, path: &OutPath) -> Option<Vec<u8>> {
        self.note(Dep::File(path.clone()));
        self.workshop.file(path)
    }

    /// Where the files of a handout go.
    pub fn sheet_files(&self, handout: &Handout) -> SheetFiles {
        self.note(Dep::Config);
        if let Some(ix) = handout.bulletin() {
            self.entry(ix);
        }
        SheetFiles::of(self.model(), handout)
    }

    /// The handouts of a bulletin. Whether it can fill a layout depends on its body too.
    pub fn handouts_of(&self, bulletin: Bulletin<'m>) -> Vec<Handout> {
        self.note(Dep::Config);
        self.note(Dep::Meta(bulletin.path().clone()));
        self.note(Dep::Body(bulletin.path().clone()));
        place::of_bulletin(self.model(), bulletin.ix())
    }

    /// What every page shares; `make` reads it, and so it is noted for whoever asks.
    pub fn shared(&self, make: impl FnOnce() -> Shared) -> &'m Shared {
        self.note(Dep::Config);
        self.note(Dep::Theme);
        self.note(Dep::Banner);
        self.workshop.shared(make)
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
    pub fn sections(&self) -> impl Iterator<Item = SectionHead<'m>> + use<'m> {
        self.note(Dep::Sections);
        self.model().sections_in_order().map(SectionHead::new)
    }

    /// A section.
    pub fn section(&self, dir: &str) -> Option<SectionHead<'m>> {
        self.note(Dep::Section(dir.to_owned()));
        self.model().section_at(dir).map(SectionHead::new)
    }

    /// The words before a section's list, where it has any.
    pub fn section_body(&self, dir: &str) -> Option<Body<'_, 'm>> {
        self.note(Dep::SectionBody(dir.to_owned()));
        let (file, sources) = (self.model().section_at(dir)?.file?, &self.model().sources);
        Some(Body::new(self, sources.vpath(file), sources.tree(file)))
    }

    /// The section that a bulletin belongs to.
    pub fn section_of(&self, bulletin: Bulletin<'m>) -> SectionHead<'m> {
        self.note(Dep::Above(bulletin.path().clone()));
        SectionHead::new(self.model().section(self.model().entry(bulletin.ix()).section))
    }

    /// The sections from the top down to that of a folder, this one included; the root is not among them.
    pub fn way_to(&self, section: SectionHead<'m>) -> Vec<SectionHead<'m>> {
        self.note(Dep::WayTo(section.dir().to_owned()));
        handles::way_to(self.model(), section.dir())
    }

    /// What may be shown of an entry besides its body.
    pub fn entry(&self, ix: EntryIx) -> Bulletin<'m> {
        let bulletin = Bulletin::new(self.model(), ix);
        self.note(Dep::Meta(bulletin.path().clone()));
        bulletin
    }

    /// An entry's body: its text and its tree, parsed for this call unless it is at hand.
    pub fn body(&self, ix: EntryIx) -> Body<'_, 'm> {
        let entry = self.model().entry(ix);
        self.note(Dep::Body(entry.path.clone()));
        Body::new(self, &entry.path, self.model().body(entry))
    }

    /// What is known of an entry's body without its text.
    pub fn body_facts(&self, ix: EntryIx) -> BodyFacts<'m> {
        let entry = self.model().entry(ix);
        self.note(Dep::Body(entry.path.clone()));
        BodyFacts(&entry.outline)
    }

    /// Where an address of a bulletin's front matter leads.
    pub fn link(&self, bulletin: Bulletin<'m>, target: &str) -> Destination<'m> {
        self.note(Dep::Link(bulletin.path().clone(), target.to_owned()));
        Destination::of(self.model(), bulletin.path(), target)
    }

    /// A whole list.
    pub fn list(&self, key: &ListKey) -> Option<Roster<'m>> {
        self.note(Dep::Roster(key.clone()));
        let list = self.model().lists.get(key)?;
        Some(Roster { title: &list.title, address: &list.address, entries: &list.entries })
    }

    /// A page of a list: 0 is the newest.
    pub fn list_page(&self, key: &ListKey, number: usize) -> Option<ListPage<'m>> {
        self.note(Dep::ListPage(key.clone(), number));
        self.model().lists.get(key).map(|list| ListPage::new(list, number))
    }

    /// All lists by name, for overviews.
    pub fn lists(&self) -> impl Iterator<Item = ListName<'m>> + use<'m> {
        self.note(Dep::Lists);
        self.model().lists.iter().map(ListName::new)
    }

    /// The address of a list, which does not change with what it holds.
    pub fn list_address(&self, key: &ListKey) -> Option<&'m str> {
        self.note(Dep::Name(key.clone()));
        self.model().lists.get(key).map(|list| list.address.as_str())
    }

    /// What stands around a bulletin, ready for cards.
    pub fn neighbours(&self, bulletin: Bulletin<'m>) -> Around<'m> {
        self.note(Dep::Neighbours(bulletin.path().clone()));
        Around::new(self.model(), bulletin.ix())
    }

    fn bulletins(&self, dep: Dep, entries: &'m [EntryIx]) -> impl Iterator<Item = Bulletin<'m>> + use<'m> {
        self.note(dep);
        let model = self.model();
        entries.iter().map(|&ix| Bulletin::new(model, ix))
    }

    /// The notices that every page shows.
    pub fn banner(&self) -> impl Iterator<Item = Bulletin<'m>> + use<'m> {
        self.bulletins(Dep::Banner, &self.model().banner)
    }

    /// The meetings that are not over.
    pub fn coming_meetings(&self) -> impl Iterator<Item = Bulletin<'m>> + use<'m> {
        self.bulletins(Dep::ComingMeetings, &self.model().coming_meetings)
    }

    /// The pinned bulletins.
    pub fn pinned(&self) -> impl Iterator<Item = Bulletin<'m>> + use<'m> {
        self.bulletins(Dep::Pinned, &self.model().pinned)
    }

    /// The pages of the site itself.
    pub fn pages(&self) -> impl Iterator<Item = Bulletin<'m>> + use<'m> {
        self.bulletins(Dep::Pages, &self.model().pages)
    }

    /// All notices, newest first.
    pub fn notices(&self) -> impl Iterator<Item = Bulletin<'m>> + use<'m> {
        self.bulletins(Dep::Notices, self.model().of_kind(Kind::Notice))
    }

    /// All meetings, newest first by the date of their bulletin.
    pub fn meetings(&self) -> impl Iterator<Item = Bulletin<'m>> + use<'m> {
        self.bulletins(Dep::Meetings, self.model().of_kind(Kind::Meeting))
    }

    /// Whether there is a meeting that a calendar can hold.
    pub fn has_calendar(&self) -> bool {
        self.note(Dep::HasCalendar);
        dep::has_calendar(self.model())
    }

    /// The addresses of all pages.
    pub fn addresses(&self) -> Vec<PageAddress> {
        self.note(Dep::Addresses);
        listed_pages::all(self.model())
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
    pub fn picture(&self, path: &PublicFile) -> Option<&'m Picture> {
        self.note(Dep::Asset(path.path().clone()));
        self.model().pictures.get(path)
    }

    /// The bytes of a picture or document in use.
    ///
    /// They are those that its address names. Of a file that changed since the build began nothing is given out, and the build
    /// says so.
    pub fn asset(&self, path: &PublicFile) -> Option<Arc<[u8]>> {
        self.note(Dep::Asset(path.path().clone()));
        let model = self.model();
        let known = model.pictures.get(path).map(|picture| picture.hash);
        let known = known.or_else(|| model.documents.get(path).map(|document| document.hash))?;
        let same = self.world.read(path).ok().filter(|bytes| blake3::hash(bytes) == known);
        if same.is_none() {
            model.sources.note_changed(path);
        }
        same
    }

    /// The document in use.
    pub fn document(&self, path: &PublicFile) -> Option<Document> {
        self.note(Dep::Asset(path.path().clone()));
        self.model().documents.get(path).copied()
    }

    /// A body's form for feeds, made once for all feeds that hold it: it follows from the body's HTML and its page.
    pub fn portable(&self, html: &str, page: &str, make: impl FnOnce(&str, &str) -> String) -> String {
        self.workshop.portable(html, page, make).to_string()
    }

    /// A costly result of an earlier run, by a key that says everything that it depends on.
    pub fn cached(&self, key: &str) -> Option<Vec<u8>> {
        self.cache.get(key)
    }

    /// Keeps a costly result.
    pub fn cache(&self, key: &str, bytes: &[u8]) {
        self.cache.put(key, bytes);
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
}

#[cfg(test)]
mod tests;

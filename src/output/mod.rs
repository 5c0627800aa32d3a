//! Everything that is published: each output plans its files, then makes the bytes of one at a time.
//!
//! Refuses: writing. Outputs return bytes; `build` writes.
//! Invariant: `render` sees the model only through a [`Reader`], so its [`trace::Trace`] is complete.

pub mod addressing;
pub mod alias;
pub mod archive;
pub mod asset;
pub mod body;
pub mod card;
pub mod documents;
pub mod feed_documents;
pub mod figures;
pub mod frame;
pub mod handout;
pub mod head;
pub mod home;
pub mod html;
pub mod interface;
pub mod listing;
pub mod not_found;
pub mod open_data;
pub mod page;
mod phrases;
pub mod site_map;
pub mod template;
pub mod terms;
pub mod trace;
pub mod workshop;

use crate::diag::Diagnostic;
use crate::model::Model;
use crate::model::entry::EntryIx;
use crate::model::lists::ListKey;
use crate::model::public_file::PublicFile;
use crate::statistics::safe::SafeData;
use crate::world::OutPath;
pub use trace::Reader;

/// What a target shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The site as a whole.
    Site,
    /// An entry.
    Entry(EntryIx),
    /// A page of a list: 0 is the newest at the list's own address, the others count from the oldest.
    List(ListKey, usize),
    /// A section as a whole, by its folder.
    Section(String),
    /// An old address that leads to an entry.
    Alias(String, EntryIx),
    /// A file of the theme, by its path below the theme.
    ThemeFile(String),
    /// A size of a picture: its file and the number of the variant.
    Picture(PublicFile, usize),
    /// A document beside the bulletins.
    Document(PublicFile),
    /// A file of a handout.
    Handout(handout::Handout, handout::Form),
    /// A page of the gallery of handouts, from 1.
    Gallery(handout::shelves::Filter, usize),
    /// A dataset as open data, or one of its tables.
    Dataset(String, Option<String>),
}

/// What readers need first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// Styles and pictures.
    Support,
    /// Pages.
    Page,
    /// Lists, feeds, maps.
    List,
}

/// A file that will be published.
#[derive(Clone, Debug)]
pub struct Target {
    /// Name of the output that makes it.
    pub output: &'static str,
    /// Where it goes.
    pub path: OutPath,
    /// What it shows.
    pub subject: Subject,
    /// When it is put in place.
    pub rank: Rank,
}

/// When an output is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// From the model.
    Content,
    /// From the list of all files that the others plan: [`workshop::Planned`].
    Last,
    /// The same, and its files are made when all others are there, from their bytes: [`Reader::file`].
    Files,
}

/// Something that is published.
pub trait Output: Sync {
    /// Its name.
    fn name(&self) -> &'static str;
    /// When it is planned.
    fn phase(&self) -> Phase {
        Phase::Content
    }
    /// All its files, before any is made. Planning reads the model only; it needs no passed gate since it makes nothing.
    fn plan(&self, model: &Model, plan: &mut Plan);
    /// The bytes of one file.
    ///
    /// # Errors
    /// A finding at the theme's file, or at the bulletin's line where the content caused it. A finding below an error
    /// leaves the file out and stops nothing else; it is told at every build, for such a file is tried at every build.
    fn render(&self, target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>>;
}

/// What an output puts its targets into.
pub struct Plan<'t> {
    /// The theme: outputs that need its files look here.
    pub theme: &'t template::Theme,
    /// What may be published of the datasets.
    pub statistics: &'t SafeData,
    /// What is worked out once.
    pub workshop: &'t workshop::Workshop,
    output: &'static str,
    targets: Vec<Target>,
    unfit: Vec<String>,
}

impl<'t> Plan<'t> {
    /// An empty plan for one output.
    pub fn new(
        theme: &'t template::Theme,
        statistics: &'t SafeData,
        workshop: &'t workshop::Workshop,
        output: &'static str,
    ) -> Self {
        Self { theme, statistics, workshop, output, targets: Vec::new(), unfit: Vec::new() }
    }

    /// What was planned, and the paths that no disk could hold.
    pub fn into_parts(self) -> (Vec<Target>, Vec<String>) {
        (self.targets, self.unfit)
    }

    /// Plans a file. An address ending in `/` means the `index.html` there.
    pub fn add(&mut self, address: &str, rank: Rank, subject: Subject) {
        let inner = address.trim_start_matches('/');
        let file = if inner.is_empty() || inner.ends_with('/') {
            format!("{inner}index.html")
        } else {
            inner.to_owned()
        };
        match OutPath::new(&file) {
            Ok(path) => self.targets.push(Target { output: self.output, path, subject, rank }),
            Err(_) => self.unfit.push(file),
        }
    }
}

/// All outputs. A new one is one line here.
pub static OUTPUTS: &[&dyn Output] = &[
    &page::Pages,
    &home::Home,
    &listing::Listings,
    &terms::Tags,
    &terms::Areas,
    &terms::Scams,
    &archive::Archive,
    &open_data::DataPage,
    &open_data::OpenData,
    &site_map::SiteMapPage,
    &not_found::NotFound,
    &alias::Aliases,
    &documents::Feeds,
    &documents::Calendar,
    &documents::Alerts,
    &documents::SiteMap,
    &documents::Robots,
    &asset::ThemeAssets,
    &asset::Pictures,
    &asset::Documents,
    &handout::Handouts,
    &handout::gallery::Gallery,
];

/// Outputs of a build: [`OUTPUTS`], and others in tests.
pub type Outputs = &'static [&'static dyn Output];

/// The output of a name.
pub fn named(outputs: Outputs, name: &str) -> Option<&'static dyn Output> {
    outputs.iter().copied().find(|output| output.name() == name)
}

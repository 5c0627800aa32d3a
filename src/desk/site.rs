//! A site's folder, opened to be looked at.
//!
//! Refuses: to make `.yuanba/` where no build has made it, unless asked to.

use crate::build::run::kept_slugs;
use crate::build::store::Store;
use crate::build::write::unfinished;
use crate::build::{Prepared, prepare};
use crate::diag::{FileId, Message, Sink};
use crate::model::Collected;
use crate::model::collect::{Options, collect};
use crate::source::Memo;
use crate::source::yaml::parse_yaml;
use crate::world::decode::decode;
use crate::world::{DiskWorld, VPath, World};

/// Where a site is built unless another folder is named.
pub const OUTPUT: &str = "public";

/// An open site.
pub struct Site {
    /// Its files.
    pub world: DiskWorld,
    /// What earlier builds kept.
    pub store: Store,
    /// How it is read; addresses are those that earlier builds gave.
    pub options: Options,
}

impl Site {
    /// Opens what earlier builds kept of a site.
    pub fn open(world: DiskWorld) -> Self {
        let store = Store::existing(world.root());
        let options = Options { kept_slugs: kept_slugs(world.root()), ..Options::default() };
        Self { world, store, options }
    }

    /// The same for work whose results are worth keeping where nothing was kept before.
    #[must_use]
    pub fn keeping(mut self) -> Self {
        if let Ok(store) = Store::open(self.world.root()) {
            self.store = store;
        }
        self
    }

    /// What there is to say of what earlier builds left: why the store is of no use, and work that was not finished.
    pub fn notes(&self) -> Vec<Message> {
        let root = self.world.root();
        let mut notes = self.store.notes().to_vec();
        notes.extend(unfinished(root, &root.join(OUTPUT)));
        notes
    }

    /// Reads the site and plans every file.
    pub fn prepare(&self, sink: &mut Sink) -> Prepared {
        prepare(&self.world, &Memo::new(self.store.shared()), &self.options, &self.store, sink)
    }

    /// Reads the site, as far as its model.
    pub fn collect(&self, sink: &mut Sink) -> Collected {
        collect(&self.world, &Memo::new(self.store.shared()), &self.options, sink)
    }

    /// Whether the site has a file, by its path.
    pub fn has(&self, path: &str) -> bool {
        VPath::new(path).is_ok_and(|path| self.world.read(&path).is_ok())
    }
}

/// The folder of a site's own address, with slashes around it: `/`, or `/院坝/` for `https://a.example/院坝`.
pub fn base(world: &DiskWorld) -> String {
    let setting = || {
        let bytes = world.read(&VPath::new("content/site.yaml").ok()?).ok()?;
        let settings = parse_yaml(FileId(0), &decode(&bytes).ok()?.text, &mut Sink::new());
        let (_, path) = crate::model::config::parse_base_url(settings.get(&["base_url", "网址"])?.text()?)?;
        percent_encoding::percent_decode_str(&path).decode_utf8().ok().map(|path| format!("{path}/"))
    };
    setting().unwrap_or_else(|| "/".to_owned())
}

/// Whether a site's settings say that visits are counted, which its page on privacy then tells.
pub fn counts_visits(world: &DiskWorld) -> bool {
    let setting = || {
        let bytes = world.read(&VPath::new("content/site.yaml").ok()?).ok()?;
        let settings = parse_yaml(FileId(0), &decode(&bytes).ok()?.text, &mut Sink::new());
        Some(crate::model::config::Config::read(&settings, &mut Sink::new()).count_visits)
    };
    setting().unwrap_or(false)
}

/// The language that a site's settings name, for what stops a command before they are read as a whole; none where they name none.
pub fn language(world: &DiskWorld) -> Option<String> {
    let bytes = world.read(&VPath::new("content/site.yaml").ok()?).ok()?;
    let settings = parse_yaml(FileId(0), &decode(&bytes).ok()?.text, &mut Sink::new());
    settings.get(&["language", "语言"])?.text().map(str::to_owned)
}

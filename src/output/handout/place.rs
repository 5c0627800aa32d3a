//! Which handouts there are, and where each goes.
//!
//! Refuses: names that a disk cannot hold; what a title has beyond letters, digits and characters is left out.
//! Invariant: addresses follow from settings, titles and addresses of bulletins alone, before anything is made.

use crate::model::Model;
use crate::model::config::Config;
use crate::model::entry::EntryIx;
use crate::model::handouts::Names;
use crate::print::choice;
use crate::print::layout::{Format, Layout};
use crate::text::pinyin;

/// A handout.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Handout {
    /// What it is made of.
    pub owner: Owner,
    /// The name of its layout.
    layout: &'static str,
}

/// What a handout is made of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// A bulletin.
    Bulletin(EntryIx),
    /// A booklet of the settings, by its number.
    Booklet(usize),
    /// A village's officers and the hotlines, by the village's code.
    Village(String),
}

/// What is made of a handout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Itself.
    Sheets,
    /// Its pages two by two, to be folded and stapled.
    Imposed,
    /// A small picture of its first page.
    Thumbnail,
}

/// Where the files of a handout go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetFiles {
    folder: String,
    stem: String,
    ending: &'static str,
    imposed: &'static str,
    thumbnail: &'static str,
}

/// Where handouts of no single bulletin stand, and the gallery.
pub const FOLDER: &str = "/handouts/";
/// Longest title in a file's name, in characters; three bytes each, and a layout's name behind it.
const TITLE: usize = 24;

impl Handout {
    /// A handout.
    pub fn new(owner: Owner, layout: &'static Layout) -> Self {
        Self { owner, layout: layout.name }
    }

    /// How it is laid out.
    ///
    /// # Panics
    /// Never: handouts are made from layouts.
    pub fn layout(&self) -> &'static Layout {
        Layout::named(self.layout).expect("made from a layout")
    }

    /// The bulletin that it is made of, where it is one.
    pub fn bulletin(&self) -> Option<EntryIx> {
        match self.owner {
            Owner::Bulletin(ix) => Some(ix),
            Owner::Booklet(_) | Owner::Village(_) => None,
        }
    }

    /// What is made of it.
    pub fn forms(&self) -> &'static [Form] {
        if self.folds() {
            &[Form::Sheets, Form::Imposed, Form::Thumbnail]
        } else {
            &[Form::Sheets, Form::Thumbnail]
        }
    }

    /// Whether it is folded and stapled, and so wants its pages two by two as well.
    pub fn folds(&self) -> bool {
        self.layout == "booklet"
    }
}

/// Every handout that the site publishes: of bulletins in the order of their files, then booklets, then villages.
pub fn all(model: &Model) -> Vec<Handout> {
    let bulletins = model.entries().flat_map(|(ix, _)| of_bulletin(model, ix));
    bulletins.chain(of_settings(&model.config)).collect()
}

/// The handouts of a bulletin.
pub fn of_bulletin(model: &Model, ix: EntryIx) -> Vec<Handout> {
    let entry = model.entry(ix);
    if entry.expired {
        return Vec::new();
    }
    let layouts = choice::layouts(&model.config, entry).into_iter();
    layouts.map(|layout| Handout::new(Owner::Bulletin(ix), layout)).collect()
}

/// The handouts that belong to no single bulletin.
///
/// # Panics
/// If there is no layout for booklets or cards, which the registry has.
pub fn of_settings(config: &Config) -> Vec<Handout> {
    if config.handouts.off {
        return Vec::new();
    }
    let booklet = Layout::named("booklet").expect("there is such a layout");
    let booklets =
        (0..config.handouts.booklets.len()).map(|number| Handout::new(Owner::Booklet(number), booklet));
    let villages = choice::of_site(config).into_iter().flat_map(|layout| {
        choice::villages(config).map(move |code| Handout::new(Owner::Village(code.to_owned()), layout))
    });
    booklets.chain(villages).collect()
}

impl SheetFiles {
    /// Where the files of a handout go.
    pub fn of(model: &Model, handout: &Handout) -> Self {
        let bulletin = match handout.owner {
            Owner::Bulletin(ix) => {
                let entry = model.entry(ix);
                Some((entry.address.as_str(), entry.title()))
            }
            Owner::Booklet(_) | Owner::Village(_) => None,
        };
        Self::new(&model.config, &|word| pinyin::slug(word, &model.words.readings), bulletin, handout)
    }

    fn new(
        config: &Config,
        slug: &dyn Fn(&str) -> String,
        bulletin: Option<(&str, &str)>,
        handout: &Handout,
    ) -> Self {
        let layout = handout.layout();
        let chinese = config.handouts.options.names == Names::Chinese;
        let (folder, plain, title) = match &handout.owner {
            Owner::Bulletin(_) => {
                let (address, title) = bulletin.expect("given for bulletins");
                let last = address.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
                (address.to_owned(), last.to_owned(), title.to_owned())
            }
            Owner::Booklet(number) => {
                let booklet = &config.handouts.booklets[*number];
                let name = booklet
                    .slug
                    .as_ref()
                    .map_or_else(|| slug(&booklet.title.value), |slug| slug.value.clone());
                let name = if name.is_empty() { format!("booklet-{}", number + 1) } else { name };
                (FOLDER.to_owned(), name, booklet.title.value.clone())
            }
            Owner::Village(code) => {
                let name = config.area(code).map_or_else(|| code.clone(), |area| area.name.clone());
                (FOLDER.to_owned(), code.clone(), name)
            }
        };
        let title = if chinese { named(&title) } else { String::new() };
        let stem = match title.as_str() {
            "" => format!("{plain}-{}", layout.name),
            title => format!("{title}-{}", layout.chinese),
        };
        let ending = match layout.format {
            Format::Pdf => "pdf",
            Format::Png => "png",
        };
        let [imposed, thumbnail] = if chinese { ["-拼版", "-小图"] } else { ["-imposed", "-small"] };
        Self { folder, stem, ending, imposed, thumbnail }
    }

    /// The address of one of its files.
    pub fn address(&self, form: Form) -> String {
        format!("{}{}", self.folder, self.file_name(form))
    }

    /// The name of its file with several copies on a sheet.
    pub fn copies_name(&self, copies: usize) -> String {
        format!("{}-{copies}x.{}", self.stem, self.ending)
    }

    /// The name of one of its files.
    pub fn file_name(&self, form: Form) -> String {
        let Self { stem, ending, imposed, thumbnail, .. } = self;
        match form {
            Form::Sheets => format!("{stem}.{ending}"),
            Form::Imposed => format!("{stem}{imposed}.{ending}"),
            Form::Thumbnail => format!("{stem}{thumbnail}.jpg"),
        }
    }
}

/// A title as a file's name.
fn named(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric() || *c == '-').take(TITLE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::OutPath;

    #[test]
    fn titles_become_names_that_every_disk_holds() {
        assert_eq!(named("“客服”说要退款？先挂电话！"), "客服说要退款先挂电话");
        assert_eq!(named("con: a/b\\c*?<>|"), "conabc");
        let long = named(&"长".repeat(300));
        assert!(OutPath::new(&format!("handouts/{long}-分享卡片-小图.jpg")).is_ok());
    }
}

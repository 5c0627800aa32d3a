//! `yuanba new`: a site that builds as it is, or a bulletin from its kind's form.
//!
//! Refuses: writing over anything.
//! Invariant: what is made passes `yuanba check`.
#![expect(clippy::disallowed_methods, reason = "cli/ makes new sites (DESIGN §3, rule 9)")]

use super::terminal::Terminal;
use super::{Common, Ending, locate};
use crate::build::results::ResultFolder;
use crate::build::write::{Reason, WriteError};
use crate::desk::{form, new_site};
use crate::diag::{Message, Sink};
use crate::model::kind::Kind;
use crate::model::words::Words;
use crate::source::Sources;
use crate::source::front_matter::parse_yaml;
use crate::text::{self, pinyin};
use crate::world::path::fits_every_disk;
use crate::world::{OpenFolder, VPath, World, replace, shown};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// Options of `new`.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, arg_required_else_help = true)]
pub struct Args {
    /// 新网站的文件夹 / folder of the new site
    folder: Option<PathBuf>,
    /// 示例里的方言词换成普通话 / the sample's local words in common Chinese
    #[arg(long, requires = "folder")]
    plain: bool,
    /// 空白网站：只有栏目和待填的设置，没有示例 / no samples: sections, and settings to fill in
    #[arg(long, alias = "空白", requires = "folder", conflicts_with = "plain")]
    empty: bool,
    #[command(subcommand)]
    what: Option<What>,
}

/// What else can be new.
#[derive(Debug, clap::Subcommand)]
enum What {
    /// 新建一篇 / a new bulletin
    Bulletin {
        /// 类型，如 tip 或 反诈提示 / its kind
        kind: String,
        /// 标题 / its title
        title: String,
    },
}

/// Runs it.
pub fn run(common: &Common, args: &Args) -> Ending {
    let terminal = Terminal::new(common);
    match (&args.what, &args.folder) {
        (Some(What::Bulletin { kind, title }), _) => bulletin(common, terminal, kind, title),
        (None, Some(folder)) => site(&terminal, folder, args),
        (None, None) => Ending::Usage,
    }
}

fn site(terminal: &Terminal, folder: &Path, args: &Args) -> Ending {
    let place = match ResultFolder::at(None, folder) {
        Ok(place) => place,
        Err(error) => return locate::refuse(terminal, &error),
    };
    let occupied = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if occupied || folder.is_file() {
        terminal.complain(&Message::new("cli-folder-exists").with("path", shown(folder)));
        terminal.complain(&Message::new("cli-folder-exists-hint"));
        return Ending::Usage;
    }
    let written = if args.empty { write_empty(place.path()) } else { write_site(place.path(), args.plain) };
    match written {
        Ok(()) => {
            let id = if args.empty { "cli-new-empty-site" } else { "cli-new-site" };
            terminal.say(&Message::new(id).with("path", shown(folder)));
            terminal.say(&Message::new("cli-new-site-next"));
            Ending::Done
        }
        Err(error) => failed(terminal, folder, &error),
    }
}

fn failed(terminal: &Terminal, path: &Path, error: &io::Error) -> Ending {
    terminal.complain(&Message::new("cli-cannot-write").with("path", shown(path)).with("reason", error));
    Ending::Failed
}

/// The list of the sample's local words; a site in common words needs none.
const LOCAL: &str = "content/words/local.yaml";

/// What git is not to keep.
const IGNORED: &[u8] = b"/public/\n/handouts/\n/.yuanba/\n";

fn write_empty(folder: &Path) -> io::Result<()> {
    for (path, bytes) in new_site::empty() {
        let file = path.split('/').fold(folder.to_owned(), |folder, part| folder.join(part));
        if let Some(parent) = file.parent() {
            std::fs::create_dir_all(parent)?;
        }
        replace::create(&file, bytes)?;
    }
    replace::create(&folder.join(".gitignore"), IGNORED)
}

fn write_site(folder: &Path, plain: bool) -> io::Result<()> {
    let local = if plain { local_words() } else { BTreeMap::new() };
    std::fs::create_dir_all(folder)?;
    for (path, bytes) in crate::world::embedded_site() {
        if plain && **path == *LOCAL {
            continue;
        }
        let file = path.split('/').fold(folder.to_owned(), |folder, part| folder.join(part));
        if let Some(parent) = file.parent() {
            std::fs::create_dir_all(parent)?;
        }
        if &**path == crate::model::addresses::PATH {
            // The addresses are the same, the site is another.
            replace::create(&file, crate::build::addresses::for_new_site(bytes)?.as_bytes())?;
            continue;
        }
        let is_text = path.ends_with(".md") || path.ends_with(".yaml");
        match std::str::from_utf8(bytes) {
            Ok(words) if plain && is_text => {
                replace::create(&file, text::dialect::in_common_words(words, &local).as_bytes())?;
            }
            _ => replace::create(&file, bytes)?,
        }
    }
    replace::create(&folder.join(".gitignore"), IGNORED)
}

/// The local words that the sample names, with their common forms.
fn local_words() -> BTreeMap<String, String> {
    let (mut sources, mut sink, mut words) = (Sources::default(), Sink::new(), Words::default());
    let file = crate::world::embedded_site().iter().find(|(path, _)| ***path == *LOCAL);
    if let Some((path, bytes)) = file {
        let id = sources.intern(path);
        let node = parse_yaml(id, &String::from_utf8_lossy(bytes), &mut sink);
        words.read(&node, &mut sink);
    }
    words.local
}

fn bulletin(common: &Common, terminal: Terminal, kind: &str, title: &str) -> Ending {
    let Some(kind) = Kind::parse(kind.trim()).filter(|kind| *kind != Kind::Page) else {
        let kinds: Vec<String> =
            Kind::BULLETINS.iter().map(|kind| format!("{} {}", kind.name(), kind.chinese())).collect();
        terminal
            .complain(&Message::new("cli-unknown-kind").with("kind", kind).with("kinds", kinds.join("、")));
        return Ending::Usage;
    };
    let site = match locate::site(common, &terminal) {
        Ok(site) => site,
        Err(ending) => return ending,
    };
    let world = &site.world;
    let model = site.collect(&mut Sink::new());
    let terminal = terminal.in_language_of(common, &model.config.language);
    let section = model.sections_in_order().find(|section| section.kind == kind);
    let dir = section.map_or_else(|| kind.name().to_owned(), |section| section.dir.clone());
    if section.is_none() {
        terminal.say(
            &Message::new("cli-no-section")
                .with("kind", kind.chinese())
                .with("path", format!("content/{dir}/")),
        );
    }
    let slug = pinyin::slug(title, &model.words.readings);
    let stem = if slug.is_empty() { kind.name().to_owned() } else { slug };
    let now = world.now().to_zoned(model.config.zone.clone());
    let text = form::form(kind, title, &now, &model.config);
    if !fits_every_disk(&format!("{stem}.md")) {
        let path = format!("content/{dir}/{stem}.md");
        return locate::refuse(&terminal, &WriteError::new(path, Reason::BadName));
    }
    let Some(path) = free_path(world.root(), &dir, &stem) else { return Ending::Failed };
    let file = world.root().join(&*path);
    let made = OpenFolder::open(world.root()).and_then(|root| {
        let (above, name) = path.rsplit_once('/').ok_or(io::ErrorKind::InvalidFilename)?;
        root.within(above)?.create(name, text.as_bytes())
    });
    match made {
        Ok(()) => {
            terminal.print(&terminal.words(&Message::new("cli-new-bulletin").with("path", &path)));
            Ending::Done
        }
        Err(error) => failed(&terminal, &file, &error),
    }
}

/// A name that is not taken: `slug.md`, `slug-2.md` …
fn free_path(root: &Path, dir: &str, stem: &str) -> Option<VPath> {
    (1..1000)
        .map(|number| {
            if number == 1 {
                format!("content/{dir}/{stem}.md")
            } else {
                format!("content/{dir}/{stem}-{number}.md")
            }
        })
        .find(|path| !root.join(path).exists() && !root.join(path.trim_end_matches(".md")).exists())
        .and_then(|path| VPath::new(&path).ok())
}

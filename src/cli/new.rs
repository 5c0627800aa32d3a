//! `yuanba new`: a site that builds as it is, or a bulletin from its kind's form.
//!
//! Refuses: writing over anything.
//! Invariant: what is made passes `yuanba check`.
#![expect(clippy::disallowed_methods, reason = "cli/ makes new sites (DESIGN §3, rule 9)")]

use super::terminal::Terminal;
use super::{Common, Ending, locate};
use crate::build::results::ResultFolder;
use crate::build::write::{Reason, WriteError};
use crate::desk::{form, new_site, recent, samples};
use crate::diag::{Message, Sink};
use crate::model::kind::Kind;
use crate::text::pinyin;
use crate::world::path::fits_every_disk;
use crate::world::{OpenFolder, VPath, World, shown};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// Options of `new`.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
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
    /// 把没改过的示例拿掉：文章、图片、数字、村社区、民警；先列出来再问 / take the untouched samples out
    #[arg(long, alias = "去掉示例", conflicts_with_all = ["folder", "plain", "empty"])]
    remove_samples: bool,
    /// 不问，直接拿掉 / without asking
    #[arg(long, short, requires = "remove_samples")]
    yes: bool,
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
    if args.remove_samples {
        return remove_samples(common, terminal, args.yes);
    }
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
    let begin = if args.empty {
        new_site::Begin::Empty
    } else if args.plain {
        new_site::Begin::Plain
    } else {
        new_site::Begin::Sample
    };
    let written = new_site::write(place.path(), begin);
    match written {
        Ok(()) => {
            recent::note(&std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()));
            let id = if args.empty { "cli-new-empty-site" } else { "cli-new-site" };
            terminal.say(&Message::new(id).with("path", shown(folder)));
            terminal.say(&Message::new("cli-new-site-next"));
            Ending::Done
        }
        Err(error) => failed(terminal, folder, &error),
    }
}

/// How many paths are listed by name.
const LISTED: usize = 12;

fn remove_samples(common: &Common, terminal: Terminal, yes: bool) -> Ending {
    let world = match locate::open(common, &terminal) {
        Ok(world) => world,
        Err(ending) => return ending,
    };
    let terminal = locate::in_language_of(&world, common, terminal);
    let removal = samples::look(&world);
    if removal.files.is_empty() {
        terminal.complain(&Message::new("cli-samples-none"));
        return Ending::Done;
    }
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for path in &removal.files {
        let below = path.trim_start_matches("content/");
        *folders.entry(below.split_once('/').map_or(below, |(folder, _)| folder)).or_default() += 1;
    }
    terminal.complain(&Message::new("cli-samples-found").with("count", removal.files.len()));
    for (folder, count) in folders {
        terminal.complain(&Message::new("cli-samples-folder").with("folder", folder).with("count", count));
    }
    if !removal.lines.is_empty() {
        terminal.complain(&Message::new("cli-samples-lines").with("count", removal.lines.len()));
        removal.lines.iter().for_each(|line| eprintln!("    {line}"));
    }
    if !removal.changed.is_empty() {
        let names: Vec<&str> = removal.changed.iter().map(|path| &**path).take(LISTED).collect();
        let message = Message::new("cli-samples-changed").with("count", removal.changed.len());
        terminal.complain(&message.with("names", names.join("、")));
    }
    if !yes && !super::fix::agreed(&terminal, &Message::new("cli-samples-ask")) {
        terminal.complain(&Message::new("cli-samples-kept"));
        return Ending::Done;
    }
    match samples::remove(&world, &removal) {
        Ok(removed) => {
            terminal.say(&Message::new("cli-samples-removed").with("count", removed));
            Ending::Done
        }
        Err(error) => failed(&terminal, world.root(), &error),
    }
}

fn failed(terminal: &Terminal, path: &Path, error: &io::Error) -> Ending {
    terminal.complain(&Message::new("cli-cannot-write").with("path", shown(path)).with("reason", error));
    Ending::Failed
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

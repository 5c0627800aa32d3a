//! `yuanba theme`: for those who change how a site looks.
//!
//! Refuses: writing over a file of the site's own.
//! Invariant: a file is copied with a line that tells where it came from.
#![expect(clippy::disallowed_methods, reason = "cli/ asks for the surroundings (DESIGN §3, rule 9)")]

use super::terminal::Terminal;
use super::{Common, Ending, locate};
use crate::diag::Message;
use crate::output::template::original::{self, Standing};
use crate::world::{OpenFolder, World};
use std::io::Write as _;

/// Options of `theme`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

/// What to do with the theme.
#[derive(Debug, clap::Subcommand)]
enum What {
    /// 列出能换的文件，哪些已经换了 / what may be replaced, and what is
    List,
    /// 拿一个文件出来改 / a copy of a file, to change
    Eject {
        /// 文件，如 templates/page.html / the file
        file: String,
        /// 只看，不写文件 / print it only
        #[arg(long)]
        stdout: bool,
    },
    /// 各模板看得到哪些数据：名称、种类、例子 / what each template sees: names, types, examples
    Docs,
}

/// What templates see; written by a test that renders the sample (`build::views`).
const DOCS: &str = include_str!("../../themes/default/README.md");

/// Runs it.
pub fn run(common: &Common, args: &Args) -> Ending {
    let terminal = Terminal::new(common);
    match &args.what {
        What::List => list(common, terminal),
        What::Eject { file, stdout } => eject(common, terminal, file, *stdout),
        What::Docs => {
            terminal.print(DOCS.trim_end());
            Ending::Done
        }
    }
}

fn list(common: &Common, terminal: Terminal) -> Ending {
    let site = match locate::site(common, &terminal) {
        Ok(site) => site,
        Err(ending) => return ending,
    };
    let name = site.collect(&mut crate::diag::Sink::new()).config.theme.clone();
    let terminal = locate::in_language_of(&site.world, common, terminal);
    for file in original::files() {
        let own = crate::world::VPath::new(&format!("themes/{name}/{}", file.path)).ok();
        let state = match own.and_then(|path| site.world.read(&path).ok()) {
            None => "cli-theme-built-in",
            Some(bytes) if original::is_unchanged(file.path, &bytes) => "cli-theme-copy",
            Some(bytes) => match original::standing(file.path, &bytes) {
                Standing::Old(_) => "cli-theme-old",
                Standing::Current | Standing::Unknown => "cli-theme-own",
            },
        };
        let state = terminal.words(&Message::new(state));
        terminal.print(format!("{state}\t{}\t{}", file.path, file.about).trim_end());
    }
    Ending::Done
}

fn eject(common: &Common, terminal: Terminal, word: &str, stdout: bool) -> Ending {
    let found = original::named(word);
    let [path] = found[..] else {
        let id = if found.is_empty() { "cli-theme-unknown" } else { "cli-theme-several" };
        terminal.complain(&Message::new(id).with("file", word).with("files", found.join("、")));
        return Ending::Usage;
    };
    let Some(bytes) = original::copy(path) else { return Ending::Failed };
    if stdout {
        let _ = std::io::stdout().lock().write_all(&bytes);
        return Ending::Done;
    }
    let site = match locate::site(common, &terminal) {
        Ok(site) => site,
        Err(ending) => return ending,
    };
    let name = site.collect(&mut crate::diag::Sink::new()).config.theme.clone();
    let terminal = locate::in_language_of(&site.world, common, terminal);
    let below = format!("themes/{name}/{path}");
    let file = site.world.root().join(&below);
    if file.symlink_metadata().is_ok() {
        terminal.complain(&Message::new("cli-theme-taken").with("path", &below));
        return Ending::Usage;
    }
    let made = OpenFolder::open(site.world.root()).and_then(|root| {
        let (above, name) = below.rsplit_once('/').ok_or(std::io::ErrorKind::InvalidFilename)?;
        root.within(above)?.create(name, &bytes)
    });
    match made {
        Ok(()) => {
            terminal.print(&below);
            terminal.say(&Message::new("cli-theme-ejected").with("path", &below));
            Ending::Done
        }
        Err(error) => {
            terminal.complain(&Message::new("cli-cannot-write").with("path", &below).with("reason", error));
            Ending::Failed
        }
    }
}

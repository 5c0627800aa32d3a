//! `yuanba serve`: the site in memory, shown on this machine only, rebuilt on change.
//!
//! Refuses: listening to other machines, and every path that is not a file of the site.
//! Invariant: a request is answered from one whole build; nothing is read from disk for it.

use super::terminal::Terminal;
use super::{Common, Ending, locate};
use crate::build::preview::{Preview, Shown};
use crate::build::run::kept_slugs;
use crate::diag::{Message, Report, page};
use crate::host::preview_server::{Server, Site};
use crate::model::collect::Options;
use crate::world::DiskWorld;
use notify_debouncer_full::notify::{Config, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use notify_debouncer_full::{DebounceEventResult, RecommendedCache, new_debouncer_opt};
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

/// Options of `serve`.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command")]
pub struct Args {
    /// 端口；被占用就用下一个 / port; the next one if it is taken
    #[arg(long, default_value_t = 8000, value_name = "N")]
    port: u16,
    /// 打开浏览器 / open a browser
    #[arg(long)]
    open: bool,
    /// 连草稿一起看 / drafts too
    #[arg(long)]
    drafts: bool,
    /// 连印品一起做，慢一些 / handouts too, which takes longer
    #[arg(long)]
    handouts: bool,
    /// 隔几秒看一遍文件，用于不通知改动的网络盘 / look every few seconds, for drives that tell of no changes
    #[arg(long)]
    poll: bool,
}

/// How long the disk has to be quiet before a build begins.
const QUIET: Duration = Duration::from_millis(250);

/// How often files are looked at where the system tells of no changes.
const POLL: Duration = Duration::from_secs(2);

/// Runs it until it is interrupted.
pub fn run(common: &Common, args: &Args) -> Ending {
    let terminal = Terminal::new(common);
    let world = match locate::open(common, &terminal) {
        Ok(world) => world,
        Err(ending) => return ending,
    };
    let root = world.root().to_owned();
    let server = match Server::start(args.port) {
        Ok(server) => server,
        Err(error) => {
            terminal.complain(&Message::new("serve-no-port").with("port", args.port).with("reason", error));
            return Ending::Failed;
        }
    };
    let (tell, changes) = mpsc::channel();
    let watching = watch(&root, tell, args.poll);
    // Pages of the preview link to the preview, whatever the settings' address is.
    let address = format!("http://127.0.0.1:{}", server.port());
    let options = Options {
        drafts: args.drafts,
        without_handouts: !args.handouts,
        base_url: Some(address.clone()),
        kept_slugs: kept_slugs(&root),
        ..Options::default()
    };
    let mut preview = Preview::new();
    let terminal = show(common, terminal, &server, preview.build(&world, &options));
    terminal.complain(&Message::new("serve-at").with("address", format!("{address}/")));
    if watching.is_none() {
        terminal.complain(&Message::new("serve-no-watch"));
    }
    if args.open {
        super::browser::open(&format!("{address}/"));
    }
    while changes.recv().is_ok() {
        // More may have come in meanwhile; one build answers all of it.
        while changes.try_recv().is_ok() {}
        let Ok(world) = DiskWorld::open(&root) else { continue };
        show(common, terminal, &server, preview.build(&world, &options));
    }
    Ending::Failed
}

/// Puts a build on show, and says what was found.
fn show(common: &Common, terminal: Terminal, server: &Server, shown: Shown) -> Terminal {
    let terminal = terminal.in_language_of(common, &shown.language);
    let report = Report::new(shown.found, &shown.sources);
    terminal.findings(&report, &shown.sources);
    let failed = shown.files.is_none();
    let errors = (!report.is_empty()).then(|| page::render(&report, &shown.sources, terminal.language));
    server.show(Site { files: shown.files, findings: errors, failed });
    if !failed {
        terminal.say(&Message::new("serve-built").with("made", shown.made));
    }
    terminal
}

/// Watches the folders that a site is made from. Where the system tells of no changes, they are looked at every two
/// seconds instead.
fn watch(root: &Path, tell: mpsc::Sender<()>, poll: bool) -> Option<Box<dyn std::any::Any>> {
    let told = move |result: DebounceEventResult| {
        if let Ok(events) = result
            && events.iter().any(|event| !event.kind.is_access())
        {
            let _ = tell.send(());
        }
    };
    if !poll && let Some(watching) = watched::<RecommendedWatcher>(root, told.clone(), Config::default()) {
        return Some(watching);
    }
    // Times of files on network drives can be wrong by hours, so their contents are compared.
    let config = Config::default().with_poll_interval(POLL).with_compare_contents(true);
    watched::<PollWatcher>(root, told, config)
}

fn watched<W: Watcher + 'static>(
    root: &Path,
    told: impl FnMut(DebounceEventResult) + Send + 'static,
    config: Config,
) -> Option<Box<dyn std::any::Any>> {
    let mut watcher =
        new_debouncer_opt::<_, W, RecommendedCache>(QUIET, None, told, RecommendedCache::new(), config)
            .ok()?;
    watcher.watch(root.join("content"), RecursiveMode::Recursive).ok()?;
    // A site without themes of its own has no such folder.
    let _ = watcher.watch(root.join("themes"), RecursiveMode::Recursive);
    Some(Box::new(watcher))
}

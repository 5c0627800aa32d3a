//! `yuanba serve`: the site in memory, shown on this machine only, rebuilt on change.
//!
//! Refuses: listening to other machines, and every path that is not a file of the site.
//! Invariant: a request is answered from one whole build; nothing is read from disk for it.

use super::terminal::Terminal;
use super::{Common, Ending, locate};
use crate::build::live::{Live, Next};
use crate::build::preview::Shown;
use crate::build::run::kept_slugs;
use crate::desk::recent;
use crate::diag::{Message, Report, codes, page};
use crate::host::preview_server::{Server, Site};
use crate::host::writer::Writer;
use crate::model::collect::Options;
use std::collections::BTreeSet;

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

/// Runs it until it is interrupted.
pub fn run(common: &Common, args: &Args) -> Ending {
    let terminal = Terminal::new(common);
    let world = match locate::open(common, &terminal) {
        Ok(world) => world,
        Err(ending) => return ending,
    };
    let root = world.root().to_owned();
    recent::note(&root);
    let server = match Server::start(args.port) {
        Ok(server) => server,
        Err(error) => {
            terminal.complain(&Message::new("serve-no-port").with("port", args.port).with("reason", error));
            return Ending::Failed;
        }
    };
    // Pages of the preview link to the preview, whatever the settings' address is.
    let address = format!("http://127.0.0.1:{}", server.port());
    let options = Options {
        drafts: args.drafts,
        unreviewed: true,
        without_handouts: !args.handouts,
        base_url: Some(address.clone()),
        kept_slugs: kept_slugs(&root),
        ..Options::default()
    };
    let mut live = Live::follow(&root, options, args.poll);
    let mut terminal = terminal;
    let mut writer = Writer::default();
    let (mut told, mut seedless, mut said) = (false, false, BTreeSet::new());
    while let Some(next) = live.coming() {
        match next {
            Next::Shown(shown) => {
                let was = std::mem::replace(&mut seedless, shown.prepared.statistics.kept().seedless);
                terminal = show(common, terminal, &server, &mut writer, &mut said, *shown);
                if seedless && !was {
                    terminal.say(&Message::new("cli-no-seed"));
                }
            }
            Next::Said(message) => terminal.complain(&message),
        }
        if !told {
            told = true;
            terminal.complain(&Message::new("serve-at").with("address", format!("{address}/")));
            if args.open {
                super::browser::open(&format!("{address}/"));
            }
        }
    }
    terminal.complain(&Message::new("serve-no-watch"));
    Ending::Failed
}

/// Puts a build on show, and says what was found.
fn show(
    common: &Common,
    terminal: Terminal,
    server: &Server,
    writer: &mut Writer,
    told: &mut BTreeSet<Message>,
    shown: Shown,
) -> Terminal {
    let model = &shown.prepared.model;
    let terminal = terminal.in_language_of(common, &model.config.language);
    let report = Report::new(shown.found, &model.sources);
    // What photographs carry does not change from save to save: it is said once.
    let news = report
        .findings()
        .iter()
        .filter(|one| one.code != codes::PHOTO_METADATA || told.insert(one.message.clone()));
    terminal.findings(&Report::new(news.cloned().collect(), &model.sources), &model.sources);
    let failed = shown.files.is_none();
    let errors = (!report.is_empty()).then(|| page::render(&report, &model.sources, terminal.language));
    if !failed {
        writer.follow(model, &shown.made, terminal.language);
    }
    server.show(Site { files: shown.files, findings: errors, failed, writer: writer.clone() });
    if !failed {
        terminal.say(&Message::new("serve-built").with("made", shown.made.len()));
    }
    terminal
}

//! `yuanba print`.
//!
//! Refuses: writing into the site's pages; handouts go into a folder of their own.
//! Invariant: exit code 0 means that every handout that was asked for is there.

use super::check::{covers, inside, is_wanted};
use super::progress::Bar;
use super::terminal::Terminal;
use super::{Common, Ending, locate};
use crate::build::results::ResultFolder;
use crate::build::sheets::{self, Outcome, Request};
use crate::build::write::{Reason, WriteError};
use crate::diag::{Diagnostic, Level, Message, Report};
use crate::model::collect::Options;
use crate::print::layout::{LAYOUTS, Layout};
use crate::world::shown;
use std::path::{Path, PathBuf};

/// Options of `print`.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// 只做这些文章或文件夹，草稿也可以 / these bulletins or folders only; drafts too
    paths: Vec<PathBuf>,
    /// 做哪一种，如 单页 或 flyer，可以写几次 / which layout; may be given several times
    #[arg(long, short, value_name = "LAYOUT", value_parser = parse_layout)]
    layout: Vec<String>,
    /// 一张 A4 印几份：1、2、4 / copies on one A4 sheet: 1, 2 or 4
    #[arg(long, default_value_t = 1, value_name = "N")]
    copies: usize,
    /// 画出裁切线 / show where to cut
    #[arg(long)]
    marks: bool,
    /// 四边多出 3 毫米，送印刷厂用 / 3 mm of bleed, for print shops
    #[arg(long)]
    bleed: bool,
    /// 草稿也做，印上“草稿” / drafts too, stamped as such
    #[arg(long)]
    drafts: bool,
    /// 放到哪个文件夹（默认网站文件夹里的 handouts） / where they go
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    /// 换一个网址，二维码指向它 / another address than the settings', for QR codes
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
}

fn parse_layout(name: &str) -> Result<String, String> {
    let all: Vec<String> = LAYOUTS.iter().map(|one| format!("{} {}", one.name, one.chinese)).collect();
    Layout::named(name).map(|layout| layout.name.to_owned()).ok_or_else(|| all.join("、"))
}

/// Makes every handout of the settings.
pub fn all(common: &Common, output: Option<PathBuf>, base_url: Option<String>, drafts: bool) -> Ending {
    run(common, &Args { output, base_url, drafts, copies: 1, ..Args::default() })
}

/// Runs it.
pub fn run(common: &Common, args: &Args) -> Ending {
    let terminal = Terminal::new(common);
    if !matches!(args.copies, 1 | 2 | 4) {
        terminal.complain(&Message::new("cli-bad-copies").with("copies", args.copies));
        return Ending::Usage;
    }
    if let Some(url) = &args.base_url
        && crate::model::config::parse_base_url(url).is_none()
    {
        terminal.complain(&Message::new("cli-bad-base-url").with("url", url));
        return Ending::Usage;
    }
    let world = match locate::open(common, &terminal) {
        Ok(world) => world,
        Err(ending) => return ending,
    };
    let output = match &args.output {
        Some(output) => std::path::absolute(output).unwrap_or_else(|_| output.clone()),
        None => world.root().join("handouts"),
    };
    let place = ResultFolder::at(Some(world.root()), &output).and_then(|place| {
        // Who names no folder gets one in the site, not where a link of somebody else's leads.
        let inside = args.output.is_some() || place.path().starts_with(world.root());
        if inside { Ok(place) } else { Err(WriteError::new(&output, Reason::InTheWay)) }
    });
    let output = match place {
        Ok(place) => place,
        Err(error) => return locate::refuse(&locate::in_language_of(&world, common, terminal), &error),
    };
    let request = Request {
        site: world.root(),
        output: &output,
        // Who names a draft wants to see it on paper.
        options: Options {
            drafts: args.drafts || !args.paths.is_empty(),
            base_url: args.base_url.clone(),
            ..Options::default()
        },
        paths: args.paths.iter().map(|path| inside(&world, path)).collect(),
        layouts: args.layout.iter().filter_map(|name| Layout::named(name)).collect(),
        copies: args.copies,
        marks: args.marks,
        bleed: args.bleed,
    };
    let outcome = sheets::run(&world, &request, &covers, &Bar::new(common.quiet, terminal.language));
    let terminal = terminal.in_language_of(common, &outcome.prepared.model.config.language);
    let ending = report(&terminal, &outcome, output.path(), &request.paths);
    std::mem::forget(outcome);
    ending
}

/// What was found: all of it where it refuses, else what speaks of the files that were asked for.
fn report(terminal: &Terminal, outcome: &Outcome, output: &Path, wanted: &[String]) -> Ending {
    if let Some(path) = &outcome.stray {
        let held = outcome.prepared.model.held.iter();
        let held: Vec<_> = held.filter(|held| covers(path, &held.path)).collect();
        for one in &held {
            let reason = terminal.words(&super::build::reason(&one.reason));
            let message = Message::new("cli-print-held").with("title", &one.title);
            terminal.complain(&message.with("reason", reason));
        }
        if !held.is_empty() {
            return Ending::Refused;
        }
        terminal.complain(&Message::new("cli-nothing-to-print").with("path", path));
        return Ending::Usage;
    }
    let sources = &outcome.prepared.model.sources;
    let speaks_of = |finding: &Diagnostic| {
        wanted.is_empty() || finding.level >= Level::Deny || is_wanted(finding, sources, wanted)
    };
    let found = outcome.found.iter().filter(|finding| speaks_of(finding)).cloned().collect();
    let report = Report::new(found, sources);
    terminal.findings(&report, sources);
    outcome.notes.iter().for_each(|note| terminal.say(note));
    if let Some(error) = &outcome.disk {
        return locate::refuse(terminal, error);
    }
    match &outcome.written {
        None => {
            terminal.complain(&Message::new("cli-print-refused"));
            Ending::Refused
        }
        Some(files) => {
            files.iter().for_each(|file| terminal.print(&shown(file)));
            if files.is_empty() {
                terminal.say(&Message::new("cli-printed-none"));
            } else {
                let count = Message::new("cli-printed").with("count", files.len());
                terminal.say(&count.with("path", shown(output)));
            }
            if report.worst() >= Level::Deny { Ending::Refused } else { Ending::Done }
        }
    }
}

//! `yuanba build`.
//!
//! Refuses: parts that this version cannot make.
//! Invariant: exit code 0 means that `public/` is this site, whole.
#![expect(clippy::disallowed_methods, reason = "cli/ asks for the surroundings (DESIGN §3, rule 9)")]

use super::progress::Bar;
use super::terminal::Terminal;
use super::{Common, Ending, locate};
use crate::build::run::{Outcome, Request, run as build};
use crate::build::standing::Withheld;
pub use crate::build::standing::reason;
use crate::build::write::Recovered;
use crate::diag::{Message, Report};
use crate::model::collect::Options;
use crate::world::shown;
use std::path::PathBuf;

/// Options of `build`.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 放到哪个文件夹（默认 public） / where it goes
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    /// 换一个网址生成 / another address than the settings'
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// 连草稿一起生成，页面上注明“草稿” / drafts too, stamped as such
    #[arg(long)]
    drafts: bool,
    /// 只生成一部分 / a part only
    #[arg(long, value_enum, value_name = "PART")]
    only: Option<Part>,
    /// 有警告也不发布 / warnings refuse too
    #[arg(long)]
    deny_warnings: bool,
    /// 每个文件都重新读，不看修改时间 / read every file, whatever its time says
    #[arg(long)]
    full: bool,
    /// 连压缩好的 .br、.gz 一起放好，供服务器直接发送 / packed forms beside texts, for servers
    #[arg(long)]
    compress: bool,
    /// 说出网站下一次自己变化的时刻（到期、到时公布） / when the site next changes by itself
    #[arg(long)]
    until: bool,
    /// 说明每个文件为什么重新生成 / why each file is made anew
    #[arg(long)]
    why: bool,
    /// 各步用了多久 / how long each stage took
    #[arg(long)]
    timings: bool,
}

/// Parts of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// 网页，不带印品 / pages without handouts
    Site,
    /// 印品，放进 handouts/ / handouts, into handouts/
    Handouts,
}

/// Runs it.
pub fn run(common: &Common, args: &Args) -> Ending {
    let terminal = Terminal::new(common);
    if let Some(url) = &args.base_url
        && crate::model::config::parse_base_url(url).is_none()
    {
        terminal.complain(&Message::new("cli-bad-base-url").with("url", url));
        return Ending::Usage;
    }
    if args.only == Some(Part::Handouts) {
        return super::print::all(common, args.output.clone(), args.base_url.clone(), args.drafts);
    }
    let world = match locate::open(common, &terminal) {
        Ok(world) => world,
        Err(ending) => return ending,
    };
    let output = match &args.output {
        Some(output) => std::path::absolute(output).unwrap_or_else(|_| output.clone()),
        None => world.root().join(crate::desk::site::OUTPUT),
    };
    let options = Options {
        drafts: args.drafts,
        full: args.full,
        compress: args.compress,
        without_handouts: args.only == Some(Part::Site),
        base_url: args.base_url.clone(),
        ..Options::default()
    };
    let request = Request {
        site: world.root(),
        output: &output,
        named: args.output.is_some(),
        options,
        program: locate::program(),
        deny_warnings: args.deny_warnings,
    };
    let outcome = build(&world, &request, &Bar::new(common.quiet, terminal.language));
    let terminal = match (&outcome.prepared, &outcome.standing) {
        (Some(prepared), _) => terminal.in_language_of(common, &prepared.model.config.language),
        (None, Some(standing)) => terminal.in_language_of(common, &standing.language),
        (None, None) => locate::in_language_of(&world, common, terminal),
    };
    let ending = report(&terminal, &outcome, &output, args);
    if let (Some(prepared), Some(_)) = (&outcome.prepared, &outcome.summary) {
        crate::lint::rules::let_pass(&prepared.model).iter().for_each(|message| terminal.say(message));
        super::released::after_build(
            &terminal,
            &prepared.statistics,
            prepared.model.now.date(),
            world.root(),
        );
    }
    if let Some(standing) = &outcome.standing {
        standing.figures.iter().for_each(|message| terminal.complain(message));
    }
    if args.until {
        terminal.print(&until(&outcome).map_or_else(|| "-".to_owned(), |moment| moment.to_string()));
    }
    // The model of a large site takes longer to take apart than the system needs to reclaim it.
    std::mem::forget(outcome);
    ending
}

/// When the site next changes by itself.
fn until(outcome: &Outcome) -> Option<jiff::Timestamp> {
    match (&outcome.prepared, &outcome.standing) {
        (Some(prepared), _) => {
            let model = &prepared.model;
            let next = model.now.next_change()?.to_zoned(model.config.zone.clone()).ok()?;
            Some(next.timestamp())
        }
        (None, Some(standing)) => standing.until,
        (None, None) => None,
    }
}

fn report(terminal: &Terminal, outcome: &Outcome, output: &std::path::Path, args: &Args) -> Ending {
    let nothing = crate::source::Sources::new();
    let (sources, found) = match (&outcome.prepared, &outcome.standing) {
        (Some(prepared), _) => (&prepared.model.sources, &outcome.found),
        (None, Some(standing)) => (&standing.sources, &standing.found),
        (None, None) => (&nothing, &outcome.found),
    };
    terminal.findings(&Report::new(found.clone(), sources), sources);
    outcome.notes.iter().for_each(|note| terminal.say(note));
    match outcome.recovered {
        Recovered::Nothing => {}
        Recovered::Finished => terminal.say(&Message::new("output-recovered-finished")),
        Recovered::Dropped => terminal.say(&Message::new("output-recovered-dropped")),
    }
    if args.why {
        for (path, dep) in &outcome.why {
            let reason = match dep {
                Some(dep) => terminal.words(&Message::new("cli-why-changed").with("dep", dep)),
                None => terminal.words(&Message::new("cli-why-new")),
            };
            terminal.print(&format!("{path}\t{reason}"));
        }
    }
    if args.timings {
        for (stage, time) in &outcome.timings {
            terminal.print(&format!("{stage}\t{:.3} s", time.as_secs_f64()));
        }
    }
    held(terminal, outcome);
    let path = shown(output);
    match &outcome.summary {
        Some(summary) => {
            for carried in &summary.carried {
                terminal.say(&Message::new("cli-carried").with("path", carried));
            }
            for left in &summary.left {
                terminal.complain(&Message::new("cli-left").with("path", left));
            }
            for (file, name) in &summary.aside {
                terminal.complain(&Message::new("cli-aside").with("path", file).with("name", name));
            }
            let id = if summary.written + summary.removed == 0 { "cli-same" } else { "cli-done" };
            let mut message = Message::new(id).with("path", path).with("unchanged", summary.unchanged);
            if id == "cli-done" {
                message = message.with("written", summary.written).with("removed", summary.removed);
            }
            terminal.say(&message);
            Ending::Done
        }
        None => {
            let id = if output.join("index.html").is_file() { "cli-kept" } else { "cli-kept-none" };
            terminal.complain(&Message::new(id));
            if outcome.disk.is_some() { Ending::Failed } else { Ending::Refused }
        }
    }
}

/// Every build says what it held back, and why.
fn held(terminal: &Terminal, outcome: &Outcome) {
    let held = match (&outcome.prepared, &outcome.standing) {
        (Some(prepared), _) => Withheld::all(prepared),
        (None, Some(standing)) => standing.held.clone(),
        (None, None) => return,
    };
    if held.is_empty() || terminal.quiet {
        return;
    }
    terminal.say(&Message::new("cli-held").with("count", held.len()));
    for one in held {
        eprintln!("  {}  {}  ({})", one.path, one.title, terminal.words(&one.reason));
    }
}

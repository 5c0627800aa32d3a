//! `yuanba check`.
//!
//! Refuses: writing anything, unless `--fix` and a person or `--yes` ask for it.
//! Invariant: with `--format json` or `github` standard output holds findings and nothing else.

use super::terminal::Terminal;
use super::{Common, Ending, fix, locate};
use crate::build;
use crate::diag::{Diagnostic, Files, Level, Message, Report, Sink, github, json};
use crate::world::DiskWorld;
use std::path::PathBuf;

/// Options of `check`.
#[derive(Debug, Clone, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub struct Args {
    /// 只看这些文件或文件夹 / these files or folders only
    paths: Vec<PathBuf>,
    /// 输出的形式 / form of the output
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORM")]
    format: Format,
    /// 有警告也算不通过 / warnings refuse too
    #[arg(long)]
    deny_warnings: bool,
    /// 每个文件都重新读，不看修改时间 / read every file, whatever its time says
    #[arg(long)]
    full: bool,
    /// 能改的当场改：先给看，同意了才改 / mend what is sure: shown first, made when agreed
    #[arg(long)]
    fix: bool,
    /// 不问，全改（给脚本用） / make all mends without asking, for scripts
    #[arg(long, requires = "fix", conflicts_with = "dry_run")]
    yes: bool,
    /// 只给看，不改 / show the mends and change nothing
    #[arg(long, requires = "fix")]
    dry_run: bool,
}

/// Forms of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// 给人看 / for people
    Text,
    /// 一行一条，给程序 / one object a line
    Json,
    /// 代码平台的标注 / annotations of code hosts
    Github,
}

/// Runs it.
pub fn run(common: &Common, args: &Args) -> Ending {
    let terminal = Terminal::new(common);
    let mut site = match locate::site(common, &terminal) {
        Ok(site) => site,
        Err(ending) => return ending,
    };
    site.options.full = args.full;
    // What waits for signatures is checked as it stands.
    site.options.unreviewed = true;
    let mut sink = Sink::new();
    let prepared = site.prepare(&mut sink);
    let _ = build::check(&prepared, &mut sink);
    site.store.save();
    let terminal = terminal.in_language_of(common, &prepared.model.config.language);
    let sources = &prepared.model.sources;
    let mut found = sink.take();
    if !args.paths.is_empty() {
        let wanted: Vec<String> = args.paths.iter().map(|path| inside(&site.world, path)).collect();
        if let Some(stray) = wanted.iter().find(|path| !known(&prepared, path)) {
            terminal.complain(&Message::new("cli-nothing-at").with("path", stray));
            return Ending::Usage;
        }
        found.retain(|finding| is_wanted(finding, sources, &wanted));
    }
    if args.fix {
        let asked = match (args.yes, args.dry_run) {
            (true, _) => fix::Asked::Yes,
            (_, true) => fix::Asked::Dry,
            _ => fix::Asked::Each,
        };
        match fix::run(&terminal, &site.world, sources, &found, asked) {
            // What is left is found anew.
            fix::Came::Mended => return run(common, &Args { fix: false, yes: false, ..args.clone() }),
            fix::Came::Failed(ending) => return ending,
            fix::Came::Nothing => {}
        }
    }
    let report = Report::new(found, sources);
    site.notes().iter().for_each(|note| terminal.say(note));
    match args.format {
        Format::Text => {
            terminal.findings(&report, sources);
            // What is suppressed may be chosen otherwise once there is a seed.
            if prepared.statistics.kept().seedless {
                terminal.say(&Message::new("cli-no-seed"));
            }
            if report.is_empty() {
                terminal.say(&Message::new("cli-check-clean"));
            }
        }
        Format::Json => print!("{}", json::render(&report, sources, terminal.language)),
        Format::Github => print!("{}", github::render(&report, sources, terminal.language, "")),
    }
    let refused = report.worst() >= Level::Deny || (args.deny_warnings && !report.is_empty());
    std::mem::forget(prepared);
    if refused { Ending::Refused } else { Ending::Done }
}

/// A path as the site names it.
pub(super) fn inside(world: &DiskWorld, path: &std::path::Path) -> String {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let real = dunce(&whole);
    let below = real.strip_prefix(world.root()).map_or(path, |below| below);
    below.to_string_lossy().replace('\\', "/").trim_end_matches('/').to_owned()
}

#[expect(clippy::disallowed_methods, reason = "cli/ asks for the surroundings (DESIGN §3, rule 9)")]
fn dunce(path: &std::path::Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

pub(super) fn covers(wanted: &str, path: &str) -> bool {
    wanted.is_empty() || path == wanted || path.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('/'))
}

fn known(prepared: &build::Prepared, wanted: &str) -> bool {
    let model = &prepared.model;
    model.sources.paths().any(|path| covers(wanted, path))
        || model.assets.public.iter().any(|file| covers(wanted, file))
        || model.assets.others.keys().any(|path| covers(wanted, path))
}

pub(super) fn is_wanted(finding: &Diagnostic, files: &dyn Files, wanted: &[String]) -> bool {
    let Some(span) = finding.primary else { return true };
    wanted.iter().any(|path| covers(path, files.path(span.file)))
}

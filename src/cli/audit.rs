//! `yuanba audit`.
//!
//! Refuses: a release of figures that are not protected, and a second release of one name.
//! Invariant: what `--json` and `--release` write is made from what is published, never from the raw counts.
#![expect(clippy::disallowed_methods, reason = "cli/ asks for the surroundings (DESIGN §3, rule 9)")]

use super::terminal::Terminal;
use super::{Common, Ending, locate, released};
use crate::build::results::ResultFile;
use crate::diag::{Diagnostic, Files, Level, Message, Report, Sink};
use crate::model::Model;
use crate::model::dataset::FOLDER;
use crate::statistics::ledger;
use crate::statistics::protect::{Done, protect_study, studies};
use crate::statistics::published;
use crate::statistics::safe::SafeData;
use crate::statistics::standing;
use std::path::PathBuf;
use std::time::Instant;

/// Options of `audit`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 把公布的全部数字写进这个文件，供核查 / write what is published, for checking
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// 记下这一期，以后各期都和它一起核查（名称默认为今天） / keep this release in the ledger
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    release: Option<String>,
}

/// Runs it.
pub fn run(common: &Common, args: &Args) -> Ending {
    let terminal = Terminal::new(common);
    let site = match locate::site(common, &terminal) {
        Ok(site) => site.keeping(),
        Err(ending) => return ending,
    };
    let world = &site.world;
    let json = match args.json.as_ref().map(|file| ResultFile::at(Some(world.root()), file)).transpose() {
        Ok(json) => json,
        Err(error) => return locate::refuse(&locate::in_language_of(world, common, terminal), &error),
    };
    let mut sink = Sink::new();
    if let Err(finding) = crate::build::seed::ensure(world.root()) {
        sink.report(*finding);
    }
    let model = site.collect(&mut sink);
    let terminal = terminal.in_language_of(common, &model.config.language);
    let releases = ledger::read_all(&model, &mut sink);
    let mut lines = Vec::new();
    let mut safe = SafeData::default();
    for datasets in studies(&model) {
        let begin = Instant::now();
        if let Some(done) = protect_study(&model, &datasets, &releases, &site.store, &mut sink) {
            let time = if done.kept {
                terminal.words(&Message::new("audit-kept"))
            } else {
                format!("{} ms", begin.elapsed().as_millis())
            };
            lines.extend(describe(&done, &time, &terminal));
            safe.extend(done.datasets);
        }
    }
    let mut found = sink.take();
    found.retain(|finding| concerns(finding, &model));
    let report = Report::new(found, &model.sources);
    terminal.findings(&report, &model.sources);
    if !terminal.quiet && !lines.is_empty() {
        terminal.print(&terminal.words(&Message::new("audit-head")));
        lines.iter().for_each(|line| terminal.print(line));
    }
    if report.worst() >= Level::Deny {
        return Ending::Refused;
    }
    if safe.datasets().next().is_none() {
        terminal.say(&Message::new("audit-nothing"));
    }
    if let Some(json) = json
        && let Err(error) =
            json.write(released::text(&published::document(&safe, &releases)).as_bytes(), is_document)
    {
        return locate::refuse(&terminal, &error);
    }
    let kept = standing::kept(&model, &safe, &releases);
    released::begin_digests(&terminal, &kept, world.root());
    kept.standing.told_hidden().iter().for_each(|message| terminal.complain(message));
    match &args.release {
        Some(name) => released::keep(&terminal, &kept, &safe, world.root(), (name, model.now.date())),
        None => Ending::Done,
    }
}

/// A line for each table and chart: name, sort, cells, hidden for themselves, hidden for others, narrowest interval, time.
fn describe(done: &Done, time: &str, terminal: &Terminal) -> Vec<String> {
    let mut lines = Vec::new();
    for (dataset, reports) in done.datasets.iter().zip(&done.reports) {
        for report in reports {
            let narrowest = report.narrowest.map_or_else(|| "–".to_owned(), |width| width.to_string());
            let sort = if report.chart { "audit-chart" } else { "audit-table" };
            lines.push(
                [
                    format!("{}/{}", dataset.name(), report.name),
                    terminal.words(&Message::new(sort)),
                    report.cells.to_string(),
                    report.small.to_string(),
                    report.others.to_string(),
                    narrowest,
                    time.to_owned(),
                ]
                .join("\t"),
            );
        }
    }
    lines
}

/// Whether a finding is about statistics.
fn concerns(finding: &Diagnostic, model: &Model) -> bool {
    let inside = |path: &str| path.strip_prefix(FOLDER).is_some_and(|rest| rest.starts_with('/'));
    finding.code.id.starts_with('S')
        || finding.primary.is_some_and(|span| inside(model.sources.path(span.file)))
}

/// Whether a file holds what an earlier `--json` wrote.
fn is_document(bytes: &[u8]) -> bool {
    let parts = ["dims", "measures", "tables", "rates"];
    serde_json::from_slice(bytes)
        .is_ok_and(|document: serde_json::Value| parts.iter().all(|part| document.get(part).is_some()))
}

//! `yuanba review`: who owes what, and what blocks publication.
//!
//! Invariant: with `--format json` standard output holds one object and nothing else; exit code 1 means that the log has a fault.

use super::check::{covers, inside};
use super::terminal::Terminal;
use super::{Common, Ending, locate};
use crate::build::results::ResultFile;
use crate::desk::review::Desk;
use crate::diag::{Message, Report, Sink};
use crate::model::review::{ChangedText, Standing, Stands};
use crate::print::review_form::MARK;
use crate::world::{VPath, shown};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Options of `review`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 输出的形式 / form of the output
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORM")]
    format: Format,
    /// 做一张审核表，打印出来签字 / a sheet of this bulletin to sign by hand
    #[arg(long, value_name = "PATH")]
    form: Option<PathBuf>,
    /// 审核表放到哪个文件 / where the sheet goes
    #[arg(long, short, value_name = "FILE", requires = "form")]
    output: Option<PathBuf>,
}

/// Forms of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// 给人看 / for people
    Text,
    /// 给程序 / for programs
    Json,
}

/// Runs it.
pub fn run(common: &Common, args: &Args) -> Ending {
    let terminal = Terminal::new(common);
    let world = match locate::open(common, &terminal) {
        Ok(world) => world,
        Err(ending) => return ending,
    };
    let desk = Desk::open(world);
    desk.site.store.save();
    let terminal = terminal.in_language_of(common, &desk.model().config.language);
    if !desk.model().config.review.on() {
        terminal.complain(&Message::new("review-off"));
        if args.format == Format::Json {
            terminal.print(&serde_json::json!({"on": false}).to_string());
        }
        return Ending::Done;
    }
    if let Some(path) = &args.form {
        return form(&terminal, &desk, path, args.output.as_deref());
    }
    let mut sink = Sink::new();
    let _ = crate::build::check(&desk.prepared, &mut sink);
    let faults: Vec<_> =
        sink.take().into_iter().filter(|one| one.code == crate::diag::codes::REVIEW_LOG).collect();
    let broken = !faults.is_empty();
    terminal.findings(&Report::new(faults, &desk.model().sources), &desk.model().sources);
    match args.format {
        Format::Json => terminal.print(&json(&desk).to_string()),
        Format::Text => text(&terminal, &desk, broken),
    }
    if broken { Ending::Refused } else { Ending::Done }
}

/// Makes the sheet of a bulletin.
fn form(terminal: &Terminal, desk: &Desk, path: &Path, output: Option<&Path>) -> Ending {
    let wanted = desk.below(&inside(&desk.site.world, path));
    let Some(entry) = desk.model().entries.iter().find(|entry| covers(&wanted, &entry.path)) else {
        terminal.complain(&Message::new("review-nothing-at").with("path", wanted));
        return Ending::Usage;
    };
    let stem =
        entry.path.trim_end_matches(".md").trim_end_matches("/index").rsplit('/').next().unwrap_or("-");
    let name = output.map_or_else(|| PathBuf::from(format!("审核表-{stem}.pdf")), Path::to_owned);
    let file = match ResultFile::at(Some(desk.site.world.root()), &name) {
        Ok(file) => file,
        Err(error) => return locate::refuse(terminal, &error),
    };
    let Ok(bytes) = desk.form(entry, terminal.language) else {
        terminal.complain(&Message::new("review-form-failed").with("title", entry.title()));
        return Ending::Failed;
    };
    let is_ours = |bytes: &[u8]| bytes.windows(MARK.len()).any(|window| window == MARK);
    if let Err(error) = file.write(&bytes, is_ours) {
        return locate::refuse(terminal, &error);
    }
    terminal.print(&terminal.words(&Message::new("review-form-made").with("path", shown(&name))));
    Ending::Done
}

/// The bulletins in their groups.
struct Groups<'d> {
    blocked: Vec<(&'d VPath, &'d Standing)>,
    changed: Vec<(&'d VPath, &'d Standing)>,
    urgent: Vec<(&'d VPath, &'d Standing)>,
    baseline: Vec<(&'d VPath, &'d Standing)>,
}

fn groups(desk: &Desk) -> Groups<'_> {
    let all = || desk.model().reviews.standing.iter();
    let pick = |wanted: &dyn Fn(&Standing) -> bool| all().filter(|(_, one)| wanted(one)).collect();
    Groups {
        blocked: pick(&|one| !one.is_approved() && one.before.is_none()),
        changed: pick(&|one| !one.is_approved() && one.before.is_some()),
        urgent: pick(&|one| matches!(one.stands, Stands::Urgent(_))),
        baseline: pick(&|one| one.stands == Stands::Baseline),
    }
}

/// How many bulletins wait for each level.
fn owed(desk: &Desk) -> Vec<(String, Vec<String>, usize)> {
    let review = &desk.model().config.review;
    let levels = review.levels.iter().chain(&review.heavy);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for standing in desk.model().reviews.standing.values().filter(|one| one.stands != Stands::Baseline) {
        standing.missing.iter().for_each(|level| *counts.entry(level).or_default() += 1);
    }
    levels
        .filter_map(|level| {
            Some((level.name.clone(), level.who.clone(), counts.get(level.name.as_str()).copied()?))
        })
        .collect()
}

fn state(standing: &Standing) -> &'static str {
    match &standing.stands {
        Stands::Approved => "approved",
        Stands::Baseline => "baseline",
        Stands::Urgent(_) => "urgent",
        _ if standing.before.is_some() => "changed",
        Stands::Rejected(..) => "rejected",
        Stands::Pending | Stands::Overdue(_) => "pending",
        Stands::Unsigned => "unsigned",
    }
}

/// A state in words.
pub(super) fn state_words(standing: &Standing) -> Message {
    Message::new(match state(standing) {
        "approved" => "review-state-approved",
        "baseline" => "review-state-baseline",
        "urgent" => "review-state-urgent",
        "changed" => "review-state-changed",
        "rejected" => "review-state-rejected",
        "pending" => "review-state-pending",
        _ => "review-state-unsigned",
    })
}

fn text(terminal: &Terminal, desk: &Desk, broken: bool) {
    let say = |message: &Message| terminal.print(&terminal.words(message));
    let groups = groups(desk);
    let head = |id, group: &Vec<(&VPath, &Standing)>| {
        if !group.is_empty() {
            say(&Message::new(id).with("count", group.len()));
        }
    };
    head("review-head-blocked", &groups.blocked);
    groups.blocked.iter().for_each(|(path, standing)| lines(terminal, path, standing));
    head("review-head-changed", &groups.changed);
    groups.changed.iter().for_each(|(path, standing)| lines(terminal, path, standing));
    head("review-head-urgent", &groups.urgent);
    groups.urgent.iter().for_each(|(path, standing)| lines(terminal, path, standing));
    head("review-head-baseline", &groups.baseline);
    for (path, standing) in &groups.baseline {
        terminal.print(&format!("  {path}  {}", standing.title));
    }
    let owed = owed(desk);
    if owed.is_empty() {
        say(&Message::new("review-all-done"));
    } else {
        say(&Message::new("review-head-owed"));
    }
    for (level, who, count) in owed {
        let names =
            if who.is_empty() { terminal.words(&Message::new("review-anybody")) } else { who.join("、") };
        let message = Message::new("review-owes").with("level", level).with("names", names);
        terminal.print(&format!("  {}", terminal.words(&message.with("count", count))));
    }
    if !broken {
        say(&Message::new("review-log-sound").with("count", desk.book().log.records.len()));
    }
}

fn lines(terminal: &Terminal, path: &VPath, standing: &Standing) {
    terminal.print(&format!("  [{}] {path}  {}", terminal.words(&state_words(standing)), standing.title));
    let line = |message: Message| terminal.print(&format!("      {}", terminal.words(&message)));
    if let Stands::Rejected(name, reason) = &standing.stands {
        line(Message::new("review-why-rejected").with("name", name).with("reason", reason));
    }
    if !standing.signed.is_empty() {
        let signed: Vec<String> =
            standing.signed.iter().map(|one| format!("{} {}", one.level, one.name)).collect();
        line(Message::new("review-line-signed").with("signed", signed.join("、")));
    }
    if !standing.missing.is_empty() {
        line(Message::new("review-line-missing").with("levels", standing.missing.join("、")));
    }
    if let Some(before) = &standing.before {
        line(before.message(&standing.title));
        if let ChangedText::Places(_, places) = &before.changed.text {
            for one in places {
                for (sign, text) in [("-", &one.was), ("+", &one.is)] {
                    if !text.is_empty() {
                        terminal.print(&format!("        {:>4} {sign} {text}", one.line));
                    }
                }
            }
        }
    }
}

fn json(desk: &Desk) -> serde_json::Value {
    let reviews = &desk.model().reviews;
    let one = |(path, standing): (&VPath, &Standing)| {
        let signed: Vec<_> = standing
            .signed
            .iter()
            .map(|one| serde_json::json!({"level": one.level, "name": one.name, "at": one.at, "note": one.note}))
            .collect();
        let entry = desk.model().entry_at(path).map(|ix| desk.model().entry(ix));
        serde_json::json!({
            "path": path.to_string(),
            "title": standing.title,
            "state": state(standing),
            "approved": standing.is_approved(),
            "signed": signed,
            "missing": standing.missing,
            "hash": entry.map(|entry| desk.parts(entry).hash()),
        })
    };
    let bulletins: Vec<_> = reviews.standing.iter().map(one).collect();
    let owed: Vec<_> = owed(desk)
        .into_iter()
        .map(|(level, who, count)| serde_json::json!({"level": level, "who": who, "count": count}))
        .collect();
    let blocked: Vec<_> = groups(desk).blocked.iter().map(|(path, _)| path.to_string()).collect();
    serde_json::json!({
        "on": true,
        "log": {"sound": reviews.log.is_empty(), "records": desk.book().log.records.len()},
        "bulletins": bulletins,
        "owed": owed,
        "blocked": blocked,
    })
}

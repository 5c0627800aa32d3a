//! `yuanba list`.
//!
//! Invariant: one line a bulletin: state, path, address, title, divided by tabs.

use super::terminal::Terminal;
use super::{Common, Ending, locate};
use crate::diag::{Message, Sink};
use jiff::ToSpan;

/// Options of `list`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 只列这一种状态 / this state only
    #[arg(long, value_enum)]
    state: Option<State>,
}

/// States of a bulletin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum State {
    /// 没有发布的 / held back
    #[value(name = "未发布", aliases = ["held", "没有发布"])]
    Held,
    /// 已发布的 / published
    #[value(name = "已发布", alias = "published")]
    Published,
    /// 三十天内到期的 / expiring within thirty days
    #[value(name = "快到期", aliases = ["expiring", "到期"])]
    Expiring,
}

impl State {
    fn words(self) -> Message {
        Message::new(match self {
            Self::Held => "cli-list-held",
            Self::Published => "cli-list-published",
            Self::Expiring => "cli-list-expiring",
        })
    }
}

/// Runs it.
pub fn run(common: &Common, args: &Args) -> Ending {
    let terminal = Terminal::new(common);
    let site = match locate::site(common, &terminal) {
        Ok(site) => site,
        Err(ending) => return ending,
    };
    let prepared = site.prepare(&mut Sink::new());
    let model = &prepared.model;
    let terminal = terminal.in_language_of(common, &model.config.language);
    site.notes().iter().for_each(|note| terminal.say(note));
    let mut lines = Vec::new();
    for entry in &model.entries {
        let expires = entry.meta.expires.as_ref().map(|when| when.value);
        let soon = expires.is_some_and(|when| model.now.is_after(when.end().saturating_sub(30.days())));
        let state = if soon { State::Expiring } else { State::Published };
        let wanted = match args.state {
            None | Some(State::Published) => true,
            Some(State::Expiring) => soon,
            Some(State::Held) => false,
        };
        if wanted {
            let state = terminal.words(&state.words());
            lines.push(format!("{state}\t{}\t{}\t{}", entry.path, entry.address, entry.title()));
        }
    }
    if matches!(args.state, None | Some(State::Held)) {
        for held in &model.held {
            let reason = terminal.words(&super::build::reason(&held.reason));
            let state = terminal.words(&State::Held.words());
            lines.push(format!("{state}\t{}\t{}\t{} ({reason})", held.path, held.address, held.title));
        }
    }
    if lines.is_empty() {
        terminal.say(&Message::new("cli-list-empty"));
    }
    lines.iter().for_each(|line| terminal.print(line));
    Ending::Done
}

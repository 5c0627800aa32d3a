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
    /// 几天之内到期算快到期 / how many days before its end a bulletin counts as expiring
    #[arg(long, value_name = "N", default_value_t = 30)]
    days: u16,
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
    /// 已过期的 / whose time is over
    #[value(name = "已过期", aliases = ["expired", "过期"])]
    Expired,
    /// 没有审完的 / not approved
    #[value(name = "未审完", aliases = ["unapproved", "未审核"])]
    Unapproved,
    /// 快到期的 / expiring soon
    #[value(name = "快到期", aliases = ["expiring", "到期"])]
    Expiring,
}

impl State {
    fn words(self) -> Message {
        Message::new(match self {
            Self::Held => "cli-list-held",
            Self::Published => "cli-list-published",
            Self::Expiring => "cli-list-expiring",
            Self::Expired => "cli-list-expired",
            Self::Unapproved => "cli-list-unapproved",
        })
    }
}

/// Runs it.
pub fn run(common: &Common, args: &Args) -> Ending {
    let terminal = Terminal::new(common);
    let mut site = match locate::site(common, &terminal) {
        Ok(site) => site,
        Err(ending) => return ending,
    };
    site.options.unreviewed = true;
    let prepared = site.prepare(&mut Sink::new());
    let model = &prepared.model;
    let terminal = terminal.in_language_of(common, &model.config.language);
    site.notes().iter().for_each(|note| terminal.say(note));
    let mut lines = Vec::new();
    for entry in &model.entries {
        let expires = entry.meta.expires.as_ref().map(|when| when.value);
        let soon = !entry.expired
            && expires.is_some_and(|when| {
                model.now.is_after(when.end().saturating_sub(i64::from(args.days).days()))
            });
        let standing = model.reviews.standing.get(&entry.path).filter(|one| !one.is_approved());
        let state = match standing {
            Some(_) => State::Unapproved,
            None if entry.expired => State::Expired,
            None if soon => State::Expiring,
            None => State::Published,
        };
        let wanted = match args.state {
            None => true,
            Some(State::Published) => standing.is_none(),
            Some(State::Expiring) => soon,
            Some(State::Expired) => entry.expired,
            Some(State::Unapproved) => standing.is_some(),
            Some(State::Held) => false,
        };
        if wanted {
            let state = terminal.words(&state.words());
            let stands =
                standing.map(|one| format!(" ({})", terminal.words(&super::review::state_words(one))));
            let stands = stands.unwrap_or_default();
            lines.push(format!("{state}\t{}\t{}\t{}{stands}", entry.path, entry.address, entry.title()));
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

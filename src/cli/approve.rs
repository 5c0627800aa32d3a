//! `yuanba approve` and `yuanba reject`.
//!
//! Refuses: what the settings of reviews do not allow; nothing is recorded then.
//! Invariant: exit code 0 means that all that was asked for is recorded.

use super::check::{covers, inside};
use super::terminal::Terminal;
use super::{Common, Ending, locate};
use crate::desk::review::{Asked, Desk, Refusal};
use std::path::PathBuf;

/// Options of `approve`.
#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
pub struct Args {
    /// 审哪几篇；写文件夹，就是里面等这一级签的各篇 / bulletins, or folders of them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// 谁签 / who signs
    #[arg(long = "as", value_name = "NAME")]
    name: String,
    /// 签哪一级，如 初审 / which level
    #[arg(long, value_name = "LEVEL")]
    level: String,
    /// 意见；急发的写为什么等不得 / what they say
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

/// Options of `reject`.
#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
pub struct RejectArgs {
    /// 退回哪几篇 / bulletins
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// 谁退回 / who sends them back
    #[arg(long = "as", value_name = "NAME")]
    name: String,
    /// 哪里要改 / what is to be mended
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

/// Signs.
pub fn run(common: &Common, args: &Args) -> Ending {
    record(common, &args.paths, &args.name, Some(args.level.trim()), args.note.as_deref())
}

/// Sends back.
pub fn reject(common: &Common, args: &RejectArgs) -> Ending {
    record(common, &args.paths, &args.name, None, Some(&args.reason))
}

fn record(common: &Common, paths: &[PathBuf], name: &str, level: Option<&str>, note: Option<&str>) -> Ending {
    let terminal = Terminal::new(common);
    let world = match locate::open(common, &terminal) {
        Ok(world) => world,
        Err(ending) => return ending,
    };
    let desk = Desk::open(world);
    let terminal = terminal.in_language_of(common, &desk.model().config.language);
    let paths: Vec<String> = paths.iter().map(|path| desk.below(&inside(&desk.site.world, path))).collect();
    let asked = Asked { paths: &paths, name, level, note };
    let ending = match desk.record(&asked, &covers) {
        Ok(told) => {
            told.iter().for_each(|message| terminal.print(&terminal.words(message)));
            Ending::Done
        }
        Err(Refusal::Asked(messages)) => {
            messages.iter().for_each(|message| terminal.complain(message));
            let usage = messages.iter().any(|message| {
                matches!(message.id, "review-nothing-at" | "review-level-unknown" | "review-nobody")
            });
            if usage { Ending::Usage } else { Ending::Refused }
        }
        Err(Refusal::Disk(message)) => {
            terminal.complain(&message);
            Ending::Failed
        }
    };
    desk.site.store.save();
    ending
}

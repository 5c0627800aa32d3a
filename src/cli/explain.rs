//! `yuanba explain`.
//!
//! Refuses: codes that do not exist, naming near ones.
//! Invariant: every code has its page.

use super::terminal::Terminal;
use super::{Common, Ending};
use crate::diag::Message;
use crate::lint::explain::{explain, nearest};
use crate::lint::rules;

/// Options of `explain`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 编号或名称，如 L301；不写就列出全部 / a code or a name; all of them without one
    code: Option<String>,
}

/// Runs it.
pub fn run(common: &Common, args: &Args) -> Ending {
    let terminal = Terminal::new(common);
    let Some(word) = &args.code else {
        for code in rules::codes() {
            terminal.print(&format!("{}  {}", code.id, code.name));
        }
        return Ending::Done;
    };
    match explain(word, terminal.language) {
        Some(text) => {
            terminal.print(text.trim_end());
            Ending::Done
        }
        None => {
            terminal.complain(&Message::new("cli-unknown-code").with("code", word));
            let near = nearest(word);
            if !near.is_empty() {
                let names: Vec<String> =
                    near.iter().map(|code| format!("{} {}", code.id, code.name)).collect();
                terminal.complain(&Message::new("cli-nearest-codes").with("codes", names.join("、")));
            }
            Ending::Usage
        }
    }
}

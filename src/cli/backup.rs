//! `yuanba backup`.
//!
//! Refuses: writing over an earlier backup.
//! Invariant: exit code 0 means that the file was read back and holds the whole site.
#![expect(clippy::disallowed_methods, reason = "cli/ asks for the surroundings (DESIGN §3, rule 9)")]

use super::terminal::Terminal;
use super::{Common, Ending, locate};
use crate::desk::backup::{Blame, Refused, pack};
use crate::diag::{Message, Report};
use crate::world::{World, shown};
use std::path::PathBuf;

/// Options of `backup`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 备份成哪个文件，如 U盘上的 院坝备份.zip；是文件夹就放进去，以日期为名 / the file; into a folder it goes under today's date
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Runs it.
pub fn run(common: &Common, args: &Args) -> Ending {
    let (world, terminal) = match locate::begin(common) {
        Ok(begun) => begun,
        Err(ending) => return ending,
    };
    let mut file = args.file.clone();
    if file.is_dir() {
        // Days are those of China, where the sites are; the settings may not be readable.
        let day = world.now().to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8))).date();
        file.push(format!("yuanba-{day}.zip"));
    }
    match pack::back_up(&world, &file) {
        Ok(made) => {
            let message = Message::new("backup-done").with("path", shown(&made.path));
            terminal.complain(&message.with("files", made.files).with("size", made.size));
            if made.has_figures {
                terminal.say(&Message::new("backup-secret"));
            }
            Ending::Done
        }
        Err(refused) => refuse(&terminal, refused),
    }
}

/// Says why nothing came of it.
pub(super) fn refuse(terminal: &Terminal, refused: Refused) -> Ending {
    let Refused { found, sources, blame } = refused;
    terminal.findings(&Report::new(found, &*sources), &*sources);
    match blame {
        Blame::Site => Ending::Refused,
        Blame::Place => Ending::Usage,
        Blame::Disk => Ending::Failed,
    }
}

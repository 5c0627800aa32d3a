//! `yuanba restore`.
//!
//! Refuses: writing into a folder that holds anything.
//! Invariant: exit code 0 means that the folder holds every file of the backup, the same to the byte.

use super::terminal::Terminal;
use super::{Common, Ending};
use crate::desk::backup::unpack;
use crate::diag::Message;
use crate::world::shown;
use std::path::PathBuf;

/// Options of `restore`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 备份文件 / the backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// 恢复到哪个文件夹；要是新的或空的 / a folder that is new or empty
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Runs it.
pub fn run(common: &Common, args: &Args) -> Ending {
    let terminal = Terminal::new(common);
    match unpack::restore(&args.file, &args.folder) {
        Ok(made) => {
            let path = shown(&made.path);
            terminal.complain(&Message::new("restore-done").with("path", &path).with("files", made.files));
            terminal.say(&Message::new("restore-next").with("path", path));
            Ending::Done
        }
        Err(refused) => super::backup::refuse(&terminal, refused),
    }
}

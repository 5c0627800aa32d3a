//! Completions and the man page, both derived from the command line itself.
//!
//! Refuses: being written by hand.
//! Invariant: they name every command and option that exists.

use super::{Cli, Ending};
use clap::CommandFactory;

/// Options of `completions`.
#[derive(Debug, clap::Args)]
pub struct CompletionArgs {
    /// Which shell.
    shell: clap_complete::Shell,
}

/// Prints a completion script.
pub fn completions(args: &CompletionArgs) -> Ending {
    clap_complete::generate(args.shell, &mut Cli::command(), "yuanba", &mut std::io::stdout());
    Ending::Done
}

/// Prints the man page.
pub fn man() -> Ending {
    match clap_mangen::Man::new(Cli::command()).render(&mut std::io::stdout()) {
        Ok(()) => Ending::Done,
        Err(_) => Ending::Failed,
    }
}

//! `yuanba typeset`: what the program starts of itself to typeset handouts in. Nobody types it.

use super::Ending;
use crate::print::{isolate, serve};
use std::io::{stdin, stdout};

/// Options of `typeset`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 内存上限（MB） / limit of memory, in megabytes
    #[arg(long)]
    megabytes: u64,
}

/// Serves orders until the input ends.
pub fn run(args: &Args) -> Ending {
    match serve(stdin().lock(), stdout().lock(), args.megabytes) {
        Ok(()) => Ending::Done,
        Err(_) => Ending::Failed,
    }
}

/// Has every later document typeset in a child of this program. A limit of nought seconds stands for none, and for no child.
#[expect(clippy::disallowed_methods, reason = "cli/ asks for the surroundings (DESIGN §3, rule 9)")]
pub fn isolated() {
    let limits = super::guard::limits("YUANBA_TYPESET_SECONDS", "YUANBA_TYPESET_MEGABYTES");
    if limits.seconds == 0 {
        return;
    }
    // On Linux this name leads to the program that runs, also after another version was put in its place.
    let running = std::path::Path::new("/proc/self/exe");
    let program = if running.exists() { Ok(running.to_owned()) } else { std::env::current_exe() };
    if let Ok(program) = program {
        isolate(program, limits);
    }
}

//! throwaway
use super::*;
/// x
#[derive(Debug, clap::Args)]
pub struct Args {}
/// x
pub fn run(_: &Common, _: &Args) -> Ending { Ending::Done }

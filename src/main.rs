//! `yuanba`: parse the arguments, run a command, turn its outcome into an exit code.

fn main() -> std::process::ExitCode {
    yuanba::cli::main()
}

//! `yuanba`: parse the arguments, run a command, turn its outcome into an exit code.

/// Pages are made of many short strings on every core; measured against the system's allocator in `tests/bench/`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    yuanba::cli::main()
}

//! The program that libFuzzer drives: it makes up bytes, and the target that `YUANBA_FUZZ_TARGET` names is fed with them.
//!
//! One program holds all targets, since linking takes longer than most of them are run for. `tests/fuzz/run` builds it, with the
//! flags that let libFuzzer see which branches an input takes; it has no `main` of its own, for libFuzzer brings one.
//!
//! Invariant: whatever panics ends the process, which libFuzzer takes for a finding and keeps the bytes.
#![no_main]
#![expect(unsafe_code, reason = "libFuzzer calls by name, and hands over a pointer and a length")]

mod block;
mod folder;
mod front_matter;
mod markdown;
mod promises;
mod request;
mod table;

use std::ffi::{c_char, c_int};
use std::sync::LazyLock;

/// What feeds one reader.
type Target = fn(&[u8]);

const TARGETS: &[(&str, Target)] = &[
    ("front_matter", front_matter::run),
    ("markdown", markdown::run),
    ("block", block::run),
    ("table", table::run),
    ("folder", folder::run),
    ("request", request::run),
];

static TARGET: LazyLock<Target> = LazyLock::new(|| {
    let wanted = std::env::var("YUANBA_FUZZ_TARGET").unwrap_or_default();
    let found = TARGETS.iter().find(|(name, _)| *name == wanted);
    found.expect("YUANBA_FUZZ_TARGET names a target").1
});

/// Called once, before all else.
#[unsafe(no_mangle)]
pub extern "C" fn LLVMFuzzerInitialize(
    _count: *const c_int,
    _arguments: *const *const *const c_char,
) -> c_int {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |about| {
        usual(about);
        std::process::abort();
    }));
    LazyLock::force(&TARGET);
    0
}

/// Called with each input.
///
/// # Safety
/// So many bytes have to be there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn LLVMFuzzerTestOneInput(data: *const u8, length: usize) -> c_int {
    // Of nothing the pointer may be none.
    let bytes = if length == 0 {
        &[]
    } else {
        // SAFETY: libFuzzer's promise.
        unsafe { std::slice::from_raw_parts(data, length) }
    };
    TARGET(bytes);
    0
}

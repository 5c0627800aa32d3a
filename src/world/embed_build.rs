//! Runs before the program is compiled: `include_dir` alone would not notice a file that was added or removed.

fn main() {
    for path in ["themes/default", "content", "src/world/embed_build.rs"] {
        println!("cargo::rerun-if-changed={path}");
    }
}

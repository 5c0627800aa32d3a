//! The default theme and the default site, held in the program, so that `yuanba new` needs nothing else.
//!
//! Refuses: nothing; what is embedded was checked by the project's own tests.
//! Invariant: paths are those of the repository: `themes/default/…`, `content/…`.

use super::VPath;
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static THEME: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes/default");
static SITE: Dir = include_dir!("$CARGO_MANIFEST_DIR/content");

type Files = BTreeMap<VPath, &'static [u8]>;

/// The files of the built-in theme.
pub fn embedded_theme() -> &'static Files {
    static FILES: LazyLock<Files> = LazyLock::new(|| files(&THEME, "themes/default"));
    &FILES
}

/// The files of the default site.
pub fn embedded_site() -> &'static Files {
    static FILES: LazyLock<Files> = LazyLock::new(|| files(&SITE, "content"));
    &FILES
}

fn files(dir: &'static Dir, prefix: &str) -> Files {
    let mut found = BTreeMap::new();
    let mut waiting = vec![dir];
    while let Some(dir) = waiting.pop() {
        waiting.extend(dir.dirs());
        for file in dir.files() {
            let below = file.path().to_string_lossy().replace('\\', "/");
            if let Ok(path) = VPath::new(&format!("{prefix}/{below}")) {
                found.insert(path, file.contents());
            }
        }
    }
    found
}

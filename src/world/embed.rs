//! The default theme and the default site, held in the program, so that `yuanba new` needs nothing else.
//!
//! Refuses: leavings of editors that lay about when the program was made.
//! Invariant: paths are those of the repository: `themes/default/…`, `content/…`.

use super::{VPath, is_leaving};
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
            if !below.split('/').any(is_leaving) {
                let path =
                    VPath::new(&format!("{prefix}/{below}")).expect("the repository's own names are plain");
                found.insert(path, file.contents());
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_theme_and_the_site_are_there() {
        let path = |text: &str| VPath::new(text).expect("a path");
        assert!(embedded_theme().contains_key(&path("themes/default/text.zh-CN.yaml")));
        assert!(embedded_site().contains_key(&path("content/site.yaml")));
        assert!(embedded_site().keys().all(|path| path.is_inside("content")));
    }
}

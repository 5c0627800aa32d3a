//! The default theme and the default site, held in the program, so that `yuanba new` needs nothing else.
//!
//! A new site has no reviews: nobody is named yet who could sign. The repository's own site has, and shows how they work; its settings of them are carried along
//! as remarks, to be filled in.
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
    static FILES: LazyLock<Files> = LazyLock::new(|| {
        let mut found = files(&SITE, "content");
        found.retain(|path, _| !path.is_inside("content/reviews"));
        if let Some(settings) = found.iter_mut().find(|(path, _)| &***path == "content/site.yaml") {
            *settings.1 = String::leak(without_reviews(&String::from_utf8_lossy(settings.1))).as_bytes();
        }
        found
    });
    &FILES
}

/// Settings with what they say of reviews as remarks, and a blank to fill in where the sample names somebody.
fn without_reviews(settings: &str) -> String {
    let mut within = false;
    let mut out = String::with_capacity(settings.len() + 256);
    for line in settings.split_inclusive('\n') {
        within = line.starts_with("review:") || within && line.starts_with(' ');
        if within {
            out.push_str("# ");
        }
        match line.split_once("who: [").filter(|_| within) {
            Some((before, names)) => {
                let behind = names.split_once(']').map_or("\n", |(_, behind)| behind);
                out.extend([before, "who: [姓名]", behind]);
            }
            None => out.push_str(line),
        }
    }
    out
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
    fn a_new_site_has_no_reviews_yet() {
        let text = "title: 甲\nreview:\n  show: yes\n  levels:\n    - {name: 初审, who: [甲, 乙]}\n\nhandouts:\n  tip: [单页]\n";
        let remarked = "title: 甲\n# review:\n#   show: yes\n#   levels:\n#     - {name: 初审, who: [姓名]}\n\nhandouts:\n  tip: [单页]\n";
        assert_eq!(without_reviews(text), remarked);
        let (path, settings) =
            embedded_site().iter().find(|(path, _)| path.ends_with("site.yaml")).expect("settings");
        let settings = std::str::from_utf8(settings).expect("text");
        assert!(settings.contains("\n# review:\n") && !settings.contains("\nreview:"), "{path}");
        assert!(embedded_site().keys().all(|path| !path.is_inside("content/reviews")));
    }

    #[test]
    fn the_theme_and_the_site_are_there() {
        let path = |text: &str| VPath::new(text).expect("a path");
        assert!(embedded_theme().contains_key(&path("themes/default/text.zh-CN.yaml")));
        assert!(embedded_site().contains_key(&path("content/site.yaml")));
        assert!(embedded_site().keys().all(|path| path.is_inside("content")));
    }
}

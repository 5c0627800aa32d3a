//! The theme's part in printing: templates and fonts.
//!
//! Refuses: other files of the theme; they are not part of any handout.
//! Invariant: fonts are parsed once, when the first handout is typeset or checked.

use super::engine::Kit;
use super::layout::Layout;
use super::stand_in::stand_in;
use crate::world::{VPath, embedded_theme};
use blake3::Hash;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// Templates and fonts of a theme. One is made for a build.
pub struct PrintFiles {
    /// By path below the theme: `print/flyer.typ`.
    templates: BTreeMap<String, Arc<[u8]>>,
    /// By path below the theme: `fonts/NotoSansSC-Regular.ttf`.
    fonts: BTreeMap<String, Arc<[u8]>>,
    hash: Hash,
    kit: OnceLock<Kit>,
}

/// Which characters have a glyph in some font.
pub struct Coverage<'a>(&'a PrintFiles);

impl PrintFiles {
    /// Takes what belongs to printing out of a theme's files, whose paths are relative to the theme.
    pub fn new(theme: &BTreeMap<String, Arc<[u8]>>) -> Self {
        let chosen = |folder: &str, endings: &[&str]| -> BTreeMap<String, Arc<[u8]>> {
            let fits = |path: &str| {
                let (_, ending) = path.rsplit_once('.').unwrap_or_default();
                path.starts_with(folder) && endings.contains(&ending.to_ascii_lowercase().as_str())
            };
            theme
                .iter()
                .filter(|(path, _)| fits(path))
                .map(|(path, bytes)| (path.clone(), bytes.clone()))
                .collect()
        };
        let (templates, fonts) = (chosen("print/", &["typ"]), chosen("fonts/", &["ttf", "otf"]));
        let mut hasher = blake3::Hasher::new();
        for (path, bytes) in templates.iter().chain(&fonts) {
            hasher.update(path.as_bytes()).update(&[0]).update(blake3::hash(bytes).as_bytes());
        }
        Self { templates, fonts, hash: hasher.finalize(), kit: OnceLock::new() }
    }

    /// Whether all templates and fonts are those of the built-in theme.
    pub fn is_built_in(&self) -> bool {
        let own = |(path, bytes): (&String, &Arc<[u8]>)| built_in(path).is_some_and(|own| own == &**bytes);
        self.templates.iter().chain(&self.fonts).all(own)
    }

    /// Hash of all templates and fonts.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// Whether the theme has a template for a layout.
    pub fn has(&self, layout: &Layout) -> bool {
        self.templates.contains_key(&template_of(layout))
    }

    /// Which characters can be shown.
    pub fn coverage(&self) -> Coverage<'_> {
        Coverage(self)
    }

    #[cfg(feature = "typst")]
    pub(super) fn templates(&self) -> &BTreeMap<String, Arc<[u8]>> {
        &self.templates
    }

    #[cfg(feature = "typst")]
    pub(super) fn fonts(&self) -> &BTreeMap<String, Arc<[u8]>> {
        &self.fonts
    }

    pub(super) fn kit(&self) -> &Kit {
        self.kit.get_or_init(|| Kit::new(self))
    }
}

impl Coverage<'_> {
    /// Whether a character can be shown: it has a glyph, or needs none, or an equal that has one stands in for it.
    pub fn covers(&self, c: char) -> bool {
        self.has(c) || stand_in(c, self).is_some()
    }

    /// Whether a character has a glyph of its own, or needs none.
    pub(super) fn has(&self, c: char) -> bool {
        self.0.kit().has(c)
    }
}

impl fmt::Debug for PrintFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.templates.keys().chain(self.fonts.keys())).finish()
    }
}

/// The built-in file at a path below the theme.
pub(super) fn built_in(path: &str) -> Option<&'static [u8]> {
    let path = VPath::new(&format!("themes/default/{path}")).ok()?;
    embedded_theme().get(&path).copied()
}

/// The path of a layout's template below the theme.
pub(super) fn template_of(layout: &Layout) -> String {
    format!("print/{}.typ", layout.name)
}

//! The built-in theme, prepared once in a process: what a site does not override is neither copied nor compiled again.
//!
//! Refuses: looking at a site.
//! Invariant: everything here follows from the files that are part of the program.

use super::{own_functions, texts};
use crate::world::{VPath, embedded_theme};
use blake3::Hash;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};
use tera::Tera;

/// A file of the built-in theme.
pub struct BuiltIn {
    /// Its path in the repository, as findings name it.
    pub path: &'static VPath,
    /// Its bytes.
    pub bytes: &'static [u8],
    text: OnceLock<Arc<str>>,
    hash: OnceLock<Hash>,
}

impl BuiltIn {
    /// Its text; the theme's own templates are UTF-8.
    pub fn text(&self) -> Arc<str> {
        self.text.get_or_init(|| String::from_utf8_lossy(self.bytes).into()).clone()
    }

    /// Hash of its bytes.
    pub fn hash(&self) -> Hash {
        *self.hash.get_or_init(|| blake3::hash(self.bytes))
    }
}

/// The files of the built-in theme, by path below it.
pub fn files() -> &'static BTreeMap<String, BuiltIn> {
    static FILES: LazyLock<BTreeMap<String, BuiltIn>> = LazyLock::new(|| {
        let file = |(path, bytes): (&'static VPath, &&'static [u8])| {
            let below = path.strip_prefix("themes/default/").unwrap_or(path).to_owned();
            (below, BuiltIn { path, bytes, text: OnceLock::new(), hash: OnceLock::new() })
        };
        embedded_theme().iter().map(file).collect()
    });
    &FILES
}

/// The built-in templates, compiled by the first page of the process that needs them.
///
/// # Panics
/// If a built-in template cannot be compiled, which a test would have said.
pub fn tera() -> &'static Tera {
    static TERA: LazyLock<Tera> = LazyLock::new(|| {
        let below = |folder: &'static str| {
            files().iter().filter_map(move |(path, file)| Some((path.strip_prefix(folder)?.to_owned(), file)))
        };
        let mut tera = Tera::default();
        tera.autoescape_on([".html", ".xml"]);
        own_functions(&mut tera, below("assets/").map(|(name, file)| (name, file.bytes)));
        let templates = below("templates/").map(|(name, file)| (name, file.text().to_string()));
        tera.add_raw_templates(templates.collect::<Vec<_>>()).expect("the theme's own templates compile");
        tera
    });
    &TERA
}

/// The built-in interface texts of a language.
pub fn interface(language: &str) -> Option<&'static BTreeMap<String, String>> {
    static TEXTS: LazyLock<BTreeMap<&'static str, OnceLock<BTreeMap<String, String>>>> =
        LazyLock::new(|| {
            let names = files().keys().filter_map(|path| path.strip_prefix("text.")?.strip_suffix(".yaml"));
            names.map(|language| (language, OnceLock::new())).collect()
        });
    let file = &files()[&format!("text.{}.yaml", TEXTS.get_key_value(language)?.0)];
    Some(TEXTS[language].get_or_init(|| texts::read(file.bytes).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_theme_is_sound() {
        assert!(tera().get_template_names().count() > 15);
        for language in ["zh-CN", "en"] {
            assert!(interface(language).expect("it is there").len() > 100);
        }
        assert!(interface("fr").is_none());
    }
}

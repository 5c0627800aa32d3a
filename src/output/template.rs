//! The theme: templates, interface texts and files, and the rendering of one page.
//!
//! Refuses: templates that name files outside the theme; bulletin text as template source; bodies as template values.
//! Invariant: everything a template sees is a view that its output made; the body is spliced in after rendering.

use super::handout::Press;
use crate::diag::{Diagnostic, FileId, Message, Sink, Span, codes};
use crate::print::PrintFiles;
use crate::source::Sources;
use crate::world::{VPath, World};
use blake3::Hash;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tera::{Context, Tera, Value};

/// A loaded theme: the built-in one with the site's own files over it.
pub struct Theme {
    tera: Tera,
    /// Files that are published as they are, by path below `assets/`.
    pub assets: BTreeMap<String, Vec<u8>>,
    /// Interface texts by language.
    texts: BTreeMap<String, BTreeMap<String, String>>,
    /// Hash of all of its files that pages are made of.
    pub hash: Hash,
    /// Templates and fonts of handouts, by path below the theme.
    print_files: BTreeMap<String, Arc<[u8]>>,
    /// Made by the first handout: hashing fonts takes a while.
    print: OnceLock<PrintFiles>,
    /// Texts of templates of handouts, for findings.
    print_sources: BTreeMap<String, (FileId, Arc<str>)>,
    /// What was typeset; a theme lives no longer than one build.
    pub press: Press,
    files: BTreeMap<String, Span>,
    /// Made by the first page that needs it; a theme lives no longer than one build.
    shared: OnceLock<Shared>,
    portable: Mutex<BTreeMap<[u8; 32], Arc<str>>>,
}

/// What every page of a build shares, as the values that templates work with.
pub struct Shared {
    frame: Value,
    texts: Value,
}

impl Shared {
    /// The frame and the interface texts.
    pub fn new(frame: &impl Serialize, texts: &impl Serialize) -> Self {
        Self { frame: Value::from_serializable(frame), texts: Value::from_serializable(texts) }
    }
}

/// Stands for the body in a template; user text cannot hold it, since sources hold no NUL.
pub const BODY: &str = "\u{0}body\u{0}";

impl Theme {
    /// Loads the theme `name`: the built-in default, and the site's `themes/<name>/` file by file over it.
    /// Template errors are reported at the theme's file.
    pub fn load(world: &dyn World, name: &str, sources: &mut Sources, sink: &mut Sink) -> Self {
        let mut files: BTreeMap<String, (VPath, Arc<[u8]>)> = crate::world::embedded_theme()
            .iter()
            .map(|(path, bytes)| {
                let below = path.strip_prefix("themes/default/").unwrap_or(path).to_owned();
                (below, (path.clone(), Arc::from(*bytes)))
            })
            .collect();
        if let Ok(root) = VPath::new(&format!("themes/{name}")) {
            let own = world.list(&root);
            if own.is_empty() && name != "default" {
                sink.report(
                    Diagnostic::new(codes::TEMPLATE_ERROR, Message::new("no-theme").with("theme", name))
                        .hint(Message::new("no-theme-hint")),
                );
            }
            for found in own {
                let read = found.and_then(|file| world.read(&file.path).map(|bytes| (file.path, bytes)));
                match read {
                    Ok((path, bytes)) => {
                        let below = path[root.len()..].trim_start_matches('/').to_owned();
                        files.insert(below, (path, bytes));
                    }
                    Err(error) => sink.report(crate::source::file_finding(&error, sources)),
                }
            }
        }
        Self::from_files(&files, sources, sink)
    }

    fn from_files(
        files: &BTreeMap<String, (VPath, Arc<[u8]>)>,
        sources: &mut Sources,
        sink: &mut Sink,
    ) -> Self {
        let mut hasher = blake3::Hasher::new();
        let mut theme = Self {
            tera: Tera::default(),
            assets: BTreeMap::new(),
            texts: BTreeMap::new(),
            hash: blake3::hash(b""),
            print_files: BTreeMap::new(),
            print: OnceLock::new(),
            print_sources: BTreeMap::new(),
            press: Press::default(),
            files: BTreeMap::new(),
            shared: OnceLock::new(),
            portable: Mutex::default(),
        };
        theme.tera.autoescape_on([".html", ".xml"]);
        let mut templates = Vec::new();
        for (below, (path, bytes)) in files {
            // A change of a sheet's template is no change of any page.
            if below.starts_with("print/") || below.starts_with("fonts/") {
                theme.print_files.insert(below.clone(), bytes.clone());
                if let Some(text) = std::str::from_utf8(bytes).ok().filter(|_| below.ends_with(".typ")) {
                    let (id, text): (FileId, Arc<str>) = (sources.intern(path), text.into());
                    sources.set_text(id, text.clone());
                    theme.print_sources.insert(below.clone(), (id, text));
                }
                continue;
            }
            hasher.update(below.as_bytes()).update(&[0]).update(blake3::hash(bytes).as_bytes());
            if let Some(asset) = below.strip_prefix("assets/") {
                theme.assets.insert(asset.to_owned(), bytes.to_vec());
            } else if let Some(template) = below.strip_prefix("templates/") {
                let id = sources.intern(path);
                match std::str::from_utf8(bytes) {
                    Ok(text) => {
                        sources.set_text(id, text.into());
                        theme.files.insert(template.to_owned(), Span::whole(id));
                        templates.push((template.to_owned(), text.to_owned()));
                    }
                    Err(_) => sink.report(
                        Diagnostic::new(codes::TEMPLATE_ERROR, Message::new("template-not-utf8"))
                            .at(Span::whole(id))
                            .hint(Message::new("template-not-utf8-hint")),
                    ),
                }
            } else if let Some(language) =
                below.strip_prefix("text.").and_then(|rest| rest.strip_suffix(".yaml"))
            {
                let texts = read_texts(path, bytes, sources, sink);
                theme.texts.insert(language.to_owned(), texts);
            }
        }
        theme.hash = hasher.finalize();
        theme.register();
        if let Err(error) = theme.tera.add_raw_templates(templates) {
            sink.report(theme.finding(&error));
        }
        theme
    }

    fn register(&mut self) {
        // A template asks for a file by its plain name; the published name carries the content's hash.
        let assets: BTreeMap<String, String> =
            self.assets.iter().map(|(name, bytes)| (name.clone(), hashed_name(name, bytes))).collect();
        self.tera.register_function(
            "asset",
            move |kwargs: tera::Kwargs, _: &tera::State| -> tera::TeraResult<String> {
                let name: String = kwargs.must_get("name")?;
                assets
                    .get(&name)
                    .map(|hashed| format!("assets/{hashed}"))
                    .ok_or_else(|| tera::Error::message(format!("no file assets/{name} in the theme")))
            },
        );
    }

    /// Templates and fonts of handouts.
    pub fn print(&self) -> &PrintFiles {
        self.print.get_or_init(|| PrintFiles::new(&self.print_files))
    }

    /// A template of handouts, by its path below the theme.
    pub fn source(&self, path: &str) -> Option<(FileId, &str)> {
        self.print_sources.get(path).map(|(id, text)| (*id, text.as_ref()))
    }

    /// The interface texts of a language; English where a language is missing.
    pub fn texts(&self, language: &str) -> Option<&BTreeMap<String, String>> {
        self.texts.get(language).or_else(|| self.texts.get("en"))
    }

    /// A body's form for feeds, made once for all feeds that hold it. It follows from the body's HTML and its page.
    pub fn portable(&self, html: &str, page: &str, make: impl FnOnce(&str, &str) -> String) -> Arc<str> {
        let key = *blake3::Hasher::new()
            .update(page.as_bytes())
            .update(&[0])
            .update(html.as_bytes())
            .finalize()
            .as_bytes();
        let kept = || self.portable.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().get(&key) {
            return known.clone();
        }
        let fit: Arc<str> = make(html, page).into();
        kept().insert(key, fit.clone());
        fit
    }

    /// What every page shares; made once.
    pub fn shared(&self, make: impl FnOnce() -> Shared) -> &Shared {
        self.shared.get_or_init(make)
    }

    /// Renders a template with a view; `{{ body }}` in it is replaced by `body`.
    ///
    /// # Errors
    /// A finding at the template's line.
    pub fn render(
        &self,
        template: &str,
        view: &impl Serialize,
        shared: &Shared,
        body: &str,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut context = Context::from_serialize(view).map_err(|error| Box::new(self.finding(&error)))?;
        context.insert_value("frame", shared.frame.clone());
        context.insert_value("text", shared.texts.clone());
        context.insert_value("body", Value::safe_string(BODY));
        let page = self.tera.render(template, &context).map_err(|error| Box::new(self.finding(&error)))?;
        let mut bytes = Vec::with_capacity(page.len() + body.len());
        let mut parts = page.split(BODY);
        bytes.extend_from_slice(parts.next().unwrap_or_default().as_bytes());
        for part in parts {
            bytes.extend_from_slice(body.as_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
        Ok(bytes)
    }

    /// A template engine's error as a finding at the theme's file.
    fn finding(&self, error: &tera::Error) -> Diagnostic {
        use tera::ErrorKind;
        let plain = |words: String| {
            Diagnostic::new(codes::TEMPLATE_ERROR, Message::new("template-error").with("words", words))
                .hint(Message::new("template-error-hint"))
        };
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let finding = plain(report.message().to_owned());
                match self.files.get(report.filename()) {
                    Some(whole) => {
                        let range = report.span().range.clone();
                        finding.at(Span::new(whole.file, range.start..range.end.max(range.start)))
                    }
                    None => finding,
                }
            }
            ErrorKind::MissingParent { current, parent } => {
                let finding = plain(format!("extends \"{parent}\": no such template"));
                self.files.get(current).map_or(finding.clone(), |whole| finding.at(*whole))
            }
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
                let finding = plain(error.to_string());
                self.files.get(tpl).map_or(finding.clone(), |whole| finding.at(*whole))
            }
            _ => {
                let text = error.to_string();
                let placed = in_words(&text)
                    .and_then(|(words, file, line)| Some((words, self.files.get(file)?, line)));
                match placed {
                    Some((words, whole, line)) => plain(format!("{words} (line {line})")).at(*whole),
                    None => plain(text),
                }
            }
        }
    }
}

/// An include of a template that there is not has its place only in the engine's words: `error: …  --> file:line:column`.
fn in_words(text: &str) -> Option<(&str, &str, &str)> {
    let (words, rest) = text.split_once("-->")?;
    let mut place = rest.trim_start().lines().next()?.trim_end().rsplitn(3, ':').skip(1);
    let (line, file) = (place.next()?, place.next()?);
    Some((words.trim().trim_start_matches("error:").trim(), file, line))
}

/// The published name of a theme's file: with a hash, so that it can be cached for ever.
pub fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{}.{ending}", &hash[..8]),
        None => format!("{name}.{}", &hash[..8]),
    }
}

/// Interface texts. Those of the built-in theme are sound, as a test says; whoever writes others is shown their slips.
fn read_texts(
    path: &VPath,
    bytes: &[u8],
    sources: &mut Sources,
    sink: &mut Sink,
) -> BTreeMap<String, String> {
    let id = sources.intern(path);
    if crate::world::embedded_theme().get(path).is_some_and(|own| *own == bytes)
        && let Ok(texts) = serde_yaml::from_slice(bytes)
    {
        return texts;
    }
    let text: Arc<str> = String::from_utf8_lossy(bytes).into();
    sources.set_text(id, text.clone());
    let node = crate::source::front_matter::parse_yaml(id, &text, sink);
    let crate::source::node::NodeKind::Map(entries) = node.kind else { return BTreeMap::new() };
    entries.into_iter().filter_map(|(key, value)| Some((key.value, value.text()?.to_owned()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_readers_of_interface_texts_agree_on_our_own() {
        let files = crate::world::embedded_theme();
        let texts = files.iter().filter(|(path, _)| path.file_name().starts_with("text."));
        assert_eq!(texts.clone().count(), 2);
        for (path, bytes) in texts {
            let read: BTreeMap<String, String> =
                serde_yaml::from_slice(bytes).expect("our own texts are sound");
            let mut sink = Sink::new();
            let mut sources = Sources::new();
            // A text more is no longer the built-in file, and the other reader reads it.
            let more = [bytes, b"\nx: y\n".as_slice()].concat();
            let mut other = read_texts(path, &more, &mut sources, &mut sink);
            assert!(sink.found().is_empty(), "{:?}", sink.found());
            assert_eq!(other.remove("x").as_deref(), Some("y"));
            assert_eq!(other, read, "{path}");
        }
    }
}

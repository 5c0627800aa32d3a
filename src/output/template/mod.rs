//! The theme: templates, interface texts and files, and the rendering of one page.
//!
//! Refuses: templates that name files outside the theme; bulletin text as template source; bodies as template values.
//! Invariant: everything a template sees is a view that its output made; the body is spliced in after rendering.

mod builtin;
pub mod face;
mod limits;
pub mod original;
mod own;
mod texts;

pub use limits::beyond;

use self::face::Face;
use self::own::{OwnFiles, assets, is_print, page_hash, print_hash, read_own, read_texts};
use self::texts::Texts;
use super::phrases;
use super::workshop::Shared;
use crate::diag::{Diagnostic, FileId, Message, Sink, Span, codes};
use crate::model::config::Config;
use crate::model::reach;
use crate::print::PrintFiles;
use crate::source::Sources;
use crate::world::{VPath, World};
use blake3::Hash;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use tera::{Context, Tera, Value};

/// A loaded theme: the built-in one with the site's own files over it.
pub struct Theme {
    /// Compiled templates; none where they are the built-in ones.
    own: Option<Tera>,
    /// Files that are published as they are, by path below `assets/`.
    pub assets: BTreeMap<String, Cow<'static, [u8]>>,
    /// The station's own face.
    pub face: Face,
    /// The interface texts, the site's own before ours, in the words that fit its unit.
    pub texts: Texts,
    /// Hash of all of its files that pages are made of.
    pub hash: Hash,
    /// Hash of the site's own templates and fonts of handouts; the built-in ones change with the program alone.
    pub print_hash: Hash,
    /// The site's own templates and fonts of handouts, by path below the theme.
    own_print: BTreeMap<String, Arc<[u8]>>,
    /// Made by the first handout that is typeset or checked: fonts are large.
    print: OnceLock<PrintFiles>,
    /// Texts of templates of handouts, for findings.
    print_sources: BTreeMap<String, (FileId, Arc<str>)>,
    files: BTreeMap<String, Span>,
    /// What was rendered, for the test that writes down what templates see.
    #[cfg(test)]
    pub seen: std::sync::Mutex<Vec<(String, serde_json::Value, serde_json::Value)>>,
}

/// Stands for the body in a template; user text cannot hold it, since sources hold no NUL.
pub const BODY: &str = "\u{0}body\u{0}";

impl Theme {
    /// Loads the theme that the settings name: the built-in default, and the site's `themes/<name>/` file by file over it, its
    /// interface texts name by name, and the station's own face over all.
    /// Template errors are reported at the theme's file.
    pub fn load(world: &dyn World, config: &Config, sources: &mut Sources, sink: &mut Sink) -> Self {
        let own = read_own(world, &config.theme, sources, sink);
        let face = Face::read(&config.brand, world, sink);
        let mut assets = assets(&own);
        face.put_into(&mut assets);
        let office = config.unit.name.as_deref().map(reach::office).unwrap_or_default();
        let mut theme = Self {
            own: None,
            assets,
            texts: Texts::new(),
            hash: page_hash(&own, &face, office),
            print_hash: print_hash(&own),
            own_print: BTreeMap::new(),
            print: OnceLock::new(),
            print_sources: BTreeMap::new(),
            files: BTreeMap::new(),
            #[cfg(test)]
            seen: std::sync::Mutex::default(),
            face,
        };
        let mut own_texts: Option<Texts> = None;
        for (below, file) in builtin::files() {
            if !own.contains_key(below) {
                theme.source_of(below, file.path, || file.text(), sources);
            }
        }
        for (below, (path, bytes)) in &own {
            if is_print(below) {
                theme.own_print.insert(below.clone(), bytes.clone());
            }
            let Ok(text) = std::str::from_utf8(bytes) else {
                if below.starts_with("templates/") {
                    let id = sources.intern(path);
                    sink.report(
                        Diagnostic::new(codes::TEMPLATE_ERROR, Message::new("template-not-utf8"))
                            .at(Span::whole(id))
                            .hint(Message::new("template-not-utf8-hint")),
                    );
                }
                continue;
            };
            theme.source_of(below, path, || text.into(), sources);
            if below.strip_prefix("text.").and_then(|rest| rest.strip_suffix(".yaml"))
                == Some(&config.language)
            {
                own_texts = read_texts(path, text, &own, sources, sink);
            }
        }
        let ours = builtin::interface(&config.language).or_else(|| builtin::interface("en"));
        theme.texts = texts::chosen(ours.unwrap_or(&Texts::new()), own_texts.as_ref(), office);
        let is_own = |below: &String| below.starts_with("templates/") || below.starts_with("assets/");
        if own.keys().any(is_own) || !theme.face.is_plain() {
            theme.compile(&own, sink);
        }
        theme
    }

    /// Makes a template known to findings.
    fn source_of(
        &mut self,
        below: &str,
        path: &VPath,
        text: impl FnOnce() -> Arc<str>,
        sources: &mut Sources,
    ) {
        if let Some(template) = below.strip_prefix("templates/") {
            let id = sources.intern(path);
            sources.set_text(id, text());
            self.files.insert(template.to_owned(), Span::whole(id));
        } else if below.starts_with("print/") && below.ends_with(".typ") {
            let (id, text) = (sources.intern(path), text());
            sources.set_text(id, text.clone());
            self.print_sources.insert(below.to_owned(), (id, text));
        }
    }

    /// Compiles the templates where some are the site's own, or name files that are.
    fn compile(&mut self, own: &OwnFiles, sink: &mut Sink) {
        let mut tera = Tera::default();
        tera.autoescape_on([".html", ".xml"]);
        own_functions(&mut tera, self.assets.iter().map(|(name, bytes)| (name.clone(), &**bytes)));
        let name = |below: &str| below.strip_prefix("templates/").map(str::to_owned);
        let built_in = builtin::files()
            .iter()
            .filter(|(below, _)| !own.contains_key(*below))
            .filter_map(|(below, file)| Some((name(below)?, file.text().to_string())));
        let site = own.iter().filter_map(|(below, (_, bytes))| {
            Some((name(below)?, std::str::from_utf8(bytes).ok()?.to_owned()))
        });
        if let Err(error) = tera.add_raw_templates(built_in.chain(site).collect::<Vec<_>>()) {
            sink.report(self.finding(&error));
        }
        self.own = Some(tera);
    }

    fn tera(&self) -> &Tera {
        self.own.as_ref().unwrap_or_else(|| builtin::tera())
    }

    /// Templates and fonts of handouts.
    pub fn print(&self) -> &PrintFiles {
        self.print.get_or_init(|| {
            let built_in = builtin::files().iter().filter(|(below, _)| is_print(below));
            let mut files: BTreeMap<String, Arc<[u8]>> = built_in
                .filter(|(below, _)| !self.own_print.contains_key(*below))
                .map(|(below, file)| (below.clone(), Arc::from(file.bytes)))
                .collect();
            files.extend(self.own_print.iter().map(|(below, bytes)| (below.clone(), bytes.clone())));
            PrintFiles::new(&files)
        })
    }

    /// A template of handouts, by its path below the theme.
    pub fn source(&self, path: &str) -> Option<(FileId, &str)> {
        self.print_sources.get(path).map(|(id, text)| (*id, text.as_ref()))
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
        #[cfg(test)]
        if let Ok(mut seen) = self.seen.lock() {
            let value = |result: Result<_, serde_json::Error>| result.unwrap_or_default();
            let shared = value(serde_json::to_value(&shared.frame));
            seen.push((template.to_owned(), value(serde_json::to_value(view)), shared));
        }
        let mut context = Context::from_serialize(view).map_err(|error| Box::new(self.finding(&error)))?;
        context.insert_value("frame", shared.frame.clone());
        context.insert_value("text", shared.texts.clone());
        context.insert_value("body", Value::safe_string(BODY));
        let _noted = self.own.is_some().then(|| limits::Rendered::from(template));
        let page = self.tera().render(template, &context).map_err(|error| Box::new(self.finding(&error)))?;
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

/// What templates may use beside Tera's own: `asset`, the published name of a file, which carries its content's hash, and
/// `phrases`, a title in boxes that keep together.
fn own_functions<'a>(tera: &mut Tera, assets: impl Iterator<Item = (String, &'a [u8])>) {
    let assets: BTreeMap<String, String> = assets
        .map(|(name, bytes)| {
            let hashed = hashed_name(&name, bytes);
            (name, hashed)
        })
        .collect();
    // What it gives is escaped: templates write `| phrases | safe`.
    tera.register_filter("phrases", |title: String, _: tera::Kwargs, _: &tera::State| phrases::of(&title));
    tera.register_function(
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

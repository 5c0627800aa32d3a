//! What the start page does: opens a site, makes a new one, shows it, builds it.
//!
//! Refuses: folders that are not there or hold something else; whatever a browser sends is a wish, and each is looked at here.
//! Invariant: a site has one build at a time and one preview; what went wrong is kept as findings, to be read on the page.
#![expect(clippy::disallowed_methods, reason = "host/ touches the disk (DESIGN §3, rule 9)")]

use super::Form;
use crate::build::live::{Live, Next};
use crate::build::make::Silent;
use crate::build::results::ResultFolder;
use crate::build::run::{Request, kept_slugs, run};
use crate::build::standing::Withheld;
use crate::desk::new_site::{self, Begin};
use crate::desk::{folders, recent, site};
use crate::diag::{Catalogue, Language, Message, Report, page};
use crate::host::preview_server::{self, Server};
use crate::host::writer::Writer;
use crate::model::collect::Options;
use crate::source::Sources;
use crate::world::{DiskWorld, shown};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// What the page works with.
pub struct Desk {
    pub(super) language: Language,
    program: String,
    show: fn(&Path),
    builds: Arc<Mutex<BTreeMap<PathBuf, Build>>>,
    previews: Mutex<BTreeMap<PathBuf, u16>>,
    end: Notify,
}

/// How a site's build stands.
#[derive(Clone)]
pub(super) enum Build {
    /// It is being made.
    Running,
    /// What came of it.
    Done {
        /// Whether the site was published.
        published: bool,
        /// Sentences.
        said: Vec<String>,
        /// The findings, as HTML of our own; empty where there are none.
        findings: String,
    },
}

/// Where a browser goes after an action.
pub(super) enum Onward {
    /// The page of a site.
    Site(PathBuf),
    /// Choosing a folder, for opening (`open`) or for a new site (`new`).
    Folder(PathBuf, String),
    /// The first page, with something to say.
    First(Option<Message>, Language),
    /// A preview.
    Preview(u16),
    /// The program has ended.
    Ended,
}

impl Onward {
    pub(super) fn address(&self, token: &str) -> String {
        let with = |path: &str, pairs: &[(&str, &str)]| {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.append_pair("token", token).extend_pairs(pairs);
            format!("{path}?{}", query.finish())
        };
        match self {
            Self::Site(folder) => with("/site", &[("folder", &folder.to_string_lossy())]),
            Self::Folder(folder, what) => {
                with("/folder", &[("folder", &folder.to_string_lossy()), ("for", what)])
            }
            Self::First(None, _) => with("/", &[]),
            Self::First(Some(message), language) => {
                with("/", &[("said", &Catalogue::of(*language).format(message))])
            }
            Self::Preview(port) => format!("http://127.0.0.1:{port}/"),
            Self::Ended => with("/ended", &[]),
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    pub(super) fn new(language: Language, program: String, show: fn(&Path)) -> Self {
        Self {
            language,
            program,
            show,
            builds: Arc::default(),
            previews: Mutex::default(),
            end: Notify::new(),
        }
    }

    pub(super) async fn ended(&self) {
        self.end.notified().await;
        // The page that says so has to reach its reader.
        tokio::time::sleep(std::time::Duration::from_millis(700)).await;
    }

    /// How the build of a site stands.
    pub(super) fn build_of(&self, folder: &Path) -> Option<Build> {
        locked(&self.builds).get(folder).cloned()
    }

    /// Does what a form asks for; none where there is no such thing.
    pub(super) fn act(&self, path: &str, form: &Form) -> Option<Onward> {
        let folder = PathBuf::from(form.get("folder").map(|text| text.trim()).unwrap_or_default());
        let say = |message: Message| Some(Onward::First(Some(message), self.language));
        match path {
            "/open" => Some(self.open(&folder)),
            "/new" => Some(self.begin(&folder, form)),
            "/preview" | "/build" | "/files" | "/finished" if !recent::is_site(&folder) => {
                say(Message::new("start-no-site").with("path", shown(&folder)))
            }
            "/preview" => match self.preview(&folder) {
                Ok(port) => Some(Onward::Preview(port)),
                Err(error) => say(Message::new("start-no-preview").with("reason", error)),
            },
            "/build" => {
                self.build(&folder);
                Some(Onward::Site(folder))
            }
            "/files" => {
                (self.show)(&folder.join("content"));
                Some(Onward::Site(folder))
            }
            "/finished" => {
                (self.show)(&folder.join(site::OUTPUT));
                Some(Onward::Site(folder))
            }
            "/end" => {
                self.end.notify_one();
                Some(Onward::Ended)
            }
            _ => None,
        }
    }

    /// Opens a site, or goes on looking in a folder that is none.
    fn open(&self, folder: &Path) -> Onward {
        // Somebody may name the folder of texts, or a file in it.
        let found = folder.ancestors().take(3).find(|folder| recent::is_site(folder));
        match found {
            Some(site) if folder.is_absolute() => {
                recent::note(site);
                Onward::Site(site.to_owned())
            }
            _ if folder.is_absolute() && folders::exists(folder) => {
                Onward::Folder(folder.to_owned(), "open".to_owned())
            }
            _ => Onward::First(
                Some(Message::new("start-no-folder").with("path", shown(folder))),
                self.language,
            ),
        }
    }

    /// Makes a new site in a folder.
    fn begin(&self, folder: &Path, form: &Form) -> Onward {
        let say = |message: Message| Onward::First(Some(message), self.language);
        let name = form.get("name").map(|name| name.trim()).unwrap_or_default();
        if !folder.is_absolute() || !folders::exists(folder) {
            return say(Message::new("start-no-folder").with("path", shown(folder)));
        }
        if name.is_empty() || !crate::world::path::fits_every_disk(name) || name.contains(['/', '\\']) {
            return say(Message::new("start-bad-name").with("name", name));
        }
        let place = folder.join(name);
        if place.exists() {
            return say(Message::new("start-taken").with("path", shown(&place)));
        }
        let begin = match form.get("begin").map(String::as_str) {
            Some("empty") => Begin::Empty,
            Some("plain") => Begin::Plain,
            _ => Begin::Sample,
        };
        let made = ResultFolder::at(None, &place)
            .map_err(|_| Message::new("start-bad-name").with("name", name))
            .and_then(|place| {
                new_site::write(place.path(), begin).map_err(|error| {
                    Message::new("cli-cannot-write").with("path", shown(place.path())).with("reason", error)
                })
            });
        match made {
            Ok(()) => {
                recent::note(&place);
                Onward::Site(place)
            }
            Err(message) => say(message),
        }
    }

    /// The preview of a site; it is begun where there is none.
    fn preview(&self, folder: &Path) -> std::io::Result<u16> {
        let mut previews = locked(&self.previews);
        if let Some(port) = previews.get(folder) {
            return Ok(*port);
        }
        let server = Server::start(8000)?;
        let port = server.port();
        let options = Options {
            without_handouts: true,
            base_url: Some(format!("http://127.0.0.1:{port}")),
            kept_slugs: kept_slugs(folder),
            ..Options::default()
        };
        let mut live = Live::follow(folder, options, false);
        std::thread::Builder::new().name("preview".to_owned()).spawn(move || {
            let mut writer = Writer::default();
            while let Some(next) = live.coming() {
                let Next::Shown(shown) = next else { continue };
                let model = &shown.prepared.model;
                let language = Language::of_tag(&model.config.language).unwrap_or(Language::Zh);
                let report = Report::new(shown.found, &model.sources);
                let findings = (!report.is_empty()).then(|| page::render(&report, &model.sources, language));
                let failed = shown.files.is_none();
                if !failed {
                    writer.follow(model, &shown.made, language);
                }
                server.show(preview_server::Site {
                    files: shown.files,
                    findings,
                    failed,
                    writer: writer.clone(),
                });
            }
        })?;
        previews.insert(folder.to_owned(), port);
        Ok(port)
    }

    /// Begins a build, unless one is being made.
    fn build(&self, folder: &Path) {
        if matches!(locked(&self.builds).insert(folder.to_owned(), Build::Running), Some(Build::Running)) {
            return;
        }
        let (builds, language, program, folder) =
            (self.builds.clone(), self.language, self.program.clone(), folder.to_owned());
        let begun = std::thread::Builder::new().name("build".to_owned()).spawn({
            let (builds, folder) = (builds.clone(), folder.clone());
            move || {
                let done = built(&folder, program, language);
                locked(&builds).insert(folder, done);
            }
        });
        if begun.is_err() {
            locked(&builds).remove(&folder);
        }
    }
}

/// Builds a site and keeps what there is to say.
fn built(folder: &Path, program: String, language: Language) -> Build {
    let catalogue = Catalogue::of(language);
    let world = match DiskWorld::open(folder) {
        Ok(world) => world,
        Err(error) => {
            let said = Message::new("cli-site-unreadable").with("path", shown(folder)).with("reason", error);
            return Build::Done {
                published: false,
                said: vec![catalogue.format(&said)],
                findings: String::new(),
            };
        }
    };
    let output = world.root().join(site::OUTPUT);
    let request = Request {
        site: world.root(),
        output: &output,
        named: false,
        options: Options::default(),
        program,
        deny_warnings: false,
    };
    let outcome = run(&world, &request, &Silent);
    let nothing = Sources::new();
    let (sources, found) = match (&outcome.prepared, &outcome.standing) {
        (Some(prepared), _) => (&prepared.model.sources, &outcome.found),
        (None, Some(standing)) => (&standing.sources, &standing.found),
        (None, None) => (&nothing, &outcome.found),
    };
    let report = Report::new(found.clone(), sources);
    let mut said = Vec::new();
    match &outcome.summary {
        Some(summary) => {
            let files = summary.written + summary.unchanged;
            said.push(Message::new("start-built").with("files", files));
            let held = match (&outcome.prepared, &outcome.standing) {
                (Some(prepared), _) => Withheld::all(prepared),
                (None, Some(standing)) => standing.held.clone(),
                (None, None) => Vec::new(),
            };
            for one in held {
                let why = catalogue.format(&one.reason);
                said.push(Message::new("start-held").with("title", one.title).with("reason", why));
            }
        }
        None => said.push(Message::new(if output.join("index.html").is_file() {
            "cli-kept"
        } else {
            "cli-kept-none"
        })),
    }
    let findings = if report.is_empty() { String::new() } else { page::articles(&report, sources, language) };
    let said = said.iter().map(|message| catalogue.format(message)).collect();
    Build::Done { published: outcome.summary.is_some(), said, findings }
}

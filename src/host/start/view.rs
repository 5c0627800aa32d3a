//! The start page as HTML: forms, no script.
//!
//! Refuses: markup from anyone else; every text is escaped.
//! Invariant: every form that does something carries the token.

use super::Form;
use super::work::{Build, Desk};
use crate::desk::{folders, recent, site};
use crate::diag::page::{STYLE as FINDINGS, escape};
use crate::diag::{Catalogue, Language, Message};
use crate::world::shown;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const STYLE: &str = include_str!("start.css");

struct Page<'p> {
    out: String,
    catalogue: &'static Catalogue,
    language: Language,
    token: &'p str,
}

/// The page at a path; none where there is none.
pub(super) fn page(desk: &Desk, path: &str, given: &Form, token: &str) -> Option<String> {
    let mut page =
        Page { out: String::new(), catalogue: Catalogue::of(desk.language), language: desk.language, token };
    let folder = given.get("folder").map(PathBuf::from).unwrap_or_default();
    let mut refresh = false;
    match path {
        "/" => page.first(given.get("said").map(String::as_str)),
        "/folder" => page.folder(&folder, given.get("for").map_or("open", String::as_str)),
        "/site" if recent::is_site(&folder) => {
            let build = desk.build_of(&folder);
            refresh = matches!(build, Some(Build::Running));
            page.site(&folder, build.as_ref());
        }
        "/site" => page.first(Some(&page.word(&Message::new("start-no-site").with("path", shown(&folder))))),
        "/ended" => {
            let _ = write!(
                page.out,
                "<h1>{}</h1><p>{}</p>",
                page.text("start-ended"),
                page.text("start-ended-about")
            );
        }
        _ => return None,
    }
    Some(page.whole(refresh))
}

impl Page<'_> {
    fn word(&self, message: &Message) -> String {
        self.catalogue.format(message)
    }

    fn text(&self, id: &'static str) -> String {
        escape(&self.word(&Message::new(id)))
    }

    fn whole(self, refresh: bool) -> String {
        let again = if refresh { "<meta http-equiv=\"refresh\" content=\"2\">\n" } else { "" };
        format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n{again}<title>{}</title>\n<style>\n{FINDINGS}{STYLE}</style>\n</head>\n<body>\n<main>\n{}</main>\n</body>\n</html>\n",
            self.language.tag(),
            self.text("start-title"),
            self.out,
        )
    }

    /// A button that does something with a folder.
    fn button(&mut self, action: &str, folder: &Path, label: &'static str, class: &str) {
        let label = self.text(label);
        let _ = writeln!(
            self.out,
            "<form method=\"post\" action=\"{action}\"{}><input type=\"hidden\" name=\"token\" value=\"{}\"><input type=\"hidden\" name=\"folder\" value=\"{}\">\
             <button class=\"{class}\">{label}</button></form>",
            if action == "/preview" { " target=\"_blank\"" } else { "" },
            self.token,
            escape(&folder.to_string_lossy()),
        );
    }

    fn link(&mut self, path: &str, pairs: &[(&str, &str)], label: &str, class: &str) {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("token", self.token).extend_pairs(pairs);
        let _ = writeln!(
            self.out,
            "<a class=\"{class}\" href=\"{path}?{}\">{label}</a>",
            escape(&query.finish())
        );
    }

    fn first(&mut self, said: Option<&str>) {
        let _ =
            write!(self.out, "<h1>{}</h1>\n<p>{}</p>\n", self.text("start-title"), self.text("start-about"));
        if let Some(said) = said {
            let _ = writeln!(self.out, "<p class=\"said\" role=\"status\">{}</p>", escape(said));
        }
        let sites = recent::sites();
        if !sites.is_empty() {
            let _ =
                write!(self.out, "<section>\n<h2>{}</h2>\n<ul class=\"sites\">\n", self.text("start-recent"));
            for folder in sites {
                let name =
                    folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                self.out += "<li>";
                let _ = write!(
                    self.out,
                    "<span><b>{}</b> <small>{}</small></span>",
                    escape(&name),
                    escape(&shown(&folder))
                );
                self.button("/open", &folder, "start-open-this", "");
                self.out += "</li>\n";
            }
            self.out += "</ul>\n</section>\n";
        }
        let _ = write!(
            self.out,
            "<section>\n<h2>{}</h2>\n<p>{}</p>\n",
            self.text("start-new"),
            self.text("start-new-about")
        );
        self.choose("new");
        let _ = write!(
            self.out,
            "</section>\n<section>\n<h2>{}</h2>\n<p>{}</p>\n",
            self.text("start-open"),
            self.text("start-open-about")
        );
        self.choose("open");
        let label = (self.text("start-path"), self.text("start-open-this"));
        let _ = write!(
            self.out,
            "<form method=\"post\" action=\"/open\" class=\"line\"><input type=\"hidden\" name=\"token\" value=\"{}\"><label>{}<input name=\"folder\" required autocomplete=\"off\"></label><button>{}</button></form>\n</section>\n",
            self.token, label.0, label.1
        );
        self.button("/end", Path::new(""), "start-end", "quiet");
    }

    /// Where to begin looking for a folder.
    fn choose(&mut self, what: &str) {
        self.out += "<p class=\"places\">";
        for folder in folders::beginnings() {
            let name =
                folder.file_name().map_or_else(|| shown(&folder), |name| name.to_string_lossy().into_owned());
            let text = folder.to_string_lossy().into_owned();
            self.link("/folder", &[("folder", &text), ("for", what)], &escape(&name), "button");
        }
        self.out += "</p>\n";
    }

    fn back(&mut self) {
        let label = self.text("start-back");
        self.out += "<p>";
        self.link("/", &[], &label, "");
        self.out += "</p>\n";
    }

    fn folder(&mut self, folder: &Path, what: &str) {
        let is_new = what == "new";
        self.back();
        let title = self.text(if is_new { "start-new-where" } else { "start-open-where" });
        let _ = write!(
            self.out,
            "<h1>{title}</h1>\n<p class=\"place\"><code>{}</code></p>\n",
            escape(&shown(folder))
        );
        if is_new {
            self.new_form(folder);
        }
        let found = folders::within(folder);
        let _ =
            write!(self.out, "<section>\n<h2>{}</h2>\n<ul class=\"folders\">\n", self.text("start-inside"));
        if let Some(above) = folder.parent() {
            let (label, text) = (self.text("start-above"), above.to_string_lossy().into_owned());
            self.out += "<li>";
            self.link("/folder", &[("folder", &text), ("for", what)], &label, "");
            self.out += "</li>\n";
        }
        match found {
            Ok(found) => {
                for one in found {
                    self.out += "<li>";
                    if one.is_site && !is_new {
                        let _ = write!(self.out, "<b>{}</b>", escape(&one.name));
                        self.button("/open", &one.path, "start-open-this", "");
                    } else {
                        let text = one.path.to_string_lossy().into_owned();
                        self.link("/folder", &[("folder", &text), ("for", what)], &escape(&one.name), "");
                    }
                    self.out += "</li>\n";
                }
            }
            Err(error) => {
                let said = self.word(&Message::new("start-unreadable").with("reason", error));
                let _ = writeln!(self.out, "<li>{}</li>", escape(&said));
            }
        }
        self.out += "</ul>\n</section>\n";
    }

    fn new_form(&mut self, folder: &Path) {
        let texts =
            ["start-name", "start-sample", "start-plain", "start-empty", "start-make", "start-name-example"]
                .map(|id| self.text(id));
        let [name, sample, plain, empty, make, example] = texts;
        let _ = write!(
            self.out,
            "<form method=\"post\" action=\"/new\" class=\"new\"><input type=\"hidden\" name=\"token\" value=\"{}\"><input type=\"hidden\" name=\"folder\" value=\"{}\">\n\
             <label class=\"name\">{name}<input name=\"name\" required maxlength=\"60\" autocomplete=\"off\" placeholder=\"{example}\"></label>\n\
             <label><input type=\"radio\" name=\"begin\" value=\"sample\" checked> {sample}</label>\n\
             <label><input type=\"radio\" name=\"begin\" value=\"plain\"> {plain}</label>\n\
             <label><input type=\"radio\" name=\"begin\" value=\"empty\"> {empty}</label>\n\
             <button class=\"first\">{make}</button></form>\n",
            self.token,
            escape(&folder.to_string_lossy()),
        );
    }

    fn site(&mut self, folder: &Path, build: Option<&Build>) {
        self.back();
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let _ = write!(
            self.out,
            "<h1>{}</h1>\n<p class=\"place\"><code>{}</code></p>\n<div class=\"do\">\n",
            escape(&name),
            escape(&shown(folder))
        );
        for (action, label, about, class) in [
            ("/files", "start-write", "start-write-about", ""),
            ("/preview", "start-preview", "start-preview-about", ""),
            ("/build", "start-build", "start-build-about", "first"),
        ] {
            self.out += "<section>\n";
            self.button(action, folder, label, class);
            let _ = write!(self.out, "<p>{}</p>\n</section>\n", self.text(about));
        }
        self.out += "</div>\n";
        let output = folder.join(site::OUTPUT);
        match build {
            Some(Build::Running) => {
                let _ = writeln!(
                    self.out,
                    "<p class=\"said\" role=\"status\">{}</p>",
                    self.text("start-building")
                );
            }
            Some(Build::Done { published, said, findings }) => {
                let class = if *published { "said good" } else { "said bad" };
                let said: Vec<String> = said.iter().map(|sentence| escape(sentence)).collect();
                let _ = writeln!(self.out, "<p class=\"{class}\" role=\"status\">{}</p>", said.join("<br>"));
                if !findings.is_empty() {
                    let _ = write!(self.out, "<h2>{}</h2>\n{findings}", self.text("start-findings"));
                }
            }
            None => {}
        }
        if folders::holds_finished(&output) && !matches!(build, Some(Build::Running)) {
            let _ = write!(
                self.out,
                "<section>\n<h2>{}</h2>\n<p class=\"place\"><code>{}</code></p>\n<p>{}</p>\n",
                self.text("start-finished"),
                escape(&shown(&output)),
                self.text("start-finished-about")
            );
            self.button("/finished", folder, "start-show", "");
            self.out += "</section>\n";
        }
    }
}

//! F438: words that the program itself wrote to be replaced, and those of the sample site in a site of somebody's own.
//!
//! Refuses: to take the names of real villages for the sample's, where nothing else of the sample stands beside them.
//! Invariant: one finding for each placeholder in settings and definitions, and one for the sample's words in a file.

use super::personal_data::settings_files;
use crate::diag::{Code, Diagnostic, FileId, Files, Message, Sink, Span, codes};
use crate::lint::{Lint, Site};
use crate::model::Model;
use crate::source::Derived;
use crate::world::embedded_site;
use rayon::prelude::*;

/// The lint.
pub struct Placeholder;

/// What `tabulate`, `new` and the sample's settings write for staff to replace.
const WRITTEN: [&str; 8] = [
    "请写标题",
    "请写来源",
    "请写表的标题",
    "请写图的标题",
    "请写网站",
    "请写单位",
    "示例备00",
    "示例公网安备00",
];
/// Words of the sample: its town and county, and its telephone numbers.
const SAMPLE: [&str; 3] = ["清水镇", "清水县", "0000-711"];
/// Those of them in the settings that nobody's own site has.
const SAMPLE_SETTINGS: [&str; 2] = ["清水镇", "xinxiang@qingshui.example.cn"];
/// The sample's villages.
const VILLAGES: [&str; 8] =
    ["正街社区", "河边社区", "龙潭村", "石板村", "青岗村", "白岩村", "大湾村", "新寨村"];

impl Lint for Placeholder {
    fn code(&self) -> Code {
        codes::PLACEHOLDER
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        let model = site.model;
        let sample = model.config.is_sample();
        let own = !sample && model.config.unit.name.is_some();
        let villages: Vec<&str> = VILLAGES
            .into_iter()
            .filter(|name| model.config.areas.iter().all(|area| area.name != *name))
            .collect();
        let mut hasher = blake3::Hasher::new();
        hasher.update(&[u8::from(own), u8::from(sample)]).update(villages.join("、").as_bytes());
        let derived = Derived::new(&model.sources, "placeholders", hasher.finalize());
        let sections = model.sections.iter().filter_map(|section| section.file);
        let texts: Vec<FileId> = model.entries.iter().map(|entry| entry.file).chain(sections).collect();
        let found: Vec<Vec<Diagnostic>> = texts
            .into_par_iter()
            .map(|file| {
                derived.of(file, b"", || {
                    if own { of_sample(model, file, &SAMPLE, &villages) } else { Vec::new() }
                })
            })
            .collect();
        found.into_iter().flatten().for_each(|finding| sink.report(finding));
        let in_settings = Derived::new(&model.sources, "written placeholders", hasher.finalize());
        for file in settings_files(model) {
            let settings = file == model.config_file;
            if settings && sample {
                continue;
            }
            let found = in_settings.of(file, b"", || written(model, file));
            found.into_iter().for_each(|one| sink.report(one));
            if settings && own {
                in_settings
                    .of(file, b"sample", || of_sample(model, file, &SAMPLE_SETTINGS, &[]))
                    .into_iter()
                    .for_each(|one| sink.report(one));
            }
        }
    }
}

/// Placeholders in a file of settings, remarks left out.
fn written(model: &Model, file: FileId) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let text = model.sources.text(file);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = WRITTEN.iter().find_map(|word| line.find(word));
        if let Some(start) = words.filter(|_| !line.trim_start().starts_with('#')) {
            let rest = &line[start..];
            let end = start + rest.find([',', '}', '"', '\n', '\r']).unwrap_or(rest.len());
            let message = Message::new("placeholder").with("found", line[start..end].trim());
            let span = Span::new(file, at + start..at + start + line[start..end].trim_end().len());
            found.push(
                Diagnostic::new(codes::PLACEHOLDER, message).at(span).hint(Message::new("placeholder-hint")),
            );
        }
        at += line.len();
    }
    found
}

/// The sample's words in a file, at the first of them.
fn of_sample(model: &Model, file: FileId, words: &[&str], villages: &[&str]) -> Vec<Diagnostic> {
    let text = model.sources.text(file);
    let remark = |at: usize| {
        let line = &text[text[..at].rfind('\n').map_or(0, |start| start + 1)..];
        line.starts_with('#') && !line.starts_with("# ")
            || line.trim_start().starts_with("# ") && file == model.config_file
    };
    let place = |word: &&str| text.match_indices(*word).map(|(at, _)| at).find(|at| !remark(*at));
    let mut found: Vec<(usize, &str)> = words.iter().filter_map(|word| Some((place(word)?, *word))).collect();
    let known = embedded_site().contains_key(model.sources.path(file)) || !found.is_empty();
    if known {
        found.extend(villages.iter().filter_map(|word| Some((place(word)?, *word))));
    }
    found.sort_unstable();
    let Some((first, word)) = found.first() else { return Vec::new() };
    let named: Vec<&str> = found.iter().map(|(_, word)| *word).collect();
    let message = Message::new("sample-words").with("found", named.join("、"));
    let span = Span::new(file, *first..first + word.len());
    vec![Diagnostic::new(codes::PLACEHOLDER, message).at(span).hint(Message::new("sample-words-hint"))]
}

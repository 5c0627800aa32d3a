//! The shape of the program: which part may know which, how long a file may be, how a module begins, and that every
//! member of a registry is wired, once.
//!
//! It reads the sources as text, so it also sees what `cfg` hides on this machine. What it refuses, it names with the
//! file, the line and the way out.
#![expect(clippy::disallowed_methods, reason = "a test of files reads files")]

#[path = "shape/code.rs"]
mod code;
#[path = "shape/on_made_up_sources.rs"]
mod on_made_up_sources;

use code::{code_only, mentions};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Parts of the program from the bottom to the top; a part may use those of the lines above its own, and itself.
/// Parts of one line do not know each other. `crates/*/src` and `tests` do not take part.
const LAYERS: &[&[&str]] = &[
    &["diag"],
    &["world"],
    &["source", "picture"],
    &["text", "privacy", "attachment"],
    &["model", "register"],
    &["statistics"],
    &["figures"],
    &["review"],
    &["lint"],
    &["print"],
    &["output"],
    &["build"],
    &["desk"],
    &["host", "publish"],
    &["cli"],
];

/// A file holds one idea, and an idea fits this many lines.
const LONGEST: usize = 400;

/// A source file: its path from the repository's root, `/`-separated, and its text.
struct File {
    path: String,
    text: String,
}

impl File {
    /// The part it belongs to: `src/diag/sink.rs` and `src/diag.rs` to `diag`; `src/lib.rs` and `src/main.rs` to none.
    fn part(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("src/")?;
        let part = inside.split('/').next()?.trim_end_matches(".rs");
        (!matches!(part, "lib" | "main")).then_some(part)
    }
}

/// How high a part stands.
fn height(part: &str) -> Option<usize> {
    LAYERS.iter().position(|line| line.contains(&part))
}

/// Where modules that exist only for tests live: `src/a/b` for `#[cfg(test)] mod b;` in `src/a/mod.rs` or `src/a.rs`.
fn test_modules(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        let folder = file.path.trim_end_matches(".rs").trim_end_matches("/mod").trim_end_matches("/lib");
        let code = code_only(&file.text);
        for rest in code.split("#[cfg(test)]").skip(1) {
            let name = rest
                .split_once("mod ")
                .filter(|(before, _)| before.split_whitespace().all(|word| word.starts_with("pub")));
            if let Some((name, _)) =
                name.and_then(|(_, rest)| rest.split_once(';')).filter(|(name, _)| !name.contains('{'))
            {
                found.push(format!("{folder}/{}", name.trim()));
            }
        }
    }
    found
}

/// What is in the program; modules that exist only for tests are not.
fn program(files: &[File]) -> Vec<&File> {
    let tests = test_modules(files);
    let in_tests = |path: &str| {
        tests
            .iter()
            .any(|test| path.strip_prefix(test.as_str()).is_some_and(|rest| rest.starts_with(['/', '.'])))
    };
    files.iter().filter(|file| !in_tests(&file.path)).collect()
}

/// Imports that point upwards or sideways, and parts that nobody has given a place. A test may look from above.
fn imports(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in program(files) {
        let Some(from) = file.part() else { continue };
        let Some(own) = height(from) else {
            found.push(format!(
                "{}: the part `{from}` has no place in LAYERS of tests/shape.rs; give it one",
                file.path
            ));
            continue;
        };
        let text = file.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for (line, to) in mentions(text) {
            match height(&to) {
                _ if to == from => {}
                Some(other) if other < own => {}
                Some(_) => found.push(format!(
                    "{}:{line}: `{from}` must not know `{to}`: imports point one way ({}); move what is shared below both, \
                     or hand it in as an argument",
                    file.path,
                    LAYERS.iter().map(|line| line.join(" and ")).collect::<Vec<_>>().join(" → "),
                )),
                // `crate::Name` of lib.rs itself, or a macro.
                None => found.push(format!(
                    "{}:{line}: `crate::{to}` is no part of the program that tests/shape.rs knows; name the part it comes from",
                    file.path
                )),
            }
        }
    }
    found
}

/// Files that hold more than one idea.
fn lengths(files: &[File]) -> Vec<String> {
    let long = files.iter().filter(|file| file.text.lines().count() > LONGEST);
    long.map(|file| {
        let lines = file.text.lines().count();
        format!("{}: {lines} lines, {LONGEST} at most; split it by noun", file.path)
    })
    .collect()
}

/// Modules that do not say what they are; those that hold the tests of another are what their name says.
fn openings(files: &[File]) -> Vec<String> {
    let opens = |file: &&&File| {
        let first =
            file.text.trim_start_matches('\u{feff}').lines().map(str::trim).find(|line| !line.is_empty());
        !first.is_some_and(|line| line.starts_with("//!") || line.starts_with("#![doc"))
    };
    let program = program(files);
    let silent = program.iter().filter(opens);
    silent
        .map(|file| {
            format!("{}: begin with //! and say what it is, what it refuses, and its invariant", file.path)
        })
        .collect()
}

/// Paths that are told to people as the system has them, and not as people write them (`world::shown`).
fn displays(files: &[File]) -> Vec<String> {
    let told = |file: &&&File| ["src/cli/", "src/desk/"].iter().any(|room| file.path.starts_with(room));
    let mut found = Vec::new();
    for file in program(files).iter().filter(told) {
        for (number, line) in code_only(&file.text).lines().enumerate() {
            if line.contains(".display()") {
                found.push(format!("{}:{}: `.display()`; use world::shown", file.path, number + 1));
            }
        }
    }
    found
}

/// Files written by hand: half written where the program is killed, through a link where one was laid.
fn writes(files: &[File]) -> Vec<String> {
    /// How a file comes to be written, in `std` and in `cap-std`.
    const BARE: &[&str] = &[
        "fs::write(",
        "File::create(",
        "File::create_new(",
        ".create(true)",
        ".create_new(true)",
        ".truncate(true)",
        "fs::rename(",
        "fs::copy(",
        ".dir().write(",
        ".dir().create(",
        ".dir().rename(",
    ];
    /// The only places: `replace` itself and what opens a folder for it; the writer of `public/`, which has a journal.
    const PLACES: &[&str] = &["src/world/replace.rs", "src/world/folder.rs", "src/build/write/"];
    let is_test = |path: &str| path.ends_with("tests.rs") || path.contains("/tests/");
    let elsewhere =
        |file: &&&File| !is_test(&file.path) && !PLACES.iter().any(|place| file.path.starts_with(place));
    let mut found = Vec::new();
    for file in program(files).iter().filter(elsewhere) {
        let code = code_only(&file.text);
        let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate() {
            if let Some(bare) = BARE.iter().find(|bare| line.contains(**bare)) {
                found.push(format!(
                    "{}:{}: `{bare}` may leave half a file, or write through a link; use world::replace",
                    file.path,
                    number + 1
                ));
            }
        }
    }
    found
}

/// Names that say nothing about what is inside.
fn names(files: &[File]) -> Vec<String> {
    const EMPTY: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc", "types", "manager"];
    let mut found = Vec::new();
    for file in files {
        for name in file.path.trim_end_matches(".rs").split('/').filter(|name| EMPTY.contains(name)) {
            found.push(format!("{}: `{name}` says nothing; name it after what it holds", file.path));
        }
    }
    found
}

/// A registry: a static slice in one file, whose members live in files beside it.
struct Registry {
    /// Name of the slice.
    name: &'static str,
    /// Folder whose files are the members.
    folder: &'static str,
    /// The file that holds the slice.
    home: &'static str,
    /// What the file of a member implements.
    mark: &'static str,
}

const REGISTRIES: &[Registry] = &[
    Registry { name: "LINTS", folder: "src/lint/rules/", home: "src/lint/rules/mod.rs", mark: "Lint for" },
    Registry { name: "OUTPUTS", folder: "src/output/", home: "src/output/mod.rs", mark: "Output for" },
];

/// Members that no registry lists, members listed twice, and registries that are written down twice.
fn registries(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for registry in REGISTRIES {
        let declaration = format!("{}: &[", registry.name);
        let homes: Vec<_> =
            files.iter().filter(|file| code_only(&file.text).contains(&declaration)).collect();
        let members: Vec<_> = files
            .iter()
            .filter(|file| file.path.starts_with(registry.folder))
            .flat_map(|file| {
                implementors(&file.text, registry.mark).into_iter().map(move |name| (file, name))
            })
            .collect();
        if homes.is_empty() && members.is_empty() {
            continue;
        }
        if homes.len() != 1 || homes[0].path != registry.home {
            let places: Vec<_> = homes.iter().map(|file| file.path.as_str()).collect();
            found.push(format!(
                "{} is declared in {}; its only place is {}",
                registry.name,
                if places.is_empty() { "no file".to_owned() } else { places.join(" and ") },
                registry.home
            ));
            continue;
        }
        let code = code_only(&homes[0].text);
        let slice =
            code.split(&declaration).nth(1).and_then(|rest| rest.split("];").next()).unwrap_or_default();
        for (file, name) in members {
            let times =
                slice.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| *word == name).count();
            if times != 1 {
                found.push(format!(
                    "{}: `{name}` stands {times} times in {} of {}; list it once",
                    file.path, registry.name, registry.home
                ));
            }
        }
    }
    found
}

/// Types for which the text implements a trait, tests aside.
fn implementors(text: &str, mark: &str) -> Vec<String> {
    let code = code_only(text);
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let begins = |at: usize| !code[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
    code.match_indices(mark)
        .filter(|(at, _)| {
            begins(*at)
                && code[..*at].rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with("impl"))
        })
        .map(|(at, _)| code[at + mark.len()..].trim_start())
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

/// All Rust files below a folder of the repository, sorted.
fn read(folder: &str) -> Vec<File> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("the repository can be read").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    walk(&root.join(folder), &mut paths);
    paths.sort();
    let short = |path: &Path| {
        let inside = path.strip_prefix(root).expect("the walk began there");
        inside.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    };
    let text = |path: &Path| std::fs::read_to_string(path).expect("sources are UTF-8");
    paths.iter().map(|path| File { path: short(path), text: text(path) }).collect()
}

/// Fails with everything that was found, not with the first.
fn none(found: &[String]) {
    let mut list = String::new();
    for finding in found {
        let _ = write!(list, "\n  {finding}");
    }
    assert!(found.is_empty(), "{} findings:{list}\n", found.len());
}

#[test]
fn imports_point_one_way() {
    none(&imports(&read("src")));
}

#[test]
fn a_file_holds_one_idea() {
    none(&lengths(&read("src")));
    none(&lengths(
        &read("tests").into_iter().filter(|file| file.path != "tests/shape.rs").collect::<Vec<_>>(),
    ));
}

#[test]
fn a_module_opens_with_what_it_is() {
    none(&openings(&read("src")));
}

#[test]
fn paths_are_shown_as_people_write_them() {
    none(&displays(&read("src")));
}

#[test]
fn files_are_written_whole() {
    none(&writes(&read("src")));
}

#[test]
fn names_say_what_is_inside() {
    none(&names(&read("src")));
}

#[test]
fn registries_are_wired_once() {
    none(&registries(&read("src")));
}

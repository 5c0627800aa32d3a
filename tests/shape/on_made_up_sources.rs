//! The tests of shape.rs themselves: each finds the fault of a source made for it, and none in a good one.

use super::code::{code_only, mentions};
use super::{File, displays, imports, lengths, names, none, openings, registries, writes};

fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: text.to_owned() }
}

fn only(found: &[String], words: &str) {
    assert!(
        found.len() == 1 && found[0].contains(words),
        "wanted one finding with “{words}”, got {found:#?}"
    );
}

#[test]
fn downward_imports_are_fine() {
    let files = [
        file(
            "src/cli/build.rs",
            "use crate::{build, diag::Sink, world::{VPath, World}};\nuse crate::host::Server;",
        ),
        file("src/lint/mod.rs", "use crate::model::Model;\nfn f(s: &crate::source::Source) {}"),
        file("src/diag/mod.rs", "use crate::diag::sink::Sink;"),
        file("src/main.rs", "use crate::anything;"),
    ];
    none(&imports(&files));
}

#[test]
fn upward_and_sideways_imports_are_named() {
    only(
        &imports(&[file("src/world/mod.rs", "\nuse crate::source::Doc;")]),
        "src/world/mod.rs:2: `world` must not know `source`",
    );
    only(&imports(&[file("src/host/mod.rs", "use crate::publish::P;")]), "`host` must not know `publish`");
    only(
        &imports(&[file("src/source/mod.rs", "use crate::{\n    diag::Sink,\n    lint,\n};")]),
        "src/source/mod.rs:3:",
    );
    only(
        &imports(&[file("src/source/mod.rs", "fn f() { crate::cli::run() }")]),
        "`source` must not know `cli`",
    );
}

#[test]
fn tests_may_look_from_above() {
    let above = "use crate::cli::run;";
    let home = |path: &str| {
        file(
            path,
            "//! A.\n#[cfg(test)]\nmod props;\n#[cfg(test)]\nmod tests {\n    use crate::cli::run;\n}\n",
        )
    };
    none(&imports(&[home("src/diag/mod.rs"), file("src/diag/props.rs", above)]));
    none(&imports(&[home("src/diag/sink.rs"), file("src/diag/sink/props/deep.rs", above)]));
    none(&openings(&[home("src/diag/mod.rs"), file("src/diag/props.rs", above)]));
    only(
        &imports(&[file("src/diag/mod.rs", "mod props;"), file("src/diag/props.rs", above)]),
        "src/diag/props.rs:1",
    );
    only(&imports(&[home("src/diag/mod.rs"), file("src/diag/props2.rs", above)]), "src/diag/props2.rs:1");
}

#[test]
fn parts_without_a_place_are_named() {
    only(&imports(&[file("src/extras/mod.rs", "")]), "no place in LAYERS");
    only(&imports(&[file("src/model/mod.rs", "use crate::Everything;")]), "`crate::Everything`");
}

#[test]
fn comments_and_strings_are_no_code() {
    let text = "//! [`crate::cli::run`]\n/* crate::cli /* crate::cli */ crate::cli */\nconst A: &str = \"crate::cli \\\" crate::cli\";\n\
                const B: &str = r#\"crate::cli \" crate::cli\"#; const C: char = '\"'; fn f<'a>(x: &'a str) {}\nuse crate::diag::A;";
    assert_eq!(mentions(text), [(5, "diag".to_owned())]);
    assert_eq!(code_only(text).lines().count(), text.lines().count());
}

#[test]
fn long_files_are_named() {
    none(&lengths(&[file("src/a.rs", &"x\n".repeat(400))]));
    only(&lengths(&[file("src/a.rs", &"x\n".repeat(401))]), "401 lines");
}

#[test]
fn silent_modules_are_named() {
    none(&openings(&[file("src/a.rs", "//! A."), file("src/b.rs", "\n#![doc = include_str!(\"b.md\")]")]));
    only(&openings(&[file("src/a.rs", "use std::fs;\n//! A.")]), "begin with //!");
    only(&openings(&[file("src/a.rs", "")]), "begin with //!");
}

#[test]
fn bare_writes_are_named() {
    let bare = "fn f() {\n    std::fs::write(p, b);\n}\n#[cfg(test)]\nmod tests {\n    fs::write(p, b);\n}\n";
    only(&writes(&[file("src/cli/new.rs", bare)]), "src/cli/new.rs:2: `fs::write(`");
    only(&writes(&[file("src/a.rs", "fn f() { File::options().create(true).open(p); }")]), "`.create(true)`");
    none(&writes(&[file("src/build/write/disk.rs", bare), file("src/world/replace.rs", bare)]));
    none(&writes(&[file("src/b.rs", "fn f() { replace(p, b); \"fs::write(\"; } // fs::write(")]));
}

#[test]
fn empty_names_are_named() {
    none(&names(&[file("src/build/write.rs", "")]));
    only(&names(&[file("src/build/utils.rs", "")]), "`utils`");
    only(&names(&[file("src/common/mod.rs", "")]), "`common`");
}

#[test]
fn registries_miss_nothing() {
    let home =
        |list: &str| file("src/lint/rules/mod.rs", &format!("pub static LINTS: &[&dyn Lint] = &[{list}];"));
    let rule = || {
        file(
            "src/lint/rules/broken_link.rs",
            "pub struct BrokenLink;\nimpl Lint for BrokenLink {}\n#[cfg(test)] mod tests { impl Lint for Fake {} }",
        )
    };
    none(&registries(&[home("&broken_link::BrokenLink"), rule()]));
    only(&registries(&[home(""), rule()]), "`BrokenLink` stands 0 times");
    only(&registries(&[home("&BrokenLink, &BrokenLink"), rule()]), "stands 2 times");
    only(&registries(&[rule()]), "declared in no file");
    let second = file("src/lint/gate.rs", "const LINTS: &[&dyn Lint] = &[];");
    only(&registries(&[home("&BrokenLink"), rule(), second]), "its only place is src/lint/rules/mod.rs");
}

#[test]
fn displays_are_named() {
    let bare = "fn f() {\n    say(path.display());\n}\n";
    only(&displays(&[file("src/cli/new.rs", bare)]), "src/cli/new.rs:2: `.display()`");
    none(&displays(&[
        file("src/build/write/error.rs", bare),
        file("src/cli/new.rs", "fn f() { shown(path); }"),
    ]));
}

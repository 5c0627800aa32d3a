//! Sites that go in, and what comes out: one folder of `tests/suite/<feature>/<case>/` is one case.
//!
//! - `site/` is laid over `tests/suite/base/`, a small site that builds; the base was built into `public/` before.
//! - `command` holds the arguments, one command a line; without it the case runs `build`.
//! - `report.txt` is what the commands said and how they ended. `YUANBA_BLESS=1` writes it anew: read the difference
//!   before you commit it.
//! - `expected/<file>` names a published file and lists pieces of it, one a line, that must stand there in this order.
//!   A line that begins with `!! ` must stand nowhere in it; `!!` alone says that there is no such file.
//!
//! Whatever a case says, a command that refuses leaves `public/` as it was, to the byte.

#![expect(clippy::disallowed_methods, reason = "tests of the program touch the disk and start it")]

#[path = "suite/made.rs"]
mod made;
#[path = "support/site.rs"]
mod site;

use rayon::prelude::*;
use site::{Site, files, tests};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_case() {
    let base = Site::new();
    let built = base.run(&["build"]);
    assert_eq!((built.code, built.out.as_str()), (Some(0), ""), "the base builds: {}", built.err);
    let public = base.public();
    let cases = cases();
    let wanted = std::env::var("YUANBA_CASE").unwrap_or_default();
    let wrong: Vec<String> = cases
        .par_iter()
        .filter(|case| name(case).contains(&wanted))
        .filter_map(|case| {
            judge(case, &base, &public).err().map(|words| format!("── {}\n{words}", name(case)))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{}\n{} of {} cases differ. If that is meant: YUANBA_BLESS=1 cargo test --test suite",
        wrong.join("\n"),
        wrong.len(),
        cases.len()
    );
}

/// All cases: folders two below `tests/suite` that hold a report or a site.
fn cases() -> Vec<PathBuf> {
    let below = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).expect("the suite can be read").flatten();
        entries.map(|entry| entry.path()).filter(|path| path.is_dir() && !path.ends_with("base")).collect()
    };
    let mut cases: Vec<PathBuf> =
        below(&tests().join("suite")).iter().flat_map(|feature| below(feature)).collect();
    cases.sort();
    assert!(cases.len() > 50, "the suite is there");
    cases
}

fn name(case: &Path) -> String {
    let below = case.strip_prefix(tests().join("suite")).expect("a case is in the suite");
    below.to_string_lossy().replace('\\', "/")
}

/// Runs a case.
fn judge(case: &Path, base: &Site, built: &BTreeMap<String, Vec<u8>>) -> Result<(), String> {
    let site = Site::new();
    site::copy(&base.at("public"), &site.at("public"));
    site::copy(&case.join("site"), &site.at(""));
    made::lay(&name(case), &site);
    if site.at("content/data").is_dir() {
        // Else each run would have a seed of its own, and other cells suppressed.
        site.put("content/data/.seed", format!("{:064x}\n", 1));
    }
    let commands = fs::read_to_string(case.join("command")).unwrap_or_else(|_| "build".to_owned());
    let mut report = String::new();
    let mut published = false;
    for line in commands.lines() {
        let args: Vec<&str> = line.split_whitespace().collect();
        let ran = site.run(&args);
        let code = ran.code.ok_or("the program was killed")?;
        published |= args[0] == "build" && code == 0;
        let _ = writeln!(report, "$ yuanba {line}\n{}{}exit {code}\n", ran.out, ran.err);
    }
    let mut wrong = compare_report(case, &report.replace(&*site.at("").to_string_lossy(), "SITE/"));
    if !published && site.public() != *built {
        wrong += "  public/ is not as it was before\n";
    }
    for (file, pieces) in files(&case.join("expected")) {
        let pieces = String::from_utf8(pieces).map_err(|_| "expected/ is UTF-8")?;
        if let Err(words) = compare_file(&site.at("public").join(&file), &pieces) {
            let _ = writeln!(wrong, "  public/{file}: {words}");
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// Compares what was said with `report.txt`, or writes that.
fn compare_report(case: &Path, report: &str) -> String {
    let file = case.join("report.txt");
    let before = fs::read_to_string(&file).unwrap_or_default();
    if before == report {
        return String::new();
    }
    if std::env::var_os("YUANBA_BLESS").is_some() {
        fs::write(file, report).expect("the report can be written");
        return String::new();
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), report.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let mut words = format!("  report.txt differs from line {}:\n", same + 1);
    let rest = |lines: &[&str], sign: char, words: &mut String| {
        for line in lines.iter().skip(same).take(30) {
            let _ = writeln!(words, "  {sign} {line}");
        }
    };
    rest(&old, '-', &mut words);
    rest(&new, '+', &mut words);
    words
}

/// Looks for the pieces in a published file.
fn compare_file(file: &Path, pieces: &str) -> Result<(), String> {
    if pieces.trim() == "!!" {
        return if file.exists() { Err("should not be there".to_owned()) } else { Ok(()) };
    }
    let bytes = fs::read(file).map_err(|_| "is missing".to_owned())?;
    let text = String::from_utf8_lossy(&bytes);
    let mut at = 0;
    for piece in pieces.lines().filter(|piece| !piece.is_empty()) {
        if let Some(banned) = piece.strip_prefix("!! ") {
            if text.contains(banned) {
                return Err(format!("holds “{banned}”"));
            }
        } else {
            match text[at..].find(piece) {
                Some(found) => at += found + piece.len(),
                None if text.contains(piece) => return Err(format!("“{piece}” stands too early")),
                None => return Err(format!("lacks “{piece}”")),
            }
        }
    }
    Ok(())
}

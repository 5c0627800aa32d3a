//! How long the readings of a page take, and the writer's verdict on a verse.
//!
//!     cargo bench --bench readings [-- FILE…]
//!
//! The default site's bulletins, or the files that are named, are cut into pages of 800 characters; each is read once, so that no sentence
//! is remembered from an earlier round. Nothing is asserted: a time is true only of the machine, the build and the moment.
#![expect(clippy::disallowed_methods, reason = "a measurement asks the clock and the disk")]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use yuanba::text::pinyin::readings;
use yuanba::text::verse::{Custom, examine};
use yuanba::world::embedded_site;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Characters of a page.
const PAGE: usize = 800;

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let text: String = if files.is_empty() {
        let markdown = embedded_site().iter().filter(|(path, _)| path.extension() == Some("md"));
        markdown.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect()
    } else {
        files.iter().map(|file| std::fs::read_to_string(file).expect("the file can be read")).collect()
    };
    let chinese: Vec<char> = text.chars().filter(|c| !c.is_ascii()).collect();
    let pages: Vec<String> = chinese.chunks_exact(PAGE).map(|page| page.iter().collect()).collect();
    let own = BTreeMap::new();
    let begun = Instant::now();
    let first = readings("银行的行长还要还钱。", &own).len();
    println!("once: the lists and the network are opened in {} ({first} readings)", told(begun.elapsed()));
    let mut times: Vec<Duration> = Vec::new();
    let mut found = 0;
    for page in &pages {
        let begun = Instant::now();
        found += readings(page, &own).len();
        times.push(begun.elapsed());
    }
    say(&format!("readings of a page of {PAGE} characters ({found} readings)"), times);

    let verses: Vec<Vec<Vec<&str>>> = text.split("```verse\n").skip(1).map(stanzas).collect();
    let judged = verses.iter().map(|verse| {
        let begun = Instant::now();
        let lines = examine(verse, None, &Custom::default()).lines.len();
        (begun.elapsed(), lines)
    });
    let (times, lines): (Vec<Duration>, Vec<usize>) = judged.unzip();
    say(&format!("a verse judged ({} lines in all)", lines.iter().sum::<usize>()), times);
}

/// The stanzas of a verse that begins here.
fn stanzas(text: &str) -> Vec<Vec<&str>> {
    let verse = text.split("```").next().unwrap_or_default();
    verse
        .split("\n\n")
        .map(|stanza| stanza.lines().filter(|line| !line.starts_with('【')).collect())
        .collect()
}

fn say(what: &str, mut times: Vec<Duration>) {
    times.sort();
    if let (Some(median), Some(most)) = (times.get(times.len() / 2), times.last()) {
        println!("{what}: median {}, longest {}, of {}", told(*median), told(*most), times.len());
    }
}

fn told(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

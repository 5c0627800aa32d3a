//! The child's side of [`super::child`]: typesets what it is asked for, one document after another, until its input ends.
//!
//! A thread looks at the clock and at the memory of the process, and ends the process where either goes beyond its limit: nothing
//! else ends a loop in a template.
//!
//! Refuses: files by path. The program sends every byte that a document may see.
#![expect(clippy::disallowed_methods, reason = "a stopwatch, and an end in the middle of the work")]

use super::child::{OUT_OF_MEMORY, OUT_OF_TIME};
use super::compile::{self, Plain};
use super::wire::{self, Listed, Order, Reply};
use crate::print::files::{PrintFiles, built_in};
use crate::print::layout::Layout;
use crate::print::problem::Problem;
use crate::print::sheet::{Job, Sheets};
use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How often the memory is looked at: in this time a program can take some hundred megabytes.
const GLANCE: Duration = Duration::from_millis(20);
/// How much a document may grow before what Typst remembers of it is forgotten. Small sheets never grow so much; a booklet takes three
/// times as long to typeset as it would with all that memory, and half of the memory.
const STEP: u64 = 16 << 20;
/// A child that has grown to this part of its limit is exchanged for a new one.
const GROWN: u64 = 4;

/// Typesets what is asked for on `input`, and answers on `output`.
///
/// # Errors
/// Where the other side is gone.
pub fn serve(mut input: impl Read, mut output: impl Write, megabytes: u64) -> io::Result<()> {
    // A panic of Typst becomes a finding; its words would stand between the findings of the program.
    std::panic::set_hook(Box::new(|_| {}));
    let limit = megabytes << 20;
    let deadline: Arc<Mutex<Option<Instant>>> = Arc::default();
    let watched = deadline.clone();
    std::thread::Builder::new().name("limits".to_owned()).spawn(move || watch(&watched, limit))?;
    let mut theme = PrintFiles::new(&BTreeMap::new());
    while let Some(order) = wire::read(&mut input)? {
        let set = |deadline: &Mutex<Option<Instant>>, end| {
            *deadline.lock().unwrap_or_else(PoisonError::into_inner) = end;
        };
        let outcome = match order {
            Order::Theme { files } => {
                theme = PrintFiles::new(&theme_files(&mut input, files)?);
                continue;
            }
            Order::Handout { layout, data, files, date, thumbnail, seconds } => {
                let data = wire::part(&mut input, data)?;
                let files = document_files(&mut input, files)?;
                let (Some(layout), Ok(data)) = (Layout::named(&layout), serde_json::from_slice(&data)) else {
                    return Err(io::ErrorKind::InvalidData.into());
                };
                set(&deadline, Some(Instant::now() + Duration::from_secs(seconds)));
                compile::typeset(&theme, &Job { layout, data, files: &files, date, thumbnail })
            }
            Order::Plain { main, files, date, seconds } => {
                let main = String::from_utf8(wire::part(&mut input, main)?).map_err(io::Error::other)?;
                let files = document_files(&mut input, files)?;
                set(&deadline, Some(Instant::now() + Duration::from_secs(seconds)));
                compile::typeset_plain(&theme, &Plain { main, files, date })
            }
        };
        set(&deadline, None);
        let last = memory().is_some_and(|memory| memory > limit / GROWN);
        answer(&mut output, outcome, last)?;
        if last {
            break;
        }
    }
    Ok(())
}

fn answer(output: &mut impl Write, outcome: Result<Sheets, Vec<Problem>>, last: bool) -> io::Result<()> {
    let none = (Vec::new(), None);
    let (outcome, (bytes, thumbnail)) = match outcome {
        Ok(mut sheets) => {
            let parts = (std::mem::take(&mut sheets.bytes), sheets.thumbnail.take());
            (Ok(sheets), parts)
        }
        Err(problems) => (Err(problems), none),
    };
    let reply = Reply {
        outcome,
        bytes: bytes.len() as u64,
        thumbnail: thumbnail.as_ref().map(|bytes| bytes.len() as u64),
        last,
    };
    wire::write(output, &reply, &[&bytes, thumbnail.as_deref().unwrap_or_default()])
}

fn theme_files(
    input: &mut impl Read,
    listed: Vec<(String, Option<u64>)>,
) -> io::Result<BTreeMap<String, Arc<[u8]>>> {
    let mut files = BTreeMap::new();
    for (path, length) in listed {
        let bytes: Arc<[u8]> = match length {
            Some(length) => wire::part(input, length)?.into(),
            None => built_in(&path).unwrap_or_default().into(),
        };
        files.insert(path, bytes);
    }
    Ok(files)
}

fn document_files(input: &mut impl Read, listed: Vec<Listed>) -> io::Result<BTreeMap<String, Arc<[u8]>>> {
    listed.into_iter().map(|(path, length)| Ok((path, wire::part(input, length)?.into()))).collect()
}

/// Ends the process where its document takes too long, or the process is too large, and has Typst forget before it comes to that.
fn watch(deadline: &Mutex<Option<Instant>>, limit: u64) {
    let mut before = None;
    loop {
        std::thread::sleep(GLANCE);
        let now = memory();
        if now.is_some_and(|memory| memory > limit) {
            std::process::exit(OUT_OF_MEMORY);
        }
        let deadline = *deadline.lock().unwrap_or_else(PoisonError::into_inner);
        match (before, now) {
            (Some(begun), Some(memory)) if deadline.is_some() && memory > begun + STEP => {
                comemo::evict(0);
                before = self::memory();
            }
            (Some(_), _) if deadline.is_some() => {}
            // Between two documents, and when the first is begun.
            _ => before = now,
        }
        if deadline.is_some_and(|end| Instant::now() > end) {
            std::process::exit(OUT_OF_TIME);
        }
    }
}

/// The memory of this process, in bytes; none where the system does not tell.
fn memory() -> Option<u64> {
    memory_stats::memory_stats().map(|stats| stats.physical_mem as u64)
}

//! Typesetting in a process of its own, so that no bulletin, theme or font can take the program down with it or take for ever:
//! Typst has loops and recursion, and no limit on time or memory.
//!
//! The child is this very program with another verb. It is started by the first document, keeps its fonts parsed for those that
//! follow, watches its own memory and time ([`super::served`]), and is started anew where it ended. A program that was not told
//! where it lies ([`isolate`]), such as a test, typesets in its own process.
//!
//! Invariant: an order has an answer within its time and some seconds more, whatever the child does.
#![expect(clippy::disallowed_methods, reason = "the one process that is started is the program itself")]

use super::compile::{self, Plain};
use super::wire::{self, Order, Reply};
use crate::print::files::PrintFiles;
use crate::print::problem::Problem;
use crate::print::sheet::{Job, Sheets};
use blake3::Hash;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

/// The hidden verb by which the program becomes its own child.
pub const VERB: &str = "typeset";

/// How the child ends where a document is too large for its memory.
pub const OUT_OF_MEMORY: i32 = 86;
/// How the child ends where a document takes too long.
pub const OUT_OF_TIME: i32 = 87;

/// How long the child may take to notice by itself that its time is over.
const GRACE: Duration = Duration::from_secs(15);
/// How much longer a document may take for each bulletin that it holds.
const SECONDS_A_BULLETIN: u64 = 2;
/// After so many documents of a layout that went beyond the limits, a template of the site's own theme is not tried again.
const TRIES: u32 = 2;

/// What a document, or a page of a site's own templates, may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Seconds on the clock for a document of one bulletin.
    pub seconds: u64,
    /// Memory in megabytes (of 2^20 bytes): of the child, fonts and all.
    pub megabytes: u64,
}

impl Default for Limits {
    /// What is more than enough on the slowest computers that still run: an ordinary sheet takes a twentieth of a second on a new one,
    /// and a booklet of 200 bulletins has some hundred megabytes.
    fn default() -> Self {
        Self { seconds: 60, megabytes: 1024 }
    }
}

struct Program {
    path: PathBuf,
    limits: Limits,
}

static PROGRAM: OnceLock<Program> = OnceLock::new();

/// Tells where the program lies: from now on documents are typeset in a child of it. Only the first call counts.
pub fn isolate(path: PathBuf, limits: Limits) {
    let _ = PROGRAM.set(Program { path, limits });
}

/// Typesets a handout. Callers wait for each other.
///
/// # Errors
/// What is wrong with the template, or with what it was given.
pub fn typeset(files: &PrintFiles, job: &Job) -> Result<Sheets, Vec<Problem>> {
    let Some(program) = PROGRAM.get() else { return compile::typeset(files, job) };
    let data = job.data.to_string().into_bytes();
    let bulletins = job.data.get("bulletins").and_then(Value::as_array).map_or(1, Vec::len) as u64;
    let seconds = program.limits.seconds + SECONDS_A_BULLETIN * bulletins;
    let order = Order::Handout {
        layout: job.layout.name.to_owned(),
        data: data.len() as u64,
        files: listed(job.files),
        date: job.date,
        thumbnail: job.thumbnail,
        seconds,
    };
    let parts = std::iter::once(data.as_slice()).chain(job.files.values().map(AsRef::as_ref)).collect();
    let document = Document { name: job.layout.name, order, parts, seconds };
    ask(program, files, &document).unwrap_or_else(|_| compile::typeset(files, job))
}

/// Typesets a document of the program's own as a PDF without tags.
///
/// # Errors
/// Where a file is none that Typst can show.
pub fn typeset_plain(files: &PrintFiles, plain: &Plain) -> Result<Sheets, Vec<Problem>> {
    let Some(program) = PROGRAM.get() else { return compile::typeset_plain(files, plain) };
    // Hundreds of pages are set on sheets of paper as quickly as one page is typeset.
    let seconds = 4 * program.limits.seconds;
    let order = Order::Plain {
        main: plain.main.len() as u64,
        files: listed(&plain.files),
        date: plain.date,
        seconds,
    };
    let parts =
        std::iter::once(plain.main.as_bytes()).chain(plain.files.values().map(AsRef::as_ref)).collect();
    let document = Document { name: "", order, parts, seconds };
    ask(program, files, &document).unwrap_or_else(|_| compile::typeset_plain(files, plain))
}

fn listed(files: &BTreeMap<String, Arc<[u8]>>) -> Vec<wire::Listed> {
    files.iter().map(|(path, bytes)| (path.clone(), bytes.len() as u64)).collect()
}

struct Document<'d> {
    /// What its template is called; empty for those that have none.
    name: &'static str,
    order: Order,
    parts: Vec<&'d [u8]>,
    seconds: u64,
}

/// The child that runs, and what went wrong before.
#[derive(Default)]
struct Workshop {
    running: Option<Running>,
    /// Layouts that went beyond the limits, of themes of the site's own.
    costly: BTreeMap<([u8; 32], &'static str), (u32, Problem)>,
}

/// Has the child typeset a document.
///
/// # Errors
/// Where no child can be started: the system has no place for another process.
fn ask(
    program: &Program,
    files: &PrintFiles,
    document: &Document,
) -> io::Result<Result<Sheets, Vec<Problem>>> {
    static WORKSHOP: Mutex<Option<Workshop>> = Mutex::new(None);
    let mut workshop = WORKSHOP.lock().unwrap_or_else(PoisonError::into_inner);
    let workshop = workshop.get_or_insert_default();
    let key = (*files.hash().as_bytes(), document.name);
    if let Some((tries, problem)) = workshop.costly.get(&key)
        && *tries >= TRIES
    {
        return Ok(Err(vec![problem.clone()]));
    }
    let mut running = match workshop.running.take().filter(|running| running.theme == files.hash()) {
        Some(running) => running,
        None => Running::start(program, files)?,
    };
    let answer = running.typeset(document);
    match answer {
        Ok((outcome, last)) => {
            if !last {
                workshop.running = Some(running);
            }
            Ok(outcome)
        }
        Err(ended) => {
            let problem = ended.problem(program, document, files.is_built_in());
            if !files.is_built_in() && matches!(problem, Problem::Costly { .. }) {
                let (tries, _) = workshop.costly.entry(key).or_insert((0, problem.clone()));
                *tries += 1;
            }
            Ok(Err(vec![problem]))
        }
    }
}

/// A child and the theme that it was given.
struct Running {
    process: Child,
    input: ChildStdin,
    replies: Receiver<(Reply, Vec<u8>, Option<Vec<u8>>)>,
    theme: Hash,
}

/// How a child ended that should have answered.
enum Ended {
    /// It is still busy.
    Not,
    /// By itself, with this exit code; none where a signal ended it.
    With(Option<i32>, bool),
}

type Answer = (Result<Sheets, Vec<Problem>>, bool);

impl Running {
    fn start(program: &Program, files: &PrintFiles) -> io::Result<Self> {
        let mut process = Command::new(&program.path)
            .args([VERB, "--megabytes", &program.limits.megabytes.to_string()])
            // The allocator shall give back at once what it does not need: the limit is on what the process holds.
            .env("MIMALLOC_PURGE_DELAY", "0")
            .env("MIMALLOC_ARENA_EAGER_COMMIT", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (Some(input), Some(mut output)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (tell, replies) = mpsc::sync_channel(1);
        std::thread::Builder::new().name("typeset".to_owned()).spawn(move || {
            while let Ok(Some(reply)) = wire::read::<Reply>(&mut output) {
                let Ok(bytes) = wire::part(&mut output, reply.bytes) else { return };
                let Ok(thumbnail) = reply.thumbnail.map(|length| wire::part(&mut output, length)).transpose()
                else {
                    return;
                };
                if tell.send((reply, bytes, thumbnail)).is_err() {
                    return;
                }
            }
        })?;
        let mut running = Self { process, input, replies, theme: files.hash() };
        let (header, parts) = theme(files);
        wire::write(&mut running.input, &header, &parts)?;
        Ok(running)
    }

    fn typeset(&mut self, document: &Document) -> Result<Answer, Ended> {
        // Where the child is gone already, writing fails, and waiting for its answer tells why.
        let _ = wire::write(&mut self.input, &document.order, &document.parts);
        match self.replies.recv_timeout(Duration::from_secs(document.seconds) + GRACE) {
            Ok((reply, bytes, thumbnail)) => {
                let outcome = reply.outcome.map(|sheets| Sheets { bytes, thumbnail, ..sheets });
                Ok((outcome, reply.last))
            }
            Err(mpsc::RecvTimeoutError::Timeout) => Err(Ended::Not),
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                // What closed its output has ended, or is to.
                let _ = self.process.kill();
                let status = self.process.wait().ok();
                Err(Ended::With(status.and_then(|status| status.code()), status.is_some_and(killed)))
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Whether the system ended a process for want of memory, as Linux does.
#[cfg(unix)]
fn killed(status: std::process::ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    status.signal() == Some(9)
}

#[cfg(not(unix))]
fn killed(_: std::process::ExitStatus) -> bool {
    false
}

impl Ended {
    fn problem(&self, program: &Program, document: &Document, built_in: bool) -> Problem {
        let costly = |seconds, megabytes| Problem::Costly { seconds, megabytes, built_in };
        match self {
            Self::Not | Self::With(Some(OUT_OF_TIME), _) => costly(Some(document.seconds), None),
            Self::With(Some(OUT_OF_MEMORY), _) | Self::With(None, true) => {
                costly(None, Some(program.limits.megabytes))
            }
            Self::With(..) => Problem::stopped(),
        }
    }
}

/// The order that tells the child its theme; the built-in files it has itself.
fn theme(files: &PrintFiles) -> (Order, Vec<&[u8]>) {
    let all = files.templates().iter().chain(files.fonts());
    let (mut listed, mut parts) = (Vec::new(), Vec::new());
    for (path, bytes) in all {
        if crate::print::files::built_in(path).is_some_and(|own| own == &**bytes) {
            listed.push((path.clone(), None));
        } else {
            listed.push((path.clone(), Some(bytes.len() as u64)));
            parts.push(&**bytes);
        }
    }
    (Order::Theme { files: listed }, parts)
}

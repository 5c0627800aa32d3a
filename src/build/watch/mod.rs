//! Watching a site's folder: tells that something of it changed, and never goes blind without a word.
//!
//! The system tells of changes as long as it can. What it cannot tell is found in two other ways: every second the folders
//! themselves are looked at, for one that was moved away and another put in its place has a new identity, which no event names;
//! and now and then every file's stamp is compared, which also finds what a full queue or an exhausted list of watched folders
//! swallowed. Where that finds a change that no event told, or the system says that it can watch no more, files are looked at
//! every two seconds from then on.
//!
//! Invariant: a change that lasts is told within a bounded time, whether or not the system tells of it.
#![expect(clippy::disallowed_methods, reason = "build/ looks at the disk and waits (DESIGN §3, rule 9)")]

mod files;

use crate::diag::{no_reason, reason};
use files::{FOLDERS, Files, Identity, identities};
use notify_debouncer_full::notify::{self, Config, ErrorKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, RecommendedCache, new_debouncer_opt};
use std::any::Any;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::thread;
use std::time::{Duration, Instant};

/// Looking at the files may take one part in so many of the time, whatever their number.
const SHARE: u32 = 20;

/// How fast everything goes.
#[derive(Clone, Copy)]
struct Pace {
    /// How long the disk has to be quiet before a change is told: an editor that writes a file in steps takes a few milliseconds for all of
    /// them, and who waits for a page has none to spare. What comes later is one more build.
    quiet: Duration,
    /// How often the folders themselves are looked at.
    beat: Duration,
    /// How often files are looked at where the system tells nothing.
    poll: Duration,
    /// How often they are looked at where it does.
    sweep: Duration,
}

const PACE: Pace = Pace {
    quiet: Duration::from_millis(40),
    beat: Duration::from_secs(1),
    poll: Duration::from_secs(2),
    sweep: Duration::from_secs(10),
};

/// Who tells of changes at first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Teller {
    /// The system.
    System,
    /// Nobody; files are looked at.
    Nobody,
    /// The system, which says nothing, as network drives do.
    #[cfg(test)]
    Mute,
}

/// What there is to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Something changed.
    Changed,
    /// From now on files are looked at every two seconds.
    Polling(Blind),
}

/// Why the system's word is not enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blind {
    /// Whoever watches wants it so.
    Asked,
    /// More folders than the system watches for one user.
    TooManyFolders,
    /// The system refuses; its own words.
    Refused(String),
    /// A file changed and the system said nothing, as on many network drives.
    Missed,
}

/// A folder that is being watched. Dropping it ends the watching.
pub struct Watch {
    news: Receiver<News>,
    /// The thread ends once this is gone.
    _stop: Sender<Never>,
}

/// Nothing is ever sent.
enum Never {}

enum Signal {
    /// The system told of a change.
    Event,
    /// It can tell no more.
    Blind(Blind),
}

impl Watch {
    /// Watches the folders of a site, whether they exist yet or not. With `poll`, files are looked at from the beginning.
    ///
    /// # Errors
    /// Where no thread can be started.
    pub fn start(root: &Path, poll: bool) -> io::Result<Self> {
        Self::begin(root, if poll { Teller::Nobody } else { Teller::System }, PACE)
    }

    fn begin(root: &Path, teller: Teller, pace: Pace) -> io::Result<Self> {
        let (signal, signals) = mpsc::channel();
        let (tell, news) = mpsc::channel();
        let (end, ended) = mpsc::channel();
        let mut watcher = Watcher {
            root: root.to_owned(),
            pace,
            #[cfg(test)]
            teller,
            tell,
            signal,
            events: None,
            polling: false,
            identity: identities(root),
            files: Files::default().look(root),
        };
        // Before the caller goes on: what changes from now on is told.
        match teller {
            Teller::Nobody => watcher.go_polling(Blind::Asked),
            #[cfg(test)]
            Teller::Mute => watcher.arm(),
            Teller::System => watcher.arm(),
        }
        thread::Builder::new().name("watch".to_owned()).spawn(move || watcher.run(&signals, &ended))?;
        Ok(Self { news, _stop: end })
    }

    /// The next news, or none where there is none in so long a time; without a limit, waits.
    pub fn next(&self, patience: Option<Duration>) -> Option<News> {
        match patience {
            Some(patience) => self.news.recv_timeout(patience).ok(),
            None => self.news.recv().ok(),
        }
    }
}

struct Watcher {
    root: PathBuf,
    pace: Pace,
    #[cfg(test)]
    teller: Teller,
    tell: Sender<News>,
    signal: Sender<Signal>,
    /// The system's watcher, where it can be had.
    events: Option<Box<dyn Any + Send>>,
    polling: bool,
    identity: [Option<Identity>; FOLDERS.len()],
    files: Files,
}

impl Watcher {
    fn run(mut self, signals: &Receiver<Signal>, ended: &Receiver<Never>) {
        let mut told = false;
        let mut suspect = false;
        let mut next_sweep = Instant::now() + self.pause(Duration::ZERO);
        loop {
            match signals.recv_timeout(self.pace.beat) {
                Ok(Signal::Event) => {
                    told = true;
                    if !self.say(News::Changed) {
                        return;
                    }
                }
                Ok(Signal::Blind(why)) => self.go_polling(why),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            if matches!(ended.try_recv(), Err(TryRecvError::Disconnected)) {
                return;
            }
            let identity = identities(&self.root);
            if identity != self.identity {
                self.identity = identity;
                if !self.polling {
                    self.arm();
                }
                told = true;
                if !self.say(News::Changed) {
                    return;
                }
            }
            if Instant::now() < next_sweep {
                continue;
            }
            let begun = Instant::now();
            let files = self.files.look(&self.root);
            if files == self.files {
                suspect = false;
            } else if self.polling {
                if !self.say(News::Changed) {
                    return;
                }
            } else if told {
                suspect = false;
            } else if suspect {
                self.go_polling(Blind::Missed);
                suspect = false;
                if !self.say(News::Changed) {
                    return;
                }
            } else {
                // The event may be on its way. What was seen before stays, so that the next look finds the change again.
                suspect = true;
                next_sweep = Instant::now() + self.pace.poll;
                continue;
            }
            told = false;
            self.files = files;
            next_sweep = Instant::now() + self.pause(begun.elapsed());
        }
    }

    fn pause(&self, cost: Duration) -> Duration {
        if self.polling { self.pace.poll } else { self.pace.sweep }.max(cost * SHARE)
    }

    /// Whether anybody listens.
    fn say(&self, news: News) -> bool {
        self.tell.send(news).is_ok()
    }

    fn go_polling(&mut self, why: Blind) {
        if !self.polling {
            self.polling = true;
            self.events = None;
            self.say(News::Polling(why));
        }
    }

    /// Has the system watch the folders that there are now.
    fn arm(&mut self) {
        self.events = None;
        #[cfg(test)]
        if self.teller == Teller::Mute {
            return;
        }
        let signal = self.signal.clone();
        let told = move |result: DebounceEventResult| match result {
            Ok(events) if events.iter().any(|event| !event.kind.is_access()) => {
                let _ = signal.send(Signal::Event);
            }
            Ok(_) => {}
            Err(errors) => {
                let gone = |error: &notify::Error| {
                    matches!(error.kind, ErrorKind::PathNotFound | ErrorKind::WatchNotFound)
                };
                let blind = errors.iter().find(|error| !gone(error)).map(blind);
                let _ = signal.send(blind.map_or(Signal::Event, Signal::Blind));
            }
        };
        match watched(&self.root, self.pace.quiet, told) {
            Ok(events) => self.events = Some(events),
            Err(error) => self.go_polling(blind(&error)),
        }
    }
}

fn watched(
    root: &Path,
    quiet: Duration,
    told: impl FnMut(DebounceEventResult) + Send + 'static,
) -> notify::Result<Box<dyn Any + Send>> {
    let mut watcher = new_debouncer_opt::<_, RecommendedWatcher, RecommendedCache>(
        quiet,
        Some(quiet / 2),
        told,
        RecommendedCache::new(),
        Config::default(),
    )?;
    for folder in FOLDERS.map(|folder| root.join(folder)) {
        match watcher.watch(&folder, RecursiveMode::Recursive) {
            // It is looked for every second.
            Err(error) if !folder.is_dir() || matches!(error.kind, ErrorKind::PathNotFound) => {}
            watching => watching?,
        }
    }
    Ok(Box::new(watcher))
}

fn blind(error: &notify::Error) -> Blind {
    match &error.kind {
        ErrorKind::MaxFilesWatch => Blind::TooManyFolders,
        ErrorKind::Io(error) => Blind::Refused(reason(error)),
        _ => Blind::Refused(no_reason()),
    }
}

#[cfg(test)]
mod tests;

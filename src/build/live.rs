//! A preview that follows its folder: builds, waits for a change, builds again. The command line and an editor alike ask it for
//! the next thing to show or to say.
//!
//! Invariant: a change is never lost. Where the site cannot be read, because its folder is gone or the program has no descriptor
//! free, the last build stays on show, that is said once, and it is tried again until it works.
#![expect(clippy::disallowed_methods, reason = "build/ touches the disk (DESIGN §3, rule 9)")]

use super::preview::{Preview, Shown};
use super::watch::{Blind, News, Watch};
use crate::diag::{Diagnostic, Message, codes};
use crate::model::collect::Options;
use crate::world::DiskWorld;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// As many files as a build opens at a time, and some more.
const AT_ONCE: usize = 24;
/// The first wait before trying again; each later one is twice as long, up to the last.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LAST_WAIT: Duration = Duration::from_secs(16);

/// A preview with the folder that it follows.
pub struct Live {
    root: PathBuf,
    options: Options,
    preview: Preview,
    watch: Option<Watch>,
    /// Whether there is something to build.
    due: bool,
    /// How long to wait before trying again what did not work.
    retry: Option<Duration>,
    /// What was said last of not being able to read.
    trouble: Option<Message>,
    /// What the last build found.
    last: Vec<Diagnostic>,
}

/// What comes next.
pub enum Next {
    /// A build to show.
    Shown(Box<Shown>),
    /// Something to say.
    Said(Message),
}

impl Live {
    /// Begins to follow a site's folder. With `poll`, files are looked at instead of asking the system for changes.
    pub fn follow(root: &Path, options: Options, poll: bool) -> Self {
        Self {
            root: root.to_owned(),
            options,
            preview: Preview::new(),
            watch: Watch::start(root, poll).ok(),
            due: true,
            retry: None,
            trouble: None,
            last: Vec::new(),
        }
    }

    /// Waits for the next thing to show or to say; the first is a build. None where nothing will ever come again.
    pub fn coming(&mut self) -> Option<Next> {
        loop {
            if self.due
                && let Some(next) = self.attempt()
            {
                return Some(next);
            }
            let Some(watch) = &self.watch else {
                std::thread::sleep(self.retry?);
                self.due = true;
                continue;
            };
            match watch.next(self.retry) {
                Some(News::Changed) => {
                    // More may have come in meanwhile; one build answers all of it.
                    self.due = true;
                    while let Some(more) = watch.next(Some(Duration::ZERO)) {
                        if let News::Polling(why) = more {
                            return Some(Next::Said(polling(&why)));
                        }
                    }
                }
                Some(News::Polling(Blind::Asked)) => {}
                Some(News::Polling(why)) => return Some(Next::Said(polling(&why))),
                // In time without limit there is none but where the watching ended.
                None if self.retry.is_none() => return None,
                None => self.due = true,
            }
        }
    }

    /// Builds, or says why that cannot be; none where both would only repeat what was said.
    fn attempt(&mut self) -> Option<Next> {
        self.due = false;
        let shown = match self.build() {
            Ok(shown) => shown,
            Err(error) => {
                self.wait_longer();
                let said = Message::new("serve-unreadable").with("reason", error);
                let repeated = self.trouble.as_ref() == Some(&said);
                self.trouble = Some(said.clone());
                return (!repeated).then_some(Next::Said(said));
            }
        };
        let unread = is_unread(&shown);
        // Who locks a file is about to finish it; the same findings are shown once.
        let repeated = unread && self.retry.is_some() && self.trouble.is_none() && self.last == shown.found;
        if unread {
            self.wait_longer();
        } else {
            self.retry = None;
        }
        self.trouble = None;
        self.last.clone_from(&shown.found);
        (!repeated).then(|| Next::Shown(Box::new(shown)))
    }

    fn build(&mut self) -> io::Result<Shown> {
        readable(&self.root)?;
        let world = DiskWorld::open(&self.root)?;
        let shown = self.preview.build(&world, &self.options);
        if is_unread(&shown) {
            // Where the descriptors went in the middle of the build, what it found says nothing of the site.
            readable(&self.root)?;
        }
        Ok(shown)
    }

    fn wait_longer(&mut self) {
        self.retry = Some(self.retry.map_or(FIRST_WAIT, |wait| (wait * 2).min(LAST_WAIT)));
    }
}

/// Whether a file could not be read.
fn is_unread(shown: &Shown) -> bool {
    shown.found.iter().any(|finding| finding.code == codes::UNREADABLE_FILE)
}

/// Whether a build could open its files now. Windows has no small limit, and folders are no files there.
fn readable(root: &Path) -> io::Result<()> {
    if cfg!(windows) {
        return Ok(());
    }
    let opened: io::Result<Vec<File>> = (0..AT_ONCE).map(|_| File::open(root)).collect();
    opened.map(drop)
}

fn polling(why: &Blind) -> Message {
    match why {
        Blind::Asked | Blind::Missed => Message::new("serve-polling-missed"),
        Blind::TooManyFolders => Message::new("serve-polling-folders"),
        Blind::Refused(reason) => Message::new("serve-polling-refused").with("reason", reason),
    }
}

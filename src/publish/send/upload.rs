//! The work itself, under a lease that is ours.
//!
//! Invariant: a phase begins when every file of the one before is at the far side.

use super::{Answer, BTreeSet, Done, How, LEASE, Lease, OutPath, Published, Sent, Target, Trouble};
use super::{
    LIST, Looked, MANIFEST, Manner, PHASES, PROOF, PUBLISHED, Release, Stopped, read_lease, write_list,
};
use crate::build::compress::gzip;
use crate::build::delivery::{cache_rule, media_type};
use crate::build::write::Written;
use crate::publish::state::{State, There};
use crate::publish::verify;
use bytes::Bytes;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// Work under a lease.
pub(super) struct Work<'w> {
    target: &'w dyn Target,
    release: &'w Release<'w>,
    manner: &'w Manner<'w>,
    lease: Mutex<Lease>,
    /// Held while the lease is written, so that an older one does not overtake a newer.
    writing: Mutex<()>,
    /// When it was last seen that the lease is ours.
    proof: Mutex<Instant>,
    /// Somebody else took it.
    lost: AtomicBool,
    sent: AtomicUsize,
}

fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<'w> Work<'w> {
    pub(super) fn new(
        target: &'w dyn Target,
        release: &'w Release<'w>,
        manner: &'w Manner<'w>,
        lease: Lease,
    ) -> Self {
        Self {
            target,
            release,
            manner,
            lease: Mutex::new(lease),
            writing: Mutex::new(()),
            proof: Mutex::new(Instant::now()),
            lost: AtomicBool::new(false),
            sent: AtomicUsize::new(0),
        }
    }

    /// Does everything.
    pub(super) fn run(&self, looked: Looked) -> Result<Done, Stopped> {
        let Looked { published, state, plan, damaged, .. } = looked;
        self.manner.watch.begin(plan.sent(), plan.bytes);
        let over = (Mutex::new(false), Condvar::new());
        let result = std::thread::scope(|scope| {
            if !self.manner.pace.beat.is_zero() {
                scope.spawn(|| self.beat(&over));
            }
            let result = self.all(published.as_ref(), &state, &plan);
            *locked(&over.0) = true;
            over.1.notify_all();
            result
        });
        result?;
        if self.manner.verify {
            let sent: BTreeMap<OutPath, There> = {
                let lease = locked(&self.lease);
                let done = |path: &OutPath| lease.journal.get(path).copied().flatten();
                plan.uploads().filter_map(|path| Some((path.clone(), There::Is(done(path)?)))).collect()
            };
            let state = State { there: sent, cut: false };
            let wrong = verify::wrong(self.target, &state, self.manner.connections)
                .map_err(|(trouble, path)| Stopped::Failed(trouble, path.to_string(), Vec::new()))?;
            if !wrong.is_empty() {
                return Err(Stopped::Damaged(wrong.into_iter().collect()));
            }
        }
        Ok(Done { plan, changed: true, mended: damaged })
    }

    fn all(&self, before: Option<&Published>, state: &State, plan: &super::Plan) -> Result<(), Stopped> {
        let left_from = |phase: usize, done: &BTreeSet<&OutPath>| -> Vec<OutPath> {
            let rest = plan.phases[phase..].iter().flatten().filter(|path| !done.contains(path));
            rest.chain(&plan.gone).cloned().collect()
        };
        for path in &plan.room {
            self.target.remove(path).map_err(|trouble| {
                Stopped::Failed(trouble, path.to_string(), left_from(0, &BTreeSet::new()))
            })?;
        }
        for phase in 0..PHASES {
            let done = Mutex::new(BTreeSet::new());
            self.phase(&plan.phases[phase], &done).map_err(|stopped| match stopped {
                Stopped::Failed(trouble, path, _) => {
                    Stopped::Failed(trouble, path, left_from(phase, &locked(&done)))
                }
                other => other,
            })?;
        }
        let mut published = self.published(before, state, plan);
        self.require_lease()?;
        if self.target.has_folders() {
            // For `host` and other servers of the folder: the list of the build as it is.
            self.target
                .write(MANIFEST, &Bytes::copy_from_slice(&self.release.list), LIST)
                .map_err(Stopped::at(MANIFEST))?;
        }
        let list = |published: &Published| {
            let gone = || published.gone.iter().cloned().collect();
            write_list(self.target, PUBLISHED, published.print())
                .map_err(|trouble| Stopped::Failed(trouble, PUBLISHED.to_owned(), gone()))
        };
        list(&published)?;
        if !plan.gone.is_empty() {
            self.remove(&plan.gone)?;
            published.gone.clear();
            list(&published)?;
        }
        Ok(())
    }

    /// Sends the files of a phase, some at once.
    fn phase<'p>(&self, paths: &'p [OutPath], done: &Mutex<BTreeSet<&'p OutPath>>) -> Result<(), Stopped> {
        let next = AtomicUsize::new(0);
        let stopped: Mutex<Option<Stopped>> = Mutex::new(None);
        let work = || {
            while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                if locked(&stopped).is_some() {
                    return;
                }
                match self.one(path) {
                    Ok(()) => {
                        locked(done).insert(path);
                    }
                    Err(error) => {
                        locked(&stopped).get_or_insert(error);
                        return;
                    }
                }
            }
        };
        let workers = self.manner.connections.min(paths.len());
        if workers <= 1 {
            work();
        } else {
            std::thread::scope(|scope| (0..workers).for_each(|_| drop(scope.spawn(work))));
        }
        let result = locked(&stopped).take();
        result.map_or(Ok(()), Err)
    }

    /// Sends a file.
    fn one(&self, path: &OutPath) -> Result<(), Stopped> {
        if self.lost.load(Ordering::Relaxed) {
            return Err(Stopped::Busy(String::new()));
        }
        let want = self.release.wanted[path];
        let changed = || Stopped::Changed(path.clone());
        let bytes = self.release.source.bytes(path, &want.written).ok_or_else(changed)?;
        let how =
            How { media: media_type(path), cache: cache_rule(path, &want.written), packed: want.packed };
        let (bytes, packed) = if want.packed {
            let packed = gzip(&bytes).expect("memory takes every write");
            let written = Written::of(&packed);
            (packed, Some(written))
        } else {
            (bytes, None)
        };
        let bytes = Bytes::from(bytes);
        self.target.write(path, &bytes, how).map_err(Stopped::at(path))?;
        locked(&self.lease).journal.insert(path.clone(), Some(Sent { plain: want.written, packed }));
        self.manner.watch.sent(path, want.written.len);
        let number = self.sent.fetch_add(1, Ordering::Relaxed) + 1;
        if number.is_multiple_of(self.manner.pace.record.max(1)) {
            // A journal that is not written costs the next run some files that are sent again.
            let _ = self.renew();
        }
        Ok(())
    }

    /// Writes the lease with the journal as it is now.
    fn renew(&self) -> Answer<()> {
        let _writing = locked(&self.writing);
        let bytes = {
            let mut lease = locked(&self.lease);
            lease.beats += 1;
            lease.print()
        };
        write_list(self.target, LEASE, bytes)
    }

    /// Renews the lease from time to time, until the work is over.
    fn beat(&self, over: &(Mutex<bool>, Condvar)) {
        let mut ended = locked(&over.0);
        loop {
            let wait = over.1.wait_timeout(ended, self.manner.pace.beat);
            let (guard, timeout) = wait.unwrap_or_else(PoisonError::into_inner);
            ended = guard;
            if *ended {
                return;
            }
            if timeout.timed_out() {
                drop(ended);
                if self.is_ours() == Ok(false) {
                    self.lost.store(true, Ordering::Relaxed);
                    return;
                }
                let _ = self.renew();
                ended = locked(&over.0);
            }
        }
    }

    fn is_ours(&self) -> Answer<bool> {
        let there = read_lease(self.target)?;
        let ours = there.is_some_and(|there| there.attempt == locked(&self.lease).attempt);
        if ours {
            *locked(&self.proof) = Instant::now();
        }
        Ok(ours)
    }

    /// Before the list is written: is it still ours to write?
    fn require_lease(&self) -> Result<(), Stopped> {
        let fresh = locked(&self.proof).elapsed() < PROOF;
        if self.lost.load(Ordering::Relaxed) || !(fresh || self.is_ours().map_err(Stopped::at(LEASE))?) {
            return Err(Stopped::Busy(String::new()));
        }
        Ok(())
    }

    /// The list as it will be.
    fn published(&self, before: Option<&Published>, state: &State, plan: &super::Plan) -> Published {
        let lease = locked(&self.lease);
        let sent = |path: &OutPath| {
            let stands = || match state.there.get(path) {
                Some(There::Is(sent) | There::Kept(sent)) => Some(*sent),
                _ => None,
            };
            lease.journal.get(path).copied().flatten().or_else(stands)
        };
        let files = self.release.wanted.iter();
        Published {
            site: self.release.site.clone().or_else(|| before.and_then(|before| before.site.clone())),
            build: self.release.build,
            attempt: lease.attempt.clone(),
            files: files
                .map(|(path, want)| (path.clone(), sent(path).unwrap_or_else(|| Sent::plain(want.written))))
                .collect(),
            kept: plan.kept.clone(),
            gone: plan.gone.clone(),
        }
    }

    /// Removes what is left over.
    fn remove(&self, gone: &BTreeSet<OutPath>) -> Result<(), Stopped> {
        let paths: Vec<&OutPath> = gone.iter().collect();
        let at_once = self.target.removes_at_once().max(1);
        for (number, chunk) in paths.chunks(at_once).enumerate() {
            let removed = match chunk {
                [one] => self.target.remove(one),
                many => self.target.remove_many(&many.iter().map(|path| &***path).collect::<Vec<_>>()),
            };
            removed.map_err(|trouble: Trouble| {
                let left = paths[number * at_once..].iter().map(|path| (*path).clone()).collect();
                Stopped::Failed(trouble, chunk[0].to_string(), left)
            })?;
        }
        Ok(())
    }
}

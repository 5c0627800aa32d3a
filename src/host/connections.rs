//! Who is connected, and who has to go when there is no room.
//!
//! A server that simply refuses when it is full is full for good once somebody opens ten thousand connections and says nothing. So the connection that has been waiting
//! longest makes room: one on which no answer is on its way, be it a browser that may ask again one day or somebody who never finishes a head.
//! Whoever asks at once is answered before it is their turn to go.
//!
//! Refuses: more connections than there is room for; to break off an answer.
//! Invariant: there are never more than `most`.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// All places.
pub struct Places {
    most: usize,
    open: Mutex<BTreeMap<u64, Arc<Connection>>>,
    /// Counts whatever happens on connections: what happened last has the highest number.
    moment: AtomicU64,
    evicted: AtomicU64,
}

/// One connection.
pub struct Connection {
    number: u64,
    /// Answers on their way.
    busy: AtomicU32,
    /// Requests so far.
    asked: AtomicU32,
    last: AtomicU64,
    /// Told when it has to make room.
    pub end: Notify,
}

/// The right to be connected; given back when it is dropped.
pub struct Held {
    places: Arc<Places>,
    /// The connection.
    pub place: Arc<Connection>,
}

/// An answer on its way.
pub struct Busy {
    places: Arc<Places>,
    place: Arc<Connection>,
}

impl Places {
    /// So many.
    pub fn new(most: usize) -> Arc<Self> {
        let most = most.max(1);
        Arc::new(Self { most, open: Mutex::default(), moment: AtomicU64::new(0), evicted: AtomicU64::new(0) })
    }

    fn open(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<Connection>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> u64 {
        self.moment.fetch_add(1, Ordering::Relaxed)
    }

    /// Takes a place; none where all are busy.
    pub fn take(self: &Arc<Self>) -> Option<Held> {
        let mut open = self.open();
        if open.len() >= self.most {
            let waiting = open.values().filter(|place| place.busy.load(Ordering::Acquire) == 0);
            let longest = waiting.min_by_key(|place| place.last.load(Ordering::Relaxed))?.clone();
            open.remove(&longest.number);
            longest.end.notify_one();
            self.evicted.fetch_add(1, Ordering::Relaxed);
        }
        let number = self.now();
        let place = Arc::new(Connection {
            number,
            busy: AtomicU32::new(0),
            asked: AtomicU32::new(0),
            last: AtomicU64::new(number),
            end: Notify::new(),
        });
        open.insert(number, place.clone());
        Some(Held { places: self.clone(), place })
    }

    /// How many are connected.
    pub fn connected(&self) -> usize {
        self.open().len()
    }

    /// How many had to make room so far.
    pub fn evicted(&self) -> u64 {
        self.evicted.load(Ordering::Relaxed)
    }
}

impl Held {
    /// Begins an answer; how many requests there were with this one.
    pub fn begin(&self) -> (Busy, u32) {
        self.place.busy.fetch_add(1, Ordering::AcqRel);
        let asked = self.place.asked.fetch_add(1, Ordering::Relaxed) + 1;
        (Busy { places: self.places.clone(), place: self.place.clone() }, asked)
    }
}

impl Connection {
    /// Whether no answer is on its way.
    pub fn is_waiting(&self) -> bool {
        self.busy.load(Ordering::Acquire) == 0
    }

    /// How many requests there were.
    pub fn asked(&self) -> u32 {
        self.asked.load(Ordering::Relaxed)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.place.last.store(self.places.now(), Ordering::Relaxed);
        self.place.busy.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.places.open().remove(&self.place.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_longest_makes_room() {
        let places = Places::new(3);
        let held: Vec<Held> = (0..3).map(|_| places.take().unwrap()).collect();
        // The first is being answered; the second has asked since the third came.
        let (busy, _) = held[0].begin();
        drop(held[1].begin());
        let fourth = places.take().unwrap();
        assert_eq!((places.connected(), places.evicted()), (3, 1));
        let told = |place: &Connection| {
            let waker = std::task::Waker::noop();
            let end = std::pin::pin!(place.end.notified());
            Future::poll(end, &mut std::task::Context::from_waker(waker)).is_ready()
        };
        assert!(told(&held[2].place) && !told(&held[0].place) && !told(&held[1].place));
        // Nobody who is being answered has to go.
        let (also, _) = held[1].begin();
        let (last, asked) = fourth.begin();
        assert!(places.take().is_none() && asked == 1);
        drop((busy, also, last));
        assert!(places.take().is_some());
        drop((held, fourth));
        assert_eq!(places.connected(), 0);
    }
}

//! Which delimiter runs of one stretch of inlines pair up: `CommonMark`'s "process emphasis", on runs whose powers
//! [`super::flanking`] has settled.
//!
//! Refuses: looking at text. Invariant: edges nest properly, and the work is linear in the number of delimiters.

/// A run of `*`, `_` or `~`.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// The delimiter.
    pub delimiter: u8,
    /// How many.
    pub len: u32,
    /// What it may do.
    pub powers: super::Flanking,
}

/// Delimiters that turned out to be markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Index of the run they belong to.
    pub run: u32,
    /// Whether they begin markup (taken from the run's right end) or end it (from its left end).
    pub open: bool,
    /// How many.
    pub len: u32,
}

const NONE: u32 = u32::MAX;

/// Pairs up runs. Edges come in reading order: of one run first those that close, then those that open.
///
/// # Panics
/// If there are 2³² runs or more; no body is that long.
pub fn resolve(runs: &[Run]) -> Vec<Edge> {
    let count = u32::try_from(runs.len()).expect("a body holds fewer than 2³² runs");
    if count < 2 {
        return Vec::new();
    }
    let mut left: Vec<u32> = runs.iter().map(|r| r.len).collect();
    // The delimiter stack is a doubly linked list, since runs leave it from anywhere.
    let mut before: Vec<u32> = (0..count).map(|i| i.checked_sub(1).unwrap_or(NONE)).collect();
    let mut after: Vec<u32> = (0..count).map(|i| if i + 1 < count { i + 1 } else { NONE }).collect();
    let unlink = |before: &mut [u32], after: &mut [u32], i: u32| {
        let (b, a) = (before[i as usize], after[i as usize]);
        if b != NONE {
            after[b as usize] = a;
        }
        if a != NONE {
            before[a as usize] = b;
        }
    };
    // Below these indices no opener for such a closer exists: this bounds the search.
    let mut bottoms = [0u32; 18];
    let (mut begun, mut ended) = (Vec::new(), Vec::new());
    let mut closer = 0;
    while closer != NONE {
        let c = runs[closer as usize];
        if !c.powers.can_close {
            closer = after[closer as usize];
            continue;
        }
        let bottom = &mut bottoms[bottom_of(c)];
        let mut opener = before[closer as usize];
        while opener != NONE && opener >= *bottom && !pairs(runs[opener as usize], c) {
            opener = before[opener as usize];
        }
        if opener == NONE || opener < *bottom {
            *bottom = closer;
            let next = after[closer as usize];
            if !c.powers.can_open {
                unlink(&mut before, &mut after, closer);
            }
            closer = next;
            continue;
        }
        let (o, e) = (opener as usize, closer as usize);
        let len = match c.delimiter {
            b'~' => c.len,
            _ if left[o] >= 2 && left[e] >= 2 => 2,
            _ => 1,
        };
        left[o] -= len;
        left[e] -= len;
        begun.push(Edge { run: opener, open: true, len });
        ended.push(Edge { run: closer, open: false, len });
        // What stands between the two can pair with nothing outside.
        after[o] = closer;
        before[e] = opener;
        if left[o] == 0 {
            unlink(&mut before, &mut after, opener);
        }
        if left[e] == 0 {
            let next = after[e];
            unlink(&mut before, &mut after, closer);
            closer = next;
        }
    }
    // An opener gives its delimiters away from the inside out, so in reading order they come reversed.
    begun.reverse();
    ended.append(&mut begun);
    ended.sort_by_key(|e| (e.run, e.open));
    ended
}

fn bottom_of(closer: Run) -> usize {
    let delimiter = match closer.delimiter {
        b'*' => 0,
        b'_' => 6,
        _ => 12,
    };
    delimiter + usize::from(closer.powers.can_open) * 3 + (closer.len % 3) as usize
}

fn pairs(opener: Run, closer: Run) -> bool {
    if !opener.powers.can_open || opener.delimiter != closer.delimiter {
        return false;
    }
    if closer.delimiter == b'~' {
        return opener.len == closer.len && closer.len <= 2;
    }
    // Rules 9 and 10: where one of them could do both, lengths must not add up to a multiple of 3.
    let either = opener.powers.can_close || closer.powers.can_open;
    !either || !(opener.len + closer.len).is_multiple_of(3) || closer.len.is_multiple_of(3)
}

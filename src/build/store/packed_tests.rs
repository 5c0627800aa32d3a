//! The packed file against time, damage, other programs and other commands.
#![expect(clippy::disallowed_methods, reason = "tests of the disk touch the disk")]
#![expect(clippy::cast_possible_truncation, reason = "numbers of tests are small, or any byte will do")]
#![expect(clippy::type_complexity, reason = "a list of cases, each with what it does")]

use super::*;
use crate::build::store::segment::HEAD;
use std::fs;
use std::path::Path;

const DAY: u32 = 20_000;

fn keys(program: &str) -> Keys {
    Keys::new(&[1; 32], program)
}

fn open(folder: &Path) -> Packed {
    opened(folder, &keys("1")).0
}

fn opened(folder: &Path, keys: &Keys) -> (Packed, Option<Unfit>) {
    Packed::open(OpenFolder::open(folder).unwrap(), keys.clone())
}

/// A folder in memory where the system has such: these tests write a thousand files.
fn quick_folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

fn size(folder: &Path) -> u64 {
    fs::metadata(folder.join(FILE)).map_or(0, |meta| meta.len())
}

/// A number that is different for each seed, and the same each time.
fn chance(seed: u64) -> u64 {
    u64::from_le_bytes(blake3::hash(&seed.to_le_bytes()).as_bytes()[..8].try_into().unwrap())
}

#[test]
fn keeps_values_by_kind_and_key() {
    let held = quick_folder();
    let memory = open(held.path());
    assert_eq!(memory.recall("a", b"1", DAY), None);
    memory.keep("a", b"1", b"one".to_vec(), DAY);
    memory.keep("b", b"1", Vec::new(), DAY);
    assert_eq!(memory.recall("a", b"1", DAY).unwrap(), b"one");
    memory.save(DAY).unwrap();
    for memory in [&memory, &open(held.path())] {
        assert_eq!(memory.recall("a", b"1", DAY).unwrap(), b"one");
        assert_eq!(memory.recall("b", b"1", DAY).unwrap(), b"");
        assert_eq!((memory.recall("a", b"2", DAY), memory.recall("ab", b"1", DAY)), (None, None));
    }
    let before = fs::read(held.path().join(FILE)).unwrap();
    // The same again writes nothing; something else is put behind.
    memory.keep("a", b"1", b"two".to_vec(), DAY);
    memory.keep("a", b"1", b"one".to_vec(), DAY);
    memory.save(DAY).unwrap();
    assert_eq!(fs::read(held.path().join(FILE)).unwrap(), before);
    memory.keep("c", b"1", b"three".to_vec(), DAY);
    memory.save(DAY).unwrap();
    assert!(fs::read(held.path().join(FILE)).unwrap().starts_with(&before));
    let again = open(held.path());
    assert_eq!(again.recall("c", b"1", DAY).unwrap(), b"three");
    assert_eq!(again.recall("a", b"1", DAY).unwrap(), b"one");
}

#[test]
fn a_file_of_changing_values_does_not_grow_without_end() {
    let held = quick_folder();
    let memory = open(held.path());
    for round in 0..1000_u32 {
        for key in 0..10_u8 {
            if round == 0 || key == (round % 10) as u8 {
                memory.keep("a", &[key], vec![round as u8; 1000], DAY);
            }
        }
        memory.save(DAY).unwrap();
        assert!(size(held.path()) < 30_000, "{}", size(held.path()));
    }
    let again = open(held.path());
    for key in 0..10_u8 {
        assert_eq!(again.recall("a", &[key], DAY).unwrap(), vec![(990 + u32::from(key)) as u8; 1000]);
    }
}

#[test]
fn new_values_do_not_pile_up_in_memory() {
    let held = quick_folder();
    let mut memory = open(held.path());
    memory.most_waiting = 1_000;
    for number in 0..100_u8 {
        memory.keep("a", &[number], vec![number; 100], DAY);
        let waiting: usize = memory.fresh.read().unwrap().values().map(|one| one.value.len()).sum();
        assert!(waiting <= 1_000, "{waiting}");
        assert!(
            (0..=number).all(|one| memory.recall("a", &[one], DAY).unwrap() == vec![one; 100]),
            "{number}"
        );
    }
    assert!(size(held.path()) > 9_000);
    memory.save(DAY).unwrap();
    let memory = open(held.path());
    assert!((0..100_u8).all(|one| memory.recall("a", &[one], DAY).unwrap() == vec![one; 100]));
}

#[test]
fn what_is_used_stays_and_what_is_not_goes() {
    let held = quick_folder();
    let memory = open(held.path());
    memory.keep("a", b"used", b"1".to_vec(), DAY);
    memory.keep("a", b"kept again", b"2".to_vec(), DAY);
    memory.keep("a", b"forgotten", b"3".to_vec(), DAY);
    memory.save(DAY).unwrap();
    for day in DAY..DAY + 200 {
        // A run a day, and a change in each tenth.
        let memory = open(held.path());
        assert_eq!(memory.recall("a", b"used", day).unwrap(), b"1");
        memory.keep("a", b"kept again", b"2".to_vec(), day);
        if day % 10 == 0 {
            memory.keep("b", b"other", day.to_le_bytes().to_vec(), day);
        }
        memory.save(day).unwrap();
    }
    let memory = open(held.path());
    assert!(memory.recall("a", b"used", DAY).is_some() && memory.recall("a", b"kept again", DAY).is_some());
    assert_eq!(memory.recall("a", b"forgotten", DAY), None);
}

#[test]
fn two_commands_do_not_spoil_each_others_file() {
    let held = quick_folder();
    open(held.path()).save(DAY).unwrap();
    let (one, two) = (open(held.path()), open(held.path()));
    one.keep("a", b"1", b"one".to_vec(), DAY);
    two.keep("a", b"2", b"two".to_vec(), DAY);
    one.save(DAY).unwrap();
    two.save(DAY).unwrap();
    let again = open(held.path());
    assert_eq!(again.recall("a", b"1", DAY).unwrap(), b"one");
    assert_eq!(again.recall("a", b"2", DAY).unwrap(), b"two");
    // Eight at once, each with many saves.
    std::thread::scope(|scope| {
        for writer in 0..8_u8 {
            let folder = held.path();
            scope.spawn(move || {
                for round in 0..30_u8 {
                    let memory = open(folder);
                    memory.keep("w", &[writer], vec![round; 500], DAY);
                    memory.save(DAY).unwrap();
                    if let Some(value) = open(folder).recall("w", &[writer], DAY) {
                        assert!(value.len() == 500 && value.iter().all(|byte| *byte == value[0]));
                    }
                }
            });
        }
    });
    let (again, unfit) = opened(held.path(), &keys("1"));
    assert_eq!((again.recall("a", b"1", DAY).as_deref(), unfit), (Some(&b"one"[..]), None));
}

/// A memory of three segments, and its values.
fn sample(folder: &Path) -> BTreeMap<Vec<u8>, Vec<Vec<u8>>> {
    let mut history: BTreeMap<Vec<u8>, Vec<Vec<u8>>> = BTreeMap::new();
    let memory = open(folder);
    for round in 0..3_u8 {
        for key in 0..20_u8 {
            if round == 0 || key % 7 == round {
                let value = vec![round * 20 + key; 20 + usize::from(key) * 3];
                memory.keep("a", &[key], value.clone(), DAY);
                history.entry(vec![key]).or_default().push(value);
            }
        }
        memory.save(DAY).unwrap();
    }
    history
}

/// What a spoilt file gives: values of ours, or none; and it is written anew.
fn gives_ours_or_none(folder: &Path, history: &BTreeMap<Vec<u8>, Vec<Vec<u8>>>, what: &str) -> usize {
    let memory = open(folder);
    let mut lost = 0;
    for (key, values) in history {
        match memory.recall("a", key, DAY) {
            // An earlier one, where the end of the file is gone: it was true when it was kept.
            Some(value) => {
                assert!(values.contains(&value), "{what}: a value that nobody kept");
                lost += usize::from(values.last() != Some(&value));
            }
            None => lost += 1,
        }
        memory.keep("a", key, values.last().unwrap().clone(), DAY);
    }
    // A process that another test starts holds the lock of its parent until it runs its own program, and then nothing is saved.
    let mut again = 0;
    let memory = loop {
        memory.save(DAY).unwrap();
        let (mended, unfit) = opened(folder, &keys("1"));
        if unfit.is_none() {
            break mended;
        }
        again += 1;
        assert!(again < 50, "{what}: it was not mended: {unfit:?}");
        std::thread::sleep(std::time::Duration::from_millis(20));
    };
    for (key, values) in history {
        assert_eq!(memory.recall("a", key, DAY).as_ref(), values.last(), "{what}: it was not mended");
    }
    lost
}

#[test]
fn a_thousand_spoilt_files_are_never_believed() {
    let held = quick_folder();
    let history = sample(held.path());
    let whole = fs::read(held.path().join(FILE)).unwrap();
    assert_eq!(gives_ours_or_none(held.path(), &history, "whole"), 0);
    let mut harmed = 0;
    for seed in 0..1000_u64 {
        let number = |n: u64| chance(seed * 16 + n);
        let place = |n: u64| (number(n) % whole.len() as u64) as usize;
        let mut bytes = whole.clone();
        match seed % 8 {
            0 => bytes.truncate(place(0)),
            1 => bytes[place(0)] ^= 1 << (number(1) % 8),
            2 => (0..=(number(0) % 40)).for_each(|n| bytes[place(n + 1)] ^= number(n + 50) as u8 | 1),
            3 => bytes[..].copy_within(place(0).min(place(1))..place(0).max(place(1)), 0),
            4 => bytes.extend_from_slice(&whole[place(0)..]),
            5 => drop(bytes.drain(place(0).min(place(1))..place(0).max(place(1)))),
            6 => bytes[place(0)..].fill(number(1) as u8),
            _ => bytes[(number(0) % HEAD as u64) as usize] ^= number(1) as u8 | 1,
        }
        if bytes == whole {
            continue;
        }
        fs::write(held.path().join(FILE), &bytes).unwrap();
        harmed += usize::from(gives_ours_or_none(held.path(), &history, &format!("seed {seed}")) > 0);
    }
    assert!(harmed > 600, "only {harmed} of 1,000 did harm");
}

#[test]
fn a_file_that_is_cut_anywhere_gives_what_stands_before() {
    let held = quick_folder();
    let history = sample(held.path());
    let whole = fs::read(held.path().join(FILE)).unwrap();
    for cut in (0..whole.len()).step_by(7) {
        fs::write(held.path().join(FILE), &whole[..cut]).unwrap();
        gives_ours_or_none(held.path(), &history, &format!("cut at {cut}"));
    }
}

#[test]
fn a_file_of_others_is_told_apart() {
    let held = quick_folder();
    sample(held.path());
    let why = |keys: &Keys| {
        let (memory, unfit) = opened(held.path(), keys);
        assert_eq!(memory.recall("a", &[1], DAY), None);
        unfit
    };
    assert_eq!(why(&keys("2")), Some(Unfit::Program));
    assert_eq!(why(&Keys::new(&[2; 32], "1")), Some(Unfit::Owner));
    let mut bytes = fs::read(held.path().join(FILE)).unwrap();
    bytes[14] = b'3';
    fs::write(held.path().join(FILE), &bytes).unwrap();
    assert_eq!(why(&keys("1")), Some(Unfit::Version));
    fs::write(held.path().join(FILE), "not ours at all, but long enough to hold a head ".repeat(9)).unwrap();
    assert_eq!(why(&keys("1")), Some(Unfit::Damaged));
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_neither_followed_nor_waited_for() {
    use std::os::unix::fs::symlink;
    let held = quick_folder();
    let theirs = held.path().join("theirs");
    let mut laid: Vec<(&str, Box<dyn Fn(&Path)>)> =
        vec![("link", Box::new(|at| symlink("theirs", at).unwrap()))];
    laid.push(("sparse", Box::new(|at| File::create(at).unwrap().set_len(4 << 30).unwrap())));
    laid.push(("pipe", Box::new(|at| drop(std::process::Command::new("mkfifo").arg(at).status()))));
    for (what, lay) in laid {
        fs::write(&theirs, "theirs").unwrap();
        let _ = fs::remove_file(held.path().join(FILE));
        lay(&held.path().join(FILE));
        let memory = open(held.path());
        assert_eq!(memory.recall("a", b"1", DAY), None, "{what}");
        memory.keep("a", b"1", b"one".to_vec(), DAY);
        memory.save(DAY).unwrap();
        assert_eq!(open(held.path()).recall("a", b"1", DAY).unwrap(), b"one", "{what}");
        assert_eq!(fs::read(&theirs).unwrap(), b"theirs", "{what}");
    }
}

#[test]
#[ignore = "measures; run it alone, optimised: cargo test --release --lib a_large_memory -- --ignored --nocapture"]
fn a_large_memory() {
    let held = quick_folder();
    let memory = open(held.path());
    for key in 0..100_000_u32 {
        memory.keep("outline", &key.to_le_bytes(), vec![key as u8; 1500], DAY);
    }
    let time = |what: &str, work: &dyn Fn()| {
        let start = std::time::Instant::now();
        work();
        println!("{what}: {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    };
    time("write 100,000 values", &|| memory.save(DAY).unwrap());
    time("open", &|| drop(open(held.path())));
    let memory = open(held.path());
    time("read all", &|| {
        (0..100_000_u32).for_each(|key| drop(memory.recall("outline", &key.to_le_bytes(), DAY)));
    });
    memory.keep("outline", b"one", vec![1; 1500], DAY);
    time("write one more", &|| memory.save(DAY).unwrap());
    println!("{} bytes", size(held.path()));
}

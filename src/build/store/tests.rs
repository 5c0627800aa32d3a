//! The store as a run sees it.

use super::*;
use std::fs;

const HOUR: u64 = 3600;

/// The store of a site under another program or at another time.
fn store(site: &Path, program: &str, now: SystemTime) -> Store {
    Store::open(site).unwrap();
    let folder = OpenFolder::open(site).unwrap().below(FOLDER).unwrap();
    Store::of(site, folder, program, now)
}

fn files(site: &Path) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(site.join(FOLDER).join("kept")).into_iter().flatten();
    let files = walk.filter(|entry| entry.file_type().is_file() && entry.file_name() != "swept");
    files.map(walkdir::DirEntry::into_path).collect()
}

#[test]
fn keeps_values_whole() {
    let site = tempfile::tempdir().unwrap();
    let store = Store::open(site.path()).unwrap();
    assert_eq!(store.get("照片 1"), None);
    store.put("照片 1", b"one").unwrap();
    store.put("照片 1", b"two").unwrap();
    store.put("empty", b"").unwrap();
    store.keep("small", b"1", b"three".to_vec());
    store.save();
    let store = Store::existing(site.path());
    assert!(store.notes().is_empty(), "{:?}", store.notes());
    assert_eq!(store.get("照片 1").as_deref(), Some(&b"two"[..]));
    assert_eq!(store.get("empty").as_deref(), Some(&b""[..]));
    assert_eq!(store.recall("small", b"1").as_deref(), Some(&b"three"[..]));
    assert_eq!(fs::read_to_string(site.path().join(FOLDER).join(".gitignore")).unwrap(), "*\n");
    for file in files(site.path()) {
        let bytes = fs::read(&file).unwrap();
        for torn in [&bytes[..0], &bytes[..5], &bytes[..bytes.len() - 1], &vec![0; bytes.len()]] {
            fs::write(&file, torn).unwrap();
            assert!(store.get("照片 1").is_none() || store.get("empty").is_none());
        }
        fs::write(&file, bytes).unwrap();
    }
    // One value's file in the place of another.
    let both = files(site.path());
    fs::copy(&both[0], &both[1]).unwrap();
    assert!(store.get("照片 1").is_none() || store.get("empty").is_none());
}

#[test]
fn many_writers_of_one_key_leave_one_whole_value() {
    let site = tempfile::tempdir().unwrap();
    let store = Store::open(site.path()).unwrap();
    std::thread::scope(|scope| {
        for letter in b'a'..b'i' {
            let store = &store;
            scope.spawn(move || (0..50).for_each(|_| store.put("key", &[letter; 9999]).unwrap()));
        }
    });
    let value = store.get("key").unwrap();
    assert!(value.len() == 9999 && value.iter().all(|byte| *byte == value[0]));
    assert_eq!(files(site.path()).len(), 1);
}

#[test]
fn what_is_used_now_and_then_stays_and_what_is_not_goes() {
    let site = tempfile::tempdir().unwrap();
    let begin = clock();
    let program = machine::program();
    let first = Store::open(site.path()).unwrap();
    first.put("used", b"1").unwrap();
    first.put("idle", b"2").unwrap();
    first.keep("small", b"used", b"1".to_vec());
    first.keep("small", b"idle", b"2".to_vec());
    first.save();
    for day in (0..200).step_by(5) {
        let store = store(site.path(), &program, begin + Duration::from_secs(day * 24 * HOUR));
        assert!(store.get("used").is_some(), "day {day}");
        assert!(store.recall("small", b"used").is_some(), "day {day}");
        store.save();
    }
    assert_eq!(files(site.path()).len(), 1);
    let last = Store::existing(site.path());
    assert!(last.get("idle").is_none() && last.recall("small", b"idle").is_none());
}

#[test]
fn what_came_from_elsewhere_reads_as_none() {
    let site = tempfile::tempdir().unwrap();
    let first = Store::open(site.path()).unwrap();
    let put = |store: &Store| {
        store.put("large", b"1").unwrap();
        store.keep("small", b"1", b"1".to_vec());
        store.save();
    };
    let gives = |store: &Store| (store.get("large").is_some(), store.recall("small", b"1").is_some());
    put(&first);
    assert_eq!(gives(&Store::existing(site.path())), (true, true));
    // Copied to another place.
    let other = tempfile::tempdir().unwrap();
    for entry in walkdir::WalkDir::new(site.path().join(FOLDER)).into_iter().flatten() {
        let to = other.path().join(entry.path().strip_prefix(site.path()).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir(to).unwrap();
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
    let copied = Store::open(other.path()).unwrap();
    assert_eq!(gives(&copied), (false, false));
    assert_eq!(copied.notes()[0].id, "store-other-owner");
    put(&copied);
    let again = Store::open(other.path()).unwrap();
    assert_eq!((gives(&again), again.notes().len()), ((true, true), 0));
    // Under another program.
    let newer = store(other.path(), "another program", clock());
    assert_eq!((gives(&newer), newer.notes()[0].id), ((false, false), "store-other-program"));
}

#[cfg(unix)]
#[test]
fn no_link_is_followed() {
    use std::os::unix::fs::symlink;
    let theirs = tempfile::tempdir().unwrap();
    fs::write(theirs.path().join("diary"), "theirs").unwrap();
    let old = fs::File::options().append(true).open(theirs.path().join("diary")).unwrap();
    old.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    let site = tempfile::tempdir().unwrap();
    symlink(theirs.path(), site.path().join(FOLDER)).unwrap();
    assert!(Store::open(site.path()).is_err_and(|error| crate::world::folder::is_link(&error)));
    let store = Store::existing(site.path());
    assert_eq!((store.get("a"), store.notes()[0].id), (None, "store-unusable"));
    let folders = ["kept", "values", "kept/ab"];
    for inside in folders.into_iter().chain(["memory", "memory-lock", ".gitignore", "kept/swept"]) {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir_all(site.path().join(FOLDER).join(inside).parent().unwrap()).unwrap();
        let is_folder = folders.contains(&inside);
        let target = if is_folder { theirs.path().to_owned() } else { theirs.path().join("diary") };
        symlink(target, site.path().join(FOLDER).join(inside)).unwrap();
        let store = Store::open(site.path()).unwrap();
        (0..600).for_each(|n| drop(store.put(&n.to_string(), b"ours")));
        store.keep("small", b"1", b"ours".to_vec());
        store.save();
        assert_eq!(fs::read_dir(theirs.path()).unwrap().count(), 1, "{inside}");
        assert_eq!(fs::read_to_string(theirs.path().join("diary")).unwrap(), "theirs", "{inside}");
    }
}

#[test]
fn the_values_of_an_earlier_version_are_read_once_and_go() {
    let site = tempfile::tempdir().unwrap();
    let name = kept::name("slugs");
    let shelf = site.path().join(FOLDER).join(EARLIER).join(&name[..2]);
    fs::create_dir_all(&shelf).unwrap();
    let value = b"{}";
    fs::write(shelf.join(&name[2..]), [blake3::hash(value).as_bytes(), &value[..]].concat()).unwrap();
    fs::write(shelf.join("notes.txt"), "somebody's").unwrap();
    assert_eq!(of_earlier_version(site.path(), "slugs").as_deref(), Some(&value[..]));
    let store = Store::open(site.path()).unwrap();
    assert_eq!(of_earlier_version(site.path(), "slugs").as_deref(), Some(&value[..]));
    store.save();
    assert!(of_earlier_version(site.path(), "slugs").is_some());
    assert!(shelf.join("notes.txt").exists(), "what is not ours stays");
}

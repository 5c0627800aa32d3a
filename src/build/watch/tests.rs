//! Folders that are exchanged, that come later, and systems that say nothing.

use super::*;
use std::fs::{self, File};

/// As fast as a test can wait; every wait below ends with the news.
const FAST: Pace = Pace {
    quiet: Duration::from_millis(20),
    beat: Duration::from_millis(20),
    poll: Duration::from_millis(40),
    sweep: Duration::from_millis(200),
};
/// Longer than any news takes on a loaded machine.
const PATIENCE: Duration = Duration::from_mins(1);

struct Site {
    root: tempfile::TempDir,
    watch: Watch,
}

impl Site {
    fn watched(teller: Teller, pace: Pace) -> Self {
        let root = tempfile::tempdir().unwrap();
        put(root.path(), "content/tips/a.md", "one");
        let watch = Watch::begin(root.path(), teller, pace).unwrap();
        Self { root, watch }
    }

    fn put(&self, path: &str, text: &str) {
        put(self.root.path(), path, text);
    }

    /// Waits for a change, and until nothing more is told for a while.
    fn changed(&self) -> Vec<Blind> {
        let mut blind = Vec::new();
        loop {
            match self.watch.next(Some(PATIENCE)).expect("a change is told") {
                News::Changed => break,
                News::Polling(why) => blind.push(why),
            }
        }
        while let Some(news) = self.watch.next(Some(Duration::from_millis(500))) {
            if let News::Polling(why) = news {
                blind.push(why);
            }
        }
        blind
    }
}

fn put(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

#[test]
fn a_folder_that_is_put_in_the_place_of_another_is_watched() {
    // The sweep would find it as well; here the heartbeat has to.
    let site = Site::watched(Teller::System, Pace { sweep: PATIENCE, ..FAST });
    let (content, old) = (site.root.path().join("content"), site.root.path().join("old"));
    for turn in ["two", "three"] {
        put(site.root.path(), "fresh/tips/a.md", turn);
        fs::rename(&content, &old).unwrap();
        fs::rename(site.root.path().join("fresh"), &content).unwrap();
        assert_eq!(site.changed(), []);
        site.put("content/tips/new/b.md", turn);
        assert_eq!(site.changed(), []);
        fs::remove_dir_all(&old).unwrap();
    }
}

#[test]
fn folders_may_go_and_come_later() {
    let site = Site::watched(Teller::System, Pace { sweep: PATIENCE, ..FAST });
    site.put("themes/ours/assets/a.css", "a{}");
    assert_eq!(site.changed(), []);
    site.put("themes/ours/assets/a.css", "b{}");
    assert_eq!(site.changed(), []);
    fs::remove_dir_all(site.root.path().join("content")).unwrap();
    assert_eq!(site.changed(), []);
    site.put("content/tips/a.md", "again");
    assert_eq!(site.changed(), []);
    site.put("content/tips/a.md", "and again");
    assert_eq!(site.changed(), []);
}

#[test]
fn looking_finds_what_a_stamp_does_not_show() {
    let site = Site::watched(Teller::Nobody, FAST);
    assert_eq!(site.watch.next(Some(PATIENCE)), Some(News::Polling(Blind::Asked)));
    let file = site.root.path().join("content/tips/a.md");
    let time = fs::metadata(&file).unwrap().modified().unwrap();
    // The same length, the same time: a second change within one step of the clock.
    fs::write(&file, "two").unwrap();
    File::options().write(true).open(&file).unwrap().set_modified(time).unwrap();
    assert_eq!(site.changed(), []);
    fs::remove_file(&file).unwrap();
    assert_eq!(site.changed(), []);
}

#[test]
fn a_system_that_says_nothing_is_found_out() {
    let site = Site::watched(Teller::Mute, FAST);
    site.put("content/tips/b.md", "new");
    assert_eq!(site.changed(), [Blind::Missed]);
    site.put("content/tips/b.md", "newer");
    assert_eq!(site.changed(), []);
}

#[test]
fn what_cannot_be_read_for_a_while_is_no_end() {
    let site = Site::watched(Teller::Nobody, FAST);
    let root = site.root.path().to_owned();
    let aside = root.with_extension("aside");
    fs::rename(&root, &aside).unwrap();
    site.changed();
    fs::rename(&aside, &root).unwrap();
    site.changed();
    site.put("content/tips/b.md", "new");
    site.changed();
}

#[test]
fn the_thread_ends_with_whoever_watches() {
    let (signal, signals) = mpsc::channel();
    let (tell, _news) = mpsc::channel();
    let (end, ended) = mpsc::channel();
    let root = tempfile::tempdir().unwrap();
    let watcher = Watcher {
        root: root.path().to_owned(),
        pace: FAST,
        teller: Teller::Mute,
        tell,
        signal,
        events: None,
        polling: false,
        identity: identities(root.path()),
        files: Files::default().look(root.path()),
    };
    drop(end);
    watcher.run(&signals, &ended);
}

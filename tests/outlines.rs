//! Outlines, stamps and trees on demand: what is not read a second time, and what happens when a file changes during a build.
#![expect(clippy::disallowed_methods, reason = "a test of the disk touches it")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use yuanba::build::make::{Maker, Silent};
use yuanba::build::{Prepared, check, prepare};
use yuanba::diag::{Diagnostic, Files, Sink};
use yuanba::model::collect::{Options, collect};
use yuanba::output::Target;
use yuanba::source::{Memo, Reading};
use yuanba::world::{
    Cache, DiskWorld, FileResult, Listed, MemoryWorld, NoCache, OutPath, VPath, Volatile, World,
    embedded_site,
};

/// A world that says which files were read, and in which files can change after the listing.
#[derive(Clone)]
struct Watched {
    files: MemoryWorld,
    read: Arc<Mutex<Vec<String>>>,
    /// What a file holds from its second reading on.
    later: Arc<BTreeMap<String, Vec<u8>>>,
}

impl Watched {
    fn new(files: MemoryWorld) -> Self {
        Self { files, read: Arc::default(), later: Arc::default() }
    }

    fn changing(files: MemoryWorld, path: &str, text: &str) -> Self {
        let later = BTreeMap::from([(path.to_owned(), text.as_bytes().to_vec())]);
        Self { later: Arc::new(later), ..Self::new(files) }
    }

    /// The files of `content/` that were read since the last call.
    fn take_read(&self) -> Vec<String> {
        let mut read = std::mem::take(&mut *self.read.lock().unwrap_or_else(PoisonError::into_inner));
        // The list of addresses is read as a whole by every run.
        read.retain(|path| path.starts_with("content/") && path != "content/addresses.yaml");
        read.sort();
        read
    }
}

impl World for Watched {
    fn read(&self, path: &VPath) -> FileResult<Arc<[u8]>> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let again = read.iter().any(|known| **known == **path);
        read.push(path.to_string());
        match self.later.get(&**path) {
            Some(later) if again => Ok(later.as_slice().into()),
            _ => self.files.read(path),
        }
    }

    fn list(&self, dir: &VPath) -> Vec<FileResult<Listed>> {
        self.files.list(dir)
    }

    fn origin(&self, path: &VPath) -> VPath {
        self.files.origin(path)
    }

    fn now(&self) -> jiff::Timestamp {
        self.files.now()
    }

    fn share(&self) -> Arc<dyn World> {
        Arc::new(self.clone())
    }
}

/// The default site, on a day when its meetings are to come.
fn default_site() -> MemoryWorld {
    let mut world = MemoryWorld::new(jiff::Timestamp::from_second(1_795_478_400).expect("in range"));
    for (path, bytes) in embedded_site() {
        world.put(path, *bytes);
    }
    world
}

/// A site of a few files, each of another sort.
fn small_site() -> MemoryWorld {
    let mut picture = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(64, 48)
        .write_to(&mut picture, image::ImageFormat::Png)
        .expect("memory takes what is written");
    let settings = "title: 清水院坝\nbase_url: https://qingshui.example.cn\nunit: {name: 清水镇派出所, organiser: 清水县公安局, \
        operator: 清水镇派出所, address: 正街1号, phone: 0000-7110110, email: 无, icp: 无, police_record: 无, site_id: 无, \
        error_report: 无}\n";
    MemoryWorld::new(jiff::Timestamp::from_second(1_795_478_400).expect("in range"))
        .with("content/site.yaml", settings)
        .with("content/tips/_index.md", "---\ntitle: 反诈提示\nkind: tip\n---\n提示在[这里](shua-dan.md)。\n")
        .with(
            "content/tips/shua-dan.md",
            "---\ntitle: 刷单\ndate: 2026-11-01\ntags: [兼职]\nallow: [{code: P105, reason: 看过了}]\n---\n先垫资的都是骗。![图](photo.png)[表](form.mp3)\n",
        )
        .with("content/tips/ke-fu.md", "---\ntitle: 客服\ndate: 2026-11-02\n---\n电话0000-7110110，见[刷单](shua-dan.md)。\n")
        .with("content/tips/number.md", "---\ntitle: 编号\ndate: 2026-11-03\n---\n编号 2026 1103 0900 3007 0001。\n")
        .with("content/words/scams.yaml", "scams: [{name: 刷单返利}]\n")
        .with("content/tips/photo.png", picture.into_inner())
        .with("content/tips/form.mp3", "x")
}

fn options() -> Options {
    Options { without_handouts: true, ..Options::default() }
}

type Pages = BTreeMap<OutPath, Vec<u8>>;

/// Everything that a site publishes, or what refused it.
fn build(world: &dyn World, memo: &Memo) -> Result<Pages, Vec<Diagnostic>> {
    build_with(world, memo, &Volatile::default())
}

/// With photos that were resized before.
fn build_with(world: &dyn World, memo: &Memo, cache: &dyn Cache) -> Result<Pages, Vec<Diagnostic>> {
    let mut sink = Sink::new();
    let prepared = prepare(world, memo, &options(), cache, &mut sink);
    make(&prepared, world, cache, &mut sink)
}

fn make(
    prepared: &Prepared,
    world: &dyn World,
    cache: &dyn Cache,
    sink: &mut Sink,
) -> Result<Pages, Vec<Diagnostic>> {
    let Ok(checked) = check(prepared, sink) else { return Err(sink.take()) };
    let pages = Mutex::new(Pages::new());
    let put = |target: &Target, bytes: Vec<u8>| {
        pages.lock().unwrap_or_else(PoisonError::into_inner).insert(target.path.clone(), bytes);
        Ok(())
    };
    let maker = Maker { prepared, checked, world, cache, progress: &Silent };
    let targets: Vec<&Target> = prepared.targets.values().collect();
    let mut notes = Sink::new();
    maker.make(&targets, &put, &mut notes);
    if notes.verdict().is_err() {
        return Err(notes.take());
    }
    Ok(pages.into_inner().unwrap_or_else(PoisonError::into_inner))
}

#[test]
fn what_did_not_change_is_not_read_to_know_the_site() {
    let memo = Memo::on();
    let mut world = Watched::new(small_site());
    prepare(&world, &memo, &options(), &NoCache, &mut Sink::new());
    let all = world.take_read();
    assert!(
        all.iter().any(|path| path.ends_with(".md")) && all.iter().any(|path| path.ends_with(".png")),
        "{all:?}"
    );
    let again = |world: &Watched, options: &Options| {
        let mut sink = Sink::new();
        let prepared = prepare(world, &memo, options, &NoCache, &mut sink);
        assert!(check(&prepared, &mut sink).is_ok(), "{:?}", sink.found());
        // Raw figures and releases are never kept.
        world.take_read().into_iter().filter(|path| !path.starts_with("content/data/")).collect::<Vec<_>>()
    };
    // What the first check worked out is kept from then on.
    again(&world, &options());
    assert_eq!(again(&world, &options()), [""; 0]);
    let bulletin = "content/tips/shua-dan.md";
    let text = world.files.read(&VPath::new(bulletin).expect("a path")).expect("is there");
    world.files.put(bulletin, [&text[..], "\n加一段。\n".as_bytes()].concat());
    assert_eq!(
        again(&world, &options())[0],
        bulletin,
        "and nothing else, but for what its text is looked at for"
    );
    world.files.put("content/notes.pdf", "一份没有人用的文件");
    assert_eq!(again(&world, &options()), [""; 0], "a new file shifts no other");
    let full = again(&world, &Options { full: true, ..options() });
    assert!(
        full.len() + 1 >= all.iter().filter(|path| !path.starts_with("content/data/")).count(),
        "{full:?}"
    );
}

#[test]
fn a_build_from_kept_outlines_is_the_same() {
    let world = default_site();
    let memory = Arc::new(Volatile::default());
    let cache = Volatile::default();
    let first = build_with(&world, &Memo::off(), &cache).expect("the default site is sound");
    prepare(&world, &Memo::new(memory.clone()), &options(), &cache, &mut Sink::new());
    let second = build_with(&world, &Memo::new(memory), &cache).expect("sound");
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (path, bytes) in &first {
        assert!(second[path] == *bytes, "{path} differs");
    }
}

#[test]
fn the_same_bytes_under_another_name_have_their_findings_there() {
    let memo = Memo::on();
    let bad = "---\ntitle: 甲\ndate: 2026-01-01\n---\n见**重点。**在这里 #标题\n\n```qr\nx\n```\n";
    let mut world = small_site();
    world.put("content/tips/a.md", bad);
    let found = |world: &MemoryWorld| {
        let mut sink = Sink::new();
        let prepared = prepare(world, &memo, &options(), &NoCache, &mut sink);
        let sources = &prepared.model.sources;
        let place = |one: &Diagnostic| {
            let span = one.primary.expect("a place");
            (sources.path(span.file).to_owned(), sources.text(span.file)[span.range()].to_owned(), one.code)
        };
        sink.found().iter().map(place).collect::<Vec<_>>()
    };
    let first = found(&world);
    assert!(!first.is_empty());
    world.remove("content/tips/a.md");
    world.put("content/tips/b.md", bad);
    let second = found(&world);
    assert!(second.iter().all(|(path, ..)| path == "content/tips/b.md"), "{second:?}");
    let bare = |found: &[(String, String, _)]| {
        found.iter().map(|(_, text, code)| (text.clone(), *code)).collect::<Vec<_>>()
    };
    assert_eq!(bare(&first), bare(&second));
}

/// The codes and paths that refused a build.
fn refused(result: Result<Pages, Vec<Diagnostic>>) -> Vec<String> {
    let found = result.expect_err("refused");
    let path = |one: &Diagnostic| {
        one.message.args.iter().find(|(name, _)| *name == "path").map(|(_, path)| path.clone())
    };
    found.iter().filter(|one| one.code.id == "F432").filter_map(path).collect()
}

#[test]
fn a_bulletin_that_changes_during_the_build_refuses_it() {
    let path = "content/tips/shua-dan.md";
    // The outline comes from the memo, so the first reading is for the page.
    let (site, memo) = (small_site(), Memo::on());
    build(&site, &memo).expect("sound");
    let world = Watched::changing(site, path, "---\ntitle: 别的\n---\n别的\n");
    world.read(&VPath::new(path).expect("a path")).expect("is there");
    assert_eq!(refused(build(&world, &memo)), [path]);
}

#[test]
fn a_picture_that_changes_during_the_build_refuses_it() {
    let site = small_site();
    let root = VPath::new("content").expect("a path");
    let picture =
        site.list(&root).into_iter().flatten().find(|file| file.path.ends_with(".png")).expect("a photo");
    let world = Watched::changing(site, &picture.path, "no picture");
    assert_eq!(refused(build(&world, &Memo::off())), [picture.path.to_string()]);
}

#[test]
fn a_file_that_changes_before_its_finding_is_shown_is_told() {
    let path = "content/tips/a.md";
    let bad = "---\ntitle: 甲\ndate: 2026-01-01\n---\n[别处](nowhere.md)\n";
    let world = small_site().with(path, bad);
    let memo = Memo::on();
    assert!(build(&world, &memo).is_err());
    let world = Watched::changing(world, path, "短");
    world.read(&VPath::new(path).expect("a path")).expect("is there");
    let mut sink = Sink::new();
    let prepared = prepare(&world, &memo, &options(), &NoCache, &mut sink);
    assert!(check(&prepared, &mut sink).is_err());
    let codes: Vec<&str> = sink.found().iter().map(|one| one.code.id).collect();
    assert!(codes.contains(&"F432") && codes.contains(&"L301"), "{codes:?}");
    let file = prepared.model.sources.id(path).expect("known");
    assert_eq!(
        prepared.model.sources.text(file),
        "",
        "no line of the new text beside a place in the old one"
    );
}

/// Two writes in one step of the disk's clock leave one time, one length, one inode.
#[test]
fn changes_quicker_than_the_clock_of_the_disk_are_seen() {
    let site = tempfile::tempdir().expect("a folder");
    let tips = site.path().join("content/tips");
    std::fs::create_dir_all(&tips).expect("made");
    let file = tips.join("a.md");
    let memo = Memo::on();
    for round in 0..300 {
        let title = if round % 2 == 0 { "甲" } else { "乙" };
        std::fs::write(&file, format!("---\ntitle: {title}\n---\n正文\n")).expect("written");
        let world = DiskWorld::open(site.path()).expect("opens");
        let model = collect(&world, &memo, &Options::default(), &mut Sink::new());
        assert_eq!(model.entries[0].title(), title, "round {round}");
    }
    // Once it has rested, it is not read any more.
    std::thread::sleep(std::time::Duration::from_millis(300));
    let world = DiskWorld::open(site.path()).expect("opens");
    let listed = world.list(&VPath::new("content").expect("a path")).remove(0).expect("a file");
    let reading = Reading::new(&world, &memo, false);
    reading.hash(&listed).expect("read");
    assert!(reading.hash(&listed).expect("read").1.is_none(), "{listed:?}");
}

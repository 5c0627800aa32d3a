//! Where results may go, how files may be called, and which bytes a build publishes while files change under it.

#![expect(clippy::unwrap_used, reason = "a test may stop where its own folder cannot be made")]

use crate::bulletin;
use crate::site::Site;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use yuanba::build::make::Silent;
use yuanba::build::run::{Outcome, Request, run};
use yuanba::model::collect::Options;
use yuanba::world::{DiskWorld, FileResult, Listed, VPath, World};

#[test]
fn results_never_land_among_sources_or_on_files_of_others() {
    let site = Site::new();
    let before = crate::site::files(&site.at("content"));
    for args in [
        &["print", "content/tips/good.md", "--output", "content"][..],
        &["print", "content/tips/good.md", "--output", "content/tips/new"],
        &["print", "content/tips/good.md", "--output", "themes/x"],
        &["build", "--only", "handouts", "--output", ".git"],
        &["audit", "--json", "content/site.yaml"],
        &["audit", "--json", "content/new.json"],
        &["audit", "--json", ".yuanba/lock"],
        &["new", "content/another"],
        &["new", "themes"],
    ] {
        let ran = site.run(args);
        assert_eq!(ran.code, Some(2), "{args:?}: {}", ran.err);
        assert!(ran.err.contains("F423"), "{args:?}: {}", ran.err);
    }
    assert_eq!(before, crate::site::files(&site.at("content")));
    assert!(!site.at("themes").exists() && !site.at(".git").exists());
    // A result is written again over itself, and over nothing else.
    site.put("notes.txt", "theirs");
    assert_eq!(site.run(&["audit", "--json", "notes.txt"]).code, Some(3));
    assert_eq!(fs::read(site.at("notes.txt")).unwrap(), b"theirs");
    for _ in 0..2 {
        assert_eq!(site.run(&["audit", "--json", "figures.json"]).code, Some(0));
    }
    let print = ["print", "content/tips/good.md", "--layout", "flyer"];
    let ran = site.run(&print);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let sheet = site.at("handouts/good-flyer.pdf");
    site.put("content/tips/good.md", bulletin("改过的标题", "", "正文。"));
    assert_eq!(site.run(&print).code, Some(0), "one of ours is replaced");
    fs::write(&sheet, "a colleague's own").unwrap();
    let ran = site.run(&print);
    assert_eq!((ran.code, ran.err.contains("F423")), (Some(3), true), "{}", ran.err);
    assert_eq!(fs::read(&sheet).unwrap(), b"a colleague's own");
}

/// Who names no folder for handouts gets one in the site, not where a link of the site leads.
#[cfg(unix)]
#[test]
fn handouts_stay_in_the_site() {
    let (site, other) = (Site::new(), tempfile::tempdir().unwrap());
    std::os::unix::fs::symlink(other.path(), site.at("handouts")).unwrap();
    let print = ["print", "content/tips/good.md", "--layout", "flyer"];
    let ran = site.run(&print);
    assert!(ran.code == Some(3) && ran.err.contains("F423"), "{:?} {}", ran.code, ran.err);
    assert!(crate::site::files(other.path()).is_empty());
    let named = other.path().to_str().unwrap();
    let ran = site.run(&[&print[..], &["--output", named]].concat());
    assert_eq!(ran.code, Some(0), "who names it means it: {}", ran.err);
}

/// What stops a command before the settings are read is said in the language that they name.
#[test]
fn early_refusals_speak_the_language_of_the_site() {
    for (language, word) in [("en", "Nothing is written"), ("zh-CN", "不能写到")] {
        let site = Site::new();
        let settings = fs::read_to_string(site.at("content/site.yaml")).unwrap();
        let settings: Vec<&str> = settings.lines().filter(|line| !line.starts_with("language")).collect();
        site.put("content/site.yaml", format!("{}\nlanguage: {language}\n", settings.join("\n")));
        fs::create_dir(site.at("public")).unwrap();
        fs::write(site.at("public/theirs.txt"), "theirs").unwrap();
        for args in [&["print", "--output", "content"][..], &["audit", "--json", "content/a.json"]] {
            let ran = crate::site::ran(&mut site.command(args));
            assert!(ran.code == Some(2) && ran.err.contains(word), "{args:?}: {}", ran.err);
        }
        let ran = crate::site::ran(&mut site.command(&["build"]));
        assert!(ran.code == Some(3) && ran.err.contains("help") == (language == "en"), "{}", ran.err);
        let ran = crate::site::ran(&mut site.command(&["audit", "--json", "nowhere/a.json"]));
        assert!(ran.code == Some(2) && ran.err.contains("nowhere"), "{}", ran.err);
        assert!(!ran.err.contains("a.json"), "the folder is what is missing: {}", ran.err);
    }
}

#[test]
fn no_file_gets_a_name_that_windows_cannot_hold() {
    let site = Site::new();
    site.put("../register.csv", "所属村,纠纷类型\n甲村,邻里\n");
    for args in [
        &["new", "bulletin", "tip", "con"][..],
        &["new", "bulletin", "tip", "Aux"],
        &["tabulate", "../register.csv", "--into", "con"],
        &["tabulate", "../register.csv", "--into", "COM1"],
        &["audit", "--release", "nul"],
    ] {
        let ran = site.run(args);
        assert_eq!(ran.code, Some(2), "{args:?}: {} {}", ran.out, ran.err);
    }
    assert_eq!(crate::site::files(&site.at("content")).len(), 4, "nothing was made");
    assert_eq!(site.run(&["new", "bulletin", "tip", "console"]).code, Some(0));
}

const DATASET: &str = "title: 各村各月\nsource: 所\nperiod: 2026-01 至 2026-02\ndimensions:\n  village: {label: 村, codes: [甲村, 乙村]}\n  \
                       month: {label: 月份, time: month}\ntables:\n  m: {title: 各村各月, rows: village, columns: month}\n";

/// A template that shows little, for what is tested is not how a sheet looks.
const SHEET: &str = "#let data = json(\"/data.json\")\n#set document(title: data.title)\n\
                     #set text(font: \"Noto Sans SC\", lang: \"zh\", region: \"cn\")\n= #data.title\n";

fn font() -> &'static [u8] {
    let mut files = yuanba::world::embedded_theme().iter();
    files.find(|(path, _)| path.ends_with("NotoSansSC-Regular.ttf")).map(|(_, bytes)| *bytes).unwrap()
}

/// A site in which one file has other bytes when it is read again.
#[derive(Clone)]
struct Fickle {
    disk: DiskWorld,
    path: VPath,
    /// Whether it has others each time; else from the second reading on the same.
    each_time: bool,
    reads: Arc<AtomicUsize>,
}

impl World for Fickle {
    fn read(&self, path: &VPath) -> FileResult<Arc<[u8]>> {
        let bytes = self.disk.read(path)?;
        if *path != self.path {
            return Ok(bytes);
        }
        let number = self.reads.fetch_add(1, Ordering::SeqCst);
        let number = if self.each_time { number } else { number.min(1) };
        // A comment in YAML, a word in Markdown, one case more in a table, and what nobody reads at the end of all else.
        let more = match path.rsplit_once('.') {
            Some((_, "yaml")) => format!("\n# {number}\n"),
            Some((_, "csv")) => number.to_string(),
            _ => format!("\n{number}\n"),
        };
        Ok([bytes.trim_ascii_end(), more.as_bytes()].concat().into())
    }

    fn list(&self, dir: &VPath) -> Vec<FileResult<Listed>> {
        // Its stamp tells nothing: whoever wants to know has to read.
        let forget = |found: FileResult<Listed>| found.map(|listed| Listed { stamp: None, ..listed });
        self.disk.list(dir).into_iter().map(forget).collect()
    }

    fn origin(&self, path: &VPath) -> VPath {
        self.disk.origin(path)
    }

    fn now(&self) -> jiff::Timestamp {
        self.disk.now()
    }

    fn share(&self) -> Arc<dyn World> {
        Arc::new(self.clone())
    }
}

fn fickle(site: &Site, path: &str, each_time: bool) -> Outcome {
    let disk = DiskWorld::open(&site.at("")).unwrap();
    let world = Fickle { disk, path: VPath::new(path).unwrap(), each_time, reads: Arc::default() };
    let output = site.at("public");
    let request = Request {
        site: &site.at(""),
        output: &output,
        named: true,
        options: Options::default(),
        program: "test".to_owned(),
        deny_warnings: false,
    };
    run(&world, &request, &Silent)
}

/// Whatever is read for a build, the bytes that are published are those that were hashed: all of one reading. A file that changed
/// between two readings is planned anew; one that never stays the same is told, and nothing is published.
#[test]
fn bytes_that_were_hashed_are_the_bytes_that_are_published() {
    let mut photo = Vec::new();
    let image = image::RgbImage::from_pixel(900, 600, image::Rgb([9, 90, 200]));
    image.write_to(&mut std::io::Cursor::new(&mut photo), image::ImageFormat::Png).unwrap();
    let site = || {
        let site = Site::new();
        let settings = fs::read_to_string(site.at("content/site.yaml")).unwrap();
        site.put("content/site.yaml", settings + "\ntheme: blue\n");
        site.put(
            "content/tips/a.md",
            bulletin("提示", "cover: cover.png\n", "![图](photo.png) [表](form.mp3)"),
        );
        site.put("content/tips/photo.png", &photo);
        site.put("content/tips/cover.png", [&photo[..], b"cover"].concat());
        site.put("content/tips/form.mp3", "a form that is heard");
        site.put("themes/blue/assets/own.css", "a { color: blue }");
        site.put("themes/blue/print/flyer.typ", SHEET);
        site.put("themes/blue/fonts/NotoSansSC-Regular.ttf", font());
        site.put("content/tips/sheet.md", bulletin("印一份", "handouts: [单页]\n", "正文。"));
        site.put("content/tips/figures.md", bulletin("数字", "", "```table z/m\n```"));
        site.put("content/data/z.yaml", DATASET);
        site.put(
            "content/data/z.csv",
            "village,month,cases\n甲村,2026-01,27\n乙村,2026-01,20\n乙村,2026-02,22",
        );
        site
    };
    let read_twice = ["content/tips/photo.png", "content/tips/cover.png", "content/tips/form.mp3"];
    let read_once = [
        "themes/blue/assets/own.css",
        "themes/blue/print/flyer.typ",
        "themes/blue/fonts/NotoSansSC-Regular.ttf",
        "content/site.yaml",
        "content/tips/good.md",
        "content/data/z.yaml",
        "content/data/z.csv",
    ];
    for path in read_twice {
        let (site, outcome) = {
            let site = site();
            let outcome = fickle(&site, path, true);
            (site, outcome)
        };
        let codes: Vec<&str> = outcome.found.iter().map(|one| one.code.id).collect();
        assert!(outcome.summary.is_none() && codes.contains(&"F432"), "{path}: {codes:?}");
        assert!(site.public().is_empty(), "{path}: nothing is published");
        // Nothing wrong was kept: the next build is as a clean one.
        let ran = site.run(&["build"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert_eq!(site.public(), clean(&site), "{path}");
    }
    for path in read_twice.iter().chain(&read_once) {
        let site = site();
        let outcome = fickle(&site, path, false);
        assert!(outcome.summary.is_some(), "{path}: {:?}", outcome.found);
        for (name, bytes) in site.public().iter().filter(|(name, _)| name.starts_with("files/")) {
            let hash = blake3::hash(bytes).to_hex();
            assert!(name.starts_with(&format!("files/{}/", &hash[..8])), "{path}: {name} has other bytes");
        }
        // The file on the disk is as it ever was, so the next build makes what depended on the other bytes anew.
        assert_eq!(site.run(&["build"]).code, Some(0));
        assert_eq!(site.public(), clean(&site), "{path}");
    }
}

/// What a site gives that was never built.
fn clean(site: &Site) -> std::collections::BTreeMap<String, Vec<u8>> {
    let other = Site::new();
    for folder in ["content", "themes"] {
        crate::site::copy(&site.at(folder), &other.at(folder));
    }
    let ran = other.run(&["build"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    other.public()
}

/// A link in the place of the output may lead to a folder from which the system starts programs, or which somebody else reads: who wants it says so once.
#[cfg(unix)]
#[test]
fn an_output_that_leads_away_is_followed_once_it_was_named() {
    let site = Site::new();
    let elsewhere = site.at("../elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, site.at("public")).unwrap();
    let refused = site.run(&["build"]);
    assert_eq!(refused.code, Some(3), "{}", refused.err);
    assert!(refused.err.contains("F423") && refused.err.contains("elsewhere"), "{}", refused.err);
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
    let named = site.run(&["build", "--output", elsewhere.to_str().unwrap()]);
    assert_eq!(named.code, Some(0), "{}", named.err);
    site.put("content/tips/good.md", bulletin("改了", "", "正文。"));
    let followed = site.run(&["build"]);
    assert_eq!(followed.code, Some(0), "{}", followed.err);
    assert!(fs::read_to_string(elsewhere.join("tips/good/index.html")).unwrap().contains("改了"));
}

//! Sites for the writer's tests, and processes to kill.

pub mod speed;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::SystemTime;
use yuanba::build::write::{MANIFEST, Rank, Summary, WriteResult, Writer};
use yuanba::world::OutPath;

/// Files by path.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// A folder in memory where the system has such, so that tests of a thousand syncs wait for no disk.
pub fn quick_folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a temporary folder can be made")
}

/// A tree of short texts.
pub fn tree(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

/// A tree of many files, one a folder, all of them saying which version they are.
pub fn many(version: usize, count: usize, bytes: usize) -> Tree {
    let text = format!("version {version} ").repeat(bytes / 10 + 1).into_bytes();
    (0..count).map(|n| (format!("tips/{n}/index.html"), text.clone())).collect()
}

/// A path of the output.
pub fn path(text: &str) -> OutPath {
    OutPath::new(text).expect("tests use plain paths")
}

/// Builds `site/public`.
pub fn build(site: &Path, files: &Tree) -> WriteResult<Summary> {
    build_into(site, &site.join("public"), files)
}

/// Builds into a folder, from all threads as the program does.
pub fn build_into(site: &Path, output: &Path, files: &Tree) -> WriteResult<Summary> {
    use rayon::prelude::*;
    let mut writer = Writer::open(site, output)?;
    let batch = writer.begin()?;
    files.par_iter().try_for_each(|(name, bytes)| batch.put(&path(name), Rank::Page, bytes).map(drop))?;
    batch.commit()
}

/// What stands in a folder, without the list.
pub fn on_disk(root: &Path) -> Tree {
    files_in(root).into_iter().map(|(name, file)| (name, fs::read(file).expect("tests may read"))).collect()
}

/// When the files of a folder were last written.
pub fn times(root: &Path) -> BTreeMap<String, SystemTime> {
    let time = |file: PathBuf| fs::metadata(file).and_then(|meta| meta.modified()).expect("files have times");
    files_in(root).into_iter().map(|(name, file)| (name, time(file))).collect()
}

fn files_in(root: &Path) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(root).into_iter().flatten() {
        if !entry.file_type().is_dir() && entry.file_name() != MANIFEST {
            let name =
                entry.path().strip_prefix(root).expect("walked from there").to_str().expect("plain names");
            found.push((name.replace('\\', "/"), entry.into_path()));
        }
    }
    found
}

/// Everything beside the output that a test did not put there.
pub fn leavings(site: &Path) -> Vec<String> {
    let names = fs::read_dir(site).expect("tests may read").flatten().map(|entry| entry.file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.retain(|name| name != "public" && name != ".yuanba");
    names
}

/// What a process of its own is to build: `many(version, count, bytes)` with `few` files of the next version.
pub struct Job<'a> {
    pub site: &'a Path,
    pub version: usize,
    pub count: usize,
    pub bytes: usize,
    pub few: usize,
}

impl Job<'_> {
    /// The tree that it builds.
    pub fn tree(&self) -> Tree {
        let mut files = many(self.version, self.count, self.bytes);
        files.extend(many(self.version + 1, self.few, self.bytes));
        files
    }

    /// The command that does it: this very test program, asked for its one test that builds.
    pub fn command(&self) -> Command {
        let mut command = Command::new(std::env::current_exe().expect("a test knows its program"));
        command.args(["--exact", "a_process_of_its_own", "--ignored", "--nocapture"]);
        self.tell(&mut command);
        command
    }

    /// Tells a command what to build.
    pub fn tell(&self, command: &mut Command) {
        let numbers = [self.version, self.count, self.bytes, self.few].map(|number| number.to_string());
        command.env("WRITE_SITE", self.site).env("WRITE_JOB", numbers.join(" "));
        command.stdout(Stdio::null()).stderr(Stdio::null());
    }

    /// Starts it.
    pub fn start(&self) -> Child {
        self.command().spawn().expect("a test program can be started again")
    }
}

/// The other side of [`Job::start`]; none where nobody started it.
pub fn do_job() -> Option<WriteResult<Summary>> {
    let site = PathBuf::from(std::env::var_os("WRITE_SITE")?);
    let job = std::env::var("WRITE_JOB").ok()?;
    let numbers: Vec<usize> = job.split(' ').map(|number| number.parse().expect("numbers")).collect();
    let [version, count, bytes, few] = numbers[..] else { panic!("four numbers") };
    Some(build(&site, &Job { site: &site, version, count, bytes, few }.tree()))
}

//! A site in a temporary folder, and the program run on it.
//!
//! It begins as `tests/suite/base`. The clock stands at 2026-11-24 08:00 in Shanghai.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A site in a temporary folder.
pub struct Site {
    _held: tempfile::TempDir,
    root: PathBuf,
}

/// How the program ended and what it said.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// Where this project's tests are.
pub fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

impl Site {
    /// The small site that every case begins with.
    pub fn new() -> Self {
        // A folder in memory where the system has such: a loaded disk makes every sync wait.
        let held =
            tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a temporary folder");
        let root = held.path().join("site");
        copy(&tests().join("suite/base"), &root);
        Self { _held: held, root }
    }

    /// A path of the site.
    pub fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Writes a file.
    pub fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let file = self.at(path);
        fs::create_dir_all(file.parent().expect("below the site")).expect("folders can be made");
        fs::write(file, bytes).expect("files can be written");
    }

    /// The program, to be run on this site.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_yuanba"));
        command.args(args).current_dir(&self.root).stdin(Stdio::null());
        command.env("SOURCE_DATE_EPOCH", "1795478400").env_remove("COLUMNS").env_remove("NO_COLOR");
        // Cargo names a folder for the key of this machine; without it the tests do.
        if std::env::var_os("YUANBA_STATE_DIR").is_none() {
            command.env("YUANBA_STATE_DIR", self.root.with_file_name("state"));
        }
        command
    }

    /// Runs the program in Chinese, unless the arguments say otherwise.
    pub fn run(&self, args: &[&str]) -> Ran {
        let mut all = args.to_vec();
        if !args.contains(&"--lang") {
            all.extend(["--lang", "zh"]);
        }
        ran(&mut self.command(&all))
    }

    /// Every published file.
    pub fn public(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.at("public"))
    }
}

/// Runs a command to its end.
pub fn ran(command: &mut Command) -> Ran {
    let output = command.output().expect("the program can be started");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("the program speaks UTF-8");
    Ran { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
}

/// The files below a folder, by `/`-separated path. None where there is no folder.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in
        walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file())
    {
        let name = entry
            .path()
            .strip_prefix(folder)
            .expect("walked from there")
            .to_string_lossy()
            .replace('\\', "/");
        found.insert(name, fs::read(entry.path()).expect("files can be read"));
    }
    found
}

/// Lays the files of one folder over another.
pub fn copy(from: &Path, to: &Path) {
    for (name, bytes) in files(from) {
        let file = to.join(name);
        fs::create_dir_all(file.parent().expect("below the folder")).expect("folders can be made");
        fs::write(file, bytes).expect("files can be written");
    }
}

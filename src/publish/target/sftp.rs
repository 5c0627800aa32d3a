//! Over SFTP, which the system's own `ssh` carries: on Windows, too, it is part of the system.
//!
//! Keys, passwords of keys, jump hosts and known hosts are where staff have them, in `ssh`'s own settings, and none of them passes through this program. `ssh` is told to
//! ask nothing (`BatchMode`), so an unknown host is refused rather than trusted.
//!
//! Refuses: hosts and users that `ssh` would read as options.
//! Invariant: a file is written under another name and renamed (`posix-rename@openssh.com`), so that nobody reads half of it.

use super::{Answer, Cause, How, Missing, Target, Trouble};
use crate::model::publishing::Destination;
use bytes::Bytes;
use russh_sftp::client::error::Error;
use russh_sftp::client::{Config, RawSftpSession};
use russh_sftp::protocol::{FileAttributes, OpenFlags, Packet, StatusCode};
use std::collections::HashSet;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::AsyncReadExt as _;
use tokio::process::{Child, Command};
use tokio::runtime::Runtime;

/// What is sent in one packet: every server takes as much.
const PACKET: usize = 32 << 10;
/// How long an answer may take.
const PATIENCE: u64 = 60;
/// A file of ours that is not whole yet.
const PART: &str = ".yuanba-part";

/// A folder at an SFTP server.
pub struct Sftp {
    runtime: Runtime,
    arguments: Vec<String>,
    program: String,
    root: String,
    line: tokio::sync::Mutex<Option<Arc<Line>>>,
    /// Folders that are known to be there.
    folders: Mutex<HashSet<String>>,
}

/// A connection; `ssh` ends with it.
struct Line {
    session: RawSftpSession,
    renames: bool,
    _child: Child,
}

/// What `ssh` complained of. It ends with 255 in all cases; its words are looked at, and not handed on.
fn refused(complaint: &str) -> Trouble {
    if complaint.contains("Host key verification failed") || complaint.contains("IDENTIFICATION HAS CHANGED")
    {
        Trouble::lasting(Cause::Stranger)
    } else if complaint.contains("Permission denied")
        || complaint.contains("Too many authentication failures")
    {
        Trouble::lasting(Cause::Denied)
    } else {
        Trouble::passing(Cause::Unreachable)
    }
}

/// Whether `ssh` takes a word for a name, whatever it looks like.
fn is_name(word: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.:%[]".contains(c);
    !word.is_empty() && !word.starts_with('-') && word.chars().all(fits)
}

impl Sftp {
    /// Of a place that the settings name. `program` is `ssh`, unless a test has another.
    ///
    /// # Errors
    /// What is missing; or that a setting makes no sense.
    pub fn open(place: &Destination, program: &str) -> Result<Answer<Self>, Missing> {
        let host = place.host.clone().ok_or(Missing("host"))?;
        let root = place.root.clone().ok_or(Missing("root"))?;
        let user = place.user.clone();
        if !is_name(&host) || user.as_deref().is_some_and(|user| !is_name(user)) {
            return Ok(Err(Trouble::lasting(Cause::Setting)));
        }
        let mut arguments: Vec<String> = Vec::new();
        let options =
            ["BatchMode=yes", "ConnectTimeout=20", "ServerAliveInterval=15", "ServerAliveCountMax=4"];
        for option in options {
            arguments.extend(["-o".to_owned(), option.to_owned()]);
        }
        if let Some(port) = place.port {
            arguments.extend(["-p".to_owned(), port.to_string()]);
        }
        if let Some(identity) = &place.identity {
            arguments.extend(["-i".to_owned(), identity.clone()]);
        }
        if let Some(user) = user {
            arguments.extend(["-l".to_owned(), user]);
        }
        arguments.extend(["-s".to_owned(), "--".to_owned(), host, "sftp".to_owned()]);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        Ok(runtime.map_err(|error| Trouble::of_disk(&error)).map(|runtime| Self {
            runtime,
            arguments,
            program: program.to_owned(),
            root: root.trim_end_matches('/').to_owned(),
            line: tokio::sync::Mutex::new(None),
            folders: Mutex::default(),
        }))
    }

    fn whole(&self, path: &str) -> String {
        format!("{}/{path}", self.root)
    }

    /// The connection; a new one where there is none.
    async fn line(&self) -> Answer<Arc<Line>> {
        let mut held = self.line.lock().await;
        if let Some(line) = &*held {
            return Ok(line.clone());
        }
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).kill_on_drop(true);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Trouble::lasting(Cause::NoProgram),
            _ => Trouble::of_disk(&error),
        })?;
        let (Some(output), Some(input)) = (child.stdout.take(), child.stdin.take()) else {
            return Err(Trouble::lasting(Cause::NoProgram));
        };
        let complaint = Arc::new(Mutex::new(String::new()));
        if let Some(mut errors) = child.stderr.take() {
            let kept = complaint.clone();
            tokio::spawn(async move {
                let mut bytes = [0; 512];
                while let Ok(read @ 1..) = errors.read(&mut bytes).await {
                    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                    // All of it is read, so that `ssh` never waits; the beginning is looked at.
                    if kept.len() < 4096 {
                        kept.push_str(&String::from_utf8_lossy(&bytes[..read]));
                    }
                }
            });
        }
        let config = Config { request_timeout_secs: PATIENCE, ..Config::default() };
        let session = RawSftpSession::new_with_config(tokio::io::join(output, input), config);
        let Ok(version) = session.init().await else {
            let _ = tokio::time::timeout(Duration::from_secs(5), child.wait()).await;
            return Err(refused(&complaint.lock().unwrap_or_else(PoisonError::into_inner)));
        };
        let renames = version.extensions.contains_key("posix-rename@openssh.com");
        let line = Arc::new(Line { session, renames, _child: child });
        *held = Some(line.clone());
        Ok(line)
    }

    fn ask<T>(&self, call: &impl AsyncFn(&Line) -> Result<T, Error>) -> Answer<T> {
        self.runtime.block_on(async {
            let line = self.line().await?;
            match call(&line).await {
                Ok(done) => Ok(done),
                Err(Error::Status(status)) => Err(match status.status_code {
                    StatusCode::NoSuchFile => Trouble::lasting(Cause::NoPlace),
                    StatusCode::PermissionDenied => Trouble::lasting(Cause::Denied),
                    StatusCode::OpUnsupported => Trouble::lasting(Cause::Setting),
                    _ => Trouble::passing(Cause::Failed),
                }),
                Err(error) => {
                    // The line is cut, or nobody knows what it is in the middle of: the next call has a new one.
                    let mut held = self.line.lock().await;
                    if held.as_ref().is_some_and(|held| Arc::ptr_eq(held, &line)) {
                        *held = None;
                    }
                    Err(match error {
                        Error::Timeout => Trouble::passing(Cause::TimedOut),
                        _ => Trouble::passing(Cause::Unreachable),
                    })
                }
            }
        })
    }

    /// Makes the folders above a path.
    async fn folders(&self, line: &Line, path: &str) -> Result<(), Error> {
        for (end, _) in path.match_indices('/') {
            let folder = &path[..end];
            let is_known = || self.folders.lock().unwrap_or_else(PoisonError::into_inner).contains(folder);
            if is_known() {
                continue;
            }
            // That it is there already is said in as many ways as there are servers; the write will tell.
            match line.session.mkdir(self.whole(folder), FileAttributes::empty()).await {
                Ok(_) | Err(Error::Status(_)) => {}
                Err(error) => return Err(error),
            }
            self.folders.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned());
        }
        Ok(())
    }

    async fn put(&self, line: &Line, path: &str, bytes: &Bytes) -> Result<(), Error> {
        self.folders(line, path).await?;
        let (part, place) = (self.whole(&format!("{path}{PART}")), self.whole(path));
        let flags = OpenFlags::CREATE | OpenFlags::TRUNCATE | OpenFlags::WRITE;
        let handle = line.session.open(part.clone(), flags, FileAttributes::empty()).await?.handle;
        let mut at = 0;
        for chunk in bytes.chunks(PACKET) {
            line.session.write(handle.clone(), at, chunk.to_vec()).await?;
            at += chunk.len() as u64;
        }
        line.session.close(handle).await?;
        if line.renames {
            let mut names = Vec::new();
            for name in [&part, &place] {
                names.extend(u32::try_from(name.len()).unwrap_or_default().to_be_bytes());
                names.extend(name.as_bytes());
            }
            return match line.session.extended("posix-rename@openssh.com", names).await? {
                Packet::Status(status) if status.status_code == StatusCode::Ok => Ok(()),
                Packet::Status(status) => Err(Error::Status(status)),
                _ => Err(Error::UnexpectedPacket),
            };
        }
        // Without that extension a name that is taken must be freed first.
        match line.session.remove(place.clone()).await {
            Ok(_) | Err(Error::Status(_)) => {}
            Err(error) => return Err(error),
        }
        line.session.rename(part, place).await.map(drop)
    }

    async fn get(&self, line: &Line, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let opened = line.session.open(self.whole(path), OpenFlags::READ, FileAttributes::empty()).await;
        let handle = match opened {
            Ok(opened) => opened.handle,
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut bytes = Vec::new();
        loop {
            let size = u32::try_from(PACKET).unwrap_or(u32::MAX);
            match line.session.read(handle.clone(), bytes.len() as u64, size).await {
                Ok(data) if data.data.is_empty() => break,
                Ok(data) => bytes.extend(data.data),
                Err(Error::Status(status)) if status.status_code == StatusCode::Eof => break,
                Err(error) => return Err(error),
            }
        }
        line.session.close(handle).await?;
        Ok(Some(bytes))
    }

    /// Everything in a folder and in those in it.
    async fn walk(&self, line: &Line) -> Result<Vec<String>, Error> {
        let (mut found, mut folders) = (Vec::new(), vec![String::new()]);
        while let Some(folder) = folders.pop() {
            let handle = line.session.opendir(self.whole(&folder)).await?.handle;
            loop {
                let names = match line.session.readdir(handle.clone()).await {
                    Ok(names) => names,
                    Err(Error::Status(status)) if status.status_code == StatusCode::Eof => break,
                    Err(error) => return Err(error),
                };
                for file in names.files.iter().filter(|file| !matches!(&*file.filename, "." | "..")) {
                    let path = format!("{folder}{}", file.filename);
                    if file.attrs.is_dir() {
                        folders.push(format!("{path}/"));
                    } else {
                        found.push(path);
                    }
                }
            }
            line.session.close(handle).await?;
        }
        Ok(found)
    }
}

fn is_absent(error: &Error) -> bool {
    matches!(error, Error::Status(status) if status.status_code == StatusCode::NoSuchFile)
}

impl Target for Sftp {
    fn read(&self, path: &str) -> Answer<Option<Vec<u8>>> {
        self.ask(&async |line| self.get(line, path).await)
    }

    fn write(&self, path: &str, bytes: &Bytes, _: How) -> Answer<()> {
        let put = || self.ask(&async |line| self.put(line, path, bytes).await);
        match put() {
            // Somebody removed a folder that we knew.
            Err(Trouble { cause: Cause::NoPlace, .. }) => {
                self.folders.lock().unwrap_or_else(PoisonError::into_inner).clear();
                put()
            }
            answer => answer,
        }
    }

    fn stands(&self, path: &str) -> Answer<bool> {
        self.ask(&async |line| match line.session.lstat(self.whole(path)).await {
            Ok(about) => Ok(!about.attrs.is_dir()),
            Err(error) if is_absent(&error) => Ok(false),
            Err(error) => Err(error),
        })
    }

    fn list(&self) -> Answer<Vec<String>> {
        self.ask(&async |line| self.walk(line).await)
    }

    fn remove(&self, path: &str) -> Answer<()> {
        self.ask(&async |line| {
            match line.session.remove(self.whole(path)).await {
                Err(error) if !is_absent(&error) => return Err(error),
                _ => {}
            }
            // Folders that hold nothing any more; the first that holds something stays.
            let mut above = path;
            while let Some((rest, _)) = above.rsplit_once('/') {
                self.folders.lock().unwrap_or_else(PoisonError::into_inner).remove(rest);
                match line.session.rmdir(self.whole(rest)).await {
                    Ok(_) => above = rest,
                    Err(Error::Status(_)) => break,
                    Err(error) => return Err(error),
                }
            }
            Ok(())
        })
    }

    fn has_folders(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{Cause, is_name, refused};

    #[test]
    fn complaints_of_ssh_are_understood() {
        for (words, cause) in [
            ("www@h: Permission denied (publickey).\r\n", Cause::Denied),
            ("No ED25519 host key is known for h\r\nHost key verification failed.\r\n", Cause::Stranger),
            ("ssh: connect to host h port 22: Connection refused\r\n", Cause::Unreachable),
            ("", Cause::Unreachable),
        ] {
            assert_eq!(refused(words).cause, cause, "{words}");
        }
    }

    #[test]
    fn no_host_is_an_option() {
        for name in ["web.example", "10.0.0.7", "my-alias", "[::1]", "fe80::1%eth0"] {
            assert!(is_name(name), "{name}");
        }
        for word in ["-oProxyCommand=x", "", "a b", "a;b", "$(x)", "a\nb", "a/b", "u@h"] {
            assert!(!is_name(word), "{word}");
        }
    }
}

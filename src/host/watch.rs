//! Looks whether a new build is there, and brings it whole.
//!
//! The list of the output is written last, by the build's own rules, so a new list says that there is something new. While a build is putting files into their
//! places one by one, list and files differ; then the site on show stays, and it is looked again. A file that differs for longer was changed by somebody: it is left out and told.
//!
//! Refuses: to show a site of which a part is of another build.
//! Invariant: nothing is read where the list has not changed.

use super::security::Security;
use super::shelf::{Seen, Shelf};
use crate::build::write::MANIFEST;
use crate::world::{OpenFolder, OutPath};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How often files that differ from the list are looked at again before they are taken for changed.
const PATIENCE: u32 = 10;
/// The most bytes of a list of addresses.
const LONGEST_BOOK: u64 = 64 << 20;

/// Follows an output folder.
pub struct Follower {
    folder: PathBuf,
    /// `content/addresses.yaml`, where the site's own folder is there.
    book: Option<PathBuf>,
    security: Security,
    seen: Option<Seen>,
    shown: Arc<Shelf>,
    tries: u32,
}

/// What there is to say.
pub enum News {
    /// A build to be put on show.
    Build(Arc<Shelf>),
    /// A build of which these files are not as they were written, and are left out.
    Damaged(Arc<Shelf>, Vec<OutPath>),
}

impl Follower {
    /// Follows a folder.
    pub fn new(folder: &Path, site: Option<&Path>, security: Security) -> Self {
        let book = site.map(|site| site.join(crate::model::addresses::PATH));
        Self { folder: folder.to_owned(), book, security, seen: None, shown: Arc::default(), tries: 0 }
    }

    /// Looks. None where nothing is new, or it is not whole yet.
    ///
    /// # Errors
    /// Where the disk fails; what is on show stays.
    pub fn look(&mut self) -> io::Result<Option<News>> {
        let seen = self.list()?;
        if seen.is_none() || (seen == self.seen && self.tries == 0) {
            return Ok(None);
        }
        let Some(shelf) = Shelf::read(&self.folder, &self.addresses(), self.security, &self.shown)? else {
            return Ok(None);
        };
        // Between looking and reading another may have come.
        if self.list()? != seen {
            return Ok(None);
        }
        if seen != self.seen {
            self.tries = 0;
        }
        self.seen = seen;
        if !shelf.missing.is_empty() && self.tries < PATIENCE {
            self.tries += 1;
            return Ok(None);
        }
        self.tries = 0;
        self.shown = Arc::new(shelf);
        let missing = self.shown.missing.clone();
        let shelf = self.shown.clone();
        Ok(Some(if missing.is_empty() { News::Build(shelf) } else { News::Damaged(shelf, missing) }))
    }

    /// Which list is there.
    fn list(&self) -> io::Result<Option<Seen>> {
        let file = OpenFolder::open(&self.folder).and_then(|folder| folder.file(MANIFEST));
        match file {
            Ok(file) => Seen::of(&file).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The text of the list of addresses; nothing where there is none.
    fn addresses(&self) -> String {
        let read = |book: &Path| {
            let (above, name) = (book.parent()?, book.file_name()?);
            let file = OpenFolder::open(above).ok()?.file(name).ok()?;
            let mut text = String::new();
            file.take(LONGEST_BOOK).read_to_string(&mut text).ok()?;
            Some(text)
        };
        self.book.as_deref().and_then(read).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests of the disk touch the disk")]
    use super::*;
    use crate::host::request::tests::publish;
    use std::fs;

    #[test]
    fn a_build_is_shown_when_it_is_whole() {
        let held = tempfile::tempdir().unwrap();
        let folder = held.path().join("public");
        let mut follower = Follower::new(&folder, None, Security::SITE);
        assert!(follower.look().unwrap().is_none(), "there is nothing yet");
        publish(&folder, &[("index.html", "one"), ("a/index.html", "one")]);
        let Some(News::Build(first)) = follower.look().unwrap() else { panic!("a build") };
        assert!(first.len() == 2 && follower.look().unwrap().is_none());
        publish(&folder, &[("index.html", "two"), ("b/index.html", "two")]);
        let Some(News::Build(second)) = follower.look().unwrap() else { panic!("a build") };
        assert!(second.file("a/index.html").is_none() && second.file("b/index.html").is_some());
        assert_ne!(first.build(), second.build());
        // A page that somebody changed is waited for, then left out and told.
        fs::write(folder.join("b/index.html"), "theirs").unwrap();
        publish(&folder, &[("index.html", "three"), ("b/index.html", "two"), ("c/index.html", "three")]);
        fs::write(folder.join("c/index.html"), "theirs").unwrap();
        let mut looks = 0;
        let (shelf, missing) = loop {
            looks += 1;
            match follower.look().unwrap() {
                Some(News::Damaged(shelf, missing)) => break (shelf, missing),
                Some(News::Build(_)) => panic!("it is not whole"),
                None => assert!(looks < 100),
            }
        };
        assert_eq!((looks, missing.len()), (PATIENCE + 1, 1));
        assert!(shelf.file("c/index.html").is_none() && shelf.file("index.html").is_some());
    }

    /// Files on the disk are given out only while they are the ones that were read.
    #[test]
    fn a_large_file_of_another_build_is_not_given_out() {
        let held = tempfile::tempdir().unwrap();
        let folder = held.path().join("public");
        let large = |c: &str| c.repeat(300 << 10);
        publish(&folder, &[("a.pdf", &large("x")), ("index.html", "one")]);
        let mut follower = Follower::new(&folder, None, Security::SITE);
        let Some(News::Build(shelf)) = follower.look().unwrap() else { panic!("a build") };
        let super::super::shelf::Stored::OnDisk(path, seen) = &shelf.file("a.pdf").unwrap().plain.stored
        else {
            panic!("too large for memory")
        };
        assert!(shelf.open(path, seen).is_ok());
        publish(&folder, &[("a.pdf", &large("y")), ("index.html", "one")]);
        assert_eq!(shelf.open(path, seen).unwrap_err().kind(), io::ErrorKind::NotFound);
        #[cfg(unix)]
        {
            fs::remove_file(folder.join("a.pdf")).unwrap();
            fs::write(held.path().join("secret"), large("x")).unwrap();
            std::os::unix::fs::symlink("../secret", folder.join("a.pdf")).unwrap();
            assert!(shelf.open(path, seen).is_err());
            let reread = Shelf::read(&folder, "", Security::SITE, &Shelf::default()).unwrap().unwrap();
            assert!(reread.file("a.pdf").is_none(), "a link is no file of ours");
        }
    }
}

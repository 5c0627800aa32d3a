//! A secret of this user on this machine. Seals are made with it, so that nothing from elsewhere passes for our own work.
//!
//! A site's folder travels: it is cloned, copied, shared on a disk. What a program of somebody else left in it (resized pictures, proofs, a
//! journal of files to move) looks like ours. So whatever is believed without another look is sealed with a key that never leaves the user's own state
//! folder, for one purpose and one place.
//!
//! Refuses: a key that others can write or that is no plain file.
//! Invariant: two purposes or two places have unrelated keys.

#![expect(clippy::disallowed_methods, reason = "build/ touches the disk (DESIGN §3, rule 9)")]

use crate::world::OpenFolder;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Bytes of a key.
const SIZE: usize = 32;
/// Name of its file.
const FILE: &str = "key";
/// Names the folder of the key, in the place of the user's own.
const VARIABLE: &str = "YUANBA_STATE_DIR";

/// The key for a purpose at a place (an absolute path without links), or none where this user can keep no key: then nothing is to be
/// believed, and nothing is worth sealing.
pub fn seal_key(purpose: &str, place: &Path) -> Option<[u8; SIZE]> {
    Some(derived(&own_key(&state_folder()?).ok()?, purpose, place))
}

fn derived(own: &[u8; SIZE], purpose: &str, place: &Path) -> [u8; SIZE] {
    let mut hasher = blake3::Hasher::new_derive_key("yuanba seal of a purpose and a place, 1");
    for part in [own.as_slice(), purpose.as_bytes(), place.as_os_str().as_encoded_bytes()] {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    }
    *hasher.finalize().as_bytes()
}

/// Which program this is: another version of it, or another build of the version, makes everything anew.
pub fn program() -> String {
    let built = std::env::current_exe().and_then(std::fs::metadata).ok();
    let stamp = built.map(|file| (file.len(), file.modified().ok()));
    format!("{} {stamp:?}", env!("CARGO_PKG_VERSION"))
}

/// The folder in which programs keep what is this machine's alone.
pub fn state_folder() -> Option<PathBuf> {
    match std::env::var_os(VARIABLE).filter(|value| !value.is_empty()) {
        Some(folder) => Some(PathBuf::from(folder)),
        None => Some(dirs::state_dir().or_else(dirs::data_local_dir)?.join("yuanba")),
    }
}

/// The user's own key; the first time it is made.
fn own_key(folder: &Path) -> io::Result<[u8; SIZE]> {
    std::fs::create_dir_all(folder)?;
    let folder = OpenFolder::open(folder)?;
    match read(&folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let mut fresh = [0; SIZE];
            getrandom::fill(&mut fresh).map_err(io::Error::other)?;
            match folder.create_secret(FILE, &fresh) {
                // Another command was quicker; its key is as good.
                Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
                _ => read(&folder),
            }
        }
        result => result,
    }
}

fn read(folder: &OpenFolder) -> io::Result<[u8; SIZE]> {
    let bytes = folder.read(FILE, SIZE as u64)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let file = folder.file(FILE)?;
        let mode = file.metadata()?.permissions().mode();
        // Whoever could write it knows it. Whoever could read it is shut out from now on.
        if mode & 0o022 != 0 {
            return Err(ErrorKind::PermissionDenied.into());
        }
        if mode & 0o044 != 0 {
            file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
        }
    }
    bytes.try_into().map_err(|_| ErrorKind::InvalidData.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_key_is_made_once_and_is_the_users_alone() {
        let held = tempfile::tempdir().unwrap();
        let folder = held.path().join("state/yuanba");
        let keys: Vec<_> = std::thread::scope(|scope| {
            let asked: Vec<_> = (0..8).map(|_| scope.spawn(|| own_key(&folder).unwrap())).collect();
            asked.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| *key == keys[0]) && keys[0] != [0; SIZE]);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        let other = own_key(&held.path().join("other")).unwrap();
        assert_ne!(other, keys[0]);
        fs::write(folder.join(FILE), "short").unwrap();
        assert!(own_key(&folder).is_err(), "a key that is not whole is none");
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_others_can_write_or_that_is_a_link_is_none() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let held = tempfile::tempdir().unwrap();
        own_key(held.path()).unwrap();
        let file = held.path().join(FILE);
        let mode = |mode| fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        mode(0o644);
        own_key(held.path()).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        mode(0o666);
        assert!(own_key(held.path()).is_err());
        fs::rename(&file, held.path().join("elsewhere")).unwrap();
        symlink("elsewhere", &file).unwrap();
        assert!(own_key(held.path()).is_err());
    }

    #[test]
    fn purposes_and_places_have_keys_of_their_own() {
        let own = [7; SIZE];
        let here = derived(&own, "store", Path::new("/a"));
        assert_eq!(here, derived(&own, "store", Path::new("/a")));
        for (key, purpose, place) in
            [(own, "store", "/b"), (own, "journal", "/a"), ([8; SIZE], "store", "/a")]
        {
            assert_ne!(here, derived(&key, purpose, Path::new(place)));
        }
        assert_ne!(derived(&own, "ab", Path::new("c")), derived(&own, "a", Path::new("bc")));
    }
}

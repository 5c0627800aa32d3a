//! Keys and passwords: from the surroundings, or from a file that nobody else may read. Never from the site, never on the command line.
//!
//! Refuses: a file inside the site, which goes into backups and repositories; a file that others of the machine may read; secrets of one server for
//! another, since a site's settings may come from anybody and name any server.
//! Invariant: a [`Secret`] cannot be printed.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A key or a password.
#[derive(Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Of a text.
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// For the one who has to show it to the server.
    pub fn reveal(&self) -> &str {
        self.0.trim()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// The secrets of a target.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Secrets {
    /// The server that they are for, as `endpoint` of the settings names it.
    pub endpoint: Option<String>,
    /// Number of the key of an object store.
    #[serde(alias = "access_key_id", alias = "secret_id")]
    pub key_id: Option<Secret>,
    /// The key itself.
    #[serde(alias = "access_key_secret", alias = "secret_access_key", alias = "secret_key")]
    pub key: Option<Secret>,
    /// A key that is good for some hours has this beside it.
    #[serde(alias = "security_token", alias = "session_token")]
    pub token: Option<Secret>,
    /// Name at a `WebDAV` server.
    #[serde(alias = "user")]
    pub username: Option<Secret>,
    /// Password of that name.
    pub password: Option<Secret>,
}

/// Variables of the surroundings, and the field that each fills.
pub const VARIABLES: [&str; 5] = [
    "YUANBA_PUBLISH_KEY_ID",
    "YUANBA_PUBLISH_KEY",
    "YUANBA_PUBLISH_TOKEN",
    "YUANBA_PUBLISH_USERNAME",
    "YUANBA_PUBLISH_PASSWORD",
];

/// Name of the file, in the user's own folder of settings.
pub const FILE: &str = "publish.yaml";

/// Why secrets cannot be had.
#[derive(Debug)]
pub enum Unsafe {
    /// The file lies in the site.
    InSite(PathBuf),
    /// Others may read the file.
    Open(PathBuf),
    /// It is no table of secrets. What it holds is not told.
    Unreadable(PathBuf),
    /// It does not say which server they are for.
    Unbound(PathBuf),
    /// They are for another server, this one.
    Elsewhere(PathBuf, String),
    /// The disk fails.
    Disk(PathBuf, io::Error),
}

impl Secrets {
    /// What the surroundings say, `variable` by name.
    pub fn of_surroundings(variable: impl Fn(&str) -> Option<String>) -> Self {
        let [key_id, key, token, username, password] = VARIABLES
            .map(|name| variable(name).filter(|text| !text.trim().is_empty()).map(|text| Secret::new(&text)));
        Self { endpoint: None, key_id, key, token, username, password }
    }

    /// Whether nothing is missing to show who one is.
    pub fn is_whole(&self) -> bool {
        (self.key_id.is_some() && self.key.is_some()) || (self.username.is_some() && self.password.is_some())
    }

    /// Fills what is missing from others.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            endpoint: self.endpoint.or(other.endpoint),
            key_id: self.key_id.or(other.key_id),
            key: self.key.or(other.key),
            token: self.token.or(other.token),
            username: self.username.or(other.username),
            password: self.password.or(other.password),
        }
    }

    /// Those of a target at a server in a file; none where the file is not there.
    ///
    /// # Errors
    /// Where it must not be used.
    pub fn read(file: &Path, site: &Path, target: &str, endpoint: &str) -> Result<Self, Unsafe> {
        let disk = |error| Unsafe::Disk(file.to_owned(), error);
        let real = match file.canonicalize() {
            Ok(real) => real,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(disk(error)),
        };
        if site.canonicalize().is_ok_and(|site| real.starts_with(site)) {
            return Err(Unsafe::InSite(file.to_owned()));
        }
        if is_open(&real).map_err(disk)? {
            return Err(Unsafe::Open(file.to_owned()));
        }
        let text = fs::read(&real).map_err(disk)?;
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
        // What the reader says of a mistake may quote the line.
        let all: BTreeMap<String, Self> =
            serde_yaml::from_slice(text).map_err(|_| Unsafe::Unreadable(file.to_owned()))?;
        let Some(own) = all.get(target) else { return Ok(Self::default()) };
        match &own.endpoint {
            Some(there) if plain(there) == plain(endpoint) => Ok(own.clone()),
            Some(there) => Err(Unsafe::Elsewhere(file.to_owned(), there.clone())),
            None => Err(Unsafe::Unbound(file.to_owned())),
        }
    }
}

/// A server as it is compared. `http://` and `https://` are two: the one shows passwords to everybody on the way.
fn plain(endpoint: &str) -> String {
    let named = endpoint.trim().trim_end_matches('/').to_ascii_lowercase();
    if named.contains("://") { named } else { format!("https://{named}") }
}

/// Whether others than its owner may read a file.
#[cfg(unix)]
fn is_open(file: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    Ok(fs::metadata(file)?.mode() & 0o077 != 0)
}

/// On Windows a file of the user's own profile is closed to others by the folder that it lies in; the caller names no other.
#[cfg(not(unix))]
fn is_open(file: &Path) -> io::Result<bool> {
    let profile = dirs::home_dir().and_then(|home| home.canonicalize().ok());
    Ok(profile.is_none_or(|profile| !file.starts_with(profile)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn come_from_the_surroundings_first_and_are_never_printed() {
        let own = Secrets::of_surroundings(|name| (name == VARIABLES[1]).then(|| " k-123 ".to_owned()));
        let file = Secrets {
            key: Some(Secret::new("other")),
            key_id: Some(Secret::new("id-9")),
            ..Secrets::default()
        };
        let both = own.or(file);
        assert_eq!(both.key.as_ref().map(Secret::reveal), Some("k-123"));
        assert_eq!(both.key_id.as_ref().map(Secret::reveal), Some("id-9"));
        let printed = format!("{both:?}");
        assert!(!printed.contains("k-123") && !printed.contains("id-9"), "{printed}");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_in_the_site_or_open_to_others_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let (site, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let write = |folder: &Path, mode: u32, text: &str| {
            let file = folder.join(FILE);
            fs::write(&file, text).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            file
        };
        let text = "云:\n  endpoint: oss.example/\n  access_key_id: a\n  access_key_secret: b\n";
        let read = |file: &Path| Secrets::read(file, site.path(), "云", "OSS.example");
        assert_eq!(read(&home.path().join("none")).unwrap(), Secrets::default());
        assert_eq!(read(&write(home.path(), 0o600, text)).unwrap().key, Some(Secret::new("b")));
        assert!(matches!(read(&write(home.path(), 0o640, text)), Err(Unsafe::Open(_))));
        assert!(matches!(read(&write(site.path(), 0o600, text)), Err(Unsafe::InSite(_))));
        let elsewhere = write(home.path(), 0o600, text);
        assert!(
            matches!(Secrets::read(&elsewhere, site.path(), "云", "evil.example"), Err(Unsafe::Elsewhere(_, there)) if there == "oss.example/")
        );
        let plain = write(home.path(), 0o600, &text.replace("endpoint: oss", "endpoint: http://oss"));
        assert!(matches!(
            Secrets::read(&plain, site.path(), "云", "https://oss.example"),
            Err(Unsafe::Elsewhere(..))
        ));
        let unbound = write(home.path(), 0o600, "云: {key_id: a, key: b}");
        assert!(matches!(read(&unbound), Err(Unsafe::Unbound(_))));
        std::os::unix::fs::symlink(site.path().join(FILE), home.path().join("link")).unwrap();
        assert!(matches!(read(&home.path().join("link")), Err(Unsafe::InSite(_))));
        let bad = write(home.path(), 0o600, "云: {access_key_secret: [s3cr3t}");
        let told = format!("{:?}", read(&bad).unwrap_err());
        assert!(!told.contains("s3cr3t"), "{told}");
    }
}

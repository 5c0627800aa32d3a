//! From a place of the settings to what can be written to.
#![expect(clippy::disallowed_methods, reason = "cli/ asks for the surroundings (DESIGN §3, rule 9)")]

use super::Job;
use crate::cli::Ending;
use crate::diag::Message;
use crate::model::publishing::Kind;
use crate::publish::secrets::{FILE, Secrets, Unsafe, VARIABLES};
use crate::publish::target::folder::Folder;
use crate::publish::target::{Missing, Target, Trouble};
use crate::world::shown;
use std::path::PathBuf;

impl Job<'_> {
    /// Connects, and says where to.
    pub(super) fn connect(&self) -> Result<Box<dyn Target>, Ending> {
        let place = &self.place;
        let root = place.root.as_deref().unwrap_or_default();
        let at = match place.kind {
            Kind::Folder => root.to_owned(),
            Kind::Sftp => format!("{}:{root}", place.host.as_deref().unwrap_or_default()),
            _ => {
                let bucket = place.bucket.as_deref().map(|bucket| format!("{bucket}，")).unwrap_or_default();
                format!("{bucket}{}", place.endpoint.as_deref().unwrap_or_default())
            }
        };
        self.terminal.say(&Message::new("publish-to").with("name", &place.name).with("place", at));
        if place.kind == Kind::Folder {
            let folder = self.world.root().join(root);
            return match Folder::open(&folder) {
                Ok(_) if is_inside(&folder, self.world.root()) => self
                    .refuse(&Message::new("publish-inside-site").with("path", shown(&folder)), Ending::Usage),
                Ok(folder) => Ok(Box::new(folder)),
                Err(trouble) => self.unreached(trouble, &shown(&folder)),
            };
        }
        self.connect_afar()
    }

    #[cfg(feature = "publish")]
    fn connect_afar(&self) -> Result<Box<dyn Target>, Ending> {
        use crate::publish::target::{Sftp, Store};
        let opened: Result<Result<Box<dyn Target>, Trouble>, Missing> = if self.place.kind == Kind::Sftp {
            Sftp::open(&self.place, "ssh").map(|answer| answer.map(|sftp| Box::new(sftp) as Box<dyn Target>))
        } else {
            let secrets = self.secrets()?;
            Store::open(&self.place, &secrets)
                .map(|answer| answer.map(|store| Box::new(store) as Box<dyn Target>))
        };
        match opened {
            Ok(Ok(target)) => Ok(target),
            Ok(Err(trouble)) => self.unreached(trouble, &self.place.name),
            Err(missing) => self.lacks(missing),
        }
    }

    #[cfg(not(feature = "publish"))]
    fn connect_afar(&self) -> Result<Box<dyn Target>, Ending> {
        self.refuse(&Message::new("publish-not-built-in"), Ending::Usage)
    }

    fn unreached<T>(&self, trouble: Trouble, path: &str) -> Result<T, Ending> {
        let reason = self.terminal.words(&trouble.cause.message());
        self.refuse(&Message::new("publish-failed").with("reason", reason).with("path", path), Ending::Failed)
    }

    fn lacks<T>(&self, Missing(what): Missing) -> Result<T, Ending> {
        let variable =
            VARIABLES.iter().find(|name| name.to_lowercase().ends_with(&format!("publish_{what}")));
        let message = match variable {
            Some(variable) => Message::new("publish-lacks-secret")
                .with("file", shown(&self.secrets_file()))
                .with("endpoint", self.place.endpoint.as_deref().unwrap_or_default())
                .with("variable", *variable),
            None => Message::new("publish-lacks-setting"),
        };
        self.refuse(&message.with("name", &self.place.name).with("key", what), Ending::Usage)
    }

    fn secrets_file(&self) -> PathBuf {
        match &self.args.secrets {
            Some(file) => file.clone(),
            None => dirs::config_dir().unwrap_or_default().join("yuanba").join(FILE),
        }
    }

    /// From the surroundings; what is missing from the file.
    fn secrets(&self) -> Result<Secrets, Ending> {
        let own = Secrets::of_surroundings(|name| std::env::var(name).ok());
        if own.is_whole() {
            return Ok(own);
        }
        let endpoint = self.place.endpoint.as_deref().unwrap_or_default();
        let file = Secrets::read(&self.secrets_file(), self.world.root(), &self.place.name, endpoint);
        let file = file.or_else(|refused| {
            let about = |id, path| {
                Message::new(id)
                    .with("path", shown(path))
                    .with("name", &self.place.name)
                    .with("endpoint", endpoint)
            };
            let message = match &refused {
                Unsafe::InSite(path) => about("publish-secrets-in-site", path),
                Unsafe::Open(path) => about("publish-secrets-open", path),
                Unsafe::Unreadable(path) => about("publish-secrets-unreadable", path),
                Unsafe::Unbound(path) => about("publish-secrets-unbound", path),
                Unsafe::Elsewhere(path, there) => {
                    about("publish-secrets-elsewhere", path).with("there", there)
                }
                Unsafe::Disk(path, error) => {
                    let message =
                        Message::new("publish-disk").with("path", shown(path)).with("reason", error);
                    return self.refuse(&message, Ending::Failed);
                }
            };
            self.refuse(&message, Ending::Usage)
        })?;
        Ok(own.or(file))
    }
}

/// Whether a folder lies in the site, where what is published would be taken for content.
fn is_inside(folder: &std::path::Path, site: &std::path::Path) -> bool {
    match (folder.canonicalize(), site.canonicalize()) {
        (Ok(folder), Ok(site)) => folder.starts_with(site),
        _ => false,
    }
}

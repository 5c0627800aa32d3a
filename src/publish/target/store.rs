//! Object stores and `WebDAV` servers, through `OpenDAL`.
//!
//! Which of them keep media type, cache rule and encoding is asked of the library: S3 and OSS keep all three, COS and OBS no encoding, `WebDAV` servers make
//! their own of the file's name.
//!
//! Refuses: looking for keys where nobody said they are (files and services that cloud libraries ask on their own account).
//! Invariant: nothing that the library says of an error gets out; only what sort it is.

use super::{Answer, Cause, How, Missing, Target, Trouble};
use crate::model::publishing::{Destination, Kind};
use crate::publish::secrets::{Secret, Secrets};
use bytes::Bytes;
use opendal::options::{ListOptions, WriteOptions};
use opendal::{Error, ErrorKind, HttpTransporter, Operator, services};
use opendal_http_transport_reqwest::ReqwestTransport;
use std::sync::Once;
use std::time::Duration;
use tokio::runtime::Runtime;

/// How long an answer may take, apart from the time that the bytes need on a slow line.
const PATIENCE: Duration = Duration::from_mins(1);
/// As many bytes a second a line carries at least.
const SLOWEST: u64 = 16 << 10;
/// As many bytes an answer is taken to have whose size is not known.
const UNKNOWN: u64 = 4 << 20;

/// An object store or a `WebDAV` server.
pub struct Store {
    operator: Operator,
    runtime: Runtime,
    at_once: usize,
    encoding: bool,
    keeps_how: bool,
    is_webdav: bool,
}

impl Store {
    /// Of a place that the settings name.
    ///
    /// # Errors
    /// What is missing; or that a setting makes no sense.
    pub fn open(place: &Destination, secrets: &Secrets) -> Result<Answer<Self>, Missing> {
        static TRANSPORT: Once = Once::new();
        TRANSPORT.call_once(|| {
            // The same provider of cryptography as the server's; who has set one before is right.
            let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
            HttpTransporter::install_default(ReqwestTransport::default());
        });
        let built = build(place, secrets)?;
        let is_webdav = place.kind == Kind::WebDav;
        Ok(built.map_err(|error| told(&error)).and_then(|operator| {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()
                .map_err(|error| Trouble::of_disk(&error))?;
            let can = operator.info().capability();
            Ok(Self {
                runtime,
                at_once: can.delete_max_size.unwrap_or(1).clamp(1, 500),
                encoding: can.write_with_content_encoding,
                keeps_how: can.write_with_cache_control && can.write_with_content_type,
                is_webdav,
                operator,
            })
        }))
    }

    fn ask<T>(&self, bytes: u64, call: impl Future<Output = opendal::Result<T>>) -> Answer<T> {
        let time = PATIENCE + Duration::from_secs(bytes / SLOWEST);
        self.runtime.block_on(async {
            match tokio::time::timeout(time, call).await {
                Ok(done) => done.map_err(|error| told(&error)),
                Err(_) => Err(Trouble::passing(Cause::TimedOut)),
            }
        })
    }
}

fn build(place: &Destination, secrets: &Secrets) -> Result<opendal::Result<Operator>, Missing> {
    let text = |value: &Option<String>, name| value.clone().ok_or(Missing(name));
    let secret = |value: &Option<Secret>, name| {
        value
            .as_ref()
            .map(|secret| secret.reveal().to_owned())
            .filter(|text| !text.is_empty())
            .ok_or(Missing(name))
    };
    let root = place.root.as_deref().unwrap_or("/");
    let token = secrets.token.as_ref().map(Secret::reveal);
    Ok(match place.kind {
        Kind::S3 => {
            let mut store = services::S3::default()
                .root(root)
                .bucket(&text(&place.bucket, "bucket")?)
                .endpoint(&text(&place.endpoint, "endpoint")?)
                .region(place.region.as_deref().unwrap_or("us-east-1"))
                .access_key_id(&secret(&secrets.key_id, "key_id")?)
                .secret_access_key(&secret(&secrets.key, "key")?)
                .disable_config_load();
            if place.virtual_host {
                store = store.enable_virtual_host_style();
            }
            if let Some(token) = token {
                store = store.session_token(token);
            }
            Operator::new(store)
        }
        Kind::Oss => {
            let mut store = services::Oss::default()
                .root(root)
                .bucket(&text(&place.bucket, "bucket")?)
                .endpoint(&text(&place.endpoint, "endpoint")?)
                .access_key_id(&secret(&secrets.key_id, "key_id")?)
                .access_key_secret(&secret(&secrets.key, "key")?);
            if place.addressing_by_path() {
                store = store.addressing_style("path");
            }
            if let Some(token) = token {
                store = store.security_token(token);
            }
            Operator::new(store)
        }
        Kind::Cos => {
            let mut store = services::Cos::default()
                .root(root)
                .bucket(&text(&place.bucket, "bucket")?)
                .endpoint(&text(&place.endpoint, "endpoint")?)
                .secret_id(&secret(&secrets.key_id, "key_id")?)
                .secret_key(&secret(&secrets.key, "key")?)
                .disable_config_load();
            if let Some(token) = token {
                store = store.security_token(token);
            }
            Operator::new(store)
        }
        Kind::Obs => Operator::new(
            services::Obs::default()
                .root(root)
                .bucket(&text(&place.bucket, "bucket")?)
                .endpoint(&text(&place.endpoint, "endpoint")?)
                .access_key_id(&secret(&secrets.key_id, "key_id")?)
                .secret_access_key(&secret(&secrets.key, "key")?),
        ),
        Kind::WebDav => {
            let mut store =
                services::Webdav::default().root(root).endpoint(&text(&place.endpoint, "endpoint")?);
            if secrets.username.is_some() || secrets.password.is_some() {
                store = store
                    .username(&secret(&secrets.username, "username")?)
                    .password(&secret(&secrets.password, "password")?);
            }
            Operator::new(store)
        }
        Kind::Folder | Kind::Sftp => return Err(Missing("kind")),
    })
}

/// What sort of error it is. Its words stay here: they hold addresses, and answers of servers that repeat what was sent.
fn told(error: &Error) -> Trouble {
    let words = error.to_string().to_ascii_lowercase();
    // Signatures hold the time, and servers take those of some minutes only; each has its own name for it.
    if ["requesttimetooskewed", "requestexpired", "request has expired", "invalidrequesttime"]
        .iter()
        .any(|name| words.contains(name))
    {
        return Trouble::lasting(Cause::Clock);
    }
    let cause = match error.kind() {
        ErrorKind::PermissionDenied => return Trouble::lasting(Cause::Denied),
        ErrorKind::NotFound => return Trouble::lasting(Cause::NoPlace),
        ErrorKind::ConfigInvalid | ErrorKind::Unsupported => return Trouble::lasting(Cause::Setting),
        ErrorKind::IsADirectory | ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            return Trouble::lasting(Cause::InTheWay);
        }
        ErrorKind::RateLimited => return Trouble::passing(Cause::Crowded),
        _ => {
            // An address or a number of a request may hold any digits: only the status is meant.
            let status = |code: &str| words.contains(&format!("status: {code}"));
            if words.contains("insufficient storage") || status("507") || words.contains("quotaexceeded") {
                return Trouble::lasting(Cause::Full);
            }
            if words.contains("signaturedoesnotmatch") || status("401") || status("403") {
                return Trouble::lasting(Cause::Denied);
            }
            // A line that is cut or a server that is away comes back; one that never was there is given up after some attempts.
            if words.contains("send http request") { Cause::Unreachable } else { Cause::Failed }
        }
    };
    // Servers answer with all sorts of things when they are restarted: it is tried again, a few times, whatever the library thinks of it.
    Trouble::passing(cause)
}

impl Target for Store {
    fn read(&self, path: &str) -> Answer<Option<Vec<u8>>> {
        self.ask(UNKNOWN, async {
            match self.operator.read(path).await {
                Ok(bytes) => Ok(Some(bytes.to_vec())),
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error),
            }
        })
    }

    fn write(&self, path: &str, bytes: &Bytes, how: How) -> Answer<()> {
        let mut options = WriteOptions::default();
        if self.keeps_how {
            options.content_type = Some(how.media.to_owned());
            options.cache_control = Some(how.cache.to_owned());
        }
        if how.packed {
            options.content_encoding = Some("gzip".to_owned());
        }
        let len = bytes.len() as u64;
        self.ask(len, async { self.operator.write_options(path, bytes.clone(), options).await.map(drop) })
    }

    fn stands(&self, path: &str) -> Answer<bool> {
        self.ask(0, async {
            match self.operator.stat(path).await {
                Ok(about) => Ok(about.is_file()),
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
                Err(error) => Err(error),
            }
        })
    }

    fn list(&self) -> Answer<Vec<String>> {
        self.ask(2 * UNKNOWN, async {
            let options = ListOptions { recursive: true, ..ListOptions::default() };
            match self.operator.list_options("", options).await {
                Ok(all) => {
                    let files = all.iter().filter(|entry| entry.metadata().is_file());
                    Ok(files.map(|entry| entry.path().trim_start_matches('/').to_owned()).collect())
                }
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
                Err(error) => Err(error),
            }
        })
    }

    fn remove(&self, path: &str) -> Answer<()> {
        self.ask(0, async {
            match self.operator.delete(path).await {
                Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            }
        })
    }

    fn removes_at_once(&self) -> usize {
        self.at_once
    }

    fn remove_many(&self, paths: &[&str]) -> Answer<()> {
        let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
        self.ask(0, self.operator.delete_iter(paths))
    }

    fn keeps_encoding(&self) -> bool {
        self.encoding
    }

    fn replaces_whole(&self) -> bool {
        !self.is_webdav
    }

    fn has_folders(&self) -> bool {
        self.is_webdav
    }
}

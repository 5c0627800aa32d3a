//! From a request to the answer that is sent: what [`super::request`] decided, with head and body.
//!
//! Refuses: a file that is not of the build on show. Where a new build is taking its place, the answer waits for it.
//! Invariant: head and body of an answer are of one build.

use super::access_log::{AccessLog, Entry};
use super::body::Body;
use super::connections::{Busy, Held};
use super::maintenance;
use super::metrics::Metrics;
use super::negotiate::Part;
use super::request::{Answer, Asked, Encoding, HEALTH, address, answer};
use super::security::Security;
use super::shelf::{Shelf, Shown, Stored};
use super::visits::Visits;
use bytes::Bytes;
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Method, Request, Response, StatusCode, Version};
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::watch;

/// How long an answer waits for a build whose files are taking their places.
const PATIENCE: Duration = Duration::from_secs(5);

/// What all connections share.
pub struct Shared {
    shelf: RwLock<Arc<Shelf>>,
    builds: watch::Sender<u64>,
    /// The folder of the site's own address, `/` or `/院坝/`.
    pub base: String,
    /// Headers of every answer.
    pub security: Security,
    /// Whether nothing but the maintenance page is shown.
    pub closed: bool,
    /// Whether the reader's address is what a server before this one says.
    pub forwarded: bool,
    /// After so many requests a connection is closed.
    pub requests: u32,
    /// Where looks at pages are counted.
    pub visits: Option<Arc<Visits>>,
    /// Where answers are noted.
    pub log: Option<AccessLog>,
    /// What is counted.
    pub metrics: Metrics,
}

/// A body that keeps its connection's place until it has been taken.
pub type Sent = Body<Busy>;

impl Shared {
    /// With nothing on show yet.
    pub fn new(base: String, security: Security) -> Self {
        Self {
            shelf: RwLock::default(),
            builds: watch::Sender::new(0),
            base,
            security,
            closed: false,
            forwarded: false,
            requests: 1000,
            visits: None,
            log: None,
            metrics: Metrics::default(),
        }
    }

    /// What is on show.
    pub fn shelf(&self) -> Arc<Shelf> {
        self.shelf.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts a build on show.
    pub fn show(&self, shelf: Arc<Shelf>) {
        *self.shelf.write().unwrap_or_else(PoisonError::into_inner) = shelf;
        self.metrics.builds.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        self.builds.send_modify(|build| *build += 1);
    }

    /// Answers a request.
    pub async fn respond<B>(&self, held: &Held, peer: SocketAddr, request: Request<B>) -> Response<Sent> {
        let (busy, asked) = held.begin();
        let mut response = self.made(&request).await;
        let ends = asked >= self.requests && request.version() == Version::HTTP_11;
        if ends {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        let bytes = http_body::Body::size_hint(response.body()).exact().unwrap_or(0);
        self.metrics.answered(response.status().as_u16(), bytes);
        if let Some(log) = &self.log {
            log.note(Entry {
                when: now(),
                reader: self.reader(peer, request.headers()),
                method: request.method().as_str().to_owned(),
                path: request.uri().path().to_owned(),
                version: if request.version() == Version::HTTP_2 { "HTTP/2.0" } else { "HTTP/1.1" },
                status: response.status().as_u16(),
                bytes,
            });
        }
        response.map(|body| body.holding(busy))
    }

    /// Who asks: the other end, or whom the server before this one names last, which is whom it saw itself.
    fn reader(&self, peer: SocketAddr, head: &HeaderMap) -> IpAddr {
        let told = || {
            let last = head.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
            last.rsplit(',').next()?.trim().parse().ok()
        };
        if self.forwarded { told().unwrap_or(peer.ip()) } else { peer.ip() }
    }

    async fn made<B>(&self, request: &Request<B>) -> Response<Sent> {
        loop {
            let shelf = self.shelf();
            if (self.closed || shelf.is_empty()) && request.uri().path() != HEALTH {
                let (status, head) = maintenance::head(&self.security);
                return give(
                    status,
                    head,
                    Body::held(Bytes::from_static(maintenance::PAGE.as_bytes())),
                    request,
                );
            }
            let asked = Asked {
                method: request.method(),
                uri: request.uri(),
                version: request.version(),
                head: request.headers(),
            };
            let decided = answer(&shelf, &self.base, &asked);
            let page = self.page_to_count(&decided, request);
            match self.answered(&shelf, decided, request).await {
                Ok(response) => {
                    if let (Some(visits), Some(page)) = (&self.visits, page) {
                        visits.note(&page);
                    }
                    return response;
                }
                // Another build is taking the place of this one.
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    let mut builds = self.builds.subscribe();
                    if Arc::ptr_eq(&shelf, &self.shelf())
                        && !matches!(tokio::time::timeout(PATIENCE, builds.changed()).await, Ok(Ok(())))
                    {
                        return self.later(request);
                    }
                }
                Err(_) => return self.later(request),
            }
        }
    }

    /// The address of the page that an answer gives, where looks at pages are counted.
    fn page_to_count<B>(&self, decided: &Answer, request: &Request<B>) -> Option<String> {
        self.visits.as_ref()?;
        let (Answer::File { shown, part: Part::Whole, .. } | Answer::Known(shown, _)) = decided else {
            return None;
        };
        let is_page = shown.plain.head.get(header::CONTENT_TYPE)?.as_bytes().starts_with(b"text/html");
        (is_page && request.method() == Method::GET).then(|| address(request.uri().path()))?
    }

    fn later<B>(&self, request: &Request<B>) -> Response<Sent> {
        let mut response = self.words(StatusCode::SERVICE_UNAVAILABLE, "come again in a moment\n", request);
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        response
    }

    async fn answered<B>(
        &self,
        shelf: &Arc<Shelf>,
        decided: Answer,
        request: &Request<B>,
    ) -> io::Result<Response<Sent>> {
        match decided {
            Answer::File { shown, encoding, part } => part_of(shelf, &shown, encoding, part, request).await,
            Answer::Page(status, shown, encoding) => {
                let piece = shown.piece(encoding);
                let mut head = piece.head.clone();
                head.remove(header::ETAG);
                head.remove(header::ACCEPT_RANGES);
                let body = bytes_of(shelf, &piece.stored, 0, piece.len).await?;
                Ok(give(status, head, body, request))
            }
            Answer::Known(shown, encoding) => {
                let mut head = shown.piece(encoding).head.clone();
                for name in [header::CONTENT_LENGTH, header::CONTENT_TYPE, header::CONTENT_ENCODING] {
                    head.remove(name);
                }
                Ok(give(StatusCode::NOT_MODIFIED, head, Body::nothing(), request))
            }
            Answer::Moved(to, status) => {
                let mut response = self.words(status, "moved\n", request);
                let head = response.headers_mut();
                if let Ok(to) = HeaderValue::from_str(&to) {
                    head.insert(header::LOCATION, to);
                }
                // An address may be taken again.
                head.insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=3600"));
                Ok(response)
            }
            Answer::Words(status, words) => Ok(self.words(status, words, request)),
            Answer::Ended(status, words) => {
                let mut response = self.words(status, words, request);
                if request.version() == Version::HTTP_11 || request.version() == Version::HTTP_10 {
                    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
                }
                if status == StatusCode::METHOD_NOT_ALLOWED {
                    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
                }
                Ok(response)
            }
        }
    }

    fn words<B>(&self, status: StatusCode, words: &'static str, request: &Request<B>) -> Response<Sent> {
        let mut head = HeaderMap::new();
        head.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        head.insert(header::CONTENT_LENGTH, words.len().into());
        head.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        self.security.put_into(&mut head);
        give(status, head, Body::held(Bytes::from_static(words.as_bytes())), request)
    }
}

/// A file or a part of it.
async fn part_of<B>(
    shelf: &Arc<Shelf>,
    shown: &Shown,
    encoding: Encoding,
    part: Part,
    request: &Request<B>,
) -> io::Result<Response<Sent>> {
    let piece = shown.piece(encoding);
    let mut head = piece.head.clone();
    match part {
        Part::Whole => {
            let body = bytes_of(shelf, &piece.stored, 0, piece.len).await?;
            Ok(give(StatusCode::OK, head, body, request))
        }
        Part::Range(first, last) => {
            let len = last - first + 1;
            head.insert(header::CONTENT_LENGTH, len.into());
            if let Ok(range) = HeaderValue::from_str(&format!("bytes {first}-{last}/{}", piece.len)) {
                head.insert(header::CONTENT_RANGE, range);
            }
            let body = bytes_of(shelf, &piece.stored, first, len).await?;
            Ok(give(StatusCode::PARTIAL_CONTENT, head, body, request))
        }
        Part::Outside => {
            head.insert(header::CONTENT_LENGTH, 0.into());
            if let Ok(range) = HeaderValue::from_str(&format!("bytes */{}", piece.len)) {
                head.insert(header::CONTENT_RANGE, range);
            }
            Ok(give(StatusCode::RANGE_NOT_SATISFIABLE, head, Body::nothing(), request))
        }
    }
}

/// The bytes of a part. For a head alone the file is looked at, too: what is said of it has to be true.
async fn bytes_of(shelf: &Arc<Shelf>, stored: &Stored, from: u64, len: u64) -> io::Result<Sent> {
    match stored {
        Stored::Held(bytes) => {
            let end = usize::try_from(from + len).map_err(io::Error::other)?;
            let from = usize::try_from(from).map_err(io::Error::other)?;
            Ok(Body::held(bytes.slice(from..end)))
        }
        Stored::OnDisk(path, seen) => {
            let (shelf, path, seen) = (shelf.clone(), path.clone(), *seen);
            let opened = tokio::task::spawn_blocking(move || shelf.open(&path, &seen)).await;
            Body::file(opened.map_err(io::Error::other)??, from, len)
        }
    }
}

fn give<B>(status: StatusCode, head: HeaderMap, body: Sent, request: &Request<B>) -> Response<Sent> {
    let body = if request.method() == Method::HEAD { Body::nothing() } else { body };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = head;
    response
}

#[expect(clippy::disallowed_methods, reason = "the access log says when; no page depends on it")]
fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

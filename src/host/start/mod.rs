//! The start page: what somebody sees who opens the program and has never seen a terminal. Sites that were opened last, a new one, preview,
//! build, and where the finished site is.
//!
//! ```text
//! GET /?token=…  ─▶ view::page          POST /… (token in the form) ─▶ work::Desk ─▶ 303 to a page
//! ```
//!
//! Refuses: other machines; hosts by other names; every request without the token, which the program gives to the browser that it
//! opens and to nobody else; forms that a page elsewhere sends. There is no script on the page, so none can be tricked.
//! Invariant: a GET changes nothing; what changes something is a POST with the token in its body.

mod view;
mod work;

use crate::diag::Language;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri, header};
use axum::response::IntoResponse;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
pub use work::Desk;

/// How long the head of a request may take to come.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// A form has a few paths in it.
const LONGEST_FORM: usize = 32 << 10;

/// What a page may load: its own style, and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self' http://127.0.0.1:*; base-uri 'none'; frame-ancestors 'none'";

/// The start page's server. It ends with the program.
pub struct Start {
    address: String,
    desk: Arc<Desk>,
    runtime: tokio::runtime::Runtime,
}

#[derive(Clone)]
struct Shared {
    desk: Arc<Desk>,
    token: Arc<str>,
    port: u16,
}

impl Start {
    /// Starts at a free port. `show` shows a folder in the system's own window of files.
    ///
    /// # Errors
    /// Where there is no port, or the system has no random numbers to give.
    pub fn new(language: Language, program: String, show: fn(&Path)) -> io::Result<Self> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(io::Error::other)?;
        let token: Arc<str> = blake3::hash(&random).to_hex()[..32].into();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let listener = runtime.block_on(listen())?;
        let port = listener.local_addr()?.port();
        let desk = Arc::new(Desk::new(language, program, show));
        let shared = Shared { desk: desk.clone(), token: token.clone(), port };
        let router =
            Router::new().fallback(answer).layer(DefaultBodyLimit::max(LONGEST_FORM)).with_state(shared);
        runtime.spawn(accept(listener, router));
        Ok(Self { address: format!("http://127.0.0.1:{port}/?token={token}"), desk, runtime })
    }

    /// The address to open, with the token in it.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Waits until somebody ends the program on the page.
    pub fn wait(&self) {
        self.runtime.block_on(self.desk.ended());
    }
}

#[expect(clippy::disallowed_methods, reason = "host/ touches the network (DESIGN §3, rule 9)")]
async fn listen() -> io::Result<TcpListener> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await
}

async fn accept(listener: TcpListener, router: Router) {
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME);
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let connection =
            http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.clone()));
        tokio::spawn(async move {
            let _ = connection.await;
        });
    }
}

/// A form, or what follows the question mark of an address.
type Form = BTreeMap<String, String>;

fn form(text: &[u8]) -> Form {
    url::form_urlencoded::parse(text).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

async fn answer(
    State(shared): State<Shared>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    if !is_own(&headers, shared.port) {
        return plain(StatusCode::FORBIDDEN);
    }
    let given = match method {
        Method::GET => form(uri.query().unwrap_or_default().as_bytes()),
        Method::POST => form(&body),
        _ => return plain(StatusCode::METHOD_NOT_ALLOWED),
    };
    if !given.get("token").is_some_and(|token| same(token, &shared.token)) {
        return plain(StatusCode::FORBIDDEN);
    }
    let desk = shared.desk.clone();
    if method == Method::GET {
        let token = shared.token.clone();
        let path = uri.path().to_owned();
        let page = tokio::task::spawn_blocking(move || view::page(&desk, &path, &given, &token)).await;
        return match page {
            Ok(Some(page)) => html(page),
            _ => plain(StatusCode::NOT_FOUND),
        };
    }
    let path = uri.path().to_owned();
    let done = tokio::task::spawn_blocking(move || desk.act(&path, &given)).await;
    match done {
        Ok(Some(next)) => see(&next.address(&shared.token)),
        _ => plain(StatusCode::NOT_FOUND),
    }
}

/// Whether a request comes from our own page or from whoever was given its address: by our own name and port, and, where the browser says
/// where it comes from, from here.
fn is_own(headers: &HeaderMap, port: u16) -> bool {
    let text = |name: header::HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let names = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    let host = text(header::HOST).is_some_and(|host| names.iter().any(|name| name == host));
    let origin = text(header::ORIGIN)
        .is_none_or(|origin| names.iter().any(|name| origin.strip_prefix("http://") == Some(name)));
    let site = text(header::HeaderName::from_static("sec-fetch-site"))
        .is_none_or(|site| matches!(site, "same-origin" | "none"));
    host && origin && site
}

/// Whether two texts are the same, in a time that does not tell how far they are.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len()
        && one.bytes().zip(other.bytes()).fold(0, |differ, (one, other)| differ | (one ^ other)) == 0
}

fn html(page: String) -> Response<Body> {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    (headers, page).into_response()
}

fn see(address: &str) -> Response<Body> {
    let headers = [
        (header::LOCATION, address),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "same-origin"),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}

fn plain(status: StatusCode) -> Response<Body> {
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, "-\n").into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_page_is_answered() {
        let of = |pairs: &[(&'static str, &str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, value.parse().expect("a header"));
            }
            is_own(&headers, 8000)
        };
        assert!(of(&[("host", "127.0.0.1:8000")]));
        assert!(of(&[
            ("host", "127.0.0.1:8000"),
            ("origin", "http://127.0.0.1:8000"),
            ("sec-fetch-site", "same-origin")
        ]));
        assert!(!of(&[]), "no host");
        assert!(!of(&[("host", "evil.example:8000")]), "a name that was bound to this address");
        assert!(!of(&[("host", "127.0.0.1:9000")]), "another port");
        assert!(
            !of(&[("host", "127.0.0.1:8000"), ("origin", "http://127.0.0.1:9000")]),
            "a page of another server here"
        );
        assert!(!of(&[("host", "127.0.0.1:8000"), ("origin", "https://evil.example")]));
        assert!(!of(&[("host", "127.0.0.1:8000"), ("origin", "null")]), "a page that hides where it is from");
        assert!(!of(&[("host", "127.0.0.1:8000"), ("sec-fetch-site", "cross-site")]));
    }

    #[test]
    fn tokens_are_compared_whole() {
        assert!(same("abc", "abc"));
        assert!(!same("abc", "abd") && !same("abc", "ab") && !same("", "a"));
    }
}

//! The preview's server: loopback only, from memory, with live reload.
//!
//! Refuses: other machines; hosts by other names (a page elsewhere could rebind its own to this address); methods
//! besides GET and HEAD; more connections than the builds beside it can spare descriptors for; a request whose head takes longer
//! than `HEAD_TIME` to come.
//! Invariant: the site on show is one immutable value, exchanged whole.

use crate::build::delivery::media_type;
use crate::build::preview::Files;
use crate::host::writer::Writer;
use crate::world::OutPath;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri, header};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use percent_encoding::percent_decode_str;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

/// What a build has to show.
pub struct Site {
    /// New files; none leaves the last ones on show.
    pub files: Option<Files>,
    /// The page of findings, if there are any.
    pub findings: Option<String>,
    /// Whether the last build failed: then every page is the page of findings.
    pub failed: bool,
    /// What writers of verse see beside their pages.
    pub writer: Writer,
}

#[derive(Default)]
struct OnShow {
    files: Files,
    findings: Option<String>,
    failed: bool,
    writer: Writer,
}

#[derive(Clone)]
struct Shared {
    on_show: Arc<RwLock<Arc<OnShow>>>,
    builds: watch::Sender<u64>,
    port: u16,
}

/// A running server. It ends with the program.
pub struct Server {
    shared: Shared,
    _runtime: tokio::runtime::Runtime,
}

/// Where the page asks for news.
const EVENTS: &str = "/.yuanba/events";
/// The script that reloads a page when there is news.
const SCRIPT: &str = "/.yuanba/reload.js";
/// Where findings can be read while pages are shown.
const FINDINGS: &str = "/.yuanba/findings";
/// How many ports are tried, from the one that was asked for.
const TRIES: u16 = 50;
/// How long the head of a request may take to come, and an idle connection to ask again.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// The longest head, in bytes.
const LONGEST_HEAD: usize = 64 << 10;
/// The most connections: a browser keeps six for each window, and one to hear of news.
const MOST_CONNECTIONS: usize = 512;
/// Descriptors that a build and the watching of folders need.
const FOR_BUILDS: usize = 64;
/// How long to wait where no connection can be taken.
const PAUSE: Duration = Duration::from_millis(100);

/// The style of the writer's view.
const STYLE: &str = "/.yuanba/writer.css";

/// Reloads a page when there is news, and puts the writer's view before the text that it is about.
const RELOAD: &str = "(function(){var view=document.getElementById('yuanba-writer'),body=document.querySelector('.body');\
if(view&&body)body.parentNode.insertBefore(view,body);var first;var s=new EventSource('/.yuanba/events');s.onmessage=function(e){\
if(first===undefined){first=e.data}else if(first!==e.data){location.reload()}}})();\n";

impl Server {
    /// Starts at a port, or at the next that is free.
    ///
    /// # Errors
    /// Where none of the next fifty is free.
    pub fn start(port: u16) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let (listener, port) = runtime.block_on(listen(port))?;
        let shared = Shared { on_show: Arc::default(), builds: watch::Sender::new(0), port };
        let router = Router::new().fallback(answer).with_state(shared.clone());
        runtime.spawn(accept(listener, router));
        Ok(Self { shared, _runtime: runtime })
    }

    /// The port that it listens at, on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.shared.port
    }

    /// Puts a build on show and tells every open page.
    pub fn show(&self, site: Site) {
        let mut slot = self.shared.on_show.write().unwrap_or_else(PoisonError::into_inner);
        let files = site.files.unwrap_or_else(|| slot.files.clone());
        *slot = Arc::new(OnShow { files, findings: site.findings, failed: site.failed, writer: site.writer });
        drop(slot);
        self.shared.builds.send_modify(|build| *build += 1);
    }
}

/// Answers whoever connects, up to [`most_connections`] at a time; more are hung up on, and browsers come again.
async fn accept(listener: TcpListener, router: Router) {
    let free = Arc::new(Semaphore::new(most_connections()));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_buf_size(LONGEST_HEAD);
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // No descriptor is free; one will be.
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let Ok(place) = free.clone().try_acquire_owned() else { continue };
        let connection =
            http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.clone()));
        tokio::spawn(async move {
            // Whoever hung up, or took too long, is told nothing.
            let _ = connection.await;
            drop(place);
        });
    }
}

/// How many connections there may be. Each takes a descriptor, and a build needs some as well.
fn most_connections() -> usize {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit};
        let all = getrlimit(Resource::Nofile).current.and_then(|all| usize::try_from(all).ok());
        all.map_or(MOST_CONNECTIONS, |all| (all.saturating_sub(FOR_BUILDS) / 2).clamp(8, MOST_CONNECTIONS))
    }
    #[cfg(not(unix))]
    MOST_CONNECTIONS
}

#[expect(clippy::disallowed_methods, reason = "host/ touches the network (DESIGN §3, rule 9)")]
async fn listen(port: u16) -> io::Result<(TcpListener, u16)> {
    let mut last = io::Error::from(io::ErrorKind::AddrInUse);
    for port in port..port.saturating_add(TRIES) {
        match TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await {
            Ok(listener) => {
                let port = listener.local_addr()?.port();
                return Ok((listener, port));
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

async fn answer(
    State(shared): State<Shared>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    if !is_local(&headers) {
        return plain(StatusCode::FORBIDDEN, "this preview answers to 127.0.0.1 and localhost only\n");
    }
    if method != Method::GET && method != Method::HEAD {
        return plain(StatusCode::METHOD_NOT_ALLOWED, "GET and HEAD only\n");
    }
    match uri.path() {
        EVENTS => {
            // Half of the places stay free for pages.
            return if shared.builds.receiver_count() < most_connections() / 2 {
                events(&shared)
            } else {
                plain(StatusCode::SERVICE_UNAVAILABLE, "too many windows wait for news\n")
            };
        }
        SCRIPT => return typed(StatusCode::OK, "text/javascript; charset=utf-8", RELOAD.into()),
        STYLE => return typed(StatusCode::OK, "text/css; charset=utf-8", Writer::STYLE.into()),
        _ => {}
    }
    let on_show = shared.on_show.read().unwrap_or_else(PoisonError::into_inner).clone();
    if uri.path() == FINDINGS {
        return page(StatusCode::OK, on_show.findings.as_deref().unwrap_or_default().as_bytes(), None);
    }
    let Ok(path) = percent_decode_str(uri.path()).decode_utf8() else {
        return plain(StatusCode::BAD_REQUEST, "the address is not UTF-8\n");
    };
    file(&on_show, &path)
}

/// The file of an address. Only names that the build planned are known, so none can lead anywhere else.
fn file(on_show: &OnShow, path: &str) -> Response<Body> {
    let inner = path.trim_start_matches('/');
    let name = if inner.is_empty() || inner.ends_with('/') {
        format!("{inner}index.html")
    } else {
        inner.to_owned()
    };
    let is_page = name.ends_with(".html") || !name.rsplit('/').next().is_some_and(|last| last.contains('.'));
    if on_show.failed && is_page {
        return page(
            StatusCode::INTERNAL_SERVER_ERROR,
            on_show.findings.as_deref().unwrap_or_default().as_bytes(),
            None,
        );
    }
    if let Ok(path) = OutPath::new(&name)
        && let Some(bytes) = on_show.files.get(&path)
    {
        return match media_type(&name) {
            "text/html; charset=utf-8" => page(StatusCode::OK, bytes, on_show.writer.view(&path)),
            kind => typed(StatusCode::OK, kind, Body::from(bytes.to_vec())),
        };
    }
    if OutPath::new(&format!("{name}/index.html")).is_ok_and(|path| on_show.files.contains_key(&path)) {
        let location = crate::model::route::encode(&format!("/{name}/"));
        return (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, location)]).into_response();
    }
    match OutPath::new("404.html").ok().and_then(|path| on_show.files.get(&path)) {
        Some(bytes) => page(StatusCode::NOT_FOUND, bytes, None),
        None => plain(StatusCode::NOT_FOUND, "not found\n"),
    }
}

/// A page with the script that reloads it, and with what its writer sees beside it.
fn page(status: StatusCode, html: &[u8], view: Option<String>) -> Response<Body> {
    let view = view.map(|view| format!("<link rel=\"stylesheet\" href=\"{STYLE}\">{view}"));
    let script = format!("{}<script src=\"{SCRIPT}\" defer></script>", view.unwrap_or_default());
    let mut bytes = Vec::with_capacity(html.len() + script.len());
    let end = b"</body>";
    let at = html.windows(end.len()).rposition(|window| window == end).unwrap_or(html.len());
    bytes.extend_from_slice(&html[..at]);
    bytes.extend_from_slice(script.as_bytes());
    bytes.extend_from_slice(&html[at..]);
    typed(status, "text/html; charset=utf-8", bytes.into())
}

fn plain(status: StatusCode, words: &'static str) -> Response<Body> {
    typed(status, "text/plain; charset=utf-8", words.into())
}

fn typed(status: StatusCode, kind: &'static str, body: Body) -> Response<Body> {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, body).into_response()
}

fn events(shared: &Shared) -> Response<Body> {
    let builds = WatchStream::new(shared.builds.subscribe());
    let stream = builds.map(|build| Ok::<_, Infallible>(Event::default().data(build.to_string())));
    Sse::new(stream).keep_alive(KeepAlive::default()).into_response()
}

fn is_local(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) else { return false };
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "127.0.0.1" | "localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_show() -> OnShow {
        let mut files = Files::new();
        for (path, bytes) in [
            ("index.html", "<body>home</body>"),
            ("tips/a/index.html", "<body>a</body>"),
            ("404.html", "gone"),
        ] {
            files.insert(OutPath::new(path).expect("plain"), bytes.as_bytes().into());
        }
        OnShow { files, ..OnShow::default() }
    }

    #[test]
    fn only_planned_files_are_known() {
        let on_show = on_show();
        for (path, status) in [
            ("/", 200),
            ("/tips/a/", 200),
            ("/tips/a", 308),
            ("/../Cargo.toml", 404),
            ("/..\\Cargo.toml", 404),
            ("//etc/passwd", 404),
            ("/tips/../../x", 404),
            ("/C:/Windows", 404),
        ] {
            assert_eq!(file(&on_show, path).status().as_u16(), status, "{path}");
        }
    }

    #[test]
    fn a_failed_build_is_a_page_and_not_an_old_site() {
        let on_show = OnShow { failed: true, findings: Some("<body>F401</body>".to_owned()), ..on_show() };
        assert_eq!(file(&on_show, "/tips/a/").status().as_u16(), 500);
    }

    #[test]
    fn other_names_of_this_machine_are_refused() {
        let with = |host: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().expect("a header"));
            is_local(&headers)
        };
        assert!(with("127.0.0.1:8000") && with("localhost:8000"));
        assert!(!with("evil.example:8000") && !with("127.0.0.1.evil.example"));
        assert!(!is_local(&HeaderMap::new()));
    }
}

//! The server: listens, takes connections, ends.
//!
//! Over plain connections it speaks HTTP/1.1, over TLS what both sides know, HTTP/2 if they can. Limits are many and small: time for a handshake, for a head,
//! for taking an answer ([`super::paced`]), room for heads, requests on a connection, connections ([`super::connections`]).
//!
//! Built on hyper's connections alone. axum's router would look up a route where there is one, and tower-http's `ServeDir` reads what the path of a request names,
//! through links that lead anywhere; what is served here is a list.
//!
//! Refuses: to listen to other machines unless it was told to.
//! Invariant: when it is told to end, every answer that was begun is finished, or its time runs out.

use super::body::Body;
use super::certificates::Certificates;
use super::connections::{Held, Places};
use super::paced::{Paced, TIME};
use super::respond::Shared;
use super::speak;
use bytes::Bytes;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

/// How long a head may take to come, and an idle connection to ask again.
pub(super) const HEAD_TIME: Duration = Duration::from_secs(15);
/// How long a handshake may take.
const HANDSHAKE_TIME: Duration = Duration::from_secs(10);
/// The longest head, in bytes.
pub(super) const LONGEST_HEAD: usize = 32 << 10;
/// The most headers of a head.
pub(super) const MOST_HEADERS: usize = 100;
/// The most answers at once on a connection of HTTP/2.
const STREAMS: u32 = 64;
/// How often an idle connection of HTTP/2 is looked at.
const LOOK: Duration = Duration::from_secs(15);
/// How often the other end of one is asked whether it is there, and how long it has to answer.
const PING: (Duration, Duration) = (Duration::from_secs(20), Duration::from_secs(10));
/// The most connections unless told otherwise.
const MOST_CONNECTIONS: usize = 4096;
/// How many files are read from the disk at once.
const READERS: usize = 32;
/// Descriptors for all else.
const FOR_FILES: usize = 64;
/// How long to wait where no connection can be taken.
const PAUSE: Duration = Duration::from_millis(50);

/// How to listen.
pub struct Settings {
    /// Where.
    pub listen: SocketAddr,
    /// With which certificate; none for plain connections.
    pub certificates: Option<Arc<Certificates>>,
    /// How many threads answer; none for as many as there are cores.
    pub threads: Option<usize>,
    /// The most connections; none for as many as the system has descriptors for.
    pub connections: Option<usize>,
    /// Where figures are told, on this machine alone.
    pub metrics: Option<u16>,
}

/// A server that listens.
pub struct Server {
    runtime: Runtime,
    shared: Arc<Shared>,
    places: Arc<Places>,
    stop: watch::Sender<bool>,
    address: SocketAddr,
    metrics: Option<SocketAddr>,
}

impl Server {
    /// Begins to listen.
    ///
    /// # Errors
    /// Where the address or the port is not to be had.
    pub fn start(settings: &Settings, shared: Shared) -> io::Result<Self> {
        // Pages of two megabytes are quick for a build; what a server holds for months lies scattered, and would hold each of them whole.
        #[cfg(target_os = "linux")]
        let _ = rustix::thread::disable_transparent_huge_pages(true);
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        builder.max_blocking_threads(READERS);
        if let Some(threads) = settings.threads {
            builder.worker_threads(threads.max(1));
        }
        let runtime = builder.enable_all().build()?;
        let (listener, figures) = runtime.block_on(async {
            let listener = listen(settings.listen).await?;
            let figures = match settings.metrics {
                Some(port) => Some(listen(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?),
                None => None,
            };
            io::Result::Ok((listener, figures))
        })?;
        let address = listener.local_addr()?;
        let metrics = figures.as_ref().map(TcpListener::local_addr).transpose()?;
        let room = descriptors().saturating_sub(FOR_FILES).max(8);
        let places = Places::new(settings.connections.unwrap_or(MOST_CONNECTIONS).min(room));
        let (shared, stop) = (Arc::new(shared), watch::Sender::new(false));
        let door = Door {
            shared: shared.clone(),
            places: places.clone(),
            stop: stop.subscribe(),
            certificates: settings.certificates.clone(),
        };
        runtime.spawn(door.open(listener));
        if let Some(figures) = figures {
            runtime.spawn(tell_figures(figures, shared.clone(), places.clone()));
        }
        Ok(Self { runtime, shared, places, stop, address, metrics })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it tells figures.
    pub fn metrics(&self) -> Option<SocketAddr> {
        self.metrics
    }

    /// What connections share.
    pub fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// Waits until somebody wants it to end.
    pub fn wait(&self) {
        self.runtime.block_on(told_to_end());
    }

    /// Takes no more connections, and waits until answers that were begun are finished, for so long at most. Whether all were.
    pub fn end(self, time: Duration) -> bool {
        let _ = self.stop.send(true);
        let all = self.runtime.block_on(async {
            let finished = async {
                while self.places.connected() > 0 {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            };
            tokio::select! {
                () = finished => true,
                () = tokio::time::sleep(time) => false,
                // Whoever says it twice means now.
                () = told_to_end() => false,
            }
        });
        self.runtime.shutdown_background();
        all
    }
}

#[expect(clippy::disallowed_methods, reason = "host/ touches the network (DESIGN §3, rule 9)")]
async fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    TcpListener::bind(address).await
}

#[cfg(unix)]
async fn told_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut end), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = end.recv() => {}
        _ = interrupt.recv() => {}
    }
}

#[cfg(windows)]
async fn told_to_end() {
    use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_shutdown};
    let (Ok(mut key), Ok(mut stop), Ok(mut close), Ok(mut down)) =
        (ctrl_c(), ctrl_break(), ctrl_close(), ctrl_shutdown())
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = key.recv() => {}
        _ = stop.recv() => {}
        _ = close.recv() => {}
        _ = down.recv() => {}
        () = super::service::told_to_stop() => {}
    }
}

#[cfg(not(any(unix, windows)))]
async fn told_to_end() {
    let _ = tokio::signal::ctrl_c().await;
}

/// How many descriptors this process may have; as many as it may ask for are asked for.
fn descriptors() -> usize {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum });
        getrlimit(Resource::Nofile).current.and_then(|all| usize::try_from(all).ok()).unwrap_or(usize::MAX)
    }
    #[cfg(not(unix))]
    usize::MAX
}

/// Where connections come in.
#[derive(Clone)]
struct Door {
    shared: Arc<Shared>,
    places: Arc<Places>,
    stop: watch::Receiver<bool>,
    certificates: Option<Arc<Certificates>>,
}

impl Door {
    async fn open(mut self, listener: TcpListener) {
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                _ = self.stop.wait_for(|stop| *stop) => return,
            };
            let Ok((stream, peer)) = accepted else {
                // No descriptor is free; one will be.
                tokio::time::sleep(PAUSE).await;
                continue;
            };
            let Some(held) = self.places.take() else {
                self.shared.metrics.refused.fetch_add(1, Ordering::Relaxed);
                continue;
            };
            let door = self.clone();
            tokio::spawn(async move { door.serve(stream, peer, held).await });
        }
    }

    async fn serve(self, stream: TcpStream, peer: SocketAddr, held: Held) {
        let _ = stream.set_nodelay(true);
        let stream = Paced::new(stream, TIME);
        match self.certificates.clone() {
            None => {
                let (shared, mut stop) = (self.shared, self.stop);
                speak::plainly(stream, &shared, peer, &held, &mut stop).await;
            }
            // What TLS needs is large, and plain connections do without it.
            Some(certificates) => Box::pin(self.serve_secretly(&certificates, stream, peer, held)).await,
        }
    }

    async fn serve_secretly(
        self,
        certificates: &Certificates,
        stream: Paced<TcpStream>,
        peer: SocketAddr,
        held: Held,
    ) {
        let acceptor = TlsAcceptor::from(certificates.current());
        let shaken = tokio::select! {
            shaken = tokio::time::timeout(HANDSHAKE_TIME, acceptor.accept(stream)) => shaken,
            () = held.place.end.notified() => return,
        };
        let Ok(Ok(stream)) = shaken else {
            self.shared.metrics.handshakes.fetch_add(1, Ordering::Relaxed);
            return;
        };
        if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
            self.speak_2(stream, peer, held).await;
        } else {
            let (shared, mut stop) = (self.shared, self.stop);
            speak::speak(Paced::new(stream, TIME), &shared, peer, &held, &mut stop, false).await;
        }
    }

    async fn speak_2<S>(self, stream: S, peer: SocketAddr, held: Held)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let (mut stop, shared, held) = (self.stop, self.shared, Arc::new(held));
        let (most, place) = (shared.requests, held.place.clone());
        let service = service_fn(move |request: Request<Incoming>| {
            let (shared, held) = (shared.clone(), held.clone());
            async move { Ok::<_, Infallible>(shared.respond(&held, peer, request).await) }
        });
        let mut builder = http2::Builder::new(TokioExecutor::new());
        builder.timer(TokioTimer::new()).keep_alive_interval(PING.0).keep_alive_timeout(PING.1);
        builder
            .max_concurrent_streams(STREAMS)
            .max_header_list_size(u32::try_from(LONGEST_HEAD).unwrap_or(u32::MAX));
        let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
        let (mut asked, mut look) = (0, tokio::time::interval(LOOK));
        look.tick().await;
        loop {
            tokio::select! {
                _ = connection.as_mut() => return,
                () = place.end.notified() => return,
                _ = stop.wait_for(|stop| *stop) => break,
                _ = look.tick() => {
                    let before = std::mem::replace(&mut asked, place.asked());
                    if asked >= most || (place.is_waiting() && before == asked) {
                        break;
                    }
                }
            }
        }
        connection.as_mut().graceful_shutdown();
        tokio::select! {
            _ = connection => {}
            () = place.end.notified() => {}
        }
    }
}

/// Tells figures to whoever asks on this machine.
async fn tell_figures(listener: TcpListener, shared: Arc<Shared>, places: Arc<Places>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let (shared, places) = (shared.clone(), places.clone());
        tokio::spawn(async move {
            let service = service_fn(|request: Request<Incoming>| {
                let lost = shared.log.as_ref().map_or(0, super::access_log::AccessLog::lost);
                let (status, text) = match request.uri().path() {
                    "/metrics" => (200, shared.metrics.print(&places, shared.shelf().len(), lost)),
                    super::request::HEALTH => (200, "ok\n".to_owned()),
                    _ => (404, "see /metrics\n".to_owned()),
                };
                let mut response = Response::new(Body::<()>::held(Bytes::from(text)));
                *response.status_mut() = hyper::StatusCode::from_u16(status).unwrap_or_default();
                let kind =
                    hyper::header::HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
                response.headers_mut().insert(hyper::header::CONTENT_TYPE, kind);
                async move { Ok::<_, Infallible>(response) }
            });
            let mut builder = http1::Builder::new();
            builder.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).keep_alive(false);
            let _ = builder.serve_connection(TokioIo::new(Paced::new(stream, TIME)), service).await;
        });
    }
}

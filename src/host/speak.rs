//! HTTP/1.1 on one connection, and what it costs while nobody asks anything.
//!
//! hyper holds two buffers and a state machine for a connection, 14 KB, as long as it lives; a browser keeps its connections open for minutes. So the
//! speaking ends where nothing was asked for a second: the stream is taken back, and speaking begins anew with the next byte.
//!
//! Refuses: to end where a head has come in part, or bytes wait to be sent.
//! Invariant: no byte that came or was to go is lost in between.

use super::connections::Held;
use super::paced::Paced;
use super::respond::Shared;
use super::server::{HEAD_TIME, LONGEST_HEAD, MOST_HEADERS};
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::Pin;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;

/// How long nothing is asked before a connection rests.
const REST: Duration = Duration::from_secs(1);

/// Speaks on a plain connection until it ends.
pub async fn plainly(
    mut stream: Paced<TcpStream>,
    shared: &Shared,
    peer: SocketAddr,
    held: &Held,
    stop: &mut watch::Receiver<bool>,
) {
    loop {
        if !stream.has_bytes() {
            let asks = tokio::select! {
                ready = tokio::time::timeout(HEAD_TIME, stream.inner().readable()) => matches!(ready, Ok(Ok(()))),
                () = held.place.end.notified() => false,
                _ = stop.wait_for(|stop| *stop) => false,
            };
            if !asks {
                return;
            }
        }
        // Apart from the rest, so that a connection that rests is small.
        match Box::pin(speak(stream, shared, peer, held, stop, true)).await {
            Some(resting) => stream = resting,
            None => return,
        }
    }
}

/// Speaks until the connection ends; or, if it may, until it rests, and gives the stream back.
pub async fn speak<S: AsyncRead + AsyncWrite + Unpin>(
    stream: Paced<S>,
    shared: &Shared,
    peer: SocketAddr,
    held: &Held,
    stop: &mut watch::Receiver<bool>,
    may_rest: bool,
) -> Option<Paced<S>> {
    let waits = stream.waits();
    // What came in part once is spoken to its end, so that nobody gets a new time for each byte of a head.
    let may_rest = may_rest && !stream.has_bytes();
    let service = service_fn(|request: Request<Incoming>| {
        Box::pin(async move { Ok::<_, Infallible>(shared.respond(held, peer, request).await) })
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_headers(MOST_HEADERS);
    builder.max_buf_size(LONGEST_HEAD);
    let mut connection = builder.serve_connection(TokioIo::new(stream), service);
    let mut asked = held.place.asked();
    let mut look = tokio::time::interval_at(tokio::time::Instant::now() + REST, REST);
    let end = loop {
        tokio::select! {
            ended = poll_fn(|cx| connection.poll_without_shutdown(cx)) => break End::Over(ended.is_ok()),
            () = held.place.end.notified() => break End::MakesRoom,
            _ = stop.wait_for(|stop| *stop) => break End::Stops,
            _ = look.tick(), if may_rest => {
                let before = std::mem::replace(&mut asked, held.place.asked());
                if before == asked && held.place.is_waiting() && !waits.get() {
                    break End::Rests;
                }
            }
        }
    };
    let ended = match end {
        // Whoever hung up, or took too long, is told nothing.
        End::MakesRoom | End::Over(false) => return None,
        End::Over(true) => true,
        End::Stops | End::Rests => {
            Pin::new(&mut connection).graceful_shutdown();
            poll_fn(|cx| connection.poll_without_shutdown(cx)).await.is_ok()
        }
    };
    let parts = connection.into_parts();
    let mut stream = parts.io.into_inner();
    if end == End::Rests && ended && held.place.asked() == asked {
        stream.put_back(parts.read_buf);
        return Some(stream);
    }
    let _ = stream.shutdown().await;
    None
}

/// Why speaking ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// The other end has hung up, or was told that this was all; false where the line is broken.
    Over(bool),
    /// Another connection needs the place.
    MakesRoom,
    /// The server ends.
    Stops,
    /// Nothing was asked for a while.
    Rests,
}

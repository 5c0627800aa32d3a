//! A connection whose other end has to keep taking what is sent.
//!
//! A reader that takes a byte a minute holds a place for years. So while something waits to be sent, [`LEAST`] bytes have to go out in each [`TIME`]: a telephone at
//! the edge of its network does that, an attacker with ten thousand connections has to pay for them.
//!
//! Reading has its own limits: the head's in hyper, and nothing else is read.
//! Invariant: no write waits for longer than [`TIME`] without [`LEAST`] bytes having gone.

use bytes::Bytes;
use std::io::{self, ErrorKind, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

/// How long a reader may take for [`LEAST`] bytes.
pub const TIME: Duration = Duration::from_secs(30);
/// How many bytes are progress.
pub const LEAST: usize = 4 << 10;

/// A stream that ends where nobody takes what is written.
pub struct Paced<S> {
    stream: S,
    time: Duration,
    /// Set while something waits.
    until: Option<Pin<Box<Sleep>>>,
    /// Bytes since it was set.
    gone: usize,
    /// Whether bytes wait to be sent.
    waits: Waits,
    /// Bytes that were read before and are read again.
    again: Bytes,
}

/// Whether bytes of a stream wait to be sent.
#[derive(Clone, Default)]
pub struct Waits(Arc<AtomicBool>);

impl Waits {
    /// Whether they do.
    pub fn get(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

impl<S> Paced<S> {
    /// With this much time for each [`LEAST`] bytes.
    pub fn new(stream: S, time: Duration) -> Self {
        Self { stream, time, until: None, gone: 0, waits: Waits::default(), again: Bytes::new() }
    }

    /// The stream.
    pub fn inner(&self) -> &S {
        &self.stream
    }

    /// Tells from elsewhere whether bytes wait to be sent.
    pub fn waits(&self) -> Waits {
        self.waits.clone()
    }

    /// Bytes that were read and belong to what is read next.
    pub fn put_back(&mut self, bytes: Bytes) {
        self.again = bytes;
    }

    /// Whether bytes were put back and not read again.
    pub fn has_bytes(&self) -> bool {
        !self.again.is_empty()
    }

    fn judge<T>(
        &mut self,
        cx: &mut Context<'_>,
        result: Poll<io::Result<T>>,
        gone: usize,
    ) -> Poll<io::Result<T>> {
        match result {
            Poll::Pending => {
                self.waits.0.store(true, Ordering::Release);
                let until = self.until.get_or_insert_with(|| Box::pin(tokio::time::sleep(self.time)));
                match until.as_mut().poll(cx) {
                    Poll::Ready(()) => Poll::Ready(Err(ErrorKind::TimedOut.into())),
                    Poll::Pending => Poll::Pending,
                }
            }
            ready @ Poll::Ready(_) => {
                if let Some(until) = &mut self.until {
                    self.gone += gone;
                    if until.is_elapsed() {
                        return Poll::Ready(Err(ErrorKind::TimedOut.into()));
                    }
                    if self.gone >= LEAST {
                        self.gone = 0;
                        until.as_mut().reset(Instant::now() + self.time);
                    }
                }
                ready
            }
        }
    }

    /// What was written is taken: the next piece has its own time.
    fn rest(&mut self) {
        self.until = None;
        self.gone = 0;
        self.waits.0.store(false, Ordering::Release);
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Paced<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.has_bytes() {
            let piece = self.again.len().min(buffer.remaining());
            buffer.put_slice(&self.again.split_to(piece));
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Paced<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write(cx, bytes);
        let gone = written(&result);
        if gone == bytes.len() && self.until.is_some() && !self.is_late() {
            self.rest();
        }
        self.judge(cx, result, gone)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        let gone = written(&result);
        if gone == slices.iter().map(|slice| slice.len()).sum::<usize>()
            && self.until.is_some()
            && !self.is_late()
        {
            self.rest();
        }
        self.judge(cx, result, gone)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.stream).poll_flush(cx);
        self.judge(cx, result, 0)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.stream).poll_shutdown(cx);
        self.judge(cx, result, 0)
    }
}

impl<S> Paced<S> {
    fn is_late(&self) -> bool {
        self.until.as_ref().is_some_and(|until| until.is_elapsed())
    }
}

fn written(result: &Poll<io::Result<usize>>) -> usize {
    match result {
        Poll::Ready(Ok(count)) => *count,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    #[tokio::test]
    async fn who_takes_too_little_is_left() {
        let (ours, mut theirs) = tokio::io::duplex(1024);
        let mut paced = Paced::new(ours, Duration::from_millis(300));
        let trickle = tokio::spawn(async move {
            // A byte now and then is no reading.
            while theirs.read_u8().await.is_ok() {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        });
        let error = paced.write_all(&vec![0; 1 << 20]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        drop(paced);
        trickle.await.unwrap();
    }

    #[tokio::test]
    async fn who_reads_gets_all() {
        let (ours, mut theirs) = tokio::io::duplex(4096);
        let mut paced = Paced::new(ours, TIME);
        let reader = tokio::spawn(async move {
            let (mut all, mut piece) = (0, vec![0; 1024]);
            while let Ok(read @ 1..) = theirs.read(&mut piece).await {
                all += read;
                tokio::task::yield_now().await;
            }
            all
        });
        paced.write_all(&vec![0; 200 << 10]).await.unwrap();
        drop(paced);
        assert_eq!(reader.await.unwrap(), 200 << 10);
    }
}

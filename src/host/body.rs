//! The body of an answer: nothing, bytes in memory, or a part of a file that is read as the reader takes it.
//!
//! Refuses: more bytes than the head said. A file that has become shorter ends the connection.
//! Invariant: of a large file no more than one piece is in memory.

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::task::{JoinHandle, spawn_blocking};

/// How much of a file is read at once.
const PIECE: u64 = 64 << 10;

/// A body, and what is held until it has been taken.
pub struct Body<G = ()> {
    source: Source,
    _held: Option<G>,
}

enum Source {
    Nothing,
    Held(Bytes),
    File { left: u64, file: Option<File>, reading: Option<JoinHandle<io::Result<(File, Bytes)>>> },
}

impl<G> Body<G> {
    /// Nothing.
    pub fn nothing() -> Self {
        Self { source: Source::Nothing, _held: None }
    }

    /// Bytes.
    pub fn held(bytes: Bytes) -> Self {
        Self { source: Source::Held(bytes), _held: None }
    }

    /// A part of a file.
    ///
    /// # Errors
    /// Where the file cannot be read from there.
    pub fn file(mut file: File, from: u64, len: u64) -> io::Result<Self> {
        file.seek(SeekFrom::Start(from))?;
        Ok(Self { source: Source::File { left: len, file: Some(file), reading: None }, _held: None })
    }

    /// Holds something until the body has been taken or given up.
    #[must_use]
    pub fn holding(self, held: G) -> Self {
        Self { source: self.source, _held: Some(held) }
    }
}

impl<G: Unpin> http_body::Body for Body<G> {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match &mut self.source {
            Source::Nothing | Source::File { left: 0, .. } => Poll::Ready(None),
            Source::Held(bytes) => {
                let bytes = std::mem::take(bytes);
                Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
            }
            Source::File { left, file, reading } => {
                if let Some(file) = file.take() {
                    let wanted = PIECE.min(*left);
                    *reading = Some(spawn_blocking(move || read_piece(file, wanted)));
                }
                let Some(task) = reading else { return Poll::Ready(Some(Err(ErrorKind::BrokenPipe.into()))) };
                let read = ready!(Pin::new(task).poll(cx));
                *reading = None;
                match read.map_err(io::Error::other).and_then(|read| read) {
                    Ok((again, bytes)) => {
                        *left -= bytes.len() as u64;
                        *file = Some(again);
                        Poll::Ready(Some(Ok(Frame::data(bytes))))
                    }
                    Err(error) => Poll::Ready(Some(Err(error))),
                }
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.size() == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.size())
    }
}

impl<G> Body<G> {
    fn size(&self) -> u64 {
        match &self.source {
            Source::Nothing => 0,
            Source::Held(bytes) => bytes.len() as u64,
            Source::File { left, .. } => *left,
        }
    }
}

fn read_piece(mut file: File, wanted: u64) -> io::Result<(File, Bytes)> {
    let mut bytes = vec![0; usize::try_from(wanted).map_err(io::Error::other)?];
    let mut read = 0;
    while read < bytes.len() {
        match file.read(&mut bytes[read..])? {
            0 => return Err(ErrorKind::UnexpectedEof.into()),
            more => read += more,
        }
    }
    Ok((file, bytes.into()))
}

//! Everything that is published, one module an output.
//!
//! Refuses: writing. An output returns bytes; `build::write` alone writes them.
//! Invariant: what an output returns is a pure function of what it was given, so the same site gives the same bytes.

pub mod feed_documents;
pub mod picture;

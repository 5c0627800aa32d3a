//! Serving the site over HTTP. The preview is here; serving the finished site for real joins it.
//!
//! Refuses: reading files by the path of a request.
//! Invariant: what is answered was made by the build.

pub mod preview_server;
pub mod writer;

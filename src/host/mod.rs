//! Serving the site over HTTP: the preview, and the finished site for real.
//!
//! Refuses: reading files by the path of a request; a path is looked up among the files that the build listed.
//! Invariant: what is answered was made by the build.

pub mod access_log;
pub mod body;
pub mod certificates;
pub mod connections;
pub mod maintenance;
pub mod metrics;
pub mod negotiate;
pub mod paced;
pub mod preview_server;
pub mod request;
pub mod respond;
pub mod schedule;
pub mod security;
pub mod server;
pub mod service;
pub mod shelf;
pub mod speak;
pub mod start;
pub mod unit;
pub mod visits;
pub mod watch;
pub mod writer;

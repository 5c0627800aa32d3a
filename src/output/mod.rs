//! Everything published.

pub mod html;

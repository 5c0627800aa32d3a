#![doc = include_str!("architecture.md")]

pub mod diag;
pub mod output;
pub mod source;
pub mod text;
pub mod world;

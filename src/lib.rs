#![doc = include_str!("architecture.md")]

pub mod build;
pub mod cli;
pub mod diag;
pub mod figures;
pub mod host;
pub mod lint;
pub mod model;
pub mod output;
pub mod picture;
pub mod print;
pub mod privacy;
pub mod register;
pub mod source;
pub mod statistics;
pub mod text;
pub mod world;

//! What texts say, without markup.

pub mod plain;

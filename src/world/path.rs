//! Paths inside the site and inside the output.

/// A path inside the site: relative, `/`-separated, NFC, without `..`, `.` or empty parts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VPath(std::sync::Arc<str>);

/// A path inside `public/` that every file system of our users can hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutPath(std::sync::Arc<str>);

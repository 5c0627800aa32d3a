//! Files and findings for the tests of this module.

use super::{Code, Diagnostic, FileId, Files, Message, Span};
use std::ops::Range;

/// Files by their place in a list.
pub struct Shelf(Vec<(&'static str, String)>);

impl Shelf {
    pub fn new(files: &[(&'static str, &str)]) -> Self {
        Self(files.iter().map(|&(path, text)| (path, text.to_owned())).collect())
    }
}

impl Files for Shelf {
    fn path(&self, file: FileId) -> &str {
        self.0[file.0 as usize].0
    }
    fn text(&self, file: FileId) -> &str {
        &self.0[file.0 as usize].1
    }
}

/// A finding whose message is the catalogue's test sentence.
pub fn finding(code: Code, file: u32, range: Range<usize>) -> Diagnostic {
    Diagnostic::new(code, said("链接指向的文件不存在")).at(Span::new(FileId(file), range))
}

/// A message that says just this, in both languages.
pub fn said(text: &str) -> Message {
    Message::new("diag-verbatim").with("text", text)
}

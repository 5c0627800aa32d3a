use super::Reader;
use crate::diag::Diagnostic;
use crate::model::entry::{EntryIx, Section};
pub fn entry_body(_site: &Reader, _ix: EntryIx) -> Result<String, Box<Diagnostic>> { Ok(String::new()) }
pub fn section_body(_site: &Reader, _section: &Section) -> Result<String, Box<Diagnostic>> { Ok(String::new()) }

//! Approved versions that are kept, so that one can stay published while the bulletin is being edited: `content/reviews/kept/`.
//!
//! A text is kept as `HASH.txt`, with plain ends of lines; a picture, an attachment or a file of figures as `HASH.kept`.
//!
//! Refuses: bytes that do not have the hash that their name says.
//! Invariant: what is given out is what was approved, byte for byte.

use super::bound::{Parts, plain, text_hash};
use crate::diag::Message;
use crate::model::review::KEPT;
use crate::world::{VPath, World};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where a text is kept.
pub fn text_place(hash: &str) -> String {
    format!("{KEPT}/{hash}.txt")
}

/// Where a picture, an attachment or a file of figures is kept.
pub fn file_place(hash: &str) -> String {
    format!("{KEPT}/{hash}.kept")
}

/// The text that was approved, if it is kept.
pub fn text(world: &dyn World, hash: &str) -> Option<String> {
    let bytes = world.read(&VPath::new(&text_place(hash)).ok()?).ok()?;
    let text = plain(std::str::from_utf8(&bytes).ok()?);
    (text_hash(&text) == hash).then_some(text)
}

/// The files of an approved version by path: the text at `path`, and what belongs to it. What stands in its place with the same content is taken
/// from there.
///
/// # Errors
/// What is missing.
pub fn version(
    world: &dyn World,
    path: &VPath,
    parts: &Parts,
) -> Result<BTreeMap<VPath, Arc<[u8]>>, Message> {
    let gone = || Message::new("review-not-kept");
    let text = text(world, &parts.text).ok_or_else(gone)?;
    let mut files = BTreeMap::from([(path.clone(), Arc::<[u8]>::from(text.into_bytes()))]);
    for (name, hash) in &parts.files {
        let place = VPath::new(name).map_err(|_| gone())?;
        let same = |bytes: &Arc<[u8]>| blake3::hash(bytes).to_hex().as_str() == hash;
        let here = world.read(&place).ok().filter(same);
        let kept = || {
            let kept = VPath::new(&file_place(hash)).ok()?;
            world.read(&kept).ok().filter(same)
        };
        let bytes =
            here.or_else(kept).ok_or_else(|| Message::new("review-not-kept-file").with("path", name))?;
        files.insert(place, bytes);
    }
    Ok(files)
}

/// The files that have to be written so that a version is kept: name in the folder, and bytes. `data` are the files that its figures come from.
pub fn to_keep(
    world: &dyn World,
    text: &str,
    parts: &Parts,
    data: &BTreeMap<String, String>,
) -> Vec<(String, Arc<[u8]>)> {
    let text = plain(text);
    let mut files = Vec::new();
    if text_hash(&text) == parts.text {
        files.push((format!("{}.txt", parts.text), Arc::<[u8]>::from(text.into_bytes())));
    }
    for (name, hash) in parts.files.iter().chain(data) {
        let Ok(place) = VPath::new(name) else { continue };
        if let Ok(bytes) = world.read(&place)
            && blake3::hash(&bytes).to_hex().as_str() == hash
        {
            files.push((format!("{hash}.kept"), bytes));
        }
    }
    files
}

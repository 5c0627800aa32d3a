//! PDF: what its pages say, what stands beside them (notes, fields, properties, links, attached files), and what no text tells.
//!
//! The file is read by hayro, which Typst uses for pictures in this format. It ends by itself on files that are broken on purpose;
//! what it does not bound, the unpacking of streams, is bounded before ([`streams`]), and signs and lines of a page are counted.
//! Refuses: pages that are pictures, signs that no table of the file names, hidden layers, passwords.
//! Invariant: whatever happens in the library happens in a thread of its own, and a crash there is a broken file.

mod page;
mod streams;
mod strings;

use super::{Budget, Contents, Place, PlaceKind, Unreadable, markup, read_inner};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use page::Said;
use std::collections::BTreeSet;
use strings::Strings;

/// More pages than any document on a village's website has.
const PAGES: usize = 3_000;
/// Room for nesting that the library allows.
const STACK: usize = 64 << 20;

/// Reads a file.
pub fn read(bytes: &[u8], depth: usize, budget: &mut Budget) -> Contents {
    if !streams::are_bounded(bytes) {
        return Contents::unreadable(Unreadable::TooLarge);
    }
    let owned = bytes.to_vec();
    let left = budget.left;
    let work = move || {
        let mut budget = Budget { left };
        let contents = document(owned, depth, &mut budget);
        (contents, budget.left)
    };
    let thread = std::thread::Builder::new().name("pdf".into()).stack_size(STACK).spawn(work);
    match thread.map(std::thread::JoinHandle::join) {
        Ok(Ok((contents, left))) => {
            budget.left = left;
            contents
        }
        Ok(Err(reason)) if reason.is::<page::TooMuch>() => Contents::unreadable(Unreadable::TooLarge),
        Ok(Err(_)) | Err(_) => Contents::unreadable(Unreadable::Damaged),
    }
}

fn document(bytes: Vec<u8>, depth: usize, budget: &mut Budget) -> Contents {
    let pdf = match Pdf::new(bytes) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => {
            return Contents::unreadable(Unreadable::Locked);
        }
        Err(_) => return Contents::unreadable(Unreadable::Damaged),
    };
    let mut contents = Contents::default();
    if pdf.pages().is_empty() {
        contents.refuse(Unreadable::Damaged);
    }
    if pdf.pages().len() > PAGES {
        return Contents::unreadable(Unreadable::TooLarge);
    }
    if has_hidden_layers(&pdf) {
        contents.refuse(Unreadable::Hidden);
    }
    let cache = hayro_interpret::InterpreterCache::new();
    let mut known = BTreeSet::new();
    for (number, page) in pdf.pages().iter().enumerate() {
        let Said { text, why } = page::read(&pdf, page, &cache);
        if let Some(why) = why {
            contents.refuse(why);
        }
        if !budget.take(text.len()) {
            contents.refuse(Unreadable::TooLarge);
            return contents;
        }
        let joined = page::joined(&text);
        if joined != text {
            contents.add(Place::new(PlaceKind::Page, number + 1), joined);
        }
        contents.add(Place::new(PlaceKind::Page, number + 1), text);
        notes(page, number + 1, &mut known, &mut contents);
    }
    objects(&pdf, depth, &mut known, &mut contents, budget);
    contents
}

/// What stands beside a page: notes, fields, addresses of links.
fn notes(page: &Page, number: usize, known: &mut BTreeSet<String>, contents: &mut Contents) {
    let Some(notes) = page.raw().get::<Array<'_>>(b"Annots".as_slice()) else { return };
    for note in notes.iter::<Dict<'_>>().take(20_000) {
        let mut strings = Strings::default();
        strings.of_dict(&note, 0);
        for part in ["A", "AA", "MK", "Parent", "Popup"] {
            if let Some(dict) = note.get::<Dict<'_>>(part.as_bytes()) {
                strings.of_dict(&dict, 0);
            }
        }
        for text in strings.found {
            if known.insert(text.clone()) {
                contents.add(Place::new(PlaceKind::Annotation, number), text);
            }
        }
    }
}

/// All other texts of the file: properties, fields, contents, what is read aloud; and the files in it.
fn objects(
    pdf: &Pdf,
    depth: usize,
    known: &mut BTreeSet<String>,
    contents: &mut Contents,
    budget: &mut Budget,
) {
    for object in pdf.objects() {
        if let Object::Stream(stream) = &object {
            inner(stream, depth, contents, budget);
        }
        let mut strings = Strings::default();
        strings.of(&object, 0);
        for text in strings.found {
            if !budget.take(text.len()) {
                return contents.refuse(Unreadable::TooLarge);
            }
            if known.insert(text.clone()) {
                contents.add(Place::new(PlaceKind::Property, 0), text);
            }
        }
    }
    let metadata = pdf.metadata();
    let fields =
        [&metadata.title, &metadata.author, &metadata.subject, &metadata.keywords, &metadata.creator];
    for text in fields.into_iter().flatten().filter_map(|bytes| strings::decoded(bytes)) {
        if known.insert(text.clone()) {
            contents.add(Place::new(PlaceKind::Property, 0), text);
        }
    }
}

/// Streams that hold texts of their own: properties in XML, forms, files.
fn inner(stream: &Stream<'_>, depth: usize, contents: &mut Contents, budget: &mut Budget) {
    let kind = stream.dict().get::<Name<'_>>(b"Type".as_slice());
    match kind.as_ref().map(AsRef::<[u8]>::as_ref) {
        Some(b"Metadata") => {
            let Ok(bytes) = stream.decoded() else { return };
            for block in markup::blocks(&bytes, budget).0 {
                contents.add(Place::new(PlaceKind::Property, 0), block.text);
            }
        }
        Some(b"EmbeddedFile") => {
            let Ok(bytes) = stream.decoded() else { return contents.refuse(Unreadable::Damaged) };
            if !budget.take(bytes.len()) {
                return contents.refuse(Unreadable::TooLarge);
            }
            let ending = if crate::world::decode::decode(&bytes).is_ok() { "txt" } else { "" };
            let file = read_inner(ending, &bytes, depth + 1, budget);
            contents.parts.extend(file.parts);
            if file.unreadable.is_some() {
                contents.refuse(Unreadable::Embedded);
            }
        }
        _ => {}
    }
}

/// Whether a reader sees less than there is: layers that are switched off.
fn has_hidden_layers(pdf: &Pdf) -> bool {
    let root: Option<Dict<'_>> = pdf.xref().get(pdf.xref().root_id());
    let layers = root.and_then(|root| root.get::<Dict<'_>>(b"OCProperties".as_slice()));
    let shown = layers.and_then(|layers| layers.get::<Dict<'_>>(b"D".as_slice()));
    shown.is_some_and(|shown| {
        let off = shown.get::<Array<'_>>(b"OFF".as_slice());
        off.is_some_and(|off| off.raw_iter().next().is_some())
            || shown.get::<Name<'_>>(b"BaseState".as_slice()).is_some_and(|state| &*state == b"OFF")
    })
}

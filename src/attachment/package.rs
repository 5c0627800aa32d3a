//! Files that are archives of parts: Word files, workbooks and slides since 2007, `OpenDocument`, OFD, EPUB; and plain archives.
//!
//! Refuses: archives that unpack to more than the budget, parts with a password, programs inside (macros).
//! Invariant: no part is read beyond the budget, whatever the archive says of its length.

use super::markup::{self, Sort};
use super::{Budget, Contents, Place, PlaceKind, Unreadable, read_inner, sheet};
use crate::world::decode::decode;
use std::io::{Cursor, Read};

/// More parts than any document has.
const PARTS: usize = 20_000;

/// The parts of an archive, by their numbers.
pub struct Package<'b> {
    archive: zip::ZipArchive<Cursor<&'b [u8]>>,
}

impl Package<'_> {
    /// The bytes of a part by its name.
    pub fn by_name(&mut self, name: &str, budget: &mut Budget) -> Result<Option<Vec<u8>>, Unreadable> {
        match self.archive.index_for_name(name) {
            Some(at) => self.bytes(at, budget).map(Some),
            None => Ok(None),
        }
    }

    fn bytes(&mut self, at: usize, budget: &mut Budget) -> Result<Vec<u8>, Unreadable> {
        let part = self.archive.by_index(at).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_) | zip::result::ZipError::InvalidPassword => {
                Unreadable::Locked
            }
            _ => Unreadable::Damaged,
        })?;
        let limit = budget.left;
        let mut bytes = Vec::new();
        part.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|_| Unreadable::Damaged)?;
        if budget.take(bytes.len()) { Ok(bytes) } else { Err(Unreadable::TooLarge) }
    }

    /// The names of all parts, in the order of the archive.
    fn names(&mut self) -> Vec<(usize, String)> {
        let names = (0..self.archive.len()).filter_map(|at| {
            let part = self.archive.by_index_raw(at).ok()?;
            let raw = part.name_raw();
            let name = decode(raw)
                .map_or_else(|_| String::from_utf8_lossy(raw).into_owned(), |name| name.text.into_owned());
            (!part.is_dir()).then_some((at, name))
        });
        names.collect()
    }
}

/// Reads an archive.
pub fn read(bytes: &[u8], depth: usize, budget: &mut Budget) -> Contents {
    let Ok(archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return Contents::unreadable(Unreadable::Damaged);
    };
    let mut package = Package { archive };
    let mut contents = Contents::default();
    if package.archive.len() > PARTS {
        return Contents::unreadable(Unreadable::TooLarge);
    }
    if let Ok(comment) = decode(package.archive.comment()) {
        contents.add(Place::new(PlaceKind::Comment, 0), comment.text);
    }
    let names = package.names();
    let has = |wanted: &str| names.iter().any(|(_, name)| name == wanted);
    let is_document = has("[Content_Types].xml") || has("mimetype") || has("OFD.xml");
    let is_book = has("xl/workbook.xml");
    if is_book && let Err(why) = sheet::read(&mut package, &mut contents, budget) {
        contents.refuse(why);
    }
    for (number, (at, name)) in names.iter().enumerate() {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        if is_document {
            part(&mut package, *at, (name, &ending), is_book, depth, &mut contents, budget);
        } else {
            contents.add(Place::new(PlaceKind::Name, 0).inside(number + 1), name);
            match package.bytes(*at, budget) {
                Ok(bytes) => {
                    let inner = read_inner(&ending, &bytes, depth + 1, budget);
                    take(&mut contents, inner, number + 1);
                }
                Err(why) => contents.refuse(why),
            }
        }
        if budget.left == 0 {
            contents.refuse(Unreadable::TooLarge);
            break;
        }
    }
    contents
}

/// Takes over what a file in a file says.
fn take(contents: &mut Contents, inner: Contents, number: usize) {
    contents.parts.extend(inner.parts.into_iter().map(|mut part| {
        part.place = part.place.inside(number);
        part
    }));
    contents.unreadable = contents.unreadable.or(inner.unreadable);
    contents.unseen |= inner.unseen;
}

/// Reads a part of a document.
fn part(
    package: &mut Package,
    at: usize,
    (name, ending): (&str, &str),
    is_book: bool,
    depth: usize,
    contents: &mut Contents,
    budget: &mut Budget,
) {
    // Sheets and their strings were read as rows.
    if is_book && sheet::is_read(name) {
        return;
    }
    let is_markup =
        matches!(ending, "xml" | "rels" | "vml" | "xhtml" | "html" | "htm" | "opf" | "ncx" | "rdf");
    if !is_markup && !is_object(name, ending) {
        return;
    }
    let bytes = match package.bytes(at, budget) {
        Ok(bytes) => bytes,
        Err(why) => return contents.refuse(why),
    };
    if is_markup {
        let (blocks, why) = markup::blocks(&bytes, budget);
        // A part that nothing is said in may be of any form: settings of printers, styles of other programs.
        if let Some(why) = why {
            contents.refuse(why);
        }
        for block in blocks {
            // Relations name the parts of the document themselves; only those that lead out of it say something.
            if ending == "rels" && !block.text.contains(':') {
                continue;
            }
            contents.add(place(name, block.sort, block.number), block.text);
        }
    } else if bytes.starts_with(b"PK") || bytes.starts_with(b"%PDF-") {
        let inner = read_inner(ending, &bytes, depth + 1, budget);
        take(contents, inner, 0);
    } else {
        contents.refuse(Unreadable::Embedded);
    }
}

/// Whether a part is a file of another program, or a program.
fn is_object(name: &str, ending: &str) -> bool {
    let harmless = name.contains("printerSettings") || name.contains("/fonts/") || name.contains("thumbnail");
    !harmless
        && matches!(
            ending,
            "bin"
                | "docx"
                | "xlsx"
                | "pptx"
                | "doc"
                | "xls"
                | "ppt"
                | "pdf"
                | "zip"
                | "odt"
                | "ods"
                | "odp"
                | "ole"
        )
}

/// Where a text of a part stands.
fn place(name: &str, sort: Sort, number: usize) -> Place {
    let of = |part: &str| -> Option<usize> {
        let rest = name.strip_prefix(part)?;
        rest.trim_end_matches(|sign: char| !sign.is_ascii_digit()).parse().ok()
    };
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    let kind = if has(&["docProps/", "meta.xml", "customXml", "OFD.xml", "content.opf", "META-INF"]) {
        PlaceKind::Property
    } else if has(&["omments", "persons/", "people.xml"]) {
        PlaceKind::Comment
    } else if sort == Sort::Deleted {
        PlaceKind::Deleted
    } else if let Some(slide) = of("ppt/slides/slide") {
        return Place::new(PlaceKind::Slide, slide);
    } else if let Some(slide) = of("ppt/notesSlides/notesSlide") {
        return Place::new(PlaceKind::Notes, slide);
    } else if has(&["word/header", "word/footer", "styles.xml"]) {
        PlaceKind::Margin
    } else if has(&["footnotes", "endnotes"]) {
        PlaceKind::Footnote
    } else if has(&["diagrams/", "charts/", "drawings/"]) {
        PlaceKind::Drawing
    } else if sort == Sort::Value {
        PlaceKind::Name
    } else if name == "word/document.xml" || name == "content.xml" {
        PlaceKind::Paragraph
    } else if let Some(page) =
        name.rsplit_once("Page_").and_then(|(_, rest)| rest.split('/').next()?.parse::<usize>().ok())
    {
        return Place::new(PlaceKind::Page, page + 1);
    } else {
        PlaceKind::Other
    };
    Place::new(kind, number)
}

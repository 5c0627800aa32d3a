//! From a job to finished sheets.
//!
//! Refuses: two documents at once (their memory adds up, and Typst keeps one store of what it worked out).
//! Invariant: every way out empties that store.

use super::export::{self, Conformance, MOST_PIXELS, TALLEST};
use super::frames;
use super::kit::Kit;
use super::world::{Sheet, file_id};
use crate::print::files::{PrintFiles, template_of};
use crate::print::layout::Format;
use crate::print::problem::Problem;
use crate::print::sheet::{Job, Sheets};
use crate::print::stand_in::replace;
use jiff::civil::Date;
use rayon::{ThreadPool, ThreadPoolBuilder};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use typst::WorldExt;
use typst::diag::SourceDiagnostic;
use typst::foundations::Bytes;
use typst_layout::PagedDocument;

/// A last page whose text ends above this part of its height is not worth its paper.
const ENOUGH: f64 = 0.3;

/// Typesets a handout. Callers wait for each other.
///
/// # Errors
/// What is wrong with the template, or with what it was given.
pub fn typeset(files: &PrintFiles, job: &Job) -> Result<Sheets, Vec<Problem>> {
    let path = template_of(job.layout);
    let missing = || vec![Problem::Missing { path: path.clone() }];
    if !files.templates().contains_key(&path) {
        return Err(missing());
    }
    let main = file_id(&format!("/{path}")).ok_or_else(missing)?;
    let kit = files.kit();
    alone(|| {
        let mut sheet = Sheet::of_theme(kit, main, job.date);
        sheet.put_all(job.files);
        let mut data = job.data.clone();
        replace(&mut data, &files.coverage());
        sheet.put("/data.json", at_scale(&mut data, 1.0));
        let mut best = Attempt::new(1.0, compile(&sheet)?);
        for &scale in job.layout.scales {
            if best.filled >= ENOUGH || best.overflows {
                break;
            }
            // What was worked out for one scale serves no other, and the pages of a whole booklet are large.
            comemo::evict(0);
            best.spare();
            sheet.put("/data.json", at_scale(&mut data, scale));
            // What the first scale could do, another may not undo.
            let Ok(document) = compile(&sheet) else { continue };
            let other = Attempt::new(scale, document);
            if other.filled > best.filled && !other.overflows {
                best = other;
            }
        }
        comemo::evict(0);
        let Attempt { scale, document, filled: last_page, .. } = best;
        let document = match document {
            Some(document) => document,
            None => {
                sheet.put("/data.json", at_scale(&mut data, scale));
                let document = compile(&sheet)?;
                comemo::evict(0);
                document
            }
        };
        let mut sheets = finish(&sheet, &document, job)?;
        (sheets.scale, sheets.last_page) = (scale, last_page);
        Ok(sheets)
    })
}

/// Documents of more pages are made again rather than kept beside another one that is being made.
const MANY_PAGES: usize = 40;

/// A document at one scale.
struct Attempt {
    scale: f64,
    /// None where it would have to be made again.
    document: Option<PagedDocument>,
    /// How far down its last page the text reaches; a single page is as full as it is.
    filled: f64,
    overflows: bool,
}

impl Attempt {
    fn new(scale: f64, document: PagedDocument) -> Self {
        let filled = if document.pages().len() > 1 { frames::last_page(&document) } else { 1.0 };
        let overflows = !frames::overflows(&document).is_empty();
        Self { scale, document: Some(document), filled, overflows }
    }

    /// Gives back the memory of a large document.
    fn spare(&mut self) {
        if self.document.as_ref().is_some_and(|document| document.pages().len() > MANY_PAGES) {
            self.document = None;
        }
    }
}

/// A document of the program's own, whose pages show pages of a finished PDF.
pub struct Plain {
    /// Typst markup.
    pub main: String,
    /// Its files.
    pub files: BTreeMap<String, Arc<[u8]>>,
    /// Its time stamp.
    pub date: Option<Date>,
}

/// Typesets a document of the program's own as a PDF without tags.
///
/// # Errors
/// Where a file is none that Typst can show.
pub fn typeset_plain(files: &PrintFiles, plain: &Plain) -> Result<Sheets, Vec<Problem>> {
    let kit = files.kit();
    alone(|| {
        let (sheet, document) = compile_plain(kit, plain)?;
        let ident = blake3::hash(plain.main.as_bytes()).to_hex();
        let bytes = export::pdf(&document, &ident, plain.date, Conformance::Plain)
            .map_err(|errors| problems(&sheet, &errors))?;
        Ok(Sheets { bytes, ..facts(&document) })
    })
}

/// The document of [`typeset_plain`], before it becomes bytes.
pub(super) fn compile_plain<'k>(
    kit: &'k Kit,
    plain: &Plain,
) -> Result<(Sheet<'k>, PagedDocument), Vec<Problem>> {
    let missing = || vec![Problem::Missing { path: "main.typ".to_owned() }];
    let mut sheet = Sheet::own(kit, plain.main.clone(), plain.date).ok_or_else(missing)?;
    sheet.put_all(&plain.files);
    let document = compile(&sheet)?;
    Ok((sheet, document))
}

/// Runs `work` while no other document is typeset, and forgets all that Typst remembers of it.
///
/// Typst spreads work over rayon's threads. Callers may be such threads themselves, and one that waits would take up the
/// next document in the meantime and wait for itself. So the work is done in a pool of its own, and the caller sleeps.
fn alone<T: Send>(work: impl FnOnce() -> Result<T, Vec<Problem>> + Send) -> Result<T, Vec<Problem>> {
    static ONE: Mutex<()> = Mutex::new(());
    static POOL: LazyLock<Option<ThreadPool>> = LazyLock::new(|| {
        // Deep nesting costs Typst much stack.
        let pool = ThreadPoolBuilder::new().stack_size(16 << 20).thread_name(|n| format!("print-{n}"));
        pool.build().ok()
    });
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let asleep = std::thread::scope(|scope| {
        let run = || match &*POOL {
            Some(pool) => pool.install(work),
            None => work(),
        };
        scope.spawn(run).join()
    });
    comemo::evict(0);
    // A panic of Typst costs one handout, not the site.
    asleep.unwrap_or_else(|_| Err(vec![Problem::stopped()]))
}

/// The data as JSON with the scale in its options.
fn at_scale(data: &mut Value, scale: f64) -> Bytes {
    if let Some(options) = data.get_mut("options").and_then(Value::as_object_mut) {
        options.insert("scale".to_owned(), scale.into());
    }
    Bytes::from_string(data.to_string())
}

pub(super) fn compile(sheet: &Sheet) -> Result<PagedDocument, Vec<Problem>> {
    typst::compile::<PagedDocument>(sheet).output.map_err(|errors| problems(sheet, &errors))
}

fn finish(sheet: &Sheet, document: &PagedDocument, job: &Job) -> Result<Sheets, Vec<Problem>> {
    let characters = frames::without_glyph(document);
    if !characters.is_empty() {
        return Err(vec![Problem::NoGlyph { characters }]);
    }
    let mut sheets = facts(document);
    let first = document.pages().first();
    match job.layout.format {
        Format::Pdf => {
            let ident = blake3::hash(job.data.to_string().as_bytes()).to_hex();
            sheets.bytes = export::pdf(document, &ident, job.date, Conformance::Accessible)
                .map_err(|errors| problems(sheet, &errors))?;
        }
        Format::Png => {
            let page = first.ok_or_else(Vec::new)?;
            // One point of the template is one pixel.
            let size = page.frame.size();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "limits follow")]
            let (width, height) = (size.x.to_pt().round() as u32, size.y.to_pt().round() as u32);
            let too_large = || vec![Problem::TooLarge { size: (width, height) }];
            if height > TALLEST || width > TALLEST || u64::from(height) * u64::from(width) > MOST_PIXELS {
                return Err(too_large());
            }
            let (bytes, size) = export::png(page, 1.0).ok_or_else(too_large)?;
            (sheets.bytes, sheets.size) = (bytes, (size.0.into(), size.1.into()));
        }
    }
    if let (Some(width), Some(page)) = (job.thumbnail, first) {
        let size = page.frame.size();
        let scale = f64::from(width) / size.x.to_pt().max(1.0);
        // A page many times as tall as it is wide shows its head alone later on; it is not drawn for that.
        if size.y.to_pt() * scale <= f64::from(TALLEST) {
            sheets.thumbnail = export::png(page, scale).map(|(bytes, _)| bytes);
        }
    }
    Ok(sheets)
}

/// What a document tells of itself, without its bytes.
fn facts(document: &PagedDocument) -> Sheets {
    let size = document.pages().first().map(|page| page.frame.size()).unwrap_or_default();
    Sheets {
        bytes: Vec::new(),
        pages: document.pages().len(),
        size: (size.x.to_mm(), size.y.to_mm()),
        thumbnail: None,
        fits: frames::fits(document),
        overflows: frames::overflows(document),
        scale: 1.0,
        last_page: 1.0,
    }
}

/// Typst's errors with their places in the theme.
fn problems(sheet: &Sheet, errors: &[SourceDiagnostic]) -> Vec<Problem> {
    errors.iter().map(|error| problem(sheet, error)).collect()
}

fn problem(sheet: &Sheet, error: &SourceDiagnostic) -> Problem {
    // An error inside the data is the fault of the line that read it: the nearest place in a template is told.
    let spans = std::iter::once(error.span).chain(error.trace.iter().map(|point| point.span.into()));
    let place = spans.filter_map(|span| {
        let path = span.id()?.vpath().get_without_slash().to_owned();
        let range = sheet.range(span)?;
        path.starts_with("print/").then_some((path, range))
    });
    Problem::Template {
        place: { place }.next(),
        words: error.message.to_string(),
        hints: error.hints.iter().map(|hint| hint.v.to_string()).collect(),
    }
}

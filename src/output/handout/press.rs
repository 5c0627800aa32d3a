//! Typesetting, once for each order: bytes, facts and findings are kept under a hash of all that they depend on.
//!
//! Refuses: typesetting what an earlier page, thread or build has typeset already, also where it did not fit.
//! Invariant: the key of an order covers data, pictures, templates, fonts and this recipe, so what is kept is what would
//! be made.

use super::order::Order;
use super::place::Form;
use super::pressed::{Outcome, Pressed, Refusal};
use super::thumbnail::{self, thumbnail};
use crate::diag::Diagnostic;
use crate::output::Reader;
use crate::print::cost;
use crate::print::impose::{self, Inner, saddle_stitch};
use crate::print::layout::Format;
use crate::print::{Job, Overflow, Problem, Sheets, overflow_finding, typeset};
use jiff::civil::Date;
use std::sync::Arc;

/// Goes up whenever the same order would be typeset to other bytes by other code of ours or another Typst.
const RECIPE: u32 = 2;

/// The time stamp of what has no date; PDF/A asks for one.
const UNDATED: Date = Date::constant(2000, 1, 1);

impl Pressed {
    /// Why not, at the places of the order.
    fn findings(&self, order: &Order) -> Vec<Diagnostic> {
        self.refused.iter().map(|refusal| refusal.finding(order)).collect()
    }
}

impl Refusal {
    fn of(problem: &Problem) -> Option<Self> {
        match problem {
            Problem::NoGlyph { characters } => Some(Self::NoGlyph(characters.clone())),
            Problem::TooLarge { size: (width, height) } => Some(Self::TooLarge(*width, *height)),
            // What went beyond a limit of time or memory may not do so the next time, or on another computer.
            Problem::Template { .. }
            | Problem::Missing { .. }
            | Problem::TooMuch { .. }
            | Problem::Costly { .. }
            | Problem::NotBuilt => None,
        }
    }

    fn finding(&self, order: &Order) -> Diagnostic {
        let problem = match self {
            Self::Overflow { at, chars } => {
                let place = at.and_then(|at| order.spans.get(at)).copied().unwrap_or(order.whole);
                let overflow = Overflow { at: *at, chars: *chars };
                return overflow_finding(order.layout, &overflow, order.notice, place);
            }
            Self::NoGlyph(characters) => Problem::NoGlyph { characters: characters.clone() },
            Self::TooLarge(width, height) => Problem::TooLarge { size: (*width, *height) },
        };
        problem.diagnostic(order.layout, order.whole, |_| None)
    }
}

/// What is known of a handout, typesetting it if nobody did.
///
/// # Errors
/// Where the template is wrong.
pub fn press(site: &Reader, order: &Order) -> Outcome {
    let key = key(site, order);
    let outcome = site.press().outcome(key);
    outcome
        .get_or_init(|| match kept(site, &key) {
            Some(pressed) => Ok(Arc::new(pressed)),
            None => fresh(site, order, &key).map(|fresh| Arc::new(fresh.pressed)),
        })
        .clone()
}

/// The bytes of one of a handout's files.
///
/// # Errors
/// A warning at the bulletin's line where the content does not fit: the handout is left out. An error where the template
/// is wrong.
pub fn bytes(site: &Reader, order: &Order, form: Form) -> Result<Vec<u8>, Box<Diagnostic>> {
    let pressed = press(site, order)?;
    let mut findings = pressed.findings(order).into_iter();
    if let Some(first) = findings.next() {
        findings.for_each(|finding| site.remark(finding));
        return Err(Box::new(first));
    }
    let key = key(site, order);
    if let Some(bytes) = site.cached(&shelf(&key, form)) {
        return Ok(bytes);
    }
    // Nothing could be kept, as on a full disk: then it is made again.
    let fresh = fresh(site, order, &key)?;
    Ok(match form {
        Form::Sheets => fresh.sheets,
        Form::Imposed => fresh.imposed.unwrap_or_default(),
        Form::Thumbnail => fresh.thumbnail.unwrap_or_default(),
    })
}

fn key(site: &Reader, order: &Order) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    let mut part = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
    };
    part(&RECIPE.to_le_bytes());
    part(env!("CARGO_PKG_VERSION").as_bytes());
    part(site.print().hash().as_bytes());
    part(order.layout.name.as_bytes());
    part(order.data.to_string().as_bytes());
    part(&[u8::from(order.folds)]);
    for (path, bytes) in &order.files {
        part(path.as_bytes());
        part(blake3::hash(bytes).as_bytes());
    }
    *hasher.finalize().as_bytes()
}

fn shelf(key: &[u8; 32], form: Form) -> String {
    let form = match form {
        Form::Sheets => "sheets",
        Form::Imposed => "imposed",
        Form::Thumbnail => "thumbnail",
    };
    format!("handout/{}/{form}", blake3::Hash::from_bytes(*key).to_hex())
}

fn facts(key: &[u8; 32]) -> String {
    format!("handout/{}/facts", blake3::Hash::from_bytes(*key).to_hex())
}

fn kept(site: &Reader, key: &[u8; 32]) -> Option<Pressed> {
    serde_json::from_slice(&site.cached(&facts(key))?).ok()
}

/// A handout that was typeset now.
struct Fresh {
    pressed: Pressed,
    sheets: Vec<u8>,
    imposed: Option<Vec<u8>>,
    thumbnail: Option<Vec<u8>>,
}

fn fresh(site: &Reader, order: &Order, key: &[u8; 32]) -> Result<Fresh, Box<Diagnostic>> {
    site.press().count();
    let fresh = match make(site, order) {
        Ok(fresh) => fresh,
        Err(problems) => refused(site, order, &problems)?,
    };
    if fresh.pressed.is_fit() {
        let files = [
            (Form::Sheets, Some(&fresh.sheets)),
            (Form::Imposed, fresh.imposed.as_ref()),
            (Form::Thumbnail, fresh.thumbnail.as_ref()),
        ];
        for (form, bytes) in files {
            if let Some(bytes) = bytes {
                site.cache(&shelf(key, form), bytes);
            }
        }
    }
    // Last, so that facts are known only of what is there.
    if let Ok(bytes) = serde_json::to_vec(&fresh.pressed) {
        site.cache(&facts(key), &bytes);
    }
    Ok(fresh)
}

fn make(site: &Reader, order: &Order) -> Result<Fresh, Vec<Problem>> {
    if let Some(problem) = cost::check(&order.data) {
        return Err(vec![problem]);
    }
    let job = Job {
        layout: order.layout,
        data: order.data.clone(),
        files: &order.files,
        date: Some(order.date.unwrap_or(UNDATED)),
        thumbnail: Some(thumbnail::WIDTH),
    };
    let sheets = typeset(site.print(), &job)?;
    let refused: Vec<Refusal> =
        sheets.overflows.iter().map(|one| Refusal::Overflow { at: one.at, chars: one.chars }).collect();
    let imposed = if order.folds && refused.is_empty() { Some(imposed(site, order, &sheets)?) } else { None };
    let small = sheets.thumbnail.as_deref().and_then(thumbnail);
    let pressed = Pressed {
        pages: sheets.pages,
        size: sheets.size,
        bytes: sheets.bytes.len(),
        imposed: imposed.as_ref().map(Vec::len),
        thumbnail: small.as_ref().map(|small| small.size),
        refused,
    };
    Ok(Fresh { pressed, sheets: sheets.bytes, imposed, thumbnail: small.map(|small| small.bytes) })
}

fn imposed(site: &Reader, order: &Order, sheets: &Sheets) -> Result<Vec<u8>, Vec<Problem>> {
    let inner = Inner {
        pdf: sheets.bytes.as_slice().into(),
        pages: sheets.pages,
        size: sheets.size,
        title: &order.title,
        date: order.date,
    };
    saddle_stitch(site.print(), &inner).map(|sheets| sheets.bytes)
}

/// What the bulletin caused is kept, so that it is found out once; what the template caused is an error.
fn refused(site: &Reader, order: &Order, problems: &[Problem]) -> Result<Fresh, Box<Diagnostic>> {
    let error = problems.iter().find(|problem| Refusal::of(problem).is_none());
    if let Some(error) = error {
        let finding = error.diagnostic(order.layout, order.whole, |path| site.theme_file(path));
        return Err(Box::new(finding));
    }
    let refused = problems.iter().filter_map(Refusal::of).collect();
    let pressed = Pressed { pages: 0, size: (0.0, 0.0), bytes: 0, imposed: None, thumbnail: None, refused };
    Ok(Fresh { pressed, sheets: Vec::new(), imposed: None, thumbnail: None })
}

/// Several copies of a handout on one sheet; none of a picture.
///
/// # Errors
/// Where the content does not fit or the template is wrong.
pub fn copies(
    site: &Reader,
    order: &Order,
    copies: usize,
    marks: bool,
) -> Result<Option<Vec<u8>>, Box<Diagnostic>> {
    if order.layout.format == Format::Png {
        return Ok(None);
    }
    let pdf = bytes(site, order, Form::Sheets)?;
    let pressed = press(site, order)?;
    let inner = Inner {
        pdf: pdf.into(),
        pages: pressed.pages,
        size: pressed.size,
        title: &order.title,
        date: order.date,
    };
    impose::copies(site.print(), &inner, copies, marks)
        .map(|sheets| Some(sheets.bytes))
        .map_err(|problems| Box::new(first_error(site, order, &problems)))
}

fn first_error(site: &Reader, order: &Order, problems: &[Problem]) -> Diagnostic {
    let problem = problems.first().unwrap_or(&Problem::NotBuilt);
    problem.diagnostic(order.layout, order.whole, |path| site.theme_file(path))
}

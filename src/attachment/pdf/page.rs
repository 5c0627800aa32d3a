//! The text of a page, from the places of its signs.
//!
//! Refuses: pages that show pictures or curves and hold no text, and signs that no table of the file names.
//! Invariant: signs come in the order in which they are drawn; a line ends where the next sign stands on another.

use super::super::Unreadable;
use crate::world::embedded_theme;
use hayro_interpret::font::{FontData, Glyph};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::Object;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect, Vec2};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The most signs of a page, and the most lines and pictures.
const SIGNS: usize = 400_000;
const DRAWN: usize = 4_000_000;
/// Pixels of a picture that may be a page.
const PICTURE: u64 = 200_000;
/// Curves of a page whose text may have been drawn as such.
const CURVES: usize = 400;
/// A page with fewer signs has no text of its own.
const FEW: usize = 10;

/// A page that has more of something than any page has; the reading of it is ended by this.
pub struct TooMuch;

/// What a page says.
pub struct Said {
    /// Its text.
    pub text: String,
    /// Why that is not all.
    pub why: Option<Unreadable>,
}

/// Reads a page.
pub fn read<'a>(pdf: &'a Pdf, page: &'a Page<'a>, cache: &InterpreterCache<'a>) -> Said {
    let unknown_table = Arc::new(AtomicBool::new(false));
    let settings = InterpreterSettings {
        // A file may leave out a font that every computer has. Only its widths matter here, so any font will do.
        font_resolver: Arc::new(|_| Some((stand_in(), 0))),
        // Which character a code means may stand in a table that every reader has; those tables are not here.
        cmap_resolver: Arc::new({
            let unknown_table = unknown_table.clone();
            move |_| {
                unknown_table.store(true, Ordering::Relaxed);
                None
            }
        }),
        ..InterpreterSettings::default()
    };
    // Nothing is drawn, so any area will do.
    let area = Rect::new(0.0, 0.0, 1.0, 1.0);
    let mut context = Context::new(Affine::IDENTITY, area, cache, pdf.xref(), settings);
    let mut lines = Lines::default();
    interpret_page(page, &mut context, &mut lines);
    let few = lines.signs < FEW;
    // Text in a font that could not be used draws nothing at all.
    let lost = shown(page) > 20 && (lines.signs + lines.unknown + lines.blanks) * 4 < shown(page);
    let unknown = unknown_table.load(Ordering::Relaxed);
    let why = if lost || unknown || lines.unknown * 20 > lines.signs + lines.unknown {
        Some(Unreadable::Signs)
    } else if few && (lines.pixels >= PICTURE || lines.curves >= CURVES) {
        Some(Unreadable::Scanned)
    } else {
        None
    };
    Said { text: lines.text, why }
}

/// A font of the theme, in place of one that is not in the file.
fn stand_in() -> FontData {
    let fonts = embedded_theme().iter().find(|(path, _)| path.ends_with("NotoSansSC-Regular.ttf"));
    Arc::new(fonts.map_or(&[][..], |(_, bytes)| bytes))
}

/// How many bytes of text a page's own content shows.
fn shown(page: &Page) -> usize {
    let mut operations = page.typed_operations();
    let (mut bytes, mut operators) = (0, 0);
    while let Some(operation) = operations.next() {
        operators += 1;
        bytes += match operation {
            TypedInstruction::ShowText(text) => text.0.as_bytes().len(),
            TypedInstruction::NextLineAndShowText(text) => text.0.as_bytes().len(),
            TypedInstruction::ShowTexts(texts) => texts
                .0
                .iter::<Object<'_>>()
                .filter_map(Object::into_string)
                .map(|text| text.as_bytes().len())
                .sum(),
            _ => 0,
        };
        if operators > DRAWN {
            std::panic::resume_unwind(Box::new(TooMuch));
        }
    }
    bytes
}

/// A text without the ends of lines and the blanks between Chinese characters: a name may go on in the next line, and a heading
/// be spread over the page.
pub fn joined(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let mut joined = String::with_capacity(text.len());
    let mut at = 0;
    while at < signs.len() {
        let blanks = signs[at..].iter().take_while(|sign| sign.is_whitespace()).count();
        if blanks > 0 {
            let (before, after) = (joined.chars().next_back(), signs.get(at + blanks));
            let is_han = |sign: char| matches!(sign, '\u{4e00}'..='\u{9fff}');
            let goes_on = before.is_some_and(is_han) && after.is_some_and(|sign| is_han(*sign));
            if !goes_on || signs[at..at + blanks].contains(&'\t') {
                joined.push(signs[at]);
            }
            at += blanks;
        } else {
            joined.push(signs[at]);
            at += 1;
        }
    }
    joined
}

#[derive(Default)]
struct Lines {
    text: String,
    /// Where the last sign began and ended.
    last: Option<(Point, Point)>,
    signs: usize,
    unknown: usize,
    blanks: usize,
    drawn: usize,
    curves: usize,
    pixels: u64,
}

impl Lines {
    fn count_drawn(&mut self) {
        self.drawn += 1;
        if self.drawn > DRAWN {
            std::panic::resume_unwind(Box::new(TooMuch));
        }
    }

    /// What stands between the last sign and one that begins here.
    fn gap(&mut self, begin: Point, end: Point, across: Vec2) {
        let Some((last_begin, last_end)) = self.last.replace((begin, end)) else { return };
        let size = across.hypot().max(0.01);
        let up = across / size;
        let along = Vec2::new(up.y, -up.x);
        let step = begin - last_end;
        let (forward, aside) = (step.dot(along), step.dot(up));
        let sign = if aside.abs() > size * 0.5
            || forward < -size * 0.6 && (begin - last_begin).hypot() > size * 0.3
        {
            '\n'
        } else if forward > size * 2.0 {
            '\t'
        } else if forward > size * 0.3 {
            ' '
        } else {
            return;
        };
        self.text.push(sign);
    }
}

impl<'a> Device<'a> for Lines {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_path(&mut self, path: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {
        self.count_drawn();
        self.curves += usize::from(path.elements().len() > 8);
    }

    fn draw_rect(&mut self, _: &Rect, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {
        self.count_drawn();
    }

    fn draw_image(&mut self, image: Image<'a, '_>, _: Affine) {
        self.count_drawn();
        self.pixels += u64::from(image.width()) * u64::from(image.height());
    }

    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        if self.signs + self.unknown > SIGNS {
            std::panic::resume_unwind(Box::new(TooMuch));
        }
        let said = match glyph.as_unicode() {
            Some(BfString::Char(sign)) => sign.to_string(),
            Some(BfString::String(text)) => text,
            None => String::new(),
        };
        if said.is_empty() || said.contains('\u{fffd}') {
            self.unknown += 1;
            return;
        }
        let place = transform * glyph_transform;
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width().map_or(500.0, f64::from),
            Glyph::Type3(_) => 500.0,
        };
        let begin = place * Point::ZERO;
        let end = place * Point::new(advance, 0.0);
        let across = place * Point::new(0.0, 1000.0) - begin;
        // Bold letters may be drawn twice, a hair apart.
        if let Some((last, _)) = self.last
            && (begin - last).hypot() < across.hypot() * 0.1
            && self.text.ends_with(&said)
        {
            return;
        }
        self.gap(begin, end, across);
        let blanks = said.chars().filter(|sign| sign.is_whitespace()).count();
        self.blanks += blanks;
        self.signs += said.chars().count() - blanks;
        self.text.push_str(&said);
    }
}

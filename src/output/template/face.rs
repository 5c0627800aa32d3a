//! A station's own face as files of the theme: the badge, the icon, and the colours of the style sheet.
//!
//! Refuses: a byte of the badge as it was given. A drawing is written anew (`picture::drawing`), a picture is encoded anew.
//! Invariant: a site without `brand:` has the built-in files, to the byte.

use crate::diag::{Diagnostic, Message, Sink, Span, Spanned, codes};
use crate::model::brand::{Brand, Shades};
use crate::model::public_file::is_kept;
use crate::picture::drawing::{self, DrawingProblem};
use crate::picture::{self, Encoding, Variant};
use crate::world::{VPath, World};
use blake3::Hash;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The widest and highest that a badge of pixels is published: a screen of fine dots shows it 48 wide, a poster 20 mm.
const BADGE_PIXELS: u32 = 256;

/// What `brand:` adds to a theme.
#[derive(Clone, Debug, Default)]
pub struct Face {
    /// The badge as it is published.
    pub badge: Option<Badge>,
    /// What is painted in the site's own colours.
    pub shades: Option<Shades>,
}

/// A badge that is safe to publish.
#[derive(Clone, Debug)]
pub struct Badge {
    /// Its name among the theme's files.
    pub name: &'static str,
    /// Its media type.
    pub kind: &'static str,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

impl Face {
    /// Reads what the settings name.
    pub fn read(brand: &Brand, world: &dyn World, sink: &mut Sink) -> Self {
        let badge = brand.badge.as_ref().and_then(|path| read_badge(path, world, sink));
        Self { badge, shades: brand.colours.map(crate::model::brand::Colours::shades) }
    }

    /// Puts the face over the files of the theme.
    pub fn put_into(&self, assets: &mut BTreeMap<String, Cow<'static, [u8]>>) {
        if let Some(badge) = &self.badge {
            assets.insert(badge.name.to_owned(), Cow::Owned(badge.bytes.to_vec()));
        }
        let Some(shades) = &self.shades else { return };
        if let Some(style) = assets.get_mut("style.css") {
            style.to_mut().extend_from_slice(css(shades).as_bytes());
        }
        if let Some(icon) = assets.get_mut("icon.svg") {
            let text = String::from_utf8_lossy(icon);
            let own = text.replace(DEFAULT_MAIN, &shades.main.to_string());
            *icon = Cow::Owned(own.replace(DEFAULT_ICON_ROOF, &shades.roof.to_string()).into_bytes());
        }
    }

    /// Whether anything is the site's own.
    pub fn is_plain(&self) -> bool {
        self.badge.is_none() && self.shades.is_none()
    }

    /// Hash of all that pages show of it.
    pub fn hash(&self) -> Hash {
        let mut hasher = blake3::Hasher::new();
        if let Some(badge) = &self.badge {
            hasher.update(badge.name.as_bytes()).update(&badge.bytes);
        }
        hasher.update(format!("{:?}", self.shades).as_bytes());
        hasher.finalize()
    }
}

/// The colour of the built-in head, and of the roof of the built-in icon and mark.
pub const DEFAULT_MAIN: &str = "#12335f";
const DEFAULT_ICON_ROOF: &str = "#e0463a";
/// The roof of the mark on the head.
pub const DEFAULT_ROOF: &str = "#ff7a6b";

/// What follows the style sheet: the variables that the colours decide, on screens. Printed pages are black on white.
fn css(shades: &Shades) -> String {
    let Shades { main, wash, deep, dark_head, dark_link, dark_wash, accent, .. } = shades;
    let accent = accent.map_or_else(String::new, |accent| format!("--eave:{accent};--leaf:{accent};"));
    format!(
        "\n@media screen{{:root{{--deep:{main};--blue:{main};--wash-blue:{wash};--bar:{deep};{accent}}}\
         .brand small,.foot,.foot dt{{color:#fff}}}}\n\
         @media screen and (prefers-color-scheme:dark){{:root{{--deep:{dark_head};--blue:{dark_link};--wash-blue:{dark_wash}}}}}\n"
    )
}

fn read_badge(path: &Spanned<String>, world: &dyn World, sink: &mut Sink) -> Option<Badge> {
    let mut refuse = |message: Message, hint: Message| {
        sink.report(
            Diagnostic::new(codes::UNFIT_BADGE, message.with("path", &path.value)).at(path.span).hint(hint),
        );
    };
    let below = path.value.replace('\\', "/");
    let below = below.trim_start_matches("./").trim_start_matches('/');
    let below = below.strip_prefix("content/").unwrap_or(below);
    let file = VPath::new(&format!("content/{below}"))
        .ok()
        .filter(|file| !is_kept(file) && !is_kept(&world.origin(file)));
    let Some(file) = file else {
        refuse(Message::new("badge-place"), Message::new("badge-place-hint"));
        return None;
    };
    let Ok(bytes) = world.read(&file) else {
        refuse(Message::new("badge-missing"), Message::new("badge-missing-hint"));
        return None;
    };
    // The name of a file does not count.
    if bytes.starts_with(b"<")
        || bytes.starts_with(b"\xef\xbb\xbf<")
        || file.extension().is_some_and(|end| end.eq_ignore_ascii_case("svg"))
    {
        return match drawing::clean(&bytes) {
            Ok(drawing) => {
                if !drawing.left_out.is_empty() {
                    let parts: Vec<&str> = drawing.left_out.iter().map(String::as_str).collect();
                    sink.report(reduced(&parts, path.span, &file));
                }
                Some(Badge {
                    name: "badge.svg",
                    kind: "image/svg+xml",
                    bytes: drawing.svg.into_bytes().into(),
                })
            }
            Err(problem) => {
                let why = match problem {
                    DrawingProblem::TooLarge => "large",
                    DrawingProblem::Broken => "broken",
                    DrawingProblem::Entities => "entities",
                    DrawingProblem::NoSize => "size",
                    DrawingProblem::Empty => "empty",
                };
                refuse(
                    Message::new("badge-drawing").with("why", why),
                    Message::new("badge-drawing-hint").with("why", why),
                );
                None
            }
        };
    }
    match pixels(&bytes) {
        Ok(bytes) => Some(Badge { name: "badge.png", kind: "image/png", bytes: bytes.into() }),
        Err(problem) => {
            sink.report(
                Diagnostic::new(codes::UNFIT_BADGE, problem.message(below))
                    .at(path.span)
                    .hint(problem.hint()),
            );
            None
        }
    }
}

fn reduced(parts: &[&str], at: Span, file: &VPath) -> Diagnostic {
    let message = Message::new("badge-reduced").with("path", file).with("parts", parts.join("、"));
    Diagnostic::new(codes::REDUCED_BADGE, message).at(at).hint(Message::new("badge-reduced-hint"))
}

/// A picture as PNG, no larger than a badge needs to be.
fn pixels(bytes: &[u8]) -> Result<Vec<u8>, picture::PictureProblem> {
    let info = picture::inspect(bytes)?;
    let (width, height) = (info.width(), info.height());
    let longest = width.max(height);
    let side = |side: u32| {
        let scaled = u64::from(side) * u64::from(BADGE_PIXELS.min(longest)) / u64::from(longest);
        u32::try_from(scaled).unwrap_or(BADGE_PIXELS).max(1)
    };
    let variant = Variant {
        width: side(width),
        height: side(height),
        encoding: Encoding::Png,
        file_name: String::new(),
    };
    picture::render(bytes, &info, &variant)
}

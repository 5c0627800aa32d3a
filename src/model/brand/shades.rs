//! Where the colours of a brand are used, and the shades that follow from them.
//!
//! Invariant: a shade that is not the colour itself is made by mixing until it passes, so it passes.

use super::Colours;
use super::colour::{BLACK, Rgb, WHITE};

/// A use of a colour: what it lies on or what lies on it, and how far apart they must be.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Its name in messages (`contrast-place`).
    pub name: &'static str,
    /// The other colour of the pair, as it follows from this one.
    other: fn(Rgb) -> Rgb,
    /// The least ratio: 4.5 for text, 3 for what is no text (WCAG 2.2, 1.4.3 and 1.4.11).
    pub least: f64,
}

impl Place {
    /// The contrast of a colour here.
    pub fn ratio(&self, colour: Rgb) -> f64 {
        colour.contrast((self.other)(colour))
    }
}

/// What lies on pages in light mode, besides the wash of the brand's own: `--paper`, `--sheet`, `--wash-red`, `--wash-gold`.
pub const LIGHT: [Rgb; 4] =
    [Rgb([0xf6, 0xf3, 0xec]), Rgb([0xff, 0xfe, 0xfb]), Rgb([0xfb, 0xec, 0xea]), Rgb([0xfb, 0xf4, 0xde])];
/// The same in dark mode.
pub const DARK: [Rgb; 4] =
    [Rgb([0x10, 0x15, 0x1c]), Rgb([0x19, 0x20, 0x2a]), Rgb([0x35, 0x1f, 0x1f]), Rgb([0x2c, 0x27, 0x17])];
/// What sheets write in on the dark shade: `gold` of `lib.typ`.
pub const GOLD: Rgb = Rgb([0xe8, 0xb9, 0x4f]);

/// Where the first colour is used, and where the second.
pub const PLACES: [&[Place]; 2] = [
    &[
        Place { name: "head", other: |_| WHITE, least: 4.5 },
        Place { name: "paper", other: |_| LIGHT[0], least: 4.5 },
        Place { name: "sheet", other: |_| LIGHT[1], least: 4.5 },
        Place { name: "box", other: |_| LIGHT[2], least: 4.5 },
        Place { name: "alert", other: |_| LIGHT[3], least: 4.5 },
        Place { name: "wash", other: wash, least: 4.5 },
    ],
    &[Place { name: "leaf", other: |_| WHITE, least: 4.5 }],
];

/// The first place at which a colour cannot be read, the worst of them first.
pub(super) fn failing(colour: Rgb, places: &'static [Place]) -> Option<&'static Place> {
    let low = places.iter().filter(|place| place.ratio(colour) < place.least);
    low.min_by(|one, other| one.ratio(colour).total_cmp(&other.ratio(colour)))
}

/// A little of a colour on white paper.
fn wash(colour: Rgb) -> Rgb {
    WHITE.mixed(colour, 23)
}

/// What pages and sheets are painted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shades {
    /// The head and foot of pages, links and buttons; the heads of sheets.
    pub main: Rgb,
    /// Behind boxes.
    pub wash: Rgb,
    /// The bar of numbers to call, and the darkest part of sheets, on which gold is read.
    pub deep: Rgb,
    /// The head in dark mode.
    pub dark_head: Rgb,
    /// Links in dark mode.
    pub dark_link: Rgb,
    /// Behind boxes in dark mode.
    pub dark_wash: Rgb,
    /// The eaves and calendar leaves, where the site has a second colour.
    pub accent: Option<Rgb>,
    /// The roof of the built-in mark, on the head.
    pub roof: Rgb,
}

impl Shades {
    pub(super) fn of(colours: Colours) -> Self {
        let main = colours.main;
        let deep = main.until(BLACK, |shade| shade.contrast(GOLD) >= 5.0 && shade.contrast(WHITE) >= 7.0);
        let dark_wash = DARK[1].mixed(main, 46);
        // Dark rooms and old eyes: more than the standard asks, as our own colours have.
        let reads = |shade: Rgb| DARK.into_iter().chain([dark_wash]).all(|on| shade.contrast(on) >= 7.0);
        let dark_head = main.until(BLACK, |shade| shade.contrast(WHITE) >= 9.0);
        let seen = |shade: Rgb| shade.contrast(main) >= 3.0 && shade.contrast(dark_head) >= 3.0;
        Self {
            main,
            wash: wash(main),
            deep,
            dark_head,
            dark_link: main.until(WHITE, reads),
            dark_wash,
            accent: colours.accent,
            roof: colours.accent.unwrap_or(Rgb([0xff, 0x7a, 0x6b])).until(WHITE, seen),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: &str = include_str!("../../../themes/default/assets/style.css");
    const SHEETS: &str = include_str!("../../../themes/default/print/lib.typ");

    fn listed(part: &str, name: &str) -> Rgb {
        let line = part.lines().find_map(|line| line.trim().strip_prefix(&format!("--{name}: ")));
        Rgb::parse(line.expect(name).trim_end_matches(';')).expect(name)
    }

    #[test]
    fn the_surfaces_are_those_of_the_style_sheet() {
        let (light, rest) = STYLE.split_once("@media (prefers-color-scheme: dark)").expect("light first");
        let names = ["paper", "sheet", "wash-red", "wash-gold"];
        assert_eq!(names.map(|name| listed(light, name)), LIGHT);
        assert_eq!(names.map(|name| listed(rest, name)), DARK);
        assert!(SHEETS.contains(&format!("#let gold = rgb(\"{GOLD}\")")));
    }

    #[test]
    fn whatever_passes_gives_shades_that_can_be_read() {
        let steps = [0, 51, 102, 153, 204, 255];
        let mut passed = 0;
        for (red, green, blue) in steps.into_iter().flat_map(|red| {
            steps.into_iter().flat_map(move |green| steps.into_iter().map(move |blue| (red, green, blue)))
        }) {
            let wanted = Rgb([red, green, blue]);
            let main = wanted.nearest(|colour| failing(colour, PLACES[0]).is_none()).expect("black passes");
            passed += u32::from(main == wanted);
            let shades = Colours { main, accent: None }.shades();
            for surface in LIGHT.into_iter().chain([shades.wash, WHITE]) {
                assert!(shades.main.contrast(surface) >= 4.5, "{main} on {surface}");
            }
            for surface in DARK.into_iter().chain([shades.dark_wash]) {
                assert!(shades.dark_link.contrast(surface) >= 4.5, "{} on {surface}", shades.dark_link);
            }
            assert!(shades.dark_head.contrast(WHITE) >= 4.5 && shades.deep.contrast(WHITE) >= 4.5);
            assert!(shades.deep.contrast(GOLD) >= 4.5 && shades.roof.contrast(main) >= 3.0, "{main}");
            // The text of pages on the washes.
            assert!(Rgb([0x1b, 0x24, 0x30]).contrast(shades.wash) >= 4.5, "{}", shades.wash);
            assert!(Rgb([0xeb, 0xe8, 0xe1]).contrast(shades.dark_wash) >= 4.5, "{}", shades.dark_wash);
            assert!(Rgb([0x4b, 0x55, 0x63]).contrast(shades.wash) >= 4.5, "{}", shades.wash);
        }
        assert!((20..200).contains(&passed), "{passed} of 216 pass as they are");
    }
}

//! The handouts of a bulletin as its page offers them.
//!
//! Refuses: to offer what cannot be handed out, or what nobody can estimate: each link says its format, pages and size.
//! Invariant: an offered file is published.

use super::place::{Form, Handout};
use super::pressed::Pressed;
use super::{Order, order, press};
use crate::output::interface::Interface;
use crate::output::trace::{Bulletin, Reader};
use crate::print::layout::{Format, Layout};
use serde::Serialize;

/// A link to a handout's file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HandoutLink {
    /// What it is: 单页.
    pub label: String,
    /// Where it is.
    pub href: String,
    /// Format, pages and size: `PDF，1 页，182 KB`.
    pub facts: String,
    /// The media type, for the link's `type`.
    pub kind: &'static str,
    /// The name of its layout, for styles.
    pub layout: &'static str,
}

/// What a bulletin's page offers.
pub fn of_bulletin<'m>(site: &Reader<'m>, bulletin: Bulletin<'m>, interface: &Interface) -> Vec<HandoutLink> {
    let handouts = site.handouts_of(bulletin).into_iter();
    handouts.flat_map(|handout| of_handout(site, &handout, interface)).collect()
}

/// The links to a handout's files; none where it cannot be handed out.
pub fn of_handout(site: &Reader, handout: &Handout, interface: &Interface) -> Vec<HandoutLink> {
    made(site, handout).map(|(_, pressed)| links(site, handout, &pressed, interface)).unwrap_or_default()
}

/// A handout's order and facts; none where it cannot be handed out.
pub fn made(site: &Reader, handout: &Handout) -> Option<(Order, std::sync::Arc<Pressed>)> {
    let order = order(site, handout, &site.config().handouts.options)?;
    // A template's error is reported by the handout itself.
    let pressed = press::press(site, &order).ok()?;
    pressed.is_fit().then_some((order, pressed))
}

/// The links to the files of a handout that can be handed out.
pub fn links(site: &Reader, handout: &Handout, pressed: &Pressed, interface: &Interface) -> Vec<HandoutLink> {
    let layout = handout.layout();
    let files = site.sheet_files(handout);
    let link = |form, label: String, bytes| HandoutLink {
        label,
        href: site.href(&files.address(form)),
        facts: facts(layout, pressed, form, bytes, interface),
        kind: media_type(layout),
        layout: layout.name,
    };
    let name = interface.named("layout_", layout.name);
    let imposed =
        pressed.imposed.map(|bytes| link(Form::Imposed, interface.text("layout_imposed").to_owned(), bytes));
    std::iter::once(link(Form::Sheets, name, pressed.bytes)).chain(imposed).collect()
}

fn facts(layout: &Layout, pressed: &Pressed, form: Form, bytes: usize, interface: &Interface) -> String {
    let pages = match form {
        Form::Imposed => pressed.pages.next_multiple_of(4) / 2,
        Form::Sheets | Form::Thumbnail => pressed.pages,
    };
    let facts = match layout.format {
        Format::Pdf if pages == 1 => "handout_pdf_one",
        Format::Pdf => "handout_pdf",
        Format::Png => "handout_png",
    };
    interface.fill(facts, "pages", &pages).replace("{size}", &crate::output::html::size(bytes as u64))
}

fn media_type(layout: &Layout) -> &'static str {
    match layout.format {
        Format::Pdf => "application/pdf",
        Format::Png => "image/png",
    }
}

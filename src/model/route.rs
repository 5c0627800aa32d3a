//! Addresses, and what a link written in a bulletin means.
//!
//! Refuses: addresses that lead out of the site by dots, and schemes that can run code.
//! Invariant: [`Addressed::resolve`] is used by the link lint and by every output, so what passed the gate is what is written.

use super::entry::{EntryIx, SectionIx};
use super::public_file::{PublicFile, is_kept};
use super::stages::Addressed;
use crate::world::VPath;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// What a link means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// An entry, with a fragment where given.
    Entry(EntryIx, Option<String>),
    /// A section.
    Section(SectionIx),
    /// A place on the same page.
    Fragment(String),
    /// A file beside the bulletins: a picture or a document.
    Asset(PublicFile),
    /// A file that must stay where it is: raw figures, settings, what no reader could open.
    Unpublishable(VPath),
    /// A path of the site that an output may publish; its fragment.
    Path(String, Option<String>),
    /// An address elsewhere, or a telephone number, or a mailbox.
    External(String),
    /// A bulletin that is held back.
    Held(usize),
    /// Nothing that exists.
    Broken,
    /// A scheme that a page must not carry.
    Unsafe,
}

/// Characters that an address of ours must not hold literally.
const ADDRESS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'`')
    .add(b'#')
    .add(b'?')
    .add(b'{')
    .add(b'}')
    .add(b'%');

/// An address with a place on its page, `/data/#fraud`, as it is written into `href`.
pub fn encode_place(address: &str, fragment: &str) -> String {
    format!("{}#{}", encode(address), encode(fragment))
}

/// An address as it is written into `href`: Chinese and signs percent-encoded.
pub fn encode(address: &str) -> String {
    utf8_percent_encode(address, ADDRESS).to_string()
}

impl Addressed {
    /// What `target`, written in the file `from`, means.
    pub fn resolve(&self, from: &VPath, target: &str) -> LinkTarget {
        let cleaned: String = target.chars().filter(|c| !c.is_control()).collect();
        let cleaned = cleaned.trim();
        if cleaned.is_empty() {
            return LinkTarget::Broken;
        }
        if cleaned.contains('\\') {
            // Written as Windows writes paths: it leads nowhere, but what it would publish is told all the same.
            return match self.resolve(from, &cleaned.replace('\\', "/")) {
                kept @ LinkTarget::Unpublishable(_) => kept,
                _ => LinkTarget::Broken,
            };
        }
        if let Some(scheme) = scheme(cleaned) {
            return match scheme.to_ascii_lowercase().as_str() {
                "http" | "https" | "mailto" | "tel" | "sms" => LinkTarget::External(cleaned.to_owned()),
                _ => LinkTarget::Unsafe,
            };
        }
        if cleaned.starts_with("//") {
            return LinkTarget::External(cleaned.to_owned());
        }
        let (path, fragment) = match cleaned.split_once('#') {
            Some((path, fragment)) => (path, Some(decode(fragment))),
            None => (cleaned, None),
        };
        let path = decode(path.split('?').next().unwrap_or_default());
        if path.is_empty() {
            return fragment.map_or(LinkTarget::Broken, LinkTarget::Fragment);
        }
        if let Some(rest) = path.strip_prefix('/') {
            return self.resolve_path(rest, fragment);
        }
        self.resolve_file(from, &path, fragment.as_deref())
    }

    fn resolve_path(&self, rest: &str, fragment: Option<String>) -> LinkTarget {
        let whole = format!("/{rest}");
        let below = whole.strip_prefix(self.config.base_path.as_str()).filter(|below| below.starts_with('/'));
        let address = below.unwrap_or(&whole).to_owned();
        for wanted in
            [address.clone(), format!("{address}/"), address.trim_end_matches("index.html").to_owned()]
        {
            if let Some(&ix) = self.addresses.get(&wanted) {
                return LinkTarget::Entry(ix, fragment);
            }
        }
        if let Some(&held) = self.held_addresses.get(&address) {
            return LinkTarget::Held(held);
        }
        // `/content/data/x.csv`: a path of the site's folder, meant as an address.
        let of_the_site = |file: &VPath| {
            file.is_inside("content") || (file.starts_with('.') && !file.is_inside(".well-known"))
        };
        match from_root(&address) {
            Some(file) if of_the_site(&file) && is_kept(&file) => LinkTarget::Unpublishable(file),
            _ => LinkTarget::Path(address, fragment),
        }
    }

    fn resolve_file(&self, from: &VPath, path: &str, fragment: Option<&str>) -> LinkTarget {
        let folder = from.parent();
        let Some(file) = folder.resolve(path) else { return LinkTarget::Broken };
        if let Some(found) = self.file_target(&file, fragment) {
            return found;
        }
        if is_kept(&file) || self.assets.others.contains_key(&file) {
            return LinkTarget::Unpublishable(file);
        }
        for name in ["index.md", "_index.md"] {
            if let Ok(inner) = VPath::new(&format!("{file}/{name}"))
                && let Some(found) = self.file_target(&inner, fragment)
            {
                return found;
            }
        }
        LinkTarget::Broken
    }

    fn file_target(&self, file: &VPath, fragment: Option<&str>) -> Option<LinkTarget> {
        if let Some(ix) = self.entry_at(file) {
            return Some(LinkTarget::Entry(ix, fragment.map(str::to_owned)));
        }
        if let Some(held) = self.held_at(file) {
            return Some(LinkTarget::Held(held));
        }
        if file.file_name() == "_index.md" {
            let parent = file.parent();
            let dir =
                parent.strip_prefix("content").filter(|rest| rest.is_empty() || rest.starts_with('/'))?;
            let dir = dir.trim_start_matches('/');
            return self.section_ix(dir).map(LinkTarget::Section);
        }
        self.assets.public.get(file).cloned().map(LinkTarget::Asset)
    }

    /// An address with the site's path before it, ready for `href`.
    pub fn href(&self, address: &str) -> String {
        format!("{}{}", self.config.base_path, encode(address))
    }

    /// The full address, for feeds and meta tags.
    pub fn url(&self, address: &str) -> String {
        format!("{}{}", self.config.base_url, encode(address))
    }
}

/// A path that counts from the root of the site, dots resolved.
fn from_root(address: &str) -> Option<VPath> {
    VPath::new("root").ok()?.parent().resolve(address)
}

/// The scheme of an address, if it has one. White space inside is ignored as browsers ignore it.
pub fn scheme(target: &str) -> Option<String> {
    let end = target.find(':')?;
    let scheme: String = target[..end].chars().filter(|c| !c.is_whitespace()).collect();
    let first = scheme.chars().next()?;
    (first.is_ascii_alphabetic()
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')))
    .then_some(scheme)
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

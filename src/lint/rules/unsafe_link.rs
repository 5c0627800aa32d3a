//! L303: an address with a scheme that runs code or leads to the writer's own computer.
//!
//! Refuses: all schemes but those of `source::address`.
//! Invariant: what passes is what outputs write; both ask the same functions.

use super::references::references;
use crate::diag::{Code, Diagnostic, Message, Sink, codes};
use crate::lint::{Lint, Site};
use crate::model::route::LinkTarget;
use crate::source::address::{self, Address};

/// The lint.
pub struct UnsafeLink;

impl Lint for UnsafeLink {
    fn code(&self) -> Code {
        codes::UNSAFE_LINK
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        references(site.model, &mut |reference| {
            let resolved = site.model.resolve(reference.from, reference.target);
            if resolved == LinkTarget::Unsafe || address::kind(reference.target) == Address::Unsafe {
                sink.report(
                    Diagnostic::new(
                        codes::UNSAFE_LINK,
                        Message::new("unsafe-link").with("target", shown(reference.target)),
                    )
                    .at(reference.span)
                    .hint(Message::new(if is_local(reference.target) {
                        "unsafe-link-local-hint"
                    } else {
                        "unsafe-link-hint"
                    })),
                );
            }
        });
    }
}

/// Whether an address is a place on the writer's own computer: `C:\\…`, `file:…`.
fn is_local(target: &str) -> bool {
    let target = target.trim();
    let drive = target.as_bytes();
    let has_drive = drive.len() > 2
        && drive[0].is_ascii_alphabetic()
        && drive[1] == b':'
        && matches!(drive[2], b'\\' | b'/');
    has_drive || target.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"))
}

/// The beginning of an address; `data:` ones can be very long.
fn shown(target: &str) -> String {
    let short: String = target.chars().filter(|c| !c.is_control()).take(40).collect();
    if short.len() < target.len() { format!("{short}…") } else { short }
}

//! P103: what a photograph tells besides its picture. The site leaves it out; the file itself still carries it.
//!
//! It is a warning, for people send on the file that they have.
//! Invariant: one finding a picture, with everything that was found in it.

use crate::diag::{Code, Diagnostic, Message, Sink, codes};
use crate::lint::{Lint, Site};
use crate::picture::MetadataKind;

/// The lint.
pub struct PhotoMetadata;

impl Lint for PhotoMetadata {
    fn code(&self) -> Code {
        codes::PHOTO_METADATA
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        for (path, picture) in &site.model.pictures {
            let Ok(info) = &picture.info else { continue };
            let Some(gravest) = info.metadata().iter().find(|kind| kind.private()) else { continue };
            let mut message = Message::new("photo-metadata").with("name", path.file_name());
            for kind in MetadataKind::ALL.into_iter().filter(|kind| kind.private()) {
                message =
                    message.with(kind.name(), if info.metadata().contains(&kind) { "yes" } else { "no" });
            }
            sink.report(
                Diagnostic::new(codes::PHOTO_METADATA, message)
                    .kind(gravest.name())
                    .at(picture.used_at)
                    .hint(Message::new("photo-metadata-hint")),
            );
        }
    }
}

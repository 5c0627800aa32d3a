//! Why a picture cannot be published, in the words of its mend.

use crate::diag::{Code, Message, codes};
use serde::{Deserialize, Serialize};

/// The common name of a format.
type FormatName = &'static str;

/// The formats that staff may take for a picture that can be published.
const FOREIGN: [FormatName; 11] =
    ["HEIC", "AVIF", "MP4", "BMP", "TIFF", "PDF", "PSD", "ICO", "JPEG XL", "JPEG 2000", "SVG"];

/// What is wrong with a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PictureProblem {
    /// An empty file.
    Empty,
    /// No picture at all, whatever its name says.
    NotAPicture,
    /// A picture or document of a format that is not published; its common name.
    Unsupported(#[serde(with = "format_name")] FormatName),
    /// It stops before its end: not wholly copied or sent.
    Truncated,
    /// It contradicts itself, so that it cannot be decoded.
    Broken,
    /// More pixels than are decoded.
    Oversized {
        /// Width that its header claims.
        width: u32,
        /// Height that its header claims.
        height: u32,
    },
    /// An animation with more frames than are decoded.
    LongAnimation {
        /// Number of frames.
        frames: u32,
    },
}

impl PictureProblem {
    /// The code of the finding.
    pub fn code(&self) -> Code {
        match self {
            Self::Oversized { .. } | Self::LongAnimation { .. } => codes::OVERSIZED_PICTURE,
            _ => codes::BROKEN_PICTURE,
        }
    }

    /// What is wrong with the picture called `name`.
    pub fn message(&self, name: &str) -> Message {
        let message = match self {
            Self::Empty => Message::new("picture-empty"),
            Self::NotAPicture => Message::new("picture-not-a-picture"),
            Self::Unsupported(format) => Message::new("picture-unsupported").with("format", format),
            Self::Truncated => Message::new("picture-truncated"),
            Self::Broken => Message::new("picture-broken"),
            Self::Oversized { width, height } => {
                Message::new("picture-oversized").with("width", width).with("height", height)
            }
            Self::LongAnimation { frames } => Message::new("picture-long-animation").with("frames", frames),
        };
        message.with("name", name)
    }

    /// What to do next.
    pub fn hint(&self) -> Message {
        match self {
            Self::Empty => Message::new("picture-empty-hint"),
            Self::NotAPicture => Message::new("picture-not-a-picture-hint"),
            Self::Unsupported("SVG") => Message::new("picture-unsupported-drawing-hint"),
            Self::Unsupported("PDF") => Message::new("picture-unsupported-document-hint"),
            Self::Unsupported(_) => Message::new("picture-unsupported-hint"),
            Self::Truncated => Message::new("picture-truncated-hint"),
            Self::Broken => Message::new("picture-broken-hint"),
            Self::Oversized { .. } => Message::new("picture-oversized-hint")
                .with("megapixels", super::MAX_PIXELS / 1_000_000)
                .with("side", super::MAX_SIDE),
            Self::LongAnimation { .. } => Message::new("picture-long-animation-hint"),
        }
    }
}

mod format_name {
    //! A name that is kept resolves to one of this program's.
    use super::{FOREIGN, FormatName};
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(name: &FormatName, serializer: S) -> Result<S::Ok, S::Error> {
        name.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<FormatName, D::Error> {
        let name = String::deserialize(deserializer)?;
        let known = FOREIGN.into_iter().find(|known| *known == name);
        known.ok_or_else(|| D::Error::custom("no format that we know"))
    }
}

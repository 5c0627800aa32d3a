//! What a picture carries besides pixels.

use std::collections::BTreeSet;

/// A kind of data besides pixels. None of them is ever published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum MetadataKind {
    /// The place where it was taken (Exif GPS).
    Gps,
    /// Camera, time, owner and more (Exif).
    Exif,
    /// XMP, as editors write it.
    Xmp,
    /// IPTC: who, where, caption, as newsrooms write it.
    Iptc,
    /// A small preview inside, which may show what was cut away since.
    Thumbnail,
    /// A second whole picture (MPF, or after the end).
    SecondPicture,
    /// A film inside (a moving photograph).
    Video,
    /// Other data after the picture's end, as some telephones append.
    Trailer,
    /// A comment.
    Comment,
    /// Texts by keyword (PNG, GIF).
    Text,
    /// The time of the last change (PNG).
    Time,
    /// A block that belongs to some program.
    Application,
    /// A colour profile; tells of the device only in rare cases.
    ColourProfile,
}

impl MetadataKind {
    /// All kinds.
    pub const ALL: [Self; 13] = [
        Self::Gps,
        Self::Exif,
        Self::Xmp,
        Self::Iptc,
        Self::Thumbnail,
        Self::SecondPicture,
        Self::Video,
        Self::Trailer,
        Self::Comment,
        Self::Text,
        Self::Time,
        Self::Application,
        Self::ColourProfile,
    ];

    /// Its lasting name, for the JSON form of findings and for the messages (`picture-metadata`).
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gps => "gps",
            Self::Exif => "exif",
            Self::Xmp => "xmp",
            Self::Iptc => "iptc",
            Self::Thumbnail => "thumbnail",
            Self::SecondPicture => "second-picture",
            Self::Video => "video",
            Self::Trailer => "trailer",
            Self::Comment => "comment",
            Self::Text => "text",
            Self::Time => "time",
            Self::Application => "application",
            Self::ColourProfile => "colour-profile",
        }
    }

    /// Whether it can tell of a person, a place or a time. A colour profile hardly can.
    pub const fn private(self) -> bool {
        !matches!(self, Self::ColourProfile)
    }
}

/// Kinds met while walking through a file.
#[derive(Debug, Default)]
pub(super) struct Kinds(BTreeSet<MetadataKind>);

impl Kinds {
    pub fn add(&mut self, kind: MetadataKind) {
        self.0.insert(kind);
    }

    /// Notes what a packet of XMP tells, beyond being one.
    pub fn add_xmp(&mut self, packet: &[u8]) {
        use super::number::holds;
        self.add(MetadataKind::Xmp);
        if holds(packet, b"exif:GPS") {
            self.add(MetadataKind::Gps);
        }
        if holds(packet, b"Thumbnails") {
            self.add(MetadataKind::Thumbnail);
        }
        if holds(packet, b"MotionPhoto") || holds(packet, b"MicroVideo") {
            self.add(MetadataKind::Video);
        }
    }

    /// Notes what stands after the end of a picture.
    pub fn add_trailer(&mut self, trailer: &[u8]) {
        use super::number::holds;
        if trailer.iter().all(|&byte| byte == 0) {
            return; // Padding to a block of the card tells nothing.
        }
        self.add(MetadataKind::Trailer);
        if holds(trailer, b"\xff\xd8\xff") {
            self.add(MetadataKind::SecondPicture);
        }
        if holds(trailer, b"ftyp") || holds(trailer, b"MotionPhoto") {
            self.add(MetadataKind::Video);
        }
    }

    pub fn into_sorted(self) -> Vec<MetadataKind> {
        self.0.into_iter().collect()
    }
}

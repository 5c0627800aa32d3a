//! Findings and places as they are kept between runs.
//!
//! What follows from one file's bytes holds places in that file alone, so a kept [`Span`] has no file: it gets the one that it is
//! read for, by [`in_file`]. The same bytes under another name, or as another file of the next run, are the same value.
//!
//! Names of codes and messages are kept as text and resolve to those of this program; a value with a name that the program does
//! not have cannot be read, and is worked out again.
//!
//! Refuses: to keep a place in another file, and to read a place outside of [`in_file`].

use super::message::static_word;
use super::{Code, Diagnostic, FileId, Label, Level, Message, Span, codes};
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cell::Cell;

thread_local! {
    static FILE: Cell<Option<FileId>> = const { Cell::new(None) };
}

/// Runs `work`; kept places that it writes or reads are those of `file`.
pub fn in_file<R>(file: FileId, work: impl FnOnce() -> R) -> R {
    struct Restore(Option<FileId>);
    impl Drop for Restore {
        fn drop(&mut self) {
            FILE.set(self.0);
        }
    }
    let _restore = Restore(FILE.replace(Some(file)));
    work()
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if FILE.get() != Some(self.file) {
            return Err(S::Error::custom("a place in another file"));
        }
        let length = self
            .end
            .checked_sub(self.start)
            .ok_or_else(|| S::Error::custom("a place that ends before it begins"))?;
        (self.start, length).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (start, length) = <(u32, u32)>::deserialize(deserializer)?;
        let file = FILE.get().ok_or_else(|| D::Error::custom("a place without a file"))?;
        let end = start.checked_add(length).ok_or_else(|| D::Error::custom("a place beyond any text"))?;
        Ok(Self { file, start, end })
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.id.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        let found = codes::ALL.iter().find(|code| code.id == id);
        found.copied().ok_or_else(|| D::Error::custom("a code that does not exist"))
    }
}

/// A message with its names as text.
#[derive(Serialize, Deserialize)]
struct KeptMessage {
    id: String,
    args: Vec<(String, String)>,
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let own = |(name, value): &(&'static str, String)| ((*name).to_owned(), value.clone());
        KeptMessage { id: self.id.to_owned(), args: self.args.iter().map(own).collect() }
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Message {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let kept = KeptMessage::deserialize(deserializer)?;
        let args = kept.args.into_iter().map(|(name, value)| Ok((word::<D>(&name)?, value)));
        Ok(Self { id: word::<D>(&kept.id)?, args: args.collect::<Result<_, D::Error>>()? })
    }
}

/// The program's own name for a name that was kept.
fn word<'de, D: Deserializer<'de>>(text: &str) -> Result<&'static str, D::Error> {
    static_word(text).ok_or_else(|| D::Error::custom("a name that no message has"))
}

/// A finding with its names as text.
#[derive(Serialize, Deserialize)]
struct KeptFinding {
    code: Code,
    level: Level,
    kind: Option<String>,
    message: Message,
    hint: Option<Message>,
    primary: Option<Span>,
    label: Option<Message>,
    related: Vec<(Span, Message)>,
}

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kept = KeptFinding {
            code: self.code,
            level: self.level,
            kind: self.kind.map(str::to_owned),
            message: self.message.clone(),
            hint: self.hint.clone(),
            primary: self.primary,
            label: self.label.clone(),
            related: self.related.iter().map(|label| (label.span, label.message.clone())).collect(),
        };
        kept.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Diagnostic {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let kept = KeptFinding::deserialize(deserializer)?;
        Ok(Self {
            code: kept.code,
            level: kept.level,
            kind: kept.kind.as_deref().map(word::<D>).transpose()?,
            message: kept.message,
            hint: kept.hint,
            primary: kept.primary,
            label: kept.label,
            related: kept.related.into_iter().map(|(span, message)| Label { span, message }).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding() -> Diagnostic {
        Diagnostic::new(
            codes::PERSONAL_DATA,
            Message::new("personal-data").with("kind", "phone").with("masked", "138****5678"),
        )
        .kind("phone")
        .at(Span::new(FileId(7), 3..14))
        .hint(Message::new("personal-data-hint").with("kind", "phone"))
        .label(Message::new("unclosed-front-matter-label"))
        .related(Span::new(FileId(7), 0..3), Message::new("front-matter-opens-here"))
        .warn()
    }

    fn kept(finding: &Diagnostic) -> Vec<u8> {
        in_file(FileId(7), || postcard::to_stdvec(finding)).unwrap()
    }

    #[test]
    fn a_finding_comes_back_in_the_file_that_it_is_read_for() {
        let bytes = kept(&finding());
        let back: Diagnostic = in_file(FileId(7), || postcard::from_bytes(&bytes)).unwrap();
        assert_eq!(back, finding());
        let other: Diagnostic = in_file(FileId(9), || postcard::from_bytes(&bytes)).unwrap();
        assert_eq!(other.primary, Some(Span::new(FileId(9), 3..14)));
        assert_eq!(other.related[0].span.file, FileId(9));
    }

    #[test]
    fn places_need_their_file() {
        assert!(postcard::to_stdvec(&finding()).is_err(), "nowhere");
        assert!(in_file(FileId(8), || postcard::to_stdvec(&finding())).is_err(), "in another file");
        assert!(postcard::from_bytes::<Diagnostic>(&kept(&finding())).is_err());
    }

    #[test]
    fn names_of_another_program_make_a_value_unreadable() {
        let bytes = kept(&finding());
        let without = |word: &str| {
            let at = bytes.windows(word.len()).position(|part| part == word.as_bytes()).unwrap();
            let mut changed = bytes.clone();
            changed[at] = b'Q';
            in_file(FileId(7), || postcard::from_bytes::<Diagnostic>(&changed)).is_err()
        };
        assert!(
            ["P101", "personal-data", "masked", "phone", "front-matter-opens-here"].into_iter().all(without)
        );
    }

    #[test]
    fn every_code_resolves() {
        for code in codes::ALL {
            let bytes = postcard::to_stdvec(code).unwrap();
            assert_eq!(postcard::from_bytes::<Code>(&bytes).unwrap().level, code.level);
        }
    }
}

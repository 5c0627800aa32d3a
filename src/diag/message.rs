//! Sentences in Chinese and English: two catalogues of Fluent messages, one file an area.
//!
//! Refuses: a catalogue that lacks what the other has, which a test sees; no isolation marks reach the output.
//! Invariant: formatting never fails. A message that were missing would show its id and arguments.

use super::Message;
use super::argument::marked;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::collections::HashSet;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

/// The languages that findings speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Chinese, in simplified characters.
    #[default]
    Zh,
    /// English.
    En,
}

impl Language {
    /// The language of a tag such as `zh-CN` or `en_GB.UTF-8`; none for others.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// Its tag for HTML.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The colon between a word and what it introduces.
    pub fn colon(self) -> &'static str {
        match self {
            Self::Zh => "：",
            Self::En => ": ",
        }
    }
}

macro_rules! areas {
    ($($area:literal),* $(,)?) => {
        /// Name of each area with its Chinese and its English catalogue.
        const AREAS: &[(&str, &str, &str)] = &[$((
            $area,
            include_str!(concat!("messages/zh/", $area, ".ftl")),
            include_str!(concat!("messages/en/", $area, ".ftl")),
        )),*];
    };
}

areas![
    "backup",
    "build",
    "cli",
    "dataset",
    "diag",
    "front_matter",
    "host",
    "lint",
    "model",
    "output",
    "picture",
    "print",
    "privacy",
    "publish",
    "register",
    "review",
    "serve",
    "source",
    "start",
    "statistics",
    "system",
    "verse",
    "world",
];

/// All messages of one language. It can be used by many threads at once.
pub struct Catalogue {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Catalogue {
    /// The catalogue of a language, read at its first use.
    pub fn of(language: Language) -> &'static Self {
        static ZH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::read(Language::Zh));
        static EN: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::read(Language::En));
        match language {
            Language::Zh => &ZH,
            Language::En => &EN,
        }
    }

    fn read(language: Language) -> Self {
        let tag: LanguageIdentifier = language.tag().parse().expect("our own tags are well formed");
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        bundle.set_use_isolating(false);
        for &(_, zh, en) in AREAS {
            let text = match language {
                Language::Zh => zh,
                Language::En => en,
            };
            // Tests see that every file parses and no id comes twice; here the readable part must do.
            let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(readable, _)| readable);
            let _ = bundle.add_resource(resource);
        }
        Self { language, bundle }
    }

    /// Its language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The sentence in this language.
    pub fn format(&self, message: &Message) -> String {
        let pattern = self.bundle.get_message(message.id).and_then(|found| found.value());
        let Some(pattern) = pattern else {
            let args: Vec<String> =
                message.args.iter().map(|(name, value)| format!(" {name}={value}")).collect();
            return format!("{}{}", message.id, args.concat());
        };
        let args: FluentArgs =
            message.args.iter().map(|(name, value)| (*name, self.argument(value))).collect();
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned()
    }

    /// An argument as it is printed: what stands for a sentence about an error of the system is that sentence.
    fn argument<'v>(&self, value: &'v str) -> FluentValue<'v> {
        let Some((id, number)) = marked(value).filter(|(id, _)| id.starts_with("system-")) else {
            return argument(value);
        };
        let pattern = self.bundle.get_message(id).and_then(|found| found.value());
        let args: FluentArgs =
            number.map(|number| ("number", FluentValue::from(number))).into_iter().collect();
        let said = pattern.map(|pattern| self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()));
        FluentValue::from(said.map_or_else(|| value[1..].to_owned(), std::borrow::Cow::into_owned))
    }

    /// A word or sentence without arguments.
    pub(super) fn word(&self, id: &'static str) -> String {
        self.format(&Message { id, args: Vec::new() })
    }
}

/// The catalogues' own text of a name: the id of a message, the name of an argument or of a variant. Findings that were kept name
/// those of this program.
pub(super) fn static_word(text: &str) -> Option<&'static str> {
    static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        let names =
            |text: &'static str| text.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'));
        AREAS.iter().flat_map(|&(_, zh, _)| names(zh)).filter(|name| !name.is_empty()).collect()
    });
    WORDS.get(text).copied()
}

/// Counts choose between singular and plural, so what is written exactly like a small number is passed as one.
fn argument(value: &str) -> FluentValue<'_> {
    let canonical = value.len() <= 9 && (value == "0" || !value.starts_with('0')) && !value.is_empty();
    match value.parse::<u32>() {
        Ok(number) if canonical && value.bytes().all(|byte| byte.is_ascii_digit()) => number.into(),
        _ => value.into(),
    }
}

#[cfg(test)]
mod tests;

//! Codes of findings and their levels.

use std::fmt;

/// How severe a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Level {
    /// Not reported.
    Allow,
    /// Reported; the site is still published.
    Warn,
    /// Reported; the gate refuses.
    Deny,
    /// Like `Deny`, and no setting can lower it.
    Forbid,
}

/// The identity of a rule. Codes are never reused.
#[derive(Clone, Copy)]
pub struct Code {
    /// Letter and number, e.g. `L301`.
    pub id: &'static str,
    /// Name that reads well after "allow", e.g. `broken-link`.
    pub name: &'static str,
    /// Level without any setting.
    pub level: Level,
}

impl Code {
    /// A code. Private, so that [`codes`] is the only list of them.
    const fn new(id: &'static str, name: &'static str, level: Level) -> Self {
        Self { id, name, level }
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}
impl Eq for Code {}
impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Code {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.id.cmp(other.id)
    }
}

/// Every code of this version. Stages name them from here, so that none is given out twice.
pub mod codes {
    use super::{Code, Level};
    /// A key that we do not know.
    pub const UNKNOWN_KEY: Code = Code::new("F401", "unknown-key", Level::Deny);
    /// A date or time that the calendar does not have.
    pub const IMPOSSIBLE_DATE: Code = Code::new("F402", "impossible-date", Level::Deny);
    /// A bulletin without a title.
    pub const MISSING_TITLE: Code = Code::new("F403", "missing-title", Level::Deny);
    /// Front matter whose closing `---` is missing.
    pub const UNCLOSED_FRONT_MATTER: Code = Code::new("F404", "unclosed-front-matter", Level::Deny);
    /// `标题：…` in front matter.
    pub const FULL_WIDTH_COLON: Code = Code::new("F405", "full-width-colon", Level::Deny);
    /// The same key twice, also once in Chinese and once in English.
    pub const DUPLICATE_KEY: Code = Code::new("F406", "duplicate-key", Level::Deny);
    /// YAML that cannot be read, tabs included.
    pub const YAML_SYNTAX: Code = Code::new("F407", "yaml-syntax", Level::Deny);
    /// A value of the wrong sort for its key.
    pub const WRONG_VALUE: Code = Code::new("F408", "wrong-value", Level::Deny);
    /// A text file with NUL bytes.
    pub const NUL_BYTES: Code = Code::new("F409", "nul-bytes", Level::Deny);
    /// A text file in no encoding that we can read.
    pub const UNKNOWN_ENCODING: Code = Code::new("F410", "unknown-encoding", Level::Deny);
    /// A file or a line beyond our limits.
    pub const TOO_LARGE: Code = Code::new("F411", "too-large", Level::Deny);
    /// Nesting beyond our limit.
    pub const TOO_DEEP: Code = Code::new("F412", "too-deep", Level::Deny);
    /// A file that the system does not let us read.
    pub const UNREADABLE_FILE: Code = Code::new("F413", "unreadable-file", Level::Deny);
    /// A symbolic link or junction out of the site.
    pub const LINK_OUTSIDE: Code = Code::new("F414", "link-outside", Level::Deny);
    /// A link to a folder above itself.
    pub const LINK_LOOP: Code = Code::new("F415", "link-loop", Level::Deny);
    /// A file name that cannot be used.
    pub const BAD_NAME: Code = Code::new("F416", "bad-name", Level::Deny);
    /// Two bulletins on one address, also by letter case.
    pub const TAKEN_ADDRESS: Code = Code::new("F417", "taken-address", Level::Deny);
    /// An address that a Windows disk cannot hold.
    pub const UNFIT_ADDRESS: Code = Code::new("F418", "unfit-address", Level::Deny);
    /// `site.yaml` lacks something that the site needs.
    pub const MISSING_SETTING: Code = Code::new("F419", "missing-setting", Level::Warn);
    /// A picture that cannot be decoded.
    pub const BROKEN_PICTURE: Code = Code::new("F420", "broken-picture", Level::Deny);
    /// A picture of too many pixels.
    pub const OVERSIZED_PICTURE: Code = Code::new("F421", "oversized-picture", Level::Deny);
    /// A template of the theme that fails.
    pub const TEMPLATE_ERROR: Code = Code::new("F422", "template-error", Level::Deny);
    /// An output folder that is not ours.
    pub const FOREIGN_OUTPUT: Code = Code::new("F423", "foreign-output", Level::Deny);
    /// Another build is at work.
    pub const LOCKED: Code = Code::new("F424", "locked", Level::Deny);
    /// The disk did not take what we wrote.
    pub const WRITE_FAILED: Code = Code::new("F425", "write-failed", Level::Deny);
    /// A fenced block whose body cannot be read.
    pub const BLOCK_SYNTAX: Code = Code::new("F426", "block-syntax", Level::Deny);
    /// A file that was not UTF-8 and was converted.
    pub const RE_ENCODED: Code = Code::new("F427", "re-encoded", Level::Warn);
    /// A picture that does not exist.
    pub const MISSING_PICTURE: Code = Code::new("F428", "missing-picture", Level::Deny);
    /// A reference of front matter to something that does not exist, such as an area.
    pub const UNKNOWN_AREA: Code = Code::new("F429", "unknown-area", Level::Deny);
    /// A block or setting that this version cannot do.
    pub const NOT_YET: Code = Code::new("F430", "not-yet", Level::Deny);
    /// An `allow` in front matter that silences nothing, or may not.
    pub const UNUSED_ALLOW: Code = Code::new("F431", "unused-allow", Level::Warn);
    /// A file that changed while the site was being built.
    pub const CHANGED_FILE: Code = Code::new("F432", "changed-file", Level::Forbid);
    /// A line of `addresses.yaml` that cannot be right.
    pub const ADDRESS_LIST: Code = Code::new("F433", "address-list", Level::Deny);
    /// A file that looks like a bulletin and is not read.
    pub const UNREAD_FILE: Code = Code::new("F434", "unread-file", Level::Warn);
    /// A bulletin where nobody will look for it.
    pub const STRAY_BULLETIN: Code = Code::new("F435", "stray-bulletin", Level::Warn);
    /// Signs that stand where characters were lost.
    pub const LOST_CHARACTERS: Code = Code::new("F436", "lost-characters", Level::Deny);
    /// Dates that contradict each other.
    pub const DATE_ORDER: Code = Code::new("F437", "date-order", Level::Deny);
    /// Words that were written to be replaced.
    pub const PLACEHOLDER: Code = Code::new("F438", "placeholder", Level::Warn);
    /// A character that no font of the theme has.
    pub const MISSING_GLYPH: Code = Code::new("F440", "missing-glyph", Level::Warn);
    /// Text that a layout cannot hold.
    pub const HANDOUT_OVERFLOW: Code = Code::new("F441", "handout-overflow", Level::Warn);
    /// A layout that a bulletin has nothing for.
    pub const UNFILLABLE_HANDOUT: Code = Code::new("F442", "unfillable-handout", Level::Warn);
    /// A photo with too few pixels for paper.
    pub const COARSE_PICTURE: Code = Code::new("F443", "coarse-picture", Level::Warn);
    /// A template for handouts that fails.
    pub const HANDOUT_TEMPLATE: Code = Code::new("F444", "handout-template", Level::Deny);
    /// A backup that is damaged, or none of ours.
    pub const BAD_BACKUP: Code = Code::new("F450", "bad-backup", Level::Deny);
    /// A line of verse that does not rhyme.
    pub const BROKEN_RHYME: Code = Code::new("W201", "broken-rhyme", Level::Warn);
    /// `**` that stayed on the page.
    pub const STRAY_EMPHASIS: Code = Code::new("W204", "stray-emphasis", Level::Warn);
    /// `#标题`.
    pub const HEADING_WITHOUT_SPACE: Code = Code::new("W205", "heading-without-space", Level::Warn);
    /// `1、`.
    pub const CHINESE_LIST_MARKER: Code = Code::new("W206", "chinese-list-marker", Level::Warn);
    /// Text that four leading spaces turned into code.
    pub const INDENTED_TEXT: Code = Code::new("W207", "indented-text", Level::Warn);
    /// `[字]（址）`, `【字】(址)`.
    pub const FULL_WIDTH_LINK: Code = Code::new("W208", "full-width-link", Level::Warn);
    /// Raw HTML that the sanitiser drops.
    pub const REMOVED_HTML: Code = Code::new("W209", "removed-html", Level::Warn);
    /// A rhyme in an oblique tone, or a line between rhymes in a level one.
    pub const RHYME_TONE: Code = Code::new("W211", "rhyme-tone", Level::Warn);
    /// A line of verse with too many syllables, or too few.
    pub const VERSE_LENGTH: Code = Code::new("W212", "verse-length", Level::Warn);
    /// A character that rhymes with itself.
    pub const REPEATED_RHYME: Code = Code::new("W213", "repeated-rhyme", Level::Warn);
    /// A rhyme that is one in the speech of the region alone.
    pub const LOCAL_RHYME: Code = Code::new("W214", "local-rhyme", Level::Allow);
    /// A loudspeaker script that takes longer than listeners stay.
    pub const LONG_SCRIPT: Code = Code::new("W215", "long-script", Level::Warn);
    /// A 口号 that no banner and no LED line holds.
    pub const LONG_SLOGAN: Code = Code::new("W216", "long-slogan", Level::Warn);
    /// A quotation that is nearly a callout.
    pub const NEAR_CALLOUT: Code = Code::new("W220", "near-callout", Level::Warn);
    /// Lines that are nearly a table.
    pub const NEAR_TABLE: Code = Code::new("W221", "near-table", Level::Warn);
    /// A fence that nothing closes.
    pub const UNCLOSED_FENCE: Code = Code::new("W222", "unclosed-fence", Level::Warn);
    /// Marks of other programs that stay visible.
    pub const FOREIGN_MARK: Code = Code::new("W223", "foreign-mark", Level::Warn);
    /// Words that a line of hyphens below them made a heading.
    pub const UNDERLINED_TEXT: Code = Code::new("W224", "underlined-text", Level::Warn);
    /// Verse without its fence.
    pub const PLAIN_VERSE: Code = Code::new("W225", "plain-verse", Level::Warn);
    /// A link to nowhere.
    pub const BROKEN_LINK: Code = Code::new("L301", "broken-link", Level::Deny);
    /// A picture without alternative text.
    pub const MISSING_ALT: Code = Code::new("L302", "missing-alt", Level::Deny);
    /// `javascript:` and the like.
    pub const UNSAFE_LINK: Code = Code::new("L303", "unsafe-link", Level::Deny);
    /// A bulletin past its `expires`.
    pub const EXPIRED: Code = Code::new("R503", "expired", Level::Warn);
    /// A number that belongs to a person.
    pub const PERSONAL_DATA: Code = Code::new("P101", "personal-data", Level::Forbid);
    /// Place, time or device inside a published picture.
    pub const PHOTO_METADATA: Code = Code::new("P103", "photo-metadata", Level::Warn);
    /// A link to raw figures, settings, or what is no document.
    pub const UNPUBLISHABLE_FILE: Code = Code::new("P104", "unpublishable-file", Level::Forbid);
    /// A linked document that the program cannot look into.
    pub const UNREAD_DOCUMENT: Code = Code::new("P105", "unread-document", Level::Warn);
    /// A table in the site's folder that looks like a register of persons.
    pub const REGISTER_IN_SITE: Code = Code::new("P106", "register-in-site", Level::Forbid);
    /// A total that is not the sum of its parts.
    pub const TOTALS_DISAGREE: Code = Code::new("S601", "totals-disagree", Level::Deny);
    /// A rate that its counts contradict.
    pub const RATE_DISAGREES: Code = Code::new("S602", "rate-disagrees", Level::Deny);
    /// A word in the figures that no category has.
    pub const UNKNOWN_CATEGORY: Code = Code::new("S603", "unknown-category", Level::Deny);
    /// A number that counts nothing: negative, fractional, vague.
    pub const BAD_COUNT: Code = Code::new("S604", "bad-count", Level::Deny);
    /// A month without figures.
    pub const PERIOD_GAP: Code = Code::new("S605", "period-gap", Level::Deny);
    /// Tables that would give somebody away whatever is hidden.
    pub const NOT_PROTECTABLE: Code = Code::new("S606", "not-protectable", Level::Forbid);
    /// A figure that differs from what was published before.
    pub const RELEASED_FIGURE: Code = Code::new("S607", "released-figure", Level::Forbid);
    /// A number in a text that a published table contradicts.
    pub const FIGURE_DISAGREES: Code = Code::new("S608", "figure-disagrees", Level::Deny);
    /// A number in a text for a figure that is not published.
    pub const HIDDEN_FIGURE: Code = Code::new("S609", "hidden-figure", Level::Forbid);
    /// A block that names no table or chart.
    pub const UNKNOWN_TABLE: Code = Code::new("S610", "unknown-table", Level::Deny);
    /// A definition of a dataset that leads nowhere.
    pub const DATASET_DEFINITION: Code = Code::new("S611", "dataset-definition", Level::Deny);
    /// The same figures in two files, each protected by itself.
    pub const COPIED_FIGURES: Code = Code::new("S612", "copied-figures", Level::Warn);

    /// All of them, by id.
    pub const ALL: &[Code] = &[
        UNKNOWN_KEY,
        IMPOSSIBLE_DATE,
        MISSING_TITLE,
        UNCLOSED_FRONT_MATTER,
        FULL_WIDTH_COLON,
        DUPLICATE_KEY,
        YAML_SYNTAX,
        WRONG_VALUE,
        NUL_BYTES,
        UNKNOWN_ENCODING,
        TOO_LARGE,
        TOO_DEEP,
        UNREADABLE_FILE,
        LINK_OUTSIDE,
        LINK_LOOP,
        BAD_NAME,
        TAKEN_ADDRESS,
        UNFIT_ADDRESS,
        MISSING_SETTING,
        BROKEN_PICTURE,
        OVERSIZED_PICTURE,
        TEMPLATE_ERROR,
        FOREIGN_OUTPUT,
        LOCKED,
        WRITE_FAILED,
        BLOCK_SYNTAX,
        RE_ENCODED,
        MISSING_PICTURE,
        UNKNOWN_AREA,
        NOT_YET,
        UNUSED_ALLOW,
        CHANGED_FILE,
        ADDRESS_LIST,
        UNREAD_FILE,
        STRAY_BULLETIN,
        LOST_CHARACTERS,
        DATE_ORDER,
        PLACEHOLDER,
        MISSING_GLYPH,
        HANDOUT_OVERFLOW,
        UNFILLABLE_HANDOUT,
        COARSE_PICTURE,
        HANDOUT_TEMPLATE,
        BAD_BACKUP,
        BROKEN_LINK,
        MISSING_ALT,
        UNSAFE_LINK,
        PERSONAL_DATA,
        PHOTO_METADATA,
        UNPUBLISHABLE_FILE,
        UNREAD_DOCUMENT,
        REGISTER_IN_SITE,
        EXPIRED,
        TOTALS_DISAGREE,
        RATE_DISAGREES,
        UNKNOWN_CATEGORY,
        BAD_COUNT,
        PERIOD_GAP,
        NOT_PROTECTABLE,
        RELEASED_FIGURE,
        FIGURE_DISAGREES,
        HIDDEN_FIGURE,
        UNKNOWN_TABLE,
        DATASET_DEFINITION,
        COPIED_FIGURES,
        BROKEN_RHYME,
        STRAY_EMPHASIS,
        HEADING_WITHOUT_SPACE,
        CHINESE_LIST_MARKER,
        INDENTED_TEXT,
        FULL_WIDTH_LINK,
        REMOVED_HTML,
        RHYME_TONE,
        VERSE_LENGTH,
        REPEATED_RHYME,
        LOCAL_RHYME,
        LONG_SCRIPT,
        LONG_SLOGAN,
        NEAR_CALLOUT,
        NEAR_TABLE,
        UNCLOSED_FENCE,
        FOREIGN_MARK,
        UNDERLINED_TEXT,
        PLAIN_VERSE,
    ];
}

//! Every code of this version. Stages name them from here, so that none is given out twice.

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
/// A key or password in the settings.
pub const SECRET_IN_SETTINGS: Code = Code::new("F460", "secret-in-settings", Level::Forbid);
/// A place to publish to that lacks something.
pub const DESTINATION: Code = Code::new("F461", "destination", Level::Deny);
/// A colour in which something could not be read.
pub const LOW_CONTRAST: Code = Code::new("F470", "low-contrast", Level::Deny);
/// A badge that cannot be used.
pub const UNFIT_BADGE: Code = Code::new("F471", "unfit-badge", Level::Deny);
/// A line of verse that does not rhyme.
pub const BROKEN_RHYME: Code = Code::new("W201", "broken-rhyme", Level::Warn);
/// Officialese with plainer words.
pub const HARD_WORD: Code = Code::new("W202", "hard-word", Level::Warn);
/// A sentence too long to follow.
pub const LONG_SENTENCE: Code = Code::new("W203", "long-sentence", Level::Warn);
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
/// A bulletin without a text.
pub const EMPTY_BODY: Code = Code::new("W226", "empty-body", Level::Warn);
/// Several tags written as one.
pub const JOINED_TAGS: Code = Code::new("W227", "joined-tags", Level::Warn);
/// A paragraph too long to follow.
pub const LONG_PARAGRAPH: Code = Code::new("W230", "long-paragraph", Level::Warn);
/// A character that many cannot read.
pub const RARE_CHARACTER: Code = Code::new("W231", "rare-character", Level::Warn);
/// A claim that nobody can keep.
pub const ABSOLUTE_CLAIM: Code = Code::new("W232", "absolute-claim", Level::Warn);
/// A half-width mark in Chinese.
pub const HALF_WIDTH_MARK: Code = Code::new("W233", "half-width-mark", Level::Warn);
/// A name of the party, the state, an office or a place that is miswritten.
pub const MISWRITTEN_NAME: Code = Code::new("W234", "miswritten-name", Level::Deny);
/// A badge that had to be made simpler to be safe.
pub const REDUCED_BADGE: Code = Code::new("W250", "reduced-badge", Level::Warn);
/// An interface text that nothing asks for, or that lost what is filled in.
pub const UNKNOWN_TEXT: Code = Code::new("W251", "unknown-text", Level::Warn);
/// A copy of a theme's file whose original has moved on.
pub const OLD_COPY: Code = Code::new("W252", "old-copy", Level::Warn);
/// A link to nowhere.
pub const BROKEN_LINK: Code = Code::new("L301", "broken-link", Level::Deny);
/// A picture without alternative text.
pub const MISSING_ALT: Code = Code::new("L302", "missing-alt", Level::Deny);
/// `javascript:` and the like.
pub const UNSAFE_LINK: Code = Code::new("L303", "unsafe-link", Level::Deny);
/// A bulletin that not everybody has signed who has to.
pub const UNAPPROVED: Code = Code::new("R501", "unapproved", Level::Warn);
/// A bulletin that was edited after it was approved.
pub const STALE_APPROVAL: Code = Code::new("R502", "stale-approval", Level::Warn);
/// A log of reviews that was cut, edited or badly merged.
pub const REVIEW_LOG: Code = Code::new("R504", "review-log", Level::Forbid);
/// An urgent bulletin that is out before everybody has signed.
pub const URGENT: Code = Code::new("R505", "urgent-unsigned", Level::Warn);
/// A bulletin that says that it is secret.
pub const SECRET: Code = Code::new("R506", "secret", Level::Forbid);
/// Something of others without where it came from.
pub const REPOST: Code = Code::new("R507", "repost-without-source", Level::Deny);
/// Names in front matter that the log contradicts.
pub const NAMED_REVIEWER: Code = Code::new("R508", "named-reviewer", Level::Warn);
/// A site with nothing new for a fortnight.
pub const STALE_HOME: Code = Code::new("R509", "stale-home", Level::Warn);
/// A section with nothing new for half a year.
pub const STALE_SECTION: Code = Code::new("R510", "stale-section", Level::Warn);
/// A section in which nothing is.
pub const EMPTY_SECTION: Code = Code::new("R511", "empty-section", Level::Warn);
/// A guide that leaves out what people need to know before they come.
pub const INCOMPLETE_GUIDE: Code = Code::new("R512", "incomplete-guide", Level::Warn);
/// A bulletin past its `expires`.
pub const EXPIRED: Code = Code::new("R503", "expired", Level::Warn);
/// A number that belongs to a person.
pub const PERSONAL_DATA: Code = Code::new("P101", "personal-data", Level::Forbid);
/// Place, time or device inside a published picture.
pub const PHOTO_METADATA: Code = Code::new("P103", "photo-metadata", Level::Warn);
/// A link to raw figures, settings, or what is no document.
pub const UNPUBLISHABLE_FILE: Code = Code::new("P104", "unpublishable-file", Level::Forbid);
/// A linked document whose text cannot be read.
pub const UNREADABLE_DOCUMENT: Code = Code::new("P107", "unreadable-document", Level::Forbid);
/// A linked recording or the like, which nobody can look into but by hearing or seeing it.
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
    SECRET_IN_SETTINGS,
    DESTINATION,
    LOW_CONTRAST,
    UNFIT_BADGE,
    BROKEN_LINK,
    MISSING_ALT,
    UNSAFE_LINK,
    PERSONAL_DATA,
    PHOTO_METADATA,
    UNPUBLISHABLE_FILE,
    UNREAD_DOCUMENT,
    REGISTER_IN_SITE,
    UNREADABLE_DOCUMENT,
    UNAPPROVED,
    STALE_APPROVAL,
    EXPIRED,
    REVIEW_LOG,
    URGENT,
    SECRET,
    REPOST,
    NAMED_REVIEWER,
    STALE_HOME,
    STALE_SECTION,
    EMPTY_SECTION,
    INCOMPLETE_GUIDE,
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
    HARD_WORD,
    LONG_SENTENCE,
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
    EMPTY_BODY,
    JOINED_TAGS,
    LONG_PARAGRAPH,
    RARE_CHARACTER,
    ABSOLUTE_CLAIM,
    HALF_WIDTH_MARK,
    MISWRITTEN_NAME,
    REDUCED_BADGE,
    UNKNOWN_TEXT,
    OLD_COPY,
];

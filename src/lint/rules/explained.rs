//! The page of explanation that each code has.
//!
//! Refuses: a code without a page, which a test sees.
//! Invariant: each page is Chinese first and English after, and its fenced examples are tests (`tests/rules.rs`).

use crate::diag::{Code, codes};

macro_rules! pages {
    ($($code:ident $file:literal),* $(,)?) => { &[$((codes::$code, include_str!($file))),*] };
}

/// Every code with its page, by id.
pub static EXPLAINED: &[(Code, &str)] = pages![
    UNKNOWN_KEY "unknown_key.md",
    IMPOSSIBLE_DATE "impossible_date.md",
    MISSING_TITLE "missing_title.md",
    UNCLOSED_FRONT_MATTER "unclosed_front_matter.md",
    FULL_WIDTH_COLON "full_width_colon.md",
    DUPLICATE_KEY "duplicate_key.md",
    YAML_SYNTAX "yaml_syntax.md",
    WRONG_VALUE "wrong_value.md",
    NUL_BYTES "nul_bytes.md",
    UNKNOWN_ENCODING "unknown_encoding.md",
    TOO_LARGE "too_large.md",
    TOO_DEEP "too_deep.md",
    UNREADABLE_FILE "unreadable_file.md",
    LINK_OUTSIDE "link_outside.md",
    LINK_LOOP "link_loop.md",
    BAD_NAME "bad_name.md",
    TAKEN_ADDRESS "taken_address.md",
    UNFIT_ADDRESS "unfit_address.md",
    MISSING_SETTING "missing_setting.md",
    BROKEN_PICTURE "broken_picture.md",
    OVERSIZED_PICTURE "oversized_picture.md",
    TEMPLATE_ERROR "template_error.md",
    FOREIGN_OUTPUT "foreign_output.md",
    LOCKED "locked.md",
    WRITE_FAILED "write_failed.md",
    BLOCK_SYNTAX "block_syntax.md",
    RE_ENCODED "re_encoded.md",
    MISSING_PICTURE "missing_picture.md",
    UNKNOWN_AREA "unknown_area.md",
    NOT_YET "not_yet.md",
    UNUSED_ALLOW "unused_allow.md",
    CHANGED_FILE "changed_file.md",
    ADDRESS_LIST "address_list.md",
    MISSING_GLYPH "missing_glyph.md",
    HANDOUT_OVERFLOW "handout_overflow.md",
    UNFILLABLE_HANDOUT "unfillable_handout.md",
    COARSE_PICTURE "coarse_picture.md",
    HANDOUT_TEMPLATE "handout_template.md",
    BAD_BACKUP "bad_backup.md",
    BROKEN_LINK "broken_link.md",
    MISSING_ALT "missing_alt.md",
    UNSAFE_LINK "unsafe_link.md",
    PERSONAL_DATA "personal_data.md",
    PHOTO_METADATA "photo_metadata.md",
    UNPUBLISHABLE_FILE "unpublishable_file.md",
    EXPIRED "expired.md",
    TOTALS_DISAGREE "totals_disagree.md",
    RATE_DISAGREES "rate_disagrees.md",
    UNKNOWN_CATEGORY "unknown_category.md",
    BAD_COUNT "bad_count.md",
    PERIOD_GAP "period_gap.md",
    NOT_PROTECTABLE "not_protectable.md",
    RELEASED_FIGURE "released_figure.md",
    FIGURE_DISAGREES "figure_disagrees.md",
    HIDDEN_FIGURE "hidden_figure.md",
    UNKNOWN_TABLE "unknown_table.md",
    DATASET_DEFINITION "dataset_definition.md",
    COPIED_FIGURES "copied_figures.md",
    BROKEN_RHYME "broken_rhyme.md",
    STRAY_EMPHASIS "stray_emphasis.md",
    HEADING_WITHOUT_SPACE "heading_without_space.md",
    CHINESE_LIST_MARKER "chinese_list_marker.md",
    INDENTED_TEXT "indented_text.md",
    FULL_WIDTH_LINK "full_width_link.md",
    REMOVED_HTML "removed_html.md",
    RHYME_TONE "rhyme_tone.md",
    VERSE_LENGTH "verse_length.md",
    REPEATED_RHYME "repeated_rhyme.md",
    LOCAL_RHYME "local_rhyme.md",
    LONG_SCRIPT "long_script.md",
    LONG_SLOGAN "long_slogan.md",
];

#[cfg(test)]
mod tests;

//! The rules: each is one `.rs` and one `.md`.
//!
//! Refuses: wiring anywhere else.
//! Invariant: codes are unique.

mod broken_link;
mod broken_picture;
pub mod broken_rhyme;
mod empty_body;
mod expired;
mod explained;
mod figure_disagrees;
mod freshness;
mod hidden_figure;
mod incomplete_guide;
mod joined_tags;
mod linked_document;
mod missing_alt;
mod missing_picture;
mod missing_setting;
mod named_reviewer;
mod personal_data;
mod photo_metadata;
mod placeholder;
mod prose;
mod references;
mod repost;
mod review_log;
mod stale_approval;
#[cfg(test)]
mod tests;
mod unapproved;
mod unknown_scam;
mod unknown_table;
mod unpublishable_file;
mod unsafe_link;
mod urgent_unsigned;
mod wording;

use super::Lint;
use crate::diag::{Code, codes};
pub use explained::EXPLAINED;
pub use personal_data::{allowed, let_pass, passed_names};

/// All lints. What is found while a file is read or the site is put together has no lint of its own.
pub static LINTS: &[&dyn Lint] = &[
    &personal_data::PersonalData,
    &photo_metadata::PhotoMetadata,
    &unpublishable_file::UnpublishableFile,
    &linked_document::LinkedDocument,
    &broken_link::BrokenLink,
    &missing_alt::MissingAlt,
    &unsafe_link::UnsafeLink,
    &missing_setting::MissingSetting,
    &placeholder::Placeholder,
    &broken_picture::BrokenPicture,
    &missing_picture::MissingPicture,
    &unknown_scam::UnknownScam,
    &figure_disagrees::FigureDisagrees,
    &hidden_figure::HiddenFigure,
    &unknown_table::UnknownTable,
    &unapproved::Unapproved,
    &stale_approval::StaleApproval,
    &expired::Expired,
    &review_log::ReviewLog,
    &urgent_unsigned::UrgentUnsigned,
    &repost::Repost,
    &named_reviewer::NamedReviewer,
    &freshness::StaleHome,
    &freshness::StaleSection,
    &freshness::EmptySection,
    &incomplete_guide::IncompleteGuide,
    &empty_body::EmptyBody,
    &joined_tags::JoinedTags,
    &broken_rhyme::BrokenRhyme,
    &wording::Wording,
];

/// Every code that exists.
pub fn codes() -> &'static [Code] {
    codes::ALL
}

//! F419: what the foot of a government website must say, and `site.yaml` does not.
//!
//! 《政府网站发展指引》（国办发〔2017〕47号）asks for organiser, operator, contact, ICP and police registration, site code
//! and a way to report errors. Refuses: silence. `无` or `none` says that there is none.
//! Invariant: one finding that names everything missing.

use super::references::settings_path;
use crate::diag::{Code, Diagnostic, Message, Sink, codes};
use crate::lint::{Lint, Site};

/// The lint.
pub struct MissingSetting;

impl Lint for MissingSetting {
    fn code(&self) -> Code {
        codes::MISSING_SETTING
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        let config = &site.model.config;
        let unit = &config.unit;
        let settings = [
            ("name", unit.name.is_some()),
            ("organiser", unit.organiser.is_some()),
            ("operator", unit.operator.is_some()),
            ("phone", unit.phone.is_some() || unit.email.is_some() || unit.address.is_some()),
            ("icp", unit.icp.is_some()),
            ("police_record", unit.police_record.is_some()),
            ("site_id", unit.site_id.is_some()),
            ("error_report", unit.error_report.is_some()),
        ];
        let missing: Vec<&str> = settings
            .into_iter()
            .filter(|(key, given)| !given && !unit.none.contains(key))
            .map(|(key, _)| key)
            .collect();
        if missing.is_empty() {
            return;
        }
        let mut finding = Diagnostic::new(
            codes::MISSING_SETTING,
            Message::new("missing-unit-settings")
                .with("keys", missing.join("、"))
                .with("count", missing.len()),
        )
        .hint(Message::new("missing-unit-settings-hint").with("first", missing[0]));
        if settings_path(site.model).is_some() {
            finding = finding.at(unit.span.unwrap_or(config.span));
        }
        sink.report(finding);
    }
}

//! Figures about the server, in the text form of Prometheus ("Exposition formats", version 0.0.4).
//!
//! Refuses: anything about a reader or a page.

use super::connections::Places;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

/// What is counted.
#[derive(Default)]
pub struct Metrics {
    by_status: [AtomicU64; CLASSES.len()],
    /// Bytes of bodies that heads announced.
    pub bytes: AtomicU64,
    /// Builds that were put on show.
    pub builds: AtomicU64,
    /// Connections that found no place.
    pub refused: AtomicU64,
    /// Handshakes of TLS that failed.
    pub handshakes: AtomicU64,
}

/// Every status that the server gives; the last stands for all others.
const CLASSES: [&str; 13] =
    ["200", "206", "301", "304", "307", "308", "400", "404", "405", "410", "416", "503", "other"];

impl Metrics {
    /// Counts an answer.
    pub fn answered(&self, status: u16, bytes: u64) {
        let mut digits = [0_u8; 3];
        for (place, digit) in digits.iter_mut().zip([status / 100, status / 10 % 10, status % 10]) {
            *place = b'0' + u8::try_from(digit % 10).unwrap_or(0);
        }
        let class = CLASSES.iter().position(|class| class.as_bytes() == digits).unwrap_or(CLASSES.len() - 1);
        self.by_status[class].fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    /// All of it.
    pub fn print(&self, places: &Places, files: usize, lost_lines: u64) -> String {
        let mut text = String::with_capacity(2048);
        let _ = writeln!(
            text,
            "# HELP yuanba_responses_total Responses by status.\n# TYPE yuanba_responses_total counter"
        );
        for (class, count) in CLASSES.iter().zip(&self.by_status) {
            let _ = writeln!(
                text,
                "yuanba_responses_total{{status=\"{class}\"}} {}",
                count.load(Ordering::Relaxed)
            );
        }
        let all: [(&str, &str, &str, u64); 8] = [
            (
                "yuanba_response_bytes_total",
                "counter",
                "Bytes of response bodies.",
                self.bytes.load(Ordering::Relaxed),
            ),
            ("yuanba_connections", "gauge", "Open connections.", places.connected() as u64),
            (
                "yuanba_connections_evicted_total",
                "counter",
                "Waiting connections closed to make room.",
                places.evicted(),
            ),
            (
                "yuanba_connections_refused_total",
                "counter",
                "Connections closed for want of room.",
                self.refused.load(Ordering::Relaxed),
            ),
            (
                "yuanba_handshakes_failed_total",
                "counter",
                "Failed TLS handshakes.",
                self.handshakes.load(Ordering::Relaxed),
            ),
            ("yuanba_builds_total", "counter", "Builds put on show.", self.builds.load(Ordering::Relaxed)),
            ("yuanba_files", "gauge", "Files on show.", files as u64),
            (
                "yuanba_log_lines_lost_total",
                "counter",
                "Lines that the access log had no time for.",
                lost_lines,
            ),
        ];
        for (name, kind, help, value) in all {
            let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_counted_by_status() {
        let metrics = Metrics::default();
        for status in [200, 200, 404, 418, 503] {
            metrics.answered(status, 10);
        }
        let text = metrics.print(&Places::new(1), 7, 0);
        for line in [
            "yuanba_responses_total{status=\"200\"} 2",
            "yuanba_responses_total{status=\"404\"} 1",
            "yuanba_responses_total{status=\"other\"} 1",
            "yuanba_response_bytes_total 50",
            "yuanba_files 7",
        ] {
            assert!(text.lines().any(|one| one == line), "{line}: {text}");
        }
        assert!(text.lines().all(|line| line.starts_with('#') || line.split(' ').count() == 2));
    }
}

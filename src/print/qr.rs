//! QR codes as modules, for paper and pages alike.
//!
//! Refuses: texts that no code holds.
//! Invariant: as many rows as modules in each; level M of error correction, which bears a fold or a drop of rain.

use fast_qr::{ECL, QRBuilder};
use serde::Serialize;

/// The dark and light modules of a code, without the four modules of quiet that ISO/IEC 18004 asks for around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Qr {
    /// Modules on each side.
    pub size: usize,
    /// The rows; dark modules are `1`.
    pub rows: Vec<String>,
}

impl Qr {
    /// The code of a text; none where it is too long for any.
    pub fn new(text: &str) -> Option<Self> {
        let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
        let row = |y: usize| (0..code.size).map(|x| if code[y][x].value() { '1' } else { '0' }).collect();
        Some(Self { size: code.size, rows: (0..code.size).map(row).collect() })
    }

    /// The dark runs of a row: where each begins, and how long it is.
    pub fn runs(&self, y: usize) -> Vec<(usize, usize)> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for (x, _) in self.rows[y].bytes().enumerate().filter(|(_, module)| *module == b'1') {
            match runs.last_mut() {
                Some((start, length)) if *start + *length == x => *length += 1,
                _ => runs.push((x, 1)),
            }
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_finders() {
        let code = Qr::new("https://example.org/tips/").unwrap();
        assert_eq!(code.rows.len(), code.size);
        assert!(code.rows.iter().all(|row| row.len() == code.size));
        let finder = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"];
        for (y, row) in finder.iter().enumerate() {
            assert!(code.rows[y].starts_with(row) && code.rows[y].ends_with(row));
            assert!(code.rows[code.size - 7 + y].starts_with(row));
        }
    }

    #[test]
    fn runs_tell_the_same_modules() {
        let code = Qr::new("tel:110").unwrap();
        for (y, row) in code.rows.iter().enumerate() {
            let mut again = vec![b'0'; code.size];
            for (start, length) in code.runs(y) {
                again[start..start + length].fill(b'1');
            }
            assert_eq!(again, row.as_bytes());
        }
        assert_eq!(code.runs(0).first(), Some(&(0, 7)));
    }

    #[test]
    fn what_no_code_holds_has_none() {
        assert_eq!(Qr::new(&"字".repeat(2_000)), None);
    }
}

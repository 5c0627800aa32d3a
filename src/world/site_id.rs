//! Which site this is, whatever its address or folder.
//!
//! It stands in `content/addresses.yaml`, travels with the site, and the list of files in an output carries it, so that
//! two sites cannot take one output folder from each other unseen.
//!
//! Refuses: what could not stand on a line of its own.
//! Invariant: two sites that began apart have different ones.

use std::fmt;
use std::sync::Arc;

/// The identity of a site: 8 to 64 small letters and digits, made at random once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SiteId(Arc<str>);

crate::diag::print_themselves!(SiteId);

impl SiteId {
    /// An identity as it is written.
    pub fn parse(text: &str) -> Option<Self> {
        let fit = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        (fit && (8..=64).contains(&text.len())).then(|| Self(text.into()))
    }

    /// A new one.
    ///
    /// # Errors
    /// Where the system has no random numbers to give.
    pub fn random() -> std::io::Result<Self> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
        Ok(Self(format!("{:032x}", u128::from_be_bytes(bytes)).into()))
    }
}

impl fmt::Display for SiteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_is_read_as_it_is_written() {
        let made = SiteId::random().unwrap();
        assert_eq!(SiteId::parse(&made.to_string()), Some(made.clone()));
        assert_ne!(SiteId::random().unwrap(), made);
        for bad in ["", "short", "0123456789ABCDEF", "0123 4567", "0123\n4567", &"0".repeat(65)] {
            assert_eq!(SiteId::parse(bad), None, "{bad:?}");
        }
    }
}

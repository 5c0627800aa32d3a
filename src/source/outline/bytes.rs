//! Bytes and hashes as they are kept: in one piece, not number by number.

use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};

/// A slice of bytes.
pub mod slice {
    use super::{Deserializer, Error, Serializer, Visitor};

    struct Bytes;

    impl Visitor<'_> for Bytes {
        type Value = Box<[u8]>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("bytes")
        }

        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
            Ok(bytes.into())
        }
    }

    /// Writes them.
    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    /// Reads them.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<[u8]>, D::Error> {
        deserializer.deserialize_bytes(Bytes)
    }
}

/// A hash.
pub mod hash {
    use super::{Deserializer, Error, Serializer, slice};
    use blake3::Hash;

    /// Writes it.
    pub fn serialize<S: Serializer>(hash: &Hash, serializer: S) -> Result<S::Ok, S::Error> {
        slice::serialize(hash.as_bytes(), serializer)
    }

    /// Reads it.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Hash, D::Error> {
        let bytes = slice::deserialize(deserializer)?;
        let bytes: [u8; 32] = bytes[..].try_into().map_err(|_| D::Error::custom("no hash"))?;
        Ok(Hash::from_bytes(bytes))
    }
}

//! What the last build made from what: the memory of incremental builds.
//!
//! Refuses: a memory of another program or of another output folder.
//! Invariant: every target's dependencies had the hashes that stand here when its bytes were made.

use crate::output::trace::Dep;
use crate::world::OutPath;
use blake3::Hash;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The memory.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// The program that wrote it; another one starts anew.
    pub program: String,
    /// Every dependency with its hash.
    #[serde(with = "hex_pairs")]
    pub deps: Vec<(Dep, Hash)>,
    /// What each target was made from.
    pub targets: BTreeMap<OutPath, Last>,
}

/// A target as it was made last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last {
    /// The output that made it.
    pub output: String,
    /// Numbers of its dependencies in [`State::deps`].
    pub deps: Vec<u32>,
}

mod hex_pairs {
    //! Hashes as hexadecimal text.
    use super::{Dep, Hash};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(pairs: &[(Dep, Hash)], serializer: S) -> Result<S::Ok, S::Error> {
        let texts: Vec<(&Dep, String)> =
            pairs.iter().map(|(dep, hash)| (dep, hash.to_hex().to_string())).collect();
        texts.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(Dep, Hash)>, D::Error> {
        let texts: Vec<(Dep, String)> = Vec::deserialize(deserializer)?;
        let read = |(dep, text): (Dep, String)| Hash::from_hex(text).ok().map(|hash| (dep, hash));
        texts
            .into_iter()
            .map(read)
            .collect::<Option<_>>()
            .ok_or_else(|| serde::de::Error::custom("not a hash"))
    }
}

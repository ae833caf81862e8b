//! The rows of one list by what their works are known by.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::num::NonZero;

use crate::domain::works::{Handle, Work};

/// The handles of a work as numbers: they say enough to find candidates, and a list of 100,000 papers stays small.
pub(super) type Hashes = [Option<NonZero<u64>>; 3];

/// A number that differs where a compiler hashes otherwise, for what keeps [`Hashes`].
pub(super) fn hash_mark() -> u64 {
    let mut hasher = DefaultHasher::new();
    "ScrollKeeper".hash(&mut hasher);
    hasher.finish()
}

/// The handles of a work.
pub(super) fn hashes(work: &Work) -> Hashes {
    work.handles().map(|handle: Option<Handle<'_>>| {
        let mut hasher = DefaultHasher::new();
        handle?.hash(&mut hasher);
        NonZero::new(hasher.finish())
    })
}

/// Rows by the handles of their works.
#[derive(Default)]
pub(super) struct WorkIndex(BTreeSet<(NonZero<u64>, u32)>);

impl WorkIndex {
    /// Of all rows at once.
    pub fn of(rows: impl Iterator<Item = (u32, Hashes)>) -> Self {
        Self(rows.flat_map(|(slot, hashes)| hashes.into_iter().flatten().map(move |hash| (hash, slot))).collect())
    }

    /// Takes a row in.
    pub fn add(&mut self, slot: u32, hashes: Hashes) {
        self.0.extend(hashes.into_iter().flatten().map(|hash| (hash, slot)));
    }

    /// Takes a row out.
    pub fn remove(&mut self, slot: u32, hashes: Hashes) {
        for hash in hashes.into_iter().flatten() {
            self.0.remove(&(hash, slot));
        }
    }

    /// Rows that have this handle.
    pub fn rows(&self, hash: NonZero<u64>) -> impl Iterator<Item = u32> {
        self.0.range((hash, 0)..=(hash, u32::MAX)).map(|(_, slot)| *slot)
    }
}

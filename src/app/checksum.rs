//! Checksums that come with parts of uploads.

use sha1::Digest as _;

/// A checksum that came with a part.
#[derive(Debug, Clone)]
pub enum Checksum {
    /// SHA-1.
    Sha1(Vec<u8>),
    /// SHA-256.
    Sha256(Vec<u8>),
}

/// A checksum in the making, with the one that is expected.
pub(super) enum Digest {
    Sha1(sha1::Sha1, Vec<u8>),
    Sha256(sha2::Sha256, Vec<u8>),
}

impl Digest {
    pub(super) fn new(checksum: Checksum) -> Self {
        match checksum {
            Checksum::Sha1(expected) => Digest::Sha1(sha1::Sha1::new(), expected),
            Checksum::Sha256(expected) => Digest::Sha256(sha2::Sha256::new(), expected),
        }
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        match self {
            Digest::Sha1(digest, _) => digest.update(bytes),
            Digest::Sha256(digest, _) => digest.update(bytes),
        }
    }

    pub(super) fn matches(self) -> bool {
        match self {
            Digest::Sha1(digest, expected) => digest.finalize().as_slice() == expected,
            Digest::Sha256(digest, expected) => digest.finalize().as_slice() == expected,
        }
    }
}

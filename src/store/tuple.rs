//! Order-preserving keys: comparing two encoded keys byte by byte gives the order of their parts.
//!
//! | part | bytes |
//! | --- | --- |
//! | `u8`, `u64`, `u128` | big-endian |
//! | newest-first `u64` | all bits flipped, big-endian |
//! | `i64` | sign bit flipped, big-endian |
//! | text, bytes | `00` as `00 FF`, ended by `00 01` |
//! | keys, hashes | as they are: 8 and 32 bytes |

use crate::domain::ids::{Key, LibraryId, Sha256, UserId, Version};
use crate::domain::time::Timestamp;

/// Builds a key part by part.
#[derive(Debug, Clone, Default)]
pub(crate) struct TupleKey(Vec<u8>);

impl TupleKey {
    /// An empty key.
    pub(crate) fn new() -> Self {
        Self(Vec::with_capacity(32))
    }

    /// Adds a small number.
    pub(crate) fn byte(mut self, value: u8) -> Self {
        self.0.push(value);
        self
    }

    /// Adds a number.
    pub(crate) fn u64(mut self, value: u64) -> Self {
        self.0.extend_from_slice(&value.to_be_bytes());
        self
    }

    /// Adds a number so that greater ones come first.
    pub(crate) fn newest(self, value: u64) -> Self {
        self.u64(!value)
    }

    /// Adds a 128-bit number.
    pub(crate) fn u128(mut self, value: u128) -> Self {
        self.0.extend_from_slice(&value.to_be_bytes());
        self
    }

    /// Adds a signed number.
    pub(crate) fn i64(self, value: i64) -> Self {
        self.u64(value.cast_unsigned() ^ (1 << 63))
    }

    /// Adds bytes of any length.
    pub(crate) fn bytes(mut self, value: &[u8]) -> Self {
        for &byte in value {
            self.0.push(byte);
            if byte == 0 {
                self.0.push(0xff);
            }
        }
        self.0.extend_from_slice(&[0, 1]);
        self
    }

    /// Adds text.
    pub(crate) fn text(self, value: &str) -> Self {
        self.bytes(value.as_bytes())
    }

    /// Adds the key of an item or a collection.
    pub(crate) fn key(mut self, value: Key) -> Self {
        self.0.extend_from_slice(value.as_str().as_bytes());
        self
    }

    /// Adds a hash.
    pub(crate) fn sha(mut self, value: &Sha256) -> Self {
        self.0.extend_from_slice(&value.0);
        self
    }

    /// Adds a library's number.
    pub(crate) fn library(self, value: LibraryId) -> Self {
        self.u64(value.0)
    }

    /// Adds a person's number.
    pub(crate) fn user(self, value: UserId) -> Self {
        self.u64(value.0)
    }

    /// Adds a version.
    pub(crate) fn version(self, value: Version) -> Self {
        self.u64(value.0)
    }

    /// Adds a point in time.
    pub(crate) fn time(self, value: Timestamp) -> Self {
        self.i64(value.0)
    }

    /// The finished key.
    pub(crate) fn done(self) -> Vec<u8> {
        self.0
    }
}

/// Reads a key part by part; `None` where the bytes do not fit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TupleReader<'a>(&'a [u8]);

impl<'a> TupleReader<'a> {
    /// Begins at the first part.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*head)
    }

    /// Reads a small number.
    pub(crate) fn byte(&mut self) -> Option<u8> {
        self.take::<1>().map(|[byte]| byte)
    }

    /// Reads a number.
    pub(crate) fn u64(&mut self) -> Option<u64> {
        self.take().map(u64::from_be_bytes)
    }

    /// Reads a newest-first number.
    pub(crate) fn newest(&mut self) -> Option<u64> {
        self.u64().map(|value| !value)
    }

    /// Reads a 128-bit number.
    pub(crate) fn u128(&mut self) -> Option<u128> {
        self.take().map(u128::from_be_bytes)
    }

    /// Reads a signed number.
    pub(crate) fn i64(&mut self) -> Option<i64> {
        self.u64().map(|value| (value ^ (1 << 63)).cast_signed())
    }

    /// Reads bytes of any length.
    pub(crate) fn bytes(&mut self) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        loop {
            match *self.0 {
                [0, 1, ref rest @ ..] => {
                    self.0 = rest;
                    return Some(out);
                }
                [0, 0xff, ref rest @ ..] => {
                    out.push(0);
                    self.0 = rest;
                }
                [0, ..] | [] => return None,
                [byte, ref rest @ ..] => {
                    out.push(byte);
                    self.0 = rest;
                }
            }
        }
    }

    /// Reads text.
    pub(crate) fn text(&mut self) -> Option<String> {
        String::from_utf8(self.bytes()?).ok()
    }

    /// Reads the key of an item or a collection.
    pub(crate) fn key(&mut self) -> Option<Key> {
        let bytes = self.take::<8>()?;
        Key::parse(std::str::from_utf8(&bytes).ok()?)
    }

    /// Reads a hash.
    pub(crate) fn sha(&mut self) -> Option<Sha256> {
        self.take().map(Sha256)
    }

    /// Reads a point in time.
    pub(crate) fn time(&mut self) -> Option<Timestamp> {
        self.i64().map(Timestamp)
    }
}

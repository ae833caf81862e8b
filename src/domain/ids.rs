//! Identifiers: each a type of its own, parsed once at the edge.

use std::fmt;

/// A library's number, unique on this server, never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LibraryId(pub u64);

/// A person's number, unique on this server, never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserId(pub u64);

/// A job's number, unique on this server, rising.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(pub u64);

/// A library's version, or that of an object in it: the library's version at its last change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Version(pub u64);

impl fmt::Display for LibraryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The alphabet of keys, as Zotero has it: no `0`, `1`, `O`, so that keys can be read aloud.
pub const KEY_ALPHABET: &[u8; 33] = b"23456789ABCDEFGHIJKLMNPQRSTUVWXYZ";

/// The key of an item or a collection: eight characters of [`KEY_ALPHABET`], unique in its library.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key([u8; 8]);

impl Key {
    /// Reads a key as people and clients write it; `None` for anything else than eight characters of the alphabet.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 8] = text.as_bytes().try_into().ok()?;
        bytes.iter().all(|b| KEY_ALPHABET.contains(b)).then_some(Self(bytes))
    }

    /// A key made of random bits (the caller brings them; 64 bits are plenty).
    #[must_use]
    pub fn from_random(mut bits: u64) -> Self {
        let mut bytes = [0; 8];
        for byte in &mut bytes {
            *byte = KEY_ALPHABET[(bits % KEY_ALPHABET.len() as u64) as usize];
            bits /= KEY_ALPHABET.len() as u64;
        }
        Self(bytes)
    }

    /// The eight characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("keys are ASCII by construction")
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.as_str())
    }
}

/// The SHA-256 of a blob's bytes: its name wherever blobs are kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256(pub [u8; 32]);

impl Sha256 {
    /// Reads 64 hexadecimal digits of either case.
    #[must_use]
    pub fn parse_hex(text: &str) -> Option<Self> {
        let text = text.as_bytes();
        if text.len() != 64 {
            return None;
        }
        let mut out = [0; 32];
        for (byte, pair) in out.iter_mut().zip(text.chunks_exact(2)) {
            let high = (pair[0] as char).to_digit(16)?;
            let low = (pair[1] as char).to_digit(16)?;
            *byte = u8::try_from(high * 16 + low).ok()?;
        }
        Some(Self(out))
    }

    /// 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn to_hex(self) -> String {
        use fmt::Write as _;
        self.0.iter().fold(String::with_capacity(64), |mut out, byte| {
            write!(out, "{byte:02x}").expect("writing to a String cannot fail");
            out
        })
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_hex())
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sha256({})", self.to_hex())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_eight_characters_of_the_alphabet() {
        assert_eq!(Key::parse("ABCD2345").map(|key| key.to_string()), Some("ABCD2345".to_owned()));
        for wrong in ["", "ABCD234", "ABCD23456", "ABCD234O", "ABCD2340", "abcd2345", "ÄBCD234"] {
            assert_eq!(Key::parse(wrong), None, "{wrong}");
        }
        assert!(Key::parse(Key::from_random(u64::MAX).as_str()).is_some());
    }

    #[test]
    fn a_hash_is_read_as_it_is_written() {
        let hash = Sha256(std::array::from_fn(|i| i as u8 * 7));
        assert_eq!(Sha256::parse_hex(&hash.to_hex()), Some(hash));
        assert_eq!(Sha256::parse_hex(&hash.to_hex()[1..]), None);
        assert_eq!(Sha256::parse_hex(&"g".repeat(64)), None);
    }
}

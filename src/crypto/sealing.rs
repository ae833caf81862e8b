//! Secrets that the program has to use again (a PDF's password) are kept sealed with a key file of the data folder.

use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

/// Bytes of nonce before each sealed secret (XChaCha20-Poly1305, random nonces).
const NONCE_BYTES: usize = 24;

/// The key with which secrets are sealed.
pub struct SealingKey(XChaCha20Poly1305);

impl SealingKey {
    /// From the bytes of the key file.
    #[must_use]
    pub fn new(bytes: &[u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(bytes.into()))
    }

    /// Seals a secret.
    #[must_use]
    pub fn seal(&self, secret: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE_BYTES] = super::random();
        let sealed = self.0.encrypt(&XNonce::from(nonce), secret).expect("sealing in memory cannot fail");
        [nonce.as_slice(), &sealed].concat()
    }

    /// Opens what [`SealingKey::seal`] made; `None` if it was changed or sealed with another key.
    #[must_use]
    pub fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>()?;
        self.0.decrypt(&XNonce::from(*nonce), sealed).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_secret_opens_with_its_key_only_and_unchanged_only() {
        let key = SealingKey::new(&[7; 32]);
        let mut sealed = key.seal(b"hush");
        assert_eq!(key.open(&sealed).as_deref(), Some(&b"hush"[..]));
        assert_eq!(SealingKey::new(&[8; 32]).open(&sealed), None);
        sealed[30] ^= 1;
        assert_eq!(key.open(&sealed), None);
        assert_eq!(key.open(b"short"), None);
    }
}

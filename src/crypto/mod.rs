//! Passwords, tokens, random bits.
//!
//! Invariant: the only room that hashes a password or makes a secret.
//! Invariant: secrets leave as text once, when they are made; what is kept is their hash.

mod sealing;

pub use sealing::SealingKey;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::Digest as _;

use crate::domain::ids::Sha256;

/// Shortest password that is taken, in characters.
pub const MIN_PASSWORD_CHARS: usize = 10;
/// Longest password that is taken, in bytes: hashing must not become a way to keep the server busy.
pub const MAX_PASSWORD_BYTES: usize = 1024;

/// Memory and passes as OWASP's password storage cheat sheet recommends for Argon2id: 19 MiB, 2 passes, 1 lane.
fn argon2() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).expect("the parameters are constant and valid");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Hashes a password into a PHC string. Takes about 20 ms of a core and 19 MB: call it on a blocking thread, at most two at
/// a time.
#[must_use]
pub fn hash_password(password: &str) -> String {
    let salt: [u8; 16] = random();
    argon2()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .expect("hashing with constant valid parameters cannot fail")
        .to_string()
}

/// Whether `password` is the one behind the PHC string. As dear as [`hash_password`].
#[must_use]
pub fn verify_password(password: &str, phc: &str) -> bool {
    PasswordHash::new(phc).is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok())
}

/// `N` bytes from the operating system's generator.
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// 64 random bits.
#[must_use]
pub fn random_u64() -> u64 {
    u64::from_ne_bytes(random())
}

/// A fresh secret of 256 random bits as 43 URL-safe characters, behind a prefix that tells what it is.
#[must_use]
pub fn new_secret(prefix: &str) -> String {
    format!("{prefix}{}", URL_SAFE_NO_PAD.encode(random::<32>()))
}

/// What is kept of a secret. Secrets are random, so a fast hash is enough.
#[must_use]
pub fn hash_secret(secret: &str) -> Sha256 {
    Sha256(sha2::Sha256::digest(secret.as_bytes()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_password_is_verified() {
        let phc = hash_password("correct horse battery staple");
        assert!(phc.starts_with("$argon2id$"));
        assert!(verify_password("correct horse battery staple", &phc));
        assert!(!verify_password("correct horse battery stapler", &phc));
        assert!(!verify_password("", "not a hash"));
    }

    #[test]
    fn two_secrets_are_never_the_same() {
        let (one, two) = (new_secret("sk_"), new_secret("sk_"));
        assert!(one.starts_with("sk_") && one.len() == 46);
        assert_ne!(hash_secret(&one), hash_secret(&two));
    }
}

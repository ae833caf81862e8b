//! Passwords, tokens, random bits.
//!
//! Invariant: the only room that hashes a password or makes a secret.

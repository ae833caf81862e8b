//! Keeps bytes: blobs under their SHA-256, derived files beside them, uploads in staging.
//!
//! Invariant: a blob never changes once written.
//! Invariant: this room does not know what an item is.

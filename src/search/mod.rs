//! The derived full-text index.
//!
//! Invariant: may be deleted at any time; it is rebuilt from the store and the layouts.
//! Invariant: does not know who may read what; the caller brings the libraries.

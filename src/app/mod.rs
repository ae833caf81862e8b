//! The use cases: who may do what, in which order, and what is told to whom.
//!
//! Invariant: every use case takes the actor first and checks it before anything else.
//! Invariant: knows nothing of HTTP.

pub mod catalogue;
mod error;
mod sort_keys;

pub use error::{Error, Result};

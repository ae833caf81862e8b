//! The words of the product as types, and the rules between them.
//!
//! Invariant: no I/O, no async, no clock, no randomness; time and fresh identifiers come in as parameters.
//! Invariant: imports nothing of the other rooms, so every room may speak these types to every other.

pub mod account;
pub mod actor;
pub mod change;
pub mod facts;
pub mod fields;
pub mod file_name;
pub mod ids;
pub mod item;
pub mod job;
pub mod layout;
pub mod library;
pub mod live;
pub mod merge;
pub mod relation;
pub mod time;
pub mod works;

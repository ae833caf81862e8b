//! Start-up configuration and the settings registry, as plain data.
//!
//! Invariant: reads the environment and one file when told to, and nothing afterwards; no global state.

//! Start-up configuration and the settings registry, as plain data.
//!
//! Every setting is declared once, in [`registry`]: from that line come its TOML key, its environment variable, its entry in
//! `config.example.toml` and its field on the settings page. Precedence: flag, environment, file, page, default.
//!
//! Invariant: reads the environment and one file when told to, and nothing afterwards; no global state.

mod load;
mod registry;
mod typed;

pub use load::{ConfigError, Source, Value, Values, environment};
pub use registry::{Kind, SETTINGS, Setting, example_toml, find};
pub use typed::{Config, FileStore, LogFormat, OcrConfig};

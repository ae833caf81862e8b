//! ScrollKeeper: keeps, reads, discusses and cites the papers of a research group on its own machine.

pub mod app;
pub mod cli;
pub mod config;
pub mod crypto;
pub mod domain;
pub mod extract;
pub mod files;
pub mod http;
pub mod jobs;
pub mod pdf;
pub mod search;
pub mod store;

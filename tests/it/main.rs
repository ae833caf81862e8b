//! The one integration binary: the program's behaviour at its boundaries.
#![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect is to fail")]

mod access;
mod cases;
mod command_line;
mod config_example;
mod crash;
mod files_s3;
mod floors;
mod front;
#[path = "../fuzz/mod.rs"]
mod fuzz;
mod http_document;
mod items;
mod live;
mod pdf_maker;
mod pdf_worker;
mod reading;
mod recognition;
mod references;
mod relatives;
mod search_index;
mod search_model;
mod sign_in;
mod store_schema;
mod support;
mod sweep;
mod tidy;
mod uploads;

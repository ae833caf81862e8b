//! The front door for browsers and programs: routes, views, problems.
//!
//! Invariant: a handler parses, calls one use case, presents; no rule lives here.

mod problem;
mod views;

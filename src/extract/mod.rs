//! Concludes facts from a layout: pure functions, no I/O.
//!
//! Invariant: runs in the worker child under its limits; time linear in pages.

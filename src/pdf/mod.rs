//! Reads and draws PDFs in sandboxed child processes.
//!
//! Invariant: PDFium is loaded in `pdf-worker` children only, never in the server.
//! Invariant: whatever a file does to a child stays with that file.

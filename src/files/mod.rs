//! Keeps bytes: blobs under their SHA-256, derived files beside them, uploads in staging.
//!
//! Invariant: a blob never changes once written; only [`Files::delete_blob`], called by the sweep, removes one.
//! Invariant: this room does not know what an item, an upload's owner or a library is.
//! Invariant: staging is plain local files, whatever the store; no acknowledged byte waits for a network.
//! Only `app` and `cli` call it.
//!
//! # Which bytes are safe when
//!
//! **Blobs on disk** lie at `blobs/<2>/<2>/<sha256>`: the upload's file is synced, renamed into place, and the folder
//! is synced, with its parents once per folder and run. So a blob is seen whole or not at all, and a folder that
//! another upload made a moment ago is durable too. A small file costs two syncs where its folder is known, four
//! where not (the last two find nothing left to write on a journalling file system).
//!
//! **Uploads in parts.** The length of a file cannot be its durable offset: after a power cut a file may be longer
//! than what was synced, with zeros behind, and a chunk whose checksum was wrong must not count. So each
//! acknowledged offset is written into a small file beside the bytes (`<id>.at`: two records used in turn, each with
//! its own checksum, overwritten in place) *after* the bytes were synced, and is itself synced before
//! [`StagedUpload::sync`] returns. On opening, whatever lies behind the recorded offset is cut off.
//! An upload that comes in one request has no such file and pays nothing for it: nothing was acknowledged before its
//! end, so its bytes, its blob's name and the folder are all that is synced.
//!
//! **Finishing** writes the hash into that record first (if there is one), so that a crash between the rename and
//! the caller's own commit leaves an upload that is still whole: finishing again gives the same hash.
//!
//! **With S3** a finished upload is renamed into `outbox/` and is durable and readable from there; a job calls
//! [`Files::store_outbox`], which puts it, reads it back, compares the hash, and only then lets go of the local copy.
//! Reads go through a disk cache bounded by bytes; it holds nothing that the store does not.
//!
//! **Kept files** (`kept/`) only save work: they are not synced, and one that is not whole counts as missing.
//!
//! **Derived files** can be made again at any time, so a missing one is no error.

mod cache;
mod config;
mod derived;
mod disk;
mod drive;
mod error;
mod handles;
mod kept;
mod outbox;
mod record;
mod remote;
mod room;
mod space;
mod stage;
mod staged_file;
mod staging;
mod upload;

#[cfg(test)]
mod tests;

pub use config::{FilesConfig, S3Config, StoreConfig};
pub use error::{Error, Result};
pub use room::Files;
pub use staging::{StagedEntry, StagingId};
pub use upload::{FinishedUpload, StagedUpload};

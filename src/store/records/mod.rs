//! Stored records: index-tagged, tolerant of unknown and missing optional fields.
//!
//! A number once given to a field is never used for another one. New fields are `Option` or have a default.

mod account;
mod blob;
mod codec;
mod item;
mod job;
mod library;
mod log;
mod upload;

pub use account::{Attempts, Session, Token, User};
pub use blob::{Blob, BlobPlace};
pub use log::{Activity, AuditEntry, IdempotencyKey, ReadingPosition, StoredAnswer};
pub use upload::{Upload, UploadConcat, UploadState};

pub(crate) use item::{CollectionRecord, ItemRecord, ListedRecord};
pub(crate) use job::{JobRecord, LeaseRecord};
pub(crate) use library::{ChangeLogRecord, ChangeRecord, LibraryRecord};

//! What the API shows: wire types of their own, made from domain types.

mod account;
mod collection;
mod disk;
mod item;
mod job;
mod library;
mod reference;
mod relative;
mod search;

pub use account::*;
pub use collection::*;
pub use disk::*;
pub use item::*;
pub use job::*;
pub use library::*;
pub use reference::*;
pub use relative::*;
pub use search::*;

use crate::domain::time::Timestamp;
use time::format_description::well_known::Rfc3339;

/// A moment as RFC 3339 in UTC; its milliseconds are left out where there are none.
#[must_use]
pub fn time_text(at: Timestamp) -> String {
    time::OffsetDateTime::from_unix_timestamp_nanos(i128::from(at.0) * 1_000_000)
        .ok()
        .and_then(|moment| moment.format(&Rfc3339).ok())
        .unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned())
}

/// A moment from RFC 3339 text.
#[must_use]
pub fn parse_time(text: &str) -> Option<Timestamp> {
    let moment = time::OffsetDateTime::parse(text, &Rfc3339).ok()?;
    i64::try_from(moment.unix_timestamp_nanos() / 1_000_000).ok().map(Timestamp)
}

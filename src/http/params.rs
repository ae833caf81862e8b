//! Reading paths, queries and headers into the product's words.

use std::collections::BTreeSet;

use poem::http::{HeaderMap, StatusCode, header};
use poem::{FromRequest, Request, RequestBody};

use super::problem::{ApiResult, Problem};
use crate::app::Error;
use crate::app::items::Expected;
use crate::domain::ids::{Key, LibraryId, Version};
use crate::domain::library::Role;

/// A key in a path or body.
pub fn key(text: &str, what: &str) -> ApiResult<Key> {
    Key::parse(text).ok_or_else(|| Problem::from(Error::not_found(what)).into())
}

/// Keys in a body.
pub fn keys(texts: &[String], field: &'static str) -> ApiResult<BTreeSet<Key>> {
    texts.iter().map(|text| body_key(text, field)).collect()
}

/// A key in a body.
pub fn body_key(text: &str, field: &'static str) -> ApiResult<Key> {
    Key::parse(text).ok_or_else(|| {
        Problem::from(Error::invalid(field, format!("`{}` is no key.", text.chars().take(20).collect::<String>())))
            .into()
    })
}

/// A library in a path.
#[must_use]
pub fn library(id: u64) -> LibraryId {
    LibraryId(id)
}

/// A role in a body.
pub fn role(text: &str) -> ApiResult<Role> {
    Role::parse(text).ok_or_else(|| {
        Problem::from(Error::invalid("role", "Roles are reader, commenter, editor, admin and owner.")).into()
    })
}

/// Which version a change is meant for: the header `If-Match`, `"<version>"` or `*`; without it 428.
#[derive(Debug, Clone, Copy)]
pub struct IfMatch(pub Expected);

impl<'a> FromRequest<'a> for IfMatch {
    async fn from_request(request: &'a Request, _body: &mut RequestBody) -> poem::Result<Self> {
        let missing = || {
            Problem::new(
                StatusCode::PRECONDITION_REQUIRED,
                "if_match_needed",
                "Send If-Match with the version you change, as in If-Match: \"42\", or * to overwrite.",
            )
        };
        let value = request.header(header::IF_MATCH).ok_or_else(missing)?.trim();
        if value == "*" {
            return Ok(Self(Expected::Any));
        }
        let version = value.trim_start_matches("W/").trim_matches('"').parse().map_err(|_| {
            Problem::new(StatusCode::PRECONDITION_FAILED, "behind", "If-Match is no version, such as \"42\".")
        })?;
        Ok(Self(Expected::Version(Version(version))))
    }
}

/// The ETag of an object: its quoted version.
#[must_use]
pub fn etag(version: Version) -> String {
    format!("\"{version}\"")
}

/// Whether the client has this ETag already.
#[must_use]
pub fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let Some(known) = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()) else { return false };
    known.split(',').map(|tag| tag.trim().trim_start_matches("W/")).any(|tag| tag == etag || tag == "*")
}

/// Where a window of a list begins and how long it is.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// First entry.
    pub offset: usize,
    /// Most entries.
    pub limit: usize,
}

/// The most entries of a window.
pub const MOST: usize = 200;
const USUAL: usize = 50;

/// How many entries a window has.
pub fn limit(limit: Option<u64>) -> ApiResult<usize> {
    let limit = limit.map_or(Ok(USUAL), usize::try_from).ok().filter(|limit| (1..=MOST).contains(limit));
    limit.ok_or_else(|| Problem::from(Error::invalid("limit", format!("A window has 1 to {MOST} entries."))).into())
}

/// The entry of a log before which the next window begins.
pub fn entry_cursor(cursor: &str) -> ApiResult<u64> {
    let number = cursor.strip_prefix('b').and_then(|number| number.parse().ok());
    number.ok_or_else(foreign_cursor)
}

fn foreign_cursor() -> poem::Error {
    Problem::from(Error::invalid("cursor", "This cursor is not from here.")).into()
}

impl Window {
    /// From `limit` with `cursor` or `offset`. A cursor is where the next window begins.
    pub fn new(limit: Option<u64>, cursor: Option<&str>, offset: Option<u64>) -> ApiResult<Self> {
        let limit = self::limit(limit)?;
        let offset = match cursor {
            Some(cursor) => {
                cursor.strip_prefix('o').and_then(|offset| offset.parse().ok()).ok_or_else(foreign_cursor)?
            }
            None => usize::try_from(offset.unwrap_or(0)).unwrap_or(usize::MAX),
        };
        Ok(Self { offset, limit })
    }

    /// The cursor of the next window of a list of `total`, after one in which `taken` came.
    #[must_use]
    pub fn next_cursor(self, taken: usize, total: usize) -> Option<String> {
        let next = self.offset.saturating_add(taken);
        (taken > 0 && next < total).then(|| format!("o{next}"))
    }
}

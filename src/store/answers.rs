//! Answers to requests that must not be done twice, kept for a day.

use super::access::{find, put, put_mark, scan_keys};
use super::engine::KeyRange;
use super::error::Result;
use super::records::{IdempotencyKey, StoredAnswer};
use super::tables::Table;
use super::transaction::{View, WriteTx};
use super::tuple::TupleKey;
use crate::domain::ids::UserId;
use crate::domain::time::Timestamp;

/// How long an answer is kept.
pub const KEPT_MS: i64 = 24 * 3_600_000;

fn key(request: &IdempotencyKey) -> Vec<u8> {
    TupleKey::new().user(request.user).text(&request.key).done()
}

fn time_key(request: &IdempotencyKey, at: Timestamp) -> Vec<u8> {
    TupleKey::new().time(at).user(request.user).text(&request.key).done()
}

/// The answer given under that key, if it was given less than a day before `now`.
pub fn find_answer(tx: &impl View, request: &IdempotencyKey, now: Timestamp) -> Result<Option<StoredAnswer>> {
    let answer: Option<StoredAnswer> = find(tx, Table::Answers, &key(request))?;
    Ok(answer.filter(|answer| now.since_ms(answer.at) < KEPT_MS))
}

/// Keeps an answer.
pub fn put_answer(tx: &mut WriteTx<'_>, request: &IdempotencyKey, answer: &StoredAnswer) -> Result<()> {
    let old: Option<StoredAnswer> = find(tx, Table::Answers, &key(request))?;
    if let Some(old) = old {
        tx.delete(Table::AnswersByTime, &time_key(request, old.at))?;
    }
    put_mark(tx, Table::AnswersByTime, &time_key(request, answer.at))?;
    put(tx, Table::Answers, &key(request), answer)
}

/// Removes at most `limit` answers older than a day; returns how many.
pub fn prune(tx: &mut WriteTx<'_>, now: Timestamp, limit: usize) -> Result<usize> {
    let range = KeyRange::all().before(TupleKey::new().time(now.plus_ms(-KEPT_MS)).done());
    let old = scan_keys(tx, Table::AnswersByTime, &range, limit, |key| {
        Some((key.time()?, IdempotencyKey { user: UserId(key.u64()?), key: key.text()? }))
    })?;
    for (at, request) in &old {
        tx.delete(Table::AnswersByTime, &time_key(request, *at))?;
        tx.delete(Table::Answers, &key(request))?;
    }
    Ok(old.len())
}

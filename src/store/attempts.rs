//! Failed attempts and bans.

use super::access::{find, put, scan};
use super::engine::{Direction, KeyRange};
use super::error::Result;
use super::records::Attempts;
use super::tables::Table;
use super::transaction::{View, WriteTx};
use super::tuple::TupleKey;
use crate::domain::time::Timestamp;

fn key(what: &str) -> Vec<u8> {
    TupleKey::new().text(what).done()
}

/// What is noted under `what` (an address or an account).
pub fn find_attempts(tx: &impl View, what: &str) -> Result<Option<Attempts>> {
    find(tx, Table::Attempts, &key(what))
}

/// Notes attempts under their key.
pub fn put_attempts(tx: &mut WriteTx<'_>, attempts: &Attempts) -> Result<()> {
    put(tx, Table::Attempts, &key(&attempts.key), attempts)
}

/// Counts one more failure; a run of failures that began more than `window_ms` ago, or led to a ban that is over, begins
/// anew.
pub fn count_failure(tx: &mut WriteTx<'_>, what: &str, now: Timestamp, window_ms: i64) -> Result<Attempts> {
    let mut attempts = find_attempts(tx, what)?.unwrap_or_else(|| Attempts {
        key: what.to_owned(),
        count: 0,
        first_at: now,
        last_at: now,
        blocked_until: None,
        bans: 0,
    });
    let ban_is_over = attempts.blocked_until.is_some_and(|until| until <= now);
    if ban_is_over || now.since_ms(attempts.first_at) > window_ms {
        attempts.count = 0;
        attempts.first_at = now;
    }
    attempts.blocked_until = attempts.blocked_until.filter(|_| !ban_is_over);
    attempts.count = attempts.count.saturating_add(1);
    attempts.last_at = now;
    put_attempts(tx, &attempts)?;
    Ok(attempts)
}

/// Refuses everything under that key until then, and counts the ban.
pub fn ban(tx: &mut WriteTx<'_>, mut attempts: Attempts, until: Timestamp) -> Result<Attempts> {
    attempts.blocked_until = Some(until);
    attempts.bans = attempts.bans.saturating_add(1);
    put_attempts(tx, &attempts)?;
    Ok(attempts)
}

/// Forgets everything under `what`, a ban too; `false` if there was nothing.
pub fn clear(tx: &mut WriteTx<'_>, what: &str) -> Result<bool> {
    let existed = find_attempts(tx, what)?.is_some();
    if existed {
        tx.delete(Table::Attempts, &key(what))?;
    }
    Ok(existed)
}

/// At most `limit` entries by key, behind `after`.
pub fn list(tx: &impl View, after: Option<&str>, limit: usize) -> Result<Vec<Attempts>> {
    let range = match after {
        Some(what) => KeyRange::all().after(key(what)),
        None => KeyRange::all(),
    };
    Ok(scan(tx, Table::Attempts, &range, Direction::Up, limit)?.into_iter().map(|(_, attempts)| attempts).collect())
}

/// Everything that is refused at `now`.
pub fn list_bans(tx: &impl View, now: Timestamp) -> Result<Vec<Attempts>> {
    let all = list(tx, None, usize::MAX)?;
    Ok(all.into_iter().filter(|attempts| attempts.blocked_until.is_some_and(|until| until > now)).collect())
}

/// Forgets what had its last failure, and its ban's end, before `before`; returns how many.
pub fn prune(tx: &mut WriteTx<'_>, before: Timestamp) -> Result<usize> {
    let all = list(tx, None, usize::MAX)?;
    let over = |a: &&Attempts| a.last_at < before && a.blocked_until.is_none_or(|until| until < before);
    let old: Vec<_> = all.iter().filter(over).collect();
    for attempts in &old {
        tx.delete(Table::Attempts, &key(&attempts.key))?;
    }
    Ok(old.len())
}

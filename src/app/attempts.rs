//! Wrong passwords: counted per address and per account, answered with pauses that grow.

use std::net::IpAddr;

use super::{App, Error, Result, require_server_admin};
use crate::domain::actor::Actor;
use crate::domain::time::Timestamp;
use crate::store;

/// An address or account that pauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BanInfo {
    /// `address:…` or `account:…`.
    pub key: String,
    /// Wrong tries that led to it.
    pub tries: u32,
    /// When it ends.
    pub until: Timestamp,
}

/// Wrong tries of one account before it pauses.
const ACCOUNT_TRIES: u32 = 8;
/// Wrong tries from one address (over all accounts) before it pauses.
const ADDRESS_TRIES: u32 = 20;
/// Tries are forgotten after this time without one.
const WINDOW_MS: i64 = 15 * 60_000;
/// The first pause; each further one is twice as long.
const FIRST_PAUSE_MS: i64 = 10 * 60_000;
/// The longest pause.
const LONGEST_PAUSE_MS: i64 = 24 * 3_600_000;

/// What is counted for an account, known or not.
#[must_use]
pub fn account_key(login: &str) -> String {
    format!("account:{}", store::users::fold(login))
}

/// What is counted for an address: one IPv4 address, or one IPv6 network of 64 bits.
#[must_use]
pub fn address_key(address: IpAddr) -> String {
    match address {
        IpAddr::V4(v4) => format!("address:{v4}"),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("address:{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

impl App {
    /// Refuses while the account or address pauses.
    pub(super) async fn require_no_pause(&self, login: &str, address: IpAddr) -> Result<()> {
        let keys = [account_key(login), address_key(address)];
        let now = self.now();
        let blocked = self
            .read(move |tx| {
                let mut latest: Option<Timestamp> = None;
                for key in &keys {
                    let found = store::attempts::find_attempts(tx, key)?;
                    latest = latest.max(found.and_then(|attempts| attempts.blocked_until));
                }
                Ok(latest.filter(|until| *until > now))
            })
            .await?;
        match blocked {
            Some(until) => Err(paused(until.since_ms(now))),
            None => Ok(()),
        }
    }

    /// Counts a wrong password; answers what to tell the person.
    pub(super) async fn count_wrong_password(&self, login: &str, address: IpAddr) -> Result<Error> {
        let counted = [(account_key(login), ACCOUNT_TRIES), (address_key(address), ADDRESS_TRIES)];
        let now = self.now();
        let (left, pause_ms) = self
            .write(move |tx| {
                let (mut left, mut pause_ms) = (u32::MAX, 0);
                for (key, limit) in &counted {
                    let attempts = store::attempts::count_failure(tx, key, now, WINDOW_MS)?;
                    left = left.min(limit.saturating_sub(attempts.count));
                    let pause = match attempts.blocked_until {
                        Some(until) => until.since_ms(now),
                        None if attempts.count >= *limit => {
                            let pause = FIRST_PAUSE_MS.saturating_mul(1 << attempts.bans.min(8)).min(LONGEST_PAUSE_MS);
                            store::attempts::ban(tx, attempts, now.plus_ms(pause))?;
                            pause
                        }
                        None => 0,
                    };
                    pause_ms = pause_ms.max(pause);
                }
                Ok((left, pause_ms))
            })
            .await?;
        if pause_ms > 0 {
            return Ok(paused(pause_ms));
        }
        let tries = if left == 1 { "1 try".to_owned() } else { format!("{left} tries") };
        let detail = match left {
            0..=5 => format!("Name and password do not match. {tries} left before a pause."),
            _ => "Name and password do not match.".to_owned(),
        };
        Ok(Error::Unauthenticated { code: "wrong_password", detail })
    }

    /// Who pauses now, longest first.
    ///
    /// # Errors
    /// Forbidden but for server administrators.
    pub async fn list_bans(&self, actor: &Actor) -> Result<Vec<BanInfo>> {
        require_server_admin(actor)?;
        let now = self.now();
        let mut bans = self.read(move |tx| Ok(store::attempts::list_bans(tx, now)?)).await?;
        bans.sort_by_key(|ban| std::cmp::Reverse(ban.blocked_until));
        let info =
            |ban: store::Attempts| BanInfo { key: ban.key, tries: ban.count, until: ban.blocked_until.unwrap_or(now) };
        Ok(bans.into_iter().map(info).collect())
    }

    /// Ends a pause.
    ///
    /// # Errors
    /// Forbidden but for server administrators; not found.
    pub async fn lift_ban(&self, actor: &Actor, key: &str) -> Result<()> {
        require_server_admin(actor)?;
        let (key, by, now) = (key.to_owned(), actor.user_id(), self.now());
        let lifted = self
            .write(move |tx| {
                super::accounts::audit(tx, by, "ban.lift", &key, "", now)?;
                Ok(store::attempts::clear(tx, &key)?)
            })
            .await?;
        if lifted { Ok(()) } else { Err(Error::not_found("ban")) }
    }
}

fn paused(ms: i64) -> Error {
    let seconds = u64::try_from(ms / 1000).unwrap_or(0) + 1;
    let minutes = seconds.div_ceil(60);
    let wait = if minutes == 1 { "a minute".to_owned() } else { format!("{minutes} minutes") };
    Error::Limited {
        retry_after_s: seconds,
        detail: format!("Too many wrong passwords. Try again in {wait}, or ask the administrator to lift the pause."),
    }
}

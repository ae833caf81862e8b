//! Signing in and out, and who asks.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use super::{App, Error, Result, require_user};
use crate::crypto;
use crate::domain::actor::{Actor, Scope};
use crate::domain::ids::{Sha256, UserId};
use crate::domain::live::LiveEvent;
use crate::domain::time::Timestamp;
use crate::store::{self, Session};

/// A browser in which somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionInfo {
    /// What it is called in lists: not enough to use it.
    pub id: String,
    /// What the browser calls itself.
    pub user_agent: String,
    /// From which address it signed in.
    pub address: String,
    /// When it signed in.
    pub created_at: Timestamp,
    /// When it was last used, give or take some minutes.
    pub last_used_at: Timestamp,
}

/// A session unused for this long ends.
const IDLE_MS: i64 = 30 * 24 * 3_600_000;
/// The last use is noted no more often than this.
const TOUCH_MS: i64 = 5 * 60_000;
/// How long an identity is believed without asking again. Every change of rights on this server forgets all at once.
const BELIEVED_MS: i64 = 10_000;
/// Secrets remembered at once.
const MOST_IDENTITIES: usize = 10_000;

/// Verified where no account fits, so that a wrong name takes as long as a wrong password.
static NO_ACCOUNT_HASH: LazyLock<String> = LazyLock::new(|| crypto::hash_password(&crypto::new_secret("")));

impl App {
    /// Signs in with name (or address) and password; answers with the secret of a new session.
    ///
    /// # Errors
    /// Unauthenticated, the same for a wrong name and a wrong password; limited after too many tries.
    pub async fn sign_in(&self, login: &str, password: String, address: IpAddr, user_agent: &str) -> Result<String> {
        // Passwords are looked at a few at a time, and a wrong one is counted before its turn ends: a thousand tries sent at
        // once get no further than a thousand sent one by one.
        let turn = self.password_turn().await?;
        self.require_no_pause(login, address).await?;
        let name = login.to_owned();
        let user = self.read(move |tx| Ok(store::users::find_by_login(tx, &name)?)).await?;
        let hash = match user.as_ref().and_then(|user| user.password_hash.clone()) {
            Some(hash) => hash,
            None => tokio::task::spawn_blocking(|| NO_ACCOUNT_HASH.clone()).await.map_err(Error::internal)?,
        };
        let right = self.verify_password(&turn, password, hash).await?;
        match user {
            Some(user) if right && !user.disabled => {
                let key = super::attempts::account_key(&user.username);
                let by_login = super::attempts::account_key(login);
                let now = self.now();
                self.write(move |tx| {
                    store::attempts::clear(tx, &key)?;
                    store::attempts::clear(tx, &by_login)?;
                    let mut user = store::users::get(tx, user.id)?;
                    user.last_sign_in_at = Some(now);
                    Ok(store::users::update(tx, &user)?)
                })
                .await?;
                self.new_session(user.id, &address.to_string(), user_agent).await
            }
            _ => Err(self.count_wrong_password(login, address).await?),
        }
    }

    pub(super) async fn new_session(&self, user: UserId, address: &str, user_agent: &str) -> Result<String> {
        let secret = crypto::new_secret("");
        let now = self.now();
        let session = Session {
            hash: crypto::hash_secret(&secret),
            user,
            created_at: now,
            last_used_at: now,
            expires_at: now.plus_ms(IDLE_MS),
            address: address.to_owned(),
            user_agent: user_agent.chars().take(200).collect(),
        };
        self.write(move |tx| Ok(store::sessions::put_session(tx, &session)?)).await?;
        Ok(secret)
    }

    /// The actor behind a session's secret.
    ///
    /// # Errors
    /// Unauthenticated if it ended.
    pub async fn authenticate_session(&self, secret: &str) -> Result<Actor> {
        let (hash, now) = (crypto::hash_secret(secret), self.now());
        if let Some(actor) = self.identities.find(&hash, now) {
            return Ok(actor);
        }
        let changes = self.identities.changes();
        let found = self
            .read(move |tx| {
                let Some(session) = store::sessions::find_session(tx, &hash)? else { return Ok(None) };
                let user = store::users::find_by_id(tx, session.user)?;
                Ok(user.map(|user| (session, user)))
            })
            .await?;
        let Some((session, user)) = found.filter(|(session, user)| session.expires_at > now && !user.disabled) else {
            return Err(Error::Unauthenticated {
                code: "session_ended",
                detail: "Your session has ended. Sign in again; nothing you sent is lost.".to_owned(),
            });
        };
        if now.since_ms(session.last_used_at) > TOUCH_MS {
            self.write(move |tx| Ok(store::sessions::touch(tx, &hash, now, now.plus_ms(IDLE_MS))?)).await?;
        }
        let actor = Actor::User { id: user.id, role: user.role, scope: Scope::Admin };
        self.identities.keep(hash, actor.clone(), now, changes);
        Ok(actor)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn sign_out(&self, secret: &str) -> Result<()> {
        let hash = crypto::hash_secret(secret);
        let ended = self
            .write(move |tx| {
                let session = store::sessions::find_session(tx, &hash)?;
                store::sessions::delete(tx, &hash)?;
                Ok(session)
            })
            .await?;
        if let Some(session) = ended {
            self.rights_changed(session.user);
        }
        Ok(())
    }

    /// Where the actor is signed in.
    ///
    /// # Errors
    /// Forbidden for narrow tokens.
    pub async fn list_sessions(&self, actor: &Actor) -> Result<Vec<SessionInfo>> {
        let user = require_user(actor, Scope::Admin)?;
        let mut sessions = self.read(move |tx| Ok(store::sessions::list_of_user(tx, user)?)).await?;
        sessions.sort_by_key(|session| std::cmp::Reverse(session.last_used_at));
        let info = |session: Session| SessionInfo {
            id: session_id(&session.hash),
            user_agent: session.user_agent,
            address: session.address,
            created_at: session.created_at,
            last_used_at: session.last_used_at,
        };
        Ok(sessions.into_iter().map(info).collect())
    }

    /// What the session of a secret is called in lists.
    #[must_use]
    pub fn session_name(secret: &str) -> String {
        session_id(&crypto::hash_secret(secret))
    }

    /// Ends one of the actor's sessions, named by the beginning of its hash.
    ///
    /// # Errors
    /// Not found.
    pub async fn end_session(&self, actor: &Actor, id: &str) -> Result<()> {
        let user = require_user(actor, Scope::Admin)?;
        let sessions = self.read(move |tx| Ok(store::sessions::list_of_user(tx, user)?)).await?;
        let session = sessions.into_iter().find(|session| session_id(&session.hash) == id);
        let hash = session.ok_or_else(|| Error::not_found("session"))?.hash;
        self.write(move |tx| Ok(store::sessions::delete(tx, &hash)?)).await?;
        self.rights_changed(user);
        Ok(())
    }

    /// To be said after every change of a person's rights, sessions or tokens: who is behind which secret is asked anew, by
    /// their live connections too.
    pub(super) fn rights_changed(&self, user: UserId) {
        self.identities.clear();
        self.tell(LiveEvent::AccessChanged { user });
    }
}

fn session_id(hash: &Sha256) -> String {
    hash.to_hex()[..16].to_owned()
}

/// Who was behind which secret a moment ago, so that a burst of requests asks the store once.
#[derive(Default)]
pub(super) struct Identities(Mutex<Known>);

#[derive(Default)]
struct Known {
    actors: HashMap<Sha256, (Actor, Timestamp)>,
    /// Changes of rights so far.
    changes: u64,
}

impl Identities {
    pub(super) fn find(&self, hash: &Sha256, now: Timestamp) -> Option<Actor> {
        let known = self.known();
        let (actor, since) = known.actors.get(hash)?;
        (0..BELIEVED_MS).contains(&now.since_ms(*since)).then(|| actor.clone())
    }

    /// To be asked before the store is: what is learnt there may be over when it is to be kept.
    pub(super) fn changes(&self) -> u64 {
        self.known().changes
    }

    /// Remembers who is behind a secret, unless rights have changed since there had been so many `changes`.
    pub(super) fn keep(&self, hash: Sha256, actor: Actor, now: Timestamp, changes: u64) {
        let mut known = self.known();
        if known.changes != changes {
            return;
        }
        if known.actors.len() >= MOST_IDENTITIES {
            known.actors.clear();
        }
        known.actors.insert(hash, (actor, now));
    }

    fn clear(&self) {
        let mut known = self.known();
        known.actors.clear();
        known.changes += 1;
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_asked_for_before_rights_changed_is_asked_for_again() {
        let (identities, hash, now) = (Identities::default(), Sha256([1; 32]), Timestamp(5));
        let keep = |changes| identities.keep(hash, Actor::System, now, changes);
        keep(identities.changes());
        assert_eq!(identities.find(&hash, now), Some(Actor::System));
        let before = identities.changes();
        identities.clear();
        keep(before);
        assert_eq!(identities.find(&hash, now), None);
    }
}

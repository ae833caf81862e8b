//! Personal tokens: secrets for programs, with scopes.

use super::{App, Error, Result, require_server_admin, require_user};
use crate::crypto;
use crate::domain::actor::{Actor, Scope};
use crate::domain::ids::UserId;
use crate::domain::library::ServerRole;
use crate::domain::time::Timestamp;
pub use crate::store::Token as TokenInfo;
use crate::store::tokens::NewToken;
use crate::store::{self, Token};

/// Characters of a secret that are kept readable, to recognise it by.
const PREFIX_CHARS: usize = 8;
/// The last use is noted no more often than this.
const TOUCH_MS: i64 = 5 * 60_000;

impl App {
    /// The actor behind a token's secret.
    ///
    /// # Errors
    /// Unauthenticated if it is unknown, revoked, expired, or its owner may not sign in.
    pub async fn authenticate_token(&self, secret: &str) -> Result<Actor> {
        let (hash, now) = (crypto::hash_secret(secret), self.now());
        if let Some(actor) = self.identities.find(&hash, now) {
            return Ok(actor);
        }
        let changes = self.identities.changes();
        let found = self
            .read(move |tx| {
                let Some(token) = store::tokens::find_token(tx, &hash)? else { return Ok(None) };
                let user = store::users::find_by_id(tx, token.user)?;
                Ok(user.map(|user| (token, user)))
            })
            .await?;
        let is_good = |token: &Token| token.expires_at.is_none_or(|end| end > now);
        let Some((token, user)) = found.filter(|(token, user)| is_good(token) && !user.disabled) else {
            return Err(Error::Unauthenticated {
                code: "token_invalid",
                detail: "This token is unknown, expired or revoked. Make a new one under Tokens and apps.".to_owned(),
            });
        };
        if token.last_used_at.is_none_or(|at| now.since_ms(at) > TOUCH_MS) {
            self.write(move |tx| Ok(store::tokens::touch(tx, &hash, now)?)).await?;
        }
        let scope = token.scopes.iter().copied().max().unwrap_or(Scope::Read);
        let actor = Actor::User { id: user.id, role: user.role, scope };
        self.identities.keep(hash, actor.clone(), now, changes);
        Ok(actor)
    }

    /// Makes a token for the actor; answers with it and its secret. Without scopes: read and write.
    ///
    /// # Errors
    /// Forbidden for scopes wider than the actor's own; invalid names.
    pub async fn create_token(
        &self,
        actor: &Actor,
        name: &str,
        scopes: &[Scope],
        expires_at: Option<Timestamp>,
    ) -> Result<(Token, String)> {
        let user = require_user(actor, Scope::Admin)?;
        let scopes = if scopes.is_empty() { vec![Scope::Read, Scope::Write] } else { scopes.to_vec() };
        self.store_token(user, name, scopes, expires_at).await
    }

    /// Makes a token for somebody, for the command line. Without scopes: all that the person may.
    ///
    /// # Errors
    /// Forbidden but for server administrators; not found.
    pub async fn create_token_for(
        &self,
        actor: &Actor,
        username: &str,
        name: &str,
        scopes: &[Scope],
    ) -> Result<(Token, String)> {
        require_server_admin(actor)?;
        let user = self.find_account(actor, username).await?;
        let all = if user.role == ServerRole::Admin { &Scope::ALL[..] } else { &Scope::ALL[..2] };
        let scopes = if scopes.is_empty() { all } else { scopes };
        self.store_token(user.id, name, scopes.to_vec(), None).await
    }

    async fn store_token(
        &self,
        user: UserId,
        name: &str,
        scopes: Vec<Scope>,
        expires_at: Option<Timestamp>,
    ) -> Result<(Token, String)> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > 255 || name.chars().any(char::is_control) {
            return Err(Error::invalid(
                "name",
                "Give the token a name of 1 to 255 characters that says what it is for.",
            ));
        }
        if expires_at.is_some_and(|end| end <= self.now()) {
            return Err(Error::invalid("expires_at", "This moment has passed. Choose a later one, or none."));
        }
        let secret = crypto::new_secret("sk_");
        let (hash, prefix) = (crypto::hash_secret(&secret), secret[..PREFIX_CHARS].to_owned());
        let (name, now) = (name.to_owned(), self.now());
        let token = self
            .write(move |tx| {
                let new = NewToken {
                    hash,
                    user,
                    name: name.clone(),
                    scopes: scopes.clone(),
                    prefix: prefix.clone(),
                    expires_at,
                };
                Ok(store::tokens::create(tx, new, now)?)
            })
            .await?;
        Ok((token, secret))
    }

    /// The actor's tokens, newest first.
    ///
    /// # Errors
    /// Forbidden for narrow tokens.
    pub async fn list_tokens(&self, actor: &Actor) -> Result<Vec<Token>> {
        let user = require_user(actor, Scope::Admin)?;
        let mut tokens = self.read(move |tx| Ok(store::tokens::list_of_user(tx, user)?)).await?;
        tokens.sort_by_key(|token| std::cmp::Reverse(token.created_at));
        Ok(tokens)
    }

    /// Revokes one of the actor's tokens.
    ///
    /// # Errors
    /// Not found.
    pub async fn revoke_token(&self, actor: &Actor, id: u64) -> Result<()> {
        let user = require_user(actor, Scope::Admin)?;
        let gone = self.write(move |tx| Ok(store::tokens::delete(tx, user, id)?)).await?;
        self.rights_changed(user);
        if gone { Ok(()) } else { Err(Error::not_found("token")) }
    }
}

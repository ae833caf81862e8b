//! Personal tokens, by the SHA-256 of their secret.

use super::access::{bad_key, find, find_many, put};
use super::engine::{Direction, KeyRange};
use super::error::Result;
use super::meta::{self, Counter};
use super::records::Token;
use super::tables::Table;
use super::transaction::{View, WriteTx};
use super::tuple::{TupleKey, TupleReader};
use crate::domain::actor::Scope;
use crate::domain::ids::{Sha256, UserId};
use crate::domain::time::Timestamp;

/// A token to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// SHA-256 of the secret.
    pub hash: Sha256,
    /// Whose.
    pub user: UserId,
    /// As its owner calls it.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<Scope>,
    /// The first characters of the secret.
    pub prefix: String,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
}

fn key(hash: &Sha256) -> Vec<u8> {
    TupleKey::new().sha(hash).done()
}

fn user_key(user: UserId, id: u64) -> Vec<u8> {
    TupleKey::new().user(user).u64(id).done()
}

/// Keeps a new token.
pub fn create(tx: &mut WriteTx<'_>, new: NewToken, at: Timestamp) -> Result<Token> {
    let token = Token {
        id: meta::next(tx, Counter::Tokens)?,
        hash: new.hash,
        user: new.user,
        name: new.name,
        scopes: new.scopes,
        prefix: new.prefix,
        created_at: at,
        last_used_at: None,
        expires_at: new.expires_at,
    };
    tx.put(Table::TokensByUser, &user_key(token.user, token.id), &key(&token.hash))?;
    put(tx, Table::Tokens, &key(&token.hash), &token)?;
    Ok(token)
}

/// The token of that secret. The caller compares `expires_at` with its clock.
pub fn find_token(tx: &impl View, hash: &Sha256) -> Result<Option<Token>> {
    find(tx, Table::Tokens, &key(hash))
}

/// Notes that a token was used. Nothing happens when it is gone.
pub fn touch(tx: &mut WriteTx<'_>, hash: &Sha256, now: Timestamp) -> Result<()> {
    match find_token(tx, hash)? {
        Some(token) => put(tx, Table::Tokens, &key(hash), &Token { last_used_at: Some(now), ..token }),
        None => Ok(()),
    }
}

/// All tokens of a person, oldest first.
pub fn list_of_user(tx: &impl View, user: UserId) -> Result<Vec<Token>> {
    let range = KeyRange::prefix(&TupleKey::new().user(user).done());
    let entries = tx.engine().scan(Table::TokensByUser, &range, Direction::Up, usize::MAX)?;
    let keys: Vec<_> = entries.into_iter().map(|(_, hash)| hash).collect();
    Ok(find_many(tx, Table::Tokens, &keys)?.into_iter().flatten().collect())
}

/// Revokes a person's token by its number; `false` if they have none of that number.
pub fn delete(tx: &mut WriteTx<'_>, user: UserId, id: u64) -> Result<bool> {
    let index = user_key(user, id);
    let Some(hash) = tx.engine().get(Table::TokensByUser, &index)? else { return Ok(false) };
    let hash = TupleReader::new(&hash).sha().ok_or_else(|| bad_key(Table::TokensByUser))?;
    tx.delete(Table::TokensByUser, &index)?;
    tx.delete(Table::Tokens, &key(&hash))?;
    Ok(true)
}

/// Revokes all tokens of a person; returns how many.
pub fn delete_of_user(tx: &mut WriteTx<'_>, user: UserId) -> Result<usize> {
    let tokens = list_of_user(tx, user)?;
    for token in &tokens {
        delete(tx, user, token.id)?;
    }
    Ok(tokens.len())
}

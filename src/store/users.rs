//! People.

use unicode_normalization::UnicodeNormalization as _;

use super::access::{bad_key, find, find_many, put, scan};
use super::engine::{Direction, KeyRange};
use super::error::{Error, Result};
use super::meta::{self, Counter};
use super::records::User;
use super::tables::Table;
use super::transaction::{View, WriteTx};
use super::tuple::{TupleKey, TupleReader};
use crate::domain::ids::UserId;
use crate::domain::library::ServerRole;
use crate::domain::time::Timestamp;

/// An account to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUser {
    /// As typed, checked by the caller.
    pub username: String,
    /// As typed, checked by the caller.
    pub email: Option<String>,
    /// As shown to others.
    pub display_name: String,
    /// On the server.
    pub role: ServerRole,
    /// In PHC string format.
    pub password_hash: Option<String>,
}

/// The form in which usernames and e-mail addresses are compared.
#[must_use]
pub fn fold(login: &str) -> String {
    login.trim().nfkc().collect::<String>().to_lowercase().nfkc().collect()
}

fn key(id: UserId) -> Vec<u8> {
    TupleKey::new().user(id).done()
}

fn login_key(login: &str) -> Vec<u8> {
    TupleKey::new().text(&fold(login)).done()
}

/// Makes an account.
///
/// # Errors
/// [`Error::Taken`] (`username` or `email`) if somebody has that name or address, in whatever case, as either.
pub fn create(tx: &mut WriteTx<'_>, new: NewUser, at: Timestamp) -> Result<User> {
    let user = User {
        id: UserId(meta::next(tx, Counter::Users)?),
        username: new.username,
        email: new.email,
        display_name: new.display_name,
        role: new.role,
        disabled: false,
        password_hash: new.password_hash,
        password_changed_at: at,
        created_at: at,
        upload_limit_bytes: None,
        last_sign_in_at: None,
    };
    store(tx, None, &user)?;
    Ok(user)
}

/// Stores a changed account.
///
/// # Errors
/// [`Error::NotFound`] without such an account, [`Error::Taken`] as in [`create`].
pub fn update(tx: &mut WriteTx<'_>, user: &User) -> Result<()> {
    let old = get(tx, user.id)?;
    store(tx, Some(&old), user)
}

/// Writes the record and its index.
fn store(tx: &mut WriteTx<'_>, old: Option<&User>, user: &User) -> Result<()> {
    for login in old.into_iter().flat_map(logins) {
        tx.delete(Table::UsersByLogin, &login_key(login))?;
    }
    for (what, login) in [("username", Some(&user.username)), ("email", user.email.as_ref())] {
        let Some(login) = login else { continue };
        let login = login_key(login);
        let owner = tx.engine().get(Table::UsersByLogin, &login)?;
        if owner.is_some_and(|owner| owner != key(user.id)) {
            return Err(Error::Taken(what));
        }
        tx.put(Table::UsersByLogin, &login, &key(user.id))?;
    }
    put(tx, Table::Users, &key(user.id), user)
}

fn logins(user: &User) -> impl Iterator<Item = &str> {
    std::iter::once(user.username.as_str()).chain(user.email.as_deref())
}

/// The account of that number.
///
/// # Errors
/// [`Error::NotFound`] without one.
pub fn get(tx: &impl View, id: UserId) -> Result<User> {
    find_by_id(tx, id)?.ok_or(Error::NotFound("user"))
}

/// The account of that number.
pub fn find_by_id(tx: &impl View, id: UserId) -> Result<Option<User>> {
    find(tx, Table::Users, &key(id))
}

/// The accounts of these numbers, in their order.
pub fn get_many(tx: &impl View, ids: &[UserId]) -> Result<Vec<Option<User>>> {
    find_many(tx, Table::Users, &ids.iter().map(|id| key(*id)).collect::<Vec<_>>())
}

/// The account with that username or e-mail address, in whatever case.
pub fn find_by_login(tx: &impl View, login: &str) -> Result<Option<User>> {
    let Some(id) = tx.engine().get(Table::UsersByLogin, &login_key(login))? else { return Ok(None) };
    let id = TupleReader::new(&id).u64().ok_or_else(|| bad_key(Table::UsersByLogin))?;
    find_by_id(tx, UserId(id))
}

/// The account with that username, in whatever case.
pub fn find_by_username(tx: &impl View, username: &str) -> Result<Option<User>> {
    let found = find_by_login(tx, username)?;
    Ok(found.filter(|user| fold(&user.username) == fold(username)))
}

/// At most `limit` accounts in the order in which they were made, behind `after`.
pub fn list(tx: &impl View, after: Option<UserId>, limit: usize) -> Result<Vec<User>> {
    let range = match after {
        Some(id) => KeyRange::all().after(key(id)),
        None => KeyRange::all(),
    };
    Ok(scan(tx, Table::Users, &range, Direction::Up, limit)?.into_iter().map(|(_, user)| user).collect())
}

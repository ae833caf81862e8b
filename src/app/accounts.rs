//! People: making accounts, changing them, passwords.

use std::sync::atomic::Ordering;

use tokio::sync::SemaphorePermit;

use super::answers::{Once, make_once};
use super::{App, Error, Result, require_server_admin, require_user};
use crate::crypto;
use crate::domain::account::{EmailAddress, Username};
use crate::domain::actor::{Actor, Scope};
use crate::domain::ids::UserId;
use crate::domain::library::{LibraryKind, ServerRole};
use crate::domain::time::Timestamp;
pub use crate::store::User as UserInfo;
use crate::store::users::NewUser;
use crate::store::{self, AuditEntry, User, WriteTx};

/// An account as somebody asks for it. (Not `Debug`: no log line is to show a password.)
#[derive(Clone)]
pub struct NewAccount {
    /// Short name for signing in.
    pub username: String,
    /// E-mail address.
    pub email: String,
    /// As shown; empty: the username.
    pub display_name: String,
    /// First password.
    pub password: String,
}

/// What to change in an account.
#[derive(Clone, Default)]
pub struct AccountChange {
    /// Another role.
    pub role: Option<ServerRole>,
    /// Whether they may not sign in.
    pub disabled: Option<bool>,
    /// Another password.
    pub password: Option<String>,
}

pub(super) struct CheckedAccount {
    username: Username,
    email: EmailAddress,
    display_name: String,
    pub(super) password: String,
}

pub(super) fn check_account(account: NewAccount) -> Result<CheckedAccount> {
    let username = Username::parse(&account.username).map_err(|problem| Error::invalid("username", problem))?;
    let email = EmailAddress::parse(&account.email).map_err(|problem| Error::invalid("email", problem))?;
    check_password(&account.password)?;
    let display_name = check_display_name(&account.display_name)?;
    let display_name = if display_name.is_empty() { username.as_str().to_owned() } else { display_name };
    Ok(CheckedAccount { username, email, display_name, password: account.password })
}

fn check_display_name(text: &str) -> Result<String> {
    let text = text.trim();
    if text.chars().count() > 255 || text.chars().any(char::is_control) {
        return Err(Error::invalid("display_name", "A name has at most 255 characters on one line."));
    }
    Ok(text.to_owned())
}

fn check_password(password: &str) -> Result<()> {
    if password.chars().count() < crypto::MIN_PASSWORD_CHARS {
        let detail = format!("A password has at least {} characters. A few words do well.", crypto::MIN_PASSWORD_CHARS);
        return Err(Error::invalid("password", detail));
    }
    if password.len() > crypto::MAX_PASSWORD_BYTES {
        return Err(Error::invalid(
            "password",
            format!("A password has at most {} bytes.", crypto::MAX_PASSWORD_BYTES),
        ));
    }
    Ok(())
}

/// Writes the account with its own library.
pub(super) fn create_account(
    tx: &mut WriteTx<'_>,
    account: &CheckedAccount,
    role: ServerRole,
    password_hash: &str,
    now: Timestamp,
) -> Result<User> {
    let new = NewUser {
        username: account.username.as_str().to_owned(),
        email: Some(account.email.as_str().to_owned()),
        display_name: account.display_name.clone(),
        role,
        password_hash: Some(password_hash.to_owned()),
    };
    let user = store::users::create(tx, new, now)?;
    store::libraries::create(tx, LibraryKind::User, "My library", user.id, now)?;
    Ok(user)
}

impl App {
    /// One of the few turns in which passwords are worked on. Who has one must not wait for another.
    pub(super) async fn password_turn(&self) -> Result<SemaphorePermit<'_>> {
        self.password_work.acquire().await.map_err(Error::internal)
    }

    pub(super) async fn hash_password(&self, password: String) -> Result<String> {
        let _turn = self.password_turn().await?;
        tokio::task::spawn_blocking(move || crypto::hash_password(&password)).await.map_err(Error::internal)
    }

    pub(super) async fn verify_password(
        &self,
        _turn: &SemaphorePermit<'_>,
        password: String,
        hash: String,
    ) -> Result<bool> {
        tokio::task::spawn_blocking(move || crypto::verify_password(&password, &hash)).await.map_err(Error::internal)
    }

    /// Makes an account. An administrator made this way ends the setup.
    ///
    /// # Errors
    /// Forbidden but for server administrators; invalid or taken names.
    pub async fn create_user(
        &self,
        actor: &Actor,
        account: NewAccount,
        role: ServerRole,
        once: Option<Once<User>>,
    ) -> Result<User> {
        require_server_admin(actor)?;
        let checked = check_account(account)?;
        let password_hash = self.hash_password(checked.password.clone()).await?;
        let (now, by) = (self.now(), actor.user_id());
        let user = self
            .write(move |tx| {
                make_once(tx, once.as_ref(), now, |tx| {
                    let user = create_account(tx, &checked, role, &password_hash, now)?;
                    audit(tx, by, "user.create", &user.username, role.as_str(), now)?;
                    if role == ServerRole::Admin {
                        finish_setup(tx)?;
                    }
                    Ok(user)
                })
            })
            .await?;
        if role == ServerRole::Admin {
            self.is_set_up.store(true, Ordering::Release);
        }
        Ok(user)
    }

    /// Everybody with an account, by number.
    ///
    /// # Errors
    /// Forbidden but for server administrators.
    pub async fn list_users(&self, actor: &Actor) -> Result<Vec<User>> {
        require_server_admin(actor)?;
        self.read(|tx| Ok(store::users::list(tx, None, usize::MAX)?)).await
    }

    /// Changes somebody's role, password, or whether they may sign in. All their sessions end.
    ///
    /// # Errors
    /// Forbidden but for server administrators; a conflict if no administrator would be left.
    pub async fn change_user(&self, actor: &Actor, id: UserId, change: AccountChange) -> Result<User> {
        require_server_admin(actor)?;
        let password_hash = match change.password {
            Some(password) => {
                check_password(&password)?;
                Some(self.hash_password(password).await?)
            }
            None => None,
        };
        let (now, by) = (self.now(), actor.user_id());
        let (role, disabled) = (change.role, change.disabled);
        let user = self
            .write(move |tx| {
                let mut user = store::users::get(tx, id)?;
                let was_admin = user.role == ServerRole::Admin && !user.disabled;
                user.role = role.unwrap_or(user.role);
                user.disabled = disabled.unwrap_or(user.disabled);
                if was_admin && (user.role != ServerRole::Admin || user.disabled) {
                    require_another_admin(tx, id)?;
                }
                if let Some(hash) = &password_hash {
                    user.password_hash = Some(hash.clone());
                    user.password_changed_at = now;
                }
                store::users::update(tx, &user)?;
                store::sessions::delete_of_user(tx, id, None)?;
                if user.disabled {
                    store::tokens::delete_of_user(tx, id)?;
                }
                let what =
                    format!("role {}, {}", user.role.as_str(), if user.disabled { "deactivated" } else { "active" });
                audit(tx, by, "user.change", &user.username, &what, now)?;
                Ok(user)
            })
            .await?;
        self.rights_changed(id);
        Ok(user)
    }

    /// Gives the account of that username another password.
    ///
    /// # Errors
    /// Forbidden but for server administrators; not found.
    pub async fn reset_password(&self, actor: &Actor, username: &str, password: String) -> Result<()> {
        require_server_admin(actor)?;
        let name = username.to_owned();
        let user = self
            .read(move |tx| Ok(store::users::find_by_username(tx, &name)?))
            .await?
            .ok_or_else(|| Error::not_found("account"))?;
        self.change_user(actor, user.id, AccountChange { password: Some(password), ..AccountChange::default() })
            .await?;
        let keys = super::attempts::account_key(&user.username);
        self.write(move |tx| Ok(store::attempts::clear(tx, &keys)?)).await?;
        Ok(())
    }

    /// Changes one's own password; other sessions end.
    ///
    /// # Errors
    /// Invalid if the old one is wrong or the new one too short.
    pub async fn change_own_password(
        &self,
        actor: &Actor,
        old: String,
        new: String,
        keep_session: Option<&str>,
    ) -> Result<()> {
        let id = require_user(actor, Scope::Admin)?;
        check_password(&new)?;
        let user = self.read(move |tx| Ok(store::users::get(tx, id)?)).await?;
        let turn = self.password_turn().await?;
        let right = self.verify_password(&turn, old, user.password_hash.unwrap_or_default()).await?;
        drop(turn);
        if !right {
            return Err(Error::invalid("old", "This is not your present password."));
        }
        let (hash, now) = (self.hash_password(new).await?, self.now());
        let keep = keep_session.map(crypto::hash_secret);
        self.write(move |tx| {
            let mut user = store::users::get(tx, id)?;
            user.password_hash = Some(hash.clone());
            user.password_changed_at = now;
            store::users::update(tx, &user)?;
            store::sessions::delete_of_user(tx, id, keep.as_ref())?;
            audit(tx, Some(id), "user.password", &user.username, "", now)
        })
        .await?;
        self.rights_changed(id);
        Ok(())
    }

    /// Changes one's own name as shown.
    ///
    /// # Errors
    /// Invalid if it is too long.
    pub async fn change_own_profile(&self, actor: &Actor, display_name: &str) -> Result<User> {
        let id = require_user(actor, Scope::Write)?;
        let name = check_display_name(display_name)?;
        self.write(move |tx| {
            let mut user = store::users::get(tx, id)?;
            user.display_name = if name.is_empty() { user.username.clone() } else { name.clone() };
            store::users::update(tx, &user)?;
            Ok(user)
        })
        .await
    }

    /// The account behind an actor.
    ///
    /// # Errors
    /// Forbidden for the program itself.
    pub async fn own_account(&self, actor: &Actor) -> Result<User> {
        let id = require_user(actor, Scope::Read)?;
        self.read(move |tx| Ok(store::users::get(tx, id)?)).await
    }

    /// The account of a username, for the command line.
    ///
    /// # Errors
    /// Forbidden but for server administrators; not found.
    pub async fn find_account(&self, actor: &Actor, username: &str) -> Result<User> {
        require_server_admin(actor)?;
        let name = username.to_owned();
        self.read(move |tx| Ok(store::users::find_by_username(tx, &name)?))
            .await?
            .ok_or_else(|| Error::not_found("account"))
    }
}

fn finish_setup(tx: &mut WriteTx<'_>) -> Result<()> {
    if store::meta::find_identity(tx)?.is_none() {
        let identity = store::meta::ServerIdentity { id: crypto::new_secret(""), name: "ScrollKeeper".to_owned() };
        store::meta::put_identity(tx, &identity)?;
    }
    Ok(store::meta::put_setup(tx, &store::meta::Setup { is_done: true, token_hash: None })?)
}

fn require_another_admin(tx: &WriteTx<'_>, id: UserId) -> Result<()> {
    let users = store::users::list(tx, None, usize::MAX)?;
    if users.iter().any(|other| other.id != id && other.role == ServerRole::Admin && !other.disabled) {
        return Ok(());
    }
    Err(Error::Conflict {
        code: "last_admin",
        detail: "This is the last administrator. Make another one first.".to_owned(),
    })
}

/// Notes an administrator's act.
pub(super) fn audit(
    tx: &mut WriteTx<'_>,
    user: Option<UserId>,
    action: &str,
    subject: &str,
    detail: &str,
    at: Timestamp,
) -> Result<()> {
    let entry = AuditEntry {
        id: 0,
        at,
        user,
        address: None,
        action: action.to_owned(),
        subject: subject.to_owned(),
        detail: detail.to_owned(),
    };
    store::audit::append(tx, entry)?;
    Ok(())
}

//! The first start: a one-time link, then the first administrator.

use std::sync::atomic::Ordering;

use super::accounts::{NewAccount, check_account, create_account};
use super::{App, Error, Result};
use crate::crypto;
use crate::domain::library::ServerRole;
use crate::store::{self, meta};

/// What the setup page asks for.
#[derive(Clone)]
pub struct FirstAccount {
    /// The secret in the link.
    pub token: String,
    /// The name of the place; empty: ScrollKeeper.
    pub server_name: String,
    /// The account.
    pub account: NewAccount,
}

impl App {
    /// Whether an administrator exists. Before that, nothing but setup is served.
    #[must_use]
    pub fn is_set_up(&self) -> bool {
        self.is_set_up.load(Ordering::Acquire)
    }

    /// Makes a new one-time secret; earlier ones no longer work.
    ///
    /// # Errors
    /// A conflict if an administrator exists.
    pub async fn new_setup_token(&self) -> Result<String> {
        let token = crypto::new_secret("");
        let hash = crypto::hash_secret(&token);
        self.write(move |tx| {
            let mut setup = meta::setup(tx)?;
            if setup.is_done {
                return Err(already_done());
            }
            setup.token_hash = Some(hash);
            Ok(meta::put_setup(tx, &setup)?)
        })
        .await?;
        Ok(token)
    }

    /// Makes the first administrator and answers with a session for the browser that did it.
    ///
    /// # Errors
    /// Forbidden with a wrong or used secret, invalid for an account that cannot be.
    pub async fn complete_setup(&self, first: FirstAccount, address: &str, user_agent: &str) -> Result<String> {
        let wrong =
            || Error::Forbidden("This setup link is not valid (any more). Use the one printed last.".to_owned());
        if self.is_set_up() {
            return Err(already_done());
        }
        let hash = crypto::hash_secret(first.token.trim());
        let setup = self.read(|tx| Ok(meta::setup(tx)?)).await?;
        if setup.token_hash != Some(hash) {
            return Err(wrong());
        }
        let checked = check_account(first.account)?;
        let password_hash = self.hash_password(checked.password.clone()).await?;
        let now = self.now();
        let name = Some(first.server_name.trim().to_owned()).filter(|name| !name.is_empty());
        let identity = meta::ServerIdentity {
            id: crypto::new_secret(""),
            name: name.unwrap_or_else(|| "ScrollKeeper".to_owned()),
        };
        let user = self
            .write(move |tx| {
                let mut setup = meta::setup(tx)?;
                if setup.is_done {
                    return Err(already_done());
                }
                if setup.token_hash != Some(hash) {
                    return Err(wrong());
                }
                meta::put_identity(tx, &identity)?;
                let user = create_account(tx, &checked, ServerRole::Admin, &password_hash, now)?;
                setup = meta::Setup { is_done: true, token_hash: None };
                meta::put_setup(tx, &setup)?;
                Ok(user)
            })
            .await?;
        self.is_set_up.store(true, Ordering::Release);
        self.new_session(user.id, address, user_agent).await
    }

    /// The name of the place.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn server_name(&self) -> Result<String> {
        let identity = self.read(|tx| Ok(store::meta::find_identity(tx)?)).await?;
        Ok(identity.map_or_else(|| "ScrollKeeper".to_owned(), |identity| identity.name))
    }
}

fn already_done() -> Error {
    Error::Conflict {
        code: "already_set_up",
        detail: "This server has an administrator already. Sign in, or ask them for an account.".to_owned(),
    }
}

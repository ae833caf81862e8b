//! People and what they sign in with.

use minicbor::{Decode, Encode};

use crate::domain::actor::Scope;
use crate::domain::ids::{Sha256, UserId};
use crate::domain::library::ServerRole;
use crate::domain::time::Timestamp;

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct User {
    /// Their number.
    #[n(0)]
    pub id: UserId,
    /// As typed; unique without regard to case.
    #[n(1)]
    pub username: String,
    /// As typed; unique without regard to case.
    #[n(2)]
    pub email: Option<String>,
    /// As shown to others.
    #[n(3)]
    pub display_name: String,
    /// On the server.
    #[n(4)]
    pub role: ServerRole,
    /// May not sign in.
    #[n(5)]
    pub disabled: bool,
    /// In PHC string format; without one they cannot sign in by password.
    #[n(6)]
    pub password_hash: Option<String>,
    /// When the password was last set.
    #[n(7)]
    pub password_changed_at: Timestamp,
    /// When the account was made.
    #[n(8)]
    pub created_at: Timestamp,
    /// Greatest file they may upload, if it differs from the server's limit.
    #[n(9)]
    pub upload_limit_bytes: Option<u64>,
    /// When they last signed in.
    #[n(10)]
    pub last_sign_in_at: Option<Timestamp>,
}

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Session {
    /// SHA-256 of the cookie's secret.
    #[n(0)]
    pub hash: Sha256,
    /// Whose.
    #[n(1)]
    pub user: UserId,
    /// When they signed in.
    #[n(2)]
    pub created_at: Timestamp,
    /// When it was last used, give or take some minutes.
    #[n(3)]
    pub last_used_at: Timestamp,
    /// When it ends by itself.
    #[n(4)]
    pub expires_at: Timestamp,
    /// Address it was made from.
    #[n(5)]
    pub address: String,
    /// What the browser called itself.
    #[n(6)]
    pub user_agent: String,
}

/// A personal token.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Token {
    /// Its number; given when it is created.
    #[n(0)]
    pub id: u64,
    /// SHA-256 of the secret.
    #[n(1)]
    pub hash: Sha256,
    /// Whose.
    #[n(2)]
    pub user: UserId,
    /// As its owner calls it.
    #[n(3)]
    pub name: String,
    /// What it may be used for.
    #[n(4)]
    pub scopes: Vec<Scope>,
    /// The first characters of the secret, to recognise it by.
    #[n(5)]
    pub prefix: String,
    /// When it was made.
    #[n(6)]
    pub created_at: Timestamp,
    /// When it was last used, give or take some minutes.
    #[n(7)]
    pub last_used_at: Option<Timestamp>,
    /// When it ends by itself.
    #[n(8)]
    pub expires_at: Option<Timestamp>,
}

/// Failed attempts under one key (an address or an account), and the ban they led to.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Attempts {
    /// What is counted: `address:192.0.2.1`, `account:ada`.
    #[n(0)]
    pub key: String,
    /// Failures since `first_at`.
    #[n(1)]
    pub count: u32,
    /// When this run of failures began.
    #[n(2)]
    pub first_at: Timestamp,
    /// The last failure.
    #[n(3)]
    pub last_at: Timestamp,
    /// Until when everything under this key is refused.
    #[n(4)]
    pub blocked_until: Option<Timestamp>,
    /// Bans so far; each is longer than the one before.
    #[n(5)]
    #[cbor(default)]
    pub bans: u32,
}

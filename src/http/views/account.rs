//! People, sessions, tokens on the wire.

use poem_openapi::Object;

use super::time_text;
use crate::app::accounts::UserInfo;

/// A person.
#[derive(Debug, Clone, Object)]
#[oai(rename = "User")]
pub struct UserView {
    /// Their number.
    pub id: u64,
    /// Short name for signing in and mentions.
    pub username: String,
    /// Name as shown.
    pub display_name: String,
    /// E-mail address.
    pub email: String,
    /// `member` or `admin`.
    pub role: String,
    /// Whether they may not sign in.
    pub disabled: bool,
    /// When the account was made.
    pub created_at: String,
    /// When they were last seen.
    #[oai(skip_serializing_if_is_none)]
    pub last_seen_at: Option<String>,
}

impl From<UserInfo> for UserView {
    fn from(user: UserInfo) -> Self {
        Self {
            id: user.id.0,
            username: user.username,
            display_name: user.display_name,
            email: user.email.unwrap_or_default(),
            role: user.role.as_str().to_owned(),
            disabled: user.disabled,
            created_at: time_text(user.created_at),
            last_seen_at: user.last_sign_in_at.map(time_text),
        }
    }
}

/// A page of people.
#[derive(Debug, Clone, Object)]
#[oai(rename = "UserList")]
pub struct UserListView {
    /// In the order in which they came.
    pub items: Vec<UserView>,
}

/// Who is signed in, and where.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Session")]
pub struct SessionView {
    /// The person.
    pub user: UserView,
    /// The name of the place.
    pub server_name: String,
    /// Whether scanned pages are recognised here.
    pub recognises_scans: bool,
}

/// Sign-in.
#[derive(Debug, Clone, Object)]
#[oai(rename = "SignIn")]
pub struct SignInView {
    /// Username or e-mail address.
    #[oai(validator(max_length = 255))]
    pub login: String,
    /// Password.
    #[oai(validator(max_length = 1024))]
    pub password: String,
}

/// Another password.
#[derive(Debug, Clone, Object)]
#[oai(rename = "PasswordChange")]
pub struct PasswordChangeView {
    /// The one until now.
    #[oai(validator(max_length = 1024))]
    pub old: String,
    /// The one from now on.
    #[oai(validator(max_length = 1024))]
    pub new: String,
}

/// A merge patch for one's own profile.
#[derive(Debug, Clone, Object)]
#[oai(rename = "ProfilePatch")]
pub struct ProfilePatchView {
    /// Another name as shown.
    #[oai(validator(min_length = 1, max_length = 255))]
    pub display_name: String,
}

/// Whether an administrator exists.
#[derive(Debug, Clone, Object)]
#[oai(rename = "SetupState")]
pub struct SetupStateView {
    /// Whether the server is set up.
    pub done: bool,
    /// The name of the place, once it is.
    #[oai(skip_serializing_if_is_none)]
    pub server_name: Option<String>,
}

/// The first account.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Setup")]
pub struct SetupView {
    /// The secret in the setup link.
    #[oai(validator(max_length = 255))]
    pub token: String,
    /// Username.
    #[oai(validator(max_length = 64))]
    pub username: String,
    /// E-mail address.
    #[oai(validator(max_length = 255))]
    pub email: String,
    /// Name as shown; empty: the username.
    #[oai(default, validator(max_length = 255))]
    pub display_name: String,
    /// Password.
    #[oai(validator(max_length = 1024))]
    pub password: String,
    /// The name of the place.
    #[oai(default, validator(max_length = 255))]
    pub server_name: String,
}

/// A browser in which somebody is signed in.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Browser")]
pub struct BrowserView {
    /// Its identifier (not the secret).
    pub id: String,
    /// What the browser calls itself.
    pub user_agent: String,
    /// From which address.
    pub address: String,
    /// When it signed in.
    pub created_at: String,
    /// When it was last used.
    pub last_used_at: String,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// Where somebody is signed in.
#[derive(Debug, Clone, Object)]
#[oai(rename = "BrowserList")]
pub struct BrowserListView {
    /// Last used first.
    pub items: Vec<BrowserView>,
}

/// A personal token.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Token")]
pub struct TokenView {
    /// Its identifier (not the secret).
    pub id: String,
    /// What it is for.
    pub name: String,
    /// `read`, `write`, `admin`.
    pub scopes: Vec<String>,
    /// When it was made.
    pub created_at: String,
    /// When it was last used.
    #[oai(skip_serializing_if_is_none)]
    pub last_used_at: Option<String>,
    /// When it ends.
    #[oai(skip_serializing_if_is_none)]
    pub expires_at: Option<String>,
}

/// A person's tokens.
#[derive(Debug, Clone, Object)]
#[oai(rename = "TokenList")]
pub struct TokenListView {
    /// Newest first.
    pub items: Vec<TokenView>,
}

/// A token to make.
#[derive(Debug, Clone, Object)]
#[oai(rename = "NewToken")]
pub struct NewTokenView {
    /// What it is for.
    #[oai(validator(min_length = 1, max_length = 255))]
    pub name: String,
    /// `read`, `write`, `admin`; empty: read and write.
    #[oai(default)]
    pub scopes: Vec<String>,
    /// When it ends (RFC 3339); absent: never.
    pub expires_at: Option<String>,
}

/// A token just made.
#[derive(Debug, Clone, Object)]
#[oai(rename = "TokenSecret")]
pub struct TokenSecretView {
    /// Its identifier.
    pub id: String,
    /// The secret; shown this once.
    pub secret: String,
}

/// A person to add.
#[derive(Debug, Clone, Object)]
#[oai(rename = "NewUser")]
pub struct NewUserView {
    /// Username.
    #[oai(validator(max_length = 64))]
    pub username: String,
    /// E-mail address.
    #[oai(validator(max_length = 255))]
    pub email: String,
    /// Name as shown; empty: the username.
    #[oai(default, validator(max_length = 255))]
    pub display_name: String,
    /// `member` or `admin`.
    #[oai(default = "default_role")]
    pub role: String,
    /// First password.
    #[oai(validator(max_length = 1024))]
    pub password: String,
}

fn default_role() -> String {
    "member".to_owned()
}

/// A merge patch for a person.
#[derive(Debug, Clone, Object)]
#[oai(rename = "UserPatch")]
pub struct UserPatchView {
    /// Another role.
    pub role: Option<String>,
    /// Whether they may not sign in.
    pub disabled: Option<bool>,
    /// Another password.
    #[oai(validator(max_length = 1024))]
    pub password: Option<String>,
}

/// An address or account that was stopped for too many wrong passwords.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Ban")]
pub struct BanView {
    /// Its identifier.
    pub id: String,
    /// `address` or `account`.
    pub kind: String,
    /// Which one.
    pub subject: String,
    /// Wrong tries that led to it.
    pub tries: u32,
    /// Until when.
    pub until: String,
}

/// Who is stopped now.
#[derive(Debug, Clone, Object)]
#[oai(rename = "BanList")]
pub struct BanListView {
    /// Latest end first.
    pub items: Vec<BanView>,
}

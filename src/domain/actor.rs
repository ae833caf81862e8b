//! On whose behalf a use case runs.

use super::ids::UserId;
use super::library::ServerRole;

/// What a personal token may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Everything that only reads.
    Read,
    /// Also everything that changes papers, collections, uploads.
    Write,
    /// Also administration, as far as the person may.
    Admin,
}

impl Scope {
    /// All scopes, narrowest first.
    pub const ALL: [Scope; 3] = [Scope::Read, Scope::Write, Scope::Admin];

    /// The name in the API and in records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Write => "write",
            Scope::Admin => "admin",
        }
    }

    /// The scope of that name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == text)
    }
}

/// Who acts. Every use case takes one first and checks it before anything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in person, or one of their tokens with its widest scope.
    User {
        /// The person.
        id: UserId,
        /// Their role on the server.
        role: ServerRole,
        /// How far they may go: [`Scope::Admin`] for a browser session.
        scope: Scope,
    },
    /// The program itself: jobs, start-up, the command line on this machine.
    System,
}

impl Actor {
    /// The person behind the act, if there is one.
    #[must_use]
    pub fn user_id(&self) -> Option<UserId> {
        match self {
            Actor::User { id, .. } => Some(*id),
            Actor::System => None,
        }
    }
}

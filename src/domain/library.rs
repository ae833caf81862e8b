//! Libraries, and what a role may do in them.

use super::ids::{LibraryId, UserId, Version};

/// Whose a library is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LibraryKind {
    /// One person's own; made with the account, exactly one each.
    User,
    /// Shared by its members.
    Group,
}

/// A library as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library {
    /// Its number.
    pub id: LibraryId,
    /// Its kind.
    pub kind: LibraryKind,
    /// Its name as shown.
    pub name: String,
    /// For [`LibraryKind::User`] the person; for a group who made it.
    pub owner: UserId,
    /// Rises by one with each write, never goes down.
    pub version: Version,
}

/// What a person is in a library. Each role may do all that the ones before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Reads, searches, downloads.
    Reader,
    /// Comments and annotates.
    Commenter,
    /// Adds, edits, trashes papers and collections.
    Editor,
    /// Manages members up to [`Role::Admin`].
    Admin,
    /// Manages everybody, deletes the library.
    Owner,
}

impl Role {
    /// All roles, weakest first.
    pub const ALL: [Role; 5] = [Role::Reader, Role::Commenter, Role::Editor, Role::Admin, Role::Owner];

    /// The name in the API and in records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Commenter => "commenter",
            Role::Editor => "editor",
            Role::Admin => "admin",
            Role::Owner => "owner",
        }
    }

    /// The role of that name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

/// What a person is on the whole server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ServerRole {
    /// Has an own library and the groups they were added to.
    Member,
    /// Also sees and changes settings, people, jobs.
    Admin,
}

impl ServerRole {
    /// The name in the API and in records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ServerRole::Member => "member",
            ServerRole::Admin => "admin",
        }
    }

    /// The role of that name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [ServerRole::Member, ServerRole::Admin].into_iter().find(|role| role.as_str() == text)
    }
}

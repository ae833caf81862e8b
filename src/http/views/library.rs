//! Libraries, members, changes on the wire.

use std::collections::BTreeMap;

use poem_openapi::Object;

use super::time_text;
use crate::app::activity::ActivityWindow;
use crate::app::catalogue::Facets;
use crate::domain::change::{Change, ChangeKind, ObjectKind};
use crate::domain::library::{Library, LibraryKind, Role};

/// A library.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Library")]
pub struct LibraryView {
    /// Its number.
    pub id: u64,
    /// `user` or `group`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: u64,
    /// The asking person's role in it.
    pub role: String,
}

impl LibraryView {
    /// A library as somebody with that role sees it.
    #[must_use]
    pub fn new(library: Library, role: Role) -> Self {
        let kind = match library.kind {
            LibraryKind::User => "user",
            LibraryKind::Group => "group",
        };
        Self {
            id: library.id.0,
            kind: kind.to_owned(),
            name: library.name,
            version: library.version.0,
            role: role.as_str().to_owned(),
        }
    }
}

/// The libraries of a person.
#[derive(Debug, Clone, Object)]
#[oai(rename = "LibraryList")]
pub struct LibraryListView {
    /// Their own first, then groups by name.
    pub items: Vec<LibraryView>,
}

/// A new group.
#[derive(Debug, Clone, Object)]
#[oai(rename = "NewLibrary")]
pub struct NewLibraryView {
    /// Its name.
    #[oai(validator(min_length = 1, max_length = 255))]
    pub name: String,
    /// `group`; everybody's own library comes with the account.
    pub kind: String,
}

/// A merge patch for a library.
#[derive(Debug, Clone, Object)]
#[oai(rename = "LibraryPatch")]
pub struct LibraryPatchView {
    /// Another name.
    #[oai(validator(min_length = 1, max_length = 255))]
    pub name: String,
}

/// A member of a library.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Member")]
pub struct MemberView {
    /// Who.
    pub username: String,
    /// Their name as shown.
    pub display_name: String,
    /// Their role.
    pub role: String,
}

/// The members of a library.
#[derive(Debug, Clone, Object)]
#[oai(rename = "MemberList")]
pub struct MemberListView {
    /// Strongest role first.
    pub items: Vec<MemberView>,
}

/// A role to give.
#[derive(Debug, Clone, Object)]
#[oai(rename = "RoleGrant")]
pub struct RoleGrantView {
    /// `reader`, `commenter`, `editor`, `admin` or `owner`.
    pub role: String,
}

/// Counts for the sidebar.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Facets")]
pub struct FacetsView {
    /// Papers outside the trash.
    pub total: u64,
    /// Papers in the trash.
    pub trash: u64,
    /// Papers in no collection.
    pub unfiled: u64,
    /// Papers with a doubtful field.
    pub doubtful: u64,
    /// Papers per collection key.
    pub collections: BTreeMap<String, u64>,
    /// Papers per tag.
    pub tags: Vec<TagView>,
    /// The library's version.
    pub version: u64,
}

/// A tag and its papers.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Tag")]
pub struct TagView {
    /// The tag.
    pub tag: String,
    /// Papers with it.
    pub count: u64,
}

/// All tags of a library.
#[derive(Debug, Clone, Object)]
#[oai(rename = "TagList")]
pub struct TagListView {
    /// The tags in alphabetical order.
    pub items: Vec<TagView>,
}

impl FacetsView {
    /// The counts at a version.
    #[must_use]
    pub fn new(facets: Facets, version: u64) -> Self {
        let count = |n: usize| n as u64;
        Self {
            total: count(facets.total),
            trash: count(facets.trash),
            unfiled: count(facets.unfiled),
            doubtful: count(facets.doubtful),
            collections: facets.collections.into_iter().map(|(key, n)| (key.to_string(), count(n))).collect(),
            tags: facets.tags.into_iter().map(|(tag, n)| TagView { tag, count: count(n) }).collect(),
            version,
        }
    }
}

/// One entry of the change log.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Change")]
pub struct ChangeView {
    /// The library's version with it.
    pub version: u64,
    /// `item`, `collection` or `library`.
    pub object: String,
    /// Which one.
    pub key: String,
    /// `put` or `deleted`.
    pub kind: String,
    /// When.
    pub at: String,
}

impl From<Change> for ChangeView {
    fn from(change: Change) -> Self {
        let object = match change.object {
            ObjectKind::Item => "item",
            ObjectKind::Collection => "collection",
            ObjectKind::Library => "library",
        };
        let kind = match change.kind {
            ChangeKind::Put => "put",
            ChangeKind::Deleted => "deleted",
        };
        Self {
            version: change.version.0,
            object: object.to_owned(),
            key: change.key.to_string(),
            kind: kind.to_owned(),
            at: time_text(change.at),
        }
    }
}

/// One thing that happened.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Activity")]
pub struct ActivityView {
    /// Its number, rising.
    pub id: u64,
    /// When.
    pub at: String,
    /// Who; absent for the program itself.
    #[oai(skip_serializing_if_is_none)]
    pub by: Option<String>,
    /// `item.added`, `item.edited`, `item.trashed`, `item.restored`, `collection.added`, `collection.changed`,
    /// `collection.deleted`, `member.changed`, `member.removed`.
    pub kind: String,
    /// The paper or collection.
    #[oai(skip_serializing_if_is_none)]
    pub key: Option<String>,
    /// Its title or name at that time, or the member's name.
    pub text: String,
}

/// What happened, newest first.
#[derive(Debug, Clone, Object)]
#[oai(rename = "ActivityPage")]
pub struct ActivityPageView {
    /// The entries.
    pub items: Vec<ActivityView>,
    /// Give it as `cursor` for older ones; absent on the last page.
    #[oai(skip_serializing_if_is_none)]
    pub next_cursor: Option<String>,
}

impl From<ActivityWindow> for ActivityPageView {
    fn from(window: ActivityWindow) -> Self {
        let last = window.entries.last().map(|(entry, _)| format!("b{}", entry.id));
        let view = |(entry, by): (crate::app::activity::Activity, Option<String>)| ActivityView {
            id: entry.id,
            at: time_text(entry.at),
            by,
            kind: entry.kind,
            key: entry.key.map(|key| key.to_string()),
            text: entry.text,
        };
        Self { items: window.entries.into_iter().map(view).collect(), next_cursor: last.filter(|_| window.has_more) }
    }
}

/// What changed since a version.
#[derive(Debug, Clone, Object)]
#[oai(rename = "ChangeList")]
pub struct ChangeListView {
    /// In order of their versions.
    pub items: Vec<ChangeView>,
    /// The library's version.
    pub version: u64,
    /// Whether the log no longer reaches back to `since`: read the library anew.
    pub reset: bool,
}

//! What happened in a library, in words that people read.

use std::collections::BTreeMap;

use super::{App, Result, require_role};
use crate::domain::actor::Actor;
use crate::domain::ids::{Key, LibraryId, UserId};
use crate::domain::item::Item;
use crate::domain::library::Role;
use crate::domain::time::Timestamp;
pub use crate::store::Activity;
use crate::store::{self, WriteTx};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// A paper came.
    ItemAdded,
    /// A person edited a paper.
    ItemEdited,
    /// It went to the trash.
    ItemTrashed,
    /// It came back from there.
    ItemRestored,
    /// A collection was made.
    CollectionAdded,
    /// It got another name or place.
    CollectionChanged,
    /// It was deleted.
    CollectionDeleted,
    /// Somebody became a member, or got another role.
    MemberChanged,
    /// Somebody left or was taken out.
    MemberRemoved,
}

impl Event {
    fn as_str(self) -> &'static str {
        match self {
            Event::ItemAdded => "item.added",
            Event::ItemEdited => "item.edited",
            Event::ItemTrashed => "item.trashed",
            Event::ItemRestored => "item.restored",
            Event::CollectionAdded => "collection.added",
            Event::CollectionChanged => "collection.changed",
            Event::CollectionDeleted => "collection.deleted",
            Event::MemberChanged => "member.changed",
            Event::MemberRemoved => "member.removed",
        }
    }

    /// What an edit that brought an item from `before` to `after` was.
    pub(super) fn of_edit(before: &Item, after: &Item) -> Self {
        match (before.trashed, after.trashed) {
            (false, true) => Event::ItemTrashed,
            (true, false) => Event::ItemRestored,
            _ => Event::ItemEdited,
        }
    }
}

/// A place in a transaction where something happened: whose doing, where, when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene {
    /// In which library.
    pub library: LibraryId,
    /// Whose doing; nobody's for the program itself.
    pub user: Option<UserId>,
    /// When.
    pub now: Timestamp,
}

/// Notes what happened, in the transaction that did it. `text` is the title or name at that time.
pub(super) fn note(tx: &mut WriteTx<'_>, scene: Scene, event: Event, key: Option<Key>, text: &str) -> Result<()> {
    let Scene { library, user, now } = scene;
    let kind = event.as_str().to_owned();
    store::activity::append(tx, Activity { id: 0, library, at: now, user, kind, key, text: text.to_owned() })?;
    Ok(())
}

/// A window of what happened.
#[derive(Debug, Clone)]
pub struct ActivityWindow {
    /// Newest first, each with the name of who did it.
    pub entries: Vec<(Activity, Option<String>)>,
    /// Whether there are older ones.
    pub has_more: bool,
}

impl App {
    /// What happened in a library before the entry numbered `before` (from the newest, without it).
    ///
    /// # Errors
    /// Not found for who is no member.
    pub async fn list_activity(
        &self,
        actor: &Actor,
        library: LibraryId,
        before: Option<u64>,
        limit: usize,
    ) -> Result<ActivityWindow> {
        let actor = actor.clone();
        self.read(move |tx| {
            require_role(tx, &actor, library, Role::Reader)?;
            let mut entries = store::activity::list(tx, library, before, limit.saturating_add(1))?;
            let has_more = entries.len() > limit;
            entries.truncate(limit);
            let mut people: Vec<UserId> = entries.iter().filter_map(|entry| entry.user).collect();
            people.sort_unstable();
            people.dedup();
            let names: BTreeMap<UserId, String> = store::users::get_many(tx, &people)?
                .into_iter()
                .flatten()
                .map(|user| (user.id, user.display_name))
                .collect();
            let named = |entry: Activity| {
                let name = entry.user.and_then(|user| names.get(&user).cloned());
                (entry, name)
            };
            Ok(ActivityWindow { entries: entries.into_iter().map(named).collect(), has_more })
        })
        .await
    }
}

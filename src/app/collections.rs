//! The tree of collections.

use std::sync::Arc;

use super::activity::{self, Event, Scene};
use super::answers::{Once, make_once};
use super::items::Expected;
use super::{App, Error, Result, require_role};
use crate::crypto;
use crate::domain::actor::Actor;
use crate::domain::ids::{Key, LibraryId, Version};
use crate::domain::item::Collection;
use crate::domain::library::Role;
use crate::store::{self, View};

/// Levels of collections in collections.
const MOST_LEVELS: usize = 30;

impl App {
    /// All collections of a library by name, and its version.
    ///
    /// # Errors
    /// Not found for who is no member.
    pub async fn list_collections(&self, actor: &Actor, library: LibraryId) -> Result<(Vec<Collection>, Version)> {
        let actor = actor.clone();
        self.read(move |tx| {
            require_role(tx, &actor, library, Role::Reader)?;
            let mut collections = store::collections::list(tx, library)?;
            collections.sort_by_cached_key(|collection| (collection.name.to_lowercase(), collection.key));
            Ok((collections, store::libraries::get(tx, library)?.version))
        })
        .await
    }

    /// Makes a collection.
    ///
    /// # Errors
    /// Forbidden below editor; invalid names; not found for a parent that is not there.
    pub async fn create_collection(
        &self,
        actor: &Actor,
        library: LibraryId,
        name: &str,
        parent: Option<Key>,
        once: Option<Once<Collection>>,
    ) -> Result<Collection> {
        let (by, now, name) = (actor.clone(), self.now(), check_name(name)?);
        let key = Key::from_random(crypto::random_u64());
        let (collection, changes) = self
            .write(move |tx| {
                require_role(tx, &by, library, Role::Editor)?;
                let collection = make_once(tx, once.as_ref(), now, |tx| {
                    require_parent(tx, library, key, parent)?;
                    let mut collection = Collection { key, version: Version(0), name: name.clone(), parent };
                    tx.library(library, now)?.put_collection(&mut collection)?;
                    let scene = Scene { library, user: by.user_id(), now };
                    activity::note(tx, scene, Event::CollectionAdded, Some(key), &collection.name)?;
                    Ok(collection)
                })?;
                Ok((collection, tx.library_changes()))
            })
            .await?;
        self.tell_changes(changes);
        Ok(collection)
    }

    /// Gives a collection another name or another place.
    ///
    /// # Errors
    /// Behind; forbidden below editor; a conflict for a place inside itself.
    pub async fn change_collection(
        &self,
        actor: &Actor,
        library: LibraryId,
        key: Key,
        expected: Expected,
        name: Option<&str>,
        parent: Option<Option<Key>>,
    ) -> Result<Collection> {
        let name = name.map(check_name).transpose()?;
        let (by, now) = (actor.clone(), self.now());
        let (collection, changes) = self
            .write(move |tx| {
                require_role(tx, &by, library, Role::Editor)?;
                let mut collection = store::collections::get(tx, library, key)?;
                expected.check(collection.version)?;
                if let Some(name) = &name {
                    collection.name.clone_from(name);
                }
                if let Some(parent) = parent {
                    require_parent(tx, library, key, parent)?;
                    collection.parent = parent;
                }
                tx.library(library, now)?.put_collection(&mut collection)?;
                let scene = Scene { library, user: by.user_id(), now };
                activity::note(tx, scene, Event::CollectionChanged, Some(key), &collection.name)?;
                Ok((collection, tx.library_changes()))
            })
            .await?;
        self.tell_changes(changes);
        Ok(collection)
    }

    /// Deletes a collection with those inside it; their papers stay in the library.
    ///
    /// # Errors
    /// Behind; forbidden below editor.
    pub async fn delete_collection(
        self: &Arc<Self>,
        actor: &Actor,
        library: LibraryId,
        key: Key,
        expected: Expected,
    ) -> Result<()> {
        let asker = actor.clone();
        let doomed = self
            .read(move |tx| {
                require_role(tx, &asker, library, Role::Editor)?;
                expected.check(store::collections::get(tx, library, key)?.version)?;
                Ok(with_descendants(store::collections::list(tx, library)?, key))
            })
            .await?;
        // Papers first, in small transactions: a crash between them leaves a collection with fewer papers, not papers that
        // point to nothing.
        self.empty_collections(actor, library, doomed).await?;
        let (by, now) = (actor.clone(), self.now());
        let (gone, changes) = self
            .write(move |tx| {
                require_role(tx, &by, library, Role::Editor)?;
                let scene = Scene { library, user: by.user_id(), now };
                if let Some(collection) = store::collections::find_collection(tx, library, key)? {
                    activity::note(tx, scene, Event::CollectionDeleted, Some(key), &collection.name)?;
                }
                // Some may have been made inside it meanwhile.
                let doomed = with_descendants(store::collections::list(tx, library)?, key);
                let mut write = tx.library(library, now)?;
                for collection in &doomed {
                    write.delete_collection(*collection)?;
                }
                Ok((doomed, tx.library_changes()))
            })
            .await?;
        self.tell_changes(changes);
        // And papers may have been put into them; from here on none can be.
        self.empty_collections(actor, library, gone).await
    }

    /// Takes all papers out of these collections.
    async fn empty_collections(self: &Arc<Self>, actor: &Actor, library: LibraryId, doomed: Vec<Key>) -> Result<()> {
        let (app, listed) = (Arc::clone(self), doomed.clone());
        let papers = self
            .read(move |tx| {
                app.with_catalogue(tx, library, |catalogue| {
                    let mut papers: Vec<Key> =
                        listed.iter().flat_map(|collection| catalogue.keys_in_collection(*collection)).collect();
                    papers.sort_unstable();
                    papers.dedup();
                    papers
                })
            })
            .await?;
        let now = self.now();
        for batch in papers.chunks(500) {
            let (batch, doomed, by) = (batch.to_vec(), doomed.clone(), actor.clone());
            let changes = self
                .write(move |tx| {
                    require_role(tx, &by, library, Role::Editor)?;
                    for mut item in store::items::get_many(tx, library, &batch)?.into_iter().flatten() {
                        item.collections.retain(|collection| !doomed.contains(collection));
                        tx.library(library, now)?.put_item(&mut item)?;
                    }
                    Ok(tx.library_changes())
                })
                .await?;
            self.tell_changes(changes);
        }
        Ok(())
    }
}

fn check_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 255 || name.chars().any(char::is_control) {
        return Err(Error::invalid("name", "A collection's name has 1 to 255 characters on one line."));
    }
    Ok(name.to_owned())
}

/// Whether a collection may lie in `parent`: it is there, not inside the collection itself, not too deep.
fn require_parent(tx: &impl View, library: LibraryId, key: Key, parent: Option<Key>) -> Result<()> {
    let mut next = parent;
    for _ in 0..MOST_LEVELS {
        let Some(above) = next else { return Ok(()) };
        if above == key {
            return Err(Error::Conflict {
                code: "inside_itself",
                detail: "A collection cannot lie inside itself. Choose another place.".to_owned(),
            });
        }
        next = store::collections::get(tx, library, above)?.parent;
    }
    Err(Error::invalid("parent", format!("Collections lie at most {MOST_LEVELS} levels deep.")))
}

fn with_descendants(collections: Vec<Collection>, key: Key) -> Vec<Key> {
    let mut doomed = vec![key];
    let mut at = 0;
    while let Some(above) = doomed.get(at).copied() {
        let inside = collections.iter().filter(|collection| collection.parent == Some(above)).map(|c| c.key);
        let inside: Vec<Key> = inside.filter(|key| !doomed.contains(key)).collect();
        doomed.extend(inside);
        at += 1;
    }
    doomed
}

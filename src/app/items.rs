//! Papers: listing, reading, editing, the trash.

use std::collections::{BTreeMap, BTreeSet};

use super::activity::{self, Event, Scene};
use super::answers::{Once, make_once};
use super::catalogue::{Facets, ListQuery};
use super::{App, Error, Result, require_role, require_user};
use crate::domain::actor::{Actor, Scope};
use crate::domain::change::Change;
use crate::domain::fields;
use crate::domain::ids::{Key, LibraryId, UserId, Version};
use crate::domain::item::{Creator, Item};
use crate::domain::library::Role;
use crate::domain::merge::set_by_hand;
use crate::domain::time::Timestamp;
pub use crate::store::ReadingPosition;
use crate::store::{self, ReadTx, View, WriteTx};

/// A paper with what lists and panes show beside it.
#[derive(Debug, Clone)]
pub struct Paper {
    /// The item.
    pub item: Item,
    /// Its files; the one that opens first is first.
    pub files: Vec<Item>,
    /// The highest version of what lies below it, in the trash or not.
    pub newest_child: Version,
    /// How far the asking person is with it.
    pub reading: Option<ReadingPosition>,
    /// Who added it.
    pub added_by: Option<String>,
    /// Who changed it last.
    pub modified_by: Option<String>,
}

impl Paper {
    /// Whether nothing that is shown with the paper changed later than the paper itself: its version then tells whether
    /// somebody's copy is the present one.
    #[must_use]
    pub fn is_told_by_version(&self) -> bool {
        let read_later = self.reading.as_ref().is_some_and(|reading| reading.at >= self.item.date_modified);
        !read_later && self.newest_child <= self.item.version
    }
}

/// A window of a list.
#[derive(Debug, Clone)]
pub struct PaperWindow {
    /// The papers.
    pub papers: Vec<Paper>,
    /// Papers in the whole list.
    pub total: usize,
    /// The library's version.
    pub version: Version,
}

/// Which version a change is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Whatever is there.
    Any,
    /// This one only.
    Version(Version),
}

impl Expected {
    /// Refuses if the object is at another version.
    pub(super) fn check(self, current: Version) -> Result<()> {
        match self {
            Expected::Version(expected) if expected != current => Err(Error::Behind { current }),
            _ => Ok(()),
        }
    }
}

/// What to change in an item; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct ItemPatch {
    /// Another type.
    pub item_type: Option<String>,
    /// Fields to set or to clear.
    pub fields: BTreeMap<String, Option<String>>,
    /// All creators anew.
    pub creators: Option<Vec<Creator>>,
    /// All tags anew.
    pub tags: Option<BTreeSet<String>>,
    /// All collections anew.
    pub collections: Option<BTreeSet<Key>>,
    /// Into or out of the trash.
    pub trashed: Option<bool>,
    /// The cite key, to set or to clear.
    pub cite_key: Option<Option<String>>,
    /// For a file: its place among its paper's files.
    pub order: Option<u32>,
}

/// What to do to several papers at once.
#[derive(Debug, Clone, Default)]
pub struct BatchChange {
    /// Into or out of the trash.
    pub trashed: Option<bool>,
    /// Also into this collection.
    pub add_collection: Option<Key>,
    /// Out of this collection.
    pub remove_collection: Option<Key>,
    /// Tags to add.
    pub add_tags: BTreeSet<String>,
}

/// Where a file's place among its paper's files is kept in its fields.
pub(super) const ORDER_FIELD: &str = "order";
const MAX_TAGS: usize = 1_000;
const MAX_CREATORS: usize = 5_000;
const MAX_TAG_BYTES: usize = 255;

impl App {
    /// A window of a library's papers.
    ///
    /// # Errors
    /// Not found for who is no member.
    pub async fn list_papers(
        self: &std::sync::Arc<Self>,
        actor: &Actor,
        library: LibraryId,
        query: ListQuery,
        offset: usize,
        limit: usize,
    ) -> Result<PaperWindow> {
        let (app, actor) = (std::sync::Arc::clone(self), actor.clone());
        self.read(move |tx| {
            require_role(tx, &actor, library, Role::Reader)?;
            let (keys, children, total, version) = app.with_catalogue(tx, library, |catalogue| {
                let (keys, total) = catalogue.list(&query, offset, limit);
                let children: Vec<Vec<Key>> =
                    keys.iter().map(|key| catalogue.children(*key).iter().map(|child| child.key).collect()).collect();
                (keys, children, total, catalogue.version())
            })?;
            let papers = read_papers(tx, &actor, library, &keys, &children)?;
            Ok(PaperWindow { papers, total, version })
        })
        .await
    }

    /// Counts for the sidebar, and the library's version.
    ///
    /// # Errors
    /// Not found for who is no member.
    pub async fn facets(self: &std::sync::Arc<Self>, actor: &Actor, library: LibraryId) -> Result<(Facets, Version)> {
        let (app, actor) = (std::sync::Arc::clone(self), actor.clone());
        self.read(move |tx| {
            require_role(tx, &actor, library, Role::Reader)?;
            app.with_catalogue(tx, library, |catalogue| (catalogue.facets(), catalogue.version()))
        })
        .await
    }

    /// One paper or child item.
    ///
    /// # Errors
    /// Not found.
    pub async fn get_paper(&self, actor: &Actor, library: LibraryId, key: Key) -> Result<Paper> {
        let actor = actor.clone();
        self.read(move |tx| {
            require_role(tx, &actor, library, Role::Reader)?;
            read_paper(tx, &actor, library, key)
        })
        .await
    }

    /// The child items of a paper.
    ///
    /// # Errors
    /// Not found.
    pub async fn list_children(&self, actor: &Actor, library: LibraryId, key: Key) -> Result<Vec<Item>> {
        let actor = actor.clone();
        self.read(move |tx| {
            require_role(tx, &actor, library, Role::Reader)?;
            store::items::get(tx, library, key)?;
            let mut children = store::items::children(tx, library, key)?;
            children.sort_by_key(|child| (child.item_type != "attachment", file_order(child)));
            Ok(children)
        })
        .await
    }

    /// What changed in a library since a version; `None` where the log no longer reaches back. With the version now.
    ///
    /// # Errors
    /// Not found for who is no member.
    pub async fn changes_since(
        &self,
        actor: &Actor,
        library: LibraryId,
        since: Version,
    ) -> Result<(Option<Vec<Change>>, Version)> {
        /// More changes than this are read faster as a whole.
        const MOST: usize = 10_000;
        let actor = actor.clone();
        self.read(move |tx| {
            require_role(tx, &actor, library, Role::Reader)?;
            let version = store::libraries::get(tx, library)?.version;
            let changes = store::changes::changes_since(tx, library, since, MOST)?;
            // The log gives whole versions only, so where it stopped before the last one it has more to tell.
            let is_whole = |changes: &Vec<Change>| changes.last().is_none_or(|last| last.version == version);
            Ok((changes.filter(is_whole), version))
        })
        .await
    }

    /// Makes a paper without a file.
    ///
    /// # Errors
    /// Forbidden below editor; invalid fields.
    pub async fn create_paper(
        &self,
        actor: &Actor,
        library: LibraryId,
        patch: ItemPatch,
        once: Option<Once<Paper>>,
    ) -> Result<Paper> {
        let (by, now, key) = (actor.clone(), self.now(), Key::from_random(crate::crypto::random_u64()));
        let (paper, changes) = self
            .write(move |tx| {
                require_role(tx, &by, library, Role::Editor)?;
                let paper = make_once(tx, once.as_ref(), now, |tx| {
                    let mut item =
                        Item::blank(key, patch.item_type.as_deref().unwrap_or("document"), now, by.user_id());
                    apply(tx, library, &mut item, &patch)?;
                    tx.library(library, now)?.put_item(&mut item)?;
                    let scene = Scene { library, user: by.user_id(), now };
                    activity::note(tx, scene, Event::ItemAdded, Some(key), item.field("title"))?;
                    read_paper(tx, &by, library, key)
                })?;
                Ok((paper, tx.library_changes()))
            })
            .await?;
        self.tell_changes(changes);
        Ok(paper)
    }

    /// Changes an item.
    ///
    /// # Errors
    /// Behind if it is at another version; forbidden below editor; invalid fields.
    pub async fn change_item(
        &self,
        actor: &Actor,
        library: LibraryId,
        key: Key,
        expected: Expected,
        patch: ItemPatch,
    ) -> Result<Paper> {
        let (by, now) = (actor.clone(), self.now());
        let (paper, changes) = self
            .write(move |tx| {
                require_role(tx, &by, library, Role::Editor)?;
                let mut item = store::items::get(tx, library, key)?;
                expected.check(item.version)?;
                let before = item.clone();
                apply(tx, library, &mut item, &patch)?;
                stamp(&mut item, &by, now);
                tx.library(library, now)?.put_item(&mut item)?;
                let scene = Scene { library, user: by.user_id(), now };
                activity::note(tx, scene, Event::of_edit(&before, &item), Some(key), item.field("title"))?;
                Ok((read_paper(tx, &by, library, key)?, tx.library_changes()))
            })
            .await?;
        self.tell_changes(changes);
        Ok(paper)
    }

    /// Moves an item to the trash of its library.
    ///
    /// # Errors
    /// As for [`App::change_item`].
    pub async fn trash_item(&self, actor: &Actor, library: LibraryId, key: Key, expected: Expected) -> Result<Paper> {
        let patch = ItemPatch { trashed: Some(true), ..ItemPatch::default() };
        self.change_item(actor, library, key, expected, patch).await
    }

    /// Changes several papers at once; those that are gone are left out. Answers how many were changed.
    ///
    /// # Errors
    /// Forbidden below editor; not found for a collection that is not there.
    pub async fn change_items(
        &self,
        actor: &Actor,
        library: LibraryId,
        keys: Vec<Key>,
        change: BatchChange,
    ) -> Result<usize> {
        let (by, now) = (actor.clone(), self.now());
        let (count, changes) = self
            .write(move |tx| {
                require_role(tx, &by, library, Role::Editor)?;
                if let Some(collection) = change.add_collection {
                    store::collections::get(tx, library, collection)?;
                }
                let mut count = 0;
                for mut item in store::items::get_many(tx, library, &keys)?.into_iter().flatten() {
                    let before = item.clone();
                    item.trashed = change.trashed.unwrap_or(item.trashed);
                    if item.parent.is_none() {
                        item.collections.extend(change.add_collection);
                    }
                    if let Some(collection) = change.remove_collection {
                        item.collections.remove(&collection);
                    }
                    item.tags.extend(check_tags(change.add_tags.clone())?);
                    if item != before {
                        stamp(&mut item, &by, now);
                        tx.library(library, now)?.put_item(&mut item)?;
                        let scene = Scene { library, user: by.user_id(), now };
                        activity::note(tx, scene, Event::of_edit(&before, &item), Some(item.key), item.field("title"))?;
                        count += 1;
                    }
                }
                Ok((count, tx.library_changes()))
            })
            .await?;
        self.tell_changes(changes);
        Ok(count)
    }

    /// Notes where the actor is in a paper.
    ///
    /// # Errors
    /// Not found.
    pub async fn note_position(
        &self,
        actor: &Actor,
        library: LibraryId,
        key: Key,
        page_index: u32,
        zoom: Option<String>,
        rotation: u16,
    ) -> Result<()> {
        let user = require_user(actor, Scope::Read)?;
        let (actor, now) = (actor.clone(), self.now());
        self.write(move |tx| {
            require_role(tx, &actor, library, Role::Reader)?;
            store::items::get(tx, library, key)?;
            let before = store::reading::find_position(tx, user, library, key)?;
            let is_read = before.is_some_and(|position| position.is_read);
            let position = ReadingPosition { page: page_index, rotation, zoom: zoom.clone(), is_read, at: now };
            Ok(store::reading::put_position(tx, user, library, key, &position)?)
        })
        .await
    }

    /// Marks a paper as read or unread for the actor.
    ///
    /// # Errors
    /// Not found.
    pub async fn mark_read(&self, actor: &Actor, library: LibraryId, key: Key, is_read: bool) -> Result<()> {
        let user = require_user(actor, Scope::Read)?;
        let (actor, now) = (actor.clone(), self.now());
        self.write(move |tx| {
            require_role(tx, &actor, library, Role::Reader)?;
            store::items::get(tx, library, key)?;
            let before = store::reading::find_position(tx, user, library, key)?;
            let position = ReadingPosition {
                page: before.as_ref().map_or(0, |position| position.page),
                rotation: before.as_ref().map_or(0, |position| position.rotation),
                zoom: before.and_then(|position| position.zoom),
                is_read,
                at: now,
            };
            Ok(store::reading::put_position(tx, user, library, key, &position)?)
        })
        .await
    }
}

/// Notes who changed an item, and when.
pub(super) fn stamp(item: &mut Item, by: &Actor, now: Timestamp) {
    item.date_modified = now;
    item.modified_by = by.user_id();
}

/// A file's place among its paper's files, then its age.
fn file_order(item: &Item) -> (u32, Timestamp, Key) {
    let place = item.fields.get(ORDER_FIELD).and_then(|place| place.parse().ok()).unwrap_or(u32::MAX);
    (place, item.date_added, item.key)
}

pub(super) fn sort_files(files: &mut [Item]) {
    let is_pdf = |item: &Item| item.file.as_ref().is_some_and(|file| file.media_type == "application/pdf");
    files.sort_by_key(|item| {
        let (place, added, key) = file_order(item);
        (place, !is_pdf(item), added, key)
    });
}

fn newest(items: &[Item]) -> Version {
    items.iter().map(|item| item.version).max().unwrap_or(Version(0))
}

fn read_paper(tx: &impl View, actor: &Actor, library: LibraryId, key: Key) -> Result<Paper> {
    let item = store::items::get(tx, library, key)?;
    let mut files = store::items::children(tx, library, key)?;
    let newest_child = newest(&files);
    files.retain(|child| child.file.is_some() && !child.trashed);
    sort_files(&mut files);
    let reading = match actor.user_id() {
        Some(user) => store::reading::find_position(tx, user, library, key)?,
        None => None,
    };
    let name_of = |user: Option<UserId>| -> Result<Option<String>> {
        let Some(user) = user else { return Ok(None) };
        Ok(store::users::find_by_id(tx, user)?.map(|user| user.display_name))
    };
    let (added_by, modified_by) = (name_of(item.added_by)?, name_of(item.modified_by)?);
    Ok(Paper { item, files, newest_child, reading, added_by, modified_by })
}

fn read_papers(
    tx: &ReadTx,
    actor: &Actor,
    library: LibraryId,
    keys: &[Key],
    children: &[Vec<Key>],
) -> Result<Vec<Paper>> {
    let items = store::items::get_many(tx, library, keys)?;
    let all_children: Vec<Key> = children.iter().flatten().copied().collect();
    let mut files = store::items::get_many(tx, library, &all_children)?.into_iter();
    let people: BTreeSet<UserId> =
        items.iter().flatten().flat_map(|item| [item.added_by, item.modified_by]).flatten().collect();
    let people: Vec<UserId> = people.into_iter().collect();
    let names: BTreeMap<UserId, String> =
        store::users::get_many(tx, &people)?.into_iter().flatten().map(|user| (user.id, user.display_name)).collect();
    let mut papers = Vec::with_capacity(keys.len());
    for (item, children) in items.into_iter().zip(children) {
        let mut files: Vec<Item> = files.by_ref().take(children.len()).flatten().collect();
        let newest_child = newest(&files);
        files.retain(|file| file.file.is_some() && !file.trashed);
        sort_files(&mut files);
        let Some(item) = item else { continue };
        let reading = match actor.user_id() {
            Some(user) => store::reading::find_position(tx, user, library, item.key)?,
            None => None,
        };
        let name_of = |user: Option<UserId>| user.and_then(|user| names.get(&user).cloned());
        let (added_by, modified_by) = (name_of(item.added_by), name_of(item.modified_by));
        papers.push(Paper { item, files, newest_child, reading, added_by, modified_by });
    }
    Ok(papers)
}

fn apply(tx: &WriteTx<'_>, library: LibraryId, item: &mut Item, patch: &ItemPatch) -> Result<()> {
    if let Some(item_type) = &patch.item_type {
        let is_child = fields::CHILD_TYPES.contains(&item.item_type.as_str());
        if *item_type != item.item_type && (is_child || !fields::is_item_type(item_type)) {
            return Err(Error::invalid("item_type", format!("`{item_type}` is not the type of a paper.")));
        }
        item.item_type.clone_from(item_type);
        item.sources.remove("item_type");
    }
    for (name, value) in &patch.fields {
        check_field(name, value.as_deref())?;
        set_by_hand(item, name, value.as_deref());
    }
    if let Some(creators) = &patch.creators {
        item.creators = check_creators(creators)?;
        item.sources.remove("creators");
    }
    if let Some(tags) = &patch.tags {
        item.tags = check_tags(tags.clone())?;
    }
    if let Some(collections) = &patch.collections {
        if item.parent.is_some() {
            return Err(Error::invalid("collections", "Only papers are in collections, not what lies below them."));
        }
        for collection in collections {
            store::collections::get(tx, library, *collection)?;
        }
        item.collections.clone_from(collections);
    }
    if let Some(cite_key) = &patch.cite_key {
        item.cite_key = match cite_key.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(key) if key.len() <= 255 && !key.contains(|c: char| c.is_whitespace() || "{},\"#%~\\".contains(c)) => {
                Some(key.to_owned())
            }
            Some(_) => {
                let detail = "A cite key has at most 255 characters, without spaces and without { } , \" # % ~ \\.";
                return Err(Error::invalid("cite_key", detail));
            }
        };
    }
    if let Some(order) = patch.order {
        if item.file.is_none() {
            return Err(Error::invalid("order", "Only files have a place among a paper's files."));
        }
        item.fields.insert(ORDER_FIELD.to_owned(), order.to_string());
    }
    item.trashed = patch.trashed.unwrap_or(item.trashed);
    Ok(())
}

fn check_field(name: &str, value: Option<&str>) -> Result<()> {
    if !fields::is_field(name) {
        return Err(Error::invalid(
            "fields",
            format!("There is no field `{name}`. Fields have Zotero's names, such as `publicationTitle`."),
        ));
    }
    let value = value.unwrap_or("");
    if value.len() > fields::MAX_FIELD_BYTES {
        return Err(Error::invalid("fields", format!("`{name}` is longer than {} bytes.", fields::MAX_FIELD_BYTES)));
    }
    if value.contains('\0') {
        return Err(Error::invalid("fields", format!("`{name}` holds a character that text cannot have.")));
    }
    Ok(())
}

fn check_creators(creators: &[Creator]) -> Result<Vec<Creator>> {
    if creators.len() > MAX_CREATORS {
        return Err(Error::invalid("creators", format!("A paper has at most {MAX_CREATORS} creators.")));
    }
    let named = |creator: &&Creator| !creator.name.short().trim().is_empty();
    Ok(creators.iter().filter(named).cloned().collect())
}

fn check_tags(tags: BTreeSet<String>) -> Result<BTreeSet<String>> {
    let tags: BTreeSet<String> =
        tags.into_iter().map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect();
    if tags.len() > MAX_TAGS || tags.iter().any(|tag| tag.len() > MAX_TAG_BYTES || tag.chars().any(char::is_control)) {
        return Err(Error::invalid(
            "tags",
            format!("A tag has at most {MAX_TAG_BYTES} bytes on one line, a paper {MAX_TAGS} tags."),
        ));
    }
    Ok(tags)
}

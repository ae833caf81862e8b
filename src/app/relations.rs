//! Papers that belong together: versions of one work, supplements and their papers. What seems to is offered, what a person
//! said of it is kept; nothing is overwritten, and everything can be taken back.

use std::sync::Arc;

use super::activity::{self, Event, Scene};
use super::items::{ORDER_FIELD, sort_files, stamp};
use super::{App, Error, Result, require_role};
use crate::domain::actor::Actor;
use crate::domain::ids::{Key, LibraryId};
use crate::domain::item::Item;
use crate::domain::library::Role;
use crate::domain::relation::{Relation, offer};
use crate::domain::time::Timestamp;
use crate::domain::works::{Kinship, Work};
use crate::store::{self, View, WriteTx};

/// A paper that belongs to another, or seems to.
#[derive(Debug, Clone)]
pub struct Relative {
    /// The other paper.
    pub paper: Item,
    /// How it belongs to the one that was asked for.
    pub bond: Bond,
}

/// How two papers belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bond {
    /// They seem to; nobody said so yet.
    Offered(Kinship),
    /// Linked as versions.
    Versions,
    /// The paper is a supplement in the trash, whose files lie below the other one.
    AttachedTo,
}

/// What somebody says of two papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// They are versions of one work.
    Versions,
    /// The first is a supplement of the second: its files go there, itself to the trash.
    SupplementOf,
    /// They are strangers.
    Unrelated,
}

/// Whose doing, where, when.
struct Doing<'a> {
    by: &'a Actor,
    library: LibraryId,
    now: Timestamp,
}

impl App {
    /// The papers of the library that belong to this one, linked ones first, then those that seem to.
    ///
    /// # Errors
    /// Not found.
    pub async fn list_relatives(
        self: &Arc<Self>,
        actor: &Actor,
        library: LibraryId,
        key: Key,
    ) -> Result<Vec<Relative>> {
        let (app, actor) = (Arc::clone(self), actor.clone());
        self.read(move |tx| {
            require_role(tx, &actor, library, Role::Reader)?;
            let item = store::items::get(tx, library, key)?;
            let said: Vec<Key> = item.relations.keys().copied().collect();
            let said = store::items::get_many(tx, library, &said)?.into_iter().flatten();
            let bond_of = |paper: &Item| match item.relations.get(&paper.key)? {
                Relation::Version if !paper.trashed => Some(Bond::Versions),
                Relation::AttachedTo => Some(Bond::AttachedTo),
                Relation::Version | Relation::Unrelated | Relation::CameFrom => None,
            };
            let mut relatives: Vec<Relative> =
                said.filter_map(|paper| Some(Relative { bond: bond_of(&paper)?, paper })).collect();
            if item.trashed || item.parent.is_some() {
                return Ok(relatives);
            }
            let work = Work::of_item(&item);
            let candidates = app.with_catalogue(tx, library, |catalogue| catalogue.candidates(&work))?;
            let candidates = store::items::get_many(tx, library, &candidates)?.into_iter().flatten();
            relatives.extend(
                candidates.filter_map(|paper| Some(Relative { bond: Bond::Offered(offer(&item, &paper)?), paper })),
            );
            Ok(relatives)
        })
        .await
    }

    /// Says how two papers belong together.
    ///
    /// # Errors
    /// Forbidden below editor; not found; a conflict for a paper and itself, or for what lies below a paper.
    pub async fn relate(
        &self,
        actor: &Actor,
        library: LibraryId,
        key: Key,
        other: Key,
        verdict: Verdict,
    ) -> Result<()> {
        let (by, now) = (actor.clone(), self.now());
        let changes = self
            .write(move |tx| {
                require_role(tx, &by, library, Role::Editor)?;
                let doing = Doing { by: &by, library, now };
                let (paper, other) = two_papers(tx, library, key, other)?;
                take_back(tx, &doing, paper.key, other.key)?;
                let (paper, other) = two_papers(tx, library, paper.key, other.key)?;
                if paper.trashed || other.trashed {
                    let detail = "One of these papers is in the Trash. Bring it back first.".to_owned();
                    return Err(Error::Conflict { code: "in_trash", detail });
                }
                match verdict {
                    Verdict::Versions => link(tx, &doing, paper, other, Relation::Version)?,
                    Verdict::Unrelated => link(tx, &doing, paper, other, Relation::Unrelated)?,
                    Verdict::SupplementOf => attach(tx, &doing, paper, other)?,
                }
                Ok(tx.library_changes())
            })
            .await?;
        self.tell_changes(changes);
        Ok(())
    }

    /// Takes back what was said of two papers; files of a supplement go back to it, and it comes out of the trash.
    ///
    /// # Errors
    /// Forbidden below editor; not found.
    pub async fn unrelate(&self, actor: &Actor, library: LibraryId, key: Key, other: Key) -> Result<()> {
        let (by, now) = (actor.clone(), self.now());
        let changes = self
            .write(move |tx| {
                require_role(tx, &by, library, Role::Editor)?;
                two_papers(tx, library, key, other)?;
                take_back(tx, &Doing { by: &by, library, now }, key, other)?;
                Ok(tx.library_changes())
            })
            .await?;
        self.tell_changes(changes);
        Ok(())
    }
}

fn two_papers(tx: &impl View, library: LibraryId, key: Key, other: Key) -> Result<(Item, Item)> {
    let (paper, other) = (store::items::get(tx, library, key)?, store::items::get(tx, library, other)?);
    if key == other.key || paper.parent.is_some() || other.parent.is_some() {
        let detail = "Only two different papers belong together as versions or as supplement and paper.".to_owned();
        return Err(Error::Conflict { code: "not_two_papers", detail });
    }
    Ok((paper, other))
}

fn link(tx: &mut WriteTx<'_>, doing: &Doing<'_>, mut paper: Item, mut other: Item, relation: Relation) -> Result<()> {
    paper.relations.insert(other.key, relation);
    other.relations.insert(paper.key, relation);
    for item in [&mut paper, &mut other] {
        put(tx, doing, item)?;
    }
    Ok(())
}

/// The supplement's files go below the paper, behind the paper's own; what is left of it goes to the trash.
fn attach(tx: &mut WriteTx<'_>, doing: &Doing<'_>, mut supplement: Item, mut paper: Item) -> Result<()> {
    let mut files = store::items::children(tx, doing.library, paper.key)?;
    files.retain(|child| child.file.is_some());
    sort_files(&mut files);
    let mut moved = store::items::children(tx, doing.library, supplement.key)?;
    sort_files(&mut moved);
    for child in &mut moved {
        child.parent = Some(paper.key);
        child.relations.insert(supplement.key, Relation::CameFrom);
    }
    let own = files.len();
    files.extend(moved);
    for (order, child) in files.iter_mut().enumerate() {
        // The paper's own first, or its details would be read from the supplement.
        if child.file.is_some() {
            child.fields.insert(ORDER_FIELD.to_owned(), order.to_string());
        }
        if order >= own {
            stamp(child, doing.by, doing.now);
        }
        tx.library(doing.library, doing.now)?.put_item(child)?;
    }
    supplement.relations.insert(paper.key, Relation::AttachedTo);
    supplement.trashed = true;
    put(tx, doing, &mut supplement)?;
    put(tx, doing, &mut paper)
}

/// Undoes whatever was said of the two.
fn take_back(tx: &mut WriteTx<'_>, doing: &Doing<'_>, key: Key, other: Key) -> Result<()> {
    for (key, other) in [(key, other), (other, key)] {
        let mut item = store::items::get(tx, doing.library, key)?;
        let Some(relation) = item.relations.remove(&other) else { continue };
        if relation == Relation::AttachedTo {
            for mut child in store::items::children(tx, doing.library, other)? {
                if child.relations.remove(&key).is_some() {
                    child.parent = Some(key);
                    child.fields.remove(ORDER_FIELD);
                    stamp(&mut child, doing.by, doing.now);
                    tx.library(doing.library, doing.now)?.put_item(&mut child)?;
                }
            }
            item.trashed = false;
            let mut paper = store::items::get(tx, doing.library, other)?;
            put(tx, doing, &mut paper)?;
        }
        put(tx, doing, &mut item)?;
    }
    Ok(())
}

fn put(tx: &mut WriteTx<'_>, doing: &Doing<'_>, item: &mut Item) -> Result<()> {
    let Doing { by, library, now } = *doing;
    let before = store::items::get(tx, library, item.key)?;
    stamp(item, by, now);
    tx.library(library, now)?.put_item(item)?;
    let scene = Scene { library, user: by.user_id(), now };
    activity::note(tx, scene, Event::of_edit(&before, item), Some(item.key), item.field("title"))
}

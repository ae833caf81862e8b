//! What a paper cites, and which of it is a paper in a library of the person who asks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{App, Result};
use crate::domain::actor::Actor;
use crate::domain::facts::Reference;
use crate::domain::ids::{Key, LibraryId};
use crate::domain::item::{Item, ReadState};
use crate::domain::works::Work;
use crate::store::{self, ReadTx};

/// Libraries looked through for the works of one list, the paper's own first; each is held in memory while it is used.
const MOST_LIBRARIES: usize = 16;

/// A cited work.
#[derive(Debug, Clone, PartialEq)]
pub struct CitedWork {
    /// As it was read.
    pub reference: Reference,
    /// The paper in a library of the person who asks.
    pub paper: Option<KnownPaper>,
}

/// A paper that is known to be of a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownPaper {
    /// The library it is in.
    pub library: LibraryId,
    /// The paper.
    pub key: Key,
    /// Whether it has a PDF to be read.
    pub has_pdf: bool,
}

impl App {
    /// The works that a paper cites, as printed; those that the actor has in a library are linked to their papers.
    ///
    /// # Errors
    /// Not found, also while the file was not read to its end.
    pub async fn list_references(
        self: &Arc<Self>,
        actor: &Actor,
        library: LibraryId,
        key: Key,
    ) -> Result<Vec<CitedWork>> {
        let document = self.get_document(actor, library, key).await?;
        let facts = self.get_facts(actor, library, key).await?;
        let citing = document.attachment.parent.unwrap_or(document.attachment.key);
        let (app, actor) = (Arc::clone(self), actor.clone());
        self.read(move |tx| {
            let works: Vec<Work> = facts.references.iter().map(Work::of_reference).collect();
            let mut papers: Vec<Option<KnownPaper>> = vec![None; works.len()];
            for open in libraries_of(tx, &actor, library)? {
                let missing: Vec<usize> = (0..works.len()).filter(|i| papers[*i].is_none()).collect();
                let wanted: Vec<&Work> = missing.iter().map(|i| &works[*i]).collect();
                let not = (open == library).then_some(citing);
                for (i, paper) in missing.iter().zip(app.find_papers(tx, open, &wanted, not)?) {
                    papers[*i] = paper;
                }
            }
            let cited = facts.references.into_iter().zip(papers);
            Ok(cited.map(|(reference, paper)| CitedWork { reference, paper }).collect())
        })
        .await
    }

    /// For each of the works the paper in this library, if there is one other than `not`.
    fn find_papers(
        &self,
        tx: &ReadTx,
        library: LibraryId,
        works: &[&Work],
        not: Option<Key>,
    ) -> Result<Vec<Option<KnownPaper>>> {
        let (candidates, children) = self.with_catalogue(tx, library, |catalogue| {
            let candidates: Vec<Vec<Key>> = works.iter().map(|work| catalogue.candidates(work)).collect();
            let keys: BTreeSet<Key> = candidates.iter().flatten().copied().collect();
            let has_pdf = |key: Key| {
                catalogue.children(key).iter().any(|child| child.state.is_some_and(|state| state != ReadState::Other))
            };
            let children: BTreeMap<Key, bool> = keys.into_iter().map(|key| (key, has_pdf(key))).collect();
            (candidates, children)
        })?;
        let keys: Vec<Key> = children.keys().copied().collect();
        let items = store::items::get_many(tx, library, &keys)?.into_iter().flatten();
        let is_there = |item: &Item| !item.trashed && item.parent.is_none() && Some(item.key) != not;
        let known: BTreeMap<Key, Work> = items.filter(is_there).map(|item| (item.key, Work::of_item(&item))).collect();
        let find = |work: &&Work, candidates: Vec<Key>| {
            let same = candidates.into_iter().filter(|key| known.get(key).is_some_and(|known| known.is_same(work)));
            // Of several papers of one work the one that can be read.
            same.max_by_key(|key| children.get(key).copied())
        };
        let found = works.iter().zip(candidates).map(|(work, candidates)| {
            let key = find(work, candidates)?;
            Some(KnownPaper { library, key, has_pdf: children.get(&key).copied().unwrap_or(false) })
        });
        Ok(found.collect())
    }
}

/// The libraries that the actor may read, this one first.
fn libraries_of(tx: &ReadTx, actor: &Actor, first: LibraryId) -> Result<Vec<LibraryId>> {
    let mut libraries = vec![first];
    if let Some(user) = actor.user_id() {
        let others = store::members::libraries_of(tx, user)?.into_iter().map(|(library, _)| library);
        libraries.extend(others.filter(|library| *library != first));
    }
    libraries.truncate(MOST_LIBRARIES);
    Ok(libraries)
}

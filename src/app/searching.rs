//! Finding papers by their words.

use std::sync::Arc;

use super::{App, Error, Result, require_user};
use crate::domain::actor::{Actor, Scope};
use crate::domain::ids::{Key, LibraryId};
use crate::domain::item::Item;
pub use crate::search::{Hint, Passage};
use crate::search::{Hit, Places, SearchOptions, loosened, parse_query};
use crate::store;

/// A paper that was found.
#[derive(Debug, Clone)]
pub struct FoundPaper {
    /// Where in it.
    pub hit: Hit,
    /// The paper.
    pub item: Item,
}

/// A window of what was found.
#[derive(Debug, Clone)]
pub struct FoundPage {
    /// Papers found in all.
    pub total: usize,
    /// Those asked for, best first.
    pub papers: Vec<FoundPaper>,
    /// How many hits the index gave; the next window begins behind them.
    pub window: usize,
    /// What to tell the person about the query.
    pub hints: Vec<Hint>,
}

impl App {
    /// Searches all libraries the actor may read, or one of them.
    ///
    /// # Errors
    /// Not found for a library that the actor may not read. A query is never an error.
    pub async fn search(
        self: &Arc<Self>,
        actor: &Actor,
        text: &str,
        library: Option<LibraryId>,
        offset: usize,
        limit: usize,
        all_places: bool,
    ) -> Result<FoundPage> {
        let user = require_user(actor, Scope::Read)?;
        let (query, looser) = (parse_query(text), loosened(text));
        let names: Vec<String> = query.library_names().iter().map(|name| name.to_lowercase()).collect();
        let open = self.read(move |tx| Ok(store::libraries::list_of_user(tx, user)?)).await?;
        let libraries: Vec<LibraryId> = open
            .iter()
            .filter(|(open, _)| library.is_none_or(|wanted| wanted == open.id))
            .filter(|(open, _)| names.is_empty() || names.iter().any(|name| is_named(&open.name, name, open.id)))
            .map(|(open, _)| open.id)
            .collect();
        if library.is_some_and(|wanted| !open.iter().any(|(open, _)| open.id == wanted)) {
            return Err(Error::not_found("library"));
        }
        let versions: Vec<_> = open.iter().map(|(library, _)| (library.id, library.version)).collect();
        let asked: Vec<_> = versions.into_iter().filter(|(id, _)| libraries.contains(id)).collect();
        self.await_index(&asked).await;
        let app = Arc::clone(self);
        self.read(move |tx| {
            let places = if all_places { Places::All } else { Places::Best };
            let options = SearchOptions { places };
            let search = |query| app.index.search(query, &libraries, offset, limit, options).map_err(Error::internal);
            let mut found = search(&query)?;
            for looser in &looser {
                if found.total > 0 {
                    break;
                }
                found = search(looser)?;
            }
            let window = found.hits.len();
            let mut papers = Vec::with_capacity(window);
            for hit in found.hits {
                let item = store::items::find_item(tx, hit.library, hit.key)?;
                if let Some(item) = item.filter(|item| !item.trashed) {
                    papers.push(FoundPaper { hit, item });
                }
            }
            Ok(FoundPage { total: found.total, papers, window, hints: query.hints().to_vec() })
        })
        .await
    }

    /// The places of one paper, in page order; offset and limit count pages.
    ///
    /// # Errors
    /// Not found.
    pub async fn places(
        self: &Arc<Self>,
        actor: &Actor,
        text: &str,
        library: LibraryId,
        key: Key,
        offset: usize,
        limit: usize,
    ) -> Result<(usize, Vec<Passage>)> {
        let actor = actor.clone();
        let query = parse_query(text);
        let app = Arc::clone(self);
        self.read(move |tx| {
            super::require_role(tx, &actor, library, crate::domain::library::Role::Reader)?;
            let found = app.index.places(&query, library, key, offset, limit).map_err(Error::internal)?;
            Ok((found.total_pages, found.passages))
        })
        .await
    }
}

/// `in:` takes a library's name, a part of it, or its number.
fn is_named(name: &str, wanted: &str, id: LibraryId) -> bool {
    name.to_lowercase().contains(wanted) || id.to_string() == wanted
}

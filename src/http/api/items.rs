//! Papers and what belongs to them.

use poem::http::{HeaderMap, header};
use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::{Json, Response};
use poem_openapi::types::MaybeUndefined;

use super::Context;
use super::account::Done;
use super::conditional::Conditional;
use crate::app::Error;
use crate::app::catalogue::{CollectionFilter, ListQuery, SortColumn};
use crate::app::items::{BatchChange, ItemPatch, Paper};
use crate::domain::ids::{Key, LibraryId, Version};
use crate::http::front::Caller;
use crate::http::params::{self, IfMatch, Window};
use crate::http::problem::{ApiResult, OrProblem, Problem};
use crate::http::repeats::Keyed;
use crate::http::views::{
    AsReadView, BatchResultView, ItemBatchView, ItemListView, ItemPageView, ItemPatchView, ItemView, JobView,
    PasswordView, PositionView, ReadStateView, ReferenceListView,
};

/// Papers.
pub struct ItemApi(pub Context);

#[OpenApi(prefix_path = "/libraries")]
impl ItemApi {
    /// A window of the library's papers, filtered and sorted.
    #[oai(path = "/:library/items", method = "get", operation_id = "list_items")]
    #[allow(clippy::too_many_arguments, reason = "one argument a query parameter")]
    async fn list_items(
        &self,
        caller: Caller,
        library: Path<u64>,
        q: Query<Option<String>>,
        collection: Query<Option<String>>,
        tag: Query<Option<String>>,
        item_type: Query<Option<String>>,
        since: Query<Option<u64>>,
        sort: Query<Option<String>>,
        direction: Query<Option<String>>,
        trash: Query<Option<bool>>,
        doubtful: Query<Option<bool>>,
        limit: Query<Option<u64>>,
        cursor: Query<Option<String>>,
        offset: Query<Option<u64>>,
    ) -> ApiResult<Json<ItemPageView>> {
        let window = Window::new(limit.0, cursor.0.as_deref(), offset.0)?;
        let query = ListQuery {
            words: q.0.unwrap_or_default(),
            collection: collection.0.as_deref().map(collection_filter).transpose()?,
            tag: tag.0,
            item_type: item_type.0,
            since: since.0.map(Version),
            doubtful: doubtful.0.unwrap_or(false),
            trash: trash.0.unwrap_or(false),
            sort: sort.0.as_deref().map_or(Ok(SortColumn::Added), sort_column)?,
            descending: match direction.0.as_deref() {
                None => sort.0.is_none(),
                Some("asc") => false,
                Some("desc") => true,
                Some(_) => return Err(Problem::from(Error::invalid("direction", "Use asc or desc.")).into()),
            },
        };
        let library = params::library(library.0);
        let listed = self.0.app.list_papers(&caller.actor, library, query, window.offset, window.limit).await;
        let listed = listed.or_problem()?;
        Ok(Json(ItemPageView {
            next_cursor: window.next_cursor(listed.papers.len(), listed.total),
            items: listed.papers.into_iter().map(ItemView::from).collect(),
            total: listed.total as u64,
            version: listed.version.0,
        }))
    }

    /// Makes a paper without a file.
    #[oai(path = "/:library/items", method = "post", operation_id = "create_item")]
    async fn create_item(
        &self,
        caller: Caller,
        keyed: Keyed,
        library: Path<u64>,
        body: Json<ItemPatchView>,
    ) -> ApiResult<Response<Json<ItemView>>> {
        let patch = item_patch(body.0)?;
        let once = keyed.once(|paper: &Paper| (ItemView::from(paper.clone()), Some(params::etag(paper.item.version))));
        let created = self.0.app.create_paper(&caller.actor, params::library(library.0), patch, once).await;
        Ok(with_etag(created.or_problem()?))
    }

    /// Does one thing to several papers.
    #[oai(path = "/:library/items/batch", method = "post", operation_id = "change_items")]
    async fn change_items(
        &self,
        caller: Caller,
        library: Path<u64>,
        body: Json<ItemBatchView>,
    ) -> ApiResult<Json<BatchResultView>> {
        let body = body.0;
        let keys = params::keys(&body.keys, "keys")?.into_iter().collect();
        let change = BatchChange {
            trashed: body.trashed,
            add_collection: body
                .add_collection
                .as_deref()
                .map(|k| params::body_key(k, "add_collection"))
                .transpose()?,
            remove_collection: body
                .remove_collection
                .as_deref()
                .map(|k| params::body_key(k, "remove_collection"))
                .transpose()?,
            add_tags: body.add_tags.unwrap_or_default().into_iter().collect(),
        };
        let library = params::library(library.0);
        let changed = self.0.app.change_items(&caller.actor, library, keys, change).await.or_problem()?;
        Ok(Json(BatchResultView { changed: changed as u64 }))
    }

    /// One paper, file or note.
    #[oai(path = "/:library/items/:key", method = "get", operation_id = "get_item")]
    async fn get_item(
        &self,
        caller: Caller,
        library: Path<u64>,
        key: Path<String>,
        headers: &HeaderMap,
    ) -> ApiResult<Conditional<ItemView>> {
        let key = params::key(&key.0, "paper")?;
        let paper = self.0.app.get_paper(&caller.actor, params::library(library.0), key).await.or_problem()?;
        let version = paper.item.version;
        if !paper.is_told_by_version() {
            return Ok(Conditional::Found(Json(ItemView::from(paper)), params::etag(version)));
        }
        Ok(Conditional::at(version, headers, || ItemView::from(paper)))
    }

    /// Changes an item.
    #[oai(path = "/:library/items/:key", method = "patch", operation_id = "change_item")]
    async fn change_item(
        &self,
        caller: Caller,
        library: Path<u64>,
        key: Path<String>,
        if_match: IfMatch,
        body: Json<ItemPatchView>,
    ) -> ApiResult<Response<Json<ItemView>>> {
        let (library, key) = (params::library(library.0), params::key(&key.0, "paper")?);
        let patch = item_patch(body.0)?;
        match self.0.app.change_item(&caller.actor, library, key, if_match.0, patch).await {
            Ok(paper) => Ok(with_etag(paper)),
            Err(error) => Err(self.with_current(error, &caller, library, key).await.into()),
        }
    }

    /// Moves an item to the trash of its library.
    #[oai(path = "/:library/items/:key", method = "delete", operation_id = "trash_item")]
    async fn trash_item(
        &self,
        caller: Caller,
        library: Path<u64>,
        key: Path<String>,
        if_match: IfMatch,
    ) -> ApiResult<Done> {
        let (library, key) = (params::library(library.0), params::key(&key.0, "paper")?);
        match self.0.app.trash_item(&caller.actor, library, key, if_match.0).await {
            Ok(_) => Ok(Done::NoContent),
            Err(error) => Err(self.with_current(error, &caller, library, key).await.into()),
        }
    }

    /// Files and notes of a paper.
    #[oai(path = "/:library/items/:key/children", method = "get", operation_id = "list_children")]
    async fn list_children(
        &self,
        caller: Caller,
        library: Path<u64>,
        key: Path<String>,
    ) -> ApiResult<Json<ItemListView>> {
        let key = params::key(&key.0, "paper")?;
        let children = self.0.app.list_children(&caller.actor, params::library(library.0), key).await.or_problem()?;
        Ok(Json(ItemListView { items: children.into_iter().map(ItemView::from).collect() }))
    }

    /// The works that a paper cites, as printed; what you have in a library is linked to its paper.
    #[oai(path = "/:library/items/:key/references", method = "get", operation_id = "list_references")]
    async fn list_references(
        &self,
        caller: Caller,
        library: Path<u64>,
        key: Path<String>,
    ) -> ApiResult<Json<ReferenceListView>> {
        let key = params::key(&key.0, "paper")?;
        let works = self.0.app.list_references(&caller.actor, params::library(library.0), key).await.or_problem()?;
        Ok(Json(works.into()))
    }

    /// What was read from a paper's PDF, to be compared with what people typed.
    #[oai(path = "/:library/items/:key/as-read", method = "get", operation_id = "get_as_read")]
    async fn get_as_read(&self, caller: Caller, library: Path<u64>, key: Path<String>) -> ApiResult<Json<AsReadView>> {
        let key = params::key(&key.0, "paper")?;
        let read = self.0.app.get_as_read(&caller.actor, params::library(library.0), key).await.or_problem()?;
        Ok(Json(read.into()))
    }

    /// Gives the password of a locked file; it is read again.
    #[oai(path = "/:library/items/:key/password", method = "post", operation_id = "give_password")]
    async fn give_password(
        &self,
        caller: Caller,
        library: Path<u64>,
        key: Path<String>,
        body: Json<PasswordView>,
    ) -> ApiResult<Json<JobView>> {
        let key = params::key(&key.0, "paper")?;
        let library = params::library(library.0);
        let job = self.0.app.give_password(&caller.actor, library, key, body.0.password).await.or_problem()?;
        Ok(Json(JobView::new(&job, None)))
    }

    /// Has a file read again; what people typed stays.
    #[oai(path = "/:library/items/:key/read-again", method = "post", operation_id = "read_again")]
    async fn read_again(&self, caller: Caller, library: Path<u64>, key: Path<String>) -> ApiResult<Json<JobView>> {
        let key = params::key(&key.0, "paper")?;
        let job = self.0.app.read_file_again(&caller.actor, params::library(library.0), key).await.or_problem()?;
        Ok(Json(JobView::new(&job, None)))
    }

    /// Where one is in a paper.
    #[oai(path = "/:library/items/:key/position", method = "get", operation_id = "get_position")]
    async fn get_position(
        &self,
        caller: Caller,
        library: Path<u64>,
        key: Path<String>,
    ) -> ApiResult<Json<PositionView>> {
        let key = params::key(&key.0, "paper")?;
        let paper = self.0.app.get_paper(&caller.actor, params::library(library.0), key).await.or_problem()?;
        Ok(Json(PositionView::new(paper.reading.as_ref())))
    }

    /// Notes where one is in a paper.
    #[oai(path = "/:library/items/:key/position", method = "put", operation_id = "put_position")]
    async fn put_position(
        &self,
        caller: Caller,
        library: Path<u64>,
        key: Path<String>,
        body: Json<PositionView>,
    ) -> ApiResult<Done> {
        let PositionView { page, zoom, rotation } = body.0;
        let page_index =
            page.checked_sub(1).ok_or_else(|| Problem::from(Error::invalid("page", "Pages count from 1.")))?;
        let rotation = rotation.unwrap_or(0);
        if !matches!(rotation, 0 | 90 | 180 | 270) {
            return Err(Problem::from(Error::invalid("rotation", "Pages turn by 0, 90, 180 or 270 degrees.")).into());
        }
        let (library, key) = (params::library(library.0), params::key(&key.0, "paper")?);
        self.0.app.note_position(&caller.actor, library, key, page_index, zoom, rotation).await.or_problem()?;
        Ok(Done::NoContent)
    }

    /// Marks a paper as read or unread.
    #[oai(path = "/:library/items/:key/read", method = "post", operation_id = "mark_read")]
    async fn mark_read(
        &self,
        caller: Caller,
        library: Path<u64>,
        key: Path<String>,
        body: Json<ReadStateView>,
    ) -> ApiResult<Done> {
        let is_read = match body.0.state.as_str() {
            "read" => true,
            "unread" => false,
            _ => return Err(Problem::from(Error::invalid("state", "Use read or unread.")).into()),
        };
        let (library, key) = (params::library(library.0), params::key(&key.0, "paper")?);
        self.0.app.mark_read(&caller.actor, library, key, is_read).await.or_problem()?;
        Ok(Done::NoContent)
    }
}

impl ItemApi {
    /// A 412 carries the item as it is now.
    async fn with_current(&self, error: Error, caller: &Caller, library: LibraryId, key: Key) -> Problem {
        let is_behind = matches!(error, Error::Behind { .. });
        let problem = Problem::from(error);
        if !is_behind {
            return problem;
        }
        let current = self.0.app.get_paper(&caller.actor, library, key).await.ok().map(ItemView::from);
        problem.with_current(current.and_then(|view| poem_openapi::types::ToJSON::to_json(&view)))
    }
}

fn with_etag(paper: Paper) -> Response<Json<ItemView>> {
    let etag = params::etag(paper.item.version);
    Response::new(Json(ItemView::from(paper))).header(header::ETAG, etag)
}

fn collection_filter(text: &str) -> ApiResult<CollectionFilter> {
    match text {
        "unfiled" => Ok(CollectionFilter::Unfiled),
        key => Ok(CollectionFilter::In(params::body_key(key, "collection")?)),
    }
}

fn sort_column(text: &str) -> ApiResult<SortColumn> {
    SortColumn::parse(text).ok_or_else(|| {
        Problem::from(Error::invalid("sort", "Lists sort by title, creators, year, venue, added or modified.")).into()
    })
}

fn item_patch(view: ItemPatchView) -> ApiResult<ItemPatch> {
    Ok(ItemPatch {
        item_type: view.item_type,
        fields: view.fields,
        creators: view.creators.map(|creators| creators.into_iter().map(Into::into).collect()),
        tags: view.tags.map(|tags| tags.into_iter().collect()),
        collections: view.collections.as_deref().map(|keys| params::keys(keys, "collections")).transpose()?,
        trashed: view.trashed,
        cite_key: match view.cite_key {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(key) => Some(Some(key)),
        },
        order: view.order,
    })
}

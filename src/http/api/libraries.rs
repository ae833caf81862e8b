//! Libraries, members, collections, tags, changes.

use poem::http::{HeaderMap, header};
use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::{Json, Response};
use poem_openapi::types::{MaybeUndefined, ToJSON};

use super::Context;
use super::account::Done;
use super::conditional::Conditional;
use crate::app::Error;
use crate::domain::ids::{Key, LibraryId, Version};
use crate::domain::item::Collection;
use crate::domain::library::{Library, Role};
use crate::http::front::Caller;
use crate::http::params::{self, IfMatch};
use crate::http::problem::{ApiResult, OrProblem, Problem};
use crate::http::repeats::Keyed;
use crate::http::views::{
    ActivityPageView, ChangeListView, CollectionListView, CollectionPatchView, CollectionView, FacetsView,
    LibraryListView, LibraryPatchView, LibraryView, MemberListView, MemberView, NewCollectionView, NewLibraryView,
    RoleGrantView, TagListView,
};

/// Libraries and what orders them.
pub struct LibraryApi(pub Context);

#[OpenApi(prefix_path = "/libraries")]
impl LibraryApi {
    /// One's libraries: one's own first, then groups by name.
    #[oai(path = "/", method = "get", operation_id = "list_libraries")]
    async fn list_libraries(&self, caller: Caller) -> ApiResult<Json<LibraryListView>> {
        let libraries = self.0.app.list_libraries(&caller.actor).await.or_problem()?;
        let items = libraries.into_iter().map(|(library, role)| LibraryView::new(library, role)).collect();
        Ok(Json(LibraryListView { items }))
    }

    /// Makes a group; who makes it is its owner.
    #[oai(path = "/", method = "post", operation_id = "create_library")]
    async fn create_library(
        &self,
        caller: Caller,
        keyed: Keyed,
        body: Json<NewLibraryView>,
    ) -> ApiResult<Json<LibraryView>> {
        if body.0.kind != "group" {
            let detail = "Only groups are made; everybody's own library comes with the account.";
            return Err(Problem::from(Error::invalid("kind", detail)).into());
        }
        let view = |library: &Library| LibraryView::new(library.clone(), Role::Owner);
        let once = keyed.once(move |library| (view(library), None));
        let library = self.0.app.create_group(&caller.actor, &body.0.name, once).await.or_problem()?;
        Ok(Json(view(&library)))
    }

    /// One library.
    #[oai(path = "/:library", method = "get", operation_id = "get_library")]
    async fn get_library(&self, caller: Caller, library: Path<u64>) -> ApiResult<Json<LibraryView>> {
        let (library, role) = self.0.app.get_library(&caller.actor, params::library(library.0)).await.or_problem()?;
        Ok(Json(LibraryView::new(library, role)))
    }

    /// Gives a group another name.
    #[oai(path = "/:library", method = "patch", operation_id = "rename_library")]
    async fn rename_library(
        &self,
        caller: Caller,
        library: Path<u64>,
        body: Json<LibraryPatchView>,
    ) -> ApiResult<Json<LibraryView>> {
        let id = params::library(library.0);
        self.0.app.rename_library(&caller.actor, id, &body.0.name).await.or_problem()?;
        let (library, role) = self.0.app.get_library(&caller.actor, id).await.or_problem()?;
        Ok(Json(LibraryView::new(library, role)))
    }

    /// Deletes a group with all that is in it.
    #[oai(path = "/:library", method = "delete", operation_id = "delete_library")]
    async fn delete_library(&self, caller: Caller, library: Path<u64>) -> ApiResult<Done> {
        self.0.app.delete_library(&caller.actor, params::library(library.0)).await.or_problem()?;
        Ok(Done::NoContent)
    }

    /// The members, strongest role first.
    #[oai(path = "/:library/members", method = "get", operation_id = "list_members")]
    async fn list_members(&self, caller: Caller, library: Path<u64>) -> ApiResult<Json<MemberListView>> {
        let members = self.0.app.list_members(&caller.actor, params::library(library.0)).await.or_problem()?;
        let view = |(user, role): (crate::app::accounts::UserInfo, Role)| MemberView {
            username: user.username,
            display_name: user.display_name,
            role: role.as_str().to_owned(),
        };
        Ok(Json(MemberListView { items: members.into_iter().map(view).collect() }))
    }

    /// Makes somebody a member, or gives a member another role.
    #[oai(path = "/:library/members/:username", method = "put", operation_id = "put_member")]
    async fn put_member(
        &self,
        caller: Caller,
        library: Path<u64>,
        username: Path<String>,
        body: Json<RoleGrantView>,
    ) -> ApiResult<Done> {
        let role = params::role(&body.0.role)?;
        self.0.app.put_member(&caller.actor, params::library(library.0), &username.0, role).await.or_problem()?;
        Ok(Done::NoContent)
    }

    /// Takes somebody out; everybody may take themselves out.
    #[oai(path = "/:library/members/:username", method = "delete", operation_id = "remove_member")]
    async fn remove_member(&self, caller: Caller, library: Path<u64>, username: Path<String>) -> ApiResult<Done> {
        self.0.app.remove_member(&caller.actor, params::library(library.0), &username.0).await.or_problem()?;
        Ok(Done::NoContent)
    }

    /// Counts for the sidebar.
    #[oai(path = "/:library/facets", method = "get", operation_id = "get_facets")]
    async fn get_facets(
        &self,
        caller: Caller,
        library: Path<u64>,
        headers: &HeaderMap,
    ) -> ApiResult<Conditional<FacetsView>> {
        let (facets, version) = self.0.app.facets(&caller.actor, params::library(library.0)).await.or_problem()?;
        Ok(Conditional::at(version, headers, || FacetsView::new(facets, version.0)))
    }

    /// All tags with their counts.
    #[oai(path = "/:library/tags", method = "get", operation_id = "list_tags")]
    async fn list_tags(
        &self,
        caller: Caller,
        library: Path<u64>,
        headers: &HeaderMap,
    ) -> ApiResult<Conditional<TagListView>> {
        let (facets, version) = self.0.app.facets(&caller.actor, params::library(library.0)).await.or_problem()?;
        let view = || TagListView { items: FacetsView::new(facets, version.0).tags };
        Ok(Conditional::at(version, headers, view))
    }

    /// What happened in it, newest first.
    #[oai(path = "/:library/activity", method = "get", operation_id = "list_activity")]
    async fn list_activity(
        &self,
        caller: Caller,
        library: Path<u64>,
        limit: Query<Option<u64>>,
        cursor: Query<Option<String>>,
    ) -> ApiResult<Json<ActivityPageView>> {
        let limit = params::limit(limit.0)?;
        let before = cursor.0.as_deref().map(params::entry_cursor).transpose()?;
        let library = params::library(library.0);
        let window = self.0.app.list_activity(&caller.actor, library, before, limit).await.or_problem()?;
        Ok(Json(window.into()))
    }

    /// What changed since a version.
    #[oai(path = "/:library/changes", method = "get", operation_id = "list_changes")]
    async fn list_changes(
        &self,
        caller: Caller,
        library: Path<u64>,
        since: Query<Option<u64>>,
    ) -> ApiResult<Json<ChangeListView>> {
        let since = Version(since.0.unwrap_or(0));
        let (changes, version) =
            self.0.app.changes_since(&caller.actor, params::library(library.0), since).await.or_problem()?;
        let reset = changes.is_none();
        let items = changes.unwrap_or_default().into_iter().map(Into::into).collect();
        Ok(Json(ChangeListView { items, version: version.0, reset }))
    }

    /// All collections.
    #[oai(path = "/:library/collections", method = "get", operation_id = "list_collections")]
    async fn list_collections(
        &self,
        caller: Caller,
        library: Path<u64>,
        headers: &HeaderMap,
    ) -> ApiResult<Conditional<CollectionListView>> {
        let listed = self.0.app.list_collections(&caller.actor, params::library(library.0)).await;
        let (collections, version) = listed.or_problem()?;
        let items = || collections.into_iter().map(CollectionView::from).collect();
        Ok(Conditional::at(version, headers, || CollectionListView { items: items(), version: version.0 }))
    }

    /// Makes a collection.
    #[oai(path = "/:library/collections", method = "post", operation_id = "create_collection")]
    async fn create_collection(
        &self,
        caller: Caller,
        keyed: Keyed,
        library: Path<u64>,
        body: Json<NewCollectionView>,
    ) -> ApiResult<Response<Json<CollectionView>>> {
        let parent = body.0.parent.as_deref().map(|key| params::body_key(key, "parent")).transpose()?;
        let library = params::library(library.0);
        let once =
            keyed.once(|made: &Collection| (CollectionView::from(made.clone()), Some(params::etag(made.version))));
        let created = self.0.app.create_collection(&caller.actor, library, &body.0.name, parent, once).await;
        Ok(with_etag(created.or_problem()?))
    }

    /// Renames or moves a collection.
    #[oai(path = "/:library/collections/:key", method = "patch", operation_id = "change_collection")]
    async fn change_collection(
        &self,
        caller: Caller,
        library: Path<u64>,
        key: Path<String>,
        if_match: IfMatch,
        body: Json<CollectionPatchView>,
    ) -> ApiResult<Response<Json<CollectionView>>> {
        let parent = match &body.0.parent {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(key) => Some(Some(params::body_key(key, "parent")?)),
        };
        let key = params::key(&key.0, "collection")?;
        let name = body.0.name.as_deref();
        let library = params::library(library.0);
        match self.0.app.change_collection(&caller.actor, library, key, if_match.0, name, parent).await {
            Ok(collection) => Ok(with_etag(collection)),
            Err(error) => Err(self.with_current(error, &caller, library, key).await.into()),
        }
    }

    /// Deletes a collection with those inside it; their papers stay.
    #[oai(path = "/:library/collections/:key", method = "delete", operation_id = "delete_collection")]
    async fn delete_collection(
        &self,
        caller: Caller,
        library: Path<u64>,
        key: Path<String>,
        if_match: IfMatch,
    ) -> ApiResult<Done> {
        let key = params::key(&key.0, "collection")?;
        let library = params::library(library.0);
        match self.0.app.delete_collection(&caller.actor, library, key, if_match.0).await {
            Ok(()) => Ok(Done::NoContent),
            Err(error) => Err(self.with_current(error, &caller, library, key).await.into()),
        }
    }
}

impl LibraryApi {
    /// A 412 carries the collection as it is now.
    async fn with_current(&self, error: Error, caller: &Caller, library: LibraryId, key: Key) -> Problem {
        let is_behind = matches!(error, Error::Behind { .. });
        let problem = Problem::from(error);
        if !is_behind {
            return problem;
        }
        let listed = self.0.app.list_collections(&caller.actor, library).await.ok();
        let current = listed.and_then(|(all, _)| all.into_iter().find(|collection| collection.key == key));
        problem.with_current(current.and_then(|current| ToJSON::to_json(&CollectionView::from(current))))
    }
}

fn with_etag(collection: Collection) -> Response<Json<CollectionView>> {
    let etag = params::etag(collection.version);
    Response::new(Json(CollectionView::from(collection))).header(header::ETAG, etag)
}

//! The one list of all routes, and who may use each.

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Public,
    /// Whoever is signed in.
    SignedIn,
    /// Members of the library with at least this role.
    Role(crate::domain::library::Role),
    /// Administrators of the server.
    ServerAdmin,
}

/// A route.
#[derive(Debug, Clone, Copy)]
pub struct RouteInfo {
    /// HTTP method.
    pub method: &'static str,
    /// Path with `{names}`.
    pub path: &'static str,
    /// What it is called in the document.
    pub operation_id: &'static str,
    /// Who may use it.
    pub access: Access,
}

use crate::domain::library::Role::{Admin, Editor, Owner, Reader};
use Access::{Public, Role, ServerAdmin, SignedIn};

const fn route(method: &'static str, path: &'static str, operation_id: &'static str, access: Access) -> RouteInfo {
    RouteInfo { method, path, operation_id, access }
}

/// All routes of the API.
pub const ROUTES: &[RouteInfo] = &[
    route("get", "/api/v1/setup", "get_setup", Public),
    route("post", "/api/v1/setup", "complete_setup", Public),
    route("post", "/api/v1/session", "sign_in", Public),
    route("get", "/api/v1/session", "get_session", SignedIn),
    route("patch", "/api/v1/session", "change_profile", SignedIn),
    route("delete", "/api/v1/session", "sign_out", SignedIn),
    route("patch", "/api/v1/session/password", "change_password", SignedIn),
    route("get", "/api/v1/sessions", "list_sessions", SignedIn),
    route("delete", "/api/v1/sessions/{id}", "end_session", SignedIn),
    route("get", "/api/v1/tokens", "list_tokens", SignedIn),
    route("post", "/api/v1/tokens", "create_token", SignedIn),
    route("delete", "/api/v1/tokens/{id}", "revoke_token", SignedIn),
    route("get", "/api/v1/admin/users", "list_users", ServerAdmin),
    route("post", "/api/v1/admin/users", "create_user", ServerAdmin),
    route("patch", "/api/v1/admin/users/{id}", "change_user", ServerAdmin),
    route("get", "/api/v1/admin/disk", "get_disk", ServerAdmin),
    route("get", "/api/v1/admin/bans", "list_bans", ServerAdmin),
    route("delete", "/api/v1/admin/bans/{id}", "lift_ban", ServerAdmin),
    route("get", "/api/v1/libraries", "list_libraries", SignedIn),
    route("post", "/api/v1/libraries", "create_library", SignedIn),
    route("get", "/api/v1/libraries/{library}", "get_library", Role(Reader)),
    route("patch", "/api/v1/libraries/{library}", "rename_library", Role(Admin)),
    route("delete", "/api/v1/libraries/{library}", "delete_library", Role(Owner)),
    route("get", "/api/v1/libraries/{library}/members", "list_members", Role(Reader)),
    route("put", "/api/v1/libraries/{library}/members/{username}", "put_member", Role(Admin)),
    route("delete", "/api/v1/libraries/{library}/members/{username}", "remove_member", Role(Admin)),
    route("get", "/api/v1/libraries/{library}/facets", "get_facets", Role(Reader)),
    route("get", "/api/v1/libraries/{library}/tags", "list_tags", Role(Reader)),
    route("get", "/api/v1/libraries/{library}/changes", "list_changes", Role(Reader)),
    route("get", "/api/v1/libraries/{library}/activity", "list_activity", Role(Reader)),
    route("get", "/api/v1/libraries/{library}/collections", "list_collections", Role(Reader)),
    route("post", "/api/v1/libraries/{library}/collections", "create_collection", Role(Editor)),
    route("patch", "/api/v1/libraries/{library}/collections/{key}", "change_collection", Role(Editor)),
    route("delete", "/api/v1/libraries/{library}/collections/{key}", "delete_collection", Role(Editor)),
    route("get", "/api/v1/libraries/{library}/items", "list_items", Role(Reader)),
    route("post", "/api/v1/libraries/{library}/items", "create_item", Role(Editor)),
    route("post", "/api/v1/libraries/{library}/items/batch", "change_items", Role(Editor)),
    route("get", "/api/v1/libraries/{library}/items/{key}", "get_item", Role(Reader)),
    route("patch", "/api/v1/libraries/{library}/items/{key}", "change_item", Role(Editor)),
    route("delete", "/api/v1/libraries/{library}/items/{key}", "trash_item", Role(Editor)),
    route("get", "/api/v1/libraries/{library}/items/{key}/children", "list_children", Role(Reader)),
    route("get", "/api/v1/libraries/{library}/items/{key}/references", "list_references", Role(Reader)),
    route("get", "/api/v1/libraries/{library}/items/{key}/as-read", "get_as_read", Role(Reader)),
    route("get", "/api/v1/libraries/{library}/items/{key}/relatives", "list_relatives", Role(Reader)),
    route("put", "/api/v1/libraries/{library}/items/{key}/relatives/{other}", "put_relative", Role(Editor)),
    route("delete", "/api/v1/libraries/{library}/items/{key}/relatives/{other}", "remove_relative", Role(Editor)),
    route("get", "/api/v1/libraries/{library}/items/{key}/places", "list_places", Role(Reader)),
    route("post", "/api/v1/libraries/{library}/items/{key}/password", "give_password", Role(Editor)),
    route("post", "/api/v1/libraries/{library}/items/{key}/read-again", "read_again", Role(Editor)),
    route("get", "/api/v1/libraries/{library}/items/{key}/position", "get_position", Role(Reader)),
    route("put", "/api/v1/libraries/{library}/items/{key}/position", "put_position", Role(Reader)),
    route("post", "/api/v1/libraries/{library}/items/{key}/read", "mark_read", Role(Reader)),
    route("get", "/api/v1/libraries/{library}/items/{key}/file", "get_file", Role(Reader)),
    route("get", "/api/v1/libraries/{library}/items/{key}/pages/{page}/image", "get_page_image", Role(Reader)),
    route("get", "/api/v1/libraries/{library}/items/{key}/text", "get_text", Role(Reader)),
    route("get", "/api/v1/libraries/{library}/items/{key}/layout", "get_layout", Role(Reader)),
    route("get", "/api/v1/libraries/{library}/items/{key}/outline", "get_outline", Role(Reader)),
    route("get", "/api/v1/search", "search", SignedIn),
    route("get", "/api/v1/jobs", "list_jobs", SignedIn),
    route("post", "/api/v1/jobs/{id}/cancel", "cancel_job", SignedIn),
    route("post", "/api/v1/jobs/{id}/retry", "retry_job", SignedIn),
    route("get", "/api/v1/live", "live", SignedIn),
    route("get", "/api/v1/uploads", "list_uploads", SignedIn),
    route("post", "/api/v1/uploads", "create_upload", SignedIn),
    route("patch", "/api/v1/uploads/{id}", "write_upload", SignedIn),
    route("head", "/api/v1/uploads/{id}", "get_upload", SignedIn),
    route("delete", "/api/v1/uploads/{id}", "terminate_upload", SignedIn),
    route("get", "/api/v1/openapi.json", "get_openapi", Public),
    route("get", "/healthz", "healthz", Public),
    route("get", "/readyz", "readyz", Public),
    route("get", "/metrics", "metrics", Public),
];

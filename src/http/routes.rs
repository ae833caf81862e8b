//! The one list of all routes: who may use each, and how the plain ones are described.

use poem::http::header;
use poem::{Endpoint, Response, endpoint::make_sync};
use serde_json::{Value, json};

use super::repeats;

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

/// The document of the described routes, completed by the plain ones, the problem body and the ways to sign in.
#[must_use]
pub fn document(described: &str) -> String {
    let mut document: Value = serde_json::from_str(described).expect("the described part is JSON");
    let described = document["paths"].take();
    let described = described.as_object().cloned().unwrap_or_default();
    document["paths"] = described.into_iter().map(|(path, operations)| (full_path(&path), operations)).collect();
    for (method, path, operation) in plain_operations() {
        document["paths"][path][method] = operation;
    }
    document["components"]["schemas"]["Problem"] = problem_schema();
    document["components"]["securitySchemes"] = json!({
        "token": {"type": "http", "scheme": "bearer", "description": "A personal token, `sk_…`."},
        "cookie": {"type": "apiKey", "in": "cookie", "name": "scrollkeeper", "description": "A browser's session."},
    });
    let problem = json!({
        "description": "A problem (RFC 9457).",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    });
    if let Some(paths) = document["paths"].as_object_mut() {
        for (path, operations) in paths.iter_mut() {
            let Some(operations) = operations.as_object_mut() else { continue };
            for (method, operation) in operations.iter_mut() {
                operation["responses"]["default"] = problem.clone();
                if method.parse().is_ok_and(|method| repeats::makes_something(&method, path)) {
                    add_parameter(operation, header_parameter(repeats::HEADER, false));
                }
                let access = ROUTES.iter().find(|route| route.method == method && route.path == path);
                if access.is_some_and(|route| route.access != Public) {
                    operation["security"] = json!([{"token": []}, {"cookie": []}]);
                }
            }
        }
    }
    let mut text = serde_json::to_string_pretty(&document).expect("a JSON value can be written");
    text.push('\n');
    text
}

fn add_parameter(operation: &mut Value, parameter: Value) {
    match operation["parameters"].as_array_mut() {
        Some(parameters) => parameters.push(parameter),
        None => operation["parameters"] = json!([parameter]),
    }
}

/// The described part is nested under `/api/v1`.
fn full_path(path: &str) -> String {
    format!("/api/v1{}", path.trim_end_matches('/'))
}

fn problem_schema() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "detail", "code", "request_id"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer", "format": "uint16"},
            "detail": {"type": "string", "description": "What happened and what to do, for a person."},
            "code": {"type": "string", "description": "The stable word for programs."},
            "field": {"type": "string", "description": "Which field is at fault."},
            "missing_bytes": {"type": "integer", "format": "uint64"},
            "current": {"type": "object", "description": "With 412: the object as it is now."},
            "request_id": {"type": "string"},
        },
    })
}

fn path_parameter(name: &str, kind: Value) -> Value {
    json!({"name": name, "in": "path", "required": true, "schema": kind})
}

fn query_parameter(name: &str, kind: Value, text: &str) -> Value {
    json!({"name": name, "in": "query", "required": false, "schema": kind, "description": text})
}

fn header_parameter(name: &str, required: bool) -> Value {
    json!({"name": name, "in": "header", "required": required, "schema": {"type": "string"}})
}

/// What the plain handlers take and answer; kept beside the list above by hand, compared by a test.
fn plain_operations() -> Vec<(&'static str, &'static str, Value)> {
    let item = || {
        vec![
            path_parameter("library", json!({"type": "integer", "format": "uint64"})),
            path_parameter("key", json!({"type": "string", "pattern": "^[2-9A-NP-Z]{8}$"})),
        ]
    };
    let with = |mut parameters: Vec<Value>, more: Vec<Value>| {
        parameters.extend(more);
        parameters
    };
    let binary = |kind: &str| json!({kind: {"schema": {"type": "string", "format": "binary"}}});
    let page = || json!({"type": "integer", "format": "uint32", "minimum": 1});
    let object = || json!({"application/json": {"schema": {"type": "object"}}});
    let upload_id = || path_parameter("id", json!({"type": "string", "pattern": "^[0-9a-f]{32}$"}));
    let tus = || header_parameter("Tus-Resumable", true);
    vec![
        (
            "get",
            "/api/v1/libraries/{library}/items/{key}/file",
            json!({
                "operationId": "get_file", "summary": "The bytes of a paper's first file, or of a file; ranges.",
                "parameters": with(item(), vec![
                    query_parameter("download", json!({"type": "boolean"}), "To be saved rather than shown."),
                    header_parameter("Range", false),
                ]),
                "responses": {
                    "200": {"description": "The whole file.", "content": binary("application/pdf")},
                    "206": {"description": "The range.", "content": binary("application/pdf")},
                    "304": {"description": "Known already."},
                    "416": {"description": "No such range."},
                },
            }),
        ),
        (
            "get",
            "/api/v1/libraries/{library}/items/{key}/pages/{page}/image",
            json!({
                "operationId": "get_page_image", "summary": "The picture of a page, from 1.",
                "parameters": with(item(), vec![
                    path_parameter("page", page()),
                    query_parameter("width", page(), "In pixels; the next of 160, 320, 640, 960, 1280, 1920."),
                ]),
                "responses": {
                    "200": {"description": "The picture.", "content": binary("image/webp")},
                    "304": {"description": "Known already."},
                },
            }),
        ),
        (
            "get",
            "/api/v1/libraries/{library}/items/{key}/text",
            json!({
                "operationId": "get_text", "summary": "The text of a page, or of all pages separated by form feeds.",
                "parameters": with(item(), vec![query_parameter("page", page(), "From 1; absent: all.")]),
                "responses": {"200": {"description": "The text.", "content": {"text/plain": {"schema": {"type": "string"}}}}},
            }),
        ),
        (
            "get",
            "/api/v1/libraries/{library}/items/{key}/layout",
            json!({
                "operationId": "get_layout", "summary": "Words with boxes of some pages.",
                "parameters": with(item(), vec![
                    query_parameter("pages", json!({"type": "string", "pattern": "^[0-9]+(-[0-9]+)?$"}), "3 or 1-3."),
                ]),
                "responses": {"200": {"description": "The layout.", "content": {"application/json": {"schema": layout_schema()}}}},
            }),
        ),
        (
            "get",
            "/api/v1/libraries/{library}/items/{key}/outline",
            json!({
                "operationId": "get_outline", "summary": "Sizes and labels of all pages, and the outline.",
                "parameters": item(),
                "responses": {"200": {"description": "The outline.", "content": {"application/json": {"schema": outline_schema()}}}},
            }),
        ),
        (
            "get",
            "/api/v1/live",
            json!({
                "operationId": "live",
                "summary": "Live events: a WebSocket, or an event stream for who does not ask for one.",
                "parameters": [
                    query_parameter("libraries", json!({"type": "string"}), "For the event stream: numbers separated by commas."),
                    query_parameter("since", json!({"type": "string"}), "For the event stream: library:version, separated by commas."),
                ],
                "responses": {
                    "101": {"description": "The WebSocket."},
                    "200": {"description": "The event stream.", "content": {"text/event-stream": {"schema": {"type": "string"}}}},
                },
            }),
        ),
        (
            "get",
            "/api/v1/uploads",
            json!({
                "operationId": "list_uploads", "summary": "One's uploads that are not finished.",
                "responses": {"200": {"description": "The uploads.", "content": {"application/json": {"schema": upload_list_schema()}}}},
            }),
        ),
        (
            "post",
            "/api/v1/uploads",
            json!({
                "operationId": "create_upload", "summary": "Announces an upload (tus 1.0.0).",
                "parameters": [
                    tus(), header_parameter("Upload-Length", false), header_parameter("Upload-Defer-Length", false),
                    header_parameter("Upload-Metadata", false), header_parameter("Upload-Concat", false),
                ],
                "responses": {"201": {"description": "Made; its address is in Location."}},
            }),
        ),
        (
            "patch",
            "/api/v1/uploads/{id}",
            json!({
                "operationId": "write_upload", "summary": "Appends bytes (tus 1.0.0).",
                "parameters": [upload_id(), tus(), header_parameter("Upload-Offset", true), header_parameter("Upload-Checksum", false)],
                "requestBody": {"required": true, "content": binary("application/offset+octet-stream")},
                "responses": {"204": {"description": "Taken up to Upload-Offset."}},
            }),
        ),
        (
            "head",
            "/api/v1/uploads/{id}",
            json!({
                "operationId": "get_upload", "summary": "Where an upload stands (tus 1.0.0).",
                "parameters": [upload_id(), tus()],
                "responses": {"200": {"description": "Upload-Offset says so."}},
            }),
        ),
        (
            "delete",
            "/api/v1/uploads/{id}",
            json!({
                "operationId": "terminate_upload", "summary": "Gives an upload up (tus 1.0.0).",
                "parameters": [upload_id(), tus()],
                "responses": {"204": {"description": "Gone."}},
            }),
        ),
        (
            "get",
            "/api/v1/openapi.json",
            json!({
                "operationId": "get_openapi", "summary": "This document.",
                "responses": {"200": {"description": "OpenAPI 3.0.", "content": object()}},
            }),
        ),
        ("get", "/healthz", plain("healthz", "Whether the process answers.")),
        ("get", "/readyz", plain("readyz", "Whether store, files and index can be used.")),
        ("get", "/metrics", plain("metrics", "Figures for Prometheus.")),
    ]
}

fn plain(operation_id: &str, summary: &str) -> Value {
    json!({
        "operationId": operation_id, "summary": summary,
        "responses": {"200": {"description": "Text.", "content": {"text/plain": {"schema": {"type": "string"}}}}},
    })
}

fn corners() -> Value {
    json!({"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4})
}

fn page_size() -> serde_json::Map<String, Value> {
    let Value::Object(properties) = json!({
        "page": {"type": "integer", "description": "From 1."},
        "label": {"type": "string", "description": "As printed."},
        "width": {"type": "number"}, "height": {"type": "number"},
        "rotate": {"type": "integer"}, "crop": corners(),
    }) else {
        unreachable!("an object was written")
    };
    properties
}

fn object_of(properties: serde_json::Map<String, Value>, optional: &[&str]) -> Value {
    let required: Vec<&String> = properties.keys().filter(|name| !optional.contains(&name.as_str())).collect();
    json!({"type": "object", "required": required, "properties": properties})
}

fn layout_schema() -> Value {
    let mut page = page_size();
    page.insert("text".to_owned(), json!({"type": "string"}));
    let numbers = json!({"type": "array", "items": {"type": "array", "items": {"type": "number"}}});
    page.insert("words".to_owned(), numbers);
    page.insert("roles".to_owned(), json!({"type": "array", "items": {"type": "array", "items": {}}}));
    page.insert("divisions".to_owned(), json!({"type": "array", "items": {"type": "array", "items": {}}}));
    let link = json!({"type": "object", "required": ["rect"], "properties": {
        "rect": corners(), "page": {"type": "integer"}, "top": {"type": "number"}, "uri": {"type": "string"},
    }});
    page.insert("links".to_owned(), json!({"type": "array", "items": link}));
    json!({"type": "object", "required": ["pages"], "properties": {"pages": {"type": "array", "items": object_of(page, &[])}}})
}

fn outline_schema() -> Value {
    let entry = json!({"type": "object", "required": ["level", "title"], "properties": {
        "level": {"type": "integer"}, "title": {"type": "string"}, "page": {"type": "integer"}, "top": {"type": "number"},
    }});
    json!({"type": "object", "required": ["pages", "outline", "from_headings"], "properties": {
        "pages": {"type": "array", "items": object_of(page_size(), &[])},
        "outline": {"type": "array", "items": entry},
        "from_headings": {"type": "boolean"},
    }})
}

fn upload_list_schema() -> Value {
    let text = json!({"type": "string"});
    let number = json!({"type": "integer", "format": "uint64"});
    let upload = json!({
        "type": "object",
        "required": ["id", "url", "filename", "metadata", "offset", "library", "state", "created_at", "expires_at"],
        "properties": {
            "id": text, "url": text, "filename": text, "metadata": text, "size_bytes": number, "offset": number,
            "library": number, "state": text, "created_at": text, "expires_at": text,
        },
    });
    json!({"type": "object", "required": ["items"], "properties": {"items": {"type": "array", "items": upload}}})
}

/// Serves the document.
pub fn openapi(document: String) -> impl Endpoint<Output = Response> {
    make_sync(move |_| {
        Response::builder()
            .content_type("application/json")
            .header(header::CACHE_CONTROL, "no-cache")
            .body(document.clone())
    })
}

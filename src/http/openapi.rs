//! The document that describes the API (OpenAPI 3.0): what the handlers describe themselves, completed by the plain routes.

use poem::http::header;
use poem::{Endpoint, Response, endpoint::make_sync};
use serde_json::{Value, json};

use super::repeats;
use super::routes::{Access, ROUTES};

/// The document of the described routes, completed by the plain ones, the problem body and the ways to sign in.
#[must_use]
pub fn complete(described: &str) -> String {
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
                if access.is_some_and(|route| route.access != Access::Public) {
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
    page.insert("recognised".to_owned(), json!({"type": "boolean"}));
    let numbers = json!({"type": "array", "items": {"type": "array", "items": {"type": "number"}}});
    page.insert("words".to_owned(), numbers);
    page.insert("roles".to_owned(), json!({"type": "array", "items": {"type": "array", "items": {}}}));
    page.insert("divisions".to_owned(), json!({"type": "array", "items": {"type": "array", "items": {}}}));
    let link = json!({"type": "object", "required": ["rect"], "properties": {
        "rect": corners(), "page": {"type": "integer"}, "top": {"type": "number"}, "uri": {"type": "string"},
    }});
    page.insert("links".to_owned(), json!({"type": "array", "items": link}));
    json!({"type": "object", "required": ["pages"], "properties": {"pages": {"type": "array", "items": object_of(page, &["recognised"])}}})
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
pub fn serve(document: String) -> impl Endpoint<Output = Response> {
    make_sync(move |_| {
        Response::builder()
            .content_type("application/json")
            .header(header::CACHE_CONTROL, "no-cache")
            .body(document.clone())
    })
}

//! Resumable uploads: tus 1.0.0 with creation, creation-with-upload, creation-defer-length, checksum, concatenation,
//! termination and expiration (<https://tus.io/protocols/resumable-upload>).

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::StreamExt as _;
use poem::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use poem::web::{Data, Path};
use poem::{Body, IntoResponse, Request, Response, handler};
use serde::Serialize;

use super::api::Context;
use super::front::Caller;
use super::params;
use super::problem::{ApiResult, OrProblem, Problem};
use super::views::time_text;
use crate::app::uploads::{Checksum, NewUpload, UploadState, UploadStatus};
use crate::app::{App, Error};
use crate::domain::actor::Actor;
use crate::domain::ids::LibraryId;
use crate::domain::time::Timestamp;

const VERSION: &str = "1.0.0";
const EXTENSIONS: &str =
    "creation,creation-with-upload,creation-defer-length,checksum,concatenation,termination,expiration";
const CHECKSUMS: &str = "sha1,sha256";
/// Where uploads are.
pub const PATH: &str = "/api/v1/uploads";
const OFFSET_STREAM: &str = "application/offset+octet-stream";
/// Longest metadata header that is kept.
const MAX_METADATA_BYTES: usize = 16 * 1024;
/// Parts of one whole.
const MOST_PARTS: usize = 256;

/// `/api/v1/uploads`: what the server can do, one's open uploads, and new ones.
#[handler]
pub async fn any_upload(
    request: &Request,
    caller: poem::Result<Caller>,
    body: Body,
    context: Data<&Context>,
) -> ApiResult<Response> {
    match method(request) {
        Method::OPTIONS => Ok(options(&context.app)),
        Method::GET => list(&caller?, &context).await,
        Method::POST => create(request, caller, body, &context).await,
        _ => Err(method_not_allowed().into()),
    }
}

/// `/api/v1/uploads/:id`: one upload.
#[handler]
pub async fn one_upload(
    request: &Request,
    caller: poem::Result<Caller>,
    body: Body,
    context: Data<&Context>,
    Path(id): Path<String>,
) -> ApiResult<Response> {
    let method = method(request);
    if method == Method::OPTIONS {
        return Ok(options(&context.app));
    }
    require_version(request)?;
    let caller = caller?;
    let id = parse_id(&id)?;
    match method {
        Method::HEAD => {
            let status = context.app.upload_status(&caller.actor, id).await.or_problem()?;
            Ok(head(&status))
        }
        Method::PATCH => patch(request, body, &context.app, &caller.actor, id).await,
        Method::DELETE => {
            context.app.terminate_upload(&caller.actor, id).await.or_problem()?;
            Ok(answer(StatusCode::NO_CONTENT))
        }
        _ => Err(method_not_allowed().into()),
    }
}

/// The method, or the one that a client behind a narrow proxy names in a header.
fn method(request: &Request) -> Method {
    let named = request.header("X-HTTP-Method-Override").and_then(|name| name.parse().ok());
    match named {
        Some(method) if *request.method() == Method::POST => method,
        _ => request.method().clone(),
    }
}

fn options(app: &App) -> Response {
    let mut response = answer(StatusCode::NO_CONTENT);
    let headers = response.headers_mut();
    headers.insert("Tus-Version", HeaderValue::from_static(VERSION));
    headers.insert("Tus-Extension", HeaderValue::from_static(EXTENSIONS));
    headers.insert("Tus-Checksum-Algorithm", HeaderValue::from_static(CHECKSUMS));
    headers.insert("Tus-Max-Size", HeaderValue::from(app.config().max_file_bytes));
    response
}

#[derive(Serialize)]
struct UploadView {
    id: String,
    url: String,
    filename: String,
    metadata: String,
    size_bytes: Option<u64>,
    offset: u64,
    library: u64,
    state: &'static str,
    created_at: String,
    expires_at: String,
}

#[derive(Serialize)]
struct UploadListView {
    items: Vec<UploadView>,
}

async fn list(caller: &Caller, context: &Context) -> ApiResult<Response> {
    let uploads = context.app.list_uploads(&caller.actor).await.or_problem()?;
    let view = |status: UploadStatus| UploadView {
        id: format!("{:032x}", status.upload.id),
        url: location(status.upload.id),
        filename: status.upload.filename,
        metadata: status.upload.metadata,
        size_bytes: status.upload.length,
        offset: status.offset,
        library: status.upload.library.0,
        state: "open",
        created_at: time_text(status.upload.created_at),
        expires_at: time_text(status.upload.expires_at),
    };
    let list = UploadListView { items: uploads.into_iter().map(view).collect() };
    Ok(poem::web::Json(list).into_response())
}

async fn create(request: &Request, caller: poem::Result<Caller>, body: Body, context: &Context) -> ApiResult<Response> {
    require_version(request)?;
    let caller = caller?;
    let mut new = read_metadata(request.headers())?;
    let concat = request.header("Upload-Concat").unwrap_or("").trim();
    if let Some(parts) = concat.strip_prefix("final") {
        let parts = parse_parts(parts.trim_start_matches(';'))?;
        let status = context.app.concatenate_uploads(&caller.actor, new, parts).await.or_problem()?;
        return Ok(created(&status));
    }
    new.is_partial = concat == "partial";
    new.length = read_length(request.headers())?;
    let has_bytes = is_offset_stream(request);
    let checksum = read_checksum(request.headers())?;
    let upload = context.app.create_upload(&caller.actor, new).await.or_problem()?;
    if !has_bytes {
        return Ok(created(&UploadStatus { upload, offset: 0 }));
    }
    let stream = body.into_bytes_stream().boxed();
    let id = upload.id;
    match context.app.write_upload(&caller.actor, id, 0, None, checksum, stream).await {
        Ok(status) => Ok(created(&status)),
        // The connection broke after the upload was made: what came is kept and the client finds it by HEAD.
        Err(Error::Unavailable(_)) => {
            let status = context.app.upload_status(&caller.actor, id).await.or_problem()?;
            Ok(created(&status))
        }
        Err(error) => Err(Problem::from(error).into()),
    }
}

async fn patch(request: &Request, body: Body, app: &Arc<App>, actor: &Actor, id: u128) -> ApiResult<Response> {
    if !is_offset_stream(request) {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "wrong_content_type",
            "Send the bytes as application/offset+octet-stream.",
        )
        .into());
    }
    let offset = request
        .header("Upload-Offset")
        .and_then(|offset| offset.trim().parse().ok())
        .ok_or_else(|| Problem::from(Error::invalid("Upload-Offset", "Say at which byte this part begins.")))?;
    let length = read_length(request.headers())?;
    let checksum = read_checksum(request.headers())?;
    let stream = body.into_bytes_stream().boxed();
    let status = app.write_upload(actor, id, offset, length, checksum, stream).await.or_problem()?;
    let mut response = answer(StatusCode::NO_CONTENT);
    add_state(response.headers_mut(), &status);
    Ok(response)
}

fn head(status: &UploadStatus) -> Response {
    let mut response = answer(StatusCode::OK);
    let headers = response.headers_mut();
    add_state(headers, status);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    match status.upload.length {
        Some(length) => headers.insert("Upload-Length", HeaderValue::from(length)),
        None => headers.insert("Upload-Defer-Length", HeaderValue::from_static("1")),
    };
    if !status.upload.metadata.is_empty()
        && let Ok(metadata) = HeaderValue::from_str(&status.upload.metadata)
    {
        headers.insert("Upload-Metadata", metadata);
    }
    if let Some(concat) = status.upload.concat_header(location)
        && let Ok(concat) = HeaderValue::from_str(&concat)
    {
        headers.insert("Upload-Concat", concat);
    }
    response
}

fn created(status: &UploadStatus) -> Response {
    let mut response = answer(StatusCode::CREATED);
    let headers = response.headers_mut();
    headers.insert(
        header::LOCATION,
        HeaderValue::try_from(location(status.upload.id)).expect("an address of ours is ASCII"),
    );
    add_state(headers, status);
    response
}

/// Offset, expiry, and for a completed upload what became of it.
fn add_state(headers: &mut HeaderMap, status: &UploadStatus) {
    headers.insert("Upload-Offset", HeaderValue::from(status.offset));
    if let Ok(expires) = HeaderValue::try_from(http_date(status.upload.expires_at)) {
        headers.insert("Upload-Expires", expires);
    }
    if let UploadState::Completed { item, attachment, duplicate_of, restored } = &status.upload.state {
        let keys = [
            ("Scrollkeeper-Item", item),
            ("Scrollkeeper-Attachment", attachment),
            ("Scrollkeeper-Duplicate-Of", duplicate_of),
        ];
        for (name, key) in keys {
            if let Some(key) = key {
                headers.insert(name, HeaderValue::try_from(key.as_str()).expect("keys are ASCII"));
            }
        }
        if *restored {
            headers.insert("Scrollkeeper-Restored", HeaderValue::from_static("true"));
        }
    }
}

fn answer(status: StatusCode) -> Response {
    Response::builder().status(status).finish()
}

/// Every answer below [`PATH`] names the protocol's version, a refusal too; one for a wrong version names the right one.
pub fn add_protocol(response: &mut Response) {
    let refused = response.status() == StatusCode::PRECONDITION_FAILED;
    let headers = response.headers_mut();
    headers.insert("Tus-Resumable", HeaderValue::from_static(VERSION));
    if refused {
        headers.insert("Tus-Version", HeaderValue::from_static(VERSION));
    }
}

fn location(id: u128) -> String {
    format!("{PATH}/{id:032x}")
}

fn require_version(request: &Request) -> Result<(), Problem> {
    if request.header("Tus-Resumable") == Some(VERSION) {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::PRECONDITION_FAILED,
        "wrong_tus_version",
        "Send Tus-Resumable: 1.0.0; no other version is spoken here.",
    ))
}

fn method_not_allowed() -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "This address does not take that method.")
}

fn is_offset_stream(request: &Request) -> bool {
    request.content_type().is_some_and(|kind| kind.split(';').next().unwrap_or("").trim() == OFFSET_STREAM)
}

fn parse_id(text: &str) -> Result<u128, Problem> {
    let digits = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    digits.then(|| u128::from_str_radix(text, 16).ok()).flatten().ok_or_else(|| Error::not_found("upload").into())
}

/// `final;` names the parts by absolute or relative addresses, separated by spaces.
fn parse_parts(text: &str) -> Result<Vec<u128>, Problem> {
    let parts = text
        .split_whitespace()
        .map(|url| parse_id(url.trim_end_matches('/').rsplit('/').next().unwrap_or("")))
        .collect::<Result<Vec<_>, _>>()?;
    if parts.is_empty() || parts.len() > MOST_PARTS {
        let detail = format!("A whole is made of 1 to {MOST_PARTS} parts.");
        return Err(Error::invalid("Upload-Concat", detail).into());
    }
    Ok(parts)
}

fn read_length(headers: &HeaderMap) -> Result<Option<u64>, Problem> {
    let Some(value) = headers.get("Upload-Length") else { return Ok(None) };
    let length = value.to_str().ok().and_then(|text| text.trim().parse().ok());
    length.map(Some).ok_or_else(|| Error::invalid("Upload-Length", "The length is a number of bytes.").into())
}

fn read_checksum(headers: &HeaderMap) -> Result<Option<Checksum>, Problem> {
    let Some(value) = headers.get("Upload-Checksum") else { return Ok(None) };
    let wrong = || {
        Problem::from(Error::invalid(
            "Upload-Checksum",
            "A checksum looks like `sha1 <base64>`; sha1 and sha256 are known.",
        ))
    };
    let (algorithm, sum) = value.to_str().ok().and_then(|text| text.trim().split_once(' ')).ok_or_else(wrong)?;
    let sum = STANDARD.decode(sum.trim()).map_err(|_| wrong())?;
    match algorithm {
        "sha1" => Ok(Some(Checksum::Sha1(sum))),
        "sha256" => Ok(Some(Checksum::Sha256(sum))),
        _ => Err(wrong()),
    }
}

/// `Upload-Metadata`: keys with base64 values, separated by commas. An empty header occurs.
fn read_metadata(headers: &HeaderMap) -> Result<NewUpload, Problem> {
    let raw = headers.get("Upload-Metadata").and_then(|value| value.to_str().ok()).unwrap_or("");
    if raw.len() > MAX_METADATA_BYTES {
        return Err(Error::invalid("Upload-Metadata", "The metadata are longer than 16 KB.").into());
    }
    let mut new = NewUpload { metadata: raw.to_owned(), ..NewUpload::default() };
    for pair in raw.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
        let value = STANDARD.decode(value.trim()).map_err(|_| {
            Problem::from(Error::invalid("Upload-Metadata", format!("The value of `{key}` is not base64.")))
        })?;
        let value = String::from_utf8_lossy(&value).into_owned();
        match key {
            "filename" | "name" => new.filename = value,
            "library" if !value.is_empty() => {
                let id = value.parse().map_err(|_| Problem::from(Error::not_found("library")))?;
                new.library = Some(LibraryId(id));
            }
            "collection" if !value.is_empty() => {
                new.collection = Some(params::key(&value, "collection").map_err(|error| Problem::from_poem(&error))?);
            }
            "parent" if !value.is_empty() => {
                new.attach_to = Some(params::key(&value, "paper").map_err(|error| Problem::from_poem(&error))?);
            }
            _ => {}
        }
    }
    if new.filename.is_empty() {
        new.filename = "Untitled.pdf".to_owned();
    }
    Ok(new)
}

/// A date as in RFC 7231.
fn http_date(at: Timestamp) -> String {
    const FORMAT: &[time::format_description::FormatItem<'_>] = time::macros::format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    time::OffsetDateTime::from_unix_timestamp(at.0 / 1000)
        .ok()
        .and_then(|moment| moment.format(FORMAT).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata(text: &str) -> Result<NewUpload, Problem> {
        let mut headers = HeaderMap::new();
        headers.insert("Upload-Metadata", HeaderValue::from_str(text).unwrap());
        read_metadata(&headers)
    }

    #[test]
    fn metadata_are_read_as_clients_send_them() {
        let new = metadata("filename w6QucGRm,filetype YXBwbGljYXRpb24vcGRm,library Nw==,empty").unwrap();
        assert_eq!((new.filename.as_str(), new.library), ("ä.pdf", Some(LibraryId(7))));
        assert_eq!(metadata("").unwrap().filename, "Untitled.pdf");
        assert!(metadata("filename !!!").is_err());
    }

    #[test]
    fn parts_are_named_by_their_addresses() {
        let id = "0123456789abcdef0123456789abcdef";
        let text = format!("http://host/api/v1/uploads/{id} /api/v1/uploads/{id}");
        assert_eq!(parse_parts(&text).unwrap(), [0x0123_4567_89ab_cdef_0123_4567_89ab_cdef; 2]);
        assert!(parse_parts("").is_err() && parse_parts("/api/v1/uploads/xyz").is_err());
    }

    #[test]
    fn dates_are_those_of_http() {
        assert_eq!(http_date(Timestamp(784_111_777_000)), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}

//! The browser side: one templated page for every address, and the files it loads.

use std::borrow::Cow;
use std::io::Read as _;

use poem::http::{HeaderValue, Method, StatusCode, header};
use poem::{Body, Request, Response, handler};
use rust_embed::RustEmbed;

use super::problem::Problem;

/// What the web build made: `index.html`, `assets/…` with content-hashed names, `.br` and `.gz` beside each text file.
#[derive(RustEmbed)]
#[folder = "$SCROLLKEEPER_WEB_DIST"]
struct Dist;

/// In `index.html`, replaced by a fresh value for each response.
const NONCE_PLACEHOLDER: &str = "__CSP_NONCE__";

/// What a script may do that runs as a worker: a worker obeys the policy of its own answer, not the page's. The one that
/// draws PDFs fetches character maps and fonts, and decodes pictures in WASM.
const WORKER_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
     frame-ancestors 'none'; base-uri 'none'";

/// Serves the browser side: files as they are, the page for every other address.
#[handler]
pub fn any_page(request: &Request) -> poem::Result<Response> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Problem::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "This address does not take that method.",
        )
        .into());
    }
    let path = request.uri().path().trim_start_matches('/');
    if path == "api" || path.starts_with("api/") {
        return Err(Problem::new(StatusCode::NOT_FOUND, "no_route", "There is nothing at this address.").into());
    }
    if path.starts_with("assets/") || path.contains('.') && !path.contains('/') {
        return file(request, path).ok_or_else(|| {
            Problem::new(StatusCode::NOT_FOUND, "no_route", "There is nothing at this address.").into()
        });
    }
    page()
}

fn page() -> poem::Result<Response> {
    let index = Dist::get("index.html").ok_or_else(|| {
        Problem::new(StatusCode::NOT_FOUND, "no_web", "This build of the program comes without its browser side.")
    })?;
    let nonce = crate::app::new_nonce();
    let text = String::from_utf8_lossy(&index.data).replace(NONCE_PLACEHOLDER, &nonce);
    let policy = format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' blob: data:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; object-src 'none'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    let mut response = Response::builder().content_type("text/html; charset=utf-8").body(text);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::try_from(policy).expect("the policy is ASCII without line ends"),
    );
    Ok(response)
}

fn file(request: &Request, path: &str) -> Option<Response> {
    if path == "index.html" || path.ends_with(".br") || path.ends_with(".gz") {
        return None;
    }
    let accepted = request.header(header::ACCEPT_ENCODING).unwrap_or("");
    let accepts = |name: &str| accepted.split(',').any(|part| part.trim().split(';').next() == Some(name));
    let compressed = [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(name, _)| accepts(name))
        .find_map(|(name, ending)| Some((name, Dist::get(&format!("{path}.{ending}"))?)));
    let (encoding, data) = match compressed {
        Some((name, found)) => (Some(name), found.data),
        None => (None, plain(path)?),
    };
    let data = match data {
        Cow::Borrowed(bytes) => Body::from_bytes(bytes::Bytes::from_static(bytes)),
        Cow::Owned(bytes) => Body::from(bytes),
    };
    let mut response = Response::builder().content_type(media_type(path)).body(data);
    let headers = response.headers_mut();
    let hashed = path.starts_with("assets/");
    let cache = if hashed { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if path.ends_with(".js") {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(WORKER_POLICY));
    }
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Some(response)
}

/// A file as it is. What the build left only compressed is unpacked.
fn plain(path: &str) -> Option<Cow<'static, [u8]>> {
    if let Some(found) = Dist::get(path) {
        return Some(found.data);
    }
    let packed = Dist::get(&format!("{path}.gz"))?;
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(&*packed.data).read_to_end(&mut bytes).ok()?;
    Some(bytes.into())
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or("") {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "json" | "webmanifest" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        "ttf" => "font/ttf",
        _ => "application/octet-stream",
    }
}

//! A paper's file and what was read from it: bytes with ranges, pictures of pages, text, layout, outline.

use std::ops::Range;

use futures_util::StreamExt as _;
use poem::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use poem::web::{Data, Path, Query};
use poem::{Body, IntoResponse, Request, Response, handler};
use serde::{Deserialize, Serialize};

use super::api::Context;
use super::front::Caller;
use super::params;
use super::problem::{ApiResult, OrProblem, Problem};
use crate::app::Error;
use crate::app::documents::Document;
use crate::domain::layout::{DocumentHead, LinkTarget, PageLayout, Rect, TextRole};

/// Up to this size a range is read at once; larger ones are streamed.
const WHOLE_BYTES: u64 = 256 * 1024;

/// The bytes of a paper's first file, or of a file.
#[handler]
pub async fn get_file(
    request: &Request,
    caller: Caller,
    context: Data<&Context>,
    Path((library, key)): Path<(u64, String)>,
    Query(query): Query<FileQuery>,
) -> ApiResult<Response> {
    let key = params::key(&key, "paper")?;
    let document = context.app.get_document(&caller.actor, params::library(library), key).await.or_problem()?;
    let etag = format!("\"{}\"", document.file.sha256);
    let mut response = if params::is_known(request.headers(), &etag) {
        Response::builder().status(StatusCode::NOT_MODIFIED).finish()
    } else {
        send(request, &context, &document, &etag).await?
    };
    add_file_headers(response.headers_mut(), &document, &etag, query.download.unwrap_or(false));
    Ok(response)
}

/// How to send a file.
#[derive(Debug, Deserialize)]
pub struct FileQuery {
    /// Whether the browser is to save it rather than show it.
    download: Option<bool>,
}

async fn send(request: &Request, context: &Context, document: &Document, etag: &str) -> ApiResult<Response> {
    let size = document.file.size_bytes;
    let if_range_fits = request.header(header::IF_RANGE).is_none_or(|tag| tag.trim() == etag);
    let range = request.header(header::RANGE).filter(|_| if_range_fits).map(|text| parse_range(text, size));
    let (status, range) = match range {
        None | Some(Asked::Whole) => (StatusCode::OK, 0..size),
        Some(Asked::Part(range)) => (StatusCode::PARTIAL_CONTENT, range),
        Some(Asked::Impossible) => {
            let mut response = Response::builder().status(StatusCode::RANGE_NOT_SATISFIABLE).finish();
            let value = HeaderValue::try_from(format!("bytes */{size}")).expect("numbers are ASCII");
            response.headers_mut().insert(header::CONTENT_RANGE, value);
            return Ok(response);
        }
    };
    let length = range.end - range.start;
    let body = if *request.method() == Method::HEAD {
        Body::empty()
    } else if length <= WHOLE_BYTES {
        Body::from(context.app.read_bytes(document, range.clone()).await.or_problem()?)
    } else {
        let stream = context.app.stream_bytes(document, range.clone()).await.or_problem()?;
        Body::from_bytes_stream(stream.boxed())
    };
    let mut response = Response::builder().status(status).body(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    if status == StatusCode::PARTIAL_CONTENT {
        let value = format!("bytes {}-{}/{size}", range.start, range.end - 1);
        headers.insert(header::CONTENT_RANGE, HeaderValue::try_from(value).expect("numbers are ASCII"));
    }
    Ok(response)
}

#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Whole,
    Part(Range<u64>),
    Impossible,
}

/// One range of bytes (RFC 9110 §14); several at once, and what is no range, are answered with the whole.
fn parse_range(text: &str, size: u64) -> Asked {
    let Some((first, last)) = text.trim().strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Asked::Whole;
    };
    let (first, last) = (first.trim(), last.trim());
    let range = match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), Ok(last)) if first <= last => first..last.saturating_add(1).min(size),
        (Ok(first), Err(_)) if last.is_empty() => first..size,
        (Err(_), Ok(count)) if first.is_empty() => size.saturating_sub(count)..size,
        _ => return Asked::Whole,
    };
    if range.is_empty() { Asked::Impossible } else { Asked::Part(range) }
}

fn add_file_headers(headers: &mut HeaderMap, document: &Document, etag: &str, download: bool) {
    let mut insert = |name: header::HeaderName, value: String| {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(name, value);
        }
    };
    insert(header::ETAG, etag.to_owned());
    insert(header::ACCEPT_RANGES, "bytes".to_owned());
    insert(header::CACHE_CONTROL, "private, max-age=31536000, immutable".to_owned());
    insert(header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'; frame-ancestors 'none'".to_owned());
    // Only PDFs are ever shown; any other kind is saved, and named as what it can do no harm as.
    let is_pdf = document.file.media_type == "application/pdf";
    let kind = if is_pdf { "application/pdf" } else { "application/octet-stream" };
    insert(header::CONTENT_TYPE, kind.to_owned());
    let disposition = if download || !is_pdf { "attachment" } else { "inline" };
    let name = &document.download_name;
    let plain: String = name.chars().map(|c| if c.is_ascii() && c != '"' && c != '\\' { c } else { '_' }).collect();
    let encoded = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
    insert(header::CONTENT_DISPOSITION, format!("{disposition}; filename=\"{plain}\"; filename*=UTF-8''{encoded}"));
}

/// How wide a picture is wanted.
#[derive(Debug, Deserialize)]
pub struct ImageQuery {
    width: Option<u32>,
}

/// The picture of a page, from 1.
#[handler]
pub async fn get_page_image(
    request: &Request,
    caller: Caller,
    context: Data<&Context>,
    Path((library, key, page)): Path<(u64, String, u32)>,
    Query(query): Query<ImageQuery>,
) -> ApiResult<Response> {
    let key = params::key(&key, "paper")?;
    let index = page_index(page)?;
    let width = query.width.unwrap_or(640);
    let drawn = context.app.get_page_image(&caller.actor, params::library(library), key, index, width).await;
    let (sha256, image) = drawn.or_problem()?;
    let etag = format!("\"{sha256}-{index}-{width}\"");
    let mut response = if params::is_known(request.headers(), &etag) {
        Response::builder().status(StatusCode::NOT_MODIFIED).finish()
    } else {
        Response::builder().content_type("image/webp").body(image)
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, HeaderValue::try_from(etag).expect("hexadecimal digits are ASCII"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=86400"));
    Ok(response)
}

fn page_index(page: u32) -> ApiResult<u32> {
    page.checked_sub(1).ok_or_else(|| Problem::from(Error::invalid("page", "Pages count from 1.")).into())
}

/// Which page's text.
#[derive(Debug, Deserialize)]
pub struct TextQuery {
    page: Option<u32>,
}

/// The text of a page, or of all pages separated by form feeds.
#[handler]
pub async fn get_text(
    caller: Caller,
    context: Data<&Context>,
    Path((library, key)): Path<(u64, String)>,
    Query(query): Query<TextQuery>,
) -> ApiResult<Response> {
    let key = params::key(&key, "paper")?;
    let (first, last) = match query.page {
        Some(page) => (page_index(page)?, page_index(page)?),
        None => (0, u32::MAX),
    };
    let texts = context.app.get_texts(&caller.actor, params::library(library), key, first, last).await.or_problem()?;
    Ok(Response::builder().content_type("text/plain; charset=utf-8").body(texts.join("\x0c")))
}

/// Which pages' layout: `3` or `1-3`.
#[derive(Debug, Deserialize)]
pub struct LayoutQuery {
    pages: Option<String>,
}

/// Pages asked for at once.
const MOST_PAGES: u32 = 200;

#[derive(Serialize)]
struct LayoutView<'a> {
    pages: Vec<PageView<'a>>,
}

#[derive(Serialize)]
struct PageView<'a> {
    page: u32,
    label: String,
    width: f32,
    height: f32,
    rotate: u16,
    crop: [f32; 4],
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    recognised: bool,
    text: &'a str,
    words: Vec<(u32, u32, f32, f32, f32, f32)>,
    roles: Vec<(u32, u32, &'static str)>,
    divisions: Vec<(u32, bool)>,
    links: Vec<LinkView<'a>>,
}

#[derive(Serialize)]
struct LinkView<'a> {
    rect: [f32; 4],
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    top: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<&'a str>,
}

/// Words with boxes of some pages.
#[handler]
pub async fn get_layout(
    caller: Caller,
    context: Data<&Context>,
    Path((library, key)): Path<(u64, String)>,
    Query(query): Query<LayoutQuery>,
) -> ApiResult<Response> {
    let key = params::key(&key, "paper")?;
    let (first, last) = parse_pages(query.pages.as_deref().unwrap_or("1"))?;
    let layout = context.app.get_layout(&caller.actor, params::library(library), key, first - 1, last - 1).await;
    let (head, slices) = layout.or_problem()?;
    let pages = slices.iter().flat_map(|slice| &slice.pages);
    let pages = pages.filter(|page| (first - 1..last).contains(&page.index)).map(|page| page_view(page, &head));
    let view = LayoutView { pages: pages.collect() };
    Ok(poem::web::Json(view).into_response())
}

fn page_view<'a>(page: &'a PageLayout, head: &DocumentHead) -> PageView<'a> {
    let info = head.pages.get(page.index as usize).cloned().unwrap_or_default();
    let words = page.words.iter().map(|word| {
        let Rect { x0, y0, x1, y1 } = word.rect;
        (word.start, word.end, round(x0), round(y0), round(x1), round(y1))
    });
    PageView {
        page: page.index + 1,
        label: info.label.unwrap_or_else(|| (page.index + 1).to_string()),
        width: info.width,
        height: info.height,
        rotate: info.rotate,
        crop: corners(info.crop),
        recognised: page.recognised,
        text: &page.text,
        words: words.collect(),
        roles: page.roles.iter().map(|span| (span.start, span.end, role_name(span.role))).collect(),
        divisions: page.divisions.iter().map(|division| (division.at, division.kept)).collect(),
        links: page
            .links
            .iter()
            .map(|link| {
                let (page, top, uri) = match &link.target {
                    LinkTarget::Page { index, top } => (Some(index + 1), *top, None),
                    LinkTarget::Uri(uri) => (None, None, Some(uri.as_str())),
                };
                LinkView { rect: corners(link.rect), page, top, uri }
            })
            .collect(),
    }
}

/// A hundredth of a point is finer than any screen.
fn round(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

fn corners(rect: Rect) -> [f32; 4] {
    [round(rect.x0), round(rect.y0), round(rect.x1), round(rect.y1)]
}

fn role_name(role: TextRole) -> &'static str {
    match role {
        TextRole::Head => "head",
        TextRole::Foot => "foot",
        TextRole::PageNumber => "page_number",
        TextRole::Footnote => "footnote",
        TextRole::Stamp => "stamp",
        TextRole::LineNumber => "line_number",
        TextRole::Caption => "caption",
    }
}

fn parse_pages(text: &str) -> ApiResult<(u32, u32)> {
    let wrong =
        || Problem::from(Error::invalid("pages", format!("Pages look like 3 or 1-3, at most {MOST_PAGES} at once.")));
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let first: u32 = first.trim().parse().map_err(|_| wrong())?;
    let last: u32 = last.trim().parse().map_err(|_| wrong())?;
    if first == 0 || last < first || last - first >= MOST_PAGES {
        return Err(wrong().into());
    }
    Ok((first, last))
}

#[derive(Serialize)]
struct OutlineView {
    pages: Vec<PageSizeView>,
    outline: Vec<EntryView>,
    from_headings: bool,
}

#[derive(Serialize)]
struct PageSizeView {
    page: u32,
    label: String,
    width: f32,
    height: f32,
    rotate: u16,
    crop: [f32; 4],
}

#[derive(Serialize)]
struct EntryView {
    level: u8,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    top: Option<f32>,
}

/// Sizes and labels of all pages, and the outline: the file's own, else the headings that were read. Nothing of either is
/// no error: a page that waits for a file to be read asks again and again.
#[handler]
pub async fn get_outline(
    caller: Caller,
    context: Data<&Context>,
    Path((library, key)): Path<(u64, String)>,
) -> ApiResult<Response> {
    let (library, key) = (params::library(library), params::key(&key, "paper")?);
    let head = match context.app.get_head(&caller.actor, library, key).await {
        Err(Error::NotFound(_)) => {
            context.app.get_document(&caller.actor, library, key).await.or_problem()?;
            DocumentHead::default()
        }
        other => other.or_problem()?,
    };
    let from_headings = head.outline.is_empty();
    let outline = if from_headings {
        let facts = context.app.get_facts(&caller.actor, library, key).await.unwrap_or_default();
        let entry = |section: crate::domain::facts::Section| EntryView {
            level: section.level,
            title: format!("{} {}", section.number, section.heading).trim().to_owned(),
            page: Some(section.page + 1),
            top: None,
        };
        facts.sections.into_iter().map(entry).collect()
    } else {
        let entry = |entry: crate::domain::layout::OutlineEntry| EntryView {
            level: entry.level,
            title: entry.title,
            page: entry.page.map(|page| page + 1),
            top: entry.top,
        };
        head.outline.into_iter().map(entry).collect()
    };
    let size = |(index, info): (usize, crate::domain::layout::PageInfo)| PageSizeView {
        page: u32::try_from(index + 1).unwrap_or(u32::MAX),
        label: info.label.unwrap_or_else(|| (index + 1).to_string()),
        width: info.width,
        height: info.height,
        rotate: info.rotate,
        crop: corners(info.crop),
    };
    let view = OutlineView { pages: head.pages.into_iter().enumerate().map(size).collect(), outline, from_headings };
    Ok(poem::web::Json(view).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        assert_eq!(parse_range("bytes=0-99", 1000), Asked::Part(0..100));
        assert_eq!(parse_range("bytes=900-", 1000), Asked::Part(900..1000));
        assert_eq!(parse_range("bytes=-100", 1000), Asked::Part(900..1000));
        assert_eq!(parse_range("bytes=0-5000", 1000), Asked::Part(0..1000));
        assert_eq!(parse_range("bytes=1000-", 1000), Asked::Impossible);
        assert_eq!(parse_range("bytes=-0", 1000), Asked::Impossible);
        for whole in ["bytes=5-1", "bytes=a-b", "bytes=0-1,5-6", "lines=1-2", ""] {
            assert_eq!(parse_range(whole, 1000), Asked::Whole, "{whole}");
        }
    }

    #[test]
    fn pages_are_asked_for_alone_or_in_a_row() {
        assert_eq!(parse_pages("3").unwrap(), (3, 3));
        assert_eq!(parse_pages("1-3").unwrap(), (1, 3));
        for wrong in ["0", "3-1", "x", "1-100000", ""] {
            assert!(parse_pages(wrong).is_err(), "{wrong}");
        }
    }
}

//! Links and embedded annotations of a page.

use super::head::tidy;
use crate::domain::layout::{EmbeddedAnnotation, Link, LinkTarget};
use crate::pdf::native::{Page, RawTarget};

/// Addresses longer than this are not followed by anybody.
const URI_MAX: usize = 2_048;
const SCHEMES: [&str; 4] = ["https://", "http://", "mailto:", "doi:"];

/// The links that lead to a page of this document or to a harmless address.
pub fn links(page: &Page<'_>, pages: u32) -> Vec<Link> {
    let found = page.links().into_iter();
    let kept = found.filter_map(|(rect, target)| match target {
        RawTarget::Inside(place) if place.page < pages => {
            Some(Link { rect, target: LinkTarget::Page { index: place.page, top: place.top } })
        }
        RawTarget::Inside(_) => None,
        RawTarget::Uri(uri) => safe_uri(&uri).map(|uri| Link { rect, target: LinkTarget::Uri(uri) }),
    });
    kept.collect()
}

fn safe_uri(uri: &str) -> Option<String> {
    let uri = uri.trim();
    let lower = uri.get(..uri.len().min(16)).unwrap_or(uri).to_ascii_lowercase();
    if uri.len() > URI_MAX || uri.chars().any(|c| c.is_control() || c == ' ') {
        return None;
    }
    if SCHEMES.iter().any(|scheme| lower.starts_with(scheme)) {
        return Some(uri.to_owned());
    }
    lower.starts_with("www.").then(|| format!("http://{uri}"))
}

/// Somebody's marks in the file.
pub fn annotations(page: &Page<'_>) -> Vec<EmbeddedAnnotation> {
    let found = page.annotations().into_iter();
    let kept = found.map(|raw| EmbeddedAnnotation {
        subtype: raw.subtype.to_owned(),
        rects: raw.rects,
        contents: raw.contents.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned(),
        author: tidy(&raw.author),
        color: raw.color.map(|[red, green, blue]| format!("#{red:02x}{green:02x}{blue:02x}")),
    });
    kept.collect()
}

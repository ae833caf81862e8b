//! Hits on the wire.

use poem_openapi::Object;

use super::CreatorView;

/// A place in a paper.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Passage")]
pub struct PassageView {
    /// The attachment it is in.
    pub attachment: String,
    /// Page, from 1.
    pub page: u32,
    /// Its printed label.
    pub page_label: String,
    /// The heading it stands under.
    #[oai(skip_serializing_if_is_none)]
    pub section: Option<String>,
    /// The words around it.
    pub text: String,
    /// Code points in `text` to mark: begin and end of each.
    pub marks: Vec<[u32; 2]>,
    /// Where `text` begins in the page's text.
    pub offset: u32,
    /// Code points to mark on the next page, where the words run over the page end.
    pub next_page_marks: Vec<[u32; 2]>,
}

/// A paper that was found.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Hit")]
pub struct HitView {
    /// Its library.
    pub library: u64,
    /// Its key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Its creators.
    pub creators: Vec<CreatorView>,
    /// Its year.
    #[oai(skip_serializing_if_is_none)]
    pub year: Option<u16>,
    /// Where it was published.
    pub venue: String,
    /// Higher is better.
    pub score: f32,
    /// The best places in it.
    pub passages: Vec<PassageView>,
    /// Places beyond those.
    pub more_places: u64,
}

/// A page of hits.
#[derive(Debug, Clone, Object)]
#[oai(rename = "SearchPage")]
pub struct SearchPageView {
    /// Papers found in all.
    pub total: u64,
    /// The hits, best first.
    pub hits: Vec<HitView>,
    /// Give it as `cursor` for the next page; absent on the last.
    #[oai(skip_serializing_if_is_none)]
    pub next_cursor: Option<String>,
}

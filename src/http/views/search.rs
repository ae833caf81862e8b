//! Hits on the wire.

use poem_openapi::Object;

use super::CreatorView;
use crate::app::searching::{FoundPaper, Hint, Passage};

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
    /// The rest of a match that runs on behind a page end or a foot.
    #[oai(skip_serializing_if_is_none)]
    pub continues: Option<ContinuationView>,
}

/// The second part of a passage whose match runs on elsewhere.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Continuation")]
pub struct ContinuationView {
    /// Page, from 1.
    pub page: u32,
    /// Its printed label.
    pub page_label: String,
    /// The words there.
    pub text: String,
    /// Code points in `text` to mark.
    pub marks: Vec<[u32; 2]>,
    /// Where `text` begins in that page's text.
    pub offset: u32,
}

impl From<Passage> for PassageView {
    fn from(passage: Passage) -> Self {
        let pairs = |marks: Vec<(u32, u32)>| marks.into_iter().map(|(start, end)| [start, end]).collect();
        let label = |label: Option<String>, index: u32| label.unwrap_or_else(|| (index + 1).to_string());
        Self {
            attachment: passage.attachment.to_string(),
            page: passage.page_index + 1,
            page_label: label(passage.page_label, passage.page_index),
            section: passage.section,
            text: passage.text,
            marks: pairs(passage.marks),
            offset: passage.offset,
            continues: passage.continues.map(|rest| ContinuationView {
                page: rest.page_index + 1,
                page_label: label(rest.page_label, rest.page_index),
                text: rest.text,
                marks: pairs(rest.marks),
                offset: rest.offset,
            }),
        }
    }
}

/// Places of one paper.
#[derive(Debug, Clone, Object)]
#[oai(rename = "PlacesPage")]
pub struct PlacesView {
    /// Pages with a match.
    pub total_pages: u64,
    /// Give it as `cursor` for the next pages; absent on the last.
    #[oai(skip_serializing_if_is_none)]
    pub next_cursor: Option<String>,
    /// The places, in page order.
    pub passages: Vec<PassageView>,
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
    /// What to tell the person about the query beside the hits.
    pub hints: Vec<SearchHintView>,
    /// Give it as `cursor` for the next page; absent on the last.
    #[oai(skip_serializing_if_is_none)]
    pub next_cursor: Option<String>,
}

/// Something about the query that a person may want to know.
#[derive(Debug, Clone, Object)]
#[oai(rename = "SearchHint")]
pub struct SearchHintView {
    /// `unknown_field`: there is no field of this name, so it was searched as words.
    pub code: String,
    /// The field's name as typed.
    pub field: String,
    /// The hint in words.
    pub message: String,
}

impl From<Hint> for SearchHintView {
    fn from(hint: Hint) -> Self {
        let Hint::UnknownField(field) = hint;
        let message = format!("There is no field “{field}”, so this was searched as plain words.");
        Self { code: "unknown_field".to_owned(), field, message }
    }
}

impl From<FoundPaper> for HitView {
    fn from(found: FoundPaper) -> Self {
        let item = found.item;
        Self {
            library: found.hit.library.0,
            key: item.key.to_string(),
            title: item.field("title").to_owned(),
            year: item.year(),
            venue: item.venue().to_owned(),
            creators: item.creators.into_iter().map(CreatorView::from).collect(),
            score: found.hit.score,
            passages: found.hit.passages.into_iter().map(PassageView::from).collect(),
            more_places: found.hit.more_places as u64,
        }
    }
}

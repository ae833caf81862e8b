//! Cited works on the wire.

use poem_openapi::Object;

use crate::app::references::{CitedWork, KnownPaper};
use crate::domain::facts::{Author, Citation, Place, thousandths};

/// An author of a cited work.
#[derive(Debug, Clone, Object)]
#[oai(rename = "ReferenceAuthor")]
pub struct ReferenceAuthorView {
    /// Given names.
    #[oai(skip_serializing_if_is_none)]
    pub given: Option<String>,
    /// Family name.
    #[oai(skip_serializing_if_is_none)]
    pub family: Option<String>,
    /// The whole name of a person with one name, or of a group.
    #[oai(skip_serializing_if_is_none)]
    pub name: Option<String>,
}

impl From<Author> for ReferenceAuthorView {
    fn from(author: Author) -> Self {
        if author.single {
            return Self { given: None, family: None, name: Some(author.family) };
        }
        Self { given: Some(author.given), family: Some(author.family), name: None }
    }
}

/// A place in the text that cites a work.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Citation")]
pub struct CitationView {
    /// Page, from 1.
    pub page: u32,
    /// First code point in the page's text.
    pub start: u32,
    /// One behind the last.
    pub end: u32,
}

impl From<Citation> for CitationView {
    fn from(citation: Citation) -> Self {
        Self { page: citation.page + 1, start: citation.start, end: citation.end }
    }
}

/// Where the entry of a cited work stands on one page.
#[derive(Debug, Clone, Object)]
#[oai(rename = "ReferencePlace")]
pub struct ReferencePlaceView {
    /// Page, from 1.
    pub page: u32,
    /// Boxes of its lines in PDF user space: left, bottom, right, top.
    pub rects: Vec<[f64; 4]>,
}

impl From<Place> for ReferencePlaceView {
    fn from(place: Place) -> Self {
        // A hundredth of a point is finer than any screen.
        let round = |value: f32| (f64::from(value) * 100.0).round() / 100.0;
        let rects = place.rects.iter().map(|rect| [rect.x0, rect.y0, rect.x1, rect.y1].map(round));
        Self { page: place.page + 1, rects: rects.collect() }
    }
}

/// A paper that is the cited work, in a library of the person who asks.
#[derive(Debug, Clone, Object)]
#[oai(rename = "ReferencePaper")]
pub struct ReferencePaperView {
    /// The library.
    pub library: u64,
    /// The paper's key.
    pub key: String,
    /// Whether it has a PDF to be read.
    pub has_pdf: bool,
}

impl From<KnownPaper> for ReferencePaperView {
    fn from(paper: KnownPaper) -> Self {
        Self { library: paper.library.0, key: paper.key.to_string(), has_pdf: paper.has_pdf }
    }
}

/// A cited work.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Reference")]
pub struct ReferenceView {
    /// As printed, lines joined.
    pub raw: String,
    /// Number or key printed before it.
    pub label: String,
    /// Title of the work.
    #[oai(skip_serializing_if_is_none)]
    pub title: Option<String>,
    /// Its authors.
    pub authors: Vec<ReferenceAuthorView>,
    /// Year of publication.
    #[oai(skip_serializing_if_is_none)]
    pub year: Option<u16>,
    /// DOI.
    #[oai(skip_serializing_if_is_none)]
    pub doi: Option<String>,
    /// arXiv identifier.
    #[oai(skip_serializing_if_is_none)]
    pub arxiv: Option<String>,
    /// Journal, book or series.
    #[oai(skip_serializing_if_is_none)]
    pub venue: Option<String>,
    /// Volume.
    #[oai(skip_serializing_if_is_none)]
    pub volume: Option<String>,
    /// Issue.
    #[oai(skip_serializing_if_is_none)]
    pub issue: Option<String>,
    /// Pages.
    #[oai(skip_serializing_if_is_none)]
    pub pages: Option<String>,
    /// Web address.
    #[oai(skip_serializing_if_is_none)]
    pub url: Option<String>,
    /// How sure the title is, 0 to 1.
    pub confidence: f64,
    /// Which list it stands in, from 0.
    pub list: u16,
    /// Where its entry stands.
    pub places: Vec<ReferencePlaceView>,
    /// Where the text cites it.
    pub cited_in: Vec<CitationView>,
    /// The paper in a library of yours.
    #[oai(skip_serializing_if_is_none)]
    pub paper: Option<ReferencePaperView>,
}

impl From<CitedWork> for ReferenceView {
    fn from(cited: CitedWork) -> Self {
        let reference = cited.reference;
        Self {
            raw: reference.raw,
            label: reference.label,
            title: reference.title,
            authors: reference.authors.into_iter().map(Into::into).collect(),
            year: reference.year,
            doi: reference.doi,
            arxiv: reference.arxiv,
            venue: reference.venue,
            volume: reference.volume,
            issue: reference.issue,
            pages: reference.pages,
            url: reference.url,
            confidence: thousandths(reference.confidence),
            list: reference.list,
            places: reference.places.into_iter().map(Into::into).collect(),
            cited_in: reference.cited_in.into_iter().map(Into::into).collect(),
            paper: cited.paper.map(Into::into),
        }
    }
}

/// The works that a paper cites.
#[derive(Debug, Clone, Object)]
#[oai(rename = "ReferenceList")]
pub struct ReferenceListView {
    /// In printed order.
    pub items: Vec<ReferenceView>,
}

impl From<Vec<CitedWork>> for ReferenceListView {
    fn from(works: Vec<CitedWork>) -> Self {
        Self { items: works.into_iter().map(Into::into).collect() }
    }
}

//! Records of layouts and heads.

use minicbor::bytes::ByteVec;
use minicbor::{CborLen, Decode, Encode};

use super::{CodecError, words};
use crate::domain::layout::{
    Division, DocumentHead, DocumentInfo, EmbeddedAnnotation, Font, LayoutSlice, Line, Link, LinkTarget, OutlineEntry,
    PageInfo, PageLayout, PageQuality, Rect, RoleSpan, TextRole,
};

#[derive(Encode, Decode, CborLen)]
pub struct SliceRecord {
    #[n(0)]
    first_page: u32,
    #[n(1)]
    pages: Vec<PageRecord>,
    #[n(2)]
    fonts: Vec<FontRecord>,
}

#[derive(Encode, Decode, CborLen)]
struct PageRecord {
    #[n(0)]
    index: u32,
    #[n(1)]
    text: String,
    #[n(2)]
    words: ByteVec,
    /// Words of each line, one line after the other.
    #[n(3)]
    lines: Vec<u32>,
    #[n(4)]
    roles: Vec<(u32, u32, u8)>,
    #[n(5)]
    divisions: Vec<(u32, bool)>,
    #[n(6)]
    links: Vec<LinkRecord>,
    #[n(7)]
    annotations: Vec<AnnotationRecord>,
    #[n(8)]
    quality: u8,
    #[n(9)]
    #[cbor(default)]
    recognised: bool,
}

#[derive(Encode, Decode, CborLen)]
struct FontRecord {
    #[n(0)]
    name: String,
    #[n(1)]
    bold: bool,
    #[n(2)]
    italic: bool,
}

type Corners = (f32, f32, f32, f32);

#[derive(Encode, Decode, CborLen)]
struct LinkRecord {
    #[n(0)]
    rect: Corners,
    #[n(1)]
    page: Option<u32>,
    #[n(2)]
    top: Option<f32>,
    #[n(3)]
    uri: Option<String>,
}

#[derive(Encode, Decode, CborLen)]
struct AnnotationRecord {
    #[n(0)]
    subtype: String,
    #[n(1)]
    rects: Vec<Corners>,
    #[n(2)]
    contents: String,
    #[n(3)]
    author: String,
    #[n(4)]
    color: Option<String>,
}

#[derive(Encode, Decode, CborLen)]
pub struct HeadRecord {
    #[n(0)]
    pages: Vec<PageInfoRecord>,
    #[n(1)]
    outline: Vec<OutlineRecord>,
    #[n(2)]
    info: InfoRecord,
}

#[derive(Encode, Decode, CborLen)]
struct PageInfoRecord {
    #[n(0)]
    label: Option<String>,
    #[n(1)]
    width: f32,
    #[n(2)]
    height: f32,
    #[n(3)]
    rotate: u16,
    #[n(4)]
    crop: Corners,
}

#[derive(Encode, Decode, CborLen)]
struct OutlineRecord {
    #[n(0)]
    level: u8,
    #[n(1)]
    title: String,
    #[n(2)]
    page: Option<u32>,
    #[n(3)]
    top: Option<f32>,
}

#[derive(Encode, Decode, CborLen)]
struct InfoRecord {
    #[n(0)]
    title: String,
    #[n(1)]
    author: String,
    #[n(2)]
    subject: String,
    #[n(3)]
    keywords: String,
    #[n(4)]
    creator: String,
    #[n(5)]
    producer: String,
    #[n(6)]
    creation_date: String,
    #[n(7)]
    owner_locked: bool,
}

impl From<&LayoutSlice> for SliceRecord {
    fn from(slice: &LayoutSlice) -> Self {
        let fonts = slice.fonts.iter();
        Self {
            first_page: slice.first_page,
            pages: slice.pages.iter().map(PageRecord::from).collect(),
            fonts: fonts.map(|f| FontRecord { name: f.name.clone(), bold: f.bold, italic: f.italic }).collect(),
        }
    }
}

impl TryFrom<SliceRecord> for LayoutSlice {
    type Error = CodecError;

    fn try_from(record: SliceRecord) -> Result<Self, CodecError> {
        let fonts = record.fonts.into_iter();
        Ok(Self {
            first_page: record.first_page,
            pages: record.pages.into_iter().map(PageLayout::try_from).collect::<Result<_, _>>()?,
            fonts: fonts.map(|f| Font { name: f.name, bold: f.bold, italic: f.italic }).collect(),
        })
    }
}

impl From<&PageLayout> for PageRecord {
    fn from(page: &PageLayout) -> Self {
        Self {
            index: page.index,
            text: page.text.clone(),
            words: words::encode(&page.words).into(),
            lines: page.lines.iter().map(|line| line.end_word.saturating_sub(line.first_word)).collect(),
            roles: page.roles.iter().map(|span| (span.start, span.end, role_code(span.role))).collect(),
            divisions: page.divisions.iter().map(|division| (division.at, division.kept)).collect(),
            links: page.links.iter().map(LinkRecord::from).collect(),
            annotations: page.annotations.iter().map(AnnotationRecord::from).collect(),
            quality: quality_code(page.quality),
            recognised: page.recognised,
        }
    }
}

impl TryFrom<PageRecord> for PageLayout {
    type Error = CodecError;

    /// Checks every offset, so that readers may slice without looking.
    fn try_from(record: PageRecord) -> Result<Self, CodecError> {
        let length = u32::try_from(record.text.chars().count()).unwrap_or(u32::MAX);
        let words = words::decode(&record.words)?;
        let mut last = 0;
        for word in &words {
            if word.start < last || word.end < word.start || word.end > length {
                return Err(CodecError::Damaged("a word lies outside its page's text"));
            }
            last = word.end;
        }
        let roles: Vec<RoleSpan> = record
            .roles
            .into_iter()
            .filter_map(|(start, end, code)| role(code).map(|role| RoleSpan { start, end, role }))
            .collect();
        if roles.iter().any(|span| span.start > span.end || span.end > length) {
            return Err(CodecError::Damaged("a role lies outside its page's text"));
        }
        if record.divisions.iter().any(|(at, kept)| *at > length || (*kept && *at == 0)) {
            return Err(CodecError::Damaged("a division lies outside its page's text"));
        }
        Ok(Self {
            index: record.index,
            lines: lines(&record.lines, words.len())?,
            words,
            text: record.text,
            roles,
            divisions: record.divisions.into_iter().map(|(at, kept)| Division { at, kept }).collect(),
            links: record.links.into_iter().filter_map(LinkRecord::into_link).collect(),
            annotations: record.annotations.into_iter().map(AnnotationRecord::into_annotation).collect(),
            quality: quality(record.quality),
            recognised: record.recognised,
        })
    }
}

/// Lines follow each other without a gap: their lengths are enough.
fn lines(lengths: &[u32], words: usize) -> Result<Vec<Line>, CodecError> {
    let mut lines = Vec::with_capacity(lengths.len());
    let mut first_word = 0_u32;
    for length in lengths {
        let end_word = first_word.checked_add(*length).filter(|end| *end as usize <= words);
        let end_word = end_word.ok_or(CodecError::Damaged("a line has more words than its page"))?;
        lines.push(Line { first_word, end_word });
        first_word = end_word;
    }
    Ok(lines)
}

fn role_code(role: TextRole) -> u8 {
    match role {
        TextRole::Head => 1,
        TextRole::Foot => 2,
        TextRole::PageNumber => 3,
        TextRole::Footnote => 4,
        TextRole::Stamp => 5,
        TextRole::LineNumber => 6,
        TextRole::Caption => 7,
    }
}

/// A role that a newer program knows is running text to this one.
fn role(code: u8) -> Option<TextRole> {
    Some(match code {
        1 => TextRole::Head,
        2 => TextRole::Foot,
        3 => TextRole::PageNumber,
        4 => TextRole::Footnote,
        5 => TextRole::Stamp,
        6 => TextRole::LineNumber,
        7 => TextRole::Caption,
        _ => return None,
    })
}

fn quality_code(quality: PageQuality) -> u8 {
    match quality {
        PageQuality::Good => 0,
        PageQuality::Poor => 1,
        PageQuality::None => 2,
    }
}

fn quality(code: u8) -> PageQuality {
    match code {
        0 => PageQuality::Good,
        2 => PageQuality::None,
        _ => PageQuality::Poor,
    }
}

pub fn corners(rect: Rect) -> Corners {
    (rect.x0, rect.y0, rect.x1, rect.y1)
}

pub fn rect((x0, y0, x1, y1): Corners) -> Rect {
    Rect { x0, y0, x1, y1 }
}

impl From<&Link> for LinkRecord {
    fn from(link: &Link) -> Self {
        let rect = corners(link.rect);
        match &link.target {
            LinkTarget::Page { index, top } => Self { rect, page: Some(*index), top: *top, uri: None },
            LinkTarget::Uri(uri) => Self { rect, page: None, top: None, uri: Some(uri.clone()) },
        }
    }
}

impl LinkRecord {
    fn into_link(self) -> Option<Link> {
        let target = match (self.page, self.uri) {
            (Some(index), _) => LinkTarget::Page { index, top: self.top },
            (None, Some(uri)) => LinkTarget::Uri(uri),
            (None, None) => return None,
        };
        Some(Link { rect: rect(self.rect), target })
    }
}

impl From<&EmbeddedAnnotation> for AnnotationRecord {
    fn from(annotation: &EmbeddedAnnotation) -> Self {
        Self {
            subtype: annotation.subtype.clone(),
            rects: annotation.rects.iter().copied().map(corners).collect(),
            contents: annotation.contents.clone(),
            author: annotation.author.clone(),
            color: annotation.color.clone(),
        }
    }
}

impl AnnotationRecord {
    fn into_annotation(self) -> EmbeddedAnnotation {
        EmbeddedAnnotation {
            subtype: self.subtype,
            rects: self.rects.into_iter().map(rect).collect(),
            contents: self.contents,
            author: self.author,
            color: self.color,
        }
    }
}

impl From<&DocumentHead> for HeadRecord {
    fn from(head: &DocumentHead) -> Self {
        let pages = head.pages.iter().map(|page| PageInfoRecord {
            label: page.label.clone(),
            width: page.width,
            height: page.height,
            rotate: page.rotate,
            crop: corners(page.crop),
        });
        let outline = head.outline.iter().map(|entry| OutlineRecord {
            level: entry.level,
            title: entry.title.clone(),
            page: entry.page,
            top: entry.top,
        });
        let info = &head.info;
        Self {
            pages: pages.collect(),
            outline: outline.collect(),
            info: InfoRecord {
                title: info.title.clone(),
                author: info.author.clone(),
                subject: info.subject.clone(),
                keywords: info.keywords.clone(),
                creator: info.creator.clone(),
                producer: info.producer.clone(),
                creation_date: info.creation_date.clone(),
                owner_locked: info.owner_locked,
            },
        }
    }
}

impl From<HeadRecord> for DocumentHead {
    fn from(record: HeadRecord) -> Self {
        let pages = record.pages.into_iter().map(|page| PageInfo {
            label: page.label,
            width: page.width,
            height: page.height,
            rotate: page.rotate,
            crop: rect(page.crop),
        });
        let outline = record.outline.into_iter().map(|entry| OutlineEntry {
            level: entry.level,
            title: entry.title,
            page: entry.page,
            top: entry.top,
        });
        let info = record.info;
        Self {
            pages: pages.collect(),
            outline: outline.collect(),
            info: DocumentInfo {
                title: info.title,
                author: info.author,
                subject: info.subject,
                keywords: info.keywords,
                creator: info.creator,
                producer: info.producer,
                creation_date: info.creation_date,
                owner_locked: info.owner_locked,
            },
        }
    }
}

//! Items on the wire.

use std::collections::BTreeMap;

use poem_openapi::Object;
use poem_openapi::types::MaybeUndefined;

use super::time_text;
use crate::app::catalogue::DOUBT_BELOW;
use crate::app::items::{Paper, ReadingPosition};
use crate::domain::facts::{Author, Facts, thousandths};
use crate::domain::item::{Creator, CreatorName, FieldSource, FileRef, Item, ReadState};

/// A creator: `given` and `family`, or `name`.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Creator")]
pub struct CreatorView {
    /// Zotero's creator type.
    #[oai(default = "default_creator_type", validator(max_length = 40))]
    pub creator_type: String,
    /// Given names.
    #[oai(skip_serializing_if_is_none, validator(max_length = 255))]
    pub given: Option<String>,
    /// Family name.
    #[oai(skip_serializing_if_is_none, validator(max_length = 255))]
    pub family: Option<String>,
    /// The whole name of a person with one name, or of a group.
    #[oai(skip_serializing_if_is_none, validator(max_length = 255))]
    pub name: Option<String>,
}

fn default_creator_type() -> String {
    "author".to_owned()
}

impl From<Creator> for CreatorView {
    fn from(creator: Creator) -> Self {
        let (given, family, name) = match creator.name {
            CreatorName::Person { given, family } => (Some(given), Some(family), None),
            CreatorName::Single(name) => (None, None, Some(name)),
        };
        Self { creator_type: creator.creator_type, given, family, name }
    }
}

impl From<CreatorView> for Creator {
    fn from(view: CreatorView) -> Self {
        let name = match (view.name, view.family) {
            (Some(name), _) => CreatorName::Single(name),
            (None, family) => {
                CreatorName::Person { given: view.given.unwrap_or_default(), family: family.unwrap_or_default() }
            }
        };
        Creator { creator_type: view.creator_type, name }
    }
}

/// A file.
#[derive(Debug, Clone, Object)]
#[oai(rename = "File")]
pub struct FileView {
    /// The attachment's key.
    pub key: String,
    /// Its name as uploaded.
    pub name: String,
    /// SHA-256 of the bytes, hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub size_bytes: u64,
    /// Media type by content.
    pub media_type: String,
    /// Pages, once known.
    #[oai(skip_serializing_if_is_none)]
    pub pages: Option<u32>,
    /// `waiting`, `reading`, `read`, `poor_text`, `no_text`, `locked`, `failed`, `other`.
    pub state: String,
    /// Pages whose text was recognised from their picture and may hold mistakes; absent where there are none.
    #[oai(skip_serializing_if_is_none)]
    pub recognised_pages: Option<u32>,
    /// Why it failed.
    #[oai(skip_serializing_if_is_none)]
    pub error: Option<FileErrorView>,
}

/// Why a file could not be read.
#[derive(Debug, Clone, Object)]
#[oai(rename = "FileError")]
pub struct FileErrorView {
    /// For programs.
    pub code: String,
    /// For a person.
    pub message: String,
}

impl FileView {
    /// The file of an attachment.
    #[must_use]
    pub fn new(key: &str, file: &FileRef) -> Self {
        let error = match file.state {
            ReadState::Failed(code) => Some(code),
            ReadState::Locked => Some(crate::domain::facts::ReadErrorCode::Encrypted),
            _ => None,
        };
        Self {
            key: key.to_owned(),
            name: file.name.clone(),
            sha256: file.sha256.to_hex(),
            size_bytes: file.size_bytes,
            media_type: file.media_type.clone(),
            pages: file.pages,
            state: file.state.as_str().to_owned(),
            recognised_pages: Some(file.recognised_pages).filter(|pages| *pages > 0),
            error: error
                .map(|code| FileErrorView { code: code.public_code().to_owned(), message: code.message().to_owned() }),
        }
    }
}

/// A value that a reader is not sure of, or that another source contradicts.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Doubt")]
pub struct DoubtView {
    /// What the source says.
    pub value: Option<String>,
    /// 0 (a guess) to 1 (sure).
    pub confidence: f64,
    /// `pdf`, `file_name`, …
    pub source: String,
}

/// How far this person is with a paper.
#[derive(Debug, Clone, Object)]
#[oai(rename = "ReadMark")]
pub struct ReadMarkView {
    /// `unread`, `reading` or `read`.
    pub state: String,
    /// The page they were on last, from 1.
    #[oai(skip_serializing_if_is_none)]
    pub page: Option<u32>,
}

/// An item of any type.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Item")]
pub struct ItemView {
    /// Its key.
    pub key: String,
    /// The library's version at its last change; also its ETag.
    pub version: u64,
    /// Zotero's item type.
    pub item_type: String,
    /// The paper it belongs to.
    #[oai(skip_serializing_if_is_none)]
    pub parent: Option<String>,
    /// Zotero's fields.
    pub fields: BTreeMap<String, String>,
    /// In printed order.
    pub creators: Vec<CreatorView>,
    /// Tags.
    pub tags: Vec<String>,
    /// Keys of collections.
    pub collections: Vec<String>,
    /// When it came.
    pub date_added: String,
    /// When it last changed.
    pub date_modified: String,
    /// Who added it.
    #[oai(skip_serializing_if_is_none)]
    pub added_by: Option<String>,
    /// Who changed it last; absent where that was the program itself.
    #[oai(skip_serializing_if_is_none)]
    pub modified_by: Option<String>,
    /// Whether it is in the trash.
    pub trashed: bool,
    /// Its cite key, once given.
    #[oai(skip_serializing_if_is_none)]
    pub cite_key: Option<String>,
    /// Its file; of a paper with several, the one that opens first.
    #[oai(skip_serializing_if_is_none)]
    pub file: Option<FileView>,
    /// Doubtful fields by name.
    pub doubts: BTreeMap<String, DoubtView>,
    /// How far the asking person is with it.
    #[oai(skip_serializing_if_is_none)]
    pub read: Option<ReadMarkView>,
}

impl From<Item> for ItemView {
    fn from(item: Item) -> Self {
        let file = item.file.as_ref().map(|file| FileView::new(item.key.as_str(), file));
        let doubts = item
            .sources
            .into_iter()
            .filter(|(_, source)| source.confidence < DOUBT_BELOW || source.other_value.is_some())
            .map(|(field, source)| {
                let value = source.other_value.or_else(|| item.fields.get(&field).cloned());
                (field, DoubtView { value, confidence: thousandths(source.confidence), source: source.source })
            })
            .collect();
        Self {
            key: item.key.to_string(),
            version: item.version.0,
            item_type: item.item_type,
            parent: item.parent.map(|key| key.to_string()),
            fields: item.fields,
            creators: item.creators.into_iter().map(CreatorView::from).collect(),
            tags: item.tags.into_iter().collect(),
            collections: item.collections.iter().map(ToString::to_string).collect(),
            date_added: time_text(item.date_added),
            date_modified: time_text(item.date_modified),
            added_by: None,
            modified_by: None,
            trashed: item.trashed,
            cite_key: item.cite_key,
            file,
            doubts,
            read: None,
        }
    }
}

impl From<Paper> for ItemView {
    fn from(paper: Paper) -> Self {
        let read = paper.reading.as_ref().map(|position| ReadMarkView {
            state: if position.is_read { "read" } else { "reading" }.to_owned(),
            page: Some(position.page + 1),
        });
        let file = paper.files.first().and_then(|first| Some(FileView::new(first.key.as_str(), first.file.as_ref()?)));
        let mut view = ItemView::from(paper.item);
        view.file = view.file.or(file);
        view.read = Some(read.unwrap_or(ReadMarkView { state: "unread".to_owned(), page: None }));
        view.added_by = paper.added_by;
        view.modified_by = paper.modified_by;
        view
    }
}

/// What was read from a paper's PDF.
#[derive(Debug, Clone, Object)]
#[oai(rename = "AsRead")]
pub struct AsReadView {
    /// Zotero's item type; absent where nothing told it.
    #[oai(skip_serializing_if_is_none)]
    pub item_type: Option<String>,
    /// Zotero's fields, those that were read.
    pub fields: BTreeMap<String, String>,
    /// In printed order; empty where none were read.
    pub creators: Vec<CreatorView>,
    /// How sure each of them is, 0 to 1; `creators` and `item_type` too.
    pub confidence: BTreeMap<String, f64>,
    /// Authors of whom the PDF says more than the name, in printed order.
    pub people: Vec<AsReadPersonView>,
    /// Days it prints (`2041-05-03`, or `2041-05`), by `received`, `revised`, `accepted`, `published`.
    pub dates: BTreeMap<String, String>,
    /// PubMed's number.
    #[oai(skip_serializing_if_is_none)]
    pub pmid: Option<String>,
    /// PubMed Central's identifier.
    #[oai(skip_serializing_if_is_none)]
    pub pmcid: Option<String>,
}

/// What a PDF says of an author.
#[derive(Debug, Clone, Object)]
#[oai(rename = "AsReadPerson")]
pub struct AsReadPersonView {
    /// As shown.
    pub name: String,
    /// Institutions, each with its address on one line.
    pub affiliations: Vec<String>,
    /// Mailbox.
    #[oai(skip_serializing_if_is_none)]
    pub email: Option<String>,
    /// `0000-0002-1825-0097`.
    #[oai(skip_serializing_if_is_none)]
    pub orcid: Option<String>,
}

impl AsReadPersonView {
    fn of(author: &Author) -> Option<Self> {
        let Author { given, family, orcid, affiliations, email, .. } = author.clone();
        let says = orcid.is_some() || email.is_some() || !affiliations.is_empty();
        let name = format!("{given} {family}").trim().to_owned();
        says.then_some(Self { name, affiliations, email, orcid })
    }
}

impl From<(Item, Facts)> for AsReadView {
    fn from((read, facts): (Item, Facts)) -> Self {
        let sure = |source: &FieldSource| thousandths(source.confidence);
        Self {
            item_type: read.sources.contains_key("item_type").then_some(read.item_type),
            fields: read.fields,
            creators: read.creators.into_iter().map(CreatorView::from).collect(),
            confidence: read.sources.iter().map(|(field, source)| (field.clone(), sure(source))).collect(),
            people: facts.authors.iter().flat_map(|fact| &fact.value).filter_map(AsReadPersonView::of).collect(),
            dates: facts.dates.into_iter().map(|day| (day.kind.as_str().to_owned(), day.date)).collect(),
            pmid: facts.pmid.map(|fact| fact.value),
            pmcid: facts.pmcid.map(|fact| fact.value),
        }
    }
}

/// A page of items.
#[derive(Debug, Clone, Object)]
#[oai(rename = "ItemPage")]
pub struct ItemPageView {
    /// The items.
    pub items: Vec<ItemView>,
    /// Give it as `cursor` for the next page; absent on the last.
    #[oai(skip_serializing_if_is_none)]
    pub next_cursor: Option<String>,
    /// Items in the whole list.
    pub total: u64,
    /// The library's version.
    pub version: u64,
}

/// Items without paging.
#[derive(Debug, Clone, Object)]
#[oai(rename = "ItemList")]
pub struct ItemListView {
    /// The items.
    pub items: Vec<ItemView>,
}

/// A merge patch for an item: what is absent stays, what is null goes.
#[derive(Debug, Clone, Object)]
#[oai(rename = "ItemPatch")]
pub struct ItemPatchView {
    /// Another type.
    pub item_type: Option<String>,
    /// Fields to set or (null) to clear.
    #[oai(default)]
    pub fields: BTreeMap<String, Option<String>>,
    /// All creators anew.
    pub creators: Option<Vec<CreatorView>>,
    /// All tags anew.
    pub tags: Option<Vec<String>>,
    /// All collections anew.
    pub collections: Option<Vec<String>>,
    /// Into or out of the trash.
    pub trashed: Option<bool>,
    /// The cite key.
    pub cite_key: MaybeUndefined<String>,
    /// For an attachment: the place among its paper's files, from 0; the first opens first.
    pub order: Option<u32>,
}

/// What to do to several items at once.
#[derive(Debug, Clone, Object)]
#[oai(rename = "ItemBatch")]
pub struct ItemBatchView {
    /// Up to 1,000 keys.
    #[oai(validator(max_items = 1000))]
    pub keys: Vec<String>,
    /// Into or out of the trash.
    pub trashed: Option<bool>,
    /// Also into this collection.
    pub add_collection: Option<String>,
    /// Out of this collection.
    pub remove_collection: Option<String>,
    /// Tags to add.
    pub add_tags: Option<Vec<String>>,
}

/// How many papers a batch changed.
#[derive(Debug, Clone, Object)]
#[oai(rename = "BatchResult")]
pub struct BatchResultView {
    /// Papers that are different now.
    pub changed: u64,
}

/// A file's password.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Password")]
pub struct PasswordView {
    /// As typed.
    #[oai(validator(max_length = 1024))]
    pub password: String,
}

/// Where somebody is in a paper.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Position")]
pub struct PositionView {
    /// Page, from 1.
    pub page: u32,
    /// `page-width`, `page-fit` or a factor.
    #[oai(skip_serializing_if_is_none, validator(max_length = 32))]
    pub zoom: Option<String>,
    /// Clockwise degrees by which they turned it.
    #[oai(skip_serializing_if_is_none)]
    pub rotation: Option<u16>,
}

impl PositionView {
    /// A position as kept; the first page without one.
    #[must_use]
    pub fn new(position: Option<&ReadingPosition>) -> Self {
        match position {
            Some(position) => {
                Self { page: position.page + 1, zoom: position.zoom.clone(), rotation: Some(position.rotation) }
            }
            None => Self { page: 1, zoom: None, rotation: None },
        }
    }
}

/// Whether a paper was read.
#[derive(Debug, Clone, Object)]
#[oai(rename = "ReadState")]
pub struct ReadStateView {
    /// `read` or `unread`.
    pub state: String,
}

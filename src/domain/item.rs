//! Items: the entries of a library, in Zotero's data model.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::ReadErrorCode;
use super::ids::{Key, Sha256, UserId, Version};
use super::relation::Relation;
use super::time::Timestamp;

/// A person or group with a part in a work.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Creator {
    /// Zotero's creator type: `author`, `editor`, `translator`, …
    pub creator_type: String,
    /// The name.
    pub name: CreatorName,
}

/// A name in two parts or in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CreatorName {
    /// A person with given and family names.
    Person {
        /// Given names and initials.
        given: String,
        /// Family name with its particles.
        family: String,
    },
    /// A person with one name, or a group.
    Single(String),
}

impl Default for CreatorName {
    fn default() -> Self {
        CreatorName::Single(String::new())
    }
}

impl CreatorName {
    /// What lists show: the family name, or the whole single name.
    #[must_use]
    pub fn short(&self) -> &str {
        match self {
            CreatorName::Person { family, .. } => family,
            CreatorName::Single(name) => name,
        }
    }
}

/// An item of any type.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Unique in its library.
    pub key: Key,
    /// The library's version at its last change.
    pub version: Version,
    /// Zotero's item type: `journalArticle`, `preprint`, `attachment`, `note`, `annotation`, …
    pub item_type: String,
    /// The paper it belongs to; `None` for top-level items.
    pub parent: Option<Key>,
    /// Zotero's field names (`title`, `date`, `publicationTitle`, `DOI`, `abstractNote`, …) to values; never empty strings.
    pub fields: BTreeMap<String, String>,
    /// In printed order.
    pub creators: Vec<Creator>,
    /// Tags as typed.
    pub tags: BTreeSet<String>,
    /// The collections it is in; top-level items only.
    pub collections: BTreeSet<Key>,
    /// When it came.
    pub date_added: Timestamp,
    /// When a person or the reader last changed it.
    pub date_modified: Timestamp,
    /// Who added it.
    pub added_by: Option<UserId>,
    /// Who changed it last; nobody where that was the program itself, reading its file.
    pub modified_by: Option<UserId>,
    /// In the trash.
    pub trashed: bool,
    /// Cite key, once given.
    pub cite_key: Option<String>,
    /// For attachments: the file.
    pub file: Option<FileRef>,
    /// For each machine-made field (`creators` and `item_type` too): where it comes from. A field without an entry was made by hand.
    pub sources: BTreeMap<String, FieldSource>,
    /// What was said of it and other items of the library.
    pub relations: BTreeMap<Key, Relation>,
}

impl Item {
    /// An item of which nothing is known but who added it.
    #[must_use]
    pub fn blank(key: Key, item_type: &str, at: Timestamp, added_by: Option<UserId>) -> Self {
        Self {
            key,
            version: Version(0),
            item_type: item_type.to_owned(),
            parent: None,
            fields: BTreeMap::new(),
            creators: Vec::new(),
            tags: BTreeSet::new(),
            collections: BTreeSet::new(),
            date_added: at,
            date_modified: at,
            added_by,
            modified_by: added_by,
            trashed: false,
            cite_key: None,
            file: None,
            sources: BTreeMap::new(),
            relations: BTreeMap::new(),
        }
    }

    /// The field's value, or `""`.
    #[must_use]
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// Where the work appeared, as lists show it: the first that is known of journal, proceedings, book, publisher,
    /// university and institution, or `""`.
    #[must_use]
    pub fn venue(&self) -> &str {
        ["publicationTitle", "proceedingsTitle", "bookTitle", "publisher", "university", "institution"]
            .into_iter()
            .map(|name| self.field(name))
            .find(|value| !value.is_empty())
            .unwrap_or("")
    }

    /// The year in the field `date`: its first four digits in a row.
    #[must_use]
    pub fn year(&self) -> Option<u16> {
        let date = self.field("date");
        let digits = date.as_bytes().windows(4).find(|window| window.iter().all(u8::is_ascii_digit))?;
        std::str::from_utf8(digits).ok()?.parse().ok()
    }
}

/// Where a machine-made value comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldSource {
    /// `pdf`, `file_name`, later `crossref`, …
    pub source: String,
    /// 0 to 1.
    pub confidence: f32,
    /// What the source says where the item's value is another one.
    pub other_value: Option<String>,
}

/// The file of an attachment.
#[derive(Debug, Clone, PartialEq)]
pub struct FileRef {
    /// Name of the bytes.
    pub sha256: Sha256,
    /// Size of the bytes.
    pub size_bytes: u64,
    /// The name it was uploaded with, as given; never used as a path.
    pub name: String,
    /// Media type by content, `application/pdf` for papers.
    pub media_type: String,
    /// Pages, once known.
    pub pages: Option<u32>,
    /// How far the reader got.
    pub state: ReadState,
    /// Pages whose text was recognised from their picture and may hold mistakes.
    pub recognised_pages: u32,
}

/// How far the reader got with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReadState {
    /// Not begun.
    Waiting,
    /// At it.
    Reading,
    /// Read, with good text.
    Read,
    /// Read, but much of the text is garbled.
    PoorText,
    /// Read, but there is no text: a scan or drawings.
    NoText,
    /// Needs a password.
    Locked,
    /// Not readable.
    Failed(ReadErrorCode),
    /// Not a PDF: kept as it is.
    Other,
}

impl ReadState {
    /// The name in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ReadState::Waiting => "waiting",
            ReadState::Reading => "reading",
            ReadState::Read => "read",
            ReadState::PoorText => "poor_text",
            ReadState::NoText => "no_text",
            ReadState::Locked => "locked",
            ReadState::Failed(_) => "failed",
            ReadState::Other => "other",
        }
    }
}

/// A named node of a library's tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// Unique in its library.
    pub key: Key,
    /// The library's version at its last change.
    pub version: Version,
    /// As typed, 1 to 255 characters.
    pub name: String,
    /// The collection it lies in.
    pub parent: Option<Key>,
}

//! Items and collections.

use std::collections::{BTreeMap, BTreeSet};

use minicbor::decode::Error;
use minicbor::{Decode, Decoder, Encode};

use crate::domain::ids::{Key, Sha256, UserId, Version};
use crate::domain::item::{Collection, Creator, CreatorName, FieldSource, FileRef, Item, ReadState};
use crate::domain::relation::Relation;
use crate::domain::time::Timestamp;

/// An item; its key is in the table's key.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
pub(crate) struct ItemRecord {
    #[n(0)]
    pub version: Version,
    #[n(1)]
    pub item_type: String,
    #[n(2)]
    pub parent: Option<Key>,
    #[n(3)]
    pub fields: BTreeMap<String, String>,
    #[n(4)]
    pub creators: Vec<CreatorRecord>,
    #[n(5)]
    pub tags: Vec<String>,
    #[n(6)]
    pub collections: Vec<Key>,
    #[n(7)]
    pub date_added: Timestamp,
    #[n(8)]
    pub date_modified: Timestamp,
    #[n(9)]
    pub added_by: Option<UserId>,
    #[n(10)]
    #[cbor(default)]
    pub trashed: bool,
    #[n(11)]
    pub cite_key: Option<String>,
    #[n(12)]
    pub file: Option<FileRecord>,
    #[n(13)]
    #[cbor(default)]
    pub sources: BTreeMap<String, SourceRecord>,
    #[n(14)]
    pub modified_by: Option<UserId>,
    /// By name, so that those of a newer program do not make an item unreadable.
    #[n(15)]
    #[cbor(default)]
    pub relations: BTreeMap<Key, String>,
}

/// An item as lists need it. What is long or not shown in a list is passed over, which is most of the work of reading one.
#[derive(Debug, Decode)]
pub(crate) struct ListedRecord {
    #[n(0)]
    version: Version,
    #[n(1)]
    item_type: String,
    #[n(2)]
    parent: Option<Key>,
    #[cbor(n(3), decode_with = "listed_fields")]
    fields: BTreeMap<String, String>,
    #[n(4)]
    creators: Vec<CreatorRecord>,
    #[n(5)]
    tags: Vec<String>,
    #[n(6)]
    collections: Vec<Key>,
    #[n(7)]
    date_added: Timestamp,
    #[n(8)]
    date_modified: Timestamp,
    #[n(10)]
    #[cbor(default)]
    trashed: bool,
    #[n(12)]
    file: Option<FileRecord>,
    #[cbor(n(13), decode_with = "least_sure", default)]
    sources: BTreeMap<String, FieldSource>,
}

/// Fields that no list shows, sorts by or filters by.
const UNLISTED: &[&str] = &["abstractNote", "note"];

fn listed_fields<C>(decoder: &mut Decoder<'_>, _: &mut C) -> Result<BTreeMap<String, String>, Error> {
    let mut fields = BTreeMap::new();
    for _ in 0..decoder.map()?.ok_or_else(unknown_length)? {
        let name = decoder.str()?;
        if UNLISTED.contains(&name) {
            decoder.skip()?;
        } else {
            fields.insert(name.to_owned(), decoder.str()?.to_owned());
        }
    }
    Ok(fields)
}

/// Of all sources the one that is least sure, without its name: it decides whether the item is doubtful.
fn least_sure<C>(decoder: &mut Decoder<'_>, _: &mut C) -> Result<BTreeMap<String, FieldSource>, Error> {
    #[derive(Decode)]
    struct Sureness {
        #[n(1)]
        confidence: f32,
    }
    let mut least: Option<(&str, f32)> = None;
    for _ in 0..decoder.map()?.ok_or_else(unknown_length)? {
        let field = decoder.str()?;
        let Sureness { confidence } = decoder.decode()?;
        if least.is_none_or(|(_, known)| confidence < known) {
            least = Some((field, confidence));
        }
    }
    let source = |confidence| FieldSource { source: String::new(), confidence, other_value: None };
    Ok(least.into_iter().map(|(field, confidence)| (field.to_owned(), source(confidence))).collect())
}

fn unknown_length() -> Error {
    Error::message("a map of unknown length")
}

impl ListedRecord {
    /// The item under `key`, as far as it was read.
    pub(crate) fn into_item(self, key: Key) -> Item {
        Item {
            key,
            version: self.version,
            item_type: self.item_type,
            parent: self.parent,
            fields: self.fields,
            creators: self.creators.into_iter().map(Creator::from).collect(),
            tags: BTreeSet::from_iter(self.tags),
            collections: BTreeSet::from_iter(self.collections),
            date_added: self.date_added,
            date_modified: self.date_modified,
            added_by: None,
            modified_by: None,
            trashed: self.trashed,
            cite_key: None,
            file: self.file.map(FileRef::from),
            sources: self.sources,
            relations: BTreeMap::new(),
        }
    }
}

/// A creator; without a family name the first part is a single name.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
pub(crate) struct CreatorRecord {
    #[n(0)]
    pub creator_type: String,
    #[n(1)]
    pub given_or_single: String,
    #[n(2)]
    pub family: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
pub(crate) struct FileRecord {
    #[n(0)]
    pub sha256: Sha256,
    #[n(1)]
    pub size_bytes: u64,
    #[n(2)]
    pub name: String,
    #[n(3)]
    pub media_type: String,
    #[n(4)]
    pub pages: Option<u32>,
    #[n(5)]
    pub state: ReadState,
    #[n(6)]
    #[cbor(default)]
    pub recognised_pages: u32,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
pub(crate) struct SourceRecord {
    #[n(0)]
    pub source: String,
    #[n(1)]
    pub confidence: f32,
    #[n(2)]
    pub other_value: Option<String>,
}

/// A collection; its key is in the table's key.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) struct CollectionRecord {
    #[n(0)]
    pub version: Version,
    #[n(1)]
    pub name: String,
    #[n(2)]
    pub parent: Option<Key>,
}

impl From<&Item> for ItemRecord {
    fn from(item: &Item) -> Self {
        Self {
            version: item.version,
            item_type: item.item_type.clone(),
            parent: item.parent,
            fields: item.fields.clone(),
            creators: item.creators.iter().map(CreatorRecord::from).collect(),
            tags: item.tags.iter().cloned().collect(),
            collections: item.collections.iter().copied().collect(),
            date_added: item.date_added,
            date_modified: item.date_modified,
            added_by: item.added_by,
            modified_by: item.modified_by,
            trashed: item.trashed,
            cite_key: item.cite_key.clone(),
            file: item.file.as_ref().map(FileRecord::from),
            sources: item.sources.iter().map(|(field, source)| (field.clone(), source.into())).collect(),
            relations: item.relations.iter().map(|(other, relation)| (*other, relation.as_str().to_owned())).collect(),
        }
    }
}

impl ItemRecord {
    /// The item under `key`.
    pub(crate) fn into_item(self, key: Key) -> Item {
        Item {
            key,
            version: self.version,
            item_type: self.item_type,
            parent: self.parent,
            fields: self.fields,
            creators: self.creators.into_iter().map(Creator::from).collect(),
            tags: BTreeSet::from_iter(self.tags),
            collections: BTreeSet::from_iter(self.collections),
            date_added: self.date_added,
            date_modified: self.date_modified,
            added_by: self.added_by,
            modified_by: self.modified_by,
            trashed: self.trashed,
            cite_key: self.cite_key,
            file: self.file.map(FileRef::from),
            sources: self.sources.into_iter().map(|(field, source)| (field, source.into())).collect(),
            relations: self
                .relations
                .into_iter()
                .filter_map(|(other, name)| Some((other, Relation::parse(&name)?)))
                .collect(),
        }
    }
}

impl From<&Creator> for CreatorRecord {
    fn from(creator: &Creator) -> Self {
        let (given_or_single, family) = match &creator.name {
            CreatorName::Person { given, family } => (given.clone(), Some(family.clone())),
            CreatorName::Single(name) => (name.clone(), None),
        };
        Self { creator_type: creator.creator_type.clone(), given_or_single, family }
    }
}

impl From<CreatorRecord> for Creator {
    fn from(record: CreatorRecord) -> Self {
        let name = match record.family {
            Some(family) => CreatorName::Person { given: record.given_or_single, family },
            None => CreatorName::Single(record.given_or_single),
        };
        Self { creator_type: record.creator_type, name }
    }
}

impl From<&FileRef> for FileRecord {
    fn from(file: &FileRef) -> Self {
        Self {
            sha256: file.sha256,
            size_bytes: file.size_bytes,
            name: file.name.clone(),
            media_type: file.media_type.clone(),
            pages: file.pages,
            state: file.state,
            recognised_pages: file.recognised_pages,
        }
    }
}

impl From<FileRecord> for FileRef {
    fn from(record: FileRecord) -> Self {
        Self {
            sha256: record.sha256,
            size_bytes: record.size_bytes,
            name: record.name,
            media_type: record.media_type,
            pages: record.pages,
            state: record.state,
            recognised_pages: record.recognised_pages,
        }
    }
}

impl From<&FieldSource> for SourceRecord {
    fn from(source: &FieldSource) -> Self {
        Self { source: source.source.clone(), confidence: source.confidence, other_value: source.other_value.clone() }
    }
}

impl From<SourceRecord> for FieldSource {
    fn from(record: SourceRecord) -> Self {
        Self { source: record.source, confidence: record.confidence, other_value: record.other_value }
    }
}

impl From<&Collection> for CollectionRecord {
    fn from(collection: &Collection) -> Self {
        Self { version: collection.version, name: collection.name.clone(), parent: collection.parent }
    }
}

impl CollectionRecord {
    /// The collection under `key`.
    pub(crate) fn into_collection(self, key: Key) -> Collection {
        Collection { key, version: self.version, name: self.name, parent: self.parent }
    }
}

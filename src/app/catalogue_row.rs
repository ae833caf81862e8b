//! A paper as a row of its library's list: its sort keys, and what the list is filtered by.

use std::num::NonZero;
use std::sync::Arc;

use minicbor::{Decode, Encode};
use unicode_normalization::UnicodeNormalization as _;

use super::catalogue::{CollectionFilter, ListQuery};
use super::sort_keys::SortKeys;
use super::work_index;
use crate::domain::ids::{Key, Version};
use crate::domain::item::Item;
use crate::domain::works::Work;

/// A paper as its library's list keeps it.
pub(super) struct Row {
    pub key: Key,
    pub version: Version,
    pub title: Box<[u8]>,
    pub creators: Box<[u8]>,
    pub venue: Box<[u8]>,
    pub year: u16,
    pub added: i64,
    pub modified: i64,
    pub item_type: Arc<str>,
    pub tags: Box<[Arc<str>]>,
    pub collections: Box<[Key]>,
    pub haystack: Box<str>,
    pub handles: work_index::Hashes,
    pub trashed: bool,
    pub doubtful: bool,
}

/// A row as it is kept on the disk.
#[derive(Encode, Decode)]
pub struct KeptRow<'b> {
    #[n(0)]
    key: Key,
    #[n(1)]
    version: Version,
    #[cbor(b(2), with = "minicbor::bytes")]
    title: &'b [u8],
    #[cbor(b(3), with = "minicbor::bytes")]
    creators: &'b [u8],
    #[cbor(b(4), with = "minicbor::bytes")]
    venue: &'b [u8],
    #[n(5)]
    year: u16,
    #[n(6)]
    added: i64,
    #[n(7)]
    modified: i64,
    #[b(8)]
    item_type: &'b str,
    #[b(9)]
    tags: Vec<&'b str>,
    #[n(10)]
    collections: Vec<Key>,
    #[b(11)]
    haystack: &'b str,
    #[n(14)]
    handles: [Option<NonZero<u64>>; 3],
    #[n(12)]
    trashed: bool,
    #[n(13)]
    doubtful: bool,
}

/// A field whose source is less sure than this is shown as doubtful.
pub const DOUBT_BELOW: f32 = 0.75;

impl Row {
    /// What the list keeps of a paper.
    pub fn of(item: &Item, sort_keys: &SortKeys) -> Self {
        let venue = item.venue();
        let names: Vec<&str> = item.creators.iter().map(|creator| creator.name.short()).collect();
        let tags: Vec<&str> = item.tags.iter().map(String::as_str).collect();
        let year = item.year().unwrap_or(0);
        let haystack = fold(&format!("{} {} {year} {venue} {}", item.field("title"), names.join(" "), tags.join(" ")));
        Self {
            key: item.key,
            version: item.version,
            title: sort_keys.title(item),
            creators: sort_keys.creators(item),
            venue: sort_keys.text(venue),
            year,
            added: item.date_added.0,
            modified: item.date_modified.0,
            item_type: Arc::from(item.item_type.as_str()),
            tags: item.tags.iter().map(|tag| Arc::from(tag.as_str())).collect(),
            collections: item.collections.iter().copied().collect(),
            haystack: haystack.into_boxed_str(),
            handles: work_index::hashes(&Work::of_item(item)),
            trashed: item.trashed,
            doubtful: item.sources.values().any(|source| source.confidence < DOUBT_BELOW),
        }
    }

    /// Whether the row belongs to what is asked for; `needles` are its folded words.
    pub fn matches(&self, query: &ListQuery, needles: &[&str]) -> bool {
        self.trashed == query.trash
            && (!query.doubtful || self.doubtful)
            && query.since.is_none_or(|since| self.version > since)
            && query.item_type.as_deref().is_none_or(|wanted| *self.item_type == *wanted)
            && query.tag.as_deref().is_none_or(|wanted| self.tags.iter().any(|tag| **tag == *wanted))
            && match query.collection {
                None => true,
                Some(CollectionFilter::Unfiled) => self.collections.is_empty(),
                Some(CollectionFilter::In(key)) => self.collections.contains(&key),
            }
            && needles.iter().all(|needle| self.haystack.contains(needle))
    }

    /// The row as it is kept.
    pub fn as_kept(&self) -> KeptRow<'_> {
        KeptRow {
            key: self.key,
            version: self.version,
            title: &self.title,
            creators: &self.creators,
            venue: &self.venue,
            year: self.year,
            added: self.added,
            modified: self.modified,
            item_type: &self.item_type,
            tags: self.tags.iter().map(|tag| &**tag).collect(),
            collections: self.collections.to_vec(),
            haystack: &self.haystack,
            handles: self.handles,
            trashed: self.trashed,
            doubtful: self.doubtful,
        }
    }

    /// The row that was kept; `word` gives the shared copy of a word.
    pub fn of_kept(kept: KeptRow<'_>, mut word: impl FnMut(&str) -> Arc<str>) -> Self {
        Self {
            key: kept.key,
            version: kept.version,
            title: kept.title.into(),
            creators: kept.creators.into(),
            venue: kept.venue.into(),
            year: kept.year,
            added: kept.added,
            modified: kept.modified,
            item_type: word(kept.item_type),
            tags: kept.tags.into_iter().map(word).collect(),
            collections: kept.collections.into(),
            haystack: kept.haystack.into(),
            handles: kept.handles,
            trashed: kept.trashed,
            doubtful: kept.doubtful,
        }
    }
}

/// Small letters without marks: what the quick filter compares.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .replace('ß', "ss")
}

//! Collections on the wire.

use poem_openapi::Object;
use poem_openapi::types::MaybeUndefined;

use crate::domain::item::Collection;

/// A collection.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Collection")]
pub struct CollectionView {
    /// Its key.
    pub key: String,
    /// The library's version at its last change; also its ETag.
    pub version: u64,
    /// Its name.
    pub name: String,
    /// The collection it lies in.
    #[oai(skip_serializing_if_is_none)]
    pub parent: Option<String>,
}

impl From<Collection> for CollectionView {
    fn from(collection: Collection) -> Self {
        Self {
            key: collection.key.to_string(),
            version: collection.version.0,
            name: collection.name,
            parent: collection.parent.map(|key| key.to_string()),
        }
    }
}

/// All collections of a library.
#[derive(Debug, Clone, Object)]
#[oai(rename = "CollectionList")]
pub struct CollectionListView {
    /// The collections.
    pub items: Vec<CollectionView>,
    /// The library's version.
    pub version: u64,
}

/// A new collection.
#[derive(Debug, Clone, Object)]
#[oai(rename = "NewCollection")]
pub struct NewCollectionView {
    /// Its name.
    #[oai(validator(min_length = 1, max_length = 255))]
    pub name: String,
    /// The collection it lies in.
    pub parent: Option<String>,
}

/// A merge patch for a collection.
#[derive(Debug, Clone, Object)]
#[oai(rename = "CollectionPatch")]
pub struct CollectionPatchView {
    /// Another name.
    #[oai(validator(min_length = 1, max_length = 255))]
    pub name: Option<String>,
    /// Another parent; null for the top.
    pub parent: MaybeUndefined<String>,
}

//! Opens the index files, and finds out whether they can be trusted.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::schema::Schema;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Directory as _, Index, IndexReader, IndexSettings, ReloadPolicy};

use super::directory::{IndexFolder, sync_files};
use super::error::{Result, SearchError};
use super::index::SearchIndex;
use super::schema::FORMAT;
use crate::domain::ids::{LibraryId, Version};

/// An index, and whether it had to be begun anew.
pub struct Opened {
    /// Ready for use.
    pub index: SearchIndex,
    /// It was missing, damaged or of another version, and is empty now: everything is to be put in again.
    pub rebuilt: bool,
}

/// One of the two indexes.
pub struct Side {
    pub index: Index,
    pub reader: IndexReader,
    /// Its folder; `None` in memory.
    pub folder: Option<PathBuf>,
}

/// What a commit carries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    format: u32,
    applied: BTreeMap<u64, u64>,
}

/// Name of the list of files that are known to be on the disk.
const SYNCED: &str = "synced.list";
/// Larger blocks compress better; a block is a few pages.
const STORE_BLOCK: usize = 32 * 1024;
/// Level of compression; higher ones take longer and gain little.
const STORE_LEVEL: i32 = 6;

impl Payload {
    /// For a commit.
    pub fn of(applied: &BTreeMap<LibraryId, Version>) -> Self {
        Self { format: FORMAT, applied: applied.iter().map(|(library, version)| (library.0, version.0)).collect() }
    }

    /// As kept by the engine.
    pub fn encode(&self) -> String {
        serde_json::to_string(self).expect("numbers can be written as JSON")
    }

    /// The versions up to which both of two commits hold.
    pub fn both(&self, other: &Self) -> BTreeMap<LibraryId, Version> {
        let shared = self.applied.iter().filter_map(|(library, version)| {
            let other = other.applied.get(library)?;
            Some((LibraryId(*library), Version(*version.min(other))))
        });
        shared.collect()
    }
}

impl Side {
    /// A new index in memory.
    pub fn in_memory(schema: Schema) -> Result<Self> {
        let index = Index::builder().schema(schema).settings(settings()).tokenizers(TokenizerManager::default());
        Self::reading(index.create_in_ram()?, None)
    }

    /// A new, empty index in `folder`, whatever was there.
    pub fn create(folder: &Path, schema: Schema) -> Result<Self> {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        fs::create_dir_all(folder)?;
        let index = Index::builder().schema(schema).settings(settings()).open_or_create(IndexFolder::open(folder)?)?;
        Self::reading(index, Some(folder.to_owned()))
    }

    /// The index in `folder`; an error if anything about it is doubtful.
    pub fn open(folder: &Path, schema: &Schema) -> Result<Self> {
        let index = Index::open(IndexFolder::open(folder)?)?;
        if index.schema() != *schema {
            return Err(SearchError::Damaged("it was written by another version".to_owned()));
        }
        let side = Self::reading(index, Some(folder.to_owned()))?;
        if side.payload()?.format != FORMAT {
            return Err(SearchError::Damaged("it was written by another version".to_owned()));
        }
        side.check(&side.synced())?;
        Ok(side)
    }

    fn reading(index: Index, folder: Option<PathBuf>) -> Result<Self> {
        let reader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).doc_store_cache_num_blocks(32).try_into()?;
        Ok(Self { index, reader, folder })
    }

    /// What the last commit carries; of a new index nothing.
    pub fn payload(&self) -> Result<Payload> {
        match self.index.load_metas()?.payload {
            None => Ok(Payload { format: FORMAT, applied: BTreeMap::new() }),
            Some(text) => serde_json::from_str(&text).map_err(|error| SearchError::Damaged(error.to_string())),
        }
    }

    /// Compares the sums of all files in use but those in `trusted`.
    pub fn check(&self, trusted: &[String]) -> Result<()> {
        for path in self.index.load_metas()?.list_segment_files() {
            let name = path.to_string_lossy().into_owned();
            if trusted.contains(&name) || !self.index.directory().exists(&path)? {
                continue;
            }
            if !self.index.directory().validate_checksum(&path)? {
                return Err(SearchError::Damaged(format!("the file {name} has a wrong sum")));
            }
        }
        Ok(())
    }

    fn synced(&self) -> Vec<String> {
        let list = self.folder.as_ref().and_then(|folder| fs::read_to_string(folder.join(SYNCED)).ok());
        list.map(|list| list.lines().map(str::to_owned).collect()).unwrap_or_default()
    }

    /// Brings all files to the disk and notes them.
    pub fn sync(&self) -> Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let names = sync_files(folder, &self.synced())?;
        let fresh = folder.join(format!("{SYNCED}.new"));
        fs::write(&fresh, names.join("\n"))?;
        fs::File::open(&fresh)?.sync_all()?;
        fs::rename(&fresh, folder.join(SYNCED))?;
        Ok(())
    }
}

fn settings() -> IndexSettings {
    IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(STORE_LEVEL) }),
        docstore_blocksize: STORE_BLOCK,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    }
}

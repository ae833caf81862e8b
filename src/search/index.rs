//! The index as its callers see it.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};

use tantivy::IndexWriter;
use tantivy::schema::Term;

use super::error::Result;
use super::hits::Search;
use super::model::{IndexOp, PaperDoc, PlacesPage, SearchOptions, SearchPage};
use super::open::{Opened, Payload, Side};
use super::page::PageRecord;
use super::query::Query;
use super::schema::{self, Encoded, PageEntry, PageFields, PaperEntry, PaperFields, paper_id};
use crate::domain::ids::{Key, LibraryId, Version};

/// Memory of each of the two writers while something is being written.
const WRITER_BYTES: usize = 20_000_000;
/// Most papers that a search gives at once.
const MAX_LIMIT: usize = 1_000;

/// The full-text index. Share it by reference or in an `Arc`. All functions block.
pub struct SearchIndex {
    folder: Option<PathBuf>,
    sides: RwLock<Arc<Sides>>,
    writers: Mutex<Option<Writers>>,
}

/// Both indexes with their fields.
pub(super) struct Sides {
    pub papers: Side,
    pub pages: Side,
    pub paper_fields: PaperFields,
    pub page_fields: PageFields,
}

struct Writers {
    papers: IndexWriter<PaperEntry>,
    pages: IndexWriter<PageEntry>,
}

impl fmt::Debug for SearchIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SearchIndex").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl SearchIndex {
    /// Opens the index in `folder`, or begins it anew where it is missing, damaged or of another version. Only files
    /// written since the writer last closed are compared with their sums; [`SearchIndex::check`] compares all.
    pub fn open(folder: &Path) -> Result<Opened> {
        let (sides, rebuilt) = match Sides::open(folder) {
            Ok(sides) => (sides, false),
            Err(error) => {
                if Sides::exists(folder) {
                    tracing::warn!(%error, "The search index cannot be used and is built again");
                }
                (Sides::create(folder)?, true)
            }
        };
        Ok(Opened { index: Self::with(Some(folder.to_owned()), sides), rebuilt })
    }

    /// An empty index that is never on disk.
    pub fn in_memory() -> Result<Self> {
        Ok(Self::with(None, Sides::in_memory()?))
    }

    fn with(folder: Option<PathBuf>, sides: Sides) -> Self {
        Self { folder, sides: RwLock::new(Arc::new(sides)), writers: Mutex::new(None) }
    }

    /// Up to which version each library's changes are in the index. Replay the change log from there.
    pub fn applied(&self) -> Result<BTreeMap<LibraryId, Version>> {
        let sides = self.sides();
        Ok(sides.papers.payload()?.both(&sides.pages.payload()?))
    }

    /// Applies the changes in order and makes them visible: one commit. `applied` is kept with it whole, so give every
    /// library. After an error nothing of the batch counts as applied; give it again.
    pub fn apply(&self, batch: Vec<IndexOp>, applied: &BTreeMap<LibraryId, Version>) -> Result<()> {
        let mut guard = self.writers();
        let sides = self.sides();
        let mut writers = match guard.take() {
            Some(writers) => writers,
            None => Writers::open(&sides)?,
        };
        for op in batch {
            writers.write(&sides, op)?;
        }
        let payload = Payload::of(applied).encode();
        // Pages first: a hit without its passages is worse than passages without a hit.
        commit(&mut writers.pages, &payload)?;
        commit(&mut writers.papers, &payload)?;
        sides.reload()?;
        *guard = Some(writers);
        Ok(())
    }

    /// Closes the writer, gives its memory back and brings everything to the disk. Call it at rest and before the end.
    pub fn release_writer(&self) -> Result<()> {
        let mut guard = self.writers();
        let Some(writers) = guard.take() else { return Ok(()) };
        writers.papers.wait_merging_threads()?;
        writers.pages.wait_merging_threads()?;
        let sides = self.sides();
        sides.reload()?;
        sides.papers.sync()?;
        sides.pages.sync()
    }

    /// Whether a writer is open (and [`SearchIndex::release_writer`] worth calling).
    #[must_use]
    pub fn has_writer(&self) -> bool {
        self.writers().is_some()
    }

    /// Empties the index; nothing counts as applied.
    pub fn clear(&self) -> Result<()> {
        let mut guard = self.writers();
        if let Some(writers) = guard.take() {
            writers.papers.wait_merging_threads()?;
            writers.pages.wait_merging_threads()?;
        }
        let sides = match &self.folder {
            Some(folder) => Sides::create(folder)?,
            None => Sides::in_memory()?,
        };
        *self.sides.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(sides);
        Ok(())
    }

    /// Reads every file and compares its sum. Takes seconds for large indexes.
    pub fn check(&self) -> Result<()> {
        let _no_commit_meanwhile = self.writers();
        let sides = self.sides();
        sides.papers.check(&[])?;
        sides.pages.check(&[])
    }

    /// How many papers are in it.
    #[must_use]
    pub fn paper_count(&self) -> u64 {
        self.sides().papers.reader.searcher().num_docs()
    }

    /// The papers of `libraries` that fulfil the query, best first. An empty query finds nothing.
    pub fn search(
        &self,
        query: &Query,
        libraries: &[LibraryId],
        offset: usize,
        limit: usize,
        options: SearchOptions,
    ) -> Result<SearchPage> {
        if query.is_empty() || libraries.is_empty() {
            return Ok(SearchPage::default());
        }
        let search = Search::of(self.sides(), query);
        search.page(libraries, offset, limit.min(MAX_LIMIT), options)
    }

    /// The places of one paper, in page order. `offset` and `limit` count pages of the file.
    pub fn places(
        &self,
        query: &Query,
        library: LibraryId,
        key: Key,
        offset: usize,
        limit: usize,
    ) -> Result<PlacesPage> {
        if query.is_empty() {
            return Ok(PlacesPage::default());
        }
        Search::of(self.sides(), query).places(&paper_id(library, key), offset, limit)
    }

    fn sides(&self) -> Arc<Sides> {
        self.sides.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn writers(&self) -> MutexGuard<'_, Option<Writers>> {
        self.writers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn commit<D: tantivy::schema::document::Document>(writer: &mut IndexWriter<D>, payload: &str) -> Result<()> {
    let mut prepared = writer.prepare_commit()?;
    prepared.set_payload(payload);
    prepared.commit()?;
    Ok(())
}

impl Sides {
    fn open(folder: &Path) -> Result<Self> {
        let ((papers, paper_fields), (pages, page_fields)) = (schema::papers(), schema::pages());
        let papers = Side::open(&folder.join("papers"), &papers)?;
        let pages = Side::open(&folder.join("pages"), &pages)?;
        Ok(Self { papers, pages, paper_fields, page_fields })
    }

    fn create(folder: &Path) -> Result<Self> {
        let ((papers, paper_fields), (pages, page_fields)) = (schema::papers(), schema::pages());
        let papers = Side::create(&folder.join("papers"), papers)?;
        let pages = Side::create(&folder.join("pages"), pages)?;
        Ok(Self { papers, pages, paper_fields, page_fields })
    }

    fn in_memory() -> Result<Self> {
        let ((papers, paper_fields), (pages, page_fields)) = (schema::papers(), schema::pages());
        Ok(Self { papers: Side::in_memory(papers)?, pages: Side::in_memory(pages)?, paper_fields, page_fields })
    }

    fn exists(folder: &Path) -> bool {
        folder.join("papers").exists()
    }

    fn reload(&self) -> Result<()> {
        self.pages.reader.reload()?;
        self.papers.reader.reload()?;
        Ok(())
    }
}

impl Writers {
    fn open(sides: &Sides) -> Result<Self> {
        let papers = sides.papers.index.writer_with_num_threads(1, WRITER_BYTES)?;
        let pages = sides.pages.index.writer_with_num_threads(1, WRITER_BYTES)?;
        Ok(Self { papers, pages })
    }

    fn write(&mut self, sides: &Sides, op: IndexOp) -> Result<()> {
        match op {
            IndexOp::PutPaper(paper) => self.put(sides, *paper),
            IndexOp::DeletePaper { library, key } => {
                self.delete(sides, &paper_id(library, key));
                Ok(())
            }
            IndexOp::DeleteLibrary(library) => {
                self.papers.delete_term(Term::from_field_u64(sides.paper_fields.library, library.0));
                self.pages.delete_term(Term::from_field_u64(sides.page_fields.library, library.0));
                Ok(())
            }
        }
    }

    fn delete(&mut self, sides: &Sides, id: &[u8; 16]) {
        self.papers.delete_term(Term::from_field_bytes(sides.paper_fields.id, id));
        self.pages.delete_term(Term::from_field_bytes(sides.page_fields.id, id));
    }

    fn put(&mut self, sides: &Sides, mut paper: PaperDoc) -> Result<()> {
        let id = paper_id(paper.library, paper.key);
        self.delete(sides, &id);
        let mut pages: Vec<Encoded> = Vec::new();
        for (nth, file) in std::mem::take(&mut paper.files).into_iter().enumerate() {
            let mut section: Option<String> = None;
            for at in 0..file.pages.len() {
                let record = PageRecord::of(&file, at, section.as_deref());
                section = record.sections.last().map(|(_, heading)| heading.clone()).or(section);
                let encoded: Encoded = record.encode().into();
                pages.push(Arc::clone(&encoded));
                self.pages.add_document(PageEntry {
                    fields: sides.page_fields,
                    id,
                    library: paper.library.0,
                    key: schema::key_number(paper.key),
                    place: ((nth as u64) << 32) | u64::from(record.index),
                    record: encoded,
                    words: OnceLock::new(),
                })?;
            }
        }
        let entry = PaperEntry { fields: sides.paper_fields, id, paper, pages, spellings: Vec::new() };
        self.papers.add_document(entry.with_spellings())?;
        Ok(())
    }
}

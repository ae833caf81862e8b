//! Keeps the search index at the store's version, by the change log.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::{App, Error, Result};
use crate::domain::change::ObjectKind;
use crate::domain::facts::Facts;
use crate::domain::ids::{Key, LibraryId, Sha256, Version};
use crate::domain::item::{CreatorName, FileRef, Item, ReadState};
use crate::domain::layout::{DocumentHead, RoleSpan, SLICE_PAGES};
use crate::search::{FileText, IndexOp, PageText, PaperDoc};
use crate::store;

/// Changes looked at in one round.
const MOST_CHANGES: usize = 400;
/// Papers read at once.
const MOST_PAPERS: usize = 200;
/// Text given to the index at once, so that a shelf of books does not lie in memory as a whole.
const MOST_TEXT_BYTES: usize = 32 << 20;
/// While several PDFs are being read, changes are gathered for so long.
const GATHER: Duration = Duration::from_millis(250);
/// The pause after a failure (a full disk, mostly), longer with each further one.
const AFTER_FAILURE: Duration = Duration::from_millis(500);
/// At most so many of them at once, so that it goes on soon after somebody made room.
const MOST_PAUSES: u32 = 10;
/// Without a change for so long the index's writer is closed.
const REST: Duration = Duration::from_secs(20);

/// A search waits no longer than this for the index.
const PATIENCE: Duration = Duration::from_secs(3);

/// What is to be told to the index, and how much text it is.
#[derive(Default)]
struct Gathered {
    ops: Vec<IndexOp>,
    text_bytes: usize,
}

impl Gathered {
    fn push(&mut self, op: IndexOp) {
        if let IndexOp::PutPaper(paper) = &op {
            self.text_bytes +=
                paper.files.iter().flat_map(|file| &file.pages).map(|page| page.text.len()).sum::<usize>();
        }
        self.ops.push(op);
    }
}

/// A paper with its files, as read in one transaction.
struct Source {
    paper: Item,
    files: Vec<(Key, FileRef)>,
}

impl App {
    /// Follows the change logs until `stop`. To be run once, as a task of its own.
    pub async fn keep_index(self: Arc<Self>, stop: CancellationToken) {
        let mut failures = 0;
        loop {
            let round = self.index_round().await;
            failures = if round.is_ok() { 0 } else { failures + 1 };
            match round {
                Ok(true) => {
                    if self.running.count(&["parse"]) > 1 {
                        tokio::select! {
                            () = stop.cancelled() => break,
                            () = tokio::time::sleep(GATHER) => {}
                        }
                    }
                }
                Ok(false) => {
                    tokio::select! {
                        () = stop.cancelled() => break,
                        () = self.index_wake.notified() => {}
                        () = tokio::time::sleep(REST) => self.rest_index().await,
                    }
                }
                Err(error) => {
                    let cause = std::error::Error::source(&error).map(ToString::to_string);
                    tracing::error!(%error, cause, "the search index could not be brought up to date; it is tried again");
                    tokio::select! {
                        () = stop.cancelled() => break,
                        () = tokio::time::sleep(AFTER_FAILURE * failures.min(MOST_PAUSES)) => {}
                    }
                }
            }
            if stop.is_cancelled() {
                break;
            }
        }
        self.rest_index().await;
    }

    async fn rest_index(&self) {
        if !self.index.has_writer() {
            return;
        }
        let index = Arc::clone(&self.index);
        match tokio::task::spawn_blocking(move || index.release_writer()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::warn!(%error, "the search index could not be closed; it is checked at the next start");
            }
            Err(error) => tracing::error!(%error, "closing the search index failed"),
        }
    }

    /// Brings some changes into the index; answers whether there were any.
    async fn index_round(&self) -> Result<bool> {
        let index = Arc::clone(&self.index);
        let mut applied = tokio::task::spawn_blocking(move || index.applied())
            .await
            .map_err(Error::internal)?
            .map_err(Error::internal)?;
        let libraries = self.read(|tx| Ok(store::libraries::list(tx, None, usize::MAX)?)).await?;
        let gone: Vec<LibraryId> =
            applied.keys().copied().filter(|id| !libraries.iter().any(|library| library.id == *id)).collect();
        let mut gathered = Gathered::default();
        for id in &gone {
            gathered.push(IndexOp::DeleteLibrary(*id));
            applied.remove(id);
        }
        for library in &libraries {
            let since = applied.get(&library.id).copied().unwrap_or_default();
            if library.version <= since {
                continue;
            }
            match self.changed_papers(library.id, since, library.version).await? {
                Some((papers, version)) => {
                    for batch in papers.chunks(MOST_PAPERS) {
                        self.gather(library.id, batch.to_vec(), &mut gathered, &applied).await?;
                    }
                    applied.insert(library.id, version);
                }
                None => {
                    // With this library the versions of those before it are noted too, so their papers go in first.
                    if !gathered.ops.is_empty() {
                        self.apply_to_index(gathered.ops, applied.clone()).await?;
                    }
                    self.index_whole_library(library.id, &mut applied, library.version).await?;
                    return Ok(true);
                }
            }
        }
        if gathered.ops.is_empty() && self.is_applied(&applied).await? {
            self.indexed.send_replace(applied);
            return Ok(false);
        }
        self.apply_to_index(gathered.ops, applied).await?;
        Ok(true)
    }

    async fn is_applied(&self, applied: &BTreeMap<LibraryId, Version>) -> Result<bool> {
        let index = Arc::clone(&self.index);
        let present = tokio::task::spawn_blocking(move || index.applied()).await.map_err(Error::internal)?;
        Ok(present.map_err(Error::internal)? == *applied)
    }

    async fn apply_to_index(&self, ops: Vec<IndexOp>, applied: BTreeMap<LibraryId, Version>) -> Result<()> {
        let index = Arc::clone(&self.index);
        let began = std::time::Instant::now();
        let count = ops.len();
        let given = applied.clone();
        tokio::task::spawn_blocking(move || index.apply(ops, &given))
            .await
            .map_err(Error::internal)?
            .map_err(Error::internal)?;
        self.indexed.send_replace(applied);
        metrics::histogram!("index_commit_seconds").record(began.elapsed().as_secs_f64());
        metrics::counter!("index_papers_total").increment(count as u64);
        Ok(())
    }

    /// The papers that changed, and the version up to which these are all; `None` where the log does not reach back.
    async fn changed_papers(
        &self,
        library: LibraryId,
        since: Version,
        now: Version,
    ) -> Result<Option<(Vec<Key>, Version)>> {
        self.read(move |tx| {
            if since == Version::default() {
                return Ok(None);
            }
            let Some(changes) = store::changes::changes_since(tx, library, since, MOST_CHANGES)? else {
                return Ok(None);
            };
            // The log gives whole versions only: where it stopped, the next round goes on.
            let version = changes.last().map_or(now, |change| change.version);
            let keys: Vec<Key> =
                changes.iter().filter(|change| change.object == ObjectKind::Item).map(|change| change.key).collect();
            let mut papers = BTreeSet::new();
            for (key, item) in keys.iter().zip(store::items::get_many(tx, library, &keys)?) {
                papers.insert(item.and_then(|item| item.parent).unwrap_or(*key));
            }
            Ok(Some((papers.into_iter().collect(), version)))
        })
        .await
    }

    /// Indexes a library from its items, whatever the log says.
    async fn index_whole_library(
        &self,
        library: LibraryId,
        applied: &mut BTreeMap<LibraryId, Version>,
        version: Version,
    ) -> Result<()> {
        let mut gathered = Gathered::default();
        gathered.push(IndexOp::DeleteLibrary(library));
        let mut after = None;
        loop {
            let keys = self
                .read(move |tx| {
                    let items = store::items::scan_all(tx, library, after, MOST_PAPERS)?;
                    Ok(items.into_iter().map(|item| (item.key, item.parent.is_none())).collect::<Vec<_>>())
                })
                .await?;
            let Some((last, _)) = keys.last() else { break };
            after = Some(*last);
            let papers = keys.into_iter().filter(|(_, is_top)| *is_top).map(|(key, _)| key).collect();
            self.gather(library, papers, &mut gathered, applied).await?;
            self.apply_to_index(std::mem::take(&mut gathered).ops, applied.clone()).await?;
        }
        applied.insert(library, version);
        self.apply_to_index(gathered.ops, applied.clone()).await
    }

    /// Waits a moment for the index to reach these versions, so that what was just read is found. While PDFs are being read
    /// the index is always a little behind and nobody waits for it.
    pub(super) async fn await_index(&self, libraries: &[(LibraryId, Version)]) {
        if self.running.count(&["parse"]) > 0 {
            return;
        }
        let mut indexed = self.indexed.subscribe();
        let is_there = |applied: &BTreeMap<LibraryId, Version>| {
            // A library to which nothing was ever written is not in the index, and need not be.
            let reaches = |library, version| applied.get(library).copied().unwrap_or_default() >= version;
            libraries.iter().all(|(library, version)| reaches(library, *version))
        };
        drop(tokio::time::timeout(PATIENCE, indexed.wait_for(is_there)).await);
    }

    /// Gathers what to tell the index about these papers. What becomes too much is told at once, still at the versions of
    /// `applied`: whoever is interrupted tells it again.
    async fn gather(
        &self,
        library: LibraryId,
        papers: Vec<Key>,
        gathered: &mut Gathered,
        applied: &BTreeMap<LibraryId, Version>,
    ) -> Result<()> {
        let sources = self
            .read(move |tx| {
                let mut sources = Vec::with_capacity(papers.len());
                for (key, paper) in papers.iter().zip(store::items::get_many(tx, library, &papers)?) {
                    let Some(paper) = paper.filter(|paper| !paper.trashed && paper.parent.is_none()) else {
                        sources.push((*key, None));
                        continue;
                    };
                    let children = store::items::children(tx, library, *key)?;
                    let files = children
                        .into_iter()
                        .filter(|child| !child.trashed)
                        .filter_map(|child| Some((child.key, child.file?)))
                        .collect();
                    sources.push((*key, Some(Source { paper, files })));
                }
                Ok(sources)
            })
            .await?;
        for (key, source) in sources {
            match source {
                None => gathered.push(IndexOp::DeletePaper { library, key }),
                // A file that is about to be read brings a change of its own in a moment.
                Some(source) if source.is_being_read() => {}
                Some(source) => {
                    gathered.push(IndexOp::PutPaper(Box::new(self.paper_doc(library, source).await?)));
                }
            }
            if gathered.text_bytes > MOST_TEXT_BYTES {
                self.apply_to_index(std::mem::take(gathered).ops, applied.clone()).await?;
            }
        }
        Ok(())
    }

    async fn paper_doc(&self, library: LibraryId, source: Source) -> Result<PaperDoc> {
        let paper = &source.paper;
        let mut doc = PaperDoc::new(library, paper.key);
        let field = |name: &str| paper.field(name).to_owned();
        doc.title = field("title");
        doc.alternate_titles =
            ["alternateTitle", "shortTitle"].map(field).into_iter().filter(|t| !t.is_empty()).collect();
        doc.creators = paper.creators.iter().map(|creator| full_name(&creator.name)).collect();
        doc.abstract_text = field("abstractNote");
        doc.tags = paper.tags.iter().cloned().collect();
        doc.file_names = source.files.iter().map(|(_, file)| file.name.clone()).collect();
        doc.identifiers =
            ["DOI", "ISBN", "ISSN", "archiveID"].map(field).into_iter().filter(|id| !id.is_empty()).collect();
        paper.venue().clone_into(&mut doc.venue);
        doc.year = paper.year();
        doc.item_type.clone_from(&paper.item_type);
        for (key, file) in &source.files {
            if matches!(file.state, ReadState::Read | ReadState::PoorText)
                && let Some(text) = self.file_text(*key, file.sha256).await?
            {
                doc.files.push(text);
            }
        }
        Ok(doc)
    }

    async fn file_text(&self, attachment: Key, sha256: Sha256) -> Result<Option<FileText>> {
        let Some(head) = self.read_head(sha256).await? else { return Ok(None) };
        let facts = self.read_facts(sha256).await?.unwrap_or_default();
        let count = u32::try_from(head.pages.len()).unwrap_or(u32::MAX);
        let mut pages = Vec::with_capacity(head.pages.len());
        for first in (0..count).step_by(SLICE_PAGES as usize) {
            let Some(slice) = self.read_slice(sha256, first).await? else { continue };
            pages.extend(slice.pages.into_iter().map(|page| page_text(page, &head, &facts)));
        }
        Ok(Some(FileText { attachment, sha256, pages }))
    }

    /// Empties the index and builds it anew from the store and the layouts.
    ///
    /// # Errors
    /// Forbidden but for server administrators.
    pub async fn rebuild_index(&self, actor: &crate::domain::actor::Actor) -> Result<()> {
        super::require_server_admin(actor)?;
        let index = Arc::clone(&self.index);
        tokio::task::spawn_blocking(move || index.clear()).await.map_err(Error::internal)?.map_err(Error::internal)?;
        self.index_wake.notify_one();
        Ok(())
    }
}

impl Source {
    fn is_being_read(&self) -> bool {
        self.files.iter().any(|(_, file)| matches!(file.state, ReadState::Waiting | ReadState::Reading))
    }
}

fn full_name(name: &CreatorName) -> String {
    match name {
        CreatorName::Person { given, family } => format!("{given} {family}").trim().to_owned(),
        CreatorName::Single(name) => name.clone(),
    }
}

fn page_text(page: crate::domain::layout::PageLayout, head: &DocumentHead, facts: &Facts) -> PageText {
    let (excluded, asides): (Vec<RoleSpan>, Vec<RoleSpan>) =
        page.roles.iter().partition(|span| span.role.is_furniture());
    let stretches = |spans: Vec<RoleSpan>| spans.into_iter().map(|span| (span.start, span.end)).collect();
    let sections = facts
        .sections
        .iter()
        .filter(|section| section.page == page.index)
        .map(|section| (section.offset, format!("{} {}", section.number, section.heading).trim().to_owned()))
        .collect();
    PageText {
        index: page.index,
        label: head.pages.get(page.index as usize).and_then(|info| info.label.clone()),
        text: page.text,
        excluded: stretches(excluded),
        asides: stretches(asides),
        divisions: page.divisions,
        sections,
    }
}

//! What lies in a paper's file: bytes, text, layout, pictures of pages.

use std::sync::Arc;

use bytes::Bytes;

use super::{App, Error, Result, require_role};
use crate::domain::actor::{Actor, Scope};
use crate::domain::facts::{EXTRACTION_VERSION, Facts, ReadErrorCode};
use crate::domain::file_name::download_name;
use crate::domain::ids::{Key, LibraryId, Sha256, UserId};
use crate::domain::item::{FileRef, Item, ReadState};
use crate::domain::layout::{DocumentHead, LayoutSlice, SLICE_PAGES};
use crate::domain::library::Role;
use crate::domain::merge::as_read;
use crate::pdf::codec;
use crate::store::{self, View};

/// Widths in which pictures of pages are made, in pixels; others are rounded up to the next.
pub const IMAGE_WIDTHS: [u32; 6] = [160, 320, 640, 960, 1280, 1920];

/// A file to send.
#[derive(Debug, Clone)]
pub struct Document {
    /// The attachment.
    pub attachment: Item,
    /// Its file.
    pub file: FileRef,
    /// The name to save it under.
    pub download_name: String,
    /// It needs a password that nobody in this library has given: only its bytes are to be had.
    is_locked: bool,
}

/// The name of a derived file; the number behind `v` rises when its form changes.
pub(super) fn slice_name(first_page: u32) -> String {
    format!("layout.v1.{first_page}")
}

pub(super) const HEAD_NAME: &str = "head.v1";

pub(super) fn facts_name(extraction_version: u32) -> String {
    format!("facts.v{extraction_version}")
}

impl App {
    /// The file of an attachment, or a paper's first.
    ///
    /// # Errors
    /// Not found.
    pub async fn get_document(&self, actor: &Actor, library: LibraryId, key: Key) -> Result<Arc<Document>> {
        // Asked for before reading: what is read is of this state of the store or a later one.
        let generation = self.store.generation();
        if let Some(document) = self.open_documents.find(actor, library, key, generation) {
            return Ok(document);
        }
        let document = Arc::new(self.read_document_ref(actor.clone(), library, key).await?);
        self.open_documents.keep(actor, library, key, generation, &document);
        Ok(document)
    }

    async fn read_document_ref(&self, actor: Actor, library: LibraryId, key: Key) -> Result<Document> {
        self.read(move |tx| {
            require_role(tx, &actor, library, Role::Reader)?;
            let (attachment, paper) = find_attachment(tx, library, key)?;
            let file = attachment.file.clone().ok_or_else(|| Error::not_found("file"))?;
            let named = paper.unwrap_or_else(|| attachment.clone());
            let download_name = download_name(&named, &file.name, &file.media_type);
            let blob = store::blobs::find_blob(tx, &file.sha256)?;
            let is_locked = blob.is_some_and(|blob| blob.is_locked_in(library));
            Ok(Document { attachment, file, download_name, is_locked })
        })
        .await
    }

    /// As [`App::get_document`], for what was read from the file.
    async fn get_readable(&self, actor: &Actor, library: LibraryId, key: Key) -> Result<Arc<Document>> {
        let document = self.get_document(actor, library, key).await?;
        if document.is_locked {
            return Err(Error::NotFound(ReadErrorCode::Encrypted.message().to_owned()));
        }
        Ok(document)
    }

    /// Bytes of a blob, as the caller of [`App::get_document`] may read it.
    ///
    /// # Errors
    /// Unavailable while the file store does not answer.
    pub async fn read_bytes(&self, document: &Document, range: std::ops::Range<u64>) -> Result<Bytes> {
        Ok(self.files.read_range(document.file.sha256, range).await?)
    }

    /// A range of a blob in pieces, for what is too large to hold.
    ///
    /// # Errors
    /// As for [`App::read_bytes`].
    pub async fn stream_bytes(
        &self,
        document: &Document,
        range: std::ops::Range<u64>,
    ) -> Result<impl futures_util::Stream<Item = std::io::Result<Bytes>> + Send + use<>> {
        use futures_util::StreamExt as _;
        let stream = self.files.stream(document.file.sha256, range).await?;
        Ok(stream.map(|piece| piece.map_err(std::io::Error::other)))
    }

    /// Page sizes, labels and outline; known soon after the reading began.
    ///
    /// # Errors
    /// Not found while nothing was read yet.
    pub async fn get_head(&self, actor: &Actor, library: LibraryId, key: Key) -> Result<DocumentHead> {
        let document = self.get_readable(actor, library, key).await?;
        self.read_head(document.file.sha256).await?.ok_or_else(|| not_read_yet(&document.file))
    }

    pub(super) async fn read_head(&self, sha256: Sha256) -> Result<Option<DocumentHead>> {
        let Some(bytes) = self.files.get_derived(sha256, HEAD_NAME).await? else { return Ok(None) };
        Ok(codec::decode_head(&bytes).map_err(|error| tracing::warn!(%error, "a derived file is damaged")).ok())
    }

    pub(super) async fn read_slice(&self, sha256: Sha256, first_page: u32) -> Result<Option<LayoutSlice>> {
        let Some(bytes) = self.files.get_derived(sha256, &slice_name(first_page)).await? else { return Ok(None) };
        let decoded =
            tokio::task::spawn_blocking(move || codec::decode_slice(&bytes)).await.map_err(Error::internal)?;
        Ok(decoded.map_err(|error| tracing::warn!(%error, "a derived file is damaged")).ok())
    }

    pub(super) async fn read_facts(&self, sha256: Sha256) -> Result<Option<Facts>> {
        // Until a file is read again, what older rules found is better than nothing.
        for version in (1..=EXTRACTION_VERSION).rev() {
            if let Some(bytes) = self.files.get_derived(sha256, &facts_name(version)).await? {
                let facts = codec::decode_facts(&bytes);
                return Ok(facts.map_err(|error| tracing::warn!(%error, "a derived file is damaged")).ok());
            }
        }
        Ok(None)
    }

    /// The layouts of the slices that hold the pages `first..=last` (from 0), with the head.
    ///
    /// # Errors
    /// Not found while the pages were not read yet.
    pub async fn get_layout(
        &self,
        actor: &Actor,
        library: LibraryId,
        key: Key,
        first: u32,
        last: u32,
    ) -> Result<(DocumentHead, Vec<LayoutSlice>)> {
        let (document, head) = self.open_pages(actor, library, key, first).await?;
        let mut slices = Vec::new();
        for first_page in slices_of(&head, first, last) {
            let slice = self.read_slice(document.file.sha256, first_page).await?;
            slices.push(slice.ok_or_else(|| not_read_yet(&document.file))?);
        }
        Ok((head, slices))
    }

    /// The texts of the pages `first..=last` (from 0). Of a whole book it holds no more than these and one slice.
    ///
    /// # Errors
    /// As for [`App::get_layout`].
    pub async fn get_texts(
        &self,
        actor: &Actor,
        library: LibraryId,
        key: Key,
        first: u32,
        last: u32,
    ) -> Result<Vec<String>> {
        let (document, head) = self.open_pages(actor, library, key, first).await?;
        let mut texts = Vec::new();
        for first_page in slices_of(&head, first, last) {
            let slice = self.read_slice(document.file.sha256, first_page).await?;
            let pages = slice.ok_or_else(|| not_read_yet(&document.file))?.pages.into_iter();
            texts.extend(pages.filter(|page| (first..=last).contains(&page.index)).map(|page| page.text));
        }
        Ok(texts)
    }

    /// The head of a document that has a page `first` (from 0).
    async fn open_pages(
        &self,
        actor: &Actor,
        library: LibraryId,
        key: Key,
        first: u32,
    ) -> Result<(Arc<Document>, DocumentHead)> {
        let document = self.get_readable(actor, library, key).await?;
        let head = self.read_head(document.file.sha256).await?.ok_or_else(|| not_read_yet(&document.file))?;
        let count = head.pages.len();
        if first as usize >= count {
            return Err(Error::NotFound(format!("This file has {count} pages.")));
        }
        Ok((document, head))
    }

    /// What extraction concluded.
    ///
    /// # Errors
    /// Not found while the file was not read to its end.
    pub async fn get_facts(&self, actor: &Actor, library: LibraryId, key: Key) -> Result<Facts> {
        let document = self.get_readable(actor, library, key).await?;
        self.read_facts(document.file.sha256).await?.ok_or_else(|| not_read_yet(&document.file))
    }

    /// The paper as its PDF alone would have it, to be compared with what people typed; and all that was concluded.
    ///
    /// # Errors
    /// Not found while the file was not read to its end.
    pub async fn get_as_read(&self, actor: &Actor, library: LibraryId, key: Key) -> Result<(Item, Facts)> {
        let facts = self.get_facts(actor, library, key).await?;
        let paper = self.get_paper(actor, library, key).await?.item;
        Ok((as_read(&paper, &facts), facts))
    }

    /// The picture of a page (from 0) as WebP, at least `width` pixels wide as far as pictures are made; drawn once, then
    /// kept.
    ///
    /// # Errors
    /// Not found beyond the last page; unavailable or invalid where the page cannot be drawn.
    pub async fn get_page_image(
        self: &Arc<Self>,
        actor: &Actor,
        library: LibraryId,
        key: Key,
        page_index: u32,
        width: u32,
    ) -> Result<(Sha256, Bytes)> {
        let document = self.get_readable(actor, library, key).await?;
        if document.file.media_type != "application/pdf" {
            return Err(Error::NotFound("Only PDFs have pictures of their pages.".to_owned()));
        }
        if document.file.pages.is_some_and(|pages| page_index >= pages) {
            return Err(Error::NotFound(format!("This file has {} pages.", document.file.pages.unwrap_or(0))));
        }
        let sha256 = document.file.sha256;
        let width = IMAGE_WIDTHS.into_iter().find(|made| *made >= width).unwrap_or(IMAGE_WIDTHS[5]);
        let name = format!("page.v1.{page_index}.{width}");
        if let Some(image) = self.files.get_derived(sha256, &name).await? {
            return Ok((sha256, image));
        }
        let drawing = self.drawings.turn((sha256, page_index, width));
        let _turn = drawing.lock().await;
        if let Some(image) = self.files.get_derived(sha256, &name).await? {
            return Ok((sha256, image));
        }
        let password = self.document_password(sha256).await?;
        let file = self.files.open_local(sha256).await?;
        let drawn = self.pool.page_image(file.into(), password, page_index, width).await;
        let image = Bytes::from(drawn.map_err(|failure| Error::Invalid {
            code: failure.code.public_code(),
            detail: failure.message,
            field: None,
        })?);
        match self.files.put_derived(sha256, &name, image.clone()).await {
            Ok(()) => {}
            // It can be drawn again; people read on while the disk is full.
            Err(crate::files::Error::DiskFull { .. }) => {
                tracing::debug!(%sha256, "a picture is not kept: the disk is full");
            }
            Err(error) => return Err(error.into()),
        }
        Ok((sha256, image))
    }

    pub(super) async fn document_password(&self, sha256: Sha256) -> Result<Option<String>> {
        let blob = self.read(move |tx| Ok(store::blobs::find_blob(tx, &sha256)?)).await?;
        let sealed = blob.and_then(|blob| blob.sealed_password);
        Ok(sealed.and_then(|sealed| self.sealing_key.open(&sealed)).and_then(|plain| String::from_utf8(plain).ok()))
    }
}

/// The attachment of that key, or a paper's first file; with the paper.
pub(super) fn find_attachment(tx: &impl View, library: LibraryId, key: Key) -> Result<(Item, Option<Item>)> {
    let item = store::items::get(tx, library, key)?;
    if item.file.is_some() {
        let paper = match item.parent {
            Some(parent) => store::items::find_item(tx, library, parent)?,
            None => None,
        };
        return Ok((item, paper));
    }
    let mut files = store::items::children(tx, library, key)?;
    files.retain(|child| child.file.is_some() && !child.trashed);
    super::items::sort_files(&mut files);
    let first = files.into_iter().next().ok_or_else(|| Error::NotFound("This paper has no file.".to_owned()))?;
    Ok((first, Some(item)))
}

/// The first pages of the slices that hold the pages `first..=last`, as far as the document has them.
fn slices_of(head: &DocumentHead, first: u32, last: u32) -> impl Iterator<Item = u32> + use<> {
    let last = last.min(u32::try_from(head.pages.len()).unwrap_or(u32::MAX).saturating_sub(1));
    (first / SLICE_PAGES..=last / SLICE_PAGES).map(|slice| slice * SLICE_PAGES)
}

fn not_read_yet(file: &FileRef) -> Error {
    Error::NotFound(match file.state {
        ReadState::Waiting | ReadState::Reading => "This PDF has not been read yet. Try again in a moment.".to_owned(),
        ReadState::Failed(code) => code.message().to_owned(),
        ReadState::Locked => ReadErrorCode::Encrypted.message().to_owned(),
        ReadState::Other => "Only PDFs are read.".to_owned(),
        _ => "What was read of this PDF is missing here. Choose “Read again”.".to_owned(),
    })
}

/// The documents looked up last, true for one state of the store: a reader asks for a paper in hundreds of ranges, and
/// nothing changes between most of them.
#[derive(Default)]
pub(super) struct OpenDocuments(std::sync::Mutex<(u64, Vec<Opened>)>);

/// Who asked for which paper or file, and what they got.
type Opened = ((UserId, Scope, LibraryId, Key), Arc<Document>);

impl OpenDocuments {
    /// Documents remembered at once.
    const MOST: usize = 64;

    fn find(&self, actor: &Actor, library: LibraryId, key: Key, generation: u64) -> Option<Arc<Document>> {
        let asked = Self::asked(actor, library, key)?;
        let known = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (of, documents) = &*known;
        let found = documents.iter().filter(|_| *of == generation).find(|(known, _)| *known == asked);
        found.map(|(_, document)| Arc::clone(document))
    }

    fn keep(&self, actor: &Actor, library: LibraryId, key: Key, generation: u64, document: &Arc<Document>) {
        let Some(asked) = Self::asked(actor, library, key) else { return };
        let mut known = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if known.0 > generation {
            return;
        }
        if known.0 != generation || known.1.len() >= Self::MOST {
            known.1.clear();
        }
        known.0 = generation;
        known.1.push((asked, Arc::clone(document)));
    }

    fn asked(actor: &Actor, library: LibraryId, key: Key) -> Option<(UserId, Scope, LibraryId, Key)> {
        match actor {
            Actor::User { id, scope, .. } => Some((*id, *scope, library, key)),
            Actor::System => None,
        }
    }
}

/// One drawing at a time for each picture.
#[derive(Default)]
pub(super) struct Drawings(
    std::sync::Mutex<std::collections::HashMap<(Sha256, u32, u32), std::sync::Weak<tokio::sync::Mutex<()>>>>,
);

impl Drawings {
    fn turn(&self, picture: (Sha256, u32, u32)) -> Arc<tokio::sync::Mutex<()>> {
        let mut drawings = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(turn) = drawings.get(&picture).and_then(std::sync::Weak::upgrade) {
            return turn;
        }
        drawings.retain(|_, turn| turn.strong_count() > 0);
        let turn = Arc::default();
        drawings.insert(picture, Arc::downgrade(&turn));
        turn
    }
}

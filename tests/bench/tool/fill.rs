//! Fills a data folder with generated papers through the program's own rooms, as reading them would have left them:
//! items, attachments and blobs in the store, their words in the search index, at the library's version.
//!
//! Left out, since nothing that is measured asks for it: the bytes of the PDFs, and layouts but for one paper in a hundred.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use scrollkeeper::domain::facts::{EXTRACTION_VERSION, Fact, Facts};
use scrollkeeper::domain::ids::{LibraryId, Version};
use scrollkeeper::domain::item::{Creator, CreatorName, FieldSource, FileRef, Item, ReadState};
use scrollkeeper::domain::layout::{DocumentHead, LayoutSlice, Line, PageInfo, PageLayout, Rect, Word};
use scrollkeeper::domain::time::Timestamp;
use scrollkeeper::files::{Files, FilesConfig, StoreConfig};
use scrollkeeper::pdf::codec;
use scrollkeeper::search::{IndexOp, PaperDoc, SearchIndex};
use scrollkeeper::store::{self, Blob, BlobPlace, Store};

use super::text::Source;

/// Papers in one transaction and one commit of the index.
const BATCH: u64 = 500;
/// One paper in so many has a layout.
const WITH_LAYOUT: u64 = 100;
/// When the first of them came.
const BEGAN: i64 = 1_700_000_000_000;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Fills the folder, in which an administrator exists and no server runs; prints what it did and writes `queries.json`.
pub fn run(data: &Path, papers: u64, pages: u32) -> Result<()> {
    let began = Instant::now();
    let store = Store::open(&data.join("scrollkeeper.redb"))?.store;
    let libraries = store.read_blocking(|tx| store::libraries::list(tx, None, 1))?;
    let library = libraries.first().ok_or("make an account first")?.id;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let files = runtime.block_on(Files::open(FilesConfig {
        data_dir: data.to_owned(),
        store: StoreConfig::Disk,
        cache_bytes: 0,
        reserve_bytes: 0,
    }))?;
    let index = SearchIndex::open(&data.join("index"))?.index;
    let mut source = Source::new(pages);
    for first in (0..papers).step_by(BATCH as usize) {
        let batch: Vec<PaperDoc> = (first..papers.min(first + BATCH)).map(|nth| source.paper(library, nth)).collect();
        for (paper, _) in batch.iter().zip(first..).filter(|(_, nth)| nth.is_multiple_of(WITH_LAYOUT)) {
            runtime.block_on(derive(&files, paper))?;
        }
        let version = keep(&store, library, &batch, first)?;
        let ops = batch.into_iter().map(|paper| IndexOp::PutPaper(Box::new(paper))).collect();
        index.apply(ops, &BTreeMap::from([(library, version)]))?;
        if first > 0 && first.is_multiple_of(BATCH * 20) {
            eprintln!("{first} papers in {:.0?}", began.elapsed());
        }
    }
    index.release_writer()?;
    let queries: BTreeMap<&str, Vec<String>> = source.queries(400).into_iter().collect();
    std::fs::write(data.join("queries.json"), serde_json::to_string(&queries)?)?;
    println!("{papers} papers of {pages} pages in {:.0?}", began.elapsed());
    Ok(())
}

/// Items, attachments and blobs of a batch, in one transaction.
fn keep(store: &Store, library: LibraryId, batch: &[PaperDoc], first: u64) -> Result<Version> {
    let now = Timestamp(BEGAN + i64::try_from(first)? * 1000);
    let rows: Vec<(Item, Item, Blob)> = batch.iter().map(|paper| rows(paper, now)).collect();
    let version = store.write_blocking(move |tx| {
        let mut version = Version::default();
        for (paper, attachment, blob) in &rows {
            store::blobs::put_blob(tx, blob)?;
            let (mut paper, mut attachment) = (paper.clone(), attachment.clone());
            let mut library = tx.library(library, now)?;
            library.put_item(&mut paper)?;
            library.put_item(&mut attachment)?;
            version = attachment.version;
        }
        Ok::<_, store::Error>(version)
    })?;
    Ok(version)
}

fn rows(paper: &PaperDoc, now: Timestamp) -> (Item, Item, Blob) {
    let file = &paper.files[0];
    let mut item = Item::blank(paper.key, &paper.item_type, now, None);
    let year = paper.year.map(|year| year.to_string()).unwrap_or_default();
    let fields = [
        ("title", &paper.title),
        ("abstractNote", &paper.abstract_text),
        ("publicationTitle", &paper.venue),
        ("date", &year),
    ];
    item.fields = fields.map(|(name, value)| (name.to_owned(), value.clone())).into();
    item.creators = paper.creators.iter().map(|name| author(name)).collect();
    let sure = |name: &str| {
        let source = FieldSource { source: "pdf".to_owned(), confidence: 0.9, other_value: None };
        (name.to_owned(), source)
    };
    item.sources = ["title", "abstractNote", "publicationTitle", "date", "creators", "item_type"].map(sure).into();
    let mut attachment = Item::blank(file.attachment, "attachment", now, None);
    attachment.parent = Some(paper.key);
    let size_bytes = 400_000;
    attachment.file = Some(FileRef {
        sha256: file.sha256,
        size_bytes,
        name: paper.file_names[0].clone(),
        media_type: "application/pdf".to_owned(),
        pages: u32::try_from(file.pages.len()).ok(),
        state: ReadState::Read,
        recognised_pages: 0,
    });
    let mut blob = Blob::new(file.sha256, size_bytes, "application/pdf".to_owned(), BlobPlace::Store, now);
    blob.pages = u32::try_from(file.pages.len()).ok();
    blob.state = ReadState::Read;
    blob.extraction_version = EXTRACTION_VERSION;
    (item, attachment, blob)
}

fn author(name: &str) -> Creator {
    let (given, family) = name.split_once(' ').unwrap_or(("", name));
    let name = CreatorName::Person { given: given.to_owned(), family: family.to_owned() };
    Creator { creator_type: "author".to_owned(), name }
}

/// Head, layout and facts of a paper.
async fn derive(files: &Files, paper: &PaperDoc) -> Result<()> {
    let file = &paper.files[0];
    let info = PageInfo { width: 595.0, height: 842.0, crop: rect(0.0, 0.0, 595.0, 842.0), ..PageInfo::default() };
    let head = DocumentHead { pages: vec![info; file.pages.len()], ..DocumentHead::default() };
    let pages = file.pages.iter().map(|page| layout(page.index, &page.text)).collect();
    let slice = LayoutSlice { first_page: 0, pages, fonts: Vec::new() };
    let facts = Facts {
        title: Some(Fact { value: paper.title.clone(), confidence: 0.9 }),
        abstract_text: Some(Fact { value: paper.abstract_text.clone(), confidence: 0.9 }),
        year: paper.year.map(|value| Fact { value, confidence: 0.9 }),
        ..Facts::default()
    };
    files.put_derived(file.sha256, "head.v1", codec::encode_head(&head).into()).await?;
    files.put_derived(file.sha256, "layout.v1.0", codec::encode_slice(&slice).into()).await?;
    let name = format!("facts.v{EXTRACTION_VERSION}");
    files.put_derived(file.sha256, &name, codec::encode_facts(&facts).into()).await?;
    Ok(())
}

/// Words in rows, all letters equally wide.
fn layout(index: u32, text: &str) -> PageLayout {
    let mut page = PageLayout { index, text: text.to_owned(), ..PageLayout::default() };
    let (mut at, mut top) = (0, 780.0);
    for line in text.split('\n') {
        let (first_word, mut left) = (page.words.len() as u32, 60.0);
        for word in line.split(' ') {
            let length = word.chars().count() as u32;
            let right = left + 4.5 * length as f32;
            page.words.push(Word {
                start: at,
                end: at + length,
                rect: rect(left, top, right, top + 10.0),
                size: 10.0,
                ..Word::default()
            });
            left = right + 4.5;
            at += length + 1;
        }
        page.lines.push(Line { first_word, end_word: page.words.len() as u32 });
        top -= 14.0;
    }
    page
}

fn rect(x0: f32, y0: f32, x1: f32, y1: f32) -> Rect {
    Rect { x0, y0, x1, y1 }
}

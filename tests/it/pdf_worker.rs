//! The pool with the real worker: sound files, hostile files, and the sandbox seen from inside.

use std::io::{Seek as _, Write as _};
use std::os::fd::OwnedFd;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use scrollkeeper::domain::facts::ReadErrorCode;
use scrollkeeper::domain::layout::{LinkTarget, PageLayout, PageQuality};
use scrollkeeper::pdf::sandbox::Attempt;
use scrollkeeper::pdf::{Limits, Pool, PoolConfig, ReadEvent, ReadFailure, WholeDocument, read_whole};
use tokio::sync::mpsc;

use crate::pdf_maker::{Maker, simple};

fn config() -> PoolConfig {
    PoolConfig {
        executable: PathBuf::from(env!("CARGO_BIN_EXE_scrollkeeper")),
        workers: 1,
        limits: Limits { memory_bytes: 512 << 20, ..Limits::default() },
        recycle_after: 100,
        idle_ms: 30_000,
    }
}

fn file(bytes: &[u8]) -> OwnedFd {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    file.into()
}

async fn read(pool: &Pool, bytes: &[u8]) -> Result<WholeDocument, ReadFailure> {
    read_whole(pool, file(bytes), None).await
}

fn pages(document: &WholeDocument) -> Vec<&PageLayout> {
    document.slices.iter().flat_map(|slice| &slice.pages).collect()
}

async fn refused(bytes: &[u8]) -> ReadErrorCode {
    let pool = Pool::new(config());
    let failure = read(&pool, bytes).await.unwrap_err();
    // The next document is read as if nothing had been.
    assert!(read(&pool, &simple("still alive")).await.is_ok());
    failure.code
}

#[tokio::test]
async fn a_page_is_read_with_its_words_and_boxes() {
    let pool = Pool::new(config());
    let document = read(&pool, &simple("Hello reader")).await.unwrap();
    assert_eq!(document.head.pages.len(), 1);
    assert_eq!((document.head.pages[0].width, document.head.pages[0].height), (612.0, 792.0));
    let page = pages(&document)[0];
    assert_eq!(page.text, "Hello reader");
    assert_eq!(page.quality, PageQuality::Good);
    assert_eq!(page.words.len(), 2);
    let second = page.words[1].rect;
    assert!(second.x0 > 95.0 && second.x0 < 105.0, "{second:?}");
    assert!(second.y0 < 700.0 && second.y1 > 708.0, "{second:?}");
    assert!((page.words[0].size - 12.0).abs() < 0.01);
}

#[tokio::test]
async fn boxes_keep_the_origin_of_the_file_whatever_is_cropped_or_turned() {
    let text = [(245.0, 697.0, 12.0, "target")];
    let bytes = Maker::new()
        .page("/MediaBox [0 0 700 900]", &text)
        .page("/MediaBox [-100 -50 600 850] /CropBox [50 60 600 850]", &text)
        .page("/MediaBox [0 0 700 900] /Rotate 90", &text)
        .finish();
    let document = read(&Pool::new(config()), &bytes).await.unwrap();
    for page in pages(&document) {
        assert!((page.words[0].rect.x0 - 245.0).abs() < 1.5, "{:?}", page.words[0]);
        assert!(page.words[0].rect.y0 < 697.0 && page.words[0].rect.y1 > 700.0, "{:?}", page.words[0]);
    }
    let head = &document.head.pages;
    assert_eq!((head[1].crop.x0, head[1].crop.y0, head[1].width), (50.0, 60.0, 550.0));
    assert_eq!((head[2].rotate, head[2].width, head[2].height), (90, 900.0, 700.0));
}

#[tokio::test]
async fn labels_outline_links_and_annotations_are_read() {
    let mut maker = Maker::new();
    let label = "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D >>] >>";
    let annotations = "/Annots [\
        << /Type /Annot /Subtype /Link /Rect [72 690 200 712] /A << /S /URI /URI (https://example.org/a) >> >>\
        << /Type /Annot /Subtype /Link /Rect [72 650 200 672] /A << /S /URI /URI (javascript:alert\\(1\\)) >> >>\
        << /Type /Annot /Subtype /Highlight /Rect [72 600 200 620] /QuadPoints [72 620 200 620 72 600 200 600]\
           /Contents (a remark) /T (Muster) /C [1 1 0] >> ]";
    maker = maker.page("", &[(72.0, 700.0, 12.0, "front")]).page(annotations, &[(72.0, 700.0, 12.0, "body")]);
    let item = maker.object("<< /Title (Chapter) /Parent 8 0 R /Dest [6 0 R /XYZ 0 500 0] >>");
    assert_eq!(item, 8);
    let outline = maker.object(format!("<< /Type /Outlines /First {item} 0 R /Last {item} 0 R /Count 1 >>"));
    let bytes = maker.catalogue(&format!("{label} /Outlines {outline} 0 R")).finish();
    let document = read(&Pool::new(config()), &bytes).await.unwrap();

    let labels: Vec<_> = document.head.pages.iter().map(|page| page.label.as_deref()).collect();
    assert_eq!(labels, [Some("i"), Some("1")]);
    assert_eq!(document.head.outline.len(), 1);
    assert_eq!(document.head.outline[0].title, "Chapter");
    let page = pages(&document)[1];
    assert_eq!(page.links.len(), 1, "only addresses that are safe to follow");
    assert_eq!(page.links[0].target, LinkTarget::Uri("https://example.org/a".to_owned()));
    assert_eq!(page.annotations.len(), 1);
    let mark = &page.annotations[0];
    assert_eq!(
        (mark.subtype.as_str(), mark.contents.as_str(), mark.author.as_str()),
        ("Highlight", "a remark", "Muster")
    );
    assert_eq!(mark.color.as_deref(), Some("#ffff00"));
    assert_eq!((mark.rects[0].x0, mark.rects[0].y1), (72.0, 620.0));
}

#[tokio::test]
async fn a_long_document_comes_in_slices_with_progress() {
    let mut maker = Maker::new();
    for number in 0..40 {
        maker = maker.page("", &[(72.0, 700.0, 12.0, &format!("page {number}"))]);
    }
    let (sender, mut events) = mpsc::channel(200);
    Pool::new(config()).read(file(&maker.finish()), None, sender).await.unwrap();
    let mut seen = Vec::new();
    while let Some(event) = events.recv().await {
        match event {
            ReadEvent::Head(head) => seen.push(format!("head {}", head.pages.len())),
            ReadEvent::Slice(slice) => seen.push(format!("slice {} {}", slice.first_page, slice.pages.len())),
            ReadEvent::Facts(_) => seen.push("facts".to_owned()),
            ReadEvent::Progress { page: 40, pages } => seen.push(format!("last of {pages}")),
            ReadEvent::Progress { .. } => {}
        }
    }
    assert_eq!(seen, ["head 40", "slice 0 32", "last of 40", "slice 32 8", "facts"]);
}

#[tokio::test]
async fn what_is_no_pdf_is_told_from_what_is_damaged() {
    assert_eq!(refused(b"<html>sign in to download</html>").await, ReadErrorCode::NotAPdf);
    assert_eq!(refused(b"").await, ReadErrorCode::NotAPdf);
    let whole = simple("cut off");
    assert_eq!(refused(&whole[..60]).await, ReadErrorCode::Incomplete);
    assert_eq!(refused(b"%PDF-1.7\n%%EOF").await, ReadErrorCode::Damaged);
}

#[tokio::test]
async fn a_damaged_page_does_not_cost_the_others() {
    let mut maker = Maker::new().page("", &[(72.0, 700.0, 12.0, "first")]);
    maker.raw_page("", &[0xFF; 4000]);
    let bytes = maker.page("", &[(72.0, 700.0, 12.0, "third")]).finish();
    let document = read(&Pool::new(config()), &bytes).await.unwrap();
    let pages = pages(&document);
    assert_eq!((pages[0].text.as_str(), pages[2].text.as_str()), ("first", "third"));
    assert_eq!(pages[1].quality, PageQuality::None);
}

#[tokio::test]
async fn hostile_files_end_as_text_or_as_a_clear_error() {
    let pool = Pool::new(config());
    let mut nested = b"%PDF-1.7\n1 0 obj\n".to_vec();
    nested.extend(vec![b'['; 1_000_000]);
    let mut dictionaries = b"%PDF-1.7\n1 0 obj\n".to_vec();
    dictionaries.extend(b"<</A".repeat(200_000));
    let mut deep = Maker::new();
    deep.raw_page("", &b"q ".repeat(500_000));
    let mut arrays = Maker::new();
    arrays.raw_page("", &b"[".repeat(1_000_000));
    let mut noise = simple("some words to spoil").clone();
    let mut state = 7_u32;
    for byte in noise.iter_mut().skip(9) {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        if state >> 29 == 0 {
            *byte = (state >> 16) as u8;
        }
    }
    let itself = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n".to_vec();
    for (name, bytes) in [
        ("arrays in an object", nested),
        ("dictionaries", dictionaries),
        ("saved states", deep.finish()),
        ("arrays in a page", arrays.finish()),
        ("noise", noise),
        ("a page tree in itself", itself),
    ] {
        let started = Instant::now();
        let outcome = read(&pool, &bytes).await;
        assert!(started.elapsed() < Duration::from_secs(60), "{name} took too long");
        if let Err(failure) = outcome {
            assert!(failure.message.ends_with('.') && failure.message.len() > 20, "{name}: {}", failure.message);
        }
        assert_eq!(pages(&read(&pool, &simple("still alive")).await.unwrap())[0].text, "still alive", "after {name}");
    }
}

#[tokio::test]
async fn more_pages_than_allowed_are_refused_before_any_is_read() {
    let mut maker = Maker::new();
    for _ in 0..4 {
        maker = maker.page("", &[(72.0, 700.0, 12.0, "x")]);
    }
    let pool = Pool::new(PoolConfig { limits: Limits { max_pages: 3, ..Limits::default() }, ..config() });
    let failure = read(&pool, &maker.finish()).await.unwrap_err();
    assert_eq!(failure.code, ReadErrorCode::TooLarge);
    assert!(failure.message.contains("4 pages") && failure.message.contains("at most 3"), "{}", failure.message);
    assert!(!failure.worker_died);
}

#[tokio::test]
async fn a_document_that_takes_too_long_is_stopped_and_the_next_is_read() {
    // Each form shows the next one ten times: ten to the eighth letters.
    let mut maker = Maker::new();
    let font = "/Resources << /Font << /F1 3 0 R >>";
    let mut last = maker.stream(
        &format!("/Type /XObject /Subtype /Form /BBox [0 0 612 792] {font} >>"),
        b"BT /F1 9 Tf 72 700 Td (slow) Tj ET",
    );
    for _ in 0..8 {
        let entries =
            format!("/Type /XObject /Subtype /Form /BBox [0 0 612 792] {font} /XObject << /X {last} 0 R >> >>");
        last = maker.stream(&entries, &b"/X Do ".repeat(10));
    }
    let page_resources = format!("/Resources << /XObject << /X {last} 0 R >> >>");
    maker.raw_page(&page_resources, b"/X Do");
    let bytes = maker.finish();

    let slow = Limits { wall_ms: 1_500, ..Limits::default() };
    let pool = Pool::new(PoolConfig { limits: slow, ..config() });
    let failure = read(&pool, &bytes).await.unwrap_err();
    assert!(matches!(failure.code, ReadErrorCode::TimedOut | ReadErrorCode::OutOfMemory), "{failure:?}");
    assert!(failure.worker_died);
    assert!(read(&pool, &simple("next")).await.is_ok());
}

#[tokio::test]
async fn a_dropped_reading_frees_its_place() {
    let pool = Pool::new(config());
    let mut maker = Maker::new();
    for _ in 0..200 {
        maker = maker.page("", &[(72.0, 700.0, 12.0, "x")]);
    }
    let (sender, mut events) = mpsc::channel(1);
    let reading = tokio::spawn({
        let pool = pool.clone();
        let file = file(&maker.finish());
        async move { pool.read(file, None, sender).await }
    });
    assert!(matches!(events.recv().await, Some(ReadEvent::Progress { page: 1, pages: 200 })));
    reading.abort();
    assert!(reading.await.unwrap_err().is_cancelled());
    assert!(read(&pool, &simple("next")).await.is_ok());
}

#[tokio::test]
async fn a_picture_does_not_wait_behind_a_reading() {
    let pool = Pool::new(config());
    let mut maker = Maker::new();
    for _ in 0..50 {
        maker = maker.page("", &[(72.0, 700.0, 12.0, "x")]);
    }
    let bytes = maker.finish();
    // The only reader is held: nobody takes its events.
    let (sender, mut events) = mpsc::channel(1);
    let reading = tokio::spawn({
        let pool = pool.clone();
        let file = file(&bytes);
        async move { pool.read(file, None, sender).await }
    });
    assert!(events.recv().await.is_some());
    let picture = pool.page_image(file(&bytes), None, 49, 320).await.unwrap();
    assert_eq!((&picture[..4], &picture[8..12]), (b"RIFF".as_slice(), b"WEBP".as_slice()));
    let missing = pool.page_image(file(&bytes), None, 50, 320).await.unwrap_err();
    assert_eq!(missing.message, "Page 51 of this PDF cannot be drawn.");
    while events.recv().await.is_some() {}
    assert_eq!(reading.await.unwrap(), Ok(()));
}

#[tokio::test]
async fn the_sandbox_refuses_files_network_and_processes() {
    let pool = Pool::new(config());
    let report = pool.sandbox_report().await.unwrap();
    assert_eq!(report.measures.len(), 5);
    let calls_are_filtered = report.measures.iter().any(|measure| measure.name.contains("seccomp") && measure.held);
    if !calls_are_filtered {
        eprintln!("SKIPPED: this kernel has no seccomp, so nothing is refused: {report:?}");
        return;
    }
    for attempt in Attempt::REFUSED {
        assert!(pool.is_refused(attempt).await.unwrap(), "{attempt:?} was not refused");
    }
    assert!(read(&pool, &simple("still works")).await.is_ok());
}

#[tokio::test]
async fn what_a_worker_does_without_end_is_ended() {
    let limits = Limits { memory_bytes: 256 << 20, cpu_s: 1, wall_ms: 8_000, ..Limits::default() };
    let pool = Pool::new(PoolConfig { limits, ..config() });
    for (attempt, code) in [
        (Attempt::EndlessMemory, ReadErrorCode::OutOfMemory),
        (Attempt::EndlessTime, ReadErrorCode::TimedOut),
        (Attempt::Silence, ReadErrorCode::TimedOut),
        (Attempt::EndlessAnswers, ReadErrorCode::Crashed),
        (Attempt::HugeAnswer, ReadErrorCode::Crashed),
        (Attempt::Nonsense, ReadErrorCode::Crashed),
    ] {
        let failure = pool.is_refused(attempt).await.unwrap_err();
        assert_eq!((failure.code, failure.worker_died), (code, true), "{attempt:?}: {}", failure.message);
        assert_eq!(pages(&read(&pool, &simple("next")).await.unwrap())[0].text, "next", "after {attempt:?}");
    }
}

#[tokio::test]
async fn a_pool_that_ends_ends_its_readings() {
    let pool = Pool::new(config());
    pool.warm().await.unwrap();
    pool.shutdown().await;
    let failure = read(&pool, &simple("too late")).await.unwrap_err();
    assert!(failure.message.contains("cancelled"), "{}", failure.message);
}

#[tokio::test]
async fn a_program_that_is_no_worker_is_said_so() {
    let pool = Pool::new(PoolConfig { executable: PathBuf::from("/nonexistent/scrollkeeper"), ..config() });
    let failure = read(&pool, &simple("nobody")).await.unwrap_err();
    assert!(failure.message.contains("could not be started"), "{}", failure.message);
}

#[tokio::test]
async fn a_missing_password_is_told_from_a_wrong_one() {
    let locked = include_bytes!("../fixtures/pdf/locked.pdf");
    let pool = Pool::new(config());
    let with = |password: Option<&str>| read_whole(&pool, file(locked), password.map(str::to_owned));
    let missing = with(None).await.unwrap_err();
    assert_eq!((missing.code, missing.worker_died), (ReadErrorCode::Encrypted, false));
    assert!(missing.message.contains("needs a password"), "{}", missing.message);
    let wrong = with(Some("open says me")).await.unwrap_err();
    assert_eq!(wrong.code, ReadErrorCode::Encrypted);
    assert!(wrong.message.contains("does not open"), "{}", wrong.message);
    let document = with(Some("open sesame")).await.unwrap();
    assert_eq!(pages(&document)[0].text, "locked words");
}

#[tokio::test]
async fn a_file_that_only_its_owner_restricts_is_read_and_said_so() {
    let bytes = include_bytes!("../fixtures/pdf/owner-locked.pdf");
    let document = read(&Pool::new(config()), bytes).await.unwrap();
    assert_eq!(pages(&document)[0].text, "locked words");
    assert!(document.head.info.owner_locked);
    assert!(!read(&Pool::new(config()), &simple("open")).await.unwrap().head.info.owner_locked);
}

/// Spaces as a deflate stream: one literal, then copies of 258 bytes, in fixed codes.
fn deflated_spaces(copies: usize) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let (mut bits, mut count) = (0_u32, 0);
    let mut put = |value: u32, length: u32| {
        for place in 0..length {
            bits |= (value >> place & 1) << count;
            count += 1;
            if count == 8 {
                out.push(bits as u8);
                (bits, count) = (0, 0);
            }
        }
    };
    put(0b011, 3);
    // Codes of Huffman are written from their highest bit on.
    put(0x50_u8.reverse_bits().into(), 8);
    for _ in 0..copies {
        put(0b1100_0101_u8.reverse_bits().into(), 8);
        put(0, 5);
    }
    put(0, 7);
    put(0, 7);
    out
}

#[tokio::test]
async fn a_memory_bomb_costs_only_itself() {
    let mut maker = Maker::new();
    let bomb = maker.stream("/Filter /FlateDecode", &deflated_spaces(2_500_000));
    maker = maker.page("", &[(72.0, 700.0, 12.0, "before")]);
    maker.raw_page(&format!("/Contents {bomb} 0 R"), b"");
    let limits = Limits { memory_bytes: 400 << 20, ..Limits::default() };
    let pool = Pool::new(PoolConfig { limits, ..config() });
    let failure = read(&pool, &maker.finish()).await.unwrap_err();
    assert_eq!((failure.code, failure.worker_died), (ReadErrorCode::OutOfMemory, true), "{}", failure.message);
    assert!(read(&pool, &simple("next")).await.is_ok());
}

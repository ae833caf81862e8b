//! Round trips, files of other versions, and hostile bytes.

use proptest::prelude::*;

use super::*;
use crate::domain::facts::{Author, Citation, Fact, Place, Reference, Section};
use crate::domain::item::{Creator, CreatorName};
use crate::domain::layout::{
    Division, DocumentInfo, EmbeddedAnnotation, Font, Line, Link, LinkTarget, OutlineEntry, PageInfo, PageLayout,
    PageQuality, Rect, RoleSpan, TextRole, Word,
};
use crate::pdf::recognised::{RecognisedPage, RecognisedWord};

fn rect(x0: f32, y0: f32, x1: f32, y1: f32) -> Rect {
    Rect { x0, y0, x1, y1 }
}

fn slice() -> LayoutSlice {
    let word = |start, end, rect, flags| Word { start, end, rect, font: 1, size: 10.5, flags };
    let page = PageLayout {
        index: 33,
        text: "Größe well-known".to_owned(),
        words: vec![
            word(0, 5, rect(-12.25, 700.01, 30.5, 712.0), 0),
            word(6, 11, rect(540.0, 700.01, 560.0, 712.0), 16),
            word(11, 16, rect(50.0, 688.0, 80.0, 700.0), 4),
        ],
        lines: vec![Line { first_word: 0, end_word: 2 }, Line { first_word: 2, end_word: 3 }],
        roles: vec![RoleSpan { start: 0, end: 5, role: TextRole::Caption }],
        divisions: vec![Division { at: 11, kept: true }],
        links: vec![
            Link { rect: rect(1.0, 2.0, 3.0, 4.0), target: LinkTarget::Page { index: 2, top: Some(500.5) } },
            Link { rect: rect(1.0, 2.0, 3.0, 4.0), target: LinkTarget::Uri("https://example.org".to_owned()) },
        ],
        annotations: vec![EmbeddedAnnotation {
            subtype: "Highlight".to_owned(),
            rects: vec![rect(1.0, 2.0, 3.0, 4.0)],
            contents: "a remark".to_owned(),
            author: "Muster".to_owned(),
            color: Some("#ffff00".to_owned()),
        }],
        quality: PageQuality::Poor,
        recognised: true,
    };
    let fonts = vec![Font { name: "Times".to_owned(), bold: true, italic: false }, Font::default()];
    LayoutSlice { first_page: 32, pages: vec![page], fonts }
}

fn head() -> DocumentHead {
    DocumentHead {
        pages: vec![PageInfo {
            label: Some("iv".to_owned()),
            width: 595.28,
            height: 841.89,
            rotate: 90,
            crop: rect(-100.0, -50.0, 600.0, 850.0),
        }],
        outline: vec![OutlineEntry { level: 2, title: "Methods".to_owned(), page: Some(3), top: None }],
        info: DocumentInfo { title: "T".to_owned(), owner_locked: true, ..DocumentInfo::default() },
    }
}

fn facts() -> Facts {
    let author = Author { given: "Zoë".to_owned(), family: "Muster".to_owned(), single: false, ..Author::default() };
    let name = CreatorName::Person { given: "A.".to_owned(), family: "Probe".to_owned() };
    let group = CreatorName::Single("Archive".to_owned());
    Facts {
        title: Some(Fact { value: "A title".to_owned(), confidence: 0.9 }),
        authors: Some(Fact { value: vec![author.clone()], confidence: 0.5 }),
        contributors: vec![
            ("supervisor".to_owned(), Creator { creator_type: "contributor".to_owned(), name }),
            ("editor".to_owned(), Creator { creator_type: "editor".to_owned(), name: group }),
        ],
        year: Some(Fact { value: 2031, confidence: 1.0 }),
        sections: vec![Section { level: 1, number: "2".to_owned(), heading: "M".to_owned(), page: 1, offset: 7 }],
        references: vec![Reference {
            raw: "Muster, Z. (2031)".to_owned(),
            authors: vec![author],
            confidence: 0.75,
            places: vec![Place { page: 4, rects: vec![rect(1.0, 2.0, 3.0, 4.0)] }],
            cited_in: vec![Citation { page: 1, start: 3, end: 6 }],
            ..Reference::default()
        }],
        ..Facts::default()
    }
}

#[test]
fn what_was_written_is_read_again() {
    assert_eq!(decode_slice(&encode_slice(&slice())), Ok(slice()));
    assert_eq!(decode_slice(&slice_bytes(&slice(), Packing::Plain)), Ok(slice()));
    assert_eq!(decode_head(&encode_head(&head())), Ok(head()));
    assert_eq!(decode_facts(&encode_facts(&facts())), Ok(facts()));
    let mut recognised = Recognised::default();
    let word = RecognisedWord { text: "Größe".to_owned(), left: 3, confidence: 91, ..RecognisedWord::default() };
    recognised.put(40, RecognisedPage { width_px: 9, words: vec![word], ..RecognisedPage::default() });
    recognised.put(7, RecognisedPage { failed_in: Some(12), ..RecognisedPage::default() });
    assert_eq!(decode_recognised(&encode_recognised(&recognised)), Ok(recognised));
}

#[test]
fn a_file_of_another_version_is_not_guessed_at() {
    let mut bytes = encode_head(&head());
    bytes[0] = 2;
    assert_eq!(decode_head(&bytes), Err(CodecError::UnknownVersion));
    assert_eq!(decode_head(&[]), Err(CodecError::UnknownVersion));
    assert_eq!(decode_head(&[1, 7, 0]), Err(CodecError::UnknownVersion));
}

#[test]
fn fields_of_a_later_program_are_skipped() {
    // A head with an unknown fourth field: [pages, outline, info, "later"].
    let mut later = slice_bytes(&LayoutSlice::default(), Packing::Plain);
    assert_eq!(later[2], 0x83, "an array of three fields");
    later[2] = 0x84;
    later.extend([0x65, b'l', b'a', b't', b'e', b'r']);
    assert_eq!(decode_slice(&later), Ok(LayoutSlice::default()));
}

#[test]
fn pages_of_an_earlier_program_were_not_recognised() {
    let plain = slice_bytes(&slice(), Packing::Plain);
    // `recognised` is the last of ten fields; without it, and counted as nine, the page is what was written before.
    let page = plain.iter().position(|byte| *byte == 0x8A).expect("an array of ten fields");
    let last =
        plain[page..].windows(3).position(|bytes| bytes == [0x01, 0xF5, 0x82]).expect("quality, recognised, fonts");
    let mut earlier = plain;
    earlier[page] = 0x89;
    earlier.remove(page + last + 1);
    let mut expected = slice();
    expected.pages[0].recognised = false;
    assert_eq!(decode_slice(&earlier), Ok(expected));
}

#[test]
fn offsets_outside_the_text_are_damage() {
    let check = |change: fn(&mut PageLayout)| {
        let mut broken = slice();
        change(&mut broken.pages[0]);
        assert!(matches!(decode_slice(&encode_slice(&broken)), Err(CodecError::Damaged(_))));
    };
    check(|page| page.words[2].end = 17);
    check(|page| page.words[1].start = 3);
    check(|page| page.roles[0].end = 40);
    check(|page| page.divisions[0].at = 17);
    check(|page| page.lines[1].end_word = 9);
}

#[test]
fn a_packing_bomb_is_refused() {
    let mut bomb = vec![VERSION, ZSTD];
    let zeros = vec![0_u8; 300 << 20];
    bomb.extend(zstd::bulk::compress(&zeros, 1).unwrap());
    assert!(matches!(decode_slice(&bomb), Err(CodecError::Damaged(_))));
}

#[test]
fn more_values_than_a_document_has_are_refused_before_memory_is_taken() {
    // Facts whose keywords are 40 million empty strings, a byte each here and 24 in memory.
    let plain = facts_bytes(&Facts::default(), Packing::Plain);
    let mut bytes = plain[..2].to_vec();
    bytes.extend([0x8E]);
    bytes.extend([0xF6; 3]);
    bytes.push(0x80);
    bytes.extend([0xF6; 9]);
    bytes.extend([0x9A, 0x02, 0x62, 0x5A, 0x00]);
    bytes.extend(vec![0x60; 40_000_000]);
    assert_eq!(decode_facts(&bytes), Err(CodecError::Damaged("it has more values than any document")));
}

proptest! {
    #[test]
    fn words_keep_their_place_to_a_hundredth(
        boxes in proptest::collection::vec((0_u32..50, -2_000_000_i32..2_000_000, -2_000_000_i32..2_000_000, 0_i32..90_000, 0_i32..9_000), 0..40)
    ) {
        let mut end = 0;
        let points = |hundredths: i32| (f64::from(hundredths) / 100.0) as f32;
        let words: Vec<Word> = boxes.into_iter().map(|(length, x, y, width, height)| {
            let start = end;
            end += length;
            let rect = rect(points(x), points(y), points(x + width), points(y + height));
            Word { start, end, rect, font: (length % 7) as u16, size: points(height), flags: length as u8 }
        }).collect();
        prop_assert_eq!(super::words::decode(&super::words::encode(&words)), Ok(words));
    }

    #[test]
    fn changed_bytes_never_panic(at in 0_usize..400, byte in any::<u8>(), cut in 0_usize..400) {
        for bytes in [slice_bytes(&slice(), Packing::Plain), encode_slice(&slice())] {
            let mut bytes = bytes;
            let length = bytes.len();
            bytes[at % length] = byte;
            bytes.truncate(length - cut % length);
            let _ = decode_slice(&bytes);
            let _ = decode_head(&bytes);
            let _ = decode_facts(&bytes);
        }
    }

    #[test]
    fn noise_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let mut bytes = bytes;
        bytes.splice(0..0, [VERSION, PLAIN]);
        let _ = decode_slice(&bytes);
        let _ = decode_head(&bytes);
        let _ = decode_facts(&bytes);
        let _ = decode_recognised(&bytes);
    }
}

//! Recognised words, from pictures whose truth is known, to text and places.

use super::*;
use crate::domain::layout::{PageLayout, PageQuality, word_flags};
use crate::pdf::text::divided::{Vocabulary, settle};
use crate::pdf::text::{lines, quality};

/// A word as it was printed on an upright page of 600 by 800 points: left, baseline from the top, font size.
struct Printed(&'static str, f32, f32, f32);

/// How wide a letter is here, in font sizes.
const LETTER: f32 = 0.5;

/// The box that tesseract would tell, in pixels of a picture of 1500 by 2000 (2.5 pixels a point).
fn seen(printed: &Printed, line: u32) -> RecognisedWord {
    let Printed(text, left, baseline, size) = printed;
    let above = text.chars().any(|c| c.is_uppercase() || "bdfhklti".contains(c));
    let below = text.chars().any(|c| "gpqy".contains(c));
    let top = baseline - size * if above { 0.68 } else { 0.45 };
    let bottom = baseline + if below { 0.21 * size } else { 0.0 };
    let px = |points: f32| (points * 2.5).round() as u32;
    RecognisedWord {
        text: (*text).to_owned(),
        left: px(*left),
        top: px(top),
        width: px(text.chars().count() as f32 * LETTER * size),
        height: px(bottom - top),
        confidence: 95,
        line,
        paragraph: 0,
    }
}

fn picture(lines: &[&[Printed]]) -> RecognisedPage {
    let words = lines.iter().zip(0..).flat_map(|(words, line)| words.iter().map(move |word| seen(word, line)));
    RecognisedPage { width_px: 1500, height_px: 2000, words: words.collect(), ..RecognisedPage::default() }
}

const UPRIGHT: Rect = Rect { x0: 0.0, y0: 0.0, x1: 600.0, y1: 800.0 };

fn read(page: &RecognisedPage, visible: Rect, rotation: u16) -> PageLayout {
    let mut glyphs = PageGlyphs::default();
    print(page, visible, rotation, 0, &mut ScanSizes::default(), &mut glyphs);
    let mut draft = lines::build(0, &glyphs, &[]);
    draft.page.quality = quality::judge(&glyphs);
    let mut known = Vocabulary::default();
    known.add(&draft.page.text);
    settle(draft, &known)
}

/// The picture of the page turned clockwise by so many quarters.
fn turned(page: &RecognisedPage, quarters: u32) -> RecognisedPage {
    (0..quarters).fold(page.clone(), |page, _| {
        let turn = |word: &RecognisedWord| RecognisedWord {
            left: page.height_px - word.top - word.height,
            top: word.left,
            width: word.height,
            height: word.width,
            ..word.clone()
        };
        let words = page.words.iter().map(turn).collect();
        RecognisedPage { width_px: page.height_px, height_px: page.width_px, words, ..page }
    })
}

fn two_lines() -> RecognisedPage {
    picture(&[
        &[Printed("Tidal", 72.0, 100.0, 10.0), Printed("memory", 102.0, 100.0, 10.0)],
        &[Printed("of", 72.0, 114.0, 10.0), Printed("slow", 87.0, 114.0, 10.0), Printed("layers", 112.0, 114.0, 10.0)],
    ])
}

fn assert_near(rect: Rect, expected: [f32; 4]) {
    let found = [rect.x0, rect.y0, rect.x1, rect.y1];
    assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1.0), "{found:?} is not {expected:?}");
}

#[test]
fn recognised_words_become_text_lines_and_boxes() {
    let page = read(&two_lines(), UPRIGHT, 0);
    assert_eq!(page.text, "Tidal memory\nof slow layers");
    assert_eq!((page.lines.len(), page.words.len(), page.quality), (2, 5, PageQuality::Good));
    // The baseline is 100 from the top, so 700 from the bottom; the loose box reaches 2.1 below and 7.8 above.
    assert_near(page.words[0].rect, [72.0, 697.9, 97.0, 707.8]);
    assert_near(page.words[1].rect, [102.0, 697.9, 132.0, 707.8]);
    assert!(page.words.iter().all(|word| word.size == 10.0 && word.flags & word_flags::TURNED == 0));
}

#[test]
fn boxes_are_in_the_files_user_space_however_the_page_is_turned_and_cropped() {
    let expected = read(&two_lines(), UPRIGHT, 0);
    let crop = Rect { x0: 50.0, y0: 60.0, x1: 650.0, y1: 860.0 };
    let moved = read(&two_lines(), crop, 0);
    assert_near(moved.words[0].rect, [122.0, 757.9, 147.0, 767.8]);
    // The viewer shows the page turned, with the text upright: in the file it runs another way.
    for (rotation, visible, first) in [
        (90, Rect { x0: 0.0, y0: 0.0, x1: 800.0, y1: 600.0 }, [92.2, 72.0, 102.1, 97.0]),
        (180, UPRIGHT, [503.0, 92.2, 528.0, 102.1]),
        (270, Rect { x0: 0.0, y0: 0.0, x1: 800.0, y1: 600.0 }, [697.9, 503.0, 707.8, 528.0]),
    ] {
        let page = read(&two_lines(), visible, rotation);
        assert_eq!(page.text, expected.text, "turned by {rotation}");
        assert_near(page.words[0].rect, first);
        assert!(page.words.iter().all(|word| word.flags & word_flags::TURNED == 0));
    }
}

#[test]
fn a_page_that_lay_sideways_on_the_scanner_is_read_all_the_same() {
    let expected = read(&two_lines(), UPRIGHT, 0);
    for quarters in 1..4 {
        let sides = if quarters == 2 { UPRIGHT } else { Rect { x0: 0.0, y0: 0.0, x1: 800.0, y1: 600.0 } };
        let page = read(&turned(&two_lines(), quarters), sides, 0);
        assert_eq!(page.text, expected.text, "{quarters} quarters");
        let rect = page.words[0].rect;
        let long = if quarters == 2 { rect.x1 - rect.x0 } else { rect.y1 - rect.y0 };
        assert!((long - 25.0).abs() < 1.0, "{quarters} quarters: {rect:?}");
        assert_eq!(page.words[0].size, 10.0);
        assert_eq!(page.words[0].flags & word_flags::TURNED, 0, "it is running text, not a stamp");
        // Turned back by the viewer, it is where an upright page has it.
        let back = read(&turned(&two_lines(), quarters), sides, (360 - 90 * quarters as u16) % 360);
        assert_eq!(back.text, expected.text);
    }
}

#[test]
fn hyphens_at_line_ends_are_joined_as_in_any_text() {
    let page = read(
        &picture(&[
            &[Printed("the", 72.0, 100.0, 10.0), Printed("photo-", 92.0, 100.0, 10.0)],
            &[Printed("synthesis", 72.0, 114.0, 10.0), Printed("of", 122.0, 114.0, 10.0)],
        ]),
        UPRIGHT,
        0,
    );
    assert_eq!(page.text, "the photosynthesis of");
    assert_eq!(page.divisions.len(), 1);
}

#[test]
fn a_title_is_larger_and_running_text_has_one_size() {
    let mut page = picture(&[
        &[Printed("Sediments", 72.0, 80.0, 18.0)],
        &[Printed("Estuaries", 72.0, 110.0, 10.2), Printed("hold", 130.0, 110.0, 10.2)],
        &[Printed("layers", 72.0, 124.0, 9.4), Printed("that", 130.0, 124.0, 9.4)],
        &[Printed("alternate", 72.0, 138.0, 10.7), Printed("slowly", 130.0, 138.0, 10.7)],
    ]);
    // The last two lines are paragraphs of their own.
    page.words.iter_mut().for_each(|word| word.paragraph = word.line / 2 + word.line / 3);
    let page = read(&page, UPRIGHT, 0);
    assert!((page.words[0].size - 18.0).abs() < 1.5, "{}", page.words[0].size);
    let body: Vec<f32> = page.words[1..].iter().map(|word| word.size).collect();
    assert!(body.iter().all(|size| *size == body[0] && (size - 10.0).abs() <= 0.5), "{body:?}");
}

#[test]
fn words_that_are_hard_to_recognise_are_doubtful_and_many_of_them_make_a_poor_page() {
    let mut page = two_lines();
    page.words[1].confidence = 40;
    let read_once = read(&page, UPRIGHT, 0);
    let doubtful: Vec<bool> = read_once.words.iter().map(|word| word.flags & word_flags::DOUBTFUL != 0).collect();
    assert_eq!(doubtful, [false, true, false, false, false]);
    page.words.iter_mut().for_each(|word| word.confidence = 30);
    assert_eq!(read(&page, UPRIGHT, 0).quality, PageQuality::Poor);
}

#[test]
fn nonsense_is_no_text_and_never_a_crash() {
    let nothing = RecognisedPage::default();
    assert_eq!(read(&nothing, UPRIGHT, 0).quality, PageQuality::None);
    let flat = Rect { x0: 5.0, y0: 5.0, x1: 5.0, y1: 5.0 };
    assert_eq!(read(&two_lines(), flat, 0).quality, PageQuality::None);
    let mut odd = two_lines();
    odd.words[0].text = "\u{2}\u{200b}".to_owned();
    odd.words[1] = RecognisedWord { left: u32::MAX, width: u32::MAX, top: u32::MAX, height: 1, ..odd.words[1].clone() };
    assert!(read(&odd, UPRIGHT, 90).text.contains("layers"));
}

//! Extraction on layouts that no worker makes, and on very large ones: no panic, and time that grows with the size.

use std::time::{Duration, Instant};

use scrollkeeper::domain::facts::Facts;
use scrollkeeper::domain::layout::{
    Division, DocumentHead, DocumentInfo, Font, LayoutSlice, Line, OutlineEntry, PageInfo, PageLayout, Rect, RoleSpan,
    SLICE_PAGES, TextRole, Word, word_flags,
};
use scrollkeeper::extract::Extractor;
use scrollkeeper::extract::roles::RoleMarker;

use super::Plan;
use super::numbers::Numbers;

const WORDS: [&str; 44] = [
    "Abstract",
    "References",
    "Introduction",
    "Literatur",
    "[1]",
    "[2,",
    "3–99999]",
    "1.",
    "2.1",
    "(2031)",
    "2031",
    "99999999999",
    "Muster,",
    "A.",
    "and",
    "et",
    "al.,",
    "Figure",
    "Table",
    "7:",
    "doi:10.1/x",
    "10.1234/abc.def",
    "https://",
    "arXiv:2101.00001v2",
    "Keywords:",
    "ibid.",
    "©",
    "—",
    "ﬁ",
    "ß",
    "中文",
    "日本語の",
    "עברית",
    "\u{301}",
    "e\u{301}\u{302}",
    "𝒳",
    "🦀",
    "\u{200b}",
    "\u{feff}",
    "\u{a0}",
    "İ",
    "ǅ",
    "[",
    "…",
];

const ROLES: [TextRole; 7] = [
    TextRole::Head,
    TextRole::Foot,
    TextRole::PageNumber,
    TextRole::Footnote,
    TextRole::Stamp,
    TextRole::LineNumber,
    TextRole::Caption,
];

fn conclude(head: &DocumentHead, slices: &mut [LayoutSlice]) -> Facts {
    let (mut marker, mut extractor) = (RoleMarker::new(head), Extractor::new(head));
    for slice in slices {
        marker.mark(slice, head);
        extractor.add_slice(slice);
    }
    extractor.finish()
}

/// A page that could be one, before it is spoiled.
fn page(index: u32, numbers: &mut Numbers) -> PageLayout {
    let mut page = PageLayout { index, ..PageLayout::default() };
    let (mut at, mut y) = (0, 760.0);
    let mut size = 10.0;
    for _ in 0..numbers.small(60) {
        let first_word = page.words.len() as u32;
        let mut x = 60.0 + if numbers.once_in(3) { 250.0 } else { 0.0 };
        if numbers.once_in(6) {
            size = 6.0 + numbers.below(16) as f32;
        }
        for _ in 0..numbers.small(14) {
            let text = *numbers.pick(&WORDS);
            let length = text.chars().count() as u32;
            let rect = Rect { x0: x, y0: y, x1: x + length as f32 * size / 2.0, y1: y + size };
            let flags = if numbers.once_in(4) { numbers.byte() } else { word_flags::SPACE_BEFORE };
            page.words.push(Word { start: at, end: at + length, rect, font: numbers.below(4) as u16, size, flags });
            page.text.push_str(text);
            page.text.push(' ');
            at += length + 1;
            x = rect.x1 + 3.0;
        }
        page.text.push('\n');
        at += 1;
        y -= size * 1.2;
        page.lines.push(Line { first_word, end_word: page.words.len() as u32 });
    }
    page
}

/// Boxes that are none, ranges out of order and out of bounds, lines of other pages' words.
fn spoil(page: &mut PageLayout, numbers: &mut Numbers) {
    let length = page.text.chars().count();
    let offset = |numbers: &mut Numbers| match numbers.below(8) {
        0 => u32::MAX,
        1 => length as u32 + 1,
        _ => numbers.below(length + 3) as u32,
    };
    for word in &mut page.words {
        match numbers.below(60) {
            0 => word.rect.x0 = numbers.coordinate(),
            1 => word.rect.y0 = numbers.coordinate(),
            2 => word.rect.x1 = numbers.coordinate(),
            3 => word.rect.y1 = numbers.coordinate(),
            4 => word.size = numbers.coordinate(),
            5 => word.font = numbers.next() as u16,
            6 => word.start = offset(numbers),
            7 => word.end = offset(numbers),
            8 => word.flags = numbers.byte(),
            _ => {}
        }
    }
    for line in &mut page.lines {
        match numbers.below(40) {
            0 => line.first_word = numbers.next() as u32,
            1 => line.end_word = numbers.below(page.words.len() + 4) as u32,
            2 => line.end_word = u32::MAX,
            _ => {}
        }
    }
    for _ in 0..numbers.small(4) {
        let role = *numbers.pick(&ROLES);
        page.roles.push(RoleSpan { start: offset(numbers), end: offset(numbers), role });
        page.divisions.push(Division { at: offset(numbers), kept: numbers.once_in(2) });
    }
}

fn head(pages: u32, numbers: &mut Numbers) -> DocumentHead {
    let infos: Vec<PageInfo> = (0..pages)
        .map(|_| {
            let (width, height) = (numbers.coordinate(), numbers.coordinate());
            let crop = Rect { x0: 0.0, y0: 0.0, x1: numbers.coordinate(), y1: numbers.coordinate() };
            if numbers.once_in(4) {
                PageInfo { label: None, width, height, rotate: numbers.next() as u16, crop }
            } else {
                let crop = Rect { x0: 0.0, y0: 0.0, x1: 612.0, y1: 792.0 };
                PageInfo { label: None, width: 612.0, height: 792.0, rotate: 90 * numbers.below(4) as u16, crop }
            }
        })
        .collect();
    let title: String = (0..numbers.small(8)).map(|_| format!("{} ", numbers.pick(&WORDS))).collect();
    let info = DocumentInfo { title, author: "A. Muster; \u{301}".to_owned(), ..DocumentInfo::default() };
    DocumentHead { pages: infos, outline: vec![OutlineEntry::default()], info }
}

#[tokio::test]
async fn arbitrary_layouts_give_facts_without_a_panic() {
    let plan = Plan::read(60);
    let real = super::bytes::documents().await;
    let (mut slowest, mut panicked) = ((Duration::ZERO, 0), Vec::new());
    let cases = plan.count * 5;
    for case in 0..cases {
        let mut numbers = Numbers::of(plan.seed ^ 0x1A707, case);
        let (head, mut slices) = if numbers.once_in(3) {
            let document = numbers.pick(&real).clone();
            (document.head, document.slices)
        } else {
            let pages = 1 + numbers.small(40) as u32;
            let head = head(pages, &mut numbers);
            let all: Vec<PageLayout> = (0..pages).map(|index| page(index, &mut numbers)).collect();
            let parts = all.chunks(SLICE_PAGES as usize);
            let slices = parts.map(|part| LayoutSlice {
                first_page: part[0].index,
                pages: part.to_vec(),
                fonts: vec![Font::default(); 3],
            });
            (head, slices.collect())
        };
        if !numbers.once_in(4) {
            slices.iter_mut().flat_map(|slice| &mut slice.pages).for_each(|page| spoil(page, &mut numbers));
        }
        let began = Instant::now();
        let facts = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| conclude(&head, &mut slices)));
        panicked.extend(facts.is_err().then_some(case));
        slowest = slowest.max((began.elapsed(), case));
    }
    println!("{cases} layouts: slowest {} ms (case {})", slowest.0.as_millis(), slowest.1);
    assert!(panicked.is_empty(), "these cases of seed {} made a rule panic: {panicked:?}", plan.seed);
    assert!(slowest.0 < Duration::from_secs(10), "{slowest:?}");
}

/// A document of lines, so many a page, each as it is said.
fn lines(count: usize, per_page: usize, line: impl Fn(usize) -> String) -> (DocumentHead, Vec<LayoutSlice>) {
    let mut pages: Vec<PageLayout> = Vec::new();
    for nth in 0..count {
        if nth % per_page == 0 {
            pages.push(PageLayout { index: pages.len() as u32, ..PageLayout::default() });
        }
        let page = pages.last_mut().expect("one was pushed");
        let y = 760.0 - (nth % per_page) as f32 * (700.0 / per_page as f32);
        let first_word = page.words.len() as u32;
        let mut at = page.words.last().map_or(0, |word| word.end + 1);
        let mut x = 60.0;
        for text in line(nth).split(' ') {
            let length = text.chars().count() as u32;
            // The first line is the title.
            let size = if nth == 0 { 20.0 } else { 10.0 };
            let rect = Rect { x0: x, y0: y, x1: x + length as f32 * size / 2.0, y1: y + size };
            page.words.push(Word { start: at, end: at + length, rect, font: 0, size, flags: word_flags::SPACE_BEFORE });
            page.text.push_str(text);
            page.text.push(' ');
            at += length + 1;
            x = rect.x1 + 3.0;
        }
        page.lines.push(Line { first_word, end_word: page.words.len() as u32 });
    }
    let sheet = Rect { x0: 0.0, y0: 0.0, x1: 612.0, y1: 792.0 };
    let info = PageInfo { label: None, width: 612.0, height: 792.0, rotate: 0, crop: sheet };
    let head = DocumentHead { pages: vec![info; pages.len()], ..DocumentHead::default() };
    let parts = pages.chunks(SLICE_PAGES as usize);
    let slices =
        parts.map(|part| LayoutSlice { first_page: part[0].index, pages: part.to_vec(), fonts: vec![Font::default()] });
    (head, slices.collect())
}

/// Debug builds on a shared machine are slow; what grows with the square of the size takes hours.
fn check_time(what: &str, (head, mut slices): (DocumentHead, Vec<LayoutSlice>)) {
    let began = Instant::now();
    let facts = conclude(&head, &mut slices);
    let took = began.elapsed();
    println!(
        "{what}: {} ms, {} references, {} headings",
        took.as_millis(),
        facts.references.len(),
        facts.sections.len()
    );
    assert!(took < Duration::from_secs(30), "{what} took {took:?}");
}

#[test]
fn a_page_of_a_hundred_thousand_lines_takes_no_longer_than_many_pages() {
    check_time("short lines", lines(100_000, 100_000, |nth| format!("line {nth}")));
    check_time("numbers alone", lines(100_000, 100_000, |nth| nth.to_string()));
    check_time("notes", lines(100_000, 100_000, |nth| format!("{} See Muster 2031", nth % 400)));
    check_time("one line", lines(1, 1, |_| "[1] Muster (2031) ".repeat(100_000)));
    check_time("one word", lines(1, 1, |_| "x".repeat(400_000)));
    check_time("brackets", lines(1, 1, |_| "[1-99]".repeat(60_000)));
}

const TITLE: &str = "A Study of Very Long Lists of Cited Works";

#[test]
fn long_lists_of_references_take_time_by_their_length() {
    let with_text = |count: usize, entry: fn(usize) -> String| {
        lines(count * 2, 50, move |nth| match nth {
            0 => TITLE.to_owned(),
            1 => "Introduction".to_owned(),
            _ if nth < count && nth % 8 == 0 => format!("As Muster (2031) says, a list is read [{}].", nth % 500),
            _ if nth < count => format!("Others [{}] read lists, too.", nth % 500),
            _ if nth == count => "References".to_owned(),
            _ => entry(nth - count),
        })
    };
    check_time(
        "numbered",
        with_text(50_000, |n| format!("[{n}] A. Muster. On reading. Journal of Tests {n}, 1-9, 2031.")),
    );
    check_time("by name", with_text(50_000, |_| "Muster, A. (2031). On reading. Journal of Tests 3, 1-9.".to_owned()));
    check_time("by key", with_text(50_000, |n| format!("[Mus{n}] A. Muster. On reading. Tests {n}, 2031.")));
    check_time(
        "one work everywhere",
        lines(30_000, 50, |nth| match nth {
            0 => TITLE.to_owned(),
            29_900 => "References".to_owned(),
            29_901.. => format!("[{}] Muster, A. On reading. Journal of Tests, 2031.", nth - 29_900),
            _ => "[1] [1] [2] [1] [1] [1] [3] ".repeat(10),
        }),
    );
    let titled = |entry: fn(usize) -> String| {
        lines(100_000, 40, move |nth| if nth == 0 { TITLE.to_owned() } else { entry(nth) })
    };
    check_time(
        "notes of a book",
        titled(|nth| format!("{} A. Muster, On Reading (Berlin 2031), {nth}; ibid.", nth % 40 + 1)),
    );
    check_time("headings", titled(|nth| format!("{}.{} Results", nth / 40, nth % 40)));
    check_time(
        "lists of lists",
        titled(
            |nth| if nth % 20 == 0 { "References".to_owned() } else { format!("[{nth}] Muster, A., 2031. Reading.") },
        ),
    );
}

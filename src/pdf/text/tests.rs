//! Text building from made-up characters.

use super::accents::compose;
use super::clean::SecondPrints;
use super::divided::{Vocabulary, settle};
use super::lines::{Draft, build};
use super::{Glyph, OPEN_HYPHEN, PageGlyphs, Run};
use crate::domain::layout::{Division, Font, PageLayout, Rect, word_flags};

/// Writes characters half as wide as high, like a typewriter.
struct Typewriter {
    page: PageGlyphs,
}

impl Typewriter {
    fn new() -> Self {
        Self { page: PageGlyphs { middle: 300.0, ..PageGlyphs::default() } }
    }

    /// A text object at a place.
    fn at(mut self, x: f32, y: f32, size: f32, text: &str) -> Self {
        let run = Run { font: 0, size, direction: (1.0, 0.0), turned: false };
        self.object(run, text, |at| {
            let left = x + at * size / 2.0;
            let rect = Rect { x0: left, y0: y - size * 0.2, x1: left + size / 2.0, y1: y + size * 0.8 };
            (rect, (left, y))
        });
        self
    }

    /// A text object that runs upwards.
    fn upwards(mut self, x: f32, y: f32, size: f32, text: &str) -> Self {
        let run = Run { font: 0, size, direction: (0.0, 1.0), turned: true };
        self.object(run, text, |at| {
            let low = y + at * size / 2.0;
            let rect = Rect { x0: x - size * 0.8, y0: low, x1: x + size * 0.2, y1: low + size / 2.0 };
            (rect, (x, low))
        });
        self
    }

    #[expect(clippy::cast_precision_loss, reason = "a few letters")]
    fn object(&mut self, run: Run, text: &str, place: impl Fn(f32) -> (Rect, (f32, f32))) {
        let number = u32::try_from(self.page.runs.len()).unwrap();
        self.page.runs.push(run);
        for (at, code) in text.chars().enumerate() {
            let (rect, origin) = place(at as f32);
            self.page.glyphs.push(Glyph { code, rect, origin, run: number, generated: false, doubtful: false });
        }
    }

    /// A character that PDFium makes up.
    fn made_up(mut self, code: char) -> Self {
        let glyph = Glyph { code, rect: Rect::default(), origin: (0.0, 0.0), run: 0, generated: true, doubtful: false };
        self.page.glyphs.push(glyph);
        self
    }

    fn draft(mut self) -> Draft {
        SecondPrints::default().drop_from(&mut self.page);
        compose(&mut self.page);
        build(0, &self.page, &[Font::default()])
    }

    fn page(self) -> PageLayout {
        let draft = self.draft();
        let mut known = Vocabulary::default();
        known.add(&draft.page.text);
        settle(draft, &known)
    }
}

fn words(page: &PageLayout) -> Vec<String> {
    let text: Vec<char> = page.text.chars().collect();
    page.words.iter().map(|word| text[word.start as usize..word.end as usize].iter().collect()).collect()
}

#[test]
fn lines_end_where_print_goes_back_or_down() {
    let page = Typewriter::new()
        .at(50.0, 700.0, 10.0, "first line")
        .made_up('\n')
        .at(50.0, 688.0, 10.0, "second")
        .at(50.0, 676.0, 10.0, "third")
        .page();
    assert_eq!(page.text, "first line\nsecond\nthird");
    assert_eq!(words(&page), ["first", "line", "second", "third"]);
    assert_eq!(page.lines.len(), 3);
    assert_eq!((page.lines[1].first_word, page.lines[1].end_word), (2, 3));
}

#[test]
fn two_columns_on_one_baseline_are_two_lines() {
    let page = Typewriter::new().at(50.0, 700.0, 10.0, "left side").made_up(' ').at(320.0, 700.0, 10.0, "right").page();
    assert_eq!(page.text, "left side\nright");
}

#[test]
fn a_gap_inside_a_justified_line_is_a_space() {
    let page = Typewriter::new().at(50.0, 700.0, 10.0, "wide").made_up(' ').at(110.0, 700.0, 10.0, "gap").page();
    assert_eq!(page.text, "wide gap");
    assert_eq!(page.lines.len(), 1);
}

#[test]
fn a_raised_figure_is_a_word_of_its_own_without_a_space() {
    let page = Typewriter::new()
        .at(50.0, 700.0, 10.0, "Muster")
        .made_up('\n')
        .at(80.0, 704.0, 6.0, "12")
        .made_up(' ')
        .at(95.0, 700.0, 10.0, "said")
        .page();
    assert_eq!(page.text, "Muster12 said");
    assert_eq!(words(&page), ["Muster", "12", "said"]);
    assert_eq!(page.words[1].flags & word_flags::SUPERSCRIPT, word_flags::SUPERSCRIPT);
    assert_eq!(page.words[1].flags & word_flags::SPACE_BEFORE, 0);
    assert_eq!(page.words[0].flags & word_flags::SUPERSCRIPT, 0);
}

#[test]
fn sideways_text_is_kept_and_flagged() {
    let page = Typewriter::new().upwards(20.0, 200.0, 12.0, "preprint v1").at(50.0, 700.0, 10.0, "Title").page();
    assert_eq!(page.text, "preprint v1\nTitle");
    assert_eq!(page.words[0].flags & word_flags::TURNED, word_flags::TURNED);
    assert_eq!(page.words[2].flags & word_flags::TURNED, 0);
    assert_eq!(page.words[0].rect, Rect { x0: 10.4, y0: 200.0, x1: 22.4, y1: 248.0 });
}

#[test]
fn each_ideograph_is_a_word() {
    let page = Typewriter::new().at(50.0, 700.0, 10.0, "盐度 of 水").page();
    assert_eq!(page.text, "盐度 of 水");
    assert_eq!(words(&page), ["盐", "度", "of", "水"]);
}

/// Writes `first` with a hyphen at a line end and `rest` on the next line, after the words of `before`.
fn divided(before: &str, first: &str, rest: &str) -> PageLayout {
    Typewriter::new()
        .at(50.0, 712.0, 10.0, before)
        .made_up('\n')
        .at(50.0, 700.0, 10.0, &format!("{first}{OPEN_HYPHEN}"))
        .at(50.0, 688.0, 10.0, rest)
        .page()
}

#[test]
fn hyphens_of_print_go_and_hyphens_of_words_stay() {
    let check = |before: &str, first: &str, rest: &str, expected: &str| {
        let page = divided(before, first, rest);
        assert_eq!(page.text, format!("{before}\n{expected}"), "{first} | {rest}");
    };
    check("a", "photo", "synthesis", "photosynthesis");
    check("a", "well", "known fact", "well-known fact");
    check("a", "state-of-the", "art probe", "state-of-the-art probe");
    check("a", "re", "examined", "re-examined");
    check("a", "de", "salinated", "desalinated");
    check("a", "E", "mail", "E-mail");
    check("a", "DNA", "binding", "DNA-binding");
    check("a", "COVID", "19 cases", "COVID-19 cases");
    check("a", "model", "based", "model-based");
    check("a", "short", "and long-term", "short-\nand long-term");
    check("a", "Vor", "und Nachteile", "Vor-\nund Nachteile");
    check("a", "ex", "ample", "example");
    check("a", "hard", "ware", "hardware");
    check("a", "multi", "ple", "multiple");
    check("a", "so", "cial", "social");
    check("a", "so", "called", "so-called");
    check("a", "proto", "type", "prototype");
    check("a", "Mc", "Donald", "McDonald");
    check("a", "Anglo", "Saxon", "Anglo-Saxon");
    // The document is the best witness.
    check("a fresh-water lake", "fresh", "water", "fresh-water");
    check("longitude", "long", "itude", "longitude");
}

#[test]
fn a_divided_word_is_two_words_that_touch() {
    let page = divided("the seat of", "photo", "synthesis, as");
    assert_eq!(page.text, "the seat of\nphotosynthesis, as");
    assert_eq!(words(&page), ["the", "seat", "of", "photo", "synthesis,", "as"]);
    assert_eq!(page.divisions, [Division { at: 17, kept: false }]);
    assert_eq!(page.words[3].end, page.words[4].start);
    assert!(page.words[3].rect.y0 > page.words[4].rect.y0, "each part has its own box");
    assert_eq!(page.words[4].flags & word_flags::SPACE_BEFORE, 0);

    let page = divided("a", "well", "known");
    assert_eq!(page.divisions, [Division { at: 7, kept: true }]);
    assert_eq!(words(&page), ["a", "well-", "known"]);
}

#[test]
fn several_divided_words_keep_all_offsets_right() {
    let page = Typewriter::new()
        .at(50.0, 700.0, 10.0, &format!("all photo{OPEN_HYPHEN}"))
        .at(50.0, 688.0, 10.0, &format!("synthesis is well{OPEN_HYPHEN}"))
        .at(50.0, 676.0, 10.0, &format!("known, thermo{OPEN_HYPHEN}"))
        .at(50.0, 664.0, 10.0, "dynamics too")
        .page();
    assert_eq!(page.text, "all photosynthesis is well-known, thermodynamics too");
    assert_eq!(words(&page), ["all", "photo", "synthesis", "is", "well-", "known,", "thermo", "dynamics", "too"]);
}

#[test]
fn a_hyphen_at_the_end_of_a_page_stays_with_a_division_behind_it() {
    let page = Typewriter::new().at(50.0, 700.0, 10.0, "the upper catch-").page();
    assert_eq!(page.text, "the upper catch-");
    assert_eq!(page.divisions, [Division { at: 16, kept: true }]);
}

#[test]
fn a_foot_line_is_not_joined_to_a_divided_word() {
    let page = Typewriter::new()
        .at(50.0, 100.0, 10.0, &format!("the upper catch{OPEN_HYPHEN}"))
        .at(300.0, 40.0, 10.0, "302")
        .page();
    assert_eq!(page.text, "the upper catch-\n302");
    assert_eq!(page.divisions, [Division { at: 16, kept: true }]);
}

#[test]
fn ranges_of_numbers_are_joined_over_the_line_end() {
    let page =
        Typewriter::new().at(50.0, 700.0, 10.0, "In 2031-").made_up('\n').at(50.0, 688.0, 10.0, "2033 nothing").page();
    assert_eq!(page.text, "In 2031-2033 nothing");
}

#[test]
fn bold_by_printing_twice_appears_once() {
    let page = Typewriter::new()
        .at(50.0, 700.0, 10.0, "Cheap probes")
        .made_up(' ')
        .at(50.3, 700.0, 10.1, "Cheap probes")
        .page();
    assert_eq!(page.text, "Cheap probes");
}

#[test]
fn true_double_letters_and_letters_that_meet_by_chance_stay() {
    assert_eq!(Typewriter::new().at(50.0, 700.0, 10.0, "book 1100 llama").page().text, "book 1100 llama");
    let page = Typewriter::new()
        .at(50.0, 700.0, 10.0, "a long line into the we")
        .made_up('\n')
        .at(155.5, 700.0, 10.0, "words")
        .page();
    assert!(page.text.ends_with("words"), "{}", page.text);
}

#[test]
fn spacing_accents_join_the_letter_they_stand_over() {
    // TeX puts the accent first, over the letter that follows.
    let over = Typewriter::new().at(50.0, 700.0, 10.0, "B").at(55.5, 700.0, 10.0, "´").at(55.0, 700.0, 10.0, "asico");
    assert_eq!(over.page().text, "Básico");
    let behind = Typewriter::new().at(50.0, 700.0, 10.0, "u").at(50.5, 700.0, 10.0, "¨").at(55.0, 700.0, 10.0, "ber");
    assert_eq!(behind.page().text, "über");
    let apart = Typewriter::new().at(50.0, 700.0, 10.0, "x ˆ y");
    assert_eq!(apart.page().text, "x ˆ y");
    let combining = Typewriter::new().at(50.0, 700.0, 10.0, "cafe\u{301} n");
    assert_eq!(combining.page().text, "café n");
}

#[test]
fn accents_that_come_late_go_to_their_letters() {
    // PDFium tells "Jose Cappe" first, then the accents, as if each had a line of its own.
    let page = Typewriter::new()
        .at(50.0, 700.0, 10.0, "Jose Capp")
        .made_up('\n')
        .at(65.0, 700.0, 10.0, "´")
        .made_up(' ')
        .at(95.5, 700.0, 10.0, "´")
        .at(95.0, 700.0, 10.0, "e")
        .page();
    assert_eq!(page.text, "José Cappé");
    let quoted = Typewriter::new().at(50.0, 700.0, 10.0, "say `so´ once").page();
    assert_eq!(quoted.text, "say `so´ once");
}

#[test]
fn a_bitmap_font_gets_its_size_from_its_letters() {
    let mut maker = Typewriter::new();
    let run = Run { font: 0, size: 0.1, direction: (1.0, 0.0), turned: false };
    maker.object(run, "THE", |at| {
        let left = 50.0 + at * 8.0;
        (Rect { x0: left, y0: 700.0, x1: left + 8.0, y1: 706.9 }, (left, 700.0))
    });
    let mut maker = maker.made_up(' ');
    maker.object(run, "nos", |at| {
        let left = 74.0 + at * 5.0;
        (Rect { x0: left, y0: 700.0, x1: left + 5.0, y1: 704.4 }, (left, 700.0))
    });
    super::bitmaps::mend(&mut maker.page, &[7, 7]);
    let page = maker.page();
    assert_eq!(page.text, "THEnos");
    assert!(page.words.iter().all(|word| (word.size - 10.0).abs() < 0.2), "{:?}", page.words);
    assert!(page.words.iter().all(|word| word.rect.y0 < 699.0 && word.rect.y1 > 707.0));
}

#[test]
fn a_ligature_is_as_high_as_its_first_letter() {
    use super::bitmaps::is_high;
    assert!(is_high(6.9, u32::from('n'), 4.4) && is_high(6.9, u32::from('d'), 6.9));
    assert!(!is_high(4.4, u32::from('n'), 4.4) && !is_high(4.4, u32::from('d'), 6.9));
}

#[test]
fn words_that_run_leftward_are_told_in_reading_order() {
    // "שלום" as it stands from the left, then as it is read.
    let from_the_left = Typewriter::new().at(50.0, 700.0, 10.0, "םולש");
    assert_eq!(directed(from_the_left), "שלום");
    let mut as_read = Typewriter::new();
    for (n, letter) in ["ש", "ל", "ו", "ם"].iter().enumerate() {
        as_read = as_read.at(65.0 - 5.0 * f32::from(u8::try_from(n).unwrap()), 700.0, 10.0, letter);
    }
    assert_eq!(directed(as_read), "שלום");
    let latin = Typewriter::new().at(50.0, 700.0, 10.0, "shalom 12");
    assert_eq!(directed(latin), "shalom 12");
}

fn directed(mut maker: Typewriter) -> String {
    super::directions::mend(&mut maker.page);
    maker.page().text
}

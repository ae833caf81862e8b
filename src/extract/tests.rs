//! Whole papers made of a few lines, read as the worker's child reads them.

mod front;
mod kinds;
mod levels;
mod lists;
mod people;

use super::Extractor;
use super::roles::RoleMarker;
use crate::domain::facts::Facts;
use crate::domain::layout::{
    DocumentHead, DocumentInfo, Font, LayoutSlice, Line, PageInfo, PageLayout, PageQuality, Rect, TextRole, Word,
    word_flags,
};

const WIDTH: f32 = 600.0;
const HEIGHT: f32 = 800.0;

/// A page set line by line.
#[derive(Default)]
struct PageMaker {
    page: PageLayout,
    y: f32,
}

impl PageMaker {
    fn new() -> Self {
        PageMaker { y: 110.0, ..Self::default() }
    }

    /// The next line below; `^` before a word raises it.
    fn line(self, size: f32, flags: u8, text: &str) -> Self {
        let y = self.y + size * 1.25;
        self.line_at(70.0, y, size, flags, text)
    }

    fn body(self, text: &str) -> Self {
        self.line(10.0, 0, text)
    }

    /// Sets the last line in another font.
    fn in_font(mut self, font: u16) -> Self {
        let first = self.page.lines.last().map_or(0, |line| line.first_word as usize);
        for word in &mut self.page.words[first..] {
            word.font = font;
        }
        self
    }

    fn gap(mut self, points: f32) -> Self {
        self.y += points;
        self
    }

    fn line_at(mut self, x: f32, y: f32, size: f32, flags: u8, text: &str) -> Self {
        let page = &mut self.page;
        let first_word = page.words.len() as u32;
        let mut at = x;
        for (n, word) in text.split(' ').enumerate() {
            if n > 0 {
                page.text.push(' ');
                at += size * 0.25;
            }
            let raised = word.starts_with('^');
            let word = word.trim_start_matches('^');
            let start = page.text.chars().count() as u32;
            page.text.push_str(word);
            let size = if raised { size * 0.6 } else { size };
            let right = at + word.chars().count() as f32 * size * 0.5;
            let bottom = HEIGHT - y + if raised { 3.0 } else { 0.0 };
            page.words.push(Word {
                start,
                end: start + word.chars().count() as u32,
                rect: Rect { x0: at, y0: bottom - size * 0.2, x1: right, y1: bottom + size },
                font: u16::from(flags & word_flags::BOLD != 0),
                size,
                flags: flags
                    | if raised { word_flags::SUPERSCRIPT } else { 0 }
                    | if n > 0 { word_flags::SPACE_BEFORE } else { 0 },
            });
            at = right;
        }
        page.text.push('\n');
        page.lines.push(Line { first_word, end_word: page.words.len() as u32 });
        self.y = y;
        self
    }

    fn prose(mut self, lines: usize) -> Self {
        for n in 0..lines {
            let rest = [
                "the upper layer freshens within minutes after the rain while",
                "the lower layer needs hours which a model with one number",
            ];
            self = self.body(&format!("{} {n} times", rest[n % 2]));
        }
        self
    }
}

fn read_with(info: DocumentInfo, pages: Vec<PageMaker>) -> (Facts, Vec<PageLayout>) {
    let page_info = PageInfo {
        width: WIDTH,
        height: HEIGHT,
        crop: Rect { x0: 0.0, y0: 0.0, x1: WIDTH, y1: HEIGHT },
        ..PageInfo::default()
    };
    let head = DocumentHead { pages: vec![page_info; pages.len()], info, ..DocumentHead::default() };
    let font = |bold| Font { name: "Serif".to_owned(), bold, italic: false };
    let pages =
        pages.into_iter().enumerate().map(|(index, maker)| PageLayout { index: index as u32, ..maker.page }).collect();
    let mut slice = LayoutSlice { first_page: 0, pages, fonts: vec![font(false), font(true)] };
    RoleMarker::new(&head).mark(&mut slice, &head);
    let mut extractor = Extractor::new(&head);
    extractor.add_slice(&slice);
    (extractor.finish(), slice.pages)
}

fn read(pages: Vec<PageMaker>) -> Facts {
    read_with(DocumentInfo::default(), pages).0
}

const BOLD: u8 = word_flags::BOLD;

/// Title, names and abstract of a plain paper.
fn front() -> PageMaker {
    PageMaker::new()
        .line(18.0, BOLD, "Slow mixing of fresh water")
        .line(18.0, BOLD, "in a tidal inlet")
        .gap(10.0)
        .line(12.0, 0, "Anna Muster ^1 , Bert van der Probe ^2,* and Chiara Esempio ^1")
        .gap(6.0)
        .line(9.0, 0, "^1 Institute of Inlets, University of Beispielstadt")
        .gap(10.0)
        .line(11.0, BOLD, "Abstract")
        .body("We measured the salt content of a small tidal inlet every hour for")
        .body("three weeks with probes built from common parts, and found it to be low.")
        .line(10.0, 0, "Keywords: salt; tidal inlet; probes")
        .gap(10.0)
        .line(12.0, BOLD, "1 Introduction")
        .prose(14)
        .gap(10.0)
        .line(12.0, BOLD, "2 Method")
        .prose(6)
}

fn families(facts: &Facts) -> Vec<&str> {
    facts.authors.iter().flat_map(|fact| &fact.value).map(|author| author.family.as_str()).collect()
}

#[test]
fn the_largest_lines_are_the_title_and_the_names_follow() {
    let facts = read(vec![front()]);
    assert_eq!(
        facts.title.as_ref().map(|fact| fact.value.as_str()),
        Some("Slow mixing of fresh water in a tidal inlet")
    );
    assert_eq!(families(&facts), ["Muster", "van der Probe", "Esempio"]);
    assert_eq!(facts.language.as_deref(), Some("en"));
}

#[test]
fn the_abstract_ends_at_the_keywords() {
    let facts = read(vec![front()]);
    let text = facts.abstract_text.expect("an abstract").value;
    assert!(text.starts_with("We measured") && text.ends_with("to be low."), "{text}");
    assert_eq!(facts.keywords, ["salt", "tidal inlet", "probes"]);
}

#[test]
fn numbered_headings_become_sections_with_their_place() {
    let facts = read(vec![front()]);
    let found: Vec<(u8, &str, &str)> =
        facts.sections.iter().map(|s| (s.level, s.number.as_str(), s.heading.as_str())).collect();
    assert_eq!(found, [(1, "1", "Introduction"), (1, "2", "Method")]);
}

#[test]
fn an_agreeing_information_dictionary_makes_the_title_sure() {
    let info =
        DocumentInfo { title: "Slow Mixing of Fresh Water in a Tidal Inlet".to_owned(), ..DocumentInfo::default() };
    let sure = read_with(info, vec![front()]).0.title.expect("a title").confidence;
    let alone = read(vec![front()]).title.expect("a title").confidence;
    assert!(sure > 0.95 && alone < sure);
}

#[test]
fn a_file_name_in_the_information_dictionary_is_no_witness() {
    let info = DocumentInfo { title: "Microsoft Word - final2.doc".to_owned(), ..DocumentInfo::default() };
    let facts = read_with(info, vec![front()]).0;
    assert_eq!(facts.title.expect("a title").value, "Slow mixing of fresh water in a tidal inlet");
}

#[test]
fn the_name_of_a_journal_is_no_title_even_if_larger() {
    let page = front().line_at(70.0, 30.0, 24.0, BOLD, "Journal of Small Basins");
    assert_eq!(read(vec![page]).title.expect("a title").value, "Slow mixing of fresh water in a tidal inlet");
}

fn numbered_list() -> PageMaker {
    PageMaker::new()
        .prose(8)
        .body("as was shown before [1, 2] and later")
        .gap(8.0)
        .line(12.0, BOLD, "References")
        .line(9.0, 0, "[1] A. Muster, B. Probe. Electrodes in moving water. Basins 4(2):17-29, 2033.")
        .line(9.0, 0, "doi:10.5555/basins.2033.017")
        .line(9.0, 0, "[2] C. Esempio. A handbook of inlets. Probe Press, Ghent, 2030.")
        .line(9.0, 0, "[3] D. Ejemplo, A. Muster. Gates and tides. Basins 5(1):1-9, 2035.")
}

#[test]
fn a_numbered_list_is_cut_at_its_numbers_and_cited_by_them() {
    let facts = read(vec![front(), numbered_list()]);
    assert_eq!(facts.references.len(), 3);
    let first = &facts.references[0];
    assert_eq!(
        (first.label.as_str(), first.year, first.doi.as_deref()),
        ("1", Some(2033), Some("10.5555/basins.2033.017"))
    );
    assert_eq!(first.title.as_deref(), Some("Electrodes in moving water"));
    assert_eq!(first.cited_in.len(), 1);
    assert_eq!(first.places[0].page, 1);
    assert!(facts.references[2].cited_in.is_empty());
}

#[test]
fn a_cited_doi_is_not_the_documents_own() {
    let facts = read(vec![front(), numbered_list()]);
    assert!(facts.doi.is_none(), "{:?}", facts.doi);
}

#[test]
fn a_doi_with_its_label_on_the_first_page_is_the_documents_own() {
    let page = front().line_at(70.0, 770.0, 8.0, 0, "https://doi.org/10.5555/Basins.2041.211");
    let facts = read(vec![page, numbered_list()]);
    assert_eq!(facts.doi.expect("a DOI").value, "10.5555/basins.2041.211");
}

#[test]
fn a_hanging_indent_separates_entries() {
    let list = PageMaker::new().prose(6).gap(8.0).line(12.0, BOLD, "References");
    let y = list.y;
    let list = list
        .line_at(70.0, y + 12.0, 9.0, 0, "Muster, A., Probe, B., 2033. Electrodes in moving water and what they")
        .line_at(90.0, y + 23.0, 9.0, 0, "tell. Basins 4, 17–29.")
        .line_at(70.0, y + 34.0, 9.0, 0, "Esempio, C., 2030. A handbook of inlets, with maps of the coast and of")
        .line_at(90.0, y + 45.0, 9.0, 0, "the basins. Probe Press, Ghent.")
        .line_at(70.0, y + 56.0, 9.0, 0, "Probe, B., 2031. Gates. Basins 2, 1–9.");
    let facts = read(vec![front(), list]);
    let years: Vec<Option<u16>> = facts.references.iter().map(|reference| reference.year).collect();
    assert_eq!(years, [Some(2033), Some(2030), Some(2031)]);
    assert_eq!(facts.references[0].title.as_deref(), Some("Electrodes in moving water and what they tell"));
}

#[test]
fn numbers_in_a_column_of_their_own_begin_entries() {
    let works = [
        "Muster A and Probe B. Electrodes in moving water. Basins (2033) 4: 17-29.",
        "Esempio C. A handbook of inlets. Ghent, Probe Press (2030).",
        "Ejemplo D and Muster A. Gates and tides in small basins. Basins (2035) 5: 1-9.",
        "Probe B. The salt of the upper layer and its measure. Basins (2036) 6: 10-19.",
        "Voorbeeld D. Counting rain. Basins (2037) 7: 20-29.",
    ];
    let mut list = PageMaker::new().prose(6).gap(8.0).line(12.0, BOLD, "References");
    let top = list.y + 14.0;
    for (n, work) in works.iter().enumerate() {
        list = list.line_at(90.0, top + n as f32 * 12.0, 9.0, 0, work);
    }
    for n in 0..works.len() {
        list = list.line_at(70.0, top + n as f32 * 12.0, 9.0, 0, &format!("({})", n + 1));
    }
    let facts = read(vec![front(), list]);
    let labels: Vec<&str> = facts.references.iter().map(|reference| reference.label.as_str()).collect();
    assert_eq!(labels, ["1", "2", "3", "4", "5"]);
    assert_eq!(facts.references[2].year, Some(2035));
    assert!(facts.references[1].raw.starts_with("Esempio"), "{:?}", facts.references[1].raw);
}

#[test]
fn who_supervised_a_thesis_is_no_author_of_it() {
    let page = PageMaker::new()
        .line(20.0, BOLD, "Slow mixing of fresh water")
        .gap(10.0)
        .line(12.0, 0, "Dissertation")
        .gap(10.0)
        .line(12.0, 0, "Anna Muster")
        .gap(40.0)
        .line(12.0, 0, "Supervisor: Prof. Dr. Bert Probe")
        .line(12.0, 0, "Jury")
        .line(12.0, 0, "Chiara Esempio")
        .line(12.0, 0, "Dina Voorbeeld");
    let mut pages = vec![page];
    pages.extend((0..40).map(|_| PageMaker::new().prose(12)));
    let facts = read(pages);
    assert_eq!(families(&facts), ["Muster"]);
    let roles: Vec<(&str, &str)> =
        facts.contributors.iter().map(|(role, creator)| (role.as_str(), creator.name.short())).collect();
    assert_eq!(roles, [("supervisor", "Probe"), ("jury", "Esempio"), ("jury", "Voorbeeld")]);
    assert_eq!(facts.item_type.expect("a kind").value, "thesis");
}

#[test]
fn a_stamp_gives_the_arxiv_number_and_the_year() {
    let page = front().line_at(10.0, 500.0, 20.0, word_flags::TURNED, "arXiv:4905.00123v2 [cs.DL] 3 May 2049");
    let (facts, pages) = read_with(DocumentInfo::default(), vec![page]);
    assert_eq!(facts.arxiv.expect("an identifier").value, "4905.00123");
    assert_eq!(facts.arxiv_version.as_deref(), Some("v2"));
    assert_eq!(facts.year.expect("a year").value, 2049);
    assert_eq!(facts.title.expect("a title").value, "Slow mixing of fresh water in a tidal inlet");
    assert!(pages[0].roles.iter().any(|span| span.role == TextRole::Stamp));
}

#[test]
fn what_repeats_in_the_margins_is_head_and_foot() {
    let page = |n: usize| {
        PageMaker::new().prose(20).line_at(70.0, 30.0, 8.0, 0, "Journal of Small Basins 12 (2041) 1–9").line_at(
            300.0,
            785.0,
            8.0,
            0,
            &format!("{n}"),
        )
    };
    let (facts, pages) = read_with(DocumentInfo::default(), vec![front(), page(2), page(3), page(4)]);
    for page in &pages[1..] {
        let roles: Vec<TextRole> = page.roles.iter().map(|span| span.role).collect();
        assert_eq!(roles, [TextRole::Head, TextRole::PageNumber]);
    }
    assert_eq!(facts.venue.expect("a venue").value, "Journal of Small Basins");
    assert_eq!(facts.year.expect("a year").value, 2041);
}

#[test]
fn a_cover_sheet_is_not_the_paper() {
    let cover = PageMaker::new()
        .line(30.0, BOLD, "NORDBASE")
        .line(11.0, 0, "open archive of the northern universities")
        .line(15.0, BOLD, "Slow mixing of fresh water in a tidal inlet")
        .line(10.0, 0, "To cite this version:")
        .line(10.0, 0, "Anna Muster. Slow mixing of fresh water in a tidal inlet. Basins, 2041, 12 (3), pp.211-219.");
    let facts = read(vec![cover, front(), PageMaker::new().prose(30)]);
    assert_eq!(facts.title.expect("a title").value, "Slow mixing of fresh water in a tidal inlet");
    assert!(facts.sections.iter().all(|section| section.page == 1));
}

#[test]
fn small_lines_with_a_raised_number_at_the_foot_are_notes_and_their_works_are_found() {
    let page = front()
        .line_at(70.0, 700.0, 8.0, 0, "^1 A. Muster, The Ledger of Small Things (Ghent: Probe Press, 2031), 44.")
        .line_at(
            70.0,
            710.0,
            8.0,
            0,
            "^2 B. Probe, ‘Counting before Columns’, Journal of Quiet History 12 (2029), 101–118.",
        )
        .line_at(70.0, 720.0, 8.0, 0, "^3 Ibid., 110.");
    let (facts, pages) = read_with(DocumentInfo::default(), vec![page]);
    assert_eq!(pages[0].roles.iter().filter(|span| span.role == TextRole::Footnote).count(), 3);
    let cited: Vec<usize> = facts.references.iter().map(|reference| reference.cited_in.len()).collect();
    assert_eq!(cited, [1, 2]);
}

#[test]
fn a_second_title_in_latin_script_is_kept_apart() {
    let page = PageMaker::new()
        .line(18.0, BOLD, "潮汐港湾中淡水缓慢混合的低成本测量")
        .gap(6.0)
        .line(11.0, 0, "张三，李四，王五")
        .gap(6.0)
        .body("摘要：本文用自制电极在一个小港湾中连续三周每小时测量盐度。降雨之后上层水变淡，")
        .body("而下层水需要数小时。增加一个参数之后，模型可以描述除两天以外的全部记录。")
        .body("关键词：盐度；潮汐；电极")
        .gap(8.0)
        .line(14.0, BOLD, "Low-cost measurement of slow mixing in a tidal inlet")
        .gap(8.0)
        .body("港湾里的淡水来自上游的闸门。闸门打开时，水面的盐度迅速下降。我们把读数保存。")
        .body("两个相同的电极相距四十米。第二个电极作为对照。船只经过时的读数由一段程序删除。");
    let facts = read(vec![page]);
    assert_eq!(facts.title.as_ref().map(|fact| fact.value.as_str()), Some("潮汐港湾中淡水缓慢混合的低成本测量"));
    assert_eq!(
        facts.alternate_title.as_ref().map(|fact| fact.value.as_str()),
        Some("Low-cost measurement of slow mixing in a tidal inlet")
    );
    assert_eq!(families(&facts), ["张三", "李四", "王五"]);
    assert_eq!(facts.keywords, ["盐度", "潮汐", "电极"]);
    assert_eq!(facts.language.as_deref(), Some("zh"));
    let text = facts.abstract_text.expect("an abstract").value;
    assert!(text.starts_with("本文用") && text.ends_with("全部记录。") && !text.contains(' '), "{text}");
}

#[test]
fn a_document_without_text_gives_no_facts() {
    let facts = read(vec![PageMaker::new(), PageMaker::new()]);
    assert_eq!(facts, Facts::default());
}

#[test]
fn a_book_of_many_pages_keeps_headings_of_its_middle() {
    let pages: Vec<PageMaker> = (0..300)
        .map(|n| {
            if n == 0 {
                front()
            } else if n % 30 == 0 {
                PageMaker::new()
                    .line(12.0, BOLD, &format!("{} Chapter of the {}", n / 30 + 2, ["coast", "basin"][n / 30 % 2]))
                    .prose(20)
            } else {
                PageMaker::new().prose(20)
            }
        })
        .collect();
    let facts = read(pages);
    let middle = facts.sections.iter().filter(|section| (41..99).contains(&section.page)).count();
    assert_eq!(middle, 2, "{:?}", facts.sections);
}

fn headings(facts: &Facts) -> Vec<(u8, &str)> {
    facts.sections.iter().map(|section| (section.level, section.heading.as_str())).collect()
}

#[test]
fn cells_of_a_table_head_are_no_headings() {
    let page = front().gap(12.0);
    let y = page.y;
    let page = page
        .line_at(70.0, y, 9.0, BOLD, "Comparability")
        .line_at(200.0, y, 9.0, BOLD, "Exposure")
        .gap(12.0)
        .line(9.0, BOLD, "Selection of controls")
        .prose(3);
    let facts = read(vec![page]);
    assert!(!headings(&facts).iter().any(|(_, heading)| matches!(*heading, "Comparability" | "Exposure")));
}

#[test]
fn a_column_before_the_title_in_the_file_has_its_heading() {
    let column = PageMaker::new().line_at(70.0, 400.0, 12.0, BOLD, "Introduction").prose(8);
    let page =
        column.line_at(70.0, 120.0, 18.0, BOLD, "Slow mixing of fresh water").line(12.0, 0, "Anna Muster, Bert Probe");
    let next = PageMaker::new().line(12.0, BOLD, "Methods").prose(9).gap(9.0).line(12.0, BOLD, "Results").prose(9);
    let facts = read(vec![page, next]);
    assert_eq!(headings(&facts), [(1, "Introduction"), (1, "Methods"), (1, "Results")]);
}

#[test]
fn a_table_set_sideways_is_text_and_a_sideways_stamp_is_not() {
    let turned = word_flags::TURNED;
    let mut table = front().gap(40.0);
    for n in 0..9 {
        table = table.line_at(
            120.0,
            600.0 + n as f32 * 9.0,
            8.0,
            turned,
            "train 18.86 19.46 18.44 20.45 17.75 16.24 test 15.35",
        );
    }
    let stamped = front().line_at(2.0, 500.0, 8.0, turned, "posted 2041");
    let roles = |page: PageMaker| {
        let (_, pages) = read_with(DocumentInfo::default(), vec![page]);
        pages[0].roles.iter().filter(|span| span.role == TextRole::Stamp).count()
    };
    assert_eq!(roles(table), 0);
    assert_eq!(roles(stamped), 1);
}

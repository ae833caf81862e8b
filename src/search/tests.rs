//! What a caller sees: papers put in, queries asked, passages and marks shown.

use std::collections::BTreeMap;

use super::*;
use crate::domain::ids::{Key, LibraryId, Sha256, Version};
use crate::domain::layout::Division;

const LIBRARY: LibraryId = LibraryId(1);

fn key(nth: u64) -> Key {
    Key::from_random(nth)
}

/// A page; `[[…]]` in `text` is furniture, `~` a hyphen that was taken out at a line end.
fn page(index: u32, text: &str) -> PageText {
    let mut page = PageText { index, ..PageText::default() };
    let mut offset = 0;
    let mut rest = text;
    let mut open = None;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("[[") {
            open = Some(offset);
            rest = after;
        } else if let Some((after, start)) = rest.strip_prefix("]]").zip(open) {
            page.excluded.push((start, offset));
            open = None;
            rest = after;
        } else if c == '~' {
            page.divisions.push(Division { at: offset, kept: false });
            rest = &rest[1..];
        } else {
            page.text.push(c);
            offset += 1;
            rest = &rest[c.len_utf8()..];
        }
    }
    page
}

fn paper(nth: u64, pages: &[&str]) -> PaperDoc {
    let pages = pages.iter().zip(0..).map(|(text, index)| page(index, text)).collect();
    let file = FileText { attachment: key(nth + 1000), sha256: Sha256([0; 32]), pages };
    PaperDoc { files: vec![file], ..PaperDoc::new(LIBRARY, key(nth)) }
}

fn index_of(papers: Vec<PaperDoc>) -> SearchIndex {
    let index = SearchIndex::in_memory().unwrap();
    let applied = BTreeMap::from([(LIBRARY, Version(1))]);
    index.apply(papers.into_iter().map(|paper| IndexOp::PutPaper(Box::new(paper))).collect(), &applied).unwrap();
    index
}

fn search(index: &SearchIndex, query: &str) -> SearchPage {
    index.search(&parse_query(query), &[LIBRARY], 0, 20, SearchOptions::default()).unwrap()
}

fn keys(index: &SearchIndex, query: &str) -> Vec<Key> {
    search(index, query).hits.into_iter().map(|hit| hit.key).collect()
}

/// The one passage of the one hit.
fn passage(index: &SearchIndex, query: &str) -> Passage {
    let page = search(index, query);
    assert_eq!((page.total, page.hits.len()), (1, 1), "{query}");
    assert_eq!(page.hits[0].passages.len(), 1, "{query}: {:?}", page.hits[0].passages);
    page.hits[0].passages[0].clone()
}

fn cut(text: &str, (start, end): (u32, u32)) -> String {
    text.chars().skip(start as usize).take((end - start) as usize).collect()
}

fn marked(text: &str, marks: &[(u32, u32)]) -> Vec<String> {
    marks.iter().map(|mark| cut(text, *mark)).collect()
}

fn check_finds(index: &SearchIndex, found: &[&str], not_found: &[&str]) {
    for query in found {
        assert_eq!(search(index, query).total, 1, "{query} is to be found");
        assert!(!search(index, query).hits[0].passages.is_empty(), "{query} is to have a passage");
    }
    for query in not_found {
        assert_eq!(search(index, query).total, 0, "{query} is not to be found");
    }
}

#[test]
fn divided_words_are_found_whole_and_true_hyphens_with_them() {
    let index = index_of(vec![paper(
        1,
        &[
            "The green part of the cell is the seat of photo~synthesis, as every pupil knows. We call this a well-known \
             fact. A long-term study. It was re-examined. The state-of-the-art probe is divided as well: hydro-\n",
            "[[Head of page\n]]logical tables follow on the next leaf.\n[[2]]",
        ],
    )]);
    check_finds(
        &index,
        &[
            "photosynthesis ",
            "photo-synthesis ",
            "well-known ",
            "\"well-known fact\"",
            "known ",
            "long-term ",
            "re-examined ",
            "state-of-the-art ",
            "hydrological ",
            "hydro-logical ",
            "\"hydrological tables\"",
            "\"as well: hydrological tables follow\"",
            "\"well-known fact. A long-term\"",
        ],
        &["wellknown ", "longterm ", "head ", "\"of page\"", "\"known well\"", "\"tables hydrological\""],
    );
    let whole = passage(&index, "photosynthesis ");
    assert!(whole.text.contains("seat of photosynthesis"), "{}", whole.text);
    assert_eq!(marked(&whole.text, &whole.marks), ["photosynthesis"]);
}

#[test]
fn a_match_over_a_page_end_is_shown_on_both_pages_without_furniture() {
    let first =
        "[[Small Basins 14\n]]Some words before it. At the end of the season the salt gradient\n[[free to share]]";
    let second =
        "[[Small Basins 14 302\n]]reversed at dusk and stayed so. All water of the upper catch-\n[[free to share]]";
    let third = "[[Small Basins 14 303\n]]ment passes the northern gate.\n[[free to share]]";
    let index = index_of(vec![paper(1, &[first, second, third])]);

    let phrase = passage(&index, "\"salt gradient reversed at dusk\"");
    assert_eq!(phrase.page_index, 0);
    assert_eq!(marked(&phrase.text, &phrase.marks), ["salt gradient"]);
    let rest = phrase.continues.expect("the phrase runs on");
    assert_eq!((rest.page_index, marked(&rest.text, &rest.marks)), (1, vec!["reversed at dusk".to_owned()]));
    let on_page = page(1, second).text;
    assert_eq!(cut(&on_page, (rest.offset + rest.marks[0].0, rest.offset + rest.marks[0].1)), "reversed at dusk");
    for text in [&phrase.text, &rest.text] {
        assert!(!text.contains("free to share") && !text.contains("Small Basins"), "{text}");
    }

    let word = passage(&index, "catchment ");
    assert_eq!((word.page_index, marked(&word.text, &word.marks)), (1, vec!["catch".to_owned()]));
    let rest = word.continues.expect("the word runs on");
    assert_eq!((rest.page_index, marked(&rest.text, &rest.marks)), (2, vec!["ment".to_owned()]));
    check_finds(&index, &["\"upper catchment passes\"", "\"the upper catchment passes the northern gate\""], &[]);
    assert_eq!(passage(&index, "dusk ").page_index, 1, "what begins on a page is found there alone");
}

#[test]
fn a_sentence_runs_on_behind_footnotes_and_repeated_heads() {
    let mut doc = paper(
        1,
        &[
            "Of narrow columns\nThe water reaches the probe\n1 A note on ghosts.\nafter an hour. It is hydro-\n2 Another note.",
            "Of narrow columns\nlogical and ends.",
        ],
    );
    let first = doc.files[0].pages[0].text.clone();
    doc.files[0].pages[0].asides = ["1 A note on ghosts.\n", "2 Another note."]
        .map(|note| (first.find(note).unwrap() as u32, (first.find(note).unwrap() + note.len()) as u32))
        .to_vec();
    let index = index_of(vec![doc]);
    check_finds(
        &index,
        &[
            "\"reaches the probe after an hour\"",
            "\"note on ghosts\"",
            "hydrological ",
            "\"is hydrological and ends\"",
            "\"another note\"",
        ],
        &["\"ghosts after\"", "\"probe 1\"", "\"note another\"", "\"ghosts 2\"", "\"note logical\"", "\"hydro 2\""],
    );
    let found = passage(&index, "\"probe after\"");
    assert!(!found.text.contains("ghosts"), "{found:?}");
    assert_eq!(
        found.continues.map(|rest| (rest.page_index, marked(&rest.text, &rest.marks))),
        Some((0, vec!["after".to_owned()]))
    );
    assert!(!passage(&index, "ghosts ").text.contains("probe"));
}

#[test]
fn a_hyphen_at_a_page_end_is_judged_by_the_file() {
    let mut doc = paper(
        1,
        &[
            "a chloro-\n",
            "phyll. a well-\n",
            "known fact. a salt-",
            "water lake. Salt and salt-water. in 2031-",
            "2033 end",
        ],
    );
    // As the reader of a page says it, who does not see the next one.
    doc.files[0].pages[0].divisions = vec![Division { at: 9, kept: true }];
    let index = index_of(vec![doc]);
    check_finds(
        &index,
        &[
            "chlorophyll ",
            "chloro-phyll ",
            "well-known ",
            "\"well-known fact\"",
            "salt-water ",
            "\"salt-water lake\"",
            "2031-2033 ",
        ],
        &["wellknown ", "saltwater ", "20312033 "],
    );
}

#[test]
fn offset_and_mark_point_into_the_text_of_the_page() {
    let text = "[[1]] Préface 🌊 of the page.\nThe other séance\nwas here, and a séance again.";
    let index = index_of(vec![paper(1, &[text])]);
    let found = passage(&index, "seance ");
    assert_eq!(marked(&found.text, &found.marks), ["séance", "séance"]);
    let on_page = page(0, text).text;
    for mark in &found.marks {
        assert_eq!(cut(&on_page, (found.offset + mark.0, found.offset + mark.1)), "séance");
    }
    assert!(!found.text.contains('\n'));
}

#[test]
fn letters_with_and_without_marks_find_each_other() {
    let text = "La séance fut naïve. Die Straße führt über Łódź nach Århus. Ένα γάμμα ΓΆΜΜΑ. Le cafe\u{301} \
                de\u{301}compose\u{301}, el nin\u{303}o, Bru\u{308}cke. ёлки и Ёжик. İstanbul ve ışık. The Å of Ångström. x² H₂O";
    let index = index_of(vec![paper(1, &[text])]);
    let found = [
        "seance ",
        "séance ",
        "SÉANCE ",
        "naive ",
        "strasse ",
        "straße ",
        "Lodz ",
        "Łódź ",
        "arhus ",
        "γαμμα ",
        "γάμμα ",
        "cafe ",
        "café ",
        "decompose ",
        "nino ",
        "niño ",
        "brucke ",
        "Bruecke ",
        "ёлки ",
        "елки ",
        "istanbul ",
        "isik ",
        "angstrom ",
        "h2o ",
        "\"la seance\"",
        "ueber ",
    ];
    check_finds(&index, &found, &["seances2 ", "bruke "]);
}

#[test]
fn the_typed_spelling_comes_first() {
    let plain = paper(1, &["A seance and a mueller. More words to make the page a little longer than the other one."]);
    let marked = paper(2, &["Une séance de Müller."]);
    let index = index_of(vec![plain, marked]);
    assert_eq!(keys(&index, "seance "), [key(1), key(2)]);
    assert_eq!(keys(&index, "séance "), [key(2), key(1)]);
    assert_eq!(keys(&index, "Müller "), [key(2), key(1)]);
    assert_eq!(keys(&index, "mueller ").len(), 2);
}

#[test]
fn endings_count_unless_quoted() {
    let index = index_of(vec![paper(1, &["She studies running waters."])]);
    check_finds(
        &index,
        &["study ", "run ", "water ", "runs waters ", "\"running waters\""],
        &["\"run\"", "\"running water\"", "tag:study "],
    );
}

#[test]
fn beginnings_count_with_a_star_and_while_typing() {
    let index = index_of(vec![paper(1, &["Hydrological tables of the basin."])]);
    check_finds(
        &index,
        &["hydro*", "hydrolog", "tables hydrol", "\"hydrological tables\" bas"],
        &["hydro ", "hydro* lake ", "-hydro*"],
    );
    let found = passage(&index, "hydro*");
    assert_eq!(marked(&found.text, &found.marks), ["Hydrological"]);
}

#[test]
fn codes_and_addresses_find_their_page() {
    let text = "Code H52.1 - myopia is used beside W-2 and C++ in this text. Is it “blind” review? See \
                doi:10.5555/abc(2031)4:12<345>tt and https://example.org/a?b=c&d=e#f. The chance p(y|x) is 50% at 25 °C; ratio \
                3:1, set {a,b}, path C:\\data\\x, tag #probe, user@example.org, ~5, a^2, x/y. O’Prova";
    let index = index_of(vec![paper(1, &[text])]);
    let found = [
        "H52.1 - myopia",
        "h52.1 -",
        "O'Prova",
        "O’Prova",
        "C++",
        "W-2",
        "p(y|x)",
        "10.5555/abc(2031)4:12<345>tt",
        "doi:10.5555/abc(2031)4:12<345>tt",
        "https://doi.org/10.5555/abc(2031)4:12<345>tt",
        "https://example.org/a?b=c&d=e#f",
        "50%",
        "is it \"blind\" review?",
        "C:\\data\\x",
        "#probe",
        "user@example.org",
        "“blind”",
        "3:1",
        "x/y",
        "a^2",
    ];
    check_finds(&index, &found, &["C+++x", "W-3 ", "C# ", "h52.2 "]);
    let found = passage(&index, "C++");
    assert_eq!(marked(&found.text, &found.marks), ["C++"]);
}

#[test]
fn chinese_is_found_by_words_letters_and_over_line_ends() {
    let index = index_of(vec![paper(1, &["本文研究深度学\n习的方法。", "第二页"])]);
    check_finds(&index, &["深度学习", "深", "学习", "法", "\"研究深度\"", "第二页"], &["度深", "习学", "天"]);
    let found = passage(&index, "深度学习");
    assert_eq!(marked(&found.text, &found.marks), ["深度学 习"]);
    let found = passage(&index, "学");
    assert_eq!(marked(&found.text, &found.marks), ["学"]);
}

#[test]
fn fields_years_signs_and_libraries_narrow() {
    let other = LibraryId(2);
    let one = PaperDoc {
        title: "Salt in water".to_owned(),
        creators: vec!["Zoë Kardošová".to_owned(), "Bert Probe".to_owned()],
        tags: vec!["to read".to_owned()],
        year: Some(2015),
        ..PaperDoc::new(LIBRARY, key(1))
    };
    let two = PaperDoc { title: "Sugar in water".to_owned(), year: Some(2020), ..PaperDoc::new(LIBRARY, key(2)) };
    let three = PaperDoc { title: "Salt elsewhere".to_owned(), ..PaperDoc::new(other, key(3)) };
    let index = index_of(vec![one, two, three]);
    for (query, expect) in [
        ("author:kardosova ", vec![1]),
        ("author:\"Bert Probe\"", vec![1]),
        ("title:salt ", vec![1]),
        ("author:salt ", vec![]),
        ("tag:\"to read\"", vec![1]),
        ("year:2016..2020", vec![2]),
        ("water year:2015", vec![1]),
        ("water -salt", vec![2]),
        ("-salt", vec![2]),
        ("salt OR sugar ", vec![1, 2]),
        ("probe water ", vec![1]),
        ("salt water sugar ", vec![]),
    ] {
        let mut found = keys(&index, query);
        found.sort_unstable();
        let mut expect: Vec<Key> = expect.into_iter().map(key).collect();
        expect.sort_unstable();
        assert_eq!(found, expect, "{query}");
    }
    let both = index.search(&parse_query("salt "), &[LIBRARY, other], 0, 20, SearchOptions::default()).unwrap();
    assert_eq!(both.total, 2);
    assert_eq!(index.search(&parse_query("salt "), &[], 0, 20, SearchOptions::default()).unwrap().total, 0);
}

#[test]
fn a_title_weighs_more_than_a_mention() {
    let mention = paper(1, &["Words about gradients and one other thing, at some length, so that it is a page."]);
    let title = PaperDoc { title: "Gradients".to_owned(), ..paper(2, &["Words about another thing, at some length."]) };
    let index = index_of(vec![mention, title]);
    assert_eq!(keys(&index, "gradients "), [key(2), key(1)]);
}

#[test]
fn the_best_three_places_are_shown_and_all_can_be_asked_for() {
    let pages: Vec<String> =
        (0..9).map(|nth| format!("Page {nth} speaks of salt. {}", "Other words follow. ".repeat(20))).collect();
    let mut pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    pages[6] = "Here salt meets water: salt water.";
    let index = index_of(vec![paper(1, &pages)]);
    let hit = search(&index, "salt water ").hits.remove(0);
    assert_eq!(hit.passages.len(), 3);
    assert_eq!(hit.passages[0].page_index, 6);
    assert_eq!(hit.more_places, 6);
    let all = index.places(&parse_query("salt water "), LIBRARY, key(1), 0, 100).unwrap();
    assert_eq!(all.total_pages, 9);
    assert_eq!(all.passages.iter().map(|place| place.page_index).collect::<Vec<_>>(), (0..9).collect::<Vec<_>>());
    let window = index.places(&parse_query("salt "), LIBRARY, key(1), 7, 5).unwrap();
    assert_eq!(window.passages.iter().map(|place| place.page_index).collect::<Vec<_>>(), [7, 8]);
    let options = SearchOptions { places: Places::All };
    let hits = index.search(&parse_query("salt "), &[LIBRARY], 0, 1, options).unwrap().hits;
    assert_eq!(hits[0].passages.len(), 9);
}

#[test]
fn passages_name_their_section_and_printed_page() {
    let mut doc = paper(1, &["Before. 1 Methods\nwe measure salt", "more of the salt", "2 Results\nsalt was there"]);
    doc.files[0].pages[0].sections = vec![(8, "Methods".to_owned())];
    doc.files[0].pages[0].label = Some("iv".to_owned());
    doc.files[0].pages[2].sections = vec![(0, "Results".to_owned())];
    let index = index_of(vec![doc]);
    let places = index.places(&parse_query("salt "), LIBRARY, key(1), 0, 9).unwrap().passages;
    let sections: Vec<Option<&str>> = places.iter().map(|place| place.section.as_deref()).collect();
    assert_eq!(sections, [Some("Methods"), Some("Methods"), Some("Results")]);
    assert_eq!(places[0].page_label.as_deref(), Some("iv"));
}

#[test]
fn a_paper_is_replaced_and_deleted_and_versions_are_kept() {
    let index = index_of(vec![paper(1, &["first words"]), paper(2, &["first words"])]);
    assert_eq!(index.applied().unwrap(), BTreeMap::from([(LIBRARY, Version(1))]));
    let applied = BTreeMap::from([(LIBRARY, Version(2))]);
    let batch = vec![
        IndexOp::PutPaper(Box::new(paper(1, &["second words"]))),
        IndexOp::DeletePaper { library: LIBRARY, key: key(2) },
    ];
    index.apply(batch, &applied).unwrap();
    assert_eq!(index.applied().unwrap(), applied);
    assert_eq!(search(&index, "first ").total, 0);
    assert_eq!(keys(&index, "words "), [key(1)]);
    index.release_writer().unwrap();
    assert!(!index.has_writer());
    index.apply(vec![IndexOp::DeleteLibrary(LIBRARY)], &applied).unwrap();
    assert_eq!((search(&index, "words ").total, index.paper_count()), (0, 0));
    index.clear().unwrap();
    assert_eq!(index.applied().unwrap(), BTreeMap::new());
}

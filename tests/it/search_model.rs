//! The search index against a naive scan, and against whatever can be typed.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use scrollkeeper::domain::ids::{Key, LibraryId, Sha256, Version};
use scrollkeeper::search::{FileText, IndexOp, PageText, PaperDoc, Places, SearchIndex, SearchOptions, parse_query};

const WORDS: [&str; 8] = ["salt", "water", "basin", "gate", "depth", "lake", "tide", "wind"];
const LIBRARIES: [LibraryId; 2] = [LibraryId(1), LibraryId(2)];

/// What is in the index: the words of each page of each paper.
type Model = BTreeMap<(LibraryId, Key), Vec<Vec<&'static str>>>;

#[derive(Debug, Clone)]
enum Step {
    Put(usize, u64, Vec<Vec<&'static str>>),
    Delete(usize, u64),
    DeleteLibrary(usize),
    Commit,
    Release,
}

fn pages() -> impl Strategy<Value = Vec<Vec<&'static str>>> {
    let word = proptest::sample::select(WORDS.to_vec());
    proptest::collection::vec(proptest::collection::vec(word, 0..6), 0..4)
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..2usize, 0..5u64, pages()).prop_map(|(library, nth, pages)| Step::Put(library, nth, pages)),
        2 => (0..2usize, 0..5u64).prop_map(|(library, nth)| Step::Delete(library, nth)),
        1 => (0..2usize).prop_map(Step::DeleteLibrary),
        2 => Just(Step::Commit),
        1 => Just(Step::Release),
    ]
}

fn document(library: LibraryId, key: Key, pages: &[Vec<&'static str>]) -> PaperDoc {
    let pages =
        pages.iter().zip(0..).map(|(words, index)| PageText { index, text: words.join(" "), ..PageText::default() });
    let file = FileText { attachment: Key::from_random(9), sha256: Sha256([0; 32]), pages: pages.collect() };
    PaperDoc { files: vec![file], ..PaperDoc::new(library, key) }
}

/// Applies the step to the model and says what the index is told.
fn apply(step: &Step, model: &mut Model) -> Option<IndexOp> {
    Some(match step {
        Step::Put(library, nth, pages) => {
            let (library, key) = (LIBRARIES[*library], Key::from_random(*nth));
            model.insert((library, key), pages.clone());
            IndexOp::PutPaper(Box::new(document(library, key, pages)))
        }
        Step::Delete(library, nth) => {
            let (library, key) = (LIBRARIES[*library], Key::from_random(*nth));
            model.remove(&(library, key));
            IndexOp::DeletePaper { library, key }
        }
        Step::DeleteLibrary(library) => {
            model.retain(|(of, _), _| *of != LIBRARIES[*library]);
            IndexOp::DeleteLibrary(LIBRARIES[*library])
        }
        Step::Commit | Step::Release => return None,
    })
}

fn check(index: &SearchIndex, model: &Model, libraries: &[LibraryId]) {
    let holds = |words: &[&str]| -> BTreeSet<(LibraryId, Key)> {
        let found = model.iter().filter(|((library, _), pages)| {
            libraries.contains(library) && words.iter().all(|word| pages.iter().flatten().any(|found| found == word))
        });
        found.map(|(id, _)| *id).collect()
    };
    let options = SearchOptions { places: Places::All };
    for (first, second) in WORDS.iter().zip(WORDS.iter().cycle().skip(1)) {
        for words in [vec![*first], vec![*first, *second]] {
            let query = parse_query(&(words.join(" ") + " "));
            let page = index.search(&query, libraries, 0, 100, options).expect("a search does not fail");
            let found: BTreeSet<_> = page.hits.iter().map(|hit| (hit.library, hit.key)).collect();
            assert_eq!((found, page.total), (holds(&words), holds(&words).len()), "{words:?}");
            for hit in &page.hits {
                check_passages(hit, &model[&(hit.library, hit.key)], &words);
            }
        }
    }
}

/// Every page with a word has its place, and every place marks each time the word stands there.
fn check_passages(hit: &scrollkeeper::search::Hit, pages: &[Vec<&str>], words: &[&str]) {
    let mut marks: BTreeMap<u32, usize> = BTreeMap::new();
    for passage in &hit.passages {
        *marks.entry(passage.page_index).or_default() += passage.marks.len();
        for (start, end) in &passage.marks {
            assert!(words.contains(&&passage.text[*start as usize..*end as usize]));
        }
    }
    let expect =
        pages.iter().zip(0..).map(|(page, index)| (index, page.iter().filter(|word| words.contains(word)).count()));
    assert_eq!(marks, expect.filter(|(_, count)| *count > 0).collect());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_changes_gives_what_a_scan_gives(steps in proptest::collection::vec(step(), 1..25)) {
        let index = SearchIndex::in_memory().expect("an index");
        let (mut model, mut batch, mut version) = (Model::new(), Vec::new(), 0);
        for step in steps.iter().chain([&Step::Commit]) {
            batch.extend(apply(step, &mut model));
            if matches!(step, Step::Commit | Step::Release) {
                version += 1;
                let applied = BTreeMap::from([(LIBRARIES[0], Version(version))]);
                index.apply(std::mem::take(&mut batch), &applied).expect("a commit");
                prop_assert_eq!(index.applied().expect("a payload"), applied);
                check(&index, &model, &LIBRARIES);
                check(&index, &model, &LIBRARIES[1..]);
            }
            if matches!(step, Step::Release) {
                index.release_writer().expect("the writer closes");
            }
        }
    }
}

fn odd_index() -> SearchIndex {
    let index = SearchIndex::in_memory().expect("an index");
    let text = "Code H52.1 C++ “blind” 深度学习 한국어 ที่นี่ Łódź a\u{300}\u{301} \u{ad}x\u{ad} 🌊 p(y|x) café-";
    let pages = [text, "\u{301}rest 习 is it? ß ﬁ x² ½ ǅ İ", "", "-\n"];
    let pages = pages.into_iter().zip(0..).map(|(text, index)| PageText {
        index,
        text: text.to_owned(),
        excluded: vec![(3, 5), (4, 9), (70, 999), (2, 1)],
        ..PageText::default()
    });
    let file = FileText { attachment: Key::from_random(1), sha256: Sha256([0; 32]), pages: pages.collect() };
    let paper =
        PaperDoc { files: vec![file], title: text.to_owned(), ..PaperDoc::new(LIBRARIES[0], Key::from_random(2)) };
    index.apply(vec![IndexOp::PutPaper(Box::new(paper))], &BTreeMap::new()).expect("odd text is taken");
    index
}

#[test]
fn whatever_is_typed_is_answered() {
    let index = odd_index();
    let alphabet = "[a-cA-Cx0-9:\"“”\\-*+#(){}\\[\\]<>|&?~^/\\\\@%=.,ORNDT \u{300}深习한ที่Łßﬁé\u{ad}\u{0}🌊]{0,30}";
    let config = ProptestConfig { cases: 400, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let answered = |text: String| {
        let page = index.search(&parse_query(&text), &LIBRARIES, 0, 10, SearchOptions { places: Places::All });
        prop_assert!(page.is_ok(), "{text:?}: {page:?}");
        for passage in page.expect("checked above").hits.iter().flat_map(|hit| &hit.passages) {
            let length = passage.text.chars().count() as u32;
            prop_assert!(
                passage.marks.iter().all(|(start, end)| start < end && *end <= length),
                "{text:?}: {passage:?}"
            );
            prop_assert!(!passage.marks.is_empty());
        }
        Ok(())
    };
    runner.run(&alphabet, answered).expect("every text of the alphabet is answered");
    runner.run(&"\\PC{0,40}", answered).expect("every text is answered");
    for text in ["a".repeat(3_000), "深".repeat(3_000), "a-".repeat(2_000), "\"".repeat(99), "-".repeat(99)] {
        answered(text).expect("long text is answered");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_text_can_be_put_in_and_its_words_are_found(text in "\\PC{0,80}", next in "\\PC{0,20}") {
        let index = SearchIndex::in_memory().expect("an index");
        let pages = [&text, &next].into_iter().zip(0..).map(|(text, index)| PageText { index, text: text.clone(), ..PageText::default() });
        let file = FileText { attachment: Key::from_random(1), sha256: Sha256([0; 32]), pages: pages.collect() };
        let paper = PaperDoc { files: vec![file], ..PaperDoc::new(LIBRARIES[0], Key::from_random(2)) };
        index.apply(vec![IndexOp::PutPaper(Box::new(paper))], &BTreeMap::new()).expect("any text is taken");
        for word in text.split([' ', '.']).filter(|word| word.len() > 1) {
            let whole = word.bytes().all(|b| b.is_ascii_alphanumeric());
            let page = index.search(&parse_query(&format!("\"{word}\"")), &LIBRARIES, 0, 10, SearchOptions::default()).expect("answered");
            prop_assert!(page.total == 1 || !whole, "{:?} in {:?}", word, text);
        }
    }
}

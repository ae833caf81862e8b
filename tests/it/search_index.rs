//! The search index on disk: closed, opened, damaged, begun anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use scrollkeeper::domain::ids::{Key, LibraryId, Sha256, Version};
use scrollkeeper::search::{FileText, IndexOp, PageText, PaperDoc, SearchIndex, SearchOptions, parse_query};

const LIBRARY: LibraryId = LibraryId(7);

fn paper(nth: u64, text: &str) -> IndexOp {
    let page = PageText { text: text.to_owned(), ..PageText::default() };
    let file = FileText { attachment: Key::from_random(nth + 500), sha256: Sha256([1; 32]), pages: vec![page] };
    IndexOp::PutPaper(Box::new(PaperDoc { files: vec![file], ..PaperDoc::new(LIBRARY, Key::from_random(nth)) }))
}

fn applied(version: u64) -> BTreeMap<LibraryId, Version> {
    BTreeMap::from([(LIBRARY, Version(version))])
}

fn total(index: &SearchIndex, query: &str) -> usize {
    let query = parse_query(query);
    index.search(&query, &[LIBRARY], 0, 10, SearchOptions::default()).expect("a search does not fail").total
}

/// An index with one paper, whose writer was closed or (as after a kill) not.
fn filled(folder: &Path, release: bool) {
    let opened = SearchIndex::open(folder).expect("a new index opens");
    opened.index.apply(vec![paper(1, "salt gradient of the basin")], &applied(3)).expect("it takes a paper");
    if release {
        opened.index.release_writer().expect("the writer closes");
    }
}

fn segment_files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let files = ["papers", "pages"].into_iter().flat_map(|side| fs::read_dir(folder.join(side)).expect("a folder"));
    let paths = files.map(|entry| entry.expect("an entry").path());
    paths.filter(|path| path.extension().is_some_and(|found| found == extension)).collect()
}

fn flip_a_byte(path: &Path) {
    let mut bytes = fs::read(path).expect("a readable file");
    let middle = bytes.len() / 3;
    bytes[middle] ^= 0x55;
    fs::write(path, bytes).expect("a writable file");
}

#[test]
fn what_was_applied_is_there_after_opening_again() {
    for release in [true, false] {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(
            SearchIndex::open(&folder.path().join("search")).expect("it opens").rebuilt,
            "a new index is to be filled"
        );
        filled(&folder.path().join("search"), release);
        let opened = SearchIndex::open(&folder.path().join("search")).expect("it opens");
        assert!(!opened.rebuilt);
        assert_eq!(opened.index.applied().expect("a payload"), applied(3));
        assert_eq!(total(&opened.index, "gradient "), 1);
        opened.index.check().expect("all sums are right");
    }
}

#[test]
fn a_damaged_index_is_begun_anew_and_says_so() {
    for (extension, release) in [("store", false), ("idx", false), ("term", false), ("pos", false), ("fast", false)] {
        let folder = tempfile::tempdir().expect("a folder");
        filled(folder.path(), release);
        segment_files(folder.path(), extension).iter().for_each(|path| flip_a_byte(path));
        let opened = SearchIndex::open(folder.path()).expect("damage is no error");
        assert!(opened.rebuilt, "damage in .{extension} is seen");
        assert_eq!(opened.index.applied().expect("a payload"), BTreeMap::new());
        opened.index.apply(vec![paper(2, "salt again")], &applied(4)).expect("it can be filled again");
        assert_eq!((total(&opened.index, "again "), total(&opened.index, "gradient ")), (1, 0));
    }
}

#[test]
fn files_that_are_cut_or_missing_are_seen() {
    let damages: [fn(&Path); 4] = [
        |folder| segment_files(folder, "term").iter().for_each(|path| fs::remove_file(path).expect("removed")),
        |folder| segment_files(folder, "store").iter().for_each(|path| fs::write(path, b"").expect("emptied")),
        |folder| fs::write(folder.join("papers/meta.json"), b"").expect("emptied"),
        |folder| fs::remove_dir_all(folder.join("pages")).expect("removed"),
    ];
    for (nth, damage) in damages.into_iter().enumerate() {
        for release in [true, false] {
            let folder = tempfile::tempdir().expect("a folder");
            filled(folder.path(), release);
            damage(folder.path());
            assert!(SearchIndex::open(folder.path()).expect("damage is no error").rebuilt, "damage {nth}");
        }
    }
}

#[test]
fn a_later_check_sees_what_opening_trusts() {
    let folder = tempfile::tempdir().expect("a folder");
    filled(folder.path(), true);
    segment_files(folder.path(), "store").iter().for_each(|path| flip_a_byte(path));
    let opened = SearchIndex::open(folder.path()).expect("it opens");
    assert!(!opened.rebuilt, "files that were synced are not read again at each start");
    assert!(opened.index.check().is_err());
    opened.index.clear().expect("it can be cleared");
    opened.index.check().expect("an empty index is sound");
    assert_eq!(opened.index.paper_count(), 0);
}

#[test]
fn an_index_cleared_while_it_is_searched_answers_on() {
    let folder = tempfile::tempdir().expect("a folder");
    filled(folder.path(), true);
    let index = SearchIndex::open(folder.path()).expect("it opens").index;
    std::thread::scope(|scope| {
        let searching = scope.spawn(|| (0..200).map(|_| total(&index, "salt ")).max());
        index.clear().expect("it can be cleared");
        index.apply(vec![paper(3, "salt once more")], &applied(1)).expect("it can be filled");
        assert!(searching.join().expect("each search is answered") <= Some(1));
    });
    assert_eq!(total(&index, "more "), 1);
}

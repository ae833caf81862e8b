//! Printed page labels rule wherever a page is named.

use super::Shelf;
use crate::pdf_maker::Maker;

const WORDS: [&str; 12] =
    ["aspen", "birch", "cedar", "elder", "hazel", "larch", "maple", "olive", "poplar", "rowan", "spruce", "willow"];

/// Twelve pages, each with one of the words, with these labels.
fn labelled(entries: &str) -> Vec<u8> {
    let mut maker = Maker::new();
    for (nth, word) in WORDS.iter().enumerate() {
        let first = format!("On a leaf about the {word} we write what we know");
        let second = ["of its wood,", "of its bark and leaves,", "of where it grows,"][nth % 3];
        maker = maker.page("", &[(72.0, 500.0 - nth as f32, 12.0, &first), (72.0, 480.0 - nth as f32, 12.0, second)]);
    }
    maker.catalogue(entries).finish()
}

#[tokio::test]
async fn labels_are_told_with_every_page_and_every_hit() {
    let roman = "/PageLabels << /Nums [0 << /S /r >> 4 << /S /D >> 10 << /S /D /P (A-) >>] >>";
    let kinds = [
        ("roman", roman, ["i", "ii", "iii", "iv", "1", "2", "3", "4", "5", "6", "A-1", "A-2"]),
        (
            "letters",
            "/PageLabels << /Nums [0 << /S /R >> 3 << /S /A /St 25 >> 6 << /S /a >>] >>",
            ["I", "II", "III", "Y", "Z", "AA", "a", "b", "c", "d", "e", "f"],
        ),
        (
            "journal",
            "/PageLabels << /Nums [0 << /S /D /St 301 >>] >>",
            ["301", "302", "303", "304", "305", "306", "307", "308", "309", "310", "311", "312"],
        ),
        (
            "cover",
            "/PageLabels << /Nums [0 << /P (Cover) >> 1 << /S /D >>] >>",
            ["Cover", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"],
        ),
        (
            "restart",
            "/PageLabels << /Nums [0 << /S /D >> 3 << /S /D >> 6 << /S /D /P <FEFF00A70020> /St 5 >>] >>",
            ["1", "2", "3", "1", "2", "3", "§ 5", "§ 6", "§ 7", "§ 8", "§ 9", "§ 10"],
        ),
        ("none", "", ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]),
        ("empty", "/PageLabels << /Nums [] >>", ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]),
        (
            "without style",
            "/PageLabels << /Nums [0 << >>] >>",
            ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"],
        ),
        ("broken", "/PageLabels 3 0 R", ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]),
    ];
    let files: Vec<(&str, Vec<u8>)> = kinds.iter().map(|(name, entries, _)| (*name, labelled(entries))).collect();
    let (shelf, papers) = Shelf::with(&files).await;
    for ((name, _, expected), paper) in kinds.iter().zip(&papers) {
        let labels: Vec<String> =
            shelf.layout(paper, "1-12").await.iter().map(|page| page["label"].as_str().unwrap().to_owned()).collect();
        assert_eq!(labels, expected, "{name}");
    }
    for (nth, word) in WORDS.iter().enumerate() {
        let found = shelf.search(word).await;
        assert_eq!(found["total"], kinds.len(), "{found}");
        for hit in found["hits"].as_array().unwrap() {
            let at = papers.iter().position(|paper| paper["key"] == hit["key"]).unwrap();
            let passage = &hit["passages"][0];
            assert_eq!(passage["page"], nth + 1, "{}: {passage}", kinds[at].0);
            assert_eq!(passage["page_label"], kinds[at].2[nth], "{}: {passage}", kinds[at].0);
        }
    }
}

#[tokio::test]
async fn odd_labels_cost_no_page() {
    let long = format!("/PageLabels << /Nums [0 << /S /D /P ({}) >>] >>", "x".repeat(3_000));
    let kinds = [
        ("unknown style", "/PageLabels << /Nums [0 << /S /X >> 2 << /S /D /St -3 >> 6 << /S /r /St 4999 >>] >>"),
        ("unsorted", "/PageLabels << /Nums [4 << /S /D >> 0 << /S /r >>] >>"),
        ("null", "/PageLabels << /Nums [0 null 2 << /S /D >>] >>"),
        ("beyond the end", "/PageLabels << /Nums [0 << /S /D >> 4000 << /S /r >>] >>"),
        ("negative", "/PageLabels << /Nums [-4 << /S /r >>] >>"),
        ("control characters", "/PageLabels << /Nums [0 << /S /D /P (a\\000b\\nc) >>] >>"),
        ("long", long.as_str()),
        ("circle", "/PageLabels << /Kids [1 0 R] >>"),
    ];
    let files: Vec<(&str, Vec<u8>)> = kinds.iter().map(|(name, entries)| (*name, labelled(entries))).collect();
    let (shelf, papers) = Shelf::with(&files).await;
    for ((name, _), paper) in kinds.iter().zip(&papers) {
        assert_eq!((&paper["file"]["state"], &paper["file"]["pages"]), (&"read".into(), &12.into()), "{name}");
        for page in shelf.layout(paper, "1-12").await {
            let label = page["label"].as_str().unwrap();
            assert!(!label.is_empty() && !label.chars().any(char::is_control), "{name}: {label:?}");
        }
    }
}

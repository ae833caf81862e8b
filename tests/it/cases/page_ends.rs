//! A phrase or a divided word that runs over a page end is found and marked on both pages, and shown without head and foot.

use serde_json::json;

use super::{Shelf, marked};
use crate::pdf_maker::{Maker, Placed};

const BODY: [&str; 8] = [
    "We repeated the fit with every fifth reading left out and found the same values again.",
    "The cost of the whole set-up was below that of a single commercial probe of this kind.",
    "No reading was changed by hand, and the script that removed the boats is quite short.",
    "The predicted arrival of the fresh water differs from the measured one by six minutes.",
    "A small group can build it in one afternoon with tools that most workshops own today.",
    "The code and the readings are kept together so that every figure can be made again.",
    "In summer a reading takes four seconds and in winter eleven, as was to be expected.",
    "Future work should place three floats in a line across the mouth of the small inlet.",
];

/// How heads and feet stand in the file: before the text, as many programs write them, or behind it.
#[derive(Clone, Copy)]
enum Furniture {
    First,
    Last,
}

/// Pages of running text between these first and last lines.
fn paper(furniture: Furniture, ends: &[(&str, &str)]) -> Vec<u8> {
    let mut maker = Maker::new();
    for (nth, (first, last)) in ends.iter().enumerate() {
        let number = (301 + nth).to_string();
        let head = if nth % 2 == 0 { "Small Basins 14" } else { "A. Muster and B. Probe" };
        let frame = [
            (72.0, 760.0, 9.0, head),
            (500.0, 760.0, 9.0, number.as_str()),
            (72.0, 40.0, 8.0, "free to share by the authors"),
        ];
        let mut body: Vec<Placed<'_>> = vec![(72.0, 700.0, 10.0, *first)];
        let shift = nth * 3;
        for row in 0..30_usize {
            body.push((72.0, 684.0 - 16.0 * row as f32, 10.0, BODY[(row * 5 + shift) % BODY.len()]));
        }
        body.push((72.0, 200.0, 10.0, *last));
        let all = match furniture {
            Furniture::First => [frame.to_vec(), body].concat(),
            Furniture::Last => [body, frame.to_vec()].concat(),
        };
        maker = maker.page("", &all);
    }
    maker.finish()
}

const ENDS: [(&str, &str); 6] = [
    ("The gate was opened at noon, and we began to read.", "At the end of the warm season the measured salt gradient"),
    (
        "reversed at dusk and stayed so until the gate was closed.",
        "All water of the lower part and of the upper catch-",
    ),
    ("ment passes the northern gate, and none of it the other.", "This is what everybody calls a well-"),
    ("known fact, and a well-known one does not need a proof.", "We thank the keepers."),
    ("A new part of the text begins on this page of the paper.", "It ends with a whole sentence."),
    ("Another one begins here and is the last of this paper.", "The end of the paper is here."),
];

#[tokio::test]
async fn what_runs_over_a_page_end_is_found_in_one_piece() {
    let files = [("first", paper(Furniture::First, &ENDS)), ("last", paper(Furniture::Last, &ENDS))];
    let (shelf, papers) = Shelf::with(&files).await;
    let expected: [(&str, u64, &[&str], &[&str]); 5] = [
        ("\"salt gradient reversed at dusk\"", 1, &["salt gradient"], &["reversed at dusk"]),
        ("\"measured salt gradient reversed\"", 1, &["measured salt gradient"], &["reversed"]),
        ("\"upper catchment passes\"", 2, &["upper catch"], &["ment passes"]),
        ("catchment", 2, &["catch"], &["ment"]),
        ("\"well-known fact\"", 3, &["well"], &["known fact"]),
    ];
    for (query, page, here, there) in expected {
        let found = shelf.search(query).await;
        assert_eq!(found["total"], papers.len(), "{query}: {found}");
        for hit in found["hits"].as_array().unwrap() {
            let passages = hit["passages"].as_array().unwrap();
            let passage =
                passages.iter().find(|passage| passage["page"] == page).unwrap_or_else(|| panic!("{query}: {hit}"));
            let rest = &passage["continues"];
            assert_eq!((marked(passage), marked(rest)), (owned(here), owned(there)), "{query}: {passage}");
            assert_eq!(rest["page"], json!(page + 1), "{query}");
            for text in [&passage["text"], &rest["text"]] {
                let text = text.as_str().unwrap();
                for furniture in ["Small Basins", "A. Muster", "free to share", "301", "302", "303", "304"] {
                    assert!(!text.contains(furniture), "{query}: {text}");
                }
            }
        }
    }
}

#[tokio::test]
async fn heads_and_feet_are_not_found_and_part_no_phrase() {
    let (shelf, papers) = Shelf::with(&[("first", paper(Furniture::First, &ENDS))]).await;
    for query in
        ["\"Small Basins\"", "\"free to share\"", "\"gradient A Muster\"", "\"gradient 302\"", "\"catch ment\""]
    {
        let found = shelf.search(query).await;
        let on_pages: Vec<u64> = found["hits"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|hit| hit["passages"].as_array().unwrap())
            .filter_map(|passage| passage["page"].as_u64())
            .collect();
        assert!(on_pages.is_empty(), "{query}: {found}");
    }
    // A sentence that ends with the page does not run into the next.
    let hit = shelf.find("\"keepers a new part\"").await;
    assert_eq!(hit["key"], papers[0]["key"]);
    assert_eq!(shelf.search("\"keepers another one\"").await["total"], 0);
}

#[tokio::test]
async fn a_page_that_is_nothing_but_a_heading_is_found() {
    let mut maker = Maker::new();
    for nth in 1..=5 {
        maker = maker.page("", &[(72.0, 700.0, 20.0, &format!("Slide {nth} about the quokka"))]);
    }
    let (shelf, _) = Shelf::with(&[("slides", maker.finish())]).await;
    let hit = shelf.find("quokka").await;
    assert_eq!(marked(&hit["passages"][0]), ["quokka"]);
    assert_eq!(shelf.find("\"slide 4\"").await["passages"][0]["page"], 4);
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

//! Bold that is made by printing twice is text once; letters that are double in the word stay double.

use std::fmt::Write as _;

use super::{Shelf, boxes_of_mark, marked};
use crate::pdf_maker::Maker;

const HEADING: &str = "Cheap probes for brackish water";
const DOUBLES: &str = "The words book, committee, 1100, aa and llama hold doubles.";

fn show(x: f32, y: f32, size: f32, words: &str) -> String {
    format!("BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n")
}

/// A page whose heading is printed as `content` says, above running text.
fn paper(content: &str) -> Vec<u8> {
    let mut maker = Maker::new();
    let body = format!("{content}{}", show(72.0, 600.0, 10.0, DOUBLES));
    maker.raw_page("", body.as_bytes());
    maker.finish()
}

/// The same words at several places.
fn printed_at(size: f32, places: &[(f32, f32)]) -> String {
    places.iter().map(|(x, y)| show(72.0 + x, 700.0 + y, size, HEADING)).collect()
}

/// Widths of the font's letters, in thousandths of its size.
fn width(letter: char) -> f32 {
    match letter {
        'i' | 'l' => 222.0,
        ' ' | 'f' | 't' => 278.0,
        'r' => 333.0,
        'c' | 'k' | 's' => 500.0,
        'w' => 722.0,
        'C' => 722.0,
        _ => 556.0,
    }
}

/// Every letter by itself, `prints` times, each print a little farther right, as own objects.
fn letter_by_letter(prints: u8, step: f32) -> String {
    let mut x = 72.0;
    let mut out = String::new();
    for letter in HEADING.chars() {
        for print in 0..prints {
            out += &show(x + step * f32::from(print), 700.0, 14.0, &letter.to_string());
        }
        x += width(letter) * 0.014;
    }
    out
}

/// The same within one object, by moving back.
fn within_one_object(step: f32) -> String {
    let mut out = String::from("BT /F1 14 Tf 1 0 0 1 72 700 Tm [");
    for letter in HEADING.chars() {
        let back = width(letter) - step / 0.014;
        let _ = write!(out, "({letter}) {back} ({letter}) {} ", step / 0.014);
    }
    out + "] TJ ET\n"
}

#[tokio::test]
async fn what_is_printed_twice_is_read_found_and_marked_once() {
    let grey = |content: String| format!("0.7 g\n{content}0 g\n");
    let turned: String =
        ["200", "200.4"].map(|y| format!("BT /F1 14 Tf 0 1 -1 0 300 {y} Tm ({HEADING}) Tj ET\n")).concat();
    let kinds = [
        ("two prints", printed_at(14.0, &[(0.0, 0.0), (0.4, 0.0)])),
        ("three prints", printed_at(14.0, &[(0.0, 0.0), (0.3, 0.0), (0.6, 0.0)])),
        ("four prints around", printed_at(14.0, &[(0.0, 0.0), (0.3, 0.0), (0.0, 0.3), (0.3, 0.3)])),
        ("a wide print", printed_at(20.0, &[(0.0, 0.0), (1.2, 0.0)])),
        ("a shadow", grey(printed_at(20.0, &[(1.5, -1.5)])) + &printed_at(20.0, &[(0.0, 0.0)])),
        (
            "outline over fill",
            format!("{}1 Tr 0.3 w\n{}0 Tr\n", printed_at(14.0, &[(0.0, 0.0)]), printed_at(14.0, &[(0.0, 0.0)])),
        ),
        ("fill and outline at once", format!("2 Tr 0.3 w\n{}0 Tr\n", printed_at(14.0, &[(0.0, 0.0)]))),
        ("letter by letter", letter_by_letter(2, 0.4)),
        ("letter by letter three times", letter_by_letter(3, 0.25)),
        ("within one object", within_one_object(0.4)),
        ("turned", turned),
        ("only its beginning twice", printed_at(14.0, &[(0.0, 0.0)]) + &show(72.4, 700.0, 14.0, "Cheap probes")),
        ("the longer print second", show(72.0, 700.0, 14.0, "Cheap probes") + &printed_at(14.0, &[(0.4, 0.0)])),
        (
            "far apart in the file",
            printed_at(14.0, &[(0.0, 0.0)])
                + &show(72.0, 500.0, 10.0, "More words.")
                + &printed_at(14.0, &[(0.4, 0.0)]),
        ),
    ];
    let files: Vec<(&str, Vec<u8>)> = kinds.iter().map(|(name, content)| (*name, paper(content))).collect();
    let (shelf, papers) = Shelf::with(&files).await;
    for ((name, _), paper) in kinds.iter().zip(&papers) {
        let text = shelf.text(paper).await;
        assert_eq!(text.matches(HEADING).count(), 1, "{name}: {text}");
        assert_eq!(text.matches("probes").count(), 1, "{name}: {text}");
        assert!(text.contains(DOUBLES), "{name}: {text}");
    }
    let found = shelf.search("\"Cheap probes for brackish water\"").await;
    // What stands alone and sideways is taken for a stamp.
    assert_eq!(found["total"], kinds.len() - 1, "{found}");
    for hit in found["hits"].as_array().unwrap() {
        let passage = &hit["passages"][0];
        assert_eq!(marked(passage), [HEADING], "{hit}");
        let nth = papers.iter().position(|paper| paper["key"] == hit["key"]).unwrap();
        let page = &shelf.layout(&papers[nth], "1").await[0];
        assert_eq!(boxes_of_mark(passage, page).len(), 5, "{}: one box a word", kinds[nth].0);
    }
}

#[tokio::test]
async fn equal_words_beside_and_below_each_other_all_stay() {
    let mut table = String::new();
    for row in 0..3_u8 {
        for column in 0..4_u8 {
            table += &show(72.0 + 60.0 * f32::from(column), 700.0 - 12.0 * f32::from(row), 10.0, "100");
        }
    }
    let small = show(72.0, 650.0, 6.0, "illegal llama ill III 111");
    let (shelf, papers) = Shelf::with(&[("table", paper(&(table + &small)))]).await;
    let text = shelf.text(&papers[0]).await;
    assert_eq!(text.matches("100").count(), 12 + 1, "{text}");
    assert!(text.contains("illegal llama ill III 111"), "{text}");
}

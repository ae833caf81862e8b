//! Words divided at the end of a line, a column or a page are found whole, and both parts are marked.

use super::fonts::to_unicode;
use super::{Shelf, boxes_of_mark, marked};
use crate::pdf_maker::{Maker, Placed};

fn column<'a>(x: f32, top: f32, texts: &[&'a str]) -> Vec<Placed<'a>> {
    texts.iter().zip(0_u16..).map(|(text, nth)| (x, top - 12.0 * f32::from(nth), 10.0, *text)).collect()
}

fn one_page(texts: &[&str]) -> Vec<u8> {
    Maker::new().page("", &column(72.0, 700.0, texts)).finish()
}

#[tokio::test]
async fn a_word_is_found_whole_wherever_it_is_divided() {
    let lines = one_page(&["The green part is the seat of photo-", "synthesis, as every pupil knows."]);
    let left = column(72.0, 400.0, &["More of the left column stands here", "and at its foot we come to the thermo-"]);
    let right = column(320.0, 700.0, &["dynamics of the basin, which needs no", "new words at all."]);
    let columns = Maker::new().page("", &[left, right].concat()).finish();
    let first = column(72.0, 300.0, &["Running text of the first page stands", "above, and its last word is hydro-"]);
    let second = column(72.0, 700.0, &["logical tables follow on the next leaf,", "and then nothing more."]);
    let pages = Maker::new().page("", &first).page("", &second).finish();
    let (shelf, papers) = Shelf::with(&[("lines", lines), ("columns", columns), ("pages", pages)]).await;
    for (nth, query) in [(0, "photosynthesis"), (1, "thermodynamics"), (2, "hydrological")] {
        let hit = shelf.find(query).await;
        assert_eq!(hit["key"], papers[nth]["key"], "{query}");
    }
    shelf.find("\"seat of photosynthesis\"").await;
    shelf.find("\"thermodynamics of the basin\"").await;
    let hit = shelf.find("\"hydrological tables\"").await;
    let passage = &hit["passages"][0];
    assert_eq!(
        (marked(passage), marked(&passage["continues"])),
        (vec!["hydro".to_owned()], vec!["logical tables".to_owned()])
    );
    assert_eq!(passage["continues"]["page"], 2);

    // Both parts are marked, each on its line.
    let hit = shelf.find("photosynthesis").await;
    let passage = &hit["passages"][0];
    assert_eq!(marked(passage), ["photosynthesis"], "shown joined");
    let boxes = boxes_of_mark(passage, &shelf.layout(&papers[0], "1").await[0]);
    assert_eq!(boxes.len(), 2, "{boxes:?}");
    assert!(boxes[0][1] > boxes[1][3] - 4.0 && boxes[0][0] > boxes[1][0] + 50.0, "{boxes:?}");
}

#[tokio::test]
async fn a_true_hyphen_stays_where_a_line_ends() {
    let words = [
        ("well-known", "well-", "known"),
        ("long-term", "long-", "term"),
        ("re-examined", "re-", "examined"),
        ("Navier-Stokes", "Navier-", "Stokes"),
        ("COVID-19", "COVID-", "19"),
        ("X-ray", "X-", "ray"),
        ("2031-2033", "2031-", "2033"),
    ];
    let mut texts = Vec::new();
    let halves: Vec<(String, String)> = words
        .iter()
        .map(|(_, first, second)| (format!("Here it is {first}"), format!("{second} as is proper.")))
        .collect();
    for (first, second) in &halves {
        texts.extend([first.as_str(), second.as_str()]);
    }
    let (shelf, papers) = Shelf::with(&[("true", one_page(&texts))]).await;
    let text = shelf.text(&papers[0]).await;
    for (word, ..) in words {
        assert!(text.contains(word), "{word}: {text}");
        shelf.find(word).await;
        shelf.find(&format!("\"{word} as\"")).await;
    }
    assert_eq!(shelf.search("wellknown").await["total"], 0);
}

#[tokio::test]
async fn a_shortened_word_keeps_its_space() {
    let file = one_page(&[
        "Die Ein- und Ausgabe, kurz- ",
        "und langfristig, short- and long-",
        "term effects - all of them -",
        "were seen.",
    ]);
    let (shelf, papers) = Shelf::with(&[("short", file)]).await;
    let text = shelf.text(&papers[0]).await;
    assert!(text.contains("Ein- und Ausgabe"), "{text}");
    assert!(text.contains("short- and long-term effects - all of them -"), "{text}");
    for query in ["langfristig", "\"kurz- und langfristig\"", "long-term", "\"effects all of them\""] {
        shelf.find(query).await;
    }
}

#[tokio::test]
async fn hyphens_of_all_kinds_divide_and_join() {
    // (code of the sign, what is found)
    let kinds = [("00AD", true), ("2010", true), ("2011", false)];
    let mut files = Vec::new();
    for (sign, _) in kinds {
        let mut maker = Maker::new();
        let codes = to_unicode(&mut maker, 1, &[("7E".to_owned(), sign.to_owned())]);
        let font = maker.object(format!(
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode {codes} 0 R >>"
        ));
        maker.font("Own", font);
        let texts = ["The seat of photo~", "synthesis is here, and a well~known fact."];
        let content: String = texts
            .iter()
            .zip([700, 686])
            .map(|(text, y)| format!("BT /Own 12 Tf 1 0 0 1 72 {y} Tm ({text}) Tj ET\n"))
            .collect();
        maker.raw_page("", content.as_bytes());
        files.push((sign, maker.finish()));
    }
    let (shelf, papers) = Shelf::with(&files).await;
    let divided = shelf.keys("photosynthesis").await;
    for ((sign, joins), paper) in kinds.iter().zip(&papers) {
        let key = paper["key"].as_str().unwrap().to_owned();
        assert_eq!(divided.contains(&key), *joins, "{sign}");
        assert!(shelf.keys("well-known").await.contains(&key), "{sign}");
        assert!(shelf.keys("\"well-known fact\"").await.contains(&key), "{sign}");
    }
}

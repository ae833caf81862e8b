//! Pages whose boxes do not begin at 0,0, that are turned, scaled or cropped: marks lie on the words.

use serde_json::{Value, json};

use super::{Shelf, boxes_of_mark};
use crate::pdf_maker::Maker;

/// Entries of a page, and its width, height, turn and visible box as the API tells them.
const PAGES: [(&str, [f64; 2], u64, [f64; 4]); 11] = [
    ("/MediaBox [50 60 650 850]", [600.0, 790.0], 0, [50.0, 60.0, 650.0, 850.0]),
    ("/MediaBox [-100 -50 600 850]", [700.0, 900.0], 0, [-100.0, -50.0, 600.0, 850.0]),
    ("/MediaBox [0 0 700 900] /CropBox [60 80 640 860]", [580.0, 780.0], 0, [60.0, 80.0, 640.0, 860.0]),
    ("/MediaBox [0 0 700 900] /Rotate 90", [900.0, 700.0], 90, [0.0, 0.0, 700.0, 900.0]),
    ("/MediaBox [0 0 700 900] /Rotate 180", [700.0, 900.0], 180, [0.0, 0.0, 700.0, 900.0]),
    ("/MediaBox [10 20 700 900] /CropBox [60 80 640 860] /Rotate 270", [780.0, 580.0], 270, [60.0, 80.0, 640.0, 860.0]),
    ("/MediaBox [0 0 700 900] /Rotate -90", [900.0, 700.0], 270, [0.0, 0.0, 700.0, 900.0]),
    ("/MediaBox [0 0 700 900] /Rotate 450", [900.0, 700.0], 90, [0.0, 0.0, 700.0, 900.0]),
    ("/MediaBox [700 900 0 0]", [700.0, 900.0], 0, [0.0, 0.0, 700.0, 900.0]),
    ("/MediaBox [0 0 700 900] /CropBox [-50 -50 9000 9000]", [700.0, 900.0], 0, [0.0, 0.0, 700.0, 900.0]),
    ("/MediaBox [0 0 700 900] /UserUnit 2", [700.0, 900.0], 0, [0.0, 0.0, 700.0, 900.0]),
];

#[tokio::test]
async fn marks_lie_on_the_words_whatever_the_boxes_are() {
    let mut maker = Maker::new();
    for (nth, (entries, ..)) in PAGES.iter().enumerate() {
        let line = format!("before it, the target phrase {nth} and what follows");
        maker = maker.page(entries, &[(120.0, 740.0, 14.0, "A page of boxes"), (120.0, 700.0, 12.0, &line)]);
    }
    let (shelf, papers) = Shelf::with(&[("boxes", maker.finish())]).await;
    let layout = shelf.layout(&papers[0], &format!("1-{}", PAGES.len())).await;
    let places =
        shelf.app.get(&shelf.ada, &shelf.path(&papers[0], "places?q=%22target%20phrase%22&limit=200")).await.json();
    let passages = places["passages"].as_array().unwrap();
    assert_eq!(passages.len(), PAGES.len(), "{places}");
    for ((page, passage), (entries, [width, height], rotate, crop)) in layout.iter().zip(passages).zip(PAGES) {
        assert_eq!((&page["width"], &page["height"]), (&json!(width), &json!(height)), "{entries}");
        assert_eq!((&page["rotate"], &page["crop"]), (&json!(rotate), &json!(crop)), "{entries}");
        let boxes = boxes_of_mark(passage, page);
        assert_eq!(boxes.len(), 2, "{entries}");
        // "before it, the " is 70 points wide in this font and size; the baseline is at 700.
        let [left, bottom, _, top] = boxes[0];
        assert!((left - 190.0).abs() < 1.0, "{entries}: {boxes:?}");
        assert!(bottom < 700.0 && bottom > 692.0 && top > 708.0 && top < 716.0, "{entries}: {boxes:?}");
        assert!(boxes[1][0] > boxes[0][2] && boxes[1][0] - boxes[0][2] < 5.0, "{entries}: {boxes:?}");
    }
}

#[tokio::test]
async fn words_on_a_form_that_is_moved_and_turned_have_their_true_place() {
    let mut maker = Maker::new();
    let content = "q 0 1 -1 0 500 100 cm BT /F1 12 Tf 1 0 0 1 120 300 Tm (the target phrase) Tj ET Q\n\
                   BT /F1 12 Tf 72 700 Td (and plain words) Tj ET\n";
    maker.raw_page("/Rotate 90", content.as_bytes());
    let (shelf, papers) = Shelf::with(&[("form", maker.finish())]).await;
    let hit = shelf.find("\"target phrase\"").await;
    let page = &shelf.layout(&papers[0], "1").await[0];
    let boxes = boxes_of_mark(&hit["passages"][0], page);
    // Written upwards from 200,220: the boxes stand, one above the other.
    assert!(boxes.iter().all(|[x0, _, x1, _]| *x0 > 185.0 && *x1 < 205.0), "{boxes:?}");
    assert!(boxes[1][1] > boxes[0][3] && boxes[0][1] > 236.0, "{boxes:?}");
}

#[tokio::test]
async fn what_was_cropped_away_is_no_text_of_the_page() {
    let lines = [
        (120.0, 700.0, 12.0, "What is seen on the page"),
        (100.0, 20.0, 8.0, "proofslug.indd 12 of 14"),
        (120.0, 880.0, 8.0, "cropmarks above"),
        (5.0, 400.0, 8.0, "farleft"),
        (645.0, 400.0, 8.0, "farright"),
        (560.0, 300.0, 12.0, "a line that runs over the edge"),
    ];
    let file = Maker::new().page("/MediaBox [0 0 700 900] /CropBox [60 80 640 860]", &lines).finish();
    let no_box = Maker::new().page("/MediaBox [0 0 700 900] /CropBox [800 800 900 900]", &lines).finish();
    let (shelf, papers) = Shelf::with(&[("cropped", file), ("nothing left", no_box)]).await;
    let seen = shelf.text(&papers[0]).await;
    assert_eq!(seen.trim(), "What is seen on the page\na line that runs over the edge");
    assert!(shelf.text(&papers[1]).await.contains("What is seen on the page"), "a box beside the page says nothing");
    let keys = shelf.keys("proofslug").await;
    assert!(!keys.contains(&papers[0]["key"].as_str().unwrap().to_owned()));
    let shown: &Value = &shelf.layout(&papers[0], "1").await[0]["words"];
    assert_eq!(shown.as_array().unwrap().len(), 13);
}

//! Chinese, Japanese and Korean text from fonts that are carried in the file, drawn in it, or only named.

use serde_json::json;

use super::fonts::{Font, lines, with_letters};
use super::{Shelf, boxes_of_mark, marked};

const TITLE: &str = "潮汐港湾中淡水缓慢混合的低成本测量";
const BODY: [&str; 4] = [
    TITLE,
    "本文用自制电极在一个小港湾中连续三周每小时测量盐",
    "度。降雨之后上层水在数分钟内变淡，而下层水需要数小时。",
    "The salt of an inlet 每小时 measured.",
];

#[tokio::test]
async fn words_without_spaces_are_found_whatever_font_they_come_from() {
    let files = [
        ("named", with_letters(Font::Named, &[lines(&BODY)])),
        ("drawn", with_letters(Font::Drawn, &[lines(&BODY)])),
        ("chinese", with_letters(Font::Chinese, &[lines(&BODY)])),
    ];
    let (shelf, papers) = Shelf::with(&files).await;
    for ((name, _), paper) in files.iter().zip(&papers) {
        let text = shelf.text(paper).await;
        assert!(text.starts_with(TITLE), "{name}: {text}");
        assert!(text.contains("The salt of an inlet 每小时 measured."), "{name}: {text}");
        assert_eq!(paper["file"]["state"], "read", "{name}");
    }
    for query in ["港湾", "淡水缓慢", "盐度", "\"低成本测量\"", "湾", "每小时 inlet"] {
        let found = shelf.search(query).await;
        assert_eq!(found["total"], 3, "{query}: {found}");
        for hit in found["hits"].as_array().unwrap() {
            assert!(!hit["passages"].as_array().unwrap().is_empty(), "{query}: {hit}");
        }
    }
    for query in ["港中", "水淡", "测港湾"] {
        assert_eq!(shelf.search(query).await["total"], 0, "{query}: signs that do not follow each other");
    }
}

#[tokio::test]
async fn marks_lie_on_the_signs_that_were_asked_for() {
    let file = with_letters(Font::Drawn, &[lines(&BODY)]);
    let (shelf, papers) = Shelf::with(&[("drawn", file)]).await;
    let hit = shelf.find("淡水").await;
    let passage = &hit["passages"][0];
    assert_eq!(marked(passage)[0], "淡水");
    let page = &shelf.layout(&papers[0], "1").await[0];
    let boxes = boxes_of_mark(passage, page);
    let (left, right) = (boxes[0][0], boxes[boxes.len() - 1][2]);
    // The sixth and seventh sign of a line that begins at 72, each as wide as its size.
    assert!((left - 132.0).abs() < 1.0 && (right - 156.0).abs() < 1.5, "{boxes:?}");

    let divided = shelf.find("盐度").await;
    assert_eq!(marked(&divided["passages"][0]).concat().chars().filter(|c| *c != ' ').collect::<String>(), "盐度");
}

#[tokio::test]
async fn headings_and_names_that_are_spread_by_spaces_are_found() {
    let spread = ["摘　要：本文测量盐度", "张　三，李四五", "关 键 词：电极", "ＡＢＣ１２３ 与 ２０３１年"];
    let (shelf, _) = Shelf::with(&[("spread", with_letters(Font::Named, &[lines(&spread)]))]).await;
    for query in ["摘要", "张三", "关键词", "\"关键词\"", "李四五", "abc123", "2031年"] {
        shelf.find(query).await;
    }
    assert_eq!(shelf.search("三李").await["total"], 0);
}

#[tokio::test]
async fn japanese_and_korean_are_found() {
    let japanese = with_letters(Font::Named, &[lines(&["浅い湾における塩分の測定", "データを一時間ごとに保存した。"])]);
    let korean = with_letters(Font::Named, &[lines(&["작은 만에서의 염분 측정", "우리는 매시간 값을 저장하였다."])]);
    let (shelf, papers) = Shelf::with(&[("ja", japanese), ("ko", korean)]).await;
    for (query, nth) in [("塩分", 0), ("データ", 0), ("ﾃﾞｰﾀ", 0), ("염분", 1), ("측정", 1)] {
        assert_eq!(shelf.keys(query).await, [papers[nth]["key"].as_str().unwrap()], "{query}");
    }
    assert_eq!(papers[0]["file"]["state"], json!("read"));
}

//! Letters with and without marks find each other, however they are composed.

use super::fonts::{Font, lines, with_letters};
use super::{Shelf, marked};

const TEXT: [&str; 9] = [
    "The séance at Łódź was naïve: Straße, Ångström, STRASSE",
    "Århus ærlig Œuvre Øresund þorn Đorđe",
    "Γάμμα ΓΆΜΜΑ λόγος ΛΌΓΟΣ",
    "Ёлки ёлки ЕЛКИ",
    "İstanbul ışık IŞIK",
    "de\u{301}compose\u{301} Z\u{30c}iz\u{30c}kova\u{301} cafe\u{301}",
    "Käse Größe Übermut Çelik Iñaki Dvořák Müller",
    "\u{fb01}nal o\u{fb03}ce \u{fb02}ow",
    "H₂O µm x²",
];

#[tokio::test]
async fn every_spelling_finds_every_other() {
    let file = with_letters(Font::Named, &[lines(&TEXT)]);
    let (shelf, papers) = Shelf::with(&[("letters", file)]).await;
    let text = shelf.text(&papers[0]).await;
    assert!(text.contains("décomposé Žižková café"), "marks are composed: {text}");
    let same: [(&[&str], &str); 22] = [
        (&["seance", "séance", "SÉANCE", "se\u{301}ance"], "séance"),
        (&["lodz", "Łódź", "łodz", "LODZ"], "Łódź"),
        (&["naive", "naïve"], "naïve"),
        (&["strasse", "straße", "STRASSE", "Straße"], "Straße"),
        (&["angstrom", "ångström", "aangstroem", "A\u{30a}ngstro\u{308}m"], "Ångström"),
        (&["arhus", "aarhus", "Århus"], "Århus"),
        (&["aerlig", "ærlig", "ÆRLIG"], "ærlig"),
        (&["oeuvre", "œuvre"], "Œuvre"),
        (&["oresund", "oeresund", "øresund", "ØRESUND"], "Øresund"),
        (&["thorn", "þorn"], "þorn"),
        (&["dorde", "đorđe"], "Đorđe"),
        (&["γαμμα", "γάμμα", "ΓΆΜΜΑ", "ΓΑΜΜΑ"], "Γάμμα"),
        (&["λόγος", "λογος", "ΛΟΓΟΣ", "λογοσ"], "λόγος"),
        (&["ёлки", "елки", "ЁЛКИ", "ЕЛКИ"], "Ёлки"),
        (&["istanbul", "İstanbul", "ISTANBUL", "İSTANBUL"], "İstanbul"),
        (&["isik", "ışık", "IŞIK"], "ışık"),
        (&["decompose", "décomposé", "de\u{301}compose\u{301}"], "décomposé"),
        (&["zizkova", "Žižková", "ŽIŽKOVÁ"], "Žižková"),
        (&["grosse", "größe", "groesse", "GRÖSSE", "GROESSE"], "Größe"),
        (&["muller", "mueller", "müller", "MÜLLER"], "Müller"),
        (&["office", "o\u{fb03}ce", "OFFICE"], "office"),
        (&["h2o", "H₂O"], "H₂O"),
    ];
    for (spellings, written) in same {
        for typed in spellings {
            let hit = shelf.find(typed).await;
            assert_eq!(marked(&hit["passages"][0])[0], written, "{typed}");
        }
    }
    for other in ["seances-verbal", "lodge", "arhuss", "γαμα", "isika"] {
        assert_eq!(shelf.search(other).await["total"], 0, "{other}");
    }
}

#[tokio::test]
async fn the_paper_with_the_typed_spelling_comes_first() {
    let page = |line: &str| with_letters(Font::Named, &[lines(&["Ein Titel", line])]);
    let files = [
        ("a", page("Der Müller mahlt, Müller und Müller.")),
        ("b", page("Der Mueller mahlt.")),
        ("c", page("Der Muller mahlt.")),
    ];
    let (shelf, papers) = Shelf::with(&files).await;
    for (nth, typed) in [(0, "Müller"), (2, "Muller")] {
        let keys = shelf.keys(typed).await;
        assert!(keys.len() >= 2, "{typed}: {keys:?}");
        assert_eq!(keys[0], papers[nth]["key"].as_str().unwrap(), "{typed}");
    }
    assert!(shelf.keys("mueller").await.contains(&papers[1]["key"].as_str().unwrap().to_owned()));
}

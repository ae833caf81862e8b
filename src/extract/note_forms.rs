//! How notes cite again and in short: "ibid.", "op. cit.", "a.a.O.", "supra note 3"; and citations without a bracket.

use super::lexicon::PARTICLES;
use super::names::{self, NameOrder};
use super::tuning as t;
use super::volume::years_in;
use super::wording::words;
use crate::domain::facts::{Author, Reference};

/// Words before a citation that are no part of it.
const LEADS: &[&str] = &[
    "see also ",
    "see, for example, ",
    "see, e.g., ",
    "see e.g. ",
    "see ",
    "cf. also ",
    "cf. ",
    "compare ",
    "and compare ",
    "and ",
    "also ",
    "vgl. auch ",
    "vgl. dazu ",
    "vgl. hierzu ",
    "vgl. ",
    "siehe auch ",
    "siehe dazu ",
    "siehe ",
    "s. auch ",
    "so auch ",
    "dazu ",
    "voir aussi ",
    "voir ",
    "véase ",
    "cfr. ",
    "e.g. ",
    "for example ",
    "but see ",
    "quoted in ",
    "cited in ",
    "zit. nach ",
    "zitiert nach ",
    "so ",
];

/// Parts of a note: between semicolons outside brackets, and sentences that begin with "See" or the like.
pub(super) fn parts(text: &str) -> Vec<&str> {
    const OPENING: &[&str] = &["See ", "Cf. ", "Compare ", "But see ", "Vgl. ", "Siehe ", "Voir ", "Véase ", "Cfr. "];
    let mut out = Vec::new();
    let (mut from, mut depth) = (0, 0i32);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ';' if depth <= 0 => {
                out.push(text[from..at].trim());
                from = at + 1;
            }
            '.' if depth <= 0 && OPENING.iter().any(|word| text[at + 1..].trim_start().starts_with(word)) => {
                out.push(text[from..=at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    out.push(text[from..].trim());
    out.retain(|part| !part.is_empty());
    out
}

/// A part without the words before its citation.
pub(super) fn strip_lead(part: &str) -> &str {
    let mut rest = part.trim_start();
    while let Some(behind) = LEADS.iter().find_map(|lead| without(rest, lead)) {
        rest = behind.trim_start();
    }
    rest
}

/// What follows a beginning given in small letters.
fn without<'a>(text: &'a str, lead: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    lead.chars().all(|c| rest.next().is_some_and(|d| d.to_lowercase().eq([c]))).then_some(rest.as_str())
}

/// Whether a part means the work cited right before.
pub(super) fn is_ibid(part: &str) -> bool {
    const WORDS: &[&str] = &[
        "ibidem",
        "ibid",
        "ebenda",
        "ebd",
        "idem",
        "id.",
        "loc. cit",
        "l.c.",
        "a.a.o",
        "a. a. o",
        "там же",
        "同上",
        "同前",
    ];
    WORDS.iter().any(|word| without(part, word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic)))
}

/// "Idem, Title (…)": what follows the word that stands for the author named before.
pub(super) fn same_author(part: &str) -> Option<&str> {
    let rest = ["idem", "ders.", "dies.", "id.", "eadem"].iter().find_map(|word| without(part, word))?;
    let rest = rest.trim_start_matches([',', ':', ' ']);
    (words(rest).filter(|word| word.chars().count() > 2 && word.chars().any(char::is_alphabetic)).count() >= 3)
        .then_some(rest)
}

/// A short form without the words that only point back.
pub(super) struct Bare {
    pub text: String,
    /// The note to which it points.
    pub note: Option<u32>,
}

/// Takes "op. cit.", "a.a.O.", "supra note 3", "(wie Anm. 3)" out of a short form.
pub(super) fn without_back_reference(part: &str) -> Bare {
    const POINTERS: &[&str] = &[
        "op. cit",
        "op.cit",
        "loc. cit",
        "loc.cit",
        "art. cit",
        "art.cit",
        "ouvr. cité",
        "a. a. o",
        "a.a.o",
        "wie anm",
        "supra note",
        "supra n",
        "supra",
        "above, note",
        "above, n",
        "above note",
        "above n",
        "anm",
        "fn",
        "note",
        "n",
    ];
    let mut text = part.to_owned();
    let mut note = None;
    for pointer in POINTERS {
        let place = text.char_indices().map(|(at, _)| at).find(|&at| {
            let whole = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let behind = without(&text[at..], pointer).filter(|_| whole);
            behind.is_some_and(|rest| rest.chars().next().is_none_or(|c| !c.is_alphanumeric()))
        });
        let Some(at) = place else { continue };
        let behind = without(&text[at..], pointer).unwrap_or("").trim_start_matches(['.', ' ']);
        let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
        let points =
            !matches!(*pointer, "supra" | "note" | "n" | "anm" | "fn") || !digits.is_empty() || *pointer == "supra";
        if !points {
            continue;
        }
        let to_note = pointer.ends_with("note")
            || matches!(*pointer, "supra n" | "above n" | "above, n" | "wie anm" | "anm" | "fn" | "n");
        if to_note && note.is_none() {
            note = digits.parse().ok();
        }
        let rest = if to_note { &behind[digits.len()..] } else { behind };
        text = format!(
            "{} {}",
            text[..at].trim_end_matches(['(', '[', ' ', ',']),
            rest.trim_start_matches([')', ']', '.', ' '])
        );
    }
    Bare { text: text.trim().to_owned(), note }
}

/// "Dina Voorbeeld: Die kleine Buchhaltung. 2. Aufl., Gent 2033, S. 211": place and year end the citation, or pages
/// behind them.
pub(super) fn unbracketed(part: &str) -> Option<Reference> {
    let (authors, rest) = leading_names(part)?;
    let year = years_in(rest).filter(|year| (1500..2100).contains(year)).last()?;
    let at = rest.rfind(&year.to_string())?;
    let before = rest[..at].trim_end_matches(|c: char| c.is_whitespace() || "²³⁴¹".contains(c));
    // A place stands right before the year, behind a comma or a full stop.
    let (title, place) = before.rsplit_once([',', '.'])?;
    let placed = (1..=4).contains(&words(place).count())
        && words(place).all(|word| {
            word.chars().next().is_some_and(char::is_uppercase)
                || matches!(word, "am" | "a" | "an" | "der" | "im" | "u")
        });
    let behind = rest[at + 4..].trim_start();
    let ends = behind.is_empty() || behind.starts_with([',', '.', ';']);
    if !placed || !ends {
        return None;
    }
    let (title, venue) = [", in: ", ". in: ", ", in ", ". In: "]
        .iter()
        .find_map(|mark| title.split_once(mark))
        .map_or((title, None), |(title, venue)| (title, Some(venue)));
    let mut title = title.trim();
    // "2. Aufl." is the edition.
    for edition in [" Aufl", " Auflage", " ed", " édition"] {
        if let Some(cut) = title.rfind(edition)
            && let Some((kept, number)) = title[..cut].rsplit_once([',', '.']).map(|(kept, number)| {
                (kept.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == ','), number)
            })
            && (number.trim().is_empty() || number.trim().bytes().all(|b| b.is_ascii_digit()))
        {
            title = kept.trim_end_matches([',', '.', ' ']);
        }
    }
    let title = title.trim_matches(|c: char| c.is_whitespace() || ",.“”„\"«»‚‘’".contains(c));
    (words(title).count() >= 2).then(|| Reference {
        raw: part.to_owned(),
        authors,
        title: Some(title.to_owned()),
        year: Some(year),
        venue: venue.map(|venue| venue.trim().trim_end_matches([',', '.']).to_owned()),
        confidence: t::REF_SURE_NAMED,
        ..Reference::default()
    })
}

/// The names with which a citation begins, up to a colon or the first comma behind a whole name.
fn leading_names(part: &str) -> Option<(Vec<Author>, &str)> {
    let names = |text: &str| -> Option<Vec<Author>> {
        let list = text.split([',', '/']).flat_map(|part| part.split(" und ")).flat_map(|part| part.split(" and "));
        let read = |name: &str| {
            let capital = words(name)
                .all(|word| word.chars().next().is_some_and(char::is_uppercase) || PARTICLES.contains(&word));
            let fits =
                capital && (2..=5).contains(&words(name).count()) && !name.contains(|c: char| c.is_ascii_digit());
            names::parse(name, NameOrder::GivenFirst).filter(|author| fits && !author.single)
        };
        list.map(read).collect()
    };
    let colon = part.split_once(": ").and_then(|(before, rest)| Some((names(before)?, rest)));
    colon.or_else(|| part.split_once(", ").and_then(|(before, rest)| Some((names(before)?, rest))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_taken_out_of_short_forms() {
        let check = |part: &str, text: &str, note: Option<u32>| {
            let bare = without_back_reference(part);
            assert_eq!((bare.text.as_str(), bare.note), (text, note), "{part}");
        };
        check("Muster, op. cit., p. 12", "Muster , p. 12", None);
        check("Muster, supra note 3, at 45", "Muster , at 45", Some(3));
        check("Esempio (wie Anm. 2), S. 3", "Esempio , S. 3", Some(2));
        check("Muster, a.a.O., S. 12", "Muster , S. 12", None);
        check("Muster, Ledger, 12", "Muster, Ledger, 12", None);
    }

    #[test]
    fn a_note_is_cut_into_its_citations() {
        assert_eq!(parts("A (2031; 2nd ed.); B"), ["A (2031; 2nd ed.)", "B"]);
        assert_eq!(
            parts("A. Muster, Ledger, 44. See also B. Probe, Columns."),
            ["A. Muster, Ledger, 44.", "See also B. Probe, Columns."]
        );
    }

    #[test]
    fn place_and_year_end_a_citation_without_brackets() {
        let work = unbracketed("Dina Voorbeeld: Die kleine Buchhaltung. 2. Aufl., Gent 2033, S. 211").expect("a work");
        assert_eq!((work.title.as_deref(), work.year), (Some("Die kleine Buchhaltung"), Some(2033)));
        assert!(unbracketed("This point was made to me in Ghent 2031, and I have not found it in print").is_none());
        assert!(unbracketed("Town Archive of Beispielstadt, MS 14, fol. 3r–9v").is_none());
    }
}

//! The licence of the document and who published it, as printed on its first or last page or on a cover sheet.

use super::lines::{Sheet, TextLine, push_line};
use super::numbers::cites;
use super::tuning as t;
use super::wording::words;
use crate::domain::facts::Fact;
use crate::domain::layout::TextRole;

/// The licence, named as SPDX does (`CC-BY-4.0`; without a number where none is printed).
pub(super) fn licence(
    covers: &[&Sheet],
    paper: &[&Sheet],
    references_from: Option<(u32, u32)>,
) -> Option<Fact<String>> {
    let sheets = paper.iter().copied().chain(covers.iter().copied());
    let mut found: Vec<String> = Vec::new();
    for (nth, sheet) in sheets.enumerate() {
        for (at, line) in sheet.lines.iter().enumerate() {
            if line.role == Some(TextRole::Caption) || !mentions(&line.text) {
                continue;
            }
            let elsewhere = nth > 0 && nth < paper.len() || cites(sheet, line, references_from);
            if elsewhere && !says_this(&paragraph(sheet, at)) {
                continue;
            }
            let text = paragraph(sheet, at);
            if let Some(licence) = read(&text).filter(|_| !is_of_something_else(&text)) {
                found.push(licence);
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    let first = found.first()?;
    // The same licence with its number says more; another one beside it makes both doubtful.
    let best =
        found.iter().find(|other| other.starts_with(first.as_str()) && other.len() > first.len()).unwrap_or(first);
    let kind =
        |licence: &str| licence.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '-').to_owned();
    let agreed = found.iter().all(|other| kind(other) == kind(best));
    agreed.then(|| Fact { value: best.clone(), confidence: t::LICENCE_SURE })
}

/// Whether a line may name a licence; asked of every line of a document.
fn mentions(text: &str) -> bool {
    ["ommons", "COMMONS", "CC BY", "CC-BY", "CC0", "cc-by", "cc by", "amensnennung"]
        .iter()
        .any(|part| text.contains(part))
}

/// A line with those around it: licences run over several.
fn paragraph(sheet: &Sheet, at: usize) -> String {
    let mut text = String::new();
    let line = &sheet.lines[at];
    let near = |other: &TextLine| {
        (other.size - line.size).abs() < 1.0
            && other.overlaps_x(line)
            && (other.rect.y0 - line.rect.y0).abs() < line.size * t::LICENCE_REACH
    };
    for other in sheet.lines[at.saturating_sub(2)..(at + 4).min(sheet.lines.len())].iter().filter(|other| near(other)) {
        push_line(&mut text, other);
    }
    text
}

/// Within the text only a sentence on this very article counts.
fn says_this(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["this article is", "this is an open", "this work is licensed", "this paper is licensed", "open access article"]
        .iter()
        .any(|part| lower.contains(part))
}

fn speaks_of_itself(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "this article",
        "this is an open",
        "this work",
        "this paper",
        "open access",
        "the author",
        "©",
        "licensee",
        "dieses werk",
        "dieser beitrag",
    ]
    .iter()
    .any(|part| lower.contains(part))
}

/// Whether it is the licence of data, code or a picture.
fn is_of_something_else(text: &str) -> bool {
    let lower = text.to_lowercase();
    let other = ["dataset", "data set", "corpus", "source code", "software", "image by", "photo", "figure", "icon"]
        .iter()
        .any(|part| lower.contains(part));
    other && !speaks_of_itself(text)
}

/// The licence that a text names: by its address, its short form, or in words.
fn read(text: &str) -> Option<String> {
    let lower: String = text.to_lowercase().replace(['\u{2010}', '\u{2011}', '–'], "-");
    if let Some(at) = lower.find("creativecommons.org/licenses/") {
        let rest = lower[at + 29..].replace(' ', "");
        let end = rest.find(|c: char| !(c.is_ascii_lowercase() || c == '-')).unwrap_or(rest.len());
        if let Some(kind) = kind_of_parts(rest[..end].split('-')) {
            return Some(numbered(&kind, rest[end..].trim_start_matches('/')));
        }
    }
    for short in ["cc-by", "cc by"] {
        if let Some(at) = lower.find(short) {
            let rest = &lower[at + 3..];
            let end = rest.find(|c: char| !(c.is_ascii_lowercase() || c == '-' || c == ' ')).unwrap_or(rest.len());
            let parts = rest[..end]
                .split([' ', '-'])
                .filter(|part| !part.is_empty())
                .take_while(|part| matches!(*part, "by" | "nc" | "nd" | "sa"));
            if let Some(kind) = kind_of_parts(parts) {
                return Some(numbered(&kind, rest[end..].trim_start()));
            }
        }
    }
    in_words(&lower)
}

/// "Creative Commons Attribution-NonCommercial 4.0 International".
fn in_words(lower: &str) -> Option<String> {
    let squashed = lower.replace(['-', ' '], "");
    let at = squashed.find("creativecommons")?;
    let rest = &squashed[at + 15..];
    let begins = rest.find("attribution").or_else(|| rest.find("namensnennung"))?;
    if begins > t::LICENCE_WORDS {
        let zero = rest.find("publicdomain").or_else(|| rest.find("zero")).is_some_and(|at| at < t::LICENCE_WORDS);
        return (zero && !lower.contains("data made available")).then(|| "CC0-1.0".to_owned());
    }
    let tail: String = rest[begins..].chars().take(t::LICENCE_TAIL).collect();
    let has = |parts: &[&str]| parts.iter().any(|part| tail.contains(part));
    let mut kind = String::from("CC-BY");
    if has(&["noncommercial", "nichtkommerziell"]) {
        kind.push_str("-NC");
    }
    if has(&["noderiv", "keinebearbeitung"]) {
        kind.push_str("-ND");
    }
    if has(&["sharealike", "gleichenbedingungen"]) {
        kind.push_str("-SA");
    }
    let number = tail.find(|c: char| c.is_ascii_digit()).map_or("", |at| &tail[at..]);
    Some(numbered(&kind, number))
}

fn kind_of_parts<'a>(parts: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut kind = String::from("CC");
    for part in parts {
        if !matches!(part, "by" | "nc" | "nd" | "sa") {
            return None;
        }
        kind.push('-');
        kind.push_str(&part.to_uppercase());
    }
    kind.starts_with("CC-BY").then_some(kind)
}

fn numbered(kind: &str, rest: &str) -> String {
    let number = rest.get(..3).filter(|n| matches!(n.as_bytes(), [b'1'..=b'4', b'.', b'0' | b'5']));
    number.map_or_else(|| kind.to_owned(), |number| format!("{kind}-{number}"))
}

/// Publishers by what their imprints print in small letters.
const PUBLISHERS: &[(&str, &str)] = &[
    ("biomed central", "BioMed Central"),
    ("springer", "Springer"),
    ("elsevier", "Elsevier"),
    ("wiley", "Wiley"),
    ("mdpi", "MDPI"),
    ("frontiers media", "Frontiers Media"),
    ("hindawi", "Hindawi"),
    ("taylor & francis", "Taylor & Francis"),
    ("informa uk", "Taylor & Francis"),
    ("sage publications", "SAGE Publications"),
    ("oxford university press", "Oxford University Press"),
    ("cambridge university press", "Cambridge University Press"),
    ("public library of science", "Public Library of Science"),
    ("nature publishing group", "Nature Publishing Group"),
    ("macmillan publishers", "Macmillan Publishers"),
    ("the royal society", "The Royal Society"),
    ("american chemical society", "American Chemical Society"),
    ("american physical society", "American Physical Society"),
    ("iop publishing", "IOP Publishing"),
    ("dove medical press", "Dove Medical Press"),
    ("karger", "Karger"),
    ("de gruyter", "De Gruyter"),
    ("emerald publishing", "Emerald Publishing"),
    ("world scientific", "World Scientific"),
    ("ios press", "IOS Press"),
    ("association for computational linguistics", "Association for Computational Linguistics"),
    ("association for computing machinery", "Association for Computing Machinery"),
    ("copernicus publications", "Copernicus Publications"),
    ("pensoft", "Pensoft"),
    ("bmj publishing group", "BMJ Publishing Group"),
    ("wolters kluwer", "Wolters Kluwer"),
    ("lippincott", "Lippincott Williams & Wilkins"),
    ("impact journals", "Impact Journals"),
    ("spandidos", "Spandidos Publications"),
    ("ubiquity press", "Ubiquity Press"),
    ("peerj inc", "PeerJ"),
];

/// Who published the document: named behind "Published by", or a known house in a line of copyright.
pub(super) fn publisher(covers: &[&Sheet], paper: &[&Sheet]) -> Option<Fact<String>> {
    for sheet in covers.iter().copied().chain(paper.iter().copied().take(1)) {
        for line in sheet.lines.iter().filter(|line| line.role != Some(TextRole::Caption)) {
            let lower = line.text.to_lowercase();
            let claim = ["©", "(c) ", "copyright", "publish", "licensee"].iter().any(|part| lower.contains(part));
            if !claim {
                continue;
            }
            if let Some((_, name)) = PUBLISHERS.iter().find(|(part, _)| lower.contains(part)) {
                return Some(Fact { value: (*name).to_owned(), confidence: t::PUBLISHER_SURE });
            }
            if let Some(value) = published_by(&line.text) {
                return Some(Fact { value, confidence: t::PUBLISHER_NAMED });
            }
        }
    }
    None
}

/// "Published by: Society of Small Basins".
fn published_by(text: &str) -> Option<String> {
    let rest = text.trim_start().strip_prefix("Published by")?.trim_start_matches([':', ' ']);
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let end = rest.find([',', ';', '(', '|', '©']).unwrap_or(rest.len());
    let end = rest[..end].find(". ").unwrap_or(end);
    let name = rest[..end].trim().trim_end_matches('.');
    let all: Vec<&str> = words(name).filter(|word| word.chars().count() > 3).collect();
    let capital = all.iter().all(|word| word.chars().next().is_some_and(char::is_uppercase));
    ((1..=7).contains(&all.len()) && capital && !name.contains('@')).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_are_read_from_addresses_short_forms_and_words() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(read(text).as_deref(), expected, "{text}");
        check("License (http://creativecommons.org/licenses/by-nc/3.0/), which permits", Some("CC-BY-NC-3.0"));
        check("Licensed under CC BY 4.0", Some("CC-BY-4.0"));
        check("under a CC-BY-NC-ND license", Some("CC-BY-NC-ND"));
        check("the terms of the Creative Commons Attribution License", Some("CC-BY"));
        check(
            "Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International License",
            Some("CC-BY-NC-ND-4.0"),
        );
        check("Creative Commons Namensnennung 4.0", Some("CC-BY-4.0"));
        check("creative work by common people", None);
    }

    #[test]
    fn a_publisher_is_named_or_known() {
        assert_eq!(published_by("Published by: Society of Small Basins").as_deref(), Some("Society of Small Basins"));
        assert_eq!(published_by("Published by the end of the year in print"), None);
    }
}

//! Institutions, mailboxes and ORCID numbers of the authors, and the numbers, days and rights of whole papers.

use super::*;
use crate::domain::facts::Author;
use crate::domain::layout::{Link, LinkTarget};

/// The authors of a page whose front is set as given.
fn people(front: impl Fn(PageMaker) -> PageMaker) -> Vec<Author> {
    let page = PageMaker::new().line(18.0, BOLD, "Slow mixing of fresh water").gap(10.0);
    let page = front(page).gap(10.0).line(11.0, BOLD, "Abstract").prose(5).gap(10.0).line(12.0, BOLD, "1 Introduction");
    read(vec![page.prose(14)]).authors.expect("authors").value
}

fn affiliations(authors: &[Author]) -> Vec<Vec<&str>> {
    authors.iter().map(|author| author.affiliations.iter().map(String::as_str).collect()).collect()
}

fn mailboxes(authors: &[Author]) -> Vec<&str> {
    authors.iter().map(|author| author.email.as_deref().unwrap_or("")).collect()
}

const INLETS: &str = "Institute of Inlets, University of Beispielstadt, Germany";
const PRESS: &str = "Probe College, Ghent, Belgium";

#[test]
fn raised_marks_tie_authors_to_institutions() {
    let found = people(|page| {
        page.line(12.0, 0, "Anna Muster ^1,* , Bert Probe ^2 and Chiara Esempio ^1,2")
            .gap(6.0)
            .line(9.0, 0, "^1 Institute of Inlets, University of Beispielstadt,")
            .line(9.0, 0, "Germany")
            .line(9.0, 0, "^2 Probe College, Ghent, Belgium")
            .line(9.0, 0, "^* Corresponding author: a.muster@inlets.example")
    });
    assert_eq!(affiliations(&found), [vec![INLETS], vec![PRESS], vec![INLETS, PRESS]]);
    assert_eq!(mailboxes(&found), ["a.muster@inlets.example", "", ""]);
}

#[test]
fn letters_before_names_and_several_in_one_line_tie_as_well() {
    let found = people(|page| {
        page.line(12.0, 0, "Anna Muster ^a , Bert Probe ^b").gap(6.0).line(
            9.0,
            0,
            "^a Institute of Inlets, University of Beispielstadt, Germany ^b Probe College, Ghent, Belgium",
        )
    });
    assert_eq!(affiliations(&found), [vec![INLETS], vec![PRESS]]);
    let found = people(|page| {
        page.line(12.0, 0, "^1 Anna Muster, ^2 Bert Probe").gap(6.0).line(
            9.0,
            0,
            "^1 Institute of Inlets, University of Beispielstadt, Germany; ^2 Probe College, Ghent, Belgium",
        )
    });
    assert_eq!(affiliations(&found), [vec![INLETS], vec![PRESS]]);
}

#[test]
fn what_stands_under_a_name_belongs_to_it() {
    let found = people(|page| {
        page.line(12.0, 0, "Anna Muster")
            .line(10.0, 0, "Institute of Inlets, University of Beispielstadt, Germany")
            .line(10.0, 0, "muster@inlets.example")
            .gap(10.0)
            .line(12.0, 0, "Bert Probe")
            .line(10.0, 0, "Probe College, Ghent, Belgium")
            .line(10.0, 0, "director@college.example")
    });
    assert_eq!(affiliations(&found), [vec![INLETS], vec![PRESS]]);
    assert_eq!(mailboxes(&found), ["muster@inlets.example", "director@college.example"]);
}

#[test]
fn columns_of_names_have_columns_of_institutions() {
    let found = people(|page| {
        let y = page.y + 16.0;
        let mut page = page.line_at(70.0, y, 12.0, 0, "Anna Muster").line_at(330.0, y, 12.0, 0, "Bert Probe");
        for (line, (left, right)) in
            [("Institute of Inlets", "Probe College"), ("muster@inlets.example", "b@college.example")]
                .iter()
                .enumerate()
        {
            let y = y + 13.0 * (line + 1) as f32;
            page = page.line_at(70.0, y, 10.0, 0, left).line_at(330.0, y, 10.0, 0, right);
        }
        page
    });
    assert_eq!(affiliations(&found), [vec!["Institute of Inlets"], vec!["Probe College"]]);
    assert_eq!(mailboxes(&found), ["muster@inlets.example", "b@college.example"]);
}

#[test]
fn one_institution_is_that_of_all_and_of_two_without_marks_none_is_guessed() {
    let found = people(|page| page.line(12.0, 0, "Anna Muster, Bert Probe").gap(6.0).line(9.0, 0, INLETS));
    assert_eq!(affiliations(&found), [vec![INLETS], vec![INLETS]]);
    let found =
        people(|page| page.line(12.0, 0, "Anna Muster, Bert Probe").gap(6.0).line(9.0, 0, INLETS).line(9.0, 0, PRESS));
    assert_eq!(affiliations(&found), [Vec::<&str>::new(), Vec::new()]);
}

#[test]
fn mailboxes_in_one_pair_of_brackets_follow_the_names() {
    let found = people(|page| {
        page.line(12.0, 0, "Anna Muster, Bert Probe").gap(6.0).line(9.0, 0, INLETS).line(
            9.0,
            0,
            "{am, salt}@inlets.example",
        )
    });
    assert_eq!(mailboxes(&found), ["am@inlets.example", "salt@inlets.example"]);
    assert_eq!(affiliations(&found), [vec![INLETS], vec![INLETS]]);
}

#[test]
fn a_note_tells_in_a_sentence_where_somebody_works() {
    let page = front_without_institution()
        .line_at(
            70.0,
            700.0,
            8.0,
            0,
            "A. Muster is with the Institute of Inlets, University of Beispielstadt, Germany (e-mail:",
        )
        .line_at(70.0, 709.0, 8.0, 0, "muster@inlets.example). B. Probe is with the Probe College, Ghent, Belgium.");
    let found = read(vec![page]).authors.expect("authors").value;
    assert_eq!(affiliations(&found), [vec![INLETS], vec![PRESS]]);
}

fn front_without_institution() -> PageMaker {
    PageMaker::new()
        .line(18.0, BOLD, "Slow mixing of fresh water")
        .gap(10.0)
        .line(12.0, 0, "Anna Muster, Bert Probe")
        .gap(10.0)
        .line(11.0, BOLD, "Abstract")
        .prose(5)
        .gap(10.0)
        .line(12.0, BOLD, "1 Introduction")
        .prose(14)
}

#[test]
fn a_linked_sign_behind_a_name_is_the_orcid_of_that_author() {
    let mut page = front_without_institution();
    let name = page
        .page
        .words
        .iter()
        .rfind(|word| word.size > 11.5 && word.size < 12.5 && word.rect.y0 > 600.0)
        .expect("a name")
        .rect;
    let rect = Rect { x0: name.x1 + 3.0, x1: name.x1 + 12.0, ..name };
    page.page.links.push(Link { rect, target: LinkTarget::Uri("https://orcid.org/0000-0002-1825-0097".to_owned()) });
    let found = read(vec![page]).authors.expect("authors").value;
    let orcids: Vec<Option<&str>> = found.iter().map(|author| author.orcid.as_deref()).collect();
    assert_eq!(orcids, [None, Some("0000-0002-1825-0097")]);
}

#[test]
fn the_imprint_gives_numbers_licence_publisher_and_days() {
    let page = front()
        .line_at(70.0, 740.0, 7.0, 0, "Received: 3 May 2041; accepted: 7 June 2041; published online: 1 July 2041")
        .line_at(
            70.0,
            750.0,
            7.0,
            0,
            "ISSN 1932-6203. © 2041 The authors. Published by Springer. This is an open access article",
        )
        .line_at(70.0, 759.0, 7.0, 0, "under the terms of the Creative Commons Attribution 4.0 International License.");
    let facts = read(vec![page, numbered_list()]);
    let value = |fact: &Option<crate::domain::facts::Fact<String>>| fact.as_ref().map(|fact| fact.value.clone());
    assert_eq!(value(&facts.issn).as_deref(), Some("1932-6203"));
    assert_eq!(value(&facts.licence).as_deref(), Some("CC-BY-4.0"));
    assert_eq!(value(&facts.publisher).as_deref(), Some("Springer"));
    assert_eq!(facts.date().map(|fact| fact.value).as_deref(), Some("2041-07-01"));
    assert_eq!(facts.dates.len(), 3);
}

#[test]
fn numbers_and_licences_of_other_works_are_not_the_documents() {
    let list = numbered_list()
        .line(9.0, 0, "[4] Probe, B. Counting rain. ISSN 1932-6203. PMID: 12345678. CC BY 4.0.")
        .line(9.0, 0, "[5] Voorbeeld, D. Rain. ISBN 978-1-4503-6670-0, 2037.");
    let facts = read(vec![front(), list]);
    assert_eq!((facts.issn, facts.isbn, facts.pmid, facts.licence), (None, None, None, None));
}

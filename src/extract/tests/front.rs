//! Title, names, abstract and year of whole papers made of a few lines.

use super::*;

/// A title page whose names are set as given.
fn with_names(lines: &[&str]) -> Facts {
    let mut page = PageMaker::new().line(18.0, BOLD, "Slow mixing of fresh water").gap(10.0);
    for line in lines {
        page = page.line(12.0, 0, line);
    }
    read(vec![
        page.gap(10.0).line(11.0, BOLD, "Abstract").prose(5).gap(10.0).line(12.0, BOLD, "1 Introduction").prose(14),
    ])
}

#[test]
fn names_are_read_however_they_are_set_apart() {
    let check = |lines: &[&str], expected: &[&str]| assert_eq!(families(&with_names(lines)), expected, "{lines:?}");
    check(&["Anna Muster a, Bert B . Probe b and Chiara Esempio a"], &["Muster", "Probe", "Esempio"]);
    check(&["Muster, A. B., Probe, C. and Esempio, D."], &["Muster", "Probe", "Esempio"]);
    check(&["Anna Muster — Bert Probe — Chiara Esempio"], &["Muster", "Probe", "Esempio"]);
    check(&["Anna Muster, PharmD, MEd, Bert Probe, MD, and Chiara Esempio, RPh"], &["Muster", "Probe", "Esempio"]);
    check(&["Anna Muster ID ^1 , Bert Probe ID ^2"], &["Muster", "Probe"]);
    check(&["A. B. Muster"], &["Muster"]);
    check(&["Anna Muster1,2 , Bert Probe♠ and Chiara Esempio♡"], &["Muster", "Probe", "Esempio"]);
    check(&["Di Muster, Anna ^1 , ID and Probe, Bert ^2 , ID"], &["Di Muster", "Probe"]);
    check(&["Ondra Du ˇ sek, Bert Probe"], &["Dušek", "Probe"]);
}

#[test]
fn names_above_the_title_are_found_where_none_stand_below() {
    let page = PageMaker::new()
        .line(12.0, 0, "Hans-Peter Schneider und Anna Weber")
        .gap(12.0)
        .line(18.0, BOLD, "Slow mixing of fresh water")
        .gap(12.0)
        .prose(14);
    let facts = read(vec![page]);
    assert_eq!(families(&facts), ["Schneider", "Weber"]);
    assert!(facts.authors.is_some_and(|fact| fact.confidence < 0.75));
}

#[test]
fn a_line_of_title_words_or_places_is_no_line_of_names() {
    let facts = with_names(&["Hierarchical Inter-Domain Routing Systems", "Anna Muster and Bert Probe"]);
    assert_eq!(families(&facts), ["Muster", "Probe"]);
    let facts = with_names(&["Anna Muster and Bert Probe", "Clinical Systems Planning and Consulting"]);
    assert_eq!(families(&facts), ["Muster", "Probe"]);
}

#[test]
fn names_set_larger_than_the_title_are_no_title() {
    let page = PageMaker::new()
        .line(22.0, BOLD, "Hans-Peter Schneider")
        .gap(30.0)
        .line(16.0, BOLD, "Slow mixing of fresh water in a tidal inlet")
        .gap(30.0)
        .prose(14);
    let title = read(vec![page]).title.expect("a title").value;
    assert_eq!(title, "Slow mixing of fresh water in a tidal inlet");
}

/// Title and names, then what is given, then the text.
fn without_head(abstract_lines: impl Fn(PageMaker) -> PageMaker) -> Option<String> {
    let page = PageMaker::new()
        .line(18.0, BOLD, "Slow mixing of fresh water")
        .gap(10.0)
        .line(12.0, 0, "Anna Muster, Bert Probe")
        .gap(10.0);
    let page = abstract_lines(page).gap(12.0).line(12.0, BOLD, "1 Getting the salt").prose(14);
    read(vec![page]).abstract_text.map(|fact| fact.value)
}

#[test]
fn an_abstract_without_a_heading_is_known_by_its_parts_or_its_place() {
    let said = without_head(|page| {
        page.body("BACKGROUND Salt in basins is a measure of mixing and seldom taken.")
            .body("It was taken here for three weeks with good probes every hour.")
    });
    assert!(said.is_some_and(|text| text.starts_with("BACKGROUND Salt") && text.ends_with("every hour.")));
    let said = without_head(|page| {
        page.line(12.0, 0, "Institute of Inlets, University of Beispielstadt")
            .gap(10.0)
            .body("This article reports how salt mixes in a small inlet after the rain.")
            .body("It does so with probes built from common parts, and it shows that the")
            .body("upper layer freshens within minutes while the lower one needs hours.")
            .body("A model with one number fails, and one with two numbers does not.")
    });
    assert!(said.is_some_and(|text| text.starts_with("This article") && text.ends_with("does not.")));
}

#[test]
fn text_under_a_heading_is_no_abstract() {
    let said = without_head(|page| page.line(12.0, BOLD, "The inlet").prose(6).body("It ends here."));
    assert_eq!(said, None);
}

#[test]
fn an_abstract_goes_on_behind_the_rights_of_its_column_and_behind_a_page() {
    let page = PageMaker::new()
        .line(18.0, BOLD, "Slow mixing of fresh water")
        .gap(10.0)
        .line(12.0, 0, "Anna Muster, Bert Probe")
        .line_at(320.0, 600.0, 11.0, BOLD, "Abstract")
        .line_at(320.0, 615.0, 10.0, 0, "We measured the salt content of a small inlet")
        .line_at(320.0, 627.0, 10.0, 0, "every hour for three weeks with probes built")
        .line_at(70.0, 680.0, 7.0, 0, "This work is licensed under a Creative Commons License.");
    let next = PageMaker::new()
        .body("from common parts, and found it to be low.")
        .line(11.0, BOLD, "Keywords")
        .body("salt")
        .prose(9);
    let text = read(vec![page, next]).abstract_text.expect("an abstract").value;
    assert!(text.ends_with("probes built from common parts, and found it to be low."), "{text}");
}

#[test]
fn a_structured_abstract_goes_on_behind_the_note_that_says_so() {
    let page = PageMaker::new()
        .line(18.0, BOLD, "Slow mixing of fresh water")
        .gap(10.0)
        .line(12.0, 0, "Anna Muster, Bert Probe")
        .gap(10.0)
        .line(11.0, BOLD, "Abstract")
        .body("Background: Salt in basins is a measure of mixing and seldom taken.")
        .body("Methods: It was taken here for three weeks with good probes.")
        .line(8.0, 0, "(Continued on next page)");
    let next = PageMaker::new()
        .line(8.0, 0, "(Continued from previous page)")
        .body("The upper layer was measured first and the lower one behind it.")
        .body("Results: The upper layer freshens within minutes.")
        .gap(10.0)
        .body("Keywords: salt, inlet")
        .prose(12);
    let text = read(vec![page, next]).abstract_text.expect("an abstract").value;
    assert!(text.contains("The upper layer was measured first") && text.ends_with("within minutes."), "{text}");
}

#[test]
fn a_paper_is_no_older_than_what_it_cites() {
    let cites = || {
        PageMaker::new()
            .prose(6)
            .line(12.0, BOLD, "References")
            .body("[1] A. Muster. Salt in tidal basins. Basin Journal, 3(1):1-9, 2040.")
            .body("[2] B. Probe. Fresh water in basins. Basin Journal, 3(2):10-19, 2041.")
            .body("[3] C. Esempio. Rain and probes. Basin Journal, 3(3):20-29, 2041.")
    };
    let info = |date: &str| DocumentInfo { creation_date: date.to_owned(), ..DocumentInfo::default() };
    let printed = || front().line_at(70.0, 30.0, 9.0, 0, "Basin Letters 1(1), 2039");
    let year = read_with(info("D:20420301"), vec![printed(), cites()]).0.year.expect("a year");
    assert_eq!(year.value, 2042);
    let year = read_with(info(""), vec![printed(), cites()]).0.year.expect("a year");
    assert_eq!(year.value, 2041);
    assert!(year.confidence < 0.5, "{}", year.confidence);
}

#[test]
fn the_date_of_the_file_alone_is_a_doubtful_year() {
    let info = DocumentInfo { creation_date: "D:20000101".to_owned(), ..DocumentInfo::default() };
    let year = read_with(info, vec![front()]).0.year.expect("a year");
    assert!(year.value == 2000 && year.confidence < 0.7, "{} {}", year.value, year.confidence);
}

#[test]
fn a_title_that_runs_over_the_pages_stays_the_title() {
    let title = "Slow mixing of fresh water in a tidal inlet";
    let first = PageMaker::new()
        .line(14.0, BOLD, title)
        .gap(40.0)
        .line(11.0, BOLD, "Anna Muster Bert Probe")
        .gap(40.0)
        .prose(30);
    let later = || PageMaker::new().line(9.0, BOLD, title).gap(20.0).prose(40);
    let facts = read(vec![first, later(), later(), later()]);
    assert_eq!(facts.title.expect("a title").value, title);
}

#[test]
fn neither_a_journal_nor_a_section_nor_a_session_is_the_title() {
    let with = |banner: &str| {
        let page = PageMaker::new()
            .line(20.0, BOLD, banner)
            .gap(30.0)
            .line(16.0, BOLD, "Slow inlets")
            .gap(12.0)
            .line(12.0, 0, "Anna Muster and Bert Probe")
            .gap(20.0)
            .line(14.0, BOLD, "1 Introduction")
            .prose(20);
        read(vec![page]).title.expect("a title").value
    };
    assert_eq!(with("JIS Journal of Inlet Studies"), "Slow inlets");
    assert_eq!(with("CONF 2041 / SESSION 3 / INLETS"), "Slow inlets");
    assert_eq!(with("Department of Inlets, University of Sandbanks"), "Slow inlets");
}

#[test]
fn a_title_in_capitals_may_have_a_word_of_addresses() {
    let page = PageMaker::new()
        .line(14.0, BOLD, "Inlet Science and Probe Technology in Medical Research")
        .gap(12.0)
        .line(12.0, BOLD, "Mixing Behind the Sandbank")
        .gap(12.0)
        .line(12.0, 0, "Anna Muster and Bert Probe")
        .gap(20.0)
        .prose(20);
    let title = read(vec![page]).title.expect("a title").value;
    assert_eq!(title, "Inlet Science and Probe Technology in Medical Research");
}

#[test]
fn a_title_may_have_a_word_of_journals() {
    let page = PageMaker::new()
        .line(14.0, BOLD, "What letters and archives tell about inlets")
        .gap(12.0)
        .line(11.0, BOLD, "Mixing behind the Sandbank")
        .gap(12.0)
        .line(12.0, 0, "Anna Muster and Bert Probe")
        .gap(20.0)
        .prose(20);
    assert_eq!(read(vec![page]).title.expect("a title").value, "What letters and archives tell about inlets");
}

#[test]
fn a_subtitle_of_several_lines_belongs_to_the_title() {
    let page = PageMaker::new()
        .line(18.0, BOLD, "Back to the inlet")
        .line(14.0, BOLD, "The story of a probe, a practical instrument that was")
        .line(14.0, BOLD, "built from common parts and lost twice")
        .gap(12.0)
        .line(12.0, 0, "Anna Muster and Bert Probe")
        .gap(20.0)
        .prose(20);
    let facts = read(vec![page]);
    assert_eq!(
        facts.title.as_ref().expect("a title").value,
        "Back to the inlet The story of a probe, a practical instrument that was built from common parts and lost twice"
    );
    assert_eq!(families(&facts), ["Muster", "Probe"]);
}

#[test]
fn a_name_set_like_the_title_is_no_part_of_it() {
    let page = PageMaker::new()
        .line(10.0, BOLD, "A history of slow mixing of fresh water in Inlets")
        .line(10.0, BOLD, "Hans-Peter Schneider")
        .gap(20.0)
        .line(10.0, BOLD, "Introduction")
        .prose(20);
    let facts = read(vec![page]);
    assert_eq!(facts.title.as_ref().expect("a title").value, "A history of slow mixing of fresh water in Inlets");
    assert_eq!(families(&facts), ["Schneider"]);
}

#[test]
fn names_with_their_places_on_one_line_are_read_without_these() {
    let check = |lines: &[&str], expected: &[&str]| assert_eq!(families(&with_names(lines)), expected, "{lines:?}");
    check(&["Hans-Peter Schneider, Inlets Inc."], &["Schneider"]);
    check(
        &["Anna Weber and Hans Schneider, University of Inlets; Maria Keller, Probes Inc."],
        &["Weber", "Schneider", "Keller"],
    );
    check(&["Anna Weber (corresponding author)", "Hans Schneider"], &["Weber", "Schneider"]);
    check(&["Hans Schneider", "Sandbank, Northern Ireland"], &["Schneider"]);
    check(&["Hans Schneider", "4th Floor Block F"], &["Schneider"]);
}

#[test]
fn spaces_that_print_left_out_of_names_come_back() {
    let check = |lines: &[&str], expected: &[&str]| assert_eq!(families(&with_names(lines)), expected, "{lines:?}");
    check(&["A.Muster,B.C.Probe", "D.Keller"], &["Muster", "Probe", "Keller"]);
    check(&["M.K.MUSTER"], &["Muster"]);
    check(&["Anna MariaSchneider ^1 , Hans Weber ^2"], &["Schneider", "Weber"]);
    check(&["Oliver J. Mc Elvaney ^1 , Hans Weber ^2"], &["Mc Elvaney", "Weber"]);
    check(&["C.A.R. Schneider"], &["Schneider"]);
}

#[test]
fn a_name_divided_at_a_line_end_is_one_name() {
    let check = |lines: &[&str], expected: &[&str]| assert_eq!(families(&with_names(lines)), expected, "{lines:?}");
    check(
        &["Anna Weber ^1 ; Hans Schneider ^2 ; Maria", "Keller ^3 ; Peter Vogel ^4"],
        &["Weber", "Schneider", "Keller", "Vogel"],
    );
}

#[test]
fn parts_of_an_abstract_may_have_lines_of_their_own() {
    let said = without_head(|page| {
        page.line(14.0, 0, "Abstract")
            .gap(8.0)
            .line(11.5, BOLD, "Background")
            .body("Salt in basins is a measure of mixing and seldom taken by anybody.")
            .gap(8.0)
            .line(11.5, BOLD, "Methods and places")
            .body("It was taken here for three weeks with good probes every hour.")
    });
    let said = said.expect("an abstract");
    assert!(said.starts_with("Background\nSalt in basins"), "{said}");
    assert!(said.contains("\nMethods and places\nIt was taken"), "{said}");
}

#[test]
fn a_meeting_is_named_by_its_short_name_before_its_days() {
    let page = PageMaker::new()
        .line(18.0, BOLD, "Slow mixing of fresh water in a tidal inlet")
        .gap(12.0)
        .line(12.0, 0, "Anna Weber and Hans Schneider")
        .gap(20.0)
        .prose(20)
        .gap(8.0)
        .line(8.0, 0, "InletSys’41, November 1–4, 2041, Beispielstadt.");
    assert_eq!(read(vec![page]).venue.expect("a venue").value, "InletSys ’41");
}

#[test]
fn the_note_of_a_meeting_names_it_over_its_lines() {
    let page = PageMaker::new()
        .line(18.0, BOLD, "Slow mixing of fresh water in a tidal inlet")
        .gap(12.0)
        .line(12.0, 0, "Anna Weber and Hans Schneider")
        .gap(20.0)
        .prose(20)
        .gap(8.0)
        .line(8.0, 0, "Appearing in Proceedings of the 3 rd International Workshop on")
        .line(8.0, 0, "Inlets and Basins, Sandbank, Germany, 2041. Volume 9 of INL.")
        .gap(20.0)
        .prose(8);
    let venue = read(vec![page]).venue.expect("a venue").value;
    assert_eq!(venue, "Proceedings of the 3rd International Workshop on Inlets and Basins");
}

#[test]
fn a_sentence_of_the_abstract_may_go_on_with_the_word_of_a_label() {
    let said = without_head(|page| {
        page.line(14.0, BOLD, "Abstract")
            .gap(8.0)
            .body("Salt in basins is a measure of mixing which until now has barely")
            .body("received the attention that it needs, though the probes and the")
            .body("corresponding models are known for years in many other places.")
    });
    assert!(said.is_some_and(|text| text.ends_with("many other places.")));
}

#[test]
fn signs_without_meaning_are_no_title() {
    let page = PageMaker::new().line(18.0, BOLD, "Z[*]_^a`KbH cCd*èc fèg`KbH]hc i[*]kj!limo").gap(20.0).prose(20);
    assert!(read(vec![page]).title.is_none_or(|title| !title.value.contains('`')));
}

#[test]
fn centred_lines_break_between_whole_names() {
    let page = PageMaker::new()
        .line(18.0, BOLD, "Slow mixing of fresh water in a tidal inlet")
        .gap(12.0)
        .line_at(90.0, 160.0, 12.0, 0, "Anna Weber, Maria Keller, Hans A. Schneider")
        .line_at(140.0, 175.0, 12.0, 0, "Peter Vogel, Julia Braun")
        .gap(10.0)
        .line(11.0, BOLD, "Abstract")
        .prose(14);
    assert_eq!(families(&read(vec![page])), ["Weber", "Keller", "Schneider", "Vogel", "Braun"]);
}

#[test]
fn nothing_is_concluded_from_letters_without_meaning() {
    let mut page = front();
    page.page.quality = PageQuality::Poor;
    let facts = read(vec![page]);
    assert!(facts.title.is_none() && facts.authors.is_none() && facts.abstract_text.is_none());
}

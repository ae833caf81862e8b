//! Kinds of faults that users of such programs met, in variants: notes that cite in short, DOIs of other works, stamps and
//! second titles.

use super::*;
use crate::domain::facts::Reference;

/// The works of a paper with these notes on one page.
fn works(notes: &[&str]) -> Vec<Reference> {
    let mut page = front_of_notes();
    let top = 770.0 - notes.len() as f32 * 10.0;
    for (n, note) in notes.iter().enumerate() {
        page = page.line_at(70.0, top + n as f32 * 10.0, 8.0, 0, &format!("^{} {note}", n + 1));
    }
    read(vec![page]).references
}

fn front_of_notes() -> PageMaker {
    PageMaker::new()
        .line(18.0, BOLD, "The ledger as literature")
        .gap(10.0)
        .line(12.0, 0, "Anna Muster")
        .gap(10.0)
        .prose(20)
}

/// How often each work is cited, by the family name of its author.
fn cited(works: &[Reference]) -> Vec<(&str, usize)> {
    works.iter().map(|work| (work.authors[0].family.as_str(), work.cited_in.len())).collect()
}

const LEDGER: &str = "A. Muster, The Ledger of Small Things (Ghent: Probe Press, 2031), 44.";
const COLUMNS: &str = "B. Probe, ‘Counting before Columns’, Journal of Quiet History 12 (2029), 101–118.";

#[test]
fn every_way_of_pointing_back_cites_the_work_again() {
    for (form, expected) in [
        ("Ibid., p. 60.", [1, 2]),
        ("Ibidem.", [1, 2]),
        ("Ebd., S. 14.", [1, 2]),
        ("Ebenda, 14.", [1, 2]),
        ("Id. at 7.", [1, 2]),
        ("Loc. cit.", [1, 2]),
        ("A.a.O., S. 3.", [1, 2]),
        ("Muster, op. cit., p. 12.", [2, 1]),
        ("See Muster, loc. cit.", [2, 1]),
        ("Vgl. Muster, a.a.O., S. 12 ff.", [2, 1]),
        ("Muster, supra note 1, at 45.", [2, 1]),
        ("Cf. Muster (supra n. 1) 45.", [2, 1]),
        ("Muster (wie Anm. 1), S. 3.", [2, 1]),
        ("Muster, Ledger, 12.", [2, 1]),
        ("A. Muster, Ledger, p. 12.", [2, 1]),
        ("Supra note 1.", [2, 1]),
        ("Muster, Ledger, 12; Probe, ‘Counting’, 110–11.", [2, 2]),
        ("Muster, Ledger, 12. See also Probe, ‘Counting’, 110.", [2, 2]),
    ] {
        let found = works(&[LEDGER, COLUMNS, form]);
        assert_eq!(cited(&found), [("Muster", expected[0]), ("Probe", expected[1])], "{form}");
    }
}

#[test]
fn several_works_of_a_note_are_several_and_remarks_none() {
    let found = works(&[
        "See A. Muster, The Ledger of Small Things (Ghent: Probe Press, 2031), 44; B. Probe, “Counting before",
        "This point was made to me in conversation.",
        "Town Archive of Beispielstadt, MS 14, fol. 3r–9v.",
        "C. Esempio, Numbers in the Margin (Muestra: College Press, 2027), ch. 3. See also D. Ejemplo, Gates and Tides of the Coast (Ghent: Probe Press, 2035).",
    ]);
    let families: Vec<&str> = found.iter().map(|work| work.authors[0].family.as_str()).collect();
    assert_eq!(families, ["Muster", "Esempio", "Ejemplo"]);
}

#[test]
fn idem_with_another_title_is_another_work_of_the_author() {
    let found = works(&[LEDGER, COLUMNS, "Idem, Columns and Rows of the Coast (Ghent: Probe Press, 2034), 3."]);
    let titles: Vec<&str> = found.iter().filter_map(|work| work.title.as_deref()).collect();
    assert_eq!(titles, ["The Ledger of Small Things", "Counting before Columns", "Columns and Rows of the Coast"]);
    assert_eq!(found[2].authors[0].family, "Probe");
}

#[test]
fn german_notes_end_in_place_and_year() {
    let found = works(&[
        "Dina Voorbeeld: Die kleine Buchhaltung der Küste, Gent 2033, S. 211.",
        "Bert Probe, Zahlen am Rande der Seite, 2. Aufl., Muestra 2027, S. 3.",
        "Voorbeeld, a.a.O., S. 7.",
    ]);
    let titles: Vec<&str> = found.iter().filter_map(|work| work.title.as_deref()).collect();
    assert_eq!(titles, ["Die kleine Buchhaltung der Küste", "Zahlen am Rande der Seite"]);
    assert_eq!(cited(&found), [("Voorbeeld", 2), ("Probe", 1)]);
}

#[test]
fn a_doi_of_another_work_on_the_first_page_is_not_the_papers() {
    for line in [
        "This paper is a reply to https://doi.org/10.5555/handbook.2030.007.",
        "Related article: https://doi.org/10.5555/handbook.2030.007",
        "Data availability: https://doi.org/10.5061/dryad.12345",
        "A preprint of this paper is at https://doi.org/10.1101/2040.01.02.123456",
        "Correction to: https://doi.org/10.5555/handbook.2030.007",
        "^1 The data are at doi:10.5281/zenodo.123456 and were taken in May.",
    ] {
        for (x, y) in [(70.0, 740.0), (70.0, 765.0)] {
            let facts = read(vec![front().line_at(x, y, 8.0, 0, line), numbered_list()]);
            assert_eq!(facts.doi.map(|fact| fact.value), None, "{line} at {y}");
        }
    }
}

#[test]
fn stamps_on_every_side_are_no_text_and_tell_old_and_new_numbers() {
    for (text, id, version) in [
        ("arXiv:4905.00123v2 [cs.DL] 12 May 2049", "4905.00123", Some("v2")),
        ("arXiv:4905.0012v1 [math.AG] 1 May 2049", "4905.0012", Some("v1")),
        ("arXiv:hep-th/9901001v3 1 Jan 1999", "hep-th/9901001", Some("v3")),
        ("arXiv:math.GT/0309136 v1 8 Sep 2003", "math.gt/0309136", Some("v1")),
    ] {
        for x in [10.0, 575.0] {
            let page = front().line_at(x, 500.0, 20.0, word_flags::TURNED, text);
            let facts = read(vec![page]);
            assert_eq!(
                facts.title.as_ref().map(|fact| fact.value.as_str()),
                Some("Slow mixing of fresh water in a tidal inlet")
            );
            assert_eq!(facts.arxiv.map(|fact| fact.value.to_lowercase()).as_deref(), Some(id), "{text} at {x}");
            assert_eq!(facts.arxiv_version.as_deref(), version, "{text}");
        }
    }
    let foot = front().line_at(70.0, 785.0, 8.0, 0, "arXiv:4905.00123v2 [cs.DL] 12 May 2049");
    assert_eq!(read(vec![foot]).arxiv.map(|fact| fact.value).as_deref(), Some("4905.00123"));
}

#[test]
fn the_day_of_a_stamp_is_that_of_the_preprint() {
    let page = front().line_at(10.0, 500.0, 20.0, word_flags::TURNED, "arXiv:4905.00123v2 [cs.DL] 12 May 2049");
    assert_eq!(read(vec![page]).date().map(|fact| fact.value).as_deref(), Some("2049-05-12"));
}

#[test]
fn second_titles_stand_apart_whatever_the_script_of_the_first() {
    for (title, authors, language, body) in [
        (
            "浅い湾における淡水の遅い混合の測定",
            "山田太郎，佐藤花子",
            "ja",
            "この論文では浅い湾において塩分を一時間ごとに測定した。上の層は数分のうちに淡くなるが、下の層は数時間を要する。",
        ),
        (
            "작은 만에서 민물의 느린 혼합에 대한 측정",
            "홍길동, 김철수",
            "ko",
            "이 논문에서는 작은 만에서 염분을 매시간 측정하였다. 위층은 몇 분 안에 묽어지지만 아래층은 몇 시간이 걸린다.",
        ),
        (
            "Медленное смешение пресной воды в заливе",
            "Иван Примеров, Анна Пробная",
            "ru",
            "В работе измерена солёность небольшого залива каждый час. Верхний слой опресняется за минуты, а нижний за часы.",
        ),
    ] {
        let mut page = PageMaker::new().line(18.0, BOLD, title).gap(8.0).line(11.0, 0, authors).gap(8.0);
        for _ in 0..6 {
            page = page.body(body);
        }
        let page = page
            .gap(8.0)
            .line(14.0, BOLD, "Low-cost measurement of slow mixing in a tidal inlet")
            .gap(8.0)
            .body(body)
            .body(body);
        let facts = read(vec![page]);
        assert_eq!(facts.title.as_ref().map(|fact| fact.value.as_str()), Some(title));
        assert_eq!(
            facts.alternate_title.map(|fact| fact.value).as_deref(),
            Some("Low-cost measurement of slow mixing in a tidal inlet"),
            "{title}"
        );
        assert_eq!(facts.language.as_deref(), Some(language), "{title}");
        assert_eq!(facts.authors.map(|fact| fact.value.len()), Some(2), "{title}");
    }
}

#[test]
fn covers_of_other_archives_are_no_papers() {
    let covers: [&[&str]; 6] = [
        &[
            "University of Beispielstadt Research Portal",
            "Slow mixing of fresh water in a tidal inlet",
            "Muster, Anna",
            "Document Version",
            "Publisher's PDF, also known as Version of record",
            "Citation for published version (APA):",
            "Muster, A. (2041). Slow mixing of fresh water in a tidal inlet. Basins, 12(3), 211-219.",
            "General rights",
            "Take down policy",
        ],
        &[
            "This is a repository copy of Slow mixing of fresh water in a tidal inlet.",
            "Northern Research Online URL for this paper:",
            "https://eprints.example.org/123/",
            "Version: Accepted Version",
            "Article:",
            "Muster, A. (2041) Slow mixing of fresh water in a tidal inlet. Basins, 12 (3). pp. 211-219.",
            "Reuse",
            "Takedown",
        ],
        &[
            "See discussions, stats, and author profiles for this publication at: https://network.example/publication/123",
            "Slow mixing of fresh water in a tidal inlet",
            "Article in Basins · May 2041",
            "CITATIONS",
            "READS",
            "3 authors, including:",
            "Anna Muster",
            "All content following this page was uploaded by Anna Muster on 3 May 2041.",
        ],
        &[
            "Zitierhinweis",
            "Muster, Anna: Slow mixing of fresh water in a tidal inlet. Basins 12 (2041), 211-219.",
            "Persistenter Link: https://archiv.example.org/123",
            "PDF erstellt am: 03.05.2042",
            "Nutzungsbedingungen",
            "Die auf der Plattform veröffentlichten Dokumente stehen für nicht-kommerzielle Zwecke frei zur Verfügung.",
        ],
        &[
            "Slow mixing of fresh water in a tidal inlet",
            "Anna Muster",
            "DOI: 10.5555/basins.2041.211",
            "Cite this article: Muster, A. (2041). Slow mixing of fresh water in a tidal inlet.",
            "To link to this article: https://doi.org/10.5555/basins.2041.211",
            "Full Terms & Conditions of access and use can be found at https://journals.example/conditions",
            "Submit your article to this journal",
            "Downloaded by [University of Beispielstadt] on 03 May 2042",
        ],
        &[
            "ScholarWorks at Beispielstadt",
            "Faculty Publications",
            "Slow mixing of fresh water in a tidal inlet",
            "Anna Muster",
            "Follow this and additional works at: https://scholarworks.example/pubs",
            "Recommended Citation",
            "Muster, Anna, \"Slow mixing of fresh water in a tidal inlet\" (2041). Faculty Publications. 123.",
            "This Article is brought to you for free and open access. For more information, please contact the library.",
        ],
    ];
    for lines in covers {
        let mut cover = PageMaker::new().line(20.0, BOLD, lines[0]);
        for line in &lines[1..] {
            cover = cover.gap(6.0).line(10.0, 0, line);
        }
        let facts = read(vec![cover, front(), PageMaker::new().prose(30)]);
        assert_eq!(
            facts.title.as_ref().map(|fact| fact.value.as_str()),
            Some("Slow mixing of fresh water in a tidal inlet"),
            "{}",
            lines[0]
        );
        assert_eq!(families(&facts), ["Muster", "van der Probe", "Esempio"], "{}", lines[0]);
        assert!(facts.abstract_text.as_ref().is_some_and(|text| text.value.starts_with("We measured")), "{}", lines[0]);
        assert!(facts.sections.iter().all(|section| section.page == 1), "{}: {:?}", lines[0], facts.sections);
    }
}

#[test]
fn hebrew_and_arabic_front_pages_are_named() {
    let check = |lines: [&str; 5], names: &[(&str, &str)]| {
        let [title, people, place, head, text] = lines;
        let page = PageMaker::new()
            .line(20.0, BOLD, title)
            .gap(8.0)
            .line(11.0, 0, people)
            .gap(4.0)
            .line(11.0, 0, place)
            .gap(8.0)
            .line(14.0, BOLD, head)
            .gap(4.0)
            .body(text)
            .body(text)
            .body(text);
        let facts = read(vec![page]);
        assert_eq!(facts.title.expect("a title").value, title);
        let said: Vec<(String, String)> =
            facts.authors.expect("authors").value.into_iter().map(|author| (author.given, author.family)).collect();
        let names: Vec<(String, String)> =
            names.iter().map(|(given, family)| ((*given).to_owned(), (*family).to_owned())).collect();
        assert_eq!(said, names);
        assert!(facts.abstract_text.is_some_and(|fact| fact.value.starts_with(text)));
    };
    check(
        [
            "ערבוב איטי של מים מתוקים במפרץ גאות",
            "נועה כהן, דוד לוי",
            "המחלקה לאוקיינוגרפיה, אוניברסיטת חוף",
            "תקציר",
            "המליחות במפרצים קטנים היא מדד לערבוב אך נמדדת לעתים רחוקות.",
        ],
        &[("נועה", "כהן"), ("דוד", "לוי")],
    );
    check(
        [
            "الخلط البطيء للمياه العذبة في خليج مد وجزر",
            "ليلى حسن، عمر الخطيب",
            "قسم علوم البحار، جامعة الساحل",
            "الملخص",
            "الملوحة في الخلجان الصغيرة مقياس للخلط لكنها نادرا ما تقاس.",
        ],
        &[("ليلى", "حسن"), ("عمر", "الخطيب")],
    );
}

//! Levels of headings whose size and weight do not tell them apart.

use super::*;

fn front() -> PageMaker {
    PageMaker::new()
        .line(18.0, BOLD, "Slow mixing of fresh water in a tidal inlet")
        .gap(12.0)
        .line(12.0, 0, "Anna Weber and Hans Schneider")
        .gap(20.0)
}

fn levels(facts: &Facts) -> Vec<(u8, &str)> {
    facts.sections.iter().map(|section| (section.level, section.heading.as_str())).collect()
}

#[test]
fn another_font_of_the_same_size_and_weight_is_a_lower_level() {
    let first = front()
        .line(12.0, BOLD, "Introduction")
        .prose(6)
        .gap(8.0)
        .line(12.0, BOLD, "Methods")
        .prose(6)
        .gap(8.0)
        .line(12.0, BOLD, "Probes of the basin")
        .in_font(5)
        .prose(6);
    let second = PageMaker::new()
        .line(12.0, BOLD, "Results")
        .prose(6)
        .gap(8.0)
        .line(12.0, BOLD, "Salt at the upper probe")
        .in_font(5)
        .prose(6)
        .gap(8.0)
        .line(12.0, BOLD, "Discussion")
        .prose(6);
    let facts = read(vec![first, second]);
    assert_eq!(
        levels(&facts),
        [
            (1, "Introduction"),
            (1, "Methods"),
            (2, "Probes of the basin"),
            (1, "Results"),
            (2, "Salt at the upper probe"),
            (1, "Discussion"),
        ]
    );
}

#[test]
fn many_statements_behind_the_text_do_not_lower_its_headings() {
    let first = front()
        .line(12.0, BOLD, "Introduction")
        .prose(6)
        .gap(8.0)
        .line(12.0, BOLD, "Inlets of the north")
        .prose(6)
        .gap(8.0)
        .line(12.0, BOLD, "Conclusions")
        .prose(6);
    let mut second = PageMaker::new();
    for statement in
        ["Funding", "Competing interests", "Author contributions", "Acknowledgements", "Consent for publication"]
    {
        second =
            second.line(9.0, BOLD, statement).gap(2.0).body("Nothing is to be said here about this matter.").gap(6.0);
    }
    let facts = read(vec![first, second.prose(8)]);
    let top: Vec<&str> =
        levels(&facts).into_iter().filter(|(level, _)| *level == 1).map(|(_, heading)| heading).collect();
    assert!(top.starts_with(&["Introduction", "Inlets of the north", "Conclusions"]), "{:?}", levels(&facts));
}

//! Reference lists that are hard to find.

use super::*;

fn front_and(list: PageMaker) -> Facts {
    let first = PageMaker::new()
        .line(18.0, BOLD, "Slow mixing of fresh water in a tidal inlet")
        .gap(12.0)
        .line(12.0, 0, "Anna Weber and Hans Schneider")
        .gap(20.0)
        .prose(30);
    read(vec![first, list])
}

#[test]
fn a_numbered_list_of_pages_without_years_is_a_list() {
    let list = PageMaker::new()
        .prose(4)
        .gap(12.0)
        .line(12.0, BOLD, "8. REFERENCES")
        .body("[1] Inlet probes of common parts. http://probes.example/inlets/one")
        .body("[2] Basin flow insight. http://basin.example/flow")
        .body("[3] Salt meters and their use. http://salt.example/meters");
    let facts = front_and(list);
    let labels: Vec<&str> = facts.references.iter().map(|reference| reference.label.as_str()).collect();
    assert_eq!(labels, ["1", "2", "3"]);
}

#[test]
fn a_figure_behind_the_first_entries_does_not_hide_them() {
    let mut list = PageMaker::new()
        .prose(4)
        .gap(12.0)
        .line(12.0, BOLD, "References")
        .body("[1] A. Muster. Mixing of salt in small basins. Inlet Letters, 2031.")
        .body("[2] B. Probe. Flow over sandbanks at night. Basin World, 2032.")
        .gap(10.0);
    for _ in 0..45 {
        list = list.line(4.0, 0, "0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9");
    }
    let facts = front_and(list);
    assert_eq!(facts.references.len(), 2, "{:?}", facts.references);
}

//! The layouts in which our own papers are set.

use super::papers::{PLACES, Paper, Work};
use super::setter::{Face, Setter, width};

/// What a layout prints of it.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    pub summary: bool,
    pub doi: bool,
    pub year: bool,
    pub affiliations: bool,
    pub work_dois: bool,
}

const ALL: Said = Said { summary: true, doi: true, year: true, affiliations: true, work_dois: true };

/// A layout: the file, and what it says.
pub type Layout = fn(&Paper) -> (Vec<u8>, Said);

/// Every layout, by name.
pub const LAYOUTS: &[(&str, Layout)] = &[
    ("article", article),
    ("conference", conference),
    ("journal", journal),
    ("preprint", preprint),
    ("covered", covered),
    ("blocks", blocks),
    ("notes", notes),
    ("letter", letter),
    ("hanging", hanging),
    ("german", german),
];

fn doi_of(work: &Work) -> String {
    if work.doi.is_empty() { String::new() } else { format!(" https://doi.org/{}", work.doi) }
}

fn numbered_work(n: usize, work: &Work) -> String {
    format!(
        "[{}] {} {}. {}. {}, {}, {}.{}",
        n + 1,
        work.initial,
        work.family,
        work.title,
        work.venue,
        work.numbers,
        work.year,
        doi_of(work)
    )
}

fn dated_work(work: &Work) -> String {
    format!(
        "{}, {} ({}). {}. {}, {}.{}",
        work.family,
        work.initial,
        work.year,
        work.title,
        work.venue,
        work.numbers,
        doi_of(work)
    )
}

/// Headings and running text; `heading` prints a heading.
fn body(setter: &mut Setter, paper: &Paper, size: f32, heading: impl Fn(&mut Setter, usize, &str)) {
    for (n, name) in paper.sections().iter().enumerate() {
        setter.gap(10.0);
        heading(setter, n, name);
        setter.gap(3.0);
        for part in 0..3 {
            let text = paper.sentences(n * 3 + part + 1, 7);
            setter.block(size, Face::Plain, &text);
        }
    }
}

fn bold_numbered(setter: &mut Setter, n: usize, name: &str) {
    setter.block(12.0, Face::Bold, &format!("{} {name}", n + 1));
}

fn list(setter: &mut Setter, heading: &str, size: f32, works: impl Iterator<Item = String>) {
    setter.gap(10.0).block(12.0, Face::Bold, heading).gap(3.0);
    for work in works {
        setter.hanging(size, &work);
    }
}

/// One column, marks, numbered headings and works, running heads.
fn article(paper: &Paper) -> (Vec<u8>, Said) {
    let mut s = Setter::new().with_head(&format!("Journal of Small Basins 12 ({}) 1-9", paper.year));
    s.at(72.0, 50.0, 8.0, Face::Plain, &format!("Journal of Small Basins 12(3): 1-9 ({})", paper.year));
    s.block(17.0, Face::Bold, paper.title).gap(8.0).marked(11.0, &paper.marked_names()).gap(4.0);
    places(&mut s);
    s.gap(10.0).block(11.0, Face::Bold, "Abstract").gap(2.0).block(10.0, Face::Plain, &paper.summary());
    s.note(&format!("https://doi.org/{}", paper.doi));
    body(&mut s, paper, 10.0, bold_numbered);
    list(&mut s, "References", 9.0, paper.works().iter().enumerate().map(|(n, work)| numbered_work(n, work)));
    (s.finish(), ALL)
}

fn places(s: &mut Setter) {
    for (n, place) in PLACES.iter().enumerate() {
        s.marked(9.0, &format!("^{} {place}", n + 1));
    }
}

/// Two columns under a centred front, headings with Roman numbers.
fn conference(paper: &Paper) -> (Vec<u8>, Said) {
    let mut s = Setter::new();
    s.centred(20.0, Face::Plain, paper.title).gap(10.0).centred(11.0, Face::Plain, &paper.joined_names());
    s.centred(10.0, Face::Italic, PLACES[0]).two_columns();
    s.block(9.0, Face::Bold, &format!("Abstract-{}", paper.summary()));
    body(&mut s, paper, 10.0, |s, n, name| {
        let roman = ["I.", "II.", "III.", "IV."][n];
        s.centred(10.0, Face::Plain, &format!("{roman} {}", name.to_uppercase()));
    });
    s.gap(10.0).centred(10.0, Face::Plain, "REFERENCES").gap(3.0);
    for (n, work) in paper.works().iter().enumerate() {
        s.hanging(8.0, &numbered_work(n, work));
    }
    (s.finish(), Said { doi: false, year: false, affiliations: false, ..ALL })
}

/// A journal's head, letters as marks, a spaced heading of the abstract, works by name.
fn journal(paper: &Paper) -> (Vec<u8>, Said) {
    let mut s = Setter::new().with_head("Sensors and Tides");
    s.centred(9.0, Face::Plain, &format!("Sensors and Tides 15 ({}) 77-90", paper.year));
    s.gap(14.0).centred(14.0, Face::Plain, "Sensors and Tides").gap(16.0);
    s.block(17.0, Face::Plain, paper.title).gap(8.0);
    s.marked(12.0, &paper.marked_names().replace("^1", "^a").replace("^2", "^b")).gap(4.0);
    for (mark, place) in ["a", "b"].iter().zip(PLACES) {
        s.marked(8.0, &format!("^{mark} {place}"));
    }
    s.gap(12.0).block(9.0, Face::Plain, "A B S T R A C T").gap(4.0).block(9.0, Face::Plain, &paper.summary());
    s.gap(6.0).block(8.0, Face::Plain, "Keywords: tides; probes; salt");
    s.note(&format!("https://doi.org/{}", paper.doi)).note(&format!(
        "Received 3 May {}; Accepted 7 July {}",
        paper.year - 1,
        paper.year
    ));
    body(&mut s, paper, 10.0, |s, n, name| {
        s.block(10.0, Face::Bold, &format!("{}. {name}", n + 1));
    });
    list(&mut s, "References", 9.0, sorted(paper).iter().map(dated_work));
    (s.finish(), ALL)
}

fn sorted(paper: &Paper) -> Vec<Work> {
    let mut works = paper.works();
    works.sort_by_key(|work| work.family);
    works
}

/// A preprint server's stamp beside the first page.
fn preprint(paper: &Paper) -> (Vec<u8>, Said) {
    let mut s = Setter::new();
    s.sideways(30.0, 560.0, 16.0, &format!("arXiv:{}05.00123v2 [cs.DL] 12 May {}", paper.year % 100, paper.year));
    s.gap(20.0).centred(17.0, Face::Bold, paper.title).gap(10.0).centred(12.0, Face::Plain, &paper.joined_names());
    s.gap(12.0).centred(12.0, Face::Bold, "Abstract").gap(2.0).block(10.0, Face::Plain, &paper.summary());
    body(&mut s, paper, 10.0, bold_numbered);
    list(&mut s, "References", 10.0, paper.works().iter().enumerate().map(|(n, work)| numbered_work(n, work)));
    (s.finish(), Said { doi: false, affiliations: false, ..ALL })
}

/// An archive's sheet before the paper.
fn covered(paper: &Paper) -> (Vec<u8>, Said) {
    let mut s = Setter::new();
    s.block(26.0, Face::Bold, "NORDBASE")
        .block(11.0, Face::Plain, "open archive of the northern universities")
        .gap(20.0);
    s.block(14.0, Face::Bold, paper.title).gap(10.0).block(11.0, Face::Plain, &paper.names().join(", ")).gap(30.0);
    s.block(10.0, Face::Bold, "To cite this version:");
    s.block(
        10.0,
        Face::Plain,
        &format!(
            "{}. {}. Journal of Small Basins, {}, 12 (3), pp.211-219. {}",
            paper.names().join(", "),
            paper.title,
            paper.year,
            paper.doi
        ),
    );
    s.gap(30.0).block(10.0, Face::Plain, "NORDBASE collects and preserves scholarly work and makes it free to read.");
    s.turn();
    s.block(17.0, Face::Bold, paper.title).gap(8.0).block(11.0, Face::Plain, &paper.names().join(", ")).gap(4.0);
    s.block(9.0, Face::Plain, PLACES[0]).gap(8.0).block(11.0, Face::Bold, "Abstract").gap(2.0).block(
        10.0,
        Face::Plain,
        &paper.summary(),
    );
    body(&mut s, paper, 10.0, bold_numbered);
    list(&mut s, "References", 9.0, paper.works().iter().enumerate().map(|(n, work)| numbered_work(n, work)));
    (s.finish(), Said { affiliations: false, ..ALL })
}

/// Names one below the other with institution and mailbox.
fn blocks(paper: &Paper) -> (Vec<u8>, Said) {
    let mut s = Setter::new();
    s.block(16.0, Face::Bold, paper.title).gap(8.0);
    for ((given, family), place) in paper.authors.iter().zip(paper.affiliations()) {
        s.gap(6.0).block(12.0, Face::Plain, &format!("{given} {family}")).block(10.0, Face::Italic, place);
        s.block(10.0, Face::Plain, &format!("{}@inlets.example", family.to_lowercase()));
    }
    s.gap(12.0).block(11.0, Face::Bold, "Summary").gap(2.0).block(10.0, Face::Plain, &paper.summary());
    body(&mut s, paper, 10.0, bold_numbered);
    list(&mut s, "Bibliography", 9.0, sorted(paper).iter().map(dated_work));
    (s.finish(), Said { doi: false, year: false, ..ALL })
}

/// Works in notes only; no abstract.
fn notes(paper: &Paper) -> (Vec<u8>, Said) {
    let mut s = Setter::new().with_head(paper.title);
    s.centred(16.0, Face::Bold, paper.title).gap(8.0).centred(12.0, Face::Plain, &paper.joined_names()).gap(14.0);
    let works = paper.works();
    for (n, name) in paper.sections().iter().enumerate() {
        s.gap(10.0).block(12.0, Face::Bold, name).gap(3.0);
        for part in 0..2 {
            if let Some((n, work)) = works.iter().enumerate().nth(n * 2 + part) {
                s.note(&format!(
                    "{} {} {}, '{}', {} {} ({}).",
                    n + 1,
                    work.initial,
                    work.family,
                    work.title,
                    work.venue,
                    work.numbers.split('(').next().unwrap_or(""),
                    work.year
                ));
            }
            s.block(10.0, Face::Plain, &paper.sentences(n * 3 + part + 1, 12));
        }
        s.turn();
    }
    (s.finish(), Said { summary: false, doi: false, year: false, affiliations: false, work_dois: false })
}

/// A letter: the abstract is a bold paragraph, works are numbered by "1.".
fn letter(paper: &Paper) -> (Vec<u8>, Said) {
    let mut s = Setter::new().with_head("Coastal Letters");
    s.at(72.0, 50.0, 8.0, Face::Plain, &format!("Coastal Letters | 7:101 | DOI: {}", paper.doi));
    s.at(72.0, 60.0, 8.0, Face::Plain, &format!("Published online: 3 May {}", paper.year));
    s.block(22.0, Face::Bold, paper.title).gap(8.0).marked(11.0, &paper.marked_names()).gap(8.0);
    s.block(10.0, Face::Bold, &paper.summary()).gap(6.0);
    for (n, place) in PLACES.iter().enumerate() {
        s.note(&format!("{} {place}.", n + 1));
    }
    body(&mut s, paper, 9.5, |s, _, name| {
        s.block(11.0, Face::Bold, name);
    });
    let plain = |(n, work): (usize, &Work)| {
        format!(
            "{}. {} {}. {}. {} {} ({}).{}",
            n + 1,
            work.family,
            work.initial,
            work.title,
            work.venue,
            work.numbers,
            work.year,
            doi_of(work)
        )
    };
    list(&mut s, "References", 8.0, paper.works().iter().enumerate().map(plain));
    (s.finish(), Said { affiliations: false, ..ALL })
}

/// Two columns, names left, works by name with hanging lines.
fn hanging(paper: &Paper) -> (Vec<u8>, Said) {
    let mut s = Setter::new();
    s.at(
        54.0,
        40.0,
        8.0,
        Face::Italic,
        &format!("Proceedings of the 5th Meeting on Inlets, {}, pages 1-9", paper.year),
    );
    s.block(16.0, Face::Bold, paper.title).gap(6.0).block(12.0, Face::Plain, &paper.joined_names());
    s.block(10.0, Face::Plain, PLACES[0]).two_columns();
    s.block(12.0, Face::Bold, "Abstract").gap(2.0).block(9.0, Face::Plain, &paper.summary());
    body(&mut s, paper, 10.0, bold_numbered);
    list(
        &mut s,
        "References",
        9.0,
        sorted(paper).iter().map(|work| {
            format!(
                "{} {}. {}. {}. In {}, {}.{}",
                work.initial,
                work.family,
                work.year,
                work.title,
                work.venue,
                work.numbers,
                doi_of(work)
            )
        }),
    );
    (s.finish(), Said { doi: false, affiliations: false, ..ALL })
}

/// German headings, capitals for the family names.
fn german(paper: &Paper) -> (Vec<u8>, Said) {
    let mut s = Setter::new();
    let names: Vec<String> =
        paper.authors.iter().map(|(given, family)| format!("{given} {}", family.to_uppercase())).collect();
    let left = 306.0 - width(&names.join(", "), 12.0) / 2.0;
    s.centred(18.0, Face::Bold, paper.title).gap(24.0);
    s.at(left, 160.0, 12.0, Face::Plain, &names.join(", ")).gap(30.0);
    s.block(11.0, Face::Bold, "Zusammenfassung").gap(2.0).block(10.0, Face::Plain, &paper.summary());
    s.note(&format!("DOI: {}", paper.doi));
    body(&mut s, paper, 10.0, bold_numbered);
    list(
        &mut s,
        "Literaturverzeichnis",
        9.0,
        sorted(paper).iter().map(|work| {
            format!(
                "{}, {}: {}. In: {} {}, {}.{}",
                work.family,
                work.initial,
                work.title,
                work.venue,
                work.numbers,
                work.year,
                doi_of(work)
            )
        }),
    );
    (s.finish(), Said { year: false, affiliations: false, ..ALL })
}

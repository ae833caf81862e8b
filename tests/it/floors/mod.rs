//! How well papers are read never falls below what was reached: papers of our own in many layouts, and the shared ones
//! where they are there.

mod layouts;
mod papers;
mod score;
mod setter;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use layouts::LAYOUTS;
use papers::papers;
use score::Score;

const PROGRAM: &str = env!("CARGO_BIN_EXE_scrollkeeper");

/// What must be reached on our own papers, as shares. A little below what was measured.
const OWN_FLOORS: [(&str, f64); 11] = [
    ("title", 0.97),
    ("authors", 0.97),
    ("abstract", 0.88),
    ("doi", 0.99),
    ("year", 0.99),
    ("references", 0.95),
    ("reference titles", 0.98),
    ("reference years", 0.99),
    ("reference dois", 0.99),
    ("sections", 0.98),
    ("affiliations", 0.98),
];

/// What must be reached on the shared papers, under the names of their scorer.
const SHARED_FLOORS: [(&str, f64); 16] = [
    ("title=", 0.985),
    ("authF1", 0.975),
    ("auth=", 0.945),
    ("abs>=.8", 0.935),
    ("doiP", 0.99),
    ("doiR", 0.99),
    ("year", 0.94),
    ("venue~", 0.97),
    ("refN", 0.985),
    ("refT F1", 0.97),
    ("refRaw", 0.97),
    ("refDOI", 0.97),
    ("refYr", 0.985),
    ("refAu", 0.98),
    ("secF1", 0.875),
    ("body", 0.985),
];

fn parsed(files: &[PathBuf]) -> String {
    // What other tests are told by the environment is no setting of the program.
    let run = Command::new(PROGRAM).env_clear().args(["parse", "--json"]).args(files).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn papers_of_our_own_in_many_layouts_are_read_as_well_as_ever() {
    let folder = tempfile::tempdir().unwrap();
    let mut score = Score::default();
    let (mut files, mut truths) = (Vec::new(), Vec::new());
    for (name, layout) in LAYOUTS {
        for (nth, paper) in papers().into_iter().enumerate() {
            let (bytes, said) = layout(&paper);
            let file = folder.path().join(format!("{name}-{nth}.pdf"));
            std::fs::write(&file, bytes).unwrap();
            files.push(file);
            truths.push((format!("{name}-{nth}"), paper, said));
        }
    }
    for (line, (name, paper, said)) in parsed(&files).lines().zip(&truths) {
        let read: Value = serde_json::from_str(line).unwrap();
        score.add(name, paper, *said, &read);
    }
    score.hold(&OWN_FLOORS);
}

#[test]
fn the_shared_papers_are_read_as_well_as_ever() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let corpus = std::env::var_os("SK_CORPUS").map_or(beside, PathBuf::from);
    let papers = corpus.join("papers");
    let Ok(entries) = std::fs::read_dir(&papers) else {
        eprintln!("SKIPPED: the shared papers are not there; SK_CORPUS names their folder");
        return;
    };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "pdf"));
    files.sort();
    let folder = tempfile::tempdir().unwrap();
    let (said, figures) = (folder.path().join("said.jsonl"), folder.path().join("figures.json"));
    std::fs::write(&said, parsed(&files)).unwrap();
    let scored = Command::new("python3")
        .arg(corpus.join("score.py"))
        .arg(&said)
        .args([Path::new("--papers"), &papers, Path::new("--json"), &figures])
        .output()
        .unwrap();
    assert!(scored.status.success(), "{}", String::from_utf8_lossy(&scored.stderr));
    let figures: Value = serde_json::from_slice(&std::fs::read(&figures).unwrap()).unwrap();
    let low: Vec<String> = SHARED_FLOORS
        .iter()
        .chain([&("order", 0.995)])
        .filter(|(name, floor)| figures["ALL"][name].as_f64().is_some_and(|reached| reached < *floor))
        .map(|(name, floor)| format!("{name} {} < {floor}", figures["ALL"][name]))
        .collect();
    assert!(figures["ALL"]["title="].is_number(), "the scorer names its figures otherwise: {figures}");
    assert!(low.is_empty(), "worse than before: {}", low.join(", "));
}

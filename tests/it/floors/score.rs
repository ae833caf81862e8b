//! Compares what was read with what the paper says.

use std::collections::BTreeMap;

use serde_json::Value;

use super::layouts::Said;
use super::papers::Paper;

/// Right and wanted, by field.
#[derive(Default)]
pub struct Score {
    counts: BTreeMap<&'static str, (usize, usize)>,
    misses: Vec<String>,
}

impl Score {
    /// Adds a paper; `said` tells what its layout prints.
    pub fn add(&mut self, name: &str, paper: &Paper, said: Said, read: &Value) {
        let text = |field: &str| read[field].as_str().unwrap_or("").to_owned();
        self.one("title", name, &text("title"), paper.title);
        let families: Vec<&str> =
            list(&read["authors"]).map(|author| author["family"].as_str().unwrap_or("")).collect();
        let wanted: Vec<&str> = paper.authors.iter().map(|(_, family)| *family).collect();
        self.one("authors", name, &families.join(", "), &wanted.join(", "));
        if said.summary {
            self.one("abstract", name, &text("abstract"), &paper.summary());
        }
        self.one("doi", name, &text("doi"), if said.doi { paper.doi } else { "" });
        if said.year {
            self.one("year", name, &read["year"].to_string(), &paper.year.to_string());
        }
        if said.affiliations {
            for (author, wanted) in list(&read["authors"]).zip(paper.affiliations()) {
                let own: Vec<&str> = list(&author["affiliations"]).filter_map(Value::as_str).collect();
                self.one("affiliations", name, &own.join(" / "), wanted);
            }
        }
        let headings: Vec<&str> = list(&read["sections"]).filter_map(|section| section["heading"].as_str()).collect();
        for wanted in paper.sections() {
            let found = headings.iter().any(|heading| squash(heading) == squash(wanted));
            self.count("sections", found, || format!("{name}: no section {wanted:?} in {headings:?}"));
        }
        self.references(name, paper, said, read);
    }

    fn references(&mut self, name: &str, paper: &Paper, said: Said, read: &Value) {
        let works = paper.works();
        let found: Vec<&Value> = list(&read["references"]).collect();
        self.one("references", name, &found.len().to_string(), &works.len().to_string());
        for work in works {
            let same = found.iter().find(|each| squash(each["title"].as_str().unwrap_or("")) == squash(work.title));
            self.count("reference titles", same.is_some(), || {
                format!(
                    "{name}: no work {:?} in {:?}",
                    work.title,
                    found.iter().map(|each| &each["title"]).collect::<Vec<_>>()
                )
            });
            let Some(same) = same else { continue };
            self.one("reference years", name, &same["year"].to_string(), &work.year.to_string());
            if said.work_dois && !work.doi.is_empty() {
                self.one("reference dois", name, same["doi"].as_str().unwrap_or(""), work.doi);
            }
        }
    }

    fn one(&mut self, field: &'static str, name: &str, read: &str, wanted: &str) {
        let right = if matches!(field, "doi" | "year") { read == wanted } else { squash(read) == squash(wanted) };
        self.count(field, right, || format!("{name}: {field} {read:?}, not {wanted:?}"));
    }

    fn count(&mut self, field: &'static str, right: bool, miss: impl FnOnce() -> String) {
        let (all_right, all) = self.counts.entry(field).or_default();
        *all_right += usize::from(right);
        *all += 1;
        if !right {
            self.misses.push(miss());
        }
    }

    /// Fails where a field is read worse than its floor says.
    pub fn hold(&self, floors: &[(&str, f64)]) {
        let mut low = Vec::new();
        for (field, floor) in floors {
            let (right, all) = self.counts[field];
            let reached = right as f64 / all as f64;
            println!("{field}: {right} of {all}");
            if reached < *floor {
                low.push(format!("{field} {reached:.3} < {floor}"));
            }
        }
        assert!(low.is_empty(), "worse than before: {}\n{}", low.join(", "), self.misses.join("\n"));
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Letters and digits only.
fn squash(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

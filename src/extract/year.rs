//! The year of publication: votes of imprints, margins, citation lines and the file's own dates.

use super::lexicon::MONTHS;
use super::lines::{Sheet, TextLine};
use super::tuning as t;
use super::venue::{is_margin, is_prose, previous_cites};
use super::volume::{volume_pattern, years_in};
use super::wording::has_word;
use crate::domain::facts::{Fact, Reference};
use crate::domain::layout::TextRole;

/// Votes for years; each kind of place votes once for a year.
#[derive(Default)]
pub(super) struct Years {
    votes: Vec<(u16, u8, f32)>,
}

impl Years {
    fn vote(&mut self, year: u16, kind: u8, weight: f32) {
        if !self.votes.iter().any(|(y, k, _)| *y == year && *k == kind) {
            self.votes.push((year, kind, weight));
        }
    }

    pub(super) fn vote_text(&mut self, text: &str, weight: f32, kind: u8) {
        for year in years_in(text) {
            self.vote(year, kind, weight);
        }
    }

    pub(super) fn read_line(&mut self, sheet: &Sheet, at: usize, line: &TextLine, first: bool) {
        if years_in(&line.text).next().is_none() {
            return;
        }
        let lower = line.text.to_lowercase();
        let near = |word: &str| lower.contains(word);
        if ["accessed", "downloaded", "retrieved", "deposited", "was taken from"]
            .iter()
            .any(|word| lower.contains(word))
        {
            return;
        }
        if line.role == Some(TextRole::Stamp) {
            self.vote_text(&lower, t::YEAR_STAMP, 0);
            return;
        }
        let margin = is_margin(sheet, line);
        if !first && !margin {
            return;
        }
        let labelled = if is_prose(&line.text) && !has_word(&lower, MONTHS) { Vec::new() } else { dated_parts(&lower) };
        if labelled.is_empty() {
            if (near("©") || near("copyright") || near("(c)")) && first {
                self.vote_text(&lower, t::YEAR_COPYRIGHT, 2);
            } else {
                let cited = near("cite") || near("citation") || previous_cites(sheet, at) && first;
                let meeting = has_word(&lower, &["proceedings", "conference", "workshop", "symposium"])
                    && (margin || line.text.len() < 160 && first && !is_prose(&line.text));
                if cited || meeting || (margin || at < 10 && first) && volume_pattern(&line.text).is_some() {
                    self.vote_text(&lower, t::YEAR_CITATION, 3);
                }
            }
        }
        for (kind, weight, part) in labelled {
            self.vote_text(part, weight, kind);
        }
        if margin && (first || line.role.is_some()) {
            self.vote_text(&lower, t::YEAR_MARGIN, 4);
        }
    }

    pub(super) fn creation(&mut self, date: &str) {
        let digits: String = date.chars().skip_while(|c| !c.is_ascii_digit()).take(4).collect();
        if let Ok(year) = digits.parse::<u16>()
            && (1985..2100).contains(&year)
        {
            self.vote(year, 6, t::YEAR_CREATION);
        }
    }

    /// The year with most votes among those in which the works cited were there already.
    pub(super) fn best(&self, newest_cited: Option<u16>) -> Option<Fact<u16>> {
        let mut sums: Vec<(u16, f32)> = Vec::new();
        for (year, _, weight) in self.votes.iter().filter(|(year, ..)| newest_cited.is_none_or(|cited| *year >= cited))
        {
            match sums.iter_mut().find(|(y, _)| y == year) {
                Some((_, sum)) => *sum += weight,
                None => sums.push((*year, *weight)),
            }
        }
        let total: f32 = sums.iter().map(|(_, sum)| sum).sum();
        let Some((year, sum)) = sums.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0))) else {
            return newest_cited.map(|value| Fact { value, confidence: t::YEAR_BY_CITED });
        };
        let confidence = (0.45 + 0.1 * sum.min(4.0)) * (0.6 + 0.4 * sum / total.max(0.1));
        let said = self.votes.iter().any(|(y, kind, _)| *y == year && matches!(kind, 0..=2));
        let gain = if said { t::YEAR_SAID } else { 0.0 };
        Some(Fact { value: year, confidence: (confidence + gain).min(0.97) })
    }
}

/// The newest year that several of the works cited have: the paper cannot be older.
pub(super) fn newest_cited(references: &[Reference]) -> Option<u16> {
    let mut years: Vec<u16> = references.iter().filter_map(|reference| reference.year).collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.get(t::YEAR_CITED - 1).copied().filter(|year| *year < 2100)
}

/// Parts of a line of dates with their labels: "Received 3 May 2040; accepted 7 June 2040".
fn dated_parts(lower: &str) -> Vec<(u8, f32, &str)> {
    const LABELS: &[(&str, u8, f32)] = &[
        ("published", 1, t::YEAR_PUBLISHED),
        ("publication date", 1, t::YEAR_PUBLISHED),
        ("date of publication", 1, t::YEAR_PUBLISHED),
        ("available online", 1, t::YEAR_PUBLISHED),
        ("accepted", 5, t::YEAR_ACCEPTED),
        ("received", 8, t::YEAR_RECEIVED),
        ("submitted", 8, t::YEAR_RECEIVED),
        ("revised", 8, t::YEAR_RECEIVED),
        ("this version posted", 1, t::YEAR_PUBLISHED),
    ];
    let mut marks: Vec<(usize, u8, f32)> = Vec::new();
    for (label, kind, weight) in LABELS {
        let mut from = 0;
        while let Some(at) = lower[from..].find(label).map(|at| at + from) {
            marks.push((at, *kind, *weight));
            from = at + label.len();
        }
    }
    marks.sort_by_key(|mark| mark.0);
    let mut out = Vec::new();
    for (i, (at, kind, weight)) in marks.iter().enumerate() {
        let end = marks.get(i + 1).map_or(lower.len(), |next| next.0);
        out.push((*kind, *weight, &lower[*at..end]));
    }
    out
}

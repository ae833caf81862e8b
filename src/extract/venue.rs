//! Where the document appeared: names in margins, imprints, citation lines and the information dictionary.

use super::lexicon::{ARTICLE_TYPE, JOURNAL, MONTHS};
use super::lines::{Sheet, TextLine, push_line};
use super::proceedings::{OPENS_PROCEEDINGS, cited_event, continued, meeting, proceedings};
use super::series::known_as;
use super::tuning as t;
use super::volume::{VolumeParts, volume_pattern};
use super::wording::{has_word, is_cjk, squash, words};
use super::year::Years;
use crate::domain::facts::Fact;
use crate::domain::layout::{DocumentInfo, TextRole};

/// Where and when the document appeared.
#[derive(Debug, Clone, Default)]
pub(super) struct Imprint {
    pub year: Option<Fact<u16>>,
    pub venue: Option<Fact<String>>,
    pub volume: Option<String>,
    pub issue: Option<String>,
    pub pages: Option<String>,
}

/// Preprint servers by a word of their margins.
const PREPRINTS: &[(&str, &str)] = &[
    ("biorxiv", "bioRxiv"),
    ("medrxiv", "medRxiv"),
    ("chemrxiv", "ChemRxiv"),
    ("psyarxiv", "PsyArXiv"),
    ("ssrn", "SSRN"),
];

/// What stands where names of journals do, squashed: publishers, and what says nothing.
const NO_VENUES: &[&str] = &[
    "dovepress",
    "elsevier",
    "springer",
    "springeropen",
    "wiley",
    "mdpi",
    "hindawi",
    "sciencedirect",
    "researchgate",
    "aninternationaljournal",
    "however",
    "researcharticle",
    "openaccess",
    "fulltext",
    "home",
    "contents",
];

/// Reads the imprint; `cover` are sheets before the paper, whose word counts too.
pub(super) fn find(
    cover: &[&Sheet],
    sheets: &[&Sheet],
    references_from: Option<(u32, u32)>,
    title: &str,
    info: &DocumentInfo,
    newest_cited: Option<u16>,
) -> Imprint {
    let mut years = Years::default();
    let mut names = Names::new(title);
    for sheet in cover {
        for (i, line) in sheet.lines.iter().enumerate() {
            years.read_line(sheet, i, line, true);
            names.read_line(line, t::VENUE_CITATION);
        }
    }
    for (at, sheet) in sheets.iter().take(3).enumerate() {
        let body_end = sheet.lines.iter().rposition(TextLine::is_text).unwrap_or(0);
        for (i, line) in sheet.lines.iter().enumerate() {
            if references_from.is_some_and(|from| (sheet.index, line.start) >= from) && !is_margin(sheet, line) {
                continue;
            }
            if line.role == Some(TextRole::Footnote) && !is_imprint(&line.text) {
                continue;
            }
            years.read_line(sheet, i, line, at == 0);
            if let Some(name) = opens_citation(line).then(|| cited_event(&citation(sheet, i))).flatten() {
                names.add(&name, t::VENUE_CITATION + t::VENUE_KNOWN, VolumeParts::default());
            }
            if at == 0
                && let Some(name) = meeting(&line.text)
            {
                names.add(&name, t::VENUE_MEETING, VolumeParts::default());
            }
            let whole = continued(sheet, i);
            let line = whole.as_ref().unwrap_or(line);
            let margin = is_margin(sheet, line);
            let lower = line.text.to_lowercase();
            if margin {
                names.read_line(line, t::VENUE_MARGIN);
                if let Some(next) = sheet.lines.get(i + 1)
                    && is_margin(sheet, next)
                    && next.same_style(line)
                    && next.overlaps_x(line)
                    && volume_pattern(&next.text).is_some_and(|(at, _)| at < 3)
                {
                    names.read(
                        &format!("{} {}", line.text.trim_end(), next.text),
                        t::VENUE_MARGIN,
                        line.role.is_some(),
                    );
                }
            } else if at == 0
                && (lower.contains("cite")
                    || lower.contains("citation")
                    || previous_cites(sheet, i)
                    || lower.contains("doi") && volume_pattern(&line.text).is_some_and(|(at, _)| at > 3)
                    || OPENS_PROCEEDINGS.iter().any(|start| lower.trim_start().starts_with(start)))
            {
                names.read_line(line, t::VENUE_CITATION);
            } else if at == 0 && i + 4 > body_end {
                names.read_line(line, t::VENUE_LAST_LINES);
            } else if at == 0 && i < 12 {
                names.read_line(line, t::VENUE_FIRST_LINES);
            }
        }
    }
    names.running(sheets);
    let subject = info.subject.trim();
    if !subject.is_empty() && subject.len() < 300 {
        names.read(subject, t::VENUE_INFO, false);
        years.vote_text(subject, t::YEAR_INFO, 7);
    }
    years.creation(&info.creation_date);
    let (venue, parts) = names.best();
    Imprint { year: years.best(newest_cited), venue, volume: parts.volume, issue: parts.issue, pages: parts.pages }
}

/// Lines of rights and dates, which may stand among notes.
fn is_imprint(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["©", "copyright", "published", "received", "accepted", "doi", "issn", "proceedings of", "pmlr"]
        .iter()
        .any(|word| lower.contains(word))
}

/// Whether what follows is how the paper wants to be cited.
fn opens_citation(line: &TextLine) -> bool {
    let lower = line.text.trim().to_lowercase();
    lower.len() < 60
        && (lower.contains("reference format") || lower.starts_with("how to cite") || lower.starts_with("cite this"))
}

/// The citation that begins at this line or behind it, lines joined.
fn citation(sheet: &Sheet, at: usize) -> String {
    let mut text = String::new();
    let mut last = &sheet.lines[at];
    let size = sheet.lines.get(at + 1).map_or(last.size, |line| line.size);
    for line in sheet.lines[at + 1..].iter().take(t::VENUE_CITATION_LINES) {
        let near = line.rect.y0 - last.rect.y1 < line.size && line.overlaps_x(last);
        if !near || (line.size - size).abs() > t::SAME_SIZE {
            break;
        }
        push_line(&mut text, line);
        last = line;
    }
    text
}

pub(super) fn previous_cites(sheet: &Sheet, at: usize) -> bool {
    (at.saturating_sub(4)..at).any(|i| {
        let text = &sheet.lines[i].text;
        if !text.contains("ite")
            && !text.contains("CITE")
            && !text.contains("eference")
            && !text.contains("CITATION")
            && !text.contains("itation")
        {
            return false;
        }
        let lower = text.to_lowercase();
        lower.starts_with("cite ")
            || lower.starts_with("how to cite")
            || lower.starts_with("citation")
            || lower.contains("to cite this")
            || lower.contains("reference format")
    })
}

pub(super) fn is_margin(sheet: &Sheet, line: &TextLine) -> bool {
    matches!(line.role, Some(TextRole::Head | TextRole::Foot | TextRole::Stamp))
        || line.rect.y1 < sheet.height * t::VENUE_BAND
        || line.rect.y0 > sheet.height * (1.0 - t::VENUE_BAND)
}

/// Whether most words of a line are small.
pub(super) fn is_prose(text: &str) -> bool {
    let (mut small, mut all) = (0usize, 0usize);
    for word in text.split_whitespace() {
        all += 1;
        small += usize::from(word.chars().next().is_some_and(char::is_lowercase));
    }
    all > 6 && small * 2 > all
}

/// Candidates for the venue's name.
struct Names {
    title: String,
    found: Vec<(String, f32, VolumeParts)>,
}

impl Names {
    fn new(title: &str) -> Self {
        Names { title: squash(title), found: Vec::new() }
    }

    fn read_line(&mut self, line: &TextLine, weight: f32) {
        self.read(&line.text, weight, line.role.is_some());
    }

    fn read(&mut self, text: &str, weight: f32, running: bool) {
        let weight = if running { weight + t::VENUE_RUNNING } else { weight };
        let lower = text.to_lowercase();
        if let Some(name) = known_as(text) {
            self.add(&name, weight + t::VENUE_KNOWN, VolumeParts::default());
            return;
        }
        for (word, name) in PREPRINTS {
            if lower.contains(word) {
                self.add(name, weight + t::VENUE_PREPRINT, VolumeParts::default());
            }
        }
        if let Some(name) = proceedings(text) {
            self.add(&name, weight + t::VENUE_KNOWN, VolumeParts::default());
            return;
        }
        if let Some((_, rest)) = text.split_once("Authors. ").or_else(|| text.split_once("Author(s). "))
            && let Some((name, _)) = rest.split_once(" published by")
            && let Some(name) = name_at_end(name)
        {
            self.add(&name, weight + t::VENUE_NUMBERS, VolumeParts::default());
        } else if let Some((at, parts)) = volume_pattern(text) {
            if let Some(name) = name_before(&text[..at]) {
                let bonus = if has_word(&name, JOURNAL) { t::VENUE_WORD } else { 0.0 };
                self.add(&name, weight + t::VENUE_NUMBERS + bonus, parts);
            }
        } else if let Some(name) = name_before_issn(text) {
            self.add(&name, weight, VolumeParts::default());
        } else if let Some(name) = name_before_doi(text) {
            self.add(&name, weight, VolumeParts::default());
        } else if text.len() < 90
            && has_word(text, JOURNAL)
            && weight >= t::VENUE_FIRST_LINES
            && let Some(name) = name_before(text)
            && words(&name).count() >= 2
            && !name.contains(['.', ':'])
        {
            self.add(&name, weight, VolumeParts::default());
        }
    }

    /// What runs on the pages and stands on the first one too, other than the title: the journal's name.
    fn running(&mut self, sheets: &[&Sheet]) {
        let Some(first) = sheets.first() else { return };
        let on_first: Vec<String> = first.lines.iter().map(|line| squash(&line.text)).collect();
        for line in sheets.iter().take(4).skip(1).flat_map(|sheet| &sheet.lines) {
            if !matches!(line.role, Some(TextRole::Head | TextRole::Foot)) {
                continue;
            }
            let text = line.text.split(" | ").next().unwrap_or("").trim();
            let key = squash(text);
            let fine = key.len() >= 6
                && !text.contains([',', '.', ':'])
                && !text.contains("et al")
                && words(text).count() <= t::VENUE_MOST_WORDS
                && !text.chars().any(|c| c.is_ascii_digit())
                && on_first.iter().any(|on| on.starts_with(&key));
            if fine && let Some(name) = name_before(text) {
                self.add(&name, t::VENUE_LEAST, VolumeParts::default());
            }
        }
    }

    fn add(&mut self, name: &str, weight: f32, parts: VolumeParts) {
        let key = squash(name);
        let only_months = words(name).all(|word| MONTHS.contains(&word.to_lowercase().as_str()));
        if key.len() < 3
            || only_months
            || NO_VENUES.contains(&key.as_str())
            || (key.len() > 12 && parts.volume.is_none() && self.title.contains(&key))
            || !self.title.is_empty() && key.contains(&self.title)
        {
            return;
        }
        match self.found.iter_mut().find(|(known, ..)| squash(known) == key) {
            Some((_, sum, known)) => {
                *sum += weight * 0.3;
                if known.volume.is_none() {
                    *known = parts;
                }
            }
            None => self.found.push((name.to_owned(), weight, parts)),
        }
    }

    fn best(self) -> (Option<Fact<String>>, VolumeParts) {
        let best = self.found.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
        match best {
            Some((name, weight, parts)) if weight >= t::VENUE_LEAST => {
                let confidence = (0.4 + weight * 0.1).min(0.9);
                (Some(Fact { value: name, confidence }), parts)
            }
            _ => (None, VolumeParts::default()),
        }
    }
}

/// Whether a place in the small letters is the same place in the text.
pub(super) fn same_places(text: &str, lower: &str) -> bool {
    text.is_ascii()
        || text.len() == lower.len() && text.char_indices().zip(lower.char_indices()).all(|(a, b)| a.0 == b.0)
}

/// "Basin World, EISSN: 5555-0916".
fn name_before_issn(text: &str) -> Option<String> {
    let at = ["ISSN", "EISSN", "eISSN", "e-ISSN", "E-ISSN"].iter().filter_map(|mark| text.find(mark)).min()?;
    let before = text[..at].trim_end_matches(|c: char| c.is_whitespace() || ",;:|(–-".contains(c));
    name_before(before).filter(|name| words(name).count() <= 6)
}

/// "Muster (2041), Basin Flow, DOI 10.5555/…": the last name before the DOI.
fn name_before_doi(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    if !same_places(text, &lower) {
        return None;
    }
    let at = ["doi", "https://doi", "http://dx.doi"].iter().filter_map(|mark| lower.find(mark)).min()?;
    let before = text[..at].trim().trim_end_matches([',', '.', '|', ';', ':']);
    let name = name_before(before.rsplit([',', '|']).next()?)?;
    (words(&name).count() <= 6 && before.len() > name.len()).then_some(name)
}

/// The name that stands before the numbers: behind authors and sentences, without trailing words.
fn name_before(text: &str) -> Option<String> {
    let text = text.trim();
    name_at_end(text).or_else(|| {
        // What precedes may end in a word that could be an abbreviation, or in a comma.
        let (_, behind) = text.rsplit_once(". ").or_else(|| text.rsplit_once(", "))?;
        name_at_end(behind).filter(|name| words(name).count() >= 2)
    })
}

fn name_at_end(mut text: &str) -> Option<String> {
    for mark in ["et al.", "et al", "| ", "— ", "– "] {
        if let Some(at) = text.rfind(mark) {
            let behind = text[at + mark.len()..].trim_start_matches(|c: char| !c.is_alphabetic());
            if behind.chars().filter(|c| c.is_alphabetic()).count() >= 3 {
                text = behind;
            } else if mark == "| " {
                text = text[..at].trim_end_matches(['|', ' ']);
            }
        }
    }
    let mut from = 0;
    for (at, _) in text.match_indices(['.', '?', '!']) {
        let word = text[..at].rsplit([' ', '.']).next().unwrap_or("");
        let small = word.chars().count() >= 3 && word.chars().all(char::is_lowercase) && !matches!(word, "vol" | "eds");
        let long = word.chars().count() >= 5
            || small
            || word.ends_with(')')
            || word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty();
        if long && text[at + 1..].starts_with(' ') {
            from = at + 1;
        }
    }
    let mut name = text[from..].trim().trim_start_matches(|c: char| !c.is_alphabetic());
    if let Some(at) = name.rfind(": ") {
        name = name[at + 2..].trim();
    }
    if let Some(at) = name.find(" · ").or_else(|| name.find(" | ")) {
        name = &name[..at];
    }
    let mut kept: Vec<&str> = name.split_whitespace().collect();
    while let Some(last) = kept.last() {
        let bare: String = last.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let drop = bare.is_empty()
            || bare.bytes().all(|b| b.is_ascii_digit())
            || MONTHS.contains(&bare.as_str())
            || matches!(bare.as_str(), "volume" | "vol" | "no" | "issue" | "published" | "in");
        if !drop {
            break;
        }
        kept.pop();
    }
    let name = kept.join(" ");
    let name = name.trim_end_matches([',', ';', ':', '.', '(', '|', '-', '–', ' ']).to_owned();
    let count = words(&name).count();
    let capital =
        words(&name).filter(|word| word.chars().next().is_some_and(|c| c.is_uppercase() || is_cjk(c))).count();
    let small = words(&name).filter(|word| word.chars().count() > 3 && word.chars().all(char::is_lowercase)).count();
    let fine = count > 0
        && count <= t::VENUE_MOST_WORDS
        && name.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && (name.chars().next().is_some_and(char::is_uppercase) || name.chars().any(is_cjk) || name.starts_with('e'))
        && capital * 2 >= count
        && small <= 1 + count / 4
        && !MONTHS.contains(&name.to_lowercase().as_str())
        && !words(&name).all(is_article_type)
        && !has_word(
            &name,
            &[
                "this",
                "figure",
                "table",
                "section",
                "page",
                "fig",
                "received",
                "accepted",
                "copyright",
                "http",
                "https",
                "www",
                "doi",
            ],
        )
        && !name.contains(['@', '=', '/']);
    fine.then_some(name)
}

/// "Article", "Articles", "Review": kinds of articles are no venues.
fn is_article_type(word: &str) -> bool {
    let lower = word.to_lowercase();
    ARTICLE_TYPE.contains(&lower.as_str()) || lower.strip_suffix('s').is_some_and(|one| ARTICLE_TYPE.contains(&one))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, name: &str, volume: &str) {
        let (at, parts) = volume_pattern(text).expect(text);
        assert_eq!(name_before(&text[..at]).as_deref(), Some(name), "{text}");
        assert_eq!(parts.volume.as_deref(), Some(volume), "{text}");
    }

    #[test]
    fn a_journal_stands_before_its_numbers() {
        check("Journal of Small Basins 12(3): 45–67", "Journal of Small Basins", "12");
        check("Muster et al. Basin Flow (2021) 21:323", "Basin Flow", "21");
        check("Basin Journal 2017;16:160-173 – ISSN 1611-2156", "Basin Journal", "16");
        check("Journal of Small Basins 13 (2042) 1–2", "Journal of Small Basins", "13");
        check("J Basin-Borne Dis, September 2017, 11(3): 427–432", "J Basin-Borne Dis", "11");
    }

    #[test]
    fn a_sentence_or_a_name_before_the_journal_is_no_part_of_it() {
        check(
            "Muster (2041). probes: a package for tidy data. Journal of Small Basins, 2(11), 35.",
            "Journal of Small Basins",
            "2",
        );
        check("salt in cells as a model of tidal basins, Basin World 11(9): 1237-1243.", "Basin World", "11");
        assert_eq!(name_before("Articles"), None);
        assert_eq!(name_before("This is an open access article"), None);
        assert_eq!(name_before_issn("Basin World, EISSN: 5555-0916").as_deref(), Some("Basin World"));
    }

    #[test]
    fn the_meeting_is_named_in_the_citation_asked_for() {
        let text = "Ada Muster. 2041. Slow Mixing of Salt. In The 34th Annual Symposium on Inlets (INLET ’41), May 3–5, Ghent.";
        assert_eq!(cited_event(text).as_deref(), Some("The 34th Annual Symposium on Inlets"));
        assert_eq!(cited_event("Ada Muster. 2041. Slow Mixing. In Spring (a poem), Ghent."), None);
    }

    #[test]
    fn proceedings_end_before_pages() {
        assert_eq!(
            proceedings("Proceedings of the 5th Meeting on Inlets, pages 2270–2282").as_deref(),
            Some("Proceedings of the 5th Meeting on Inlets")
        );
        assert_eq!(
            proceedings("3rd Conference on Basin Learning (BaL 2039), Ghent").as_deref(),
            Some("Conference on Basin Learning")
        );
    }
}

//! People with other roles than author: who supervised, examined, edited or translated a thesis or book.

use super::lexicon::GROUP;
use super::lines::Sheet;
use super::names::{self, NameOrder};
use super::places::INSTITUTION;
use super::tuning as t;
use super::wording::{has_address, has_word, words};
use crate::domain::item::{Creator, CreatorName};

/// Labels in small letters, the role they give, and Zotero's creator type.
const LABELS: &[(&str, &str, &str)] = &[
    ("under the supervision of", "supervisor", "contributor"),
    ("under the guidance of", "supervisor", "contributor"),
    ("supervised by", "supervisor", "contributor"),
    ("thesis supervisors", "supervisor", "contributor"),
    ("thesis supervisor", "supervisor", "contributor"),
    ("thesis advisors", "supervisor", "contributor"),
    ("thesis advisor", "supervisor", "contributor"),
    ("thesis adviser", "supervisor", "contributor"),
    ("doctoral advisor", "supervisor", "contributor"),
    ("supervisors", "supervisor", "contributor"),
    ("supervisor", "supervisor", "contributor"),
    ("advisors", "supervisor", "contributor"),
    ("advisor", "supervisor", "contributor"),
    ("adviser", "supervisor", "contributor"),
    ("promotores", "supervisor", "contributor"),
    ("promotoren", "supervisor", "contributor"),
    ("promotor", "supervisor", "contributor"),
    ("copromotor", "supervisor", "contributor"),
    ("betreut von", "supervisor", "contributor"),
    ("betreuerin", "supervisor", "contributor"),
    ("betreuer", "supervisor", "contributor"),
    ("erstbetreuer", "supervisor", "contributor"),
    ("doktorvater", "supervisor", "contributor"),
    ("sous la direction de", "supervisor", "contributor"),
    ("directeur de thèse", "supervisor", "contributor"),
    ("directrice de thèse", "supervisor", "contributor"),
    ("director de tesis", "supervisor", "contributor"),
    ("directora de tesis", "supervisor", "contributor"),
    ("orientador", "supervisor", "contributor"),
    ("relatore", "supervisor", "contributor"),
    ("научный руководитель", "supervisor", "contributor"),
    ("指导教师", "supervisor", "contributor"),
    ("导师", "supervisor", "contributor"),
    ("thesis committee", "jury", "contributor"),
    ("dissertation committee", "jury", "contributor"),
    ("doctoral committee", "jury", "contributor"),
    ("reading committee", "jury", "contributor"),
    ("examination committee", "jury", "contributor"),
    ("committee members", "jury", "contributor"),
    ("committee", "jury", "contributor"),
    ("external examiner", "jury", "contributor"),
    ("internal examiner", "jury", "contributor"),
    ("examiners", "jury", "contributor"),
    ("examiner", "jury", "contributor"),
    ("opponents", "jury", "contributor"),
    ("opponent", "jury", "contributor"),
    ("reviewers", "jury", "contributor"),
    ("reviewer", "jury", "contributor"),
    ("referees", "jury", "contributor"),
    ("composition du jury", "jury", "contributor"),
    ("membres du jury", "jury", "contributor"),
    ("président du jury", "jury", "contributor"),
    ("jury", "jury", "contributor"),
    ("rapporteurs", "jury", "contributor"),
    ("rapporteur", "jury", "contributor"),
    ("examinateurs", "jury", "contributor"),
    ("examinateur", "jury", "contributor"),
    ("erstgutachter", "jury", "contributor"),
    ("zweitgutachter", "jury", "contributor"),
    ("gutachterin", "jury", "contributor"),
    ("gutachter", "jury", "contributor"),
    ("erstprüfer", "jury", "contributor"),
    ("zweitprüfer", "jury", "contributor"),
    ("prüfer", "jury", "contributor"),
    ("korreferent", "jury", "contributor"),
    ("referent", "jury", "contributor"),
    ("berichterstatter", "jury", "contributor"),
    ("tribunal", "jury", "contributor"),
    ("edited by", "editor", "editor"),
    ("herausgegeben von", "editor", "editor"),
    ("sous la direction éditoriale de", "editor", "editor"),
    ("translated by", "translator", "translator"),
    ("übersetzt von", "translator", "translator"),
    ("traduit par", "translator", "translator"),
    ("traducido por", "translator", "translator"),
];

/// A label's text, role and creator type.
type Role = (&'static str, &'static str, &'static str);

/// The label at the start of a line, and what follows it.
fn label(text: &str) -> Option<(Role, &str)> {
    let text = text.trim();
    LABELS.iter().find_map(|entry| {
        let mut rest = text.chars();
        let same = entry.0.chars().all(|c| rest.next().is_some_and(|d| d.to_lowercase().eq([c])));
        let rest = rest.as_str();
        let whole = rest.chars().next().is_none_or(|c| !c.is_alphabetic());
        (same && whole).then_some((*entry, rest))
    })
}

/// Whether the line names a role: the names behind it are no authors.
pub(super) fn is_label(text: &str) -> bool {
    label(text).is_some_and(|((label, ..), rest)| {
        let rest = rest.trim();
        let joined = [" of", " by", " von", " de", " par", " por"].iter().any(|end| label.ends_with(end));
        rest.is_empty() || rest.starts_with([':', '：']) || joined && rest.starts_with(char::is_uppercase)
    })
}

/// People with a role on the first pages, in printed order.
pub(super) fn find(paper: &[&Sheet]) -> Vec<(String, Creator)> {
    let mut out: Vec<(String, Creator)> = Vec::new();
    for sheet in paper.iter().take(t::CONTRIBUTOR_PAGES) {
        let mut open: Option<(&str, &str, usize)> = None;
        for line in sheet.lines.iter().filter(|line| line.is_text()) {
            let text = line.text.trim();
            if let Some(((_, role, kind), rest)) = label(text).filter(|_| is_label(text)) {
                let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ":：.".contains(c));
                add(rest, role, kind, &mut out);
                open = rest.is_empty().then_some((role, kind, t::CONTRIBUTOR_LINES));
                continue;
            }
            let Some((role, kind, left)) = open else { continue };
            let before = out.len();
            add(text, role, kind, &mut out);
            open = (left > 1 && out.len() > before).then_some((role, kind, left - 1));
        }
    }
    out
}

/// Adds the names in a text.
fn add(text: &str, role: &str, kind: &str, out: &mut Vec<(String, Creator)>) {
    for part in text.split([',', ';', '，', '；', '(']).flat_map(|part| part.split(" and ")) {
        for part in part.split(" und ").flat_map(|part| part.split(" et ")) {
            if let Some(name) = person(part) {
                let known = out.iter().any(|(_, creator)| creator.name == name);
                if !known && out.len() < t::CONTRIBUTORS_MOST {
                    out.push((role.to_owned(), Creator { creator_type: kind.to_owned(), name }));
                }
            }
        }
    }
}

/// A person's name, without degrees.
fn person(text: &str) -> Option<CreatorName> {
    let text = text.trim();
    let small = words(text).filter(|word| word.chars().all(char::is_lowercase) && word.chars().count() > 3).count();
    let count = words(text).count();
    if !(1..=8).contains(&count)
        || small > 0
        || text.chars().any(|c| c.is_ascii_digit())
        || has_word(text, INSTITUTION)
        || has_word(text, GROUP)
        || has_address(text)
    {
        return None;
    }
    let author = names::parse(text, NameOrder::GivenFirst)?;
    match author.single {
        true => text.chars().any(super::wording::is_cjk).then_some(CreatorName::Single(author.family)),
        false => Some(CreatorName::Person { given: author.given, family: author.family }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(text: &str) -> Vec<(String, String)> {
        let ((_, role, kind), rest) = label(text).expect("a label");
        let mut out = Vec::new();
        add(rest.trim_start_matches([':', ' ', '.']), role, kind, &mut out);
        out.into_iter().map(|(role, creator)| (role, creator.name.short().to_owned())).collect()
    }

    #[test]
    fn labels_give_roles_and_degrees_are_no_names() {
        let said = |role: &str, name: &str| (role.to_owned(), name.to_owned());
        assert_eq!(people("Supervisor: Prof. Dr. Bert Probe"), [said("supervisor", "Probe")]);
        assert_eq!(
            people("Gutachter: Prof. Dr. Chiara Esempio und Dr. José Ejemplo"),
            [said("jury", "Esempio"), said("jury", "Ejemplo")]
        );
        assert_eq!(
            people("Examiners: Bert Probe, University of Beispielstadt; Dina Voorbeeld"),
            [said("jury", "Probe"), said("jury", "Voorbeeld")]
        );
    }

    #[test]
    fn a_title_that_begins_with_a_label_is_none() {
        assert!(!is_label("Supervised learning of tides"));
        assert!(!is_label("Jury decisions in small archives"));
        assert!(is_label("Supervisor: Bert Probe"));
        assert!(is_label("JURY"));
    }
}

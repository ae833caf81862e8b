//! From what was typed to the terms that count: other endings, other spellings, longer words, joined words.
//!
//! The index holds folded words only. Which of them a query means is worked out here from the words that occur, so that
//! quotation marks can be exact and nothing is stored twice.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer, TokenStream as _};

use super::fold;
use super::query::{Clause, Ending, Forms, Leaf, Part, Query, Scope, Words};
use super::stream::marked_sign;

/// Most longer words that are looked up one by one; above, all count alike.
pub const MAX_LONGER: usize = 40;
/// Most other endings.
const MAX_ENDINGS: usize = 24;
/// English endings that a stem may have lost; which of them it did is for the stemmer to say.
const ENDINGS: [&str; 42] = [
    "", "s", "es", "ed", "ing", "ings", "e", "er", "ers", "y", "ies", "ied", "ying", "ly", "al", "ally", "able",
    "ably", "ance", "ances", "ate", "ated", "ates", "ating", "ation", "ations", "ence", "ences", "ent", "ents", "ion",
    "ions", "ional", "ism", "ive", "ity", "ities", "ize", "ized", "ment", "ments", "ness",
];
/// Shortest word that is taken as still being typed.
const MIN_TYPING: usize = 3;

/// The words that occur.
pub trait Vocabulary {
    /// In how many papers the term occurs in `scope`, at least; 0 only where it occurs in none.
    fn frequency(&self, scope: Scope, term: &str) -> u64;
    /// The terms that begin with `prefix` and in how many papers they occur, at most `limit`.
    fn beginning_with(&self, scope: Scope, prefix: &str, limit: usize) -> BTreeMap<String, u64>;
    /// Whether a spelling (or a sign of [`marked_sign`]) occurs.
    fn is_spelled(&self, spelling: &str) -> bool;
}

/// A query in terms of the index.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// All must hold.
    pub conditions: Vec<Condition>,
    /// Spellings whose papers come first.
    pub preferred: Vec<Preference>,
}

/// What puts a paper first.
#[derive(Debug, Clone, PartialEq)]
pub enum Preference {
    /// It has this spelling.
    Spelled(String),
    /// It does not have only this sign of [`marked_sign`].
    Unmarked(String),
}

/// One condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// None may hold instead of any must.
    pub negated: bool,
    /// The alternatives.
    pub any_of: Vec<Needle>,
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Needle {
    /// Neighbouring words.
    Phrase(Phrase),
    /// Years from, to (inclusive).
    Years(u16, u16),
}

/// Words at fixed distances.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// Where.
    pub scope: Scope,
    /// Never empty, by rising offset.
    pub words: Vec<WordForms>,
}

/// The terms that count for one word of a phrase.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WordForms {
    /// Distance to the first word.
    pub offset: u32,
    /// Terms and how much each counts.
    pub terms: Vec<(String, f32)>,
    /// Everything that begins with this counts, too many to list.
    pub prefix: Option<(String, f32)>,
    /// A single letter of a script without spaces: of a pair only its first letter is meant.
    pub single_letter: bool,
}

/// Works out the terms of `query`.
pub fn expand(query: &Query, vocabulary: &dyn Vocabulary) -> Plan {
    let mut expander = Expander { vocabulary, stemmer: None, preferred: Vec::new() };
    let conditions = query.clauses.iter().map(|clause| expander.clause(clause)).collect();
    Plan { conditions, preferred: expander.preferred }
}

struct Expander<'v> {
    vocabulary: &'v dyn Vocabulary,
    stemmer: Option<TextAnalyzer>,
    preferred: Vec<Preference>,
}

impl Expander<'_> {
    fn clause(&mut self, clause: &Clause) -> Condition {
        let mut any_of = Vec::new();
        for leaf in &clause.any_of {
            match leaf {
                Leaf::Year(from, to) => any_of.push(Needle::Years(*from, *to)),
                Leaf::Words(words) => {
                    any_of.extend(self.phrases(words, clause.negated).into_iter().map(Needle::Phrase));
                }
            }
        }
        Condition { negated: clause.negated, any_of }
    }

    /// The phrase as typed, and with words joined that were typed with a hyphen.
    fn phrases(&mut self, words: &Words, negated: bool) -> Vec<Phrase> {
        let mut out = vec![self.phrase(words, negated)];
        for parts in self.joined(words) {
            out.push(self.phrase(&Words { parts, ..words.clone() }, negated));
        }
        out
    }

    fn phrase(&mut self, words: &Words, negated: bool) -> Phrase {
        let last = words.parts.len() - 1;
        let forms = words.parts.iter().enumerate().map(|(nth, part)| {
            let (forms, ending) = if nth == last { (words.forms, words.ending) } else { (Forms::Exact, Ending::Whole) };
            // "-word" means that word, not all that begin like it.
            let ending = if negated && ending == Ending::Typing { Ending::Whole } else { ending };
            self.word(words.scope, part, forms, ending)
        });
        Phrase { scope: words.scope, words: forms.collect() }
    }

    fn word(&mut self, scope: Scope, part: &Part, forms: Forms, ending: Ending) -> WordForms {
        if part.unspaced {
            return self.letters(scope, part);
        }
        self.prefer(part);
        let mut out = WordForms::of(part);
        for other in self.other_spellings(scope, part) {
            out.add(other, 0.9);
        }
        if forms == Forms::Stemmed {
            for other in self.other_endings(scope, &part.term) {
                out.add(other, 0.7);
            }
        }
        match ending {
            Ending::Whole => {}
            Ending::Prefix => self.longer(scope, &part.term, 0.8, &mut out),
            Ending::Typing if part.term.chars().count() >= MIN_TYPING => self.longer(scope, &part.term, 0.2, &mut out),
            Ending::Typing => {}
        }
        out
    }

    /// A pair is a term; a single letter is found as the beginning of any pair.
    fn letters(&self, scope: Scope, part: &Part) -> WordForms {
        let mut out = WordForms::of(part);
        if super::words::units(&part.term, 0).len() == 1 {
            out.single_letter = true;
            self.longer(scope, &part.term, 1.0, &mut out);
        }
        out
    }

    /// Where a word occurs with and without marks, papers with the typed spelling come first.
    fn prefer(&mut self, part: &Part) {
        let sign = marked_sign(&part.term);
        if part.spelling != part.term {
            self.preferred.push(Preference::Spelled(part.spelling.clone()));
        } else if self.vocabulary.is_spelled(&sign) {
            self.preferred.push(Preference::Unmarked(sign));
        }
    }

    fn other_spellings(&self, scope: Scope, part: &Part) -> Vec<String> {
        let mut out: Vec<String> = fold::written_out(&part.spelling).into_iter().collect();
        out.retain(|term| self.vocabulary.frequency(scope, term) > 0);
        let drawn = fold::drawn_together(&part.term).into_iter().filter(|guess| self.vocabulary.is_spelled(guess));
        out.extend(drawn.map(|spelling| fold::fold(&spelling).into_owned()));
        out
    }

    fn other_endings(&mut self, scope: Scope, word: &str) -> Vec<String> {
        if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return Vec::new();
        }
        let stem = self.stem(word);
        let mut found: Vec<(String, u64)> = Vec::new();
        for candidate in candidates(&stem) {
            if candidate != word && self.stem(&candidate) == stem {
                let frequency = self.vocabulary.frequency(scope, &candidate);
                found.extend((frequency > 0).then_some((candidate, frequency)));
            }
        }
        keep_most_frequent(&mut found, MAX_ENDINGS);
        found.into_iter().map(|(term, _)| term).collect()
    }

    fn longer(&self, scope: Scope, prefix: &str, weight: f32, out: &mut WordForms) {
        let found = self.vocabulary.beginning_with(scope, prefix, MAX_LONGER + 1);
        if found.len() > MAX_LONGER {
            out.prefix = Some((prefix.to_owned(), weight));
        } else {
            found.into_keys().for_each(|term| out.add(term, weight));
        }
    }

    /// The parts with hyphens taken out: each alone, and all; only where the joined word occurs.
    fn joined(&self, words: &Words) -> Vec<Vec<Part>> {
        let hyphens: Vec<usize> = (1..words.parts.len()).filter(|at| words.parts[*at].hyphen_before).take(4).collect();
        let mut out = Vec::new();
        for at in &hyphens {
            out.push(join(&words.parts, &[*at]));
        }
        if hyphens.len() > 1 {
            out.push(join(&words.parts, &hyphens));
        }
        out.retain(|parts| {
            parts.iter().all(|part| part.unspaced || self.vocabulary.frequency(words.scope, &part.term) > 0)
        });
        out
    }

    fn stem(&mut self, word: &str) -> String {
        let stemmer = self.stemmer.get_or_insert_with(|| {
            TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(Language::English)).build()
        });
        let mut stream = stemmer.token_stream(word);
        if stream.advance() { stream.token().text.clone() } else { word.to_owned() }
    }
}

impl WordForms {
    fn of(part: &Part) -> Self {
        let terms = vec![(part.term.clone(), 1.0)];
        Self { offset: part.offset as u32, terms, prefix: None, single_letter: false }
    }

    fn add(&mut self, term: String, weight: f32) {
        if !self.terms.iter().any(|(known, _)| *known == term) {
            self.terms.push((term, weight));
        }
    }

    /// Whether a term of the text counts.
    pub fn matches(&self, term: &str) -> bool {
        self.terms.iter().any(|(known, _)| known == term)
            || self.prefix.as_ref().is_some_and(|(prefix, _)| term.starts_with(prefix.as_str()))
    }
}

/// Words that may have this stem.
fn candidates(stem: &str) -> BTreeSet<String> {
    let mut bases = vec![stem.to_owned()];
    bases.extend(stem.strip_suffix(['i', 'e', 'y']).map(str::to_owned));
    // "running": the last letter is doubled.
    bases.extend(stem.chars().last().filter(|last| !"aeiouwxy".contains(*last)).map(|last| format!("{stem}{last}")));
    bases.iter().flat_map(|base| ENDINGS.iter().map(move |ending| format!("{base}{ending}"))).collect()
}

fn keep_most_frequent(found: &mut Vec<(String, u64)>, limit: usize) {
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    found.truncate(limit);
}

fn join(parts: &[Part], hyphens: &[usize]) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::with_capacity(parts.len());
    for (at, part) in parts.iter().enumerate() {
        match out.last_mut() {
            Some(before) if hyphens.contains(&at) => {
                before.term.push_str(&part.term);
                before.spelling.push_str(&part.spelling);
            }
            _ => {
                let dropped = hyphens.iter().filter(|hyphen| **hyphen <= at).count();
                out.push(Part { offset: part.offset - dropped, ..part.clone() });
            }
        }
    }
    out
}

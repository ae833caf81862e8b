//! A plan as queries of the engine.

use std::collections::BTreeMap;
use std::ops::Bound;

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, InvertedIndexRangeQuery, Occur, PhraseQuery,
    Query, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{Searcher, SegmentReader};

use super::error::Result;
use super::expand::{Condition, Needle, Phrase, Plan, Preference, Vocabulary, WordForms};
use super::members::{PapersOfPages, among};
use super::query::Scope;
use super::schema::{PageFields, PaperFields};
use crate::domain::ids::LibraryId;

type Boxed = Box<dyn Query>;

/// Puts papers with a preferred spelling before all others.
const PREFERRED: f32 = 1000.0;
/// Most combinations of terms that are tried for one phrase.
const MAX_COMBINATIONS: usize = 32;

/// The fields of a scope and how much a match in each counts.
pub fn fields(of: &PaperFields, scope: Scope) -> Vec<(Field, f32)> {
    match scope {
        Scope::Author => vec![(of.creators, 1.0)],
        Scope::Title => vec![(of.title, 1.0)],
        Scope::Tag => vec![(of.tags, 1.0)],
        Scope::Anywhere => vec![
            (of.title, 6.0),
            (of.creators, 5.0),
            (of.tags, 4.0),
            (of.summary, 2.0),
            (of.notes, 1.5),
            (of.other, 2.0),
            (of.body, 1.0),
        ],
    }
}

/// The words of the papers index.
pub struct PaperVocabulary<'s> {
    /// Its present state.
    pub searcher: &'s Searcher,
    /// Its fields.
    pub fields: PaperFields,
    /// The pages, which know about phrases.
    pub pages: &'s Searcher,
    /// Their fields.
    pub page_fields: PageFields,
}

impl PaperVocabulary<'_> {
    fn count(&self, field: Field, term: &str) -> u64 {
        self.searcher.doc_freq(&Term::from_field_text(field, term)).unwrap_or(0)
    }

    fn scan(&self, segment: &SegmentReader, field: Field, prefix: &str, limit: usize, out: &mut BTreeMap<String, u64>) {
        let Ok(index) = segment.inverted_index(field) else { return };
        let Ok(mut stream) = index.terms().range().ge(prefix).into_stream() else { return };
        let mut seen = 0;
        while seen < limit && stream.advance() {
            if !stream.key().starts_with(prefix.as_bytes()) {
                break;
            }
            seen += 1;
            if let Ok(term) = std::str::from_utf8(stream.key()) {
                *out.entry(term.to_owned()).or_default() += u64::from(stream.value().doc_freq);
            }
        }
    }
}

impl Vocabulary for PaperVocabulary<'_> {
    fn frequency(&self, scope: Scope, term: &str) -> u64 {
        // Nearly every word of a paper stands in its running text too, and each field costs a look into each segment.
        let in_body = if scope == Scope::Anywhere { self.count(self.fields.body, term) } else { 0 };
        let in_all = || fields(&self.fields, scope).into_iter().map(|(field, _)| self.count(field, term)).sum();
        if in_body > 0 { in_body } else { in_all() }
    }

    fn beginning_with(&self, scope: Scope, prefix: &str, limit: usize) -> BTreeMap<String, u64> {
        let mut out = BTreeMap::new();
        for (field, _) in fields(&self.fields, scope) {
            for segment in self.searcher.segment_readers() {
                self.scan(segment, field, prefix, limit, &mut out);
            }
        }
        out
    }

    fn is_spelled(&self, spelling: &str) -> bool {
        self.count(self.fields.spelling, spelling) > 0
    }
}

/// The papers that fulfil the plan, in `libraries` (all if `None`).
pub fn papers(plan: &Plan, libraries: Option<&[LibraryId]>, vocabulary: &PaperVocabulary<'_>) -> Result<Boxed> {
    let mut clauses: Vec<(Occur, Boxed)> = Vec::new();
    for condition in &plan.conditions {
        let occur = if condition.negated { Occur::MustNot } else { Occur::Must };
        clauses.push((occur, paper_condition(condition, vocabulary)?));
    }
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, Box::new(AllQuery)));
    }
    if let Some(libraries) = libraries {
        clauses.push((Occur::Must, in_libraries(vocabulary.fields.library, libraries)));
    }
    for preference in &plan.preferred {
        let query = ConstScoreQuery::new(preferred(vocabulary.fields.spelling, preference), PREFERRED);
        clauses.push((Occur::Should, Box::new(query)));
    }
    Ok(Box::new(BooleanQuery::new(clauses)))
}

fn preferred(field: Field, preference: &Preference) -> Boxed {
    let has = |term: &str| -> Boxed {
        Box::new(TermQuery::new(Term::from_field_text(field, term), IndexRecordOption::Basic))
    };
    match preference {
        Preference::Spelled(spelling) => has(spelling),
        Preference::Unmarked(sign) => {
            Box::new(BooleanQuery::new(vec![(Occur::Must, Box::new(AllQuery)), (Occur::MustNot, has(sign))]))
        }
    }
}

fn in_libraries(field: Field, libraries: &[LibraryId]) -> Boxed {
    let terms = libraries.iter().map(|library| {
        let query = TermQuery::new(Term::from_field_u64(field, library.0), IndexRecordOption::Basic);
        Box::new(query) as Boxed
    });
    Box::new(ConstScoreQuery::new(any(terms.collect()), 0.0))
}

fn paper_condition(condition: &Condition, vocabulary: &PaperVocabulary<'_>) -> Result<Boxed> {
    let mut out = Vec::new();
    for needle in &condition.any_of {
        match needle {
            Needle::Years(from, to) => out.push(years(vocabulary.fields.year, *from, *to)),
            Needle::Phrase(phrase) => {
                for (field, boost) in fields(&vocabulary.fields, phrase.scope) {
                    let occurs = |term: &str| vocabulary.count(field, term) > 0;
                    if field == vocabulary.fields.body && phrase.words.len() > 1 {
                        out.extend(phrase_in_body(phrase, boost, vocabulary)?);
                    } else {
                        out.extend(phrase_in(field, phrase, boost, &occurs)?);
                    }
                }
            }
        }
    }
    Ok(any(out))
}

/// The running text of papers is indexed without positions, to halve the index: which papers have a phrase is asked of
/// the pages.
fn phrase_in_body(phrase: &Phrase, boost: f32, vocabulary: &PaperVocabulary<'_>) -> Result<Option<Boxed>> {
    let body = vocabulary.fields.body;
    let mut clauses: Vec<(Occur, Boxed)> = Vec::new();
    for word in &phrase.words {
        let forms = word_in(body, word, boost, &|term| vocabulary.count(body, term) > 0)?;
        if forms.is_empty() {
            return Ok(None);
        }
        clauses.push((Occur::Must, any(forms)));
    }
    let fields = &vocabulary.page_fields;
    let mut places = phrase_in(fields.body, phrase, 1.0, &|_| true)?;
    places.extend(phrase_in(fields.cross, phrase, 1.0, &|_| true)?);
    let papers = vocabulary.pages.search(&any(places), &PapersOfPages)?;
    if papers.is_empty() {
        return Ok(None);
    }
    clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(among(papers), 0.0))));
    Ok(Some(Box::new(BooleanQuery::new(clauses))))
}

fn years(field: Field, from: u16, to: u16) -> Boxed {
    let bound = |year: u16| Bound::Included(Term::from_field_u64(field, u64::from(year)));
    Box::new(ConstScoreQuery::new(Box::new(RangeQuery::new(bound(from), bound(to))), 0.0))
}

/// What the plan looks for on pages; nothing if it asks for nothing that pages hold.
pub fn pages(plan: &Plan, fields: &PageFields) -> Result<Vec<Boxed>> {
    let mut out = Vec::new();
    for phrase in plan.wanted_on_pages() {
        out.extend(phrase_in(fields.body, phrase, 1.0, &|_| true)?);
        if phrase.words.len() > 1 {
            out.extend(phrase_in(fields.cross, phrase, 1.0, &|_| true)?);
        }
    }
    Ok(out)
}

impl Plan {
    /// The phrases that are to be found and marked in running text.
    pub fn wanted_on_pages(&self) -> impl Iterator<Item = &Phrase> {
        let wanted = self.conditions.iter().filter(|condition| !condition.negated);
        wanted.flat_map(|condition| &condition.any_of).filter_map(|needle| match needle {
            Needle::Phrase(phrase) if phrase.scope == Scope::Anywhere => Some(phrase),
            _ => None,
        })
    }
}

/// The queries of which any finds the phrase in `field`; empty if a word of it does not occur there.
fn phrase_in(field: Field, phrase: &Phrase, boost: f32, occurs: &dyn Fn(&str) -> bool) -> Result<Vec<Boxed>> {
    if let [word] = phrase.words.as_slice() {
        return word_in(field, word, boost, occurs);
    }
    let mut choices: Vec<Vec<(Term, f32)>> = Vec::new();
    for word in &phrase.words {
        let terms = word.terms.iter().filter(|(term, _)| occurs(term));
        choices.push(terms.map(|(term, weight)| (Term::from_field_text(field, term), *weight)).collect());
    }
    let open_end = phrase.words.last().and_then(|word| word.prefix.as_ref());
    let offsets: Vec<usize> = phrase.words.iter().map(|word| word.offset as usize).collect();
    let mut out: Vec<Boxed> = Vec::new();
    for (terms, weight) in combinations(&choices) {
        let placed = offsets.iter().copied().zip(terms).collect();
        out.push(Box::new(BoostQuery::new(Box::new(PhraseQuery::new_with_offset(placed)), boost * weight)));
    }
    if let Some((prefix, weight)) = open_end {
        let last = choices.len() - 1;
        for (terms, _) in combinations(&choices[..last]) {
            let mut placed: Vec<(usize, Term)> = offsets.iter().copied().zip(terms).collect();
            placed.push((offsets[last], Term::from_field_text(field, prefix)));
            let mut query = tantivy::query::PhrasePrefixQuery::new_with_offset(placed);
            query.set_max_expansions(1_000);
            out.push(Box::new(BoostQuery::new(Box::new(query), boost * weight)));
        }
    }
    Ok(out)
}

fn word_in(field: Field, word: &WordForms, boost: f32, occurs: &dyn Fn(&str) -> bool) -> Result<Vec<Boxed>> {
    let mut out: Vec<Boxed> = Vec::new();
    for (term, weight) in word.terms.iter().filter(|(term, _)| occurs(term)) {
        let query = TermQuery::new(Term::from_field_text(field, term), IndexRecordOption::WithFreqs);
        out.push(boosted(Box::new(query), boost * weight));
    }
    if let Some((prefix, weight)) = &word.prefix {
        out.push(boosted(Box::new(beginning_with(field, prefix)), boost * weight));
    }
    Ok(out)
}

fn beginning_with(field: Field, prefix: &str) -> InvertedIndexRangeQuery {
    let first = Term::from_field_text(field, prefix);
    let behind_last = Term::from_field_text(field, &format!("{prefix}{}", char::MAX));
    InvertedIndexRangeQuery::new(Bound::Included(first), Bound::Excluded(behind_last))
}

fn boosted(query: Boxed, boost: f32) -> Boxed {
    if (boost - 1.0).abs() < f32::EPSILON { query } else { Box::new(BoostQuery::new(query, boost)) }
}

/// One term of each choice, in all ways, the heaviest first terms first.
fn combinations(choices: &[Vec<(Term, f32)>]) -> Vec<(Vec<Term>, f32)> {
    let mut out: Vec<(Vec<Term>, f32)> = vec![(Vec::new(), 1.0)];
    for choice in choices {
        let longer = out.iter().flat_map(|(terms, weight)| {
            choice
                .iter()
                .map(move |(term, own)| ([terms.as_slice(), std::slice::from_ref(term)].concat(), weight * own))
        });
        out = longer.take(MAX_COMBINATIONS).collect();
    }
    out
}

fn any(mut queries: Vec<Boxed>) -> Boxed {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

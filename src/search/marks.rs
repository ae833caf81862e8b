//! Finds in a page's words what a plan looks for: the same answer as the index, with the places.

use std::collections::HashMap;

use super::expand::{Phrase, Plan, WordForms};
use super::stream::{Span, Stream, Token};

/// A place that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// Which phrase of the plan.
    pub phrase: usize,
    /// How much it counts.
    pub weight: f32,
    /// What to mark, in order; neighbouring words of a phrase are one span if they are on the same page.
    pub spans: Vec<Span>,
}

/// Looks for a plan's phrases.
pub struct Matcher<'p> {
    phrases: Vec<&'p Phrase>,
    /// First words that are listed.
    first_terms: HashMap<&'p str, Vec<(usize, f32)>>,
    /// First words of which only the beginning is given.
    first_prefixes: Vec<(&'p str, usize, f32)>,
    /// With which bytes either begins: most words of a page are passed by their first byte.
    first_bytes: [bool; 256],
}

impl<'p> Matcher<'p> {
    /// For the phrases that `plan` wants on pages.
    pub fn new(plan: &'p Plan) -> Self {
        let phrases: Vec<&Phrase> = plan.wanted_on_pages().collect();
        let mut first_terms: HashMap<&str, Vec<(usize, f32)>> = HashMap::new();
        let mut first_prefixes = Vec::new();
        for (nth, phrase) in phrases.iter().enumerate() {
            let first = &phrase.words[0];
            for (term, weight) in &first.terms {
                first_terms.entry(term).or_default().push((nth, *weight));
            }
            first_prefixes.extend(first.prefix.iter().map(|(prefix, weight)| (prefix.as_str(), nth, *weight)));
        }
        let mut first_bytes = [false; 256];
        let beginnings = first_terms.keys().copied().chain(first_prefixes.iter().map(|(prefix, ..)| *prefix));
        beginnings.filter_map(|word| word.bytes().next()).for_each(|byte| first_bytes[usize::from(byte)] = true);
        Self { phrases, first_terms, first_prefixes, first_bytes }
    }

    /// All places that begin on the stream's own page, by where they begin.
    pub fn find(&self, stream: &Stream<'_>) -> Vec<Match> {
        let mut out = Vec::new();
        let positions = Positions::of(stream);
        let may_begin =
            |token: &&Token<'_>| token.term.bytes().next().is_some_and(|b| self.first_bytes[usize::from(b)]);
        for token in stream.own().filter(may_begin) {
            for &(phrase, weight) in self.first_terms.get(token.term.as_ref()).into_iter().flatten() {
                self.try_at(phrase, weight, token, &positions, &mut out);
            }
            for &(prefix, phrase, weight) in &self.first_prefixes {
                if token.term.starts_with(prefix) && !self.phrases[phrase].words[0].lists(&token.term) {
                    self.try_at(phrase, weight, token, &positions, &mut out);
                }
            }
        }
        out.sort_by_key(|found| found.spans.first().map(|span| (span.on_next, span.start, span.end)));
        out
    }

    fn try_at(&self, phrase: usize, weight: f32, first: &Token<'_>, positions: &Positions<'_>, out: &mut Vec<Match>) {
        let words = &self.phrases[phrase].words;
        let mut spans = Vec::new();
        push_token(first, &words[0], &mut spans);
        for word in &words[1..] {
            let wanted = first.position + word.offset - words[0].offset;
            let Some(token) = positions.at(wanted).iter().find(|token| word.matches(&token.term)) else { return };
            push_token(token, word, &mut spans);
        }
        out.push(Match { phrase, weight, spans: run_together(spans, words.len() > 1) });
    }
}

impl WordForms {
    fn lists(&self, term: &str) -> bool {
        self.terms.iter().any(|(known, _)| known == term)
    }
}

/// Marks both parts of a divided word or pair; of a pair found by its first letter only that.
fn push_token(token: &Token<'_>, word: &WordForms, spans: &mut Vec<Span>) {
    spans.push(token.span);
    if let Some(rest) = token.rest.filter(|_| !word.single_letter) {
        spans.push(rest);
    }
}

/// Spans on the same page in reading order become one where `adjacent` says that nothing but signs lies between.
fn run_together(spans: Vec<Span>, adjacent: bool) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut() {
            Some(last) if last.on_next == span.on_next && span.start <= last.end && span.end >= last.start => {
                last.end = last.end.max(span.end);
            }
            Some(last)
                if adjacent && last.on_next == span.on_next && last.end <= span.start && span.start - last.end <= 3 =>
            {
                last.end = span.end;
            }
            _ => out.push(span),
        }
    }
    out
}

/// Tokens by position.
struct Positions<'s> {
    tokens: &'s [Token<'s>],
    starts: Vec<usize>,
}

impl<'s> Positions<'s> {
    fn of(stream: &'s Stream<'s>) -> Self {
        let count = stream.tokens.last().map_or(0, |token| token.position as usize + 1);
        let mut starts = vec![stream.tokens.len(); count + 1];
        for (at, token) in stream.tokens.iter().enumerate().rev() {
            starts[token.position as usize] = at;
        }
        for position in (0..count).rev() {
            starts[position] = starts[position].min(starts[position + 1]);
        }
        Self { tokens: &stream.tokens, starts }
    }

    fn at(&self, position: u32) -> &'s [Token<'s>] {
        let position = position as usize;
        match (self.starts.get(position), self.starts.get(position + 1)) {
            (Some(&start), Some(&end)) => &self.tokens[start..end],
            _ => &[],
        }
    }
}

//! A page's running text as a stream of terms with positions: what the index holds, and what marks are found in.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::fold;
use super::page::{OVERLAP_WORDS, PageEnd, PageRecord, may_join};
use super::words::{Unit, UnitKind, term, units};

/// Positions between an aside and what is indexed behind it.
const ASIDE_GAP: u32 = 2;

/// A stretch of a page's text in code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// On the page after the record's own.
    pub on_next: bool,
    /// First code point.
    pub start: u32,
    /// One behind the last.
    pub end: u32,
}

/// A term at a position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'t> {
    /// Words count up; the parts of a divided word and the whole share a position.
    pub position: u32,
    /// Folded.
    pub term: Cow<'t, str>,
    /// Where it stands.
    pub span: Span,
    /// Its second part: of a divided word, or the second letter of a pair.
    pub rest: Option<Span>,
    /// A letter or pair of a script without spaces.
    pub unspaced: bool,
}

/// The tokens of a page, followed by those of the next page's head.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stream<'t> {
    /// In order of position.
    pub tokens: Vec<Token<'t>>,
    /// Positions from here on belong to the next page.
    pub own_positions: u32,
}

impl<'t> Stream<'t> {
    /// Of a page by itself. The rest of a word that begins on the page before is a word of its own.
    pub fn of(record: &'t PageRecord) -> Self {
        Self::built(record, Builder::default())
    }

    /// Of a page within its paper, where the rest of such a word belongs to the page before.
    pub fn within_paper(record: &'t PageRecord) -> Self {
        Self::built(record, Builder { skip_word: record.first_word_is_rest, ..Builder::default() })
    }

    fn built(record: &'t PageRecord, mut builder: Builder<'t>) -> Self {
        for (base, run) in record.aside_runs() {
            let mut aside = Builder { position: builder.position, ..Builder::default() };
            aside.run(&units(run, base), false);
            builder.tokens.append(&mut aside.tokens);
            builder.position = aside.position + ASIDE_GAP;
        }
        for (base, run) in record.runs() {
            builder.run(&units(run, base), false);
        }
        let own_end = builder.position;
        builder.uncertain = None;
        builder.divided = builder.last_word().filter(|_| record.end == PageEnd::Divided);
        if let Some(head) = &record.head {
            for (base, run) in &head.runs {
                builder.run(&units(run, *base), true);
            }
        }
        Self { tokens: builder.tokens, own_positions: own_end }
    }

    /// The tokens that begin on the page.
    pub fn own(&self) -> impl Iterator<Item = &Token<'t>> {
        self.tokens.iter().filter(|token| token.position < self.own_positions && !token.span.on_next)
    }

    /// The tokens around the page end, from position 0 on; empty if no page follows.
    pub fn crossing(&self) -> impl Iterator<Item = (u32, &Token<'t>)> {
        let from = self.own_positions.saturating_sub(OVERLAP_WORDS);
        let follows = self.tokens.last().is_some_and(|last| last.position >= self.own_positions);
        let wanted = move |token: &&Token<'_>| follows && token.position >= from;
        self.tokens.iter().filter(wanted).map(move |token| (token.position - from, token))
    }
}

/// The terms of a field's text with their positions.
pub fn field_terms(text: &str) -> Vec<Token<'_>> {
    let mut builder = Builder::default();
    builder.run(&units(text, 0), false);
    builder.tokens
}

/// How words are written in a paper, as far as it differs from their folded form.
#[derive(Debug, Default)]
pub struct Spellings {
    /// Spelling and folded form of words with marks.
    marked: BTreeMap<String, String>,
    /// Folded forms of these that are also written plainly.
    plain: BTreeSet<String>,
}

impl Spellings {
    /// First pass: notes the words with marks.
    pub fn note_marked(&mut self, text: &str) {
        if text.is_ascii() {
            return;
        }
        for unit in units(text, 0) {
            if unit.kind == UnitKind::Word && !unit.text.is_ascii() {
                let (folded, spelled) = (term(&unit.text), fold::spelling(&unit.text));
                if folded != spelled && !folded.is_empty() {
                    self.marked.insert(spelled.into_owned(), folded.into_owned());
                }
            }
        }
    }

    /// Second pass: notes which of these words are also written plainly.
    pub fn note_plain(&mut self, text: &str) {
        if self.marked.is_empty() {
            return;
        }
        let folded: BTreeSet<&str> = self.marked.values().map(String::as_str).collect();
        for unit in units(text, 0) {
            let spelled = fold::spelling(&unit.text);
            if folded.contains(spelled.as_ref()) {
                self.plain.insert(spelled.into_owned());
            }
        }
    }

    /// The terms of the field of spellings: each word with marks, and a sign for each that is never written without.
    pub fn terms(self) -> Vec<String> {
        let only_marked: BTreeSet<&String> =
            self.marked.values().filter(|folded| !self.plain.contains(*folded)).collect();
        only_marked.into_iter().map(|folded| marked_sign(folded)).chain(self.marked.keys().cloned()).collect()
    }
}

/// The term of papers that write a word which folds to `folded` with marks only.
pub fn marked_sign(folded: &str) -> String {
    format!("\u{1}{folded}")
}

#[derive(Default)]
struct Builder<'t> {
    tokens: Vec<Token<'t>>,
    position: u32,
    skip_word: bool,
    /// Index of the token whose word goes on with the next unit.
    divided: Option<usize>,
    /// Index and text of the word before a hyphen that ends a run within a page.
    uncertain: Option<(usize, String)>,
    /// Index of the token that a touching letter completes.
    open_pair: Option<usize>,
}

impl<'t> Builder<'t> {
    fn run(&mut self, units: &[Unit<'t>], on_next: bool) {
        for (nth, unit) in units.iter().enumerate() {
            if std::mem::take(&mut self.skip_word) {
                continue;
            }
            let folded = unit.term();
            if folded.is_empty() {
                continue;
            }
            let span = Span { on_next, start: unit.start, end: unit.end };
            let first = nth == 0;
            match unit.kind {
                UnitKind::Word => self.word(unit, folded, span),
                UnitKind::Letter { touches } => self.letter(folded, span, touches || first),
            }
            if nth + 1 == units.len() && unit.hyphen_at_end && !on_next {
                self.uncertain = self.tokens.len().checked_sub(1).map(|token| (token, unit.text.to_string()));
            }
        }
    }

    fn last_word(&self) -> Option<usize> {
        self.tokens.iter().rposition(|token| !token.unspaced)
    }

    fn word(&mut self, unit: &Unit<'t>, term: Cow<'t, str>, span: Span) {
        self.open_pair = None;
        let uncertain = self.uncertain.take().filter(|(_, begin)| may_join(begin, &unit.text));
        if let Some(first) = self.divided.take().or(uncertain.map(|(token, _)| token)) {
            return self.rest(first, term, span);
        }
        let position = self.position;
        self.position += 1;
        if !unit.suffix.is_empty() {
            let term = Cow::Owned(format!("{term}{}", unit.suffix));
            let span = Span { end: span.end + unit.suffix.len() as u32, ..span };
            self.tokens.push(Token { position, term, span, rest: None, unspaced: false });
        }
        self.tokens.push(Token { position, term, span, rest: None, unspaced: false });
    }

    /// The second part of a divided word: found alone, and joined with the first.
    fn rest(&mut self, first: usize, term: Cow<'t, str>, span: Span) {
        let Token { position, term: begin, span: begin_span, .. } = self.tokens[first].clone();
        let joined = Cow::Owned(format!("{begin}{term}"));
        self.tokens.push(Token { position, term: joined, span: begin_span, rest: Some(span), unspaced: false });
        self.tokens.push(Token { position, term, span, rest: None, unspaced: false });
    }

    fn letter(&mut self, term: Cow<'t, str>, span: Span, touches: bool) {
        self.divided = None;
        self.uncertain = None;
        if let Some(open) = self.open_pair.filter(|_| touches) {
            let before = &mut self.tokens[open];
            before.term.to_mut().push_str(&term);
            before.rest = Some(span);
        }
        self.open_pair = Some(self.tokens.len());
        self.tokens.push(Token { position: self.position, term, span, rest: None, unspaced: true });
        self.position += 1;
    }
}

//! Reads what people type. Never an error: what has no meaning as syntax is words.

use super::fold;
use super::words::{UnitKind, term, units};

/// A query as read. Cheap to clone; says nothing about which libraries may be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// All of these must hold for a paper.
    pub(super) clauses: Vec<Clause>,
    libraries: Vec<String>,
    hints: Vec<Hint>,
}

/// Something to tell the person beside the results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// There is no field of this name; it was searched as words.
    UnknownField(String),
}

/// One condition: any of the leaves (or, if `negated`, none of them).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clause {
    pub negated: bool,
    pub any_of: Vec<Leaf>,
}

/// The smallest condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Leaf {
    Words(Words),
    /// Years from, to (inclusive).
    Year(u16, u16),
}

/// Neighbouring words, looked for in `scope`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    pub scope: Scope,
    pub parts: Vec<Part>,
    pub forms: Forms,
    pub ending: Ending,
}

/// Where to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Anywhere,
    Author,
    Title,
    Tag,
}

/// Which forms of a word count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Forms {
    /// As typed, after folding.
    Exact,
    /// Also other endings of the same English word.
    Stemmed,
}

/// How the last word ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Whole,
    /// `word*`.
    Prefix,
    /// The person may still be typing: longer words count, but less.
    Typing,
}

/// One word of a leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Distance to the first part.
    pub offset: usize,
    /// Folded.
    pub term: String,
    /// As typed, in lower case, composed.
    pub spelling: String,
    /// A pair or single letter of a script without spaces.
    pub unspaced: bool,
    /// Joined to the part before by a hyphen.
    pub hyphen_before: bool,
}

impl Query {
    /// Names given by `in:library`, for the caller to resolve; any of them counts.
    #[must_use]
    pub fn library_names(&self) -> &[String] {
        &self.libraries
    }

    /// What to tell the person about the query.
    #[must_use]
    pub fn hints(&self) -> &[Hint] {
        &self.hints
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }
}

/// Looser readings of a query that is one quoted passage, strictest first: people paste passages that begin or end inside a
/// word (`\"equence to sequence learning\"`). To be tried where the query itself finds nothing.
#[must_use]
pub fn loosened(text: &str) -> Vec<Query> {
    /// With fewer words left, the passage says too little.
    const FEWEST_WORDS: usize = 3;
    let is_quote = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»');
    let text = text.trim();
    let Some(inside) = text.strip_prefix(is_quote).and_then(|rest| rest.strip_suffix(is_quote)) else {
        return Vec::new();
    };
    let words: Vec<&str> = inside.split_whitespace().collect();
    if inside.contains(is_quote) || words.len() <= FEWEST_WORDS {
        return Vec::new();
    }
    let (all, last) = (words.len(), words.len() - 1);
    let ranges = [1..all, 0..last, 1..last];
    let fitting = ranges.into_iter().filter(|range| range.len() >= FEWEST_WORDS);
    fitting.map(|range| parse_query(&format!("\"{}\"", words[range].join(" ")))).collect()
}

/// Reads a query: words (all must be in a paper), `"phrases"`, `author:`, `title:`, `tag:`, `year:2015..2020`,
/// `in:library`, `-not`, `word*`, `OR` between two terms.
#[must_use]
pub fn parse_query(text: &str) -> Query {
    let chunks = chunks(text);
    let mut reader = Reader::default();
    let typing = text.chars().last().is_some_and(|c| c.is_alphanumeric());
    for at in 0..chunks.len() {
        reader.chunk(&chunks, at, typing && at + 1 == chunks.len());
    }
    reader.query
}

/// A stretch of the query between white space, with its field, sign and quotation marks taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Chunk {
    negated: bool,
    field: Option<String>,
    text: String,
    quoted: bool,
}

/// Longest query that is read, in code points; the rest is ignored.
const MAX_QUERY: usize = 4096;
/// Most conditions that are read.
const MAX_CLAUSES: usize = 32;
/// Most alternatives of one condition.
const MAX_ALTERNATIVES: usize = 64;
/// Most words in one phrase.
const MAX_PARTS: usize = 64;

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '「' | '」')
}

fn chunks(text: &str) -> Vec<Chunk> {
    let text: Vec<char> = text.chars().take(MAX_QUERY).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if text[at].is_whitespace() {
            at += 1;
            continue;
        }
        let negated = text[at] == '-' && text.get(at + 1).is_some_and(|c| c.is_alphanumeric() || is_quote(*c));
        at += usize::from(negated);
        let (field, after) = field(&text, at);
        at = after;
        let (value, quoted, after) = value(&text, at);
        at = after;
        if field.is_some() || value.chars().any(|c| !c.is_whitespace()) {
            out.push(Chunk { negated, field, text: value, quoted });
        }
    }
    out
}

/// A known or unknown field name with its colon; white space behind the colon of a known one is skipped.
fn field(text: &[char], at: usize) -> (Option<String>, usize) {
    let length = text[at..].iter().take_while(|c| c.is_ascii_alphabetic()).count();
    if length < 2 || text.get(at + length) != Some(&':') {
        return (None, at);
    }
    let name: String = text[at..at + length].iter().collect::<String>().to_ascii_lowercase();
    let mut after = at + length + 1;
    let known = KNOWN_FIELDS.contains(&name.as_str());
    if known {
        while text.get(after).is_some_and(|c| c.is_whitespace()) {
            after += 1;
        }
        return if after == text.len() { (None, at) } else { (Some(name), after) };
    }
    let has_value = text.get(after).is_some_and(|c| c.is_alphanumeric() || is_quote(*c));
    if has_value { (Some(name), after) } else { (None, at) }
}

const KNOWN_FIELDS: [&str; 5] = ["author", "title", "tag", "year", "in"];
/// Prefixes of identifiers, which the text may or may not have.
const IDENTIFIER_FIELDS: [&str; 6] = ["doi", "arxiv", "isbn", "issn", "pmid", "pmcid"];

/// A quoted stretch (an unfinished one ends with the text), or all up to white space or a quotation mark.
fn value(text: &[char], at: usize) -> (String, bool, usize) {
    if text.get(at).copied().is_some_and(is_quote) {
        let end = text[at + 1..].iter().position(|c| is_quote(*c)).map_or(text.len(), |found| at + 1 + found);
        return (text[at + 1..end].iter().collect(), true, (end + 1).min(text.len()));
    }
    let end = text[at..].iter().position(|c| c.is_whitespace() || is_quote(*c)).map_or(text.len(), |found| at + found);
    (text[at..end].iter().collect(), false, end)
}

#[derive(Default)]
struct Reader {
    query: Query,
    /// The last chunk was an `OR` between two terms.
    or: bool,
    /// The last chunk was a `NOT` between two terms.
    not: bool,
}

impl Reader {
    fn chunk(&mut self, chunks: &[Chunk], at: usize, typing: bool) {
        let chunk = &chunks[at];
        if self.operator(chunks, at) {
            return;
        }
        let leaves = match chunk.field.as_deref() {
            None => words(Scope::Anywhere, chunk, typing).into_iter().collect(),
            Some("author") => words(Scope::Author, chunk, typing).into_iter().collect(),
            Some("title") => words(Scope::Title, chunk, typing).into_iter().collect(),
            Some("tag") => words(Scope::Tag, chunk, typing).into_iter().collect(),
            Some("in") => return self.library(chunk),
            Some("year") => year(&chunk.text).map_or_else(|| self.unfielded("year", chunk, typing), |leaf| vec![leaf]),
            Some(name) if IDENTIFIER_FIELDS.contains(&name) => {
                words(Scope::Anywhere, &Chunk { field: None, ..chunk.clone() }, typing).into_iter().collect()
            }
            Some(name) => {
                if !SCHEMES.contains(&name) {
                    self.query.hints.push(Hint::UnknownField(name.to_owned()));
                }
                self.unfielded(name, chunk, typing)
            }
        };
        let negated = chunk.negated || std::mem::take(&mut self.not);
        let or = std::mem::take(&mut self.or);
        for (nth, leaf) in leaves.into_iter().enumerate() {
            self.push(leaf, negated, or && nth == 0);
        }
    }

    /// The field's name and its value as plain words.
    fn unfielded(&self, name: &str, chunk: &Chunk, typing: bool) -> Vec<Leaf> {
        let name = Chunk { negated: false, field: None, text: name.to_owned(), quoted: false };
        words(Scope::Anywhere, &name, false).into_iter().chain(words(Scope::Anywhere, chunk, typing)).collect()
    }

    fn library(&mut self, chunk: &Chunk) {
        let name = chunk.text.trim();
        if !name.is_empty() {
            self.query.libraries.push(name.to_owned());
        }
    }

    fn push(&mut self, leaf: Leaf, negated: bool, or: bool) {
        if let Some(last) = self.query.clauses.last_mut().filter(|last| or && !negated && !last.negated) {
            if last.any_of.len() < MAX_ALTERNATIVES && !last.any_of.contains(&leaf) {
                last.any_of.push(leaf);
            }
        } else if self.query.clauses.len() < MAX_CLAUSES {
            self.query.clauses.push(Clause { negated, any_of: vec![leaf] });
        }
    }

    /// `AND`, `OR`, `NOT` in capitals between two terms; anywhere else they are words.
    fn operator(&mut self, chunks: &[Chunk], at: usize) -> bool {
        let chunk = &chunks[at];
        if chunk.quoted || chunk.negated || chunk.field.is_some() || at == 0 || self.or || self.not {
            return false;
        }
        let is_term = |chunk: &Chunk| {
            chunk.field.is_some() || (chunk.text.chars().any(char::is_alphanumeric) && !is_operator(&chunk.text))
        };
        let before = &chunks[at - 1];
        let open = before.quoted || before.text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '*'));
        if !open || !is_term(before) || !chunks.get(at + 1).is_some_and(is_term) {
            return false;
        }
        match chunk.text.as_str() {
            "AND" => {}
            "OR" if !self.query.clauses.is_empty() => self.or = true,
            "NOT" => self.not = true,
            _ => return false,
        }
        true
    }
}

fn is_operator(text: &str) -> bool {
    matches!(text, "AND" | "OR" | "NOT")
}

/// Names before a colon that belong to addresses.
const SCHEMES: [&str; 6] = ["http", "https", "mailto", "urn", "ftp", "file"];

/// `2015`, `2015..2020`, `2015-2020`, `..2020`, `2015..`.
fn year(text: &str) -> Option<Leaf> {
    let (from, to) = match text.split_once("..").or_else(|| text.split_once(['-', '–'])) {
        Some((from, to)) => (from.trim(), to.trim_start_matches('.').trim()),
        None => (text.trim(), text.trim()),
    };
    let bound = |text: &str, open: u16| if text.is_empty() { Some(open) } else { text.parse::<u16>().ok() };
    if from.is_empty() && to.is_empty() {
        return None;
    }
    let (from, to) = (bound(from, 0)?, bound(to, u16::MAX)?);
    Some(Leaf::Year(from.min(to), from.max(to)))
}

/// The chunk's neighbouring words, if it has any.
fn words(scope: Scope, chunk: &Chunk, typing: bool) -> Option<Leaf> {
    let text = if chunk.quoted { chunk.text.as_str() } else { strip_resolver(&chunk.text) };
    let parts = parts(text);
    let last = parts.last()?;
    let starred = text.ends_with('*') && text.trim_end_matches('*').ends_with(char::is_alphanumeric);
    let may_grow = !last.term.ends_with(['+', '#']) && !last.unspaced;
    let ending = match (starred && may_grow, typing && may_grow && !chunk.quoted) {
        (true, _) => Ending::Prefix,
        (false, true) => Ending::Typing,
        (false, false) => Ending::Whole,
    };
    let exact = chunk.quoted || matches!(scope, Scope::Author | Scope::Tag);
    let forms = if exact { Forms::Exact } else { Forms::Stemmed };
    Some(Leaf::Words(Words { scope, parts, forms, ending }))
}

/// A DOI's address is searched as the DOI.
fn strip_resolver(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    for host in ["doi.org/10.", "arxiv.org/abs/", "arxiv.org/pdf/"] {
        if let Some(at) = lower.find(host) {
            let keep = if host.ends_with("10.") { "10.".len() } else { 0 };
            return &text[at + host.len() - keep..];
        }
    }
    text
}

fn parts(text: &str) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    let mut position = 0;
    let chars: Vec<char> = text.chars().collect();
    for unit in units(text, 0).into_iter() {
        let folded = term(&unit.text);
        if folded.is_empty() || out.len() >= MAX_PARTS {
            continue;
        }
        if unit.kind == (UnitKind::Letter { touches: true })
            && let Some(before) = out.last_mut()
        {
            // Overlapping pairs: the letter completes the pair before and opens the next.
            before.term.push_str(&folded);
            before.spelling.push_str(&unit.text);
        }
        let start = unit.start as usize;
        let hyphen_before = start >= 2
            && !out.is_empty()
            && super::words::is_hyphen(chars[start - 1])
            && chars[start - 2].is_alphanumeric();
        out.push(Part {
            offset: position,
            term: folded.into_owned() + unit.suffix,
            spelling: fold::spelling(&unit.text).into_owned(),
            unspaced: unit.kind != UnitKind::Word,
            hyphen_before,
        });
        position += 1;
    }
    drop_covered_letters(&mut out);
    out
}

/// The last letter of a run is already in the pair before it.
fn drop_covered_letters(parts: &mut Vec<Part>) {
    let covered: Vec<bool> = (0..parts.len())
        .map(|at| {
            let previous = at.checked_sub(1).and_then(|before| parts.get(before));
            let alone = parts[at].unspaced && super::words::units(&parts[at].term, 0).len() == 1;
            alone
                && previous.is_some_and(|before| {
                    before.unspaced
                        && before.term.ends_with(parts[at].term.as_str())
                        && before.term.len() > parts[at].term.len()
                })
        })
        .collect();
    let mut covered = covered.into_iter();
    parts.retain(|_| !covered.next().unwrap_or(false));
}

#[cfg(test)]
#[path = "query_tests.rs"]
mod tests;

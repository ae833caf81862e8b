//! From labelled tokens to the fields of an entry: slices of its text, without the marks around them.

use super::tokens::{Shape, Token};
use super::{Label, Labelling};

/// The fields of an entry, each as printed; empty where it has none.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Fields<'a> {
    pub authors: &'a str,
    /// Byte at which `authors` begins.
    pub authors_at: usize,
    pub title: &'a str,
    /// Journal, or the book of a chapter.
    pub container: &'a str,
    pub date: &'a str,
    pub volume: &'a str,
    pub issue: &'a str,
    pub pages: &'a str,
    pub publisher: &'a str,
    pub institution: &'a str,
    /// How sure the title is, 0 to 1.
    pub sure: f32,
    /// What `sure` was made of, for the program that fits it.
    pub signs: [f32; SIGNS],
}

/// How many numbers tell how sure a title is.
pub(crate) const SIGNS: usize = 9;

/// Tokens of one label in a row.
#[derive(Debug, Clone, Copy)]
struct Run {
    label: Label,
    from: usize,
    to: usize,
}

/// A title goes on behind other tokens if these are no more than this and a bracket is open, or all of them are marks.
const TITLE_REACH: usize = 12;
/// An author's part goes on behind so many other tokens.
const AUTHOR_REACH: usize = 2;

/// Reads the fields of `text`.
pub(crate) fn fields<'a>(text: &'a str, tokens: &[Token], found: &Labelling) -> Fields<'a> {
    let runs = runs(&found.labels, tokens);
    let first = |label: Label| runs.iter().position(|run| run.label == label);
    let cut = |at: Option<usize>| at.map_or("", |at| trimmed(text, tokens, runs[at].from, runs[at].to));
    let longest = |label: Label| {
        runs.iter()
            .enumerate()
            .filter(|(_, run)| run.label == label)
            .max_by_key(|(_, run)| run.to - run.from)
            .map(|(i, _)| i)
    };
    let mut out = Fields {
        date: cut(first(Label::Date)),
        volume: cut(first(Label::Volume)),
        issue: cut(first(Label::Issue)),
        pages: cut(first(Label::Pages)),
        publisher: cut(first(Label::Publisher)),
        institution: cut(first(Label::Institution)),
        ..Fields::default()
    };
    let (journal, book) = (longest(Label::Journal), longest(Label::Book));
    let mut title = first(Label::Title);
    let mut container = journal.or(book).or_else(|| first(Label::Series));
    if title.is_none() {
        // A book on its own is labelled as book; a thing without numbers labelled as journal is no journal.
        let alone = journal.is_none() || out.volume.is_empty() && out.pages.is_empty();
        title = book.or_else(|| journal.filter(|_| alone));
        if title == container {
            container = first(Label::Series);
        }
    }
    out.container = without_stop(cut(container));
    out.publisher = without_stop(out.publisher);
    if let Some(at) = title {
        let run = runs[at];
        let to = if run.label == Label::Title { end_of_title(tokens, &found.labels, run) } else { run.to };
        out.title = title_text(text, tokens, run.from, to);
        (out.sure, out.signs) = sure(found, &runs, run.from, to);
    }
    if let Some(at) = first(Label::Author) {
        let mut to = runs[at].to;
        while let Some(next) =
            runs.iter().find(|run| run.label == Label::Author && run.from >= to && run.from <= to + AUTHOR_REACH)
        {
            to = next.to;
        }
        out.authors_at = tokens[runs[at].from].start as usize;
        out.authors = trimmed(text, tokens, runs[at].from, to);
    }
    out
}

fn runs(labels: &[Label], tokens: &[Token]) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for (i, &label) in labels.iter().enumerate() {
        match out.last_mut() {
            Some(run) if run.label == label => run.to = i + 1,
            _ => out.push(Run { label, from: i, to: i + 1 }),
        }
    }
    out.retain(|run| tokens[run.from..run.to].iter().any(|token| token.shape.is_word()));
    out
}

/// Where the title ends: it goes on over a bracket that it opened, and over short strange parts.
fn end_of_title(tokens: &[Token], labels: &[Label], run: Run) -> usize {
    let mut to = run.to;
    loop {
        let open = open_bracket(&tokens[run.from..to]);
        let next = (to..labels.len().min(to + TITLE_REACH)).find(|&i| labels[i] == Label::Title);
        if let Some(next) = next {
            let marks = tokens[to..next].iter().all(|token| !token.shape.is_word());
            if open.is_some() || marks {
                to = (next..labels.len()).find(|&i| labels[i] != Label::Title).unwrap_or(labels.len());
                continue;
            }
        }
        let Some(open) = open else { return to };
        let close = (to..tokens.len().min(to + TITLE_REACH))
            .find(|&i| matches!(tokens[i].shape, Shape::Close | Shape::CloseSquare));
        return close.map_or(run.from + open.max(1), |close| close + 1);
    }
}

/// Index of a bracket that is open at the end.
fn open_bracket(tokens: &[Token]) -> Option<usize> {
    let mut open = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        match token.shape {
            Shape::Open | Shape::OpenSquare => open.push(i),
            Shape::Close | Shape::CloseSquare => {
                open.pop();
            }
            _ => {}
        }
    }
    open.pop()
}

/// The text of tokens without the marks at its ends; brackets stay if both are there.
fn trimmed<'a>(text: &'a str, tokens: &[Token], mut from: usize, mut to: usize) -> &'a str {
    let mark = |token: &Token| !token.shape.is_word();
    while from < to && mark(&tokens[from]) {
        from += 1;
    }
    while from < to && mark(&tokens[to - 1]) {
        let stop = tokens[to - 1].shape == Shape::Stop;
        let bracket = matches!(tokens[to - 1].shape, Shape::Close | Shape::CloseSquare);
        let short =
            stop && to >= 2 && matches!(tokens[to - 2].shape, Shape::Capital | Shape::Capitalised | Shape::Small);
        let closes = bracket && open_bracket(&tokens[from..to - 1]).is_some();
        if short || closes {
            break;
        }
        to -= 1;
    }
    slice(text, tokens, from, to)
}

/// A name without its closing stop, unless it is abbreviated throughout ("J. Small Basins." but "Acc. Chem. Res.").
fn without_stop(name: &str) -> &str {
    match name.strip_suffix('.') {
        Some(bare) if !bare.contains('.') => bare,
        _ => name,
    }
}

fn slice<'a>(text: &'a str, tokens: &[Token], from: usize, to: usize) -> &'a str {
    if from >= to {
        return "";
    }
    text.get(tokens[from].start as usize..tokens[to - 1].end as usize).unwrap_or("")
}

/// A title without quotes and closing stop; question marks stay.
fn title_text<'a>(text: &'a str, tokens: &[Token], mut from: usize, mut to: usize) -> &'a str {
    let loose = |shape: Shape| {
        matches!(
            shape,
            Shape::Stop
                | Shape::Comma
                | Shape::Semicolon
                | Shape::Colon
                | Shape::QuoteOpen
                | Shape::QuoteClose
                | Shape::Quote
                | Shape::Apostrophe
                | Shape::Dash
                | Shape::Slash
        )
    };
    while from < to && loose(tokens[from].shape) {
        from += 1;
    }
    while from < to && (loose(tokens[to - 1].shape) || matches!(tokens[to - 1].shape, Shape::Open | Shape::OpenSquare))
    {
        to -= 1;
    }
    // "[Title]" whole in brackets.
    if to > from + 2 && tokens[from].shape == Shape::OpenSquare && tokens[to - 1].shape == Shape::CloseSquare {
        return title_text(text, tokens, from + 1, to - 1);
    }
    slice(text, tokens, from, to)
}

fn logit(p: f32) -> f32 {
    let p = p.clamp(0.0005, 0.9995);
    (p / (1.0 - p)).ln()
}

/// How sure a title is, by a logistic model.
fn sure(found: &Labelling, runs: &[Run], from: usize, to: usize) -> (f32, [f32; SIGNS]) {
    let inside = &found.marginals[from..to];
    let mean = |values: &[f32]| values.iter().sum::<f32>() / values.len().max(1) as f32;
    let least = |values: &[f32]| values.iter().copied().fold(1.0, f32::min);
    let edges = inside[0].min(inside[inside.len() - 1]).min(found.marginals.get(to).copied().unwrap_or(1.0));
    let titles = runs.iter().filter(|run| run.label == Label::Title).count() as f32;
    let signs = [
        logit(mean(inside)),
        logit(least(inside)),
        logit(edges),
        logit(mean(&found.marginals)),
        logit(least(&found.marginals)),
        logit(found.together),
        (titles - 1.0).abs().min(2.0),
        inside.len() as f32 / found.marginals.len() as f32,
        ((to - from) as f32).ln(),
    ];
    let sum: f32 = signs.iter().zip(&SURE[1..]).map(|(sign, weight)| sign * weight).sum::<f32>() + SURE[0];
    (1.0 / (1.0 + (-sum).exp()), signs)
}

/// Weights of `sure`: a constant, then one a sign. Fitted by `tests/train` on strings that the weights had not seen.
const SURE: [f32; SIGNS + 1] = [1.005, -0.090, 0.207, 0.176, 0.644, -0.566, 0.327, -0.482, -1.192, -0.440];

//! Cuts a printed reference into words, numbers and single marks, each with the properties its features are made of.

/// What a token looks like. Letters of any script count as letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Shape {
    /// Before the first and behind the last token.
    Edge,
    /// "A"
    Capital,
    /// "AB"
    Capitals,
    /// "Ab"
    Capitalised,
    /// "a"
    Small,
    /// "ab"
    Lower,
    /// "aB"
    Mixed,
    /// Ideographs, kana, hangul.
    Ideographs,
    /// "2031"
    Year,
    /// One to five and more digits.
    Digits1,
    Digits2,
    Digits3,
    Digits4,
    Digits5,
    /// "2031a"
    YearLetter,
    /// "e1000", "3rd"
    Alphanumeric,
    /// "10.1234/…"
    Doi,
    /// "https://…"
    Address,
    Stop,
    Comma,
    Semicolon,
    Colon,
    Open,
    Close,
    OpenSquare,
    CloseSquare,
    QuoteOpen,
    QuoteClose,
    Quote,
    Apostrophe,
    Dash,
    Slash,
    Ampersand,
    Question,
    OtherMark,
}

impl Shape {
    /// Whether the token is a letter, word or number.
    pub(crate) fn is_word(self) -> bool {
        (self as u8) >= Shape::Capital as u8 && (self as u8) <= Shape::Address as u8
    }

    fn is_year(self) -> bool {
        matches!(self, Shape::Year | Shape::YearLetter)
    }
}

/// One token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    /// First byte in the text.
    pub start: u32,
    /// One behind the last.
    pub end: u32,
    pub shape: Shape,
    /// Hash of the lower-cased word; of the shape for numbers.
    pub word: u32,
    /// Hash of its first three letters.
    pub prefix: u32,
    /// Hash of its last three letters.
    pub suffix: u32,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// Within brackets.
    pub bracketed: bool,
    /// Within quotation marks; 2 behind a closed quotation.
    pub quoted: u8,
    /// Years before it, at most 2.
    pub years: u8,
}

/// Cuts `text`; at most `most` tokens.
pub(crate) fn tokenize(text: &str, most: usize, out: &mut Vec<Token>) {
    out.clear();
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut spaced = false;
    let mut state = State::default();
    while at < bytes.len() && out.len() < most {
        let c = text[at..].chars().next().unwrap_or(' ');
        if c.is_whitespace() || c == '\u{ad}' {
            spaced = true;
            at += c.len_utf8();
            continue;
        }
        let (shape, end) = next(text, at, c);
        out.push(token(text, at, end, shape, spaced, &mut state));
        spaced = false;
        at = end;
    }
}

/// Shape and end of the token that begins at `at` with `c`.
fn next(text: &str, at: usize, c: char) -> (Shape, usize) {
    let rest = &text[at..];
    if !c.is_alphanumeric() {
        return (mark(c, rest), at + c.len_utf8());
    }
    if let Some(len) = address(rest) {
        return (Shape::Address, at + len);
    }
    if c == '1'
        && let Some(len) = doi(rest)
    {
        return (Shape::Doi, at + len);
    }
    let mut word = Word::default();
    let ideographic = is_ideographic(c);
    let mut len = 0;
    for c in rest.chars() {
        if !(c.is_alphanumeric() || is_combining(c)) || is_ideographic(c) != ideographic {
            break;
        }
        word.add(c);
        len += c.len_utf8();
    }
    let shape = if ideographic { Shape::Ideographs } else { word.shape(&rest[..len]) };
    (shape, at + len)
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Counts of a word's letters.
#[derive(Default)]
struct Word {
    upper: u32,
    lower: u32,
    digits: u32,
    first_upper: bool,
    last_digit: bool,
    late_upper: bool,
}

impl Word {
    fn add(&mut self, c: char) {
        let first = self.upper + self.lower + self.digits == 0;
        self.last_digit = false;
        if c.is_ascii_digit() {
            self.digits += 1;
            self.last_digit = true;
        } else if c.is_uppercase() {
            self.upper += 1;
            self.first_upper |= first;
            self.late_upper |= !first;
        } else {
            self.lower += 1;
        }
    }

    fn shape(&self, text: &str) -> Shape {
        let letters = self.upper + self.lower;
        let year = |digits: &str| matches!(digits.get(..2), Some("15" | "16" | "17" | "18" | "19" | "20"));
        match (self.digits, letters) {
            (4, 0) if year(text) => Shape::Year,
            (4, 1) if year(text) && !self.last_digit => Shape::YearLetter,
            (1, 0) => Shape::Digits1,
            (2, 0) => Shape::Digits2,
            (3, 0) => Shape::Digits3,
            (4, 0) => Shape::Digits4,
            (_, 0) => Shape::Digits5,
            (0, 1) if self.upper == 1 => Shape::Capital,
            (0, 1) => Shape::Small,
            (0, _) if self.lower == 0 => Shape::Capitals,
            (0, _) if self.upper == 0 => Shape::Lower,
            (0, _) if self.first_upper && !self.late_upper => Shape::Capitalised,
            (0, _) => Shape::Mixed,
            _ => Shape::Alphanumeric,
        }
    }
}

fn mark(c: char, rest: &str) -> Shape {
    let opens = || rest[c.len_utf8()..].chars().next().is_some_and(char::is_alphanumeric);
    match c {
        '.' | '。' | '．' => Shape::Stop,
        ',' | '，' | '、' => Shape::Comma,
        ';' | '；' => Shape::Semicolon,
        ':' | '：' => Shape::Colon,
        '(' | '（' => Shape::Open,
        ')' | '）' => Shape::Close,
        '[' | '［' => Shape::OpenSquare,
        ']' | '］' => Shape::CloseSquare,
        '“' | '„' | '«' | '‘' | '「' | '『' | '《' => Shape::QuoteOpen,
        '”' | '»' | '」' | '』' | '》' => Shape::QuoteClose,
        '"' if opens() => Shape::QuoteOpen,
        '"' => Shape::Quote,
        '\'' | '’' | '´' | '`' | 'ʼ' => Shape::Apostrophe,
        '-' | '‐' | '‑' | '–' | '—' | '−' | '‒' | '~' => Shape::Dash,
        '/' => Shape::Slash,
        '&' => Shape::Ampersand,
        '?' | '!' => Shape::Question,
        _ => Shape::OtherMark,
    }
}

/// Length of a web address at the start.
fn address(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let begins = |start: &[u8]| bytes.len() > start.len() && bytes[..start.len()].eq_ignore_ascii_case(start);
    (begins(b"http:") || begins(b"https:") || begins(b"www.") || begins(b"ftp:")).then(|| over_spaces(rest))
}

/// Length of a DOI at the start.
fn doi(rest: &str) -> Option<usize> {
    let behind = rest.strip_prefix("10.")?;
    let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
    ((3..=9).contains(&digits) && behind[digits..].starts_with('/')).then(|| over_spaces(rest))
}

/// Length of an address, which may have been broken behind a mark at a line end: "https://a.org/b/ c/d".
fn over_spaces(rest: &str) -> usize {
    let mut len = until_space(rest);
    while rest[..len].ends_with(['/', '-', '_', '=', '?', '&', ':', '.'])
        && let Some(behind) = rest[len..].strip_prefix(' ')
    {
        let more = until_space(behind);
        let word = &behind[..more];
        if !word.bytes().any(|b| b.is_ascii_digit() || b"/_=.".contains(&b)) || word.starts_with(['(', '[']) {
            break;
        }
        len += 1 + more;
    }
    len
}

fn until_space(rest: &str) -> usize {
    let end = rest.find(|c: char| c.is_whitespace() || "<>\"”".contains(c)).unwrap_or(rest.len());
    rest[..end].trim_end_matches(['.', ',', ';', ')', ']']).len()
}

/// What is open where the next token stands.
#[derive(Default)]
struct State {
    depth: u8,
    quoted: u8,
    years: u8,
}

fn token(text: &str, start: usize, end: usize, shape: Shape, spaced: bool, state: &mut State) -> Token {
    let letters = &text[start..end];
    let (word, prefix, suffix) = match shape {
        Shape::Capital
        | Shape::Capitals
        | Shape::Capitalised
        | Shape::Small
        | Shape::Lower
        | Shape::Mixed
        | Shape::Ideographs => hashes(letters),
        _ => (shape as u32 + 1, 0, 0),
    };
    match shape {
        Shape::Open | Shape::OpenSquare => state.depth = (state.depth + 1).min(3),
        Shape::QuoteOpen if state.quoted == 0 => state.quoted = 1,
        _ => {}
    }
    let out = Token {
        start: start as u32,
        end: end as u32,
        shape,
        word,
        prefix,
        suffix,
        spaced,
        bracketed: state.depth > 0,
        quoted: state.quoted,
        years: state.years,
    };
    match shape {
        Shape::Close | Shape::CloseSquare => state.depth = state.depth.saturating_sub(1),
        Shape::QuoteClose | Shape::Quote if state.quoted == 1 => state.quoted = 2,
        _ => {}
    }
    if shape.is_year() {
        state.years = (state.years + 1).min(2);
    }
    out
}

const SEED: u32 = 0x811c_9dc5;

/// One step of FNV-1a over a code point.
fn step(hash: u32, c: char) -> u32 {
    (hash ^ c as u32).wrapping_mul(0x0100_0193)
}

/// Hashes of the lower-cased word, its first and its last three letters.
fn hashes(letters: &str) -> (u32, u32, u32) {
    let (mut word, mut prefix) = (SEED, SEED);
    let mut last = ['\0'; 3];
    for (n, c) in letters.chars().enumerate() {
        let c = if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) };
        word = step(word, c);
        if n < 3 {
            prefix = word;
        }
        last = [last[1], last[2], c];
    }
    (word, prefix, last.into_iter().fold(SEED, step))
}

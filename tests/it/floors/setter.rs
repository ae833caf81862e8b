//! Sets pages like a typesetter: lines at places, paragraphs in columns.

use std::fmt::Write as _;

use crate::pdf_maker::Maker;

/// A face of the type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// Upright.
    Plain,
    /// Bold.
    Bold,
    /// Slanted.
    Italic,
}

/// Pages being set, from the top down.
pub struct Setter {
    maker: Maker,
    content: String,
    pages: usize,
    /// Left edge and width of the column.
    column: (f32, f32),
    /// How far down the page.
    y: f32,
    top: f32,
    /// Line printed at the head of every page but the first.
    head: String,
    /// Lines kept for the foot of this page.
    notes: Vec<String>,
    second: Option<(f32, f32)>,
    numbered: bool,
}

const HEIGHT: f32 = 792.0;
const FOOT: f32 = 80.0;

impl Setter {
    /// In one column.
    pub fn new() -> Self {
        let mut maker = Maker::new();
        for (name, base) in [("F2", "Helvetica-Bold"), ("F3", "Helvetica-Oblique")] {
            let font = maker.object(format!("<< /Type /Font /Subtype /Type1 /BaseFont /{base} >>"));
            maker.font(name, font);
        }
        Self {
            maker,
            content: String::new(),
            pages: 0,
            column: (72.0, 468.0),
            y: 90.0,
            top: 90.0,
            head: String::new(),
            notes: Vec::new(),
            second: None,
            numbered: false,
        }
    }

    /// Prints a line at the head of every page behind the first, and numbers the pages.
    pub fn with_head(mut self, head: &str) -> Self {
        head.clone_into(&mut self.head);
        self.numbered = true;
        self
    }

    /// One line at a place, measured from the top.
    pub fn at(&mut self, x: f32, y: f32, size: f32, face: Face, text: &str) -> &mut Self {
        let font = match face {
            Face::Plain => "F1",
            Face::Bold => "F2",
            Face::Italic => "F3",
        };
        let escaped = text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
        let _ = writeln!(self.content, "BT /{font} {size} Tf 1 0 0 1 {x} {} Tm ({escaped}) Tj ET", HEIGHT - y);
        self
    }

    /// One line upwards along the edge.
    pub fn sideways(&mut self, x: f32, y: f32, size: f32, text: &str) -> &mut Self {
        let _ = writeln!(self.content, "BT /F1 {size} Tf 0 1 -1 0 {x} {} Tm ({text}) Tj ET", HEIGHT - y);
        self
    }

    /// White space.
    pub fn gap(&mut self, points: f32) -> &mut Self {
        self.y += points;
        self
    }

    /// Lines of one face, broken at the column's width.
    pub fn block(&mut self, size: f32, face: Face, text: &str) -> &mut Self {
        self.set(size, face, text, 0.0, false)
    }

    /// The same, centred.
    pub fn centred(&mut self, size: f32, face: Face, text: &str) -> &mut Self {
        self.set(size, face, text, 0.0, true)
    }

    /// The same, lines behind the first set in.
    pub fn hanging(&mut self, size: f32, text: &str) -> &mut Self {
        self.set(size, Face::Plain, text, 18.0, false)
    }

    /// Names or addresses with raised marks: `^1` raises what follows up to a space.
    pub fn marked(&mut self, size: f32, text: &str) -> &mut Self {
        let mut x = self.column.0;
        self.y += size * 1.25;
        for word in text.split(' ') {
            let mut parts = word.split('^');
            let plain = parts.next().unwrap_or("");
            let y = self.y;
            self.at(x, y, size, Face::Plain, plain);
            x += width(plain, size);
            for raised in parts {
                self.at(x, y - size * 0.35, size * 0.65, Face::Plain, raised);
                x += width(raised, size * 0.65);
            }
            x += size * 0.28;
        }
        self
    }

    fn set(&mut self, size: f32, face: Face, text: &str, indent: f32, centred: bool) -> &mut Self {
        for (n, line) in broken(text, self.column.1, size, indent).iter().enumerate() {
            self.y += size * 1.22;
            if self.y > HEIGHT - FOOT - self.notes.len() as f32 * 10.0 {
                self.turn();
                self.y += size * 1.22;
            }
            let x = if centred {
                self.column.0 + (self.column.1 - width(line, size)) / 2.0
            } else {
                self.column.0 + if n > 0 { indent } else { 0.0 }
            };
            let y = self.y;
            self.at(x, y, size, face, line);
        }
        self
    }

    /// Keeps lines for the foot of the page.
    pub fn note(&mut self, text: &str) -> &mut Self {
        self.notes.extend(broken(text, self.column.1, 8.0, 0.0));
        self
    }

    /// From here on two columns.
    pub fn two_columns(&mut self) -> &mut Self {
        self.top = self.y + 14.0;
        self.y = self.top;
        self.column = (54.0, 240.0);
        self.second = Some((318.0, 240.0));
        self
    }

    /// Begins the next column or page.
    pub fn turn(&mut self) -> &mut Self {
        let first = (54.0, 240.0);
        if let Some(second) = self.second
            && self.column != second
        {
            self.column = second;
            self.y = self.top;
            return self;
        }
        self.end_page();
        if self.second.is_some() {
            self.column = first;
        }
        self
    }

    fn end_page(&mut self) {
        let mut y = HEIGHT - FOOT + 14.0 - self.notes.len() as f32 * 10.0;
        for note in std::mem::take(&mut self.notes) {
            self.at(72.0, y, 8.0, Face::Plain, &note);
            y += 10.0;
        }
        self.pages += 1;
        if self.numbered {
            let number = self.pages.to_string();
            self.at(300.0, HEIGHT - 30.0, 9.0, Face::Plain, &number);
            if self.pages > 1 {
                let head = self.head.clone();
                self.at(72.0, 40.0, 8.0, Face::Plain, &head);
            }
        }
        let content = std::mem::take(&mut self.content);
        self.maker.raw_page("", content.as_bytes());
        (self.y, self.top) = (70.0, 70.0);
    }

    /// The file.
    pub fn finish(mut self) -> Vec<u8> {
        self.end_page();
        self.maker.finish()
    }
}

/// About how wide a text is set.
pub fn width(text: &str, size: f32) -> f32 {
    let letter = |c: char| match c {
        'i' | 'j' | 'l' | '\'' => 0.222,
        ' ' | 'f' | 't' | 'I' | '.' | ',' | ':' | ';' | '/' | '!' => 0.278,
        'r' | '(' | ')' | '-' => 0.333,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 0.5,
        'm' | 'M' => 0.833,
        'w' | 'C' | 'D' | 'H' | 'N' | 'R' | 'U' => 0.722,
        'G' | 'O' | 'Q' => 0.778,
        'W' => 0.944,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' => 0.667,
        _ => 0.556,
    };
    text.chars().map(letter).sum::<f32>() * size
}

fn broken(text: &str, space: f32, size: f32, indent: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let room = if lines.len() > 1 { space - indent } else { space };
        let line = lines.last_mut().unwrap();
        if !line.is_empty() && width(&format!("{line} {word}"), size) > room {
            lines.push(word.to_owned());
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines
}

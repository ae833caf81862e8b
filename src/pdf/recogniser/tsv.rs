//! Tesseract's answer: a line for each page, block, paragraph, line and word, with twelve columns separated by tabs.

use crate::pdf::recognised::RecognisedWord;

/// More than any printed page has; the rest is noise.
const WORDS_MAX: usize = 20_000;
/// Longer "words" are rules and borders taken for letters.
const LETTERS_MAX: usize = 200;
/// Below this a word is a guess at something that is no text.
const CONFIDENCE_MIN: f32 = 20.0;
/// The level of words in the first column.
const WORD: &str = "5";

/// The words, in order, with boxes inside the picture. Lines that are none are left out.
pub fn words(tsv: &str, width_px: u32, height_px: u32) -> Vec<RecognisedWord> {
    let mut words: Vec<RecognisedWord> = Vec::new();
    let (mut line, mut paragraph) = (0, 0);
    let (mut last_line, mut last_paragraph) = ("", "");
    for row in tsv.lines().filter_map(Row::read).take(WORDS_MAX) {
        let Some(word) = row.word(width_px, height_px) else { continue };
        if !words.is_empty() {
            paragraph += u32::from(row.paragraph != last_paragraph);
            line += u32::from(row.line != last_line);
        }
        (last_line, last_paragraph) = (row.line, row.paragraph);
        words.push(RecognisedWord { line, paragraph, ..word });
    }
    words
}

/// The columns of a word.
struct Row<'a> {
    /// Page, block and paragraph.
    paragraph: &'a str,
    /// The same with the line.
    line: &'a str,
    numbers: [&'a str; 4],
    confidence: &'a str,
    text: &'a str,
}

impl<'a> Row<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let mut columns = line.splitn(12, '\t');
        let level = columns.next().filter(|level| *level == WORD)?;
        let mut places = [0; 12];
        let mut at = level.len();
        let mut texts = [""; 12];
        for (number, column) in columns.enumerate() {
            texts[number + 1] = column;
            at += 1 + column.len();
            places[number + 1] = at;
        }
        // Level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
        let [.., text] = texts;
        (places[11] > 0).then(|| Self {
            paragraph: &line[..places[3]],
            line: &line[..places[4]],
            numbers: [texts[6], texts[7], texts[8], texts[9]],
            confidence: texts[10],
            text: text.trim(),
        })
    }

    fn word(&self, width_px: u32, height_px: u32) -> Option<RecognisedWord> {
        let confidence: f32 = self.confidence.parse().ok()?;
        let is_text = !self.text.is_empty()
            && self.text.chars().count() <= LETTERS_MAX
            && !self.text.chars().any(char::is_control);
        if !is_text || !(CONFIDENCE_MIN..=100.0).contains(&confidence) {
            return None;
        }
        let [left, top, width, height] = self.numbers.map(|number| number.parse::<u32>().ok());
        let (left, top) = (left?.min(width_px), top?.min(height_px));
        let (width, height) = (width?.min(width_px - left), height?.min(height_px - top));
        if width == 0 || height == 0 {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
        let confidence = confidence.round() as u8;
        let text = self.text.to_owned();
        Some(RecognisedWord { text, left, top, width, height, confidence, line: 0, paragraph: 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
        1\t1\t0\t0\t0\t0\t0\t0\t1000\t1400\t-1\t\n\
        4\t1\t1\t1\t1\t0\t100\t100\t300\t40\t-1\t\n\
        5\t1\t1\t1\t1\t1\t100\t100\t80\t40\t96.8\tTidal\n\
        5\t1\t1\t1\t1\t2\t190\t100\t120\t40\t41.2\tmemory\n\
        5\t1\t1\t1\t2\t1\t100\t150\t120\t40\t95\tof\n\
        5\t1\t2\t1\t1\t1\t100\t300\t900\t2000\t95\tsediments\n";

    #[test]
    fn words_come_with_box_line_and_paragraph() {
        let found = words(ANSWER, 1000, 1400);
        let told: Vec<_> = found.iter().map(|w| (w.text.as_str(), w.line, w.paragraph, w.confidence)).collect();
        assert_eq!(told, [("Tidal", 0, 0, 97), ("memory", 0, 0, 41), ("of", 1, 0, 95), ("sediments", 2, 1, 95)]);
        assert_eq!((found[1].left, found[1].top, found[1].width, found[1].height), (190, 100, 120, 40));
        assert_eq!((found[3].width, found[3].height), (900, 1100), "a box ends where the picture does");
    }

    #[test]
    fn what_is_no_word_is_left_out() {
        let row = |columns: &str| words(&columns.replace(' ', "\t"), 1000, 1400).len();
        assert_eq!(row("5 1 1 1 1 1 10 10 50 20 90 x"), 1);
        for wrong in [
            "5 1 1 1 1 1 10 10 50 20 90",
            "5 1 1 1 1 1 10 10 50 20 90 ",
            "5 1 1 1 1 1 -10 10 50 20 90 x",
            "5 1 1 1 1 1 10 10 0 20 90 x",
            "5 1 1 1 1 1 2000 10 50 20 90 x",
            "5 1 1 1 1 1 10 10 50 20 NaN x",
            "5 1 1 1 1 1 10 10 50 20 1e9 x",
            "5 1 1 1 1 1 10 10 50 20 3 x",
            "5 1 1 1 1 1 10 10 50 99999999999 90 x",
            "4 1 1 1 1 1 10 10 50 20 90 x",
            "",
            "5",
        ] {
            assert_eq!(row(wrong), 0, "{wrong}");
        }
        assert_eq!(words(&format!("5\t1\t1\t1\t1\t1\t10\t10\t50\t20\t90\t{}", "x".repeat(9_000)), 1000, 1400).len(), 0);
        assert_eq!(words(&ANSWER.repeat(10_000), 1000, 1400).len(), WORDS_MAX);
    }
}

//! The document's fonts: names without subset prefix, and whether they are bold or italic.

use std::collections::HashMap;

use crate::domain::layout::Font;

const FLAG_ITALIC: i32 = 1 << 6;
const FLAG_FORCE_BOLD: i32 = 1 << 18;
const BOLD_WEIGHT: i32 = 600;

/// Fonts seen so far; only grows.
#[derive(Debug, Default)]
pub struct FontTable {
    fonts: Vec<Font>,
    known: HashMap<(String, bool, bool), u16>,
}

impl FontTable {
    /// The fonts in the order of their indices.
    pub fn fonts(&self) -> &[Font] {
        &self.fonts
    }

    /// The index of a font as PDFium describes it.
    pub fn index(&mut self, name: &str, weight: i32, flags: i32) -> u16 {
        let name = without_subset_prefix(name);
        let lower = name.to_ascii_lowercase();
        let bold = weight >= BOLD_WEIGHT || flags & FLAG_FORCE_BOLD != 0 || is_bold_name(&lower);
        let italic = flags & FLAG_ITALIC != 0 || is_italic_name(&lower);
        if let Some(index) = self.known.get(&(name.to_owned(), bold, italic)) {
            return *index;
        }
        // A file with more fonts than this is hostile; the last one stands for the rest.
        let index = u16::try_from(self.fonts.len()).unwrap_or(u16::MAX).min(u16::MAX - 1);
        if index < u16::MAX - 1 {
            self.fonts.push(Font { name: name.to_owned(), bold, italic });
            self.known.insert((name.to_owned(), bold, italic), index);
        }
        index
    }
}

/// `ABCDEF+Name` → `Name`.
fn without_subset_prefix(name: &str) -> &str {
    match name.split_once('+') {
        Some((prefix, rest)) if prefix.len() == 6 && prefix.bytes().all(|b| b.is_ascii_uppercase()) => rest,
        _ => name,
    }
}

fn is_bold_name(lower: &str) -> bool {
    ["bold", "black", "heavy", "semib", "demi", "cmbx", "-bd"].iter().any(|part| lower.contains(part))
        || lower.ends_with(",b")
        || lower.match_indices("medi").any(|(at, _)| !lower[at..].starts_with("medium"))
}

fn is_italic_name(lower: &str) -> bool {
    ["ital", "obli", "cmti", "cmsl"].iter().any(|part| lower.contains(part)) || lower.ends_with(",i")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_and_italic_come_from_weight_name_or_flag() {
        let check = |name: &str, weight: i32, flags: i32| {
            let mut table = FontTable::default();
            let index = table.index(name, weight, flags);
            let font = &table.fonts()[usize::from(index)];
            (font.name.clone(), font.bold, font.italic)
        };
        assert_eq!(check("ABCDEF+CMBX10", 0, 0), ("CMBX10".to_owned(), true, false));
        assert_eq!(check("NimbusRomNo9L-Medi", 0, 0), ("NimbusRomNo9L-Medi".to_owned(), true, false));
        assert_eq!(check("Gotham-Medium", 0, 0), ("Gotham-Medium".to_owned(), false, false));
        assert_eq!(check("Times", 700, 64), ("Times".to_owned(), true, true));
        assert_eq!(check("CMTI10", 400, 0), ("CMTI10".to_owned(), false, true));
        assert_eq!(check("A+B", 0, 1 << 18), ("A+B".to_owned(), true, false));
    }

    #[test]
    fn the_same_font_keeps_its_index() {
        let mut table = FontTable::default();
        assert_eq!(table.index("Times", 400, 0), 0);
        assert_eq!(table.index("Times-Bold", 400, 0), 1);
        assert_eq!(table.index("GHIJKL+Times", 400, 0), 0);
        assert_eq!(table.fonts().len(), 2);
    }
}

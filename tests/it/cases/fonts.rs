//! PDFs with any letters, by fonts that are carried in the file or only named.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::pdf_maker::Maker;

/// What places text: (x, y, size, text).
pub type Line<'a> = (f32, f32, f32, &'a str);

/// How a font comes.
#[derive(Clone, Copy)]
pub enum Font {
    /// Named only, with the codes of its letters told.
    Named,
    /// Carried in the file as drawings, with the codes told.
    Drawn,
    /// Named only, of a Chinese collection that every reader knows.
    Chinese,
}

/// Lines that follow each other from the top of a page.
pub fn lines<'a>(texts: &[&'a str]) -> Vec<Line<'a>> {
    texts.iter().zip(0_u16..).map(|(text, nth)| (72.0, 700.0 - 16.0 * f32::from(nth), 12.0, *text)).collect()
}

/// A PDF with a page of any letters for each list of lines.
pub fn with_letters(font: Font, pages: &[Vec<Line<'_>>]) -> Vec<u8> {
    let mut maker = Maker::new();
    let letters: BTreeSet<char> = pages.iter().flatten().flat_map(|(.., text)| text.chars()).collect();
    let letters: Vec<char> = letters.into_iter().collect();
    let font_object = match font {
        Font::Named => named(&mut maker, &letters),
        Font::Drawn => drawn(&mut maker, &letters),
        Font::Chinese => chinese(&mut maker),
    };
    maker.font("Any", font_object);
    let code = |letter: char| match font {
        Font::Drawn => format!("{:02X}", 1 + letters.iter().position(|known| *known == letter).unwrap()),
        Font::Named | Font::Chinese => utf16(letter),
    };
    for page in pages {
        let mut content = String::new();
        for (x, y, size, text) in page {
            let codes: String = text.chars().map(code).collect();
            writeln!(content, "BT /Any {size} Tf 1 0 0 1 {x} {y} Tm <{codes}> Tj ET").unwrap();
        }
        maker.raw_page("", content.as_bytes());
    }
    maker.finish()
}

fn utf16(letter: char) -> String {
    letter.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("{unit:04X}")).collect()
}

/// A map from codes to letters.
pub fn to_unicode(maker: &mut Maker, code_bytes: usize, map: &[(String, String)]) -> usize {
    let (lowest, highest) = ("00".repeat(code_bytes), "FF".repeat(code_bytes));
    let entries: String = map.iter().map(|(code, letters)| format!("<{code}> <{letters}>\n")).collect();
    let text = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def\n\
         1 begincodespacerange <{lowest}> <{highest}> endcodespacerange\n\
         {} beginbfchar\n{entries}endbfchar endcmap end end",
        map.len()
    );
    maker.stream("", text.as_bytes())
}

fn named(maker: &mut Maker, letters: &[char]) -> usize {
    let map: Vec<_> = letters.iter().map(|letter| (utf16(*letter), utf16(*letter))).collect();
    let codes = to_unicode(maker, 2, &map);
    let descriptor = maker.object(
        "<< /Type /FontDescriptor /FontName /Own /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 \
         /Descent -200 /CapHeight 700 /StemV 80 >>",
    );
    // Accents that stand on the letter before are 0 wide.
    let below = maker.object(format!(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /FontDescriptor {descriptor} 0 R /DW 600 \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /W [768 879 0] >>"
    ));
    maker.object(format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [{below} 0 R] \
         /ToUnicode {codes} 0 R >>"
    ))
}

fn drawn(maker: &mut Maker, letters: &[char]) -> usize {
    let map: Vec<_> = letters.iter().zip(1..).map(|(letter, code)| (format!("{code:02X}"), utf16(*letter))).collect();
    let codes = to_unicode(maker, 1, &map);
    let square = maker.stream("", b"1000 0 0 0 900 900 d1 0 0 900 900 re f");
    let names: String = (1..=letters.len()).map(|code| format!("/g{code} ")).collect();
    let drawings: String = (1..=letters.len()).map(|code| format!("/g{code} {square} 0 R ")).collect();
    maker.object(format!(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] \
         /CharProcs << {drawings} >> /Encoding << /Type /Encoding /Differences [1 {names}] >> /FirstChar 1 \
         /LastChar {} /Widths [{}] /ToUnicode {codes} 0 R >>",
        letters.len(),
        "1000 ".repeat(letters.len())
    ))
}

fn chinese(maker: &mut Maker) -> usize {
    let descriptor = maker.object(
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 \
         /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    );
    let below = maker.object(format!(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor {descriptor} 0 R /DW 1000 \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
    ));
    maker.object(format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UCS2-H /Encoding /UniGB-UCS2-H \
         /DescendantFonts [{below} 0 R] >>"
    ))
}

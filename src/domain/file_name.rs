//! Names for downloads that are safe on every system. Names that came with an upload are kept as data and never used here
//! as paths.

use super::item::{CreatorName, Item};

/// Longest name made, in bytes: every file system in use takes 255, and browsers add ` (1)`.
const MAX_BYTES: usize = 200;

/// The download name of a paper's file: `Author Year – Title.pdf`, or the uploaded name's safe form where nothing is known.
#[must_use]
pub fn download_name(item: &Item, uploaded: &str, media_type: &str) -> String {
    let ending = if media_type == "application/pdf" {
        ".pdf".to_owned()
    } else {
        let ending = uploaded.rsplit_once('.').map_or("", |(_, ending)| ending);
        let plain = !ending.is_empty() && ending.len() <= 10 && ending.chars().all(|c| c.is_ascii_alphanumeric());
        if plain { format!(".{ending}") } else { String::new() }
    };
    let author = match item.creators.as_slice() {
        [] => String::new(),
        [one] => one.name.short().to_owned(),
        [one, two] => format!("{} and {}", one.name.short(), two.name.short()),
        [one, ..] => match &one.name {
            CreatorName::Person { family, .. } => format!("{family} et al."),
            CreatorName::Single(name) => name.clone(),
        },
    };
    let year = item.year().map_or_else(String::new, |year| year.to_string());
    let head: Vec<&str> = [author.as_str(), year.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
    let title = item.field("title");
    let stem = if head.is_empty() { title.to_owned() } else { format!("{} – {title}", head.join(" ")) };
    format!("{}{ending}", safe_stem(&stem, MAX_BYTES - ending.len()))
}

/// A file name without what some system forbids: separators, control characters, reserved names, dots or spaces at the
/// ends, directions and invisible characters that make a name look like another.
#[must_use]
pub fn safe_stem(text: &str, max_bytes: usize) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let c = match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => continue,
            c if c.is_control() || c.is_whitespace() => ' ',
            c => c,
        };
        if c == ' ' && (out.is_empty() || out.ends_with(' ')) {
            continue;
        }
        if out.len() + c.len_utf8() > max_bytes {
            break;
        }
        out.push(c);
    }
    let out = out.trim_matches([' ', '.']);
    let device = out.split('.').next().unwrap_or("").to_ascii_uppercase();
    let numbered =
        |name: &str| device.strip_prefix(name).is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit());
    if out.is_empty() {
        "file".to_owned()
    } else if matches!(device.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT") {
        format!("_{out}")
    } else {
        out.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_safe_on_every_system() {
        for (text, safe) in [
            ("a/b\\c:d", "a-b-c-d"),
            ("CON", "_CON"),
            ("con.x", "_con.x"),
            ("LPT1", "_LPT1"),
            ("LPT12", "LPT12"),
            ("..", "file"),
            (" trailing. ", "trailing"),
            ("\u{202e}fdp.exe", "fdp.exe"),
            ("tab\tand\nline", "tab and line"),
            ("é 😀 שלום", "é 😀 שלום"),
            ("", "file"),
        ] {
            assert_eq!(safe_stem(text, 100), safe, "{text:?}");
        }
        assert_eq!(safe_stem(&"ü".repeat(200), 101).len(), 100);
    }
}

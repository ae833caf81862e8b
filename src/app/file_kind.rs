//! What kind of file some bytes are, by their content, and why others than PDFs are refused.

use super::Error;

/// Bytes from the beginning in which a PDF names itself.
pub(super) const SNIFF_BYTES: usize = 1024;

/// Why the beginning of a file is no PDF's; `None` if it is one's.
pub(super) fn not_a_pdf(head: &[u8]) -> Option<&'static str> {
    if head.windows(5).any(|window| window == b"%PDF-") {
        return None;
    }
    let text = String::from_utf8_lossy(head).to_lowercase();
    let is_page = ["<!doctype html", "<html", "<head", "<body"].iter().any(|mark| text.contains(mark));
    Some(if is_page { "web_page" } else { "not_a_pdf" })
}

pub(super) fn refusal(code: &str) -> Error {
    match code {
        "web_page" => Error::UnsupportedFile {
            code: "not_a_pdf",
            detail: "This is a web page, not a PDF. Sign in at the publisher's and download it again.".to_owned(),
        },
        _ => Error::UnsupportedFile {
            code: "not_a_pdf",
            detail: "This is not a PDF. To attach another kind of file, drop it on its paper.".to_owned(),
        },
    }
}

/// The media type by content; other kinds by the ending of the name, which only decides what the browser is told.
pub(super) fn media_type_of(head: &[u8], filename: &str) -> String {
    if not_a_pdf(head).is_none() {
        return "application/pdf".to_owned();
    }
    let ending = filename.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    let known = match ending.as_str() {
        "txt" | "csv" | "tsv" | "md" | "bib" | "ris" | "yaml" | "yml" | "toml" | "log" | "py" | "r" => "text/plain",
        "json" => "application/json",
        "zip" => "application/zip",
        "gz" | "tgz" => "application/gzip",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "epub" => "application/epub+zip",
        _ => "application/octet-stream",
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_judged_by_its_content() {
        assert_eq!(not_a_pdf(b"%PDF-1.7\n"), None);
        assert_eq!(not_a_pdf(b"\xef\xbb\xbfjunk before %PDF-1.4"), None);
        assert_eq!(not_a_pdf(b"<!DOCTYPE html><title>Sign in</title>"), Some("web_page"));
        assert_eq!(not_a_pdf(b"PK\x03\x04"), Some("not_a_pdf"));
        assert_eq!(not_a_pdf(b""), Some("not_a_pdf"));
        assert_eq!(media_type_of(b"a,b", "data.CSV"), "text/plain");
        assert_eq!(media_type_of(b"%PDF-1.4", "data.csv"), "application/pdf");
    }
}

//! Whatever is dropped ends as something, is judged by its content, and the sum adds up.

use std::collections::BTreeSet;

use serde_json::json;

use crate::pdf_maker::simple;
use crate::support::{Answer, TestApp, paper_pdf};

/// How a file is to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// A paper in this state.
    Kept(&'static str),
    /// No paper: the status and the code of the refusal.
    Refused(u16, &'static str),
}

#[tokio::test]
async fn files_are_judged_by_their_content_and_every_one_has_an_end() {
    let whole = paper_pdf("kinds");
    let mut junk = b"\xef\xbb\xbf\r\nHTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n".to_vec();
    junk.extend(&whole);
    let mut mail = b"MIME-Version: 1.0\r\nContent-Type: application/pdf; name=\"a.pdf\"\r\nContent-Transfer-Encoding: binary\r\n\r\n".to_vec();
    mail.extend(&whole);
    let mut after = whole.clone();
    after.extend(b"\r\n<!-- added by a proxy -->\r\n");
    let long_junk = [vec![b'x'; 5_000], whole.clone()].concat();
    let cases: Vec<(&str, Vec<u8>, End)> = vec![
        ("ordinary.pdf", whole.clone(), End::Kept("read")),
        ("junk before it.pdf", junk, End::Kept("read")),
        ("inside a mail.pdf", mail, End::Kept("read")),
        ("junk behind it.pdf", after, End::Kept("read")),
        ("no ending", simple("no ending at all"), End::Kept("read")),
        ("called html.html", simple("called html"), End::Kept("read")),
        ("PDF.PDF", simple("capitals"), End::Kept("read")),
        ("cut in the middle.pdf", whole[..whole.len() / 2].to_vec(), End::Kept("")),
        ("cut early.pdf", whole[..300].to_vec(), End::Kept("failed")),
        ("only a first line.pdf", b"%PDF-1.7\n".to_vec(), End::Kept("failed")),
        ("empty.pdf", Vec::new(), End::Refused(422, "empty")),
        ("a page.pdf", b"<!DOCTYPE html><html><title>Sign in</title></html>".to_vec(), End::Refused(415, "not_a_pdf")),
        ("a page in capitals.pdf", b"\n\n<HTML><BODY>Sign in</BODY></HTML>".to_vec(), End::Refused(415, "not_a_pdf")),
        ("a zip.pdf", b"PK\x03\x04\x14\0\0\0\x08\0".to_vec(), End::Refused(415, "not_a_pdf")),
        ("packed.pdf", b"\x1f\x8b\x08\0\0\0\0\0\0\x03".to_vec(), End::Refused(415, "not_a_pdf")),
        ("a picture.pdf", b"\x89PNG\r\n\x1a\n".to_vec(), End::Refused(415, "not_a_pdf")),
        ("far behind junk.pdf", long_junk, End::Refused(415, "not_a_pdf")),
        ("base64.pdf", b"MIME-Version: 1.0\r\n\r\nJVBERi0xLjcK".to_vec(), End::Refused(415, "not_a_pdf")),
        ("one byte.pdf", b"%".to_vec(), End::Refused(415, "not_a_pdf")),
        ("notes.txt", b"only notes".to_vec(), End::Refused(415, "not_a_pdf")),
        ("ordinary once more.pdf", whole.clone(), End::Kept("read")),
    ];
    let (app, ada) = TestApp::start().with_jobs().ready().await;
    let (mut kept, mut refused, mut there) = (BTreeSet::new(), 0, 0);
    for (name, bytes, end) in &cases {
        let answer = app.try_upload(&ada, &[], name, bytes).await;
        match end {
            End::Refused(status, code) => {
                answer.problem(*status, code);
                refused += 1;
            }
            End::Kept(state) => {
                let uploaded = answer.is(201).uploaded();
                let paper = app.until_read(&ada, ada.library, &uploaded).await;
                let file = &paper["file"];
                assert!(state.is_empty() || file["state"] == *state, "{name}: {file}");
                if file["state"] == "failed" {
                    assert_eq!(file["error"]["code"], "damaged", "{name}: {file}");
                    assert!(file["error"]["message"].as_str().unwrap().contains("incomplete"), "{name}: {file}");
                }
                match uploaded.duplicate_of {
                    None => assert!(kept.insert(uploaded.item.clone()), "{name}"),
                    Some(twin) => {
                        assert!(kept.contains(&twin) && *name == "ordinary once more.pdf", "{name}");
                        there += 1;
                    }
                }
            }
        }
    }
    let listed = app.get(&ada, &format!("/api/v1/libraries/{}/items?limit=200", ada.library)).await.json();
    assert_eq!(listed["total"], kept.len());
    assert_eq!(kept.len() + refused + there, cases.len(), "every file has one end");
    assert_eq!(app.get(&ada, "/api/v1/uploads").await.json()["items"], json!([]), "nothing waits for ever");
}

#[tokio::test]
async fn a_web_page_is_told_from_other_kinds() {
    let (app, ada) = TestApp::start().ready().await;
    let detail = |answer: &Answer| answer.problem(415, "not_a_pdf")["detail"].as_str().unwrap().to_owned();
    let page = app.try_upload(&ada, &[], "a.pdf", b"<html><head><title>Sign in</title></head></html>").await;
    assert!(detail(&page).contains("web page"));
    let other = app.try_upload(&ada, &[], "a.pdf", b"PK\x03\x04").await;
    assert!(!detail(&other).contains("web page"));
}

#[tokio::test]
async fn names_of_all_systems_are_kept_and_never_become_paths() {
    let long = format!("{}.pdf", "ä".repeat(2_500));
    let names = [
        "../../../etc/passwd.pdf",
        "..\\..\\windows\\system32\\a.pdf",
        "/absolute/path.pdf",
        "C:\\data\\a.pdf",
        "a/b/c.pdf",
        "folder.pdf/inside.pdf",
        "CON.pdf",
        "nul",
        "trailing dots...pdf. . .",
        "  spaces  .pdf  ",
        "line\r\nX-Injected: yes\r\n.pdf",
        "null\0byte.pdf",
        "quote\".pdf; filename=evil.exe",
        "\u{202e}fdp.exe",
        "emoji 🌊 and ﬁ.pdf",
        "U\u{308}berblick.pdf",
        "논문.pdf",
        "%2e%2e%2fa.pdf",
        ".pdf",
        ".",
        "..",
        "~$lock.pdf",
        "<script>alert(1)</script>.pdf",
        long.as_str(),
    ];
    let (app, ada) = TestApp::start().ready().await;
    for (nth, name) in names.iter().enumerate() {
        let bytes = simple(&format!("named file number {nth}"));
        let uploaded = app.upload(&ada, ada.library, name, &bytes).await;
        let path = format!("/api/v1/libraries/{}/items/{}", ada.library, uploaded.item);
        let paper = app.get(&ada, &path).await.json();
        assert_eq!(paper["file"]["name"], *name, "kept as given");
        let file = app.get(&ada, &format!("{path}/file?download=true")).await.is(200);
        assert!(file.body == bytes, "{name:?}");
        assert!(file.header("X-Injected").is_none());
        let shown = file.header("Content-Disposition").unwrap();
        let (plain, encoded) = shown.split_once("; filename*=UTF-8''").unwrap_or((shown, ""));
        let plain = plain.strip_prefix("attachment; filename=\"").and_then(|rest| rest.strip_suffix('"')).unwrap();
        for sign in ['/', '\\', ':', '"', '\r', '\n', '\0', '<', '>', '|'] {
            assert!(!plain.contains(sign) && !encoded.contains(sign), "{name:?}: {shown}");
        }
        assert!(plain.ends_with(".pdf") && plain.len() <= 255 && !plain.starts_with('.'), "{name:?}: {shown}");
    }
    let listed = app.get(&ada, &format!("/api/v1/libraries/{}/items?limit=200", ada.library)).await.json();
    assert_eq!(listed["total"], names.len());
}

#[tokio::test]
async fn equal_names_make_two_papers_and_equal_bytes_racing_make_one() {
    let (app, ada) = TestApp::start().ready().await;
    let first = app.upload(&ada, ada.library, "paper.pdf", &simple("the first of this name")).await;
    let second = app.upload(&ada, ada.library, "paper.pdf", &simple("the second of this name")).await;
    assert_ne!(first.item, second.item);

    let bytes = simple("sent eight times at once");
    let names: Vec<String> = (1..=8).map(|nth| format!("copy {nth}.pdf")).collect();
    let sending = names.iter().map(|name| app.try_upload(&ada, &[], name, &bytes));
    let sent = futures_util::future::join_all(sending).await;
    let ends: Vec<_> = sent.into_iter().map(|answer| answer.is(201).uploaded()).collect();
    let items: BTreeSet<&str> = ends.iter().map(|end| end.item.as_str()).collect();
    assert_eq!(items.len(), 1, "one paper");
    assert_eq!(ends.iter().filter(|end| end.duplicate_of.is_none()).count(), 1, "one was the first");
    let listed = app.get(&ada, &format!("/api/v1/libraries/{}/items", ada.library)).await.json();
    assert_eq!(listed["total"], 3);
    let jobs = app.get(&ada, "/api/v1/jobs").await.json();
    assert_eq!(jobs["items"].as_array().unwrap().len(), 3, "nothing is read twice");
}

#[tokio::test]
async fn parts_that_race_for_one_upload_give_one_paper() {
    let (app, ada) = TestApp::start().ready().await;
    let bytes = simple("sent by two tabs");
    let path = app.announce(&ada, bytes.len(), "two tabs.pdf").await;
    let half = bytes.len() / 2;
    let first = (0..4).map(|_| app.append(&ada, &path, 0, &bytes[..half]).send());
    for answer in futures_util::future::join_all(first).await {
        assert!([204, 409, 423].contains(&answer.status), "{}: {}", answer.status, answer.text());
    }
    let last = (0..4).map(|_| app.append(&ada, &path, half, &bytes[half..]).send());
    for answer in futures_util::future::join_all(last).await {
        assert!([204, 409, 423].contains(&answer.status), "{}: {}", answer.status, answer.text());
    }
    let end = app.tus("head", &path).by(&ada).send().await.is(200);
    let uploaded = end.uploaded();
    let file = app.get(&ada, &format!("/api/v1/libraries/{}/items/{}/file", ada.library, uploaded.item)).await;
    assert!(file.is(200).body == bytes);
    let listed = app.get(&ada, &format!("/api/v1/libraries/{}/items", ada.library)).await.json();
    assert_eq!(listed["total"], 1);
}

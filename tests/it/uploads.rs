//! Resumable uploads as tus 1.0.0 describes them (<https://tus.io/protocols/resumable-upload>), and our own promises.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use scrollkeeper::domain::actor::Actor;
use serde_json::{Value, json};
use sha1::Digest as _;
use tokio::io::AsyncWriteExt as _;

use crate::pdf_maker::{Maker, simple};
use crate::support::{TestApp, metadata};

const UPLOADS: &str = "/api/v1/uploads";

fn sha1(bytes: &[u8]) -> String {
    format!("sha1 {}", STANDARD.encode(sha1::Sha1::digest(bytes)))
}

fn sha256(bytes: &[u8]) -> String {
    format!("sha256 {}", STANDARD.encode(sha2::Sha256::digest(bytes)))
}

/// A PDF of at least so many bytes.
fn large_pdf(bytes: usize) -> Vec<u8> {
    let mut maker = Maker::new();
    maker.stream("", &vec![b'x'; bytes]);
    maker.page("", &[(72.0, 700.0, 12.0, "large")]).finish()
}

#[tokio::test]
async fn the_server_says_what_it_can_do() {
    let (app, _) = TestApp::start().with("uploads.max_file_mb", "10").ready().await;
    let answer = app.call("options", UPLOADS).send().await.is(204);
    assert_eq!(answer.header("Tus-Resumable"), Some("1.0.0"));
    assert_eq!(answer.header("Tus-Version"), Some("1.0.0"));
    assert_eq!(answer.header("Tus-Max-Size"), Some("10485760"));
    assert_eq!(answer.header("Tus-Checksum-Algorithm"), Some("sha1,sha256"));
    let extensions =
        "creation,creation-with-upload,creation-defer-length,checksum,concatenation,termination,expiration";
    assert_eq!(answer.header("Tus-Extension"), Some(extensions));
}

#[tokio::test]
async fn a_file_comes_in_parts_and_ends_as_a_paper() {
    let (app, ada) = TestApp::start().ready().await;
    let bytes = large_pdf(5_000);
    let sent = metadata(&[("filename", "Überblick.pdf"), ("filetype", "application/pdf")]);
    let created = app.tus("post", UPLOADS).by(&ada).header("Upload-Length", bytes.len().to_string());
    let created = created.header("Upload-Metadata", &sent).send().await.is(201);
    assert_eq!(created.header("Upload-Offset"), Some("0"));
    assert_eq!(created.header("Tus-Resumable"), Some("1.0.0"));
    assert!(created.header("Upload-Expires").unwrap().ends_with(" GMT"));
    let path = created.header("Location").unwrap();

    let half = app.append(&ada, path, 0, &bytes[..2_000]).send().await.is(204);
    assert_eq!(half.header("Upload-Offset"), Some("2000"));
    assert!(half.header("Scrollkeeper-Item").is_none());
    assert!(half.header("Upload-Expires").is_some());
    let head = app.tus("head", path).by(&ada).send().await.is(200);
    let length = bytes.len().to_string();
    assert_eq!(head.header("Upload-Offset"), Some("2000"));
    assert_eq!(head.header("Upload-Length"), Some(length.as_str()));
    assert_eq!(head.header("Upload-Metadata"), Some(sent.as_str()));
    assert_eq!(head.header("Cache-Control"), Some("no-store"));

    let listed = app.get(&ada, UPLOADS).await.json();
    let upload = &listed["items"][0];
    assert_eq!((&upload["filename"], &upload["offset"]), (&json!("Überblick.pdf"), &json!(2000)));
    assert_eq!(upload["url"].as_str(), Some(path));

    let last = app.append(&ada, path, 2_000, &bytes[2_000..]).send().await.is(204);
    assert_eq!(last.header("Upload-Offset"), Some(length.as_str()));
    let made = last.uploaded();
    for _ in 0..2 {
        let head = app.tus("head", path).by(&ada).send().await.is(200);
        assert_eq!(head.uploaded().item, made.item, "a lost answer is asked for again");
        assert_eq!(head.header("Upload-Offset"), Some(length.as_str()));
    }
    let again = app.append(&ada, path, bytes.len(), b"").send().await.is(204);
    assert_eq!(again.uploaded().attachment, made.attachment);
    assert_eq!(app.get(&ada, UPLOADS).await.json()["items"], json!([]));

    let file = app.get(&ada, &format!("/api/v1/libraries/{}/items/{}/file", ada.library, made.item)).await.is(200);
    assert!(file.body == bytes, "the bytes are the same");
}

#[tokio::test]
async fn creation_may_carry_the_whole_file() {
    let (app, ada) = TestApp::start().ready().await;
    let made = app.upload(&ada, ada.library, "one.pdf", &simple("one")).await;
    let paper = app.get(&ada, &format!("/api/v1/libraries/{}/items/{}", ada.library, made.item)).await.json();
    assert_eq!(paper["file"]["key"], made.attachment);
    assert_eq!((&paper["file"]["name"], &paper["file"]["state"]), (&json!("one.pdf"), &json!("waiting")));
    assert_eq!(paper["added_by"], "ada");
}

#[tokio::test]
async fn creation_may_carry_the_first_part() {
    let (app, ada) = TestApp::start().ready().await;
    let bytes = large_pdf(5_000);
    let call = app.tus("post", UPLOADS).by(&ada).header("Upload-Length", bytes.len().to_string());
    let created = call.body("application/offset+octet-stream", bytes[..3_000].to_vec()).send().await.is(201);
    assert_eq!(created.header("Upload-Offset"), Some("3000"));
    let path = created.header("Location").unwrap();
    app.append(&ada, path, 3_000, &bytes[3_000..]).send().await.is(204).uploaded();
}

#[tokio::test]
async fn the_length_may_be_told_later() {
    let (app, ada) = TestApp::start().ready().await;
    let bytes = simple("length unknown");
    let created = app.tus("post", UPLOADS).by(&ada).header("Upload-Defer-Length", "1").send().await.is(201);
    let path = created.header("Location").unwrap();
    app.append(&ada, path, 0, &bytes[..100]).send().await.is(204);
    let head = app.tus("head", path).by(&ada).send().await.is(200);
    assert_eq!((head.header("Upload-Defer-Length"), head.header("Upload-Length")), (Some("1"), None));
    let last = app.append(&ada, path, 100, &bytes[100..]).header("Upload-Length", bytes.len().to_string());
    last.send().await.is(204).uploaded();

    let created = app.tus("post", UPLOADS).by(&ada).header("Upload-Defer-Length", "1").send().await.is(201);
    let path = created.header("Location").unwrap();
    let other = simple("told with nothing more to send");
    app.append(&ada, path, 0, &other).send().await.is(204);
    let told = app.append(&ada, path, other.len(), b"").header("Upload-Length", other.len().to_string());
    told.send().await.is(204).uploaded();
}

#[tokio::test]
async fn a_part_with_a_wrong_checksum_is_dropped() {
    let (app, ada) = TestApp::start().ready().await;
    let bytes = simple("checked");
    let path = app.announce(&ada, bytes.len(), "checked.pdf").await;
    let part = |offset: usize, part: &[u8], sum: String| {
        app.append(&ada, &path, offset, part).header("Upload-Checksum", sum).send()
    };
    part(0, &bytes[..200], sha1(&bytes[..200])).await.is(204);
    part(200, &bytes[200..300], sha1(b"something else")).await.problem(460, "checksum_mismatch");
    part(200, &bytes[200..300], sha256(b"something else")).await.problem(460, "checksum_mismatch");
    let head = app.tus("head", &path).by(&ada).send().await.is(200);
    assert_eq!(head.header("Upload-Offset"), Some("200"), "the offset stays");
    part(200, &bytes[200..], "md5 AAAA".to_owned()).await.problem(422, "invalid");
    part(200, &bytes[200..], sha256(&bytes[200..])).await.is(204).uploaded();
}

#[tokio::test]
async fn a_wrong_offset_is_told_the_right_one() {
    let (app, ada) = TestApp::start().ready().await;
    let bytes = simple("offsets");
    let path = app.announce(&ada, bytes.len(), "offsets.pdf").await;
    app.append(&ada, &path, 0, &bytes[..200]).send().await.is(204);
    for wrong in [0, 100, 201, 100_000] {
        let answer = app.append(&ada, &path, wrong, &bytes[..100]).send().await;
        answer.problem(409, "wrong_offset");
        assert_eq!(answer.header("Upload-Offset"), Some("200"));
    }
    app.append(&ada, &path, 200, &bytes[200..]).send().await.is(204).uploaded();
    let after = app.append(&ada, &path, 200, &bytes[200..]).send().await;
    after.problem(409, "wrong_offset");
    assert_eq!(after.header("Upload-Offset"), Some(bytes.len().to_string().as_str()));
}

#[tokio::test]
async fn a_request_that_is_not_of_the_protocol_is_refused() {
    let (app, ada) = TestApp::start().ready().await;
    let bytes = simple("protocol");
    let path = app.announce(&ada, bytes.len(), "protocol.pdf").await;
    let kind = app.tus("patch", &path).by(&ada).header("Upload-Offset", "0").body("application/pdf", bytes.clone());
    kind.send().await.problem(415, "wrong_content_type");
    let no_offset = app.tus("patch", &path).by(&ada).body("application/offset+octet-stream", bytes.clone());
    no_offset.send().await.problem(422, "invalid");
    for (method, path) in [("post", UPLOADS), ("head", path.as_str()), ("patch", &path), ("delete", &path)] {
        let answer = app.call(method, path).by(&ada).send().await.is(412);
        assert_eq!(answer.header("Tus-Version"), Some("1.0.0"), "{method}");
        let answer = app.call(method, path).by(&ada).header("Tus-Resumable", "0.2.2").send().await.is(412);
        assert_eq!(answer.header("Tus-Resumable"), Some("1.0.0"), "{method}");
    }
    let odd = app.tus("post", UPLOADS).by(&ada).header("Upload-Length", "many").send().await;
    assert_eq!(odd.problem(422, "invalid")["field"], "Upload-Length");
    let odd = app.tus("post", UPLOADS).by(&ada).header("Upload-Length", "5").header("Upload-Metadata", "filename %%%");
    assert_eq!(odd.send().await.problem(422, "invalid")["field"], "Upload-Metadata");
    app.append(&ada, &path, 0, &bytes).send().await.is(204).uploaded();
}

#[tokio::test]
async fn every_answer_names_the_protocol_even_a_refusal() {
    let (app, ada) = TestApp::start().ready().await;
    let path = app.announce(&ada, 100, "x.pdf").await;
    let refused = app.append(&ada, &path, 50, b"x").send().await.is(409);
    assert_eq!(refused.header("Tus-Resumable"), Some("1.0.0"));
    let unknown = app.tus("head", &format!("{UPLOADS}/{}", "0".repeat(32))).by(&ada).send().await.is(404);
    assert_eq!(unknown.header("Tus-Resumable"), Some("1.0.0"));
}

#[tokio::test]
async fn what_is_no_pdf_is_said_so_at_once() {
    let (app, ada) = TestApp::start().ready().await;
    let empty = app.tus("post", UPLOADS).by(&ada).header("Upload-Length", "0").send().await;
    empty.problem(422, "empty");
    let page = b"<!DOCTYPE html><html><head><title>Sign in</title></head></html>".repeat(40);
    let web = app.try_upload(&ada, &[], "paper.pdf", &page).await.problem(415, "not_a_pdf");
    assert!(web["detail"].as_str().unwrap().contains("web page"), "{web}");
    let zip = app.try_upload(&ada, &[], "paper.pdf", b"PK\x03\x04 and so on").await.problem(415, "not_a_pdf");
    assert!(!zip["detail"].as_str().unwrap().contains("web page"), "{zip}");

    // A large one is refused with its first part, not after its last.
    let path = app.announce(&ada, 10 << 20, "movie.pdf").await;
    app.append(&ada, &path, 0, &[7; 4_000]).send().await.problem(415, "not_a_pdf");
    app.tus("head", &path).by(&ada).send().await.is(415);
    app.append(&ada, &path, 4_000, &[7; 4_000]).send().await.problem(415, "not_a_pdf");
    let list = app.get(&ada, &format!("/api/v1/libraries/{}/items", ada.library)).await.json();
    assert_eq!(list["total"], 0);
}

#[tokio::test]
async fn more_than_is_taken_is_refused_before_it_is_kept() {
    let (app, ada) = TestApp::start().with("uploads.max_file_mb", "1").ready().await;
    let large = app.tus("post", UPLOADS).by(&ada).header("Upload-Length", (2 << 20).to_string()).send().await;
    assert!(large.problem(413, "too_large")["detail"].as_str().unwrap().contains("1 MB"));

    let created = app.tus("post", UPLOADS).by(&ada).header("Upload-Defer-Length", "1").send().await.is(201);
    let path = created.header("Location").unwrap();
    let bytes = large_pdf(2 << 20);
    app.append(&ada, path, 0, &bytes[..1_000]).send().await.is(204);
    app.append(&ada, path, 1_000, &bytes[1_000..]).send().await.problem(413, "too_large");
    let head = app.tus("head", path).by(&ada).send().await.is(200);
    assert_eq!(head.header("Upload-Offset"), Some("1000"));
    let told = app.append(&ada, path, 1_000, b"").header("Upload-Length", bytes.len().to_string());
    told.send().await.problem(413, "too_large");

    let path = app.announce(&ada, 100, "longer.pdf").await;
    let longer = app.append(&ada, &path, 0, &[7; 101]).send().await.problem(413, "too_large");
    assert!(longer["detail"].as_str().unwrap().contains("100 bytes"), "{longer}");
}

#[tokio::test]
async fn parts_sent_side_by_side_are_joined() {
    let (app, ada) = TestApp::start().ready().await;
    let bytes = large_pdf(9_000);
    let mut paths = Vec::new();
    for part in [&bytes[..4_000], &bytes[4_000..]] {
        let call = app.tus("post", UPLOADS).by(&ada).header("Upload-Length", part.len().to_string());
        let made = call.header("Upload-Concat", "partial").send().await.is(201);
        paths.push((made.header("Location").unwrap().to_owned(), part));
    }
    let join = || {
        let absolute: Vec<String> = paths.iter().map(|(path, _)| format!("http://127.0.0.1:7171{path}")).collect();
        let call = app.tus("post", UPLOADS).by(&ada).header("Upload-Metadata", metadata(&[("filename", "joined.pdf")]));
        call.header("Upload-Concat", format!("final;{}", absolute.join(" "))).send()
    };
    app.append(&ada, &paths[0].0, 0, paths[0].1).send().await.is(204);
    join().await.problem(409, "part_incomplete");
    let (path, part) = &paths[1];
    let done = app.append(&ada, path, 0, part).send().await.is(204);
    assert!(done.header("Scrollkeeper-Item").is_none(), "a part is no paper");
    let head = app.tus("head", path).by(&ada).send().await.is(200);
    assert_eq!(head.header("Upload-Concat"), Some("partial"));

    let joined = join().await.is(201);
    let made = joined.uploaded();
    let whole = joined.header("Location").unwrap();
    let head = app.tus("head", whole).by(&ada).send().await.is(200);
    assert_eq!(head.header("Upload-Length"), Some(bytes.len().to_string().as_str()));
    assert_eq!(head.header("Upload-Concat").unwrap(), format!("final;{} {}", paths[0].0, paths[1].0));
    assert_eq!(head.uploaded().item, made.item);
    let again = join().await.is(201);
    assert_eq!(
        (again.header("Location"), again.uploaded().item),
        (Some(whole), made.item.clone()),
        "the answer got lost"
    );
    let file = app.get(&ada, &format!("/api/v1/libraries/{}/items/{}/file", ada.library, made.item)).await.is(200);
    assert!(file.body == bytes, "in the order named");
    app.append(&ada, whole, bytes.len(), b"more").send().await.problem(403, "forbidden");
    let again = join().await.is(201);
    assert_eq!(again.header("Location"), Some(whole), "a client that lost the answer gets the same whole");
    assert_eq!(again.uploaded().item, made.item);

    let none = app.tus("post", UPLOADS).by(&ada).header("Upload-Concat", "final;").send().await;
    assert_eq!(none.problem(422, "invalid")["field"], "Upload-Concat");
    let strange = format!("final;{UPLOADS}/{}", "0".repeat(32));
    app.tus("post", UPLOADS).by(&ada).header("Upload-Concat", strange).send().await.problem(404, "not_found");
}

#[tokio::test]
async fn an_upload_is_given_up_or_expires() {
    let (app, ada) = TestApp::start().ready().await;
    let path = app.announce(&ada, 5_000, "given up.pdf").await;
    app.append(&ada, &path, 0, b"%PDF-1.7").send().await.is(204);
    app.tus("delete", &path).by(&ada).send().await.is(204);
    app.tus("head", &path).by(&ada).send().await.is(404);
    app.append(&ada, &path, 8, b"more").send().await.problem(404, "not_found");

    let path = app.announce(&ada, 5_000, "forgotten.pdf").await;
    app.append(&ada, &path, 0, b"%PDF-1.7").send().await.is(204);
    app.clock.advance_minutes(6 * 24 * 60);
    assert_eq!(app.app.sweep_uploads().await.unwrap(), 0);
    app.tus("head", &path).by(&ada).send().await.is(200);
    app.clock.advance_minutes(2 * 24 * 60);
    assert_eq!(app.app.sweep_uploads().await.unwrap(), 1);
    app.tus("head", &path).by(&ada).send().await.is(404);
}

#[tokio::test]
async fn a_narrow_proxy_and_a_plain_client_are_understood() {
    let (app, ada) = TestApp::start().ready().await;
    let bytes = simple("override");
    let created = app.tus("post", UPLOADS).by(&ada).header("Upload-Length", bytes.len().to_string());
    let created = created.header("Upload-Metadata", "").send().await.is(201);
    let path = created.header("Location").unwrap();
    let patch = app.tus("post", path).by(&ada).header("X-HTTP-Method-Override", "PATCH").header("Upload-Offset", "0");
    let made = patch.body("application/offset+octet-stream", bytes).send().await.is(204).uploaded();
    let paper = app.get(&ada, &format!("/api/v1/libraries/{}/items/{}", ada.library, made.item)).await.json();
    assert_eq!(paper["file"]["name"], "Untitled.pdf");

    let path = app.announce(&ada, 10, "x.pdf").await;
    let delete = app.tus("post", &path).by(&ada).header("X-HTTP-Method-Override", "DELETE");
    delete.send().await.is(204);
}

#[tokio::test]
async fn an_upload_is_its_owners_alone() {
    let (app, ada) = TestApp::start().ready().await;
    let bob = app.new_person("bob").await;
    let bytes = simple("private");
    let path = app.announce(&ada, bytes.len(), "private.pdf").await;
    app.tus("head", &path).by(&bob).send().await.is(404);
    app.append(&bob, &path, 0, b"x").send().await.problem(404, "not_found");
    app.tus("delete", &path).by(&bob).send().await.problem(404, "not_found");
    assert_eq!(app.get(&bob, UPLOADS).await.json()["items"], json!([]));
    let part = app.tus("post", UPLOADS).by(&ada).header("Upload-Length", "8").header("Upload-Concat", "partial");
    let part = part.body("application/offset+octet-stream", &b"%PDF-1.7"[..]).send().await.is(201);
    let stolen = format!("final;{}", part.header("Location").unwrap());
    app.tus("post", UPLOADS).by(&bob).header("Upload-Concat", stolen).send().await.problem(404, "not_found");

    // Without a good token nothing is lost.
    let nobody = app.tus("patch", &path).header("Upload-Offset", "0");
    nobody.body("application/offset+octet-stream", bytes.clone()).send().await.problem(401, "signed_out");
    app.append(&ada, &path, 0, &bytes).send().await.is(204).uploaded();
}

#[tokio::test]
async fn other_kinds_of_files_are_attached_to_a_paper() {
    let (app, ada) = TestApp::start().ready().await;
    let paper = app.upload(&ada, ada.library, "paper.pdf", &simple("paper")).await;
    let attach = |parent: &str, name: &'static str, bytes: &'static [u8]| {
        let parent = parent.to_owned();
        let app = &app;
        let ada = &ada;
        app.clock.advance_ms(1_000);
        async move { app.try_upload(ada, &[("parent", &parent)], name, bytes).await }
    };
    let data = attach(&paper.item, "data \"1\".csv", b"a,b\n1,2\n").await.is(201).uploaded();
    assert_eq!(data.item, paper.item);
    let page = attach(&paper.item, "page.html", b"<html><script>alert(1)</script></html>").await.is(201).uploaded();
    let path = |key: &str| format!("/api/v1/libraries/{}/items/{key}", ada.library);
    let children = app.get(&ada, &format!("{}/children", path(&paper.item))).await.json();
    let states: Vec<&Value> = children["items"].as_array().unwrap().iter().map(|c| &c["file"]["state"]).collect();
    assert_eq!(states, ["waiting", "other", "other"]);
    for (key, name) in [(&data.attachment, "csv"), (&page.attachment, "html")] {
        let file = app.get(&ada, &format!("{}/file", path(key))).await.is(200);
        assert_eq!(file.header("Content-Type"), Some("application/octet-stream"), "it is never shown");
        let disposition = file.header("Content-Disposition").unwrap();
        assert!(disposition.starts_with("attachment; filename=\"") && disposition.contains(name), "{disposition}");
        assert!(file.header("Content-Security-Policy").unwrap().starts_with("sandbox"));
    }
    let first = app.get(&ada, &path(&paper.item)).await.json();
    assert_eq!(first["file"]["key"], paper.attachment, "the PDF opens first");
    attach(&paper.attachment, "x.txt", b"x").await.problem(422, "invalid");
    attach("ABCDEFGH", "x.txt", b"x").await.problem(404, "not_found");
}

#[tokio::test]
async fn an_upload_goes_where_its_metadata_say() {
    let (app, ada) = TestApp::start().ready().await;
    let bob = app.new_person("bob").await;
    let group = app.new_group(&ada, "Group").await.to_string();
    app.give_role(&ada, group.parse().unwrap(), &bob, "commenter").await;
    app.try_upload(&ada, &[("library", &group)], "x.pdf", &simple("x")).await.is(201).uploaded();
    app.try_upload(&bob, &[("library", &group)], "x.pdf", &simple("x")).await.problem(403, "forbidden");
    let foreign = ada.library.to_string();
    app.try_upload(&bob, &[("library", &foreign)], "x.pdf", &simple("x")).await.problem(404, "not_found");
    app.try_upload(&ada, &[("library", "first")], "x.pdf", &simple("x")).await.problem(404, "not_found");
    app.try_upload(&ada, &[("collection", "ABCDEFGH")], "x.pdf", &simple("x")).await.problem(404, "not_found");
}

#[tokio::test]
async fn who_may_no_longer_add_papers_finishes_no_upload_and_loses_none() {
    let (app, ada) = TestApp::start().ready().await;
    let bob = app.new_person("bob").await;
    let group = app.new_group(&ada, "Group").await;
    app.give_role(&ada, group, &bob, "editor").await;
    let bytes = large_pdf(5_000);
    let into_group = metadata(&[("filename", "x.pdf"), ("library", &group.to_string())]);
    let created = app.tus("post", UPLOADS).by(&bob).header("Upload-Length", bytes.len().to_string());
    let created = created.header("Upload-Metadata", into_group).send().await.is(201);
    let path = created.header("Location").unwrap();
    app.append(&bob, path, 0, &bytes[..2_000]).send().await.is(204);

    app.give_role(&ada, group, &bob, "reader").await;
    app.append(&bob, path, 2_000, &bytes[2_000..]).send().await.problem(403, "forbidden");
    app.delete(&ada, &format!("/api/v1/libraries/{group}/members/bob")).await.is(204);
    app.append(&bob, path, 2_000, &bytes[2_000..]).send().await.problem(404, "not_found");
    let papers = format!("/api/v1/libraries/{group}/items");
    assert_eq!(app.get(&ada, &papers).await.json()["total"], 0);

    app.give_role(&ada, group, &bob, "editor").await;
    app.append(&bob, path, 2_000, &bytes[2_000..]).send().await.is(204).uploaded();
    assert_eq!(app.get(&ada, &papers).await.json()["total"], 1);
}

#[tokio::test]
async fn a_persons_own_limit_holds_for_a_length_that_is_told_later() {
    let (app, ada) = TestApp::start().ready().await;
    app.limit_uploads(&ada, 1 << 20).await;
    let bytes = large_pdf(2 << 20);
    let length = bytes.len().to_string();
    app.tus("post", UPLOADS).by(&ada).header("Upload-Length", &length).send().await.problem(413, "too_large");
    let created = app.tus("post", UPLOADS).by(&ada).header("Upload-Defer-Length", "1").send().await.is(201);
    let path = created.header("Location").unwrap();
    let told = app.append(&ada, path, 0, b"").header("Upload-Length", length).send().await;
    assert!(told.problem(413, "too_large")["detail"].as_str().unwrap().contains("1 MB"));
    app.append(&ada, path, 0, &bytes).send().await.problem(413, "too_large");
}

#[tokio::test]
async fn bytes_that_the_library_has_join_no_collection_that_was_deleted_meanwhile() {
    let (app, ada) = TestApp::start().ready().await;
    let bytes = simple("twice");
    let first = app.upload(&ada, ada.library, "first.pdf", &bytes).await;
    let collections = format!("/api/v1/libraries/{}/collections", ada.library);
    let collection = app.post(&ada, &collections, json!({"name": "Short-lived"})).await.json();
    let into = metadata(&[("filename", "again.pdf"), ("collection", collection["key"].as_str().unwrap())]);
    let created = app.tus("post", UPLOADS).by(&ada).header("Upload-Length", bytes.len().to_string());
    let created = created.header("Upload-Metadata", into).send().await.is(201);
    app.delete(&ada, &format!("{collections}/{}", collection["key"].as_str().unwrap())).await.is(204);
    let made = app.append(&ada, created.header("Location").unwrap(), 0, &bytes).send().await.is(204).uploaded();
    assert_eq!(made.duplicate_of, Some(first.item.clone()));
    let paper = app.get(&ada, &format!("/api/v1/libraries/{}/items/{}", ada.library, first.item)).await.json();
    assert_eq!(paper["collections"], json!([]));
}

#[tokio::test]
async fn bytes_that_were_left_whole_by_a_crash_are_completed_by_the_next_question() {
    let (app, ada) = TestApp::start().ready().await;
    let bytes = simple("complete me");
    let created = app.tus("post", UPLOADS).by(&ada).header("Upload-Defer-Length", "1").send().await.is(201);
    let path = created.header("Location").unwrap();
    app.append(&ada, path, 0, &bytes).send().await.is(204);
    // The length reaches the record, as it does before a crash that loses the rest of the request.
    let id = u128::from_str_radix(path.rsplit('/').next().unwrap(), 16).unwrap();
    let actor: Actor = app.app.authenticate_token(&ada.token).await.unwrap();
    let broken = futures_util::stream::iter([Err::<bytes::Bytes, _>("the connection broke")]);
    let length = Some(bytes.len() as u64);
    let lost = app.app.write_upload(&actor, id, bytes.len() as u64, length, None, broken).await;
    assert!(lost.is_err());
    let head = app.tus("head", path).by(&ada).send().await.is(200);
    let made = head.uploaded();
    assert_eq!(app.tus("head", path).by(&ada).send().await.uploaded().item, made.item);
}

#[tokio::test]
async fn a_connection_that_died_silently_is_taken_over() {
    let (app, ada) = TestApp::start().ready().await;
    let served = app.serve().await;
    let bytes = large_pdf(300_000);
    let path = app.announce(&ada, bytes.len(), "half open.pdf").await;
    let mut dead = tokio::net::TcpStream::connect(served.address).await.unwrap();
    let head = format!(
        "PATCH {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nTus-Resumable: 1.0.0\r\n\
         Upload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: {}\r\n\r\n",
        served.address,
        ada.token,
        bytes.len()
    );
    dead.write_all(head.as_bytes()).await.unwrap();
    dead.write_all(&bytes[..100_000]).await.unwrap();
    dead.flush().await.unwrap();

    // Nothing tells when a connection has died but silence: here, and only here, real time passes.
    let began = std::time::Instant::now();
    let mut seen_busy = false;
    let offset = loop {
        assert!(began.elapsed().as_secs() < 15, "the dead connection holds the upload");
        let head = app.tus("head", &path).by(&ada).send().await;
        match (head.status, head.header("Upload-Offset").and_then(|offset| offset.parse::<usize>().ok())) {
            (423, _) => seen_busy = true,
            (200, Some(offset)) if offset > 0 => break offset,
            (200, _) => {}
            (status, _) => panic!("{status}: {}", head.text()),
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    };
    assert!(seen_busy, "while the connection may be alive the upload is busy");
    assert_eq!(offset, 100_000, "nothing that came is lost");
    app.append(&ada, &path, offset, &bytes[offset..]).send().await.is(204).uploaded();
}

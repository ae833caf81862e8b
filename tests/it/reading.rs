//! What becomes of a PDF: read, locked, damaged; and what can then be had of it.

use serde_json::{Value, json};

use crate::pdf_maker::simple;
use crate::support::{PAPER_TITLE, Person, TestApp, Uploaded, paper_pdf};

const LOCKED: &[u8] = include_bytes!("../fixtures/pdf/locked.pdf");

fn path(who: &Person, made: &Uploaded) -> String {
    format!("/api/v1/libraries/{}/items/{}", who.library, made.item)
}

async fn jobs(app: &TestApp, who: &Person) -> Vec<Value> {
    app.get(who, "/api/v1/jobs").await.json()["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn who_left_a_library_stops_nothing_in_it() {
    let (app, ada) = TestApp::start().ready().await;
    let bob = app.new_person("bob").await;
    let group = app.new_group(&ada, "Group").await;
    app.give_role(&ada, group, &bob, "editor").await;
    app.upload(&bob, group, "x.pdf", &simple("theirs now")).await;
    let path = format!("/api/v1/jobs/{}/cancel", jobs(&app, &bob).await[0]["id"]);
    app.delete(&ada, &format!("/api/v1/libraries/{group}/members/bob")).await.is(204);
    app.post(&bob, &path, json!({})).await.problem(404, "not_found");
    app.give_role(&ada, group, &bob, "reader").await;
    app.post(&bob, &path, json!({})).await.is(200);
}

#[tokio::test]
async fn an_uploaded_paper_is_read_and_found_by_its_words() {
    let (app, ada) = TestApp::start().with_jobs().ready().await;
    let made = app.upload(&ada, ada.library, "download(3).pdf", &paper_pdf("quixotic wombats")).await;
    let paper = app.until_read(&ada, ada.library, &made).await;
    assert_eq!((&paper["file"]["state"], &paper["file"]["pages"]), (&json!("read"), &json!(2)));
    assert_eq!(paper["fields"]["title"], PAPER_TITLE);
    let families: Vec<&str> =
        paper["creators"].as_array().unwrap().iter().filter_map(|c| c["family"].as_str()).collect();
    assert_eq!(families, ["Keller", "Brandt"]);
    assert!(paper["fields"]["abstractNote"].as_str().unwrap().starts_with("We measure how sediments keep"));

    let path = path(&ada, &made);
    let text = app.get(&ada, &format!("{path}/text?page=2")).await.is(200);
    assert_eq!(text.header("Content-Type"), Some("text/plain; charset=utf-8"));
    assert!(text.text().contains("thinner in winter"));
    let whole = app.get(&ada, &format!("{path}/text")).await.text();
    assert_eq!(whole.matches('\u{c}').count(), 1, "a form feed between two pages");
    app.get(&ada, &format!("{path}/text?page=3")).await.problem(404, "not_found");
    app.get(&ada, &format!("{path}/text?page=0")).await.problem(422, "invalid");

    let layout = app.get(&ada, &format!("{path}/layout?pages=1-2")).await.json();
    let page = &layout["pages"][0];
    assert_eq!((&page["page"], &page["label"]), (&json!(1), &json!("101")), "labels as printed");
    assert_eq!((&page["width"], &page["height"], &page["rotate"]), (&json!(612.0), &json!(792.0), &json!(0)));
    let letters: Vec<char> = page["text"].as_str().unwrap().chars().collect();
    let word = page["words"].as_array().unwrap().iter().find(|word| {
        let at = |n: usize| usize::try_from(word[n].as_u64().unwrap()).unwrap();
        letters[at(0)..at(1)].iter().collect::<String>() == "quixotic"
    });
    let word = word.expect("the word has its box");
    assert!((word[2].as_f64().unwrap() - 72.0).abs() < 2.0, "{word}");
    assert!(word[3].as_f64().unwrap() < 531.0 && word[5].as_f64().unwrap() > 535.0, "{word}");
    for wrong in ["0", "2-1", "1-300", "x", "-"] {
        app.get(&ada, &format!("{path}/layout?pages={wrong}")).await.problem(422, "invalid");
    }

    let outline = app.get(&ada, &format!("{path}/outline")).await.json();
    assert_eq!(outline["pages"].as_array().unwrap().len(), 2);
    assert_eq!((&outline["outline"][0]["title"], &outline["outline"][0]["page"]), (&json!("Results"), &json!(2)));
    let references = app.get(&ada, &format!("{path}/references")).await.json();
    let years: Vec<&Value> = references["items"].as_array().unwrap().iter().map(|r| &r["year"]).collect();
    assert_eq!(years, [&json!(2011), &json!(2014)]);

    app.index_all().await;
    let hits = app.get(&ada, "/api/v1/search?q=%22quixotic%20wombats%22").await.json();
    let hit = &hits["hits"][0];
    assert_eq!((&hits["total"], &hit["key"], &hit["title"]), (&json!(1), &json!(made.item), &json!(PAPER_TITLE)));
    let passage = &hit["passages"][0];
    assert_eq!((&passage["page"], &passage["page_label"]), (&json!(1), &json!("101")));
    let offset = usize::try_from(passage["offset"].as_u64().unwrap()).unwrap();
    let mark = |n: usize| usize::try_from(passage["marks"][0][n].as_u64().unwrap()).unwrap();
    let marked: String = letters[offset + mark(0)..offset + mark(1)].iter().collect();
    assert!("quixotic wombats".starts_with(&marked) && !marked.is_empty(), "{marked}");
    let places = app.get(&ada, &format!("{path}/places?q=layers")).await.json();
    assert_eq!(places["total_pages"], 2);
}

#[tokio::test]
async fn what_was_read_can_be_compared_with_what_was_typed_and_reading_again_keeps_the_latter() {
    let (app, ada) = TestApp::start().with_jobs().ready().await;
    let made = app.upload(&ada, ada.library, "x.pdf", &paper_pdf("compared")).await;
    app.until_read(&ada, ada.library, &made).await;
    let path = path(&ada, &made);
    let typed = json!({"fields": {"title": "Tides, typed"}, "creators": [{"given": "M.", "family": "Keller"}]});
    app.patch(&ada, &path, typed).await.is(200);
    let read = app.get(&ada, &format!("{path}/as-read")).await.json();
    assert_eq!(read["fields"]["title"], PAPER_TITLE);
    assert_eq!(read["creators"].as_array().unwrap().len(), 2);
    assert!(read["confidence"]["title"].as_f64().unwrap() > 0.5);
    let affiliations = ["Institute of Marine Studies, Example University"];
    let people = ["Maria Keller", "Jonas Brandt"].map(|name| json!({"name": name, "affiliations": affiliations}));
    assert_eq!(read["people"], json!(people));
    app.post(&ada, &format!("{path}/read-again"), json!({})).await.is(200);
    let paper = app.until_read(&ada, ada.library, &made).await;
    assert_eq!((&paper["fields"]["title"], &paper["creators"][1]), (&json!("Tides, typed"), &Value::Null));
    let outside = app.new_person("bob").await;
    app.get(&outside, &format!("{path}/as-read")).await.problem(404, "not_found");
}

#[tokio::test]
async fn of_a_file_that_waits_no_page_is_known_and_that_is_no_error() {
    let (app, ada) = TestApp::start().ready().await;
    let made = app.upload(&ada, ada.library, "x.pdf", &paper_pdf("waits")).await;
    let outline = app.get(&ada, &format!("{}/outline", path(&ada, &made))).await.json();
    assert_eq!((&outline["pages"], &outline["outline"]), (&json!([]), &json!([])));
    let nowhere = format!("/api/v1/libraries/{}/items/22222222/outline", ada.library);
    app.get(&ada, &nowhere).await.problem(404, "not_found");
}

#[tokio::test]
async fn a_file_is_served_in_ranges_and_can_do_no_harm() {
    let (app, ada) = TestApp::start().with_jobs().ready().await;
    let bytes = paper_pdf("ranges");
    let made = app.upload(&ada, ada.library, "x.pdf", &bytes).await;
    app.until_read(&ada, ada.library, &made).await;
    let path = format!("{}/file", path(&ada, &made));
    let whole = app.get(&ada, &path).await.is(200);
    assert!(whole.body == bytes);
    assert_eq!(whole.header("Content-Type"), Some("application/pdf"));
    assert_eq!(whole.header("Accept-Ranges"), Some("bytes"));
    assert_eq!(whole.header("Cache-Control"), Some("private, max-age=31536000, immutable"));
    assert_eq!(whole.header("X-Content-Type-Options"), Some("nosniff"));
    assert!(whole.header("Content-Security-Policy").unwrap().starts_with("sandbox"));
    let name = whole.header("Content-Disposition").unwrap();
    assert!(name.starts_with("inline; filename=\"Keller and Brandt"), "{name}");
    let etag = whole.header("ETag").unwrap();
    let ask = |name: &str, value: &str| app.call("get", &path).by(&ada).header(name, value);
    let part = ask("Range", "bytes=10-19").send().await.is(206);
    assert_eq!(part.body, bytes[10..20]);
    assert_eq!(part.header("Content-Range").unwrap(), format!("bytes 10-19/{}", bytes.len()));
    let tail = ask("Range", "bytes=-5").send().await.is(206);
    assert_eq!(tail.body, bytes[bytes.len() - 5..]);
    let beyond = ask("Range", &format!("bytes={}-", bytes.len())).send().await.is(416);
    assert_eq!(beyond.header("Content-Range").unwrap(), format!("bytes */{}", bytes.len()));
    let known = ask("If-None-Match", etag).send().await.is(304);
    assert!(known.body.is_empty());
    let changed = ask("If-Range", "\"other\"").header("Range", "bytes=0-9").send().await.is(200);
    assert_eq!(changed.body.len(), bytes.len());
    let head = app.call("head", &path).by(&ada).send().await.is(200);
    assert_eq!(head.header("Content-Length").unwrap(), bytes.len().to_string());
    assert!(head.body.is_empty());
    let saved = app.get(&ada, &format!("{path}?download=true")).await.is(200);
    assert!(saved.header("Content-Disposition").unwrap().starts_with("attachment;"));
}

#[tokio::test]
async fn a_page_has_a_picture() {
    let (app, ada) = TestApp::start().with_jobs().ready().await;
    let made = app.upload(&ada, ada.library, "x.pdf", &paper_pdf("pictures")).await;
    app.until_read(&ada, ada.library, &made).await;
    let path = format!("{}/pages", path(&ada, &made));
    let picture = app.get(&ada, &format!("{path}/1/image?width=300")).await.is(200);
    assert_eq!(picture.header("Content-Type"), Some("image/webp"));
    assert_eq!((&picture.body[..4], &picture.body[8..12]), (&b"RIFF"[..], &b"WEBP"[..]));
    let again = app.get(&ada, &format!("{path}/1/image?width=320")).await.is(200);
    assert!(again.body == picture.body, "drawn once in the next width that is made");
    let etag = again.header("ETag").unwrap();
    let known = app.call("get", &format!("{path}/1/image?width=320")).by(&ada).header("If-None-Match", etag);
    known.send().await.is(304);
    app.get(&ada, &format!("{path}/3/image")).await.problem(404, "not_found");
    app.get(&ada, &format!("{path}/0/image")).await.problem(422, "invalid");
}

#[tokio::test]
async fn what_somebody_typed_is_kept_when_the_file_is_read_again() {
    let (app, ada) = TestApp::start().with_jobs().ready().await;
    let made = app.upload(&ada, ada.library, "x.pdf", &paper_pdf("typed")).await;
    app.until_read(&ada, ada.library, &made).await;
    let path = path(&ada, &made);
    let typed = json!({"fields": {"title": "My title", "abstractNote": null}});
    app.patch(&ada, &path, typed).await.is(200);
    app.post(&ada, &format!("{path}/read-again"), Value::Null).await.is(200);
    let paper = app.until_read(&ada, ada.library, &made).await;
    assert_eq!(paper["fields"]["title"], "My title");
    assert!(paper["fields"]["abstractNote"].as_str().unwrap().starts_with("We measure"), "what is empty is read anew");
    assert_eq!(paper["creators"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_locked_file_opens_with_its_password() {
    let (app, ada) = TestApp::start().with_jobs().ready().await;
    let made = app.upload(&ada, ada.library, "locked.pdf", LOCKED).await;
    let paper = app.until_read(&ada, ada.library, &made).await;
    assert_eq!(paper["file"]["state"], "locked");
    assert_eq!(paper["file"]["error"]["code"], "encrypted");
    let words = paper["file"]["error"]["message"].as_str().unwrap();
    assert!(words.contains("password"), "{words}");
    let path = path(&ada, &made);
    let told = app.get(&ada, &format!("{path}/text")).await.problem(404, "not_found");
    assert!(told["detail"].as_str().unwrap().contains("password"), "{told}");
    let give = async |password: &str| app.post(&ada, &format!("{path}/password"), json!({"password": password})).await;
    assert_eq!(give("wrong").await.problem(422, "invalid")["field"], "password");
    assert_eq!(give("open sesame").await.json()["kind"], "parse");
    let paper = app.until_read(&ada, ada.library, &made).await;
    assert_eq!(paper["file"]["state"], "read");
    assert_eq!(app.get(&ada, &format!("{path}/text")).await.text(), "locked words");
    app.get(&ada, &format!("{path}/pages/1/image")).await.is(200);
    give("open sesame").await.problem(409, "not_locked");
}

#[tokio::test]
async fn who_has_the_same_locked_bytes_has_to_know_the_password_too() {
    let (app, ada) = TestApp::start().with_jobs().ready().await;
    let bob = app.new_person("bob").await;
    let made = app.upload(&ada, ada.library, "locked.pdf", LOCKED).await;
    app.until_read(&ada, ada.library, &made).await;
    app.post(&ada, &format!("{}/password", path(&ada, &made)), json!({"password": "open sesame"})).await.is(200);
    assert_eq!(app.until_read(&ada, ada.library, &made).await["file"]["state"], "read");

    let same = app.upload(&bob, bob.library, "same.pdf", LOCKED).await;
    let path = path(&bob, &same);
    let paths = ["text", "layout?pages=1", "pages/1/image", "references", "as-read"];
    for rest in paths {
        app.get(&bob, &format!("{path}/{rest}")).await.problem(404, "not_found");
    }
    assert_eq!(app.until_read(&bob, bob.library, &same).await["file"]["state"], "locked");
    for rest in paths {
        app.get(&bob, &format!("{path}/{rest}")).await.problem(404, "not_found");
    }
    assert_eq!(app.get(&bob, &format!("{path}/outline")).await.json()["pages"], json!([]));
    app.index_all().await;
    assert_eq!(app.get(&bob, "/api/v1/search?q=locked%20words").await.json()["total"], 0);
    let give = async |password: &str| app.post(&bob, &format!("{path}/password"), json!({"password": password})).await;
    give("wrong").await.problem(422, "invalid");
    give("open sesame").await.is(200);
    assert_eq!(app.until_read(&bob, bob.library, &same).await["file"]["state"], "read");
    assert_eq!(app.get(&bob, &format!("{path}/text")).await.text(), "locked words");
}

#[tokio::test]
async fn a_damaged_file_says_so_and_stops_nobody() {
    let (app, ada) = TestApp::start().with_jobs().ready().await;
    let broken = app.upload(&ada, ada.library, "broken.pdf", b"%PDF-1.7\nand then nothing of a PDF").await;
    let sound = app.upload(&ada, ada.library, "sound.pdf", &simple("sound")).await;
    let paper = app.until_read(&ada, ada.library, &broken).await;
    assert_eq!(paper["file"]["state"], "failed");
    assert_eq!(paper["file"]["error"]["code"], "damaged");
    assert!(paper["file"]["error"]["message"].as_str().unwrap().len() > 20);
    assert_eq!(paper["fields"]["title"], "broken", "it is kept under its name");
    let paper = app.until_read(&ada, ada.library, &sound).await;
    assert_eq!(paper["file"]["state"], "read");

    let file = app.get(&ada, &format!("{}/file", path(&ada, &broken))).await.is(200);
    assert_eq!(file.body.len(), 34, "the bytes are kept");
    let failed = app.get(&ada, "/api/v1/jobs?state=failed").await.json();
    let job = &failed["items"][0];
    assert_eq!(
        (&job["kind"], &job["state"], &job["key"]),
        (&json!("parse"), &json!("failed"), &json!(broken.attachment))
    );
    assert_eq!(failed["counts"]["failed"], 1);
    assert!(job["message"].as_str().unwrap().len() > 20, "{job}");
    let retried = app.post(&ada, &format!("/api/v1/jobs/{}/retry", job["id"]), Value::Null).await.json();
    assert_eq!(retried["state"], "queued");
    let ended = app
        .until("the second attempt", || async {
            let job = jobs(&app, &ada).await.into_iter().find(|job| job["id"] == retried["id"])?;
            (job["state"] == "failed").then_some(job)
        })
        .await;
    assert_eq!(ended["state"], "failed");
}

#[tokio::test]
async fn a_waiting_job_is_cancelled_and_taken_up_again() {
    let (app, ada) = TestApp::start().ready().await;
    let bob = app.new_person("bob").await;
    let made = app.upload(&ada, ada.library, "x.pdf", &simple("waits")).await;
    let job = jobs(&app, &ada).await.remove(0);
    assert_eq!((&job["state"], &job["key"], &job["attempt"]), (&json!("queued"), &json!(made.attachment), &json!(1)));
    assert_eq!(job["library"], ada.library);
    let act = async |who: &Person, what: &str| {
        app.post(who, &format!("/api/v1/jobs/{}/{what}", job["id"]), Value::Null).await
    };
    assert!(jobs(&app, &bob).await.is_empty());
    act(&bob, "cancel").await.problem(404, "not_found");
    assert_eq!(act(&ada, "cancel").await.json()["state"], "cancelled");
    let path = format!("/api/v1/libraries/{}/items/{}", ada.library, made.item);
    let file = app.get(&ada, &path).await.json()["file"].clone();
    assert_eq!((&file["state"], &file["error"]["code"]), (&json!("failed"), &json!("stopped")));
    app.index_all().await;
    let found = app.get(&ada, "/api/v1/search?q=x.pdf").await.json();
    assert_eq!(found["hits"][0]["key"], made.item, "an unread file is found by its name: {found}");
    act(&ada, "cancel").await.problem(409, "ended");
    assert_eq!(act(&ada, "retry").await.json()["state"], "queued");
    assert_eq!(app.get(&ada, &path).await.json()["file"]["state"], "waiting");
    app.get(&ada, "/api/v1/jobs?state=asleep").await.problem(422, "invalid");
    app.get(&ada, "/api/v1/jobs?cursor=x").await.problem(422, "invalid");
    app.get(&bob, &format!("/api/v1/jobs?library={}", ada.library)).await.problem(404, "not_found");
}

#[tokio::test]
async fn jobs_are_listed_newest_first_in_windows() {
    let (app, ada) = TestApp::start().ready().await;
    for n in 0..5 {
        app.upload(&ada, ada.library, "x.pdf", &simple(&format!("job {n}"))).await;
    }
    let (mut seen, mut query) = (Vec::new(), "?limit=2".to_owned());
    loop {
        let page = app.get(&ada, &format!("/api/v1/jobs{query}")).await.json();
        seen.extend(page["items"].as_array().unwrap().iter().map(|job| job["id"].as_u64().unwrap()));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        query = format!("?limit=2&cursor={cursor}");
    }
    assert_eq!(seen.len(), 5);
    assert!(seen.is_sorted_by(|a, b| a > b), "{seen:?}");
}

#[tokio::test]
async fn the_second_library_with_the_same_bytes_has_them_read_too() {
    let (app, ada) = TestApp::start().with_jobs().ready().await;
    let bob = app.new_person("bob").await;
    let bytes = paper_pdf("twice");
    let hers = app.upload(&ada, ada.library, "x.pdf", &bytes).await;
    app.until_read(&ada, ada.library, &hers).await;
    let his = app.upload(&bob, bob.library, "y.pdf", &bytes).await;
    let paper = app.until_read(&bob, bob.library, &his).await;
    assert_eq!((&paper["fields"]["title"], &paper["file"]["state"]), (&json!(PAPER_TITLE), &json!("read")));
}

#[tokio::test]
async fn search_stays_within_what_one_may_read() {
    let (app, ada) = TestApp::start().with_jobs().ready().await;
    let [bob, eve] = [app.new_person("bob").await, app.new_person("eve").await];
    let group = app.new_group(&ada, "Tides").await;
    app.give_role(&ada, group, &bob, "reader").await;
    let made = app.upload(&ada, group, "x.pdf", &paper_pdf("xylophone")).await;
    app.until_read(&ada, group, &made).await;
    app.index_all().await;
    let total = async |who: &Person, query: &str| {
        app.get(who, &format!("/api/v1/search?q={query}")).await.json()["total"].clone()
    };
    for (who, count) in [(&ada, 1), (&bob, 1), (&eve, 0)] {
        assert_eq!(total(who, "xylophone").await, count, "{}", who.name);
    }
    assert_eq!(total(&bob, "in:tides%20xylophone").await, 1);
    assert_eq!(total(&bob, &format!("xylophone&library={group}")).await, 1);
    assert_eq!(total(&ada, &format!("xylophone&library={}", ada.library)).await, 0);
    app.get(&eve, &format!("/api/v1/search?q=x&library={group}")).await.problem(404, "not_found");
    app.delete(&ada, &format!("/api/v1/libraries/{group}/members/bob")).await.is(204);
    assert_eq!(total(&bob, "xylophone").await, 0, "who is out finds nothing at once");
}

#[tokio::test]
async fn whatever_people_type_into_the_search_is_answered() {
    let (app, ada) = TestApp::start().with_jobs().ready().await;
    let text = "H52.1 - myopia O'Prova C++ W-2 p(y|x) 10.5555/abc(2031)4:12 user@example.org 50% a^2 x/y 3:1";
    let made = app.upload(&ada, ada.library, "x.pdf", &simple(text)).await;
    app.until_read(&ada, ada.library, &made).await;
    app.index_all().await;
    let long = "a".repeat(2_000);
    let many = "word ".repeat(400);
    let odd = [
        ". -",
        "\"unfinished phrase",
        "title: myopia",
        "nosuchfield:myopia",
        "AND",
        "OR myopia",
        "NOT",
        "myopia AND",
        "(myopia",
        "myopia)",
        "[a TO",
        "{a,b}",
        "C:\\data\\x",
        "#probe",
        "~5",
        "*",
        "?",
        "-",
        "+",
        "\"\"",
        "''",
        "“blind”",
        "   ",
        "\u{0}",
        "🌊",
        "year:x-y",
        "year:99999999999999999999",
        "in:",
        "author:",
        "a*b*",
        "\"a\" \"",
        "\u{202e}x",
        "\u{300}",
        "%",
        "&",
        "limit=5",
        "…",
        "ß",
        "Ａ",
        "中文字",
        "\r\n\t",
        long.as_str(),
        many.as_str(),
    ];
    let encode =
        |query: &str| percent_encoding::utf8_percent_encode(query, percent_encoding::NON_ALPHANUMERIC).to_string();
    for query in odd {
        for more in ["", "&places=all"] {
            let answer = app.get(&ada, &format!("/api/v1/search?q={}{more}", encode(query))).await;
            assert_eq!(answer.status, 200, "{query:?}: {}", answer.text());
        }
        let path = format!("/api/v1/libraries/{}/items/{}/places?q={}", ada.library, made.item, encode(query));
        assert_eq!(app.get(&ada, &path).await.status, 200, "{query:?}");
        let path = format!("/api/v1/libraries/{}/items?q={}", ada.library, encode(query));
        assert_eq!(app.get(&ada, &path).await.status, 200, "{query:?}");
    }
    app.get(&ada, "/api/v1/search").await.is(200);
    for query in [
        "H52.1 - myopia",
        "h52.1 -",
        "O'Prova",
        "O’Prova",
        "C++",
        "W-2",
        "p(y|x)",
        "10.5555/abc(2031)4:12",
        "doi:10.5555/abc(2031)4:12",
        "50%",
        "user@example.org",
        "x/y",
        "3:1",
    ] {
        let hits = app.get(&ada, &format!("/api/v1/search?q={}", encode(query))).await.json();
        assert_eq!(hits["total"], 1, "{query}");
    }
}

#[tokio::test]
async fn a_file_without_text_is_no_failure_and_says_so() {
    let (app, ada) = TestApp::start().with_jobs().ready().await;
    let scan = crate::pdf_maker::Maker::new().page("", &[]).finish();
    let made = app.upload(&ada, ada.library, "scan.pdf", &scan).await;
    let paper = app.until_read(&ada, ada.library, &made).await;
    assert_eq!(paper["file"]["state"], "no_text");
    assert!(paper["file"]["error"].is_null(), "{paper}");
    let parse = jobs(&app, &ada).await.into_iter().find(|job| job["kind"] == "parse").unwrap();
    assert_eq!(parse["state"], "done");
}

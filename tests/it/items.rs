//! Papers: lists, edits, the trash, collections, and files with equal bytes.

use serde_json::{Value, json};

use crate::pdf_maker::simple;
use crate::support::{Person, TestApp};

fn items(library: u64) -> String {
    format!("/api/v1/libraries/{library}/items")
}

fn item(library: u64, key: &Value) -> String {
    format!("/api/v1/libraries/{library}/items/{}", key.as_str().unwrap())
}

async fn new_paper(app: &TestApp, who: &Person, title: &str, year: &str, tags: &[&str]) -> Value {
    app.clock.advance_ms(1_000);
    let fields = json!({"title": title, "date": year});
    app.post(who, &items(who.library), json!({"item_type": "book", "fields": fields, "tags": tags})).await.json()
}

async fn titles(app: &TestApp, who: &Person, query: &str) -> Vec<String> {
    let list = app.get(who, &format!("{}?{query}", items(who.library))).await.json();
    let title = |paper: &Value| paper["fields"]["title"].as_str().unwrap().to_owned();
    list["items"].as_array().unwrap().iter().map(title).collect()
}

async fn found(app: &TestApp, who: &Person, words: &str) -> usize {
    app.index_all().await;
    let hits = app.get(who, &format!("/api/v1/search?q={words}")).await.json();
    hits["hits"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_list_is_walked_by_cursor_and_entered_anywhere_by_offset() {
    let (app, ada) = TestApp::start().ready().await;
    for n in 0..7 {
        new_paper(&app, &ada, &format!("Paper {n}"), "2020", &[]).await;
    }
    let path = items(ada.library);
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    for _ in 0..3 {
        let page = app.get(&ada, &format!("{path}?limit=3&sort=title{cursor}")).await.json();
        assert_eq!((&page["total"], &page["version"]), (&json!(7), &json!(7)));
        seen.extend(page["items"].as_array().unwrap().iter().map(|paper| paper["fields"]["title"].clone()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => cursor.clear(),
        }
    }
    assert!(cursor.is_empty(), "the third window is the last");
    let expected: Vec<Value> = (0..7).map(|n| json!(format!("Paper {n}"))).collect();
    assert_eq!(seen, expected);
    assert_eq!(titles(&app, &ada, "limit=2&offset=5&sort=title").await, ["Paper 5", "Paper 6"]);
    assert_eq!(titles(&app, &ada, "limit=1").await, ["Paper 6"], "the newest stands first");
    let beyond = app.get(&ada, &format!("{path}?offset=50")).await.json();
    assert_eq!((&beyond["items"], &beyond["total"], &beyond["next_cursor"]), (&json!([]), &json!(7), &Value::Null));
}

#[tokio::test]
async fn lists_are_sorted_and_filtered() {
    let (app, ada) = TestApp::start().ready().await;
    let collections = format!("/api/v1/libraries/{}/collections", ada.library);
    let shelf = app.post(&ada, &collections, json!({"name": "Shelf"})).await.json()["key"].clone();
    new_paper(&app, &ada, "The Zebra", "2001", &["animal"]).await;
    new_paper(&app, &ada, "Äpfel", "2003", &["fruit"]).await;
    let third = new_paper(&app, &ada, "Banana", "2002", &["fruit", "seen"]).await;
    let put = json!({"collections": [shelf], "item_type": "thesis"});
    app.patch(&ada, &item(ada.library, &third["key"]), put).await.is(200);
    for (query, expected) in [
        ("sort=title", ["Äpfel", "Banana", "The Zebra"].as_slice()),
        ("sort=title&direction=desc", &["The Zebra", "Banana", "Äpfel"]),
        ("sort=year", &["The Zebra", "Banana", "Äpfel"]),
        ("sort=added&direction=asc", &["The Zebra", "Äpfel", "Banana"]),
        ("tag=fruit&sort=title", &["Äpfel", "Banana"]),
        ("q=apfel", &["Äpfel"]),
        ("q=2002%20ban", &["Banana"]),
        ("item_type=thesis", &["Banana"]),
        ("collection=unfiled&sort=title", &["Äpfel", "The Zebra"]),
        ("since=4", &["Banana"]),
        ("trash=true", &[]),
        ("tag=nothing", &[]),
    ] {
        assert_eq!(titles(&app, &ada, query).await, expected, "{query}");
    }
    let shelved = format!("collection={}", shelf.as_str().unwrap());
    assert_eq!(titles(&app, &ada, &shelved).await, ["Banana"]);
    let facets = app.get(&ada, &format!("/api/v1/libraries/{}/facets", ada.library)).await.json();
    assert_eq!((&facets["total"], &facets["unfiled"], &facets["trash"]), (&json!(3), &json!(2), &json!(0)));
    let tags = json!([{"tag": "animal", "count": 1}, {"tag": "fruit", "count": 2}, {"tag": "seen", "count": 1}]);
    assert_eq!(facets["tags"], tags);
    let listed = app.get(&ada, &format!("/api/v1/libraries/{}/tags", ada.library)).await.json();
    assert_eq!(listed["items"], tags);
}

#[tokio::test]
async fn a_patch_keeps_what_is_absent_and_clears_what_is_null() {
    let (app, ada) = TestApp::start().ready().await;
    let made = new_paper(&app, &ada, "Title", "1999", &["one", "two"]).await;
    let path = item(ada.library, &made["key"]);
    let creators = json!([{"given": "Maria", "family": "Keller"}, {"creator_type": "editor", "name": "A Group"}]);
    let patch = json!({"fields": {"DOI": "10.5555/x", "date": null}, "creators": creators, "cite_key": "keller99"});
    let changed = app.patch(&ada, &path, patch).await.json();
    assert_eq!(changed["fields"], json!({"title": "Title", "DOI": "10.5555/x"}));
    assert_eq!(changed["tags"], json!(["one", "two"]));
    assert_eq!(changed["cite_key"], "keller99");
    assert_eq!(changed["creators"][0], json!({"creator_type": "author", "given": "Maria", "family": "Keller"}));
    assert_eq!(changed["creators"][1], json!({"creator_type": "editor", "name": "A Group"}));
    let cleared = app.patch(&ada, &path, json!({"cite_key": null, "tags": []})).await.json();
    assert_eq!((&cleared["cite_key"], &cleared["tags"]), (&Value::Null, &json!([])));
    assert_eq!(cleared["fields"]["DOI"], "10.5555/x");
    for (wrong, field) in [
        (json!({"fields": {"colour": "red"}}), "fields"),
        (json!({"fields": {"title": "a\u{0}b"}}), "fields"),
        (json!({"item_type": "attachment"}), "item_type"),
        (json!({"cite_key": "two words"}), "cite_key"),
        (json!({"collections": ["nope"]}), "collections"),
        (json!({"tags": ["line\nend"]}), "tags"),
        (json!({"order": 1}), "order"),
    ] {
        assert_eq!(app.patch(&ada, &path, wrong.clone()).await.problem(422, "invalid")["field"], field, "{wrong}");
    }
    app.patch(&ada, &path, json!({"collections": ["ABCDEFGH"]})).await.problem(404, "not_found");
    assert_eq!(app.get(&ada, &path).await.json()["version"], cleared["version"], "a refused change changes nothing");
}

#[tokio::test]
async fn a_change_names_the_version_it_is_meant_for() {
    let (app, ada) = TestApp::start().ready().await;
    let made = new_paper(&app, &ada, "First", "1999", &[]).await;
    let path = item(ada.library, &made["key"]);
    let read = app.get(&ada, &path).await.is(200);
    let etag = read.header("ETag").unwrap().to_owned();
    assert_eq!(etag, format!("\"{}\"", made["version"]));
    let change = |if_match: Option<&str>, title: &str| {
        let call = app.call("patch", &path).by(&ada).json(&json!({"fields": {"title": title}}));
        if let Some(version) = if_match { call.header("If-Match", version) } else { call }
    };
    change(None, "x").send().await.problem(428, "if_match_needed");
    app.call("delete", &path).by(&ada).send().await.problem(428, "if_match_needed");
    let second = change(Some(&etag), "Second").send().await.is(200);
    assert_ne!(second.header("ETag").unwrap(), etag);
    let behind = change(Some(&etag), "Third").send().await.problem(412, "behind");
    assert_eq!(behind["current"]["fields"]["title"], "Second");
    assert_eq!(behind["current"]["version"], second.json()["version"]);
    let late = app.call("delete", &path).by(&ada).header("If-Match", &etag).send().await.problem(412, "behind");
    assert_eq!(late["current"]["fields"]["title"], "Second");
    change(Some("*"), "Fourth").send().await.is(200);
    change(Some("\"nonsense\""), "Fifth").send().await.problem(412, "behind");
    assert_eq!(app.get(&ada, &path).await.json()["fields"]["title"], "Fourth");
}

#[tokio::test]
async fn a_paper_in_the_trash_is_in_no_list_and_no_search_until_it_is_restored() {
    let (app, ada) = TestApp::start().ready().await;
    let made = new_paper(&app, &ada, "Marmalade studies", "1999", &[]).await;
    let path = item(ada.library, &made["key"]);
    assert_eq!(found(&app, &ada, "marmalade").await, 1);
    app.delete(&ada, &path).await.is(204);
    assert!(titles(&app, &ada, "q=").await.is_empty());
    assert_eq!(titles(&app, &ada, "trash=true").await, ["Marmalade studies"]);
    assert_eq!(found(&app, &ada, "marmalade").await, 0);
    assert_eq!(app.get(&ada, &path).await.json()["trashed"], true, "its page still tells where it is");
    app.patch(&ada, &path, json!({"trashed": false})).await.is(200);
    assert_eq!(titles(&app, &ada, "q=").await, ["Marmalade studies"]);
    assert_eq!(found(&app, &ada, "marmalade").await, 1);
}

#[tokio::test]
async fn collections_form_a_tree_that_never_bites_its_tail() {
    let (app, ada) = TestApp::start().ready().await;
    let path = format!("/api/v1/libraries/{}/collections", ada.library);
    let new = async |name: &str, parent: Option<&Value>| {
        app.post(&ada, &path, json!({"name": name, "parent": parent})).await.json()["key"].clone()
    };
    let top = new("Top", None).await;
    let middle = new("Middle", Some(&top)).await;
    let low = new("Low", Some(&middle)).await;
    let one = |key: &Value| format!("{path}/{}", key.as_str().unwrap());
    app.patch(&ada, &one(&top), json!({"parent": low})).await.problem(409, "inside_itself");
    app.patch(&ada, &one(&top), json!({"parent": top})).await.problem(409, "inside_itself");
    app.patch(&ada, &one(&low), json!({"parent": "ABCDEFGH"})).await.problem(404, "not_found");
    app.post(&ada, &path, json!({"name": " "})).await.problem(422, "invalid");
    app.post(&ada, &path, json!({"name": "x", "parent": "ABCDEFGH"})).await.problem(404, "not_found");
    let moved = app.patch(&ada, &one(&low), json!({"parent": null, "name": "Lower"})).await.json();
    assert_eq!((&moved["name"], &moved["parent"]), (&json!("Lower"), &Value::Null));
    let moved = app.patch(&ada, &one(&low), json!({"parent": middle})).await.json();
    assert_eq!(
        (&moved["name"], &moved["parent"]),
        (&json!("Lower"), &middle),
        "the name stays where only the place moves"
    );

    let call = app.call("patch", &one(&low)).by(&ada).json(&json!({"name": "Late"}));
    call.send().await.problem(428, "if_match_needed");
    let call = app.call("patch", &one(&low)).by(&ada).json(&json!({"name": "Late"})).header("If-Match", "\"1\"");
    let behind = call.send().await.problem(412, "behind");
    assert_eq!(behind["current"]["name"], "Lower");

    let paper = new_paper(&app, &ada, "Filed", "1999", &[]).await;
    let in_low = json!({"collections": [low, top]});
    app.patch(&ada, &item(ada.library, &paper["key"]), in_low).await.is(200);
    app.delete(&ada, &one(&middle)).await.is(204);
    let list = app.get(&ada, &path).await.json();
    let names: Vec<&str> = list["items"].as_array().unwrap().iter().map(|c| c["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Top"], "what lies inside goes with it");
    let paper = app.get(&ada, &item(ada.library, &paper["key"])).await.json();
    assert_eq!((&paper["collections"], &paper["trashed"]), (&json!([top]), &json!(false)), "the papers stay");
}

#[tokio::test]
async fn several_papers_are_changed_at_once() {
    let (app, ada) = TestApp::start().ready().await;
    let collections = format!("/api/v1/libraries/{}/collections", ada.library);
    let shelf = app.post(&ada, &collections, json!({"name": "Shelf"})).await.json()["key"].clone();
    let mut keys = Vec::new();
    for n in 0..3 {
        keys.push(new_paper(&app, &ada, &format!("Paper {n}"), "2020", &["old"]).await["key"].clone());
    }
    let batch = format!("{}/batch", items(ada.library));
    let send = |body: Value| app.post(&ada, &batch, body);
    let all = json!({"keys": keys, "add_tags": ["new"], "add_collection": shelf});
    assert_eq!(send(all.clone()).await.json()["changed"], 3);
    assert_eq!(send(all).await.json()["changed"], 0, "nothing is different the second time");
    let paper = app.get(&ada, &item(ada.library, &keys[1])).await.json();
    assert_eq!((&paper["tags"], &paper["collections"]), (&json!(["new", "old"]), &json!([shelf])));
    let some = json!({"keys": [keys[0], "ABCDEFGH"], "trashed": true, "remove_collection": shelf});
    assert_eq!(send(some).await.json()["changed"], 1, "what is gone is left out");
    assert_eq!(titles(&app, &ada, "trash=true").await, ["Paper 0"]);
    send(json!({"keys": [keys[0]], "add_collection": "ABCDEFGH"})).await.problem(404, "not_found");
    assert_eq!(send(json!({"keys": ["nope"]})).await.problem(422, "invalid")["field"], "keys");
}

#[tokio::test]
async fn large_changes_all_reach_the_search() {
    let (app, ada) = TestApp::start().ready().await;
    let mut keys = Vec::new();
    for n in 0..450 {
        keys.push(new_paper(&app, &ada, &format!("Paper {n}"), "2020", &[]).await["key"].clone());
    }
    assert_eq!(found(&app, &ada, "paper&limit=200").await, 200);
    // Two changes, each smaller than what is looked at in one round, both together larger.
    for (keys, tag) in [(&keys[..300], "quokka"), (&keys[300..], "wombat")] {
        let body = json!({"keys": keys, "add_tags": [tag]});
        app.post(&ada, &format!("{}/batch", items(ada.library)), body).await.is(200);
    }
    app.index_all().await;
    for (word, count) in [("quokka", 300), ("wombat", 150)] {
        let hits = app.get(&ada, &format!("/api/v1/search?q={word}")).await.json();
        assert_eq!(hits["total"], count, "{word}");
    }
}

#[tokio::test]
async fn a_batch_files_papers_not_what_lies_below_them() {
    let (app, ada) = TestApp::start().ready().await;
    let collections = format!("/api/v1/libraries/{}/collections", ada.library);
    let shelf = app.post(&ada, &collections, json!({"name": "Shelf"})).await.json()["key"].clone();
    let made = app.upload(&ada, ada.library, "x.pdf", &simple("x")).await;
    let body = json!({"keys": [made.attachment], "add_collection": shelf});
    let changed = app.post(&ada, &format!("{}/batch", items(ada.library)), body).await.json();
    assert_eq!(changed["changed"], 0);
}

#[tokio::test]
async fn a_title_made_of_a_file_name_is_a_doubt_until_somebody_types_one() {
    let (app, ada) = TestApp::start().ready().await;
    let uploaded = app.upload(&ada, ada.library, "some_file_name.pdf", &simple("words")).await;
    let path = format!("{}/{}", items(ada.library), uploaded.item);
    let paper = app.get(&ada, &path).await.json();
    assert_eq!(paper["fields"]["title"], "some file name");
    let doubt = &paper["doubts"]["title"];
    assert_eq!((&doubt["value"], &doubt["source"]), (&json!("some file name"), &json!("file_name")));
    assert!(doubt["confidence"].as_f64().unwrap() < 0.5);
    assert_eq!(titles(&app, &ada, "doubtful=true").await, ["some file name"]);
    let typed = app.patch(&ada, &path, json!({"fields": {"title": "A true title"}})).await.json();
    assert_eq!(typed["doubts"]["title"], Value::Null);
    assert!(titles(&app, &ada, "doubtful=true").await.is_empty());
}

#[tokio::test]
async fn equal_bytes_make_no_second_paper_in_the_same_library() {
    let (app, ada) = TestApp::start().ready().await;
    let bytes = simple("the same");
    let first = app.upload(&ada, ada.library, "first.pdf", &bytes).await;
    assert_eq!(first.duplicate_of, None);
    let collections = format!("/api/v1/libraries/{}/collections", ada.library);
    let shelf = app.post(&ada, &collections, json!({"name": "Shelf"})).await.json()["key"].clone();
    let path = format!("{}/{}", items(ada.library), first.item);
    app.delete(&ada, &path).await.is(204);

    let more = [("collection", shelf.as_str().unwrap())];
    let answer = app.try_upload(&ada, &more, "second.pdf", &bytes).await.is(201);
    assert_eq!(answer.header("Scrollkeeper-Restored"), Some("true"), "and it is said so");
    let second = answer.uploaded();
    assert_eq!((&second.item, &second.attachment), (&first.item, &first.attachment));
    assert_eq!(second.duplicate_of.as_ref(), Some(&first.item));
    let list = app.get(&ada, &items(ada.library)).await.json();
    assert_eq!(list["total"], 1);
    assert_eq!(list["items"][0]["trashed"], false, "it comes out of the trash");
    assert_eq!(list["items"][0]["collections"], json!([shelf]), "and joins the collection");
    let third = app.try_upload(&ada, &more, "third.pdf", &bytes).await.is(201);
    assert_eq!((third.uploaded().item, third.header("Scrollkeeper-Restored")), (first.item, None));
}

#[tokio::test]
async fn equal_bytes_in_another_library_make_a_paper_there_and_tell_nothing() {
    let (app, ada) = TestApp::start().ready().await;
    let bob = app.new_person("bob").await;
    let bytes = simple("the same");
    let hers = app.upload(&ada, ada.library, "hers.pdf", &bytes).await;
    let his = app.try_upload(&bob, &[], "his.pdf", &bytes).await.is(201);
    assert_eq!(his.uploaded().duplicate_of, None);
    assert_ne!(his.uploaded().item, hers.item);
    let paper = app.get(&bob, &format!("{}/{}", items(bob.library), his.uploaded().item)).await;
    assert!(!paper.text().contains("hers"), "{}", paper.text());
    assert_eq!(paper.json()["file"]["state"], "waiting");
}

#[tokio::test]
async fn equal_bytes_that_race_make_one_paper() {
    let (app, ada) = TestApp::start().ready().await;
    let bytes = simple("the same");
    let send = |name: &'static str| app.try_upload(&ada, &[], name, &bytes);
    let (a, b, c) = tokio::join!(send("a.pdf"), send("b.pdf"), send("c.pdf"));
    let papers = [a, b, c].map(|answer| answer.is(201).uploaded());
    assert!(papers.iter().all(|paper| paper.item == papers[0].item), "{papers:?}");
    assert_eq!(papers.iter().filter(|paper| paper.duplicate_of.is_none()).count(), 1);
    assert_eq!(app.get(&ada, &items(ada.library)).await.json()["total"], 1);
}

#[tokio::test]
async fn everybody_reads_at_their_own_place() {
    let (app, ada) = TestApp::start().ready().await;
    let bob = app.new_person("bob").await;
    let group = app.new_group(&ada, "Group").await;
    app.give_role(&ada, group, &bob, "reader").await;
    let made = app.post(&ada, &items(group), json!({"fields": {"title": "Shared"}})).await.json();
    let path = item(group, &made["key"]);
    let position = json!({"page": 7, "zoom": "page-width", "rotation": 90});
    app.call("put", &format!("{path}/position")).by(&bob).json(&position).send().await.is(204);
    assert_eq!(app.get(&bob, &format!("{path}/position")).await.json(), position);
    assert_eq!(app.get(&ada, &format!("{path}/position")).await.json(), json!({"page": 1}));
    app.post(&bob, &format!("{path}/read"), json!({"state": "read"})).await.is(204);
    assert_eq!(app.get(&bob, &path).await.json()["read"], json!({"state": "read", "page": 7}));
    assert_eq!(app.get(&ada, &path).await.json()["read"], json!({"state": "unread"}));
    let zero = app.call("put", &format!("{path}/position")).by(&bob).json(&json!({"page": 0})).send().await;
    assert_eq!(zero.problem(422, "invalid")["field"], "page");
}

#[tokio::test]
async fn a_request_sent_again_under_its_key_makes_nothing_twice() {
    let (app, ada) = TestApp::start().ready().await;
    let book = |title: &str| json!({"item_type": "book", "fields": {"title": title}});
    let send = async |body: Value| {
        app.call("POST", &items(ada.library)).by(&ada).header("Idempotency-Key", "k-1").json(&body).send().await
    };
    let first = send(book("Once")).await;
    let again = send(book("Once")).await;
    assert_eq!((first.status, again.status), (200, 200));
    assert_eq!(first.json()["key"], again.json()["key"]);
    assert_eq!(titles(&app, &ada, "").await, ["Once"]);
    let other = send(book("Another")).await;
    other.problem(422, "key_reused");
    app.clock.advance_minutes(24 * 60 + 1);
    assert_ne!(send(book("Once")).await.json()["key"], first.json()["key"], "a day later the key is free");
}

#[tokio::test]
async fn whatever_can_be_made_under_a_key_is_made_once_and_answered_alike() {
    let (app, ada) = TestApp::start().ready().await;
    let collections = format!("/api/v1/libraries/{}/collections", ada.library);
    let person = json!({"username": "bob", "email": "bob@example.org", "password": "four words of text"});
    for (path, list, body) in [
        (items(ada.library), items(ada.library), json!({"fields": {"title": "Once"}})),
        (collections.clone(), collections, json!({"name": "Once"})),
        ("/api/v1/libraries".to_owned(), "/api/v1/libraries".to_owned(), json!({"name": "Once", "kind": "group"})),
        ("/api/v1/admin/users".to_owned(), "/api/v1/admin/users".to_owned(), person),
    ] {
        let send = || app.call("POST", &path).by(&ada).header("Idempotency-Key", &path).json(&body).send();
        let count = async || app.get(&ada, &list).await.json()["items"].as_array().unwrap().len();
        let before = count().await;
        let (first, again) = (send().await.is(200), send().await.is(200));
        assert_eq!((first.text(), first.header("ETag")), (again.text(), again.header("ETag")), "{path}");
        assert_eq!((first.header("Idempotency-Replayed"), again.header("Idempotency-Replayed")), (None, Some("true")));
        assert_eq!(count().await, before + 1, "{path}");
    }
}

#[tokio::test]
async fn of_two_requests_under_one_key_at_the_same_time_one_is_done() {
    let (app, ada) = TestApp::start().ready().await;
    let body = json!({"fields": {"title": "Once"}});
    let send = || app.call("POST", &items(ada.library)).by(&ada).header("Idempotency-Key", "k").json(&body).send();
    let (one, other) = futures_util::join!(send(), send());
    let done = [&one, &other].into_iter().filter(|answer| answer.status == 200).count();
    assert!(done >= 1, "{} {}", one.text(), other.text());
    for answer in [&one, &other].into_iter().filter(|answer| answer.status != 200) {
        answer.problem(423, "busy");
    }
    assert_eq!(titles(&app, &ada, "").await, ["Once"]);
    send().await.is(200);
}

#[tokio::test]
async fn a_paper_put_into_a_collection_while_that_is_deleted_is_in_none() {
    let (app, ada) = TestApp::start().ready().await;
    let paper = new_paper(&app, &ada, "One", "2020", &[]).await;
    let collections = format!("/api/v1/libraries/{}/collections", ada.library);
    for _ in 0..20 {
        let collection = app.post(&ada, &collections, json!({"name": "Short-lived"})).await.json();
        let path = format!("{collections}/{}", collection["key"].as_str().unwrap());
        let batch = format!("{}/batch", items(ada.library));
        let body = json!({"keys": [paper["key"]], "add_collection": collection["key"]});
        let (_, deleted) = futures_util::join!(app.post(&ada, &batch, body), app.delete(&ada, &path));
        deleted.is(204);
        assert_eq!(app.get(&ada, &item(ada.library, &paper["key"])).await.json()["collections"], json!([]));
    }
}

#[tokio::test]
async fn a_client_that_has_an_item_is_told_so_until_something_shown_with_it_changes() {
    let (app, ada) = TestApp::start().ready().await;
    let paper = new_paper(&app, &ada, "One", "2020", &[]).await;
    let path = item(ada.library, &paper["key"]);
    let known = async |etag: &str| app.call("GET", &path).by(&ada).header("If-None-Match", etag).send().await;
    let etag = app.get(&ada, &path).await.header("ETag").unwrap().to_owned();
    assert_eq!(etag, format!("\"{}\"", paper["version"]));
    let answer = known(&etag).await;
    assert_eq!((answer.status, answer.header("ETag"), answer.text().len()), (304, Some(etag.as_str()), 0));
    app.clock.advance_ms(5);
    let mark = json!({"page": 3});
    app.call("PUT", &format!("{path}/position")).by(&ada).json(&mark).send().await.is(204);
    assert_eq!(known(&etag).await.json()["read"]["page"], 3, "where I am in it is shown with it");
    let change = json!({"fields": {"title": "Two"}});
    let changed = app.call("PATCH", &path).by(&ada).header("If-Match", &etag).json(&change).send().await.json();
    assert_eq!(
        (&known(&etag).await.json()["fields"]["title"], &changed["modified_by"]),
        (&json!("Two"), &json!("ada"))
    );
}

#[tokio::test]
async fn what_happened_in_a_library_is_told_to_its_members_newest_first() {
    let (app, ada) = TestApp::start().ready().await;
    let paper = new_paper(&app, &ada, "One", "2020", &[]).await;
    let trash = app.call("DELETE", &item(ada.library, &paper["key"])).by(&ada).header("If-Match", "*").send().await;
    assert_eq!(trash.status, 204);
    app.post(&ada, &format!("/api/v1/libraries/{}/collections", ada.library), json!({"name": "Read first"})).await;
    let path = format!("/api/v1/libraries/{}/activity?limit=2", ada.library);
    let newest = app.get(&ada, &path).await.json();
    let told = |page: &Value| -> Vec<String> {
        let line = |entry: &Value| format!("{} {} {}", entry["by"], entry["kind"], entry["text"]).replace('"', "");
        page["items"].as_array().unwrap().iter().map(line).collect()
    };
    assert_eq!(told(&newest), ["ada collection.added Read first", "ada item.trashed One"]);
    let older = app.get(&ada, &format!("{path}&cursor={}", newest["next_cursor"].as_str().unwrap())).await.json();
    assert_eq!((told(&older), &older["next_cursor"]), (vec!["ada item.added One".to_owned()], &Value::Null));
}

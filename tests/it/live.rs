//! What others do appears without asking: over a WebSocket, or as an event stream.

use std::collections::VecDeque;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::pdf_maker::simple;
use crate::support::{PASSWORD, PATIENCE, Person, Served, TestApp, paper_pdf};

/// A browser's live connection.
struct Watcher(WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>);

impl Watcher {
    async fn open(served: &Served, headers: &[(&'static str, String)]) -> Result<Self, Error> {
        let mut request = format!("ws://{}/api/v1/live", served.address).into_client_request().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        Ok(Self(connect_async(request).await?.0))
    }

    async fn of(served: &Served, who: &Person) -> Self {
        let token = format!("Bearer {}", who.token);
        let mut watcher = Self::open(served, &[("Authorization", token)]).await.unwrap();
        let hello = watcher.next().await;
        assert_eq!(hello["type"], "hello");
        assert!(hello["heartbeat_ms"].as_u64().unwrap() > 0);
        watcher
    }

    async fn subscribe(&mut self, libraries: Value, since: Value) -> Value {
        let message = json!({"type": "subscribe", "libraries": libraries, "since": since});
        self.0.send(Message::text(message.to_string())).await.unwrap();
        let jobs = self.next().await;
        assert_eq!(jobs["type"], "jobs");
        jobs
    }

    async fn next_message(&mut self) -> Message {
        tokio::time::timeout(PATIENCE, self.0.next()).await.expect("a message comes").unwrap().unwrap()
    }

    async fn next(&mut self) -> Value {
        loop {
            if let Message::Text(text) = self.next_message().await {
                return serde_json::from_str(&text).unwrap();
            }
        }
    }

    /// Waits for the server to close the connection; the code with which it does.
    async fn until_closed(&mut self) -> u16 {
        loop {
            if let Message::Close(frame) = self.next_message().await {
                return frame.unwrap().code.into();
            }
        }
    }

    /// The next message of a kind; others may come before it.
    async fn next_of(&mut self, kind: &str) -> Value {
        loop {
            let message = self.next().await;
            if message["type"] == kind {
                return message;
            }
        }
    }
}

#[tokio::test]
async fn a_paper_and_its_reading_are_seen_by_everybody_in_the_group() {
    let (app, ada) = TestApp::start().with_jobs().ready().await;
    let [bob, eve] = [app.new_person("bob").await, app.new_person("eve").await];
    let group = app.new_group(&ada, "Group").await;
    app.give_role(&ada, group, &bob, "reader").await;
    let served = app.serve().await;
    let (mut his, mut hers) = (Watcher::of(&served, &bob).await, Watcher::of(&served, &eve).await);
    his.subscribe(json!([]), json!({})).await;
    hers.subscribe(json!([]), json!({})).await;

    let made = app.upload(&ada, group, "x.pdf", &paper_pdf("seen")).await;
    let change = his.next_of("change").await;
    assert_eq!(change["library"], group);
    let keys: Vec<&Value> = change["changes"].as_array().unwrap().iter().map(|change| &change["key"]).collect();
    assert!(keys.contains(&&json!(made.item)) && keys.contains(&&json!(made.attachment)), "{change}");
    let (mut states, mut progress) = (Vec::new(), 0);
    while states.last().is_none_or(|state| state != "done") {
        let message = his.next().await;
        match message["type"].as_str().unwrap() {
            "job" => {
                assert_eq!(
                    (&message["job"]["key"], &message["job"]["library"]),
                    (&json!(made.attachment), &json!(group))
                );
                states.push(message["job"]["state"].as_str().unwrap().to_owned());
            }
            "progress" => {
                assert_eq!((&message["key"], &message["pages"]), (&json!(made.attachment), &json!(2)));
                progress += 1;
            }
            _ => {}
        }
    }
    assert_eq!(states, ["queued", "running", "done"]);
    assert!(progress > 0, "the pages are counted as they are read");
    let read = app.get(&bob, &format!("/api/v1/libraries/{group}/items/{}", made.item)).await.json();
    assert_eq!(read["file"]["state"], "read");

    // Eve is no member: the next thing she hears of is her own.
    let own = app.upload(&eve, eve.library, "own.pdf", &simple("own")).await;
    let change = hers.next().await;
    assert_eq!((&change["type"], &change["library"]), (&json!("change"), &json!(eve.library)), "{change}");
    assert!(change.to_string().contains(&own.item));
}

#[tokio::test]
async fn who_comes_back_is_told_what_was_missed() {
    let (app, ada) = TestApp::start().ready().await;
    let served = app.serve().await;
    let path = format!("/api/v1/libraries/{}/items", ada.library);
    let add = async |title: &str| app.post(&ada, &path, json!({"fields": {"title": title}})).await.json();
    let first = add("first").await;
    let second = add("second").await;
    let id = ada.library.to_string();

    let mut watcher = Watcher::of(&served, &ada).await;
    watcher.subscribe(json!([ada.library]), json!({&id: first["version"]})).await;
    let missed = watcher.next().await;
    assert_eq!((&missed["type"], &missed["library"]), (&json!("change"), &json!(ada.library)));
    assert_eq!(missed["version"], second["version"]);
    let keys: Vec<&Value> = missed["changes"].as_array().unwrap().iter().map(|change| &change["key"]).collect();
    assert_eq!(keys, [&second["key"]]);

    // Who has everything is told nothing but what is new.
    let mut current = Watcher::of(&served, &ada).await;
    current.subscribe(json!([]), json!({&id: second["version"]})).await;
    let third = add("third").await;
    for watcher in [&mut watcher, &mut current] {
        let change = watcher.next().await;
        assert_eq!((&change["version"], &change["changes"][0]["key"]), (&third["version"], &third["key"]));
    }
    app.delete(&ada, &format!("{path}/{}", third["key"].as_str().unwrap())).await.is(204);
    assert_eq!(watcher.next().await["changes"][0]["key"], third["key"]);
}

#[tokio::test]
async fn where_the_log_is_too_long_the_client_begins_anew() {
    let (app, ada) = TestApp::start().ready().await;
    let served = app.serve().await;
    let path = format!("/api/v1/libraries/{}/items", ada.library);
    let mut keys = Vec::new();
    for n in 0..900 {
        let made = app.post(&ada, &path, json!({"fields": {"title": format!("{n}")}})).await.json();
        keys.push(made["key"].clone());
    }
    for n in 0..12 {
        let body = json!({"keys": keys, "add_tags": [format!("tag {n}")]});
        app.post(&ada, &format!("{path}/batch"), body).await.is(200);
    }
    let mut watcher = Watcher::of(&served, &ada).await;
    watcher.subscribe(json!([]), json!({ada.library.to_string(): 1})).await;
    let reset = watcher.next().await;
    assert_eq!((&reset["type"], &reset["library"]), (&json!("reset"), &json!(ada.library)));
    let list = app.get(&ada, &path).await.json();
    assert_eq!(reset["version"], list["version"]);
    let changes = app.get(&ada, &format!("/api/v1/libraries/{}/changes?since=1", ada.library)).await.json();
    assert_eq!((&changes["reset"], &changes["items"]), (&json!(true), &json!([])));
}

#[tokio::test]
async fn who_was_away_for_a_season_begins_anew() {
    let (app, ada) = TestApp::start().with_jobs().ready().await;
    let served = app.serve().await;
    let path = format!("/api/v1/libraries/{}/items", ada.library);
    for title in ["old", "older"] {
        app.post(&ada, &path, json!({"fields": {"title": title}})).await.is(200);
    }
    app.clock.advance_minutes(91 * 24 * 60);
    app.sweep(&ada).await;
    let mut watcher = Watcher::of(&served, &ada).await;
    watcher.subscribe(json!([]), json!({ada.library.to_string(): 1})).await;
    assert_eq!(watcher.next().await["type"], "reset");
    app.post(&ada, &path, json!({"fields": {"title": "new"}})).await.is(200);
    assert_eq!(watcher.next().await["type"], "change");
    watcher.subscribe(json!([]), json!({ada.library.to_string(): 2})).await;
    assert_eq!(watcher.next().await["type"], "change", "what the log still holds is told");
}

#[tokio::test]
async fn jobs_under_way_are_told_at_the_beginning() {
    let (app, ada) = TestApp::start().ready().await;
    let served = app.serve().await;
    let made = app.upload(&ada, ada.library, "x.pdf", &simple("waits")).await;
    let mut watcher = Watcher::of(&served, &ada).await;
    let jobs = watcher.subscribe(json!([]), json!({})).await;
    assert_eq!(jobs["jobs"].as_array().unwrap().len(), 1);
    assert_eq!((&jobs["jobs"][0]["key"], &jobs["jobs"][0]["state"]), (&json!(made.attachment), &json!("queued")));
}

#[tokio::test]
async fn a_new_member_hears_of_the_group_at_once_and_one_who_is_out_no_more() {
    let (app, ada) = TestApp::start().ready().await;
    let bob = app.new_person("bob").await;
    let group = app.new_group(&ada, "Group").await;
    let served = app.serve().await;
    let mut watcher = Watcher::of(&served, &bob).await;
    watcher.subscribe(json!([]), json!({})).await;
    app.give_role(&ada, group, &bob, "reader").await;
    watcher.next_of("access").await;
    let path = format!("/api/v1/libraries/{group}/items");
    let shared = app.post(&ada, &path, json!({"fields": {"title": "shared"}})).await.json();
    assert_eq!(watcher.next_of("change").await["changes"][0]["key"], shared["key"]);
    app.delete(&ada, &format!("/api/v1/libraries/{group}/members/bob")).await.is(204);
    watcher.next_of("access").await;
    app.post(&ada, &path, json!({"fields": {"title": "secret"}})).await.is(200);
    let own = format!("/api/v1/libraries/{}/items", bob.library);
    app.post(&bob, &own, json!({"fields": {"title": "own"}})).await.is(200);
    assert_eq!(watcher.next_of("change").await["library"], bob.library);
}

#[tokio::test]
async fn who_is_let_in_no_longer_hears_nothing_more() {
    let (app, ada) = TestApp::start().ready().await;
    let [bob, eve] = [app.new_person("bob").await, app.new_person("eve").await];
    let served = app.serve().await;
    let cookie = app.sign_in("eve", PASSWORD).await;
    let from_browser = [("Cookie", cookie.clone()), ("Origin", format!("http://{}", served.address))];
    let mut browser = Watcher::open(&served, &from_browser).await.unwrap();
    assert_eq!(browser.next().await["type"], "hello");
    browser.subscribe(json!([]), json!({})).await;
    let mut watchers = [Watcher::of(&served, &bob).await, Watcher::of(&served, &eve).await];
    for watcher in &mut watchers {
        watcher.subscribe(json!([]), json!({})).await;
    }
    app.patch(&ada, &format!("/api/v1/admin/users/{}", bob.id), json!({"disabled": true})).await.is(200);
    app.call("delete", "/api/v1/session").cookie(&cookie).send().await.is(204);
    let [mut his, mut hers] = watchers;
    assert_eq!(his.until_closed().await, 1013, "a deactivated account");
    assert_eq!(browser.until_closed().await, 1013, "a session that was signed out");
    app.post(&eve, &format!("/api/v1/libraries/{}/items", eve.library), json!({"fields": {"title": "own"}}))
        .await
        .is(200);
    assert_eq!(hers.next_of("change").await["library"], eve.library, "her token is as good as before");
}

#[tokio::test]
async fn a_foreign_page_opens_no_connection() {
    let (app, ada) = TestApp::start().ready().await;
    let served = app.serve().await;
    let cookie = app.sign_in(&ada.name, PASSWORD).await;
    let refused = |result: Result<Watcher, Error>| match result {
        Err(Error::Http(response)) => response.status().as_u16(),
        Err(other) => panic!("{other}"),
        Ok(_) => 101,
    };
    let with = |origin: String| [("Cookie", cookie.clone()), ("Origin", origin)];
    let foreign = Watcher::open(&served, &with("https://evil.example".to_owned())).await;
    assert_eq!(refused(foreign), 403);
    assert_eq!(refused(Watcher::open(&served, &[]).await), 401);
    let own = Watcher::open(&served, &with(format!("http://{}", served.address))).await;
    assert_eq!(refused(own), 101);
}

#[tokio::test]
async fn nonsense_from_a_client_is_passed_over() {
    let (app, ada) = TestApp::start().ready().await;
    let served = app.serve().await;
    let mut watcher = Watcher::of(&served, &ada).await;
    for text in ["", "{", "[]", "{\"type\": \"dance\"}", "{\"type\": \"subscribe\", \"libraries\": \"all\"}"] {
        watcher.0.send(Message::text(text)).await.unwrap();
    }
    watcher.0.send(Message::binary(vec![1, 2, 3])).await.unwrap();
    watcher.subscribe(json!([999]), json!({"x": 1})).await;
}

#[tokio::test]
async fn clients_are_told_to_come_back_when_the_program_ends() {
    let (app, ada) = TestApp::start().ready().await;
    let served = app.serve().await;
    let mut watcher = Watcher::of(&served, &ada).await;
    watcher.subscribe(json!([]), json!({})).await;
    app.app.announce_end();
    assert_eq!(watcher.until_closed().await, 1012);
}

#[tokio::test]
async fn the_event_stream_tells_the_same() {
    let (app, ada) = TestApp::start().ready().await;
    let path = format!("/api/v1/libraries/{}/items", ada.library);
    let first = app.post(&ada, &path, json!({"fields": {"title": "first"}})).await.json();
    let second = app.post(&ada, &path, json!({"fields": {"title": "second"}})).await.json();
    let query = format!("libraries={0}&since={0}:{1}", ada.library, first["version"]);
    let (_, response) = app.call("get", &format!("/api/v1/live?{query}")).by(&ada).open().await;
    assert_eq!(response.status().as_u16(), 200);
    assert_eq!(response.headers()["Content-Type"], "text/event-stream");
    let mut body = response.into_body().into_bytes_stream();
    let (mut text, mut waiting) = (String::new(), VecDeque::new());
    let mut next = async || loop {
        if let Some(message) = waiting.pop_front() {
            return message;
        }
        let piece = tokio::time::timeout(PATIENCE, body.next()).await.expect("an event comes").unwrap().unwrap();
        text.push_str(std::str::from_utf8(&piece).unwrap());
        while let Some(end) = text.find("\n\n") {
            let event: String = text.drain(..end + 2).collect();
            let data: Vec<&str> = event.lines().filter_map(|line| line.strip_prefix("data:")).collect();
            if !data.is_empty() {
                waiting.push_back(serde_json::from_str::<Value>(&data.join("\n")).unwrap());
            }
        }
    };
    assert_eq!(next().await["type"], "hello");
    assert_eq!(next().await["type"], "jobs");
    let missed = next().await;
    assert_eq!((&missed["type"], &missed["changes"][0]["key"]), (&json!("change"), &second["key"]));
    let third = app.post(&ada, &path, json!({"fields": {"title": "third"}})).await.json();
    let change = next().await;
    assert_eq!((&change["version"], &change["changes"][0]["key"]), (&third["version"], &third["key"]));
}

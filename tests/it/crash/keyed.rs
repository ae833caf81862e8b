//! A request that makes something, sent under a key of its own: whoever did not get the answer sends it again.

use std::io;

use serde_json::json;

use super::paper::{number, text};
use super::site::{Client, Site};
use super::wire::{Answer, Request};

/// Kills, each a moment after the paper was told to those who watch.
const ROUNDS: u64 = 12;

#[test]
fn a_request_whose_answer_was_lost_by_kill_9_makes_nothing_twice() {
    let site = Site::new();
    for round in 1..=ROUNDS {
        let (server, address) = site.start();
        let mut watcher = site.line(address);
        let path = format!("/api/v1/libraries/{}/items", watcher.library());
        watcher.0.send_part(&Request { method: "GET", path: "/api/v1/live", ..Request::default() }, 0).unwrap();
        watcher.0.read_until("\"type\":\"jobs\"").unwrap();
        let first = std::thread::scope(|scope| {
            let (mut sender, path) = (site.line(address), &path);
            let sending = scope.spawn(move || send(&mut sender, path, round));
            watcher.0.read_until("\"type\":\"change\"").unwrap();
            server.kill();
            sending.join().unwrap()
        });
        let (server, address) = site.start();
        let mut client = site.line(address);
        let again = send(&mut client, &path, round).unwrap();
        assert_eq!(again.status, 200, "{}", again.text());
        if let Ok(first) = first {
            assert_eq!(text(&first.json(), "/key"), text(&again.json(), "/key"), "round {round}");
        }
        assert_eq!(number(&client.get_json(&path), "/total"), round, "papers after so many requests");
        assert!(server.terminate().success());
    }
}

fn send(client: &mut Client, path: &str, round: u64) -> io::Result<Answer> {
    let body = json!({"item_type": "book", "fields": {"title": format!("Book {round}")}}).to_string();
    let headers = vec![("Content-Type", "application/json".to_owned()), ("Idempotency-Key", format!("key {round}"))];
    client.0.send(&Request { method: "POST", path, headers, body: body.as_bytes() })
}

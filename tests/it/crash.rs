//! Never lose what was acknowledged: the built program under `kill -9`, an orderly end, a dying worker, a full disk.

mod full_disk;
mod keyed;
mod paper;
mod sending;
pub mod site;
mod wire;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use base64::Engine as _;
use rustix::process::{Signal, kill_process};
use serde_json::Value;

use paper::{COMMON_WORD, Paper, Random, number, text};
use sending::{Alarm, MOST_BALLAST, Sent, Stage, send_papers};
use site::{Client, Site, eventually, staged_bytes};

/// Clients that send at the same time.
const SENDERS: u64 = 4;

#[test]
fn nothing_that_was_acknowledged_is_lost_by_kill_9() {
    let rounds = std::env::var("SCROLLKEEPER_CRASH_ROUNDS").map_or(50, |rounds| rounds.parse().unwrap());
    let seed = Random::any_seed();
    // Seen where the test fails; the same seed gives the same papers and kills, if not the same moments.
    eprintln!("SCROLLKEEPER_CRASH_SEED={seed}");
    let (site, stage) = (Site::new(), Stage::default());
    let sent = std::thread::scope(|scope| {
        let (stage, token) = (&stage, site.token.as_str());
        let senders = (1..=SENDERS).map(|n| scope.spawn(move || send_papers(stage, token, seed.wrapping_add(n))));
        let senders: Vec<_> = senders.collect();
        let _alarm = Alarm(stage);
        let mut random = Random::new(seed);
        for _ in 0..rounds {
            if !kill_once(&site, stage, &mut random) {
                break;
            }
        }
        stage.end();
        let (server, address) = site.start();
        stage.open(address);
        let sent: Vec<Sent> = senders.into_iter().flat_map(|sender| sender.join().unwrap()).collect();
        check_everything(&mut site.line(address), &sent);
        assert!(server.terminate().success());
        sent
    });
    let state = stage.state();
    eprintln!("{rounds} kills, {} papers, {} acknowledged requests", sent.len(), state.acknowledged);
    assert!(sent.len() as u64 >= SENDERS, "too little was sent to show anything");
}

/// Starts the server and kills it at a random moment. `false` if a client found something wrong.
fn kill_once(site: &Site, stage: &Stage, random: &mut Random) -> bool {
    if random.once_in(8) {
        // While it opens its store, index and files.
        let server = site.launch();
        pause(random, 60_000);
        server.kill();
        return true;
    }
    let (server, address) = site.start();
    let before = stage.state();
    stage.open(address);
    let goes_on = match random.within(0, 3) {
        0 => {
            let more = random.within(1, 16);
            stage.wait("requests are answered", |now| now.acknowledged >= before.acknowledged + more)
        }
        1 => {
            let goes_on = stage.wait("a file's last bytes are sent", |now| now.finishing > before.finishing);
            pause(random, 4_000);
            goes_on
        }
        kind => {
            let more = random.within(1, 3);
            let goes_on = stage.wait("papers are taken", |now| now.completed >= before.completed + more);
            // While they are read, or while they are indexed.
            pause(random, if kind == 2 { 100_000 } else { 600_000 });
            goes_on
        }
    };
    stage.shut();
    server.kill();
    goes_on
}

/// Lets up to so many microseconds go by, so that the kill meets another instruction each time.
fn pause(random: &mut Random, most_us: u64) {
    std::thread::park_timeout(Duration::from_micros(random.within(0, most_us)));
}

fn check_everything(client: &mut Client, sent: &[Sent]) {
    assert_eq!(client.get("/readyz").status, 200);
    client.wait_until_read();
    assert_eq!(client.reading_jobs("running"), [] as [Value; 0]);
    let library = client.library();
    let items = all_items(client, library);
    let acknowledged: BTreeMap<&str, u64> = sent.iter().map(|sent| (sent.item.as_str(), sent.number)).collect();
    assert_eq!(acknowledged.len(), sent.len(), "two papers have the same key");
    let keys: Vec<&str> = items.keys().map(String::as_str).collect();
    assert_eq!(keys, acknowledged.keys().copied().collect::<Vec<_>>(), "other papers than those that were sent");
    client.wait_until_found(COMMON_WORD, sent.len() as u64);
    for (key, paper_number) in acknowledged {
        let paper = Paper::new(paper_number, MOST_BALLAST);
        let item = &items[key];
        assert_eq!(text(item, "/file/state"), "read", "{item}");
        assert_eq!(text(item, "/file/sha256"), paper.sha256, "{item}");
        assert_eq!(number(item, "/file/size_bytes"), paper.bytes.len() as u64, "{item}");
        client.check_file(library, key, &paper);
        let found = client.get_json(&format!("/api/v1/search?q={}", paper.word));
        assert_eq!((number(&found, "/total"), text(&found, "/hits/0/key")), (1, key), "{found}");
    }
    for upload in client.get_json("/api/v1/uploads")["items"].as_array().unwrap() {
        let answer = client.ask("HEAD", text(upload, "/url"), tus(Vec::new()), &[]);
        assert_eq!(answer.status, 200, "an unfinished upload cannot be gone on with: {upload}");
    }
}

fn all_items(client: &mut Client, library: u64) -> BTreeMap<String, Value> {
    let mut items = BTreeMap::new();
    loop {
        let path = format!("/api/v1/libraries/{library}/items?limit=200&sort=added&offset={}", items.len());
        let page = client.get_json(&path);
        let before = items.len();
        for item in page["items"].as_array().unwrap() {
            let twice = items.insert(text(item, "/key").to_owned(), item.clone());
            assert!(twice.is_none(), "listed twice: {item}");
        }
        if items.len() == before {
            assert_eq!(number(&page, "/total"), items.len() as u64);
            return items;
        }
    }
}

fn tus(headers: Vec<(&str, String)>) -> Vec<(&str, String)> {
    [headers, vec![("Tus-Resumable", "1.0.0".to_owned())]].concat()
}

/// Announces an upload and answers its address.
fn create(client: &mut Client, paper: &Paper) -> String {
    let name = base64::engine::general_purpose::STANDARD.encode(format!("{}.pdf", paper.word));
    let headers =
        vec![("Upload-Length", paper.bytes.len().to_string()), ("Upload-Metadata", format!("filename {name}"))];
    let answer = client.ask("POST", "/api/v1/uploads", tus(headers), &[]);
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.header("Location").unwrap().to_owned()
}

fn at(offset: u64) -> Vec<(&'static str, String)> {
    let kind = ("Content-Type", "application/offset+octet-stream".to_owned());
    tus(vec![("Upload-Offset", offset.to_string()), kind])
}

/// Sends a whole paper and answers its key.
fn send(client: &mut Client, paper: &Paper) -> String {
    let location = create(client, paper);
    let answer = client.ask("PATCH", &location, at(0), &paper.bytes);
    assert_eq!(answer.status, 204, "{}", answer.text());
    answer.header("Scrollkeeper-Item").unwrap().to_owned()
}

#[test]
fn an_orderly_end_keeps_what_an_open_upload_has() {
    let site = Site::new();
    let (server, address) = site.start();
    let mut client = site.line(address);
    let paper = Paper::with_ballast(1, 8 << 20);
    let location = create(&mut client, &paper);
    let (first, second) = (1000, paper.bytes.len() * 3 / 4);
    assert_eq!(client.ask("PATCH", &location, at(0), &paper.bytes[..first]).status, 204);
    let mut open = site.line(address);
    let request =
        wire::Request { method: "PATCH", path: &location, headers: at(first as u64), body: &paper.bytes[first..] };
    open.0.send_part(&request, second - first).unwrap();
    let staged = eventually("some of it is on the disk", || match staged_bytes(site.data()) {
        staged if staged > first as u64 => Ok(staged),
        staged => Err(format!("{staged} bytes are there")),
    });
    let begin = Instant::now();
    assert_eq!(server.terminate().code(), Some(0));
    assert!(begin.elapsed() < Duration::from_secs(15), "the end took {:?}", begin.elapsed());

    let (_server, address) = site.start();
    let mut client = site.line(address);
    assert_eq!(client.get("/readyz").status, 200);
    let answer = client.ask("HEAD", &location, tus(Vec::new()), &[]);
    let offset = answer.number("Upload-Offset").unwrap();
    assert!((staged..=second as u64).contains(&offset), "{offset} is not from {staged} to {second}");
    let answer = client.ask("PATCH", &location, at(offset), &paper.bytes[offset as usize..]);
    assert_eq!(answer.status, 204, "{}", answer.text());
    let library = client.library();
    client.check_file(library, answer.header("Scrollkeeper-Item").unwrap(), &paper);
    client.wait_until_found(&paper.word, 1);
}

#[test]
fn a_paper_whose_worker_was_killed_is_read_at_the_second_attempt() {
    let site = Site::new();
    let (mut server, address) = site.start();
    let mut client = site.line(address);
    let paper = Paper::long(7, 1500);
    let item = send(&mut client, &paper);
    eventually("some pages are read", || match client.reading_jobs("running").as_slice() {
        [job] if number(job, "/page") > 0 => Ok(()),
        jobs => Err(format!("{jobs:?}")),
    });
    let workers = server.workers();
    assert!(!workers.is_empty(), "no worker runs");
    workers.into_iter().for_each(|worker| kill_process(worker, Signal::KILL).unwrap());
    let again = eventually("it is tried again", || match client.reading_jobs("queued,running").as_slice() {
        [job] if number(job, "/attempt") == 2 => Ok(job.clone()),
        jobs => Err(format!("{} jobs", jobs.len())),
    });
    assert!(text(&again, "/message").contains("tried once more"), "{again}");
    client.wait_until_read();
    let jobs = client.reading_jobs("done");
    assert_eq!(jobs.iter().map(|job| number(job, "/attempt")).collect::<Vec<_>>(), [2], "{jobs:?}");
    let library = client.library();
    let paper_now = client.get_json(&format!("/api/v1/libraries/{library}/items/{item}"));
    assert_eq!((text(&paper_now, "/file/state"), number(&paper_now, "/file/pages")), ("read", 1500), "{paper_now}");
    client.wait_until_found(&paper.word, 1);
    assert!(server.is_running());
}

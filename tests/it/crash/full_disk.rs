//! A full disk stops what writes much, and nothing else; when there is room, everything goes on by itself.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::paper::{Paper, number, text};
use super::site::{Client, Server, Site, eventually, say_skipped};
use super::{at, create, send, tus, wire};

/// What is kept from uploads on a disk of 64 MB.
const RESERVE: u64 = 8 << 20;

/// A small file system of its own.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// `None` where this user may not mount.
    fn mount(at: PathBuf, megabytes: u32) -> Option<Self> {
        let size = format!("size={megabytes}m,mode=700");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "scrollkeeper-trial"]).arg(&at).output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Self(at))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        Command::new("umount").arg("--lazy").arg(&self.0).status().ok();
    }
}

/// A server on a disk of 64 MB, with one paper that was read and is found.
struct Trial {
    server: Server,
    client: Client,
    library: u64,
    paper: Paper,
    key: String,
    /// Takes the room that a test wants gone.
    filler: PathBuf,
    _site: Site,
    disk: SmallDisk,
    _folder: tempfile::TempDir,
}

impl Trial {
    /// `None`, said aloud, where this user may not mount.
    fn begin(what: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("disk");
        std::fs::create_dir(&path).unwrap();
        let Some(disk) = SmallDisk::mount(path, 64) else {
            say_skipped(&format!("{what}, because this user may not mount a small disk"));
            return None;
        };
        let site = Site::at(tempfile::tempdir().unwrap(), disk.0.join("data"), &[]);
        let (server, address) = site.start();
        let mut client = site.line(address);
        let paper = Paper::new(1, 1000);
        let key = send(&mut client, &paper);
        client.wait_until_found(&paper.word, 1);
        let library = client.library();
        let filler = disk.0.join("filler");
        Some(Self { server, client, library, paper, key, filler, _site: site, disk, _folder: folder })
    }
}

#[test]
fn a_full_disk_stops_uploads_only_and_they_go_on_when_there_is_room() {
    let Some(trial) = Trial::begin("uploads to a full disk") else { return };
    let Trial { server, mut client, library, paper: small, key: small_key, filler, ref disk, .. } = trial;
    let large = Paper::with_ballast(2, 20 << 20);
    let location = create(&mut client, &large);
    assert_eq!(client.ask("PATCH", &location, at(0), &large.bytes[..8 << 20]).status, 204);
    let left = rustix::fs::statvfs(&disk.0).map(|disk| disk.f_bavail * disk.f_frsize).unwrap();
    std::fs::write(&filler, vec![0; (left - RESERVE - (4 << 20)) as usize]).unwrap();
    let (offset, refusal) = send_until_refused(&mut client, &location, &large, 8 << 20);
    assert_eq!(refusal.status, 507, "{}", refusal.text());
    let missing = number(&refusal.json(), "/missing_bytes");
    assert!((1..=large.bytes.len() as u64 - offset).contains(&missing), "{missing} bytes are missing at {offset}");

    client.check_file(library, &small_key, &small);
    client.wait_until_found(&small.word, 1);
    assert_eq!(client.get("/readyz").status, 200);

    std::fs::remove_file(&filler).unwrap();
    let now = client.ask("HEAD", &location, tus(Vec::new()), &[]).number("Upload-Offset").unwrap();
    assert!(now >= offset, "{offset} was acknowledged, now it is {now}");
    let offset = now;
    let (end, answer) = send_until_refused(&mut client, &location, &large, offset);
    assert_eq!((answer.status, end), (204, large.bytes.len() as u64), "{}", answer.text());
    client.check_file(library, answer.header("Scrollkeeper-Item").unwrap(), &large);
    client.wait_until_found(&large.word, 1);
    assert!(Server::terminate(server).success());
}

/// Sends the rest in pieces of a megabyte up to the first refusal or the end; what was acknowledged, and the last answer.
fn send_until_refused(client: &mut Client, location: &str, paper: &Paper, from: u64) -> (u64, wire::Answer) {
    let mut offset = from;
    loop {
        let rest = &paper.bytes[offset as usize..];
        let answer = client.ask("PATCH", location, at(offset), &rest[..rest.len().min(1 << 20)]);
        offset = answer.number("Upload-Offset").filter(|_| answer.status == 204).unwrap_or(offset);
        if answer.status != 204 || offset == paper.bytes.len() as u64 {
            return (offset, answer);
        }
    }
}

/// Takes every byte that is left, and what is given back later.
fn fill(at: &Path) {
    let mut filler = std::fs::OpenOptions::new().create(true).append(true).open(at).unwrap();
    for piece in [1 << 20, 1 << 12, 1] {
        let bytes = vec![0; piece];
        while filler.write_all(&bytes).is_ok() {}
    }
}

#[test]
fn a_reading_that_found_the_disk_full_goes_on_when_there_is_room() {
    let Some(trial) = Trial::begin("a reading on a full disk") else { return };
    let Trial { server, mut client, library, paper: small, key: small_key, filler, .. } = trial;
    let long = Paper::long(2, 600);
    send(&mut client, &long);
    let waiting = eventually("the reading finds no room", || {
        fill(&filler);
        let jobs = client.reading_jobs("queued,running");
        let found = jobs.iter().find(|job| job["message"].as_str().is_some_and(|why| why.contains("disk")));
        found.cloned().ok_or_else(|| format!("{jobs:?}"))
    });
    assert!(number(&waiting, "/attempt") >= 2, "{waiting}");
    let told = client.get_json("/api/v1/admin/disk");
    assert_eq!((text(&told, "/state"), number(&told, "/free_bytes")), ("full", 0), "the administrator is told: {told}");
    client.check_file(library, &small_key, &small);
    assert_eq!(number(&client.get_json(&format!("/api/v1/search?q={}", small.word)), "/total"), 1);
    let picture = client.get(&format!("/api/v1/libraries/{library}/items/{small_key}/pages/1/image?width=1200"));
    assert_eq!((picture.status, &picture.body[..4]), (200, &b"RIFF"[..]), "a page that was not drawn yet can be seen");
    let another = Paper::new(3, 1000);
    let name = ("Upload-Length", another.bytes.len().to_string());
    let refusal = client.ask("POST", "/api/v1/uploads", tus(vec![name]), &[]);
    assert_eq!((refusal.status, text(&refusal.json(), "/code")), (507, "no_space"));

    std::fs::remove_file(&filler).unwrap();
    assert_eq!(text(&client.get_json("/api/v1/admin/disk"), "/state"), "ok");
    client.wait_until_read();
    client.wait_until_found(&long.word, 1);
    send(&mut client, &another);
    client.wait_until_found(&another.word, 1);
    assert!(Server::terminate(server).success());
}

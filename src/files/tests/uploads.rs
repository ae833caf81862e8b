use std::fs;

use super::super::record::Record;
use super::*;

/// Two acknowledged parts, then the rest and the end: what a client with parts of 60 KB does.
async fn in_parts(files: &Files, name: &StagingId, bytes: &Bytes, acknowledged: &mut u64) -> Result<Sha256> {
    for end in [60_000, 120_000] {
        let from = files.stage_offset(name).await?;
        if from < end {
            let part = bytes.slice(usize::try_from(from).unwrap()..usize::try_from(end).unwrap());
            *acknowledged = send(files, name, from, &part).await?;
        }
    }
    complete(files, name, bytes).await
}

#[tokio::test]
async fn an_upload_in_parts_becomes_a_blob_under_its_hash() {
    let dir = TempDir::new().unwrap();
    let files = open(dir.path()).await;
    let (a, bytes) = (id("a"), sample(1_300_000, 1));
    assert_eq!(files.stage_offset(&a).await.unwrap(), 0);
    assert_eq!(send(&files, &a, 0, &bytes.slice(..700_000)).await.unwrap(), 700_000);
    assert_eq!(send(&files, &a, 700_000, &bytes.slice(700_000..900_000)).await.unwrap(), 900_000);
    assert_eq!(files.stage_hash(&a).await.unwrap(), sha(&bytes[..900_000]));
    assert_eq!(files.stage_read(&a, 899_990, 100).await.unwrap(), bytes[899_990..900_000]);
    assert_eq!(complete(&files, &a, &bytes).await.unwrap(), sha(&bytes));
    assert_same(&read_all(&files, sha(&bytes)).await, &bytes);
    assert_eq!(files.size(sha(&bytes)).await.unwrap(), 1_300_000);
    assert_eq!(files.stage_offset(&a).await.unwrap(), 1_300_000, "whole until the caller has committed");
    files.stage_remove(&a).await.unwrap();
    assert_eq!(files.stage_list().await.unwrap(), []);
    assert_eq!(files.stage_offset(&a).await.unwrap(), 0);
}

#[tokio::test]
async fn an_upload_in_one_request_is_synced_in_the_right_order_and_no_more_than_needed() {
    let dir = TempDir::new().unwrap();
    let (files, faults) = open_faulty(dir.path(), StoreConfig::Disk).await;
    let bytes = sample(5_000, 1);
    complete(&files, &id("a"), &bytes).await.unwrap();
    let write = ["create", "write", "sync"];
    let place = ["make folder", "make folder", "rename", "sync folder", "sync folder", "sync folder"];
    assert_eq!(faults.steps(), [&write[..], &place[..]].concat());

    let soon = std::time::SystemTime::now() + std::time::Duration::from_secs(60);
    assert!(files.delete_blob(sha(&bytes), soon).await.unwrap());
    faults.reset();
    complete(&files, &id("b"), &bytes).await.unwrap();
    assert_eq!(faults.steps(), [&write[..], &["rename", "sync folder"]].concat(), "the folders are known now");
}

#[tokio::test]
async fn an_offset_is_recorded_after_its_bytes_are_synced() {
    let dir = TempDir::new().unwrap();
    let (files, faults) = open_faulty(dir.path(), StoreConfig::Disk).await;
    let (a, bytes) = (id("a"), sample(20_000, 1));
    send(&files, &a, 0, &bytes.slice(..10_000)).await.unwrap();
    let first = ["create", "write", "sync", "create", "write", "write", "sync", "sync folder"];
    assert_eq!(faults.steps(), first);
    faults.reset();
    send(&files, &a, 10_000, &bytes.slice(10_000..)).await.unwrap();
    assert_eq!(faults.steps(), ["write", "sync", "write", "sync"]);
}

#[tokio::test]
async fn a_disk_full_at_any_step_loses_nothing_and_the_upload_goes_on_once_there_is_room() {
    let bytes = sample(200_000, 3);
    for step in 1.. {
        let dir = TempDir::new().unwrap();
        let (files, faults) = open_faulty(dir.path(), StoreConfig::Disk).await;
        let name = id("a");
        let mut acknowledged = 0;
        faults.fill_at(step);
        let first = in_parts(&files, &name, &bytes, &mut acknowledged).await;
        let whole = faults.steps().len() < step;
        faults.reset();
        match first {
            Ok(found) => assert_eq!(found, sha(&bytes), "step {step}"),
            Err(Error::DiskFull { missing_bytes }) => assert!(missing_bytes > 0, "step {step}"),
            Err(other) => panic!("step {step}: {other:?}"),
        }
        if files.contains(sha(&bytes)).await.unwrap() {
            assert_same(&read_all(&files, sha(&bytes)).await, &bytes);
        }
        assert!(files.stage_offset(&name).await.unwrap() >= acknowledged, "step {step}");
        assert_eq!(in_parts(&files, &name, &bytes, &mut acknowledged).await.unwrap(), sha(&bytes), "step {step}");
        assert_same(&read_all(&files, sha(&bytes)).await, &bytes);
        if whole {
            assert!(step > 15, "the faults were not reached");
            return;
        }
    }
}

#[tokio::test]
async fn a_crash_at_any_step_keeps_what_was_acknowledged() {
    let bytes = sample(200_000, 4);
    for step in 1.. {
        let dir = TempDir::new().unwrap();
        let (files, faults) = open_faulty(dir.path(), StoreConfig::Disk).await;
        let name = id("a");
        let mut acknowledged = 0;
        faults.kill_at(step);
        let done = in_parts(&files, &name, &bytes, &mut acknowledged).await;
        let whole = faults.steps().len() < step;
        drop(files);
        tear(dir.path(), acknowledged);

        let files = open(dir.path()).await;
        if files.contains(sha(&bytes)).await.unwrap() {
            assert_same(&read_all(&files, sha(&bytes)).await, &bytes);
        } else {
            assert!(done.is_err(), "step {step}: acknowledged and gone");
        }
        let offset = files.stage_offset(&name).await.unwrap();
        assert!(offset >= acknowledged, "step {step}: {offset} of {acknowledged}");
        assert_eq!(
            files.stage_hash(&name).await.unwrap(),
            sha(&bytes[..usize::try_from(offset).unwrap()]),
            "step {step}"
        );
        assert_eq!(complete(&files, &name, &bytes).await.unwrap(), sha(&bytes), "step {step}");
        assert_same(&read_all(&files, sha(&bytes)).await, &bytes);
        if whole {
            assert!(step > 15, "the crashes were not reached");
            return;
        }
    }
}

/// What a power cut may leave behind the bytes that were synced. A record is only written after that.
fn tear(dir: &Path, acknowledged: u64) {
    let path = dir.join("staging/a");
    let Ok(mut there) = fs::read(&path) else { return };
    let recorded = fs::read(dir.join("staging/a.at")).ok().and_then(|record| Record::newest(&record));
    let synced = recorded.map_or(0, |record| record.offset).max(acknowledged);
    for byte in there.iter_mut().skip(usize::try_from(synced).unwrap()) {
        *byte = 0;
    }
    there.extend_from_slice(&[0xAA; 5_000]);
    fs::write(path, there).unwrap();
}

#[tokio::test]
async fn a_wrong_offset_is_refused_with_the_right_one() {
    let dir = TempDir::new().unwrap();
    let files = open(dir.path()).await;
    let (a, bytes) = (id("a"), sample(3_000, 1));
    send(&files, &a, 0, &bytes).await.unwrap();
    for offset in [0, 2_999, 3_001] {
        let refused = files.stage_open(&a, offset).await;
        assert!(matches!(refused, Err(Error::WrongOffset { current: 3_000 })), "{offset}");
    }
    let mut upload = files.stage_open(&a, 3_000).await.unwrap();
    upload.finish().await.unwrap();
    assert!(upload.append(bytes).await.is_ok());
    assert!(matches!(upload.sync().await, Err(Error::WrongOffset { current: 3_000 })), "a blob does not grow");
    assert_eq!(files.size(sha(&sample(3_000, 1))).await.unwrap(), 3_000);
}

#[tokio::test(start_paused = true)]
async fn one_request_at_a_time_writes_to_an_upload() {
    let dir = TempDir::new().unwrap();
    let files = open(dir.path()).await;
    let a = id("a");
    let first = files.stage_open(&a, 0).await.unwrap();
    assert!(matches!(files.stage_open(&a, 0).await, Err(Error::Busy)));
    assert!(matches!(files.stage_offset(&a).await, Err(Error::Busy)));
    assert!(files.stage_open(&id("b"), 0).await.is_ok());
    drop(first);
    assert!(files.stage_open(&a, 0).await.is_ok());
}

#[tokio::test]
async fn a_request_that_breaks_off_leaves_its_bytes() {
    let dir = TempDir::new().unwrap();
    let files = open(dir.path()).await;
    let (a, bytes) = (id("a"), sample(900_000, 1));
    let mut upload = files.stage_open(&a, 0).await.unwrap();
    for piece in bytes.chunks(50_000) {
        upload.append(bytes.slice_ref(piece)).await.unwrap();
    }
    drop(upload);
    assert_eq!(files.stage_offset(&a).await.unwrap(), 900_000);
    drop(files);
    let files = open(dir.path()).await;
    assert_eq!(complete(&files, &a, &bytes).await.unwrap(), sha(&bytes));
}

#[tokio::test]
async fn bytes_whose_checksum_was_not_confirmed_are_cut_off() {
    let dir = TempDir::new().unwrap();
    let files = open(dir.path()).await;
    let (a, bytes) = (id("a"), sample(900_000, 1));
    send(&files, &a, 0, &bytes.slice(..100_000)).await.unwrap();

    let mut upload = files.stage_open_checked(&a, 100_000).await.unwrap();
    upload.append(sample(700_000, 9)).await.unwrap();
    drop(upload);
    assert_eq!(files.stage_offset(&a).await.unwrap(), 100_000);

    let mut upload = files.stage_open_checked(&a, 100_000).await.unwrap();
    upload.append(sample(700_000, 9)).await.unwrap();
    upload.cut_back(100_000).await.unwrap();
    assert_eq!(upload.offset(), 100_000);
    assert_eq!(upload.hash().await.unwrap(), sha(&bytes[..100_000]));
    upload.append(bytes.slice(100_000..)).await.unwrap();
    assert_eq!(upload.sync().await.unwrap(), 900_000);
    assert_eq!(upload.finish().await.unwrap().sha256, sha(&bytes));
    assert_same(&read_all(&files, sha(&bytes)).await, &bytes);
}

#[tokio::test]
async fn an_upload_can_be_cut_back_behind_what_was_acknowledged() {
    let dir = TempDir::new().unwrap();
    let files = open(dir.path()).await;
    let (a, bytes) = (id("a"), sample(90_000, 1));
    send(&files, &a, 0, &bytes.slice(..50_000)).await.unwrap();
    files.stage_truncate(&a, 20_000).await.unwrap();
    assert!(matches!(files.stage_truncate(&a, 20_001).await, Err(Error::WrongOffset { current: 20_000 })));
    drop(files);
    let files = open(dir.path()).await;
    assert_eq!(files.stage_offset(&a).await.unwrap(), 20_000);
    assert_eq!(complete(&files, &a, &bytes).await.unwrap(), sha(&bytes));
}

#[tokio::test]
async fn parts_sent_in_parallel_are_joined() {
    let dir = TempDir::new().unwrap();
    let files = open(dir.path()).await;
    let bytes = sample(1_000_000, 1);
    let parts = [("p1", 0..300_001), ("p2", 300_001..300_002), ("p3", 300_002..1_000_000)];
    for (name, range) in parts {
        send(&files, &id(name), 0, &bytes.slice(range)).await.unwrap();
    }
    let names = ["p1", "p2", "p3"].map(id);
    for _ in 0..2 {
        let mut whole = files.stage_concat(&id("whole"), &names).await.unwrap();
        assert_eq!(whole.offset(), 1_000_000);
        assert_eq!(whole.hash().await.unwrap(), sha(&bytes));
    }
    let mut whole = files.stage_concat(&id("whole"), &names).await.unwrap();
    assert_eq!(whole.finish().await.unwrap().sha256, sha(&bytes));
    assert_same(&read_all(&files, sha(&bytes)).await, &bytes);
    assert_eq!(files.stage_offset(&names[0]).await.unwrap(), 300_001, "parts stay until they are removed");
}

#[tokio::test]
async fn finishing_again_after_a_restart_gives_the_same_blob() {
    let dir = TempDir::new().unwrap();
    let files = open(dir.path()).await;
    let (a, bytes) = (id("a"), sample(90_000, 1));
    send(&files, &a, 0, &bytes.slice(..50_000)).await.unwrap();
    complete(&files, &a, &bytes).await.unwrap();
    drop(files);
    let files = open(dir.path()).await;
    assert_eq!(files.stage_offset(&a).await.unwrap(), 90_000);
    let mut upload = files.stage_open(&a, 90_000).await.unwrap();
    assert_eq!(upload.read(10, 1000).await.unwrap(), bytes[10..1010], "its bytes are in the blob now");
    let again = upload.finish().await.unwrap();
    assert_eq!((again.sha256, again.size_bytes, again.in_outbox), (sha(&bytes), 90_000, false));
}

#[tokio::test]
async fn the_reserve_of_the_disk_is_never_used_up() {
    let dir = TempDir::new().unwrap();
    let drive = Drive::default();
    let faults = Arc::clone(&drive.faults);
    let config = FilesConfig { reserve_bytes: 1_000_000, ..config(dir.path(), StoreConfig::Disk) };
    let files = Files::open_on(drive, config).await.unwrap();
    let a = id("a");

    faults.set_free_bytes(1_300_000);
    assert_eq!(files.free_bytes().unwrap(), 300_000);
    files.stage_create(&a, Some(300_000)).await.unwrap();
    let refused = files.stage_create(&a, Some(500_000)).await;
    assert!(matches!(refused, Err(Error::DiskFull { missing_bytes: 200_000 })), "{refused:?}");

    let bytes = sample(900_000, 1);
    send(&files, &a, 0, &bytes.slice(..100_000)).await.unwrap();
    faults.set_free_bytes(1_200_000);
    let mut upload = files.stage_open(&a, 100_000).await.unwrap();
    upload.expect_bytes(900_000).await.unwrap();
    upload.append(bytes.slice(100_000..)).await.unwrap();
    let refused = upload.sync().await;
    assert!(matches!(refused, Err(Error::DiskFull { missing_bytes: 600_000 })), "{refused:?}");
    assert_eq!(upload.offset(), 100_000);
    drop(upload);

    let refused = files.put_derived(sha(b"x"), "layout.v1", bytes.clone()).await;
    assert!(matches!(refused, Err(Error::DiskFull { missing_bytes: 200_000 })), "half of it is for them: {refused:?}");
    faults.set_free_bytes(2_000_000);
    assert_eq!(complete(&files, &a, &bytes).await.unwrap(), sha(&bytes));
}

#[tokio::test]
async fn many_uploads_at_once_keep_few_files_open() {
    let dir = TempDir::new().unwrap();
    let files = open(dir.path()).await;
    let bytes = sample(3_000, 1);
    let names: Vec<_> = (0..300).map(|n| id(&format!("u{n}"))).collect();
    for name in &names {
        send(&files, name, 0, &bytes.slice(..1_000)).await.unwrap();
    }
    let open = fs::read_dir("/proc/self/fd").unwrap().filter_map(|fd| fs::read_link(fd.unwrap().path()).ok());
    assert!(open.filter(|target| target.starts_with(dir.path())).count() < 150);
    for name in &names {
        assert_eq!(complete(&files, name, &bytes).await.unwrap(), sha(&bytes));
        files.stage_remove(name).await.unwrap();
    }
    assert_eq!(files.list_blobs(None, 10).await.unwrap(), [sha(&bytes)]);
    assert_eq!(files.stage_list().await.unwrap(), []);
}

#[tokio::test]
async fn the_sweep_sees_every_upload_with_its_time() {
    let dir = TempDir::new().unwrap();
    let files = open(dir.path()).await;
    send(&files, &id("b"), 0, &sample(70, 1)).await.unwrap();
    send(&files, &id("a"), 0, &sample(30, 1)).await.unwrap();
    let entries = files.stage_list().await.unwrap();
    assert_eq!(entries.iter().map(|e| (e.id.as_str(), e.size_bytes)).collect::<Vec<_>>(), [("a", 30), ("b", 70)]);
    let written = fs::metadata(dir.path().join("staging/b.at")).unwrap().modified().unwrap();
    assert_eq!(entries[1].modified, written);
}

#[test]
fn names_of_uploads_are_never_paths() {
    for wrong in ["", ".", "..", "a/b", "a.at", "ä", &"x".repeat(65)] {
        assert_eq!(StagingId::parse(wrong), None, "{wrong}");
    }
    assert_eq!(StagingId::parse("aZ09-_").unwrap().as_str(), "aZ09-_");
}

/// Any mixture of good, broken and unconfirmed requests, full disks and restarts: what was acknowledged is there, what
/// is there is what was sent, and the upload can be completed.
#[tokio::test]
async fn requests_faults_and_restarts_in_any_order_keep_the_promise() {
    let bytes = sample(400_000, 5);
    for seed in 1..=25_u64 {
        let dir = TempDir::new().unwrap();
        let name = id("a");
        let (mut files, mut faults) = open_faulty(dir.path(), StoreConfig::Disk).await;
        let mut acknowledged = 0;
        let mut dice = sample(120, seed).into_iter().map(usize::from);
        while let (Some(what), Some(size), Some(step)) = (dice.next(), dice.next(), dice.next()) {
            let offset = files.stage_offset(&name).await.unwrap();
            assert!(offset >= acknowledged, "seed {seed}: {offset} of {acknowledged}");
            let at = usize::try_from(offset).unwrap();
            assert_eq!(files.stage_hash(&name).await.unwrap(), sha(&bytes[..at]), "seed {seed}");
            acknowledged = offset;
            let part = bytes.slice(at..(at + size * 100).min(400_000));
            match what % 5 {
                0 => acknowledged = send(&files, &name, offset, &part).await.unwrap(),
                1 => {
                    faults.fill_at(1 + step % 8);
                    acknowledged = send(&files, &name, offset, &part).await.unwrap_or(acknowledged);
                    faults.reset();
                }
                2 => files.stage_open(&name, offset).await.unwrap().append(part).await.unwrap(),
                3 => {
                    let mut upload = files.stage_open_checked(&name, offset).await.unwrap();
                    upload.append(sample(size, 77)).await.unwrap();
                }
                _ => {
                    faults.kill_at(1 + step % 8);
                    acknowledged = send(&files, &name, offset, &part).await.unwrap_or(acknowledged);
                    drop(files);
                    tear(dir.path(), acknowledged);
                    (files, faults) = open_faulty(dir.path(), StoreConfig::Disk).await;
                }
            }
        }
        assert_eq!(complete(&files, &name, &bytes).await.unwrap(), sha(&bytes), "seed {seed}");
        assert_same(&read_all(&files, sha(&bytes)).await, &bytes);
    }
}

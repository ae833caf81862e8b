use std::fs;
use std::path::PathBuf;

use super::*;

async fn stored(files: &Files, name: &str, bytes: &Bytes) -> Sha256 {
    let name = complete(files, &id(name), bytes).await.unwrap();
    files.store_outbox(name).await.unwrap();
    name
}

fn cached(dir: &Path) -> Vec<PathBuf> {
    let mut found: Vec<_> = fs::read_dir(dir.join("cache")).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort_unstable();
    found
}

#[tokio::test]
async fn a_finished_upload_waits_in_the_outbox_and_is_readable_from_there() {
    let dir = TempDir::new().unwrap();
    let (files, faults) = open_faulty(dir.path(), StoreConfig::Memory).await;
    let bytes = sample(30_000, 1);
    let mut upload = files.stage_open(&id("a"), 0).await.unwrap();
    upload.append(bytes.clone()).await.unwrap();
    let done = upload.finish().await.unwrap();
    assert!(done.in_outbox);
    assert_eq!(faults.steps(), ["create", "write", "sync", "rename", "sync folder"]);
    assert_same(&read_all(&files, done.sha256).await, &bytes);
    drop((files, upload));

    // The memory store is new, so this can only come from the outbox.
    let files = Files::open(config(dir.path(), StoreConfig::Memory)).await.unwrap();
    assert_eq!(files.list_outbox().await.unwrap(), [done.sha256]);
    assert_same(&read_all(&files, done.sha256).await, &bytes);
    files.store_outbox(done.sha256).await.unwrap();
    files.store_outbox(done.sha256).await.unwrap();
    assert_eq!(files.list_outbox().await.unwrap(), []);
    assert_same(&read_all(&files, done.sha256).await, &bytes);
}

#[tokio::test]
async fn a_damaged_file_in_the_outbox_is_not_stored() {
    let dir = TempDir::new().unwrap();
    let files = Files::open(config(dir.path(), StoreConfig::Memory)).await.unwrap();
    let name = complete(&files, &id("a"), &sample(3_000, 1)).await.unwrap();
    fs::write(dir.path().join("outbox").join(name.to_hex()), sample(3_000, 2)).unwrap();
    assert!(matches!(files.store_outbox(name).await, Err(Error::Corrupt { sha256 }) if sha256 == name));
    assert_eq!(files.list_outbox().await.unwrap(), [name]);
}

#[tokio::test]
async fn the_cache_stays_below_its_bound_and_lets_the_oldest_go() {
    let dir = TempDir::new().unwrap();
    let files = Files::open(config(dir.path(), StoreConfig::Memory)).await.unwrap();
    let samples: Vec<_> = (0..5).map(|n| sample(300_000, n)).collect();
    let mut names = Vec::new();
    for (n, bytes) in samples.iter().enumerate() {
        names.push(stored(&files, &format!("u{n}"), bytes).await);
    }
    let kept = |names: &[Sha256]| {
        let mut kept: Vec<_> = names.iter().map(|name| dir.path().join("cache").join(name.to_hex())).collect();
        kept.sort_unstable();
        kept
    };
    assert_eq!(cached(dir.path()), kept(&names[2..]));
    files.open_local(names[2]).await.unwrap();
    files.open_local(names[0]).await.unwrap();
    assert_eq!(cached(dir.path()), kept(&[names[2], names[4], names[0]]));
    for (name, bytes) in names.iter().zip(&samples) {
        assert_same(&read_all(&files, *name).await, bytes);
    }
    files.close().await;
    let open = fs::read_dir("/proc/self/fd").unwrap().filter_map(|fd| fs::read_link(fd.unwrap().path()).ok());
    let gone = open.filter(|target| target.starts_with(dir.path()) && target.to_string_lossy().ends_with("(deleted)"));
    assert_eq!(gone.collect::<Vec<_>>(), Vec::<PathBuf>::new(), "no room is held by files that were let go");
}

#[tokio::test]
async fn a_blob_larger_than_the_cache_is_still_read_and_opened() {
    let dir = TempDir::new().unwrap();
    let files = Files::open(config(dir.path(), StoreConfig::Memory)).await.unwrap();
    let bytes = sample(1_500_000, 1);
    let name = stored(&files, "a", &bytes).await;
    assert_eq!(cached(dir.path()), Vec::<PathBuf>::new());
    assert_same(&files.read_range(name, 1_000_000..1_000_010).await.unwrap(), &bytes[1_000_000..1_000_010]);
    let file = files.open_local(name).await.unwrap();
    let mut found = vec![0; 1_500_000];
    std::os::unix::fs::FileExt::read_exact_at(&file, &mut found, 0).unwrap();
    assert_eq!(found, bytes);
    files.close().await;
    assert_eq!(cached(dir.path()), Vec::<PathBuf>::new());
    assert_eq!(fs::read_dir(dir.path().join("scratch")).unwrap().count(), 0);
}

#[tokio::test]
async fn many_readers_of_one_blob_fetch_it_once() {
    let dir = TempDir::new().unwrap();
    let (files, faults) = open_faulty(dir.path(), StoreConfig::Memory).await;
    let bytes = sample(200_000, 1);
    let name = stored(&files, "a", &bytes).await;
    fs::remove_file(&cached(dir.path())[0]).unwrap();
    faults.reset();
    let opened = futures_util::future::join_all((0..20).map(|_| files.open_local(name))).await;
    assert!(opened.iter().all(Result::is_ok));
    assert_eq!(faults.count("rename"), 1, "one copy was moved into the cache");
    assert_same(&read_all(&files, name).await, &bytes);
}

#[tokio::test]
async fn a_first_range_comes_from_the_store_and_the_next_from_the_cache() {
    let dir = TempDir::new().unwrap();
    let files = Files::open(config(dir.path(), StoreConfig::Memory)).await.unwrap();
    let bytes = sample(200_000, 1);
    let name = stored(&files, "a", &bytes).await;
    fs::remove_file(&cached(dir.path())[0]).unwrap();
    assert_same(&files.read_range(name, 5..1_000).await.unwrap(), &bytes[5..1_000]);
    files.close().await;
    assert_eq!(cached(dir.path()).len(), 1);
    assert_same(&files.read_range(name, 1_000..2_000).await.unwrap(), &bytes[1_000..2_000]);
}

#[tokio::test]
async fn copies_of_an_earlier_run_are_used_only_if_they_are_whole() {
    let dir = TempDir::new().unwrap();
    let files = Files::open(config(dir.path(), StoreConfig::Memory)).await.unwrap();
    let (good, bad) = (sample(2_000, 1), sample(2_000, 2));
    let (good_name, bad_name) = (stored(&files, "a", &good).await, stored(&files, "b", &bad).await);
    drop(files);
    fs::write(dir.path().join("cache").join(bad_name.to_hex()), vec![0; 2_000]).unwrap();

    // The memory store is new: what is read now can only come from the cache.
    let files = Files::open(config(dir.path(), StoreConfig::Memory)).await.unwrap();
    assert_same(&read_all(&files, good_name).await, &good);
    assert!(matches!(files.read_range(bad_name, 0..10).await, Err(Error::NotFound)));
    files.close().await;
    assert_eq!(cached(dir.path()).len(), 1);
}

#[tokio::test]
async fn a_full_disk_does_not_stop_reading_from_the_store() {
    let dir = TempDir::new().unwrap();
    let (files, faults) = open_faulty(dir.path(), StoreConfig::Memory).await;
    let bytes = sample(200_000, 1);
    let name = stored(&files, "a", &bytes).await;
    fs::remove_file(&cached(dir.path())[0]).unwrap();
    faults.set_free_bytes(0);
    assert_same(&read_all(&files, name).await, &bytes);
    assert!(matches!(files.open_local(name).await, Err(Error::DiskFull { missing_bytes: 200_000 })));
    files.close().await;
}

#[tokio::test]
async fn what_waits_in_the_outbox_is_not_swept() {
    let dir = TempDir::new().unwrap();
    let files = Files::open(config(dir.path(), StoreConfig::Memory)).await.unwrap();
    let name = complete(&files, &id("a"), &sample(3_000, 1)).await.unwrap();
    let soon = std::time::SystemTime::now() + std::time::Duration::from_secs(60);
    assert!(!files.delete_blob(name, soon).await.unwrap());
    files.store_outbox(name).await.unwrap();
    assert!(files.delete_blob(name, soon).await.unwrap());
    assert!(!files.contains(name).await.unwrap());
}

use std::fs;
use std::time::{Duration, SystemTime};

use futures_util::{StreamExt as _, TryStreamExt as _};

use super::*;

async fn put(files: &Files, name: &str, bytes: &Bytes) -> Sha256 {
    complete(files, &id(name), bytes).await.unwrap()
}

#[tokio::test]
async fn a_blob_is_read_in_ranges_and_as_a_stream() {
    for store in [StoreConfig::Disk, StoreConfig::Memory] {
        let dir = TempDir::new().unwrap();
        let files = Files::open(config(dir.path(), store)).await.unwrap();
        let bytes = sample(700_000, 1);
        let name = put(&files, "a", &bytes).await;
        for range in [0..1, 10..65_546, 699_999..700_000, 5..5, 0..700_000] {
            let part = files.read_range(name, range.clone()).await.unwrap();
            assert_eq!(part, bytes.slice(range.start as usize..range.end as usize), "{range:?}");
        }
        assert_same(&files.read_range(name, 699_000..800_000).await.unwrap(), &bytes.slice(699_000..));
        let pieces: Vec<Bytes> = files.stream(name, 100..u64::MAX).await.unwrap().try_collect().await.unwrap();
        assert!(pieces.iter().all(|piece| piece.len() <= 256 * 1024));
        assert_eq!(pieces.concat(), bytes[100..]);
        assert_eq!(files.open_local(name).await.unwrap().metadata().unwrap().len(), 700_000);
    }
}

#[tokio::test]
async fn a_blob_that_is_not_there_is_told_everywhere() {
    for store in [StoreConfig::Disk, StoreConfig::Memory] {
        let dir = TempDir::new().unwrap();
        let files = Files::open(config(dir.path(), store)).await.unwrap();
        let name = sha(b"nothing");
        assert!(!files.contains(name).await.unwrap());
        assert!(matches!(files.size(name).await, Err(Error::NotFound)));
        assert!(matches!(files.read_range(name, 0..5).await, Err(Error::NotFound)));
        assert!(matches!(files.open_local(name).await, Err(Error::NotFound)));
        assert!(matches!(files.store_outbox(name).await, Err(Error::NotFound)));
        assert!(files.stream(name, 0..5).await.is_err());
        assert!(files.delete_blob(name, SystemTime::now()).await.unwrap());
        assert_eq!(files.get_derived(name, "layout.v1").await.unwrap(), None);
        files.check().await.unwrap();
    }
}

#[tokio::test]
async fn equal_blobs_racing_are_kept_once() {
    for store in [StoreConfig::Disk, StoreConfig::Memory] {
        let dir = TempDir::new().unwrap();
        let files = Files::open(config(dir.path(), store)).await.unwrap();
        let bytes = sample(100_000, 1);
        let names: Vec<_> = (0..8).map(|n| id(&format!("u{n}"))).collect();
        let done = futures_util::future::join_all(names.iter().map(|name| complete(&files, name, &bytes))).await;
        assert!(done.iter().all(|found| found.as_ref().is_ok_and(|found| *found == sha(&bytes))));
        assert_eq!(files.list_blobs(None, 10).await.unwrap(), [sha(&bytes)]);
        assert_same(&read_all(&files, sha(&bytes)).await, &bytes);
        assert_eq!(fs::read_dir(dir.path().join("staging")).unwrap().count(), 0);
    }
}

#[tokio::test]
async fn a_blob_of_the_wrong_size_is_replaced_by_an_upload_of_the_right_bytes() {
    let dir = TempDir::new().unwrap();
    let files = open(dir.path()).await;
    let bytes = sample(100_000, 1);
    let name = put(&files, "a", &bytes).await;
    let hex = name.to_hex();
    let path = dir.path().join(format!("blobs/{}/{}/{hex}", &hex[..2], &hex[2..4]));
    fs::write(&path, &bytes[..500]).unwrap();
    put(&files, "b", &bytes).await;
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[tokio::test]
async fn the_sweep_spares_a_blob_that_was_just_uploaded_again() {
    let dir = TempDir::new().unwrap();
    let files = open(dir.path()).await;
    let bytes = sample(1_000, 1);
    let name = put(&files, "a", &bytes).await;
    let hex = name.to_hex();
    let path = dir.path().join(format!("blobs/{}/{}/{hex}", &hex[..2], &hex[2..4]));
    let long_ago = SystemTime::now() - Duration::from_secs(90_000);
    let yesterday = SystemTime::now() - Duration::from_secs(80_000);

    fs::File::open(&path).unwrap().set_modified(long_ago).unwrap();
    put(&files, "b", &bytes).await;
    assert!(!files.delete_blob(name, yesterday).await.unwrap());
    assert!(files.contains(name).await.unwrap());

    fs::File::open(&path).unwrap().set_modified(long_ago).unwrap();
    assert!(files.delete_blob(name, yesterday).await.unwrap());
    assert!(!files.contains(name).await.unwrap());
    assert!(matches!(files.read_range(name, 0..5).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn blobs_are_listed_in_order_and_page_by_page() {
    for store in [StoreConfig::Disk, StoreConfig::Memory] {
        let dir = TempDir::new().unwrap();
        let files = Files::open(config(dir.path(), store)).await.unwrap();
        let mut all = Vec::new();
        for n in 0..40_u64 {
            let name = put(&files, &format!("u{n}"), &sample(10 + n as usize, n)).await;
            if n % 2 == 0 {
                files.store_outbox(name).await.unwrap();
            }
            all.push(name);
        }
        all.sort_unstable();
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = files.list_blobs(after, 7).await.unwrap();
            seen.extend_from_slice(&page);
            after = page.last().copied();
            if page.len() < 7 {
                break;
            }
        }
        assert_eq!(seen, all);
    }
}

#[tokio::test]
async fn derived_files_are_kept_replaced_and_removed_by_prefix() {
    for store in [StoreConfig::Disk, StoreConfig::Memory] {
        let dir = TempDir::new().unwrap();
        let files = Files::open(config(dir.path(), store)).await.unwrap();
        let (a, b) = (sha(b"a"), sha(b"b"));
        for name in ["layout.v1.0", "layout.v1.1", "facts.v1", "page.v1.12.640"] {
            files.put_derived(a, name, Bytes::from(name.to_owned())).await.unwrap();
        }
        files.put_derived(b, "facts.v1", Bytes::from_static(b"old")).await.unwrap();
        files.put_derived(b, "facts.v1", Bytes::from_static(b"new")).await.unwrap();
        assert_eq!(files.get_derived(b, "facts.v1").await.unwrap().unwrap(), "new");

        files.delete_derived(a, "layout.").await.unwrap();
        assert_eq!(files.get_derived(a, "layout.v1.0").await.unwrap(), None);
        assert_eq!(files.get_derived(a, "page.v1.12.640").await.unwrap().unwrap(), "page.v1.12.640");
        files.delete_derived(a, "").await.unwrap();
        assert_eq!(files.get_derived(a, "facts.v1").await.unwrap(), None);
        assert_eq!(files.get_derived(b, "facts.v1").await.unwrap().unwrap(), "new");
        files.delete_derived(sha(b"never"), "").await.unwrap();
        files.delete_derived(sha(b"never"), "page").await.unwrap();
        for wrong in ["", "..", "../x", "a/b", ".hidden", "a b"] {
            assert!(files.put_derived(a, wrong, Bytes::new()).await.is_err(), "{wrong}");
        }
    }
}

#[tokio::test]
async fn a_stream_ends_with_an_error_where_its_blob_goes_away() {
    let dir = TempDir::new().unwrap();
    let files = open(dir.path()).await;
    let bytes = sample(600_000, 1);
    let name = put(&files, "a", &bytes).await;
    let mut stream = std::pin::pin!(files.stream(name, 0..600_000).await.unwrap());
    assert!(stream.next().await.unwrap().is_ok());
    files.delete_blob(name, SystemTime::now() + Duration::from_secs(5)).await.unwrap();
    assert!(matches!(stream.next().await.unwrap(), Err(Error::NotFound)));
    assert!(stream.next().await.is_none());
}

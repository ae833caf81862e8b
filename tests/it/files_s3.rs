//! Blobs in a real S3 server. Uses the one named in `SCROLLKEEPER_TEST_S3` (`endpoint,bucket,key,secret`), else starts
//! SeaweedFS through `tests/peers/seaweedfs`; where that cannot be installed, it says so and skips.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use scrollkeeper::domain::ids::Sha256;
use scrollkeeper::files::{Error, Files, FilesConfig, S3Config, StagingId, StoreConfig};
use sha2::Digest as _;
use tempfile::TempDir;

/// A server and, if this test started it, its process, which ends with its standard input.
struct Server {
    bucket: S3Config,
    _process: Option<Process>,
}

struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        self.0.wait().expect("the peer can be waited for");
    }
}

impl Server {
    fn find_or_start() -> Option<Self> {
        if let Ok(named) = std::env::var("SCROLLKEEPER_TEST_S3") {
            return Some(Self { bucket: bucket(&named), _process: None });
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/seaweedfs");
        let started = Command::new(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut process = match started {
            Ok(process) => process,
            Err(error) => return skip(&format!("tests/peers/seaweedfs cannot be run: {error}")),
        };
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        if line.is_empty() {
            let status = process.wait().unwrap();
            assert_eq!(status.code(), Some(77), "SeaweedFS was installed and did not start");
            return skip("SeaweedFS could not be installed; see above");
        }
        Some(Self { bucket: bucket(&line), _process: Some(Process(process)) })
    }

    /// A program's files, in a folder of the bucket of its own.
    async fn files(&self, data_dir: &Path, prefix: &str) -> Files {
        let prefix = format!("{prefix}-{}", std::process::id());
        open(data_dir, S3Config { prefix, ..self.bucket.clone() }).await
    }
}

fn skip(why: &str) -> Option<Server> {
    eprintln!("SKIPPED: blobs in S3 were not tested: {why}");
    None
}

fn bucket(line: &str) -> S3Config {
    let [endpoint, bucket, access_key, secret_key] =
        line.trim().split(',').collect::<Vec<_>>().try_into().expect("endpoint,bucket,key,secret");
    S3Config {
        endpoint: endpoint.to_owned(),
        region: "us-east-1".to_owned(),
        bucket: bucket.to_owned(),
        prefix: String::new(),
        access_key: access_key.to_owned(),
        secret_key: secret_key.to_owned(),
    }
}

async fn open(data_dir: &Path, bucket: S3Config) -> Files {
    let store = StoreConfig::S3(bucket);
    let config = FilesConfig { data_dir: data_dir.to_owned(), store, cache_bytes: 64 << 20, reserve_bytes: 0 };
    Files::open(config).await.unwrap()
}

fn sample(len: usize, seed: u8) -> Bytes {
    (0..len).map(|at| (at * 31 + at / 251 * 7) as u8 ^ seed).collect::<Vec<_>>().into()
}

async fn upload(files: &Files, name: &str, bytes: &Bytes) -> Sha256 {
    let mut upload = files.stage_open(&StagingId::parse(name).unwrap(), 0).await.unwrap();
    for piece in bytes.chunks(100_000) {
        upload.append(bytes.slice_ref(piece)).await.unwrap();
    }
    let done = upload.finish().await.unwrap();
    assert_eq!(done.sha256, Sha256(sha2::Sha256::digest(bytes).into()));
    assert!(done.in_outbox);
    done.sha256
}

/// One server for all: it starts in seconds, and its folders in the bucket are apart.
#[tokio::test(flavor = "multi_thread")]
async fn blobs_live_in_a_bucket() {
    let Some(server) = Server::find_or_start() else { return };
    a_large_upload_moves_to_the_bucket_and_another_program_reads_it(&server).await;
    blobs_are_listed_across_bucket_and_outbox_and_swept(&server).await;
    derived_files_lie_beside_the_blobs(&server).await;
    a_wrong_key_is_told_as_unavailable(&server).await;
}

async fn a_large_upload_moves_to_the_bucket_and_another_program_reads_it(server: &Server) {
    let (here, there) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let files = server.files(here.path(), "large").await;
    files.check().await.unwrap();
    let bytes = sample(20_000_001, 1);
    let name = upload(&files, "a", &bytes).await;
    files.store_outbox(name).await.unwrap();
    files.store_outbox(name).await.unwrap();
    assert!(files.list_outbox().await.unwrap().is_empty());

    let other = server.files(there.path(), "large").await;
    assert_eq!(other.size(name).await.unwrap(), 20_000_001);
    assert!(other.read_range(name, 9_999_990..10_000_010).await.unwrap() == bytes[9_999_990..10_000_010]);
    assert!(other.read_range(name, 20_000_000..20_000_100).await.unwrap() == bytes[20_000_000..]);
    let pieces: Vec<Bytes> = other.stream(name, 3..19_000_000).await.unwrap().try_collect().await.unwrap();
    assert!(pieces.concat() == bytes[3..19_000_000]);
    let mut found = Vec::new();
    other.open_local(name).await.unwrap().read_to_end(&mut found).unwrap();
    assert!(found == bytes);
    other.close().await;
}

async fn blobs_are_listed_across_bucket_and_outbox_and_swept(server: &Server) {
    let dir = TempDir::new().unwrap();
    let files = server.files(dir.path(), "many").await;
    let mut all = Vec::new();
    for n in 0..12_u8 {
        let name = upload(&files, &format!("u{n}"), &sample(1_000, n)).await;
        if n % 3 != 0 {
            files.store_outbox(name).await.unwrap();
        }
        all.push(name);
    }
    all.sort_unstable();
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = files.list_blobs(after, 5).await.unwrap();
        seen.extend_from_slice(&page);
        after = page.last().copied();
        if page.len() < 5 {
            break;
        }
    }
    assert_eq!(seen, all);

    let (day, now) = (Duration::from_secs(86_400), SystemTime::now());
    for name in &all {
        assert!(!files.delete_blob(*name, now - day).await.unwrap(), "uploaded a moment ago");
    }
    let waiting = files.list_outbox().await.unwrap();
    for name in &all {
        assert_eq!(files.delete_blob(*name, now + day).await.unwrap(), !waiting.contains(name));
    }
    assert_eq!(files.list_blobs(None, 100).await.unwrap(), waiting);
}

async fn derived_files_lie_beside_the_blobs(server: &Server) {
    let dir = TempDir::new().unwrap();
    let files = server.files(dir.path(), "derived").await;
    let name = Sha256([7; 32]);
    assert_eq!(files.get_derived(name, "layout.v1.0").await.unwrap(), None);
    for file in ["layout.v1.0", "layout.v1.1", "facts.v1"] {
        files.put_derived(name, file, Bytes::from(file.to_owned())).await.unwrap();
    }
    files.delete_derived(name, "layout.").await.unwrap();
    assert_eq!(files.get_derived(name, "layout.v1.1").await.unwrap(), None);
    assert_eq!(files.get_derived(name, "facts.v1").await.unwrap().unwrap(), "facts.v1");
    files.delete_derived(name, "").await.unwrap();
    assert_eq!(files.get_derived(name, "facts.v1").await.unwrap(), None);
}

async fn a_wrong_key_is_told_as_unavailable(server: &Server) {
    let dir = TempDir::new().unwrap();
    let files = open(dir.path(), S3Config { secret_key: "wrong".to_owned(), ..server.bucket.clone() }).await;
    assert!(matches!(files.check().await, Err(Error::Unavailable(_))));
    let name = upload(&files, "a", &sample(1_000, 1)).await;
    assert!(matches!(files.store_outbox(name).await, Err(Error::Unavailable(_))));
    assert_eq!(files.list_outbox().await.unwrap(), [name], "kept until the key is mended");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_is_safe_and_readable_while_the_bucket_does_not_answer() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", nobody.local_addr().unwrap());
    drop(nobody);
    let dir = TempDir::new().unwrap();
    let files = open(dir.path(), bucket(&format!("{endpoint},papers,key,secret"))).await;
    let bytes = sample(300_000, 1);
    let name = upload(&files, "a", &bytes).await;
    assert!(matches!(files.store_outbox(name).await, Err(Error::Unavailable(_))));
    assert!(matches!(files.check().await, Err(Error::Unavailable(_))));
    assert!(matches!(files.contains(Sha256([1; 32])).await, Err(Error::Unavailable(_))));
    assert!(files.read_range(name, 5..300_000).await.unwrap() == bytes[5..]);
    assert_eq!(files.open_local(name).await.unwrap().metadata().unwrap().len(), 300_000);
}

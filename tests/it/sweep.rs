//! The daily sweep removes what nobody can reach any more, and nothing else.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use scrollkeeper::domain::facts::EXTRACTION_VERSION;
use scrollkeeper::domain::ids::{Key, LibraryId};
use scrollkeeper::store::{WriteTx, answers, blobs, items};
use serde_json::json;
use sha2::Digest as _;

use crate::pdf_maker::simple;
use crate::support::{TestApp, paper_pdf};

/// Where the blob with these bytes is or would be.
fn blob(app: &TestApp, bytes: &[u8]) -> PathBuf {
    let hex = scrollkeeper::domain::ids::Sha256(sha2::Sha256::digest(bytes).into()).to_hex();
    app.data().join("blobs").join(&hex[..2]).join(&hex[2..4]).join(&hex)
}

fn last_touched(path: &PathBuf, days_ago: u64) {
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(days_ago * 86_400)).unwrap();
}

#[tokio::test]
async fn bytes_that_never_became_a_paper_go_once_their_upload_cannot_be_gone_on_with() {
    let (app, ada) = TestApp::start().with_jobs().ready().await;
    let paper = simple("kept");
    let kept = app.upload(&ada, ada.library, "kept.pdf", &paper).await;
    last_touched(&blob(&app, &paper), 30);
    // As a program leaves them that is killed between the last byte and the paper.
    let stray = |bytes: &[u8], days_ago: u64| {
        let path = blob(&app, bytes);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        last_touched(&path, days_ago);
        path
    };
    let (old, young) = (stray(b"nine days", 9), stray(b"seven days", 7));
    app.sweep(&ada).await;
    assert!(!old.exists(), "an upload lives for seven days, and one more");
    assert!(young.exists());
    let file = app.get(&ada, &format!("/api/v1/libraries/{}/items/{}/file", ada.library, kept.item)).await.is(200);
    assert!(file.body == paper);
}

#[tokio::test]
async fn everything_that_was_kept_long_enough_goes_however_much_it_is() {
    let (app, ada) = TestApp::start().with_jobs().ready().await;
    let path = format!("/api/v1/libraries/{}/collections", ada.library);
    for n in 0..600 {
        let call = app.call("post", &path).by(&ada).header("Idempotency-Key", n.to_string());
        call.json(&json!({"name": format!("Collection {n}")})).send().await.is(200);
    }
    app.clock.advance_minutes(25 * 60);
    app.sweep(&ada).await;
    let now = app.app.now();
    let left = app.store().write(move |tx| answers::prune(tx, now, usize::MAX)).await.unwrap();
    assert_eq!(left, 0, "kept answers of the day before");
}

#[tokio::test]
async fn what_older_rules_have_read_is_read_again_and_what_people_typed_stays() {
    let (app, ada) = TestApp::start().with_jobs().ready().await;
    let made = app.upload(&ada, ada.library, "keller.pdf", &paper_pdf("quixotic wombats")).await;
    let paper = app.until_read(&ada, ada.library, &made).await;
    let path = format!("/api/v1/libraries/{}/items/{}", ada.library, made.item);
    let typed = json!({"fields": {"title": "As somebody typed it"}});
    app.call("patch", &path).by(&ada).header("If-Match", "*").json(&typed).send().await.is(200);

    // As a program left it whose rules found another abstract.
    let (library, key) = (LibraryId(ada.library), Key::parse(&made.item).unwrap());
    let sha256 = scrollkeeper::domain::ids::Sha256(sha2::Sha256::digest(paper_pdf("quixotic wombats")).into());
    let now = app.app.now();
    let older = move |tx: &mut WriteTx<'_>| {
        let mut item = items::get(tx, library, key)?;
        item.fields.insert("abstractNote".to_owned(), "Half of it.".to_owned());
        tx.library(library, now)?.put_item(&mut item)?;
        let mut blob = blobs::get(tx, &sha256)?;
        blob.extraction_version -= 1;
        blobs::put_blob(tx, &blob)
    };
    app.store().write(older).await.unwrap();

    app.sweep(&ada).await;
    let again = app.until("the new reading", || async {
        let item = app.get(&ada, &path).await.json();
        (item["fields"]["abstractNote"] == paper["fields"]["abstractNote"]).then_some(item)
    });
    let again = again.await;
    assert_eq!(again["fields"]["title"], "As somebody typed it");
    let version = app.store().read(move |tx| blobs::get(tx, &sha256)).await.unwrap().extraction_version;
    assert_eq!(version, EXTRACTION_VERSION);
}

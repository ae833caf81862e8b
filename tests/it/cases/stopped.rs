//! Readings that are stopped, fail, or fall behind: no file waits for nobody, and what changed is found.

use serde_json::{Value, json};

use crate::pdf_maker::{Maker, simple};
use crate::support::{Person, TestApp, Uploaded};

/// Long enough to be stopped in the middle.
fn long_pdf() -> Vec<u8> {
    let mut maker = Maker::new();
    for nth in 1..=2_500 {
        maker = maker.page("", &[(72.0, 700.0, 12.0, &format!("This is leaf {nth} of a thick book"))]);
    }
    maker.finish()
}

async fn job_of(app: &TestApp, who: &Person, uploaded: &Uploaded) -> Value {
    let jobs = app.get(who, "/api/v1/jobs").await.json();
    let found = jobs["items"].as_array().unwrap().iter().find(|job| job["key"] == uploaded.attachment.as_str());
    found.cloned().unwrap()
}

async fn paper(app: &TestApp, who: &Person, uploaded: &Uploaded) -> Value {
    app.get(who, &format!("/api/v1/libraries/{}/items/{}", who.library, uploaded.item)).await.json()
}

async fn found(app: &TestApp, who: &Person, query: &str) -> Value {
    app.get(who, &format!("/api/v1/search?q={}", super::encoded(query))).await.json()["total"].clone()
}

#[tokio::test]
async fn a_stopped_reading_says_so_and_can_be_gone_on_with() {
    let (app, ada) = TestApp::start().with_jobs().ready().await;
    let book = app.upload(&ada, ada.library, "thick book.pdf", &long_pdf()).await;
    app.until("some pages", || async {
        let job = job_of(&app, &ada, &book).await;
        (job["state"] == "running" && job["page"].as_u64() > Some(0)).then_some(())
    })
    .await;
    // It waits behind the book: there is one worker.
    let short = app.upload(&ada, ada.library, "short note.pdf", &simple("a marmalade note")).await;
    assert_eq!(job_of(&app, &ada, &short).await["state"], "queued");
    for uploaded in [&short, &book] {
        let id = job_of(&app, &ada, uploaded).await["id"].clone();
        let job = app.post(&ada, &format!("/api/v1/jobs/{id}/cancel"), Value::Null).await.json();
        assert_eq!(job["state"], "cancelled");
        let file = &paper(&app, &ada, uploaded).await["file"];
        assert_eq!((&file["state"], &file["error"]["code"]), (&json!("failed"), &json!("stopped")), "{file}");
        app.post(&ada, &format!("/api/v1/jobs/{id}/cancel"), Value::Null).await.problem(409, "ended");
    }
    app.index_all().await;
    assert_eq!(found(&app, &ada, "thick book").await, 1, "a paper that was not read is found by its name");

    let id = job_of(&app, &ada, &short).await["id"].clone();
    let job = app.post(&ada, &format!("/api/v1/jobs/{id}/retry"), Value::Null).await.json();
    assert_eq!((&job["state"], &job["attempt"]), (&json!("queued"), &json!(1)));
    let read = app.until_read(&ada, ada.library, &short).await;
    assert_eq!(read["file"]["state"], "read", "{read}");
    app.index_all().await;
    assert_eq!(found(&app, &ada, "marmalade").await, 1);
    assert_eq!(job_of(&app, &ada, &book).await["state"], "cancelled", "and stays so");
}

#[tokio::test]
async fn a_change_is_found_although_another_library_is_indexed_for_the_first_time() {
    let (app, ada) = TestApp::start().ready().await;
    let old = app.upload(&ada, ada.library, "old.pdf", &simple("old")).await;
    app.index_all().await;
    // Both changes come before the index looks again.
    let path = format!("/api/v1/libraries/{}/items/{}", ada.library, old.item);
    let id = job_of(&app, &ada, &old).await["id"].clone();
    app.post(&ada, &format!("/api/v1/jobs/{id}/cancel"), Value::Null).await.is(200);
    app.patch(&ada, &path, json!({"fields": {"title": "Zephyr in the reeds"}})).await.is(200);
    let group = app.new_group(&ada, "Young").await;
    app.upload(&ada, group, "young.pdf", &simple("young")).await;
    app.index_all().await;
    assert_eq!(found(&app, &ada, "zephyr").await, 1);
}

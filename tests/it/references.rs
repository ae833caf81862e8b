//! Cited works: as printed, and linked to the papers that somebody has.

use serde_json::{Value, json};

use crate::support::{Person, TestApp, paper_pdf};

async fn add(app: &TestApp, who: &Person, library: u64, title: &str, year: &str, family: &str) -> Value {
    let creators = json!([{"given": "A.", "family": family}]);
    let body = json!({"item_type": "journalArticle", "fields": {"title": title, "date": year}, "creators": creators});
    app.post(who, &format!("/api/v1/libraries/{library}/items"), body).await.json()["key"].clone()
}

/// The papers to which the cited works are linked.
async fn linked(app: &TestApp, who: &Person, path: &str) -> Vec<Value> {
    let list = app.get(who, &format!("{path}/references")).await.json();
    list["items"].as_array().unwrap().iter().map(|reference| reference["paper"].clone()).collect()
}

#[tokio::test]
async fn cited_works_are_linked_to_papers_that_the_asker_may_read() {
    let (app, ada) = TestApp::start().with_jobs().ready().await;
    let bob = app.new_person("bob").await;
    let group = app.new_group(&ada, "Sediments").await;
    app.give_role(&ada, group, &bob, "reader").await;
    let made = app.upload(&ada, group, "x.pdf", &paper_pdf("cited works")).await;
    app.until_read(&ada, group, &made).await;
    let path = format!("/api/v1/libraries/{group}/items/{}", made.item);
    assert_eq!(linked(&app, &ada, &path).await, [Value::Null, Value::Null]);

    let counting = add(&app, &ada, ada.library, "Counting Layers by Hand", "2012-03", "Moreno").await;
    let scanning = add(&app, &ada, group, "Scanning layers", "2014", "Okafor").await;
    let [first, second] = [(ada.library, &counting), (group, &scanning)]
        .map(|(library, key)| json!({"library": library, "key": key, "has_pdf": false}));
    assert_eq!(linked(&app, &ada, &path).await, [first.clone(), second.clone()]);
    assert_eq!(linked(&app, &bob, &path).await, [Value::Null, second.clone()], "Ada's own library is not Bob's");

    app.delete(&ada, &format!("/api/v1/libraries/{group}/items/{}", scanning.as_str().unwrap())).await.is(204);
    add(&app, &ada, group, "Scanning layers", "2017", "Okafor").await;
    add(&app, &ada, group, "Scanning layers", "2014", "Lind").await;
    assert_eq!(linked(&app, &ada, &path).await, [first, Value::Null], "trash, another year, another first author");
}

#[tokio::test]
async fn a_paper_that_can_be_read_is_preferred_and_a_paper_is_not_its_own_reference() {
    let (app, ada) = TestApp::start().with_jobs().ready().await;
    let made = app.upload(&ada, ada.library, "x.pdf", &paper_pdf("preferred")).await;
    app.until_read(&ada, ada.library, &made).await;
    let path = format!("/api/v1/libraries/{}/items/{}", ada.library, made.item);
    let own = json!({"fields": {"title": "Counting layers by hand", "date": "2011"}, "creators": [{"given": "A.", "family": "Moreno"}]});
    app.patch(&ada, &path, own.clone()).await.is(200);
    assert_eq!(linked(&app, &ada, &path).await[0], Value::Null, "it would be itself");
    let cited = app.upload(&ada, ada.library, "y.pdf", &paper_pdf("the cited one")).await;
    app.until_read(&ada, ada.library, &cited).await;
    app.patch(&ada, &format!("/api/v1/libraries/{}/items/{}", ada.library, cited.item), own).await.is(200);
    add(&app, &ada, ada.library, "Counting layers by hand", "2011", "Moreno").await;
    let expected = json!({"library": ada.library, "key": cited.item, "has_pdf": true});
    assert_eq!(linked(&app, &ada, &path).await[0], expected);
}

#[tokio::test]
async fn an_entry_tells_where_it_stands_and_where_it_is_cited() {
    let (app, ada) = TestApp::start().with_jobs().ready().await;
    let made = app.upload(&ada, ada.library, "x.pdf", &paper_pdf("places")).await;
    app.until_read(&ada, ada.library, &made).await;
    let path = format!("/api/v1/libraries/{}/items/{}", ada.library, made.item);
    let list = app.get(&ada, &format!("{path}/references")).await.json();
    let text = app.get(&ada, &format!("{path}/text?page=1")).await.text();
    let letters: Vec<char> = text.chars().collect();
    for (reference, (label, baseline)) in list["items"].as_array().unwrap().iter().zip([("1", 640.0), ("2", 624.0)]) {
        assert_eq!(reference["label"], label);
        let cited = &reference["cited_in"][0];
        let at = |name: &str| usize::try_from(cited[name].as_u64().unwrap()).unwrap();
        assert_eq!(letters[at("start")..at("end")].iter().collect::<String>(), format!("[{label}]"));
        assert_eq!((&cited["page"], &reference["places"][0]["page"]), (&json!(1), &json!(2)));
        let rect: Vec<f64> =
            reference["places"][0]["rects"][0].as_array().unwrap().iter().filter_map(Value::as_f64).collect();
        assert!(rect[0] < 75.0 && rect[1] <= baseline && rect[3] > baseline, "{rect:?}");
    }
}

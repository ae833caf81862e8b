//! Versions and supplements: recognised, offered, linked, refused, taken back.

use serde_json::{Value, json};

use crate::support::{Person, TestApp, paper_pdf};

const TITLE: &str = "Tidal Memory in Coastal Sediments";

struct World {
    app: TestApp,
    ada: Person,
    items: String,
}

impl World {
    async fn new() -> Self {
        let (app, ada) = TestApp::start().ready().await;
        let items = format!("/api/v1/libraries/{}/items", ada.library);
        Self { app, ada, items }
    }

    async fn add(&self, item_type: &str, title: &str, more: &[(&str, &str)]) -> String {
        let mut fields = json!({"title": title, "date": "2021"});
        more.iter().for_each(|(name, value)| fields[*name] = json!(value));
        let creators = json!([{"given": "Maria", "family": "Keller"}]);
        let body = json!({"item_type": item_type, "fields": fields, "creators": creators});
        self.app.post(&self.ada, &self.items, body).await.json()["key"].as_str().unwrap().to_owned()
    }

    /// Key, relation and whether it is linked.
    async fn relatives(&self, key: &str) -> Vec<(String, String, bool)> {
        let list = self.app.get(&self.ada, &format!("{}/{key}/relatives", self.items)).await.json();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let row = |row: &Value| (text(&row["key"]), text(&row["relation"]), row["linked"].as_bool().unwrap());
        list["items"].as_array().unwrap().iter().map(row).collect()
    }

    fn path(&self, key: &str, other: &str) -> String {
        format!("{}/{key}/relatives/{other}", self.items)
    }

    async fn say(&self, key: &str, other: &str, relation: &str) {
        let call = self.app.call("put", &self.path(key, other)).by(&self.ada);
        call.json(&json!({"relation": relation})).send().await.is(204);
    }
}

fn row(key: &str, relation: &str, linked: bool) -> (String, String, bool) {
    (key.to_owned(), relation.to_owned(), linked)
}

#[tokio::test]
async fn a_preprint_and_what_was_published_are_offered_linked_and_unlinked() {
    let world = World::new().await;
    let preprint = world.add("preprint", TITLE, &[("archiveID", "arXiv:2101.00001v2")]).await;
    let published =
        world.add("journalArticle", "Tidal memory in coastal sediments.", &[("DOI", "10.5555/tides")]).await;
    world.add("journalArticle", "Something Else Altogether, at Length", &[]).await;
    assert_eq!(world.relatives(&preprint).await, [row(&published, "versions", false)]);
    assert_eq!(world.relatives(&published).await, [row(&preprint, "versions", false)]);
    world.say(&published, &preprint, "versions").await;
    assert_eq!(world.relatives(&preprint).await, [row(&published, "versions", true)]);
    let title =
        world.app.get(&world.ada, &format!("{}/{preprint}", world.items)).await.json()["fields"]["title"].clone();
    assert_eq!(title, TITLE, "neither is overwritten");
    world.app.call("delete", &world.path(&preprint, &published)).by(&world.ada).send().await.is(204);
    assert_eq!(world.relatives(&published).await, [row(&preprint, "versions", false)]);
}

#[tokio::test]
async fn a_refusal_is_remembered_by_both_and_can_be_taken_back() {
    let world = World::new().await;
    let preprint = world.add("preprint", TITLE, &[]).await;
    let published = world.add("journalArticle", TITLE, &[]).await;
    world.say(&preprint, &published, "unrelated").await;
    assert_eq!((world.relatives(&preprint).await, world.relatives(&published).await), (vec![], vec![]));
    let patch = json!({"fields": {"date": "2022"}});
    world.app.patch(&world.ada, &format!("{}/{published}", world.items), patch).await.is(200);
    assert_eq!(world.relatives(&published).await, [], "an edit does not ask again");
    world.app.call("delete", &world.path(&published, &preprint)).by(&world.ada).send().await.is(204);
    assert_eq!(world.relatives(&preprint).await, [row(&published, "versions", false)]);
}

#[tokio::test]
async fn a_supplement_becomes_a_file_of_its_paper_and_can_be_taken_out_again() {
    let world = World::new().await;
    let (app, ada) = (&world.app, &world.ada);
    let attached = app.upload(ada, ada.library, "supplement.pdf", &paper_pdf("the supplement")).await;
    app.clock.advance_ms(1_000);
    let main = app.upload(ada, ada.library, "main.pdf", &paper_pdf("the paper")).await;
    for (key, title) in
        [(&attached.item, format!("Supporting Information for: {TITLE}")), (&main.item, TITLE.to_owned())]
    {
        let body = json!({"fields": {"title": title}, "creators": [{"given": "Maria", "family": "Keller"}]});
        app.patch(ada, &format!("{}/{key}", world.items), body).await.is(200);
    }
    assert_eq!(world.relatives(&main.item).await, [row(&attached.item, "supplemented_by", false)]);
    assert_eq!(world.relatives(&attached.item).await, [row(&main.item, "supplement_of", false)]);
    world.say(&attached.item, &main.item, "supplement_of").await;
    let files = async |key: &str| -> Vec<String> {
        let list = app.get(ada, &format!("{}/{key}/children", world.items)).await.json();
        list["items"].as_array().unwrap().iter().map(|file| file["key"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(files(&main.item).await, [main.attachment.clone(), attached.attachment.clone()]);
    let paper = app.get(ada, &format!("{}/{}", world.items, main.item)).await.json();
    assert_eq!(paper["file"]["key"], main.attachment, "the older file does not open first");
    assert_eq!(app.get(ada, &format!("{}?sort=title", world.items)).await.json()["total"], 1);
    assert_eq!(world.relatives(&attached.item).await, [row(&main.item, "supplement_of", true)]);
    app.call("delete", &world.path(&attached.item, &main.item)).by(ada).send().await.is(204);
    assert_eq!(
        (files(&main.item).await, files(&attached.item).await),
        (vec![main.attachment], vec![attached.attachment])
    );
    assert_eq!(app.get(ada, &world.items).await.json()["total"], 2);
}

#[tokio::test]
async fn only_two_papers_outside_the_trash_are_related() {
    let world = World::new().await;
    let [one, two] = [world.add("book", "One", &[]).await, world.add("book", "Two", &[]).await];
    let put = |key: &str, other: &str, relation: &str| {
        let call = world.app.call("put", &world.path(key, other)).by(&world.ada);
        call.json(&json!({"relation": relation})).send()
    };
    put(&one, &one, "versions").await.problem(409, "not_two_papers");
    put(&one, "22222222", "versions").await.problem(404, "not_found");
    put(&one, &two, "friends").await.problem(422, "invalid");
    world.app.delete(&world.ada, &format!("{}/{two}", world.items)).await.is(204);
    put(&one, &two, "versions").await.problem(409, "in_trash");
}

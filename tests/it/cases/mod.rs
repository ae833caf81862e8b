//! Faults that users of such programs met, each kind with PDFs of our own, and what must happen as a caller sees it.

mod bold;
mod boxes;
mod chinese;
mod divided;
mod fonts;
mod intake;
mod labels;
mod letters;
mod page_ends;
mod queries;
mod stopped;

use serde_json::Value;

use crate::support::{Person, TestApp, Uploaded};

/// Somebody's library with PDFs that were read and can be found.
pub struct Shelf {
    /// The program.
    pub app: TestApp,
    /// Whose library it is.
    pub ada: Person,
}

impl Shelf {
    /// With these PDFs; answers their papers in the same order.
    pub async fn with(files: &[(&str, Vec<u8>)]) -> (Self, Vec<Value>) {
        let (app, ada) = TestApp::start().with_jobs().ready().await;
        let shelf = Self { app, ada };
        let mut sent: Vec<Uploaded> = Vec::new();
        for (name, bytes) in files {
            sent.push(shelf.app.upload(&shelf.ada, shelf.ada.library, &format!("{name}.pdf"), bytes).await);
        }
        let mut papers = Vec::new();
        for uploaded in &sent {
            papers.push(shelf.app.until_read(&shelf.ada, shelf.ada.library, uploaded).await);
        }
        shelf.app.index_all().await;
        (shelf, papers)
    }

    /// An address below a paper.
    pub fn path(&self, paper: &Value, below: &str) -> String {
        format!("/api/v1/libraries/{}/items/{}/{below}", self.ada.library, paper["key"].as_str().unwrap())
    }

    /// The text of a paper's first page.
    pub async fn text(&self, paper: &Value) -> String {
        self.app.get(&self.ada, &self.path(paper, "text?page=1")).await.is(200).text()
    }

    /// The layout of a paper's pages.
    pub async fn layout(&self, paper: &Value, pages: &str) -> Vec<Value> {
        let layout = self.app.get(&self.ada, &self.path(paper, &format!("layout?pages={pages}"))).await.json();
        layout["pages"].as_array().unwrap().clone()
    }

    /// What a query finds.
    pub async fn search(&self, query: &str) -> Value {
        self.app.get(&self.ada, &format!("/api/v1/search?q={}", encoded(query))).await.json()
    }

    /// The only paper that a query finds.
    pub async fn find(&self, query: &str) -> Value {
        let found = self.search(query).await;
        assert_eq!(found["total"], 1, "{query:?}: {found}");
        found["hits"][0].clone()
    }

    /// The keys of what a query finds, best first.
    pub async fn keys(&self, query: &str) -> Vec<String> {
        let found = self.search(query).await;
        found["hits"].as_array().unwrap().iter().map(|hit| hit["key"].as_str().unwrap().to_owned()).collect()
    }
}

/// As it stands in an address.
pub fn encoded(query: &str) -> String {
    query.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// What is marked in a passage or its continuation.
pub fn marked(passage: &Value) -> Vec<String> {
    let letters: Vec<char> = passage["text"].as_str().unwrap().chars().collect();
    let marks = passage["marks"].as_array().unwrap().iter();
    marks.map(|mark| letters[index(&mark[0])..index(&mark[1])].iter().collect()).collect()
}

/// The boxes that lie under the first mark of a passage, on its page.
pub fn boxes_of_mark(passage: &Value, page: &Value) -> Vec<[f64; 4]> {
    assert_eq!(passage["page"], page["page"]);
    let offset = index(&passage["offset"]);
    let (start, end) = (offset + index(&passage["marks"][0][0]), offset + index(&passage["marks"][0][1]));
    let letters: Vec<char> = page["text"].as_str().unwrap().chars().collect();
    let there: String = letters[start..end].iter().map(|c| if c.is_whitespace() { ' ' } else { *c }).collect();
    assert_eq!(there, marked(passage)[0], "the offset leads to the words");
    let words = page["words"].as_array().unwrap().iter();
    let under = words.filter(|word| index(&word[0]) < end && start < index(&word[1]));
    under.map(|word| [2, 3, 4, 5].map(|at| word[at].as_f64().unwrap())).collect()
}

/// A number of the API as an index.
pub fn index(number: &Value) -> usize {
    usize::try_from(number.as_u64().unwrap_or_else(|| panic!("{number} is no number"))).unwrap()
}

//! Uploads as tus clients make them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use scrollkeeper::domain::ids::UserId;
use scrollkeeper::store::{WriteTx, users};
use serde_json::Value;

use super::{Answer, Call, Person, TestApp};

/// What became of an upload.
#[derive(Debug, Clone)]
pub struct Uploaded {
    /// The paper.
    pub item: String,
    /// Its file.
    pub attachment: String,
    /// The paper that had the bytes already.
    pub duplicate_of: Option<String>,
}

/// The header `Upload-Metadata`.
pub fn metadata(pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key} {}", STANDARD.encode(value))).collect();
    pairs.join(",")
}

impl Answer {
    /// What a completing answer says became of the upload.
    #[track_caller]
    pub fn uploaded(&self) -> Uploaded {
        let key = |name: &str| self.header(name).map(str::to_owned);
        Uploaded {
            item: key("Scrollkeeper-Item").unwrap_or_else(|| panic!("not completed: {}", self.text())),
            attachment: key("Scrollkeeper-Attachment").expect("the file's key comes with the paper's"),
            duplicate_of: key("Scrollkeeper-Duplicate-Of"),
        }
    }
}

impl TestApp {
    /// A request in the protocol's version.
    pub fn tus(&self, method: &str, path: &str) -> Call<'_> {
        self.call(method, path).header("Tus-Resumable", "1.0.0")
    }

    /// Announces an upload; answers its path.
    pub async fn announce(&self, who: &Person, length: usize, name: &str) -> String {
        let call = self.tus("post", "/api/v1/uploads").by(who).header("Upload-Length", length.to_string());
        let answer = call.header("Upload-Metadata", metadata(&[("filename", name)])).send().await.is(201);
        answer.header("Location").unwrap().to_owned()
    }

    /// Gives somebody a limit of their own for the size of a file.
    pub async fn limit_uploads(&self, who: &Person, bytes: u64) {
        let id = UserId(who.id);
        let limit = move |tx: &mut WriteTx<'_>| {
            let mut user = users::get(tx, id)?;
            user.upload_limit_bytes = Some(bytes);
            users::update(tx, &user)
        };
        self.store.write(limit).await.unwrap();
    }

    /// Appends bytes.
    pub fn append<'a>(&'a self, who: &Person, path: &str, offset: usize, bytes: &[u8]) -> Call<'a> {
        let call = self.tus("patch", path).by(who).header("Upload-Offset", offset.to_string());
        call.body("application/offset+octet-stream", bytes.to_vec())
    }

    /// Uploads a file in one request with further metadata.
    pub async fn try_upload(&self, who: &Person, more: &[(&str, &str)], name: &str, bytes: &[u8]) -> Answer {
        let mut pairs = vec![("filename", name)];
        pairs.extend(more);
        let call = self.tus("post", "/api/v1/uploads").by(who).header("Upload-Length", bytes.len().to_string());
        let call = call.header("Upload-Metadata", metadata(&pairs));
        call.body("application/offset+octet-stream", bytes.to_vec()).send().await
    }

    /// Uploads a file into a library.
    pub async fn upload(&self, who: &Person, library: u64, name: &str, bytes: &[u8]) -> Uploaded {
        self.try_upload(who, &[("library", &library.to_string())], name, bytes).await.is(201).uploaded()
    }

    /// Waits until a PDF has been read, or could not be; answers its paper.
    pub async fn until_read(&self, who: &Person, library: u64, uploaded: &Uploaded) -> Value {
        let path = format!("/api/v1/libraries/{library}/items/{}", uploaded.item);
        self.until("the reading", || async {
            let paper = self.get(who, &path).await.json();
            let state = paper["file"]["state"].as_str().unwrap().to_owned();
            (!matches!(state.as_str(), "waiting" | "reading")).then_some(paper)
        })
        .await
    }
}

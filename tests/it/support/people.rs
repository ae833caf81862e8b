//! People: accounts, tokens, libraries, roles.

use scrollkeeper::app::accounts::NewAccount;
use scrollkeeper::domain::actor::{Actor, Scope};
use scrollkeeper::domain::library::ServerRole;
use serde_json::json;

use super::TestApp;

/// The password of everybody.
pub const PASSWORD: &str = "four words of text";

/// Somebody with an account and a token that may do whatever they may.
#[derive(Clone)]
pub struct Person {
    /// Username.
    pub name: String,
    /// Number.
    pub id: u64,
    /// Their token.
    pub token: String,
    /// Their own library.
    pub library: u64,
}

impl TestApp {
    /// An administrator of the server.
    pub async fn new_admin(&self, name: &str) -> Person {
        self.new_account(name, ServerRole::Admin).await
    }

    /// A member of the server.
    pub async fn new_person(&self, name: &str) -> Person {
        self.new_account(name, ServerRole::Member).await
    }

    async fn new_account(&self, name: &str, role: ServerRole) -> Person {
        let account = NewAccount {
            username: name.to_owned(),
            email: format!("{name}@example.org"),
            display_name: String::new(),
            password: PASSWORD.to_owned(),
        };
        let user = self.app.create_user(&Actor::System, account, role, None).await.unwrap();
        let (_, token) = self.app.create_token_for(&Actor::System, name, "tests", &Scope::ALL).await.unwrap();
        let mut person = Person { name: name.to_owned(), id: user.id.0, token, library: 0 };
        let libraries = self.get(&person, "/api/v1/libraries").await.json();
        person.library = libraries["items"][0]["id"].as_u64().unwrap();
        person
    }

    /// A group of which `owner` is the owner.
    pub async fn new_group(&self, owner: &Person, name: &str) -> u64 {
        let made = self.post(owner, "/api/v1/libraries", json!({"name": name, "kind": "group"})).await;
        made.json()["id"].as_u64().unwrap()
    }

    /// Gives somebody a role.
    pub async fn give_role(&self, owner: &Person, library: u64, member: &Person, role: &str) {
        let path = format!("/api/v1/libraries/{library}/members/{}", member.name);
        self.call("put", &path).by(owner).json(&json!({"role": role})).send().await.is(204);
    }

    /// Signs in; answers with the cookie as a browser sends it back.
    pub async fn sign_in(&self, login: &str, password: &str) -> String {
        let answer = self.call("post", "/api/v1/session").json(&json!({"login": login, "password": password}));
        let answer = answer.send().await.is(200);
        answer.header("Set-Cookie").unwrap().split(';').next().unwrap().to_owned()
    }
}

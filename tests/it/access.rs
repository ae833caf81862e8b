//! Every route for everybody: allowed or refused exactly as the list of routes says.

use scrollkeeper::domain::library::Role;
use scrollkeeper::http::routes::{Access, ROUTES, RouteInfo};
use serde_json::{Value, json};

use crate::pdf_maker::simple;
use crate::support::{Call, PASSWORD, Person, TestApp, Uploaded, metadata, paper_pdf};

/// Somebody who asks: their role in the library, and whether they look after the server.
struct Asker {
    name: &'static str,
    person: Option<Person>,
    role: Option<Role>,
    is_server_admin: bool,
}

impl Asker {
    fn may(&self, access: Access) -> bool {
        match access {
            Access::Public => true,
            Access::SignedIn => self.person.is_some(),
            Access::Role(needed) => self.role.is_some_and(|role| role >= needed),
            Access::ServerAdmin => self.is_server_admin,
        }
    }
}

/// What the requests are about.
struct World {
    app: TestApp,
    owner: Person,
    server_admin: Person,
    target: Person,
    library: u64,
    paper: Uploaded,
    askers: Vec<Asker>,
}

async fn world() -> World {
    let (app, server_admin) = TestApp::start().with_jobs().ready().await;
    let owner = app.new_person("owner").await;
    let library = app.new_group(&owner, "Group").await;
    let mut askers = vec![Asker { name: "nobody", person: None, role: None, is_server_admin: false }];
    let outsider = app.new_person("outsider").await;
    askers.push(Asker { name: "outsider", person: Some(outsider), role: None, is_server_admin: false });
    for (name, role) in
        [("reader", Role::Reader), ("commenter", Role::Commenter), ("editor", Role::Editor), ("admin", Role::Admin)]
    {
        let person = app.new_person(name).await;
        app.give_role(&owner, library, &person, name).await;
        askers.push(Asker { name, person: Some(person), role: Some(role), is_server_admin: false });
    }
    let person = Some(owner.clone());
    askers.push(Asker { name: "owner", person, role: Some(Role::Owner), is_server_admin: false });
    let person = Some(server_admin.clone());
    askers.push(Asker { name: "server admin", person, role: None, is_server_admin: true });
    let paper = app.upload(&owner, library, "paper.pdf", &paper_pdf("for everybody")).await;
    app.until_read(&owner, library, &paper).await;
    let target = app.new_person("target").await;
    World { app, owner, server_admin, target, library, paper, askers }
}

impl World {
    /// Whose own things a request is about; with nobody asking, somebody else's.
    fn of<'a>(&'a self, asker: &'a Asker) -> &'a Person {
        asker.person.as_ref().unwrap_or(&self.owner)
    }

    async fn new_item(&self, library: u64) -> String {
        let path = format!("/api/v1/libraries/{library}/items");
        let made = self.app.post(&self.owner, &path, json!({"fields": {"title": "x"}})).await.json();
        made["key"].as_str().unwrap().to_owned()
    }

    async fn new_collection(&self) -> String {
        let path = format!("/api/v1/libraries/{}/collections", self.library);
        let made = self.app.post(&self.owner, &path, json!({"name": "x"})).await.json();
        made["key"].as_str().unwrap().to_owned()
    }

    /// A group of its own, for a request that ends it.
    async fn new_library(&self) -> u64 {
        let library = self.app.new_group(&self.owner, "To be deleted").await;
        for asker in &self.askers {
            if let (Some(person), Some(role)) = (&asker.person, asker.role)
                && role < Role::Owner
            {
                self.app.give_role(&self.owner, library, person, role.as_str()).await;
            }
        }
        library
    }

    /// The path of a route with things in it that are there, made anew for each request.
    async fn path(&self, route: &RouteInfo, asker: &Asker) -> String {
        let whose = self.of(asker);
        let library = if route.operation_id == "delete_library" { self.new_library().await } else { self.library };
        let key = match route.operation_id {
            id if id.ends_with("_collection") => self.new_collection().await,
            "get_item" | "change_item" | "trash_item" | "get_position" | "put_position" | "mark_read" => {
                self.new_item(self.library).await
            }
            _ => self.paper.item.clone(),
        };
        let id = match route.operation_id {
            "end_session" => {
                let cookie = self.app.sign_in(&whose.name, PASSWORD).await;
                let list = self.app.call("get", "/api/v1/sessions").cookie(&cookie).send().await.json();
                list["items"][0]["id"].as_str().unwrap().to_owned()
            }
            "revoke_token" => {
                let made = self.app.post(whose, "/api/v1/tokens", json!({"name": "x", "scopes": ["read"]})).await;
                made.json()["id"].as_str().unwrap().to_owned()
            }
            "change_user" => self.target.id.to_string(),
            "lift_ban" => {
                for _ in 0..if asker.is_server_admin { 8 } else { 0 } {
                    let body = json!({"login": "banned", "password": "wrong password"});
                    self.app.call("post", "/api/v1/session").json(&body).send().await;
                }
                "account:banned".to_owned()
            }
            "cancel_job" | "retry_job" => {
                self.app.upload(whose, whose.library, "job.pdf", &simple(&self.app.app.new_request_id())).await;
                let jobs = self.app.get(whose, "/api/v1/jobs?limit=1").await.json();
                jobs["items"][0]["id"].to_string()
            }
            "write_upload" | "get_upload" | "terminate_upload" => {
                let path = self.app.announce(whose, 100, "x.pdf").await;
                path.rsplit('/').next().unwrap().to_owned()
            }
            _ => String::new(),
        };
        let other = if route.path.contains("{other}") { self.new_item(self.library).await } else { String::new() };
        let username = &self.target.name;
        if route.operation_id == "remove_member" {
            self.app.give_role(&self.owner, self.library, &self.target, "reader").await;
        }
        route
            .path
            .replace("{library}", &library.to_string())
            .replace("{key}", &key)
            .replace("{id}", &id)
            .replace("{page}", "1")
            .replace("{other}", &other)
            .replace("{username}", username)
    }

    fn body(&self, route: &RouteInfo, asker: &Asker) -> Option<Value> {
        let whose = self.of(asker);
        Some(match route.operation_id {
            "complete_setup" => {
                json!({"token": "x", "username": "x", "email": "x@example.org", "password": PASSWORD})
            }
            "sign_in" => json!({"login": whose.name, "password": PASSWORD}),
            "change_profile" => json!({"display_name": whose.name}),
            // Too short: refused as a password, not as a request.
            "change_password" => json!({"old": PASSWORD, "new": "short"}),
            "create_token" => json!({"name": "x"}),
            "create_user" => {
                json!({"username": format!("user{}", self.app.app.new_request_id()), "email": "no address", "password": PASSWORD})
            }
            "change_user" => json!({"disabled": false}),
            "create_library" => json!({"name": "x", "kind": "group"}),
            "rename_library" => json!({"name": "Group"}),
            "put_member" => json!({"role": "reader"}),
            "create_collection" | "change_collection" => json!({"name": "x"}),
            "create_item" | "change_item" => json!({"fields": {"title": "x"}}),
            "change_items" => json!({"keys": [], "add_tags": ["x"]}),
            "give_password" => json!({"password": "x"}),
            "put_position" => json!({"page": 1}),
            "mark_read" => json!({"state": "read"}),
            "put_relative" => json!({"relation": "unrelated"}),
            _ => return None,
        })
    }

    fn add_headers<'a>(&self, route: &RouteInfo, call: Call<'a>) -> Call<'a> {
        match route.operation_id {
            "create_upload" => call
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", "100")
                .header("Upload-Metadata", metadata(&[("filename", "x.pdf")])),
            "write_upload" => call
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Offset", "0")
                .body("application/offset+octet-stream", &b"%PDF-"[..]),
            "get_upload" | "terminate_upload" => call.header("Tus-Resumable", "1.0.0"),
            "change_item" | "trash_item" | "change_collection" | "delete_collection" => call.header("If-Match", "*"),
            _ => call,
        }
    }

    /// Sends the request; answers status and, of a problem, its code.
    async fn ask(&self, route: &RouteInfo, asker: &Asker) -> (u16, String) {
        let path = self.path(route, asker).await;
        let mut call = self.app.call(route.method, &path);
        if let Some(person) = &asker.person {
            call = call.by(person);
        }
        if let Some(body) = self.body(route, asker) {
            call = call.json(&body);
        }
        let (_, response) = self.add_headers(route, call).open().await;
        let status = response.status().as_u16();
        // The body of a good answer may never end.
        if status < 400 {
            return (status, String::new());
        }
        let body = response.into_body().into_bytes().await.unwrap();
        let problem: Value = serde_json::from_slice(&body).unwrap_or_default();
        (status, problem["code"].as_str().unwrap_or("").to_owned())
    }
}

#[tokio::test]
async fn every_route_is_open_to_those_it_says_and_to_nobody_else() {
    let world = world().await;
    assert!(world.server_admin.name == "ada" && world.askers.len() == 8);
    let mut wrong = Vec::new();
    for route in ROUTES {
        for asker in &world.askers {
            let (status, code) = world.ask(route, asker).await;
            let refused = matches!(status, 401 | 403 | 404);
            let expected = asker.may(route.access);
            let unauthenticated = asker.person.is_none() && refused && status != 401;
            if status >= 500 || refused == expected || unauthenticated || code == "no_route" || status == 405 {
                wrong.push(format!(
                    "{} {}: {} is answered {status} {code}, and may {}use it",
                    route.method,
                    route.path,
                    asker.name,
                    if expected { "" } else { "not " }
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong answers:\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test]
async fn a_narrow_token_reads_everything_and_changes_nothing() {
    let world = world().await;
    let path = "/api/v1/tokens";
    let made = world.app.post(&world.owner, path, json!({"name": "reads", "scopes": ["read"]})).await.json();
    let token = made["secret"].as_str().unwrap();
    let asker =
        Asker { name: "owner", person: Some(world.owner.clone()), role: Some(Role::Owner), is_server_admin: false };
    let mut wrong = Vec::new();
    for route in ROUTES.iter().filter(|route| matches!(route.access, Access::Role(_))) {
        let path = world.path(route, &asker).await;
        let mut call = world.app.call(route.method, &path).token(token);
        if let Some(body) = world.body(route, &asker) {
            call = call.json(&body);
        }
        let status = world.add_headers(route, call).open().await.1.status().as_u16();
        let only_reads = route.access == Access::Role(Role::Reader);
        if (status < 400) != only_reads {
            wrong.push(format!("{} {}: {status}", route.method, route.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn roles_are_given_only_by_those_who_have_them() {
    let (app, _) = TestApp::start().ready().await;
    let [owner, admin, editor, other] = [
        app.new_person("owner").await,
        app.new_person("admin").await,
        app.new_person("editor").await,
        app.new_person("other").await,
    ];
    let library = app.new_group(&owner, "Group").await;
    app.give_role(&owner, library, &admin, "admin").await;
    app.give_role(&owner, library, &editor, "editor").await;
    let put = |by: &Person, who: &Person, role: &str| {
        let path = format!("/api/v1/libraries/{library}/members/{}", who.name);
        app.call("put", &path).by(by).json(&json!({"role": role})).send()
    };
    let remove = |by: &Person, who: &str| {
        let path = format!("/api/v1/libraries/{library}/members/{who}");
        app.call("delete", &path).by(by).send()
    };
    put(&admin, &other, "owner").await.problem(403, "forbidden");
    put(&admin, &owner, "reader").await.problem(403, "forbidden");
    remove(&admin, "owner").await.problem(403, "forbidden");
    put(&admin, &other, "admin").await.is(204);
    put(&admin, &other, "king").await.problem(422, "invalid");
    put(&editor, &editor, "owner").await.problem(403, "forbidden");
    remove(&editor, "other").await.problem(403, "forbidden");
    remove(&editor, "editor").await.is(204);
    app.get(&editor, &format!("/api/v1/libraries/{library}")).await.problem(404, "not_found");
    remove(&owner, "owner").await.problem(409, "last_owner");
    put(&owner, &owner, "admin").await.problem(409, "last_owner");
    put(&owner, &other, "owner").await.is(204);
    put(&owner, &owner, "reader").await.is(204);
    let members = app.get(&other, &format!("/api/v1/libraries/{library}/members")).await.json();
    let listed: Vec<(&str, &str)> = members["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|member| (member["username"].as_str().unwrap(), member["role"].as_str().unwrap()))
        .collect();
    assert_eq!(listed, [("other", "owner"), ("admin", "admin"), ("owner", "reader")]);
    let own = format!("/api/v1/libraries/{}/members/other", owner.library);
    app.call("put", &own).by(&owner).json(&json!({"role": "reader"})).send().await.problem(409, "own_library");
    app.delete(&owner, &format!("/api/v1/libraries/{}", owner.library)).await.problem(409, "own_library");
}

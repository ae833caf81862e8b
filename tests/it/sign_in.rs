//! The first start, signing in and out, tokens, and what happens to who tries too often.

use serde_json::{Value, json};

use crate::support::{Call, PASSWORD, TestApp};

fn setup(token: &str, password: &str) -> Value {
    json!({"token": token, "username": "ada", "email": "ada@example.org", "password": password, "server_name": "Lab"})
}

fn sign_in<'a>(app: &'a TestApp, login: &str, password: &str) -> Call<'a> {
    app.call("post", "/api/v1/session").json(&json!({"login": login, "password": password}))
}

#[tokio::test]
async fn before_an_administrator_exists_nothing_but_the_setup_is_served() {
    let app = TestApp::start().unset().await;
    for (method, path) in [
        ("get", "/api/v1/libraries"),
        ("get", "/api/v1/session"),
        ("post", "/api/v1/session"),
        ("options", "/api/v1/uploads"),
        ("get", "/api/v1/admin/users"),
        ("get", "/api/v1/live"),
    ] {
        app.call(method, path).send().await.problem(503, "setup_needed");
    }
    assert_eq!(app.call("get", "/api/v1/setup").send().await.json(), json!({"done": false}));
    app.call("get", "/setup/some-token").send().await.is(200);
    app.call("get", "/healthz").send().await.is(200);
}

#[tokio::test]
async fn the_setup_link_works_once_and_signs_in() {
    let app = TestApp::start().unset().await;
    let older = app.app.new_setup_token().await.unwrap();
    let token = app.app.new_setup_token().await.unwrap();
    let send = |body: Value| app.call("post", "/api/v1/setup").json(&body).send();
    send(setup("wrong", PASSWORD)).await.problem(403, "forbidden");
    send(setup(&older, PASSWORD)).await.problem(403, "forbidden");
    let short = send(setup(&token, "too short")).await.problem(422, "invalid");
    assert_eq!(short["field"], "password");
    let done = send(setup(&token, PASSWORD)).await.is(204);
    let cookie = done.header("Set-Cookie").unwrap().split(';').next().unwrap().to_owned();
    let session = app.call("get", "/api/v1/session").cookie(&cookie).send().await.json();
    assert_eq!((&session["user"]["role"], &session["server_name"]), (&json!("admin"), &json!("Lab")));
    send(setup(&token, PASSWORD)).await.problem(409, "already_set_up");
    assert_eq!(app.call("get", "/api/v1/setup").send().await.json(), json!({"done": true, "server_name": "Lab"}));
    assert!(app.app.new_setup_token().await.is_err(), "there is no second link");
}

#[tokio::test]
async fn the_cookie_is_kept_from_scripts_and_from_plain_connections() {
    let (app, ada) = TestApp::start().ready().await;
    let plain = sign_in(&app, &ada.name, PASSWORD).send().await.is(200);
    let cookie = plain.header("Set-Cookie").unwrap();
    assert!(cookie.starts_with("scrollkeeper="), "{cookie}");
    for part in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure") && !cookie.contains("Domain"), "{cookie}");

    let (app, ada) = TestApp::start().with("server.public_url", "https://papers.example.org").ready().await;
    let secure = sign_in(&app, &ada.name, PASSWORD).send().await.is(200);
    let cookie = secure.header("Set-Cookie").unwrap();
    assert!(cookie.starts_with("__Host-scrollkeeper=") && cookie.ends_with("; Secure"), "{cookie}");
    assert!(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax") && cookie.contains("; Path=/;"));
    assert!(secure.header("Strict-Transport-Security").is_some());
}

#[tokio::test]
async fn signing_out_ends_the_session_and_takes_the_cookie_away() {
    let (app, ada) = TestApp::start().ready().await;
    let cookie = app.sign_in(&ada.name, PASSWORD).await;
    let other = app.sign_in("ADA@example.org", PASSWORD).await;
    assert_ne!(cookie, other, "each sign-in has a secret of its own");
    app.call("get", "/api/v1/session").cookie(&cookie).send().await.is(200);
    let out = app.call("delete", "/api/v1/session").cookie(&cookie).send().await.is(204);
    let gone = out.header("Set-Cookie").unwrap();
    assert!(gone.starts_with("scrollkeeper=;") && gone.contains("Max-Age=0"), "{gone}");
    app.call("get", "/api/v1/session").cookie(&cookie).send().await.problem(401, "session_ended");
    app.call("get", "/api/v1/session").cookie(&other).send().await.is(200);
    app.call("get", "/api/v1/session").send().await.problem(401, "signed_out");
}

#[tokio::test]
async fn an_unused_session_ends_after_a_month() {
    let (app, ada) = TestApp::start().ready().await;
    let cookie = app.sign_in(&ada.name, PASSWORD).await;
    let look = || app.call("get", "/api/v1/session").cookie(&cookie).send();
    for _ in 0..3 {
        app.clock.advance_minutes(20 * 24 * 60);
        look().await.is(200);
    }
    app.clock.advance_minutes(31 * 24 * 60);
    look().await.problem(401, "session_ended");
}

#[tokio::test]
async fn other_browsers_are_listed_and_can_be_signed_out() {
    let (app, ada) = TestApp::start().ready().await;
    let here = app.sign_in(&ada.name, PASSWORD).await;
    let there = app.sign_in(&ada.name, PASSWORD).await;
    let list = app.call("get", "/api/v1/sessions").cookie(&here).send().await.json();
    let sessions = list["items"].as_array().unwrap();
    assert_eq!(sessions.len(), 2);
    let other = sessions.iter().find(|session| session["current"] == false).unwrap()["id"].as_str().unwrap();
    assert!(!there.contains(other), "the list tells no secret");
    let path = format!("/api/v1/sessions/{other}");
    app.call("delete", &path).cookie(&here).send().await.is(204);
    app.call("get", "/api/v1/session").cookie(&there).send().await.problem(401, "session_ended");

    let third = app.sign_in(&ada.name, PASSWORD).await;
    let change = |old: &str, new: &str| {
        let body = json!({"old": old, "new": new});
        app.call("patch", "/api/v1/session/password").cookie(&here).json(&body).send()
    };
    change("not this one", "another long password").await.problem(422, "invalid");
    change(PASSWORD, "short").await.problem(422, "invalid");
    change(PASSWORD, "another long password").await.is(204);
    app.call("get", "/api/v1/session").cookie(&third).send().await.problem(401, "session_ended");
    app.call("get", "/api/v1/session").cookie(&here).send().await.is(200);
    sign_in(&app, &ada.name, PASSWORD).send().await.problem(401, "wrong_password");
    sign_in(&app, &ada.name, "another long password").send().await.is(200);
}

#[tokio::test]
async fn after_eight_wrong_passwords_an_account_pauses_for_longer_each_time() {
    let (app, _) = TestApp::start().ready().await;
    app.new_person("bob").await;
    let try_once = |password: &'static str| sign_in(&app, "bob", password).from_address("198.51.100.7").send();
    for _ in 0..6 {
        try_once("wrong password").await.problem(401, "wrong_password");
    }
    let last = try_once("wrong password").await.problem(401, "wrong_password");
    assert!(last["detail"].as_str().unwrap().contains("1 try left"), "{last}");
    let paused = try_once("wrong password").await;
    paused.problem(429, "limited");
    let wait: i64 = paused.header("Retry-After").unwrap().parse().unwrap();
    assert!((600..=601).contains(&wait), "{wait}");

    try_once(PASSWORD).await.problem(429, "limited");
    app.clock.advance_minutes(9);
    try_once(PASSWORD).await.problem(429, "limited");
    app.clock.advance_minutes(2);
    for _ in 0..7 {
        try_once("wrong password").await.problem(401, "wrong_password");
    }
    let again = try_once("wrong password").await;
    again.problem(429, "limited");
    let wait: i64 = again.header("Retry-After").unwrap().parse().unwrap();
    assert!((1_200..=1_201).contains(&wait), "the second pause is twice as long: {wait}");
    app.clock.advance_minutes(21);
    try_once(PASSWORD).await.is(200);
}

#[tokio::test]
async fn tries_sent_all_at_once_get_no_further_than_tries_in_turn() {
    let (app, _) = TestApp::start().ready().await;
    app.new_person("bob").await;
    let wrong = (1..=30).map(|n| (n, "wrong password"));
    let tries = wrong
        .chain([(31, PASSWORD)])
        .map(|(n, password)| sign_in(&app, "bob", password).from_address(&format!("198.51.100.{n}")).send());
    let answers = futures_util::future::join_all(tries).await;
    let refused = answers.iter().filter(|answer| answer.status == 401).count();
    assert_eq!(refused, 7, "the eighth begins the pause");
    answers.last().unwrap().problem(429, "limited");
}

#[tokio::test]
async fn an_administrator_sees_a_pause_and_lifts_it() {
    let (app, ada) = TestApp::start().ready().await;
    app.new_person("bob").await;
    for _ in 0..8 {
        sign_in(&app, "bob", "wrong password").from_address("198.51.100.7").send().await;
    }
    let bans = app.get(&ada, "/api/v1/admin/bans").await.json();
    let ban = &bans["items"][0];
    assert_eq!((&ban["kind"], &ban["subject"], &ban["tries"]), (&json!("account"), &json!("bob"), &json!(8)));
    let path = format!("/api/v1/admin/bans/{}", ban["id"].as_str().unwrap());
    app.delete(&ada, &path).await.is(204);
    app.delete(&ada, &path).await.problem(404, "not_found");
    sign_in(&app, "bob", PASSWORD).from_address("198.51.100.7").send().await.is(200);
}

#[tokio::test]
async fn twenty_wrong_passwords_from_one_address_pause_that_address_only() {
    let (app, ada) = TestApp::start().ready().await;
    for n in 0..20 {
        let tried = sign_in(&app, &format!("person{n}"), "wrong password").from_address("198.51.100.7").send().await;
        tried.problem(if n < 19 { 401 } else { 429 }, if n < 19 { "wrong_password" } else { "limited" });
    }
    sign_in(&app, &ada.name, PASSWORD).from_address("198.51.100.7").send().await.problem(429, "limited");
    sign_in(&app, &ada.name, PASSWORD).from_address("198.51.100.8").send().await.is(200);
}

#[tokio::test]
async fn a_wrong_name_reads_like_a_wrong_password() {
    let (app, _) = TestApp::start().ready().await;
    app.new_person("bob").await;
    for _ in 0..8 {
        let known = sign_in(&app, "bob", "wrong password").from_address("198.51.100.7").send().await;
        let unknown = sign_in(&app, "nobody", "wrong password").from_address("203.0.113.7").send().await;
        let words = |answer: &crate::support::Answer| {
            let mut body: Value = serde_json::from_slice(&answer.body).unwrap();
            body.as_object_mut().unwrap().remove("request_id");
            (answer.status, body)
        };
        assert_eq!(words(&known), words(&unknown));
    }
}

#[tokio::test]
async fn a_token_does_what_its_scopes_say_until_it_ends() {
    let (app, ada) = TestApp::start().ready().await;
    let cookie = app.sign_in(&ada.name, PASSWORD).await;
    let make = |body: Value| app.call("post", "/api/v1/tokens").cookie(&cookie).json(&body).send();
    let made = make(json!({"name": "reads", "scopes": ["read"]})).await.json();
    let reads = made["secret"].as_str().unwrap().to_owned();
    assert!(reads.starts_with("sk_") && reads.len() > 40, "{reads}");
    let writes = make(json!({"name": "writes"})).await.json()["secret"].as_str().unwrap().to_owned();
    let group = json!({"name": "Group", "kind": "group"});
    app.call("get", "/api/v1/libraries").token(&reads).send().await.is(200);
    app.call("post", "/api/v1/libraries").token(&reads).json(&group).send().await.problem(403, "forbidden");
    app.call("post", "/api/v1/libraries").token(&writes).json(&group).send().await.is(200);
    for narrow in [&reads, &writes] {
        app.call("get", "/api/v1/admin/users").token(narrow).send().await.problem(403, "forbidden");
        let wider = json!({"name": "wider", "scopes": ["admin"]});
        app.call("post", "/api/v1/tokens").token(narrow).json(&wider).send().await.problem(403, "forbidden");
    }
    let listed = app.call("get", "/api/v1/tokens").cookie(&cookie).send().await;
    assert!(!listed.text().contains(&reads), "a secret is shown once");

    let path = format!("/api/v1/tokens/{}", made["id"].as_str().unwrap());
    app.call("delete", &path).cookie(&cookie).send().await.is(204);
    app.call("get", "/api/v1/libraries").token(&reads).send().await.problem(401, "token_invalid");
    app.call("get", "/api/v1/libraries").token("sk_nonsense").send().await.problem(401, "token_invalid");
    let basic = app.call("get", "/api/v1/libraries").header("Authorization", "Basic YTpi").send().await;
    basic.problem(401, "wrong_scheme");

    let short = make(json!({"name": "short", "expires_at": "2026-11-25T13:00:00Z"})).await.json();
    let short = short["secret"].as_str().unwrap().to_owned();
    app.call("get", "/api/v1/libraries").token(&short).send().await.is(200);
    app.clock.advance_minutes(61);
    app.call("get", "/api/v1/libraries").token(&short).send().await.problem(401, "token_invalid");
    let wrong = make(json!({"name": "wrong", "expires_at": "tomorrow"})).await.problem(422, "invalid");
    assert_eq!(wrong["field"], "expires_at");
}

#[tokio::test]
async fn who_is_deactivated_is_out_at_once_and_an_administrator_is_left() {
    let (app, ada) = TestApp::start().ready().await;
    let bob = app.new_person("bob").await;
    let cookie = app.sign_in("bob", PASSWORD).await;
    app.call("get", "/api/v1/session").cookie(&cookie).send().await.is(200);
    app.patch(&ada, &format!("/api/v1/admin/users/{}", bob.id), json!({"disabled": true})).await.is(200);
    app.call("get", "/api/v1/session").cookie(&cookie).send().await.problem(401, "session_ended");
    app.get(&bob, "/api/v1/libraries").await.problem(401, "token_invalid");
    sign_in(&app, "bob", PASSWORD).send().await.problem(401, "wrong_password");

    let own = format!("/api/v1/admin/users/{}", ada.id);
    app.patch(&ada, &own, json!({"role": "member"})).await.problem(409, "last_admin");
    app.patch(&ada, &own, json!({"disabled": true})).await.problem(409, "last_admin");
    let taken = json!({"username": "BOB", "email": "x@example.org", "password": PASSWORD});
    app.post(&ada, "/api/v1/admin/users", taken).await.problem(409, "taken");
}

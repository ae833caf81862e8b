//! What every request meets: hosts, origins, limits, the form of problems, and the headers of every answer.

use serde_json::json;

use crate::support::{PASSWORD, TestApp};

#[tokio::test]
async fn only_our_own_names_are_answered() {
    let (app, ada) = TestApp::start().ready().await;
    let with_host = |path: &str, host: &str| app.call("get", path).by(&ada).header("Host", host).send();
    for host in ["127.0.0.1:7171", "localhost:7171", "[::1]:7171"] {
        with_host("/api/v1/libraries", host).await.is(200);
    }
    for host in ["evil.example", "evil.example:7171", "127.0.0.1:80", "127.0.0.1.evil.example:7171"] {
        with_host("/api/v1/libraries", host).await.problem(421, "wrong_host");
        with_host("/", host).await.problem(421, "wrong_host");
    }
    with_host("/healthz", "10.0.0.5:7171").await.is(200);

    let (app, ada) = TestApp::start().with("server.public_url", "https://papers.example.org").ready().await;
    let with_host = |host: &str| app.call("get", "/api/v1/libraries").by(&ada).header("Host", host).send();
    with_host("papers.example.org").await.is(200);
    with_host("papers.example.com").await.problem(421, "wrong_host");
}

#[tokio::test]
async fn another_sites_page_changes_nothing() {
    let (app, ada) = TestApp::start().ready().await;
    let cookie = app.sign_in(&ada.name, PASSWORD).await;
    let group = json!({"name": "Group", "kind": "group"});
    let from = |origin: &str| {
        let call = app.call("post", "/api/v1/libraries").header("Cookie", &cookie).header("Origin", origin);
        call.json(&group).send()
    };
    for origin in ["https://evil.example", "http://localhost:3000", "null"] {
        from(origin).await.problem(403, "wrong_origin");
    }
    from("http://127.0.0.1:7171").await.is(200);
    let read = app.call("get", "/api/v1/libraries").header("Cookie", &cookie).header("Origin", "https://evil.example");
    let read = read.send().await.is(200);
    assert!(read.header("Access-Control-Allow-Origin").is_none(), "the browser keeps the answer from that page");
    let login = json!({"login": ada.name, "password": PASSWORD});
    let foreign = app.call("post", "/api/v1/session").header("Origin", "https://evil.example").json(&login);
    foreign.send().await.problem(403, "wrong_origin");
}

#[tokio::test]
async fn every_error_has_the_same_form() {
    let (app, ada) = TestApp::start().ready().await;
    let call = |method: &str, path: &str| app.call(method, path).by(&ada);
    call("get", "/api/v1/nothing-here").send().await.problem(404, "no_route");
    call("get", "/api/v2/libraries").send().await.problem(404, "no_route");
    call("get", "/assets/nothing-0000.js").send().await.problem(404, "no_route");
    call("put", "/api/v1/libraries").send().await.problem(405, "method_not_allowed");
    call("put", "/api/v1/uploads").send().await.problem(405, "method_not_allowed");
    call("post", "/healthz").send().await.problem(405, "method_not_allowed");
    call("post", "/").send().await.problem(405, "method_not_allowed");
    for body in ["{", "[]", "{\"name\": [], \"kind\": \"group\"}", "{\"kind\": \"group\"}", ""] {
        call("post", "/api/v1/libraries").body("application/json", body).send().await.problem(400, "invalid");
    }
    call("post", "/api/v1/libraries").body("text/plain", "name").send().await.problem(415, "invalid");
    call("get", "/api/v1/libraries/abc/items").send().await.problem(400, "invalid");
    call("get", "/api/v1/libraries/1/items/not-a-key").send().await.problem(404, "not_found");
    call("get", "/api/v1/libraries/999/items").send().await.problem(404, "not_found");
    let empty = call("post", "/api/v1/libraries").json(&json!({"name": "  ", "kind": "group"})).send().await;
    assert_eq!(empty.problem(422, "invalid")["field"], "name");
    let own = call("post", "/api/v1/libraries").json(&json!({"name": "x", "kind": "user"})).send().await;
    assert_eq!(own.problem(422, "invalid")["field"], "kind");
}

#[tokio::test]
async fn windows_are_asked_for_within_limits() {
    let (app, ada) = TestApp::start().ready().await;
    let path = format!("/api/v1/libraries/{}/items", ada.library);
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("cursor=zzz", "cursor"),
        ("sort=colour", "sort"),
        ("direction=up", "direction"),
        ("collection=nope", "collection"),
    ] {
        let problem = app.get(&ada, &format!("{path}?{query}")).await.problem(422, "invalid");
        assert_eq!(problem["field"], field);
    }
    app.get(&ada, &format!("{path}?limit=200&offset=18446744073709551615")).await.is(200);
}

#[tokio::test]
async fn a_body_larger_than_four_megabytes_is_refused() {
    let (app, ada) = TestApp::start().ready().await;
    let name = "x".repeat(5 << 20);
    let body = json!({"name": name, "kind": "group"});
    let counted = app.call("post", "/api/v1/libraries").by(&ada).json(&body).header("Transfer-Encoding", "chunked");
    counted.send().await.problem(413, "too_large");
    let announced = app.call("post", "/api/v1/libraries").by(&ada).json(&body);
    announced.header("Content-Length", body.to_string().len().to_string()).send().await.problem(413, "too_large");
    let over_http2 = app.call("post", "/api/v1/libraries").by(&ada).json(&body);
    over_http2.send().await.problem(413, "too_large");
    // What the browser sends in one piece is still taken.
    let tags: Vec<String> = (0..900).map(|n| format!("tag {n}")).collect();
    let path = format!("/api/v1/libraries/{}/items", ada.library);
    app.post(&ada, &path, json!({"fields": {"abstractNote": "y".repeat(50_000)}, "tags": tags})).await.is(200);
}

#[tokio::test]
async fn the_page_comes_with_a_policy_of_its_own_each_time() {
    let (app, _) = TestApp::start().ready().await;
    let mut nonces = Vec::new();
    for path in ["/", "/libraries/1/items/ABCDEFGH", "/sign-in"] {
        let page = app.call("get", path).send().await.is(200);
        let policy = page.header("Content-Security-Policy").unwrap();
        for part in [
            "default-src 'self'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "frame-ancestors 'none'",
            "object-src 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
        assert!(nonce.len() >= 22, "{nonce}");
        let text = page.text();
        assert!(!text.contains("__CSP_NONCE__"), "{text}");
        for given in text.split("nonce=\"").skip(1) {
            assert!(given.starts_with(&nonce), "{text}");
        }
        nonces.push(nonce);
        assert_eq!(page.header("Cache-Control"), Some("no-store"));
        assert_eq!(page.header("Content-Type"), Some("text/html; charset=utf-8"));
        assert_eq!(page.header("X-Content-Type-Options"), Some("nosniff"));
        assert_eq!(page.header("Cross-Origin-Opener-Policy"), Some("same-origin"));
        assert_eq!(page.header("X-Frame-Options"), Some("DENY"));
        assert!(page.header("Referrer-Policy").is_some());
        assert!(page.header("Strict-Transport-Security").is_none(), "plain HTTP promises no TLS");
    }
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), 3, "a nonce is used once");
}

#[tokio::test]
async fn answers_of_the_api_are_private_and_numbered() {
    let (app, ada) = TestApp::start().ready().await;
    let one = app.get(&ada, "/api/v1/libraries").await.is(200);
    let two = app.get(&ada, "/api/v1/libraries").await.is(200);
    assert_ne!(one.header("X-Request-Id").unwrap(), two.header("X-Request-Id").unwrap());
    assert_eq!(one.header("Cache-Control"), Some("private, no-cache"));
    assert_eq!(one.header("X-Content-Type-Options"), Some("nosniff"));
    assert!(one.header("Content-Security-Policy").unwrap().contains("default-src 'none'"));
}

#[tokio::test]
async fn figures_are_for_this_machine_or_for_who_has_the_token() {
    let start = TestApp::start().with("metrics.token", "a secret of the lab");
    let (app, _) = start.ready().await;
    let look = || app.call("get", "/metrics");
    look().send().await.is(200);
    look().from_address("203.0.113.9").send().await.problem(403, "forbidden");
    look().from_address("203.0.113.9").token("a wrong secret").send().await.problem(403, "forbidden");
    look().from_address("203.0.113.9").token("a secret of the lab").send().await.is(200);
    app.call("get", "/readyz").send().await.is(200);
}

#[tokio::test]
async fn answers_are_packed_for_clients_that_take_it() {
    let (app, ada) = TestApp::start().ready().await;
    let plain = app.get(&ada, "/api/v1/libraries").await;
    assert_eq!(plain.header("Content-Encoding"), None);
    let packed = app.call("get", "/api/v1/libraries").by(&ada).header("Accept-Encoding", "gzip, br").send().await;
    assert_eq!(packed.header("Content-Encoding"), Some("gzip"));
    let mut unpacked = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&*packed.body), &mut unpacked).unwrap();
    assert_eq!(unpacked, plain.body);
}

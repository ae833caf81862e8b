//! The document that describes the API: committed for the web side, complete, and true.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use scrollkeeper::http::routes::ROUTES;
use serde_json::Value;

use crate::support::TestApp;

/// Set to 1, it has the committed document written anew.
const RENEW: &str = "SCROLLKEEPER_RENEW";

async fn document() -> String {
    scrollkeeper::http::openapi_json(Arc::clone(&TestApp::start().unset().await.app))
}

#[tokio::test]
async fn the_committed_document_is_the_one_that_is_served() {
    let made = document().await;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/openapi.json");
    if std::env::var(RENEW).is_ok_and(|value| value == "1") {
        std::fs::write(&path, &made).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == made,
        "web/openapi.json is not what the program serves. Renew it with\n  \
         {RENEW}=1 cargo test --test it http_document\nand have the web side make its types anew."
    );
}

#[tokio::test]
async fn every_route_is_described_and_every_description_is_a_route() {
    let document: Value = serde_json::from_str(&document().await).unwrap();
    let mut described = BTreeSet::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap_or("without a name");
            described.insert(format!("{method} {path} {name}"));
        }
    }
    let listed: BTreeSet<String> =
        ROUTES.iter().map(|route| format!("{} {} {}", route.method, route.path, route.operation_id)).collect();
    assert_eq!(listed.len(), ROUTES.len(), "a route is listed twice");
    let missing: Vec<_> = listed.difference(&described).collect();
    let unknown: Vec<_> = described.difference(&listed).collect();
    assert!(missing.is_empty() && unknown.is_empty(), "not described: {missing:#?}\nnot listed: {unknown:#?}");
}

#[tokio::test]
async fn every_reference_in_the_document_leads_somewhere() {
    fn look(value: &Value, document: &Value, lost: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                if let Some(Value::String(reference)) = map.get("$ref")
                    && document.pointer(reference.trim_start_matches('#')).is_none()
                {
                    lost.push(reference.clone());
                }
                map.values().for_each(|value| look(value, document, lost));
            }
            Value::Array(list) => list.iter().for_each(|value| look(value, document, lost)),
            _ => {}
        }
    }
    let document: Value = serde_json::from_str(&document().await).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.0"));
    let mut lost = Vec::new();
    look(&document, &document, &mut lost);
    assert!(lost.is_empty(), "{lost:?}");
}

//! `config.example.toml` is written by the registry.

use std::path::Path;

#[test]
fn the_example_file_lists_every_setting_as_the_registry_has_it() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("config.example.toml");
    let expected = scrollkeeper::config::example_toml();
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == expected, "config.example.toml is stale; it must read:\n{expected}");
}

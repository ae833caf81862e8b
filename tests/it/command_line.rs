//! The commands of the built program.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

use serde_json::Value;

use crate::crash::site::Site;
use crate::pdf_maker::simple;

/// A folder with all that an import meets: PDFs by name and by content, other files, a link, a folder inside.
fn shelf(at: &Path) {
    fs::create_dir_all(at.join("deeper")).unwrap();
    fs::write(at.join("a.pdf"), simple("alpha")).unwrap();
    fs::write(at.join("deeper/b.PDF"), simple("beta")).unwrap();
    fs::write(at.join("c"), simple("gamma")).unwrap();
    fs::write(at.join("notes.txt"), "no paper").unwrap();
    fs::write(at.join("page.pdf"), "<!doctype html><title>Sign in</title>").unwrap();
    std::os::unix::fs::symlink(at.join("a.pdf"), at.join("link.pdf")).unwrap();
}

fn lines<'a>(printed: &'a str, at: &str) -> Vec<&'a str> {
    let mut lines: Vec<&str> = printed.lines().map(|line| line.split_once(at).map_or(line, |(what, _)| what)).collect();
    lines.iter_mut().for_each(|line| *line = line.trim());
    lines
}

#[test]
fn a_folder_is_imported_and_each_file_is_told_of() {
    let site = Site::new();
    let folder = tempfile::tempdir().unwrap();
    shelf(folder.path());
    let path = folder.path().to_str().unwrap();
    let (code, printed) = site.run(&["import"], &[path]);
    let told = lines(&printed, path);
    assert_eq!(told.len(), 7, "one line a file and the sum: {printed}");
    assert_eq!(&told[..6], ["added", "added", "added", "passed over", "passed over", "refused"], "{printed}");
    assert_eq!(told[6], "3 added, 0 already there, 1 refused, 2 passed over.");
    assert_eq!(code, Some(1), "something was refused");
    let (_, printed) = site.run(&["import"], &[path]);
    assert!(printed.contains("0 added, 3 already there, 1 refused, 2 passed over."), "{printed}");
}

#[test]
fn an_import_goes_through_the_running_server() {
    let site = Site::new();
    let folder = tempfile::tempdir().unwrap();
    shelf(folder.path());
    let (server, address) = site.start();
    let (code, printed) = site.run(&["import"], &["--user", "ada", folder.path().to_str().unwrap()]);
    assert_eq!(code, Some(1), "something was refused: {printed}");
    assert!(printed.contains("3 added, 0 already there, 1 refused, 2 passed over."), "{printed}");
    let mut ada = site.line(address);
    ada.wait_until_read();
    for word in ["alpha", "beta", "gamma"] {
        ada.wait_until_found(word, 1);
    }
    let (code, printed) = site.run(&["import"], &["--user", "nobody", folder.path().to_str().unwrap()]);
    assert_eq!((code, printed.as_str()), (Some(1), ""), "an unknown account is an error");
    assert!(server.terminate().success());
}

#[test]
fn parsing_prints_one_line_a_file_in_the_order_given() {
    let site = Site::new();
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        fs::write(folder.path().join(name), bytes).unwrap();
        folder.path().join(name).to_str().unwrap().to_owned()
    };
    let (good, broken) = (write("good.pdf", &simple("delta")), write("broken.pdf", b"%PDF-1.7\nnothing"));
    let missing = folder.path().join("missing.pdf").to_str().unwrap().to_owned();
    let (code, printed) = site.parse(&[&broken, &good, &missing]);
    assert_eq!(code, Some(3), "some were not read");
    let objects: Vec<Value> = printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let files: Vec<&Value> = objects.iter().map(|object| &object["file"]).collect();
    assert_eq!(files, [&broken, &good, &missing]);
    assert_eq!(objects[0]["error"]["code"], "damaged");
    assert!(objects[1]["error"].is_null() && objects[1]["pages"][0]["text"].as_str().unwrap().contains("delta"));
    assert_eq!(objects[2]["error"]["code"], "unreadable");
    assert_eq!(site.parse(&[&good]).0, Some(0));

    let scan = write("scan.pdf", &crate::pdf_maker::Maker::new().page("", &[]).finish());
    let (code, printed) = site.parse(&[&scan]);
    let object: Value = serde_json::from_str(printed.trim()).unwrap();
    assert_eq!(code, Some(0), "a file without text is no error: {printed}");
    assert!(object["error"].is_null());
    assert_eq!(object["pages"][0]["text"], "");
    assert_eq!(object["pages"][0]["quality"], "none");
}

#[test]
fn a_running_server_is_well_and_a_stopped_one_is_not() {
    let site = Site::new();
    let (server, address) = site.start();
    let listen = address.to_string();
    let well = |settings: &[(&str, &str)]| site.run_with(&["healthcheck"], settings).0;
    assert_eq!(well(&[("SCROLLKEEPER_SERVER_LISTEN", &listen)]), Some(0));
    assert!(server.terminate().success());
    assert_ne!(well(&[("SCROLLKEEPER_SERVER_LISTEN", &listen)]), Some(0));
}

#[test]
fn doctor_tells_each_measure_of_the_sandbox_on_a_line_of_its_own() {
    let site = Site::new();
    let (_, printed) = site.run(&["doctor"], &[]);
    for measure in ["(signals)", "(limits)", "(not dumpable)", "(landlock)", "(seccomp)"] {
        let lines: Vec<&str> = printed.lines().filter(|line| line.contains(measure)).collect();
        assert_eq!(lines.len(), 1, "{measure}: {printed}");
        let held = lines[0].starts_with("ok       sandbox: ");
        assert!(held || lines[0].starts_with("note     sandbox: missing is “"), "{}", lines[0]);
    }
}

#[test]
fn settings_are_shown_with_where_they_come_from_and_unknown_ones_are_errors() {
    let site = Site::new();
    let (code, shown) = site.run_with(&["config", "show"], &[("SCROLLKEEPER_SERVER_LISTEN", "127.0.0.1:7272")]);
    assert_eq!(code, Some(0));
    assert!(shown.lines().any(|line| line == "server.listen = \"127.0.0.1:7272\"  # environment"), "{shown}");
    assert_eq!(site.run(&["config", "check"], &[]).0, Some(0));
    fs::write(site.data().join("config.toml"), "[server]\nlistne = \"127.0.0.1:1\"\n").unwrap();
    assert_eq!(site.run(&["config", "check"], &[]).0, Some(1));
}

#[test]
fn a_variable_that_is_no_text_is_an_error_only_where_it_is_ours() {
    let site = Site::new();
    let odd = OsStr::from_bytes(b"\xff\xfe");
    let (code, printed) = site.run_with(&["config", "check"], &[("OTHERS", odd)]);
    assert_eq!((code, printed.as_str()), (Some(0), "The configuration is right.\n"));
    assert_eq!(site.run_with(&["config", "check"], &[("SCROLLKEEPER_LOG_FORMAT", odd)]).0, Some(1));
}

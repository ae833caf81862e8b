//! `doctor` and `healthcheck`.

use std::process::ExitCode;

use anyhow::Context as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::args::Place;
use super::place::{DataFolder, load_config, pool};
use super::serve::runtime;
use crate::pdf::sandbox::{self, Measure};
use crate::store::Store;

struct Report {
    is_well: bool,
}

impl Report {
    fn good(&self, what: &str, detail: &str) {
        println!("ok       {what}: {detail}");
    }

    fn note(&self, what: &str, detail: &str) {
        println!("note     {what}: {detail}");
    }

    fn bad(&mut self, what: &str, detail: &str) {
        self.is_well = false;
        println!("PROBLEM  {what}: {detail}");
    }
}

/// Checks this machine and the data folder.
pub fn doctor(place: &Place) -> anyhow::Result<ExitCode> {
    let mut report = Report { is_well: true };
    let data = DataFolder::locate(place)?;
    let config = match load_config(place, &[]) {
        Ok(config) => {
            report.good("configuration", "every setting is right");
            config
        }
        Err(error) => {
            report.bad("configuration", &format!("{error:#}"));
            return Ok(ExitCode::FAILURE);
        }
    };
    check_folder(&data, &mut report);
    check_store(&data, &mut report);
    runtime()?.block_on(async {
        let pool = pool(&config)?;
        match pool.sandbox_report().await {
            Ok(sandbox) => {
                report.good("PDF workers", "start");
                for (held, line) in sandbox_lines(&sandbox) {
                    if held { report.good("sandbox", &line) } else { report.note("sandbox", &line) }
                }
            }
            Err(error) => report.bad("PDF workers", &format!("cannot be started: {error}")),
        }
        pool.shutdown().await;
        anyhow::Ok(())
    })?;
    Ok(if report.is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Each measure on a line of its own, with whether it holds; what is missing with its reason and what that means.
fn sandbox_lines(sandbox: &sandbox::Report) -> Vec<(bool, String)> {
    let mut lines: Vec<(bool, String)> = sandbox
        .measures
        .iter()
        .map(|Measure { name, held, detail }| match held {
            true => (true, name.clone()),
            false => (false, format!("missing is “{name}”: {detail}")),
        })
        .collect();
    if !sandbox.is_complete() {
        let rest = "PDFs are read all the same, and what is not missing holds. A newer kernel, or a container that \
                    allows it, brings the rest.";
        lines.push((false, rest.to_owned()));
    }
    lines
}

fn check_folder(data: &DataFolder, report: &mut Report) {
    use std::os::unix::fs::PermissionsExt as _;
    let path = data.path();
    match std::fs::metadata(path) {
        Ok(found) if found.permissions().mode() & 0o077 != 0 => {
            report.bad("data folder", &format!("others can look into {0}; run `chmod 700 {0}`", path.display()));
        }
        Ok(_) => report.good("data folder", &path.display().to_string()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            report.note("data folder", &format!("{} is made at the first start", path.display()));
            return;
        }
        Err(error) => report.bad("data folder", &format!("{}: {error}", path.display())),
    }
    match rustix::fs::statvfs(path) {
        Ok(disk) => {
            let free_mb = (disk.f_bavail * disk.f_frsize) >> 20;
            if free_mb < 1024 {
                report.bad("disk", &format!("only {free_mb} MB are free; uploads stop soon. Make room."));
            } else {
                report.good("disk", &format!("{free_mb} MB free"));
            }
        }
        Err(error) => report.bad("disk", &error.to_string()),
    }
}

fn check_store(data: &DataFolder, report: &mut Report) {
    if !data.database().exists() {
        return;
    }
    match Store::check_integrity(&data.database()) {
        Ok(true) => report.good("database", "every page is sound"),
        Ok(false) => report.note("database", "was not closed in order and has been mended"),
        Err(crate::store::Error::InUse) => {
            report.good("database", "in use by the running server; stop it to check every page");
        }
        Err(error) => report.bad("database", &error.to_string()),
    }
}

/// Asks the running server whether it is ready.
pub fn healthcheck(place: &Place) -> anyhow::Result<ExitCode> {
    let config = load_config(place, &[])?;
    let mut address = config.listen;
    if address.ip().is_unspecified() {
        address.set_ip(if address.is_ipv4() {
            std::net::Ipv4Addr::LOCALHOST.into()
        } else {
            std::net::Ipv6Addr::LOCALHOST.into()
        });
    }
    let answer = runtime()?.block_on(async {
        let asked = async {
            let mut stream = tokio::net::TcpStream::connect(address).await?;
            stream
                .write_all(format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())
                .await?;
            let mut answer = Vec::new();
            stream.take(4096).read_to_end(&mut answer).await?;
            anyhow::Ok(String::from_utf8_lossy(&answer).into_owned())
        };
        tokio::time::timeout(std::time::Duration::from_secs(5), asked).await.context("no answer within 5 seconds")?
    });
    let answer = answer.with_context(|| format!("no server answers at {address}"))?;
    let status = answer.split_whitespace().nth(1).unwrap_or("");
    if status == "200" {
        println!("ready");
        return Ok(ExitCode::SUCCESS);
    }
    println!("not ready: {}", answer.lines().last().unwrap_or(status));
    Ok(ExitCode::FAILURE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_kernel_lacks_is_said_in_words() {
        let measure =
            |name: &str, held: bool, detail: &str| Measure { name: name.to_owned(), held, detail: detail.to_owned() };
        let mut report = sandbox::Report {
            measures: vec![
                measure("only the calls that reading needs (seccomp)", true, ""),
                measure("no files and no network (landlock)", false, "this kernel does not have it"),
            ],
        };
        let lines = sandbox_lines(&report);
        assert_eq!(lines[0], (true, "only the calls that reading needs (seccomp)".to_owned()));
        let missing = "missing is “no files and no network (landlock)”: this kernel does not have it";
        assert_eq!(lines[1], (false, missing.to_owned()));
        assert!(lines[2].1.contains("PDFs are read all the same"), "{}", lines[2].1);
        assert_eq!(lines.len(), 3);
        report.measures.pop();
        assert_eq!(sandbox_lines(&report).len(), 1, "nothing is missing");
    }
}

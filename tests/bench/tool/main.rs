//! What the measurements need and a script is too slow for: filling a data folder, sending uploads, holding thousands of
//! live connections. Started by `tests/bench/run`; prints one JSON object.

mod fill;
mod http;
mod live;
mod text;
mod uploads;

use std::collections::HashMap;
use std::path::PathBuf;

use serde_json::json;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    let options = Options::read(words)?;
    let everybody = rustix::process::getrlimit(rustix::process::Resource::Nofile).maximum;
    let limit = rustix::process::Rlimit { current: everybody, maximum: everybody };
    rustix::process::setrlimit(rustix::process::Resource::Nofile, limit)?;
    match command.as_str() {
        "fill" => fill::run(&PathBuf::from(options.text("data")?), options.number("papers")?, options.number("pages")?),
        "uploads" => send_uploads(&options),
        "live" => hold_live(&options),
        _ => Err("tool fill|uploads|live --name value …".into()),
    }
}

/// `--name value` pairs; a name may come again.
struct Options(HashMap<String, Vec<String>>);

impl Options {
    fn read(mut words: impl Iterator<Item = String>) -> Result<Self> {
        let mut options: HashMap<String, Vec<String>> = HashMap::new();
        while let Some(name) = words.next() {
            let name = name.strip_prefix("--").ok_or_else(|| format!("{name}: options begin with --"))?.to_owned();
            let value = words.next().ok_or_else(|| format!("--{name} has no value"))?;
            options.entry(name).or_default().push(value);
        }
        Ok(Self(options))
    }

    fn find(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.first().map(String::as_str)
    }

    fn text(&self, name: &str) -> Result<&str> {
        self.find(name).ok_or_else(|| format!("--{name} is missing").into())
    }

    fn number<T: std::str::FromStr>(&self, name: &str) -> Result<T> {
        self.text(name)?.parse().map_err(|_| format!("--{name} is no number").into())
    }
}

/// `uploads --url U [--token T] --parallel N [--part BYTES] (--list FILE | --count N --size BYTES)`
fn send_uploads(options: &Options) -> Result<()> {
    let files = match options.find("list") {
        Some(list) => std::fs::read_to_string(list)?.lines().map(|line| uploads::Load::File(line.into())).collect(),
        None => {
            let (count, size): (u64, usize) = (options.number("count")?, options.number("size")?);
            let first: u64 = options.find("first").and_then(|first| first.parse().ok()).unwrap_or(0);
            (first..first + count).map(|number| uploads::Load::Made { size, number }).collect()
        }
    };
    let job = uploads::Job {
        url: options.text("url")?.to_owned(),
        token: options.find("token").map(str::to_owned),
        parallel: options.number("parallel")?,
        part_bytes: options.find("part").and_then(|part| part.parse().ok()).unwrap_or(0),
        files,
    };
    let (seconds, sent) = uploads::run(&job)?;
    let sent: Vec<_> = sent
        .iter()
        .map(|one| json!({"name": one.name, "last_byte": one.last_byte, "done": one.done, "item": one.item}))
        .collect();
    println!("{}", json!({"seconds": seconds, "sent": sent}));
    Ok(())
}

/// `live --url U [--token T] [--subscribe TEXT] --clients N --method M --path P --body B --rate N --seconds N`
fn hold_live(options: &Options) -> Result<()> {
    let job = live::Job {
        url: options.text("url")?.to_owned(),
        token: options.find("token").map(str::to_owned),
        subscribe: options.find("subscribe").unwrap_or_default().to_owned(),
        clients: options.number("clients")?,
        trigger: (options.text("method")?.to_owned(), options.text("path")?.to_owned()),
        body: options.text("body")?.to_owned(),
        rate: options.number("rate")?,
        seconds: options.number("seconds")?,
    };
    let outcome = live::run(&job)?;
    let part = |sorted: &[f64], part: f64| {
        let at = (sorted.len().saturating_sub(1) as f64 * part).round() as usize;
        sorted.get(at).copied()
    };
    println!(
        "{}",
        json!({
            "count": outcome.latencies_ms.len(),
            "missing": outcome.missing,
            "p50_ms": part(&outcome.latencies_ms, 0.5),
            "p99_ms": part(&outcome.latencies_ms, 0.99),
            "most_ms": part(&outcome.latencies_ms, 1.0),
            "request_p50_ms": part(&outcome.requests_ms, 0.5),
            "request_p99_ms": part(&outcome.requests_ms, 0.99),
        })
    );
    Ok(())
}

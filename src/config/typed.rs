//! The values as the program uses them.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use super::load::{ConfigError, Values};

/// Everything the program is told at its start, parsed.
#[derive(Debug, Clone)]
pub struct Config {
    /// Address to listen on.
    pub listen: SocketAddr,
    /// Scheme and authority people type, without a slash at the end; `None`: the listen address.
    pub public_url: Option<String>,
    /// Whether plain HTTP may leave this machine.
    pub allow_plain_http: bool,
    /// Proxies whose forwarded addresses are believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Where bytes are kept.
    pub file_store: FileStore,
    /// Local cache in front of S3, in bytes.
    pub cache_bytes: u64,
    /// Free space that is always left on the disk, in bytes.
    pub reserve_bytes: u64,
    /// Largest file taken, in bytes.
    pub max_file_bytes: u64,
    /// Life of an unfinished upload, in milliseconds.
    pub upload_life_ms: i64,
    /// PDFs read at the same time.
    pub workers: usize,
    /// Memory of one worker, in bytes.
    pub worker_memory_bytes: u64,
    /// Time for one PDF, in milliseconds.
    pub document_ms: u64,
    /// Pages up to which a PDF is read.
    pub max_pages: u32,
    /// How scanned pages are recognised; `None`: not at all.
    pub ocr: Option<OcrConfig>,
    /// How log lines are written.
    pub log_format: LogFormat,
    /// What is logged.
    pub log_filter: String,
    /// Token for `/metrics` from other machines.
    pub metrics_token: Option<String>,
}

/// How scanned pages are recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OcrConfig {
    /// Tesseract's names of languages, joined by `+`.
    pub languages: String,
    /// Path of tesseract; `None`: the one in the PATH.
    pub program: Option<PathBuf>,
}

/// Where bytes are kept.
#[derive(Debug, Clone)]
pub enum FileStore {
    /// In the data folder.
    Disk,
    /// In a bucket.
    S3 {
        /// Address of the service.
        endpoint: String,
        /// Region.
        region: String,
        /// Bucket.
        bucket: String,
        /// Folder in it.
        prefix: String,
        /// Key.
        access_key: String,
        /// Secret.
        secret_key: String,
    },
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

impl Config {
    /// Parses the values.
    ///
    /// # Errors
    /// [`ConfigError::BadValue`] names the setting and what would be right.
    pub fn from_values(values: &Values) -> Result<Self, ConfigError> {
        let text = |key: &str| values.get(key).text.trim().to_owned();
        let number = |key: &str| values.get(key).text.parse::<u64>().expect("integers are checked when they are set");
        let wrong = |key: &str, problem: &str| ConfigError::BadValue {
            place: values.get(key).source.as_str().to_owned(),
            key: key.to_owned(),
            problem: problem.to_owned(),
        };
        let listen: SocketAddr = text("server.listen")
            .parse()
            .map_err(|_| wrong("server.listen", "must be an address and a port, such as 127.0.0.1:7171"))?;
        let allow_plain_http = text("server.allow_plain_http") == "true";
        if !listen.ip().is_loopback() && !allow_plain_http {
            return Err(wrong(
                "server.listen",
                "is reachable from other machines, and this version serves plain HTTP only: keep it on 127.0.0.1 behind a proxy with TLS, or set server.allow_plain_http = true",
            ));
        }
        let public_url = text("server.public_url").trim_end_matches('/').to_owned();
        if !public_url.is_empty() && !["http://", "https://"].iter().any(|scheme| public_url.starts_with(scheme)) {
            return Err(wrong("server.public_url", "must begin with http:// or https://"));
        }
        let trusted_proxies = text("server.trusted_proxies")
            .split(',')
            .map(str::trim)
            .filter(|entry| !entry.is_empty())
            .map(str::parse)
            .collect::<Result<_, _>>()
            .map_err(|_| wrong("server.trusted_proxies", "must be IP addresses separated by commas"))?;
        let workers = match number("workers.count") {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            count => usize::try_from(count).expect("bounded by the registry"),
        };
        Ok(Self {
            listen,
            public_url: (!public_url.is_empty()).then_some(public_url),
            allow_plain_http,
            trusted_proxies,
            file_store: file_store(values).map_err(|key| wrong(key, "is needed when files.store is s3"))?,
            cache_bytes: number("files.cache_mb") << 20,
            reserve_bytes: number("files.reserve_mb") << 20,
            max_file_bytes: number("uploads.max_file_mb") << 20,
            upload_life_ms: i64::try_from(number("uploads.expire_hours") * 3_600_000).expect("bounded by the registry"),
            workers,
            worker_memory_bytes: number("workers.memory_mb") << 20,
            document_ms: number("workers.document_seconds") * 1000,
            max_pages: u32::try_from(number("workers.max_pages")).expect("bounded by the registry"),
            ocr: ocr(values).map_err(|problem| wrong("ocr.languages", problem))?,
            log_format: if text("log.format") == "json" { LogFormat::Json } else { LogFormat::Text },
            log_filter: text("log.level"),
            metrics_token: Some(text("metrics.token")).filter(|token| !token.is_empty()),
        })
    }
}

/// Errs with what is wrong with the languages, also while recognition is off.
fn ocr(values: &Values) -> Result<Option<OcrConfig>, &'static str> {
    let text = |key: &str| values.get(key).text.trim();
    let languages = text("ocr.languages");
    let is_name = |name: &str| {
        (2..=40).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    if languages.len() > 200 || !languages.split('+').all(is_name) {
        return Err("must be names such as eng or eng+deu, as `tesseract --list-langs` shows them");
    }
    let program = Some(text("ocr.program")).filter(|path| !path.is_empty()).map(PathBuf::from);
    let config = OcrConfig { languages: languages.to_owned(), program };
    Ok((text("ocr.enabled") == "true").then_some(config))
}

/// Errs with the key of the setting that is missing.
fn file_store(values: &Values) -> Result<FileStore, &'static str> {
    if values.get("files.store").text == "disk" {
        return Ok(FileStore::Disk);
    }
    let needed = |key: &'static str| match values.get(key).text.trim() {
        "" => Err(key),
        text => Ok(text.to_owned()),
    };
    Ok(FileStore::S3 {
        endpoint: needed("files.s3_endpoint")?,
        region: needed("files.s3_region")?,
        bucket: needed("files.s3_bucket")?,
        prefix: values.get("files.s3_prefix").text.trim().to_owned(),
        access_key: needed("files.s3_access_key")?,
        secret_key: needed("files.s3_secret_key")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(flags: &[(&str, &str)]) -> Result<Config, String> {
        let flags: Vec<_> = flags.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
        Config::from_values(&Values::load(&flags, [], None).unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn the_defaults_listen_on_this_machine_only() {
        assert!(config(&[]).unwrap().listen.ip().is_loopback());
    }

    #[test]
    fn plain_http_leaves_this_machine_only_by_an_explicit_setting() {
        let error = config(&[("server.listen", "0.0.0.0:80")]).unwrap_err();
        assert!(error.contains("allow_plain_http"), "{error}");
        assert!(config(&[("server.listen", "0.0.0.0:80"), ("server.allow_plain_http", "true")]).is_ok());
    }

    #[test]
    fn recognition_is_off_until_it_is_switched_on_and_takes_only_names_of_languages() {
        assert_eq!(config(&[]).unwrap().ocr, None);
        let on = config(&[("ocr.enabled", "true"), ("ocr.languages", "eng+chi_sim")]).unwrap().ocr;
        assert_eq!(on, Some(OcrConfig { languages: "eng+chi_sim".to_owned(), program: None }));
        for wrong in ["", "eng,deu", "eng+", "-l", "../eng", "e n g"] {
            let error = config(&[("ocr.languages", wrong)]).unwrap_err();
            assert!(error.contains("eng+deu"), "{wrong}: {error}");
        }
    }

    #[test]
    fn s3_names_the_setting_that_is_missing() {
        let error = config(&[("files.store", "s3")]).unwrap_err();
        assert!(error.contains("files.s3_endpoint"), "{error}");
    }
}

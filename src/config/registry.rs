//! The one list of all settings.

/// What a setting holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A whole number between two bounds, both allowed.
    Integer {
        /// Smallest.
        min: i64,
        /// Largest.
        max: i64,
    },
    /// `true` or `false`.
    Switch,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Text that is never shown again.
    Secret,
}

/// One setting.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// `section.name`, as in the TOML file.
    pub key: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Used where nobody says otherwise, written as in the environment.
    pub default: &'static str,
    /// What it does, for the administrator.
    pub doc: &'static str,
}

impl Setting {
    /// The environment variable: `SCROLLKEEPER_` and the key in capitals.
    #[must_use]
    pub fn env_name(&self) -> String {
        format!("SCROLLKEEPER_{}", self.key.replace('.', "_").to_uppercase())
    }
}

const fn text(key: &'static str, default: &'static str, doc: &'static str) -> Setting {
    Setting { key, kind: Kind::Text, default, doc }
}

const fn integer(key: &'static str, default: &'static str, min: i64, max: i64, doc: &'static str) -> Setting {
    Setting { key, kind: Kind::Integer { min, max }, default, doc }
}

const fn choice(
    key: &'static str,
    default: &'static str,
    words: &'static [&'static str],
    doc: &'static str,
) -> Setting {
    Setting { key, kind: Kind::Choice(words), default, doc }
}

const fn switch(key: &'static str, default: &'static str, doc: &'static str) -> Setting {
    Setting { key, kind: Kind::Switch, default, doc }
}

const fn secret(key: &'static str, doc: &'static str) -> Setting {
    Setting { key, kind: Kind::Secret, default: "", doc }
}

/// All settings, in the order of the example file.
pub const SETTINGS: &[Setting] = &[
    text("server.listen", "127.0.0.1:7171", "Address and port to listen on."),
    text(
        "server.public_url",
        "",
        "The address people type, such as https://papers.example.org. Decides cookies, accepted Host and Origin, and links. Empty: the listen address.",
    ),
    switch(
        "server.allow_plain_http",
        "false",
        "Serve plain HTTP beyond this machine. Passwords then cross the network unprotected.",
    ),
    text(
        "server.trusted_proxies",
        "",
        "Addresses of reverse proxies whose X-Forwarded-For is believed, separated by commas.",
    ),
    choice("files.store", "disk", &["disk", "s3"], "Where PDFs and what was read from them are kept."),
    text("files.s3_endpoint", "", "Address of the S3 service, such as https://s3.example.org."),
    text("files.s3_region", "us-east-1", "Region of the bucket."),
    text("files.s3_bucket", "", "Name of the bucket."),
    text("files.s3_prefix", "", "Folder in the bucket; empty for its root."),
    secret("files.s3_access_key", "Access key of the S3 service."),
    secret("files.s3_secret_key", "Secret key of the S3 service."),
    integer("files.cache_mb", "4096", 16, 10_000_000, "Size of the local cache in front of S3, in megabytes."),
    integer(
        "files.reserve_mb",
        "256",
        0,
        1_000_000,
        "Uploads stop while less than this is free on the disk, in megabytes.",
    ),
    integer("uploads.max_file_mb", "4096", 1, 1_000_000, "Largest file that is taken, in megabytes."),
    integer("uploads.expire_hours", "168", 1, 8760, "Unfinished uploads are removed after this time, in hours."),
    integer("workers.count", "0", 0, 256, "PDFs read at the same time. 0: as many as the machine has cores."),
    integer("workers.memory_mb", "1536", 128, 65_536, "Memory that one worker may use, in megabytes."),
    integer(
        "workers.document_seconds",
        "300",
        5,
        86_400,
        "Time that one PDF may take, in seconds; large ones get more.",
    ),
    integer("workers.max_pages", "20000", 1, 1_000_000, "Pages up to which a PDF is read."),
    switch(
        "ocr.enabled",
        "false",
        "Recognise the text of scanned pages with tesseract, when nothing more urgent is to be done.",
    ),
    text(
        "ocr.languages",
        "eng",
        "Languages of the scans, in tesseract's short names joined by a plus, such as eng+deu. Each must be installed.",
    ),
    text("ocr.program", "", "Path of tesseract. Empty: the one in the PATH."),
    choice("log.format", "text", &["text", "json"], "How log lines are written."),
    text(
        "log.level",
        "info",
        "What is logged: error, warn, info, debug, trace, or a filter such as scrollkeeper=debug.",
    ),
    secret("metrics.token", "Bearer token for /metrics from other machines. Empty: only this machine may read it."),
];

/// The setting of that key.
#[must_use]
pub fn find(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}

/// The text of `config.example.toml`: every setting with its documentation and default, commented out.
#[must_use]
pub fn example_toml() -> String {
    let mut out = String::from(
        "# Settings of ScrollKeeper. Copy to config.toml, uncomment what you change, start with --config config.toml.\n\
         # Each can also be given by the environment variable named beside it; for secrets, a variable of the same name\n\
         # with _FILE behind it names a file that holds the value.\n",
    );
    let mut section = "";
    for setting in SETTINGS {
        let (this, name) = setting.key.split_once('.').expect("every key has a section");
        if this != section {
            section = this;
            out.push_str(&format!("\n[{section}]\n"));
        }
        out.push_str(&format!("# {}\n# {}", setting.doc, setting.env_name()));
        if let Kind::Choice(words) = setting.kind {
            out.push_str(&format!(" ({})", words.join(", ")));
        }
        let value = match setting.kind {
            Kind::Integer { .. } | Kind::Switch => setting.default.to_owned(),
            Kind::Text | Kind::Choice(_) | Kind::Secret => format!("\"{}\"", setting.default),
        };
        out.push_str(&format!("\n# {name} = {value}\n"));
    }
    out
}

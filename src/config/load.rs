//! Brings the values together: flags, environment, file, page, defaults.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::registry::{Kind, SETTINGS, Setting, find};

/// Where a value comes from; the first that has one wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A flag on the command line.
    Flag,
    /// An environment variable.
    Environment,
    /// The configuration file.
    File,
    /// The settings page.
    Page,
    /// The registry.
    Default,
}

impl Source {
    /// The word shown to people and in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Source::Flag => "flag",
            Source::Environment => "environment",
            Source::File => "file",
            Source::Page => "page",
            Source::Default => "default",
        }
    }
}

/// A setting's value, written as in the environment, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The value; checked against the setting's kind.
    pub text: String,
    /// Where it comes from.
    pub source: Source,
}

/// The values of all settings.
#[derive(Debug, Clone)]
pub struct Values {
    values: BTreeMap<&'static str, Value>,
}

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {path}: {source}. Check the path given with --config")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not TOML.
    #[error("{path} is not valid TOML: {message}")]
    Syntax {
        /// Which file.
        path: PathBuf,
        /// Where and why.
        message: String,
    },
    /// A key that no setting has.
    #[error("{place}: there is no setting `{key}`{hint}")]
    UnknownKey {
        /// File or environment.
        place: String,
        /// The key as written.
        key: String,
        /// ` (did you mean …?)` or nothing.
        hint: String,
    },
    /// A value of the wrong kind.
    #[error("{place}: `{key}` {problem}")]
    BadValue {
        /// File, environment or flag.
        place: String,
        /// The setting.
        key: String,
        /// What would be right.
        problem: String,
    },
}

impl Values {
    /// Defaults only.
    #[must_use]
    pub fn defaults() -> Self {
        let values = SETTINGS
            .iter()
            .map(|setting| (setting.key, Value { text: setting.default.to_owned(), source: Source::Default }))
            .collect();
        Self { values }
    }

    /// All sources but the settings page: `flags` as key and value, `environment` as name and value, an optional file.
    ///
    /// # Errors
    /// [`ConfigError`] names the file or variable, the key, and what would be right. Unknown keys are errors; of unknown
    /// environment variables only those that begin with `SCROLLKEEPER_`.
    pub fn load(
        flags: &[(&str, String)],
        environment: impl IntoIterator<Item = (String, String)>,
        file: Option<&Path>,
    ) -> Result<Self, ConfigError> {
        let mut values = Self::defaults();
        if let Some(path) = file {
            values.read_file(path)?;
        }
        values.read_environment(environment)?;
        for (key, value) in flags {
            let setting = find(key).ok_or_else(|| unknown("command line", key))?;
            values.set(setting, value.clone(), Source::Flag, "command line")?;
        }
        Ok(values)
    }

    /// Adds what was set on the settings page, wherever nothing stronger has a value.
    ///
    /// # Errors
    /// [`ConfigError::BadValue`] for a value that does not fit.
    pub fn add_page(&mut self, page: impl IntoIterator<Item = (String, String)>) -> Result<(), ConfigError> {
        for (key, value) in page {
            // A setting of a later version may be stored; it waits there untouched.
            if let Some(setting) = find(&key) {
                self.set(setting, value, Source::Page, "settings page")?;
            }
        }
        Ok(())
    }

    /// The value of a setting of the registry.
    #[must_use]
    pub fn get(&self, key: &str) -> &Value {
        self.values.get(key).expect("every key in use is in the registry")
    }

    /// All values in the registry's order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static Setting, &Value)> {
        SETTINGS.iter().map(|setting| (setting, self.get(setting.key)))
    }

    fn set(&mut self, setting: &'static Setting, text: String, source: Source, place: &str) -> Result<(), ConfigError> {
        check(setting, &text).map_err(|problem| ConfigError::BadValue {
            place: place.to_owned(),
            key: setting.key.to_owned(),
            problem,
        })?;
        let current = self.values.get(setting.key).map_or(Source::Default, |value| value.source);
        if source <= current {
            self.values.insert(setting.key, Value { text, source });
        }
        Ok(())
    }

    fn read_file(&mut self, path: &Path) -> Result<(), ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| ConfigError::Syntax {
            path: path.to_owned(),
            message: error.to_string(),
        })?;
        let place = path.display().to_string();
        for (section, entries) in &table {
            let Some(entries) = entries.as_table() else { return Err(unknown(&place, section)) };
            for (name, value) in entries {
                let key = format!("{section}.{name}");
                let setting = find(&key).ok_or_else(|| unknown(&place, &key))?;
                let text = match value {
                    toml::Value::String(text) => text.clone(),
                    toml::Value::Integer(number) => number.to_string(),
                    toml::Value::Boolean(on) => on.to_string(),
                    other => {
                        let problem = format!("cannot hold a {}", other.type_str());
                        return Err(ConfigError::BadValue { place, key, problem });
                    }
                };
                self.set(setting, text, Source::File, &place)?;
            }
        }
        Ok(())
    }

    fn read_environment(&mut self, environment: impl IntoIterator<Item = (String, String)>) -> Result<(), ConfigError> {
        for (name, value) in environment {
            if !name.starts_with(PREFIX) || OTHER_VARIABLES.contains(&name.as_str()) {
                continue;
            }
            if let Some(setting) = SETTINGS.iter().find(|setting| setting.env_name() == name) {
                self.set(setting, value, Source::Environment, &name)?;
            } else if let Some(setting) = secret_file(&name) {
                let path = PathBuf::from(&value);
                let text = std::fs::read_to_string(&path).map_err(|source| ConfigError::Unreadable { path, source })?;
                self.set(setting, text.trim_end().to_owned(), Source::Environment, &name)?;
            } else {
                return Err(unknown("environment", &name));
            }
        }
        Ok(())
    }
}

/// How the names of our environment variables begin.
const PREFIX: &str = "SCROLLKEEPER_";

/// The variables of this process that are meant for us. Those of others need not even be text.
pub fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os().filter_map(|(name, value)| {
        let name = name.into_string().ok().filter(|name| name.starts_with(PREFIX))?;
        Some((name, value.to_string_lossy().into_owned()))
    })
}

/// Variables of ours that are no settings: the data folder, the configuration file, and what the build reads.
const OTHER_VARIABLES: &[&str] =
    &["SCROLLKEEPER_DATA", "SCROLLKEEPER_CONFIG", "SCROLLKEEPER_PDFIUM", "SCROLLKEEPER_WEB", "SCROLLKEEPER_WEB_DIST"];

fn secret_file(name: &str) -> Option<&'static Setting> {
    let name = name.strip_suffix("_FILE")?;
    SETTINGS.iter().find(|setting| setting.kind == Kind::Secret && setting.env_name() == name)
}

fn check(setting: &Setting, text: &str) -> Result<(), String> {
    match setting.kind {
        Kind::Text | Kind::Secret => Ok(()),
        Kind::Switch => match text {
            "true" | "false" => Ok(()),
            _ => Err("must be true or false".to_owned()),
        },
        Kind::Choice(words) if words.contains(&text) => Ok(()),
        Kind::Choice(words) => Err(format!("must be one of: {}", words.join(", "))),
        Kind::Integer { min, max } => match text.parse::<i64>() {
            Ok(number) if (min..=max).contains(&number) => Ok(()),
            _ => Err(format!("must be a whole number from {min} to {max}")),
        },
    }
}

fn unknown(place: &str, key: &str) -> ConfigError {
    let last = |text: &str| text.rsplit(['.', '_']).next().unwrap_or_default().to_lowercase();
    let hint = SETTINGS
        .iter()
        .find(|setting| last(setting.key) == last(key))
        .map(|setting| format!(" (did you mean `{}`?)", setting.key))
        .unwrap_or_default();
    ConfigError::UnknownKey { place: place.to_owned(), key: key.to_owned(), hint }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        file
    }

    #[test]
    fn the_stronger_source_wins() {
        let config = file("[uploads]\nmax_file_mb = 10\nexpire_hours = 5\n[workers]\ncount = 3\n");
        let environment = [
            ("SCROLLKEEPER_UPLOADS_MAX_FILE_MB".to_owned(), "20".to_owned()),
            ("SCROLLKEEPER_WORKERS_COUNT".to_owned(), "4".to_owned()),
            ("PATH".to_owned(), "/bin".to_owned()),
        ];
        let mut values = Values::load(&[("workers.count", "5".to_owned())], environment, Some(config.path())).unwrap();
        values
            .add_page([
                ("uploads.expire_hours".to_owned(), "9".to_owned()),
                ("log.level".to_owned(), "warn".to_owned()),
            ])
            .unwrap();
        let seen = |key| (values.get(key).text.as_str(), values.get(key).source);
        assert_eq!(seen("workers.count"), ("5", Source::Flag));
        assert_eq!(seen("uploads.max_file_mb"), ("20", Source::Environment));
        assert_eq!(seen("uploads.expire_hours"), ("5", Source::File));
        assert_eq!(seen("log.level"), ("warn", Source::Page));
        assert_eq!(seen("files.store"), ("disk", Source::Default));
    }

    #[test]
    fn a_wrong_key_or_value_is_an_error_that_says_what_would_be_right() {
        let load = |text: &str| Values::load(&[], [], Some(file(text).path())).unwrap_err().to_string();
        assert!(load("[server]\nlistem = \"x\"").contains("no setting `server.listem`"));
        assert!(load("[uploads]\nmax_file_mb = 0").contains("whole number from 1"));
        assert!(load("[files]\nstore = \"ftp\"").contains("disk, s3"));
        assert!(load("[http]\nlisten = \"x\"").contains("did you mean `server.listen`?"));
        let environment = [("SCROLLKEEPER_LISTEN".to_owned(), "x".to_owned())];
        let error = Values::load(&[], environment, None).unwrap_err().to_string();
        assert!(error.contains("did you mean `server.listen`?"), "{error}");
    }

    #[test]
    fn a_secret_may_come_from_a_file() {
        let secret = file("hush\n");
        let name = "SCROLLKEEPER_FILES_S3_SECRET_KEY_FILE".to_owned();
        let values = Values::load(&[], [(name, secret.path().display().to_string())], None).unwrap();
        assert_eq!(values.get("files.s3_secret_key").text, "hush");
    }
}

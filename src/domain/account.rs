//! What a username and an e-mail address look like.

/// A username: 1 to 64 of letters, digits, `.`, `_`, `-`, beginning with a letter or digit. Kept as typed; two that differ
/// only in case are the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Username(String);

impl Username {
    /// Reads a username; the error says what would be right.
    ///
    /// # Errors
    /// A sentence for the person.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        let starts_well = text.chars().next().is_some_and(char::is_alphanumeric);
        let plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
        if text.chars().count() <= 64 && starts_well && plain {
            Ok(Self(text.to_owned()))
        } else {
            Err(
                "A username has 1 to 64 letters, digits, dots, underscores or hyphens, and begins with a letter or digit.",
            )
        }
    }

    /// As typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An e-mail address, checked only as far as sending to it would make sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads an address; the error says what would be right.
    ///
    /// # Errors
    /// A sentence for the person.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        let wrong = "This does not look like an e-mail address, such as ada@lab.example.";
        let (local, domain) = text.rsplit_once('@').ok_or(wrong)?;
        let odd =
            |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';' | '"' | '(' | ')' | '@');
        let domain_ok = !domain.is_empty()
            && domain.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
        if local.is_empty()
            || local.len() > 64
            || text.len() > 254
            || text.chars().filter(|c| *c != '@').any(odd)
            || local.contains('@')
            || !domain_ok
        {
            return Err(wrong);
        }
        Ok(Self(text.to_owned()))
    }

    /// As typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usernames_are_short_plain_words() {
        for good in ["ada", "Ada.Lovelace", "a", "łukasz-2", "0x"] {
            assert!(Username::parse(good).is_ok(), "{good}");
        }
        for bad in ["", " ", "-a", "a b", "a@b", "a/b", &"a".repeat(65)] {
            assert!(Username::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn addresses_have_one_at_and_a_domain() {
        for good in ["ada@lab.example", "a.b+c@x", "ü@bücher.example"] {
            assert!(EmailAddress::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "ada", "@x", "a@", "a b@x", "a@b@c", "a@x..y", "a\n@x", "<a@x>"] {
            assert!(EmailAddress::parse(bad).is_err(), "{bad}");
        }
    }
}

//! Which hosts and origins are ours, and where a request really comes from.

use std::net::{IpAddr, SocketAddr};

use poem::Request;
use poem::http::{StatusCode, Uri, header};

use super::problem::Problem;
use crate::config::Config;

/// Decided once from `public_url` and the listen address.
#[derive(Debug, Clone)]
pub struct Origins {
    /// `scheme://authority` of `public_url`; without it any name of this machine's loopback with the listen port.
    public: Option<(String, String)>,
    listen: SocketAddr,
    trusted_proxies: Vec<IpAddr>,
}

impl Origins {
    /// From the configuration and the address that was really bound.
    #[must_use]
    pub fn new(config: &Config, bound: SocketAddr) -> Self {
        let public = config.public_url.as_deref().and_then(|url| {
            let uri: Uri = url.parse().ok()?;
            Some((uri.scheme_str()?.to_owned(), uri.authority()?.as_str().to_ascii_lowercase()))
        });
        Self { public, listen: bound, trusted_proxies: config.trusted_proxies.clone() }
    }

    /// Whether people reach us by https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public.as_ref().is_some_and(|(scheme, _)| scheme == "https")
    }

    /// The session cookie's name: with the `__Host-` prefix wherever browsers accept it.
    #[must_use]
    pub fn cookie_name(&self) -> &'static str {
        if self.is_https() { "__Host-scrollkeeper" } else { "scrollkeeper" }
    }

    /// The address people type, for links.
    #[must_use]
    pub fn base_url(&self) -> String {
        match &self.public {
            Some((scheme, authority)) => format!("{scheme}://{authority}"),
            None => format!("http://{}", self.listen),
        }
    }

    fn is_ours(&self, authority: &str) -> bool {
        let authority = authority.to_ascii_lowercase();
        if let Some((_, ours)) = &self.public
            && *ours == authority
        {
            return true;
        }
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, port.parse().unwrap_or(0)),
            _ => (authority.as_str(), 80),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let loopback = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        if loopback && port == self.listen.port() {
            return true;
        }
        // Without a public address, a server that was told to listen to a network answers to whatever name leads there.
        self.public.is_none() && !self.listen.ip().is_loopback()
    }

    /// Refuses requests for another host, so that a foreign name pointed at us (DNS rebinding) reaches nothing.
    ///
    /// # Errors
    /// 421 with what to set.
    pub fn check_host(&self, request: &Request) -> Result<(), Problem> {
        let host = request.header(header::HOST).or_else(|| request.uri().authority().map(|a| a.as_str()));
        let path = request.uri().path();
        if matches!(path, "/healthz" | "/readyz") || host.is_none_or(|host| self.is_ours(host)) {
            return Ok(());
        }
        Err(Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            "wrong_host",
            "This server does not answer to that name. Set server.public_url to the address people type.",
        ))
    }

    /// Refuses changes that another site's page asks for.
    ///
    /// # Errors
    /// 403.
    pub fn check_origin(&self, request: &Request) -> Result<(), Problem> {
        let Some(origin) = request.header(header::ORIGIN) else { return Ok(()) };
        let ours = origin.split_once("://").is_some_and(|(scheme, authority)| match &self.public {
            Some((ours, public)) if *public == authority.to_ascii_lowercase() => scheme == ours,
            _ => self.is_ours(authority),
        });
        if ours {
            return Ok(());
        }
        Err(Problem::new(
            StatusCode::FORBIDDEN,
            "wrong_origin",
            "This change was asked for by a page of another site and was refused.",
        ))
    }

    /// The address of the person: the connection's, or what a trusted proxy says (the rightmost address it did not add
    /// itself).
    #[must_use]
    pub fn client_address(&self, request: &Request) -> IpAddr {
        let peer = request.remote_addr().as_socket_addr().map_or(IpAddr::from([127, 0, 0, 1]), SocketAddr::ip);
        if !self.trusted_proxies.contains(&peer) {
            return peer;
        }
        let forwarded = request.headers().get_all("x-forwarded-for");
        let mut hops: Vec<IpAddr> = forwarded
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .filter_map(|hop| hop.trim().parse().ok())
            .collect();
        while let Some(hop) = hops.pop() {
            if !self.trusted_proxies.contains(&hop) {
                return hop;
            }
        }
        peer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Values};

    fn origins(public_url: &str, listen: &str) -> Origins {
        let flags = [("server.public_url", public_url.to_owned()), ("server.allow_plain_http", "true".to_owned())];
        let config = Config::from_values(&Values::load(&flags, [], None).unwrap()).unwrap();
        Origins::new(&config, listen.parse().unwrap())
    }

    fn host(origins: &Origins, host: &str) -> bool {
        origins.check_host(&Request::builder().header("host", host).finish()).is_ok()
    }

    fn origin(origins: &Origins, origin: &str) -> bool {
        origins.check_origin(&Request::builder().header("origin", origin).finish()).is_ok()
    }

    #[test]
    fn a_laptop_answers_to_its_loopback_names_only() {
        let laptop = origins("", "127.0.0.1:7171");
        assert!(host(&laptop, "127.0.0.1:7171") && host(&laptop, "localhost:7171") && host(&laptop, "[::1]:7171"));
        assert!(!host(&laptop, "evil.example:7171") && !host(&laptop, "localhost:80"));
        assert!(origin(&laptop, "http://localhost:7171"));
        assert!(!origin(&laptop, "http://localhost:3000") && !origin(&laptop, "null"));
        assert_eq!(laptop.cookie_name(), "scrollkeeper");
    }

    #[test]
    fn behind_a_public_address_only_that_origin_may_change_things() {
        let lab = origins("https://papers.example.org", "127.0.0.1:7171");
        assert!(host(&lab, "Papers.example.org"));
        assert!(!host(&lab, "papers.example.net"));
        assert!(origin(&lab, "https://papers.example.org"));
        assert!(!origin(&lab, "http://papers.example.org"));
        assert_eq!(lab.cookie_name(), "__Host-scrollkeeper");
    }
}

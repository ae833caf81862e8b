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

    /// The address of the person: the connection's, or what trusted proxies say, up to the rightmost address that is none of
    /// theirs. An IPv4 address that came over an IPv6 socket is the IPv4 address.
    #[must_use]
    pub fn client_address(&self, request: &Request) -> IpAddr {
        let peer = request.remote_addr().as_socket_addr().map_or(IpAddr::from([127, 0, 0, 1]), SocketAddr::ip);
        let forwarded = request.headers().get_all("x-forwarded-for").iter();
        self.first_untrusted(peer, forwarded.map(|value| value.to_str().unwrap_or("")))
    }

    fn first_untrusted<'a>(&self, peer: IpAddr, forwarded: impl Iterator<Item = &'a str>) -> IpAddr {
        let mut nearest = peer.to_canonical();
        let hops: Vec<&str> = forwarded.flat_map(|value| value.split(',')).map(str::trim).collect();
        for hop in hops.into_iter().rev() {
            if !self.trusted_proxies.contains(&nearest) {
                break;
            }
            // What stands further left than something that is no address was written by nobody who is trusted.
            let Some(address) = parse_hop(hop) else { break };
            nearest = address.to_canonical();
        }
        nearest
    }
}

/// An address as proxies write it: alone, or with a port.
fn parse_hop(hop: &str) -> Option<IpAddr> {
    let bare = hop.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
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

    fn address(peer: &str, forwarded: &str) -> String {
        let trusted_proxies = ["127.0.0.1", "10.0.0.1"].map(|proxy| proxy.parse().unwrap()).to_vec();
        let origins = Origins { trusted_proxies, ..origins("", "127.0.0.1:7171") };
        origins.first_untrusted(peer.parse().unwrap(), [forwarded].into_iter()).to_string()
    }

    #[test]
    fn who_asks_is_whom_the_last_trusted_proxy_saw() {
        assert_eq!(address("198.51.100.1", "203.0.113.7"), "198.51.100.1", "a stranger is not believed");
        assert_eq!(address("127.0.0.1", "192.0.2.1, 203.0.113.7"), "203.0.113.7");
        assert_eq!(address("127.0.0.1", "203.0.113.7, 10.0.0.1"), "203.0.113.7");
        assert_eq!(address("127.0.0.1", "192.0.2.1, unknown"), "127.0.0.1", "what a client made up is not believed");
        assert_eq!(address("127.0.0.1", "203.0.113.7:4711"), "203.0.113.7");
        assert_eq!(address("::ffff:198.51.100.1", ""), "198.51.100.1", "not one address for all of IPv4");
        assert_eq!(address("::ffff:127.0.0.1", "[2001:db8::1]:443"), "2001:db8::1");
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

//! The routes on a real socket of the loopback, for what needs a connection.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use scrollkeeper::http;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::TestApp;

/// A listener that serves until it is dropped.
pub struct Served {
    /// Where.
    pub address: SocketAddr,
    stop: CancellationToken,
}

impl TestApp {
    /// Serves on a free port.
    pub async fn serve(&self) -> Served {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let endpoint = http::endpoint(Arc::clone(&self.app), address, Arc::new(String::new));
        let stop = CancellationToken::new();
        let ending = stop.clone().cancelled_owned();
        tokio::spawn(http::serve(listener, endpoint, ending, Duration::from_secs(1)));
        Served { address, stop }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

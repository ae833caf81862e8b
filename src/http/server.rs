//! Serves the routes on a socket.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use poem::Server;
use poem::endpoint::BoxEndpoint;
use poem::listener::Acceptor;
use poem::web::{LocalAddr, RemoteAddr};
use tokio::net::{TcpListener, TcpStream};

/// The pause after a connection could not be taken.
const AFTER_FAILURE: Duration = Duration::from_millis(100);

/// Connections taken from a socket that is bound already, each told to send small segments at once.
struct Accepting(TcpListener, SocketAddr);

impl Acceptor for Accepting {
    type Io = TcpStream;

    fn local_addr(&self) -> Vec<LocalAddr> {
        vec![LocalAddr(self.1.into())]
    }

    async fn accept(&mut self) -> io::Result<(TcpStream, LocalAddr, RemoteAddr, poem::http::uri::Scheme)> {
        loop {
            match self.0.accept().await {
                // One that cannot be told so is gone already.
                Ok((stream, peer)) if stream.set_nodelay(true).is_ok() => {
                    let (bound, peer) = (LocalAddr(self.1.into()), RemoteAddr(peer.into()));
                    return Ok((stream, bound, peer, poem::http::uri::Scheme::HTTP));
                }
                Ok(_) => {}
                // As a rule no descriptor is left, and asking again at once would take the core that is to free some.
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(AFTER_FAILURE).await;
                }
            }
        }
    }
}

/// Serves until `end` resolves; requests under way get `drain` to finish.
///
/// # Errors
/// If the socket fails.
pub async fn serve(
    listener: TcpListener,
    endpoint: BoxEndpoint<'static>,
    end: impl Future<Output = ()> + Send + 'static,
    drain: Duration,
) -> io::Result<()> {
    let bound = listener.local_addr()?;
    Server::new_with_acceptor(Accepting(listener, bound)).run_with_graceful_shutdown(endpoint, end, Some(drain)).await
}

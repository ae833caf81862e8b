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

/// Connections taken from a socket that is bound already, each told to send small segments at once.
struct Accepting(TcpListener, SocketAddr);

impl Acceptor for Accepting {
    type Io = TcpStream;

    fn local_addr(&self) -> Vec<LocalAddr> {
        vec![LocalAddr(self.1.into())]
    }

    async fn accept(&mut self) -> io::Result<(TcpStream, LocalAddr, RemoteAddr, poem::http::uri::Scheme)> {
        let (stream, peer) = self.0.accept().await?;
        stream.set_nodelay(true)?;
        Ok((stream, LocalAddr(self.1.into()), RemoteAddr(peer.into()), poem::http::uri::Scheme::HTTP))
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

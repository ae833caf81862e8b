//! Live events over a WebSocket, and the same facts as an event stream where a proxy cuts WebSockets.
//!
//! A connection that is too slow is ended with a code that makes the client come back and catch up by version.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use poem::http::HeaderMap;
use poem::web::sse::{Event, SSE};
use poem::web::websocket::{CloseCode, Message, WebSocket, WebSocketConfig};
use poem::web::{Data, Query};
use poem::{IntoResponse, Request, Response, handler};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::api::Context;
use super::front::Caller;
use super::problem::{ApiResult, OrProblem};
use super::views::{ChangeView, JobView};
use crate::app::App;
use crate::app::watching::View;
use crate::domain::actor::Actor;
use crate::domain::ids::{LibraryId, Version};
use crate::domain::live::{LiveEvent, Told};

/// A ping so often; a client that answers none for three of them is gone.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// A message that is not taken for so long ends the connection.
const SLOW_AFTER: Duration = Duration::from_secs(10);
/// "Try again later": the client comes back and catches up.
const TRY_AGAIN: u16 = 1013;
/// "Service restart".
const RESTARTING: u16 = 1012;
/// Clients say little. The buffer is filled with zeros whenever a connection is looked at, so a large one costs each message
/// to each client more than the message itself.
const READ_BUFFER_BYTES: usize = 2 * 1024;
/// The longest message that a client may send: a subscription to thousands of libraries.
const MOST_FROM_CLIENT_BYTES: usize = 256 * 1024;

#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum FromClient {
    Subscribe {
        #[serde(default)]
        libraries: Vec<u64>,
        #[serde(default)]
        since: BTreeMap<String, u64>,
    },
    #[serde(other)]
    Other,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum ToClient {
    Hello { version: &'static str, heartbeat_ms: u64 },
    Jobs { jobs: Vec<serde_json::Value> },
    Job { job: serde_json::Value },
    Progress { id: u64, library: Option<u64>, key: Option<String>, page: u32, pages: u32 },
    Change { library: u64, version: u64, changes: Vec<serde_json::Value> },
    Reset { library: u64, version: u64 },
    Access,
    Restarting,
    Heartbeat,
}

/// What a client wants to watch: with no libraries named, all that are open to it.
#[derive(Debug, Default, Clone)]
struct Subscription {
    libraries: Vec<LibraryId>,
    since: BTreeMap<LibraryId, Version>,
}

impl Subscription {
    fn wants(&self, library: LibraryId) -> bool {
        self.libraries.is_empty() || self.libraries.contains(&library)
    }
}

/// Which libraries an event stream is about.
#[derive(Debug, Deserialize)]
pub struct StreamQuery {
    libraries: Option<String>,
    since: Option<String>,
}

/// `/api/v1/live`: a WebSocket, or an event stream for who does not ask for one.
#[handler]
pub async fn get_live(
    request: &Request,
    caller: Caller,
    context: Data<&Context>,
    Query(query): Query<StreamQuery>,
) -> ApiResult<Response> {
    let app = Arc::clone(&context.app);
    if !wants_websocket(request.headers()) {
        return Ok(event_stream(app, caller, subscription_of(&query)).await?.into_response());
    }
    // A WebSocket is opened with the cookie by whatever page asks: the origin decides.
    if caller.session_secret().is_some() {
        context.origins.check_origin(request)?;
    }
    let config = WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER_BYTES)
        .max_message_size(Some(MOST_FROM_CLIENT_BYTES))
        .max_frame_size(Some(MOST_FROM_CLIENT_BYTES));
    let socket = request_websocket(request).await?.config(config);
    let upgraded = socket.on_upgrade(move |mut stream| async move {
        let mut events = app.events();
        let mut subscription: Option<(Subscription, View)> = None;
        let hello = ToClient::Hello { version: env!("CARGO_PKG_VERSION"), heartbeat_ms: HEARTBEAT.as_millis() as u64 };
        let mut outgoing = vec![to_json(&hello)];
        let mut unanswered = 0;
        let mut beat = tokio::time::interval(HEARTBEAT);
        beat.tick().await;
        let code = loop {
            for text in outgoing.drain(..) {
                match tokio::time::timeout(SLOW_AFTER, stream.send(Message::text(text))).await {
                    Ok(Ok(())) => {}
                    Ok(Err(_)) | Err(_) => return,
                }
            }
            tokio::select! {
                message = stream.next() => match message {
                    Some(Ok(Message::Text(text))) => {
                        unanswered = 0;
                        if let Ok(FromClient::Subscribe { libraries, since }) = serde_json::from_str(&text) {
                            let wanted = subscription_from(&libraries, &since);
                            match begin(&app, &caller.actor, &wanted).await {
                                Ok((view, first)) => {
                                    outgoing = first.iter().map(to_json).collect();
                                    subscription = Some((wanted, view));
                                }
                                Err(_) => break TRY_AGAIN,
                            }
                        }
                    }
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                    Some(Ok(_)) => unanswered = 0,
                },
                event = events.recv() => match event {
                    Ok(told) if told.event == LiveEvent::Restarting => break RESTARTING,
                    Ok(told) => {
                        if let Some((wanted, view)) = &mut subscription {
                            match answer(&app, &caller, wanted, view, &told).await {
                                Ok(message) => outgoing.extend(message.map(str::to_owned)),
                                Err(_) => break TRY_AGAIN,
                            }
                        }
                    }
                    Err(RecvError::Lagged(_)) => break TRY_AGAIN,
                    Err(RecvError::Closed) => break RESTARTING,
                },
                _ = beat.tick() => {
                    unanswered += 1;
                    if unanswered > 3 {
                        return;
                    }
                    if stream.send(Message::Ping(Vec::new())).await.is_err() {
                        return;
                    }
                    outgoing.push(to_json(&ToClient::Heartbeat));
                }
            }
        };
        let close = Message::Close(Some((CloseCode::from(code), "come back and catch up".to_owned())));
        drop(tokio::time::timeout(SLOW_AFTER, stream.send(close)).await);
    });
    Ok(upgraded.into_response())
}

fn wants_websocket(headers: &HeaderMap) -> bool {
    headers
        .get("upgrade")
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.eq_ignore_ascii_case("websocket"))
}

async fn request_websocket(request: &Request) -> poem::Result<WebSocket> {
    use poem::FromRequest as _;
    WebSocket::from_request(request, &mut poem::RequestBody::default()).await
}

fn to_json(message: &ToClient) -> String {
    serde_json::to_string(message).expect("live messages are plain JSON")
}

fn view_json<T: poem_openapi::types::ToJSON>(view: &T) -> serde_json::Value {
    view.to_json().unwrap_or(serde_json::Value::Null)
}

fn subscription_from(libraries: &[u64], since: &BTreeMap<String, u64>) -> Subscription {
    Subscription {
        libraries: libraries.iter().copied().map(LibraryId).collect(),
        since: since
            .iter()
            .filter_map(|(library, version)| Some((LibraryId(library.parse().ok()?), Version(*version))))
            .collect(),
    }
}

/// `libraries=1,2&since=1:40,2:7`
fn subscription_of(query: &StreamQuery) -> Subscription {
    let numbers = |text: &str| text.split(',').filter_map(|n| n.trim().parse().ok()).collect::<Vec<u64>>();
    let since = query.since.as_deref().unwrap_or("").split(',').filter_map(|pair| {
        let (library, version) = pair.split_once(':')?;
        Some((library.trim().to_owned(), version.trim().parse().ok()?))
    });
    subscription_from(&numbers(query.libraries.as_deref().unwrap_or("")), &since.collect())
}

/// The view of the actor, with what has to be told first: jobs, then what was missed.
async fn begin(app: &Arc<App>, actor: &Actor, wanted: &Subscription) -> ApiResult<(View, Vec<ToClient>)> {
    let view = app.view(actor).await.or_problem()?;
    let libraries: Vec<LibraryId> = view.libraries.keys().copied().filter(|library| wanted.wants(*library)).collect();
    let jobs = app.job_snapshot(actor, libraries).await.or_problem()?;
    let jobs = jobs.iter().map(|job| view_json(&JobView::new(job, app.job_progress(job.id)))).collect();
    let mut messages = vec![ToClient::Jobs { jobs }];
    for (library, version) in view.libraries.iter().filter(|(library, _)| wanted.wants(**library)) {
        let Some(since) = wanted.since.get(library).filter(|since| *since < version) else { continue };
        let (changes, version) = app.changes_since(actor, *library, *since).await.or_problem()?;
        messages.push(match changes {
            Some(changes) => ToClient::Change {
                library: library.0,
                version: version.0,
                changes: changes.into_iter().map(|change| view_json(&ChangeView::from(change))).collect(),
            },
            None => ToClient::Reset { library: library.0, version: version.0 },
        });
    }
    Ok((view, messages))
}

/// What to tell about an event, if anything. An error for who is no longer let in.
async fn answer<'t>(
    app: &Arc<App>,
    caller: &Caller,
    wanted: &Subscription,
    view: &mut View,
    told: &'t Told,
) -> ApiResult<Option<&'t str>> {
    let event = &told.event;
    if !view.admits(event) || matches!(event, LiveEvent::Changed { library, .. } if !wanted.wants(*library)) {
        return Ok(None);
    }
    if matches!(event, LiveEvent::AccessChanged { .. }) {
        let actor = caller.proof.actor(app).await.or_problem()?;
        *view = app.view(&actor).await.or_problem()?;
    }
    Ok(Some(told.words(|event| to_json(&message(app, event)))))
}

fn message(app: &App, event: &LiveEvent) -> ToClient {
    match event {
        LiveEvent::Changed { library, version, changes } => ToClient::Change {
            library: library.0,
            version: version.0,
            changes: changes.iter().map(|change| view_json(&ChangeView::from(*change))).collect(),
        },
        LiveEvent::Job(job) => ToClient::Job { job: view_json(&JobView::new(job, app.job_progress(job.id))) },
        LiveEvent::Progress { id, library, key, page, pages, .. } => ToClient::Progress {
            id: id.0,
            library: library.map(|library| library.0),
            key: key.map(|key| key.to_string()),
            page: *page,
            pages: *pages,
        },
        LiveEvent::AccessChanged { .. } => ToClient::Access,
        LiveEvent::Restarting => ToClient::Restarting,
    }
}

struct Stream {
    app: Arc<App>,
    caller: Caller,
    wanted: Subscription,
    view: View,
    events: Receiver<Arc<Told>>,
    waiting: VecDeque<String>,
    ended: bool,
}

async fn event_stream(app: Arc<App>, caller: Caller, wanted: Subscription) -> ApiResult<SSE> {
    let events = app.events();
    let (view, first) = begin(&app, &caller.actor, &wanted).await?;
    let hello = ToClient::Hello { version: env!("CARGO_PKG_VERSION"), heartbeat_ms: HEARTBEAT.as_millis() as u64 };
    let waiting = std::iter::once(hello).chain(first).map(|message| to_json(&message)).collect();
    let state = Stream { app, caller, wanted, view, events, waiting, ended: false };
    let stream = futures_util::stream::unfold(state, |mut state| async move {
        loop {
            if let Some(message) = state.waiting.pop_front() {
                return Some((Event::message(message), state));
            }
            if state.ended {
                return None;
            }
            match tokio::time::timeout(HEARTBEAT, state.events.recv()).await {
                Err(_) => state.waiting.push_back(to_json(&ToClient::Heartbeat)),
                Ok(Ok(told)) => {
                    state.ended = told.event == LiveEvent::Restarting;
                    let Stream { app, caller, wanted, view, .. } = &mut state;
                    match answer(app, caller, wanted, view, &told).await {
                        Ok(message) => state.waiting.extend(message.map(str::to_owned)),
                        Err(_) => return None,
                    }
                }
                Ok(Err(_)) => return None,
            }
        }
    });
    Ok(SSE::new(stream).keep_alive(HEARTBEAT))
}

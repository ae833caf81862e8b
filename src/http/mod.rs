//! The front door for browsers and programs: routes, views, problems.
//!
//! Invariant: a handler parses, calls one use case, presents; no rule lives here.
//! Invariant: every route stands in [`routes::ROUTES`]; a test compares it with the router and the document.

mod api;
mod body_limit;
mod documents;
mod front;
mod health;
mod live;
mod openapi;
mod origin;
mod pages;
mod params;
mod problem;
mod repeats;
pub mod routes;
mod server;
mod uploads;
mod views;

use std::net::SocketAddr;
use std::sync::Arc;

use poem::endpoint::BoxEndpoint;
use poem::middleware::Compression;
use poem::web::{CompressionAlgo, CompressionLevel};
use poem::{EndpointExt as _, IntoEndpoint as _, Route, get};
use poem_openapi::OpenApiService;

pub use health::RenderMetrics;
pub use origin::Origins;
pub use server::serve;

use crate::app::App;
use api::{AccountApi, AdminApi, Context, ItemApi, LibraryApi, RelativeApi, SystemApi};
use body_limit::BodyLimit;

/// Largest body of a request that is no upload.
const MOST_BODY_BYTES: usize = 4 << 20;

type Apis = (AccountApi, AdminApi, LibraryApi, ItemApi, RelativeApi, SystemApi);

fn service(context: &Context) -> OpenApiService<Apis, ()> {
    let apis = (
        AccountApi(context.clone()),
        AdminApi(context.clone()),
        LibraryApi(context.clone()),
        ItemApi(context.clone()),
        RelativeApi(context.clone()),
        SystemApi(context.clone()),
    );
    OpenApiService::new(apis, "ScrollKeeper", env!("CARGO_PKG_VERSION"))
        .description("Keeps, reads, discusses and cites the papers of a research group on its own machine.")
}

/// The document that describes the API, as served.
#[must_use]
pub fn openapi_json(app: Arc<App>) -> String {
    let bound = app.config().listen;
    let origins = Arc::new(Origins::new(app.config(), bound));
    openapi::complete(&service(&Context { app, origins }).spec())
}

/// All routes behind the front.
#[must_use]
pub fn endpoint(app: Arc<App>, bound: SocketAddr, render: RenderMetrics) -> BoxEndpoint<'static> {
    let origins = Arc::new(Origins::new(app.config(), bound));
    let context = Context { app: Arc::clone(&app), origins: Arc::clone(&origins) };
    let service = service(&context);
    let document = openapi::complete(&service.spec());
    let library = "/api/v1/libraries/:library/items/:key";
    // Lists and layouts are long and repeat themselves; bytes of PDFs and streams are left alone.
    let packed = || Compression::new().algorithms([CompressionAlgo::GZIP]).with_quality(CompressionLevel::Fastest);
    let described = service
        .into_endpoint()
        .with(repeats::Repeats(Arc::clone(&app)))
        .with(BodyLimit(MOST_BODY_BYTES))
        .with(packed());
    Route::new()
        .at("/healthz", get(health::get_healthz))
        .at("/readyz", get(health::get_readyz))
        .at("/metrics", get(health::get_metrics))
        .at("/api/v1/openapi.json", get(openapi::serve(document)))
        .at("/api/v1/live", get(live::get_live))
        .at("/api/v1/uploads", uploads::any_upload)
        .at("/api/v1/uploads/:id", uploads::one_upload)
        .at(format!("{library}/file"), get(documents::get_file).head(documents::get_file))
        .at(format!("{library}/pages/:page/image"), get(documents::get_page_image))
        .at(format!("{library}/text"), get(documents::get_text).with(packed()))
        .at(format!("{library}/layout"), get(documents::get_layout).with(packed()))
        .at(format!("{library}/outline"), get(documents::get_outline).with(packed()))
        .nest("/api/v1", described)
        .at("/*path", pages::any_page)
        .at("/", pages::any_page)
        .data(context)
        .data(render)
        .with(front::Front { app, origins })
        .map_to_response()
        .boxed()
}

//! Setup, sessions, tokens: one's own account.

use poem::http::{HeaderMap, HeaderValue, header};
use poem_openapi::param::Path;
use poem_openapi::payload::{Json, Response};
use poem_openapi::{ApiResponse, OpenApi};

use super::Context;
use crate::app::accounts::NewAccount;
use crate::app::setup::FirstAccount;
use crate::app::{App, Error};
use crate::domain::actor::{Actor, Scope};
use crate::http::front::{Caller, ClientAddress};
use crate::http::problem::{ApiResult, OrProblem, Problem};
use crate::http::views::{
    BrowserListView, BrowserView, NewTokenView, PasswordChangeView, ProfilePatchView, SessionView, SetupStateView,
    SetupView, SignInView, TokenListView, TokenSecretView, TokenView, UserView, parse_time, time_text,
};

/// An answer without a body.
#[derive(ApiResponse)]
pub enum Done {
    /// Done.
    #[oai(status = 204)]
    NoContent,
}

/// Setup, sessions, tokens.
pub struct AccountApi(pub Context);

#[OpenApi]
impl AccountApi {
    /// Whether an administrator exists.
    #[oai(path = "/setup", method = "get", operation_id = "get_setup")]
    async fn get_setup(&self) -> ApiResult<Json<SetupStateView>> {
        let done = self.app().is_set_up();
        let server_name = if done { Some(self.app().server_name().await.or_problem()?) } else { None };
        Ok(Json(SetupStateView { done, server_name }))
    }

    /// Makes the first administrator, with the secret of the setup link; signs the browser in.
    #[oai(path = "/setup", method = "post", operation_id = "complete_setup")]
    async fn complete_setup(
        &self,
        body: Json<SetupView>,
        address: ClientAddress,
        headers: &HeaderMap,
    ) -> ApiResult<Response<Done>> {
        let SetupView { token, username, email, display_name, password, server_name } = body.0;
        let account = NewAccount { username, email, display_name, password };
        let first = FirstAccount { token, server_name, account };
        let agent = user_agent(headers);
        let secret = self.app().complete_setup(first, &address.0.to_string(), &agent).await.or_problem()?;
        Ok(self.with_cookie(Done::NoContent, &secret))
    }

    /// Signs in with username or e-mail address and password.
    #[oai(path = "/session", method = "post", operation_id = "sign_in")]
    async fn sign_in(
        &self,
        body: Json<SignInView>,
        address: ClientAddress,
        headers: &HeaderMap,
    ) -> ApiResult<Response<Json<SessionView>>> {
        let SignInView { login, password } = body.0;
        let secret = self.app().sign_in(&login, password, address.0, &user_agent(headers)).await.or_problem()?;
        let actor = self.app().authenticate_session(&secret).await.or_problem()?;
        Ok(self.with_cookie(Json(self.session_view(&actor).await?), &secret))
    }

    /// Who is signed in.
    #[oai(path = "/session", method = "get", operation_id = "get_session")]
    async fn get_session(&self, caller: Caller) -> ApiResult<Json<SessionView>> {
        Ok(Json(self.session_view(&caller.actor).await?))
    }

    /// Changes one's own profile.
    #[oai(path = "/session", method = "patch", operation_id = "change_profile")]
    async fn change_profile(&self, caller: Caller, body: Json<ProfilePatchView>) -> ApiResult<Json<UserView>> {
        let user = self.app().change_own_profile(&caller.actor, &body.0.display_name).await.or_problem()?;
        Ok(Json(user.into()))
    }

    /// Signs out.
    #[oai(path = "/session", method = "delete", operation_id = "sign_out")]
    async fn sign_out(&self, caller: Caller) -> ApiResult<Response<Done>> {
        if let Some(secret) = caller.session_secret() {
            self.app().sign_out(secret).await.or_problem()?;
        }
        let cookie = format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax", self.0.origins.cookie_name());
        Ok(Response::new(Done::NoContent).header(header::SET_COOKIE, self.secure(cookie)))
    }

    /// Changes one's own password; other browsers are signed out.
    #[oai(path = "/session/password", method = "patch", operation_id = "change_password")]
    async fn change_password(&self, caller: Caller, body: Json<PasswordChangeView>) -> ApiResult<Done> {
        let PasswordChangeView { old, new } = body.0;
        let keep = caller.session_secret();
        self.app().change_own_password(&caller.actor, old, new, keep).await.or_problem()?;
        Ok(Done::NoContent)
    }

    /// Where one is signed in.
    #[oai(path = "/sessions", method = "get", operation_id = "list_sessions")]
    async fn list_sessions(&self, caller: Caller) -> ApiResult<Json<BrowserListView>> {
        let sessions = self.app().list_sessions(&caller.actor).await.or_problem()?;
        let own = caller.session_secret().map(App::session_name);
        let view = |session: crate::app::sessions::SessionInfo| BrowserView {
            current: own.as_deref() == Some(session.id.as_str()),
            id: session.id,
            user_agent: session.user_agent,
            address: session.address,
            created_at: time_text(session.created_at),
            last_used_at: time_text(session.last_used_at),
        };
        Ok(Json(BrowserListView { items: sessions.into_iter().map(view).collect() }))
    }

    /// Signs another browser out.
    #[oai(path = "/sessions/:id", method = "delete", operation_id = "end_session")]
    async fn end_session(&self, caller: Caller, id: Path<String>) -> ApiResult<Done> {
        self.app().end_session(&caller.actor, &id.0).await.or_problem()?;
        Ok(Done::NoContent)
    }

    /// One's tokens.
    #[oai(path = "/tokens", method = "get", operation_id = "list_tokens")]
    async fn list_tokens(&self, caller: Caller) -> ApiResult<Json<TokenListView>> {
        let tokens = self.app().list_tokens(&caller.actor).await.or_problem()?;
        let view = |token: crate::app::tokens::TokenInfo| TokenView {
            id: token.id.to_string(),
            name: token.name,
            scopes: token.scopes.iter().map(|scope| scope.as_str().to_owned()).collect(),
            created_at: time_text(token.created_at),
            last_used_at: token.last_used_at.map(time_text),
            expires_at: token.expires_at.map(time_text),
        };
        Ok(Json(TokenListView { items: tokens.into_iter().map(view).collect() }))
    }

    /// Makes a token; its secret is shown this once.
    #[oai(path = "/tokens", method = "post", operation_id = "create_token")]
    async fn create_token(&self, caller: Caller, body: Json<NewTokenView>) -> ApiResult<Json<TokenSecretView>> {
        let scopes = body.0.scopes.iter().map(|scope| parse_scope(scope)).collect::<ApiResult<Vec<_>>>()?;
        let expires_at = body.0.expires_at.as_deref().map(parse_moment).transpose()?;
        let created = self.app().create_token(&caller.actor, &body.0.name, &scopes, expires_at).await;
        let (token, secret) = created.or_problem()?;
        Ok(Json(TokenSecretView { id: token.id.to_string(), secret }))
    }

    /// Revokes a token.
    #[oai(path = "/tokens/:id", method = "delete", operation_id = "revoke_token")]
    async fn revoke_token(&self, caller: Caller, id: Path<u64>) -> ApiResult<Done> {
        self.app().revoke_token(&caller.actor, id.0).await.or_problem()?;
        Ok(Done::NoContent)
    }
}

impl AccountApi {
    fn app(&self) -> &App {
        &self.0.app
    }

    async fn session_view(&self, actor: &Actor) -> ApiResult<SessionView> {
        let user = self.app().own_account(actor).await.or_problem()?;
        let server_name = self.app().server_name().await.or_problem()?;
        Ok(SessionView { user: user.into(), server_name, recognises_scans: self.app().is_recognising() })
    }

    fn with_cookie<T>(&self, body: T, secret: &str) -> Response<T> {
        /// A year; the server ends unused sessions sooner.
        const MAX_AGE_S: u32 = 31_536_000;
        let name = self.0.origins.cookie_name();
        let cookie = format!("{name}={secret}; Path=/; Max-Age={MAX_AGE_S}; HttpOnly; SameSite=Lax");
        Response::new(body).header(header::SET_COOKIE, self.secure(cookie))
    }

    fn secure(&self, cookie: String) -> HeaderValue {
        let cookie = if self.0.origins.is_https() { cookie + "; Secure" } else { cookie };
        HeaderValue::try_from(cookie).expect("names and secrets are ASCII")
    }
}

fn user_agent(headers: &HeaderMap) -> String {
    headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("").to_owned()
}

fn parse_scope(text: &str) -> ApiResult<Scope> {
    Scope::parse(text)
        .ok_or_else(|| Problem::from(Error::invalid("scopes", "Scopes are read, write and admin.")).into())
}

fn parse_moment(text: &str) -> ApiResult<crate::domain::time::Timestamp> {
    parse_time(text)
        .ok_or_else(|| Problem::from(Error::invalid("expires_at", "A moment looks like 2027-01-31T12:00:00Z.")).into())
}

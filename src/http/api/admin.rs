//! People, pauses and the disk: what a server administrator does.

use poem_openapi::OpenApi;
use poem_openapi::param::Path;
use poem_openapi::payload::Json;

use super::Context;
use super::account::Done;
use crate::app::Error;
use crate::app::accounts::{AccountChange, NewAccount, UserInfo};
use crate::domain::ids::UserId;
use crate::domain::library::ServerRole;
use crate::http::front::Caller;
use crate::http::problem::{ApiResult, OrProblem, Problem};
use crate::http::repeats::Keyed;
use crate::http::views::{
    BanListView, BanView, DiskRoomView, NewUserView, UserListView, UserPatchView, UserView, time_text,
};

/// People, pauses and the disk.
pub struct AdminApi(pub Context);

#[OpenApi(prefix_path = "/admin")]
impl AdminApi {
    /// Everybody with an account.
    #[oai(path = "/users", method = "get", operation_id = "list_users")]
    async fn list_users(&self, caller: Caller) -> ApiResult<Json<UserListView>> {
        let users = self.0.app.list_users(&caller.actor).await.or_problem()?;
        Ok(Json(UserListView { items: users.into_iter().map(UserView::from).collect() }))
    }

    /// Adds a person with a first password.
    #[oai(path = "/users", method = "post", operation_id = "create_user")]
    async fn create_user(&self, caller: Caller, keyed: Keyed, body: Json<NewUserView>) -> ApiResult<Json<UserView>> {
        let NewUserView { username, email, display_name, role, password } = body.0;
        let role = server_role(&role)?;
        let account = NewAccount { username, email, display_name, password };
        let once = keyed.once(|user: &UserInfo| (UserView::from(user.clone()), None));
        Ok(Json(self.0.app.create_user(&caller.actor, account, role, once).await.or_problem()?.into()))
    }

    /// Changes somebody's role or password, or deactivates them.
    #[oai(path = "/users/:id", method = "patch", operation_id = "change_user")]
    async fn change_user(&self, caller: Caller, id: Path<u64>, body: Json<UserPatchView>) -> ApiResult<Json<UserView>> {
        let UserPatchView { role, disabled, password } = body.0;
        let role = role.as_deref().map(server_role).transpose()?;
        let change = AccountChange { role, disabled, password };
        Ok(Json(self.0.app.change_user(&caller.actor, UserId(id.0), change).await.or_problem()?.into()))
    }

    /// Addresses and accounts that pause after too many wrong passwords.
    #[oai(path = "/bans", method = "get", operation_id = "list_bans")]
    async fn list_bans(&self, caller: Caller) -> ApiResult<Json<BanListView>> {
        let bans = self.0.app.list_bans(&caller.actor).await.or_problem()?;
        let view = |ban: crate::app::attempts::BanInfo| BanView {
            id: ban.key.clone(),
            kind: ban.key.split_once(':').map_or("", |(kind, _)| kind).to_owned(),
            subject: ban.key.split_once(':').map_or("", |(_, subject)| subject).to_owned(),
            tries: ban.tries,
            until: time_text(ban.until),
        };
        Ok(Json(BanListView { items: bans.into_iter().map(view).collect() }))
    }

    /// How much room there is on the disk with the data.
    #[oai(path = "/disk", method = "get", operation_id = "get_disk")]
    async fn get_disk(&self, caller: Caller) -> ApiResult<Json<DiskRoomView>> {
        Ok(Json(self.0.app.disk_room(&caller.actor).or_problem()?.into()))
    }

    /// Ends a pause.
    #[oai(path = "/bans/:id", method = "delete", operation_id = "lift_ban")]
    async fn lift_ban(&self, caller: Caller, id: Path<String>) -> ApiResult<Done> {
        self.0.app.lift_ban(&caller.actor, &id.0).await.or_problem()?;
        Ok(Done::NoContent)
    }
}

fn server_role(text: &str) -> ApiResult<ServerRole> {
    ServerRole::parse(text).ok_or_else(|| Problem::from(Error::invalid("role", "Roles are member and admin.")).into())
}

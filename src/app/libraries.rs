//! Libraries and who belongs to them.

use super::accounts::audit;
use super::activity::{self, Event, Scene};
use super::answers::{Once, make_once};
use super::{App, Error, Result, kept_lists, require_role, require_user};
use crate::domain::actor::{Actor, Scope};
use crate::domain::ids::{LibraryId, UserId};
use crate::domain::library::{Library, LibraryKind, Role};
use crate::domain::live::LiveEvent;
use crate::store::{self, LibraryChanges, User, WriteTx};

impl App {
    /// The actor's libraries with their role in each: their own first, then groups by name.
    ///
    /// # Errors
    /// Forbidden for the program itself.
    pub async fn list_libraries(&self, actor: &Actor) -> Result<Vec<(Library, Role)>> {
        let user = require_user(actor, Scope::Read)?;
        let mut libraries = self.read(move |tx| Ok(store::libraries::list_of_user(tx, user)?)).await?;
        libraries
            .sort_by_key(|(library, _)| (library.kind == LibraryKind::Group, library.name.to_lowercase(), library.id));
        Ok(libraries)
    }

    /// One library.
    ///
    /// # Errors
    /// Not found for who is no member.
    pub async fn get_library(&self, actor: &Actor, id: LibraryId) -> Result<(Library, Role)> {
        let actor = actor.clone();
        self.read(move |tx| {
            let role = require_role(tx, &actor, id, Role::Reader)?;
            Ok((store::libraries::get(tx, id)?, role))
        })
        .await
    }

    /// Makes a group; the actor becomes its owner.
    ///
    /// # Errors
    /// Invalid names.
    pub async fn create_group(&self, actor: &Actor, name: &str, once: Option<Once<Library>>) -> Result<Library> {
        let user = require_user(actor, Scope::Write)?;
        let (name, now) = (check_name(name)?, self.now());
        let library = self
            .write(move |tx| {
                make_once(tx, once.as_ref(), now, |tx| {
                    Ok(store::libraries::create(tx, LibraryKind::Group, &name, user, now)?)
                })
            })
            .await?;
        self.tell(LiveEvent::AccessChanged { user });
        Ok(library)
    }

    /// Gives a group another name.
    ///
    /// # Errors
    /// Forbidden below admin.
    pub async fn rename_library(&self, actor: &Actor, id: LibraryId, name: &str) -> Result<Library> {
        let (name, now) = (check_name(name)?, self.now());
        let by = actor.clone();
        let (library, changes) = self
            .write(move |tx| {
                require_role(tx, &by, id, Role::Admin)?;
                tx.library(id, now)?.rename(&name)?;
                Ok((store::libraries::get(tx, id)?, tx.library_changes()))
            })
            .await?;
        self.tell_changes(changes);
        Ok(library)
    }

    /// Deletes a group with all that is in it.
    ///
    /// # Errors
    /// Forbidden but for its owner; a conflict for somebody's own library.
    pub async fn delete_library(&self, actor: &Actor, id: LibraryId) -> Result<()> {
        let (by, now) = (actor.clone(), self.now());
        let members = self
            .write(move |tx| {
                require_role(tx, &by, id, Role::Owner)?;
                let library = store::libraries::get(tx, id)?;
                if library.kind == LibraryKind::User {
                    return Err(Error::Conflict {
                        code: "own_library",
                        detail: "Everybody keeps their own library; it goes with the account.".to_owned(),
                    });
                }
                let members = store::members::list(tx, id)?;
                store::libraries::delete(tx, id, now)?;
                audit(tx, by.user_id(), "library.delete", &library.name, "", now)?;
                Ok(members)
            })
            .await?;
        self.catalogues.forget(id);
        kept_lists::forget(id, &self.files);
        for (user, _) in members {
            self.tell(LiveEvent::AccessChanged { user });
        }
        Ok(())
    }

    /// The members of a library, strongest role first.
    ///
    /// # Errors
    /// Not found for who is no member.
    pub async fn list_members(&self, actor: &Actor, id: LibraryId) -> Result<Vec<(User, Role)>> {
        let actor = actor.clone();
        self.read(move |tx| {
            require_role(tx, &actor, id, Role::Reader)?;
            let members = store::members::list(tx, id)?;
            let ids: Vec<UserId> = members.iter().map(|(user, _)| *user).collect();
            let users = store::users::get_many(tx, &ids)?;
            let mut list: Vec<_> =
                users.into_iter().zip(members).filter_map(|(user, (_, role))| Some((user?, role))).collect();
            list.sort_by(|(a, a_role), (b, b_role)| b_role.cmp(a_role).then_with(|| a.username.cmp(&b.username)));
            Ok(list)
        })
        .await
    }

    /// Makes somebody a member, or gives a member another role.
    ///
    /// # Errors
    /// Forbidden below admin, and for roles above the actor's own; a conflict if no owner would be left.
    pub async fn put_member(&self, actor: &Actor, id: LibraryId, username: &str, role: Role) -> Result<()> {
        self.change_member(actor, id, username, Some(role)).await
    }

    /// Takes somebody out of a library; everybody may take themselves out.
    ///
    /// # Errors
    /// As for [`App::put_member`].
    pub async fn remove_member(&self, actor: &Actor, id: LibraryId, username: &str) -> Result<()> {
        self.change_member(actor, id, username, None).await
    }

    async fn change_member(&self, actor: &Actor, id: LibraryId, username: &str, role: Option<Role>) -> Result<()> {
        if let Actor::User { .. } = actor {
            require_user(actor, Scope::Write)?;
        }
        let (by, now, username) = (actor.clone(), self.now(), username.to_owned());
        let (user, changes) = self
            .write(move |tx| {
                let own = require_role(tx, &by, id, Role::Reader)?;
                let user = store::users::find_by_username(tx, &username)?.filter(|user| !user.disabled);
                let leaving = role.is_none() && user.as_ref().map(|user| user.id) == by.user_id();
                if own < Role::Admin && !leaving {
                    return Err(Error::Forbidden("Only those who manage this library change its members.".to_owned()));
                }
                let user = user.ok_or_else(|| Error::not_found("account"))?;
                require_change(tx, id, own, user.id, role)?;
                let mut library = tx.library(id, now)?;
                match role {
                    Some(role) => library.put_member(user.id, role)?,
                    None if library.remove_member(user.id)? => {}
                    None => return Err(Error::not_found("member")),
                }
                let scene = Scene { library: id, user: by.user_id(), now };
                let event = if role.is_some() { Event::MemberChanged } else { Event::MemberRemoved };
                activity::note(tx, scene, event, None, &user.display_name)?;
                let what = role.map_or("removed", Role::as_str);
                audit(tx, by.user_id(), "member.change", &format!("{id}/{}", user.username), what, now)?;
                Ok((user.id, tx.library_changes()))
            })
            .await?;
        self.tell_changes(changes);
        self.tell(LiveEvent::AccessChanged { user });
        Ok(())
    }

    /// Tells watchers what a transaction did to libraries.
    pub(super) fn tell_changes(&self, changes: Vec<LibraryChanges>) {
        for change in changes {
            self.tell(LiveEvent::Changed { library: change.library, version: change.version, changes: change.changes });
        }
        self.index_wake.notify_one();
    }
}

fn check_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 255 || name.chars().any(char::is_control) {
        return Err(Error::invalid("name", "A name has 1 to 255 characters on one line."));
    }
    Ok(name.to_owned())
}

/// Whether `own` suffices to bring `user` to `role` (`None`: out), and an owner is left.
fn require_change(tx: &WriteTx<'_>, id: LibraryId, own: Role, user: UserId, role: Option<Role>) -> Result<()> {
    let library = store::libraries::get(tx, id)?;
    if library.kind == LibraryKind::User {
        return Err(Error::Conflict {
            code: "own_library",
            detail: "This is somebody's own library. Make a group to share papers.".to_owned(),
        });
    }
    let present = store::members::role_of(tx, id, user)?;
    let strongest = present.max(role);
    if strongest > Some(own) {
        return Err(Error::Forbidden("Nobody changes or gives a role above their own.".to_owned()));
    }
    if present == Some(Role::Owner) && role != Some(Role::Owner) {
        let owners = store::members::list(tx, id)?.into_iter().filter(|(_, role)| *role == Role::Owner).count();
        if owners == 1 {
            return Err(Error::Conflict {
                code: "last_owner",
                detail: "This is the last owner. Make somebody else owner first, or delete the library.".to_owned(),
            });
        }
    }
    Ok(())
}

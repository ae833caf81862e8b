//! People, sessions, tokens, attempts.

use super::super::meta::{Setting, Setup};
use super::super::tokens::NewToken;
use super::super::{Session, attempts, meta, sessions, tokens};
use super::*;
use crate::domain::actor::Scope;

#[test]
fn a_person_is_found_by_name_or_address_in_whatever_case() {
    on_each_engine(|store| {
        let user = write(store, |tx| {
            let new = NewUser { email: Some("Ada.Löve@Example.org".to_owned()), ..new_user("Ada") };
            users::create(tx, new, at(5))
        });
        for login in ["ada", "ADA", " Ada ", "ada.löve@example.ORG", "ada.lo\u{308}ve@example.org"] {
            assert_eq!(read(store, |tx| users::find_by_login(tx, login)).as_ref(), Some(&user), "{login}");
        }
        assert_eq!(read(store, |tx| users::find_by_login(tx, "ad")), None);
        assert_eq!(read(store, |tx| users::find_by_username(tx, "ada.löve@example.org")), None);
        assert_eq!(read(store, |tx| users::find_by_username(tx, "ADA")), Some(user));
    });
}

#[test]
fn names_and_addresses_are_taken_once() {
    on_each_engine(|store| {
        a_user(store, "ada");
        let create = |name: &str, email: &str| {
            let new = NewUser { email: Some(email.to_owned()), ..new_user(name) };
            failure(store.write_blocking(move |tx| users::create(tx, new.clone(), at(1))))
        };
        assert_eq!(create("ADA", "other@example.org"), "taken: username");
        assert_eq!(create("grace", "Ada@example.org"), "taken: email");
        assert_eq!(create("ada@example.org", "other@example.org"), "taken: username");
        assert_eq!(read(store, |tx| users::list(tx, None, 10)).len(), 1);
    });
}

#[test]
fn a_changed_name_frees_the_old_one() {
    on_each_engine(|store| {
        let ada = a_user(store, "ada");
        let renamed = User { username: "lovelace".to_owned(), email: None, disabled: true, ..ada.clone() };
        let expected = renamed.clone();
        write(store, move |tx| users::update(tx, &renamed));
        assert_eq!(read(store, |tx| users::get(tx, ada.id)), expected);
        assert_eq!(read(store, |tx| users::find_by_login(tx, "ada@example.org")), None);
        let other = a_user(store, "ada");
        let clash = User { username: "LOVELACE".to_owned(), ..other };
        assert_eq!(failure(store.write_blocking(move |tx| users::update(tx, &clash))), "taken: username");
        assert!(read(store, |tx| users::find_by_login(tx, "ada")).is_some(), "a refused change changes nothing");
    });
}

#[test]
fn people_are_listed_in_pages_and_fetched_together() {
    on_each_engine(|store| {
        let ids: Vec<_> = ["a", "b", "c"].map(|name| a_user(store, name).id).into();
        let names = |users: Vec<User>| users.into_iter().map(|user| user.username).collect::<Vec<_>>();
        assert_eq!(names(read(store, |tx| users::list(tx, None, 2))), ["a", "b"]);
        assert_eq!(names(read(store, |tx| users::list(tx, Some(ids[1]), 2))), ["c"]);
        let found = read(store, |tx| users::get_many(tx, &[ids[2], UserId(99), ids[0]]));
        assert_eq!(found.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false, true]);
        assert_eq!(failure(store.read_blocking(|tx| users::get(tx, UserId(99)))), "not found: user");
    });
}

fn session(byte: u8, user: u64, expires_at: i64) -> Session {
    Session {
        hash: sha(byte),
        user: UserId(user),
        created_at: at(1),
        last_used_at: at(1),
        expires_at: at(expires_at),
        address: "192.0.2.1".to_owned(),
        user_agent: "Browser".to_owned(),
    }
}

#[test]
fn sessions_live_until_they_are_ended_or_expire() {
    on_each_engine(|store| {
        write(store, |tx| {
            for session in [session(1, 7, 100), session(2, 7, 200), session(3, 7, 300), session(4, 8, 100)] {
                sessions::put_session(tx, &session)?;
            }
            sessions::touch(tx, &sha(1), at(50), at(150))?;
            sessions::touch(tx, &sha(99), at(50), at(150))
        });
        let touched = read(store, |tx| sessions::find_session(tx, &sha(1))).unwrap();
        assert_eq!((touched.last_used_at, touched.expires_at), (at(50), at(150)));
        assert_eq!(write(store, |tx| sessions::prune(tx, at(120), 10)), 1, "only the one of 8");
        assert!(write(store, |tx| sessions::delete(tx, &sha(2))));
        assert!(!write(store, |tx| sessions::delete(tx, &sha(2))));
        assert_eq!(read(store, |tx| sessions::list_of_user(tx, UserId(7))).len(), 2);
        assert_eq!(write(store, |tx| sessions::delete_of_user(tx, UserId(7), Some(&sha(3)))), 1);
        let left = read(store, |tx| sessions::list_of_user(tx, UserId(7)));
        assert_eq!(left, [session(3, 7, 300)]);
        assert_eq!(read(store, |tx| sessions::list_of_user(tx, UserId(8))), []);
        assert_eq!(write(store, |tx| sessions::prune(tx, at(1_000), 10)), 1, "no index entry is left of the others");
    });
}

fn new_token(byte: u8, user: u64) -> NewToken {
    NewToken {
        hash: sha(byte),
        user: UserId(user),
        name: format!("token {byte}"),
        scopes: vec![Scope::Read, Scope::Write],
        prefix: "sk_abc".to_owned(),
        expires_at: Some(at(9)),
    }
}

#[test]
fn tokens_are_found_by_their_secret_and_revoked_by_their_number() {
    on_each_engine(|store| {
        let made = write(store, |tx| {
            tokens::create(tx, new_token(2, 7), at(1))?;
            tokens::create(tx, new_token(3, 8), at(1))?;
            tokens::create(tx, new_token(1, 7), at(1))
        });
        write(store, |tx| tokens::touch(tx, &sha(1), at(33)));
        let found = read(store, |tx| tokens::find_token(tx, &sha(1))).unwrap();
        assert_eq!(found, super::super::Token { last_used_at: Some(at(33)), ..made.clone() });
        let id = made.id;
        assert!(!write(store, move |tx| tokens::delete(tx, UserId(8), id)), "nobody revokes another one's token");
        let names = |user| read(store, |tx| tokens::list_of_user(tx, UserId(user))).into_iter().map(|token| token.name);
        assert!(names(7).eq(["token 2", "token 1"]), "oldest first");
        assert!(write(store, move |tx| tokens::delete(tx, UserId(7), id)));
        assert_eq!(read(store, |tx| tokens::find_token(tx, &sha(1))), None);
        assert_eq!(write(store, |tx| tokens::delete_of_user(tx, UserId(7))), 1);
        assert!(names(7).eq([""; 0]));
        assert!(names(8).eq(["token 3"]));
    });
}

#[test]
fn failures_add_up_to_a_ban_that_can_be_lifted() {
    on_each_engine(|store| {
        let fail = |now| write(store, move |tx| attempts::count_failure(tx, "address:192.0.2.1", at(now), 1_000));
        assert_eq!((fail(0).count, fail(500).count, fail(1_000).count), (1, 2, 3));
        assert_eq!(fail(1_001).count, 1, "a new run of failures");
        let counted = fail(1_002);
        let banned = write(store, move |tx| attempts::ban(tx, counted.clone(), at(5_000)));
        assert_eq!((banned.count, banned.bans), (2, 1), "what led to a ban stays to be seen");
        assert_eq!(read(store, |tx| attempts::list_bans(tx, at(4_999))), std::slice::from_ref(&banned));
        assert_eq!(read(store, |tx| attempts::list_bans(tx, at(5_000))), []);
        assert_eq!(write(store, |tx| attempts::prune(tx, at(4_000))), 0, "a ban under way is not forgotten");
        assert_eq!(fail(5_000).count, 1, "a new run of failures after the ban");
        assert_eq!(read(store, |tx| attempts::list(tx, None, 10)).len(), 1);
        assert_eq!(read(store, |tx| attempts::list(tx, Some("address:192.0.2.1"), 10)).len(), 0);
        assert!(write(store, |tx| attempts::clear(tx, "address:192.0.2.1")));
        assert!(!write(store, |tx| attempts::clear(tx, "address:192.0.2.1")));
        fail(9_000);
        assert_eq!(write(store, |tx| attempts::prune(tx, at(9_001))), 1);
    });
}

#[test]
fn the_server_remembers_its_set_up_and_settings() {
    on_each_engine(|store| {
        assert_eq!(read(store, meta::setup), Setup::default());
        assert_eq!(read(store, meta::find_identity), None);
        let identity = meta::ServerIdentity { id: "x1".to_owned(), name: "Lab".to_owned() };
        let setup = Setup { is_done: true, token_hash: Some(sha(9)) };
        let setting = |name: &str, value: &str| Setting {
            name: name.to_owned(),
            value: value.to_owned(),
            by: Some(UserId(1)),
            at: at(2),
        };
        let (put_identity, put_setup) = (identity.clone(), setup.clone());
        write(store, move |tx| {
            meta::put_identity(tx, &put_identity)?;
            meta::put_setup(tx, &put_setup)?;
            meta::put_setting(tx, &setting("b", "1"))?;
            meta::put_setting(tx, &setting("a", "2"))?;
            meta::put_setting(tx, &setting("b", "3"))
        });
        assert_eq!(read(store, meta::setup), setup);
        assert_eq!(read(store, meta::find_identity), Some(identity));
        assert_eq!(read(store, meta::list_settings), [setting("a", "2"), setting("b", "3")]);
        write(store, |tx| meta::delete_setting(tx, "b"));
        assert_eq!(read(store, |tx| meta::find_setting(tx, "b")), None);
        assert_eq!(read(store, |tx| meta::find_setting(tx, "a")), Some(setting("a", "2")));
    });
}

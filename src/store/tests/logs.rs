//! Answers, audit, activity, reading positions.

use super::super::{
    Activity, AuditEntry, IdempotencyKey, ReadingPosition, StoredAnswer, activity, answers, audit, reading,
};
use super::*;

#[test]
fn an_answer_is_kept_for_a_day_per_person() {
    on_each_engine(|store| {
        let request = |user| IdempotencyKey { user: UserId(user), key: "k\u{0}1".to_owned() };
        let answer = |now| StoredAnswer { request: sha(1), status: 201, body: vec![0, 255], at: at(now), etag: None };
        write(store, move |tx| answers::put_answer(tx, &request(1), &answer(0)));
        write(store, move |tx| answers::put_answer(tx, &request(1), &answer(10)));
        let find = |user, now| read(store, |tx| answers::find_answer(tx, &request(user), at(now)));
        assert_eq!(find(1, 20), Some(answer(10)));
        assert_eq!(find(2, 20), None);
        assert_eq!(find(1, 10 + answers::KEPT_MS), None);
        let prune = |now| write(store, move |tx| answers::prune(tx, at(now), 10));
        assert_eq!(prune(10 + answers::KEPT_MS), 0);
        assert_eq!(prune(11 + answers::KEPT_MS), 1);
        assert_eq!(find(1, 20), None);
    });
}

#[test]
fn the_audit_log_lists_newest_first_in_pages() {
    on_each_engine(|store| {
        let entry = |action: &str| AuditEntry {
            id: 0,
            at: at(5),
            user: Some(UserId(1)),
            address: Some("192.0.2.1".to_owned()),
            action: action.to_owned(),
            subject: "ada".to_owned(),
            detail: String::new(),
        };
        for action in ["a", "b", "c"] {
            let appended = write(store, move |tx| audit::append(tx, entry(action)));
            assert_eq!(AuditEntry { id: 0, ..appended }, entry(action));
        }
        let list = |before, limit| {
            let entries = read(store, |tx| audit::list(tx, before, limit));
            entries.into_iter().map(|entry| (entry.id, entry.action)).collect::<Vec<_>>()
        };
        assert_eq!(list(None, 2), [(3, "c".to_owned()), (2, "b".to_owned())]);
        assert_eq!(list(Some(2), 2), [(1, "a".to_owned())]);
    });
}

#[test]
fn activity_is_listed_by_library_newest_first() {
    on_each_engine(|store| {
        let entry = |library: u64, text: &str| Activity {
            id: 0,
            library: LibraryId(library),
            at: at(5),
            user: None,
            kind: "item.added".to_owned(),
            key: Some(key(1)),
            text: text.to_owned(),
        };
        for (library, text) in [(1, "a"), (2, "b"), (1, "c")] {
            write(store, move |tx| activity::append(tx, entry(library, text)));
        }
        let list = |before| {
            let entries = read(store, |tx| activity::list(tx, LibraryId(1), before, 10));
            entries.into_iter().map(|entry| (entry.id, entry.text)).collect::<Vec<_>>()
        };
        assert_eq!(list(None), [(3, "c".to_owned()), (1, "a".to_owned())]);
        assert_eq!(list(Some(3)), [(1, "a".to_owned())]);
        assert_eq!(list(Some(1)), []);
    });
}

#[test]
fn each_person_has_their_own_place_in_a_document() {
    on_each_engine(|store| {
        let position = |page| ReadingPosition {
            page,
            rotation: 90,
            zoom: Some("page-width".to_owned()),
            is_read: page > 5,
            at: at(3),
        };
        write(store, move |tx| {
            reading::put_position(tx, UserId(1), LibraryId(1), key(1), &position(3))?;
            reading::put_position(tx, UserId(1), LibraryId(1), key(1), &position(9))?;
            reading::put_position(tx, UserId(1), LibraryId(2), key(2), &position(4))?;
            reading::put_position(tx, UserId(2), LibraryId(1), key(1), &position(5))
        });
        let find = |user| read(store, |tx| reading::find_position(tx, UserId(user), LibraryId(1), key(1)));
        assert_eq!((find(1), find(2), find(3)), (Some(position(9)), Some(position(5)), None));
        assert_eq!(read(store, |tx| reading::list(tx, UserId(1), LibraryId(1))), [(key(1), position(9))]);
    });
}

//! Libraries, members, items, collections, changes, blobs.

use super::super::{Blob, BlobPlace, blobs, changes, collections, items, libraries, members, purge};
use super::*;
use crate::domain::change::{Change, ChangeKind, ObjectKind};
use crate::domain::item::{Collection, Creator, CreatorName, FieldSource};
use crate::domain::library::Role;
use crate::domain::relation::Relation;

fn version(store: &Store, library: LibraryId) -> u64 {
    read(store, |tx| libraries::get(tx, library)).version.0
}

#[test]
fn each_person_has_one_library_of_their_own() {
    on_each_engine(|store| {
        let create = |tx: &mut WriteTx<'_>| libraries::create(tx, LibraryKind::User, "Ada's papers", UserId(4), at(1));
        let own = write(store, create);
        assert_eq!((own.kind, own.owner, own.version), (LibraryKind::User, UserId(4), Version(0)));
        assert_eq!(failure(store.write_blocking(create)), "taken: personal library");
        assert_eq!(read(store, |tx| libraries::find_personal(tx, UserId(4))), Some(own.id));
        assert_eq!(read(store, |tx| libraries::find_personal(tx, UserId(5))), None);
        assert_eq!(read(store, |tx| libraries::list_of_user(tx, UserId(4))), [(own, Role::Owner)]);
    });
}

#[test]
fn members_have_roles_and_see_their_libraries() {
    on_each_engine(|store| {
        let (one, two) = (a_library(store), a_library(store));
        write(store, move |tx| {
            for library in [one, two] {
                tx.library(library, at(2))?.put_member(UserId(9), Role::Reader)?;
            }
            tx.library(two, at(2))?.put_member(UserId(9), Role::Editor)
        });
        assert_eq!(read(store, |tx| members::role_of(tx, two, UserId(9))), Some(Role::Editor));
        assert_eq!(read(store, |tx| members::role_of(tx, two, UserId(8))), None);
        assert_eq!(read(store, |tx| members::list(tx, one)), [(UserId(1), Role::Owner), (UserId(9), Role::Reader)]);
        let of_nine = read(store, |tx| libraries::list_of_user(tx, UserId(9)));
        let of_nine: Vec<_> = of_nine.into_iter().map(|(library, role)| (library.id, role)).collect();
        assert_eq!(of_nine, [(one, Role::Reader), (two, Role::Editor)]);
        assert_eq!(version(store, two), 1, "one transaction, one version");
        assert!(write(store, move |tx| tx.library(two, at(3))?.remove_member(UserId(9))));
        assert!(!write(store, move |tx| tx.library(two, at(3))?.remove_member(UserId(9))));
        assert_eq!(read(store, |tx| members::libraries_of(tx, UserId(9))), [(one, Role::Reader)]);
        assert_eq!(version(store, two), 2, "nothing changed, no new version");
    });
}

#[test]
fn a_renamed_library_tells_its_watchers() {
    on_each_engine(|store| {
        let library = a_library(store);
        let told = write(store, move |tx| {
            tx.library(library, at(7))?.rename("Better papers")?;
            Ok(tx.library_changes())
        });
        assert_eq!(read(store, |tx| libraries::get(tx, library)).name, "Better papers");
        assert_eq!((told.len(), told[0].library, told[0].version), (1, library, Version(1)));
        assert_eq!(told[0].changes.len(), 1);
        assert_eq!(told[0].changes[0].object, ObjectKind::Library);
        let logged = read(store, |tx| changes::changes_since(tx, library, Version(0), 10));
        assert_eq!(logged, Some(told[0].changes.clone()));
    });
}

/// An item that uses every field.
fn a_full_item() -> Item {
    let source = FieldSource { source: "pdf".to_owned(), confidence: 0.75, other_value: Some("Papier".to_owned()) };
    let file = FileRef {
        sha256: sha(3),
        size_bytes: u64::MAX,
        name: "a\u{0}/…\u{202e}.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        pages: Some(12),
        state: ReadState::Failed(crate::domain::facts::ReadErrorCode::Crashed),
        recognised_pages: 7,
    };
    Item {
        creators: vec![
            Creator {
                creator_type: "author".to_owned(),
                name: CreatorName::Person { given: String::new(), family: "Noether".to_owned() },
            },
            Creator { creator_type: "editor".to_owned(), name: CreatorName::Single("The Group".to_owned()) },
        ],
        tags: BTreeSet::from(["b".to_owned(), "a".to_owned()]),
        collections: BTreeSet::from([key(70), key(71)]),
        date_modified: at(-5),
        cite_key: Some("noether1918".to_owned()),
        sources: BTreeMap::from([("title".to_owned(), source)]),
        relations: BTreeMap::from([(Key::from_random(5), Relation::Version)]),
        file: Some(file),
        parent: Some(key(88)),
        trashed: true,
        ..an_item(5)
    }
}

#[test]
fn an_item_comes_back_as_it_was_kept() {
    on_each_engine(|store| {
        let library = a_library(store);
        for item in [a_full_item(), an_item(6)] {
            let kept = put_item(store, library, item.clone(), 1);
            assert_eq!(read(store, |tx| items::get(tx, library, item.key)), kept);
            assert_eq!(Item { version: Version(0), ..kept }, item);
        }
        let states = [
            ReadState::Waiting,
            ReadState::Reading,
            ReadState::Read,
            ReadState::PoorText,
            ReadState::NoText,
            ReadState::Locked,
            ReadState::Other,
        ];
        let failures = crate::domain::facts::ReadErrorCode::ALL.map(ReadState::Failed);
        for state in states.into_iter().chain(failures) {
            let mut item = an_attachment(7, None, sha(1));
            item.file.as_mut().unwrap().state = state;
            put_item(store, library, item, 1);
            assert_eq!(read(store, |tx| items::get(tx, library, key(7))).file.unwrap().state, state);
        }
    });
}

#[test]
fn lists_read_an_item_but_for_what_they_do_not_show() {
    on_each_engine(|store| {
        let library = a_library(store);
        let mut full = a_full_item();
        full.fields.insert("abstractNote".to_owned(), "long".to_owned());
        let surer = FieldSource { source: "pdf".to_owned(), confidence: 0.9, other_value: None };
        full.sources.insert("date".to_owned(), surer);
        let kept = [full, an_item(6)].map(|item| put_item(store, library, item, 1));
        let listed = read(store, |tx| items::scan_listed(tx, library, None, 10));
        let expected = kept.map(|mut item| {
            item.fields.remove("abstractNote");
            item.sources.remove("date");
            for source in item.sources.values_mut() {
                *source = FieldSource { source: String::new(), confidence: source.confidence, other_value: None };
            }
            Item { added_by: None, modified_by: None, cite_key: None, relations: BTreeMap::new(), ..item }
        });
        assert_eq!(listed.len(), 2);
        expected.iter().for_each(|item| assert!(listed.contains(item), "{item:?}\nis not in\n{listed:?}"));
        let behind = read(store, |tx| items::scan_listed(tx, library, Some(listed[0].key), 10));
        assert_eq!(behind, listed[1..]);
    });
}

#[test]
fn the_indexes_follow_an_item_through_its_life() {
    on_each_engine(|store| {
        let library = a_library(store);
        let other = a_library(store);
        put_item(store, library, an_item(1), 1);
        let child = put_item(store, library, an_attachment(2, Some(key(1)), sha(1)), 1);
        put_item(store, other, an_attachment(2, Some(key(1)), sha(1)), 1);
        let children = |parent| read(store, |tx| items::children(tx, library, key(parent)));
        let with = |byte| read(store, |tx| items::attachments_with(tx, library, &sha(byte)));
        let trashed = |before| read(store, |tx| items::trashed_before(tx, library, at(before), 10));
        assert_eq!(children(1), std::slice::from_ref(&child));
        assert_eq!(with(1), [key(2)]);
        assert_eq!(read(store, |tx| items::attachments_everywhere(tx, &sha(1))), [(library, key(2)), (other, key(2))]);

        let moved = Item { trashed: true, date_modified: at(50), ..an_attachment(2, Some(key(9)), sha(2)) };
        put_item(store, library, moved, 50);
        assert_eq!((children(1).len(), children(9).len()), (0, 1));
        assert_eq!((with(1), with(2)), (vec![], vec![key(2)]));
        assert_eq!((trashed(50), trashed(51)), (vec![], vec![key(2)]));

        assert!(write(store, move |tx| tx.library(library, at(60))?.delete_item(key(2))));
        assert!(!write(store, move |tx| tx.library(library, at(60))?.delete_item(key(2))));
        assert_eq!((children(9).len(), with(2).len(), trashed(99).len()), (0, 0, 0));
        assert_eq!(read(store, |tx| items::changed_since(tx, library, Version(0), None, 9)), [(Version(1), key(1))]);
        assert_eq!(read(store, |tx| items::attachments_everywhere(tx, &sha(1))), [(other, key(2))]);
        assert_eq!(failure(store.read_blocking(|tx| items::get(tx, library, key(2)))), "not found: item");
    });
}

#[test]
fn items_are_scanned_in_batches_within_their_library() {
    on_each_engine(|store| {
        let (library, other) = (a_library(store), a_library(store));
        write(store, move |tx| {
            let mut write = tx.library(library, at(1))?;
            for number in 0..25 {
                write.put_item(&mut an_item(number))?;
            }
            tx.library(other, at(1))?.put_item(&mut an_item(99))
        });
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let batch = read(store, |tx| items::scan_all(tx, library, after, 10));
            let Some(last) = batch.last() else { break };
            after = Some(last.key);
            seen.extend(batch.iter().map(|item| item.key));
        }
        let expected: BTreeSet<_> = (0..25).map(key).collect();
        assert_eq!(seen, expected.iter().copied().collect::<Vec<_>>());
        let (mut seen, mut place) = (BTreeSet::new(), (Version(0), None));
        loop {
            let batch = read(store, |tx| items::changed_since(tx, library, place.0, place.1, 10));
            let Some((version, key)) = batch.last() else { break };
            place = (*version, Some(*key));
            seen.extend(batch.iter().map(|(_, key)| *key));
        }
        assert_eq!(seen, expected);
        let many = read(store, |tx| items::get_many(tx, library, &[key(3), key(99), key(1)]));
        assert_eq!(
            many.iter().map(|item| item.as_ref().map(|item| item.key)).collect::<Vec<_>>(),
            [Some(key(3)), None, Some(key(1))]
        );
        assert!(read(store, |tx| items::contains(tx, library, key(3))));
        assert!(!read(store, |tx| items::contains(tx, library, key(99))));
    });
}

#[test]
fn collections_are_kept_listed_and_removed() {
    on_each_engine(|store| {
        let library = a_library(store);
        let collection = |number, parent| Collection {
            key: key(number),
            version: Version(0),
            name: format!("Shelf {number}"),
            parent,
        };
        write(store, move |tx| {
            let mut write = tx.library(library, at(1))?;
            write.put_collection(&mut collection(1, None))?;
            write.put_collection(&mut collection(2, Some(key(1))))
        });
        let found = read(store, |tx| collections::get(tx, library, key(2)));
        assert_eq!(found, Collection { version: Version(1), ..collection(2, Some(key(1))) });
        assert_eq!(read(store, |tx| collections::list(tx, library)).len(), 2);
        assert!(write(store, move |tx| tx.library(library, at(2))?.delete_collection(key(1))));
        assert!(!write(store, move |tx| tx.library(library, at(2))?.delete_collection(key(1))));
        assert_eq!(read(store, |tx| collections::list(tx, library)).len(), 1);
        let deletions = read(store, |tx| changes::deletions_since(tx, library, Version(1), 10));
        let deleted = Change {
            version: Version(2),
            object: ObjectKind::Collection,
            key: key(1),
            kind: ChangeKind::Deleted,
            at: at(2),
        };
        assert_eq!(deletions, [deleted]);
        assert_eq!(read(store, |tx| changes::deletions_since(tx, library, Version(2), 10)), []);
    });
}

#[test]
fn a_client_catches_up_by_version_without_a_version_cut_in_two() {
    on_each_engine(|store| {
        let library = a_library(store);
        for start in [0, 10, 20] {
            write(store, move |tx| {
                let mut write = tx.library(library, at(1))?;
                (start..start + 3).try_for_each(|number| write.put_item(&mut an_item(number)))
            });
        }
        let since = |version, limit| {
            let changes = read(store, |tx| changes::changes_since(tx, library, Version(version), limit));
            changes.map(|changes| changes.iter().map(|change| change.version.0).collect::<Vec<_>>())
        };
        assert_eq!(since(0, 9), Some(vec![1, 1, 1, 2, 2, 2, 3, 3, 3]));
        assert_eq!(since(0, 7), Some(vec![1, 1, 1, 2, 2, 2]));
        assert_eq!(since(0, 2), Some(vec![1, 1, 1]), "a version larger than the limit comes whole");
        assert_eq!(since(1, 3), Some(vec![2, 2, 2]));
        assert_eq!(since(3, 10), Some(vec![]));
        assert_eq!(since(4, 10), None, "a version that never was");
    });
}

#[test]
fn an_object_changed_twice_in_a_transaction_is_one_change() {
    on_each_engine(|store| {
        let library = a_library(store);
        let told = write(store, move |tx| {
            let mut write = tx.library(library, at(1))?;
            write.put_item(&mut an_item(1))?;
            write.put_item(&mut an_item(1))?;
            write.put_item(&mut an_item(2))?;
            write.delete_item(key(2))?;
            write.put_item(&mut an_item(3))?;
            write.delete_item(key(3))?;
            write.put_item(&mut an_item(3))?;
            Ok(tx.library_changes())
        });
        let kinds: BTreeMap<_, _> = told[0].changes.iter().map(|change| (change.key, change.kind)).collect();
        assert_eq!(
            kinds,
            BTreeMap::from([(key(1), ChangeKind::Put), (key(2), ChangeKind::Deleted), (key(3), ChangeKind::Put)])
        );
        let logged = read(store, |tx| changes::changes_since(tx, library, Version(0), 10)).unwrap();
        assert_eq!(logged, told[0].changes);
        let deletions = read(store, |tx| changes::deletions_since(tx, library, Version(0), 10));
        assert_eq!(deletions.iter().map(|change| change.key).collect::<Vec<_>>(), [key(2)]);
        assert_eq!(write(store, move |tx| changes::trim_to(tx, library, at(9), 0, 10)), 3, "the count is right too");
    });
}

#[test]
fn a_trimmed_log_says_from_where_it_reaches() {
    on_each_engine(|store| {
        let library = a_library(store);
        for number in 0..10 {
            put_item(store, library, an_item(number), i64::try_from(number).unwrap());
        }
        write(store, move |tx| tx.library(library, at(10))?.delete_item(key(0)));
        let trim = |before, keep| write(store, move |tx| changes::trim_to(tx, library, at(before), keep, 100));
        assert_eq!(trim(0, 100), 0);
        assert_eq!(trim(3, 100), 3, "by age");
        assert_eq!(trim(3, 5), 3, "by number");
        assert_eq!(read(store, |tx| changes::oldest_known(tx, library)), Version(6));
        assert_eq!(read(store, |tx| changes::changes_since(tx, library, Version(5), 100)), None);
        let rest = read(store, |tx| changes::changes_since(tx, library, Version(6), 100)).unwrap();
        assert_eq!(rest.iter().map(|change| change.version.0).collect::<Vec<_>>(), [7, 8, 9, 10, 11]);
        assert_eq!(trim(100, 0), 5);
        assert_eq!(read(store, |tx| changes::changes_since(tx, library, Version(11), 100)), Some(vec![]));
        assert_eq!(read(store, |tx| changes::deletions_since(tx, library, Version(0), 100)).len(), 1, "for ever");
    });
}

#[test]
fn a_version_trimmed_in_part_is_not_handed_out() {
    on_each_engine(|store| {
        let library = a_library(store);
        write(store, move |tx| {
            let mut write = tx.library(library, at(1))?;
            (0..4).try_for_each(|number| write.put_item(&mut an_item(number)))
        });
        put_item(store, library, an_item(9), 50);
        assert_eq!(write(store, move |tx| changes::trim_to(tx, library, at(2), 100, 2)), 2, "no more than asked");
        assert_eq!(read(store, |tx| changes::changes_since(tx, library, Version(0), 100)), None);
        assert_eq!(write(store, move |tx| changes::trim_to(tx, library, at(0), 100, 10)), 2, "the rest follows");
        assert_eq!(read(store, |tx| changes::changes_since(tx, library, Version(1), 100)).unwrap().len(), 1);
    });
}

#[test]
fn versions_rise_after_a_restore_and_everybody_begins_anew() {
    on_each_engine(|store| {
        let library = a_library(store);
        put_item(store, library, an_item(1), 1);
        write(store, |tx| libraries::raise_versions(tx, 1_000));
        assert_eq!(version(store, library), 1_001);
        assert_eq!(put_item(store, library, an_item(2), 2).version, Version(1_002));
        let since = |version| read(store, |tx| changes::changes_since(tx, library, Version(version), 10));
        assert_eq!(since(1), None);
        assert_eq!(since(900), None, "a version that only the lost state had");
        assert_eq!(since(1_001).map(|changes| changes.len()), Some(1));
        assert_eq!(
            write(store, move |tx| changes::trim_to(tx, library, at(0), 100, 10)),
            1,
            "the forgotten entry goes"
        );
    });
}

fn a_blob(byte: u8, first_seen: i64) -> Blob {
    Blob::new(sha(byte), 10, "application/pdf".to_owned(), BlobPlace::Staging, at(first_seen))
}

#[test]
fn blobs_without_attachments_are_orphans_until_one_comes() {
    on_each_engine(|store| {
        let library = a_library(store);
        write(store, |tx| (1..=3).try_for_each(|byte| blobs::put_blob(tx, &a_blob(byte, i64::from(byte)))));
        put_item(store, library, an_attachment(1, None, sha(1)), 5);
        put_item(store, library, an_attachment(2, None, sha(1)), 5);
        let orphans = |before| read(store, |tx| blobs::orphans(tx, at(before), 10));
        assert_eq!(orphans(100), [sha(2), sha(3)]);
        assert_eq!(orphans(3), [sha(2)]);
        write(store, move |tx| tx.library(library, at(40))?.delete_item(key(1)));
        assert_eq!(orphans(100), [sha(2), sha(3)], "one attachment is left");
        write(store, move |tx| tx.library(library, at(50))?.delete_item(key(2)));
        assert_eq!(orphans(50), [sha(2), sha(3)]);
        assert_eq!(orphans(51), [sha(2), sha(3), sha(1)]);
        put_item(store, library, an_attachment(3, None, sha(2)), 60);
        assert!(!write(store, |tx| blobs::delete_orphan(tx, &sha(2))), "it is in use again");
        assert!(write(store, |tx| blobs::delete_orphan(tx, &sha(3))));
        assert_eq!(orphans(100), [sha(1)]);
        assert_eq!(read(store, |tx| blobs::find_blob(tx, &sha(3))), None);
    });
}

#[test]
fn a_blob_put_after_its_attachment_is_no_orphan() {
    on_each_engine(|store| {
        let library = a_library(store);
        put_item(store, library, an_attachment(1, None, sha(1)), 5);
        write(store, |tx| blobs::put_blob(tx, &a_blob(1, 1)));
        assert_eq!(read(store, |tx| blobs::orphans(tx, at(100), 10)), []);
        let mut changed = a_blob(1, 1);
        changed.pages = Some(7);
        changed.state = ReadState::Read;
        changed.place = BlobPlace::Store;
        changed.sealed_password = Some(vec![1, 2, 0]);
        let expected = changed.clone();
        write(store, move |tx| blobs::put_blob(tx, &changed));
        assert_eq!(read(store, |tx| blobs::get(tx, &sha(1))), expected);
        write(store, |tx| blobs::put_blob(tx, &a_blob(2, 1)));
        assert_eq!(read(store, |tx| blobs::list(tx, Some(&sha(1)), 10)).len(), 1);
        assert_eq!(
            read(store, |tx| blobs::get_many(tx, &[sha(9), sha(2)])),
            [None, Some(read(store, |tx| { blobs::get(tx, &sha(2)) }))]
        );
    });
}

#[test]
fn a_deleted_library_is_gone_at_once_and_removed_in_batches() {
    on_each_engine(|store| {
        let (library, other) = (a_library(store), a_library(store));
        write(store, |tx| blobs::put_blob(tx, &a_blob(1, 1)));
        for number in 0..5 {
            put_item(store, library, an_attachment(number, None, sha(1)), 1);
        }
        put_item(store, other, an_item(1), 1);
        write(store, move |tx| libraries::delete(tx, library, at(9)));
        assert_eq!(failure(store.read_blocking(|tx| libraries::get(tx, library))), "not found: library");
        assert_eq!(
            failure(store.write_blocking(move |tx| tx.library(library, at(1)).map(|_| ()))),
            "not found: library"
        );
        assert_eq!(read(store, |tx| libraries::list_of_user(tx, UserId(1))).len(), 1);
        assert_eq!(read(store, |tx| libraries::list(tx, None, 10)).len(), 1);
        assert_eq!(read(store, libraries::list_deleted), [library]);
        assert!(write(store, move |tx| purge::purge(tx, other, at(9), 2)), "a living library is left alone");
        let mut rounds = 0;
        while !write(store, move |tx| purge::purge(tx, library, at(9), 2)) {
            rounds += 1;
        }
        assert!(rounds >= 6, "{rounds}");
        assert_eq!(read(store, libraries::list_deleted), []);
        assert_eq!(read(store, |tx| items::scan_all(tx, library, None, 10)), []);
        assert_eq!(read(store, |tx| blobs::orphans(tx, at(10), 10)), [sha(1)], "its files are swept later");
        assert_eq!(read(store, |tx| items::scan_all(tx, other, None, 10)).len(), 1);
        assert!(a_library(store) > other, "numbers are not used again");
    });
}

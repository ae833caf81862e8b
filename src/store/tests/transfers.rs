//! Uploads.

use super::super::{Upload, UploadConcat, UploadState, uploads};
use super::*;

fn upload(id: u128, user: u64, created_at: i64, expires_at: i64) -> Upload {
    Upload {
        id,
        user: UserId(user),
        library: LibraryId(1),
        collection: Some(key(4)),
        filename: "Über/CON.pdf".to_owned(),
        metadata: "filename w5xiZXI=".to_owned(),
        length: None,
        concat: UploadConcat::None,
        created_at: at(created_at),
        expires_at: at(expires_at),
        state: UploadState::Open,
        sha256: None,
        attach_to: None,
    }
}

#[test]
fn an_upload_comes_back_as_it_was_kept() {
    on_each_engine(|store| {
        let completed = UploadState::Completed {
            item: Some(key(1)),
            attachment: Some(key(2)),
            duplicate_of: Some(key(3)),
            restored: true,
        };
        let variants = [
            upload(1, 1, 1, 1),
            Upload { concat: UploadConcat::Partial, state: completed, ..upload(2, 1, 1, 1) },
            Upload {
                concat: UploadConcat::Final(vec![u128::MAX, 0, 7]),
                state: UploadState::Failed { code: "not_a_pdf".to_owned() },
                length: Some(5),
                sha256: Some(sha(4)),
                attach_to: Some(key(5)),
                collection: None,
                ..upload(u128::MAX, 1, 1, 1)
            },
        ];
        for variant in variants {
            let expected = variant.clone();
            write(store, move |tx| uploads::put_upload(tx, &variant));
            assert_eq!(read(store, |tx| uploads::find_upload(tx, expected.id)), Some(expected));
        }
        assert_eq!(read(store, uploads::list_ids), [1, 2, u128::MAX]);
    });
}

#[test]
fn uploads_are_listed_by_person_and_by_expiry() {
    on_each_engine(|store| {
        write(store, |tx| {
            for upload in [upload(1, 7, 10, 100), upload(2, 7, 20, 90), upload(3, 8, 30, 200)] {
                uploads::put_upload(tx, &upload)?;
            }
            uploads::put_upload(tx, &Upload { expires_at: at(300), ..upload(1, 7, 10, 100) })
        });
        let ids = |uploads: Vec<Upload>| uploads.into_iter().map(|upload| upload.id).collect::<Vec<_>>();
        assert_eq!(ids(read(store, |tx| uploads::list_of_user(tx, UserId(7), 10))), [2, 1]);
        assert_eq!(ids(read(store, |tx| uploads::list_of_user(tx, UserId(7), 1))), [2]);
        assert_eq!(ids(read(store, |tx| uploads::expired(tx, at(201), 10))), [2, 3], "the first one was prolonged");
        assert_eq!(ids(read(store, |tx| uploads::expired(tx, at(301), 10))), [2, 3, 1]);
        assert!(write(store, |tx| uploads::delete(tx, 2)));
        assert!(!write(store, |tx| uploads::delete(tx, 2)));
        assert_eq!(ids(read(store, |tx| uploads::expired(tx, at(301), 10))), [3, 1]);
        assert_eq!(ids(read(store, |tx| uploads::list_of_user(tx, UserId(7), 10))), [1]);
        let parts = read(store, |tx| uploads::get_many(tx, &[3, 2, 1]));
        assert_eq!(parts.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false, true]);
    });
}

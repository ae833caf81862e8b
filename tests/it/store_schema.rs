//! Databases of every released schema open, are brought up to date, and hold what was put into them.
//!
//! Each schema has its fixture in `tests/fixtures/db`, made by the program of that time. Where the one of the newest schema
//! is missing, the test writes it and fails, so that it is looked at and committed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use scrollkeeper::domain::actor::Scope;
use scrollkeeper::domain::ids::{Key, LibraryId, Sha256, UserId, Version};
use scrollkeeper::domain::item::{Collection, Creator, CreatorName, FieldSource, FileRef, Item, ReadState};
use scrollkeeper::domain::job::{JobKind, JobState};
use scrollkeeper::domain::library::{LibraryKind, Role, ServerRole};
use scrollkeeper::domain::time::Timestamp;
use scrollkeeper::store::jobs::NewJob;
use scrollkeeper::store::meta::{ServerIdentity, Setting, Setup};
use scrollkeeper::store::tokens::NewToken;
use scrollkeeper::store::users::NewUser;
use scrollkeeper::store::{
    Activity, Attempts, AuditEntry, Blob, BlobPlace, Error, IdempotencyKey, ReadTx, ReadingPosition, Session, Store,
    StoredAnswer, Upload, UploadConcat, UploadState, WriteTx, activity, answers, attempts, audit, blobs, changes,
    collections, items, jobs, leases, libraries, members, meta, reading, sessions, tokens, uploads, users,
};

const NEWEST: u32 = 1;
const AT: Timestamp = Timestamp(1_764_028_800_000);
const LIBRARY: LibraryId = LibraryId(1);
const ADA: UserId = UserId(1);

fn fixture(schema: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/db/schema-{schema}.redb.zst"))
}

fn key(text: &str) -> Key {
    Key::parse(text).expect("a key of the test")
}

fn sha() -> Sha256 {
    Sha256([7; 32])
}

fn paper() -> Item {
    let creator = |name| Creator { creator_type: "author".to_owned(), name };
    let source = FieldSource { source: "pdf".to_owned(), confidence: 0.5, other_value: Some("Titel".to_owned()) };
    Item {
        key: key("PAPER222"),
        version: Version(1),
        item_type: "journalArticle".to_owned(),
        parent: None,
        fields: BTreeMap::from([("title".to_owned(), "Invariante Variationsprobleme".to_owned())]),
        creators: vec![
            creator(CreatorName::Person { given: "Emmy".to_owned(), family: "Noether".to_owned() }),
            creator(CreatorName::Single("Königliche Gesellschaft".to_owned())),
        ],
        tags: BTreeSet::from(["physics".to_owned()]),
        collections: BTreeSet::from([key("SHELF222")]),
        date_added: AT,
        date_modified: AT,
        added_by: Some(ADA),
        modified_by: None,
        trashed: false,
        cite_key: Some("noether1918".to_owned()),
        file: None,
        sources: BTreeMap::from([("title".to_owned(), source)]),
        relations: BTreeMap::new(),
    }
}

fn file() -> Item {
    let file = FileRef {
        sha256: sha(),
        size_bytes: 1_234,
        name: "Noether 1918.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        pages: Some(23),
        state: ReadState::Read,
        recognised_pages: 0,
    };
    Item {
        key: key("FTLE2222"),
        item_type: "attachment".to_owned(),
        parent: Some(key("PAPER222")),
        fields: BTreeMap::new(),
        creators: Vec::new(),
        tags: BTreeSet::new(),
        collections: BTreeSet::new(),
        cite_key: None,
        file: Some(file),
        sources: BTreeMap::new(),
        relations: BTreeMap::new(),
        ..paper()
    }
}

fn shelf() -> Collection {
    Collection { key: key("SHELF222"), version: Version(1), name: "Classics".to_owned(), parent: None }
}

fn blob() -> Blob {
    let mut blob = Blob::new(sha(), 1_234, "application/pdf".to_owned(), BlobPlace::Store, AT);
    blob.pages = Some(23);
    blob.state = ReadState::Read;
    blob.extraction_version = 1;
    blob.sealed_password = Some(vec![1, 2, 3]);
    blob
}

fn session() -> Session {
    Session {
        hash: Sha256([1; 32]),
        user: ADA,
        created_at: AT,
        last_used_at: AT,
        expires_at: AT.plus_ms(1_000),
        address: "192.0.2.1".to_owned(),
        user_agent: "Browser".to_owned(),
    }
}

fn upload() -> Upload {
    Upload {
        id: 5,
        user: ADA,
        library: LIBRARY,
        collection: None,
        filename: "part".to_owned(),
        metadata: String::new(),
        length: Some(9),
        concat: UploadConcat::Final(vec![3, 4]),
        created_at: AT,
        expires_at: AT.plus_ms(1_000),
        state: UploadState::Completed {
            item: Some(key("PAPER222")),
            attachment: Some(key("FTLE2222")),
            duplicate_of: None,
            restored: false,
        },
        sha256: Some(sha()),
        attach_to: None,
    }
}

fn fill_accounts(tx: &mut WriteTx<'_>) -> Result<(), Error> {
    meta::put_identity(tx, &ServerIdentity { id: "id".to_owned(), name: "Göttingen".to_owned() })?;
    meta::put_setup(tx, &Setup { is_done: true, token_hash: None })?;
    let value = "https://papers.example.org".to_owned();
    meta::put_setting(tx, &Setting { name: "public_url".to_owned(), value, by: Some(ADA), at: AT })?;
    let ada = NewUser {
        username: "Ada".to_owned(),
        email: Some("ada@example.org".to_owned()),
        display_name: "Ada Lovelace".to_owned(),
        role: ServerRole::Admin,
        password_hash: Some("$argon2id$…".to_owned()),
    };
    users::create(tx, ada, AT)?;
    sessions::put_session(tx, &session())?;
    let token = NewToken {
        hash: Sha256([2; 32]),
        user: ADA,
        name: "script".to_owned(),
        scopes: vec![Scope::Read],
        prefix: "sk_abc".to_owned(),
        expires_at: None,
    };
    tokens::create(tx, token, AT)?;
    let attempts = Attempts {
        key: "address:192.0.2.9".to_owned(),
        count: 3,
        first_at: AT,
        last_at: AT,
        blocked_until: Some(AT.plus_ms(5)),
        bans: 1,
    };
    attempts::put_attempts(tx, &attempts)?;
    let entry = AuditEntry {
        id: 0,
        at: AT,
        user: Some(ADA),
        address: None,
        action: "user.create".to_owned(),
        subject: "ada".to_owned(),
        detail: String::new(),
    };
    audit::append(tx, entry)?;
    Ok(())
}

fn fill_library(tx: &mut WriteTx<'_>) -> Result<(), Error> {
    libraries::create(tx, LibraryKind::User, "Ada's papers", ADA, AT)?;
    blobs::put_blob(tx, &blob())?;
    let mut library = tx.library(LIBRARY, AT)?;
    library.put_collection(&mut shelf())?;
    library.put_item(&mut paper())?;
    library.put_item(&mut file())?;
    library.put_item(&mut Item { key: key("GNE22222"), ..paper() })?;
    library.delete_item(key("GNE22222"))?;
    let entry = Activity {
        id: 0,
        library: LIBRARY,
        at: AT,
        user: Some(ADA),
        kind: "item.added".to_owned(),
        key: Some(key("PAPER222")),
        text: "Invariante Variationsprobleme".to_owned(),
    };
    activity::append(tx, entry)?;
    Ok(())
}

fn fill_work(tx: &mut WriteTx<'_>) -> Result<(), Error> {
    uploads::put_upload(tx, &upload())?;
    let job = |kind, priority| NewJob {
        kind,
        library: Some(LIBRARY),
        key: Some(key("FTLE2222")),
        user: Some(ADA),
        priority,
        run_at: AT,
    };
    jobs::enqueue(tx, job(JobKind::Parse { sha256: sha() }, 0), AT)?;
    jobs::enqueue(tx, job(JobKind::StoreBlob { sha256: sha() }, 200), AT)?;
    let boot = leases::next_boot(tx)?;
    leases::lease(tx, &["parse"], &leases::Lease { boot, runner: 1, until: AT }, AT)?;
    let request = IdempotencyKey { user: ADA, key: "k1".to_owned() };
    let answer = StoredAnswer { request: sha(), status: 201, body: b"{}".to_vec(), at: AT, etag: None };
    answers::put_answer(tx, &request, &answer)?;
    let position =
        ReadingPosition { page: 4, rotation: 90, zoom: Some("page-width".to_owned()), is_read: true, at: AT };
    reading::put_position(tx, ADA, LIBRARY, key("FTLE2222"), &position)
}

fn write_fixture() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store.redb");
    let store = Store::open(&path).expect("a new store").store;
    for fill in [fill_accounts, fill_library, fill_work] {
        store.write_blocking(fill).expect("an empty store takes everything");
    }
    drop(store);
    let bytes = fs::read(&path).expect("the closed database");
    fs::write(fixture(NEWEST), zstd::encode_all(&bytes[..], 19).expect("memory")).expect("the fixture's folder");
}

fn check_accounts(tx: &ReadTx) -> Result<(), Error> {
    assert_eq!(meta::find_identity(tx)?.map(|identity| identity.name), Some("Göttingen".to_owned()));
    assert!(meta::setup(tx)?.is_done);
    assert_eq!(meta::list_settings(tx)?.len(), 1);
    let ada = users::find_by_login(tx, "ADA@example.org")?.expect("Ada's account");
    assert_eq!((ada.id, ada.role, ada.display_name.as_str()), (ADA, ServerRole::Admin, "Ada Lovelace"));
    assert_eq!(sessions::list_of_user(tx, ADA)?, [session()]);
    let tokens = tokens::list_of_user(tx, ADA)?;
    assert_eq!(
        tokens.iter().map(|token| (&*token.name, &token.scopes[..])).collect::<Vec<_>>(),
        [("script", &[Scope::Read][..])]
    );
    assert_eq!(attempts::list_bans(tx, AT)?.len(), 1);
    assert_eq!(audit::list(tx, None, 9)?.len(), 1);
    Ok(())
}

fn check_library(tx: &ReadTx) -> Result<(), Error> {
    assert_eq!(libraries::find_personal(tx, ADA)?, Some(LIBRARY));
    assert_eq!(libraries::get(tx, LIBRARY)?.version, Version(1));
    assert_eq!(members::list(tx, LIBRARY)?, [(ADA, Role::Owner)]);
    assert_eq!(items::get(tx, LIBRARY, key("PAPER222"))?, paper());
    assert_eq!(items::children(tx, LIBRARY, key("PAPER222"))?, [file()]);
    assert_eq!(items::attachments_everywhere(tx, &sha())?, [(LIBRARY, key("FTLE2222"))]);
    assert_eq!(collections::list(tx, LIBRARY)?, [shelf()]);
    assert_eq!(changes::changes_since(tx, LIBRARY, Version(0), 9)?.map(|changes| changes.len()), Some(4));
    assert_eq!(changes::deletions_since(tx, LIBRARY, Version(0), 9)?.len(), 1);
    assert_eq!(blobs::get(tx, &sha())?.sealed_password, Some(vec![1, 2, 3]));
    assert_eq!(activity::list(tx, LIBRARY, None, 9)?.len(), 1);
    Ok(())
}

fn check_work(tx: &ReadTx) -> Result<(), Error> {
    assert_eq!(uploads::find_upload(tx, 5)?, Some(upload()));
    let running = jobs::find_active(tx, &JobKind::Parse { sha256: sha() })?;
    assert_eq!(running.iter().map(|job| job.state).collect::<Vec<_>>(), [JobState::Running]);
    assert_eq!(jobs::counts(tx)?.iter().map(|(_, count)| count).sum::<u64>(), 2);
    let request = IdempotencyKey { user: ADA, key: "k1".to_owned() };
    assert_eq!(answers::find_answer(tx, &request, AT)?.map(|answer| answer.status), Some(201));
    assert_eq!(reading::list(tx, ADA, LIBRARY)?.len(), 1);
    Ok(())
}

#[test]
fn a_database_of_each_released_schema_opens_with_everything_in_it() {
    if !fixture(NEWEST).exists() {
        write_fixture();
        panic!("The fixture of schema {NEWEST} was missing. It is written now: look at it and commit it.");
    }
    for schema in 1..=NEWEST {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("store.redb");
        let packed = fs::read(fixture(schema)).expect("a fixture of each schema");
        fs::write(&path, zstd::decode_all(&packed[..]).expect("an intact fixture")).expect("room for it");
        let opened = Store::open(&path).expect("an older database opens");
        assert_eq!(opened.migrated_from, (schema < NEWEST).then_some(schema));
        for check in [check_accounts, check_library, check_work] {
            opened.store.read_blocking(check).expect("everything in it can be read");
        }
        opened.store.write_blocking(|tx| users::get(tx, ADA).map(|_| ())).expect("it can be written to");
        drop(opened);
        assert!(Store::check_integrity(&path).expect("it is not in use"), "the database is whole");
    }
}

//! Scanned pages: recognised by tesseract (a stand-in that answers as a test wants it, and the real one), then read, found
//! and corrected like any other.

use std::io::{Seek as _, Write as _};
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use scrollkeeper::config::OcrConfig;
use scrollkeeper::domain::facts::ReadErrorCode;
use scrollkeeper::pdf::recogniser::PageLimits;
use scrollkeeper::pdf::{Limits, Pool, PoolConfig, ReadFailure, RecognisedPage, Recogniser};
use serde_json::{Value, json};

use crate::pdf_maker::Maker;
use crate::support::{PAPER_TITLE, Person, TestApp, Uploaded, paper_pdf};

/// A stand-in for tesseract: a shell script in a folder of its own, which does with a page what `body` says. The size of
/// the page's picture is in `$size`.
struct StandIn(tempfile::TempDir);

impl StandIn {
    fn new(body: &str) -> Self {
        let made = Self(tempfile::tempdir().unwrap());
        made.rewrite(body);
        made
    }

    fn rewrite(&self, body: &str) {
        let script = format!(
            "#!/bin/sh\n\
             case \"$1\" in\n\
             --version) echo 'tesseract 5.3.0'; exit;;\n\
             --list-langs) printf 'List of available languages (2):\\neng\\nosd\\n'; exit;;\n\
             esac\n\
             read -r format; read -r size; cat > /dev/null\n\
             {body}\n"
        );
        let fresh = self.0.path().join("fresh");
        std::fs::write(&fresh, script).unwrap();
        std::fs::set_permissions(&fresh, std::fs::Permissions::from_mode(0o755)).unwrap();
        std::fs::rename(fresh, self.path()).unwrap();
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("tesseract")
    }
}

/// Shell that prints lines of words as tesseract does, one paragraph, each line 60 pixels below the one before; `height` is
/// that of a capital.
fn say(lines: &[(u32, &str)]) -> String {
    let mut top = 300;
    let mut rows = String::new();
    for (line, (height, words)) in lines.iter().enumerate() {
        let mut left = 300;
        for (word, text) in words.split(' ').enumerate() {
            let width = text.len() as u32 * height * 7 / 10;
            let below = if text.contains(['g', 'p', 'y', 'q']) { height * 3 / 10 } else { 0 };
            let above =
                if text.contains(|c: char| c.is_uppercase() || "bdfhklit".contains(c)) { 0 } else { height / 3 };
            let (top, tall) = (top + above, height - above + below);
            rows += &format!("5\\t1\\t1\\t1\\t{line}\\t{word}\\t{left}\\t{top}\\t{width}\\t{tall}\\t95\\t{text}\\n");
            left += width + height / 2;
        }
        top += height * 2;
    }
    format!("printf '{rows}'")
}

/// A page without text on which something is drawn; `width` tells pages apart.
fn drawing(maker: &mut Maker, width: u32) {
    maker.raw_page(&format!("/MediaBox [0 0 {width} 792]"), b"0 g 100 100 200 50 re f");
}

fn drawings(widths: &[u32]) -> Vec<u8> {
    let mut maker = Maker::new();
    widths.iter().for_each(|width| drawing(&mut maker, *width));
    maker.finish()
}

fn file(bytes: &[u8]) -> OwnedFd {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    file.into()
}

fn pool() -> Pool {
    Pool::new(PoolConfig {
        executable: PathBuf::from(env!("CARGO_BIN_EXE_scrollkeeper")),
        workers: 1,
        limits: Limits::default(),
        recycle_after: 100,
        idle_ms: 30_000,
    })
}

const LIMITS: PageLimits = PageLimits { wall_ms: 20_000, cpu_s: 20, memory_bytes: 512 << 20 };

async fn recognise_with(program: &Path, limits: PageLimits, bytes: &[u8]) -> Result<RecognisedPage, ReadFailure> {
    let config = OcrConfig { languages: "eng".to_owned(), program: Some(program.to_owned()) };
    let (recogniser, _) = Recogniser::find(pool(), &config, limits).await.unwrap();
    recogniser.recognise(file(bytes), None, 0, true).await
}

fn letters(page: &RecognisedPage) -> Vec<&str> {
    page.words.iter().map(|word| word.text.as_str()).collect()
}

fn app_with(program: &Path) -> crate::support::Start {
    let start = TestApp::start().with("ocr.enabled", "true").with("ocr.program", &program.display().to_string());
    start.with_jobs()
}

async fn until_ready(app: &TestApp) {
    let looking = async {
        while !app.app.is_recognising() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(crate::support::PATIENCE, looking).await.expect("tesseract is found");
}

fn path(who: &Person, made: &Uploaded) -> String {
    format!("/api/v1/libraries/{}/items/{}", who.library, made.item)
}

async fn recognitions(app: &TestApp, who: &Person) -> Vec<Value> {
    let jobs = app.get(who, "/api/v1/jobs").await.json()["items"].as_array().unwrap().clone();
    jobs.into_iter().filter(|job| job["kind"] == "recognise").collect()
}

/// Waits until the newest recognition has come to this state.
async fn until_recognition(app: &TestApp, who: &Person, state: &str) -> Value {
    app.until(&format!("a recognition that is {state}"), || async {
        recognitions(app, who).await.into_iter().next().filter(|job| job["state"] == state)
    })
    .await
}

#[tokio::test]
async fn a_scan_is_recognised_found_by_its_words_and_named_by_its_title() {
    let body = say(&[
        (60, "Tidal Memory in Coastal Sediments"),
        (30, "Maria Keller and Jonas Brandt"),
        (30, "Estuaries hold layers that alternate with every flood and"),
        (30, "keep the quixotic wombats of the photo-"),
        (30, "synthesis in their older parts for many years to come."),
    ]);
    let tesseract = StandIn::new(&body);
    let (app, ada) = app_with(&tesseract.path()).ready().await;
    until_ready(&app).await;
    assert_eq!(app.get(&ada, "/api/v1/session").await.json()["recognises_scans"], true);
    let made = app.upload(&ada, ada.library, "scan.pdf", &drawings(&[612])).await;
    let job = until_recognition(&app, &ada, "done").await;
    assert_eq!((&job["key"], &job["library"]), (&json!(made.attachment), &json!(ada.library)));
    let path = path(&ada, &made);
    let paper = app.get(&ada, &path).await.json();
    let file = &paper["file"];
    assert_eq!((&file["state"], &file["recognised_pages"], &file["pages"]), (&json!("read"), &json!(1), &json!(1)));
    assert_eq!(paper["fields"]["title"], PAPER_TITLE);
    let text = app.get(&ada, &format!("{path}/text")).await.text();
    assert!(text.contains("of the photosynthesis in their"), "{text}");

    let layout = app.get(&ada, &format!("{path}/layout?pages=1")).await.json();
    let page = &layout["pages"][0];
    assert_eq!(page["recognised"], true);
    app.index_all().await;
    let hits = app.get(&ada, "/api/v1/search?q=%22quixotic%20wombats%22").await.json();
    let passage = &hits["hits"][0]["passages"][0];
    let at = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let start = at(&passage["offset"]) + at(&passage["marks"][0][0]);
    let words = page["words"].as_array().unwrap();
    let word = words.iter().find(|word| at(&word[0]) == start).expect("the mark begins at a word's box");
    // The fourth line, third word: 300 pixels, "keep", "the", each with its space; 300 dots per inch.
    let left = (300.0 + (4.0 + 3.0) * 21.0 + 2.0 * 15.0) * 72.0 / 300.0;
    assert!((word[2].as_f64().unwrap() - left).abs() < 1.5, "{word} is not at {left}");
    let baseline = 792.0 - (300.0 + 120.0 + 60.0 + 60.0 + 30.0) * 72.0 / 300.0;
    let (bottom, top) = (word[3].as_f64().unwrap(), word[5].as_f64().unwrap());
    assert!(bottom < baseline && top > baseline + 4.0 && top - bottom < 14.0, "{word} is not around {baseline}");
}

#[tokio::test]
async fn what_people_typed_stays_when_a_scan_is_recognised() {
    let tesseract = StandIn::new("exec sleep 600");
    let (app, ada) = app_with(&tesseract.path()).ready().await;
    until_ready(&app).await;
    let made = app.upload(&ada, ada.library, "scan.pdf", &drawings(&[612])).await;
    let running = until_recognition(&app, &ada, "running").await;
    let path = path(&ada, &made);
    app.patch(&ada, &path, json!({"fields": {"title": "Typed by hand"}})).await.is(200);
    app.post(&ada, &format!("/api/v1/jobs/{}/cancel", running["id"]), Value::Null).await.is(200);
    let paper = app.get(&ada, &path).await.json();
    assert_eq!(paper["file"]["state"], "no_text", "a stopped recognition leaves the file as it was read");
    tesseract.rewrite(&say(&[(60, "Something Else Entirely"), (30, "with words that are found below the title")]));
    app.post(&ada, &format!("/api/v1/jobs/{}/retry", running["id"]), Value::Null).await.is(200);
    until_recognition(&app, &ada, "done").await;
    let paper = app.get(&ada, &path).await.json();
    assert_eq!((&paper["file"]["state"], &paper["fields"]["title"]), (&json!("read"), &json!("Typed by hand")));
    let read = app.get(&ada, &format!("{path}/as-read")).await.json();
    assert_eq!(read["fields"]["title"], "Something Else Entirely");
}

#[tokio::test]
async fn pages_that_were_recognised_are_not_recognised_again() {
    // The first page (2550 pixels wide) is recognised; the second keeps it busy until somebody stops it.
    let first = say(&[(30, "words of the first page")]);
    let tesseract = StandIn::new(&format!("case \"$size\" in 2550*) {first};; *) exec sleep 600;; esac"));
    let (app, ada) = app_with(&tesseract.path()).ready().await;
    until_ready(&app).await;
    let made = app.upload(&ada, ada.library, "scan.pdf", &drawings(&[612, 500])).await;
    // Progress is told by the clock, which stands still here: looked at again and again.
    let second_page = tokio::time::timeout(crate::support::PATIENCE, async {
        loop {
            match recognitions(&app, &ada).await.into_iter().next() {
                Some(job) if job["page"] == 2 => return job,
                _ => tokio::task::yield_now().await,
            }
        }
    })
    .await
    .expect("the second page is begun");
    assert_eq!((&second_page["state"], &second_page["pages"]), (&json!("running"), &json!(2)));
    let act = async |what: &str| {
        app.post(&ada, &format!("/api/v1/jobs/{}/{what}", second_page["id"]), Value::Null).await.is(200)
    };
    act("cancel").await;
    // From now on the first page could not be recognised any more.
    let second = say(&[(30, "words of the second page")]);
    tesseract.rewrite(&format!("case \"$size\" in 2550*) exit 1;; *) {second};; esac"));
    act("retry").await;
    until_recognition(&app, &ada, "done").await;
    let text = app.get(&ada, &format!("{}/text", path(&ada, &made))).await.text();
    assert_eq!(text, "words of the first page\u{c}words of the second page");
    // Read again by a person, it keeps them too.
    app.post(&ada, &format!("{}/read-again", path(&ada, &made)), json!({})).await.is(200);
    let paper = app.until_read(&ada, ada.library, &made).await;
    assert_eq!((&paper["file"]["state"], &paper["file"]["recognised_pages"]), (&json!("read"), &json!(2)));
}

#[tokio::test]
async fn a_page_that_fails_costs_only_itself_and_pages_with_text_keep_theirs() {
    let said = say(&[(30, "recognised words")]);
    let tesseract = StandIn::new(&format!("case \"$size\" in 2550*) exit 139;; *) {said};; esac"));
    let (app, ada) = app_with(&tesseract.path()).ready().await;
    until_ready(&app).await;
    let mut maker = Maker::new();
    drawing(&mut maker, 612);
    drawing(&mut maker, 500);
    let bytes = maker.page("", &[(72.0, 700.0, 12.0, "printed words")]).finish();
    let made = app.upload(&ada, ada.library, "mixed.pdf", &bytes).await;
    until_recognition(&app, &ada, "done").await;
    let text = app.get(&ada, &format!("{}/text", path(&ada, &made))).await.text();
    assert_eq!(text, "\u{c}recognised words\u{c}printed words");
    let file = app.get(&ada, &path(&ada, &made)).await.json()["file"].clone();
    assert_eq!((&file["state"], &file["recognised_pages"]), (&json!("read"), &json!(1)));
}

#[tokio::test]
async fn what_is_only_guessed_at_is_no_text() {
    let drawing = say(&[(30, "lll iiv xyz")]).replace("\\t95\\t", "\\t33\\t");
    let doubtful = say(&[(30, "hardly readable old print")]).replace("\\t95\\t", "\\t55\\t");
    let tesseract = StandIn::new(&format!("case \"$size\" in 2550*) {drawing};; *) {doubtful};; esac"));
    let (app, ada) = app_with(&tesseract.path()).ready().await;
    until_ready(&app).await;
    let made = app.upload(&ada, ada.library, "scan.pdf", &drawings(&[612, 500])).await;
    until_recognition(&app, &ada, "done").await;
    let text = app.get(&ada, &format!("{}/text", path(&ada, &made))).await.text();
    assert_eq!(text, "\u{c}hardly readable old print");
    let file = app.get(&ada, &path(&ada, &made)).await.json()["file"].clone();
    assert_eq!((&file["state"], &file["recognised_pages"]), (&json!("poor_text"), &json!(1)), "and said to be poor");
}

#[tokio::test]
async fn a_tesseract_that_fails_at_every_page_is_given_up_with_its_reason() {
    let tesseract = StandIn::new("exit 1");
    let (app, ada) = app_with(&tesseract.path()).ready().await;
    until_ready(&app).await;
    let made = app.upload(&ada, ada.library, "scan.pdf", &drawings(&[612; 9])).await;
    let failed = until_recognition(&app, &ada, "failed").await;
    assert!(failed["message"].as_str().unwrap().contains("ended with status 1"), "{failed}");
    assert_eq!(app.get(&ada, &path(&ada, &made)).await.json()["file"]["state"], "no_text");
}

#[tokio::test]
async fn without_tesseract_scans_stay_as_they_are_and_are_recognised_once_it_is_there() {
    let (app, ada) = app_with(Path::new("/nonexistent/tesseract")).ready().await;
    let made = app.upload(&ada, ada.library, "scan.pdf", &drawings(&[612])).await;
    let paper = app.until_read(&ada, ada.library, &made).await;
    assert_eq!((&paper["file"]["state"], &paper["file"]["recognised_pages"]), (&json!("no_text"), &Value::Null));
    app.app.prepare_recognition().await.unwrap();
    assert!(!app.app.is_recognising() && recognitions(&app, &ada).await.is_empty());
    assert_eq!(app.get(&ada, "/api/v1/session").await.json()["recognises_scans"], false);
}

#[tokio::test]
async fn scans_from_before_it_was_switched_on_are_recognised_too() {
    let tesseract = StandIn::new(&say(&[(30, "late words")]));
    let hidden = tesseract.path().with_file_name("hidden");
    std::fs::rename(tesseract.path(), &hidden).unwrap();
    let (app, ada) = app_with(&tesseract.path()).ready().await;
    let made = app.upload(&ada, ada.library, "scan.pdf", &drawings(&[612])).await;
    app.until_read(&ada, ada.library, &made).await;
    std::fs::rename(&hidden, tesseract.path()).unwrap();
    app.app.prepare_recognition().await.unwrap();
    until_recognition(&app, &ada, "done").await;
    assert_eq!(app.get(&ada, &format!("{}/text", path(&ada, &made))).await.text(), "late words");
    // What has been recognised does not come again.
    let before = recognitions(&app, &ada).await.len();
    app.app.prepare_recognition().await.unwrap();
    assert_eq!(recognitions(&app, &ada).await.len(), before);
}

#[tokio::test]
async fn papers_are_read_while_a_scan_is_being_recognised() {
    let tesseract = StandIn::new("exec sleep 600");
    let (app, ada) = app_with(&tesseract.path()).ready().await;
    until_ready(&app).await;
    // More of them than are recognised at once: those that wait hold nobody up either.
    for pages in 1..4 {
        let made = app.upload(&ada, ada.library, "scan.pdf", &drawings(&vec![612; pages])).await;
        app.until_read(&ada, ada.library, &made).await;
    }
    app.until("a recognition", || async {
        recognitions(&app, &ada).await.into_iter().find(|job| job["state"] == "running")
    })
    .await;
    let made = app.upload(&ada, ada.library, "paper.pdf", &paper_pdf("meanwhile")).await;
    let paper = app.until_read(&ada, ada.library, &made).await;
    assert_eq!((&paper["file"]["state"], &paper["fields"]["title"]), (&json!("read"), &json!(PAPER_TITLE)));
    let states: Vec<Value> = recognitions(&app, &ada).await.into_iter().map(|job| job["state"].clone()).collect();
    assert_eq!(states, ["queued", "queued", "running"]);
}

#[tokio::test]
async fn a_tesseract_that_hangs_is_ended() {
    let began = Instant::now();
    let check = async |body: &str, limits: PageLimits| {
        let failure = recognise_with(&StandIn::new(body).path(), limits, &drawings(&[612])).await.unwrap_err();
        assert_eq!(failure.code, ReadErrorCode::TimedOut, "{body}: {}", failure.message);
    };
    check("exec sleep 600", PageLimits { wall_ms: 1_000, ..LIMITS }).await;
    check("while :; do :; done", PageLimits { cpu_s: 1, ..LIMITS }).await;
    assert!(began.elapsed() < Duration::from_secs(40));
}

#[tokio::test]
async fn a_tesseract_that_crashes_or_talks_nonsense_costs_one_page() {
    let check = async |body: &str| recognise_with(&StandIn::new(body).path(), LIMITS, &drawings(&[612])).await;
    let died = check("exit 3").await.unwrap_err();
    assert_eq!(died.code, ReadErrorCode::Crashed);
    assert!(died.message.contains("status 3"), "{}", died.message);
    let endless =
        check("while :; do echo 0123456789012345678901234567890123456789012345678901234567890123; done").await;
    assert!(endless.unwrap_err().message.contains("without end"));
    assert!(letters(&check("head -c 3000000 /dev/urandom").await.unwrap()).is_empty());
    assert!(
        letters(&check("printf '5\\t1\\t1\\n5\\t\\t\\t\\t\\t\\t-1\\t-1\\t-1\\t-1\\tNaN\\tx\\n'").await.unwrap())
            .is_empty()
    );
    assert!(letters(&check("exit 0").await.unwrap()).is_empty());
}

#[tokio::test]
async fn a_tesseract_that_wants_all_memory_gets_none_of_it() {
    let greedy = "x=0123456789; while :; do x=$x$x; done";
    let limits = PageLimits { memory_bytes: 64 << 20, ..LIMITS };
    let failure = recognise_with(&StandIn::new(greedy).path(), limits, &drawings(&[612])).await.unwrap_err();
    assert_eq!(failure.code, ReadErrorCode::Crashed, "{}", failure.message);
}

#[tokio::test]
async fn tesseract_reads_no_files_of_people_writes_none_and_reaches_no_network() {
    let secret = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(secret.path(), "secret").unwrap();
    let says = |word: &str| say(&[(30, word)]);
    let body = format!(
        "if cat {secret} > /dev/null 2>&1; then {read}; elif echo x > {secret} 2> /dev/null; then {wrote}; \
         elif echo x > /tmp/scrollkeeper-probe 2> /dev/null; then {wrote}; else {nothing}; fi",
        secret = secret.path().display(),
        read = says("read"),
        wrote = says("wrote"),
        nothing = says("nothing"),
    );
    let page = recognise_with(&StandIn::new(&body).path(), LIMITS, &drawings(&[612])).await.unwrap();
    assert_eq!(letters(&page), ["nothing"]);
    assert_eq!(std::fs::read_to_string(secret.path()).unwrap(), "secret");
    let environment = "env | while read -r line; do case \"$line\" in OMP_*|LC_ALL=*|PWD=*|OLDPWD=*|_=*|SHLVL=*) ;; \
                       *) exit 9;; esac; done || exit 9";
    recognise_with(&StandIn::new(environment).path(), LIMITS, &drawings(&[612])).await.unwrap();
}

#[tokio::test]
async fn a_blank_page_is_not_given_to_tesseract() {
    let page = recognise_with(&StandIn::new("exit 1").path(), LIMITS, &Maker::new().page("", &[]).finish()).await;
    let page = page.unwrap();
    assert_eq!((page.words.len(), page.width_px, page.height_px), (0, 2550, 3300));
}

#[tokio::test]
async fn a_language_that_is_not_installed_is_named() {
    let tesseract = StandIn::new("exit 1");
    let config = OcrConfig { languages: "eng+chi_sim".to_owned(), program: Some(tesseract.path()) };
    let reason = Recogniser::find(pool(), &config, LIMITS).await.err().unwrap();
    assert!(reason.contains("`chi_sim`") && reason.contains("tesseract-ocr-chi-sim"), "{reason}");
    let config = OcrConfig { languages: "eng".to_owned(), program: Some(PathBuf::from("/etc/passwd")) };
    let reason = Recogniser::find(pool(), &config, LIMITS).await.err().unwrap();
    assert!(reason.contains("/etc/passwd"), "{reason}");
}

/// The pages of a PDF as a scanner would give them: pictures of black and white, without any text.
async fn scanned(pool: &Pool, bytes: &[u8], pages: u32, entries: &str) -> Vec<u8> {
    let mut maker = Maker::new();
    for index in 0..pages {
        let picture = pool.page_image(file(bytes), None, index, 1920).await.unwrap();
        let picture = webp::Decoder::new(&picture).decode().unwrap();
        let (width, height) = (picture.width(), picture.height());
        let bits: Vec<u8> = picture
            .chunks_exact(width as usize * 3)
            .flat_map(|row| {
                let pixels: Vec<bool> = row.chunks_exact(3).map(|pixel| pixel[1] > 140).collect();
                pixels
                    .chunks(8)
                    .map(|eight| {
                        eight.iter().enumerate().fold(0, |byte, (at, white)| byte | u8::from(*white) << (7 - at))
                    })
                    .collect::<Vec<u8>>()
            })
            .collect();
        maker = maker.scan(entries, (width, height), (612.0, 792.0), &bits);
    }
    maker.finish()
}

/// `None`, said loudly, where tesseract is not installed (`tests/run` installs it).
fn real_tesseract() -> Option<OcrConfig> {
    let found =
        ["/usr/bin/tesseract", "/usr/local/bin/tesseract"].map(PathBuf::from).into_iter().find(|path| path.exists());
    if found.is_none() {
        eprintln!("SKIPPED: recognition by the real tesseract (apt install tesseract-ocr)");
    }
    Some(OcrConfig { languages: "eng".to_owned(), program: Some(found?) })
}

#[tokio::test]
async fn the_real_tesseract_reads_a_scanned_paper() {
    let Some(config) = real_tesseract() else { return };
    let (app, ada) = app_with(&config.program.unwrap()).ready().await;
    until_ready(&app).await;
    let printed = paper_pdf("with quixotic wombats");
    let bytes = scanned(&pool(), &printed, 2, "").await;
    let made = app.upload(&ada, ada.library, "scan.pdf", &bytes).await;
    let original = app.upload(&ada, ada.library, "printed.pdf", &printed).await;
    until_recognition(&app, &ada, "done").await;
    app.until_read(&ada, ada.library, &original).await;
    let paper = app.get(&ada, &path(&ada, &made)).await.json();
    assert_eq!((&paper["file"]["state"], &paper["file"]["recognised_pages"]), (&json!("read"), &json!(2)));
    assert_eq!(paper["fields"]["title"], PAPER_TITLE, "{paper}");
    let references = app.get(&ada, &format!("{}/references", path(&ada, &made))).await.json();
    assert_eq!(references["items"].as_array().unwrap().len(), 2, "{references}");

    // Every word lies where the printed page has it.
    let words = async |of: &Uploaded| -> Vec<(String, f64, f64)> {
        let layout = app.get(&ada, &format!("{}/layout?pages=1-2", path(&ada, of))).await.json();
        let page = &layout["pages"][0];
        let letters: Vec<char> = page["text"].as_str().unwrap().chars().collect();
        let at = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
        let middle = |word: &Value, a: usize, b: usize| (word[a].as_f64().unwrap() + word[b].as_f64().unwrap()) / 2.0;
        let words = page["words"].as_array().unwrap().iter();
        words.map(|w| (letters[at(&w[0])..at(&w[1])].iter().collect(), middle(w, 2, 4), middle(w, 3, 5))).collect()
    };
    let (seen, printed) = (words(&made).await, words(&original).await);
    let near = |a: &(String, f64, f64), b: &(String, f64, f64)| {
        a.0 == b.0 && (a.1 - b.1).abs() < 3.0 && (a.2 - b.2).abs() < 3.0
    };
    let found = printed.iter().filter(|word| seen.iter().any(|other| near(word, other))).count();
    assert!(found * 100 >= printed.len() * 95, "{found} of {}: {seen:?}", printed.len());
    app.index_all().await;
    let hits = app.get(&ada, "/api/v1/search?q=%22quixotic%20wombats%22").await.json();
    assert_eq!(hits["total"], 2);
}

#[tokio::test]
async fn the_real_tesseract_reads_pages_that_are_turned() {
    let Some(config) = real_tesseract() else { return };
    let upright = paper_pdf("turned");
    let pool = pool();
    let (recogniser, installed) = Recogniser::find(pool.clone(), &config, LIMITS).await.unwrap();
    let bytes = scanned(&pool, &upright, 1, "/Rotate 180").await;
    let page = recogniser.recognise(file(&bytes), None, 0, installed.finds_turn()).await.unwrap();
    assert!(letters(&page).contains(&"Sediments"), "{:?}", letters(&page));
}

/// Runs the program with tesseract at `program`; status and what it printed.
fn command(arguments: &[&str], program: &Path, more: &[(&str, &str)]) -> (Option<i32>, String) {
    let home = tempfile::tempdir().unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_scrollkeeper"))
        .args(arguments)
        .env_clear()
        .env("HOME", home.path())
        .env("SCROLLKEEPER_OCR_PROGRAM", program)
        .envs(more.iter().copied())
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn the_command_line_recognises_scans_only_when_it_is_told_to() {
    let tesseract = StandIn::new(&say(&[(30, "words of a scan")]));
    let mut scan = tempfile::NamedTempFile::new().unwrap();
    scan.write_all(&drawings(&[612])).unwrap();
    let file = scan.path().to_str().unwrap();
    let page = |arguments: &[&str]| {
        let (code, printed) = command(arguments, &tesseract.path(), &[]);
        assert_eq!(code, Some(0), "{printed}");
        serde_json::from_str::<Value>(&printed).unwrap()["pages"][0].clone()
    };
    let usual = page(&["parse", "--json", file]);
    assert_eq!((&usual["text"], &usual["quality"], &usual["recognised"]), (&json!(""), &json!("none"), &Value::Null));
    let asked = page(&["parse", "--json", "--ocr", file]);
    assert_eq!((&asked["text"], &asked["quality"]), (&json!("words of a scan"), &json!("good")));
    assert_eq!(asked["recognised"], true);
    assert_eq!(command(&["parse", "--json", "--ocr", file], Path::new("/nonexistent"), &[]).0, Some(1));
}

#[test]
fn doctor_tells_whether_scans_are_recognised_and_what_is_missing() {
    let tesseract = StandIn::new("exit 1");
    let says = |program: &Path, more: &[(&str, &str)]| {
        let (code, printed) = command(&["doctor"], program, more);
        let line = printed.lines().find(|line| line.contains("text recognition")).expect("it is told of").to_owned();
        (code, line)
    };
    let on = ("SCROLLKEEPER_OCR_ENABLED", "true");
    let (_, line) = says(&tesseract.path(), &[]);
    assert!(line.starts_with("note") && line.contains("off; tesseract 5.3.0 is here"), "{line}");
    let (_, line) = says(&tesseract.path(), &[on]);
    assert!(line.starts_with("ok") && line.contains("on, by tesseract 5.3.0 for eng"), "{line}");
    let (code, line) = says(&tesseract.path(), &[on, ("SCROLLKEEPER_OCR_LANGUAGES", "eng+deu")]);
    assert!(line.starts_with("PROBLEM") && line.contains("tesseract-ocr-deu"), "{line}");
    assert_eq!(code, Some(1));
    let (_, line) = says(Path::new("/nonexistent/tesseract"), &[]);
    assert!(line.starts_with("note") && line.contains("off;"), "{line}");
}

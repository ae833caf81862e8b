//! Brings the two things that are compiled in: PDFium and the browser side.
//!
//! `SCROLLKEEPER_PDFIUM=<libpdfium.so>` and `SCROLLKEEPER_WEB=skip|<dist folder>` replace either of them, for packagers
//! and for work on the Rust part alone.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use sha2::{Digest, Sha256};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let result = pdfium::embed(&out).and_then(|()| web::build(&out));
    if let Err(message) = result {
        println!("cargo:warning={message}");
        eprintln!("{message}");
        std::process::exit(1);
    }
}

/// PDFium from the Python registry's wheel, checked against pinned sums.
mod pdfium {
    use super::{Command, Path, PathBuf, describe, env, fs, sha256_hex};

    const PACKAGE: &str = "pypdfium2==5.15.2";
    const RELEASE: &str = "8149";

    struct Pin {
        arch: &'static str,
        platform: &'static str,
        wheel_sha256: &'static str,
        library_sha256: &'static str,
    }

    const PINS: [Pin; 2] = [
        Pin {
            arch: "x86_64",
            platform: "manylinux_2_17_x86_64",
            wheel_sha256: "dc31aea5b0fb9fefc9b537a65f4113980b2c40798445736a7e6565bc85161e37",
            library_sha256: "c76dc0f7839644bfa7c3e3107a6068df714e339c861bb7d4519907b821d427f9",
        },
        Pin {
            arch: "aarch64",
            platform: "manylinux_2_17_aarch64",
            wheel_sha256: "dd46e93c0c3a73f6cea8489baff6d77a5d0759dd53fbbce0aeb49c91830176fc",
            library_sha256: "4378615ad9710397c96c112611be9018629bbfe38805d91a2663a534b99c28ca",
        },
    ];

    /// Writes `pdfium.zst` and `pdfium.sha256` into `out`.
    pub fn embed(out: &Path) -> Result<(), String> {
        println!("cargo:rerun-if-env-changed=SCROLLKEEPER_PDFIUM");
        let library = match env::var_os("SCROLLKEEPER_PDFIUM") {
            Some(path) => from_path(Path::new(&path))?,
            None => pinned(out)?,
        };
        let level = if env::var("PROFILE").as_deref() == Ok("release") { 19 } else { 3 };
        let packed =
            zstd::bulk::compress(&library, level).map_err(|e| describe("PDFium could not be compressed", &e))?;
        write(&out.join("pdfium.zst"), &packed)?;
        write(&out.join("pdfium.sha256"), sha256_hex(&library).as_bytes())
    }

    fn from_path(path: &Path) -> Result<Vec<u8>, String> {
        println!("cargo:rerun-if-changed={}", path.display());
        fs::read(path).map_err(|e| {
            format!(
                "SCROLLKEEPER_PDFIUM names {}, which cannot be read ({e}); set it to a libpdfium.so or unset it.",
                path.display()
            )
        })
    }

    fn pinned(out: &Path) -> Result<Vec<u8>, String> {
        let arch = env::var("CARGO_CFG_TARGET_ARCH").unwrap_or_default();
        let Some(pin) = PINS.iter().find(|pin| pin.arch == arch) else {
            return Err(format!(
                "There is no pinned PDFium for {arch}; set SCROLLKEEPER_PDFIUM to a libpdfium.so (release {RELEASE}) for it."
            ));
        };
        let cached = cache_folder().map(|folder| folder.join(format!("pdfium-{RELEASE}-{arch}.so")));
        if let Some(bytes) = cached.as_ref().and_then(|path| fs::read(path).ok())
            && sha256_hex(&bytes) == pin.library_sha256
        {
            return Ok(bytes);
        }
        let bytes = download(pin, &out.join("pdfium-wheel"))?;
        if let Some(path) = cached {
            keep(&path, &bytes);
        }
        Ok(bytes)
    }

    fn cache_folder() -> Option<PathBuf> {
        let base = env::var_os("XDG_CACHE_HOME")
            .map(PathBuf::from)
            .or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))?;
        Some(base.join("scrollkeeper"))
    }

    /// A cache that cannot be written only costs the next build a download.
    fn keep(path: &Path, bytes: &[u8]) {
        let Some(folder) = path.parent() else { return };
        let partial = path.with_extension(format!("part{}", std::process::id()));
        let kept = fs::create_dir_all(folder)
            .and_then(|()| fs::write(&partial, bytes))
            .and_then(|()| fs::rename(&partial, path));
        if let Err(error) = kept {
            println!("cargo:warning=PDFium could not be kept in {} ({error}).", folder.display());
        }
    }

    fn download(pin: &Pin, folder: &Path) -> Result<Vec<u8>, String> {
        let remedy = "install python3 with pip and allow it to reach the Python registry, or set SCROLLKEEPER_PDFIUM to a libpdfium.so";
        fs::create_dir_all(folder).map_err(|e| describe("A folder for PDFium could not be made", &e))?;
        let wanted = folder.join("requirements.txt");
        write(&wanted, format!("{PACKAGE} --hash=sha256:{}\n", pin.wheel_sha256).as_bytes())?;
        let fetched = Command::new("python3")
            .args(["-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:"])
            .args(["--platform", pin.platform, "--dest"])
            .arg(folder)
            .arg("--requirement")
            .arg(&wanted)
            .output()
            .map_err(|e| format!("PDFium could not be fetched because python3 did not start ({e}); {remedy}."))?;
        if !fetched.status.success() {
            let reason = String::from_utf8_lossy(&fetched.stderr);
            let reason =
                reason.lines().rev().find(|line| line.contains("ERROR")).unwrap_or("pip gave no reason").trim();
            return Err(format!("PDFium ({PACKAGE}) could not be fetched: {reason}; {remedy}."));
        }
        unpack(pin, folder)
    }

    fn unpack(pin: &Pin, folder: &Path) -> Result<Vec<u8>, String> {
        let wheel = fs::read_dir(folder)
            .map_err(|e| describe("The folder of the PDFium wheel cannot be read", &e))?
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .find(|path| path.extension().is_some_and(|ext| ext == "whl"))
            .ok_or("pip reported success but left no PDFium wheel; run the build again.")?;
        let unpacked = Command::new("python3").args(["-m", "zipfile", "-e"]).arg(&wheel).arg(folder).status();
        if !unpacked.is_ok_and(|status| status.success()) {
            return Err(format!("{} could not be unpacked; delete it and build again.", wheel.display()));
        }
        let library = folder.join("pypdfium2_raw").join("libpdfium.so");
        let bytes = fs::read(&library).map_err(|e| describe("The PDFium wheel holds no libpdfium.so", &e))?;
        if sha256_hex(&bytes) != pin.library_sha256 {
            return Err(format!("{} is not the pinned library; delete it and build again.", library.display()));
        }
        Ok(bytes)
    }

    fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
        fs::write(path, bytes).map_err(|e| describe(&format!("{} could not be written", path.display()), &e))
    }
}

/// The browser side, built beside the crate's own output so that the source folder stays clean.
mod web {
    use super::{Command, Path, PathBuf, describe, env, fs, io};

    const NODE_MIN: (u32, u32) = (20, 19);
    const LEFT_OUT: [&str; 2] = ["node_modules", "dist"];
    const PLACEHOLDER: &str = "<!doctype html><meta charset=\"utf-8\"><title>ScrollKeeper</title>\n<p>This ScrollKeeper was built without its pages (SCROLLKEEPER_WEB=skip). Build it again without that setting.</p>\n";

    /// Sets `SCROLLKEEPER_WEB_DIST` for the crate to the folder with the built pages.
    pub fn build(out: &Path) -> Result<(), String> {
        println!("cargo:rerun-if-env-changed=SCROLLKEEPER_WEB");
        let source =
            PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR")).join("web");
        let chosen = env::var("SCROLLKEEPER_WEB").unwrap_or_default();
        let dist = match chosen.as_str() {
            "skip" => placeholder(out)?,
            "" if !source.join("package.json").is_file() => placeholder(out)?,
            "" => from_source(&source, out)?,
            folder => ready_made(Path::new(folder))?,
        };
        println!("cargo:rustc-env=SCROLLKEEPER_WEB_DIST={}", dist.display());
        Ok(())
    }

    fn placeholder(out: &Path) -> Result<PathBuf, String> {
        let dist = out.join("web-placeholder");
        fs::create_dir_all(&dist)
            .and_then(|()| fs::write(dist.join("index.html"), PLACEHOLDER))
            .map_err(|e| describe("The placeholder page could not be written", &e))?;
        Ok(dist)
    }

    fn ready_made(folder: &Path) -> Result<PathBuf, String> {
        let folder = fs::canonicalize(folder)
            .map_err(|e| format!("SCROLLKEEPER_WEB names {}, which cannot be read ({e}).", folder.display()))?;
        if !folder.join("index.html").is_file() {
            return Err(format!(
                "SCROLLKEEPER_WEB names {}, which holds no index.html; give the built dist folder, or `skip`.",
                folder.display()
            ));
        }
        println!("cargo:rerun-if-changed={}", folder.display());
        Ok(folder)
    }

    fn from_source(source: &Path, out: &Path) -> Result<PathBuf, String> {
        watch(source)?;
        check_node()?;
        let copy = out.join("web");
        clear(&copy).and_then(|()| copy_tree(source, &copy)).map_err(|e| describe("web/ could not be copied", &e))?;
        install(&copy)?;
        npm(&copy, &["run", "build"], "The browser side did not build")?;
        let dist = copy.join("dist");
        if !dist.join("index.html").is_file() {
            return Err("`npm run build` in web/ left no dist/index.html; see its output above.".to_owned());
        }
        drop_plain(&dist).map_err(|e| describe("The built pages could not be thinned out", &e))?;
        Ok(dist)
    }

    fn watch(source: &Path) -> Result<(), String> {
        let entries = fs::read_dir(source).map_err(|e| describe("web/ cannot be read", &e))?;
        for entry in entries.flatten() {
            if !LEFT_OUT.iter().any(|name| entry.file_name() == *name) {
                println!("cargo:rerun-if-changed={}", entry.path().display());
            }
        }
        Ok(())
    }

    fn check_node() -> Result<(), String> {
        let remedy = "install Node 20.19 or newer, or set SCROLLKEEPER_WEB=skip to build without pages";
        let asked = Command::new("node").arg("--version").output();
        let version = match asked {
            Ok(output) => String::from_utf8_lossy(&output.stdout).trim().trim_start_matches('v').to_owned(),
            Err(error) => return Err(format!("The browser side needs Node, which did not start ({error}); {remedy}.")),
        };
        let mut numbers = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
        let found = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
        if found < NODE_MIN {
            return Err(format!("The browser side needs Node 20.19 or newer, found {version}; {remedy}."));
        }
        Ok(())
    }

    /// Packages are installed again only when the lock file changed.
    fn install(copy: &Path) -> Result<(), String> {
        let lock = fs::read(copy.join("package-lock.json"))
            .map_err(|e| describe("web/package-lock.json cannot be read", &e))?;
        let stamp = copy.join("node_modules").join(".scrollkeeper-lock");
        if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
            return Ok(());
        }
        npm(copy, &["ci", "--no-audit", "--no-fund"], "The browser side's packages could not be installed")?;
        fs::write(&stamp, lock).map_err(|e| describe("node_modules cannot be written", &e))
    }

    fn npm(folder: &Path, arguments: &[&str], failure: &str) -> Result<(), String> {
        let output = Command::new("npm").args(arguments).current_dir(folder).output().map_err(|e| {
            format!(
                "{failure} because npm did not start ({e}); install Node 20.19 or newer, or set SCROLLKEEPER_WEB=skip."
            )
        })?;
        if output.status.success() {
            return Ok(());
        }
        eprintln!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        Err(format!(
            "{failure}: `npm {}` failed; see its output above, or set SCROLLKEEPER_WEB=skip.",
            arguments.join(" ")
        ))
    }

    /// Removes files that are there compressed in both ways: the program unpacks them for the rare client that takes
    /// neither, and stays smaller.
    fn drop_plain(folder: &Path) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                drop_plain(&path)?;
                continue;
            }
            let packed = |ending: &str| {
                let mut name = path.clone().into_os_string();
                name.push(ending);
                Path::new(&name).is_file()
            };
            if packed(".br") && packed(".gz") {
                fs::remove_file(&path)?;
            }
        }
        Ok(())
    }

    /// Empties an earlier copy but keeps its installed packages.
    fn clear(copy: &Path) -> io::Result<()> {
        fs::create_dir_all(copy)?;
        for entry in fs::read_dir(copy)?.flatten() {
            if entry.file_name() == "node_modules" {
                continue;
            }
            if entry.file_type()?.is_dir() {
                fs::remove_dir_all(entry.path())?;
            } else {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    fn copy_tree(from: &Path, to: &Path) -> io::Result<()> {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            if LEFT_OUT.iter().any(|name| entry.file_name() == *name) {
                continue;
            }
            let target = to.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                copy_tree(&entry.path(), &target)?;
            } else {
                fs::copy(entry.path(), &target)?;
            }
        }
        Ok(())
    }
}

fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn describe(what: &str, error: &io::Error) -> String {
    format!("{what} ({error}); check the disk and its permissions, then build again.")
}

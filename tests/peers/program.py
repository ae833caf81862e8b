"""The built program on a data folder of its own, and packages of the registries beside it."""

import contextlib
import fcntl
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
INSTALLED = ROOT / "target" / "peers"
PROGRAM = os.environ.get("SK_BIN") or str(ROOT / "target" / "debug" / "scrollkeeper")


def skip(what):
    """Ends without a failure, but not silently."""
    print(f"SKIPPED: {what}", flush=True)
    sys.exit(0)


def install(name, what, steps, made):
    """Runs the steps once below target/peers; the folder. Skips `what` where a step fails."""
    folder = INSTALLED / name
    INSTALLED.mkdir(parents=True, exist_ok=True)
    with open(INSTALLED / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / made).exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            for step in steps(folder):
                done = subprocess.run(step, cwd=folder, stdin=subprocess.DEVNULL, stdout=sys.stderr)
                if done.returncode != 0:
                    shutil.rmtree(folder, ignore_errors=True)
                    skip(f"{what} ({' '.join(step[:3])} … failed; is the registry reachable?)")
            (folder / made).touch()
    return folder


def python_packages(name, what, *packages):
    """A Python with these packages."""

    def steps(folder):
        pip = [str(folder / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", *packages]
        return [sys.executable, "-m", "venv", str(folder)], pip

    return install(name, what, steps, "installed") / "bin"


def node_packages(name, what, *packages):
    """A folder whose node_modules has these packages."""

    def steps(folder):
        return (["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), *packages],)

    return install(name, what, steps, "installed")


def paper(word, size_bytes, seed):
    """A PDF of one page with a word, padded to about a size by bytes that nobody reads."""
    ballast = random.Random(seed).randbytes(max(0, size_bytes - 900))
    text = f"BT /F1 14 Tf 60 700 Td (On {word} and its neighbours) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%b\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
        b"<</Length %d>>\nstream\n%b\nendstream" % (len(ballast), ballast),
    ]
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, table)
    return bytes(out)


class Program:
    """A running server with an administrator and her token."""

    def __init__(self, folder, settings):
        self.folder = folder
        self.data = str(pathlib.Path(folder) / "data")
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SCROLLKEEPER_")}
        self.environment = {**kept, "SCROLLKEEPER_FILES_RESERVE_MB": "1", **settings}
        person = ["--username", "ada", "--email", "ada@example.org", "--role", "admin", "--password-stdin"]
        self.command("admin", "create-user", *person, entered="correct horse battery\n")
        self.token = self.command("token", "create", "--user", "ada", "--name", "trial").strip()
        self.log = open(pathlib.Path(folder) / "server.log", "wb")
        self.server = subprocess.Popen(
            [PROGRAM, "serve", "--data", self.data, "--listen", "127.0.0.1:0"],
            env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.log, text=True,
        )
        line = self.server.stdout.readline()
        self.base = line[line.index("http://"):].split()[0]

    def command(self, *arguments, entered=None):
        """Runs a command of the program on the data folder; what it prints."""
        line = [PROGRAM, *arguments, "--data", self.data]
        return subprocess.run(
            line, env=self.environment, input=entered, check=True, capture_output=True, text=True
        ).stdout

    def get(self, path):
        """The bytes at a path."""
        request = urllib.request.Request(self.base + path, headers={"Authorization": f"Bearer {self.token}"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read()

    def get_json(self, path):
        """The JSON at a path."""
        return json.loads(self.get(path))

    def library(self):
        """The number of the administrator's own library."""
        return self.get_json("/api/v1/libraries")["items"][0]["id"]

    def end(self):
        """Tells the server to end and waits; its exit status."""
        if self.server.poll() is None:
            self.server.terminate()
        try:
            return self.server.wait(40)
        except subprocess.TimeoutExpired:
            self.server.kill()
            return self.server.wait()

    def last_lines(self, count=40):
        """The end of the server's log."""
        self.log.flush()
        with open(self.log.name, errors="replace") as log:
            return "".join(log.readlines()[-count:])


@contextlib.contextmanager
def running(**settings):
    """A program that runs inside the block."""
    if not os.access(PROGRAM, os.X_OK):
        sys.exit(f"There is no program at {PROGRAM}: run cargo build, or set SK_BIN.")
    folder = tempfile.mkdtemp(prefix="scrollkeeper-")
    try:
        program = Program(folder, settings)
        try:
            yield program
        finally:
            program.end()
    finally:
        shutil.rmtree(folder, ignore_errors=True)

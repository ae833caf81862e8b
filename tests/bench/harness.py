"""What all lines share: the program on a data folder of its own, its processor time and memory, papers, peers, the table."""

import contextlib
import fcntl
import http.client
import json
import os
import pathlib
import random
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = ROOT / "target" / "bench"
PROGRAM = os.environ.get("SK_BIN") or str(ROOT / "target" / "release" / "scrollkeeper")
TICK = os.sysconf("SC_CLK_TCK")


class Skipped(Exception):
    """Why a line could not be measured here."""


# ---- the table

def row(what, budget, measured, spread="", peer="", ratio="", met=None):
    """A row; `met` is true, false, or None where there is no budget to meet or nothing was measured."""
    return {"what": what, "budget": budget, "measured": measured, "spread": spread, "peer": peer, "ratio": ratio, "met": met}


def table(report):
    """The rows of some lines as Markdown."""
    out = ["| what | budget | measured | spread | peer, same run | ratio | met |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for name, line in report.items():
        for one in line["rows"]:
            met = {True: "yes", False: "**no**", None: "–"}[one["met"]]
            cells = [one["what"], one["budget"], one["measured"], one["spread"], one["peer"], one["ratio"], met]
            out.append("| " + " | ".join(str(cell) or " " for cell in cells) + " |")
    return "\n".join(out)


def part(values, share):
    """A quantile, of what was measured and nothing between."""
    values = sorted(values)
    return values[min(len(values) - 1, round((len(values) - 1) * share))]


def median(values):
    return part(values, 0.5)


def spread(values, form="{:.1f}"):
    """Lowest to highest, and of how many."""
    return f"{form.format(min(values))}–{form.format(max(values))}, n={len(values)}"


# ---- processes

def begin_session():
    """Starts this script again in a session of its own, whose priority the kernel may weigh as a whole; then true."""
    if os.environ.get("SK_BENCH_SESSION") != "own":
        os.environ["SK_BENCH_SESSION"] = "own"
        os.execvp("setsid", ["setsid", "--wait", sys.executable, *sys.argv])
    return True


def set_priority(nice):
    """Priority of this process, of all that it starts, and of its session among others."""
    os.setpriority(os.PRIO_PROCESS, 0, nice)
    with contextlib.suppress(OSError):
        pathlib.Path("/proc/self/autogroup").write_text(str(nice))


def stat(pid):
    """Parent, and ticks of a process with the children it has waited for."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[1]), sum(int(field) for field in fields[11:15])


def family(pid):
    """A process and everything below it that runs now."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            with contextlib.suppress(OSError, IndexError):
                parents.setdefault(stat(name)[0], []).append(int(name))
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += parents.get(one, [])
    return found


def cpu_seconds(pid):
    """Processor time of a process, of those below it, and of those that ended below it."""
    total = 0
    for one in family(pid):
        with contextlib.suppress(OSError):
            total += stat(one)[1]
    return total / TICK


def pss_mb(pid, workers=False):
    """Proportional memory of a tree; workers that read PDFs count only if asked for."""
    total = 0
    for one in family(pid):
        with contextlib.suppress(OSError):
            if one != pid and not workers and b"pdf-worker" in pathlib.Path(f"/proc/{one}/cmdline").read_bytes():
                continue
            for line in pathlib.Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
    return total / 1024


def adopt_orphans():
    """From now on, processes whose parent ended without waiting for them become children of this one."""
    import ctypes

    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)


def reap():
    """Waits for every child there is; call it where no other is wanted."""
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


def children_cpu():
    """Processor time of all processes that this one waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def end(process, patience=30):
    """Ends a process that was started here."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def folder(disk=None):
    """A folder on the disk of the checkout, or on another, gone afterwards."""
    CACHE.mkdir(parents=True, exist_ok=True)
    made = tempfile.mkdtemp(prefix="run-", dir=disk or CACHE)
    try:
        yield pathlib.Path(made)
    finally:
        shutil.rmtree(made, ignore_errors=True)


# ---- the program

def program():
    """The built program."""
    if not os.access(PROGRAM, os.X_OK):
        if os.environ.get("SK_BIN"):
            sys.exit(f"There is no program at {PROGRAM}.")
        subprocess.run(["cargo", "build", "--release"], cwd=ROOT, check=True, stdout=sys.stderr)
    return PROGRAM


def tool():
    """The helper, built once beside the program (again when its sources changed)."""
    given = os.environ.get("SK_BENCH_TOOL")
    if given:
        return given
    made = ROOT / "target" / "release" / "scrollkeeper-bench"
    sources = (ROOT / "tests" / "bench" / "tool").glob("*.rs")
    if not made.exists() or any(source.stat().st_mtime > made.stat().st_mtime for source in sources):
        step = ["cargo", "build", "--release", "--features", "bench", "--bin", "scrollkeeper-bench"]
        subprocess.run(step, cwd=ROOT, check=True, stdout=sys.stderr)
        made.touch()
    return str(made)


def run_tool(*words, timeout=300):
    """What the helper prints, as JSON; with the processor seconds it used itself under `client_cpu`."""
    before = children_cpu()
    done = subprocess.run([tool(), *map(str, words)], stdout=subprocess.PIPE, timeout=timeout, check=True, text=True)
    result = json.loads(done.stdout)
    result["client_cpu"] = children_cpu() - before
    return result


class Server:
    """The program on a data folder; an administrator `ada` with a token is made in it if it is new."""

    def __init__(self, data, prefix=(), settings=None):
        self.data, self.prefix = pathlib.Path(data), list(prefix)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SCROLLKEEPER_")}
        self.environment = {**kept, "SCROLLKEEPER_FILES_RESERVE_MB": "1", **(settings or {})}
        self.log = open(f"{data}.log", "ab")
        self.process = None
        fresh = not (self.data / "scrollkeeper.redb").exists()
        if fresh:
            self.make_person("ada", "admin")
        self.token = self.make_token("ada")

    def command(self, *words, entered=None):
        line = [program(), *words, "--data", str(self.data)]
        done = subprocess.run(line, env=self.environment, input=entered, check=True, capture_output=True, text=True)
        return done.stdout

    def make_person(self, name, role="member"):
        person = ["--username", name, "--email", f"{name}@example.org", "--role", role, "--password-stdin"]
        self.command("admin", "create-user", *person, entered="correct horse battery\n")

    def make_token(self, name):
        return self.command("token", "create", "--user", name, "--name", "bench").strip().split()[-1]

    def start(self):
        """Starts it and waits until it is ready; milliseconds from start to ready."""
        self.port = free_port()
        self.host = f"127.0.0.1:{self.port}"
        self.base = f"http://{self.host}"
        line = [*self.prefix, program(), "serve", "--data", str(self.data), "--listen", self.host]
        began = time.perf_counter()
        self.process = subprocess.Popen(line, env=self.environment, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        while True:
            with contextlib.suppress(OSError):
                with socket.create_connection(("127.0.0.1", self.port)) as probe:
                    probe.sendall(b"GET /readyz HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n" % self.host.encode())
                    if probe.recv(64).startswith(b"HTTP/1.1 200"):
                        return (time.perf_counter() - began) * 1000
            if self.process.poll() is not None or time.perf_counter() - began > 60:
                raise RuntimeError(f"the server did not get ready; see {self.log.name}")
            time.sleep(0.0005)

    @property
    def pid(self):
        return self.process.pid

    def connect(self, token=None):
        return Connection(self.host, token or self.token)

    def library(self):
        if not hasattr(self, "own"):
            self.own = self.connect().json("GET", "/api/v1/libraries")["items"][0]["id"]
        return self.own

    def wait_for_rest(self, patience=120):
        """Waits until no job is left."""
        ask, began = self.connect(), time.time()
        while any(job["state"] in ("queued", "running") for job in ask.json("GET", "/api/v1/jobs?limit=50")["items"]):
            if time.time() - began > patience:
                raise RuntimeError("jobs do not come to an end")
            time.sleep(0.1)

    def __enter__(self):
        self.ready_ms = self.start()
        return self

    def __exit__(self, *_):
        end(self.process)
        self.log.close()


class Connection:
    """One kept-open connection with a token."""

    def __init__(self, host, token):
        self.http = http.client.HTTPConnection(host, timeout=60)
        self.http.connect()
        self.http.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.token = token

    def ask(self, method, path, body=None, headers=None):
        """Status, headers, bytes."""
        self.http.request(method, path, body, {"Authorization": f"Bearer {self.token}", **(headers or {})})
        answer = self.http.getresponse()
        return answer.status, answer.headers, answer.read()

    def json(self, method, path, body=None):
        headers = {"Content-Type": "application/json"} if body is not None else {}
        status, _, text = self.ask(method, path, json.dumps(body) if body is not None else None, headers)
        if status >= 300:
            raise RuntimeError(f"{method} {path}: {status} {text[:200]!r}")
        return json.loads(text)

    def timed(self, method, path):
        """Milliseconds, and what came."""
        began = time.perf_counter()
        status, _, text = self.ask(method, path)
        took = (time.perf_counter() - began) * 1000
        if status >= 300:
            raise RuntimeError(f"{method} {path}: {status} {text[:200]!r}")
        return took, text


class Live:
    """A WebSocket of the server, with nothing of the protocol that is not needed."""

    def __init__(self, server, token=None):
        self.socket = socket.create_connection(("127.0.0.1", server.port))
        self.socket.settimeout(60)
        hello = (
            f"GET /api/v1/live HTTP/1.1\r\nHost: {server.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
            f"Authorization: Bearer {token or server.token}\r\n\r\n"
        )
        self.socket.sendall(hello.encode())
        self.bytes = b""
        while b"\r\n\r\n" not in self.bytes:
            self.bytes += self.socket.recv(65536)
        self.bytes = self.bytes.split(b"\r\n\r\n", 1)[1]
        wanted = b'{"type":"subscribe"}'
        self.socket.sendall(bytes([0x81, 0x80 | len(wanted), 0, 0, 0, 0]) + wanted)
        while self.next()["type"] != "jobs":
            pass

    def next(self):
        """The next message."""
        while True:
            frame = self.frame()
            if frame:
                opcode, payload = frame
                if opcode == 1:
                    return json.loads(payload)
                if opcode == 9:
                    self.socket.sendall(bytes([0x8A, 0x80 | len(payload), 0, 0, 0, 0]) + payload)
                continue
            more = self.socket.recv(1 << 16)
            if not more:
                raise RuntimeError("the live connection ended")
            self.bytes += more

    def frame(self):
        if len(self.bytes) < 2:
            return None
        length, start = self.bytes[1] & 0x7F, 2
        if length >= 126:
            size = 2 if length == 126 else 8
            length, start = int.from_bytes(self.bytes[2 : 2 + size], "big"), 2 + size
        if len(self.bytes) < start + length:
            return None
        found = self.bytes[0] & 15, self.bytes[start : start + length]
        self.bytes = self.bytes[start + length :]
        return found


# ---- papers

def papers(most=None):
    """Real papers where there are some, else generated ones."""
    given = pathlib.Path(os.environ.get("SK_BENCH_PAPERS", ROOT.parent / "shared" / "corpus" / "papers"))
    found = sorted(given.glob("*.pdf")) if given.is_dir() else made_papers()
    return found[:: max(1, len(found) // most)][:most] if most else found


def first_papers():
    """The papers of the first drop: those of the corpus's list, else as many others."""
    found = papers()
    listed = found[0].parent.parent / "first-135.txt"
    names = set(listed.read_text().split()) if listed.exists() else set()
    chosen = [paper for paper in found if paper.name in names or paper.stem in names]
    return chosen or found[:135]


def made_papers(count=135, pages=8):
    """Generated papers of plain text, for checkouts without real ones."""
    at = CACHE / "papers"
    if not (at / "made").exists():
        at.mkdir(parents=True, exist_ok=True)
        numbers = random.Random(7)
        words = ["".join(numbers.choice("bdfklmnprst") + numbers.choice("aeiou") for _ in range(numbers.randint(2, 4))) for _ in range(6000)]
        for nth in range(count):
            texts = [[" ".join(numbers.choices(words, k=12)) for _ in range(46)] for _ in range(pages)]
            (at / f"made-{nth:03}.pdf").write_bytes(made_pdf(texts))
        (at / "made").touch()
    return sorted(at.glob("*.pdf"))


def pdf_file(objects):
    """A PDF of these objects, the catalogue first."""
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + b"".join(b"%010d 00000 n \n" % at for at in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, table)
    return bytes(out)


def made_pdf(pages):
    """A PDF with these lines on its pages."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", None, b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>"]
    kids = []
    for lines in pages:
        text = "BT /F1 10 Tf 14 TL 60 780 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        objects.append(b"<</Length %d>>\nstream\n%b\nendstream" % (len(text), text.encode()))
        page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
        objects.append((page % len(objects)).encode())
        kids.append(len(objects))
    objects[1] = b"<</Type/Pages/Kids[%b]/Count %d>>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    return pdf_file(objects)


# ---- peers

@contextlib.contextmanager
def locked(name):
    CACHE.mkdir(parents=True, exist_ok=True)
    with open(CACHE / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def system_program(name, *packages):
    """A program of this machine, else one unpacked from packages of its distribution below target/bench."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if found:
        return found
    at = CACHE / "system"
    with locked("system"):
        unpacked = [at / place / name for place in ("usr/bin", "usr/sbin")]
        if not any(one.exists() for one in unpacked):
            fetched = at / "packages"
            fetched.mkdir(parents=True, exist_ok=True)
            fetch = ["apt-get", "download", *packages]
            try:
                done = subprocess.run(fetch, cwd=fetched, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            except OSError as error:
                raise Skipped(f"{name} is not installed and apt-get cannot be run") from error
            if done.returncode != 0:
                raise Skipped(f"{name} is not installed and cannot be fetched: {done.stderr.strip()[-120:]}")
            for package in fetched.glob("*.deb"):
                subprocess.run(["dpkg", "-x", str(package), str(at)], check=True)
        for one in unpacked:
            if one.exists():
                return str(one)
    raise Skipped(f"the packages {' '.join(packages)} have no {name}")


def library_path():
    """Environment for programs unpacked by `system_program`."""
    paths = [str(path) for path in (CACHE / "system" / "usr" / "lib").glob("*-linux-gnu")]
    return {**os.environ, "LD_LIBRARY_PATH": ":".join(paths)} if paths else dict(os.environ)


def node_packages(name, *packages):
    """A folder whose node_modules has these packages."""
    at = CACHE / "node" / name
    with locked(f"node-{name}"):
        if not (at / "installed").exists():
            at.mkdir(parents=True, exist_ok=True)
            step = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(at), *packages]
            try:
                done = subprocess.run(step, stdin=subprocess.DEVNULL, stdout=sys.stderr)
            except OSError as error:
                raise Skipped("npm cannot be run") from error
            if done.returncode != 0:
                raise Skipped(f"npm could not install {' '.join(packages)}")
            (at / "installed").touch()
    return at

"""The first 135 papers in one drop from 8 connections, until the last is found, and what another person notices of it."""

import threading
import time
import urllib.parse

import harness
import line_one

ROUNDS = 3
WATCHED_ROUNDS = 2
PARALLEL = 8


class Other(threading.Thread):
    """Another person who lists, searches and looks at a paper of their own all the time."""

    def __init__(self, server, token, paper):
        super().__init__(daemon=True)
        self.ask = server.connect(token)
        self.library = self.ask.json("GET", "/api/v1/libraries")["items"][0]["id"]
        self.paths = [
            f"/api/v1/libraries/{self.library}/items?limit=50", "/api/v1/search?limit=10&q=measure",
            f"/api/v1/libraries/{self.library}/items/{paper}/layout?pages=1", "/api/v1/session",
        ]
        self.times, self.over, self.failure = [], threading.Event(), None

    def run(self):
        try:
            while not self.over.is_set():
                for path in self.paths:
                    self.times.append((self.ask.timed("GET", path)[0], path))
                self.over.wait(0.1)
        except Exception as error:
            self.failure = error


def one_round(files, words, watched=False):
    """Seconds, processor seconds (of the server alone too), another person's requests, failures, papers not found."""
    with harness.folder() as folder:
        listed = folder / "list"
        listed.write_text("\n".join(map(str, files)))
        with harness.Server(folder / "data") as server:
            server.command("admin", "create-user", "--username", "bob", "--email", "bob@example.org", "--password-stdin", entered="correct horse battery\n")
            token = server.make_token("bob")
            warm = harness.run_tool("uploads", "--url", f"{server.base}/api/v1/uploads", "--token", token, "--parallel", 1, "--list", one_file(folder, files[0]))
            server.wait_for_rest()
            paper = warm["sent"][0]["item"]
            ask, live = server.connect(), harness.Live(server)
            other = Other(server, token, paper)
            if watched:
                other.start()
            own, cpu, began = own_cpu(server.pid), harness.cpu_seconds(server.pid), time.perf_counter()
            done, ended, failed = {}, 0, 0
            sender = threading.Thread(target=lambda: done.update(harness.run_tool("uploads", "--url", f"{server.base}/api/v1/uploads", "--token", server.token, "--parallel", PARALLEL, "--list", listed)))
            sender.start()
            last = None
            while ended < len(files):
                message = live.next()
                if message["type"] == "job" and message["job"]["state"] in ("done", "failed"):
                    ended += 1
                    failed += message["job"]["state"] == "failed"
                    last = message["job"]
                if time.perf_counter() - began > 300:
                    raise RuntimeError(f"{ended} of {len(files)} after 300 s")
            sender.join()
            keys = {one["item"]: one["name"] for one in done["sent"]}
            attached = ask.json("GET", f"/api/v1/libraries/{server.library()}/items/{last['key']}")["parent"]
            until_found(ask, attached, words.get(keys[attached]))
            seconds, spent, own = time.perf_counter() - began, harness.cpu_seconds(server.pid) - cpu, own_cpu(server.pid) - own
            other.over.set()
            if watched:
                other.join()
            if other.failure:
                raise other.failure
            missing = [name for key, name in keys.items() if words.get(name) and not is_found(ask, key, words[name])]
            return seconds, spent, own, other.times, failed, missing


def own_cpu(pid):
    """Processor seconds of a process alone, not of its children."""
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / harness.TICK


def one_file(folder, file):
    """A list with one file, made different by a line behind its end."""
    other = folder / "other.pdf"
    other.write_bytes(file.read_bytes() + b"\n% another\n")
    listed = folder / "one"
    listed.write_text(str(other))
    return listed


def is_found(ask, key, words):
    found = ask.json("GET", "/api/v1/search?limit=50&q=" + urllib.parse.quote(f'"{words}"'))
    return any(hit["key"] == key for hit in found["hits"])


def until_found(ask, key, words):
    began = time.perf_counter()
    while words and not is_found(ask, key, words):
        if time.perf_counter() - began > 20:
            raise RuntimeError("the last paper is not found")


class Sampler(threading.Thread):
    """The most memory that a tree has, workers apart."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.most, self.over = pid, 0.0, threading.Event()

    def run(self):
        while not self.over.wait(0.1):
            self.most = max(self.most, harness.pss_mb(self.pid))

    def stop(self):
        self.over.set()
        self.join()
        return self.most


def measure():
    pdftotext = harness.system_program("pdftotext", "poppler-utils", "libpoppler126")
    files = harness.first_papers()
    words = {paper.name: line_one.phrase(pdftotext, paper) for paper in files}
    rounds = [one_round(files, words) for _ in range(ROUNDS)]
    watched = [one_round(files, words, watched=True)[3] for _ in range(WATCHED_ROUNDS)]
    seconds, spent, own = ([one[at] for one in rounds] for at in (0, 1, 2))
    slowest = [max(took for took, _ in one) for one in watched]
    requests = [took for one in watched for took, _ in one]
    failed, missing = rounds[-1][4], rounds[-1][5]
    what = f"the first {len(files)} papers in one drop, {PARALLEL} parallel, until the last is found"
    remark = f" ({failed} failed, {len(missing)} not found by six words of `pdftotext`)" if failed or missing else ""
    time_met, cpu_met, others_met = harness.median(seconds) <= 6, harness.median(spent) <= 7, harness.median(slowest) <= 200
    return [
        harness.row(what + remark, "≤ 6 s", f"{harness.median(seconds):.1f} s", harness.spread(seconds), met=time_met),
        harness.row(
            f"the same, processor time of the server and its workers (of that the server {harness.median(own):.1f})", "≤ 7 CPU s",
            f"{harness.median(spent):.1f} CPU s", harness.spread(spent), met=cpu_met,
        ),
        harness.row(
            f"the same, another person's {len(requests)} requests meanwhile, slowest of each of {WATCHED_ROUNDS} further drops",
            "≤ 200 ms", f"{harness.median(slowest):.0f} ms (p50 {harness.part(requests, 0.5):.1f}, p99 {harness.part(requests, 0.99):.0f})",
            harness.spread(slowest, "{:.0f}"), met=others_met,
        ),
    ]

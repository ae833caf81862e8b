"""One paper into an idle server: from its last byte until it is found by its words and its text can be read."""

import base64
import re
import subprocess
import time
import urllib.parse

import harness

PAPERS = 40
COLD = 3
WORKER_REST_S = 32


def phrase(pdftotext, paper):
    """Six words that stand together on a page in the middle."""
    text = subprocess.run([pdftotext, "-raw", str(paper), "-"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode("utf-8", "replace")
    pages = [page for page in text.split("\f") if len(page) > 1500] or [text]
    found = re.findall(r"[a-z]{4,}(?: [a-z]{2,}){5}", re.sub(r"\s+", " ", pages[len(pages) // 2]))
    return max(found, key=len, default=None)


def send(server, ask, live, paper, words):
    """Milliseconds from the last byte to found and readable; None if its words were not found."""
    data = paper.read_bytes()
    name = base64.b64encode(paper.name.encode()).decode()
    tus = {"Tus-Resumable": "1.0.0"}
    metadata = {"Upload-Length": str(len(data)), "Upload-Metadata": f"filename {name}"}
    status, headers, text = ask.ask("POST", "/api/v1/uploads", b"", {**tus, **metadata})
    if status != 201:
        raise RuntimeError(f"{paper.name}: {status} {text!r}")
    place = urllib.parse.urlparse(headers["Location"]).path
    # The request is written by hand to know the moment of its last byte.
    head = (
        f"PATCH {place} HTTP/1.1\r\nHost: {server.host}\r\nAuthorization: Bearer {server.token}\r\nTus-Resumable: 1.0.0\r\n"
        f"Upload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: {len(data)}\r\n\r\n"
    )
    ask.http.sock.sendall(head.encode() + data)
    began = time.perf_counter()
    answer = ask.http.response_class(ask.http.sock, method="PATCH")
    answer.begin()
    answer.read()
    key = answer.headers.get("Scrollkeeper-Item")
    if answer.status != 204 or not key:
        raise RuntimeError(f"{paper.name}: {answer.status}")
    while True:
        message = live.next()
        if message["type"] == "job" and message["job"]["state"] in ("done", "failed"):
            break
    question = "/api/v1/search?limit=10&q=" + urllib.parse.quote(f'"{words}"')
    while True:
        found = ask.json("GET", question)
        if any(hit["key"] == key for hit in found["hits"]):
            break
        if time.perf_counter() - began > 5:
            return None
    status, _, text = ask.ask("GET", f"/api/v1/libraries/{server.library()}/items/{key}/text?page=1")
    if status != 200:
        raise RuntimeError(f"{paper.name}: its text is not there: {status}")
    return (time.perf_counter() - began) * 1000


def measure():
    pdftotext = harness.system_program("pdftotext", "poppler-utils", "libpoppler126")
    chosen = [(paper, words) for paper in harness.papers(PAPERS + COLD + 5) if (words := phrase(pdftotext, paper))]
    cold, warm, missed = [], [], 0
    with harness.folder() as folder, harness.Server(folder / "data") as server:
        server.library()
        ask, live = server.connect(), harness.Live(server)
        for nth, (paper, words) in enumerate(chosen[: PAPERS + COLD]):
            time.sleep(WORKER_REST_S if 0 < nth < COLD else 0.3)
            took = send(server, ask, live, paper, words)
            if took is None:
                missed += 1
            else:
                (cold if nth < COLD else warm).append(took)
    p50, p95 = harness.part(warm, 0.5), harness.part(warm, 0.95)
    return [
        harness.row(
            f"one paper into an idle server: last byte → found by its words and readable ({len(warm)} papers, {missed} not found)",
            "p50 ≤ 60 ms, p95 ≤ 300 ms", f"p50 {p50:.0f} ms, p95 {p95:.0f} ms", harness.spread(warm, "{:.0f}"),
            met=p50 <= 60 and p95 <= 300 and missed == 0,
        ),
        harness.row(
            "the same when no worker runs yet", "", f"{harness.median(cold):.0f} ms", harness.spread(cold, "{:.0f}"),
        ),
    ]

"""Ten messages a second to 1,000 and to 6,000 WebSocket clients, against npm `ws`.

A message is made by an HTTP request in both: here a paper is given another title (stored, synced, indexed, told), there the
server passes the body on. Counted from the request to each client."""

import contextlib
import json
import pathlib
import subprocess

import harness

ROUNDS = 3
RATE = 10
SECONDS = 8

PEER = """
import { createServer } from 'node:http';
import { WebSocketServer, WebSocket } from 'ws';
let version = 0;
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part) => (body += part));
  request.on('end', () => {
    version += 1;
    const text = body.replace('"version":0', `"version":${version}`);
    for (const client of sockets.clients) if (client.readyState === WebSocket.OPEN) client.send(text);
    response.setHeader('Content-Type', 'application/json');
    response.end(`{"version":${version}}`);
  });
});
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
server.listen(0, '127.0.0.1', 4096, () => console.log(server.address().port));
"""


@contextlib.contextmanager
def peer():
    """The `ws` server: its port and process."""
    at = harness.node_packages("ws", "ws@8.18.3")
    script = at / "server.mjs"
    script.write_text(PEER)
    process = subprocess.Popen(["node", str(script)], stdout=subprocess.PIPE, text=True)
    try:
        yield int(process.stdout.readline()), process.pid
    finally:
        harness.end(process)


def talk(clients, url, method, path, body, pid, **more):
    words = [word for name, value in more.items() for word in (f"--{name}", value)]
    before = harness.cpu_seconds(pid)
    done = harness.run_tool(
        "live", "--url", url, "--clients", clients, "--method", method, "--path", path, "--body", body, "--rate", RATE,
        "--seconds", SECONDS, *words, timeout=180,
    )
    done["cores"] = (harness.cpu_seconds(pid) - before) / SECONDS
    return done


def ours(clients):
    with harness.folder() as folder, harness.Server(folder / "data") as server:
        items = f"/api/v1/libraries/{server.library()}/items"
        made = server.connect().json("POST", items, {"item_type": "journalArticle", "fields": {"title": "A paper"}})
        body = json.dumps({"fields": {"title": "A paper, version {n}"}})
        wanted = json.dumps({"type": "subscribe", "libraries": [server.library()]})
        return talk(
            clients, f"{server.base}/api/v1/live", "PATCH", f"{items}/{made['key']}", body, server.pid,
            token=server.token, subscribe=wanted,
        )


def theirs(clients):
    change = {"key": "ABCDEFGH", "kind": "put", "object": "item", "version": 0, "at": "2026-01-01T00:00:00Z"}
    body = json.dumps({"type": "change", "library": 1, "version": 0, "changes": [change]}, separators=(",", ":"))
    with peer() as (port, pid):
        return talk(clients, f"http://127.0.0.1:{port}/", "POST", "/", body, pid)


def measure():
    rows = []
    for clients in (1000, 6000):
        mine, peers = [], []
        for _ in range(ROUNDS):
            mine.append(ours(clients))
            peers.append(theirs(clients))
        a, b = [one["p99_ms"] for one in mine], [one["p99_ms"] for one in peers]
        ratio = harness.median(a) / harness.median(b)
        missing = sum(one["missing"] for one in mine)
        cores = f"{harness.median([one['cores'] for one in mine]):.2f} core against {harness.median([one['cores'] for one in peers]):.2f}"
        middle = f"p50 {harness.median([one['p50_ms'] for one in mine]):.1f} against {harness.median([one['p50_ms'] for one in peers]):.1f} ms"
        met = harness.median(a) <= harness.median(b) if clients == 1000 else harness.median(a) <= 50
        rows.append(
            harness.row(
                f"live, {RATE} messages/s to {clients:,} clients, p99 ({middle}; {cores}; {missing} missing)",
                "p99 ≤ npm `ws`" if clients == 1000 else "≤ 50 ms", f"{harness.median(a):.1f} ms", harness.spread(a),
                f"{harness.median(b):.1f} ms ({harness.spread(b)})", f"{ratio:.2f}", met and missing == 0,
            )
        )
    return rows

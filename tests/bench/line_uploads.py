"""Uploads by tus against the reference server for Node: large files, many small ones, and memory with one of 2 GB."""

import contextlib
import subprocess
import pathlib

import harness
import line_drop

ROUNDS = 3
PARALLEL = 8
LARGE = (8, 50_000_000)
SMALL = (200, 400_000)
HUGE = 2_000_000_000


@contextlib.contextmanager
def reference():
    """The reference server: where uploads are made, and its process."""
    script = pathlib.Path(__file__).parent / "uploads-reference"
    process = subprocess.Popen([str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline().strip()
        if not line:
            raise harness.Skipped("the reference tus server could not be installed from npm")
        url, pid = line.split(",")
        yield url, int(pid)
    finally:
        process.stdin.close()
        process.wait(30)


def send(url, pid, kind, token=None, first=0):
    """Files a second, bytes a second, processor milliseconds of the server for a file, workers apart."""
    count, size = kind
    words = ["--token", token] if token else []
    before = line_drop.own_cpu(pid)
    done = harness.run_tool("uploads", "--url", url, "--parallel", PARALLEL, "--count", count, "--size", size, "--first", first, *words)
    return count / done["seconds"], count * size / done["seconds"] / 1e6, (line_drop.own_cpu(pid) - before) * 1000 / count


def ours(kind):
    with harness.folder() as folder, harness.Server(folder / "data") as server:
        return send(f"{server.base}/api/v1/uploads", server.pid, kind, server.token)


def theirs(kind):
    with reference() as (url, pid):
        return send(url, pid, kind)


def memory():
    """Megabytes at rest, at most during eight large files, at most during one of 2 GB."""
    with harness.folder() as folder, harness.Server(folder / "data") as server:
        rest = harness.pss_mb(server.pid)
        most = []
        for count, size in (LARGE, (1, HUGE)):
            sampler = line_drop.Sampler(server.pid)
            sampler.start()
            url = f"{server.base}/api/v1/uploads"
            harness.run_tool("uploads", "--url", url, "--token", server.token, "--parallel", PARALLEL, "--count", count, "--size", size, "--first", 1000)
            most.append(sampler.stop())
        return rest, *most


def compare(kind, what, budget, at, unit):
    mine, peer = [], []
    for _ in range(ROUNDS):
        mine.append(ours(kind))
        peer.append(theirs(kind))
    a, b = [one[at] for one in mine], [one[at] for one in peer]
    ratio = harness.median(a) / harness.median(b)
    cost = f"{harness.median([one[2] for one in mine]):.1f} against {harness.median([one[2] for one in peer]):.1f} CPU ms a file"
    return harness.row(
        f"{what}, every acknowledged offset synced (the peer syncs nothing); {cost}", f"≥ {budget} × the Node tus server",
        f"{harness.median(a):.0f} {unit}", harness.spread(a, "{:.0f}"),
        f"{harness.median(b):.0f} {unit} ({harness.spread(b, '{:.0f}')})", f"{ratio:.2f}", ratio >= budget,
    )


def measure():
    rows = [
        compare(LARGE, "upload, 8 parallel × 50 MB", 2, 1, "MB/s"),
        compare(SMALL, "upload, 200 × 400 KB, 8 parallel", 1.5, 0, "files/s"),
    ]
    rest, large, huge = memory()
    rows.append(
        harness.row(
            "memory (PSS, workers apart) during uploads", "flat",
            f"{rest:.0f} MB at rest, {large:.0f} MB with 8 × 50 MB, {huge:.0f} MB with one of 2 GB", met=max(large, huge) <= rest + 60,
        )
    )
    return rows

"""Uploads by tus against the reference server for Node: large files, many small ones, and memory with one of 2 GB."""

import contextlib
import os
import pathlib
import shutil
import subprocess
import time

import harness
import line_drop

ROUNDS = 3
PARALLEL = 8
LARGE = (8, 50_000_000)
SMALL = (200, 400_000)
HUGE = 2_000_000_000


def memory_disk():
    """A disk in memory with room for both servers' files, if there is one: what a server costs without its disk."""
    disk = pathlib.Path("/dev/shm")
    return disk if disk.is_dir() and shutil.disk_usage(disk).free > 2_000_000_000 else None


def synced_rate():
    """Megabytes a second that this disk takes when they have to stay."""
    rates = []
    with harness.folder() as folder:
        for nth in range(3):
            began = time.perf_counter()
            with open(folder / f"{nth}", "wb") as file:
                for _ in range(200):
                    file.write(bytes(1_000_000))
                file.flush()
                os.fdatasync(file.fileno())
            rates.append(200 / (time.perf_counter() - began))
    return harness.median(rates)


@contextlib.contextmanager
def reference(disk):
    """The reference server: where uploads are made, and its process."""
    script = pathlib.Path(__file__).parent / "uploads-reference"
    environment = {**os.environ, "SCROLLKEEPER_BENCH_DIR": str(disk or harness.CACHE)}
    process = subprocess.Popen([str(script)], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
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


def ours(kind, disk):
    with harness.folder(disk) as folder, harness.Server(folder / "data") as server:
        return send(f"{server.base}/api/v1/uploads", server.pid, kind, server.token)


def theirs(kind, disk):
    with reference(disk) as (url, pid):
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


def compare(kind, what, budget, at, unit, disk=None):
    mine, peer = [], []
    for _ in range(ROUNDS):
        mine.append(ours(kind, disk))
        peer.append(theirs(kind, disk))
    a, b = [one[at] for one in mine], [one[at] for one in peer]
    ratio = harness.median(a) / harness.median(b)
    cost = f"{harness.median([one[2] for one in mine]):.1f} against {harness.median([one[2] for one in peer]):.1f} CPU ms a file"
    return harness.row(
        f"{what}; {cost}", "" if disk else f"≥ {budget} × the Node tus server", f"{harness.median(a):.0f} {unit}", harness.spread(a, "{:.0f}"),
        f"{harness.median(b):.0f} {unit} ({harness.spread(b, '{:.0f}')})", f"{ratio:.2f}", None if disk else ratio >= budget,
    )


def measure():
    rows = [
        compare(LARGE, f"upload, 8 parallel × 50 MB, every acknowledged offset synced to a disk that takes {synced_rate():.0f} MB/s (the peer syncs nothing)", 2, 1, "MB/s"),
        compare(SMALL, "upload, 200 × 400 KB, 8 parallel, synced, each made a paper (the peer syncs nothing)", 1.5, 0, "files/s"),
    ]
    if disk := memory_disk():
        rows.append(compare(LARGE, "8 parallel × 50 MB, both on a disk in memory", 2, 1, "MB/s", disk))
        rows.append(compare(SMALL, "200 × 400 KB, both on a disk in memory", 1.5, 0, "files/s", disk))
    rest, large, huge = memory()
    rows.append(
        harness.row(
            "memory (PSS, workers apart) during uploads", "flat",
            f"{rest:.0f} MB at rest, {large:.0f} MB with 8 × 50 MB, {huge:.0f} MB with one of 2 GB", met=huge <= large + 20 and large <= rest + 60,
        )
    )
    return rows

"""Reading PDFs against `pdftotext -bbox`, processor time on the same files, one after the other in turns."""

import json
import os
import subprocess
import time

import harness

ROUNDS = 3
FILES = 60


def run(command, **more):
    """Processor seconds and seconds of a command."""
    cpu, began = harness.children_cpu(), time.perf_counter()
    done = subprocess.run(command, stdout=more.get("stdout", subprocess.DEVNULL), stderr=subprocess.DEVNULL, timeout=600, env=more.get("env"))
    if done.returncode not in (0, 3):
        raise RuntimeError(f"{command[0]} ended with status {done.returncode}")
    seconds = time.perf_counter() - began
    harness.reap()
    return harness.children_cpu() - cpu, seconds, done.stdout


def ours(files, workers=1):
    environment = {**os.environ, "SCROLLKEEPER_WORKERS_COUNT": str(workers)}
    return run([harness.program(), "parse", "--json", *map(str, files)], env=environment)


def bbox(pdftotext, files):
    return sum(run([pdftotext, "-bbox", str(file), "/dev/null"])[0] for file in files)


def measure():
    harness.adopt_orphans()
    pdftotext = harness.system_program("pdftotext", "poppler-utils", "libpoppler126")
    files = harness.papers(FILES)
    environment = {**os.environ, "SCROLLKEEPER_WORKERS_COUNT": "1"}
    command = [harness.program(), "parse", "--json", *map(str, files)]
    printed = run(command, stdout=subprocess.PIPE, env=environment)[2].decode()
    pages = sum(len(json.loads(line)["pages"] or []) for line in printed.splitlines())
    bbox(pdftotext, files[:5])
    mine, theirs, one, two = [], [], [], []
    for _ in range(ROUNDS):
        cpu, seconds, _ = ours(files)
        mine.append(cpu)
        one.append(seconds)
        theirs.append(bbox(pdftotext, files))
        two.append(ours(files, workers=2)[1])
    rate, peer = pages / harness.median(mine), pages / harness.median(theirs)
    rows = [
        harness.row(
            f"parse (words, boxes, extraction), {len(files)} files, {pages} pages, CPU time", "≥ 1.5 × `pdftotext -bbox`",
            f"{rate:.0f} pages/s", harness.spread([pages / one for one in mine], "{:.0f}"),
            f"{peer:.0f} pages/s", f"{rate / peer:.2f}", rate >= 1.5 * peer,
        ),
    ]
    cores = len(os.sched_getaffinity(0))
    if cores >= 2:
        factors = [a / b for a, b in zip(one, two)]
        factor = harness.median(factors)
        rows.append(
            harness.row(
                f"parse, two workers against one (wall time, load {os.getloadavg()[0]:.1f} on {cores} cores)", "≥ 1.8 ×",
                f"{factor:.2f} ×", harness.spread(factors, "{:.2f}"), met=factor >= 1.8,
            )
        )
    return rows

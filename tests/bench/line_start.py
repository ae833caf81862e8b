"""Start on an empty data folder, memory at rest, and memory in a drop of 500 files. At rest with 100,000 papers: `search`."""

import time

import harness
import line_drop

STARTS = 15
FILES = 500


def drop_memory():
    """The most memory of the server, workers apart, while 500 different files come and are read; how many there were."""
    chosen = harness.papers()
    with harness.folder() as folder:
        paths = []
        for nth in range(FILES):
            paper = chosen[nth % len(chosen)]
            path = folder / f"{nth}-{paper.name}"
            path.write_bytes(paper.read_bytes() + b"\n%% %d\n" % nth)
            paths.append(str(path))
        listed = folder / "list"
        listed.write_text("\n".join(paths))
        with harness.Server(folder / "data") as server:
            sampler = line_drop.Sampler(server.pid)
            sampler.start()
            began = time.perf_counter()
            harness.run_tool("uploads", "--url", f"{server.base}/api/v1/uploads", "--token", server.token, "--parallel", 8, "--list", listed)
            server.wait_for_rest(300)
            return sampler.stop(), time.perf_counter() - began


def measure():
    ready, rest = [], []
    with harness.folder() as folder:
        for nth in range(STARTS):
            server = harness.Server.__new__(harness.Server)
            server.data, server.prefix, server.process = folder / f"data-{nth}", [], None
            server.environment = {**harness.os.environ, "SCROLLKEEPER_FILES_RESERVE_MB": "1"}
            server.log = open(folder / f"log-{nth}", "ab")
            with server:
                ready.append(server.ready_ms)
                if nth < 5:
                    time.sleep(1)
                    rest.append(harness.pss_mb(server.pid))
    most, seconds = drop_memory()
    return [
        harness.row("ready after start, empty data folder", "≤ 75 ms", f"{harness.median(ready):.0f} ms", harness.spread(ready, "{:.0f}"), met=harness.median(ready) <= 75),
        harness.row("memory (PSS) at rest and empty", "≤ 40 MB", f"{harness.median(rest):.1f} MB", harness.spread(rest), met=harness.median(rest) <= 40),
        harness.row(f"memory (PSS, workers apart), most in a drop of {FILES} files ({seconds:.0f} s)", "≤ 500 MB", f"{most:.0f} MB", met=most <= 500),
    ]

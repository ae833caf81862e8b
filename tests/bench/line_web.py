"""What the browser loads, and how soon a paper's page is on the screen, in a real Chromium on loopback."""

import json
import pathlib
import re
import subprocess
import urllib.request

import harness

PAPERS = 12
PASSWORD = "correct horse battery"


def brotli_bytes(url):
    """Size of a script as the server sends it to a browser that takes brotli; the smallest are sent as they are."""
    with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept-Encoding": "br"})) as answer:
        return len(answer.read())


def measure():
    chromium = harness.system_program("chromium")
    packages = harness.node_packages("playwright", "playwright-core@1.57.0")
    with harness.folder() as folder, harness.Server(folder / "data") as server:
        listed = folder / "list"
        listed.write_text("\n".join(map(str, harness.papers(PAPERS))))
        harness.run_tool("uploads", "--url", f"{server.base}/api/v1/uploads", "--token", server.token, "--parallel", 4, "--list", listed)
        server.wait_for_rest()
        script = pathlib.Path(__file__).parent / "page.mjs"
        line = ["node", str(script), str(packages), server.base, "ada", PASSWORD, chromium]
        done = subprocess.run(line, stdout=subprocess.PIPE, text=True, timeout=180, check=True)
        found = json.loads(done.stdout)
        kilobytes = {url: brotli_bytes(url) / 1000 for url in {*found["library"], *found["reader"]}}
    first = {url for url in found["library"]}
    worker = [url for url in kilobytes if re.search(r"pdf\.worker", url)]
    reader = [url for url in found["reader"] if url not in first and url not in worker]
    library, rest, work = (sum(kilobytes[url] for url in urls) for urls in (first, reader, worker))
    opened = found["opened"]
    pictures, texts = [one["picture"] for one in opened], [one["text"] for one in opened]
    return [
        harness.row("JavaScript of the library page before it can be used, brotli as sent", "≤ 250 KB", f"{library:.0f} KB in {len(first)} files", met=library <= 250),
        harness.row("what a paper adds to it", "≤ 150 KB", f"{rest:.0f} KB", met=0 < rest <= 150),
        harness.row("the pdf.js worker", "≤ 310 KB", f"{work:.0f} KB", met=0 < work <= 310),
        harness.row(
            f"a paper's page after the click: its picture ({len(opened)} papers, each for the first time; the very first {pictures[0]:.0f} ms)", "≤ 200 ms",
            f"{harness.median(pictures):.0f} ms", harness.spread(pictures, "{:.0f}"), met=harness.median(pictures) <= 200,
        ),
        harness.row(
            f"its text selectable (the very first {texts[0]:.0f} ms)", "≤ 500 ms", f"{harness.median(texts):.0f} ms", harness.spread(texts, "{:.0f}"),
            met=harness.median(texts) <= 500,
        ),
    ]

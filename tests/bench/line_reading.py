"""Memory of one reader over papers and long documents, and whether time grows with the number of pages."""

import contextlib
import json
import os
import random
import subprocess
import threading

import harness

BUDGET_MB = 200
LENGTHS = [100, 1_000, 5_000, 10_000]


def book(pages, lines=40):
    """A PDF of so many pages, with a label and a link on each and an outline entry for every tenth."""
    numbers = random.Random(7)
    words = ["".join(numbers.choice("bdfklmnprst") + numbers.choice("aeiou") for _ in range(numbers.randint(2, 4))) for _ in range(6000)]
    objects = [None, None, b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>"]
    kids, marks = [], []
    for nth in range(pages):
        text = "BT /F1 10 Tf 14 TL 60 780 Td " + " ".join(f"({' '.join(numbers.choices(words, k=12))}) Tj T*" for _ in range(lines)) + " ET"
        objects.append(b"<</Length %d>>\nstream\n%b\nendstream" % (len(text), text.encode()))
        target = 5 + 2 * numbers.randrange(pages)
        link = f"<</Type/Annot/Subtype/Link/Rect[60 700 90 712]/Dest[{target} 0 R/XYZ 0 700 0]>>"
        page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>/Annots[%s]>>"
        objects.append((page % (len(objects), link)).encode())
        kids.append(len(objects))
        if nth % 10 == 0:
            marks.append((f"Chapter {nth}", len(objects)))
    first = len(objects) + 1
    outline = first + len(marks)
    for nth, (title, page) in enumerate(marks):
        following = f"/Next {first + nth + 1} 0 R" if nth + 1 < len(marks) else ""
        objects.append(f"<</Title({title})/Parent {outline} 0 R{following}/Dest[{page} 0 R/XYZ 0 700 0]>>".encode())
    objects.append(f"<</Type/Outlines/First {first} 0 R/Last {outline - 1} 0 R/Count {len(marks)}>>".encode())
    labels = " ".join(f"{nth}<</P(p-{nth})>>" for nth in range(pages))
    objects[0] = f"<</Type/Catalog/Pages 2 0 R/Outlines {outline} 0 R/PageLabels<</Nums[{labels}]>>>>".encode()
    objects[1] = b"<</Type/Pages/Kids[%b]/Count %d>>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    return harness.pdf_file(objects)


def watch(pid, ended, peak):
    """Notes the largest memory of the readers below a process: resident ever, and proportional."""
    while not ended.wait(0.02):
        for one in harness.family(pid):
            with contextlib.suppress(OSError):
                if one == pid:
                    continue
                for name, file, field in (("resident", "status", "VmHWM:"), ("proportional", "smaps_rollup", "Pss:")):
                    with open(f"/proc/{one}/{file}") as lines:
                        found = next((line for line in lines if line.startswith(field)), None)
                    if found:
                        peak[name] = max(peak[name], int(found.split()[1]) / 1024)


def read(files):
    """Processor seconds, pages, and the reader's largest memory in megabytes, resident and proportional."""
    environment = {**os.environ, "SCROLLKEEPER_WORKERS_COUNT": "1"}
    cpu, ended, peak = harness.children_cpu(), threading.Event(), {"resident": 0, "proportional": 0}
    command = [harness.program(), "parse", "--json", *map(str, files)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment)
    watcher = threading.Thread(target=watch, args=(process.pid, ended, peak))
    watcher.start()
    pages = sum(len(json.loads(line)["pages"] or []) for line in process.stdout)
    process.wait()
    ended.set()
    watcher.join()
    harness.reap()
    return harness.children_cpu() - cpu, pages, peak


def measure():
    harness.adopt_orphans()
    rows = []

    def memory(what, peak):
        measured = f"{peak['resident']:.0f} MB resident, {peak['proportional']:.0f} MB proportional"
        rows.append(harness.row(f"reading, memory of one reader: {what}", f"≤ {BUDGET_MB} MB", measured, met=peak["resident"] <= BUDGET_MB))

    files = harness.papers()
    _, pages, peak = read(files)
    memory(f"{len(files)} papers, {pages} pages", peak)
    long = harness.ROOT.parent / "shared" / "cases" / "U07.pdf"
    if long.exists():
        cpu, pages, peak = read([long])
        memory(f"a book of {pages} pages ({cpu / pages * 1000:.1f} ms a page)", peak)
    each = {}
    with harness.folder() as folder:
        for length in LENGTHS:
            file = folder / f"{length}.pdf"
            file.write_bytes(book(length))
            cpu, pages, peak = read([file])
            each[length] = cpu / max(pages, 1) * 1000
            if length == LENGTHS[-1]:
                memory(f"{pages} pages, labels, links and outline", peak)
            file.unlink()
    told = ", ".join(f"{length}: {ms:.1f}" for length, ms in each.items())
    ratio = each[LENGTHS[-1]] / each[1_000]
    rows.append(
        harness.row(
            f"reading, processor time by length: ms a page at so many pages ({told})", "10,000 pages ≤ 1.5 × 1,000 pages, a page",
            f"{ratio:.2f} ×", met=ratio <= 1.5,
        )
    )
    return rows

"""Trials with tuspy: URL of uploads, token, folder for files. Prints a JSON object for each upload."""

import json
import pathlib
import sys

import requests
from tusclient import client
from tusclient.storage import filestorage

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from program import paper  # noqa: E402

URL, TOKEN, FOLDER = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
HEADERS = {"Authorization": f"Bearer {TOKEN}"}


def made(name, size_bytes):
    path = FOLDER / f"tuspy {name}.pdf"
    path.write_bytes(paper(f"tuspy {name}", size_bytes, name))
    return path


def tell(trial, path, uploader):
    """What the server says of the finished upload, asked as a client would that lost the last answer."""
    answer = requests.head(uploader.url, headers={**HEADERS, "Tus-Resumable": "1.0.0"}, timeout=60)
    item = answer.headers.get("Scrollkeeper-Item")
    last = uploader.request.response_headers.get("scrollkeeper-item")
    if item != last:
        sys.exit(f"{trial}: the last PATCH said {last}, HEAD says {item}")
    print(json.dumps({"client": "tuspy", "trial": trial, "file": str(path), "item": item}), flush=True)


def send(trial, size_bytes, **options):
    path = made(trial, size_bytes)
    metadata = options.pop("metadata", {"filename": path.name, "filetype": "application/pdf"})
    uploader = client.TusClient(URL, headers=HEADERS).uploader(str(path), metadata=metadata, **options)
    uploader.upload()
    tell(trial, path, uploader)


def resume(trial, size_bytes):
    """Stops in the middle, and goes on in another client that only knows the address."""
    path = made(trial, size_bytes)
    storage = filestorage.FileStorage(str(FOLDER / "tuspy.json"))
    options = {"store_url": True, "url_storage": storage, "chunk_size": 100_000}
    first = client.TusClient(URL, headers=HEADERS).uploader(str(path), metadata={"filename": path.name}, **options)
    first.upload(stop_at=300_000)
    second = client.TusClient(URL, headers=HEADERS).uploader(str(path), metadata={"filename": path.name}, **options)
    if second.offset != 300_000 or second.url != first.url:
        sys.exit(f"{trial}: goes on at {second.offset} of {second.url}")
    second.upload()
    storage.close()
    tell(trial, path, second)


send("in one request", 500_000)
send("in chunks", 500_000, chunk_size=64 * 1024)
send("with checksums", 500_000, chunk_size=200_000, upload_checksum=True)
send("without metadata", 50_000, metadata={})
send("a name in another script", 20_000, metadata={"filename": "Übergrößen – 論文.pdf"})
resume("stopped and resumed", 700_000)

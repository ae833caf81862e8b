"""Ranges of 64 KB of a PDF from 32 connections, each server on one core, the client on another: nginx, caddy, ours in turns.

Plain HTTP; TLS is a later issue."""

import contextlib
import os
import re
import shutil
import subprocess
import time

import harness

ROUNDS = 4
SECONDS = 4
CONNECTIONS = 32
RANGE = 65536

SCRIPT = """
local requests, at = {}, 0
function init(args)
  local path, size, token = args[1], tonumber(args[2]), args[3]
  math.randomseed(7)
  for nth = 1, 500 do
    local from = math.random(0, size - %d)
    local headers = {["Range"] = string.format("bytes=%%d-%%d", from, from + %d)}
    if token then headers["Authorization"] = "Bearer " .. token end
    requests[nth] = wrk.format("GET", path, headers)
  end
end
function request()
  at = at %% 500 + 1
  return requests[at]
end
function done(summary, latency, rate)
  local errors = summary.errors
  local wrong = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format("RESULT %%f %%f %%f %%f %%d\\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99.9) / 1000, latency.max / 1000, wrong))
end
""" % (RANGE, RANGE - 1)


def load(wrk, folder, core, url, path, size, token=None):
    """Requests a second, and milliseconds: median, 99.9 %, longest."""
    script = folder / "ranges.lua"
    script.write_text(SCRIPT)
    line = ["taskset", "-c", str(core), wrk, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", str(script), url, "--", path, str(size)]
    done = subprocess.run([*line, *([token] if token else [])], env=harness.library_path(), capture_output=True, text=True, timeout=60)
    found = re.search(r"RESULT (\S+) (\S+) (\S+) (\S+) (\d+)", done.stdout)
    if not found or int(found[5]):
        raise RuntimeError(f"the load on {url} failed: {done.stdout[-300:]} {done.stderr[-300:]}")
    return [float(value) for value in found.groups()[:4]]


@contextlib.contextmanager
def nginx(folder, core):
    program, port = harness.system_program("nginx", "nginx", "nginx-common"), harness.free_port()
    (folder / "nginx").mkdir()
    configuration = folder / "nginx.conf"
    temporary = "\n".join(f"{kind}_temp_path {folder}/nginx/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    configuration.write_text(
        f"daemon off; worker_processes 1; user root; pid {folder}/nginx/pid; error_log {folder}/nginx/errors;\n"
        "events { worker_connections 1024; }\n"
        f"http {{ {temporary} access_log off; sendfile on; keepalive_requests 100000000; open_file_cache max=100;\n"
        f"server {{ listen 127.0.0.1:{port}; root {folder}/files; }} }}\n"
    )
    yield from served(["taskset", "-c", str(core), program, "-p", str(folder), "-c", str(configuration)], port)


@contextlib.contextmanager
def caddy(folder, core):
    program, port = harness.system_program("caddy", "caddy"), harness.free_port()
    configuration = folder / "Caddyfile"
    configuration.write_text(f"{{\n admin off\n auto_https off\n}}\nhttp://127.0.0.1:{port} {{\n root * {folder}/files\n file_server\n}}\n")
    environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "GOMAXPROCS": "1"}
    yield from served(["taskset", "-c", str(core), program, "run", "--config", str(configuration)], port, environment)


def served(line, port, environment=None):
    process = subprocess.Popen(line, env={**harness.library_path(), **(environment or {})}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        import socket

        for _ in range(400):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port)).close()
                break
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}"
    finally:
        harness.end(process)


def measure():
    wrk = harness.system_program("wrk", "wrk", "libluajit-5.1-2", "libluajit-5.1-common")
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        raise harness.Skipped("this needs two cores: one for the server, one for the load")
    paper = max(harness.papers(), key=lambda one: one.stat().st_size)
    with harness.folder() as folder:
        size = paper.stat().st_size
        (folder / "files").mkdir()
        shutil.copy(paper, folder / "files" / "paper.pdf")
        listed = folder / "list"
        listed.write_text(str(paper))
        with contextlib.ExitStack() as stack:
            server = stack.enter_context(harness.Server(folder / "data", prefix=["taskset", "-c", str(cores[0])]))
            peers = {"nginx": stack.enter_context(nginx(folder, cores[0])), "caddy": stack.enter_context(caddy(folder, cores[0]))}
            sent = harness.run_tool("uploads", "--url", f"{server.base}/api/v1/uploads", "--token", server.token, "--parallel", 1, "--list", listed)
            server.wait_for_rest()
            path = f"/api/v1/libraries/{server.library()}/items/{sent['sent'][0]['item']}/file"
            results = {"ours": [], "nginx": [], "caddy": []}
            for _ in range(ROUNDS):
                results["ours"].append(load(wrk, folder, cores[1], server.base, path, size, server.token))
                for name, url in peers.items():
                    results[name].append(load(wrk, folder, cores[1], url, "/paper.pdf", size))
    rate = {name: harness.median([one[0] for one in values]) for name, values in results.items()}
    mine = results["ours"]
    stalls = {name: max(one[3] for one in values) for name, values in results.items()}
    late = {name: harness.median([one[2] for one in values]) for name, values in results.items()}
    return [
        harness.row(
            "PDF ranges of 64 KB, 32 connections, one core, plain", "≥ caddy", f"{rate['ours']:.0f}/s", harness.spread([one[0] for one in mine], "{:.0f}"),
            f"caddy {rate['caddy']:.0f}/s, nginx {rate['nginx']:.0f}/s", f"{rate['ours'] / rate['caddy']:.2f} × caddy, {rate['ours'] / rate['nginx']:.2f} × nginx",
            rate["ours"] >= rate["caddy"],
        ),
        harness.row(
            "the same: 99.9 % of requests within (longest)", "no stall of 40 ms", f"{late['ours']:.1f} ms ({stalls['ours']:.0f} ms)", "",
            f"caddy {late['caddy']:.1f} ({stalls['caddy']:.0f}), nginx {late['nginx']:.1f} ({stalls['nginx']:.0f}) ms", "", late["ours"] < 40,
        ),
        harness.row("the same with TLS", "≥ 0.8 × nginx with TLS", "not measured: TLS comes with a later issue"),
    ]

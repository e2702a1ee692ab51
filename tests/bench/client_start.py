#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How soon the client shows what it knew, and how much memory it takes, beside a program that shows an empty window, in one run.

client_start.py BIN [RUNS]   BIN is the folder of the programs of a release build: patio, patiod, client_baseline. Builds nothing.
                             Needs Xvfb, openbox, xdotool, psql. Prints a table; ends with 1 when a target is missed.

From the moment before the process is started to the first frame with rows of the list of jobs in it, as the client prints it with
PATIO_TRACE_START. "warm": the files are in memory. "evicted": all files that the process maps were given back to the disk before, as
far as no other program has them open. Memory is read after every page was opened, once: RSS counts shared libraries whole, PSS its share.
"""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import queue

TARGET_WARM_MS = 400
TARGET_RSS_MB = 150
PATIENCE = 60  # seconds
HISTORY = pathlib.Path(__file__).parent.parent / "gui" / "history.sql"


class Display:
    """A screen of its own with a window manager; without one no window is ever active."""

    def __init__(self):
        reading, writing = os.pipe()
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
                                       pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        self.name = ":" + os.fdopen(reading).readline().strip()
        self.manager = subprocess.Popen(["openbox"], env={**os.environ, "DISPLAY": self.name}, stderr=subprocess.DEVNULL)

    def keys(self, *keys):
        subprocess.run(["xdotool", "key", "--delay", "60", *keys], env={**os.environ, "DISPLAY": self.name}, check=True)

    def close(self):
        for process in (self.manager, self.server):
            process.terminate()
            process.wait()


class Server:
    """A demo server with the made-up past of two months."""

    def __init__(self, program, folder):
        self.program, self.data, self.listen = program, folder / "data", "127.0.0.1:0"
        self.start()
        socket = (self.data / "postgres/cluster/postmaster.pid").read_text().splitlines()[4]
        subprocess.run(["psql", "--quiet", "--output", os.devnull, "--set", "ON_ERROR_STOP=1", "--host", socket, "--username", "patio_owner",
                        "--dbname", "patio", "--file", str(HISTORY)], check=True)

    def start(self):
        self.process = subprocess.Popen([self.program, "serve", "--demo", "--listen", self.listen, "--data", str(self.data)],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.listen = self.process.stdout.readline().split()[-1].removeprefix("http://")

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Program:
    """One start. `said` gives the nanoseconds from before the start to what it says."""

    def __init__(self, command, display, folder):
        environment = {**os.environ, "DISPLAY": display.name, "PATIO_TRACE_START": "1", "QT_QPA_PLATFORM": "xcb",
                       "XDG_CONFIG_HOME": str(folder / "config")}
        self.begun = time.monotonic_ns()
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.lines = queue.Queue()
        threading.Thread(target=lambda: [self.lines.put(line) for line in self.process.stdout], daemon=True).start()

    def said(self, what):
        end = time.monotonic() + PATIENCE
        while True:
            line = self.lines.get(timeout=max(0.1, end - time.monotonic()))
            words, moment = line.rsplit(None, 1)
            if words == what:
                return int(moment) - self.begun

    def memory(self):
        found = {}
        for line in pathlib.Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines()[1:]:
            name, value = line.split()[:2]
            found[name.rstrip(":")] = int(value) / 1024
        return found["Rss"], found["Pss"]

    def files(self):
        lines = pathlib.Path(f"/proc/{self.process.pid}/maps").read_text().splitlines()
        return {line.split(None, 5)[5] for line in lines if "/" in line and not line.endswith("(deleted)")}

    def close(self):
        self.process.terminate()
        self.process.wait()


def evict(files):
    for name in files:
        if os.path.isfile(name):
            descriptor = os.open(name, os.O_RDONLY)
            os.fdatasync(descriptor)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(descriptor)


def measure(command, display, folder, files=()):
    evict(files)
    program = Program(command, display, folder)
    try:
        return program.said("rows") / 1e6
    finally:
        program.close()


def main():
    programs = pathlib.Path(sys.argv[1])
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        display = Display()
        server = Server(programs / "patiod", folder)
        try:
            run(programs, runs, folder, display, server)
        finally:
            server.stop()
            display.close()


def run(programs, runs, folder, display, server):
    client = [str(programs / "patio"), "--demo", str(server.data / "demo.json"), "--data", str(folder / "client")]
    baseline = [str(programs / "client_baseline")]

    # Fills the cache, opens every page, and leaves the list of jobs as the page of the next start.
    program = Program(client, display, folder)
    program.said("rows")
    rss = pss = 0.0
    for keys, page in ((("g", "t"), "templates"), (("g", "u"), "usage"), (("ctrl+comma",), "settings"), (("g", "j"), "jobs")):
        display.keys(*keys)
        program.said("page " + page)
    time_for_the_server = time.monotonic() + 3  # rows and charts come after the pages
    while time.monotonic() < time_for_the_server:
        rss, pss = map(max, zip((rss, pss), program.memory()))
        time.sleep(0.1)
    files = program.files()
    files |= {str(path) for path in (folder / "client").rglob("*") if path.is_file()}
    display.keys("ctrl+q")
    program.process.wait(PATIENCE)
    empty = Program(baseline, display, folder)
    empty.said("rows")
    empty_rss, empty_pss = empty.memory()
    empty.close()

    results = {}

    def both(case, count, evicted=()):
        for _ in range(count):
            results.setdefault(f"empty window, {case}", []).append(measure(baseline, display, folder, evicted))
            results.setdefault(f"patio, {case}", []).append(measure(client, display, folder, evicted))

    both("warm, server there", runs)
    server.stop()
    both("warm, offline", runs)
    both("evicted, offline", max(5, runs // 3), files)
    server.start()

    print(f"{'start to first frame':34} {'runs':>4} {'min':>7} {'median':>7} {'max':>7}  ms")
    for case, times in results.items():
        print(f"{case:34} {len(times):4} {min(times):7.0f} {statistics.median(times):7.0f} {max(times):7.0f}")
    print(f"{'memory':34} {'':4} {'RSS':>7} {'PSS':>7} {'':7}  MB")
    print(f"{'empty window':34} {'':4} {empty_rss:7.1f} {empty_pss:7.1f}")
    print(f"{'patio, all pages opened':34} {'':4} {rss:7.1f} {pss:7.1f}")

    missed = [case for case, times in results.items()
              if case.startswith("patio, warm") and statistics.median(times) >= TARGET_WARM_MS]
    if rss >= TARGET_RSS_MB:
        missed.append("memory")
    print(json.dumps({"targets": {"warm_ms": TARGET_WARM_MS, "rss_mb": TARGET_RSS_MB}, "missed": missed}))
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()

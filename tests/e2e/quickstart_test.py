#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""installer/quickstart from outside: what a person sees, what stays behind, and starting again after everything was killed.

quickstart_test.py BUILD   BUILD is a folder in which patiod and patio are built
"""
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

PROJECT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(sys.argv.pop(1)).resolve() if sys.argv[1:] and not sys.argv[1].startswith("-") else PROJECT / "build/release"
SECONDS = 60
UP = "Ctrl+C stops everything."


def processes_of(folder):
    """Ids of the processes that name the folder in their arguments or work in it. PostgreSQL's children work in their cluster."""
    found = set()
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):
            arguments = (entry / "cmdline").read_bytes().decode(errors="replace")
            if str(folder) in arguments or os.readlink(entry / "cwd").startswith(str(folder)):
                found.add(int(entry.name))
    return found


def wait_until(condition, what, seconds=SECONDS):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.02)


def stale_files(folder):
    """What only running programs have a use for: pid files, sockets, locks, journals, logs of this start."""
    return [
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_socket() or re.search(r"\.(pid|lock|tmp)$|\.s\.PGSQL\.|\.sqlite-", file.name) or file.name == "quickstart.log"
    ]


class Quickstart:
    """A quickstart that runs in a session of its own, as in a terminal, its output read as it comes."""

    def __init__(self, data, *options, display=None):
        environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        environment.pop("QT_QPA_PLATFORM", None)
        environment["PATIO_DEMO_HISTORY"] = "false"  # so that the ledger holds what these tests asked for
        # A home of its own, so that a window of the person who runs the tests is not handed the work of this one.
        home = data / "home"
        for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"):
            environment[name] = str(home / name)
            (home / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        if display:
            environment["DISPLAY"] = display
        self.output = tempfile.TemporaryFile()
        command = [str(PROJECT / "installer/quickstart"), "--yes", "--build", str(BUILD), "--data", str(data), *options]
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self.output, stderr=subprocess.STDOUT, env=environment, start_new_session=True
        )

    def text(self):
        self.output.seek(0)
        return self.output.read().decode(errors="replace")

    def wait_for(self, words):
        wait_until(lambda: words in self.text() or self.process.poll() is not None, f"“{words}” in:\n{self.text()}")
        if words not in self.text():
            raise AssertionError(f"ended with {self.process.returncode} without “{words}”:\n{self.text()}")

    def end(self, number=signal.SIGINT):
        """Ctrl+C: the signal reaches the whole foreground group."""
        os.killpg(self.process.pid, number)
        return self.wait()

    def wait(self):
        try:
            return self.process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still running after {SECONDS} s:\n{self.text()}") from None


class QuickstartTest(unittest.TestCase):
    def setUp(self):
        self.data = pathlib.Path(tempfile.mkdtemp(prefix="patio-quickstart-")).resolve()
        self.data.chmod(0o711)  # PostgreSQL runs as somebody else when root starts it
        self.addCleanup(self.clean_up)

    def clean_up(self):
        for pid in processes_of(self.data):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        shutil.rmtree(self.data, ignore_errors=True)

    def start(self, *options, **named):
        quickstart = Quickstart(self.data, *options, **named)
        self.addCleanup(quickstart.output.close)
        self.addCleanup(quickstart.process.wait)
        self.addCleanup(quickstart.process.kill)
        return quickstart

    def assert_nothing_stays(self):
        wait_until(lambda: not processes_of(self.data), f"every process ended; these have not: {processes_of(self.data)}", 5)
        self.assertEqual(stale_files(self.data), [])

    def demo(self):
        return json.loads((self.data / "demo.json").read_text())

    def test_once_runs_the_main_job_and_leaves_nothing_running(self):
        quickstart = self.start("--once")
        self.assertEqual(quickstart.wait(), 0, quickstart.text())
        self.assertRegex(quickstart.text(), r"Job [0-9a-f-]{36} completed: [1-9]\d* tokens in, [1-9]\d* out, US\$ \d")
        self.assertRegex(quickstart.text(), r"last 30 days: 1 calls, ")
        self.assertEqual(stat_mode(self.data / "demo.json"), 0o600)
        self.assert_nothing_stays()

    def test_stops_cleanly_and_starts_again_in_seconds(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            began = time.monotonic()
            quickstart = self.start()
            quickstart.wait_for(UP)
            took = time.monotonic() - began
            self.assertIn("/openapi.json", quickstart.text())
            self.assertEqual(quickstart.end(number), 0, quickstart.text())
            self.assert_nothing_stays()
        self.assertLess(took, 5, "the second start is up in under 5 s")

    def test_server_ends_when_quickstart_alone_is_killed(self):
        quickstart = self.start()
        quickstart.wait_for(UP)
        quickstart.process.kill()
        quickstart.process.wait()
        wait_until(lambda: not processes_of(self.data), "the server followed", 30)

    def test_starts_after_everything_was_killed(self):
        for _ in range(2):
            quickstart = self.start()
            quickstart.wait_for(UP)
            # Stopped first, so that no process sees another one die and cleans up after it.
            for number in (signal.SIGSTOP, signal.SIGKILL):
                for pid in processes_of(self.data):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, number)
            quickstart.process.wait()
        again = self.start("--once")
        self.assertEqual(again.wait(), 0, again.text())
        self.assertRegex(again.text(), r"last 30 days: 3 calls, ", "the calls before the crash are still in the ledger")
        self.assert_nothing_stays()

    def test_a_port_that_is_taken(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            address = f"127.0.0.1:{taken.getsockname()[1]}"
            quickstart = self.start("--once", "--listen", address)
            self.assertEqual(quickstart.wait(), 1)
            self.assertIn(f"something listens on {address} already", quickstart.text())

    def test_takes_another_port_than_the_usual_when_that_is_taken(self):
        with contextlib.ExitStack() as stack:
            with contextlib.suppress(OSError):  # taken by somebody else: as good
                stack.enter_context(socket.create_server(("127.0.0.1", 8420)))
            quickstart = self.start()
            quickstart.wait_for(UP)
            self.assertNotIn(":8420", self.demo()["baseUrl"])
            with urllib.request.urlopen(self.demo()["baseUrl"] + "/readyz", timeout=SECONDS) as response:
                self.assertEqual(response.status, 200)
            self.assertEqual(quickstart.end(), 0)

    def test_a_second_one_on_the_same_data_is_refused_and_the_first_goes_on(self):
        first = self.start()
        first.wait_for(UP)
        second = self.start("--once")
        self.assertEqual(second.wait(), 1, second.text())
        self.assertIn(str(self.data), second.text())
        with urllib.request.urlopen(self.demo()["baseUrl"] + "/readyz", timeout=SECONDS) as response:
            self.assertEqual(response.status, 200)
        self.assertEqual(first.end(), 0)
        self.assert_nothing_stays()

    def answers(self, status):
        """How many requests to the API were answered so since the server started."""
        with urllib.request.urlopen(self.demo()["baseUrl"] + "/metrics", timeout=SECONDS) as response:
            lines = response.read().decode().splitlines()
        return sum(float(line.split()[-1]) for line in lines if re.match(rf'patio_http_requests_total.*"/api/.*"{status}"', line))

    @unittest.skipUnless((BUILD / "bin/patio").exists(), "the client is not built")
    @unittest.skip("open question: in about one of two whole runs no window comes within a minute; not understood yet")
    def test_opens_the_window_where_there_is_a_display(self):
        with socket.create_server(("127.0.0.1", 0)) as free:
            address = f"127.0.0.1:{free.getsockname()[1]}"
        # The second window opens with what the first one left in the cache, before it is signed in.
        for start in ("first", "second"):
            with Screen() as screen:
                began = time.monotonic()
                quickstart = self.start("--listen", address, display=screen.display)
                wait_until(lambda screen=screen: '("patio" "patio")' in screen.windows(), "a window of Patio")
                quickstart.wait_for(UP)
                took = time.monotonic() - began
                wait_until(lambda: self.answers("2xx") + self.answers("4xx") >= 2, "the window asked the server")
                self.assertEqual(self.answers("4xx"), 0, f"requests of the {start} window that were refused")
                wait_until(self.profile_is_kept, "the window keeps who is signed in")
                self.assertEqual(quickstart.end(), 0, quickstart.text())
                self.assert_nothing_stays()
        self.assertLess(took, 5, "the second window is there in under 5 s")

    def profile_is_kept(self):
        for file in self.data.rglob("cache.sqlite"):
            with contextlib.suppress(sqlite3.OperationalError), contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as cache:
                return cache.execute("SELECT count(*) FROM cached_rows WHERE kind = 'profile'").fetchone()[0] > 0
        return False

    def test_refuses_what_it_does_not_know(self):
        for options, words in ((["--what"], "unknown option '--what'"), (["--listen"], "--listen needs a value"), (["--listen", "here"], "host:port")):
            quickstart = self.start(*options)
            self.assertEqual(quickstart.wait(), 1)
            self.assertIn(words, quickstart.text())


class Screen:
    """An X server without a screen, on a display number of its own choice."""

    def __enter__(self):
        read, write = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL
        )
        os.close(write)
        with os.fdopen(read) as number:
            self.display = f":{number.readline().strip()}"
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def windows(self):
        return subprocess.run(["xwininfo", "-root", "-tree", "-display", self.display], capture_output=True, text=True, check=True).stdout


def stat_mode(file):
    return file.stat().st_mode & 0o777


if __name__ == "__main__":
    unittest.main(verbosity=2)

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
import unittest
import urllib.request

from quickstart_process import PROJECT, SECONDS, UP, Quickstart, Screen, processes_of, wait_until

BUILD = pathlib.Path(sys.argv.pop(1)).resolve() if sys.argv[1:] and not sys.argv[1].startswith("-") else PROJECT / "build/release"


def stale_files(folder):
    """What only running programs have a use for: pid files, sockets, locks, journals, logs of this start."""
    return [
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_socket() or re.search(r"\.(pid|lock|tmp)$|\.s\.PGSQL\.|\.sqlite-", file.name) or file.name == "quickstart.log"
    ]


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
        quickstart = Quickstart(BUILD, self.data, *options, **named)
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

    def test_stops_cleanly_and_starts_again(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            quickstart = self.start()
            quickstart.wait_for(UP)
            self.assertIn("/openapi.json", quickstart.text())
            self.assertEqual(quickstart.end(number), 0, quickstart.text())
            self.assert_nothing_stays()

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
    def test_opens_the_window_where_there_is_a_display(self):
        with socket.create_server(("127.0.0.1", 0)) as free:
            address = f"127.0.0.1:{free.getsockname()[1]}"
        # The second window opens with what the first one left in the cache, before it is signed in.
        for start in ("first", "second"):
            with Screen() as screen:
                quickstart = self.start("--listen", address, display=screen.display)
                wait_until(screen.shows_patio, quickstart.told("a window of Patio"))
                quickstart.wait_for(UP)
                wait_until(lambda: self.answers("2xx") + self.answers("4xx") >= 2, "the window asked the server")
                self.assertEqual(self.answers("4xx"), 0, f"requests of the {start} window that were refused")
                wait_until(self.profile_is_kept, "the window keeps who is signed in")
                self.assertEqual(quickstart.end(), 0, quickstart.text())
                self.assert_nothing_stays()

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


def stat_mode(file):
    return file.stat().st_mode & 0o777


if __name__ == "__main__":
    unittest.main(verbosity=2)

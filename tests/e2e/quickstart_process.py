# SPDX-License-Identifier: GPL-3.0-or-later
"""installer/quickstart as a process with a home and a screen of its own, for the test and the benchmark."""
import contextlib
import os
import pathlib
import signal
import subprocess
import tempfile
import time

PROJECT = pathlib.Path(__file__).resolve().parents[2]
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
            raise AssertionError(f"not within {seconds} s: {what() if callable(what) else what}")
        time.sleep(0.02)


class Quickstart:
    """A quickstart that runs in a session of its own, as in a terminal, its output read as it comes."""

    def __init__(self, build, data, *options, display=None):
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
        command = [str(PROJECT / "installer/quickstart"), "--yes", "--build", str(build), "--data", str(data), *options]
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self.output, stderr=subprocess.STDOUT, env=environment, start_new_session=True
        )

    def text(self):
        self.output.seek(0)
        return self.output.read().decode(errors="replace")

    def told(self, what):
        """What was waited for in vain, and what had been said by then."""
        return lambda: f"{what}, in:\n{self.text()}"

    def wait_for(self, words):
        wait_until(lambda: words in self.text() or self.process.poll() is not None, self.told(f"“{words}”"))
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


class Screen:
    """An X server without a screen, on a display number of its own choice. It does not start anew when the last program leaves it."""

    def __enter__(self):
        read, write = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=[write],
            stderr=subprocess.DEVNULL,
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

    def shows_patio(self):
        return '("patio" "patio")' in self.windows()

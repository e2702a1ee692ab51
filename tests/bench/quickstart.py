#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How soon a second installer/quickstart has the server ready and the client's window open, beside the first one, in one run.

quickstart.py BUILD [ROUNDS]   BUILD is a folder in which patiod and patio are built. Needs Xvfb and xwininfo.
                               Prints a table; ends with 1 when the target is missed.

From the start of the script; the first start of each round makes the database and the demo's data, the second finds them.
"""
import pathlib
import statistics
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
from quickstart_process import UP, Quickstart, Screen, wait_until  # noqa: E402

TARGET_SECONDS = 5  # of the second start, until both are there


def start(build, data):
    """Seconds until the window and until the server and the window are there."""
    with Screen() as screen:
        began = time.monotonic()
        quickstart = Quickstart(build, data, display=screen.display)
        try:
            wait_until(screen.shows_patio, quickstart.told("a window of Patio"))
            window = time.monotonic() - began
            quickstart.wait_for(UP)
            return window, time.monotonic() - began
        finally:
            quickstart.end()
            quickstart.output.close()


def main():
    build, rounds = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2]) if sys.argv[2:] else 3
    starts = {"first": [], "second": []}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(prefix="patio-quickstart-") as name:
            data = pathlib.Path(name).resolve()
            data.chmod(0o711)  # PostgreSQL runs as somebody else when root starts it
            for times in starts.values():
                times.append(start(build, data))
    print(f"{'start':8}{'window, s (least / median / most)':>36}{'window and server, s':>28}")
    for name, times in starts.items():
        columns = [" / ".join(f"{f(column):.1f}" for f in (min, statistics.median, max)) for column in zip(*times)]
        print(f"{name:8}{columns[0]:>36}{columns[1]:>28}")
    worst = max(both for _, both in starts["second"])
    print(f"target: a second start in under {TARGET_SECONDS} s: {'met' if worst < TARGET_SECONDS else 'MISSED'}")
    return worst >= TARGET_SECONDS


if __name__ == "__main__":
    sys.exit(main())
